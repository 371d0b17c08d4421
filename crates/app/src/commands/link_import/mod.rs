//! Links from other tools: what is in a file, what would come of it, and one step of the history that takes it.

mod columns;
mod file;

use super::{
    link_draft::{Parts, dto},
    link_shelf::{named, tags_of},
};
use crate::{
    App, Failure,
    dto::{LinkDto, LinkFile, LinkImport, LinkImportDone, PathInput, Refused},
    jobs::Job,
};
use chrono::{DateTime, Utc};
use columns::Columns;
use file::Rows;
use perennial_domain::{
    channel::Channel,
    ids::{LinkId, ProgramId},
    link::{Link, check_address, code_of, covers},
    program::Program,
};
use perennial_store::{
    StoreError,
    table::{
        channel,
        link::{self, LinkRow},
        link_find::{self, LinkFilter},
        link_shelf::{self, Shelf, ShelfEdit},
        program,
    },
};
use std::collections::{HashMap, HashSet};

/// Links that are given back to be looked at.
const SAMPLE: usize = 10;

/// Looks into a file: its columns, its first rows, and the tool that it is from where the header tells.
///
/// # Errors
/// Where it cannot be read or has no header.
pub fn look(_: &App, input: PathInput) -> Result<LinkFile, Failure> {
    let rows = Rows::open(&input.path)?;
    let source = columns::tool_of(&rows.header);
    let columns = match source {
        Some(tool) => tool.columns(),
        None => columns::guess(&rows.header),
    };
    Ok(LinkFile {
        rows: rows
            .records
            .iter()
            .take(SAMPLE)
            .map(|(_, cells)| cells.clone())
            .collect(),
        source: source.map(|tool| tool.name.to_owned()),
        header: rows.header,
        columns,
    })
}

/// Takes links from another tool's file, in one step of the history. Their addresses stay as they are. Rows that no link
/// can be made of are refused with their reason; the others land.
///
/// # Errors
/// Where the file cannot be read, a column is missing, or a name is not known; then nothing is made.
pub fn import(app: &App, input: LinkImport) -> Result<LinkImportDone, Failure> {
    app.jobs
        .run(input.job.as_deref(), |job| run(app, &input, job))
}

fn run(app: &App, input: &LinkImport, job: &Job) -> Result<LinkImportDone, Failure> {
    let rows = Rows::open(&input.path)?;
    let (source, columns) = columns::choose(input, &rows.header)?;
    let mut desk = Desk::new(app, input)?;
    let mut done = LinkImportDone {
        read: 0,
        new: 0,
        same: 0,
        refused: Vec::new(),
        dry_run: input.dry_run,
        source,
        sample: Vec::new(),
    };
    let mut made = Vec::new();
    let total = rows.records.len() as u64;
    for (line, cells) in &rows.records {
        done.read += 1;
        if job.cancelled() {
            return Err(StoreError::Cancelled.into());
        }
        match desk.draft(app, &columns, cells) {
            Ok(Some(draft)) => made.push(draft),
            Ok(None) => done.same += 1,
            Err((column, failure)) => done.refused.push(Refused {
                line: Some(*line),
                column,
                reason: failure.message,
                text: cells.join(","),
            }),
        }
        job.report(done.read, total);
    }
    done.new = made.len() as u64;
    let now = app.now();
    done.sample = made.iter().take(SAMPLE).map(|one| one.shown(now)).collect();
    if !input.dry_run && !made.is_empty() {
        app.edit(format!("Imported {} links", made.len()), |write| {
            for one in &made {
                if job.cancelled() {
                    return Err(StoreError::Cancelled);
                }
                link::insert(write, &one.link, now)?;
                if one.edit != ShelfEdit::default() {
                    link_shelf::edit(write, &[one.link.id], &one.edit)?;
                }
            }
            Ok(())
        })?;
    }
    Ok(done)
}

/// A link that would be made.
struct Made {
    link: Link,
    edit: ShelfEdit,
    program: String,
    channel: Channel,
}

impl Made {
    fn shown(&self, now: DateTime<Utc>) -> LinkDto {
        let row = LinkRow {
            link: self.link.clone(),
            created_at: now,
            program: self.program.clone(),
            destination: None,
            channel: self.channel.name.clone(),
            channel_kind: self.channel.kind.word().to_owned(),
            campaign: None,
            referrals: 0,
            earned: Vec::new(),
            shelf: Shelf {
                tags: self.edit.add_tags.clone(),
                folder: self.edit.folder.clone().unwrap_or_default(),
                expires_on: None,
            },
            health: perennial_domain::link_health::Health::default(),
        };
        dto(row, now.date_naive())
    }
}

