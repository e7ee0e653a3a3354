-- Which first-tier branches' databases head office has: one that is gone was lost, and an empty one
-- in its place would be called whole.

-- One row for each database that was ever opened beside this one.
CREATE TABLE tierDatabase (
    firstTier TEXT NOT NULL PRIMARY KEY  -- code of the first-tier branch
) STRICT, WITHOUT ROWID;
