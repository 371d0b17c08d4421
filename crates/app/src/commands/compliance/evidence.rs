//! Dated copies of what was published: kept in the book with what was found, listed, accepted, written as files.

use super::checklist::terms_version;
use crate::{
    App, Failure,
    commands::{MAX_PAGE, PAGE, program::find, terms_view},
    dto::{
        ById, Empty, EvidenceAttach, EvidenceDetail, EvidenceExport, EvidenceQuery, EvidenceRow,
        FindingAccept, FindingDto, KeptFinding, Page, Written,
    },
    files,
};
use perennial_compliance::{Market, registry::RULES_VERSION};
use perennial_domain::ids::CampaignId;
use perennial_store::table::{
    campaign as campaigns,
    snapshot::{self, AcceptedRow, SnapshotFilter, SnapshotNew, SnapshotRow},
};
use sha2::{Digest as _, Sha256};
use std::path::Path;
use uuid::Uuid;

/// Largest page, text or list that is kept.
const MAX_CONTENT_BYTES: usize = 8 * 1024 * 1024;
/// Largest picture that is kept.
const MAX_PICTURE_BYTES: u64 = 10 * 1024 * 1024;
/// Characters of a copy's words that are shown.
const SHOWN: usize = 100_000;
/// Characters of the words that a finding is about.
const EXCERPT: usize = 160;

/// What was checked.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Page,
    Text,
    Keywords,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Text => "text",
            Self::Keywords => "keywords",
        }
    }
}

/// Something that was checked and shall be kept.
pub(super) struct Taken<'a> {
    pub kind: Kind,
    pub place: String,
    pub address: Option<String>,
    pub channel: Option<String>,
    pub program: Option<&'a str>,
    pub campaign: Option<&'a str>,
    pub markets: &'a [Market],
    /// Byte for byte.
    pub content: Vec<u8>,
    /// The content as text, in which findings have their spans.
    pub source: &'a str,
    /// What readers see, where that is another text.
    pub words: Option<String>,
    pub findings: &'a [FindingDto],
}

/// Keeps a copy, as a step of the history.
pub(super) fn keep(app: &App, taken: Taken<'_>) -> Result<EvidenceRow, Failure> {
    let place = taken.place.trim().to_owned();
    if place.is_empty() {
        return Err(
            Failure::refused("snapshot.unnamed", "The copy needs a name.")
                .hint("Name it after the file or the place where the text will stand."),
        );
    }
    if taken.content.len() > MAX_CONTENT_BYTES {
        return Err(Failure::refused(
            "snapshot.too_large",
            "A copy kept in the book has 8 MB at most.",
        )
        .hint("Keep it as files with --keep DIR."));
    }
    let program = match taken.program {
        Some(slug) => Some(find(app, slug)?),
        // The built-in rules also serve a book without their program.
        None => find(app, "kartra").ok(),
    };
    let terms = match &program {
        Some(row) => terms_version(app, &terms_view::Book::load(app, row.clone())?)?,
        None => String::new(),
    };
    let campaign = taken
        .campaign
        .map(|name| app.read(|read| campaigns::get(read, name)))
        .transpose()?;
    let count = |severity: &str| {
        let found = taken.findings.iter().filter(|one| one.severity == severity);
        u32::try_from(found.count()).unwrap_or(u32::MAX)
    };
    let findings: Vec<KeptFinding> = taken
        .findings
        .iter()
        .map(|found| KeptFinding::of(found, excerpt(taken.source, found)))
        .collect();
    let markets: Vec<&str> = taken.markets.iter().map(|market| market.word()).collect();
    let words = taken.words.map(String::into_bytes);
    let row = SnapshotRow {
        id: app.id(),
        kind: taken.kind.word().to_owned(),
        place,
        address: taken.address,
        taken_at: app.now(),
        program: program.as_ref().map(|row| row.slug.clone()),
        campaign: campaign.as_ref().map(|row| row.name.clone()),
        channel: taken.channel,
        terms_version: terms,
        rules_version: RULES_VERSION.to_owned(),
        markets: markets.join(","),
        sha256: hash(&taken.content),
        bytes: taken.content.len() as u64,
        words: words.as_deref().map(hash),
        findings: serde_json::to_string(&findings).map_err(|error| unreadable(&error))?,
        errors: count("error"),
        warnings: count("warning"),
        picture: None,
    };
    let label = format!("Kept a copy of {}", row.key());
    let id = row.id;
    let new = SnapshotNew {
        row,
        program: program.map(|row| row.id),
        campaign: campaign.map(|row| row.id),
        content: taken.content,
        words,
    };
    app.edit(label, |write| snapshot::add(write, &new))?;
    Ok(show(app, ById { id: id.to_string() })?.copy)
}

