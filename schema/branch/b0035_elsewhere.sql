-- What the first-tier branch last said that a customer holds at other outlets: the rules count it with
-- what is held here, which stays in `financialAssets` and `largestAccount`. No capture: head office
-- knows it.

ALTER TABLE standing ADD COLUMN elsewhereAssets INTEGER NOT NULL DEFAULT 0;   -- half-fen
ALTER TABLE standing ADD COLUMN elsewhereLargest INTEGER NOT NULL DEFAULT 0;  -- fen; 0 where the largest account is here
