//! The checklist of a program's terms: what was decided under which version, and what shows it.

use super::markets;
use crate::{
    App, Failure,
    commands::{
        MAX_PAGE, campaign,
        program::{self, find},
        terms_view::Book,
    },
    dto::{
        AcceptTerms, Checklist, ChecklistInput, ChecklistItemDto, ChecklistSet, ComplianceRow,
        ComplianceStatus, Empty, EvidenceAdd, EvidenceDto, ListInput,
    },
    files::program::date,
};
use chrono::NaiveDate;
use perennial_compliance::checklist::{ChecklistItem, items_for, touches_conduct};
use perennial_domain::{ids::CampaignId, link::check_address};
use perennial_store::{
    StoreError,
    table::{
        campaign as campaigns,
        checklist::{self, EvidenceNew, EvidenceRow, StateRow},
    },
};
use sha2::{Digest as _, Sha256};
use std::path::Path;
use uuid::Uuid;

/// Said once, wherever results are shown.
pub(super) const NOT_ADVICE: &str =
    "These checks help you keep the terms and the law; they are not legal advice.";
/// Largest file kept as evidence.
const MAX_EVIDENCE_BYTES: u64 = 25 * 1024 * 1024;

/// Where compliance stands: each program, and each campaign that promotes it.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn status(app: &App, _: Empty) -> Result<ComplianceStatus, Failure> {
    let programs = program::list(app, ListInput::default())?;
    let running = campaign::list(
        app,
        ListInput {
            limit: Some(MAX_PAGE),
            ..ListInput::default()
        },
    )?;
    let mut items = Vec::new();
    for program in programs.items {
        items.push(row(checklist(
            app,
            ChecklistInput {
                program: program.id.clone(),
                campaign: None,
            },
        )?));
        for campaign in &running.items {
            let input = ChecklistInput {
                program: program.id.clone(),
                campaign: Some(campaign.name.clone()),
            };
            let uses = app.read(|read| campaigns::programs(read, &campaign.id))?;
            // A campaign without links yet promotes whatever program the user will choose.
            if uses.is_empty() || uses.contains(&program.id) {
                items.push(row(checklist(app, input)?));
            }
        }
    }
    Ok(ComplianceStatus {
        items,
        note: NOT_ADVICE.to_owned(),
    })
}

/// A program's checklist, or that of one of its campaigns, for the terms that hold today.
///
/// # Errors
/// Where the program or campaign is not known.
pub fn checklist(app: &App, input: ChecklistInput) -> Result<Checklist, Failure> {
    let row = find(app, &input.program)?;
    let book = Book::load(app, row)?;
    let version = terms_version(app, &book)?;
    let markets = markets(app)?;
    let name = input.campaign.as_deref();
    let (campaign, states, accepted, signed) = app.read(|read| {
        let campaign = name.map(|name| campaigns::get(read, name)).transpose()?;
        let id = campaign.as_ref().map(|row| row.id);
        let states: Result<Vec<(StateRow, Vec<EvidenceRow>)>, StoreError> =
            checklist::states(read, book.program.id, id)?
                .into_iter()
                .map(|row| {
                    let found = checklist::evidence(read, row.id)?;
                    Ok((row, found))
                })
                .collect();
        Ok((
            campaign,
            states?,
            checklist::accepted(read, book.program.id)?,
            checklist::acceptances(read, book.program.id)?,
        ))
    })?;
    let conduct = Conduct::new(&book, &signed);
    let items: Vec<ChecklistItemDto> = items_for(&book.program.slug, &version, &markets)
        .iter()
        .map(|known| item(known, &version, &conduct, &states))
        .collect();
    let signed = match &accepted {
        None => "never",
        Some((signed, _)) if conduct.same(signed, &version) => "current",
        Some(_) => "changed",
    };
    let (accepted_version, accepted_on) = accepted.unzip();
    Ok(Checklist {
        program: book.program.slug,
        campaign: campaign.map(|row| row.name),
        terms_version: version,
        accepted_version,
        accepted_on: accepted_on.map(|day| day.to_string()),
        done: u32::try_from(items.iter().filter(|item| item.state != "open").count())
            .unwrap_or(u32::MAX),
        items,
        signed: signed.to_owned(),
    })
}

