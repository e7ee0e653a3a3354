-- A decision that a node gives back may be larger than a message to head office.

-- The first pieces of one, until its record follows; of one decision for each outlet.
CREATE TABLE decisionPart (
    outlet TEXT NOT NULL,               -- that gives it back
    number INTEGER NOT NULL,            -- 0, 1, 2 …
    digest TEXT NOT NULL,               -- SHA-256 of the whole decision
    content BLOB NOT NULL,              -- bytes of its canonical JSON
    PRIMARY KEY (outlet, number)
) STRICT;
