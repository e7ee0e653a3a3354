-- Two lanes from each node, batches in parts, and what could not be applied.

-- How far an outlet's node has sent, lane by lane.
CREATE TABLE laneCheckpoint (
    outlet TEXT NOT NULL,
    lane TEXT NOT NULL CHECK (lane IN ('urgent', 'records')),
    nodeName TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    batch INTEGER NOT NULL,             -- number of the last batch kept
    sequence INTEGER NOT NULL,          -- last change in it
    hash TEXT NOT NULL,                 -- chain hash through it; '' where there is none
    receivedAt INTEGER NOT NULL,        -- milliseconds since 1970-01-01 UTC
    writtenAt INTEGER,                  -- when its last transaction was written at the outlet
    rows INTEGER NOT NULL DEFAULT 0,    -- ever received on the lane
    PRIMARY KEY (outlet, lane)
) STRICT, WITHOUT ROWID;
INSERT INTO laneCheckpoint (outlet, lane, nodeName, epoch, batch, sequence, hash, receivedAt)
SELECT outlet, 'records', nodeName, epoch, batch, sequence, hash, receivedAt FROM checkpoint;
DROP TABLE checkpoint;

-- A piece of a batch that is not whole yet.
CREATE TABLE incomingPart (
    outlet TEXT NOT NULL,
    lane TEXT NOT NULL,
    number INTEGER NOT NULL,            -- 0, 1, 2 …
    hash TEXT NOT NULL,                 -- chain hash of the batch it belongs to
    content BLOB NOT NULL,              -- sealed: it carries identifiers
    PRIMARY KEY (outlet, lane, number)
) STRICT;

-- The outlet's sequence of the last change to a row: an older one never replaces it.
ALTER TABLE customer ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dayClose ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE standing ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reminder ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claim ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

-- A row that could not be applied, set apart with its whole transaction.
CREATE TABLE quarantine (
    outlet TEXT NOT NULL,
    record TEXT NOT NULL,               -- its table
    key TEXT NOT NULL,                  -- its key's values, joined by '/'
    transactionEnd INTEGER NOT NULL,    -- the outlet's sequence that ends its transaction
    code TEXT NOT NULL,                 -- why the transaction was not applied
    isCause INTEGER NOT NULL CHECK (isCause IN (0, 1)),  -- whether it is the row that failed
    payload BLOB NOT NULL,              -- the row as JSON, sealed
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    PRIMARY KEY (outlet, record, key)
) STRICT, WITHOUT ROWID;

-- What a node that may be a copy wanted to send: kept until somebody has looked.
CREATE TABLE review (
    outlet TEXT NOT NULL,
    hash TEXT NOT NULL,                 -- chain hash of the batch
    number INTEGER NOT NULL,            -- of the part
    head TEXT NOT NULL,                 -- canonical JSON of the batch's head
    content BLOB NOT NULL,              -- sealed
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    PRIMARY KEY (outlet, hash, number)
) STRICT;

-- A record of a kind or with a column that this version does not know: kept, and given back.
CREATE TABLE unknownRecord (
    outlet TEXT NOT NULL,
    record TEXT NOT NULL,               -- its table
    key TEXT NOT NULL,                  -- SHA-256 of the row where the kind is unknown, else the key
    version INTEGER NOT NULL,           -- the outlet's sequence of its last change
    content BLOB NOT NULL,              -- the unknown columns as JSON, sealed
    PRIMARY KEY (outlet, record, key)
) STRICT, WITHOUT ROWID;

-- What stands with one outlet's node beyond its checkpoints.
CREATE TABLE nodeState (
    outlet TEXT NOT NULL PRIMARY KEY,
    verdict TEXT NOT NULL,              -- what the last compare found
    verdictAt INTEGER NOT NULL,         -- milliseconds since 1970-01-01 UTC
    readmittedAt INTEGER,               -- an operator let it come in again; used up by a new epoch
    restores INTEGER NOT NULL DEFAULT 0,  -- how often it was recognised as restored
    digestAt INTEGER,                   -- of the last compare by digest
    digestIsEqual INTEGER
) STRICT, WITHOUT ROWID;
