-- Transfer requests and disputes, and the chain of settlement records as far as it is known here.

-- One step of a transfer request or dispute, by this outlet or another party; never changed.
CREATE TABLE disputeStep (
    id TEXT NOT NULL PRIMARY KEY,       -- SHA-256 of the content, hexadecimal
    dispute TEXT NOT NULL,              -- the dispute's first step; its own id for the first
    customer TEXT NOT NULL,             -- customer number
    author TEXT NOT NULL,               -- the outlet or first-tier branch that wrote it
    content BLOB NOT NULL,              -- sealed canonical JSON: opinions are free words
    sequence INTEGER                    -- 0 for another's step: it is not sent back
) STRICT;
CREATE INDEX disputeStepByCustomer ON disputeStep (customer);
CREATE INDEX disputeStepBySequence ON disputeStep (sequence);

CREATE TRIGGER disputeStepInserted AFTER INSERT ON disputeStep WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE disputeStep SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
CREATE TRIGGER disputeStepChanged AFTER UPDATE OF dispute, customer, author, content ON disputeStep
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE disputeStep SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;

-- A late claim whose transfer request was refused or withdrawn, and which is no candidate any more:
-- derived from the steps, for whoever asks who owns.
CREATE TABLE answeredClaim (
    claim TEXT NOT NULL PRIMARY KEY,    -- a claim's id
    customer TEXT NOT NULL,             -- customer number
    answer TEXT NOT NULL CHECK (answer IN ('refused', 'withdrawn'))
) STRICT, WITHOUT ROWID;
CREATE INDEX answeredClaimByCustomer ON answeredClaim (customer);

-- A settlement record's place in the chain, kept when the directory has moved on.
CREATE TABLE recordLink (
    number INTEGER NOT NULL PRIMARY KEY,  -- of the settlement record
    hash TEXT NOT NULL,                 -- SHA-256 of the record, hexadecimal
    previous TEXT NOT NULL              -- what it says is the hash of the one before
) STRICT;
