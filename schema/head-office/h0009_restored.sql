-- That head office's data came out of a backup: its nodes may hold more than it.

-- The last restore that the nodes have not made good yet; one row, or none.
CREATE TABLE restoreMark (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    restoreID TEXT NOT NULL,            -- random, made by the restore
    restoredAt INTEGER NOT NULL,        -- milliseconds since 1970-01-01 UTC
    backupAt INTEGER NOT NULL           -- when the backup was made
) STRICT;