/// Decides an item, with evidence.
///
/// # Errors
/// Where the item is not known, the state is none, or the evidence cannot be read.
pub fn checklist_set(app: &App, input: ChecklistSet) -> Result<Checklist, Failure> {
    let place = ChecklistInput {
        program: input.program.clone(),
        campaign: input.campaign.clone(),
    };
    let now = checklist(app, place.clone())?;
    let Some(known) = now.items.iter().find(|item| item.id == input.item) else {
        return Err(Failure::refused(
            "checklist.unknown_item",
            format!("There is no item “{}”.", input.item),
        )
        .hint("See the checklist for its items."));
    };
    if !["open", "done", "not_applicable"].contains(&input.state.as_str()) {
        return Err(Failure::refused(
            "checklist.unknown_state",
            format!("“{}” is not a state.", input.state),
        )
        .hint("An item is open, done or not_applicable."));
    }
    let today = app.today()?;
    let evidence = input
        .evidence
        .as_ref()
        .map(|given| read_evidence(app, given))
        .transpose()?;
    let row = find(app, &input.program)?;
    let state = StateRow {
        id: app.id::<Uuid>(),
        item: input.item.clone(),
        terms_version: now.terms_version.clone(),
        state: input.state.clone(),
        decided_on: today,
        note: input.note.trim().to_owned(),
    };
    let verb = match input.state.as_str() {
        "done" => "Ticked",
        "open" => "Reopened",
        _ => "Set aside",
    };
    app.edit(format!("{verb} “{}”", known.demand), |write| {
        let campaign: Option<CampaignId> = match input.campaign.as_deref() {
            Some(name) => Some(campaigns::get(&write.read(), name)?.id),
            None => None,
        };
        let id = checklist::decide(write, row.id, campaign, &state)?;
        evidence
            .iter()
            .try_for_each(|given| checklist::add_evidence(write, id, given))
    })?;
    checklist(app, place)
}

/// Notes that terms were read and accepted.
///
/// # Errors
/// Where the program or the version is not known.
pub fn accept(app: &App, input: AcceptTerms) -> Result<Checklist, Failure> {
    let row = find(app, &input.program)?;
    let book = Book::load(app, row)?;
    let version = input.version.trim();
    if !book.versions.iter().any(|known| known.version == version) {
        let names: Vec<&str> = book
            .versions
            .iter()
            .map(|known| known.version.as_str())
            .collect();
        return Err(Failure::refused(
            "terms.unknown_version",
            format!("There is no version “{version}” of the terms."),
        )
        .hint(format!("The versions are {}.", names.join(", "))));
    }
    let on = input
        .on
        .as_deref()
        .map_or_else(|| app.today(), |text| date(text, "on"))?;
    let label = format!("Accepted the terms {version} of {}", book.program.name);
    app.edit(label, |write| {
        checklist::accept(write, app.id(), book.program.id, version, on)
    })?;
    checklist(
        app,
        ChecklistInput {
            program: book.program.slug,
            campaign: None,
        },
    )
}

/// The newest version of the program's terms that holds today. An edit of the user's own sets figures; it is a version
/// of the terms only once it was accepted as one.
pub(super) fn terms_version(app: &App, book: &Book) -> Result<String, Failure> {
    let today = app.today()?;
    let signed = app.read(|read| checklist::acceptances(read, book.program.id))?;
    let newest = book
        .versions
        .iter()
        .filter(|version| {
            version.from <= today && (!version.own || signed.contains(&version.version))
        })
        .max_by_key(|version| version.from)
        .or_else(|| book.versions.first());
    Ok(newest
        .map(|version| version.version.clone())
        .unwrap_or_default())
}

/// Which versions of the terms say what to do and to leave, the oldest first.
struct Conduct {
    /// Every version with its day.
    days: Vec<(String, NaiveDate)>,
    /// The days from which conduct is asked anew.
    anew: Vec<NaiveDate>,
}

impl Conduct {
    fn new(book: &Book, signed: &[String]) -> Self {
        let anew = book
            .versions
            .iter()
            .filter(|version| {
                if version.own {
                    signed.contains(&version.version)
                } else {
                    !book.program.builtin || touches_conduct(&book.program.slug, &version.version)
                }
            })
            .map(|version| version.from)
            .collect();
        let days = book
            .versions
            .iter()
            .map(|version| (version.version.clone(), version.from))
            .collect();
        Self { days, anew }
    }

