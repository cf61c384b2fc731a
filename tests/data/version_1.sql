-- A graph file as version 1 of the format had it.

PRAGMA application_id = 2003332973;
PRAGMA user_version = 1;


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

CREATE TABLE corrections (
    id   INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    body TEXT NOT NULL               -- JSON
);

INSERT INTO meta (key, value) VALUES ('revision', 0), ('next_node', 0), ('next_relationship', 0);

UPDATE meta SET value = 1 WHERE key = 'revision';
UPDATE meta SET value = 3 WHERE key = 'next_node';
UPDATE meta SET value = 5 WHERE key = 'next_relationship';
INSERT INTO nodes VALUES
    (1, '["Person"]', '{"name":"Ada","odd ''key''":[1.5,{"$float":"NaN"}]}'),
    (2, '["Person"]', '{"name":"Bob"}');
INSERT INTO relationships VALUES
    (1, 'KNOWS', 1, 2, '{"name":true,"since":{"$date":"2015-10-07"}}'),
    (3, 'KNOWS', 2, 2, '{}');
INSERT INTO documents VALUES
    ('a.txt', NULL, '2015-10-07', '00', '2026-01-02T03:04:05Z', 'Ada.',
     '99cf926c7eb0fd6fad583fbd9c0e22afe8da5e555a4fbf537fff8d8b44df0374', '1', '{}');
