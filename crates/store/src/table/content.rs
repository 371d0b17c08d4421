//! What is to be published for a campaign.

use crate::{
    Read, StoreError, Write,
    rows::{col, day, parse, word},
};
use chrono::NaiveDate;
use perennial_domain::{
    content::{ContentItem, ContentKind, ContentState},
    ids::{CampaignId, ContentItemId},
};
use rusqlite::{Row, named_params};
use std::collections::HashMap;

/// An item with what is shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentRow {
    /// The item.
    pub item: ContentItem,
    /// Name of its campaign.
    pub campaign: String,
    /// Name and kind of its channel.
    pub channel: Option<(String, String)>,
    /// Code and label of each link that it uses.
    pub links: Vec<(String, String)>,
    /// Title of the swipe that it is made from.
    pub swipe: Option<String>,
}

/// Which items.
#[derive(Clone, Debug, Default)]
pub struct ContentFilter {
    /// Of this campaign; of all that are not archived where none.
    pub campaign: Option<CampaignId>,
    /// In this state.
    pub state: Option<ContentState>,
    /// Standing on this day or later.
    pub from: Option<NaiveDate>,
    /// Standing on this day or earlier.
    pub to: Option<NaiveDate>,
}

const ROWS: &str = "i.*, k.name AS campaign_name, c.name AS channel_name, c.kind AS channel_kind, w.title AS swipe_title
    FROM content_item i JOIN campaign k ON k.id = i.campaign LEFT JOIN channel c ON c.id = i.channel
    LEFT JOIN swipe w ON w.id = i.swipe";

/// Adds an item, or changes the one of its id, links included.
///
/// # Errors
/// Where the book cannot be written.
pub fn save(write: &Write<'_>, item: &ContentItem) -> Result<(), StoreError> {
    let id = item.id.to_string();
    write.0.execute(
        "INSERT INTO content_item (id, campaign, channel, kind, title, state, planned_on, published_on, url, swipe, note)
         VALUES (:id, :campaign, :channel, :kind, :title, :state, :planned, :published, :url, :swipe, :note)
         ON CONFLICT (id) DO UPDATE SET campaign = excluded.campaign, channel = excluded.channel, kind = excluded.kind,
             title = excluded.title, state = excluded.state, planned_on = excluded.planned_on,
             published_on = excluded.published_on, url = excluded.url, swipe = excluded.swipe, note = excluded.note,
             revision = revision + 1",
        named_params! {
            ":id": &id,
            ":campaign": item.campaign.to_string(),
            ":channel": item.channel.map(|id| id.to_string()),
            ":kind": item.kind.word(),
            ":title": &item.title,
            ":state": item.state.word(),
            ":planned": item.planned_on.map(|day| day.to_string()),
            ":published": item.published_on.map(|day| day.to_string()),
            ":url": &item.url,
            ":swipe": item.swipe.map(|id| id.to_string()),
            ":note": &item.note,
        },
    )?;
    write
        .0
        .execute("DELETE FROM content_link WHERE item = ?1", [&id])?;
    let mut statement = write
        .0
        .prepare_cached("INSERT OR IGNORE INTO content_link (item, link) VALUES (?1, ?2)")?;
    for link in &item.links {
        statement.execute((&id, link.to_string()))?;
    }
    Ok(())
}

/// Takes an item out.
///
/// # Errors
/// Where the book cannot be written.
pub fn remove(write: &Write<'_>, id: ContentItemId) -> Result<(), StoreError> {
    write
        .0
        .execute("DELETE FROM content_item WHERE id = ?1", [id.to_string()])?;
    Ok(())
}

/// The item of an id, or the only one of a title (without case).
///
/// # Errors
/// [`StoreError::NoSuch`], also where several have the title.
pub fn get(read: &Read<'_>, id_or_title: &str) -> Result<ContentRow, StoreError> {
    let sql = format!(
        "SELECT {ROWS} WHERE i.id = ?1 OR i.title = ?1 COLLATE NOCASE ORDER BY i.id <> ?1 LIMIT 2"
    );
    let wanted = id_or_title.trim();
    let mut found = rows(read, &sql, &[("?1", &wanted)])?;
    let exact = found
        .first()
        .is_some_and(|row| row.item.id.to_string() == wanted);
    if exact {
        found.truncate(1);
    }
    match (found.pop(), found.pop()) {
        (Some(row), None) => Ok(row),
        _ => Err(StoreError::NoSuch {
            noun: "content item",
            name: id_or_title.to_owned(),
        }),
    }
}

