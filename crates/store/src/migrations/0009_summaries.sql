-- Sums kept beside the rows of the ledger, in the transaction that changes a row, so that no report reads every row.

-- Programs (empty for none) and months whose rows changed and are not summed again yet; empty whenever no transaction runs.
CREATE TABLE ledger_stale (
    program TEXT NOT NULL,
    month   TEXT NOT NULL,
    PRIMARY KEY (program, month)
) STRICT, WITHOUT ROWID;

-- What rows of a day add up to. `other` is the source's word for the program where it is none of the book's.
CREATE TABLE ledger_day (
    program     TEXT NOT NULL,
    occurred_on TEXT NOT NULL,
    other       TEXT NOT NULL,
    currency    TEXT NOT NULL,
    earned      INTEGER NOT NULL,
    paid        INTEGER NOT NULL,
    unknown     INTEGER NOT NULL,                   -- commissions whose status is not known
    total_rows    INTEGER NOT NULL,
    paid_rows     INTEGER NOT NULL,
    reversed_rows INTEGER NOT NULL,
    unknown_rows  INTEGER NOT NULL,
    PRIMARY KEY (program, occurred_on, other, currency)
) STRICT, WITHOUT ROWID;

-- What is open (earned less paid), by the day it matures: Reserve and Due on any day are sums of a range.
CREATE TABLE ledger_open (
    program     TEXT NOT NULL,
    occurred_on TEXT NOT NULL,
    matures_on  TEXT NOT NULL,
    other       TEXT NOT NULL,
    currency    TEXT NOT NULL,
    amount      INTEGER NOT NULL,
    open_rows   INTEGER NOT NULL,
    PRIMARY KEY (program, occurred_on, matures_on, other, currency)
) STRICT, WITHOUT ROWID;

