//! `perennial compliance`.

mod evidence;

use crate::{
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    App, Failure,
    commands::compliance,
    dto::{
        AcceptTerms, Checklist, ChecklistInput, ChecklistSet, Empty, EvidenceAdd, FindingDto,
        Findings, KeywordCheck, PageCheck, TextCheck, TextKeep,
    },
    files,
};
use std::path::PathBuf;

/// Terms and law: checks and checklists.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Where compliance stands, by program and campaign
    Status,
    /// Check promotional text
    Text {
        /// The text
        file: PathBuf,
        /// blog, email, youtube, quora, reddit, social, facebook-group, facebook-ads, google-ads, funnel, personal or other
        #[arg(long, value_name = "KIND")]
        channel: String,
        /// Keep a dated copy in the book
        #[arg(long)]
        keep: bool,
        /// The campaign of the copy
        #[arg(long, value_name = "NAME", requires = "keep")]
        campaign: Option<String>,
        /// The program; Kartra without it
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        /// The markets whose laws are named: us, uk, eu; those of the book, or us
        #[arg(long = "market", value_name = "MARKET", value_delimiter = ',')]
        markets: Vec<String>,
    },
    /// Ready wordings of a disclosure, and a check of your own
    Wordings {
        /// Of this kind of channel: blog, email, youtube, …; with --own, the kind to judge by (blog without it)
        #[arg(long, value_name = "KIND")]
        channel: Option<String>,
        /// In this language: en, de, es, fr or pt
        #[arg(long, value_name = "CODE")]
        language: Option<String>,
        /// label, short or long
        #[arg(long, value_name = "LENGTH")]
        length: Option<String>,
        /// Check the wording in this file instead, as it would stand before a paid link
        #[arg(long, value_name = "FILE", conflicts_with_all = ["language", "length"])]
        own: Option<PathBuf>,
    },
    /// Check a list of ad keywords
    Keywords {
        /// The list
        file: PathBuf,
        /// Write the negative keywords that keep the brand out
        #[arg(long, value_name = "FILE")]
        export_negatives: Option<PathBuf>,
        /// Keep a dated copy in the book
        #[arg(long)]
        keep: bool,
        /// The campaign of the copy
        #[arg(long, value_name = "NAME", requires = "keep")]
        campaign: Option<String>,
        /// The program; Kartra without it
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        /// The markets whose laws are named: us, uk, eu; those of the book, or us
        #[arg(long = "market", value_name = "MARKET", value_delimiter = ',')]
        markets: Vec<String>,
    },
    /// Check a page: a saved one, or one that is fetched
    Page {
        /// The page's address (https://…) or its saved HTML
        #[arg(value_name = "URL|FILE")]
        place: String,
        /// Keep a dated copy in the book, or as files in this folder: the page, its words, and what was found
        #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = "")]
        keep: Option<String>,
        /// The campaign of the copy
        #[arg(long, value_name = "NAME", requires = "keep")]
        campaign: Option<String>,
        /// A host whose links pay; may be given several times
        #[arg(long = "link-host", value_name = "HOST")]
        link_hosts: Vec<String>,
        /// The program; Kartra without it
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        /// The markets whose laws are named: us, uk, eu; those of the book, or us
        #[arg(long = "market", value_name = "MARKET", value_delimiter = ',')]
        markets: Vec<String>,
    },
    /// Dated copies of what you published
    Snapshots {
        /// Of this campaign
        #[arg(long, value_name = "NAME")]
        campaign: Option<String>,
        /// Part of the address or the name
        #[arg(long, value_name = "WORDS", default_value = "")]
        search: String,
    },
    /// One dated copy
    #[command(subcommand)]
    Snapshot(evidence::Command),
    /// The compliance report of a campaign, and what stands in the way of publishing
    Report {
        /// The campaign
        campaign: String,
        /// Write it as PDF, Markdown or JSON
        #[arg(long, value_name = "FILE")]
        out: Option<String>,
    },
    /// Everything of a campaign for an auditor, as one ZIP file; `bundle verify FILE` verifies one
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Bundle {
        #[command(subcommand)]
        command: Option<evidence::Verify>,
        /// The campaign
        #[arg(required = true)]
        campaign: Option<String>,
        /// The ZIP file
        #[arg(long, value_name = "FILE", required = true)]
        out: Option<String>,
    },
    /// Note that you read and accepted a version of the terms
    Accept {
        /// The program
        program: String,
        /// The version
        #[arg(long, value_name = "VERSION")]
        terms: String,
        /// The day; today without it
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    /// A program's checklist
    Checklist {
        /// The program
        program: String,
        /// Of this campaign
        #[arg(long, value_name = "NAME")]
        campaign: Option<String>,
    },
    /// Decide an item of a checklist, with evidence
    Decide {
        /// The program
        program: String,
        /// The item
        item: String,
        /// open, done or not_applicable
        #[arg(long, default_value = "done")]
        state: String,
        /// Of this campaign
        #[arg(long, value_name = "NAME")]
        campaign: Option<String>,
        /// In your words
        #[arg(long, default_value = "")]
        note: String,
        /// A text, an address or a file, as text:…, url:… or file:…
        #[arg(long, value_name = "KIND:VALUE")]
        evidence: Option<String>,
    },
}

