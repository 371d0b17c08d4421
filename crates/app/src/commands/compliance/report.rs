//! The compliance report of a campaign, and whether it is fit to go out.

use super::{
    checklist::{NOT_ADVICE, checklist},
    evidence::{latest, read_copy},
    markets,
};
use crate::{
    App, Failure,
    commands::program::{self, find},
    dto::{
        Acceptance, Blocker, CampaignInput, ChecklistInput, ComplianceReport, ComplianceSave,
        ComplianceStanding, ListInput, ReportedCheck, ReportedProgram, Written,
    },
    files::{self, compliance_report},
};
use perennial_compliance::{
    publishing::{self, CheckState, Fitness, ItemState, Signed, TermsState, judge},
    registry::RULES_VERSION,
};
use perennial_domain::campaign::Campaign;
use perennial_store::table::{campaign as campaigns, checklist as decided, snapshot};
use std::path::Path;

/// The report of a campaign.
///
/// # Errors
/// Where the campaign is not known.
pub fn report(app: &App, input: CampaignInput) -> Result<ComplianceReport, Failure> {
    let campaign = app.read(|read| campaigns::get(read, &input.campaign))?;
    let programs = programs(app, &campaign)?;
    let checks: Vec<ReportedCheck> = latest(app, campaign.id)?
        .iter()
        .map(|row| {
            let (copy, findings) = read_copy(app, row)?;
            Ok(ReportedCheck { copy, findings })
        })
        .collect::<Result<_, Failure>>()?;
    let fit = fitness(&programs, &checks);
    let findings = |wanted: bool| {
        let all = checks.iter().flat_map(|check| &check.findings);
        u32::try_from(all.filter(|one| one.accepted.is_some() == wanted).count())
            .unwrap_or(u32::MAX)
    };
    Ok(ComplianceReport {
        starts_on: campaign.starts_on.map(|day| day.to_string()),
        ends_on: campaign.ends_on.map(|day| day.to_string()),
        markets: markets(app)?
            .iter()
            .map(|market| market.word().to_owned())
            .collect(),
        rules_version: RULES_VERSION.to_owned(),
        score: fit.score,
        ready: fit.blockers.is_empty(),
        blockers: fit.blockers.into_iter().map(blocker).collect(),
        copies: app.read(|read| snapshot::count(read, Some(campaign.id)))?,
        open_findings: findings(false),
        accepted_findings: findings(true),
        note: NOT_ADVICE.to_owned(),
        campaign: campaign.name,
        programs,
        checks,
    })
}

/// Whether a campaign is fit to go out, and what stands in the way.
///
/// # Errors
/// Where the campaign is not known.
pub fn standing(app: &App, input: CampaignInput) -> Result<ComplianceStanding, Failure> {
    let whole = report(app, input)?;
    Ok(ComplianceStanding {
        campaign: whole.campaign,
        score: whole.score,
        ready: whole.ready,
        blockers: whole.blockers,
        checked: u32::try_from(whole.checks.len()).unwrap_or(u32::MAX),
    })
}

/// Writes the report; the ending of the name chooses the form.
///
/// # Errors
/// Where the campaign is not known, the ending is none of these, or the file cannot be written.
pub fn report_save(app: &App, input: ComplianceSave) -> Result<Written, Failure> {
    let path = Path::new(&input.path);
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    let whole = report(
        app,
        CampaignInput {
            campaign: input.campaign,
        },
    )?;
    let made = Some(app.today()?);
    let content = match ending.as_deref() {
        Some("pdf") => compliance_report::pdf(&whole, made)?,
        Some("md") => compliance_report::markdown(&whole, made).into_bytes(),
        Some("json") => json(&whole)?,
        _ => {
            return Err(Failure::refused(
                "compliance.unknown_format",
                "The report is written as PDF, Markdown or JSON.",
            )
            .hint("Choose a name that ends in .pdf, .md or .json."));
        }
    };
    files::write(path, content)?;
    Ok(Written {
        files: vec![input.path],
    })
}

/// The report as a JSON document.
pub(super) fn json(report: &ComplianceReport) -> Result<Vec<u8>, Failure> {
    let text = serde_json::to_string_pretty(report).map_err(|error| {
        Failure::refused(
            "file.json",
            format!("The report cannot be written: {error}."),
        )
    })?;
    Ok((text + "\n").into_bytes())
}

