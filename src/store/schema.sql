-- The tables of version 3. Every value can be read with any SQLite tool: labels and properties are
-- JSON (see codec.rs for how dates and odd numbers are written).

-- What is known of the file itself: `revision` grows by one with each write, so that a process
-- that holds an older graph in memory notices; `next_node` and `next_relationship` keep the ids
-- of deleted elements from being given out again.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE nodes (
    id         INTEGER PRIMARY KEY,  -- the lasting id, as queries see it
    labels     TEXT NOT NULL,        -- JSON list of names
    properties TEXT NOT NULL         -- JSON object
);

-- What every reader needs of a relationship, in few bytes: a graph is opened by reading this.
CREATE TABLE relationships (
    id    INTEGER PRIMARY KEY,
    type  TEXT NOT NULL,
    start INTEGER NOT NULL,          -- nodes.id
    "end" INTEGER NOT NULL           -- nodes.id
);

-- The properties of the relationships that have some; read when a query asks for them.
CREATE TABLE relationship_properties (
    relationship INTEGER PRIMARY KEY,  -- relationships.id
    properties   TEXT NOT NULL         -- JSON object
);

-- Every key that properties of relationships have or had.
CREATE TABLE relationship_keys (
    key TEXT PRIMARY KEY
) WITHOUT ROWID;

-- The keys by which nodes are looked up, beside those that every graph is indexed by.
CREATE TABLE indexed_keys (
    key TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE documents (
    source    TEXT PRIMARY KEY,      -- the path or address as given; names the document
    title     TEXT,
    published TEXT,                  -- ISO 8601 date
    hash      TEXT NOT NULL,         -- SHA-256 of the source's bytes, hexadecimal
    added     TEXT NOT NULL,         -- RFC 3339
    text      TEXT NOT NULL,         -- as decoded; evidence counts bytes of it
    text_hash TEXT NOT NULL,         -- SHA-256 of `text`, to notice damage
    reader    TEXT NOT NULL,         -- which program, model and rules made the analysis
    analysis  TEXT NOT NULL          -- JSON: what this document says, before it is merged
);

-- What a person has put right by hand; taken into account whenever the graph is put together.
CREATE TABLE corrections (
    id   INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    body TEXT NOT NULL               -- JSON
);

-- The schema that gives relationships their categories; one row or none.
CREATE TABLE schema (
    name TEXT NOT NULL,
    text TEXT NOT NULL               -- see grammar/README.md
);

INSERT INTO meta (key, value) VALUES ('revision', 0), ('next_node', 0), ('next_relationship', 0);
