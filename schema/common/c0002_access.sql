-- Who may come in, who is in, and what everyone looked at and did.

-- The password of a member of staff; none is there before an operator sets it.
CREATE TABLE credential (
    staff TEXT NOT NULL PRIMARY KEY,    -- a member of staff; kept when the organisation is replaced
    passwordHash TEXT NOT NULL,         -- argon2id with its parameters
    setAt INTEGER NOT NULL              -- milliseconds since 1970-01-01 UTC
) STRICT;

-- Failed log-ins of one account from one source, so that nobody can lock another person out.
CREATE TABLE logInFailure (
    staff TEXT NOT NULL,                -- SHA-256 of what was typed: it may be a password
    source TEXT NOT NULL,               -- the caller's address
    failures INTEGER NOT NULL CHECK (failures > 0),  -- in a row
    lastAt INTEGER NOT NULL,            -- milliseconds since 1970-01-01 UTC
    PRIMARY KEY (staff, source)
) STRICT, WITHOUT ROWID;

-- A log-in that has not ended.
CREATE TABLE session (
    tokenHash BLOB NOT NULL PRIMARY KEY,  -- SHA-256 of the cookie's value
    staff TEXT NOT NULL,
    csrf TEXT NOT NULL,                 -- what every form of the session carries
    startedAt INTEGER NOT NULL,         -- milliseconds since 1970-01-01 UTC; ends after eight hours
    usedAt INTEGER NOT NULL             -- ends after fifteen minutes without use
) STRICT, WITHOUT ROWID;

-- Every look, export and change: append-only, each entry sealed to the one before it.
CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY,    -- 1, 2, 3 … without a gap
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    actor TEXT NOT NULL,                -- a staff number, or os:NAME for the operating system's user
    action TEXT NOT NULL,               -- a word of the table of audited actions
    subject TEXT,                       -- the customer number or unit it was done to
    detail TEXT NOT NULL,               -- canonical JSON; never a direct identifier
    hash BLOB NOT NULL                  -- SHA-256 over the previous hash and this entry
) STRICT;
CREATE INDEX auditBySubject ON audit (subject);
CREATE TRIGGER auditStays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'an audit entry is never changed'); END;
CREATE TRIGGER auditIsKept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'an audit entry is never deleted'); END;
