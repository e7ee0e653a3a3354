-- What the first-tier branch's own close decided from all its outlets' daily figures.

-- One business date closed for the first-tier branch; without a gap from the first.
CREATE TABLE tierClose (
    date INTEGER NOT NULL PRIMARY KEY,  -- business date
    late TEXT NOT NULL,                 -- canonical JSON: codes of the outlets whose figures were carried forward
    closedAt INTEGER NOT NULL,          -- milliseconds since 1970-01-01 UTC, when it was closed
    sequence INTEGER NOT NULL           -- of the transaction that closed it last
) STRICT;
CREATE INDEX tierCloseBySequence ON tierClose (sequence);
CREATE INDEX tierCloseLate ON tierClose (date) WHERE late <> '[]';

-- Where a customer of the first-tier branch stands from the close of a date until the next row of
-- theirs; between rows the sums follow by arithmetic.
CREATE TABLE tierStanding (
    customer TEXT NOT NULL,             -- customer number
    date INTEGER NOT NULL,              -- business date at whose close it was written
    pool TEXT NOT NULL CHECK (pool IN ('retained', 'potential', 'target')),
    poolSince INTEGER NOT NULL,         -- business date at whose close the pool was entered
    origin TEXT CHECK (origin IN ('rule', 'manual', 'both')),
    tier TEXT CHECK (tier IN ('gold', 'platinum', 'diamond')),
    tierSince INTEGER,                  -- the day after the month's end that first gave the tier
    belowSince INTEGER,                 -- first day of the unbroken run below the target line
    financialAssets INTEGER NOT NULL,   -- half-fen, at all outlets
    largestAccount INTEGER NOT NULL,    -- fen, the largest at any outlet that can enter potential
    accumulated INTEGER NOT NULL,       -- half-fen, sum of the year's daily assets through `date`
    lastAtMinimum INTEGER,              -- last business date with an account at the potential line
    activeCard INTEGER NOT NULL CHECK (activeCard IN (0, 1)),  -- an active VIP card of any outlet
    outlets INTEGER NOT NULL,           -- where the customer has an open account
    heldAt TEXT NOT NULL DEFAULT '',    -- those outlets' codes with commas; of several each with its half-fen and largest account after colons
    reviewOn INTEGER,                   -- when to look again although no figure changes; NULL: never, or not the latest
    isLatest INTEGER NOT NULL CHECK (isLatest IN (0, 1)),
    sequence INTEGER NOT NULL,          -- when it last changed
    PRIMARY KEY (customer, date),
    CHECK (pool = 'target' OR (origin IS NULL AND tier IS NULL AND belowSince IS NULL)),
    CHECK ((pool = 'target') = (origin IS NOT NULL)),
    CHECK ((tier IS NULL) = (tierSince IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tierStandingLatest ON tierStanding (customer) WHERE isLatest = 1;
CREATE INDEX tierStandingDue ON tierStanding (reviewOn) WHERE isLatest = 1 AND reviewOn IS NOT NULL;
CREATE INDEX tierStandingTarget ON tierStanding (pool, tier, customer) WHERE isLatest = 1;
CREATE INDEX tierStandingByDate ON tierStanding (date);
CREATE INDEX tierStandingBySequence ON tierStanding (sequence);