/// Runs it. Checks of text, keywords and pages need no book.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    match command {
        Command::Text {
            file,
            channel,
            keep,
            campaign,
            program,
            markets,
        } => {
            let app = judge(context, program.as_deref(), keep)?;
            let text = decoded(&file)?;
            if keep {
                compliance::text_keep(
                    app,
                    TextKeep {
                        text: text.clone(),
                        name: evidence::name(&file),
                        channel: channel.clone(),
                        program: program.clone(),
                        markets: markets.clone(),
                        campaign,
                    },
                )?;
            }
            found(
                context,
                &compliance::text(
                    app,
                    TextCheck {
                        text,
                        channel,
                        program,
                        markets,
                    },
                )?,
            )
        }
        Command::Wordings {
            channel,
            own: Some(file),
            ..
        } => found(
            context,
            &compliance::wording_check(
                &context.app,
                TextCheck {
                    text: decoded(&file)?,
                    channel: channel.unwrap_or_else(|| "blog".to_owned()),
                    program: None,
                    markets: Vec::new(),
                },
            )?,
        ),
        Command::Wordings {
            channel,
            language,
            length,
            own: None,
        } => {
            let mut ready = compliance::wordings(&context.app, Empty {})?;
            let wanted = |asked: &Option<String>, has: &str| {
                asked.as_deref().is_none_or(|asked| asked == has)
            };
            ready.items.retain(|one| {
                wanted(&channel, &one.channel)
                    && wanted(&language, &one.language)
                    && wanted(&length, &one.length)
            });
            output::answer(context, &ready, || {
                let mut table = Table::new(&["Channel", "Language", "Length", "Wording"]);
                for one in &ready.items {
                    table.row([
                        one.channel.clone(),
                        one.language.clone(),
                        one.length.clone(),
                        one.text.clone(),
                    ]);
                }
                table.text()
            })?;
            Ok(Outcome::Done)
        }
        Command::Keywords {
            file,
            export_negatives,
            keep,
            campaign,
            program,
            markets,
        } => {
            let app = judge(context, program.as_deref(), keep)?;
            if keep {
                compliance::keyword_check(
                    app,
                    KeywordCheck {
                        text: decoded(&file)?,
                        path: None,
                        program: program.clone(),
                        markets: markets.clone(),
                        negatives_out: None,
                        keep_as: Some(evidence::name(&file)),
                        campaign,
                    },
                )?;
            }
            let (findings, negatives) =
                compliance::keywords(app, &decoded(&file)?, program.as_deref(), &markets)?;
            if let Some(path) = export_negatives {
                let lines: String = negatives
                    .iter()
                    .map(|keyword| format!("{keyword}\n"))
                    .collect();
                files::write(&path, lines)?;
            }
            found(context, &findings)
        }
        Command::Page {
            place,
            keep,
            campaign,
            link_hosts,
            program,
            markets,
        } => {
            let keep_in_book = keep.as_deref() == Some("");
            let app = judge(context, program.as_deref(), keep_in_book)?;
            let page = compliance::page(
                app,
                PageCheck {
                    place,
                    link_hosts,
                    program,
                    markets,
                    keep: keep.filter(|folder| !folder.is_empty()),
                    keep_in_book,
                    campaign,
                },
            )?;
            output::answer(context, &page, || {
                let kept: String = page
                    .kept
                    .iter()
                    .chain(&page.copy)
                    .map(|path| format!("Kept {path}\n"))
                    .collect();
                listed(&page.findings) + &kept
            })?;
            Ok(outcome(&page.findings))
        }
        Command::Status => {
            let status = compliance::status(context.open()?, Empty {})?;
            output::answer(context, &status, || {
                let mut table =
                    Table::new(&["Program", "Campaign", "Terms", "Accepted", ">Done", ">Of"]);
                for row in &status.items {
                    table.row([
                        row.program.clone(),
                        output::maybe(row.campaign.as_deref()),
                        row.terms_version.clone(),
                        output::maybe(row.accepted_version.as_deref()),
                        row.done.to_string(),
                        row.total.to_string(),
                    ]);
                }
                format!("{}\n{}\n", table.text(), status.note)
            })?;
            Ok(Outcome::Done)
        }
        Command::Snapshots { campaign, search } => evidence::list(context, campaign, search),
        Command::Snapshot(command) => evidence::run(command, context),
        Command::Report { campaign, out } => evidence::report(context, campaign, out),
        Command::Bundle {
            command: Some(evidence::Verify::Verify { file }),
            ..
        } => evidence::verify(context, file),
        Command::Bundle { campaign, out, .. } => evidence::bundle(
            context,
            campaign.unwrap_or_default(),
            out.unwrap_or_default(),
        ),
        Command::Accept { program, terms, on } => list(
            context,
            &compliance::accept(
                context.open()?,
                AcceptTerms {
                    program,
                    version: terms,
                    on,
                },
            )?,
        ),
        Command::Checklist { program, campaign } => list(
            context,
            &compliance::checklist(context.open()?, ChecklistInput { program, campaign })?,
        ),
        Command::Decide {
            program,
            item,
            state,
            campaign,
            note,
            evidence,
        } => {
            let evidence = evidence.map(|text| match text.split_once(':') {
                Some((kind @ ("text" | "url" | "file"), value)) => EvidenceAdd {
                    kind: kind.to_owned(),
                    text: value.to_owned(),
                },
                _ => EvidenceAdd {
                    kind: "text".to_owned(),
                    text,
                },
            });
            let input = ChecklistSet {
                program,
                campaign,
                item,
                state,
                note,
                evidence,
            };
            list(context, &compliance::checklist_set(context.open()?, input)?)
        }
    }
}

