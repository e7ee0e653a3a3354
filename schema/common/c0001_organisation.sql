-- The bank as head office describes it, replaced as a whole by each newer version.

-- A unit of the bank, from head office down to an outlet.
CREATE TABLE unit (
    code TEXT NOT NULL PRIMARY KEY CHECK (code <> ''),  -- the bank's code, an outlet's has six digits
    name TEXT NOT NULL,                                 -- as people call it
    level TEXT NOT NULL CHECK (level IN ('head-office', 'first-tier', 'second-tier', 'sub-branch', 'outlet')),
    parent TEXT REFERENCES unit (code) DEFERRABLE INITIALLY DEFERRED,  -- NULL for head office alone
    CHECK ((parent IS NULL) = (level = 'head-office'))
) STRICT;
CREATE INDEX unitByParent ON unit (parent);

-- A member of staff.
CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),  -- the bank's staff number
    name TEXT NOT NULL,                             -- staff names are not customers' data: in clear
    unit TEXT NOT NULL REFERENCES unit (code) DEFERRABLE INITIALLY DEFERRED,
    mobile BLOB,                                    -- sealed; NULL where none is known
    active INTEGER NOT NULL CHECK (active IN (0, 1))  -- 0: may own nothing and do nothing
) STRICT;
CREATE INDEX staffByUnit ON staff (unit);

-- What a member of staff may be; one person may hold several roles.
CREATE TABLE staffRole (
    staff TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL CHECK (role IN (
        'teller', 'manager', 'outlet-supervisor', 'supervisor', 'first-tier-supervisor',
        'analyst', 'administrator', 'auditor')),
    PRIMARY KEY (staff, role)
) STRICT, WITHOUT ROWID;

-- One dated value of a rule parameter (R7).
CREATE TABLE parameter (
    name TEXT NOT NULL,           -- a name of Parameter.all
    scope TEXT NOT NULL,          -- 'bank' or a first-tier branch's code
    effectiveFrom INTEGER NOT NULL,  -- business date, days since 1970-01-01
    value TEXT NOT NULL,          -- as the organisation file writes it
    PRIMARY KEY (name, scope, effectiveFrom)
) STRICT, WITHOUT ROWID;

-- A public holiday or a make-up working day.
CREATE TABLE holiday (
    date INTEGER NOT NULL PRIMARY KEY,  -- days since 1970-01-01
    kind TEXT NOT NULL CHECK (kind IN ('holiday', 'workday'))
) STRICT;
