//! Programs, their dated terms, the way in, and where their links lead.

use super::terms_view::{self, Book};
use crate::{
    App, Failure,
    dto::{
        ById, DestinationSave, JoiningSet, ListInput, Page, ProgramAdd, ProgramDetail, ProgramRow,
        ProgramTermsInput, ProgramUpdate, TermsDto, TermsSet,
    },
    error::Place,
    files::program::{self as document, ProgramFacts, date},
};
use perennial_domain::{
    ids::ProgramId,
    link::{LinkError, check_address},
    program::{
        Destination, DestinationKind, Joining, JoiningStep, Program, TermKey, TermsVersion,
        terms_on,
    },
};
use perennial_store::{
    StoreError, Write,
    table::{
        program,
        terms::{self, ClaimRow},
    },
};
use uuid::Uuid;

/// The programs.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn list(app: &App, input: ListInput) -> Result<Page<ProgramRow>, Failure> {
    let today = app.today()?;
    let search = input.search.to_lowercase();
    let mut items = Vec::new();
    for row in app.read(program::list)? {
        let named = row.name.to_lowercase().contains(&search) || row.slug.contains(&search);
        if named && (input.archived || !row.archived) {
            items.push(terms_view::row(&Book::load(app, row)?, today)?);
        }
    }
    Ok(super::whole(items, &input))
}

/// A program with everything.
///
/// # Errors
/// Where there is no such program.
pub fn show(app: &App, input: ById) -> Result<ProgramDetail, Failure> {
    let row = find(app, &input.id)?;
    let (book, today) = (Book::load(app, row)?, app.today()?);
    let mut detail = terms_view::detail(&book, today)?;
    detail.terms.sales_tier = terms_view::sales_tier(app, &book, today)?;
    Ok(detail)
}

/// What holds on a day.
///
/// # Errors
/// Where there is no such program or the day is no date.
pub fn terms(app: &App, input: ProgramTermsInput) -> Result<TermsDto, Failure> {
    let day = input
        .on
        .map_or_else(|| app.today(), |text| date(&text, "on"))?;
    let row = find(app, &input.id)?;
    let book = Book::load(app, row)?;
    let mut terms = terms_view::terms(&book, day)?;
    terms.sales_tier = terms_view::sales_tier(app, &book, day)?;
    Ok(terms)
}

/// Adds a program of the user's own.
///
/// # Errors
/// Where the document does not fit or the short name is in use.
pub fn add(app: &App, input: ProgramAdd) -> Result<ProgramDetail, Failure> {
    let facts = document::read(&input.toml)?;
    let label = format!("Added the program {}", facts.name);
    app.edit(label, |write| insert(app, write, &facts, false))?;
    show(app, ById { id: facts.slug })
}

/// Changes identity, link style or archive state.
///
/// # Errors
/// Where there is no such program.
pub fn update(app: &App, input: ProgramUpdate) -> Result<ProgramDetail, Failure> {
    let mut row = find(app, &input.id)?;
    if let Some(identity) = input.identity {
        row.identity = identity_of(&row, &identity)?;
    }
    if let Some(style) = input.link_style {
        row.link_style = document::link_style(style);
    }
    if let Some(archived) = input.archived {
        row.archived = archived;
    }
    app.edit(format!("Changed {}", row.name), |write| {
        program::update(write, &row)
    })?;
    show(app, ById { id: row.slug })
}

/// Sets own terms from a date on.
///
/// # Errors
/// Where a key or value does not fit, or the terms would no longer hold together.
pub fn set_terms(app: &App, input: TermsSet) -> Result<ProgramDetail, Failure> {
    let (book, version) = terms_version(app, input)?;
    let row = book.program;
    let label = format!("Set terms of {} from {} on", row.name, version.from);
    app.edit(label, |write| {
        terms::insert_version(write, app.id::<Uuid>(), row.id, &version)
    })?;
    show(app, ById { id: row.slug })
}