-- The same by month for each plan, tier, link, channel and campaign; rows without one are not in it.
CREATE TABLE ledger_part (
    part       TEXT NOT NULL CHECK (part IN ('plan', 'tier', 'link', 'channel', 'campaign')),
    key        TEXT NOT NULL,
    program    TEXT NOT NULL,
    month      TEXT NOT NULL,
    currency   TEXT NOT NULL,
    earned     INTEGER NOT NULL,
    paid       INTEGER NOT NULL,
    total_rows INTEGER NOT NULL,
    referrals  INTEGER NOT NULL,                    -- sales and leads that were not reversed
    PRIMARY KEY (part, key, program, month, currency)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_part_by_month ON ledger_part (program, month);

CREATE TABLE ledger_part_open (
    part       TEXT NOT NULL,
    program    TEXT NOT NULL,
    month      TEXT NOT NULL,
    matures_on TEXT NOT NULL,
    key        TEXT NOT NULL,
    currency   TEXT NOT NULL,
    amount     INTEGER NOT NULL,
    PRIMARY KEY (part, program, month, matures_on, key, currency)
) STRICT, WITHOUT ROWID;

-- Counts what changed of all that sums and forecasts follow from; one row.
CREATE TABLE ledger_state (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO ledger_state VALUES (1, 0);

-- Answers of the forecast as they were last worked out: read back while day and version are the same.
CREATE TABLE forecast_kept (
    name    TEXT PRIMARY KEY,
    made_on TEXT NOT NULL,
    version INTEGER NOT NULL,
    json    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One program's rows day by day, and everything that sums need: the sums of a month are read from it alone. A new row's id
-- sorts after those before it, so an import adds to the end of a day's rows and does not leaf through the whole index.
DROP INDEX conversion_sums;
CREATE INDEX conversion_sums ON conversion
    (program, occurred_on, id, currency, matures_on, earned, paid, plan, tier, link, program_text, kind, approval, payment,
     CASE WHEN approval = 'other' THEN commission END);
DROP INDEX conversion_by_link;
CREATE INDEX conversion_by_link ON conversion (link) WHERE link IS NOT NULL;
DROP INDEX conversion_by_batch;
CREATE INDEX conversion_by_batch ON conversion (batch, occurred_on);
DROP INDEX conversion_by_customer;
CREATE INDEX conversion_by_customer ON conversion (connection, customer_ref, occurred_on) WHERE customer_ref IS NOT NULL;
CREATE INDEX conversion_by_customer_day ON conversion (occurred_on, id, connection, customer_ref, program)
    WHERE customer_ref IS NOT NULL;
-- Each row under the one standing it has, whatever the day: what is open is on hold or due by the day it matures.
CREATE INDEX conversion_by_standing ON conversion (
    CASE WHEN approval = 'other' THEN 'unknown' WHEN approval = 'reversed' THEN 'reversed'
         WHEN payment IN ('paid', 'clawed_back') OR (earned <> 0 AND earned = paid) THEN 'paid' ELSE 'open' END,
    occurred_on, id, matures_on);

-- Whom the user referred, beyond what the ledger says: a name of the user's choice, and what was noted by hand.
CREATE TABLE referral (
    id         TEXT PRIMARY KEY,
    program    TEXT REFERENCES program (id),
    connection TEXT REFERENCES connection (id),
    customer   TEXT,                                -- as the ledger's rows have it; none for one noted by hand alone
    alias      TEXT NOT NULL,
    note       TEXT NOT NULL DEFAULT '',
    revision   INTEGER NOT NULL DEFAULT 1,
    UNIQUE (connection, customer),
    CHECK ((connection IS NULL) = (customer IS NULL))
) STRICT;

CREATE TABLE referral_event (
    id          TEXT PRIMARY KEY,
    referral    TEXT NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    stage       TEXT NOT NULL CHECK (stage IN
        ('click', 'lead', 'trial', 'paying', 'upgraded', 'past_due', 'cancelled', 'refunded')),
    happened_on TEXT NOT NULL,
    plan        TEXT,
    note        TEXT NOT NULL DEFAULT '',
    revision    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX referral_event_by_referral ON referral_event (referral, happened_on);

-- Affiliates that the user recruited, and who recruited whom.
CREATE TABLE recruit (
    id          TEXT PRIMARY KEY,
    program     TEXT NOT NULL REFERENCES program (id),
    name        TEXT NOT NULL COLLATE NOCASE,       -- what the user calls them
    code        TEXT COLLATE NOCASE,                -- the network's word for them, where rows carry it
    recruited_by TEXT REFERENCES recruit (id) ON DELETE SET NULL,
    joined_on   TEXT,
    note        TEXT NOT NULL DEFAULT '',
    archived    INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    revision    INTEGER NOT NULL DEFAULT 1,
    UNIQUE (program, name)
) STRICT;
CREATE UNIQUE INDEX recruit_by_code ON recruit (program, code) WHERE code IS NOT NULL;
CREATE INDEX recruit_by_recruiter ON recruit (recruited_by) WHERE recruited_by IS NOT NULL;
CREATE INDEX conversion_second_tier ON conversion (program, occurred_on) WHERE tier = 'second';

-- Programs side by side: the user's own and candidates. Values that terms give are not repeated here.
CREATE TABLE scorecard (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE COLLATE NOCASE,
    program  TEXT UNIQUE REFERENCES program (id) ON DELETE CASCADE,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE scorecard_value (
    scorecard TEXT NOT NULL REFERENCES scorecard (id) ON DELETE CASCADE,
    key       TEXT NOT NULL,
    value     TEXT NOT NULL,
    note      TEXT NOT NULL DEFAULT '',
    source    TEXT NOT NULL DEFAULT '',
    dated_on  TEXT NOT NULL,
    PRIMARY KEY (scorecard, key)
) STRICT, WITHOUT ROWID;

INSERT INTO ledger_stale SELECT DISTINCT coalesce(program, ''), substr(occurred_on, 1, 7) FROM conversion;
