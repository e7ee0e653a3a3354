-- Head office came out of a backup, more than once perhaps; what a node gives back may still lack
-- the claim behind an owner.

-- The last recovery, by its name, also when it is over; one row, or none.
CREATE TABLE lastRecovery (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL                  -- of the restore, random
) STRICT;

-- As before, but that a signed record names an owner whose claim nobody has any more.
CREATE TABLE ownershipByRecord (
    customer TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL REFERENCES settlement (number),
    claim TEXT,                         -- NULL: settled as unowned
    outlet TEXT,
    manager TEXT,
    since INTEGER                       -- business date
) STRICT, WITHOUT ROWID;
INSERT INTO ownershipByRecord (customer, number, claim, outlet, manager, since)
SELECT customer, number, claim, outlet, manager, since FROM ownership;
DROP TABLE ownership;
ALTER TABLE ownershipByRecord RENAME TO ownership;
CREATE INDEX ownershipByOutlet ON ownership (outlet, manager);
