-- The numbers that CIF merged into a customer's are looked up whenever the customer is.

CREATE INDEX customerMerged ON customer (mergedInto) WHERE mergedInto IS NOT NULL;
