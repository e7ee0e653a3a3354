-- Who the node is on the line: a certificate in the place of the access key, which goes.

-- The node's certificate and key; one row, none at a node without a head office.
CREATE TABLE identity (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    authority BLOB NOT NULL,            -- certificate of the one authority it trusts; X.509, DER
    certificate BLOB NOT NULL,          -- what it shows; X.509, DER
    key BLOB NOT NULL                   -- sealed; the certificate's EC P-256 key, hexadecimal
) STRICT;

ALTER TABLE node DROP COLUMN accessKey;
