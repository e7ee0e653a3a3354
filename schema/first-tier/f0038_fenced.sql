-- That a node of the outlet was shut out is known until it is let in again, whatever is found of
-- the outlet's other node meanwhile.
ALTER TABLE nodeState ADD COLUMN fencedAs TEXT;  -- 'suspected-copy' or 'corrupted'; NULL: no node is

UPDATE nodeState SET fencedAs = verdict WHERE verdict IN ('suspected-copy', 'corrupted');
