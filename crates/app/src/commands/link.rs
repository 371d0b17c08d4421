//! Tracking links: made for many channels at once, kept, shown as QR codes.

use super::{
    MAX_PAGE, PAGE,
    program::{find, link_refused},
};
use crate::{
    App, Failure,
    dto::{
        ById, LinkDto, LinkList, LinkNew, LinkUpdate, LinksMade, Page, PathInput, QrImage, QrInput,
        QrSave, Written,
    },
    files::{self, qr},
};
use chrono::{DateTime, Utc};
use perennial_domain::{
    campaign::Campaign,
    channel::Channel,
    ids::{DestinationId, LinkId},
    link::{Composed, Link, LinkRequest, code_of, compose},
    program::{Destination, DestinationKind, Program},
};
use perennial_store::table::{
    campaign, channel,
    link::{self, LinkFilter, LinkRow},
    program,
};
use std::path::Path;

/// Names and rows that links are made from.
pub(super) struct Parts {
    /// The program.
    pub program: Program,
    /// Its destinations.
    pub destinations: Vec<Destination>,
}

/// A link that is written but not saved.
pub(super) struct Draft {
    /// The link.
    pub link: Link,
    /// Whether it carries the affiliate's identity.
    pub identified: bool,
    channel: Channel,
    campaign: Option<String>,
    destination: Option<String>,
}

/// The links, newest first.
///
/// # Errors
/// Where a name that narrows the list is not known.
pub fn list(app: &App, input: LinkList) -> Result<Page<LinkDto>, Failure> {
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let (mut rows, total) = app.read(|read| {
        let filter = LinkFilter {
            program: input
                .program
                .as_deref()
                .map(|name| program::get(read, name))
                .transpose()?
                .map(|p| p.id),
            channel: input
                .channel
                .as_deref()
                .map(|name| channel::get(read, name))
                .transpose()?
                .map(|c| c.id),
            campaign: input
                .campaign
                .as_deref()
                .map(|name| campaign::get(read, name))
                .transpose()?
                .map(|c| c.id),
            before: input.after.as_deref().and_then(|text| text.parse().ok()),
            search: input.search.clone(),
            archived: input.archived,
        };
        Ok((
            link::page(read, &filter, limit + 1)?,
            link::count(read, &filter)?,
        ))
    })?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let next = rows
        .last()
        .filter(|_| more)
        .map(|row| row.link.id.to_string());
    Ok(Page {
        items: rows.into_iter().map(dto).collect(),
        next,
        total: Some(total),
    })
}

/// A link.
///
/// # Errors
/// Where there is no such link.
pub fn show(app: &App, input: ById) -> Result<LinkDto, Failure> {
    Ok(dto(app.read(|read| link::get(read, &input.id))?))
}

/// Shows the links that would be made.
///
/// # Errors
/// As [`new`].
pub fn preview(app: &App, input: LinkNew) -> Result<LinksMade, Failure> {
    let (program, drafts) = drafts(app, &input)?;
    let links = drafts
        .iter()
        .map(|draft| LinkDto {
            id: String::new(),
            ..draft_dto(&program, draft, app.now())
        })
        .collect();
    Ok(LinksMade {
        links,
        warnings: warnings(&program, &drafts),
    })
}

/// Makes links for one or many channels, in one step of the history.
///
/// # Errors
/// Where a name is not known or a link cannot be written as asked; then none is made.
pub fn new(app: &App, input: LinkNew) -> Result<LinksMade, Failure> {
    let (program, drafts) = drafts(app, &input)?;
    let now = app.now();
    let label = match drafts.as_slice() {
        [one] => format!("Made a link for {}", one.channel.name),
        many => format!("Made {} links", many.len()),
    };
    app.edit(label, |write| {
        drafts
            .iter()
            .try_for_each(|draft| link::insert(write, &draft.link, now))
    })?;
    let links = drafts
        .iter()
        .map(|draft| draft_dto(&program, draft, now))
        .collect();
    Ok(LinksMade {
        links,
        warnings: warnings(&program, &drafts),
    })
}

