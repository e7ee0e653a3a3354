-- A newer organisation file may leave out a unit: it stays, since claims and records name it.

ALTER TABLE unit ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));  -- 0: closed
