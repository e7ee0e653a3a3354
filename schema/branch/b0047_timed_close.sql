-- The timer of a serving node takes in extracts and closes the missed dates by itself.

-- How its last try ended; no row before the first.
CREATE TABLE timedClose (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL,                -- milliseconds since 1970-01-01 UTC
    failure TEXT,                       -- key of the sentence that says why; NULL: it went well
    facts TEXT NOT NULL,                -- JSON object of what the sentence names
    CHECK (failure IS NOT NULL OR facts = '{}')
) STRICT;
