-- Scenarios have an identity, so that they can be renamed; nothing was ever written into the table of the first step.
DROP TABLE scenario;
CREATE TABLE scenario (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE COLLATE NOCASE,
    kind     TEXT NOT NULL CHECK (kind IN ('book', 'file')),
    program  TEXT REFERENCES program (id) ON DELETE CASCADE,
    json     TEXT NOT NULL,                         -- what is supposed, or the whole scenario of a file
    note     TEXT NOT NULL DEFAULT '',
    saved_at TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK ((kind = 'book') = (program IS NOT NULL))
) STRICT;

-- Forecasts as they were made, one a program and day, to be compared with what came. Nothing personal: no edit.
CREATE TABLE forecast_snapshot (
    program TEXT NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    made_on TEXT NOT NULL,
    json    TEXT NOT NULL,
    PRIMARY KEY (program, made_on)
) STRICT, WITHOUT ROWID;

-- Common values of the user's own, in place of the built-in ones.
CREATE TABLE forecast_prior (
    key    TEXT PRIMARY KEY,
    value  TEXT NOT NULL,
    weight TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every customer's payments in order: a forecast reads them in one pass.
CREATE INDEX conversion_lives ON conversion
    (program, connection, coalesce(customer_ref, parent_native_id, native_id, id), tier, occurred_on, kind, plan, link, click_at)
    WHERE vanished = 0 AND approval IN ('pending', 'approved')
        AND kind IN ('sale', 'rebill', 'second_tier', 'refund', 'chargeback');
