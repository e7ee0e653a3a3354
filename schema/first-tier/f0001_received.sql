-- What the outlets of one first-tier branch sent, and how far each has got.

-- The branch's change sequence; one row.
CREATE TABLE changeCounter (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    value INTEGER NOT NULL
) STRICT;
INSERT INTO changeCounter (id, value) VALUES (1, 0);

-- How far an outlet's node has sent.
CREATE TABLE checkpoint (
    outlet TEXT NOT NULL PRIMARY KEY,
    nodeName TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    batch INTEGER NOT NULL,             -- number of the last batch kept
    sequence INTEGER NOT NULL,          -- last change in it
    hash TEXT NOT NULL,                 -- chain hash through it
    receivedAt INTEGER NOT NULL         -- milliseconds since 1970-01-01 UTC
) STRICT, WITHOUT ROWID;

-- A customer of the first-tier branch as one outlet's extract has them.
CREATE TABLE customer (
    outlet TEXT NOT NULL,
    number TEXT NOT NULL,               -- CIF customer number
    name BLOB NOT NULL,                 -- sealed
    nameIndex BLOB NOT NULL,            -- blind index under the branch's key, as the node made it
    idType TEXT NOT NULL,
    idNumber BLOB,                      -- sealed
    idNumberIndex BLOB,
    mobile BLOB,                        -- sealed
    mobileIndex BLOB,
    mergedInto TEXT,
    factsFrom INTEGER NOT NULL,         -- business date
    PRIMARY KEY (outlet, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX customerByNumber ON customer (number);
CREATE INDEX customerByIdNumber ON customer (idNumberIndex) WHERE idNumberIndex IS NOT NULL;

-- A business date that an outlet closed.
CREATE TABLE dayClose (
    outlet TEXT NOT NULL,
    date INTEGER NOT NULL,              -- business date
    estimated INTEGER NOT NULL CHECK (estimated IN (0, 1)),
    accounts INTEGER NOT NULL,
    balanceSum INTEGER NOT NULL,        -- fen
    potentialIn INTEGER NOT NULL,
    potentialOut INTEGER NOT NULL,
    targetIn INTEGER NOT NULL,
    targetOut INTEGER NOT NULL,
    gold INTEGER,
    platinum INTEGER,
    diamond INTEGER,
    PRIMARY KEY (outlet, date)
) STRICT, WITHOUT ROWID;

-- Where a customer stands at one outlet from a date on, and the facts that the order of claims uses.
CREATE TABLE standing (
    outlet TEXT NOT NULL,
    customer TEXT NOT NULL,             -- customer number
    date INTEGER NOT NULL,              -- business date at whose close it was written
    pool TEXT NOT NULL CHECK (pool IN ('retained', 'potential', 'target')),
    poolSince INTEGER NOT NULL,
    origin TEXT CHECK (origin IN ('rule', 'manual', 'both')),
    tier TEXT CHECK (tier IN ('gold', 'platinum', 'diamond')),
    tierSince INTEGER,
    belowSince INTEGER,
    accounts INTEGER NOT NULL,          -- open at the outlet
    balance INTEGER NOT NULL,           -- fen, their sum
    financialAssets INTEGER NOT NULL,   -- half-fen, at the outlet
    largestAccount INTEGER NOT NULL,    -- fen
    accumulated INTEGER NOT NULL,       -- half-fen
    lastAtMinimum INTEGER,
    demandAccountOpened INTEGER,        -- opening date of the earliest demand account there
    activeCard INTEGER NOT NULL CHECK (activeCard IN (0, 1)),  -- an active VIP card issued there
    isLatest INTEGER NOT NULL DEFAULT 0 CHECK (isLatest IN (0, 1)),  -- of the customer there
    PRIMARY KEY (customer, outlet, date)
) STRICT, WITHOUT ROWID;
CREATE INDEX standingByOutlet ON standing (outlet, date);
CREATE INDEX standingLatest ON standing (outlet, pool, tier, customer) WHERE isLatest = 1;

-- A marketing record.
CREATE TABLE contact (
    outlet TEXT NOT NULL,
    id TEXT NOT NULL,
    customer TEXT NOT NULL,
    staff TEXT NOT NULL,
    way TEXT NOT NULL,
    date INTEGER NOT NULL,
    note BLOB NOT NULL,                 -- sealed
    followUpOn INTEGER,
    amends TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (outlet, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contactByCustomer ON contact (customer, date);

-- A reminder of an outlet's member of staff.
CREATE TABLE reminder (
    outlet TEXT NOT NULL,
    id TEXT NOT NULL,
    staff TEXT NOT NULL,
    kind TEXT NOT NULL,
    customer TEXT,
    dueOn INTEGER NOT NULL,
    facts TEXT NOT NULL,
    at INTEGER NOT NULL,
    doneAt INTEGER,
    PRIMARY KEY (outlet, id)
) STRICT, WITHOUT ROWID;
