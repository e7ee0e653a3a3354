-- A decision is run again from the claims that it names; head office may keep one of them back.
ALTER TABLE decision ADD COLUMN lacksClaims INTEGER NOT NULL DEFAULT 3
    CHECK (lacksClaims IN (0, 1, 2, 3));  -- 1: one has not come yet; 2: nor by the end of a pull, so that it was never run again here; 3: from a version that did not look, which the next start does
CREATE INDEX decisionLacking ON decision (lacksClaims) WHERE lacksClaims > 0;
