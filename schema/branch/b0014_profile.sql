-- Profile fields that the bank's people keep, and what head office passes on from other outlets.

-- One change of one field; never replaced by another one.
CREATE TABLE profileEdit (
    id TEXT NOT NULL PRIMARY KEY,       -- the author's code, a hyphen and a random number
    author TEXT NOT NULL,               -- the outlet that made it
    customer TEXT NOT NULL,             -- customer number
    field TEXT NOT NULL,                -- a name of ProfileField, or of a later version's
    value BLOB,                         -- sealed; NULL: the field was emptied
    note BLOB,                          -- sealed; how the customer said so, or why
    lifts TEXT,                         -- ids of the refusals that an agreement lifts, by spaces
    at INTEGER NOT NULL,                -- the stamp that counts, as head office capped it; milliseconds
    counter INTEGER NOT NULL,           -- and its counter
    node TEXT NOT NULL,                 -- name of the node that gave the stamp
    writtenAt INTEGER NOT NULL,         -- the stamp as the node gave it
    writtenCounter INTEGER NOT NULL,
    staff TEXT NOT NULL,                -- who entered it
    date INTEGER NOT NULL,              -- business date
    sequence INTEGER                    -- 0 for another outlet's: it is not sent back
) STRICT;
CREATE INDEX profileEditByCustomer ON profileEdit (customer);
CREATE INDEX profileEditByStamp ON profileEdit (at, counter);
CREATE INDEX profileEditBySequence ON profileEdit (sequence);

CREATE TRIGGER profileEditInserted AFTER INSERT ON profileEdit WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE profileEdit SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
-- NB: not of the stamp that counts, which head office gives back.
CREATE TRIGGER profileEditChanged AFTER UPDATE OF author, customer, field, value, note, lifts, node, writtenAt, writtenCounter, staff, date ON profileEdit
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE profileEdit SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;

-- What head office passed on and this version does not know: whole records, or columns of known
-- ones. A later version takes it in.
CREATE TABLE unknownRecord (
    outlet TEXT NOT NULL,               -- that wrote it
    record TEXT NOT NULL,               -- its table
    key TEXT NOT NULL,                  -- the key, or SHA-256 of the row where the table is unknown
    customer TEXT,                      -- customer number, where the record is about one
    content BLOB NOT NULL,              -- the row as JSON, sealed
    PRIMARY KEY (outlet, record, key)
) STRICT, WITHOUT ROWID;

-- What head office said to an earlier version may have held what that one passed over.
UPDATE line SET pulledThrough = 0;