/// Changes a link's label, note or archive state; its address is out in the world and stays.
///
/// # Errors
/// Where there is no such link.
pub fn update(app: &App, input: LinkUpdate) -> Result<LinkDto, Failure> {
    let mut link = app.read(|read| link::get(read, &input.id))?.link;
    link.label = input.label.unwrap_or(link.label);
    link.note = input.note.unwrap_or(link.note);
    link.archived = input.archived.unwrap_or(link.archived);
    let label = match input.archived {
        Some(true) => "Archived a link",
        Some(false) => "Brought a link back",
        None => "Changed a link",
    };
    app.edit(label, |write| link::update(write, &link))?;
    show(
        app,
        ById {
            id: link.id.to_string(),
        },
    )
}

/// A link as a QR code.
///
/// # Errors
/// Where there is no such link, or it is too long for a QR code.
pub fn qr(app: &App, input: QrInput) -> Result<QrImage, Failure> {
    let url = show(app, ById { id: input.id })?.url;
    let data = match input.format.as_str() {
        "svg" => qr::svg(&url)?,
        "png" => qr::base64(&qr::png(&url)?),
        other => return Err(qr::unknown_format(other)),
    };
    Ok(QrImage {
        format: input.format,
        data,
    })
}

/// Writes a QR code into a file.
///
/// # Errors
/// As [`qr`], or where the file cannot be written.
pub fn qr_save(app: &App, input: QrSave) -> Result<Written, Failure> {
    let url = show(app, ById { id: input.id })?.url;
    let path = Path::new(&input.out);
    let ending = path
        .extension()
        .and_then(|text| text.to_str())
        .unwrap_or_default()
        .to_lowercase();
    let content = match ending.as_str() {
        "svg" => qr::svg(&url)?.into_bytes(),
        "png" => qr::png(&url)?,
        other => return Err(qr::unknown_format(other)),
    };
    files::write(path, content)?;
    Ok(Written {
        files: vec![input.out],
    })
}

