-- Targets by hand (R6): who was added and why, and whose run below the line was begun anew.

-- A customer whom somebody made a target by hand; takes effect at the close of its date.
CREATE TABLE manualAddition (
    claim TEXT NOT NULL PRIMARY KEY,  -- gives the customer to who added them
    customer TEXT NOT NULL,             -- customer number
    staff TEXT NOT NULL,                -- who added them
    reasonCode TEXT NOT NULL CHECK (reasonCode IN ('official', 'executive', 'introduced', 'other')),
    reason BLOB NOT NULL,               -- sealed
    date INTEGER NOT NULL,              -- business date at whose close the customer becomes a target
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    state TEXT NOT NULL CHECK (state IN (
        'pending',                      -- its date is not closed yet
        'done',
        'failed',                       -- no demand account was left at the close
        'cancelled')),
    cancelledBy TEXT,                   -- a staff number
    CHECK ((state = 'cancelled') = (cancelledBy IS NOT NULL))
) STRICT;
CREATE INDEX manualAdditionByDate ON manualAddition (date);
CREATE INDEX manualAdditionByCustomer ON manualAddition (customer);

-- A supervisor keeps a target by hand: the run below the line begins anew at the close of the date.
CREATE TABLE targetRenewal (
    customer TEXT NOT NULL,             -- customer number
    date INTEGER NOT NULL,              -- business date
    staff TEXT NOT NULL,                -- the supervisor
    reason BLOB NOT NULL,               -- sealed
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    PRIMARY KEY (customer, date)
) STRICT, WITHOUT ROWID;

-- Who is to be warned of is few.
CREATE INDEX standingByHand ON standing (customer) WHERE isLatest = 1 AND origin <> 'rule';
