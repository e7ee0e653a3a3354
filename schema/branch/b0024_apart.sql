-- Head office says which column of a record it does not admit, so that people know where to look.

ALTER TABLE quarantine ADD COLUMN field TEXT;  -- the column; NULL where the failure is not one value's
