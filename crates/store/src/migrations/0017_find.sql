-- What is found in the ledger by typing: three letters in a row and more, anywhere in these columns. The index holds no text
-- of its own, and not where in a row a text stands: what it finds is looked at in the row itself. It is brought up to date
-- once, at the end of a transaction (see table/conversion/find.rs).
CREATE VIRTUAL TABLE ledger_find USING fts5 (native_id, order_ref, customer_ref, sub_id_key, program_text, plan_text, plan,
    content = 'conversion', content_rowid = 'rowid', tokenize = 'trigram', detail = 'none', columnsize = 0);
-- A large import brings many words at once: collected in memory they make fewer and larger pieces.
INSERT INTO ledger_find (ledger_find, rank) VALUES ('hashsize', 16777216);

-- Rows up to this one are in the index; those after it came in this transaction and are put in at its end.
CREATE TABLE ledger_found (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    through INTEGER NOT NULL
) STRICT;

INSERT INTO ledger_find (rowid, native_id, order_ref, customer_ref, sub_id_key, program_text, plan_text, plan)
    SELECT rowid, native_id, order_ref, customer_ref, sub_id_key, program_text, plan_text, plan FROM conversion ORDER BY rowid;
INSERT INTO ledger_found SELECT 1, coalesce(max(rowid), 0) FROM conversion;
