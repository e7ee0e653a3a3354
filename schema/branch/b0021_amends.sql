-- A record that is amended may come back from head office on a later page than its amendment.

DROP VIEW IF EXISTS contactToNumber;
DROP TRIGGER contactInserted;
DROP TRIGGER contactChanged;

-- As before, but that an amendment may be here without what it amends.
CREATE TABLE contactByPages (
    id TEXT NOT NULL PRIMARY KEY,       -- random, made here
    customer TEXT NOT NULL,             -- customer number
    staff TEXT NOT NULL,                -- who had the contact
    way TEXT NOT NULL CHECK (way IN ('call', 'visit', 'at-outlet', 'sms', 'wechat')),
    date INTEGER NOT NULL,              -- business date
    note BLOB NOT NULL,                 -- sealed
    followUpOn INTEGER,                 -- business date; NULL: none wanted
    amends TEXT,                        -- id of the record that this one puts right; NULL: none
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    sequence INTEGER
) STRICT;
INSERT INTO contactByPages (
    id, customer, staff, way, date, note, followUpOn, amends, at, sequence)
SELECT id, customer, staff, way, date, note, followUpOn, amends, at, sequence FROM contact;
DROP TABLE contact;
ALTER TABLE contactByPages RENAME TO contact;
CREATE INDEX contactByCustomer ON contact (customer, date);
CREATE INDEX contactBySequence ON contact (sequence);

-- A row that its writer has numbered passes the trigger that numbers the others more cheaply where
-- that only writes to a view.
CREATE VIEW contactToNumber AS SELECT id FROM contact;
CREATE TRIGGER contactNumbered INSTEAD OF INSERT ON contactToNumber
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE contact SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
CREATE TRIGGER contactInserted AFTER INSERT ON contact WHEN NEW.sequence IS NULL
BEGIN
    INSERT INTO contactToNumber (id) VALUES (NEW.id);
END;
CREATE TRIGGER contactChanged AFTER UPDATE OF customer, staff, way, date, note, followUpOn, amends, at ON contact
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE contact SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
