-- What the first-tier branch's own people are reminded of.

-- What a first-tier supervisor has to do or know.
CREATE TABLE supervisorReminder (
    id TEXT NOT NULL PRIMARY KEY,       -- derived from its cause, so that one cause reminds once
    staff TEXT NOT NULL,                -- whose it is
    kind TEXT NOT NULL,                 -- a kind of ReminderKind
    customer TEXT,                      -- customer number
    dueOn INTEGER NOT NULL,             -- business date
    facts TEXT NOT NULL,                -- canonical JSON; the sentence is made from it
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    doneAt INTEGER                      -- NULL: open
) STRICT;
CREATE INDEX supervisorReminderByStaff ON supervisorReminder (staff, dueOn) WHERE doneAt IS NULL;

-- A customer whose history goes to the outlet that owns them now: it changed hands, or an outlet that
-- owned them before has sent more of it.
CREATE TABLE history (
    customer TEXT NOT NULL PRIMARY KEY, -- customer number
    sequence INTEGER NOT NULL           -- when it, or whose it is, last changed
) STRICT, WITHOUT ROWID;
CREATE INDEX historyBySequence ON history (sequence);

ALTER TABLE reminder ADD COLUMN movedTo TEXT;  -- the outlet that makes it again; NULL: it stays
CREATE INDEX reminderMoved ON reminder (customer) WHERE movedTo IS NOT NULL;
