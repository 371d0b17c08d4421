//! Findings as they cross the boundary.

use super::memory::Audited;
use crate::{
    App, Failure,
    commands::terms_view,
    dto::{Amount, AuditItem, AuditKind, AuditSummary, AuditTerms, AuditUnjudged},
};
use perennial_domain::{
    Currency, Money,
    audit::{self, FindingKind, State},
    ids::{ConversionId, ProgramId},
};
use perennial_store::table::{
    audit_verdict::{self, AMOUNT, LATE, Topic, Verdict},
    conversion,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// What the user decided, for every row.
pub struct Known(HashMap<(ConversionId, Topic), Verdict>);

/// A finding and what was decided of it.
pub struct Finding<'a> {
    /// The finding.
    pub of: &'a audit::Finding,
    /// What was decided.
    pub verdict: Option<&'a Verdict>,
}

/// What is kept of an audit for the first screen.
#[derive(Serialize, Deserialize)]
pub struct Kept {
    /// Findings that are open or disputed.
    pub open: u32,
    /// The money at stake, in words.
    pub stake: String,
}

impl Known {
    /// Reads it.
    pub fn read(app: &App) -> Result<Self, Failure> {
        app.read(audit_verdict::all).map(Self)
    }

    /// The findings, of one program or of all.
    pub fn findings<'a>(
        &'a self,
        audited: &'a Audited,
        program: Option<ProgramId>,
    ) -> Vec<Finding<'a>> {
        audited
            .audit
            .findings
            .iter()
            .filter(|of| program.is_none() || program_of(audited, of) == program)
            .map(|of| self.with(of))
            .collect()
    }

    /// One by its name.
    pub fn one<'a>(&'a self, audited: &'a Audited, id: &str) -> Result<Finding<'a>, Failure> {
        let (row, late) = match id.trim().strip_suffix(".late") {
            Some(row) => (row, true),
            None => (id.trim(), false),
        };
        audited
            .audit
            .findings
            .iter()
            .find(|of| (of.kind == FindingKind::Late) == late && of.row.to_string() == row)
            .map(|of| self.with(of))
            .ok_or_else(|| {
                Failure::refused("finding.unknown", format!("There is no finding “{id}”."))
                    .hint("See `perennial ledger audit`.")
            })
    }

    fn with<'a>(&'a self, of: &'a audit::Finding) -> Finding<'a> {
        let topic = topic(of.kind);
        Finding {
            of,
            verdict: self.0.get(&(of.row, topic)),
        }
    }
}

impl Finding<'_> {
    /// What was decided; open again where the difference is another than it was decided on.
    pub fn state(&self) -> State {
        match self.verdict {
            Some(verdict) if verdict.difference == self.of.difference.micros() => verdict.state,
            _ => State::Open,
        }
    }

    /// What it is about.
    pub fn topic(&self) -> Topic {
        topic(self.of.kind)
    }

    fn stands(&self) -> bool {
        matches!(self.state(), State::Open | State::Disputed)
    }
}

fn topic(kind: FindingKind) -> Topic {
    if kind == FindingKind::Late {
        LATE
    } else {
        AMOUNT
    }
}

fn program_of(audited: &Audited, of: &audit::Finding) -> Option<ProgramId> {
    audited.programs.get(of.program?).copied()
}

/// A finding as it crosses the boundary.
pub fn item(app: &App, finding: &Finding<'_>) -> Result<AuditItem, Failure> {
    let of = finding.of;
    let row = app.read(|read| conversion::get(read, &of.row.to_string()))?;
    let late = if of.kind == FindingKind::Late {
        ".late"
    } else {
        ""
    };
    let state = finding.state();
    let before = finding.verdict.map(|verdict| verdict.state);
    Ok(AuditItem {
        id: format!("{}{late}", of.row),
        row: of.row.to_string(),
        native_id: row.native_id,
        program: row.program.or(row.program_text),
        plan: row.plan.or(row.plan_text),
        occurred_on: of.day.to_string(),
        kind: of.kind.word().to_owned(),
        sale: row.sale.map(Amount::from),
        expected: of.expected.into(),
        reported: of.reported.into(),
        difference: of.difference.into(),
        at_stake: of.at_stake().into(),
        computation: of.computation.clone(),
        terms: of.terms.as_ref().map(|(key, from)| AuditTerms {
            key: key.word().to_owned(),
            label: terms_view::label(*key).to_owned(),
            value: from.text.clone(),
            version: from.version.clone(),
            from: from.from.to_string(),
            source: from.source.clone(),
            own: from.own,
        }),
        state: state.word().to_owned(),
        state_before: before
            .filter(|before| *before != state)
            .map(|before| before.word().to_owned()),
        note: finding
            .verdict
            .map(|verdict| verdict.note.clone())
            .unwrap_or_default(),
        decided_on: finding
            .verdict
            .map(|verdict| verdict.decided_on.to_string()),
        deadline: finding
            .verdict
            .and_then(|verdict| verdict.deadline)
            .map(|day| day.to_string()),
    })
}

/// What an audit came to, of one program or of all.
pub fn summary(
    audited: &Audited,
    program: Option<ProgramId>,
    found: &[Finding<'_>],
) -> AuditSummary {
    let audit = &audited.audit;
    let mut kinds: BTreeMap<FindingKind, (u32, Sums)> = BTreeMap::new();
    let mut all = Sums::default();
    let mut open = 0;
    for finding in found.iter().filter(|finding| finding.stands()) {
        open += 1;
        all.add(finding.of.at_stake());
        let kind = kinds.entry(finding.of.kind).or_default();
        kind.0 += 1;
        kind.1.add(finding.of.at_stake());
    }
    // What could not be judged has no program to speak of, so it is told for the whole book alone.
    let whole = program.is_none();
    AuditSummary {
        judged: audit.judged,
        unjudged: audit
            .unjudged
            .iter()
            .filter(|_| whole)
            .map(|(why, count)| AuditUnjudged {
                reason: why.word().to_owned(),
                why: why.why().to_owned(),
                count: *count,
            })
            .collect(),
        unpaid_unknown: if whole { audit.unpaid_unknown } else { 0 },
        kinds: kinds
            .into_iter()
            .map(|(kind, (count, sums))| AuditKind {
                kind: kind.word().to_owned(),
                count,
                at_stake: sums.amounts(),
            })
            .collect(),
        open,
        at_stake: all.amounts(),
    }
}

/// The money at stake in words.
pub fn stake(summary: &AuditSummary) -> String {
    let amounts: Vec<String> = summary
        .at_stake
        .iter()
        .map(|amount| format!("{} {}", amount.amount, amount.currency))
        .collect();
    amounts.join(" and ")
}

/// Sums by currency, which never add up to one another.
#[derive(Default)]
struct Sums(BTreeMap<Currency, Money>);

impl Sums {
    fn add(&mut self, money: Money) {
        let sum = self
            .0
            .entry(money.currency())
            .or_insert_with(|| Money::zero(money.currency()));
        // Past what a book can hold the sum stays where it was.
        *sum = sum.plus(money).unwrap_or(*sum);
    }

    fn amounts(self) -> Vec<Amount> {
        self.0.into_values().map(Amount::from).collect()
    }
}
