//! Terms over time: what differs between two days, and what a planned change would do to what is open and to come.

use super::{
    forecast,
    program::{find, terms_version},
    terms_view::{Book, label},
};
use crate::{
    App, Failure,
    dto::{
        Amount, ConsequenceRow, ConsequenceSum, PlanChange, ProvenanceDto, TermsChange,
        TermsConsequences, TermsDiff, TermsDiffInput, TermsSet,
    },
    files::program::date,
};
use chrono::NaiveDate;
use perennial_domain::{
    Currency, Money,
    audit::Auditor,
    commission::promise_of_plan,
    ids::{ConversionId, ProgramId},
    ledger::{NOT_YET, Tier, released_on},
    program::{Plan, Provenance, Terms, TermsVersion, differences},
};
use perennial_store::{
    Read,
    table::{audit, conversion},
};
use std::collections::BTreeMap;

/// Affected commissions that are shown one by one.
const SHOWN: usize = 100;

/// What differs between the terms of two days.
///
/// # Errors
/// Where there is no such program or a day is no date.
pub fn diff(app: &App, input: TermsDiffInput) -> Result<TermsDiff, Failure> {
    let book = Book::load(app, find(app, &input.id)?)?;
    let on = day(input.on.as_deref(), "on")?.map_or_else(|| app.today(), Ok)?;
    let before = match day(input.before.as_deref(), "before")? {
        Some(before) => before,
        // The day before the newest version that holds.
        None => book
            .versions
            .iter()
            .map(|version| version.from)
            .filter(|from| *from <= on)
            .max()
            .and_then(|from| from.pred_opt())
            .unwrap_or(on),
    };
    Ok(differ(
        &book.program.slug,
        (before, &book.on(before)?),
        (on, &book.on(on)?),
    ))
}

/// What own terms from a date on would do, without keeping them.
///
/// # Errors
/// As setting them.
pub fn preview(app: &App, input: TermsSet) -> Result<TermsConsequences, Failure> {
    let today = app.today()?;
    let (mut book, version) = terms_version(app, input)?;
    let from = version.from;
    let before = book.on(from)?;
    let changed = with(&book, &version);
    let after = changed.on(from)?;
    let diff = differ(&book.program.slug, (from, &before), (from, &after));
    let open = open(app, &book, &changed, today)?;
    let rows = open
        .affected
        .iter()
        .take(SHOWN)
        .map(|one| row(app, one))
        .collect::<Result<_, _>>()?;
    let supposed = from.max(today);
    book.claims.clear();
    let forecast = forecast::under(app, book, changed, supposed)?;
    Ok(TermsConsequences {
        diff,
        open: open.count,
        affected: u32::try_from(open.affected.len()).unwrap_or(u32::MAX),
        sums: open.sums()?,
        rows,
        forecast,
    })
}

/// The book with one version more.
fn with(book: &Book, version: &TermsVersion) -> Book {
    let mut versions = book.versions.clone();
    versions.push(version.clone());
    Book {
        program: book.program.clone(),
        versions,
        sets: book.sets.clone(),
        claims: Vec::new(),
        joining: Vec::new(),
        destinations: Vec::new(),
    }
}

fn day(text: Option<&str>, key: &str) -> Result<Option<NaiveDate>, Failure> {
    text.filter(|text| !text.trim().is_empty())
        .map(|text| date(text, key))
        .transpose()
}

fn differ(program: &str, before: (NaiveDate, &Terms), after: (NaiveDate, &Terms)) -> TermsDiff {
    let value = |from: Option<Provenance>| {
        from.map(|from| ProvenanceDto {
            value: from.text,
            from: from.from.to_string(),
            version: from.version,
            source: from.source,
            own: from.own,
        })
    };
    TermsDiff {
        program: program.to_owned(),
        before: before.0.to_string(),
        on: after.0.to_string(),
        changes: differences(before.1, after.1)
            .into_iter()
            .map(|change| TermsChange {
                key: change.key.word().to_owned(),
                label: label(change.key).to_owned(),
                before: value(change.before),
                after: value(change.after),
            })
            .collect(),
        plans: plans(before.1, after.1),
    }
}

/// Plans whose commission differs, by name and term.
fn plans(before: &Terms, after: &Terms) -> Vec<PlanChange> {
    let of = |terms: &Terms| -> Vec<(Plan, Option<Money>)> {
        let plans = terms.plans.iter().flat_map(|set| set.plans.iter());
        plans
            .map(|plan| {
                let earned = promise_of_plan(terms, plan, Tier::Direct).ok().flatten();
                (plan.clone(), earned)
            })
            .collect()
    };
    let (old, new) = (of(before), of(after));
    let same = |one: &Plan, other: &Plan| one.name == other.name && one.term == other.term;
    let mut changes: Vec<PlanChange> = old
        .iter()
        .map(|(plan, earned)| {
            let now = new.iter().find(|(other, _)| same(plan, other));
            change(plan, *earned, now.and_then(|(_, earned)| *earned))
        })
        .collect();
    let added = new
        .iter()
        .filter(|(plan, _)| !old.iter().any(|(other, _)| same(plan, other)));
    changes.extend(added.map(|(plan, earned)| change(plan, None, *earned)));
    changes.retain(|change| change.before != change.after);
    changes
}

fn change(plan: &Plan, before: Option<Money>, after: Option<Money>) -> PlanChange {
    PlanChange {
        name: plan.name.clone(),
        term: plan.term.word().to_owned(),
        before: before.map(Amount::from),
        after: after.map(Amount::from),
    }
}

