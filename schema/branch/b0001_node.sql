-- The node itself and its side of the conversation with head office.

-- This node; one row.
CREATE TABLE node (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    outlet TEXT NOT NULL,               -- the outlet it serves
    firstTier TEXT NOT NULL,            -- the outlet's first-tier branch
    headOffice TEXT,                    -- base URL; NULL for a node on its own
    nodeName TEXT NOT NULL,             -- random, made at init: a second node of one outlet is another
    epoch INTEGER NOT NULL CHECK (epoch >= 1),  -- grows when head office readmits the node
    accessKey BLOB,                     -- sealed; what the node shows head office until TLS does
    settlementKey TEXT,                 -- hexadecimal Ed25519 key that signs the branch's settlements
    organisationVersion INTEGER NOT NULL DEFAULT 0  -- of the organisation it holds
) STRICT;

-- The sequence of the last change to a synced row; one row.
CREATE TABLE changeCounter (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    value INTEGER NOT NULL
) STRICT;
INSERT INTO changeCounter (id, value) VALUES (1, 0);

-- When a change was made here, to say how old the oldest unsent one is.
CREATE TABLE changeMark (
    sequence INTEGER NOT NULL PRIMARY KEY,  -- the last one of a transaction
    at INTEGER NOT NULL                 -- milliseconds since 1970-01-01 UTC
) STRICT;

-- How far the two sides have got; one row.
CREATE TABLE line (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    acknowledgedBatch INTEGER NOT NULL DEFAULT 0,     -- number of the last batch head office keeps
    acknowledgedSequence INTEGER NOT NULL DEFAULT 0,  -- and the last change in it
    acknowledgedHash TEXT NOT NULL DEFAULT '',        -- chain hash through that batch
    pulledThrough INTEGER NOT NULL DEFAULT 0,         -- head office's sequence that is applied here
    attemptedAt INTEGER,                -- milliseconds since 1970-01-01 UTC; of the last try
    contactedAt INTEGER,                -- of the last exchange that ended well
    failure TEXT,                       -- code of the last try's failure; NULL when it went well
    skewMilliseconds INTEGER            -- head office's clock less ours at the last contact
) STRICT;
INSERT INTO line (id) VALUES (1);

-- A batch once formed is kept byte for byte until head office has it.
CREATE TABLE outgoingBatch (
    number INTEGER NOT NULL PRIMARY KEY,    -- 1, 2, 3 … within the epoch
    firstSequence INTEGER NOT NULL,     -- the changes it carries
    lastSequence INTEGER NOT NULL,
    content BLOB NOT NULL,              -- as it travels, sealed: it carries identifiers
    hash TEXT NOT NULL,                 -- chain hash through this batch
    rows INTEGER NOT NULL
) STRICT;
