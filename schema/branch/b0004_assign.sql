-- Who looks after whom: claims, and what the first-tier branch decided of them.

-- An immutable claim on a customer, by this outlet or, where this outlet serves the customer, another.
CREATE TABLE claim (
    id TEXT NOT NULL PRIMARY KEY,       -- SHA-256 of the content, hexadecimal
    customer TEXT NOT NULL,             -- customer number
    author TEXT NOT NULL,               -- the outlet or first-tier branch that wrote it
    content TEXT NOT NULL,              -- canonical JSON of the claim
    outcome TEXT CHECK (outcome IN ('owner', 'followed', 'lost', 'late', 'refused', 'ended')),  -- NULL: not settled
    sequence INTEGER                    -- 0 for another's claim: it is not sent back
) STRICT;
CREATE INDEX claimByCustomer ON claim (customer);
CREATE INDEX claimBySequence ON claim (sequence);

-- The directory of the first-tier branch: the last settled owner of every customer who ever had one.
CREATE TABLE directory (
    customer TEXT NOT NULL PRIMARY KEY, -- customer number
    claim TEXT,                         -- the settled claim; NULL: settled as unowned
    manager TEXT,                       -- NULL: nobody, or awaiting assignment at the outlet
    outlet TEXT,                        -- NULL: unowned
    since INTEGER,                      -- the claim's business date
    number INTEGER NOT NULL,            -- of the settlement record
    rule TEXT NOT NULL,                 -- what decided
    digest TEXT NOT NULL,               -- of the decision
    record TEXT NOT NULL,               -- canonical JSON of the settlement record
    signature TEXT NOT NULL,            -- hexadecimal Ed25519 signature of the record
    CHECK (outlet IS NOT NULL OR (claim IS NULL AND manager IS NULL AND since IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX directoryByManager ON directory (manager) WHERE manager IS NOT NULL;

-- The whole decision, where this outlet serves the customer: it can be run again from here.
CREATE TABLE decision (
    digest TEXT NOT NULL PRIMARY KEY,   -- SHA-256 of the content
    customer TEXT NOT NULL,
    number INTEGER NOT NULL,            -- of the settlement record
    content TEXT NOT NULL               -- canonical JSON: claims considered, evidence, outcomes
) STRICT, WITHOUT ROWID;
CREATE INDEX decisionByCustomer ON decision (customer, number);

-- Who owns a customer as this node knows it now: derived from claims and directory, for lists.
CREATE TABLE holder (
    customer TEXT NOT NULL PRIMARY KEY, -- customer number
    outlet TEXT NOT NULL,
    manager TEXT,                       -- NULL: awaiting assignment at the outlet
    since INTEGER NOT NULL,             -- the claim's business date
    state TEXT NOT NULL CHECK (state IN ('provisional', 'contested', 'confirmed'))
) STRICT, WITHOUT ROWID;
CREATE INDEX holderByManager ON holder (manager);
CREATE INDEX holderByOutlet ON holder (outlet);
