-- CIF merges customer numbers of one person: from a date on the accounts of one are the other's.

-- One extract's word that a number was merged into another. A merge lasts; it goes only where its
-- date is sent again without it.
CREATE TABLE customerMerge (
    customer INTEGER NOT NULL REFERENCES customer (id),  -- the number that is no more
    date INTEGER NOT NULL,              -- business date from whose close on it holds
    source TEXT NOT NULL,               -- of the extract; '' for what was known before there was this table
    survivor TEXT NOT NULL,             -- the number that the customer has now; this outlet may have yet to see it
    PRIMARY KEY (customer, date, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX customerMergeByDate ON customerMerge (date, source);

INSERT INTO customerMerge (customer, date, source, survivor)
WITH RECURSIVE reached (start, number) AS (
    SELECT number, mergedInto FROM customer WHERE mergedInto IS NOT NULL
    UNION
    SELECT reached.start, customer.mergedInto FROM reached
    JOIN customer ON customer.number = reached.number WHERE customer.mergedInto IS NOT NULL)
SELECT id, factsFrom, '', mergedInto FROM customer
WHERE mergedInto IS NOT NULL
    AND number NOT IN (SELECT start FROM reached WHERE number = start);  -- no circles
