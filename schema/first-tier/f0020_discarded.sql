-- What an outlet gave up of what was set apart. It stays, since what comes later may depend on it.
ALTER TABLE quarantine ADD COLUMN discardedAt INTEGER;  -- milliseconds since 1970-01-01 UTC; NULL: it waits for the outlet
