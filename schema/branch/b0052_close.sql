-- The daily close of a large outlet reads narrow indexes, and a customer's newest row moves nothing.

-- The day's amounts, each with its account, and of an account what the close asks.
DROP INDEX balanceByDate;
CREATE INDEX balanceByDate ON balance (date, account, amount);
CREATE INDEX accountHead ON account (id, customer, category, currency);
DROP INDEX accountByCustomer;
CREATE INDEX accountByCustomer ON account (customer, category, currency);
-- Most accounts are on none of its rows, and so are open.
CREATE INDEX accountFactClosed ON accountFact (account) WHERE closedOn IS NOT NULL;

-- Of each customer's latest standing what all customers are searched for; it changes seldom, while a
-- new standing comes with every change of a balance.
CREATE TABLE latestStanding (
    customer INTEGER NOT NULL PRIMARY KEY REFERENCES customer (id),
    pool TEXT NOT NULL CHECK (pool IN ('retained', 'potential', 'target')),
    origin TEXT CHECK (origin IN ('rule', 'manual', 'both')),
    reviewOn INTEGER,                   -- when to look again although no balance changes; NULL: never
    secondLargest INTEGER               -- fen, of the accounts that can enter potential; NULL: not known
) STRICT;
INSERT INTO latestStanding (customer, pool, origin, reviewOn)
SELECT customer, pool, origin, reviewOn FROM standing WHERE isLatest = 1;
CREATE INDEX latestStandingDue ON latestStanding (reviewOn) WHERE reviewOn IS NOT NULL;
CREATE INDEX latestStandingByPool ON latestStanding (pool);
CREATE INDEX latestStandingByHand ON latestStanding (customer) WHERE origin <> 'rule';

DROP VIEW standingToNumber;
-- Where a customer stands, as before; the latest row is the last by its date.
CREATE TABLE newStanding (
    customer INTEGER NOT NULL REFERENCES latestStanding (customer),
    date INTEGER NOT NULL,              -- business date at whose close it was written
    pool TEXT NOT NULL,                 -- retained, potential, target
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
    sequence INTEGER,
    elsewhereAssets INTEGER NOT NULL DEFAULT 0,   -- half-fen, at other outlets
    elsewhereLargest INTEGER NOT NULL DEFAULT 0,  -- fen; 0 where the largest account is here
    PRIMARY KEY (customer, date),
    CHECK (CASE pool
        WHEN 'target' THEN origin IS NOT NULL
        WHEN 'potential' THEN origin IS NULL AND tier IS NULL AND belowSince IS NULL
        WHEN 'retained' THEN origin IS NULL AND tier IS NULL AND belowSince IS NULL
        ELSE FALSE END),
    CHECK ((tier IS NULL) = (tierSince IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO newStanding (
    customer, date, pool, poolSince, origin, tier, tierSince, belowSince, accounts, balance,
    financialAssets, largestAccount, accumulated, lastAtMinimum, demandAccountOpened, activeCard,
    sequence, elsewhereAssets, elsewhereLargest)
SELECT
    customer, date, pool, poolSince, origin, tier, tierSince, belowSince, accounts, balance,
    financialAssets, largestAccount, accumulated, lastAtMinimum, demandAccountOpened, activeCard,
    sequence, elsewhereAssets, elsewhereLargest
FROM standing ORDER BY customer, date;
DROP TABLE standing;
ALTER TABLE newStanding RENAME TO standing;
CREATE INDEX standingByDate ON standing (date);
CREATE INDEX standingBySequence ON standing (sequence);

CREATE VIEW standingToNumber AS SELECT customer, date FROM standing;
CREATE TRIGGER standingNumbered INSTEAD OF INSERT ON standingToNumber
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE standing SET sequence = (SELECT value FROM changeCounter)
    WHERE customer = NEW.customer AND date = NEW.date;
END;
CREATE TRIGGER standingInserted AFTER INSERT ON standing WHEN NEW.sequence IS NULL
BEGIN
    INSERT INTO standingToNumber (customer, date) VALUES (NEW.customer, NEW.date);
END;
CREATE TRIGGER standingChanged AFTER UPDATE OF pool, poolSince, origin, tier, tierSince, belowSince, accounts, balance, financialAssets, largestAccount, accumulated, lastAtMinimum, demandAccountOpened, activeCard ON standing
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE standing SET sequence = (SELECT value FROM changeCounter) WHERE customer = NEW.customer AND date = NEW.date;
END;
