-- Renewals of targets by hand, as the outlets' supervisors gave them.

-- The run below the line begins anew at the close of the date.
CREATE TABLE targetRenewal (
    outlet TEXT NOT NULL,
    id TEXT NOT NULL,                   -- customer number, a slash and the date
    customer TEXT NOT NULL,             -- customer number
    date INTEGER NOT NULL,              -- business date
    staff TEXT NOT NULL,                -- the supervisor
    reason BLOB NOT NULL,               -- sealed
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    version INTEGER NOT NULL DEFAULT 0, -- the outlet's sequence of the last change
    PRIMARY KEY (outlet, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX targetRenewalByCustomer ON targetRenewal (customer, date);
CREATE INDEX targetRenewalByDate ON targetRenewal (date);

-- One of a date that was begun makes its customer due.
CREATE TRIGGER renewalCameLate AFTER INSERT ON targetRenewal
WHEN NEW.date <= (SELECT date FROM tierProgress)
BEGIN
    INSERT INTO tierDue (customer, outlet, fromDate)
    VALUES (NEW.customer, NEW.outlet, NEW.date)
    ON CONFLICT (customer, outlet) DO UPDATE SET fromDate = min(fromDate, excluded.fromDate);
END;
