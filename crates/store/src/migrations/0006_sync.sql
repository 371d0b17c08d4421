-- How often a connection is asked by itself, in hours; one without a row is asked only by a person.
CREATE TABLE connection_schedule (
    connection  TEXT PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    every_hours INTEGER NOT NULL CHECK (every_hours BETWEEN 1 AND 720)
) STRICT, WITHOUT ROWID;

-- Leads that a connection asks for, where its network answers for one at a time.
CREATE TABLE connection_lead (
    connection TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    lead       TEXT NOT NULL,
    PRIMARY KEY (connection, position)
) STRICT, WITHOUT ROWID;

-- What came of each sync, also of one that brought nothing; the latest of each connection are kept.
CREATE TABLE sync_run (
    id         TEXT PRIMARY KEY,
    connection TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    scheduled  INTEGER NOT NULL CHECK (scheduled IN (0, 1)),
    begun_at   TEXT NOT NULL,
    ended_at   TEXT NOT NULL,
    outcome    TEXT NOT NULL CHECK (outcome IN ('complete', 'partial', 'failed')),
    summary    TEXT NOT NULL,
    batch      TEXT,                                -- the batch may be undone and gone
    requests   INTEGER NOT NULL,
    retries    INTEGER NOT NULL,
    error      TEXT,                                -- JSON, the application's own
    lines      TEXT NOT NULL                        -- JSON array of [instant, text]
) STRICT;
CREATE INDEX sync_run_by_connection ON sync_run (connection, begun_at);
