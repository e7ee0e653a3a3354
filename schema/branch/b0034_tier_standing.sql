-- What the first-tier branch decided from all its outlets' figures, as head office sent it down.

-- The newest word on a customer of this outlet, where it says something that the outlet does not find
-- by itself.
CREATE TABLE tierStanding (
    customer TEXT NOT NULL PRIMARY KEY, -- customer number
    date INTEGER NOT NULL,              -- business date of the close since which it has been so
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
    history TEXT NOT NULL,              -- canonical JSON: the periods of pools and tiers
    said INTEGER NOT NULL               -- head office's sequence; a later word has a greater one
) STRICT, WITHOUT ROWID;
CREATE INDEX tierStandingByDate ON tierStanding (date);

-- Through which business date the first-tier branch has closed with this outlet's own figures.
ALTER TABLE line ADD COLUMN tierClosedThrough INTEGER;  -- NULL: none, or head office does not say
