//! The program notebook: what programs announced and wrote.

use super::{MAX_PAGE, PAGE};
use crate::{
    App, Failure,
    dto::{ById, Empty, EntryDetail, EntryDto, EntryList, EntrySave, MailImport, Page},
    files::{self, mail},
};
use chrono::NaiveDate;
use perennial_domain::{
    ids::ProgramId,
    notebook::{Entry, Origin, tags},
};
use perennial_store::{
    Read, StoreError,
    table::{
        campaign, contact,
        notebook::{self, EntryFilter, EntryRow},
        program, swipe,
    },
};
use std::path::Path;

/// Letters of an entry's words that a list shows.
const EXCERPT: usize = 200;

/// The entries, the newest first.
///
/// # Errors
/// Where the program is not known.
pub fn list(app: &App, input: EntryList) -> Result<Page<EntryDto>, Failure> {
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let after: u64 = input
        .after
        .as_deref()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let filter = EntryFilter {
        program: program(app, input.program.as_deref())?,
        search: input.search,
        tag: input.tag,
    };
    let (rows, total) = app.read(|read| notebook::page(read, &filter, after, limit))?;
    let seen = after.saturating_add(rows.len() as u64);
    Ok(Page {
        items: rows.into_iter().map(dto).collect(),
        next: (seen < total).then(|| seen.to_string()),
        total: Some(total),
    })
}

/// An entry with all its words.
///
/// # Errors
/// Where there is no such entry.
pub fn show(app: &App, input: ById) -> Result<EntryDetail, Failure> {
    let row = app.read(|read| notebook::get(read, &input.id))?;
    Ok(detail(row, Vec::new()))
}

/// Adds or changes an entry.
///
/// # Errors
/// Where what it is tied to is not known, or it says nothing.
pub fn save(app: &App, input: EntrySave) -> Result<EntryDetail, Failure> {
    let (mut row, new) = match &input.id {
        Some(id) => (app.read(|read| notebook::get(read, id))?.entry, false),
        None => (blank(app)?, true),
    };
    if input.program.is_some() {
        let given = program(app, input.program.as_deref())?;
        if given != row.program {
            // A version belongs to the program that it was of.
            row.terms_version = None;
        }
        row.program = given;
    }
    if row.program.is_none() && new {
        return Err(no_program(
            "entry.no_program",
            "Say which program this is about.",
        ));
    }
    if let Some(on) = &input.on {
        row.on = day(on)?;
    }
    let text =
        |given: Option<String>, kept: String| given.map_or(kept, |text| text.trim().to_owned());
    row.title = text(input.title, row.title);
    row.sender = text(input.sender, row.sender);
    row.body = text(input.body, row.body);
    check_length(&row)?;
    if row.title.is_empty() {
        row.title = first_line(&row.body);
    }
    if row.title.is_empty() {
        return Err(
            Failure::refused("entry.empty", "An entry needs a title or some words.")
                .hint("Paste what the program announced."),
        );
    }
    if let Some(words) = &input.tags {
        row.tags = tags(words);
    }
    let wanted = |text: &Option<String>| text.as_deref().map(str::trim).map(str::to_owned);
    app.read(|read| {
        if let Some(name) = wanted(&input.terms_version) {
            row.terms_version = version(read, row.program, &name)?;
        }
        if let Some(title) = wanted(&input.swipe) {
            row.swipe = if title.is_empty() {
                None
            } else {
                Some(swipe::get(read, &title)?.swipe.id)
            };
        }
        if let Some(name) = wanted(&input.campaign) {
            row.campaign = if name.is_empty() {
                None
            } else {
                Some(campaign::get(read, &name)?.id)
            };
        }
        Ok(())
    })?;
    let label = if new {
        format!("Noted “{}”", short(&row.title))
    } else {
        format!("Changed the entry “{}”", short(&row.title))
    };
    write(app, label, &row, Vec::new())
}

