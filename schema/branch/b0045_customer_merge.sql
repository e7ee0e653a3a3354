-- CIF merges customer numbers of one person: from a date on the accounts of one are the other's.

-- One extract's word that a number was merged into another. A merge lasts; it goes only where its
-- date is sent again without it.
CREATE TABLE customerMerge (
    customer INTEGER NOT NULL REFERENCES customer (id),  -- the number that is no more
    date INTEGER NOT NULL,              -- business date from whose close on it holds
    source TEXT NOT NULL,               -- of the extract; '' for what was known before there was this table
    survivor INTEGER NOT NULL REFERENCES customer (id),  -- the number that the customer has now
    PRIMARY KEY (customer, date, source),
    CHECK (customer <> survivor)
) STRICT, WITHOUT ROWID;
CREATE INDEX customerMergeByDate ON customerMerge (date, source);

INSERT INTO customerMerge (customer, date, source, survivor)
SELECT customer.id, customer.factsFrom, '', survivor.id FROM customer
JOIN customer AS survivor ON survivor.number = customer.mergedInto
WHERE survivor.id <> customer.id AND survivor.mergedInto IS NULL;
