-- Changes of rule parameters: proposed by one person, approved by another, kept for ever (R7).

-- A proposed change of a parameter, and what became of it.
CREATE TABLE parameterProposal (
    number INTEGER NOT NULL PRIMARY KEY,  -- 1, 2, 3 …: what people call it by
    name TEXT NOT NULL,                 -- a name of Parameter.all
    scope TEXT NOT NULL,                -- 'bank' or a first-tier branch's code
    effectiveFrom INTEGER NOT NULL,     -- business date, days since 1970-01-01
    value TEXT NOT NULL,
    reason TEXT NOT NULL,               -- why, in the proposer's words
    proposedBy TEXT NOT NULL,           -- a staff number
    proposedAt INTEGER NOT NULL,        -- milliseconds since 1970-01-01 UTC
    state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'refused')),
    decidedBy TEXT,                     -- a staff number
    decidedAt INTEGER,                  -- milliseconds since 1970-01-01 UTC
    CHECK ((state = 'proposed') = (decidedBy IS NULL)),
    CHECK ((decidedBy IS NULL) = (decidedAt IS NULL)),
    CHECK (state <> 'approved' OR decidedBy <> proposedBy)
) STRICT;
-- At most one of a parameter, scope and date is open or in force.
CREATE UNIQUE INDEX parameterProposalOnce ON parameterProposal (name, scope, effectiveFrom)
WHERE state <> 'refused';
CREATE TRIGGER parameterProposalStays BEFORE UPDATE ON parameterProposal
WHEN OLD.state <> 'proposed' OR NEW.number <> OLD.number OR NEW.name <> OLD.name
    OR NEW.scope <> OLD.scope OR NEW.effectiveFrom <> OLD.effectiveFrom
    OR NEW.value <> OLD.value OR NEW.proposedBy <> OLD.proposedBy
BEGIN SELECT RAISE(ABORT, 'what was proposed is never changed, nor what was decided'); END;
CREATE TRIGGER parameterProposalIsKept BEFORE DELETE ON parameterProposal
BEGIN SELECT RAISE(ABORT, 'a proposal is never deleted'); END;