/// A version of own terms as it would be kept, and the book without it.
///
/// # Errors
/// As [`set_terms`].
pub(super) fn terms_version(app: &App, input: TermsSet) -> Result<(Book, TermsVersion), Failure> {
    let row = find(app, &input.id)?;
    let from = date(&input.from, "from")?;
    let refused = |key: &str, error: &dyn std::fmt::Display| {
        let words: Vec<&str> = TermKey::ALL.iter().map(|key| key.word()).collect();
        Failure::refused("terms.bad_value", format!("{error}."))
            .hint(format!("The terms are {}.", words.join(", ")))
            .at(Place {
                key: Some(key.to_owned()),
                ..Place::default()
            })
    };
    if input.values.is_empty() {
        return Err(refused("values", &"No term is set"));
    }
    let mut values = Vec::new();
    for (word, text) in &input.values {
        let key = TermKey::parse(word).map_err(|error| refused(word, &error))?;
        key.check(text).map_err(|error| refused(word, &error))?;
        values.push((key, text.trim().to_owned()));
    }
    let source = if input.source.trim().is_empty() {
        "Set by you"
    } else {
        input.source.trim()
    };
    let version = TermsVersion {
        from,
        version: format!("own {from}"),
        source: source.to_owned(),
        note: input.note,
        own: true,
        values,
    };
    let mut book = Book::load(app, row)?;
    book.versions.push(version.clone());
    for day in book.versions.iter().map(|version| version.from) {
        terms_on(&book.versions, &book.sets, day).map_err(|error| refused("values", &error))?;
    }
    book.versions.pop();
    Ok((book, version))
}

/// Takes or takes back a joining step.
///
/// # Errors
/// Where the step is not one of the way in, or the day is no date.
pub fn joining_set(app: &App, input: JoiningSet) -> Result<ProgramDetail, Failure> {
    let row = find(app, &input.program)?;
    let step = JoiningStep::parse(input.step.trim()).ok_or_else(|| {
        let words: Vec<&str> = JoiningStep::ALL.iter().map(|step| step.word()).collect();
        Failure::refused(
            "joining.unknown_step",
            format!("“{}” is not a joining step.", input.step),
        )
        .hint(format!("The steps are {}.", words.join(", ")))
    })?;
    let words = step.word().replace('_', " ");
    if let Some(text) = input.on {
        let taken = Joining {
            step,
            on: date(&text, "on")?,
            terms_version: input.terms_version,
            note: input.note,
        };
        let label = format!("Noted “{words}” for {}", row.name);
        app.edit(label, |write| program::set_joining(write, row.id, &taken))?;
    } else {
        let label = format!("Took back “{words}” for {}", row.name);
        app.edit(label, |write| program::clear_joining(write, row.id, step))?;
    }
    show(app, ById { id: row.slug })
}

/// Adds or changes a destination.
///
/// # Errors
/// Where the name is empty or in use, or the address cannot be a link.
pub fn destination_save(app: &App, input: DestinationSave) -> Result<ProgramDetail, Failure> {
    let row = find(app, &input.program)?;
    let name = input.name.trim().to_owned();
    if name.is_empty() {
        return Err(Failure::refused(
            "destination.no_name",
            "A destination needs a name.",
        ));
    }
    let kind = DestinationKind::parse(&input.kind).ok_or_else(|| {
        Failure::refused(
            "destination.unknown_kind",
            format!("“{}” is not a kind of destination.", input.kind),
        )
        .hint("The kinds are main, trial, landing, funnel and other.")
    })?;
    check_address(&input.url.replace("{identity}", "code"))
        .map_err(|error| link_refused(&error))?;
    let id = match &input.id {
        None => app.id(),
        Some(text) => text.parse().map_err(|_| StoreError::NoSuch {
            noun: "destination",
            name: text.clone(),
        })?,
    };
    let destination = Destination {
        id,
        program: row.id,
        name: name.clone(),
        kind,
        url: input.url.trim().to_owned(),
        archived: input.archived,
        revision: 1,
    };
    app.edit(format!("Saved the destination {name}"), |write| {
        program::save_destination(write, &destination)
    })?;
    show(app, ById { id: row.slug })
}

/// Puts the built-in programs into a new book.
///
/// # Errors
/// Where the book cannot be written.
pub fn seed(app: &App) -> Result<(), Failure> {
    for text in document::BUILT_IN {
        let facts = document::read(text)?;
        app.write(|write| insert(app, write, &facts, true))?;
    }
    Ok(())
}

