-- By what the customers of the first-tier branch's owners can be found, as their outlets say.

-- What an outlet says of one customer whom it owns; emptied when it does no longer.
CREATE TABLE customerKey (
    outlet TEXT NOT NULL,
    id TEXT NOT NULL CHECK (id = outlet || '-' || customer),
    author TEXT NOT NULL CHECK (author = outlet),
    customer TEXT NOT NULL,             -- customer number
    name BLOB,                          -- sealed: surname and stars; NULL where withdrawn
    indexes TEXT NOT NULL CHECK (indexes LIKE '[%]'),  -- JSON array of texts: a kind, a colon, the blind index's first 8 bytes
    sequence INTEGER,                   -- when it last changed
    version INTEGER NOT NULL DEFAULT 0, -- the outlet's sequence of its last change
    PRIMARY KEY (outlet, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customerKeyByCustomer ON customerKey (customer);
CREATE INDEX customerKeyBySequence ON customerKey (sequence);

CREATE TRIGGER customerKeyReceived AFTER INSERT ON customerKey WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE customerKey SET sequence = (SELECT value FROM changeCounter)
    WHERE outlet = NEW.outlet AND id = NEW.id;
END;
CREATE TRIGGER customerKeyChanged AFTER UPDATE OF version ON customerKey
WHEN NEW.sequence IS OLD.sequence
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE customerKey SET sequence = (SELECT value FROM changeCounter)
    WHERE outlet = NEW.outlet AND id = NEW.id;
END;

-- The places in a text, where its parts begin: JSON functions are not trusted in a schema.
CREATE TABLE place (
    n INTEGER NOT NULL PRIMARY KEY      -- counted from 1, of a text of at most 16 KiB
) STRICT;
WITH RECURSIVE places (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM places WHERE n < 16384)
INSERT INTO place (n) SELECT n FROM places;

-- The indexes one by one, so that a look-up reads one place; derived from `indexes`.
CREATE TABLE customerKeyIndex (
    value TEXT NOT NULL,                -- a text of `indexes`
    outlet TEXT NOT NULL,
    id TEXT NOT NULL,                   -- of the record
    PRIMARY KEY (value, outlet, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customerKeyIndexByRecord ON customerKeyIndex (outlet, id);

CREATE TRIGGER customerKeyIndexed AFTER INSERT ON customerKey
BEGIN
    INSERT OR IGNORE INTO customerKeyIndex (value, outlet, id)
    SELECT substr(NEW.indexes, n + 1, instr(substr(NEW.indexes, n + 1), '"') - 1), NEW.outlet, NEW.id
    FROM place
    WHERE n <= length(NEW.indexes) AND substr(NEW.indexes, n - 1, 2) IN ('["', ',"');
END;
CREATE TRIGGER customerKeyIndexedAgain AFTER UPDATE OF indexes ON customerKey
WHEN NEW.indexes <> OLD.indexes
BEGIN
    DELETE FROM customerKeyIndex WHERE outlet = NEW.outlet AND id = NEW.id;
    INSERT OR IGNORE INTO customerKeyIndex (value, outlet, id)
    SELECT substr(NEW.indexes, n + 1, instr(substr(NEW.indexes, n + 1), '"') - 1), NEW.outlet, NEW.id
    FROM place
    WHERE n <= length(NEW.indexes) AND substr(NEW.indexes, n - 1, 2) IN ('["', ',"');
END;
CREATE TRIGGER customerKeyDeleted AFTER DELETE ON customerKey
BEGIN
    DELETE FROM customerKeyIndex WHERE outlet = OLD.outlet AND id = OLD.id;
END;

-- Head office looks up what outlets' extracts say by the same keys.
CREATE INDEX customerByName ON customer (nameIndex);
CREATE INDEX customerByMobile ON customer (mobileIndex) WHERE mobileIndex IS NOT NULL;
