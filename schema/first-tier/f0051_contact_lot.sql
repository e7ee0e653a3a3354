-- The index of marketing records by customer is kept lot by lot, as they came. Customers come in no
-- order, so each record of a batch has a page of its own in an index over all records; a lot's part
-- has few pages, and they are the last ones. A customer is looked for in every lot.

-- A marketing record.
CREATE TABLE contactByLot (
    number INTEGER NOT NULL PRIMARY KEY,  -- in the order of arrival
    outlet TEXT NOT NULL,               -- whose people entered it
    id TEXT NOT NULL,                   -- random, made at the outlet
    customer TEXT NOT NULL,             -- customer number
    staff TEXT NOT NULL,                -- who had the contact
    way TEXT NOT NULL,                  -- call, visit, at-outlet, sms or wechat
    date INTEGER NOT NULL,              -- business date
    note BLOB NOT NULL,                 -- sealed
    followUpOn INTEGER,                 -- business date; NULL: none wanted
    amends TEXT,                        -- id of the record that this one puts right; NULL: none
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    version INTEGER NOT NULL,           -- the outlet's sequence of its last change
    UNIQUE (outlet, id)
) STRICT;
INSERT INTO contactByLot (
    outlet, id, customer, staff, way, date, note, followUpOn, amends, at, version)
SELECT outlet, id, customer, staff, way, date, note, followUpOn, amends, at, version FROM contact
ORDER BY rowid;
DROP TABLE contact;
ALTER TABLE contactByLot RENAME TO contact;
-- NB: not a generated column, which SQLite's session extension does not take.
CREATE INDEX contactByCustomer ON contact (number / 16384, customer);

-- All lots.
CREATE VIEW contactLot (lot) AS
WITH RECURSIVE lot (number) AS (
    SELECT min(number) / 16384 FROM contact
    UNION ALL
    SELECT number + 1 FROM lot WHERE number < (SELECT max(number) / 16384 FROM contact))
SELECT number FROM lot;
