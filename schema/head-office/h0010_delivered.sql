-- What a node said it had to send, less what has come since.
ALTER TABLE node ADD COLUMN deliveredAtHello INTEGER NOT NULL DEFAULT 0;  -- rows ever received, at its last hello
