-- What the core-banking extracts say. Direct identifiers are sealed; what must be found has a blind index.

-- One extract as it was taken in.
CREATE TABLE extract (
    source TEXT NOT NULL,               -- ABIS, CMS …
    date INTEGER NOT NULL,              -- its business date, days since 1970-01-01
    sequence INTEGER NOT NULL CHECK (sequence >= 1),  -- a higher one replaces the date
    digest TEXT NOT NULL,               -- SHA-256 of its manifest
    accounts INTEGER NOT NULL,          -- rows of accounts.csv
    balances INTEGER NOT NULL,          -- rows of balances.csv
    balanceSum INTEGER NOT NULL,        -- fen, of balances.csv
    takenAt INTEGER NOT NULL,           -- milliseconds since 1970-01-01 UTC
    PRIMARY KEY (source, date, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX extractByDate ON extract (date);

-- A personal customer with an account at this outlet.
CREATE TABLE customer (
    id INTEGER NOT NULL PRIMARY KEY,    -- internal; never leaves the node
    number TEXT NOT NULL UNIQUE,        -- CIF customer number
    name BLOB NOT NULL,                 -- sealed
    nameIndex BLOB NOT NULL,            -- blind index of the name
    idType TEXT NOT NULL,
    idNumber BLOB,                      -- sealed; NULL where CIF has none
    idNumberIndex BLOB,                 -- blind index of the normalised number
    gender TEXT CHECK (gender IN ('M', 'F')),
    birthDate BLOB,                     -- sealed: with a name it identifies
    mobile BLOB,                        -- sealed
    mobileIndex BLOB,                   -- blind index of the eleven digits
    address BLOB,                       -- sealed
    employer BLOB,                      -- sealed
    occupation TEXT,
    mergedInto TEXT,                    -- CIF merged this number into another
    knownFrom INTEGER NOT NULL,         -- business date of the first extract that named them
    factsFrom INTEGER NOT NULL,         -- business date of the extract that said so
    sequence INTEGER,                   -- of the last change; NULL only while a trigger runs
    CHECK ((idNumber IS NULL) = (idNumberIndex IS NULL)),
    CHECK ((mobile IS NULL) = (mobileIndex IS NULL))
) STRICT;
CREATE INDEX customerByName ON customer (nameIndex);
CREATE INDEX customerByIdNumber ON customer (idNumberIndex) WHERE idNumberIndex IS NOT NULL;
CREATE INDEX customerByMobile ON customer (mobileIndex) WHERE mobileIndex IS NOT NULL;
CREATE INDEX customerByDate ON customer (knownFrom);
CREATE INDEX customerBySequence ON customer (sequence);

-- An account; its customer, category and currency never change.
CREATE TABLE account (
    id INTEGER NOT NULL PRIMARY KEY,    -- internal
    numberIndex BLOB NOT NULL UNIQUE,   -- blind index of the account number
    number BLOB NOT NULL,               -- sealed
    customer INTEGER NOT NULL REFERENCES customer (id),
    category TEXT NOT NULL CHECK (category IN ('deposit', 'loan', 'fund', 'bond', 'wealth', 'other')),
    currency TEXT NOT NULL,
    source TEXT NOT NULL                -- the extract source that brought it, and keeps it
) STRICT;
CREATE INDEX accountByCustomer ON account (customer);

-- What may change about an account, from the business date on which an extract said so.
CREATE TABLE accountFact (
    account INTEGER NOT NULL REFERENCES account (id),
    date INTEGER NOT NULL,              -- business date of the extract
    subcategory TEXT NOT NULL,          -- demand, time, housing_loan, certificate_bond …
    product TEXT NOT NULL,
    status TEXT NOT NULL,               -- as the core system writes it; normal, frozen, closed …
    openingOutlet TEXT NOT NULL,
    openedOn INTEGER NOT NULL,          -- business date
    closedOn INTEGER,                   -- from this business date its balance counts as 0
    maturesOn INTEGER,
    PRIMARY KEY (account, date)
) STRICT, WITHOUT ROWID;
CREATE INDEX accountFactByDate ON accountFact (date);
CREATE INDEX accountFactByClosing ON accountFact (closedOn) WHERE closedOn IS NOT NULL;

-- An account's end-of-day balance from the date on which it changed until the next row.
CREATE TABLE balance (
    account INTEGER NOT NULL REFERENCES account (id),
    date INTEGER NOT NULL,              -- business date
    amount INTEGER NOT NULL,            -- fen; negative where a deposit is overdrawn
    PRIMARY KEY (account, date)
) STRICT, WITHOUT ROWID;
CREATE INDEX balanceByDate ON balance (date);

-- One entry on an account.
CREATE TABLE movement (
    source TEXT NOT NULL,               -- of the extract that brought it
    id TEXT NOT NULL,                   -- the source's own
    account INTEGER NOT NULL REFERENCES account (id),
    date INTEGER NOT NULL,              -- business date of the extract
    at TEXT NOT NULL,                   -- when it was booked, as the core system writes it
    amount INTEGER NOT NULL,            -- fen, signed
    channel TEXT NOT NULL,
    outlet TEXT,
    counterparty BLOB,                  -- sealed
    memo BLOB,                          -- sealed
    PRIMARY KEY (source, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX movementByAccount ON movement (account, date);
CREATE INDEX movementByDate ON movement (date);

-- A VIP card.
CREATE TABLE card (
    id INTEGER NOT NULL PRIMARY KEY,    -- internal
    numberIndex BLOB NOT NULL UNIQUE,   -- blind index of the card number
    number BLOB NOT NULL                -- sealed
) STRICT;

-- What is said of a card from the business date on which an extract said so.
CREATE TABLE cardFact (
    card INTEGER NOT NULL REFERENCES card (id),
    date INTEGER NOT NULL,              -- business date of the extract
    source TEXT NOT NULL,               -- of the extract
    customer INTEGER NOT NULL REFERENCES customer (id),
    level TEXT NOT NULL CHECK (level IN ('gold', 'platinum', 'diamond')),
    status TEXT NOT NULL,               -- active, or whatever else the core system writes
    issuedOn INTEGER NOT NULL,          -- business date
    issuingOutlet TEXT NOT NULL,
    PRIMARY KEY (card, date)
) STRICT, WITHOUT ROWID;
CREATE INDEX cardFactByCustomer ON cardFact (customer);
CREATE INDEX cardFactByDate ON cardFact (date);
