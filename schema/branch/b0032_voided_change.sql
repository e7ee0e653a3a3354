-- History that a correction made void is kept: nothing of what once was said of a customer is lost.

-- A change of pool or tier that stood until its date was opened again.
CREATE TABLE voidedChange (
    reopening TEXT NOT NULL,            -- what made it void
    customer INTEGER NOT NULL REFERENCES customer (id),
    date INTEGER NOT NULL,              -- business date at whose close it was decided
    pool TEXT NOT NULL,
    poolSince INTEGER NOT NULL,
    origin TEXT,
    tier TEXT,
    tierSince INTEGER,
    voidedAt INTEGER NOT NULL,          -- milliseconds since 1970-01-01 UTC
    PRIMARY KEY (customer, date, reopening)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER voidedChangeStays BEFORE UPDATE ON voidedChange
BEGIN SELECT RAISE(ABORT, 'what was said is never changed'); END;
CREATE TRIGGER voidedChangeIsKept BEFORE DELETE ON voidedChange
BEGIN SELECT RAISE(ABORT, 'what was said is never deleted'); END;
