//! Dated copies of what was published, and findings that were accepted.

use crate::{
    Read, StoreError, Write,
    rows::{col, instant, instant_text, parse},
};
use chrono::{DateTime, NaiveDate, Utc};
use perennial_domain::ids::{CampaignId, ProgramId};
use rusqlite::{OptionalExtension as _, Row};
use uuid::Uuid;

/// A copy as the book lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotRow {
    /// Identity; later copies have larger ones.
    pub id: Uuid,
    /// page, text or keywords.
    pub kind: String,
    /// What was asked for.
    pub place: String,
    /// Where a page was in the end.
    pub address: Option<String>,
    /// When it was read.
    pub taken_at: DateTime<Utc>,
    /// Short name of the program whose rules it was checked by.
    pub program: Option<String>,
    /// Name of the campaign.
    pub campaign: Option<String>,
    /// Word of the channel's kind, of a text.
    pub channel: Option<String>,
    /// The program's terms that held.
    pub terms_version: String,
    /// The rules it was checked by.
    pub rules_version: String,
    /// Words of the markets, by commas.
    pub markets: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Bytes of the content.
    pub bytes: u64,
    /// SHA-256 of the visible words; none where the content is them.
    pub words: Option<String>,
    /// What was found, as its writer's JSON.
    pub findings: String,
    /// Findings that must change.
    pub errors: u32,
    /// Findings worth a look.
    pub warnings: u32,
    /// SHA-256 and name of a picture of it.
    pub picture: Option<(String, String)>,
}

impl SnapshotRow {
    /// By which copies of the same thing are told.
    #[must_use]
    pub fn key(&self) -> &str {
        self.address.as_deref().unwrap_or(&self.place)
    }
}

/// A copy to be kept.
#[derive(Clone, Debug)]
pub struct SnapshotNew {
    /// Everything that is listed; names of program and campaign are left aside.
    pub row: SnapshotRow,
    /// The program.
    pub program: Option<ProgramId>,
    /// The campaign.
    pub campaign: Option<CampaignId>,
    /// The content.
    pub content: Vec<u8>,
    /// The visible words, where they are not the content.
    pub words: Option<Vec<u8>>,
}

/// Which copies.
#[derive(Clone, Debug, Default)]
pub struct SnapshotFilter {
    /// Part of the place or the address; empty for all.
    pub search: String,
    /// Of this campaign alone.
    pub campaign: Option<CampaignId>,
    /// Of this place alone.
    pub place: Option<String>,
    /// Older than this one.
    pub before: Option<Uuid>,
}

/// A finding that a person accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedRow {
    /// Identity.
    pub id: Uuid,
    /// [`SnapshotRow::key`] of what it was found in.
    pub place: String,
    /// The rule.
    pub rule: String,
    /// The words that it is about; empty where it is about the whole.
    pub excerpt: String,
    /// Why it is fine.
    pub reason: String,
    /// The day.
    pub on: NaiveDate,
}

const LISTED: &str = "SELECT s.*, p.slug AS program_name, c.name AS campaign_name FROM snapshot s
     LEFT JOIN program p ON p.id = s.program LEFT JOIN campaign c ON c.id = s.campaign";

/// Keeps a copy. Content that nothing names any more, also no step that could be undone, goes.
///
/// # Errors
/// Where the book cannot be written.
pub fn add(write: &Write<'_>, new: &SnapshotNew) -> Result<(), StoreError> {
    sweep(write)?;
    let row = &new.row;
    hold(write, &row.sha256, &new.content)?;
    if let (Some(hash), Some(words)) = (&row.words, &new.words) {
        hold(write, hash, words)?;
    }
    write.0.execute(
        "INSERT INTO snapshot (id, kind, place, address, taken_at, program, campaign, channel, terms_version, rules_version,
             markets, sha256, bytes, words, findings, errors, warnings)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        rusqlite::params![
            row.id.to_string(),
            row.kind,
            row.place,
            row.address,
            instant_text(row.taken_at),
            new.program.map(|id| id.to_string()),
            new.campaign.map(|id| id.to_string()),
            row.channel,
            row.terms_version,
            row.rules_version,
            row.markets,
            row.sha256,
            row.bytes,
            row.words,
            row.findings,
            row.errors,
            row.warnings,
        ],
    )?;
    Ok(())
}

