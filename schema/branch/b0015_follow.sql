-- What follows a customer to the outlet that owns them now.

-- A marketing record of an outlet that owned the customer before; a copy to read.
CREATE TABLE pastContact (
    outlet TEXT NOT NULL,               -- that wrote it
    id TEXT NOT NULL,                   -- as that outlet named it
    customer TEXT NOT NULL,             -- customer number
    staff TEXT NOT NULL,                -- who had the contact
    way TEXT NOT NULL,                  -- a way of Contact, or of a later version's
    date INTEGER NOT NULL,              -- business date
    note BLOB NOT NULL,                 -- sealed
    followUpOn INTEGER,                 -- business date; NULL: none wanted
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    PRIMARY KEY (outlet, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pastContactByCustomer ON pastContact (customer, date);

-- An open reminder is closed as moved where the customer goes to another outlet.
ALTER TABLE reminder ADD COLUMN movedTo TEXT;  -- the outlet that makes it again; NULL: it stayed
DROP TRIGGER reminderChanged;
CREATE TRIGGER reminderChanged AFTER UPDATE OF staff, kind, customer, dueOn, facts, at, doneAt, movedTo ON reminder
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE reminder SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
