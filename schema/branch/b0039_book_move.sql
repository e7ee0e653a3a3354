-- What a supervisor orders of managers' books, and what became of each customer. It stays at this
-- node: what changes hands, claims carry.

-- One move of a manager's book or of part of it; its number is the receipt's.
CREATE TABLE bookMove (
    number INTEGER NOT NULL PRIMARY KEY,  -- 1, 2, 3 …
    kind TEXT NOT NULL CHECK (kind IN ('hand-over', 'split-evenly', 'split-tier', 'recall')),
    manager TEXT NOT NULL,              -- whose customers they were
    receivers TEXT NOT NULL,            -- canonical JSON: staff numbers, in the order dealt to
    isWhole INTEGER NOT NULL CHECK (isWhole IN (0, 1)),  -- 1: the book as it is then; 0: those of its rows
    effectiveOn INTEGER NOT NULL,       -- business date on which it is carried out
    reason BLOB NOT NULL,               -- sealed
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'done', 'cancelled')),
    madeBy TEXT NOT NULL,               -- a staff number
    madeAt INTEGER NOT NULL,            -- milliseconds since 1970-01-01 UTC
    submittedBy TEXT,                   -- a staff number; NULL: never submitted
    submittedAt INTEGER,                -- milliseconds since 1970-01-01 UTC
    begunAt INTEGER,                    -- when it was dealt; NULL: its rows are those chosen
    endedAt INTEGER,                    -- when it was done or cancelled
    CHECK ((submittedBy IS NULL) = (submittedAt IS NULL)),
    CHECK ((state IN ('done', 'cancelled')) = (endedAt IS NOT NULL))
) STRICT;
CREATE INDEX bookMoveWaiting ON bookMove (effectiveOn) WHERE state = 'submitted';

-- One customer of a move: chosen, then dealt, then gone over or not.
CREATE TABLE bookMoveRow (
    move INTEGER NOT NULL REFERENCES bookMove (number),
    customer TEXT NOT NULL,             -- customer number
    receiver TEXT,                      -- a staff number; NULL: not dealt yet, or awaits assignment
    claim TEXT,                         -- that moved the customer; NULL: none did
    refusal TEXT,                       -- the code of why it could not be; NULL: it was done, or is open
    facts TEXT,                         -- canonical JSON: what the refusal's sentence names
    PRIMARY KEY (move, customer),
    CHECK (claim IS NULL OR refusal IS NULL),
    CHECK ((refusal IS NULL) = (facts IS NULL))
) STRICT, WITHOUT ROWID;
