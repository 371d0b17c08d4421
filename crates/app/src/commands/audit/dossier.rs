//! A finding as a document that can be sent to the program.

use crate::{
    App, Failure,
    commands::program::find,
    dto::AuditDetail,
    files::pdf::{Column, Pdf, Table},
};
use chrono::{DateTime, Utc};
use std::fmt::Write as _;

/// What the document says, whatever its form.
pub struct Dossier {
    title: String,
    request: String,
    facts: Vec<(String, String)>,
    steps: Vec<String>,
    terms: Vec<(String, String)>,
    evidence: Vec<(String, String)>,
    letters: Vec<[String; 3]>,
    made_on: String,
}

impl Dossier {
    /// Of a finding.
    pub fn of(app: &App, detail: &AuditDetail) -> Result<Self, Failure> {
        let finding = &detail.finding;
        let program = match &finding.program {
            Some(slug) => find(app, slug).map_or_else(|_| slug.clone(), |program| program.name),
            None => "The program".to_owned(),
        };
        let stake = format!("{} {}", finding.at_stake.amount, finding.at_stake.currency);
        let money = |amount: &crate::dto::Amount| format!("{} {}", amount.amount, amount.currency);
        let mut facts = vec![
            ("Program".to_owned(), program.clone()),
            ("Day of the sale".to_owned(), finding.occurred_on.clone()),
        ];
        let mut fact = |name: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                facts.push((name.to_owned(), value));
            }
        };
        fact("Your reference", finding.native_id.clone());
        fact("Plan", finding.plan.clone());
        fact("The customer paid", finding.sale.as_ref().map(money));
        fact("Promised", Some(money(&finding.expected)));
        fact("Reported", Some(money(&finding.reported)));
        fact("At stake", Some(stake.clone()));
        fact("Please answer by", finding.deadline.clone());
        let terms = finding.terms.as_ref().map_or_else(Vec::new, |terms| {
            vec![
                ("Version".to_owned(), terms.version.clone()),
                ("In force from".to_owned(), terms.from.clone()),
                (capital(&terms.label), terms.value.clone()),
                ("Source".to_owned(), terms.source.clone()),
            ]
        });
        let mut evidence = Vec::new();
        let mut seen = |name: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                evidence.push((name.to_owned(), value));
            }
        };
        seen("Link", detail.link_url.clone());
        seen(
            "Sub-IDs that came back",
            Some(detail.row.sub_ids.join(", ")),
        );
        seen("Click", detail.click_at.clone());
        seen(
            "Clicks on the link",
            detail
                .clicks
                .map(|clicks| format!("{clicks} in the 30 days before")),
        );
        seen("Reported through", Some(detail.row.connection.clone()));
        seen("Your word for its state", detail.row.approval_text.clone());
        Ok(Self {
            title: title(&finding.kind, &stake),
            request: request(&finding.kind, &program, &finding.occurred_on, &stake),
            facts,
            steps: finding.computation.clone(),
            terms,
            evidence,
            letters: detail
                .letters
                .iter()
                .map(|letter| {
                    let who = if letter.who == "me" {
                        "We wrote"
                    } else {
                        "You wrote"
                    };
                    [letter.day.clone(), who.to_owned(), letter.text.clone()]
                })
                .collect(),
            made_on: app.today()?.to_string(),
        })
    }

    /// As a PDF.
    ///
    /// # Errors
    /// `dossier.pdf` where it cannot be set.
    pub fn pdf(&self, now: DateTime<Utc>) -> Result<Vec<u8>, Failure> {
        let mut page = Pdf::new(&self.title);
        page.made(now.naive_utc())
            .footer(format!("Made with Perennial on {}", self.made_on))
            .heading(&self.title)
            .paragraph(&self.request)
            .facts(&self.facts)
            .section("How it is worked out")
            .steps(&self.steps);
        if !self.terms.is_empty() {
            page.section("The terms that hold").facts(&self.terms);
        }
        if !self.evidence.is_empty() {
            page.section("Where the sale came from")
                .facts(&self.evidence);
        }
        if !self.letters.is_empty() {
            let mut table = Table::new(vec![
                Column::text("Day"),
                Column::text("Who"),
                Column::text("What was written"),
            ]);
            for letter in &self.letters {
                table.row(letter.clone());
            }
            page.section("What was written so far").table(table);
        }
        page.finish().map_err(|error| {
            Failure::resource("pdf.failed", format!("The PDF could not be made: {error}."))
                .hint("Save it as Markdown (.md) instead.")
        })
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        // Writing to a String cannot fail.
        let mut text = format!("# {}\n\n{}\n\n", plain(&self.title), plain(&self.request));
        text += &list(&self.facts);
        text += "\n## How it is worked out\n\n";
        for (index, step) in self.steps.iter().enumerate() {
            let _ = writeln!(text, "{}. {}", index + 1, plain(step));
        }
        if !self.terms.is_empty() {
            let _ = write!(text, "\n## The terms that hold\n\n{}", list(&self.terms));
        }
        if !self.evidence.is_empty() {
            let _ = write!(
                text,
                "\n## Where the sale came from\n\n{}",
                list(&self.evidence)
            );
        }
        if !self.letters.is_empty() {
            text += "\n## What was written so far\n\n";
            for [day, who, words] in &self.letters {
                let _ = writeln!(
                    text,
                    "- **{day}, {}:** {}",
                    who.to_lowercase(),
                    plain(words)
                );
            }
        }
        let _ = write!(text, "\n---\n\nMade with Perennial on {}\n", self.made_on);
        text
    }
}