/// Takes a copy out; undo brings it back, content and all.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn remove(write: &Write<'_>, id: Uuid) -> Result<(), StoreError> {
    let gone = write
        .0
        .execute("DELETE FROM snapshot WHERE id = ?1", [id.to_string()])?;
    if gone == 0 { Err(unknown(id)) } else { Ok(()) }
}

/// Adds a picture of what was copied, in place of one that is there.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn attach(
    write: &Write<'_>,
    id: Uuid,
    name: &str,
    sha256: &str,
    content: &[u8],
) -> Result<(), StoreError> {
    hold(write, sha256, content)?;
    let changed = write.0.execute(
        "UPDATE snapshot SET picture = ?2, picture_name = ?3, revision = revision + 1 WHERE id = ?1",
        (id.to_string(), sha256, name),
    )?;
    if changed == 0 {
        Err(unknown(id))
    } else {
        Ok(())
    }
}

/// The copy of an id.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, id: Uuid) -> Result<SnapshotRow, StoreError> {
    let mut statement = read
        .0
        .prepare_cached(&format!("{LISTED} WHERE s.id = ?1"))?;
    statement
        .query_row([id.to_string()], |row| Ok(listed(row)))
        .optional()?
        .ok_or_else(|| unknown(id))?
}

/// A page of copies, the latest first.
///
/// # Errors
/// Where the book cannot be read.
pub fn page(
    read: &Read<'_>,
    filter: &SnapshotFilter,
    limit: u32,
) -> Result<Vec<SnapshotRow>, StoreError> {
    let mut statement = read.0.prepare_cached(&format!(
        "{LISTED} WHERE (?1 IS NULL OR s.id < ?1) AND (?2 IS NULL OR s.campaign = ?2)
             AND (?3 IS NULL OR coalesce(s.address, s.place) = ?3)
             AND (s.place LIKE ?4 ESCAPE '\\' OR s.address LIKE ?4 ESCAPE '\\')
         ORDER BY s.id DESC LIMIT ?5"
    ))?;
    let mut rows = statement.query((
        filter.before.map(|id| id.to_string()),
        filter.campaign.map(|id| id.to_string()),
        &filter.place,
        super::link::like(&filter.search),
        limit,
    ))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(listed(row)?);
    }
    Ok(found)
}

/// How many copies there are, of a campaign or in all.
///
/// # Errors
/// Where the book cannot be read.
pub fn count(read: &Read<'_>, campaign: Option<CampaignId>) -> Result<u64, StoreError> {
    Ok(read.0.query_row(
        "SELECT count(*) FROM snapshot WHERE ?1 IS NULL OR campaign = ?1",
        [campaign.map(|id| id.to_string())],
        |row| row.get(0),
    )?)
}

/// The latest copy of each thing that a campaign published, by place.
///
/// # Errors
/// Where the book cannot be read.
pub fn latest(read: &Read<'_>, campaign: CampaignId) -> Result<Vec<SnapshotRow>, StoreError> {
    let mut statement = read.0.prepare_cached(&format!(
        "{LISTED} WHERE s.campaign = ?1 AND NOT EXISTS (SELECT 1 FROM snapshot n WHERE n.campaign = s.campaign
             AND coalesce(n.address, n.place) = coalesce(s.address, s.place) AND n.kind = s.kind AND n.id > s.id)
         ORDER BY coalesce(s.address, s.place), s.id"
    ))?;
    let mut rows = statement.query([campaign.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(listed(row)?);
    }
    Ok(found)
}

/// Content by its hash.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn content(read: &Read<'_>, sha256: &str) -> Result<Vec<u8>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT content FROM evidence_content WHERE sha256 = ?1")?;
    statement
        .query_row([sha256], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::NoSuch {
            noun: "content",
            name: sha256.to_owned(),
        })
}

/// Notes that a finding is fine, in place of what was said of it before.
///
/// # Errors
/// Where the book cannot be written.
pub fn accept(write: &Write<'_>, row: &AcceptedRow) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT INTO finding_accepted (id, place, rule, excerpt, reason, accepted_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (place, rule, excerpt) DO UPDATE SET reason = excluded.reason, accepted_on = excluded.accepted_on,
             revision = revision + 1",
        (
            row.id.to_string(),
            &row.place,
            &row.rule,
            &row.excerpt,
            &row.reason,
            row.on.to_string(),
        ),
    )?;
    Ok(())
}

