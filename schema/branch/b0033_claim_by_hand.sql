-- Additions by hand are found by their claims, which a node that is made anew gets back.
-- By the business date as it stands in the canonical JSON, whose first it is; JSON functions are
-- not trusted in a schema. The condition lets a few too many in.
CREATE INDEX claimByHand ON claim (substr(content, instr(content, '"businessDate":"') + 16, 10))
WHERE instr(content, '"kind":"manual"') > 0;
