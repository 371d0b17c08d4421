-- The user's own texts and images, with every version of each.
CREATE TABLE swipe (
    id       TEXT PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind IN ('text', 'email', 'image')),
    title    TEXT NOT NULL UNIQUE COLLATE NOCASE,
    program  TEXT REFERENCES program (id) ON DELETE SET NULL,
    note     TEXT NOT NULL DEFAULT '',
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    created_at TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Images, once each. They stay when nothing shows them any more, since an undo may want them again.
CREATE TABLE swipe_image (
    sha256  TEXT PRIMARY KEY,
    media   TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;

CREATE TABLE swipe_version (
    id       TEXT PRIMARY KEY,
    swipe    TEXT NOT NULL REFERENCES swipe (id) ON DELETE CASCADE,
    number   INTEGER NOT NULL,                      -- from 1; the highest is what is used
    saved_at TEXT NOT NULL,
    subject  TEXT NOT NULL DEFAULT '',              -- of an email
    body     TEXT NOT NULL,                         -- of an image: its alternative text
    image    TEXT REFERENCES swipe_image (sha256),
    UNIQUE (swipe, number)
) STRICT;

CREATE TABLE swipe_tag (
    swipe TEXT NOT NULL REFERENCES swipe (id) ON DELETE CASCADE,
    tag   TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (swipe, tag)
) STRICT, WITHOUT ROWID;

-- The links that a swipe is published with; its clicks and referrals are theirs.
CREATE TABLE swipe_link (
    swipe TEXT NOT NULL REFERENCES swipe (id) ON DELETE CASCADE,
    link  TEXT NOT NULL REFERENCES link (id) ON DELETE CASCADE,
    PRIMARY KEY (swipe, link)
) STRICT, WITHOUT ROWID;
CREATE INDEX swipe_link_by_link ON swipe_link (link);

-- What a program announced or wrote.
CREATE TABLE notebook (
    id       TEXT PRIMARY KEY,
    program  TEXT REFERENCES program (id) ON DELETE SET NULL,
    dated_on TEXT NOT NULL,
    title    TEXT NOT NULL,
    sender   TEXT NOT NULL DEFAULT '',
    body     TEXT NOT NULL,
    origin   TEXT NOT NULL CHECK (origin IN ('written', 'mail')),
    message_id TEXT,                                -- of a mail
    terms_version TEXT REFERENCES terms_version (id) ON DELETE SET NULL,
    swipe    TEXT REFERENCES swipe (id) ON DELETE SET NULL,
    campaign TEXT REFERENCES campaign (id) ON DELETE SET NULL,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX notebook_by_day ON notebook (dated_on, id);
CREATE INDEX notebook_by_program ON notebook (program, dated_on);
CREATE INDEX notebook_by_message ON notebook (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX notebook_by_terms ON notebook (terms_version) WHERE terms_version IS NOT NULL;
CREATE INDEX notebook_by_swipe ON notebook (swipe) WHERE swipe IS NOT NULL;
CREATE INDEX notebook_by_campaign ON notebook (campaign) WHERE campaign IS NOT NULL;

CREATE TABLE notebook_tag (
    entry TEXT NOT NULL REFERENCES notebook (id) ON DELETE CASCADE,
    tag   TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (entry, tag)
) STRICT, WITHOUT ROWID;

-- Whom one writes to at a program.
CREATE TABLE contact (
    id      TEXT PRIMARY KEY,
    program TEXT NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    name    TEXT NOT NULL,
    mail    TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    role    TEXT NOT NULL DEFAULT '',
    note    TEXT NOT NULL DEFAULT '',
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX contact_by_program ON contact (program, name);
CREATE INDEX contact_by_mail ON contact (mail) WHERE mail <> '';

CREATE TABLE reminder (
    id       TEXT PRIMARY KEY,
    text     TEXT NOT NULL,
    due_on   TEXT NOT NULL,
    program  TEXT REFERENCES program (id) ON DELETE SET NULL,
    campaign TEXT REFERENCES campaign (id) ON DELETE SET NULL,
    link     TEXT REFERENCES link (id) ON DELETE SET NULL,
    done_on  TEXT,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX reminder_open ON reminder (due_on, id) WHERE done_on IS NULL;
CREATE INDEX reminder_by_campaign ON reminder (campaign) WHERE campaign IS NOT NULL;
CREATE INDEX reminder_by_link ON reminder (link) WHERE link IS NOT NULL;
