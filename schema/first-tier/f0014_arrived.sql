-- When a claim came, in business dates: its author's word alone does not say how long it has waited.
ALTER TABLE claim ADD COLUMN arrivedOn INTEGER;  -- newest business date that an outlet had closed then; NULL: none had, or it came before this was kept

CREATE INDEX dayCloseByDate ON dayClose (date);

-- A close that is dated ahead of head office's own clock says nothing.
CREATE TRIGGER claimArrived AFTER INSERT ON claim
BEGIN
    UPDATE claim SET arrivedOn = (
        SELECT max(date) FROM dayClose WHERE date <= NEW.receivedAt / 86400000 + 1)
    WHERE id = NEW.id;
END;
