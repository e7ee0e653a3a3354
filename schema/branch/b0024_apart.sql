-- Head office says which column of a record it does not admit, so that people know where to look.

ALTER TABLE quarantine ADD COLUMN field TEXT;  -- the column; NULL where the failure is not one value's

-- A unit that head office's organisation file no longer lists stays, since claims and records name it.
ALTER TABLE unit ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));  -- 0: closed
