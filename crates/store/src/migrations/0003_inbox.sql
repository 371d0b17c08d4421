-- The inbox: what an import or a sync brought, until someone has looked at it.

ALTER TABLE batch ADD COLUMN rows_reversed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN accepted_at TEXT;
-- What came before there was an inbox has been looked at in the ledger.
UPDATE batch SET accepted_at = at;
CREATE INDEX batch_waiting ON batch (at) WHERE accepted_at IS NULL AND undone_at IS NULL;

CREATE TABLE batch_unknown (
    batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    word  TEXT NOT NULL,                            -- verbatim
    count INTEGER NOT NULL,
    PRIMARY KEY (batch, field, word)
) STRICT, WITHOUT ROWID;

-- A new row of a batch that another source may have already.
CREATE TABLE duplicate (
    batch      TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    conversion TEXT NOT NULL,                       -- of this batch: in the ledger, or set aside
    other      TEXT NOT NULL,                       -- the row that was there
    line       INTEGER,
    reason     TEXT NOT NULL CHECK (reason IN ('order', 'customer', 'day')),
    decision   TEXT NOT NULL CHECK (decision IN ('open', 'take', 'skip')),
    PRIMARY KEY (batch, conversion)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicate_by_other ON duplicate (other);
CREATE INDEX duplicate_open ON duplicate (batch) WHERE decision = 'open';

-- Rows left out because another source has them. They are kept whole, to be known again and to be put back.
CREATE TABLE set_aside (
    id         TEXT PRIMARY KEY,                    -- its id in the ledger
    connection TEXT NOT NULL REFERENCES connection (id),
    batch      TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    family     TEXT NOT NULL,
    identity   TEXT NOT NULL,
    occurrence INTEGER NOT NULL,
    row        TEXT NOT NULL,                       -- JSON of the columns
    UNIQUE (connection, family, identity, occurrence)
) STRICT;
CREATE INDEX set_aside_by_batch ON set_aside (batch);
