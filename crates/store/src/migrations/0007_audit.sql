-- What the user made of a finding of the audit. Kept by the row's own identity at its source, so that a row that is
-- taken out and imported again finds it.
CREATE TABLE audit_verdict (
    id         TEXT PRIMARY KEY,
    connection TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    family     TEXT NOT NULL,
    identity   TEXT NOT NULL,
    occurrence INTEGER NOT NULL,
    topic      TEXT NOT NULL CHECK (topic IN ('amount', 'late')),
    state      TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'disputed', 'explained')),
    note       TEXT NOT NULL,
    deadline   TEXT,
    decided_on TEXT NOT NULL,
    difference INTEGER NOT NULL,                    -- what it was decided on; of another one the finding is open again
    revision   INTEGER NOT NULL DEFAULT 1,
    UNIQUE (connection, family, identity, occurrence, topic)
) STRICT;

-- What was written about it, by the user and by the program.
CREATE TABLE audit_letter (
    id      TEXT PRIMARY KEY,
    verdict TEXT NOT NULL REFERENCES audit_verdict (id) ON DELETE CASCADE,
    day     TEXT NOT NULL,
    who     TEXT NOT NULL CHECK (who IN ('me', 'program')),
    text    TEXT NOT NULL
) STRICT;
CREATE INDEX audit_letter_by_verdict ON audit_letter (verdict, day);

-- What the last audit found, for the first screen. Nothing personal: no edit.
CREATE TABLE audit_state (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    json TEXT NOT NULL
) STRICT;