/// Takes an acceptance back.
///
/// # Errors
/// Where the book cannot be written.
pub fn reopen(write: &Write<'_>, place: &str, rule: &str, excerpt: &str) -> Result<(), StoreError> {
    write.0.execute(
        "DELETE FROM finding_accepted WHERE place = ?1 AND rule = ?2 AND excerpt = ?3",
        (place, rule, excerpt),
    )?;
    Ok(())
}

/// What was accepted of one place.
///
/// # Errors
/// Where the book cannot be read.
pub fn accepted(read: &Read<'_>, place: &str) -> Result<Vec<AcceptedRow>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM finding_accepted WHERE place = ?1 ORDER BY rule, excerpt")?;
    let mut rows = statement.query([place])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(AcceptedRow {
            id: parse(&col::<String>(row, "id")?)?,
            place: col(row, "place")?,
            rule: col(row, "rule")?,
            excerpt: col(row, "excerpt")?,
            reason: col(row, "reason")?,
            on: parse(&col::<String>(row, "accepted_on")?)?,
        });
    }
    Ok(found)
}

fn hold(write: &Write<'_>, sha256: &str, content: &[u8]) -> Result<(), StoreError> {
    write.0.execute(
        "INSERT OR IGNORE INTO evidence_content (sha256, content) VALUES (?1, ?2)",
        (sha256, content),
    )?;
    Ok(())
}

/// The history keeps whole rows of `snapshot`, so a hash in one of its images is content that undo may still need.
fn sweep(write: &Write<'_>) -> Result<(), StoreError> {
    write.0.execute(
        "DELETE FROM evidence_content WHERE NOT EXISTS (
             SELECT 1 FROM snapshot s WHERE evidence_content.sha256 IN (s.sha256, s.words, s.picture))
         AND NOT EXISTS (SELECT 1 FROM change_row r WHERE r.table_name = 'snapshot'
             AND (instr(r.before, evidence_content.sha256) OR instr(r.after, evidence_content.sha256)))",
        [],
    )?;
    Ok(())
}

fn unknown(id: Uuid) -> StoreError {
    StoreError::NoSuch {
        noun: "snapshot",
        name: id.to_string(),
    }
}

