-- What is to be published for a campaign, channel by channel.
CREATE TABLE content_item (
    id       TEXT PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    channel  TEXT REFERENCES channel (id) ON DELETE SET NULL,
    kind     TEXT NOT NULL,
    title    TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('idea', 'draft', 'ready', 'published', 'done')),
    planned_on   TEXT,
    published_on TEXT,
    url      TEXT,
    swipe    TEXT REFERENCES swipe (id) ON DELETE SET NULL,
    note     TEXT NOT NULL DEFAULT '',
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK ((published_on IS NOT NULL) = (state IN ('published', 'done')))
) STRICT;
CREATE INDEX content_item_by_campaign ON content_item (campaign, id);
CREATE INDEX content_item_by_day ON content_item (coalesce(published_on, planned_on), id);
CREATE INDEX content_item_by_channel ON content_item (channel) WHERE channel IS NOT NULL;
CREATE INDEX content_item_by_swipe ON content_item (swipe) WHERE swipe IS NOT NULL;

-- The links it uses.
CREATE TABLE content_link (
    item TEXT NOT NULL REFERENCES content_item (id) ON DELETE CASCADE,
    link TEXT NOT NULL REFERENCES link (id) ON DELETE CASCADE,
    PRIMARY KEY (item, link)
) STRICT, WITHOUT ROWID;
CREATE INDEX content_link_by_link ON content_link (link);

-- What was spent and worked on a channel is summed beside what came through it.
CREATE INDEX log_entry_by_channel ON log_entry (channel, happened_on) WHERE channel IS NOT NULL;