    /// Whether what was decided under one version still stands under another.
    fn same(&self, decided: &str, now: &str) -> bool {
        let asked = |version: &str| {
            let (_, day) = self.days.iter().find(|(name, _)| name == version)?;
            Some(self.anew.iter().filter(|from| *from <= day).max())
        };
        decided == now || matches!((asked(decided), asked(now)), (Some(a), Some(b)) if a == b)
    }
}

fn item(
    known: &ChecklistItem,
    version: &str,
    conduct: &Conduct,
    states: &[(StateRow, Vec<EvidenceRow>)],
) -> ChecklistItemDto {
    let decided = |state: &&(StateRow, Vec<EvidenceRow>)| state.0.item == known.id;
    let stands = |row: &StateRow| conduct.same(&row.terms_version, version);
    let current = states
        .iter()
        .filter(decided)
        .rfind(|(row, _)| row.terms_version == version)
        .or_else(|| states.iter().filter(decided).rfind(|(row, _)| stands(row)));
    let before = states
        .iter()
        .filter(decided)
        .any(|(row, _)| !stands(row) && row.state != "open");
    let evidence: Vec<&EvidenceRow> = states
        .iter()
        .filter(decided)
        .filter(|(row, _)| current.is_some() && stands(row))
        .flat_map(|(_, found)| found)
        .collect();
    ChecklistItemDto {
        id: known.id.to_owned(),
        demand: known.title.to_owned(),
        why: format!("{} {}", known.demands, known.why),
        source: known.source.to_owned(),
        state: current.map_or_else(|| "open".to_owned(), |(row, _)| row.state.clone()),
        decided_on: current.map(|(row, _)| row.decided_on.to_string()),
        note: current.map(|(row, _)| row.note.clone()).unwrap_or_default(),
        reopened: current.is_none() && before,
        required: known.blocks,
        evidence: evidence.into_iter().map(evidence_dto).collect(),
    }
}

fn evidence_dto(row: &EvidenceRow) -> EvidenceDto {
    EvidenceDto {
        id: row.id.to_string(),
        kind: row.kind.clone(),
        text: row.text.clone(),
        sha256: row.sha256.clone(),
        bytes: row.bytes,
        on: row.on.to_string(),
    }
}

fn read_evidence(app: &App, given: &EvidenceAdd) -> Result<EvidenceNew, Failure> {
    let text = given.text.trim();
    if text.is_empty() {
        return Err(Failure::refused("evidence.empty", "The evidence is empty."));
    }
    let (text, file) = match given.kind.as_str() {
        "text" => (text.to_owned(), None),
        "url" => {
            check_address(text).map_err(|error| program::link_refused(&error))?;
            (text.to_owned(), None)
        }
        "file" => {
            let path = Path::new(text);
            let bytes = read_file(path)?;
            let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            (name.unwrap_or_default(), Some((bytes, hash)))
        }
        other => {
            return Err(Failure::refused(
                "evidence.unknown_kind",
                format!("“{other}” is not a kind of evidence."),
            )
            .hint("Evidence is text, url or file."));
        }
    };
    Ok(EvidenceNew {
        id: app.id(),
        kind: given.kind.clone(),
        text,
        file,
        on: app.today()?,
    })
}

fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| {
        Failure::resource(
            "file.unreadable",
            format!("{} cannot be read: {error}.", path.display()),
        )
    };
    if std::fs::metadata(path).map_err(failed)?.len() > MAX_EVIDENCE_BYTES {
        return Err(Failure::refused(
            "evidence.too_large",
            "A file kept as evidence has 25 MB at most.",
        )
        .hint("Keep the file elsewhere and note where."));
    }
    std::fs::read(path).map_err(failed)
}

fn row(list: Checklist) -> ComplianceRow {
    ComplianceRow {
        total: u32::try_from(list.items.len()).unwrap_or(u32::MAX),
        program: list.program,
        campaign: list.campaign,
        terms_version: list.terms_version,
        accepted_version: list.accepted_version,
        done: list.done,
    }
}