/// Dated copies, the latest first.
///
/// # Errors
/// Where no book is open, or the campaign is not known.
pub fn list(app: &App, input: EvidenceQuery) -> Result<Page<EvidenceRow>, Failure> {
    let limit = input.limit.unwrap_or(PAGE).min(MAX_PAGE);
    let before = input.after.as_deref().map(id).transpose()?;
    let (mut rows, total) = app.read(|read| {
        let campaign = match input.campaign.as_deref() {
            Some(name) => Some(campaigns::get(read, name)?.id),
            None => None,
        };
        let filter = SnapshotFilter {
            search: input.search.clone(),
            campaign,
            place: None,
            before,
        };
        Ok((
            snapshot::page(read, &filter, limit.saturating_add(1))?,
            snapshot::count(read, campaign)?,
        ))
    })?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let items = rows
        .iter()
        .map(|row| Ok(read_copy(app, row)?.0))
        .collect::<Result<_, Failure>>()?;
    Ok(Page {
        items,
        next,
        total: input.search.trim().is_empty().then_some(total),
    })
}

/// A copy with everything.
///
/// # Errors
/// Where it is not known or cannot be read.
pub fn show(app: &App, input: ById) -> Result<EvidenceDetail, Failure> {
    let row = app.read(|read| snapshot::get(read, id_of(&input.id)?))?;
    let (copy, findings) = read_copy(app, &row)?;
    let content = app.read(|read| snapshot::content(read, &row.sha256))?;
    let words = words(app, &row)?;
    let picture = match &row.picture {
        Some((sha256, _)) => app.read(|read| snapshot::content(read, sha256))?,
        None => Vec::new(),
    };
    let intact = hash(&content) == row.sha256
        && row
            .words
            .as_ref()
            .is_none_or(|told| hash(words.as_bytes()) == *told)
        && row
            .picture
            .as_ref()
            .is_none_or(|(told, _)| hash(&picture) == *told);
    let previous = app.read(|read| {
        let filter = SnapshotFilter {
            place: Some(row.key().to_owned()),
            before: Some(row.id),
            ..SnapshotFilter::default()
        };
        let before = snapshot::page(read, &filter, 1)?;
        Ok(before.first().map(|row| row.id.to_string()))
    })?;
    Ok(EvidenceDetail {
        copy,
        text: words.chars().take(SHOWN).collect(),
        cut: words.chars().nth(SHOWN).is_some(),
        text_sha256: row.words.clone().unwrap_or_else(|| row.sha256.clone()),
        markets: row
            .markets
            .split(',')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
        findings,
        intact,
        picture_sha256: row.picture.map(|(sha256, _)| sha256),
        previous,
    })
}

/// Takes a copy out; undo brings it back.
///
/// # Errors
/// Where it is not known.
pub fn remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let id = id(&input.id)?;
    let row = app.read(|read| snapshot::get(read, id))?;
    app.edit(format!("Removed a copy of {}", row.key()), |write| {
        snapshot::remove(write, id)
    })?;
    Ok(Empty {})
}

/// Adds a picture that the user took.
///
/// # Errors
/// Where the copy is not known, or the file is no picture, unreadable or too large.
pub fn attach(app: &App, input: EvidenceAttach) -> Result<EvidenceDetail, Failure> {
    let id = id(&input.id)?;
    let row = app.read(|read| snapshot::get(read, id))?;
    let path = Path::new(&input.path);
    if std::fs::metadata(path).is_ok_and(|file| file.len() > MAX_PICTURE_BYTES) {
        return Err(
            Failure::refused("snapshot.picture_too_large", "A picture has 10 MB at most.")
                .hint("Save a part of the page, or a smaller picture."),
        );
    }
    let bytes = files::read_bytes(path)?;
    if picture_ending(&bytes).is_none() {
        return Err(Failure::refused(
            "snapshot.no_picture",
            format!("{} is no PNG, JPEG or WebP picture.", path.display()),
        )
        .hint("Save the screenshot as PNG."));
    }
    let (name, sha256) = (file_name(&input.path), hash(&bytes));
    app.edit(format!("Added a picture of {}", row.key()), |write| {
        snapshot::attach(write, id, &name, &sha256, &bytes)
    })?;
    show(app, ById { id: input.id })
}

