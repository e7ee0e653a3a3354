-- A decision is run again from the claims that it names; head office may keep one of them back.
ALTER TABLE decision ADD COLUMN lacksClaims INTEGER NOT NULL DEFAULT 0
    CHECK (lacksClaims IN (0, 1, 2));  -- 1: one has not come yet; 2: nor by the end of a pull, so that it was never run again here
CREATE INDEX decisionLacking ON decision (lacksClaims) WHERE lacksClaims > 0;
