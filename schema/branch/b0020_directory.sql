-- Every conversation begins with the number of the newest settlement record that the node holds.

CREATE INDEX directoryByNumber ON directory (number);