/// Notes that a finding is fine, and why; or takes that back.
///
/// # Errors
/// Where the copy has no such finding, or the reason is empty.
pub fn finding_accept(app: &App, input: FindingAccept) -> Result<EvidenceDetail, Failure> {
    let now = show(
        app,
        ById {
            id: input.id.clone(),
        },
    )?;
    let row = app.read(|read| snapshot::get(read, id_of(&input.id)?))?;
    let wanted = |one: &&KeptFinding| one.rule == input.rule && one.excerpt == input.excerpt;
    if now.findings.iter().find(wanted).is_none() {
        return Err(Failure::refused(
            "finding.unknown",
            format!("The copy has no finding “{}” of these words.", input.rule),
        )
        .hint("See the copy for its findings."));
    }
    let reason = input.reason.as_deref().map(str::trim);
    if reason == Some("") {
        return Err(Failure::refused(
            "finding.no_reason",
            "Say why the finding is fine: an auditor will ask.",
        ));
    }
    let accepted = AcceptedRow {
        id: app.id(),
        place: row.key().to_owned(),
        rule: input.rule.clone(),
        excerpt: input.excerpt.clone(),
        reason: reason.unwrap_or_default().to_owned(),
        on: app.today()?,
    };
    let verb = if reason.is_some() {
        "Accepted"
    } else {
        "Reopened"
    };
    app.edit(format!("{verb} a finding in {}", row.key()), |write| {
        if reason.is_some() {
            snapshot::accept(write, &accepted)
        } else {
            snapshot::reopen(write, &accepted.place, &accepted.rule, &accepted.excerpt)
        }
    })?;
    show(app, ById { id: input.id })
}

/// Writes a copy as files: the content, its words, what was found, the picture.
///
/// # Errors
/// Where the copy is not known or the files cannot be written.
pub fn export(app: &App, input: EvidenceExport) -> Result<Written, Failure> {
    let row = app.read(|read| snapshot::get(read, id_of(&input.id)?))?;
    let folder = Path::new(&input.folder);
    std::fs::create_dir_all(folder).map_err(|error| {
        Failure::resource(
            "file.unwritable",
            format!("{} cannot be made: {error}.", folder.display()),
        )
        .hint("Choose another place, or check the permissions.")
    })?;
    let mut written = Vec::new();
    for file in copy_files(app, &row)? {
        let path = folder.join(&file.name);
        files::write(&path, file.content)?;
        written.push(path.display().to_string());
    }
    Ok(Written { files: written })
}

/// One file of a copy.
pub(super) struct CopyFile {
    pub name: String,
    pub what: &'static str,
    pub content: Vec<u8>,
}

/// The files of a copy, with names that tell the day and the copy.
pub(super) fn copy_files(app: &App, row: &SnapshotRow) -> Result<Vec<CopyFile>, Failure> {
    let (copy, findings) = read_copy(app, row)?;
    let stem = stem(row);
    let content = app.read(|read| snapshot::content(read, &row.sha256))?;
    let about = serde_json::json!({
        "copy": copy,
        "text_sha256": row.words.as_ref().unwrap_or(&row.sha256),
        "markets": row.markets.split(',').collect::<Vec<_>>(),
        "findings": findings,
    });
    let ending = if row.kind == "page" { "html" } else { "txt" };
    let mut files = vec![CopyFile {
        name: format!("{stem}.{ending}"),
        what: "What was published, byte for byte",
        content,
    }];
    if let Some(sha256) = &row.words {
        files.push(CopyFile {
            name: format!("{stem}.txt"),
            what: "The words that readers see",
            content: app.read(|read| snapshot::content(read, sha256))?,
        });
    }
    files.push(CopyFile {
        name: format!("{stem}.json"),
        what: "When and how it was checked, and what was found",
        content: format!("{about:#}\n").into_bytes(),
    });
    if let Some((sha256, _)) = &row.picture {
        let content = app.read(|read| snapshot::content(read, sha256))?;
        let ending = picture_ending(&content).unwrap_or("bin");
        files.push(CopyFile {
            name: format!("{stem}-picture.{ending}"),
            what: "A picture that the user took",
            content,
        });
    }
    Ok(files)
}

