//! The audit: what the terms of each day promise, held against what was reported; and what the user makes of it.

mod dossier;
mod item;
mod memory;
#[cfg(test)]
mod tests;

pub use memory::Memory;

use crate::{
    App, Failure,
    commands::{MAX_PAGE, PAGE, import::instant, ledger, program::find},
    dto::{
        Attention, AuditDecide, AuditDetail, AuditInput, AuditLetter, AuditLetterAdd,
        AuditLetterRemove, AuditPage, ById, DossierSave, Written,
    },
    error::Place,
    files::{self, program::date},
};
use item::{Finding, Known};
use memory::Audited;
use perennial_domain::{
    audit::{FindingKind, State},
    ids::{ConversionId, ProgramId},
};
use perennial_store::table::{
    audit_verdict::{self, Letter, Topic, Verdict},
    link,
};
use std::{path::Path, sync::Arc};
use uuid::Uuid;

/// Rows up to which the first screen audits by itself; of larger books it tells what the last audit found.
const AT_ONCE: u64 = 5_000;
/// Days before a sale whose clicks may have led to it.
const CLICK_DAYS: u32 = 30;

/// The findings, the most money first.
///
/// # Errors
/// Where a filter does not fit or the book cannot be read.
pub fn list(app: &App, input: AuditInput) -> Result<AuditPage, Failure> {
    let program = wanted(app, input.program.as_deref())?;
    let kind = input
        .kind
        .as_deref()
        .filter(|word| !word.is_empty())
        .map(|word| {
            FindingKind::parse(word).ok_or_else(|| {
                let words: Vec<&str> = FindingKind::ALL.iter().map(|kind| kind.word()).collect();
                unfit("kind", word, &words)
            })
        })
        .transpose()?;
    let state = input
        .state
        .as_deref()
        .filter(|word| !word.is_empty())
        .map(state_of)
        .transpose()?;
    let audited = memory::load(app)?;
    let known = Known::read(app)?;
    let found = known.findings(&audited, program);
    let summary = item::summary(&audited, program, &found);
    keep(app, &audited, &known, program)?;
    let picked: Vec<&Finding<'_>> = found
        .iter()
        .filter(|finding| kind.is_none_or(|kind| finding.of.kind == kind))
        .filter(|finding| state.is_none_or(|state| finding.state() == state))
        .collect();
    let begin: usize = match input.after.as_deref().filter(|text| !text.is_empty()) {
        None => 0,
        Some(text) => text
            .parse()
            .map_err(|_| wrong("after", format!("“{text}” is no cursor of the audit.")))?,
    };
    let limit = usize::try_from(input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE)).unwrap_or(1);
    let end = begin.saturating_add(limit);
    let items = picked
        .iter()
        .skip(begin)
        .take(limit)
        .map(|finding| item::item(app, finding))
        .collect::<Result<_, _>>()?;
    Ok(AuditPage {
        items,
        next: (end < picked.len()).then(|| end.to_string()),
        total: u32::try_from(picked.len()).unwrap_or(u32::MAX),
        summary,
    })
}

/// One finding with its story and what was written about it.
///
/// # Errors
/// Where there is no such finding.
pub fn show(app: &App, input: ById) -> Result<AuditDetail, Failure> {
    let audited = memory::load(app)?;
    let known = Known::read(app)?;
    let finding = known.one(&audited, &input.id)?;
    let row = ledger::show(
        app,
        ById {
            id: finding.of.row.to_string(),
        },
    )?;
    let (letters, click_at, clicks, link_url) = app.read(|read| {
        let letters = match finding.verdict {
            Some(verdict) => audit_verdict::letters(read, verdict.id)?,
            None => Vec::new(),
        };
        let click = audit_verdict::click(read, finding.of.row, CLICK_DAYS)?;
        let url = match &row.item.link {
            Some(code) => Some(link::get(read, code)?.link.url),
            None => None,
        };
        Ok((letters, click.at, click.clicks, url))
    })?;
    Ok(AuditDetail {
        finding: item::item(app, &finding)?,
        row: row.item,
        story: row.story,
        link_url,
        click_at: click_at.map(instant),
        clicks,
        letters: letters.into_iter().map(letter).collect(),
    })
}

