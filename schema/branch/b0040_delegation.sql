-- Who stands in for whom while a manager is on leave; ownership stays. It stays at this node.

-- One deputy of one manager, for some business dates.
CREATE TABLE delegation (
    number INTEGER NOT NULL PRIMARY KEY,  -- 1, 2, 3 …
    manager TEXT NOT NULL,              -- a staff number: whose customers they remain
    deputy TEXT NOT NULL,               -- a staff number
    startsOn INTEGER NOT NULL,          -- business date
    endsOn INTEGER NOT NULL,            -- business date, the last one on which it runs
    reason BLOB NOT NULL,               -- sealed
    madeBy TEXT NOT NULL,               -- a staff number
    madeAt INTEGER NOT NULL,            -- milliseconds since 1970-01-01 UTC
    endedBy TEXT,                       -- a staff number: who ended it by hand; NULL: it runs its dates
    endedAt INTEGER,                    -- milliseconds since 1970-01-01 UTC
    CHECK (startsOn <= endsOn),
    CHECK (manager <> deputy),
    CHECK ((endedBy IS NULL) = (endedAt IS NULL))
) STRICT;
CREATE INDEX delegationByDeputy ON delegation (deputy, endsOn) WHERE endedBy IS NULL;
CREATE INDEX delegationByManager ON delegation (manager, endsOn) WHERE endedBy IS NULL;
