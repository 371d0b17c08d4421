-- How the user keeps a link: one without a row is in no folder and never expires.
CREATE TABLE link_filing (
    link       TEXT PRIMARY KEY REFERENCES link (id) ON DELETE CASCADE,
    folder     TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    expires_on TEXT                                 -- its last day
) STRICT, WITHOUT ROWID;
CREATE INDEX link_filing_by_folder ON link_filing (folder, link) WHERE folder <> '';
CREATE INDEX link_filing_by_expiry ON link_filing (expires_on, link) WHERE expires_on IS NOT NULL;

CREATE TABLE link_tag (
    link TEXT NOT NULL REFERENCES link (id) ON DELETE CASCADE,
    tag  TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (link, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_tag_by_tag ON link_tag (tag, link);

-- How links of one channel are written; of all channels of a program where none is named.
CREATE TABLE link_template (
    id      TEXT PRIMARY KEY,
    program TEXT NOT NULL REFERENCES program (id) ON DELETE CASCADE,
    channel TEXT REFERENCES channel (id) ON DELETE CASCADE,
    slots   TEXT NOT NULL,                          -- JSON, read and written by table/link_template.rs alone
    naming  TEXT NOT NULL,                          -- the same
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX link_template_of ON link_template (program, coalesce(channel, ''));

-- Ready-made IDs of reports, and the link that stands for their channel and campaign.
CREATE TABLE id_rule (
    id       TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    pattern  TEXT NOT NULL,
    program  TEXT REFERENCES program (id) ON DELETE CASCADE,
    link     TEXT NOT NULL REFERENCES link (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX id_rule_by_link ON id_rule (link);

-- Which page, email, video or profile holds a link, and since when.
CREATE TABLE placement (
    id    TEXT PRIMARY KEY,
    link  TEXT NOT NULL REFERENCES link (id) ON DELETE CASCADE,
    kind  TEXT NOT NULL,
    place TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    note  TEXT NOT NULL DEFAULT '',
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX placement_by_link ON placement (link, since);
CREATE INDEX placement_open ON placement (link) WHERE until IS NULL;

-- Programs whose tracked addresses may be asked, which can count as a click of one's own.
CREATE TABLE link_check_allowed (
    program TEXT PRIMARY KEY REFERENCES program (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What the user said is fine although a check finds fault with it.
CREATE TABLE link_accepted (
    link        TEXT PRIMARY KEY REFERENCES link (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,
    accepted_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How each link stands after its last check.
CREATE TABLE link_health (
    link          TEXT PRIMARY KEY REFERENCES link (id) ON DELETE CASCADE,
    state         TEXT NOT NULL,
    failures      INTEGER NOT NULL,
    failing_since TEXT,
    counted_at    TEXT,
    checked_at    TEXT NOT NULL,
    asked         TEXT,                             -- null where only the tracked address leads there
    last_host     TEXT,
    status        INTEGER,
    fingerprint   TEXT NOT NULL,
    problems      TEXT NOT NULL                     -- JSON array of [word, detail]
) STRICT, WITHOUT ROWID;
CREATE INDEX link_health_by_state ON link_health (state, link);
CREATE INDEX link_health_failing ON link_health (failures, link) WHERE failures > 0;

-- How a link stands follows at once from what is accepted, also where that is undone.
CREATE TRIGGER link_accepted_insert AFTER INSERT ON link_accepted BEGIN
    UPDATE link_health SET state = 'expected', failures = 0, failing_since = NULL, counted_at = NULL
    WHERE link = NEW.link AND fingerprint = NEW.fingerprint;
END;
CREATE TRIGGER link_accepted_update AFTER UPDATE ON link_accepted BEGIN
    UPDATE link_health SET state = 'expected', failures = 0, failing_since = NULL, counted_at = NULL
    WHERE link = NEW.link AND fingerprint = NEW.fingerprint;
END;
CREATE TRIGGER link_accepted_delete AFTER DELETE ON link_accepted BEGIN
    UPDATE link_health SET state = iif(problems = '[]', 'unverifiable', 'unchecked')
    WHERE link = OLD.link AND state = 'expected';
END;

-- What checks saw, dated. Checks in a row that saw the same are one row; the latest of each link are kept.
CREATE TABLE link_check (
    id        INTEGER PRIMARY KEY,
    link      TEXT NOT NULL REFERENCES link (id) ON DELETE CASCADE,
    first_at  TEXT NOT NULL,
    last_at   TEXT NOT NULL,
    times     INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    chain     TEXT NOT NULL,                        -- JSON array of addresses
    outcome   TEXT NOT NULL
) STRICT;
CREATE INDEX link_check_by_link ON link_check (link, id);

-- What is found by typing. The words and the path of each link follow from it; the two indexes follow from them.
CREATE TABLE link_doc (
    docid INTEGER PRIMARY KEY,
    link  TEXT NOT NULL UNIQUE,
    path  TEXT NOT NULL,                            -- its address, and its code where that does not hold it
    words TEXT NOT NULL                             -- what the user wrote: label, note, folder, tags
) STRICT;

CREATE VIEW link_text AS
    SELECT l.id AS link,
        replace(replace(l.url, 'https://', ''), 'http://', '') || CASE instr(l.url, l.code) WHEN 0 THEN char(10) || l.code ELSE '' END
            AS path,
        l.label || CASE l.note WHEN '' THEN '' ELSE char(10) || l.note END
            || coalesce((SELECT char(10) || f.folder FROM link_filing f WHERE f.link = l.id AND f.folder <> ''), '')
            || coalesce((SELECT char(10) || group_concat(t.tag, char(10) ORDER BY t.tag) FROM link_tag t WHERE t.link = l.id), '')
            AS words
    FROM link l;

-- Three letters in a row and more, anywhere.
CREATE VIRTUAL TABLE link_part USING fts5 (path, words, content = 'link_doc', content_rowid = 'docid', tokenize = 'trigram', columnsize = 0);
-- One or two letters, at the beginning of a word that the user wrote.
CREATE VIRTUAL TABLE link_word USING fts5 (words, content = 'link_doc', content_rowid = 'docid', tokenize = 'unicode61',
    prefix = '1 2', detail = 'none', columnsize = 0);

CREATE TRIGGER link_doc_insert AFTER INSERT ON link_doc BEGIN
    INSERT INTO link_part (rowid, path, words) VALUES (NEW.docid, NEW.path, NEW.words);
    INSERT INTO link_word (rowid, words) VALUES (NEW.docid, NEW.words);
END;
CREATE TRIGGER link_doc_delete AFTER DELETE ON link_doc BEGIN
    INSERT INTO link_part (link_part, rowid, path, words) VALUES ('delete', OLD.docid, OLD.path, OLD.words);
    INSERT INTO link_word (link_word, rowid, words) VALUES ('delete', OLD.docid, OLD.words);
END;
CREATE TRIGGER link_doc_update AFTER UPDATE OF path, words ON link_doc WHEN OLD.path <> NEW.path OR OLD.words <> NEW.words BEGIN
    INSERT INTO link_part (link_part, rowid, path, words) VALUES ('delete', OLD.docid, OLD.path, OLD.words);
    INSERT INTO link_word (link_word, rowid, words) VALUES ('delete', OLD.docid, OLD.words);
    INSERT INTO link_part (rowid, path, words) VALUES (NEW.docid, NEW.path, NEW.words);
    INSERT INTO link_word (rowid, words) VALUES (NEW.docid, NEW.words);
END;

CREATE TRIGGER link_found_insert AFTER INSERT ON link BEGIN
    INSERT INTO link_doc (link, path, words) SELECT link, path, words FROM link_text WHERE link = NEW.id;
END;
CREATE TRIGGER link_found_update AFTER UPDATE OF label, url, code, note ON link BEGIN
    UPDATE link_doc SET (path, words) = (SELECT path, words FROM link_text WHERE link = NEW.id) WHERE link = NEW.id;
END;
CREATE TRIGGER link_found_delete AFTER DELETE ON link BEGIN
    DELETE FROM link_doc WHERE link = OLD.id;
END;
CREATE TRIGGER link_tag_insert AFTER INSERT ON link_tag BEGIN
    UPDATE link_doc SET (path, words) = (SELECT path, words FROM link_text WHERE link = NEW.link) WHERE link = NEW.link;
END;
CREATE TRIGGER link_tag_update AFTER UPDATE ON link_tag BEGIN
    UPDATE link_doc SET (path, words) = (SELECT path, words FROM link_text WHERE link = NEW.link) WHERE link = NEW.link;
END;
-- A link that goes takes its tags along and has no text any more.
CREATE TRIGGER link_tag_delete AFTER DELETE ON link_tag WHEN EXISTS (SELECT 1 FROM link WHERE id = OLD.link) BEGIN
    UPDATE link_doc SET (path, words) = (SELECT path, words FROM link_text WHERE link = OLD.link) WHERE link = OLD.link;
END;
CREATE TRIGGER link_filing_insert AFTER INSERT ON link_filing WHEN NEW.folder <> '' BEGIN
    UPDATE link_doc SET (path, words) = (SELECT path, words FROM link_text WHERE link = NEW.link) WHERE link = NEW.link;
END;
CREATE TRIGGER link_filing_update AFTER UPDATE OF folder ON link_filing BEGIN
    UPDATE link_doc SET (path, words) = (SELECT path, words FROM link_text WHERE link = NEW.link) WHERE link = NEW.link;
END;
CREATE TRIGGER link_filing_delete AFTER DELETE ON link_filing WHEN EXISTS (SELECT 1 FROM link WHERE id = OLD.link) BEGIN
    UPDATE link_doc SET (path, words) = (SELECT path, words FROM link_text WHERE link = OLD.link) WHERE link = OLD.link;
END;

INSERT INTO link_doc (link, path, words) SELECT link, path, words FROM link_text ORDER BY link;

-- A page of the list is read in its order, whatever narrows it.
DROP INDEX link_by_campaign;
DROP INDEX link_by_channel;
DROP INDEX link_by_program;
CREATE INDEX link_by_campaign ON link (campaign, id);
CREATE INDEX link_by_channel ON link (channel, id);
CREATE INDEX link_by_program ON link (program, id);
CREATE INDEX link_by_archived ON link (archived, id);