/// Takes a mail into the notebook, from a file.
///
/// # Errors
/// Where the file holds no mail, the mail is in the notebook already, or nobody can tell which program it is from.
pub fn import(app: &App, input: MailImport) -> Result<EntryDetail, Failure> {
    let given = program(app, input.program.as_deref())?;
    let mail = mail::read(&files::read_bytes(Path::new(&input.path))?)?;
    if let Some(id) = &mail.message_id
        && app.read(|read| notebook::by_message(read, id))?.is_some()
    {
        return Err(Failure::refused(
            "entry.already",
            format!(
                "The mail “{}” is in the notebook already.",
                short(&mail.subject)
            ),
        )
        .hint("Nothing was changed."));
    }
    let program = match given {
        Some(program) => program,
        None => sender_program(app, &mail.address)?.ok_or_else(|| {
            no_program(
                "mail.which_program",
                "Nobody can tell from the sender which program this mail is from.",
            )
            .hint("Note the sender as a contact, and the next mail finds its program by itself.")
        })?,
    };
    let mut notes = Vec::new();
    if mail.cut {
        notes.push(format!(
            "The mail was longer than {} letters; the rest was left out.",
            mail::MAX_BODY
        ));
    }
    if !mail.attachments.is_empty() {
        notes.push(format!(
            "Attachments were left out: {}.",
            mail.attachments.join(", ")
        ));
    }
    let row = Entry {
        program: Some(program),
        on: match mail.at {
            Some(at) => at.with_timezone(&app.zone()?).date_naive(),
            None => app.today()?,
        },
        title: [mail.subject, first_line(&mail.text)]
            .into_iter()
            .find(|title| !title.is_empty())
            .unwrap_or_else(|| "Mail without a subject".to_owned()),
        sender: match (mail.name.is_empty(), mail.address.is_empty()) {
            (false, false) => format!("{} <{}>", mail.name, mail.address),
            _ => mail.name + &mail.address,
        },
        body: mail.text,
        origin: Origin::Mail,
        message_id: mail.message_id,
        tags: tags(&input.tags),
        ..blank(app)?
    };
    write(
        app,
        format!("Took in the mail “{}”", short(&row.title)),
        &row,
        notes,
    )
}

/// Takes an entry out.
///
/// # Errors
/// Where there is no such entry.
pub fn remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let row = app.read(|read| notebook::get(read, &input.id))?.entry;
    app.edit(
        format!("Took out the entry “{}”", short(&row.title)),
        |write| notebook::remove(write, row.id),
    )?;
    Ok(Empty {})
}

/// The program of a slug or an id; none where none is given.
pub(super) fn program(app: &App, slug: Option<&str>) -> Result<Option<ProgramId>, Failure> {
    slug.map(str::trim)
        .filter(|slug| !slug.is_empty())
        .map(|slug| super::program::find(app, slug).map(|program| program.id))
        .transpose()
}

/// A day as people write it here.
pub(super) fn day(text: &str) -> Result<NaiveDate, Failure> {
    text.trim().parse().map_err(|_| {
        Failure::refused("notebook.bad_day", format!("“{text}” is not a day."))
            .hint("Write it as 2026-03-31.")
    })
}

fn no_program(code: &str, message: &str) -> Failure {
    Failure::refused(code, message).hint("Name one that `perennial program list` shows.")
}

fn blank(app: &App) -> Result<Entry, Failure> {
    Ok(Entry {
        id: app.id(),
        program: None,
        on: app.today()?,
        title: String::new(),
        sender: String::new(),
        body: String::new(),
        origin: Origin::Written,
        message_id: None,
        terms_version: None,
        swipe: None,
        campaign: None,
        tags: Vec::new(),
        revision: 1,
    })
}