/// The built-in program's rules need no book; another program's are in it, and so are copies.
fn judge<'a>(context: &'a Context, program: Option<&str>, keep: bool) -> Result<&'a App, Failure> {
    match program {
        None | Some("kartra") if !keep => Ok(&context.app),
        _ => context.open(),
    }
}

/// A text of unknown encoding: UTF-8 or UTF-16 with its mark, else Latin-1, in which every byte is a letter.
fn decoded(path: &std::path::Path) -> Result<String, Failure> {
    let bytes = files::read_bytes(path)?;
    Ok(files::decode(&bytes))
}

fn found(context: &Context, findings: &Findings) -> Result<Outcome, Failure> {
    output::answer(context, findings, || listed(&findings.findings))?;
    Ok(outcome(&findings.findings))
}

fn listed(findings: &[FindingDto]) -> String {
    if findings.is_empty() {
        return "Nothing found.\n".to_owned();
    }
    let mut text = String::new();
    for one in findings {
        let place = one
            .place
            .as_ref()
            .map(|place| format!("line {}: ", place.line))
            .unwrap_or_default();
        text += &format!(
            "{} {}\n  {place}{}\n  Fix: {}\n  Source: {}\n",
            one.severity, one.rule, one.message, one.fix, one.source
        );
    }
    text
}

fn outcome(findings: &[FindingDto]) -> Outcome {
    if findings.iter().any(|one| one.severity == "error") {
        Outcome::Findings
    } else {
        Outcome::Done
    }
}

fn list(context: &Context, checklist: &Checklist) -> Result<Outcome, Failure> {
    output::answer(context, checklist, || {
        let mut table = Table::new(&["Item", "State", "What it demands", "Evidence"]);
        for item in &checklist.items {
            table.row([
                item.id.clone(),
                item.state.clone(),
                item.demand.clone(),
                item.evidence.len().to_string(),
            ]);
        }
        format!(
            "{} under terms {}: {} of {} done\n\n{}",
            checklist.program,
            checklist.terms_version,
            checklist.done,
            checklist.items.len(),
            table.text()
        )
    })?;
    Ok(Outcome::Done)
}
