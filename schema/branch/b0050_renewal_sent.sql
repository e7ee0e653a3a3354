-- Renewals go to head office: the first-tier branch's close begins the run below the line anew too.

-- As before, named by one column, with the sequence of its last change.
CREATE TABLE targetRenewalToSend (
    id TEXT NOT NULL PRIMARY KEY,       -- customer number, a slash and the date
    customer TEXT NOT NULL,             -- customer number
    date INTEGER NOT NULL,              -- business date
    staff TEXT NOT NULL,                -- the supervisor
    reason BLOB NOT NULL,               -- sealed
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    sequence INTEGER
) STRICT;
INSERT INTO targetRenewalToSend (id, customer, date, staff, reason, at)
SELECT customer || '/' || date(date * 86400, 'unixepoch'), customer, date, staff, reason, at
FROM targetRenewal;
DROP TABLE targetRenewal;
ALTER TABLE targetRenewalToSend RENAME TO targetRenewal;
CREATE INDEX targetRenewalByCustomer ON targetRenewal (customer, date);
CREATE INDEX targetRenewalBySequence ON targetRenewal (sequence);

CREATE TRIGGER targetRenewalInserted AFTER INSERT ON targetRenewal WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE targetRenewal SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
CREATE TRIGGER targetRenewalChanged AFTER UPDATE OF customer, date, staff, reason, at ON targetRenewal
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE targetRenewal SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;

-- Those of before are told now.
UPDATE targetRenewal SET at = at;
