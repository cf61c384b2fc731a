-- From version 2 to 3: a graph may have a schema.

CREATE TABLE schema (
    name TEXT NOT NULL,
    text TEXT NOT NULL
);
