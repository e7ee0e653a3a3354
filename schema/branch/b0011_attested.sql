-- What a node keeps against head office's losses: its word for what others wrote, and the settlement
-- records that the directory has moved on from.

ALTER TABLE claim ADD COLUMN attestation TEXT;  -- head office's keyed hash: it had another's claim from its author
ALTER TABLE disputeStep ADD COLUMN attestation TEXT;  -- the same of another's step

-- A settlement record that a later one of the same customer has followed.
CREATE TABLE pastRecord (
    number INTEGER NOT NULL PRIMARY KEY,  -- of the settlement record
    customer TEXT NOT NULL,             -- customer number
    digest TEXT NOT NULL,               -- of the decision
    record TEXT NOT NULL,               -- canonical JSON of the settlement record
    signature TEXT NOT NULL             -- hexadecimal Ed25519 signature of the record
) STRICT;

ALTER TABLE line ADD COLUMN gaveBackTo TEXT;  -- name of head office's last recovery that got everything from here
