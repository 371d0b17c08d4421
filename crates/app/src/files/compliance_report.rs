//! The compliance report of a campaign as printed pages and as Markdown. Both are written from one list of pieces, so
//! they say the same; without a day of making, equal reports give equal bytes.

use crate::{
    Failure,
    dto::{ChecklistItemDto, ComplianceReport, KeptFinding, ReportedCheck, ReportedProgram},
    files::pdf::{Column, Pdf, Table},
};
use chrono::NaiveDate;

enum Piece {
    Section(String),
    Part(String),
    Facts(Vec<(String, String)>),
    List(Vec<String>),
    Table(Vec<&'static str>, Vec<Vec<String>>),
    Paragraph(String),
    Note(String),
}

/// The printed pages.
///
/// # Errors
/// Where they cannot be written.
pub fn pdf(of: &ComplianceReport, made: Option<NaiveDate>) -> Result<Vec<u8>, Failure> {
    let title = title(of);
    let mut page = Pdf::new(title.clone());
    page.footer(match made {
        Some(day) => format!("{title} · made with Perennial on {day}"),
        None => format!("{title} · made with Perennial"),
    });
    page.heading(title);
    for piece in pieces(of, made) {
        match piece {
            Piece::Section(text) => page.section(text),
            Piece::Part(text) => page.part(text),
            Piece::Facts(facts) => page.facts(&facts),
            Piece::List(items) => page.list(&items),
            Piece::Paragraph(text) => page.paragraph(text),
            Piece::Note(text) => page.note(text),
            Piece::Table(head, rows) => {
                let mut table = Table::new(head.into_iter().map(Column::text).collect());
                for row in rows {
                    table.row(row);
                }
                page.table(table)
            }
        };
    }
    page.finish().map_err(|error| {
        Failure::refused(
            "file.pdf",
            format!("The report cannot be written: {error}."),
        )
        .hint("Save it as Markdown.")
    })
}

/// The same as Markdown.
pub fn markdown(of: &ComplianceReport, made: Option<NaiveDate>) -> String {
    let mut lines = vec![format!("# {}", plain(&title(of)))];
    for piece in pieces(of, made) {
        lines.push(String::new());
        match piece {
            Piece::Section(head) => lines.push(format!("## {}", plain(&head))),
            Piece::Part(head) => lines.push(format!("### {}", plain(&head))),
            Piece::Paragraph(words) => lines.push(plain(&words)),
            Piece::Note(words) => lines.push(format!("_{}_", plain(&words))),
            Piece::Facts(facts) => lines.extend(
                facts
                    .iter()
                    .map(|(name, value)| format!("- **{}**: {}", plain(name), plain(value))),
            ),
            Piece::List(items) => {
                lines.extend(items.iter().map(|item| format!("- {}", plain(item))));
            }
            Piece::Table(head, rows) => {
                lines.push(format!("| {} |", head.join(" | ")));
                lines.push(format!("|{}", "---|".repeat(head.len())));
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
                    lines.push(format!("| {} |", cells.join(" | ")));
                }
            }
        }
    }
    lines.join("\n") + "\n"
}

/// What is somebody's own words must not become marks, links or HTML of the document.
fn plain(text: &str) -> String {
    let mut safe = String::new();
    for c in text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~'
        ) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

fn title(of: &ComplianceReport) -> String {
    format!("Compliance of {}", of.campaign)
}

fn pieces(of: &ComplianceReport, made: Option<NaiveDate>) -> Vec<Piece> {
    let mut pieces = vec![Piece::Facts(facts(of, made))];
    pieces.push(Piece::Section("What stands in the way".to_owned()));
    if of.blockers.is_empty() {
        pieces.push(Piece::Paragraph("Nothing.".to_owned()));
    } else {
        let lines = of.blockers.iter().map(|one| one.text.clone()).collect();
        pieces.push(Piece::List(lines));
    }
    for program in &of.programs {
        checklist(&mut pieces, program);
    }
    checks(&mut pieces, of);
    pieces.push(Piece::Section("How to read this".to_owned()));
    pieces.push(Piece::List(vec![
        "The score is the share of what is asked that is in order: settled items, terms whose acceptance stands, and \
         places whose last check found nothing that must change. Required items, terms and places weigh three, other \
         items one; a place with something worth a look counts two thirds."
            .to_owned(),
        "A finding that was accepted was looked at and found to be fine by the user, for the reason given.".to_owned(),
        of.note.clone(),
    ]));
    pieces
}

