-- Whoever writes a standing numbers it. Where every row passes a trigger, a reference that is looked up
-- and an index of dates, they cost what the row itself does.
-- That a customer has a latest standing is held by `verify`; by date alone standings are searched when
-- closed dates are opened again, and then customer by customer. A check against a list of three words
-- (IN) makes a table of the list for each statement that writes; words with OR between them do not.

DROP VIEW standingToNumber;
-- Of each customer's latest standing what all customers are searched for, as before.
CREATE TABLE latestNumbered (
    customer INTEGER NOT NULL PRIMARY KEY REFERENCES customer (id),
    pool TEXT NOT NULL CHECK (pool = 'retained' OR pool = 'potential' OR pool = 'target'),
    origin TEXT CHECK (origin = 'rule' OR origin = 'manual' OR origin = 'both'),
    reviewOn INTEGER,                   -- when to look again although no balance changes; NULL: never
    secondLargest INTEGER               -- fen, of the accounts that can enter potential; NULL: not known
) STRICT;
INSERT INTO latestNumbered (customer, pool, origin, reviewOn, secondLargest)
SELECT customer, pool, origin, reviewOn, secondLargest FROM latestStanding ORDER BY customer;
-- Where a customer stands, as before.
CREATE TABLE numberedStanding (
    customer INTEGER NOT NULL,          -- one of latestStanding
    date INTEGER NOT NULL,              -- business date at whose close it was written
    pool TEXT NOT NULL,                 -- retained, potential, target
    poolSince INTEGER NOT NULL,         -- business date at whose close the pool was entered
    origin TEXT CHECK (origin = 'rule' OR origin = 'manual' OR origin = 'both'),
    tier TEXT CHECK (tier = 'gold' OR tier = 'platinum' OR tier = 'diamond'),
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
    sequence INTEGER NOT NULL,
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
INSERT INTO numberedStanding (
    customer, date, pool, poolSince, origin, tier, tierSince, belowSince, accounts, balance,
    financialAssets, largestAccount, accumulated, lastAtMinimum, demandAccountOpened, activeCard,
    sequence, elsewhereAssets, elsewhereLargest)
SELECT
    customer, date, pool, poolSince, origin, tier, tierSince, belowSince, accounts, balance,
    financialAssets, largestAccount, accumulated, lastAtMinimum, demandAccountOpened, activeCard,
    coalesce(sequence, (SELECT value FROM changeCounter)), elsewhereAssets, elsewhereLargest
FROM standing ORDER BY customer, date;
DROP TABLE standing;
DROP TABLE latestStanding;
ALTER TABLE latestNumbered RENAME TO latestStanding;
CREATE INDEX latestStandingDue ON latestStanding (reviewOn) WHERE reviewOn IS NOT NULL;
CREATE INDEX latestStandingByPool ON latestStanding (pool);
CREATE INDEX latestStandingByHand ON latestStanding (customer) WHERE origin <> 'rule';
ALTER TABLE numberedStanding RENAME TO standing;
CREATE INDEX standingBySequence ON standing (sequence);

CREATE TRIGGER standingChanged AFTER UPDATE OF pool, poolSince, origin, tier, tierSince, belowSince, accounts, balance, financialAssets, largestAccount, accumulated, lastAtMinimum, demandAccountOpened, activeCard ON standing
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE standing SET sequence = (SELECT value FROM changeCounter) WHERE customer = NEW.customer AND date = NEW.date;
END;

-- It says all that the close asks of it, so that no account's facts are looked up for that.
DROP INDEX accountFactClosed;
CREATE INDEX accountFactClosed ON accountFact (account, closedOn) WHERE closedOn IS NOT NULL;
