-- Transfer requests and disputes of the first-tier branch's outlets.

-- One step, as an outlet sent it or the branch wrote it. Whether it is what its name says is looked
-- at whenever it is read: one that is not counts for nothing and goes to nobody.
CREATE TABLE disputeStep (
    outlet TEXT NOT NULL,               -- that sent it, or the first-tier branch
    id TEXT NOT NULL,                   -- SHA-256 of the content, hexadecimal
    dispute TEXT NOT NULL,              -- the dispute's first step; its own id for the first
    customer TEXT NOT NULL,
    author TEXT NOT NULL,
    content BLOB NOT NULL,              -- sealed canonical JSON: opinions are free words
    sequence INTEGER,                   -- when it, or who may see it, last changed
    version INTEGER NOT NULL DEFAULT 0, -- the outlet's sequence of its last change
    PRIMARY KEY (outlet, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX disputeStepByCustomer ON disputeStep (customer);
CREATE INDEX disputeStepByDispute ON disputeStep (dispute);
CREATE INDEX disputeStepBySequence ON disputeStep (sequence);

CREATE TRIGGER disputeStepReceived AFTER INSERT ON disputeStep WHEN NEW.sequence IS NULL
BEGIN
    UPDATE changeCounter SET value = value + 1;
    UPDATE disputeStep SET sequence = (SELECT value FROM changeCounter)
    WHERE outlet = NEW.outlet AND id = NEW.id;
END;

-- A step is immutable: what comes again under its name leaves it as it is.
CREATE TRIGGER disputeStepStays BEFORE UPDATE OF dispute, customer, author, content ON disputeStep
BEGIN
    SELECT RAISE(IGNORE);
END;

-- Whoever comes to see a customer's claims comes to see the disputes about the customer.
CREATE TRIGGER claimShowsDisputes AFTER UPDATE OF sequence ON claim WHEN NEW.sequence > OLD.sequence
BEGIN
    UPDATE disputeStep SET sequence = NEW.sequence
    WHERE customer = NEW.customer AND sequence < NEW.sequence;
END;

-- Late claims are candidates again when nobody owns the customer.
CREATE INDEX claimLate ON claim (customer) WHERE outcome = 'late';
