-- From version 1 to 2: the properties of relationships move into a table of their own.

CREATE TABLE relationship_properties (
    relationship INTEGER PRIMARY KEY,
    properties   TEXT NOT NULL
);
INSERT INTO relationship_properties
    SELECT id, properties FROM relationships WHERE properties <> '{}' ORDER BY id;

CREATE TABLE relationship_keys (key TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT OR IGNORE INTO relationship_keys
    SELECT each.key
    FROM relationship_properties AS own,
         json_each(iif(json_valid(own.properties), own.properties, '{}')) AS each;

CREATE TABLE indexed_keys (key TEXT PRIMARY KEY) WITHOUT ROWID;

ALTER TABLE relationships RENAME TO relationships_1;
CREATE TABLE relationships (
    id    INTEGER PRIMARY KEY,
    type  TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
INSERT INTO relationships SELECT id, type, start, "end" FROM relationships_1 ORDER BY id;
DROP TABLE relationships_1;
