-- The key of an enrolment that has not come to its end.

-- One row from before a token is shown until the certificate for the key is kept.
CREATE TABLE enrolmentKey (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    key BLOB NOT NULL                   -- sealed; an EC P-256 key, hexadecimal
) STRICT;
