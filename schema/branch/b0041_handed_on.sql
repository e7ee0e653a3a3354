-- An open reminder goes on to who looks after the customer next.

-- Few are open, and a customer has few of them.
CREATE INDEX reminderByCustomer ON reminder (customer) WHERE doneAt IS NULL AND customer IS NOT NULL;
