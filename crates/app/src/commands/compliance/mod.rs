//! Compliance: checks of what one writes, and the checklist of what one has accepted.

mod bundle;
mod checklist;
mod compare;
mod evidence;
mod page;
mod report;

pub use bundle::{bundle, bundle_verify};
pub use checklist::{accept, checklist, checklist_set, status};
pub use compare::compare;
pub use evidence::{attach, export, finding_accept, list, remove, show};
pub use page::page;
pub use report::{report, report_save, standing};

use super::program::find;
use crate::{
    App, Failure,
    dto::{
        Empty, EvidenceRow, FindingDto, FindingPlace, Findings, KeywordCheck, KeywordFindings,
        TextCheck, TextKeep, Wording, Wordings,
    },
    files,
};
use perennial_compliance::{
    Finding, KeywordReport, Market, Options, ProgramPack, check_keywords, check_text,
    lang::Language,
    library::{Length, check_own, wording},
};
use perennial_domain::channel::ChannelKind;
use perennial_store::table::setting;
use std::path::Path;

/// Checks promotional text. Works without a book.
///
/// # Errors
/// Where the channel's kind is not known.
pub fn text(app: &App, input: TextCheck) -> Result<Findings, Failure> {
    let kind = super::channel::kind(&input.channel)?;
    let found = check_text(
        &input.text,
        kind,
        &options(app, input.program.as_deref(), &input.markets)?,
    );
    Ok(Findings {
        findings: found.into_iter().map(finding).collect(),
    })
}

/// Checks one's own wording of a disclosure, as it would stand before a paid link. Works without a book.
///
/// # Errors
/// Where the kind of channel is unknown.
pub fn wording_check(app: &App, input: TextCheck) -> Result<Findings, Failure> {
    let kind = super::channel::kind(&input.channel)?;
    let options = options(app, input.program.as_deref(), &input.markets)?;
    Ok(Findings {
        findings: check_own(&input.text, kind, &options)
            .into_iter()
            .map(finding)
            .collect(),
    })
}

/// Checks a list of ad keywords; also says which negatives keep the brand out. Works without a book.
///
/// # Errors
/// Where the book's settings cannot be read.
pub fn keywords(
    app: &App,
    text: &str,
    program: Option<&str>,
    markets: &[String],
) -> Result<(Findings, Vec<String>), Failure> {
    let KeywordReport {
        findings,
        negatives,
    } = check_keywords(text, &options(app, program, markets)?);
    Ok((
        Findings {
            findings: findings.into_iter().map(finding).collect(),
        },
        negatives,
    ))
}

/// The same for the window: a pasted list or a file, and the negatives written where asked.
///
/// # Errors
/// Where the file cannot be read, the negatives cannot be written, or the program is not known.
pub fn keyword_check(app: &App, input: KeywordCheck) -> Result<KeywordFindings, Failure> {
    let text = match &input.path {
        Some(path) => files::decode(&files::read_bytes(Path::new(path))?),
        None => input.text,
    };
    let (found, negatives) = keywords(app, &text, input.program.as_deref(), &input.markets)?;
    let mut copy = None;
    if let Some(name) = &input.keep_as {
        let markets = options(app, input.program.as_deref(), &input.markets)?.markets;
        copy = Some(
            evidence::keep(
                app,
                evidence::Taken {
                    kind: evidence::Kind::Keywords,
                    place: name.clone(),
                    address: None,
                    channel: None,
                    program: input.program.as_deref(),
                    campaign: input.campaign.as_deref(),
                    markets: &markets,
                    source: &text,
                    words: None,
                    content: text.clone().into_bytes(),
                    findings: &found.findings,
                },
            )?
            .id,
        );
    }
    let mut written = Vec::new();
    if let Some(path) = input.negatives_out {
        let lines: Vec<String> = negatives
            .iter()
            .map(|keyword| format!("{keyword}\n"))
            .collect();
        files::write(Path::new(&path), lines.concat())?;
        written.push(path);
    }
    Ok(KeywordFindings {
        findings: found.findings,
        negatives,
        lines: text.lines().filter(|line| !line.trim().is_empty()).count() as u64,
        written,
        copy,
    })
}

