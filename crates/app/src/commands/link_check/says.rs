//! What a check found, in words.

use crate::dto::LinkProblem;
use perennial_domain::link_health::{Doubt, HealthState, Problem, Verdict};
use perennial_store::table::link_health::HealthRow;

/// The problems as they are kept: word and detail.
pub(super) fn kept(verdict: &Verdict) -> Vec<(String, String)> {
    match verdict {
        Verdict::Failed(problems) => problems
            .iter()
            .map(|problem| (problem.word().to_owned(), problem.detail()))
            .collect(),
        Verdict::Fine | Verdict::Unverifiable(_) => Vec::new(),
    }
}

/// Problems as they cross the boundary.
pub(super) fn problems(kept: &[(String, String)]) -> Vec<LinkProblem> {
    kept.iter()
        .map(|(kind, detail)| LinkProblem {
            message: message(kind, detail),
            kind: kind.clone(),
            detail: detail.clone(),
        })
        .collect()
}

fn message(kind: &str, detail: &str) -> String {
    match kind {
        "gone" => format!("The page is gone (status {detail})."),
        "error" => format!("The site answers with an error (status {detail})."),
        "unreachable" => "The site cannot be reached.".to_owned(),
        "insecure" => {
            "No secure connection can be made; the certificate is not accepted.".to_owned()
        }
        "slow" => "The site took too long to answer, or the connection broke off.".to_owned(),
        "redirects" => "It redirects without end, or to where no link may lead.".to_owned(),
        "foreign_host" => format!("It ends at {detail}, which is not one of the program's hosts."),
        "look_alike" => format!("It ends at {detail}, which only looks like the program's host."),
        "lost_parameter" => {
            format!("The parameter {detail} is lost on the way, so reports will not show it.")
        }
        other => format!("{other} {detail}"),
    }
}

/// A verdict in a sentence.
pub(super) fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Fine => "It leads where it should.".to_owned(),
        Verdict::Unverifiable(doubt) => doubted(*doubt),
        Verdict::Failed(found) => {
            let found: Vec<String> = found
                .iter()
                .map(|problem: &Problem| message(problem.word(), &problem.detail()))
                .collect();
            found.join(" ")
        }
    }
}

fn doubted(doubt: Doubt) -> String {
    match doubt {
        Doubt::TrackedOnly => TRACKED_ONLY.to_owned(),
        Doubt::KeptOut(status) => {
            format!("The site keeps programs out (status {status}), so only a person can tell.")
        }
        Doubt::Busy(status) => format!("The site asks to be left alone for now (status {status})."),
    }
}

const TRACKED_ONLY: &str =
    "Only your tracked address leads there, and asking it could count as a click of your own.";

/// How a link stands, in a sentence.
pub(super) fn stands(row: &HealthRow, tracked_allowed: bool) -> String {
    if row.health.checked_at.is_none() {
        return "It was not checked yet.".to_owned();
    }
    if !row.problems.is_empty() {
        let found: Vec<String> = row
            .problems
            .iter()
            .map(|(kind, detail)| message(kind, detail))
            .collect();
        return found.join(" ");
    }
    match (
        row.health.state,
        row.fingerprint.split(' ').next(),
        row.status,
    ) {
        (_, Some("tracked_only"), _) if tracked_allowed => {
            "Its tracked address may be asked now; check it again.".to_owned()
        }
        (_, Some("tracked_only"), _) => TRACKED_ONLY.to_owned(),
        (_, Some("kept_out"), Some(status)) => doubted(Doubt::KeptOut(status)),
        (_, Some("busy"), Some(status)) => doubted(Doubt::Busy(status)),
        (HealthState::Unchecked, _, _) => "It was not checked yet.".to_owned(),
        _ => verdict(&Verdict::Fine),
    }
}

/// A sentence: it begins with a capital letter and ends with a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str())
}