/// Writes the links as CSV, in the form that `link bulk` reads, with the finished address beside.
///
/// # Errors
/// Where the file cannot be written.
pub fn export(app: &App, input: PathInput) -> Result<Written, Failure> {
    let mut out = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let failed = |error: csv::Error| {
        Failure::resource(
            "file.unwritable",
            format!("The links cannot be written: {error}."),
        )
    };
    out.write_record([
        "program",
        "channel",
        "campaign",
        "label",
        "destination",
        "url",
        "code",
        "note",
    ])
    .map_err(failed)?;
    let mut after = None;
    loop {
        let page = list(
            app,
            LinkList {
                search: String::new(),
                program: None,
                channel: None,
                campaign: None,
                archived: true,
                limit: Some(MAX_PAGE),
                after,
            },
        )?;
        for row in &page.items {
            let cells = [
                row.program.as_str(),
                &row.channel,
                row.campaign.as_deref().unwrap_or_default(),
                &row.label,
                row.destination.as_deref().unwrap_or_default(),
                &row.url,
                &row.code,
                &row.note,
            ];
            out.write_record(cells.map(files::formula_safe))
                .map_err(failed)?;
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let bytes = out
        .into_inner()
        .map_err(|error| failed(csv::Error::from(error.into_error())))?;
    files::write(Path::new(&input.path), bytes)?;
    Ok(Written {
        files: vec![input.path],
    })
}

pub use super::link_bulk::bulk;

impl Parts {
    /// Reads a program and its destinations.
    pub(super) fn load(app: &App, name: &str) -> Result<Self, Failure> {
        let program = find(app, name)?;
        let destinations = app.read(|read| program::destinations(read, program.id))?;
        Ok(Self {
            program,
            destinations,
        })
    }

    /// Writes one link.
    pub(super) fn draft(
        &self,
        id: LinkId,
        channel: &Channel,
        campaign: Option<&Campaign>,
        label: &str,
        destination: Option<&str>,
        any_host: bool,
    ) -> Result<Draft, Failure> {
        let (saved, address) = self.destination(destination)?;
        let code = code_of(id);
        let request = LinkRequest {
            destination: &address,
            identity: self.program.identity.as_deref(),
            program: &self.program.slug,
            channel: &channel.name,
            kind: channel.kind.word(),
            campaign: campaign.map(|row| row.name.as_str()).unwrap_or_default(),
            label,
            code: &code,
            any_host,
        };
        let Composed {
            url,
            sub_ids,
            identified,
        } = compose(&self.program.link_style, &request).map_err(|error| link_refused(&error))?;
        Ok(Draft {
            link: Link {
                id,
                program: self.program.id,
                destination: saved.map(|row| row.id),
                channel: channel.id,
                campaign: campaign.map(|row| row.id),
                label: label.trim().to_owned(),
                code,
                url,
                sub_ids,
                note: String::new(),
                archived: false,
                revision: 1,
            },
            identified,
            channel: channel.clone(),
            campaign: campaign.map(|row| row.name.clone()),
            destination: saved.map(|row| row.name.clone()),
        })
    }

    /// A saved destination by name or id, else an address; the main one where nothing is said.
    fn destination(&self, given: Option<&str>) -> Result<(Option<&Destination>, String), Failure> {
        let given = given.map(str::trim).filter(|text| !text.is_empty());
        let Some(given) = given else {
            let active = || self.destinations.iter().filter(|row| !row.archived);
            let main = active()
                .find(|row| row.kind == DestinationKind::Main)
                .or_else(|| active().next());
            return main.map(|row| (Some(row), row.url.clone())).ok_or_else(|| {
                Failure::refused(
                    "link.no_destination",
                    format!("{} has no destination yet.", self.program.name),
                )
                .hint("Add one in the program, or give an address (--destination).")
            });
        };
        let id: Option<DestinationId> = given.parse().ok();
        let saved = self
            .destinations
            .iter()
            .find(|row| Some(row.id) == id || row.name.to_lowercase() == given.to_lowercase());
        Ok(saved.map_or_else(
            || (None, given.to_owned()),
            |row| (Some(row), row.url.clone()),
        ))
    }
}

fn drafts(app: &App, input: &LinkNew) -> Result<(Program, Vec<Draft>), Failure> {
    if input.channels.is_empty() {
        return Err(Failure::refused(
            "link.no_channel",
            "Choose at least one channel.",
        ));
    }
    let parts = Parts::load(app, &input.program)?;
    let (channels, campaign) = app.read(|read| {
        let channels: Result<Vec<_>, _> = input
            .channels
            .iter()
            .map(|name| channel::get(read, name))
            .collect();
        let name = input
            .campaign
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty());
        Ok((
            channels?,
            name.map(|name| campaign::get(read, name)).transpose()?,
        ))
    })?;
    let drafts = channels
        .iter()
        .map(|channel| {
            let destination = input.destination.as_deref();
            parts.draft(
                app.id(),
                channel,
                campaign.as_ref(),
                &input.label,
                destination,
                input.any_host,
            )
        })
        .collect::<Result<_, _>>()?;
    Ok((parts.program, drafts))
}

/// What a user should know before such a link goes out.
pub(super) fn warnings(program: &Program, drafts: &[Draft]) -> Vec<String> {
    let mut warnings = Vec::new();
    if drafts.iter().any(|draft| !draft.identified) {
        let cause = match &program.identity {
            None => "your affiliate code is not set",
            Some(_) => "this address does not carry your affiliate code",
        };
        warnings.push(format!(
            "{}: {cause}, so these links earn nothing yet.",
            program.name
        ));
    }
    warnings
}

/// A draft as it will be listed.
pub(super) fn draft_dto(program: &Program, draft: &Draft, created_at: DateTime<Utc>) -> LinkDto {
    dto(LinkRow {
        link: draft.link.clone(),
        created_at,
        program: program.slug.clone(),
        destination: draft.destination.clone(),
        channel: draft.channel.name.clone(),
        channel_kind: draft.channel.kind.word().to_owned(),
        campaign: draft.campaign.clone(),
        referrals: 0,
        earned: Vec::new(),
    })
}

/// A saved link as it crosses the boundary.
pub(super) fn dto(row: LinkRow) -> LinkDto {
    LinkDto {
        id: row.link.id.to_string(),
        code: row.link.code,
        url: row.link.url,
        program: row.program,
        destination: row.destination,
        channel: row.channel,
        channel_kind: row.channel_kind,
        campaign: row.campaign,
        label: row.link.label,
        sub_ids: row.link.sub_ids,
        note: row.link.note,
        archived: row.link.archived,
        created_at: row
            .created_at
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        referrals: row.referrals,
        earned: row.earned.into_iter().map(Into::into).collect(),
        revision: row.link.revision,
    }
}
