-- Profile fields that the bank's people keep, and records that are passed on unknown.

-- One change of one field by one outlet.
CREATE TABLE profileEdit (
    outlet TEXT NOT NULL,
    id TEXT NOT NULL CHECK (substr(id, 1, length(outlet) + 1) = outlet || '-'),
    author TEXT NOT NULL CHECK (author = outlet),
    customer TEXT NOT NULL,             -- customer number
    field TEXT NOT NULL,                -- a name of ProfileField, or of a later version's
    value BLOB,                         -- sealed; NULL: the field was emptied
    note BLOB,                          -- sealed; how the customer said so, or why
    lifts TEXT,                         -- ids of the refusals that an agreement lifts, by spaces
    at INTEGER NOT NULL CHECK (at >= 0),  -- the stamp that counts, capped; milliseconds
    counter INTEGER NOT NULL CHECK (counter >= 0),
    node TEXT NOT NULL,                 -- name of the node that gave the stamp
    writtenAt INTEGER NOT NULL,         -- the stamp as the node gave it
    writtenCounter INTEGER NOT NULL,
    staff TEXT NOT NULL,                -- who entered it
    date INTEGER NOT NULL,              -- business date
    sequence INTEGER,                   -- when it, or who may see it, last changed
    version INTEGER NOT NULL DEFAULT 0, -- the outlet's sequence of its last change
    PRIMARY KEY (outlet, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX profileEditByCustomer ON profileEdit (customer);
CREATE INDEX profileEditByStamp ON profileEdit (at);
CREATE INDEX profileEditBySequence ON profileEdit (sequence);

CREATE TRIGGER profileEditReceived AFTER INSERT ON profileEdit WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE profileEdit SET sequence = (SELECT value FROM changeCounter)
    WHERE outlet = NEW.outlet AND id = NEW.id;
END;
CREATE TRIGGER profileEditChanged
AFTER UPDATE OF version, at, counter ON profileEdit WHEN NEW.sequence IS OLD.sequence
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE profileEdit SET sequence = (SELECT value FROM changeCounter)
    WHERE outlet = NEW.outlet AND id = NEW.id;
END;
-- What was capped once stays so, also where the node that wrote it has not heard of it.
CREATE TRIGGER profileEditStaysCapped AFTER UPDATE OF at ON profileEdit WHEN NEW.at > OLD.at
BEGIN
    UPDATE profileEdit SET at = OLD.at, counter = OLD.counter
    WHERE outlet = NEW.outlet AND id = NEW.id;
END;

-- To whom a record that this version does not know is passed on, as its sender said.
ALTER TABLE unknownRecord ADD COLUMN audience TEXT;   -- an Audience; NULL: to nobody
ALTER TABLE unknownRecord ADD COLUMN customer TEXT;   -- customer number, where it is about one
ALTER TABLE unknownRecord ADD COLUMN sequence INTEGER;  -- when it, or who may see it, last changed
CREATE INDEX unknownRecordBySequence ON unknownRecord (sequence) WHERE sequence IS NOT NULL;
CREATE INDEX unknownRecordByCustomer ON unknownRecord (customer) WHERE customer IS NOT NULL;