/// The program of a short name or an id.
///
/// # Errors
/// `program.unknown`.
pub fn find(app: &App, slug_or_id: &str) -> Result<Program, Failure> {
    app.read(|read| program::get(read, slug_or_id))
        .map_err(|failure| match failure.code.as_str() {
            "program.unknown" => failure.hint("See `perennial program list`."),
            _ => failure,
        })
}

/// A refusal of a link, with its way out.
pub fn link_refused(error: &LinkError) -> Failure {
    let (code, hint) = match error {
        LinkError::NotAnAddress(_) | LinkError::NoHost => (
            "link.not_an_address",
            "Give a whole address such as https://try.kartra.com/anna.",
        ),
        LinkError::Scheme(_) => ("link.scheme", "Give an address that begins with https://."),
        LinkError::Credentials => ("link.credentials", "Leave the name and password out."),
        LinkError::ForeignHost(_) => (
            "link.foreign_host",
            "Check the address; if it is right, allow this host (--any-host).",
        ),
        LinkError::NoIdentity => (
            "link.no_identity",
            "Set your affiliate code in the program first (perennial program identity).",
        ),
        LinkError::TooLong { .. } => ("link.too_long", "Shorten the label or the name."),
        LinkError::NotAllowed { .. } => (
            "link.not_allowed",
            "Use one of the allowed values, or change the program's naming rules.",
        ),
    };
    Failure::refused(code, format!("{error}.")).hint(hint)
}

/// The affiliate's code from what was given: the code itself, or a whole tracking link that carries it.
///
/// # Errors
/// Where a link is of another host.
pub fn identity_of(row: &Program, given: &str) -> Result<Option<String>, Failure> {
    let given = given.trim();
    if given.is_empty() {
        return Ok(None);
    }
    let address = if given.contains("://") {
        given.to_owned()
    } else {
        format!("https://{given}")
    };
    let Some(url) = check_address(&address).ok().filter(|_| given.contains('/')) else {
        return Ok(Some(given.to_owned()));
    };
    let host = url.host_str().unwrap_or_default().to_owned();
    if let Some(param) = &row.link_style.identity_param
        && let Some((_, code)) = url.query_pairs().find(|(name, _)| name == param.as_str())
    {
        return Ok(Some(code.into_owned()));
    }
    let code = url
        .path_segments()
        .and_then(|mut parts| parts.next())
        .unwrap_or_default();
    // On a host that stands for many, the first part of the path is the vendor's, not the affiliate's.
    if !row.link_style.tracking_hosts.contains(&host) || code.is_empty() {
        return Err(Failure::refused(
            "program.no_code",
            format!("Your affiliate code cannot be read from “{given}”."),
        )
        .hint("Give the code alone, or your tracking link of this program."));
    }
    Ok(Some(code.to_owned()))
}

fn insert(
    app: &App,
    write: &Write<'_>,
    facts: &ProgramFacts,
    builtin: bool,
) -> Result<(), StoreError> {
    let id: ProgramId = app.id();
    program::insert(
        write,
        &Program {
            id,
            slug: facts.slug.clone(),
            name: facts.name.clone(),
            website: facts.website.clone(),
            network: facts.network.clone(),
            builtin,
            link_style: facts.link_style.clone(),
            identity: None,
            archived: false,
            revision: 1,
        },
    )?;
    for (name, kind, url) in &facts.destinations {
        let destination = Destination {
            id: app.id(),
            program: id,
            name: name.clone(),
            kind: *kind,
            url: url.clone(),
            archived: false,
            revision: 1,
        };
        program::save_destination(write, &destination)?;
    }
    for version in &facts.versions {
        terms::insert_version(write, app.id(), id, version)?;
    }
    for set in &facts.plan_sets {
        terms::insert_plan_set(write, id, set)?;
    }
    let claims: Vec<ClaimRow> = facts
        .claims
        .iter()
        .flat_map(|claim| {
            claim.says.iter().map(|(value, says, source)| ClaimRow {
                key: claim.key,
                value: value.clone(),
                says: says.clone(),
                source: source.clone(),
            })
        })
        .collect();
    terms::insert_claims(write, id, &claims)
}
