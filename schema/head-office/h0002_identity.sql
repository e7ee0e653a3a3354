-- Head office's certificate authority and the certificates it gave out. A node shows its certificate
-- in the place of the access key, which goes.

-- The authority; one row. Its key is in the key ring, under the name "authority".
CREATE TABLE authority (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    certificate BLOB NOT NULL           -- X.509, DER
) STRICT;

-- A certificate that a node was given. What is not here is let in nowhere.
CREATE TABLE nodeCertificate (
    id INTEGER NOT NULL PRIMARY KEY,    -- in the order of issue
    fingerprint BLOB NOT NULL UNIQUE,   -- SHA-256 of the certificate
    outlet TEXT NOT NULL,               -- whose records it may send
    nodeName TEXT NOT NULL,             -- the node that asked for it
    state TEXT NOT NULL CHECK (state IN (
        'issued',                       -- given out, never shown yet
        'used',                         -- shown
        'superseded',                   -- a later one was shown, or another node enrolled
        'revoked')),
    validFrom INTEGER NOT NULL,         -- milliseconds since 1970-01-01 UTC
    validThrough INTEGER NOT NULL
) STRICT;
CREATE INDEX nodeCertificateByOutlet ON nodeCertificate (outlet);

ALTER TABLE node DROP COLUMN accessKeyHash;
-- When an operator shut the node out, milliseconds since 1970-01-01 UTC; NULL while it may speak.
ALTER TABLE node ADD COLUMN revokedAt INTEGER;
