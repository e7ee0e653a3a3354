-- A row that its writer has numbered passes the trigger that numbers the others more cheaply: SQLite
-- makes ready a trigger's whole program, indexes and all, before it asks WHEN. So the program for the
-- tables that their writers number only writes to a view, whose own trigger does the rest.

CREATE VIEW contactToNumber AS SELECT id FROM contact;
CREATE TRIGGER contactNumbered INSTEAD OF INSERT ON contactToNumber
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE contact SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
DROP TRIGGER contactInserted;
CREATE TRIGGER contactInserted AFTER INSERT ON contact WHEN NEW.sequence IS NULL
BEGIN
    INSERT INTO contactToNumber (id) VALUES (NEW.id);
END;

CREATE VIEW standingToNumber AS SELECT customer, date FROM standing;
CREATE TRIGGER standingNumbered INSTEAD OF INSERT ON standingToNumber
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE standing SET sequence = (SELECT value FROM changeCounter)
    WHERE customer = NEW.customer AND date = NEW.date;
END;
DROP TRIGGER standingInserted;
CREATE TRIGGER standingInserted AFTER INSERT ON standing WHEN NEW.sequence IS NULL
BEGIN
    INSERT INTO standingToNumber (customer, date) VALUES (NEW.customer, NEW.date);
END;