/// Checks a text and keeps a dated copy of it in the book.
///
/// # Errors
/// Where the channel's kind or the campaign is not known, the name is empty, or the text is too large.
pub fn text_keep(app: &App, input: TextKeep) -> Result<EvidenceRow, Failure> {
    let markets = options(app, input.program.as_deref(), &input.markets)?.markets;
    let found = text(
        app,
        TextCheck {
            text: input.text.clone(),
            channel: input.channel.clone(),
            program: input.program.clone(),
            markets: input.markets,
        },
    )?;
    evidence::keep(
        app,
        evidence::Taken {
            kind: evidence::Kind::Text,
            place: input.name,
            address: None,
            channel: Some(input.channel),
            program: input.program.as_deref(),
            campaign: input.campaign.as_deref(),
            markets: &markets,
            source: &input.text,
            words: None,
            content: input.text.clone().into_bytes(),
            findings: &found.findings,
        },
    )
}

/// Ready disclosures, by channel, language and length.
///
/// # Errors
/// None.
pub fn wordings(_: &App, _: Empty) -> Result<Wordings, Failure> {
    let mut items = Vec::new();
    for channel in ChannelKind::ALL {
        for language in Language::ALL {
            for length in Length::ALL {
                items.push(Wording {
                    channel: channel.word().to_owned(),
                    language: language.code().to_owned(),
                    length: length.word().to_owned(),
                    text: wording(*channel, *language, *length).to_owned(),
                });
            }
        }
    }
    Ok(Wordings { items })
}

/// The program's rules and the markets of the book; without a book Kartra's rules and the United States.
fn options(app: &App, program: Option<&str>, chosen: &[String]) -> Result<Options, Failure> {
    let markets = if !chosen.is_empty() {
        named(chosen)?
    } else if app.has_book() {
        markets(app)?
    } else {
        vec![Market::Us]
    };
    let pack = match program {
        None | Some("kartra") => ProgramPack::kartra(),
        Some(slug) => own_pack(app, slug)?,
    };
    Ok(Options { markets, pack })
}

/// What the rules need to know of a program without rules of its own: its name and its hosts.
fn own_pack(app: &App, slug: &str) -> Result<ProgramPack, Failure> {
    let row = find(app, slug)?;
    let hosts: Vec<String> = row
        .link_style
        .hosts
        .iter()
        .map(|host| host.trim_start_matches('.').to_owned())
        .collect();
    Ok(ProgramPack::custom(&row.slug, &row.name, &hosts))
}

/// The markets of words such as `us` and `uk,eu`.
fn named(words: &[String]) -> Result<Vec<Market>, Failure> {
    words
        .iter()
        .flat_map(|words| words.split(','))
        .map(|word| {
            Market::parse(&word.trim().to_lowercase()).ok_or_else(|| {
                let known: Vec<&str> = Market::ALL.iter().map(|market| market.word()).collect();
                Failure::refused(
                    "market.unknown",
                    format!("“{}” is not a market.", word.trim()),
                )
                .hint(format!("The markets are {}.", known.join(", ")))
            })
        })
        .collect()
}

fn markets(app: &App) -> Result<Vec<Market>, Failure> {
    let text = app.read(|read| setting::get(read, "markets"))?;
    let chosen: Vec<Market> = text
        .iter()
        .flat_map(|text| text.split(','))
        .filter_map(|word| Market::parse(word.trim()))
        .collect();
    Ok(if chosen.is_empty() {
        vec![Market::Us]
    } else {
        chosen
    })
}

fn finding(found: Finding) -> FindingDto {
    let scalar = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    FindingDto {
        rule: found.rule.to_owned(),
        severity: found.severity.word().to_owned(),
        message: found.message,
        span: found.span.map(|(from, to)| (scalar(from), scalar(to))),
        fix: found.fix,
        source: found.source,
        place: found.line.map(|line| FindingPlace {
            line: u64::try_from(line).unwrap_or(u64::MAX),
        }),
        keyword: found.keyword,
    }
}
