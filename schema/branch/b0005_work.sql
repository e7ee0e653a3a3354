-- What people at the outlet enter, and what they are reminded of.

-- A marketing record: one contact with a customer. Never changed; a mistake is amended by another.
CREATE TABLE contact (
    id TEXT NOT NULL PRIMARY KEY,       -- random, made here
    customer TEXT NOT NULL,             -- customer number
    staff TEXT NOT NULL,                -- who had the contact
    way TEXT NOT NULL CHECK (way IN ('call', 'visit', 'at-outlet', 'sms', 'wechat')),
    date INTEGER NOT NULL,              -- business date
    note BLOB NOT NULL,                 -- sealed
    followUpOn INTEGER,                 -- business date; NULL: none wanted
    amends TEXT REFERENCES contact (id),
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    sequence INTEGER
) STRICT;
CREATE INDEX contactByCustomer ON contact (customer, date);
CREATE INDEX contactBySequence ON contact (sequence);

-- What a member of staff has to do or know.
CREATE TABLE reminder (
    id TEXT NOT NULL PRIMARY KEY,       -- derived from its cause, so that one cause reminds once
    staff TEXT NOT NULL,                -- whose it is
    kind TEXT NOT NULL,                 -- a kind of ReminderKind
    customer TEXT,                      -- customer number
    dueOn INTEGER NOT NULL,             -- business date
    facts TEXT NOT NULL,                -- canonical JSON; the sentence is made from it
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    doneAt INTEGER,                     -- NULL: open
    sequence INTEGER
) STRICT;
CREATE INDEX reminderByStaff ON reminder (staff, dueOn) WHERE doneAt IS NULL;
CREATE INDEX reminderBySequence ON reminder (sequence);