fn check_length(row: &Entry) -> Result<(), Failure> {
    let long = |text: &str, most: usize| text.chars().nth(most).is_some();
    if long(&row.body, mail::MAX_BODY)
        || long(&row.title, mail::MAX_LINE)
        || long(&row.sender, mail::MAX_LINE)
    {
        return Err(Failure::refused(
            "entry.too_long",
            format!(
                "An entry holds {} letters, its title and sender {} each.",
                mail::MAX_BODY,
                mail::MAX_LINE
            ),
        )
        .hint("Keep what matters, or part it into two entries."));
    }
    Ok(())
}

fn version(
    read: &Read<'_>,
    program: Option<ProgramId>,
    name: &str,
) -> Result<Option<uuid::Uuid>, StoreError> {
    match program {
        _ if name.is_empty() => Ok(None),
        Some(program) => notebook::terms_version(read, program, name).map(Some),
        None => Err(StoreError::NoSuch {
            noun: "terms version",
            name: name.to_owned(),
        }),
    }
}

/// Which program a sender writes for: that of the contact with the address, else the one program whose site or links
/// have the sender's host.
fn sender_program(app: &App, address: &str) -> Result<Option<ProgramId>, Failure> {
    let Some((_, host)) = address.rsplit_once('@') else {
        return Ok(None);
    };
    let host = host.to_lowercase();
    let (known, programs) =
        app.read(|read| Ok((contact::program_of(read, address)?, program::list(read)?)))?;
    if known.is_some() {
        return Ok(known);
    }
    let mut of_host = programs.iter().filter(|program| {
        let site = program.website.as_deref().and_then(site_host);
        let hosts = program
            .link_style
            .hosts
            .iter()
            .map(|host| host.trim_start_matches('.').to_lowercase());
        hosts.chain(site).any(|own| same_site(&host, &own))
    });
    match (of_host.next(), of_host.next()) {
        (Some(program), None) => Ok(Some(program.id)),
        _ => Ok(None),
    }
}

/// The host of an address, without `www.`.
fn site_host(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    host.contains('.').then_some(host)
}

/// Whether a sender's host is that of a site, or below it, or the site's is below the sender's (`try.kartra.com` and
/// `kartra.com`).
fn same_site(sender: &str, own: &str) -> bool {
    let below = |lower: &str, upper: &str| {
        upper.contains('.')
            && lower
                .strip_suffix(upper)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    below(sender, own) || below(own, sender)
}

fn write(
    app: &App,
    label: String,
    row: &Entry,
    notes: Vec<String>,
) -> Result<EntryDetail, Failure> {
    app.edit(label, |write| notebook::save(write, row))?;
    let row = app.read(|read| notebook::get(read, &row.id.to_string()))?;
    Ok(detail(row, notes))
}

/// The first line that says something, as a title.
fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    short(line.unwrap_or_default())
}

fn short(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

fn detail(row: EntryRow, notes: Vec<String>) -> EntryDetail {
    EntryDetail {
        body: row.entry.body.clone(),
        entry: dto(row),
        notes,
    }
}

fn dto(row: EntryRow) -> EntryDto {
    let words = row.entry.body.split_whitespace().take(EXCERPT);
    let mut excerpt = words.collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = excerpt.char_indices().nth(EXCERPT) {
        excerpt.truncate(at);
        excerpt.push('…');
    }
    EntryDto {
        id: row.entry.id.to_string(),
        program: row.program,
        on: row.entry.on.to_string(),
        title: row.entry.title,
        sender: row.entry.sender,
        excerpt,
        origin: row.entry.origin.word().to_owned(),
        tags: row.entry.tags,
        terms_version: row.terms_version,
        terms_from: row.terms_from,
        swipe: row.swipe,
        campaign: row.campaign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_told_by_the_host() {
        assert_eq!(
            site_host("https://www.Kartra.com/partners").as_deref(),
            Some("kartra.com")
        );
        assert!(same_site("mail.kartra.com", "kartra.com"));
        assert!(same_site("kartra.com", "try.kartra.com"));
        assert!(!same_site("notkartra.com", "kartra.com"));
        assert!(!same_site("kartra.com.example", "kartra.com"));
        assert!(!same_site("com", "kartra.com"));
    }
}
