-- With which parameters dates were closed: a parameter that comes late never changes a closed date,
-- and the next close has to look at every customer.

-- The parameters of the close of a date and of those after it, until the next row.
CREATE TABLE parametersUsed (
    date INTEGER NOT NULL PRIMARY KEY,  -- business date
    content TEXT NOT NULL               -- canonical JSON: the value of each parameter that was set
) STRICT;
