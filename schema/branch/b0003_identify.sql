-- What the daily close decided. Closing again from a date deletes what stands from that date on.

-- One business date closed here.
CREATE TABLE dayClose (
    date INTEGER NOT NULL PRIMARY KEY,  -- business date; without a gap from the first
    estimated INTEGER NOT NULL CHECK (estimated IN (0, 1)),  -- 1: no extract, balances carried forward
    accounts INTEGER NOT NULL,          -- open at the close
    balanceSum INTEGER NOT NULL,        -- fen, overdrawn deposits as they are
    potentialIn INTEGER NOT NULL,
    potentialOut INTEGER NOT NULL,
    targetIn INTEGER NOT NULL,
    targetOut INTEGER NOT NULL,
    gold INTEGER,                       -- targets of each tier; NULL but at a month's end
    platinum INTEGER,
    diamond INTEGER,
    sequence INTEGER
) STRICT;
CREATE INDEX dayCloseBySequence ON dayClose (sequence);

-- Where a customer stands from the close of a date until the next row of theirs. A row is written
-- when the assets change or a rule decides something; between rows the sums follow by arithmetic.
CREATE TABLE standing (
    customer INTEGER NOT NULL REFERENCES customer (id),
    date INTEGER NOT NULL,              -- business date at whose close it was written
    pool TEXT NOT NULL CHECK (pool IN ('retained', 'potential', 'target')),
    poolSince INTEGER NOT NULL,         -- business date at whose close the pool was entered
    origin TEXT CHECK (origin IN ('rule', 'manual', 'both')),
    tier TEXT CHECK (tier IN ('gold', 'platinum', 'diamond')),
    tierSince INTEGER,                  -- the day after the month's end that first gave the tier
    belowSince INTEGER,                 -- first day of the unbroken run below the target line
    accounts INTEGER NOT NULL,          -- open at this outlet
    balance INTEGER NOT NULL,           -- fen, their sum, overdrawn deposits as they are
    financialAssets INTEGER NOT NULL,   -- half-fen, at this outlet
    largestAccount INTEGER NOT NULL,    -- fen, the largest that can enter potential
    accumulated INTEGER NOT NULL,       -- half-fen, sum of the year's daily assets through `date`
    lastAtMinimum INTEGER,              -- last business date with an account at the potential line
    demandAccountOpened INTEGER,        -- opening date of the earliest demand account opened here
    activeCard INTEGER NOT NULL CHECK (activeCard IN (0, 1)),  -- an active VIP card issued here
    reviewOn INTEGER,                   -- when to look again although no balance changes; NULL: never, or not the latest
    isLatest INTEGER NOT NULL CHECK (isLatest IN (0, 1)),
    sequence INTEGER,
    PRIMARY KEY (customer, date),
    CHECK (pool = 'target' OR (origin IS NULL AND tier IS NULL AND belowSince IS NULL)),
    CHECK ((pool = 'target') = (origin IS NOT NULL)),
    CHECK ((tier IS NULL) = (tierSince IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX standingLatest ON standing (customer) WHERE isLatest = 1;
CREATE INDEX standingDue ON standing (reviewOn) WHERE isLatest = 1 AND reviewOn IS NOT NULL;
CREATE INDEX standingTarget ON standing (pool, customer) WHERE isLatest = 1;
CREATE INDEX standingByDate ON standing (date);
CREATE INDEX standingBySequence ON standing (sequence);

-- Closed dates were opened again from a date, because an extract was corrected.
CREATE TABLE reopening (
    id TEXT NOT NULL PRIMARY KEY,       -- random
    fromDate INTEGER NOT NULL,          -- business date; what was closed from here on is void
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    sequence INTEGER
) STRICT;
CREATE INDEX reopeningBySequence ON reopening (sequence);
