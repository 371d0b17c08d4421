-- A dated copy of what was published, and what was found in it. Content stands once in evidence_content, by its hash.
CREATE TABLE snapshot (
    id       TEXT PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind IN ('page', 'text', 'keywords')),
    place    TEXT NOT NULL,                         -- what was asked for: an address, the name of a file or of a text
    address  TEXT,                                  -- where a page was in the end
    taken_at TEXT NOT NULL,
    program  TEXT REFERENCES program (id),          -- whose rules it was checked by
    campaign TEXT REFERENCES campaign (id) ON DELETE SET NULL,
    channel  TEXT,                                  -- of a text
    terms_version TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    markets  TEXT NOT NULL,
    sha256   TEXT NOT NULL,                         -- of the content, byte for byte
    bytes    INTEGER NOT NULL,
    words    TEXT,                                  -- hash of the words that readers see; null where the content is them
    findings TEXT NOT NULL,                         -- JSON array
    errors   INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    picture  TEXT,                                  -- hash of a picture that the user added
    picture_name TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK ((picture IS NULL) = (picture_name IS NULL))
) STRICT;
CREATE INDEX snapshot_by_campaign ON snapshot (campaign, id);
CREATE INDEX snapshot_by_place ON snapshot (coalesce(address, place), id);

CREATE TABLE evidence_content (
    sha256  TEXT PRIMARY KEY,
    content BLOB NOT NULL
) STRICT;

-- What a person looked at and found to be fine, and why. The excerpt tells the finding, wherever it moves on the page.
CREATE TABLE finding_accepted (
    id      TEXT PRIMARY KEY,
    place   TEXT NOT NULL,
    rule    TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    reason  TEXT NOT NULL,
    accepted_on TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX finding_accepted_of ON finding_accepted (place, rule, excerpt);