/// The programs that a campaign promotes: those of its links; before it has any, those of which something was decided
/// for it; else all that the book has.
fn programs(app: &App, campaign: &Campaign) -> Result<Vec<ReportedProgram>, Failure> {
    let id = campaign.id.to_string();
    let mut slugs = app.read(|read| campaigns::programs(read, &id))?;
    slugs.sort();
    if slugs.is_empty() {
        let all = program::list(app, ListInput::default())?;
        let all: Vec<String> = all.items.into_iter().map(|row| row.id).collect();
        let mut begun = Vec::new();
        for slug in &all {
            let row = find(app, slug)?;
            let states = app.read(|read| decided::states(read, row.id, Some(campaign.id)))?;
            if !states.is_empty() {
                begun.push(slug.clone());
            }
        }
        slugs = if begun.is_empty() { all } else { begun };
    }
    slugs
        .iter()
        .map(|slug| {
            let row = find(app, slug)?;
            let list = checklist(
                app,
                ChecklistInput {
                    program: slug.clone(),
                    campaign: Some(id.clone()),
                },
            )?;
            let signatures = app.read(|read| decided::signatures(read, row.id))?;
            Ok(ReportedProgram {
                name: row.name,
                signed: list.signed.clone(),
                acceptances: signatures
                    .into_iter()
                    .map(|(version, on)| Acceptance {
                        version,
                        on: on.to_string(),
                    })
                    .collect(),
                checklist: list,
            })
        })
        .collect()
}

fn fitness(programs: &[ReportedProgram], checks: &[ReportedCheck]) -> Fitness {
    let terms: Vec<TermsState> = programs
        .iter()
        .map(|one| TermsState {
            program: one.checklist.program.clone(),
            name: one.name.clone(),
            signed: match one.signed.as_str() {
                "current" => Signed::Current,
                "changed" => Signed::Changed,
                _ => Signed::Never,
            },
        })
        .collect();
    let items: Vec<ItemState> = programs
        .iter()
        .flat_map(|one| {
            one.checklist.items.iter().map(|item| ItemState {
                program: one.checklist.program.clone(),
                id: item.id.clone(),
                demand: item.demand.clone(),
                required: item.required,
                settled: item.state != "open",
                reopened: item.reopened,
            })
        })
        .collect();
    let checks: Vec<CheckState> = checks
        .iter()
        .map(|check| CheckState {
            id: check.copy.id.clone(),
            place: check
                .copy
                .address
                .clone()
                .unwrap_or_else(|| check.copy.place.clone()),
            errors: check.copy.errors,
            warnings: check.copy.warnings,
        })
        .collect();
    judge(&terms, &items, &checks)
}

fn blocker(found: publishing::Blocker) -> Blocker {
    let none = Blocker {
        kind: String::new(),
        text: String::new(),
        program: None,
        item: None,
        copy: None,
        subject: String::new(),
        count: None,
    };
    match found {
        publishing::Blocker::TermsNotAccepted { program, name } => Blocker {
            kind: "terms_not_accepted".to_owned(),
            text: format!("No version of the terms of {name} was accepted."),
            subject: name,
            program: Some(program),
            ..none
        },
        publishing::Blocker::TermsChanged {
            program,
            name,
            reopened,
        } => Blocker {
            kind: "terms_changed".to_owned(),
            text: match reopened {
                0 => format!("The terms of {name} changed since they were accepted."),
                1 => format!("The terms of {name} changed since; 1 item is open again."),
                many => format!("The terms of {name} changed since; {many} items are open again."),
            },
            subject: name,
            count: Some(reopened),
            program: Some(program),
            ..none
        },
        publishing::Blocker::ItemOpen {
            program,
            item,
            demand,
        } => Blocker {
            kind: "item_open".to_owned(),
            text: format!("Open: {demand}."),
            subject: demand,
            program: Some(program),
            item: Some(item),
            ..none
        },
        publishing::Blocker::CheckFailed {
            check,
            place,
            errors,
        } => Blocker {
            kind: "check_failed".to_owned(),
            text: if errors == 1 {
                format!("The last check of {place} found 1 thing that must change.")
            } else {
                format!("The last check of {place} found {errors} things that must change.")
            },
            subject: place,
            count: Some(errors),
            copy: Some(check),
            ..none
        },
    }
}
