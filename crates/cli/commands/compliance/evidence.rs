//! `perennial compliance snapshots`, `snapshot`, `report` and `bundle`.

use crate::{
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::compliance,
    dto::{
        BundleSave, ById, CampaignInput, ComplianceReport, ComplianceSave, EvidenceAttach,
        EvidenceDetail, EvidenceDiff, EvidenceExport, EvidencePair, EvidenceQuery, EvidenceRow,
        FindingAccept, KeptFinding, PathInput,
    },
};
use std::path::Path;

/// One dated copy.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// When it was read, what was found, and whether it is intact
    Show {
        /// The copy
        id: String,
        /// The words that readers see, too
        #[arg(long)]
        text: bool,
    },
    /// What changed between two copies
    Compare {
        /// The earlier one
        before: String,
        /// The later one
        after: String,
    },
    /// Write it as files
    Export {
        /// The copy
        id: String,
        /// The folder
        folder: String,
    },
    /// Add a picture that you took: PNG, JPEG or WebP
    Attach {
        /// The copy
        id: String,
        /// The picture
        file: String,
    },
    /// Take it out; undo brings it back
    Remove {
        /// The copy
        id: String,
    },
    /// Note that a finding is fine, and why
    Accept {
        /// The copy
        id: String,
        /// The rule
        rule: String,
        /// The words it is about, as the copy shows them
        #[arg(long, value_name = "TEXT", default_value = "")]
        words: String,
        /// Why it is fine; without it the finding is open again
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
}