/// Decides a finding: accepts, disputes or explains it, or opens it again.
///
/// # Errors
/// Where there is no such finding, or the state or day does not fit.
pub fn decide(app: &App, input: AuditDecide) -> Result<AuditDetail, Failure> {
    let state = state_of(&input.state)?;
    let deadline = input
        .deadline
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .map(|text| date(text, "deadline"))
        .transpose()?;
    let today = app.today()?;
    let label = match state {
        State::Open => "Opened a finding again",
        State::Accepted => "Accepted a finding",
        State::Disputed => "Disputed a finding",
        State::Explained => "Explained a finding",
    };
    write(app, &input.id, label, |finding, now| {
        let before = finding.verdict;
        Verdict {
            id: now,
            state,
            note: input
                .note
                .clone()
                .map(|note| note.trim().to_owned())
                .or_else(|| before.map(|verdict| verdict.note.clone()))
                .unwrap_or_default(),
            deadline: if state == State::Disputed {
                deadline.or_else(|| before.and_then(|verdict| verdict.deadline))
            } else {
                None
            },
            decided_on: today,
            difference: finding.of.difference.micros(),
        }
    })?;
    show(app, ById { id: input.id })
}

/// Adds what was written about a finding, by the user or by the program.
///
/// # Errors
/// Where there is no such finding, the text is empty, or a word or day does not fit.
pub fn letter_add(app: &App, input: AuditLetterAdd) -> Result<AuditDetail, Failure> {
    let day = input
        .day
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .map_or_else(|| app.today(), |text| date(text, "day"))?;
    if !["me", "program"].contains(&input.who.as_str()) {
        return Err(unfit("who", &input.who, &["me", "program"]));
    }
    let text = input.text.trim().to_owned();
    if text.is_empty() {
        return Err(wrong("text", "There is nothing to keep.".to_owned()));
    }
    let audited = memory::load(app)?;
    let known = Known::read(app)?;
    let finding = known.one(&audited, &input.id)?;
    let letter = Letter {
        id: app.id(),
        day,
        who: input.who,
        text,
    };
    let today = app.today()?;
    let fresh = Verdict {
        id: app.id(),
        state: State::Open,
        note: String::new(),
        deadline: None,
        decided_on: today,
        difference: finding.of.difference.micros(),
    };
    let (row, topic) = (finding.of.row, finding.topic());
    let verdict = finding.verdict.map(|verdict| verdict.id);
    memory::through(app, || {
        app.edit("Noted what was written about a finding", |write| {
            let verdict = match verdict {
                Some(id) => id,
                None => audit_verdict::decide(write, row, topic, &fresh)?,
            };
            audit_verdict::add_letter(write, verdict, &letter)
        })
    })?;
    show(app, ById { id: input.id })
}

/// Takes out what was written about a finding.
///
/// # Errors
/// Where there is no such letter.
pub fn letter_remove(app: &App, input: AuditLetterRemove) -> Result<AuditDetail, Failure> {
    let id: Uuid = input
        .letter
        .parse()
        .map_err(|_| wrong("letter", format!("“{}” is no letter.", input.letter)))?;
    memory::through(app, || {
        app.edit("Took out what was written about a finding", |write| {
            audit_verdict::remove_letter(write, id)
        })
    })?;
    show(app, ById { id: input.id })
}

/// Writes a finding's dossier as PDF or Markdown, to be sent to the program.
///
/// # Errors
/// Where there is no such finding, the ending is another, or the file cannot be written.
pub fn dossier_save(app: &App, input: DossierSave) -> Result<Written, Failure> {
    let detail = show(app, ById { id: input.id })?;
    let path = Path::new(&input.path);
    let ending = path.extension().and_then(|text| text.to_str());
    let dossier = dossier::Dossier::of(app, &detail)?;
    match ending.unwrap_or_default().to_lowercase().as_str() {
        "pdf" => files::write(path, dossier.pdf(app.now())?)?,
        "md" => files::write(path, dossier.markdown())?,
        other => {
            return Err(Failure::refused(
                "dossier.format",
                format!("“{other}” is no format of a dossier."),
            )
            .hint("Choose a file name that ends in .pdf or .md."));
        }
    }
    Ok(Written {
        files: vec![input.path],
    })
}

