-- By what the customers of the first-tier branch's owners can be found: blind indexes of their strong
-- keys, which the owner's outlet says and head office passes on to every outlet.

-- What an outlet says of one customer whom it owns; emptied, never deleted, when it does no longer.
-- Whoever answers from it believes the outlet alone that the directory names as the owner's.
CREATE TABLE customerKey (
    number INTEGER NOT NULL PRIMARY KEY,  -- internal
    id TEXT NOT NULL UNIQUE,            -- the author's code, a hyphen and the customer number
    author TEXT NOT NULL,               -- the outlet that says so
    customer TEXT NOT NULL,             -- customer number
    name BLOB,                          -- sealed: surname and stars; NULL where withdrawn
    indexes TEXT NOT NULL,              -- JSON array of texts: a kind, a colon, the index's first 8 bytes
    sequence INTEGER                    -- 0 for another outlet's: it is not sent back
) STRICT;
CREATE INDEX customerKeyByCustomer ON customerKey (customer);
CREATE INDEX customerKeyBySequence ON customerKey (sequence);

CREATE TRIGGER customerKeyInserted AFTER INSERT ON customerKey WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE customerKey SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
CREATE TRIGGER customerKeyChanged AFTER UPDATE OF author, customer, name, indexes ON customerKey
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE customerKey SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;

-- The places in a text, where its parts begin: JSON functions are not trusted in a schema.
CREATE TABLE place (
    n INTEGER NOT NULL PRIMARY KEY      -- counted from 1, of a text of at most 16 KiB
) STRICT;
WITH RECURSIVE places (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM places WHERE n < 16384)
INSERT INTO place (n) SELECT n FROM places;

-- Other outlets' indexes one by one, so that a look-up reads one place; derived from `indexes`. An
-- outlet finds its own customers in its own tables.
CREATE TABLE customerKeyIndex (
    value TEXT NOT NULL,                -- a text of `indexes`
    record INTEGER NOT NULL REFERENCES customerKey (number),
    PRIMARY KEY (value, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX customerKeyIndexByRecord ON customerKeyIndex (record);

CREATE TRIGGER customerKeyIndexed AFTER INSERT ON customerKey WHEN NEW.sequence IS 0
BEGIN
    INSERT OR IGNORE INTO customerKeyIndex (value, record)
    SELECT substr(NEW.indexes, n + 1, instr(substr(NEW.indexes, n + 1), '"') - 1), NEW.number
    FROM place
    WHERE n <= length(NEW.indexes) AND substr(NEW.indexes, n - 1, 2) IN ('["', ',"');
END;
CREATE TRIGGER customerKeyIndexedAgain AFTER UPDATE OF indexes ON customerKey
WHEN NEW.sequence IS 0 AND NEW.indexes <> OLD.indexes
BEGIN
    DELETE FROM customerKeyIndex WHERE record = NEW.number;
    INSERT OR IGNORE INTO customerKeyIndex (value, record)
    SELECT substr(NEW.indexes, n + 1, instr(substr(NEW.indexes, n + 1), '"') - 1), NEW.number
    FROM place
    WHERE n <= length(NEW.indexes) AND substr(NEW.indexes, n - 1, 2) IN ('["', ',"');
END;
CREATE TRIGGER customerKeyDeleted BEFORE DELETE ON customerKey
BEGIN
    DELETE FROM customerKeyIndex WHERE record = OLD.number;
END;

-- Customers of whom the outlet has to look again at what it says: their owner or a key has changed.
-- The next exchange works it off.
CREATE TABLE customerKeyDue (
    customer TEXT NOT NULL PRIMARY KEY  -- customer number
) STRICT, WITHOUT ROWID;

CREATE TRIGGER holderMadeKeyDue AFTER INSERT ON holder
WHEN NEW.outlet = (SELECT outlet FROM node) OR EXISTS (
    SELECT 1 FROM customerKey
    WHERE customer = NEW.customer AND sequence > 0 AND indexes <> '[]')
BEGIN
    INSERT OR IGNORE INTO customerKeyDue (customer) VALUES (NEW.customer);
END;
CREATE TRIGGER holderChangedKeyDue AFTER UPDATE OF outlet ON holder WHEN NEW.outlet <> OLD.outlet
BEGIN
    INSERT OR IGNORE INTO customerKeyDue (customer) VALUES (NEW.customer);
END;
CREATE TRIGGER holderEndedKeyDue AFTER DELETE ON holder
WHEN OLD.outlet = (SELECT outlet FROM node)
BEGIN
    INSERT OR IGNORE INTO customerKeyDue (customer) VALUES (OLD.customer);
END;
CREATE TRIGGER customerMadeKeyDue AFTER INSERT ON customer
WHEN EXISTS (
    SELECT 1 FROM holder
    WHERE customer = NEW.number AND outlet = (SELECT outlet FROM node))
BEGIN
    INSERT OR IGNORE INTO customerKeyDue (customer) VALUES (NEW.number);
END;
CREATE TRIGGER customerChangedKeyDue AFTER UPDATE OF nameIndex, idNumberIndex, mobileIndex ON customer
WHEN (OLD.nameIndex <> NEW.nameIndex OR OLD.idNumberIndex IS NOT NEW.idNumberIndex
        OR OLD.mobileIndex IS NOT NEW.mobileIndex)
    AND EXISTS (
        SELECT 1 FROM holder
        WHERE customer = NEW.number AND outlet = (SELECT outlet FROM node))
BEGIN
    INSERT OR IGNORE INTO customerKeyDue (customer) VALUES (NEW.number);
END;
CREATE TRIGGER accountMadeKeyDue AFTER INSERT ON account
WHEN EXISTS (
    SELECT 1 FROM customer JOIN holder ON holder.customer = customer.number
    WHERE customer.id = NEW.customer AND holder.outlet = (SELECT outlet FROM node))
BEGIN
    INSERT OR IGNORE INTO customerKeyDue (customer)
    SELECT number FROM customer WHERE id = NEW.customer;
END;
CREATE TRIGGER cardMadeKeyDue AFTER INSERT ON cardFact
WHEN EXISTS (
    SELECT 1 FROM customer JOIN holder ON holder.customer = customer.number
    WHERE customer.id = NEW.customer AND holder.outlet = (SELECT outlet FROM node))
BEGIN
    INSERT OR IGNORE INTO customerKeyDue (customer)
    SELECT number FROM customer WHERE id = NEW.customer;
END;

-- The history of a customer is read from what was settled before.
CREATE INDEX pastRecordByCustomer ON pastRecord (customer);

-- Whom the outlet owns already.
INSERT INTO customerKeyDue (customer)
SELECT customer FROM holder WHERE outlet = (SELECT outlet FROM node);
