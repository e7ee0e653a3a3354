-- What a token was used for: whoever asks again with the same key, since the answer was lost on the way
-- or died with the node, is given the same certificate.

ALTER TABLE enrolmentToken ADD COLUMN certificate BLOB;  -- X.509, DER; NULL while it is not used
