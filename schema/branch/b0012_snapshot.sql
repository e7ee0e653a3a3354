-- The snapshot that the node is fetching or applying, and when what came down was last compared.

-- What is known of it; one row, or none.
CREATE TABLE incomingSnapshot (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    head TEXT NOT NULL,                 -- canonical JSON of its head
    hashes BLOB NOT NULL,               -- SHA-256 of each chunk, 32 bytes each, as far as they came
    isChecked INTEGER NOT NULL DEFAULT 0 CHECK (isChecked IN (0, 1)),  -- 1: all came, and are the root's
    appliedThrough TEXT NOT NULL DEFAULT ''  -- the customer number through which it is applied
) STRICT;

-- A chunk that came and has its hash; kept over the end of the process.
CREATE TABLE incomingChunk (
    number INTEGER NOT NULL PRIMARY KEY,  -- 0, 1, 2 …
    content BLOB NOT NULL               -- sealed: steps carry free words
) STRICT;

ALTER TABLE line ADD COLUMN receivedDigestAt INTEGER;       -- milliseconds; when what came down was last compared
ALTER TABLE line ADD COLUMN receivedDigestIsEqual INTEGER;  -- whether it was equal then

ALTER TABLE line ADD COLUMN distrustsSnapshots INTEGER NOT NULL DEFAULT 0;  -- 1: the last was none; it pulls instead

-- By customer, for what a snapshot no longer has.
CREATE INDEX claimReceived ON claim (customer) WHERE sequence = 0;