/// What the first screen says of the audit: of a small book as it is now, of a large one as it was last audited.
///
/// # Errors
/// Where the book cannot be read.
pub fn attention(app: &App) -> Result<Option<Attention>, Failure> {
    let many = app.read(|read| audit_verdict::rows_up_to(read, AT_ONCE))?;
    let (open, words) = if many <= AT_ONCE {
        let audited = memory::load(app)?;
        let known = Known::read(app)?;
        let found = known.findings(&audited, None);
        let summary = item::summary(&audited, None, &found);
        (summary.open, item::stake(&summary))
    } else {
        let kept = app.read(audit_verdict::state)?;
        match kept.as_deref().map(serde_json::from_str::<item::Kept>) {
            Some(Ok(kept)) => (kept.open, kept.stake),
            _ => return Ok(None),
        }
    };
    if open == 0 {
        return Ok(None);
    }
    let message = if open == 1 {
        format!("One commission does not fit its terms: {words} at stake.")
    } else {
        format!("{open} commissions do not fit their terms: {words} at stake.")
    };
    Ok(Some(Attention {
        code: "audit_findings".to_owned(),
        message,
        area: "earnings".to_owned(),
        target: Some("audit".to_owned()),
    }))
}

/// Keeps what was found for the first screen, where it is of the whole book and says something new.
fn keep(
    app: &App,
    audited: &Arc<Audited>,
    known: &Known,
    program: Option<ProgramId>,
) -> Result<(), Failure> {
    if program.is_some() {
        return Ok(());
    }
    let summary = item::summary(audited, None, &known.findings(audited, None));
    let kept = item::Kept {
        open: summary.open,
        stake: item::stake(&summary),
    };
    let Ok(json) = serde_json::to_string(&kept) else {
        return Ok(());
    };
    if app.read(audit_verdict::state)?.as_deref() == Some(&json) {
        return Ok(());
    }
    // A book that takes no writing is audited all the same; its first screen then tells of an earlier audit.
    let _ = memory::through(app, || {
        app.write(|write| audit_verdict::keep_state(write, &json))
    });
    Ok(())
}

fn write(
    app: &App,
    id: &str,
    label: &str,
    verdict: impl FnOnce(&Finding<'_>, Uuid) -> Verdict,
) -> Result<(), Failure> {
    let audited = memory::load(app)?;
    let known = Known::read(app)?;
    let finding = known.one(&audited, id)?;
    let verdict = verdict(&finding, app.id());
    let (row, topic): (ConversionId, Topic) = (finding.of.row, finding.topic());
    memory::through(app, || {
        app.edit(label, |write| {
            audit_verdict::decide(write, row, topic, &verdict).map(drop)
        })
    })
}

fn letter(letter: Letter) -> AuditLetter {
    AuditLetter {
        id: letter.id.to_string(),
        day: letter.day.to_string(),
        who: letter.who,
        text: letter.text,
    }
}

fn wanted(app: &App, slug: Option<&str>) -> Result<Option<ProgramId>, Failure> {
    slug.filter(|slug| !slug.is_empty())
        .map(|slug| find(app, slug).map(|program| program.id))
        .transpose()
}

fn state_of(word: &str) -> Result<State, Failure> {
    State::parse(word).ok_or_else(|| {
        let words: Vec<&str> = State::ALL.iter().map(|state| state.word()).collect();
        unfit("state", word, &words)
    })
}

fn unfit(key: &str, word: &str, words: &[&str]) -> Failure {
    wrong(key, format!("“{word}” does not fit {key}.")).hint(format!("It is {}.", words.join(", ")))
}

fn wrong(key: &str, message: String) -> Failure {
    Failure::refused("audit.bad_value", message).at(Place {
        key: Some(key.to_owned()),
        ..Place::default()
    })
}
