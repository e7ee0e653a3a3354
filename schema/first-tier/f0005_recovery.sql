-- Head office came out of a backup: the nodes give back what it lacks.

-- The recovery under way; one row, or none. Nothing is sealed meanwhile.
CREATE TABLE recovery (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    since INTEGER NOT NULL,             -- milliseconds since 1970-01-01 UTC
    lastRecord INTEGER NOT NULL         -- number of the newest settlement record then
) STRICT;

-- The nodes that were heard since, with everything that they could give back.
CREATE TABLE recoveredNode (
    outlet TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL                 -- milliseconds since 1970-01-01 UTC
) STRICT, WITHOUT ROWID;
