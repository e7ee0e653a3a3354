-- How far the first-tier branch's close has got, with which parameters, and whom it has to close
-- again because the figures of a closed date came late or changed.

-- The date that was begun last, and how much of it is closed; one row. It is closed whole once it
-- stands in tierClose.
CREATE TABLE tierProgress (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    date INTEGER,                       -- business date; NULL: none was begun yet
    customer TEXT,                      -- closed through this one, by number; NULL: nobody yet
    customers INTEGER NOT NULL,         -- looked at
    potentialIn INTEGER NOT NULL,
    potentialOut INTEGER NOT NULL,
    targetIn INTEGER NOT NULL,
    targetOut INTEGER NOT NULL
) STRICT;
INSERT INTO tierProgress (id, customers, potentialIn, potentialOut, targetIn, targetOut)
VALUES (1, 0, 0, 0, 0, 0);

-- The parameters of the close of a date and of those after it, until the next row.
CREATE TABLE tierParameters (
    date INTEGER NOT NULL PRIMARY KEY,  -- business date
    content TEXT NOT NULL               -- canonical JSON: the value of each parameter that was set
) STRICT;

-- A customer to close again: an outlet's figures of a date that was begun came late or changed.
CREATE TABLE tierDue (
    customer TEXT NOT NULL,             -- customer number
    outlet TEXT NOT NULL,               -- whose figures
    fromDate INTEGER NOT NULL,          -- the earliest business date of them
    PRIMARY KEY (customer, outlet)
) STRICT, WITHOUT ROWID;

-- What was decided on a closed date and is no longer so; for the first-tier supervisor.
CREATE TABLE tierDifference (
    number INTEGER NOT NULL PRIMARY KEY,
    customer TEXT NOT NULL,             -- customer number
    date INTEGER NOT NULL,              -- the first business date that is decided otherwise
    through INTEGER NOT NULL,           -- the last one that was closed and is decided so
    poolThen TEXT NOT NULL CHECK (poolThen IN ('retained', 'potential', 'target')),
    tierThen TEXT CHECK (tierThen IN ('gold', 'platinum', 'diamond')),
    poolNow TEXT CHECK (poolNow IN ('retained', 'potential', 'target')),  -- NULL: not known any more
    tierNow TEXT CHECK (tierNow IN ('gold', 'platinum', 'diamond')),
    cause TEXT NOT NULL CHECK (cause IN (
        'late',                         -- the outlets had not delivered the date
        'corrected')),
    outlets TEXT NOT NULL,              -- canonical JSON: codes of the outlets whose figures came
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    seenBy TEXT,                        -- a staff number; NULL: open
    seenAt INTEGER,
    CHECK ((seenBy IS NULL) = (seenAt IS NULL))
) STRICT;
CREATE INDEX tierDifferenceOpen ON tierDifference (number) WHERE seenBy IS NULL;
CREATE INDEX tierDifferenceByCustomer ON tierDifference (customer);

-- Additions by hand, by their business date, which is the first of that name in canonical JSON: a
-- schema that is not trusted may not read JSON. The condition lets a few too many in.
CREATE INDEX claimByHand ON claim (substr(content, instr(content, '"businessDate":"') + 16, 10))
WHERE instr(content, '"kind":"manual"') > 0;

-- NB: the pool and the sums that an outlet sends are its own, provisional result: what the first
-- tier's close is made of are the facts alone, and only they make a customer due.
CREATE TRIGGER standingCameLate AFTER INSERT ON standing
WHEN NEW.date <= (SELECT date FROM tierProgress) AND NOT EXISTS (
    SELECT 1 FROM standing AS before
    WHERE before.customer = NEW.customer AND before.outlet = NEW.outlet AND before.date = (
            SELECT max(date) FROM standing
            WHERE customer = NEW.customer AND outlet = NEW.outlet AND date < NEW.date)
        AND before.financialAssets = NEW.financialAssets
        AND before.largestAccount = NEW.largestAccount AND before.accounts = NEW.accounts
        AND before.demandAccountOpened IS NEW.demandAccountOpened
        AND before.activeCard = NEW.activeCard)
BEGIN
    INSERT INTO tierDue (customer, outlet, fromDate)
    VALUES (NEW.customer, NEW.outlet, NEW.date)
    ON CONFLICT (customer, outlet) DO UPDATE SET fromDate = min(fromDate, excluded.fromDate);
END;

CREATE TRIGGER standingCorrected
AFTER UPDATE OF financialAssets, largestAccount, accounts, demandAccountOpened, activeCard
ON standing
WHEN OLD.date <= (SELECT date FROM tierProgress)
    AND (OLD.financialAssets <> NEW.financialAssets OR OLD.largestAccount <> NEW.largestAccount
        OR OLD.accounts <> NEW.accounts
        OR OLD.demandAccountOpened IS NOT NEW.demandAccountOpened
        OR OLD.activeCard <> NEW.activeCard)
BEGIN
    INSERT INTO tierDue (customer, outlet, fromDate)
    VALUES (OLD.customer, OLD.outlet, OLD.date)
    ON CONFLICT (customer, outlet) DO UPDATE SET fromDate = min(fromDate, excluded.fromDate);
END;

CREATE TRIGGER standingReopened AFTER DELETE ON standing
WHEN OLD.date <= (SELECT date FROM tierProgress)
BEGIN
    INSERT INTO tierDue (customer, outlet, fromDate)
    VALUES (OLD.customer, OLD.outlet, OLD.date)
    ON CONFLICT (customer, outlet) DO UPDATE SET fromDate = min(fromDate, excluded.fromDate);
END;

-- An addition by hand, or its cancellation, of a date that was begun.
CREATE TRIGGER additionCameLate AFTER INSERT ON claim
WHEN instr(NEW.content, '"kind":"manual"') > 0 OR instr(NEW.content, '"kind":"release"') > 0
BEGIN
    INSERT INTO tierDue (customer, outlet, fromDate)
    SELECT NEW.customer, NEW.author, day
    FROM (SELECT CAST(julianday(
            substr(NEW.content, instr(NEW.content, '"businessDate":"') + 16, 10)) - 2440587.5
        AS INTEGER) AS day)
    WHERE day <= (SELECT date FROM tierProgress)
    ON CONFLICT (customer, outlet) DO UPDATE SET fromDate = min(fromDate, excluded.fromDate);
END;
