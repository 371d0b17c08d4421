-- The book. Amounts are INTEGER millionths of the unit; days are TEXT YYYY-MM-DD, instants TEXT RFC 3339 UTC; ids are UUIDv7 text.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE program (
    id         TEXT PRIMARY KEY,
    slug       TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name       TEXT NOT NULL,
    website    TEXT,
    network    TEXT,
    builtin    INTEGER NOT NULL CHECK (builtin IN (0, 1)),
    link_style TEXT NOT NULL,                       -- JSON, read and written by table/program.rs alone
    identity   TEXT,
    archived   INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    sample     INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1)),
    revision   INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE terms_version (
    id      TEXT PRIMARY KEY,
    program TEXT NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,                       -- of two versions from one day the later written stands
    valid_from TEXT NOT NULL,
    version TEXT NOT NULL,
    source  TEXT NOT NULL,
    note    TEXT NOT NULL DEFAULT '',
    own     INTEGER NOT NULL CHECK (own IN (0, 1)),
    UNIQUE (program, seq)
) STRICT;

CREATE TABLE term_value (
    terms_version TEXT NOT NULL REFERENCES terms_version (id) ON DELETE CASCADE,
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (terms_version, key)
) STRICT, WITHOUT ROWID;

-- What sources say against each other; the user chooses by setting a term of their own.
CREATE TABLE term_claim (
    program TEXT NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    key     TEXT NOT NULL,
    position INTEGER NOT NULL,
    value   TEXT NOT NULL,
    says    TEXT NOT NULL,
    source  TEXT NOT NULL,
    PRIMARY KEY (program, key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan (
    program  TEXT NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    version  TEXT NOT NULL,
    key      TEXT NOT NULL,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    term     TEXT NOT NULL CHECK (term IN ('monthly', 'annual')),
    tier     INTEGER NOT NULL,
    price    INTEGER NOT NULL,
    currency TEXT NOT NULL,
    source   TEXT NOT NULL,
    PRIMARY KEY (program, version, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE joining (
    program TEXT NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    step    TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    terms_version TEXT,
    note    TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (program, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE destination (
    id       TEXT PRIMARY KEY,
    program  TEXT NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    url      TEXT NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    revision INTEGER NOT NULL DEFAULT 1,
    UNIQUE (program, name)
) STRICT;

CREATE TABLE channel (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE COLLATE NOCASE,
    kind     TEXT NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE campaign (
    id        TEXT PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE COLLATE NOCASE,
    starts_on TEXT,
    ends_on   TEXT,
    goal      TEXT NOT NULL DEFAULT '',
    budget    INTEGER,
    budget_currency TEXT,
    archived  INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    sample    INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1)),
    revision  INTEGER NOT NULL DEFAULT 1,
    CHECK ((budget IS NULL) = (budget_currency IS NULL))
) STRICT;

CREATE TABLE campaign_channel (
    campaign TEXT NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    channel  TEXT NOT NULL REFERENCES channel (id),
    PRIMARY KEY (campaign, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_entry (
    id       TEXT PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    happened_on TEXT NOT NULL,
    what     TEXT NOT NULL,
    channel  TEXT REFERENCES channel (id),
    url      TEXT,
    spend    INTEGER,
    spend_currency TEXT,
    minutes  INTEGER,
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK ((spend IS NULL) = (spend_currency IS NULL))
) STRICT;
CREATE INDEX log_entry_by_campaign ON log_entry (campaign, happened_on);

CREATE TABLE link (
    id          TEXT PRIMARY KEY,
    program     TEXT NOT NULL REFERENCES program (id),
    destination TEXT REFERENCES destination (id),
    channel     TEXT NOT NULL REFERENCES channel (id),
    campaign    TEXT REFERENCES campaign (id),
    label       TEXT NOT NULL DEFAULT '',
    code        TEXT NOT NULL UNIQUE,
    url         TEXT NOT NULL,
    sub_ids     TEXT NOT NULL,                      -- JSON array
    sub_id_key  TEXT NOT NULL,
    note        TEXT NOT NULL DEFAULT '',
    archived    INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    sample      INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1)),
    created_at  TEXT NOT NULL,
    revision    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX link_by_key ON link (sub_id_key);
CREATE INDEX link_by_campaign ON link (campaign);
CREATE INDEX link_by_channel ON link (channel);
CREATE INDEX link_by_program ON link (program);

CREATE TABLE click_day (
    day    TEXT NOT NULL,
    link   TEXT NOT NULL REFERENCES link (id) ON DELETE CASCADE,
    clicks INTEGER NOT NULL CHECK (clicks >= 0),
    PRIMARY KEY (link, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE connection (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE COLLATE NOCASE,
    network  TEXT NOT NULL,                         -- 'partnerstack' …, or 'file' for a report profile
    account  TEXT NOT NULL DEFAULT '',
    program  TEXT REFERENCES program (id),          -- where everything of this connection belongs to one program
    currency TEXT,
    base_url TEXT,
    cursor   TEXT,                                  -- JSON, the sync driver's own
    last_run_at TEXT,
    last_outcome TEXT,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE mapping (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    toml TEXT NOT NULL,
    header_key TEXT NOT NULL,                       -- the header it was made for, to recognise the file next time
    revision INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE batch (
    id         TEXT PRIMARY KEY,
    connection TEXT NOT NULL REFERENCES connection (id),
    kind       TEXT NOT NULL CHECK (kind IN ('import', 'sync', 'sample')),
    file       TEXT,
    profile    TEXT,
    at         TEXT NOT NULL,
    complete   INTEGER NOT NULL CHECK (complete IN (0, 1)),
    rows_read    INTEGER NOT NULL DEFAULT 0,
    rows_new     INTEGER NOT NULL DEFAULT 0,
    rows_changed INTEGER NOT NULL DEFAULT 0,
    rows_same    INTEGER NOT NULL DEFAULT 0,
    rows_refused INTEGER NOT NULL DEFAULT 0,
    rows_vanished INTEGER NOT NULL DEFAULT 0,
    undone_at  TEXT
) STRICT;

CREATE TABLE batch_refusal (
    batch  TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    seq    INTEGER NOT NULL,
    line   INTEGER,
    column_name TEXT,
    reason TEXT NOT NULL,
    text   TEXT NOT NULL,
    PRIMARY KEY (batch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE batch_total (
    batch    TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    currency TEXT NOT NULL,
    amount   INTEGER NOT NULL,                      -- sum of the commissions of its new rows
    PRIMARY KEY (batch, currency)
) STRICT, WITHOUT ROWID;

-- One row per conversion as its source reports it now; how it came to be so is in status_event.
CREATE TABLE conversion (
    id          TEXT PRIMARY KEY,
    connection  TEXT NOT NULL REFERENCES connection (id),
    batch       TEXT NOT NULL REFERENCES batch (id),
    family      TEXT NOT NULL,
    identity    TEXT NOT NULL,                      -- the native id, or the row's hash
    occurrence  INTEGER NOT NULL,
    native_id   TEXT,
    program     TEXT REFERENCES program (id),
    program_text TEXT,
    plan        TEXT,                               -- '2021/starter-monthly', where recognised
    plan_text   TEXT,
    parent_native_id TEXT,
    kind        TEXT NOT NULL,
    tier        TEXT NOT NULL,
    occurred_at TEXT NOT NULL,
    occurred_on TEXT NOT NULL,                      -- the day in the book's time zone
    click_at    TEXT,
    order_ref   TEXT,
    customer_ref TEXT,
    sub_ids     TEXT NOT NULL,                      -- JSON array
    sub_id_key  TEXT NOT NULL,
    currency    TEXT NOT NULL,
    sale        INTEGER,
    commission  INTEGER,
    approval    TEXT NOT NULL,
    approval_text TEXT,
    payment     TEXT NOT NULL,
    payment_text TEXT,
    lock_at     TEXT,
    approved_at TEXT,
    reversed_at TEXT,
    reason      TEXT,
    source_updated_at TEXT,
    vanished    INTEGER NOT NULL DEFAULT 0 CHECK (vanished IN (0, 1)),
    link        TEXT REFERENCES link (id) ON DELETE SET NULL,
    -- Derived from the facts and the terms, kept so that every list and total is one indexed read; book check recomputes them.
    matures_on  TEXT NOT NULL,
    earned      INTEGER NOT NULL,                   -- commission where pending or approved, else 0
    paid        INTEGER NOT NULL DEFAULT 0,         -- what has been paid of it
    raw         TEXT NOT NULL,
    raw_hash    TEXT NOT NULL,
    UNIQUE (connection, family, identity, occurrence)
) STRICT;
CREATE INDEX conversion_by_day ON conversion (occurred_on, id);
-- Covers every sum: owed by program, earnings by month and by plan.
CREATE INDEX conversion_sums ON conversion (program, currency, occurred_on, matures_on, earned, paid, plan, program_text);
CREATE INDEX conversion_by_link ON conversion (link, currency, occurred_on, matures_on, earned, paid) WHERE link IS NOT NULL;
CREATE INDEX conversion_by_batch ON conversion (batch);
CREATE INDEX conversion_by_customer ON conversion (connection, customer_ref) WHERE customer_ref IS NOT NULL;
CREATE INDEX conversion_by_parent ON conversion (connection, parent_native_id) WHERE parent_native_id IS NOT NULL;
CREATE INDEX conversion_by_key ON conversion (sub_id_key, program, link) WHERE sub_id_key <> '';
CREATE INDEX conversion_unknown ON conversion (program, currency, commission) WHERE approval = 'other';
CREATE INDEX conversion_vanished ON conversion (connection) WHERE vanished = 1;
CREATE INDEX conversion_paid_here ON conversion (id) WHERE paid <> 0 AND payment NOT IN ('paid', 'clawed_back');

-- Append-only: what changed at the source, and when it was seen.
CREATE TABLE status_event (
    id         INTEGER PRIMARY KEY,
    conversion TEXT NOT NULL REFERENCES conversion (id),
    batch      TEXT NOT NULL REFERENCES batch (id),
    at         TEXT NOT NULL,
    field      TEXT NOT NULL,
    before     TEXT,
    after      TEXT
) STRICT;
CREATE INDEX status_event_by_conversion ON status_event (conversion, id);
CREATE INDEX status_event_by_batch ON status_event (batch);

-- The whole row before a batch changed it, so that undoing the batch restores it exactly.
CREATE TABLE batch_before (
    batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    noun  TEXT NOT NULL CHECK (noun IN ('conversion', 'payout')),
    id    TEXT NOT NULL,
    row   TEXT NOT NULL,                            -- JSON of the columns
    PRIMARY KEY (batch, noun, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_before_by_row ON batch_before (id);

CREATE TABLE payout (
    id         TEXT PRIMARY KEY,
    connection TEXT REFERENCES connection (id),
    batch      TEXT REFERENCES batch (id),
    native_id  TEXT,
    program    TEXT REFERENCES program (id),
    amount     INTEGER NOT NULL,
    currency   TEXT NOT NULL,
    status_text TEXT NOT NULL DEFAULT '',
    period     TEXT,
    sent_on    TEXT,
    note       TEXT NOT NULL DEFAULT '',
    raw        TEXT,
    raw_hash   TEXT,
    revision   INTEGER NOT NULL DEFAULT 1,
    UNIQUE (connection, native_id)
) STRICT;
CREATE INDEX payout_by_day ON payout (sent_on, id);
CREATE INDEX payout_by_batch ON payout (batch) WHERE batch IS NOT NULL;

-- One commission can be paid in parts.
CREATE TABLE payout_line (
    payout     TEXT NOT NULL REFERENCES payout (id) ON DELETE CASCADE,
    conversion TEXT NOT NULL REFERENCES conversion (id),
    amount     INTEGER NOT NULL,
    PRIMARY KEY (payout, conversion)
) STRICT, WITHOUT ROWID;
CREATE INDEX payout_line_by_conversion ON payout_line (conversion);

CREATE TABLE terms_acceptance (
    id       TEXT PRIMARY KEY,
    program  TEXT NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    version  TEXT NOT NULL,
    accepted_on TEXT NOT NULL
) STRICT;

CREATE TABLE checklist_state (
    id       TEXT PRIMARY KEY,
    program  TEXT NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    campaign TEXT REFERENCES campaign (id) ON DELETE CASCADE,
    item     TEXT NOT NULL,
    terms_version TEXT NOT NULL,                    -- a state of another version no longer counts
    state    TEXT NOT NULL CHECK (state IN ('open', 'done', 'not_applicable')),
    decided_on TEXT NOT NULL,
    note     TEXT NOT NULL DEFAULT '',
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX checklist_state_of_program ON checklist_state (program, item, terms_version) WHERE campaign IS NULL;
CREATE UNIQUE INDEX checklist_state_of_campaign ON checklist_state (program, campaign, item, terms_version) WHERE campaign IS NOT NULL;

CREATE TABLE evidence (
    id      TEXT PRIMARY KEY,
    state   TEXT NOT NULL REFERENCES checklist_state (id) ON DELETE CASCADE,
    kind    TEXT NOT NULL CHECK (kind IN ('text', 'url', 'file')),
    text    TEXT NOT NULL,                          -- the text, the address or the file's name
    content BLOB,                                   -- the file
    sha256  TEXT,
    dated_on TEXT NOT NULL
) STRICT;

CREATE TABLE scenario (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    json TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

-- The change history: what a person did, row by row, so that it can be turned around.
CREATE TABLE change (
    id     TEXT PRIMARY KEY,
    seq    INTEGER NOT NULL UNIQUE,
    at     TEXT NOT NULL,
    label  TEXT NOT NULL,                           -- a sentence: 'Made 5 links'
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE TABLE change_row (
    change     TEXT NOT NULL REFERENCES change (id) ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    before     TEXT,                                -- JSON array of the columns as SQL literals; null for an insert
    after      TEXT,                                -- the same; null for a delete
    PRIMARY KEY (change, seq)
) STRICT, WITHOUT ROWID;