/// What rows are made into links with.
struct Desk {
    programs: Vec<Program>,
    chosen: Option<Program>,
    channels: HashMap<String, Channel>,
    channel: Option<Channel>,
    folder: Option<String>,
    /// Addresses that the book has, by program and channel.
    known: HashSet<(ProgramId, String, String)>,
}

type Fault = (Option<String>, Failure);

impl Desk {
    fn new(app: &App, input: &LinkImport) -> Result<Self, Failure> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let chosen = given(&input.program)
            .map(|name| Parts::load(app, &name))
            .transpose()?
            .map(|parts| parts.program);
        let (programs, channels, channel, links) = app.read(|read| {
            let channel = given(&input.channel)
                .map(|name| channel::get(read, &name))
                .transpose()?;
            let every = LinkFilter {
                archived: true,
                ..LinkFilter::default()
            };
            Ok((
                program::list(read)?,
                channel::list(read)?,
                channel,
                link_find::addresses(read, &every)?,
            ))
        })?;
        Ok(Self {
            programs,
            chosen,
            channels: channels
                .into_iter()
                .map(|row| (row.name.to_lowercase(), row))
                .collect(),
            channel,
            folder: given(&input.folder).as_deref().map(named).transpose()?,
            known: links.into_iter().collect(),
        })
    }

    /// The program whose hosts cover an address, else the one that was chosen.
    fn program(&self, host: &str, column: &str) -> Result<&Program, Fault> {
        let by_host = self
            .programs
            .iter()
            .find(|row| !row.archived && covers(&row.link_style.hosts, host));
        by_host.or(self.chosen.as_ref()).ok_or_else(|| {
            fault(
                column,
                "link.no_program",
                format!("{host} belongs to no program of the book."),
                "Choose a program for such rows (--program).",
            )
        })
    }

    /// The channel that a row names, else the one for all rows.
    fn channel(&self, name: &str) -> Result<Channel, Fault> {
        let (found, says) = if name.is_empty() {
            let says = "No channel is chosen for this row.".to_owned();
            (self.channel.clone(), says)
        } else {
            let found = self.channels.get(&name.to_lowercase()).cloned();
            (found, format!("There is no channel “{name}”."))
        };
        found.ok_or_else(|| {
            fault(
                "channel",
                "link.no_channel",
                says,
                "Choose one for all rows (--channel), or add it.",
            )
        })
    }

    /// A link of a row; none where the book has it.
    fn draft(
        &mut self,
        app: &App,
        columns: &Columns,
        cells: &[String],
    ) -> Result<Option<Made>, Fault> {
        let cell = |at: Option<usize>| {
            at.and_then(|at| cells.get(at))
                .map_or("", |text| text.trim())
        };
        let wrong = |column: &str| {
            let column = column.to_owned();
            move |failure: Failure| (Some(column), failure)
        };
        let column = columns.address.1.as_str();
        let url = check_address(cell(Some(columns.address.0)))
            .map_err(|error| wrong(column)(super::program::link_refused(&error)))?;
        let program = self.program(url.host_str().unwrap_or_default(), column)?;
        let (id, slug) = (program.id, program.slug.clone());
        let value = |param: &str| {
            url.query_pairs()
                .find(|(name, _)| name == param)
                .map(|(_, value)| value.into_owned())
        };
        let sub_ids: Vec<String> = program
            .link_style
            .sub_ids
            .iter()
            .filter_map(|slot| value(&slot.param))
            .collect();
        let channel = self.channel(cell(columns.channel))?;
        let address = url.to_string();
        let new = self
            .known
            .insert((id, channel.id.to_string(), address.clone()));
        if !new {
            return Ok(None);
        }
        let tags: Vec<String> = cell(columns.tags)
            .split([',', ';', '|'])
            .map(str::to_owned)
            .collect();
        let edit = ShelfEdit {
            add_tags: tags_of(&tags).map_err(wrong("tags"))?,
            folder: match cell(columns.folder) {
                "" => self.folder.clone(),
                name => Some(named(name).map_err(wrong("folder"))?),
            },
            ..ShelfEdit::default()
        };
        let short = cell(columns.short);
        let label = match cell(columns.label) {
            "" => short,
            label => label,
        };
        let note = match (cell(columns.note), short) {
            (note, "") => note.to_owned(),
            ("", short) => short.to_owned(),
            (note, short) => format!("{short}\n{note}"),
        };
        let link: LinkId = app.id();
        Ok(Some(Made {
            link: Link {
                id: link,
                program: id,
                destination: None,
                channel: channel.id,
                campaign: None,
                label: label.to_owned(),
                code: code_of(link),
                url: address,
                sub_ids,
                note,
                archived: false,
                revision: 1,
            },
            edit,
            program: slug,
            channel,
        }))
    }
}

fn fault(column: &str, code: &str, says: String, hint: &str) -> Fault {
    (
        Some(column.to_owned()),
        Failure::refused(code, says).hint(hint),
    )
}