/// Verifying a bundle.
#[derive(Debug, Subcommand)]
pub enum Verify {
    /// Verify a bundle: every file is as the manifest says, and there is none besides
    Verify {
        /// The ZIP file
        file: String,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    match command {
        Command::Show { id, text } => {
            let detail = compliance::show(app, ById { id })?;
            output::answer(context, &detail, || shown(&detail, text))?;
            if !detail.intact {
                return Ok(Outcome::Findings);
            }
        }
        Command::Compare { before, after } => {
            let diff = compliance::compare(app, EvidencePair { before, after })?;
            output::answer(context, &diff, || compared(&diff))?;
        }
        Command::Export { id, folder } => {
            let written = compliance::export(app, EvidenceExport { id, folder })?;
            output::answer(context, &written, || {
                let lines = written.files.iter();
                lines.map(|path| format!("Wrote {path}\n")).collect()
            })?;
        }
        Command::Attach { id, file } => {
            let detail = compliance::attach(app, EvidenceAttach { id, path: file })?;
            output::answer(context, &detail, || shown(&detail, false))?;
        }
        Command::Remove { id } => {
            let done = compliance::remove(app, ById { id })?;
            output::answer(context, &done, || "Removed.\n".to_owned())?;
        }
        Command::Accept {
            id,
            rule,
            words,
            reason,
        } => {
            let detail = compliance::finding_accept(
                app,
                FindingAccept {
                    id,
                    rule,
                    excerpt: words,
                    reason,
                },
            )?;
            output::answer(context, &detail, || shown(&detail, false))?;
        }
    }
    Ok(Outcome::Done)
}

/// Lists dated copies.
///
/// # Errors
/// What the use case says.
pub fn list(
    context: &Context,
    campaign: Option<String>,
    search: String,
) -> Result<Outcome, Failure> {
    let page = compliance::list(
        context.open()?,
        EvidenceQuery {
            search,
            campaign,
            ..EvidenceQuery::default()
        },
    )?;
    output::answer(context, &page, || {
        let mut table = Table::new(&[
            "Read",
            "Kind",
            "Place",
            "Campaign",
            ">Errors",
            ">Warnings",
            "Copy",
        ]);
        for row in &page.items {
            table.row([
                row.taken_at.clone(),
                row.kind.clone(),
                row.address.clone().unwrap_or_else(|| row.place.clone()),
                output::maybe(row.campaign.as_deref()),
                row.errors.to_string(),
                row.warnings.to_string(),
                row.id.clone(),
            ]);
        }
        if page.items.is_empty() {
            "No copies yet. Keep one with `perennial compliance page URL --keep`.\n".to_owned()
        } else {
            table.text()
        }
    })?;
    Ok(Outcome::Done)
}

/// Shows the report of a campaign, or writes it. Something that stands in the way of publishing is a finding.
///
/// # Errors
/// What the use case says.
pub fn report(
    context: &Context,
    campaign: String,
    out: Option<String>,
) -> Result<Outcome, Failure> {
    let app = context.open()?;
    if let Some(path) = out {
        let written = compliance::report_save(app, ComplianceSave { campaign, path })?;
        output::answer(context, &written, || {
            let lines = written.files.iter();
            lines.map(|path| format!("Wrote {path}\n")).collect()
        })?;
        return Ok(Outcome::Done);
    }
    let report = compliance::report(app, CampaignInput { campaign })?;
    output::answer(context, &report, || told(&report))?;
    Ok(if report.ready {
        Outcome::Done
    } else {
        Outcome::Findings
    })
}

/// Writes a bundle.
///
/// # Errors
/// What the use case says.
pub fn bundle(context: &Context, campaign: String, path: String) -> Result<Outcome, Failure> {
    let done = compliance::bundle(
        context.open()?,
        BundleSave {
            campaign,
            path,
            job: None,
        },
    )?;
    output::answer(context, &done, || {
        format!(
            "Wrote {}: {} files, {} bytes\nSHA-256 {}\n",
            done.path, done.files, done.bytes, done.sha256
        )
    })?;
    Ok(Outcome::Done)
}

/// Verifies a bundle; needs no book.
///
/// # Errors
/// What the use case says.
pub fn verify(context: &Context, path: String) -> Result<Outcome, Failure> {
    let found = compliance::bundle_verify(&context.app, PathInput { path })?;
    output::answer(context, &found, || {
        let mut text = String::new();
        for problem in &found.problems {
            text += &format!("{problem}\n");
        }
        text + &if found.intact {
            format!(
                "Intact: {} files of “{}” are as the manifest says.\n",
                found.files, found.campaign
            )
        } else {
            format!("Not intact: “{}”.\n", found.campaign)
        }
    })?;
    Ok(if found.intact {
        Outcome::Done
    } else {
        Outcome::Findings
    })
}

/// A file's name, by which copies of a text are told.
pub fn name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn shown(detail: &EvidenceDetail, text: bool) -> String {
    let copy = &detail.copy;
    let mut lines = head(copy);
    lines += &format!(
        "Rules {}, terms {}, markets {}\n",
        copy.rules_version,
        copy.terms_version,
        detail.markets.join(", ")
    );
    lines += if detail.intact {
        "Intact\n"
    } else {
        "Not intact: the content no longer has its hash\n"
    };
    for finding in &detail.findings {
        lines += &one(finding);
    }
    if detail.findings.is_empty() {
        lines += "Nothing was found.\n";
    }
    if text {
        lines += &format!("\n{}\n", detail.text);
    }
    lines
}

fn head(copy: &EvidenceRow) -> String {
    let place = copy.address.as_ref().unwrap_or(&copy.place);
    let mut text = format!(
        "{place}\n{} on {}, {} bytes, SHA-256 {}\n",
        copy.kind, copy.taken_at, copy.bytes, copy.sha256
    );
    if let Some(name) = &copy.campaign {
        text += &format!("Campaign {name}\n");
    }
    if let Some(name) = &copy.picture {
        text += &format!("Picture {name}\n");
    }
    text
}

fn one(finding: &KeptFinding) -> String {
    let mut text = format!(
        "{} {}: {}\n",
        finding.severity, finding.rule, finding.message
    );
    if !finding.excerpt.is_empty() {
        text += &format!("  Words: {}\n", finding.excerpt);
    }
    if let Some(reason) = &finding.accepted {
        text += &format!("  Accepted: {reason}\n");
    }
    text
}

fn compared(diff: &EvidenceDiff) -> String {
    if diff.same {
        return "The two copies are the same, byte for byte.\n".to_owned();
    }
    let mut text = String::new();
    for (verb, findings) in [("No longer", &diff.gone), ("New", &diff.new)] {
        for finding in findings {
            text += &format!("{verb}: {}", one(finding));
        }
    }
    for line in &diff.lines {
        text += &match line.kind.as_str() {
            "gone" => format!("- {}\n", line.text),
            "new" => format!("+ {}\n", line.text),
            "skipped" => format!("  … {} lines\n", line.skipped),
            _ => format!("  {}\n", line.text),
        };
    }
    if diff.cut {
        text += "There are more lines; export both copies to see them.\n";
    }
    text
}

fn told(report: &ComplianceReport) -> String {
    let mut text = format!(
        "{}: {}{}\n",
        report.campaign,
        if report.ready {
            "nothing stands in the way of publishing"
        } else {
            "not fit to publish yet"
        },
        report
            .score
            .map(|score| format!(", score {score} of 100"))
            .unwrap_or_default()
    );
    for blocker in &report.blockers {
        text += &format!("  {}\n", blocker.text);
    }
    for program in &report.programs {
        text += &format!(
            "{}: {} of {} items settled under terms {}\n",
            program.name,
            program.checklist.done,
            program.checklist.items.len(),
            program.checklist.terms_version
        );
    }
    text += &format!(
        "{} places checked, {} findings open, {} accepted, {} copies kept\n{}\n",
        report.checks.len(),
        report.open_findings,
        report.accepted_findings,
        report.copies,
        report.note
    );
    text
}
