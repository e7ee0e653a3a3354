-- Which outlets are told what the first-tier branch's close decided of a customer: those that serve the
-- customer and do not find it by themselves, since the customer has accounts at several outlets or the
-- outlet's own result of that date is another one. Who was told once is told of every change.

-- The word on one customer for one outlet; what it says is the customer's latest row of `tierStanding`.
CREATE TABLE tierWord (
    outlet TEXT NOT NULL,
    customer TEXT NOT NULL,             -- customer number
    sequence INTEGER,                   -- when it last changed; NULL only while a trigger runs
    PRIMARY KEY (outlet, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX tierWordBySequence ON tierWord (outlet, sequence);
CREATE INDEX tierWordByCustomer ON tierWord (customer);

-- As with `standingToNumber` at the nodes: what a trigger's program costs is paid by the rows that it
-- is for. Each customer gets a sequence of its own, so that a delta can end between any two.
CREATE VIEW tierStandingToSay AS SELECT customer, date FROM tierStanding;
CREATE TRIGGER tierStandingSaid INSTEAD OF INSERT ON tierStandingToSay
BEGIN
    INSERT INTO tierWord (outlet, customer, sequence)
    SELECT served.outlet, served.customer, NULL
    FROM standing AS served
    JOIN tierStanding AS said ON said.customer = NEW.customer AND said.date = NEW.date
    LEFT JOIN standing AS own ON own.customer = served.customer AND own.outlet = served.outlet
        AND own.date = (
            SELECT max(date) FROM standing AS s
            WHERE s.customer = served.customer AND s.outlet = served.outlet
                AND s.date <= NEW.date)
    WHERE served.customer = NEW.customer AND served.isLatest = 1 AND served.accounts > 0
        AND (said.outlets > 1
            -- Of a date that the outlet has yet to send nobody knows what it finds.
            OR EXISTS (SELECT 1 FROM dayClose AS sent
                WHERE sent.outlet = served.outlet AND sent.date >= NEW.date)
                AND (own.pool IS NOT said.pool OR own.poolSince IS NOT said.poolSince
                    OR own.origin IS NOT said.origin OR own.tier IS NOT said.tier
                    OR own.tierSince IS NOT said.tierSince
                    OR own.belowSince IS NOT said.belowSince)
            OR EXISTS (SELECT 1 FROM tierWord AS told
                WHERE told.outlet = served.outlet AND told.customer = served.customer))
    ON CONFLICT (outlet, customer) DO UPDATE SET sequence = NULL;
    UPDATE changeCounter SET value = value + 1
    WHERE EXISTS (SELECT 1 FROM tierWord WHERE customer = NEW.customer AND sequence IS NULL);
    UPDATE tierWord SET sequence = (SELECT value FROM changeCounter)
    WHERE customer = NEW.customer AND sequence IS NULL;
END;

-- Most customers have one outlet, which finds the same: that is seen before anything is made ready.
CREATE TRIGGER tierStandingInserted AFTER INSERT ON tierStanding
WHEN NEW.isLatest = 1 AND (NEW.outlets > 1
    OR NOT EXISTS (SELECT 1 FROM standing AS own
        WHERE own.customer = NEW.customer AND own.isLatest = 1 AND own.accounts > 0
            AND own.date <= NEW.date AND own.pool = NEW.pool AND own.poolSince = NEW.poolSince
            AND own.origin IS NEW.origin AND own.tier IS NEW.tier
            AND own.tierSince IS NEW.tierSince AND own.belowSince IS NEW.belowSince)
    OR EXISTS (SELECT 1 FROM tierWord WHERE customer = NEW.customer))
BEGIN
    INSERT INTO tierStandingToSay (customer, date) VALUES (NEW.customer, NEW.date);
END;
CREATE TRIGGER tierStandingChanged AFTER UPDATE OF isLatest, sequence ON tierStanding
WHEN NEW.isLatest = 1 AND (OLD.isLatest = 0 OR NEW.sequence > OLD.sequence)
BEGIN
    INSERT INTO tierStandingToSay (customer, date) VALUES (NEW.customer, NEW.date);
END;
