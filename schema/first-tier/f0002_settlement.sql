-- Ownership: the claims of all outlets and what was decided of them, in one order.

-- An immutable claim.
CREATE TABLE claim (
    id TEXT NOT NULL PRIMARY KEY,       -- SHA-256 of the content, hexadecimal
    customer TEXT NOT NULL,
    author TEXT NOT NULL,               -- the outlet or first-tier branch that wrote it
    content TEXT NOT NULL,              -- canonical JSON of the claim
    outcome TEXT CHECK (outcome IN ('owner', 'followed', 'lost', 'late', 'refused', 'ended')),  -- NULL: not settled
    receivedAt INTEGER NOT NULL,        -- milliseconds since 1970-01-01 UTC
    sequence INTEGER NOT NULL           -- when it, or who may see it, last changed
) STRICT;
CREATE INDEX claimByCustomer ON claim (customer);
CREATE INDEX claimUnsettled ON claim (customer) WHERE outcome IS NULL;
CREATE INDEX claimBySequence ON claim (sequence);

-- A settlement record: signed, and chained to the one before it.
CREATE TABLE settlement (
    number INTEGER NOT NULL PRIMARY KEY,  -- 1, 2, 3 … within the first-tier branch
    customer TEXT NOT NULL,
    record TEXT NOT NULL,               -- canonical JSON
    hash TEXT NOT NULL,                 -- SHA-256 of the record, the next one's `previous`
    signature TEXT NOT NULL,            -- hexadecimal Ed25519
    decision TEXT NOT NULL,             -- canonical JSON of the whole decision
    digest TEXT NOT NULL,               -- SHA-256 of the decision
    settledAt INTEGER NOT NULL,         -- milliseconds since 1970-01-01 UTC
    sequence INTEGER NOT NULL           -- when it, or who may see it, last changed
) STRICT;
CREATE INDEX settlementByCustomer ON settlement (customer, number);
CREATE INDEX settlementBySequence ON settlement (sequence);

-- The owner of a customer by the last settlement record.
CREATE TABLE ownership (
    customer TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL REFERENCES settlement (number),
    claim TEXT REFERENCES claim (id),   -- NULL: settled as unowned
    outlet TEXT,
    manager TEXT,
    since INTEGER                       -- business date
) STRICT, WITHOUT ROWID;
CREATE INDEX ownershipByOutlet ON ownership (outlet, manager);
