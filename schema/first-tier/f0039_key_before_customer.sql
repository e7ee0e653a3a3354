-- By what a customer is found may come before the customer: it is passed on once both are there.
CREATE TRIGGER customerKeyOfCustomer AFTER INSERT ON customer
WHEN EXISTS (SELECT 1 FROM customerKey WHERE outlet = NEW.outlet AND customer = NEW.number)
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE customerKey SET sequence = (SELECT value FROM changeCounter)
    WHERE outlet = NEW.outlet AND customer = NEW.number;
END;

-- What waited for its customer until now.
UPDATE changeCounter SET value = value + 1 WHERE EXISTS (SELECT 1 FROM customerKey);
UPDATE customerKey SET sequence = (SELECT value FROM changeCounter)
WHERE EXISTS (
    SELECT 1 FROM customer
    WHERE customer.outlet = customerKey.outlet AND customer.number = customerKey.customer);
