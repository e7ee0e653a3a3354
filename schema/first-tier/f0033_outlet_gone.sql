-- Outlets that are closed, or under another first-tier branch by now: what they said last no longer
-- counts in the first-tier branch's close. Their customers' accounts are elsewhere.

-- From the close of one business date until that of another.
CREATE TABLE tierOutletGone (
    outlet TEXT NOT NULL,
    fromDate INTEGER NOT NULL,          -- business date at whose close its figures no longer count
    untilDate INTEGER,                  -- at whose close they count again; NULL: not yet
    PRIMARY KEY (outlet, fromDate)
) STRICT, WITHOUT ROWID;