fn listed(row: &Row<'_>) -> Result<SnapshotRow, StoreError> {
    let picture: Option<String> = col(row, "picture")?;
    let name: Option<String> = col(row, "picture_name")?;
    Ok(SnapshotRow {
        id: parse(&col::<String>(row, "id")?)?,
        kind: col(row, "kind")?,
        place: col(row, "place")?,
        address: col(row, "address")?,
        taken_at: instant(&col::<String>(row, "taken_at")?)?,
        program: col(row, "program_name")?,
        campaign: col(row, "campaign_name")?,
        channel: col(row, "channel")?,
        terms_version: col(row, "terms_version")?,
        rules_version: col(row, "rules_version")?,
        markets: col(row, "markets")?,
        sha256: col(row, "sha256")?,
        bytes: col(row, "bytes")?,
        words: col(row, "words")?,
        findings: col(row, "findings")?,
        errors: col(row, "errors")?,
        warnings: col(row, "warnings")?,
        picture: picture.zip(name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Book, Edit};
    use perennial_domain::ids::ChangeId;
    use std::sync::atomic::{AtomicU64, Ordering};

    static NEXT: AtomicU64 = AtomicU64::new(1);

    fn edit<T>(
        book: &Book,
        f: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let edit = Edit {
            id: ChangeId(Uuid::from_u128(u128::from(
                NEXT.fetch_add(1, Ordering::Relaxed),
            ))),
            at: DateTime::UNIX_EPOCH,
            label: "Kept a page".to_owned(),
        };
        book.edit(&edit, f)
    }

    fn new(number: u128, place: &str, content: &str) -> SnapshotNew {
        SnapshotNew {
            row: SnapshotRow {
                id: Uuid::from_u128(number),
                kind: "page".to_owned(),
                place: place.to_owned(),
                address: None,
                taken_at: DateTime::UNIX_EPOCH,
                program: None,
                campaign: None,
                channel: None,
                terms_version: "2026".to_owned(),
                rules_version: "1".to_owned(),
                markets: "us".to_owned(),
                sha256: format!("hash-of-{content}"),
                bytes: content.len() as u64,
                words: Some(format!("words-of-{content}")),
                findings: "[]".to_owned(),
                errors: 0,
                warnings: 0,
                picture: None,
            },
            program: None,
            campaign: None,
            content: content.as_bytes().to_vec(),
            words: Some(content.as_bytes().to_vec()),
        }
    }

    fn held(book: &Book) -> u64 {
        book.read(|read| {
            Ok(read
                .0
                .query_row("SELECT count(*) FROM evidence_content", [], |row| {
                    row.get(0)
                })?)
        })
        .unwrap()
    }

    #[test]
    fn a_removed_copy_comes_back_whole_and_content_goes_when_nothing_can_bring_it_back() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().join("book")).unwrap();
        edit(&book, |write| add(write, &new(1, "a.html", "first"))).unwrap();
        edit(&book, |write| remove(write, Uuid::from_u128(1))).unwrap();
        assert!(book.read(|read| get(read, Uuid::from_u128(1))).is_err());
        edit(&book, |write| add(write, &new(2, "b.html", "second"))).unwrap();
        assert_eq!(held(&book), 4, "undo may still need what was removed");
        book.undo().unwrap();
        book.undo().unwrap();
        let back = book.read(|read| get(read, Uuid::from_u128(1))).unwrap();
        assert_eq!(back, new(1, "a.html", "first").row);
        assert_eq!(
            book.read(|read| content(read, &back.sha256)).unwrap(),
            b"first"
        );
        // Something new ends what could be redone, so the second copy can never come back.
        edit(&book, |write| {
            attach(write, back.id, "a.png", "hash-of-picture", b"p")
        })
        .unwrap();
        edit(&book, |write| add(write, &new(3, "a.html", "third"))).unwrap();
        assert_eq!(held(&book), 5);
        assert!(book.read(|read| content(read, "hash-of-second")).is_err());
    }

    #[test]
    fn each_place_shows_its_latest_copy_and_what_was_accepted_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::create(&folder.path().join("book")).unwrap();
        let campaign = CampaignId(Uuid::from_u128(9));
        book.write(|write| {
            write.0.execute(
                "INSERT INTO campaign (id, name) VALUES (?1, 'Spring')",
                [campaign.to_string()],
            )?;
            Ok(())
        })
        .unwrap();
        for (number, place) in [(1, "a.html"), (2, "b.html"), (3, "a.html")] {
            let mut one = new(number, place, place);
            one.campaign = Some(campaign);
            edit(&book, |write| add(write, &one)).unwrap();
        }
        let ids = |rows: Vec<SnapshotRow>| -> Vec<u128> {
            rows.iter().map(|row| row.id.as_u128()).collect()
        };
        assert_eq!(
            ids(book.read(|read| latest(read, campaign)).unwrap()),
            [3, 2]
        );
        let of = |filter: SnapshotFilter| ids(book.read(|read| page(read, &filter, 10)).unwrap());
        assert_eq!(of(SnapshotFilter::default()), [3, 2, 1]);
        assert_eq!(
            of(SnapshotFilter {
                place: Some("a.html".to_owned()),
                before: Some(Uuid::from_u128(3)),
                ..SnapshotFilter::default()
            }),
            [1]
        );
        assert_eq!(
            of(SnapshotFilter {
                search: "B.".to_owned(),
                ..SnapshotFilter::default()
            }),
            [2]
        );
        let row = AcceptedRow {
            id: Uuid::from_u128(5),
            place: "a.html".to_owned(),
            rule: "income-claim".to_owned(),
            excerpt: "$5,000".to_owned(),
            reason: "Quoted from a court".to_owned(),
            on: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(),
        };
        edit(&book, |write| accept(write, &row)).unwrap();
        assert_eq!(book.read(|read| accepted(read, "a.html")).unwrap(), [row]);
        edit(&book, |write| {
            reopen(write, "a.html", "income-claim", "$5,000")
        })
        .unwrap();
        assert!(
            book.read(|read| accepted(read, "a.html"))
                .unwrap()
                .is_empty()
        );
    }
}
