-- The answer that begins an epoch may be lost on the way: the node comes again as it was.

-- The last epoch that was begun for an outlet's node, until something has come in it.
CREATE TABLE epochBeginning (
    outlet TEXT NOT NULL PRIMARY KEY,
    nodeName TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    shown TEXT NOT NULL,                -- canonical JSON: the checkpoint that the node showed, by lane
    kept TEXT NOT NULL,                 -- canonical JSON: the one that was kept then, by lane
    verdict TEXT NOT NULL,              -- why it was begun
    highest INTEGER NOT NULL            -- the outlet's highest sequence that was kept then
) STRICT, WITHOUT ROWID;
