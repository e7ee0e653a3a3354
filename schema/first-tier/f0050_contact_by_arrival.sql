-- Marketing records lie in the order in which they came: a batch is written at the table's end, and
-- its index by customer names a row by its number instead of by its whole key.

-- A marketing record.
CREATE TABLE contactByArrival (
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
    PRIMARY KEY (outlet, id)
) STRICT;
INSERT INTO contactByArrival (
    outlet, id, customer, staff, way, date, note, followUpOn, amends, at, version)
SELECT outlet, id, customer, staff, way, date, note, followUpOn, amends, at, version FROM contact;
DROP TABLE contact;
ALTER TABLE contactByArrival RENAME TO contact;
CREATE INDEX contactByCustomer ON contact (customer, date);
