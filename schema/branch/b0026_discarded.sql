-- What was given up of what head office set apart, so that it is not sent and set apart again.
ALTER TABLE quarantine ADD COLUMN discardedAt INTEGER;  -- milliseconds since 1970-01-01 UTC; NULL: it waits for somebody
ALTER TABLE quarantine ADD COLUMN isTold INTEGER NOT NULL DEFAULT 0;  -- 1: head office has heard that it was given up
