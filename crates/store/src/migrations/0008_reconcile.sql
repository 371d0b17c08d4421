-- Reconciliation: money that arrived, which payout it is, what explains the rest, and periods that are closed.

-- How a bank's statement is read; apart from mappings of reports, so that neither is taken for the other.
CREATE TABLE statement_mapping (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    toml TEXT NOT NULL,
    header_key TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
    id      TEXT PRIMARY KEY,
    file    TEXT NOT NULL,
    account TEXT NOT NULL,                          -- name of its mapping
    at      TEXT NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_new  INTEGER NOT NULL,
    rows_same INTEGER NOT NULL,
    rows_left INTEGER NOT NULL,                     -- no money that came in
    rows_refused INTEGER NOT NULL
) STRICT;

CREATE TABLE deposit (
    id         TEXT PRIMARY KEY,
    statement  TEXT REFERENCES statement (id),      -- null where it was entered by hand
    account    TEXT NOT NULL,                       -- empty where it was entered by hand
    identity   TEXT NOT NULL,                       -- the bank's own number, or the row's hash
    occurrence INTEGER NOT NULL,
    arrived_on TEXT NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0), -- what arrived
    fee        INTEGER NOT NULL CHECK (fee >= 0),   -- what was withheld before
    currency   TEXT NOT NULL,
    who        TEXT NOT NULL DEFAULT '',
    reference  TEXT NOT NULL DEFAULT '',
    raw        TEXT,
    payout     TEXT REFERENCES payout (id),         -- what it is, once confirmed
    aside      INTEGER NOT NULL DEFAULT 0 CHECK (aside IN (0, 1)), -- no payout at all
    rate       TEXT,                                -- 'EUR/USD=1.0858@2026-01-15', where its currency is another
    rate_source TEXT,
    revision   INTEGER NOT NULL DEFAULT 1,
    UNIQUE (account, identity, occurrence),
    CHECK ((rate IS NULL) = (rate_source IS NULL))
) STRICT;
CREATE INDEX deposit_by_day ON deposit (arrived_on, id);
CREATE INDEX deposit_by_payout ON deposit (payout) WHERE payout IS NOT NULL;
CREATE INDEX deposit_by_statement ON deposit (statement) WHERE statement IS NOT NULL;

CREATE TABLE explanation (
    id     TEXT PRIMARY KEY,
    payout TEXT NOT NULL REFERENCES payout (id),
    kind   TEXT NOT NULL CHECK (kind IN ('missing', 'carried', 'fee', 'exchange')),
    amount INTEGER NOT NULL CHECK (amount <> 0),    -- of the payout's currency
    note   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX explanation_by_payout ON explanation (payout);

-- Up to and with this day the figures of a program in a currency no longer change.
CREATE TABLE period_lock (
    program   TEXT NOT NULL REFERENCES program (id),
    currency  TEXT NOT NULL,
    through   TEXT NOT NULL,
    locked_at TEXT NOT NULL,
    note      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (program, currency)
) STRICT, WITHOUT ROWID;

-- What a source says of a locked period since: kept whole, and taken in when the period is unlocked.
CREATE TABLE after_lock (
    noun       TEXT NOT NULL CHECK (noun IN ('conversion', 'payout')),
    id         TEXT NOT NULL,                       -- of the row in the book, or the one that it will have
    batch      TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    connection TEXT NOT NULL REFERENCES connection (id),
    family     TEXT NOT NULL,
    identity   TEXT NOT NULL,
    occurrence INTEGER NOT NULL,
    known      INTEGER NOT NULL CHECK (known IN (0, 1)), -- it changes a row; else it is a new one
    row        TEXT NOT NULL,                       -- JSON of the columns as they came
    raw_hash   TEXT,
    PRIMARY KEY (noun, id),
    UNIQUE (noun, connection, family, identity, occurrence)
) STRICT, WITHOUT ROWID;
CREATE INDEX after_lock_by_batch ON after_lock (batch);

-- Where the customer is, if the record says so. The first question spares the others for most records.
ALTER TABLE conversion ADD COLUMN country TEXT GENERATED ALWAYS AS (
    CASE WHEN instr(raw, 'ountry') > 0 AND json_valid(raw) THEN nullif(upper(trim(coalesce(
        raw ->> '$.customerCountry', raw ->> '$.CustomerCountry', raw ->> '$.customer_country',
        raw ->> '$."Customer Country"', raw ->> '$.country', raw ->> '$.Country',
        raw ->> '$.country_code', raw ->> '$."Country Code"', ''))), '') END) VIRTUAL;
CREATE INDEX conversion_by_country ON conversion (country, currency, occurred_on, matures_on, earned, paid) WHERE country IS NOT NULL;

-- Filters of a list that the user keeps under a name.
CREATE TABLE saved_view (
    place TEXT NOT NULL,                            -- the list: 'ledger'
    name  TEXT NOT NULL COLLATE NOCASE,
    query TEXT NOT NULL,                            -- as the window writes its address
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (place, name)
) STRICT, WITHOUT ROWID;
