-- The column of a record that could not be applied is told to the outlet that sent it.

ALTER TABLE quarantine ADD COLUMN field TEXT;  -- the column; NULL where the failure is not one value's
