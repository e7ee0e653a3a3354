-- Two lanes to head office, batches in parts, and what one of the two sides could not apply.

-- How far head office has acknowledged this node, lane by lane.
CREATE TABLE lane (
    name TEXT NOT NULL PRIMARY KEY CHECK (name IN ('urgent', 'records')),
    epoch INTEGER NOT NULL,             -- of the node when the lane's chain began
    batch INTEGER NOT NULL DEFAULT 0,   -- number of the last batch head office keeps
    sequence INTEGER NOT NULL DEFAULT 0,  -- and the last change in it
    hash TEXT NOT NULL DEFAULT '',      -- chain hash through that batch; '' where there is none
    receipt TEXT NOT NULL DEFAULT ''    -- head office's keyed hash of the above: it said so itself
) STRICT, WITHOUT ROWID;
INSERT INTO lane (name, epoch) VALUES ('urgent', coalesce((SELECT epoch FROM node), 1));
INSERT INTO lane (name, epoch, batch, sequence, hash)
SELECT 'records', coalesce((SELECT epoch FROM node), 1), acknowledgedBatch, acknowledgedSequence,
    acknowledgedHash
FROM line;

DROP TABLE changeMark;
-- One local transaction that wrote synced rows; kept until head office has them.
CREATE TABLE changeMark (
    sequence INTEGER NOT NULL PRIMARY KEY,  -- the last one of the transaction
    first INTEGER NOT NULL,             -- and its first
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    isUrgent INTEGER NOT NULL CHECK (isUrgent IN (0, 1))  -- 1: it wrote a claim, and travels ahead
) STRICT;
CREATE INDEX changeMarkUrgent ON changeMark (sequence) WHERE isUrgent = 1;

DROP TABLE outgoingBatch;
-- A batch once formed is kept byte for byte until head office has it; one a lane at most.
CREATE TABLE outgoingBatch (
    lane TEXT NOT NULL PRIMARY KEY REFERENCES lane (name),
    head TEXT NOT NULL,                 -- canonical JSON of the batch's head
    hash TEXT NOT NULL,                 -- chain hash through it
    rows INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Its bytes, in pieces as they travel.
CREATE TABLE outgoingPart (
    lane TEXT NOT NULL REFERENCES outgoingBatch (lane) ON DELETE CASCADE,
    number INTEGER NOT NULL,            -- 0, 1, 2 …
    content BLOB NOT NULL,              -- a piece of the frame, sealed: it carries identifiers
    PRIMARY KEY (lane, number)
) STRICT;

-- What head office could not apply and set apart, a transaction each; the rows are still here.
CREATE TABLE quarantine (
    id INTEGER NOT NULL PRIMARY KEY,
    first INTEGER NOT NULL,             -- the transaction's changes
    last INTEGER NOT NULL,
    code TEXT NOT NULL,                 -- why; a code of the protocol's closed table
    record TEXT NOT NULL,               -- the table that failed, or that others depend on
    key TEXT NOT NULL,                  -- the failing row's key, joined by '/'
    at INTEGER NOT NULL                 -- milliseconds since 1970-01-01 UTC
) STRICT;

-- The conversation beyond single batches.
ALTER TABLE line ADD COLUMN verdict TEXT;           -- what the last hello's compare found
ALTER TABLE line ADD COLUMN recoveryCursor TEXT;    -- where the give-back goes on; NULL: none under way
ALTER TABLE line ADD COLUMN digestAt INTEGER;       -- milliseconds; of the last compare by digest
ALTER TABLE line ADD COLUMN digestIsEqual INTEGER;  -- whether the two sides were equal then