/// A copy as it is listed, and its findings with what was accepted of them.
pub(super) fn read_copy(
    app: &App,
    row: &SnapshotRow,
) -> Result<(EvidenceRow, Vec<KeptFinding>), Failure> {
    let mut findings: Vec<KeptFinding> =
        serde_json::from_str(&row.findings).map_err(|error| unreadable(&error))?;
    let known = app.read(|read| snapshot::accepted(read, row.key()))?;
    for finding in &mut findings {
        let fits = |one: &&AcceptedRow| one.rule == finding.rule && one.excerpt == finding.excerpt;
        if let Some(accepted) = known.iter().find(fits) {
            finding.accepted = Some(accepted.reason.clone());
            finding.accepted_on = Some(accepted.on.to_string());
        }
    }
    let count = |wanted: &dyn Fn(&KeptFinding) -> bool| {
        u32::try_from(findings.iter().filter(|one| wanted(one)).count()).unwrap_or(u32::MAX)
    };
    let open = |severity: &'static str| {
        count(&move |one: &KeptFinding| one.severity == severity && one.accepted.is_none())
    };
    let copy = EvidenceRow {
        id: row.id.to_string(),
        kind: row.kind.clone(),
        place: row.place.clone(),
        address: row.address.clone(),
        taken_at: row.taken_at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        program: row.program.clone(),
        campaign: row.campaign.clone(),
        channel: row.channel.clone(),
        terms_version: row.terms_version.clone(),
        rules_version: row.rules_version.clone(),
        sha256: row.sha256.clone(),
        bytes: row.bytes,
        errors: open("error"),
        warnings: open("warning"),
        accepted: count(&|one| one.accepted.is_some()),
        picture: row.picture.as_ref().map(|(_, name)| name.clone()),
    };
    Ok((copy, findings))
}

/// The words of a copy that readers see.
pub(super) fn words(app: &App, row: &SnapshotRow) -> Result<String, Failure> {
    let sha256 = row.words.as_ref().unwrap_or(&row.sha256);
    let bytes = app.read(|read| snapshot::content(read, sha256))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The latest copy of everything that a campaign published.
pub(super) fn latest(app: &App, campaign: CampaignId) -> Result<Vec<SnapshotRow>, Failure> {
    app.read(|read| snapshot::latest(read, campaign))
}

/// The identity that a caller gave.
pub(super) fn id(text: &str) -> Result<Uuid, Failure> {
    Ok(id_of(text)?)
}

pub(super) fn id_of(text: &str) -> Result<Uuid, perennial_store::StoreError> {
    Uuid::parse_str(text.trim()).map_err(|_| perennial_store::StoreError::NoSuch {
        noun: "snapshot",
        name: text.to_owned(),
    })
}

/// SHA-256, hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

/// A file's name without the folders, which are nobody's business.
pub(crate) fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(
        || path.to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// `20260301T101500Z-` and the last twelve letters of the identity, which no two copies share in practice.
fn stem(row: &SnapshotRow) -> String {
    let id = row.id.simple().to_string();
    format!(
        "{}-{}",
        row.taken_at.format("%Y%m%dT%H%M%SZ"),
        id.get(20..).unwrap_or(&id)
    )
}

fn excerpt(source: &str, found: &FindingDto) -> String {
    if let Some(keyword) = &found.keyword {
        return keyword.clone();
    }
    let Some((from, to)) = found.span else {
        return String::new();
    };
    let (from, to) = (from as usize, to as usize);
    let part: String = source
        .chars()
        .skip(from)
        .take(to.saturating_sub(from).min(EXCERPT))
        .collect();
    part.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ending of a picture that is recognised by its first bytes.
fn picture_ending(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some("png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("jpg"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("webp"),
        _ => None,
    }
}

fn unreadable(error: &serde_json::Error) -> Failure {
    Failure::resource(
        "book.unreadable",
        format!("What was found in a copy cannot be read: {error}."),
    )
    .hint("Run `perennial book check`.")
}