/// Items by the day they stand on, the latest first; those without a day before all others.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(
    read: &Read<'_>,
    filter: &ContentFilter,
    limit: u32,
) -> Result<Vec<ContentRow>, StoreError> {
    let sql = format!(
        "SELECT {ROWS} WHERE iif(:campaign IS NULL, k.archived = 0, i.campaign = :campaign)
             AND (:state IS NULL OR i.state = :state)
             AND (:from IS NULL OR coalesce(i.published_on, i.planned_on) >= :from)
             AND (:to IS NULL OR coalesce(i.published_on, i.planned_on) <= :to)
         ORDER BY coalesce(i.published_on, i.planned_on) DESC NULLS FIRST, i.id DESC LIMIT :limit"
    );
    rows(
        read,
        &sql,
        named_params! {
            ":campaign": filter.campaign.map(|id| id.to_string()),
            ":state": filter.state.map(ContentState::word),
            ":from": filter.from.map(|day| day.to_string()),
            ":to": filter.to.map(|day| day.to_string()),
            ":limit": limit,
        },
    )
}

fn rows(
    read: &Read<'_>,
    sql: &str,
    values: &[(&str, &dyn rusqlite::ToSql)],
) -> Result<Vec<ContentRow>, StoreError> {
    let mut statement = read.0.prepare_cached(sql)?;
    let mut found = statement.query(values)?;
    let mut items = Vec::new();
    while let Some(row) = found.next()? {
        items.push(content(row)?);
    }
    complete(read, &mut items)?;
    Ok(items)
}

fn content(row: &Row<'_>) -> Result<ContentRow, StoreError> {
    let on = |name: &str| -> Result<_, StoreError> {
        col::<Option<String>>(row, name)?
            .map(|text| day(&text))
            .transpose()
    };
    let channel = col::<Option<String>>(row, "channel_name")?
        .zip(col::<Option<String>>(row, "channel_kind")?);
    Ok(ContentRow {
        item: ContentItem {
            id: parse(&col::<String>(row, "id")?)?,
            campaign: parse(&col::<String>(row, "campaign")?)?,
            channel: maybe(col(row, "channel")?)?,
            kind: word(&col::<String>(row, "kind")?, ContentKind::parse)?,
            title: col(row, "title")?,
            state: word(&col::<String>(row, "state")?, ContentState::parse)?,
            planned_on: on("planned_on")?,
            published_on: on("published_on")?,
            url: col(row, "url")?,
            links: Vec::new(),
            swipe: maybe(col(row, "swipe")?)?,
            note: col(row, "note")?,
            revision: col(row, "revision")?,
        },
        campaign: col(row, "campaign_name")?,
        channel,
        links: Vec::new(),
        swipe: col(row, "swipe_title")?,
    })
}

fn maybe<T: std::str::FromStr>(text: Option<String>) -> Result<Option<T>, StoreError> {
    text.map(|text| parse(&text)).transpose()
}