/// A name at the head of a line begins with a capital letter.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn title(kind: &str, stake: &str) -> String {
    match kind {
        "late" => format!("Commission not paid: {stake}"),
        "vanished" => format!("Commission gone from the report: {stake}"),
        "missing_second_tier" => format!("Second tier missing: {stake}"),
        "refund_without_sale" => format!("Refund without its sale: {stake}"),
        "shrunk" => format!("Commission reduced after it was reported: {stake}"),
        "over_paid" => format!("Commission above the terms: {stake}"),
        "rate_changed" => format!("Another rate than the terms: {stake}"),
        _ => format!("Commission below the terms: {stake}"),
    }
}

fn request(kind: &str, program: &str, day: &str, stake: &str) -> String {
    let what = match kind {
        "late" => "was due and has not been paid",
        "vanished" => "is no longer in your report, without a refund",
        "missing_second_tier" => "came without its second tier",
        "refund_without_sale" => "was taken back although your reports do not have its sale",
        "shrunk" => "became smaller after you had reported it",
        "over_paid" => "is above what your terms of that day say",
        _ => "is not what your terms of that day say",
    };
    format!(
        "To {program}: a commission of {day} {what}. {stake} are at stake. The figures below are from your own reports and terms; please check them and correct the commission, or tell us which terms applied."
    )
}

fn list(facts: &[(String, String)]) -> String {
    facts
        .iter()
        .map(|(name, value)| format!("- **{}:** {}\n", plain(name), plain(value)))
        .collect::<Vec<_>>()
        .concat()
}

/// Text that Markdown takes as it is: no marks, no line of its own.
fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => safe.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => {
                safe.push('\\');
                safe.push(letter);
            }
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_report_says_cannot_become_markup() {
        assert_eq!(plain("a*b_[x](y)\n# z"), "a\\*b\\_\\[x\\](y) \\# z");
    }

    #[test]
    fn both_forms_say_the_same() {
        let dossier = Dossier {
            title: title("short_paid", "80.00 USD"),
            request: request("short_paid", "Kartra", "2026-03-05", "80.00 USD"),
            facts: vec![("Program".into(), "Kartra".into())],
            steps: vec!["499.00 USD × 40% = 199.60 USD.".into()],
            terms: vec![("Version".into(), "2021".into())],
            evidence: vec![("Link".into(), "https://try.kartra.com/anna".into())],
            letters: vec![[
                "2026-03-10".into(),
                "We wrote".into(),
                "Please look.".into(),
            ]],
            made_on: "2026-03-20".into(),
        };
        let text = dossier.markdown();
        for part in [
            "# Commission below the terms: 80.00 USD",
            "1. 499.00 USD × 40% = 199.60 USD.",
            "- **Version:** 2021",
            "- **2026-03-10, we wrote:** Please look.",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(
            dossier
                .pdf(DateTime::UNIX_EPOCH)
                .unwrap()
                .starts_with(b"%PDF")
        );
    }
}