/// One commission that a change affects.
struct Affected {
    row: ConversionId,
    before: Money,
    after: Money,
    due: (NaiveDate, NaiveDate),
}

struct Open {
    count: u32,
    affected: Vec<Affected>,
}

/// Open commissions under both.
fn open(app: &App, book: &Book, changed: &Book, today: NaiveDate) -> Result<Open, Failure> {
    let program = book.program.id;
    let mut found = Open {
        count: 0,
        affected: Vec::new(),
    };
    let mut trouble = None;
    app.read(|read| {
        let (ids, as_is) = audit::programs(read)?;
        let mut planned = as_is.clone();
        if let Some(one) = ids
            .iter()
            .position(|id| *id == program)
            .and_then(|index| planned.get_mut(index))
        {
            one.versions.clone_from(&changed.versions);
        }
        let mut held = Held::default();
        let mut is = Auditor::new(as_is, today);
        let mut would = Auditor::new(planned, today);
        audit::rows(read, &ids, Some(program), |row| {
            // Both have to see every row, since rules depend on a customer's earlier payments.
            let (Some(is), Some(would)) = (is.promised(row), would.promised(row)) else {
                return;
            };
            let earned = row.commission.unwrap_or(is.0);
            if row.paid.amount() >= earned.amount() {
                return;
            }
            found.count += 1;
            let last = |parts: &[perennial_domain::commission::Release]| {
                parts.last().map_or(row.day, |part| part.on)
            };
            let lasts = (last(&is.1), last(&would.1));
            let due = match held.due(read, (book, changed), row.day, lasts) {
                Ok(due) => due,
                Err(error) => {
                    trouble.get_or_insert(error);
                    return;
                }
            };
            if is.0 != would.0 || due.0 != due.1 {
                found.affected.push(Affected {
                    row: row.id,
                    before: is.0,
                    after: would.0,
                    due,
                });
            }
        })
    })?;
    if let Some(error) = trouble {
        return Err(error);
    }
    let apart = |one: &Affected| (one.after.amount() - one.before.amount()).abs();
    found
        .affected
        .sort_by(|one, other| apart(other).cmp(&apart(one)).then(one.row.cmp(&other.row)));
    Ok(found)
}

/// What terms ask for before anything is released, as they are and under the change.
#[derive(Default)]
struct Held {
    /// Sales asked for by the terms of a day.
    asked: BTreeMap<NaiveDate, (u32, u32)>,
    /// When so many sales were approved.
    reached: BTreeMap<u32, Option<NaiveDate>>,
}

impl Held {
    /// When a commission is due under both, where enough sales are asked for first.
    fn due(
        &mut self,
        read: &Read<'_>,
        (book, changed): (&Book, &Book),
        day: NaiveDate,
        due: (NaiveDate, NaiveDate),
    ) -> Result<(NaiveDate, NaiveDate), Failure> {
        let asked = if let Some(asked) = self.asked.get(&day) {
            *asked
        } else {
            let sales = |book: &Book| Ok::<_, Failure>(book.on(day)?.rules.min_sales);
            let asked = (sales(book)?, sales(changed)?);
            self.asked.insert(day, asked);
            asked
        };
        let program = book.program.id;
        Ok((
            self.released(read, program, asked.0, due.0)?,
            self.released(read, program, asked.1, due.1)?,
        ))
    }

    fn released(
        &mut self,
        read: &Read<'_>,
        program: ProgramId,
        sales: u32,
        matures: NaiveDate,
    ) -> Result<NaiveDate, Failure> {
        if sales == 0 {
            return Ok(matures);
        }
        let reached = match self.reached.get(&sales) {
            Some(reached) => *reached,
            None => *self
                .reached
                .entry(sales)
                .or_insert(audit::reached(read, program, sales)?),
        };
        Ok(released_on(matures, reached))
    }
}

impl Open {
    fn sums(&self) -> Result<Vec<ConsequenceSum>, Failure> {
        let mut sums: BTreeMap<Currency, (Money, Money)> = BTreeMap::new();
        let too_large = |_| {
            Failure::refused(
                "terms.too_large",
                "The sum is larger than the book can hold.",
            )
        };
        for one in &self.affected {
            let zero = Money::zero(one.before.currency());
            let sum = sums.entry(zero.currency()).or_insert((zero, zero));
            sum.0 = sum.0.plus(one.before).map_err(too_large)?;
            sum.1 = sum.1.plus(one.after).map_err(too_large)?;
        }
        sums.into_values()
            .map(|(before, after)| {
                Ok(ConsequenceSum {
                    difference: after.minus(before).map_err(too_large)?.into(),
                    before: before.into(),
                    after: after.into(),
                })
            })
            .collect()
    }
}

/// A day that is known; none while too few sales are approved.
fn due(day: NaiveDate) -> Option<String> {
    (day < NOT_YET).then(|| day.to_string())
}

fn row(app: &App, one: &Affected) -> Result<ConsequenceRow, Failure> {
    let row = app.read(|read| conversion::get(read, &one.row.to_string()))?;
    Ok(ConsequenceRow {
        row: one.row.to_string(),
        native_id: row.native_id,
        occurred_on: row.occurred_on.to_string(),
        plan: row.plan.or(row.plan_text),
        reported: row.commission.map(Amount::from),
        before: one.before.into(),
        after: one.after.into(),
        due_before: due(one.due.0),
        due_after: due(one.due.1),
    })
}