fn facts(of: &ComplianceReport, made: Option<NaiveDate>) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: String| facts.push((name.to_owned(), value));
    fact("Campaign", of.campaign.clone());
    match (&of.starts_on, &of.ends_on) {
        (Some(from), Some(to)) => fact("Days", format!("{from} to {to}")),
        (Some(from), None) => fact("Days", format!("from {from}")),
        (None, Some(to)) => fact("Days", format!("to {to}")),
        (None, None) => {}
    }
    fact("Markets", of.markets.join(", ").to_uppercase());
    fact(
        "Fit to publish",
        if of.ready { "Yes" } else { "No" }.to_owned(),
    );
    if let Some(score) = of.score {
        fact("Score", format!("{score} of 100"));
    }
    fact(
        "Findings",
        format!(
            "{} open, {} accepted, in {} places checked",
            of.open_findings,
            of.accepted_findings,
            of.checks.len()
        ),
    );
    fact("Copies kept", of.copies.to_string());
    fact("Rules", of.rules_version.clone());
    if let Some(day) = made {
        fact("Made on", day.to_string());
    }
    facts
}

fn checklist(pieces: &mut Vec<Piece>, of: &ReportedProgram) {
    let list = &of.checklist;
    pieces.push(Piece::Section(format!("Checklist: {}", of.name)));
    let state = match of.signed.as_str() {
        "current" => "stands",
        "changed" => "the terms changed since in what they ask",
        _ => "never accepted",
    };
    let mut facts = vec![
        ("Terms".to_owned(), list.terms_version.clone()),
        ("Acceptance".to_owned(), state.to_owned()),
    ];
    for one in &of.acceptances {
        facts.push((
            "Accepted".to_owned(),
            format!("{} on {}", one.version, one.on),
        ));
    }
    facts.push((
        "Settled".to_owned(),
        format!("{} of {} items", list.done, list.items.len()),
    ));
    pieces.push(Piece::Facts(facts));
    let rows = list
        .items
        .iter()
        .map(|item| {
            vec![
                item.demand.clone(),
                item_state(item),
                item.decided_on.clone().unwrap_or_default(),
                shown(item),
                item.source.clone(),
            ]
        })
        .collect();
    pieces.push(Piece::Table(
        vec![
            "What is asked",
            "State",
            "Decided",
            "Note and evidence",
            "Source",
        ],
        rows,
    ));
}

fn item_state(item: &ChecklistItemDto) -> String {
    match item.state.as_str() {
        "done" => "done".to_owned(),
        "not_applicable" => "does not apply".to_owned(),
        _ => {
            let mut state = "open".to_owned();
            if item.required {
                state += ", required";
            }
            if item.reopened {
                state += ", terms changed";
            }
            state
        }
    }
}

fn shown(item: &ChecklistItemDto) -> String {
    let mut parts = Vec::new();
    if !item.note.is_empty() {
        parts.push(item.note.clone());
    }
    for one in &item.evidence {
        parts.push(match &one.sha256 {
            Some(hash) => format!("{} ({}, SHA-256 {})", one.text, one.on, short(hash)),
            None => format!("{} ({})", one.text, one.on),
        });
    }
    parts.join("; ")
}

fn checks(pieces: &mut Vec<Piece>, of: &ComplianceReport) {
    pieces.push(Piece::Section("Pages, texts and lists checked".to_owned()));
    if of.checks.is_empty() {
        pieces.push(Piece::Paragraph(
            "Nothing was checked and kept for this campaign yet.".to_owned(),
        ));
    }
    for check in &of.checks {
        one_check(pieces, check);
    }
}

fn one_check(pieces: &mut Vec<Piece>, check: &ReportedCheck) {
    let copy = &check.copy;
    pieces.push(Piece::Part(
        copy.address.clone().unwrap_or_else(|| copy.place.clone()),
    ));
    let mut facts = vec![
        ("Checked".to_owned(), copy.taken_at.clone()),
        (
            "Rules and terms".to_owned(),
            format!("{}; {}", copy.rules_version, copy.terms_version),
        ),
        (
            "SHA-256".to_owned(),
            format!("{} ({} bytes)", copy.sha256, copy.bytes),
        ),
    ];
    if let Some(name) = &copy.picture {
        facts.push(("Picture".to_owned(), name.clone()));
    }
    pieces.push(Piece::Facts(facts));
    if check.findings.is_empty() {
        pieces.push(Piece::Note("Nothing was found.".to_owned()));
    } else {
        let rows = check.findings.iter().map(finding).collect();
        pieces.push(Piece::Table(
            vec!["Finding", "State", "Words", "What to do"],
            rows,
        ));
    }
}

fn finding(one: &KeptFinding) -> Vec<String> {
    let state = match (&one.accepted, &one.accepted_on) {
        (Some(reason), Some(day)) => format!("accepted on {day}: {reason}"),
        (Some(reason), None) => format!("accepted: {reason}"),
        _ => format!("open, {}", one.severity),
    };
    vec![
        one.message.clone(),
        state,
        one.excerpt.clone(),
        one.fix.clone(),
    ]
}

fn short(hash: &str) -> &str {
    hash.get(..16).unwrap_or(hash)
}
