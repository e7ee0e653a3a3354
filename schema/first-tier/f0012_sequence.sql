-- A delta ends between two sequences, so no two steps of a customer's disputes share one: each that
-- comes to be seen anew gets its own.
DROP TRIGGER claimShowsDisputes;

-- Whoever comes to see a customer's claims comes to see the disputes about the customer.
CREATE TRIGGER claimShowsDisputes AFTER UPDATE OF sequence ON claim WHEN NEW.sequence > OLD.sequence
BEGIN
    UPDATE disputeStep SET sequence = 0
    WHERE customer = NEW.customer AND sequence < NEW.sequence;
END;

CREATE TRIGGER disputeStepShown AFTER UPDATE OF sequence ON disputeStep WHEN NEW.sequence = 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE disputeStep SET sequence = (SELECT value FROM changeCounter)
    WHERE outlet = NEW.outlet AND id = NEW.id;
END;
