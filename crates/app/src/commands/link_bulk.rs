//! Many links from a CSV file, in one transaction and one step of the history.

use super::link_draft::{Draft, Parts, draft_dto};
use crate::{
    App, Failure,
    dto::{LinkBulk, LinkBulkDone, Refused},
    files,
    jobs::Job,
};
use perennial_domain::{campaign::Campaign, channel::Channel};
use perennial_store::{
    StoreError,
    table::{campaign, channel, link},
};
use std::{
    collections::{HashMap, hash_map::Entry},
    path::Path,
};

/// Links that are given back to be looked at.
const SAMPLE: usize = 10;

/// Makes links from a CSV file with the columns program, channel, campaign, label and destination (the last three may
/// be missing or empty). Rows that cannot become a link are refused with their reason; the others land.
///
/// # Errors
/// Where the file cannot be read or a required column is missing; then nothing is made.
pub fn bulk(app: &App, input: LinkBulk) -> Result<LinkBulkDone, Failure> {
    app.jobs
        .run(input.job.as_deref(), |job| run(app, &input, job))
}

fn run(app: &App, input: &LinkBulk, job: &Job) -> Result<LinkBulkDone, Failure> {
    let text = files::read_text(Path::new(&input.path))?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let columns = Columns::of(reader.headers().map_err(|error| malformed(&error))?)?;
    let mut names = Names::new(app)?;
    let mut done = LinkBulkDone {
        read: 0,
        new: 0,
        refused: Vec::new(),
        dry_run: input.dry_run,
        sample: Vec::new(),
    };
    let mut drafts = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| malformed(&error))?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        done.read += 1;
        if job.cancelled() {
            return Err(StoreError::Cancelled.into());
        }
        match names.draft(&columns, &record) {
            Ok(draft) => drafts.push(draft),
            Err((column, failure)) => done.refused.push(Refused {
                line: record.position().map(csv::Position::line),
                column: column.map(str::to_owned),
                reason: failure.message,
                text: record.iter().collect::<Vec<_>>().join(","),
            }),
        }
        job.report(done.read, 0);
    }
    done.new = u64::try_from(drafts.len()).unwrap_or(u64::MAX);
    let now = app.now();
    for draft in drafts.iter().take(SAMPLE) {
        if let Some(parts) = names
            .programs
            .values()
            .flatten()
            .find(|parts| parts.program.id == draft.link.program)
        {
            done.sample.push(draft_dto(&parts.program, draft, now));
        }
    }
    if !input.dry_run && !drafts.is_empty() {
        let label = format!("Made {} links from a file", drafts.len());
        app.edit(label, |write| {
            for draft in &drafts {
                if job.cancelled() {
                    return Err(StoreError::Cancelled);
                }
                link::insert(write, &draft.link, now)?;
            }
            Ok(())
        })?;
    }
    Ok(done)
}

/// Spreadsheets of half the world write semicolons.
pub(super) fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|mark| (count(char::from(*mark)), *mark == b','))
        .unwrap_or(b',')
}

pub(super) fn malformed(error: &csv::Error) -> Failure {
    Failure::refused(
        "link.malformed_file",
        format!("The file cannot be read as CSV: {error}."),
    )
    .hint("Save it as CSV with a header: program,channel,campaign,label,destination.")
}

/// Where the columns stand.
struct Columns {
    program: usize,
    channel: usize,
    campaign: Option<usize>,
    label: Option<usize>,
    destination: Option<usize>,
}

impl Columns {
    fn of(header: &csv::StringRecord) -> Result<Self, Failure> {
        let at = |name: &str| {
            header
                .iter()
                .position(|cell| cell.eq_ignore_ascii_case(name))
        };
        let required = |name: &str| {
            at(name).ok_or_else(|| {
                Failure::refused(
                    "link.missing_column",
                    format!("The column “{name}” is missing."),
                )
                .hint("The columns are program, channel, campaign, label and destination.")
            })
        };
        Ok(Self {
            program: required("program")?,
            channel: required("channel")?,
            campaign: at("campaign"),
            label: at("label"),
            destination: at("destination"),
        })
    }
}

/// Names that were looked up; ten thousand rows name few things.
struct Names<'a> {
    app: &'a App,
    programs: HashMap<String, Option<Parts>>,
    channels: HashMap<String, Channel>,
    campaigns: HashMap<String, Option<Campaign>>,
}

type Fault = (Option<&'static str>, Failure);

impl<'a> Names<'a> {
    fn new(app: &'a App) -> Result<Self, Failure> {
        let channels = app.read(channel::list)?;
        let channels = channels
            .into_iter()
            .map(|row| (row.name.to_lowercase(), row))
            .collect();
        Ok(Self {
            app,
            programs: HashMap::new(),
            channels,
            campaigns: HashMap::new(),
        })
    }

    fn draft(&mut self, columns: &Columns, record: &csv::StringRecord) -> Result<Draft, Fault> {
        let cell = |index: usize| record.get(index).unwrap_or_default();
        let optional = |index: Option<usize>| index.map(cell).unwrap_or_default();
        let unknown = |noun: &'static str, name: &str| {
            let error = StoreError::NoSuch {
                noun,
                name: name.to_owned(),
            };
            (Some(noun), Failure::from(error))
        };
        let name = optional(columns.campaign);
        let campaign = match self.campaigns.entry(name.to_lowercase()) {
            _ if name.is_empty() => None,
            Entry::Occupied(entry) => entry.into_mut().as_ref(),
            Entry::Vacant(entry) => {
                let found = self
                    .app
                    .read(|read| campaign::find(read, name))
                    .map_err(|error| (None, error))?;
                entry.insert(found).as_ref()
            }
        };
        if campaign.is_none() && !name.is_empty() {
            return Err(unknown("campaign", name));
        }
        let name = cell(columns.channel);
        let channel = self
            .channels
            .get(&name.to_lowercase())
            .ok_or_else(|| unknown("channel", name))?;
        let name = cell(columns.program);
        let parts = match self.programs.entry(name.to_lowercase()) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(Parts::load(self.app, name).ok()),
        };
        let parts = parts.as_ref().ok_or_else(|| unknown("program", name))?;
        let destination = Some(optional(columns.destination));
        let label = optional(columns.label);
        parts
            .draft(self.app.id(), channel, campaign, label, destination, false)
            .map_err(|failure| (Some("destination"), failure))
    }
}
