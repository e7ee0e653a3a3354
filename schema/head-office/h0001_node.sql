-- Head office's own: which nodes there are and how they come in.

-- Head office itself; one row.
CREATE TABLE headOffice (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    organisationVersion INTEGER NOT NULL  -- grows with every load of the organisation
) STRICT;

-- An invitation to enrol: used once, or expired.
CREATE TABLE enrolmentToken (
    tokenHash BLOB NOT NULL PRIMARY KEY,  -- SHA-256 of the token
    outlet TEXT NOT NULL,
    issuedAt INTEGER NOT NULL,          -- milliseconds since 1970-01-01 UTC
    expiresAt INTEGER NOT NULL,
    usedAt INTEGER
) STRICT, WITHOUT ROWID;

-- A node that was enrolled; the last one of an outlet is the one that counts.
CREATE TABLE node (
    outlet TEXT NOT NULL PRIMARY KEY,
    firstTier TEXT NOT NULL,
    nodeName TEXT NOT NULL UNIQUE,      -- the name the node made for itself
    epoch INTEGER NOT NULL CHECK (epoch >= 1),
    accessKeyHash BLOB NOT NULL,        -- SHA-256 of what the node shows
    enrolledAt INTEGER NOT NULL,        -- milliseconds since 1970-01-01 UTC
    contactedAt INTEGER,                -- of the last exchange
    skewMilliseconds INTEGER,           -- the node's clock less ours at that time
    reportedPending INTEGER             -- changes the node said it still had to send
) STRICT;
