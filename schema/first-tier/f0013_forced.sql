-- An operator no longer waits for the nodes that were not heard: what they have is still taken, and
-- what is sealed meanwhile is numbered far after what they may hold.
ALTER TABLE recovery ADD COLUMN numberedAfter INTEGER;  -- settlement records are numbered after this; NULL: nothing is sealed