/// The links of all items at once.
fn complete(read: &Read<'_>, items: &mut [ContentRow]) -> Result<(), StoreError> {
    let at: HashMap<String, usize> = items
        .iter()
        .enumerate()
        .map(|(index, row)| (row.item.id.to_string(), index))
        .collect();
    let ids = serde_json::Value::from(at.keys().cloned().collect::<Vec<_>>()).to_string();
    let mut statement = read.0.prepare_cached(
        "SELECT u.item, l.id, l.code, l.label FROM content_link u JOIN link l ON l.id = u.link
         WHERE u.item IN (SELECT value FROM json_each(?1)) ORDER BY l.id",
    )?;
    let mut rows = statement.query([ids])?;
    while let Some(row) = rows.next()? {
        let Some(found) = at
            .get(&row.get::<_, String>(0)?)
            .and_then(|index| items.get_mut(*index))
        else {
            continue;
        };
        found.item.links.push(parse(&row.get::<_, String>(1)?)?);
        found.links.push((row.get(2)?, row.get(3)?));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Book, Edit};
    use chrono::{TimeZone as _, Utc};
    use perennial_domain::ids::ChangeId;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn book() -> (tempfile::TempDir, Book) {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().join("test.perennial")).unwrap();
        book.write(|write| {
            Ok(write.0.execute_batch(&format!(
                "INSERT INTO campaign (id, name) VALUES ('{}', 'Spring');
                 INSERT INTO campaign (id, name, archived) VALUES ('{}', 'Old', 1);
                 INSERT INTO channel (id, name, kind) VALUES ('{}', 'Blog', 'blog');",
                id(1),
                id(2),
                id(3)
            ))?)
        })
        .unwrap();
        (folder, book)
    }

    fn item(number: u128, campaign: u128, planned: Option<&str>) -> ContentItem {
        ContentItem {
            id: id(number).into(),
            campaign: id(campaign).into(),
            channel: Some(id(3).into()),
            kind: ContentKind::Article,
            title: format!("Item {number}"),
            state: ContentState::Draft,
            planned_on: planned.map(day),
            published_on: None,
            url: None,
            links: Vec::new(),
            swipe: None,
            note: String::new(),
            revision: 1,
        }
    }

    fn edit(book: &Book, number: u128, f: impl FnOnce(&Write<'_>) -> Result<(), StoreError>) {
        let step = Edit {
            id: ChangeId(id(1000 + number)),
            at: Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap(),
            label: "Moved".to_owned(),
        };
        book.edit(&step, f).unwrap();
    }

    fn titles(book: &Book, filter: &ContentFilter) -> Vec<String> {
        let rows = book.read(|read| list(read, filter, 100)).unwrap();
        rows.into_iter().map(|row| row.item.title).collect()
    }

    #[test]
    fn items_are_listed_by_the_day_they_stand_on() {
        let (_folder, book) = book();
        edit(&book, 1, |write| {
            save(write, &item(10, 1, Some("2026-03-04")))?;
            save(write, &item(11, 1, None))?;
            save(write, &item(12, 2, Some("2026-03-05")))?;
            let mut out = item(13, 1, Some("2026-03-01"));
            out.move_to(ContentState::Published, day("2026-03-20"));
            save(write, &out)
        });
        assert_eq!(
            titles(&book, &ContentFilter::default()),
            ["Item 11", "Item 13", "Item 10"],
            "what belongs to an archived campaign is not offered"
        );
        let march = ContentFilter {
            from: Some(day("2026-03-02")),
            to: Some(day("2026-03-19")),
            ..ContentFilter::default()
        };
        assert_eq!(titles(&book, &march), ["Item 10"]);
        let old = ContentFilter {
            campaign: Some(id(2).into()),
            ..ContentFilter::default()
        };
        assert_eq!(titles(&book, &old), ["Item 12"]);
        let found = book.read(|read| get(read, "item 13")).unwrap();
        assert_eq!(found.channel, Some(("Blog".to_owned(), "blog".to_owned())));
        assert!(book.read(|read| get(read, "item 99")).is_err());
    }

    #[test]
    fn a_move_is_undone_and_done_again() {
        let (_folder, book) = book();
        let mut moved = item(10, 1, Some("2026-03-04"));
        edit(&book, 1, |write| save(write, &moved));
        moved.move_to(ContentState::Published, day("2026-03-08"));
        edit(&book, 2, |write| save(write, &moved));
        let on = || {
            book.read(|read| get(read, "Item 10"))
                .map(|row| (row.item.state, row.item.day().unwrap()))
        };
        book.undo().unwrap();
        assert_eq!(on().unwrap(), (ContentState::Draft, day("2026-03-04")));
        book.redo().unwrap();
        assert_eq!(on().unwrap(), (ContentState::Published, day("2026-03-08")));
        edit(&book, 3, |write| remove(write, moved.id));
        assert!(on().is_err());
        book.undo().unwrap();
        assert_eq!(on().unwrap().0, ContentState::Published);
    }
}
