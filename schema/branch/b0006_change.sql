-- Change capture: a synced row carries the sequence of its last change, whoever wrote it. A row that
-- came from head office is written with sequence 0 and stays silent.

CREATE TRIGGER customerInserted AFTER INSERT ON customer WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE customer SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
CREATE TRIGGER customerChanged AFTER UPDATE OF number, name, nameIndex, idType, idNumber, idNumberIndex, gender, birthDate, mobile, mobileIndex, address, employer, occupation, mergedInto, factsFrom ON customer
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE customer SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;

CREATE TRIGGER dayCloseInserted AFTER INSERT ON dayClose WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE dayClose SET sequence = (SELECT value FROM changeCounter) WHERE date = NEW.date;
END;
CREATE TRIGGER dayCloseChanged AFTER UPDATE OF estimated, accounts, balanceSum, potentialIn, potentialOut, targetIn, targetOut, gold, platinum, diamond ON dayClose
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE dayClose SET sequence = (SELECT value FROM changeCounter) WHERE date = NEW.date;
END;

CREATE TRIGGER standingInserted AFTER INSERT ON standing WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE standing SET sequence = (SELECT value FROM changeCounter) WHERE customer = NEW.customer AND date = NEW.date;
END;
CREATE TRIGGER standingChanged AFTER UPDATE OF pool, poolSince, origin, tier, tierSince, belowSince, accounts, balance, financialAssets, largestAccount, accumulated, lastAtMinimum, demandAccountOpened, activeCard ON standing
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE standing SET sequence = (SELECT value FROM changeCounter) WHERE customer = NEW.customer AND date = NEW.date;
END;

CREATE TRIGGER reopeningInserted AFTER INSERT ON reopening WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE reopening SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
CREATE TRIGGER reopeningChanged AFTER UPDATE OF fromDate, at ON reopening
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE reopening SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;

CREATE TRIGGER claimInserted AFTER INSERT ON claim WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE claim SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
CREATE TRIGGER claimChanged AFTER UPDATE OF customer, author, content ON claim
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE claim SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;

CREATE TRIGGER contactInserted AFTER INSERT ON contact WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE contact SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
CREATE TRIGGER contactChanged AFTER UPDATE OF customer, staff, way, date, note, followUpOn, amends, at ON contact
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE contact SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;

CREATE TRIGGER reminderInserted AFTER INSERT ON reminder WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE reminder SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
CREATE TRIGGER reminderChanged AFTER UPDATE OF staff, kind, customer, dueOn, facts, at, doneAt ON reminder
WHEN NEW.sequence IS NOT 0
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE reminder SET sequence = (SELECT value FROM changeCounter) WHERE id = NEW.id;
END;
