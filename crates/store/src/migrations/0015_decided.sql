-- How many rows of a day were taken back, were refunds, and stand: what is open may be taken back as often, and a forecast
-- must not read every row to know how often that is.
ALTER TABLE ledger_day ADD COLUMN back_rows INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger_day ADD COLUMN refund_rows INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger_day ADD COLUMN stood_rows INTEGER NOT NULL DEFAULT 0;
UPDATE ledger_day SET (back_rows, refund_rows, stood_rows) = (
    SELECT count(*) FILTER (WHERE c.approval = 'reversed' AND c.kind IN ('sale', 'rebill', 'second_tier')),
        count(*) FILTER (WHERE c.approval <> 'reversed' AND c.kind IN ('refund', 'chargeback')),
        count(*) FILTER (WHERE c.approval = 'approved' AND c.kind IN ('sale', 'rebill', 'second_tier'))
    FROM conversion c
    WHERE c.program IS nullif(ledger_day.program, '') AND c.occurred_on = ledger_day.occurred_on
        AND c.currency = ledger_day.currency
        AND iif(c.program IS NULL, coalesce(c.program_text, ''), '') = ledger_day.other);
