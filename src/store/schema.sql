-- The tables of version 1. Every value can be read with any SQLite tool: labels and properties are
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

CREATE TABLE relationships (
    id         INTEGER PRIMARY KEY,
    type       TEXT NOT NULL,
    start      INTEGER NOT NULL,     -- nodes.id
    "end"      INTEGER NOT NULL,     -- nodes.id
    properties TEXT NOT NULL         -- JSON object
);

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

INSERT INTO meta (key, value) VALUES ('revision', 0), ('next_node', 0), ('next_relationship', 0);
