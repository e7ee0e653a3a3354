-- Snapshots of what goes down to one outlet, kept while its node fetches them.

-- The snapshot of an outlet's scope; one an outlet at most.
CREATE TABLE snapshot (
    outlet TEXT NOT NULL PRIMARY KEY,
    making TEXT NOT NULL,               -- random, made with it: whose chunks are its own
    root TEXT NOT NULL,                 -- SHA-256 over the hashes, hexadecimal
    hashes BLOB NOT NULL,               -- SHA-256 of each chunk, 32 bytes each
    chunks INTEGER NOT NULL,            -- how many there are
    through INTEGER NOT NULL,           -- the branch's sequence when it was taken
    lastRecord INTEGER NOT NULL,        -- number of the newest settlement record then
    at INTEGER NOT NULL                 -- milliseconds since 1970-01-01 UTC
) STRICT, WITHOUT ROWID;

-- Its bytes, in pieces as they travel.
CREATE TABLE snapshotChunk (
    outlet TEXT NOT NULL,
    making TEXT NOT NULL,
    number INTEGER NOT NULL,            -- 0, 1, 2 …
    content BLOB NOT NULL,              -- a piece of the frame, sealed: steps carry free words
    PRIMARY KEY (outlet, making, number)
) STRICT;
