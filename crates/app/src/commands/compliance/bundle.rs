//! Everything of a campaign for an auditor, in one file.

use super::{
    evidence::{copy_files, hash, id_of},
    report::{json, report},
};
use crate::{
    App, Failure,
    commands::{MAX_PAGE, program::find, terms_view},
    dto::{
        BundleCheck, BundleDone, BundleSave, CampaignInput, ComplianceReport, EvidenceDto,
        PathInput, ReportedProgram,
    },
    files::{
        bundle::{Writing, verify},
        compliance_report,
    },
    jobs::Job,
};
use perennial_domain::ids::EvidenceId;
use perennial_store::{
    StoreError,
    table::{
        campaign as campaigns, checklist as decided,
        snapshot::{self, SnapshotFilter, SnapshotRow},
    },
};
use std::path::Path;

/// Writes everything of a campaign for an auditor.
///
/// # Errors
/// Where the campaign is not known, something kept is damaged, or the file cannot be written; nothing is left then.
pub fn bundle(app: &App, input: BundleSave) -> Result<BundleDone, Failure> {
    app.jobs
        .run(input.job.as_deref(), |job| run(app, &input, job))
}

/// Verifies a bundle.
///
/// # Errors
/// Where the file cannot be read or is no bundle.
pub fn bundle_verify(_: &App, input: PathInput) -> Result<BundleCheck, Failure> {
    let found = verify(Path::new(&input.path))?;
    Ok(BundleCheck {
        intact: found.problems.is_empty(),
        campaign: found.campaign,
        files: u32::try_from(found.files).unwrap_or(u32::MAX),
        bytes: found.bytes,
        problems: found.problems,
    })
}

fn run(app: &App, input: &BundleSave, job: &Job) -> Result<BundleDone, Failure> {
    let whole = report(
        app,
        CampaignInput {
            campaign: input.campaign.clone(),
        },
    )?;
    let copies = copies(app, &whole.campaign)?;
    let total = copies.len() as u64 + 1;
    let mut writing = Writing::begin(
        Path::new(&input.path),
        &whole.campaign,
        &whole.rules_version,
    )?;
    reports(&mut writing, &whole)?;
    for program in &whole.programs {
        program_files(app, &mut writing, program)?;
    }
    for (done, row) in copies.iter().enumerate() {
        if job.cancelled() {
            return Err(StoreError::Cancelled.into());
        }
        job.report(done as u64 + 1, total);
        one_copy(app, &mut writing, row)?;
    }
    let (files, bytes, sha256) = writing.finish()?;
    job.report(total, total);
    Ok(BundleDone {
        path: input.path.clone(),
        files: u32::try_from(files).unwrap_or(u32::MAX),
        bytes,
        sha256,
    })
}

/// All copies of a campaign, the oldest first.
fn copies(app: &App, campaign: &str) -> Result<Vec<SnapshotRow>, Failure> {
    let mut rows = app.read(|read| {
        let filter = SnapshotFilter {
            campaign: Some(campaigns::get(read, campaign)?.id),
            ..SnapshotFilter::default()
        };
        snapshot::page(read, &filter, MAX_PAGE)
    })?;
    rows.reverse();
    Ok(rows)
}

/// Without the day of today, so that the same book gives the same bytes on any day.
fn reports(writing: &mut Writing, whole: &ComplianceReport) -> Result<(), Failure> {
    writing.add(
        "report.pdf",
        "The report, to be read",
        &compliance_report::pdf(whole, None)?,
    )?;
    writing.add(
        "report.md",
        "The report as Markdown",
        compliance_report::markdown(whole, None).as_bytes(),
    )?;
    writing.add("report.json", "The report for programs", &json(whole)?)
}

fn program_files(
    app: &App,
    writing: &mut Writing,
    program: &ReportedProgram,
) -> Result<(), Failure> {
    let slug = &program.checklist.program;
    writing.add(
        &format!("programs/{slug}/checklist.json"),
        "The checklist of the campaign: what is asked, what was decided, and what shows it",
        pretty(&program.checklist)?.as_bytes(),
    )?;
    let book = terms_view::Book::load(app, find(app, slug)?)?;
    let detail = terms_view::detail(&book, app.today()?)?;
    let terms = serde_json::json!({
        "program": slug,
        "name": program.name,
        "acceptances": program.acceptances,
        "versions": detail.versions,
    });
    writing.add(
        &format!("programs/{slug}/terms.json"),
        "Every version of the terms that the book knows, and when which was accepted",
        pretty(&terms)?.as_bytes(),
    )?;
    for item in &program.checklist.items {
        for evidence in item.evidence.iter().filter(|one| one.kind == "file") {
            let content = app.read(|read| {
                let id: EvidenceId = id_of(&evidence.id)?.into();
                decided::file(read, id)
            })?;
            if evidence.sha256.as_deref() != Some(hash(&content).as_str()) {
                return Err(damaged(&evidence.text));
            }
            let path = format!(
                "programs/{slug}/evidence/{}/{}",
                item.id,
                file_name(evidence)
            );
            let what = format!("Evidence of {}: “{}”", evidence.on, evidence.text);
            writing.add(&path, &what, &content)?;
        }
    }
    Ok(())
}

fn one_copy(app: &App, writing: &mut Writing, row: &SnapshotRow) -> Result<(), Failure> {
    let content = app.read(|read| snapshot::content(read, &row.sha256))?;
    if hash(&content) != row.sha256 {
        return Err(damaged(row.key()));
    }
    for file in copy_files(app, row)? {
        let what = format!("{}: {}", row.key(), file.what);
        writing.add(&format!("snapshots/{}", file.name), &what, &file.content)?;
    }
    Ok(())
}

/// Letters, digits, dots and hyphens of a name, behind the last letters of the evidence's identity.
fn file_name(evidence: &EvidenceDto) -> String {
    let id: String = evidence.id.chars().filter(|c| *c != '-').collect();
    let mut name: String = evidence
        .text
        .chars()
        .take(80)
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '-'
            }
        })
        .collect();
    name.insert(0, '-');
    name.insert_str(0, id.get(20..).unwrap_or(&id));
    name
}

fn pretty(value: &impl serde::Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| {
        Failure::refused(
            "file.json",
            format!("The document cannot be written: {error}."),
        )
    })?;
    Ok(text + "\n")
}

fn damaged(what: &str) -> Failure {
    Failure::resource(
        "evidence.damaged",
        format!("What was kept of {what} no longer has the hash it was kept under."),
    )
    .hint("Restore a backup, or remove it and keep it anew.")
}
