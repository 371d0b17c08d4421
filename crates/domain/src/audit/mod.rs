//! The audit: what the terms of each day promise, held against what the program reported.
//!
//! An [`Auditor`] takes the rows of the ledger one after another, those of one customer together and in the order of
//! their days, and says at the end what does not fit. It keeps no row, so a large ledger takes little memory.

mod back;
mod kind;
mod late;
mod paid;
mod rates;
#[cfg(test)]
mod tests;

pub use kind::{FindingKind, State};

use crate::{
    Currency, Money,
    commission::Unjudged,
    ids::ConversionId,
    ledger::{Approval, Kind, Tier},
    program::{Plan, PlanSet, Provenance, TermKey, Terms, TermsVersion, plan_on, terms_on},
};
use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;
use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

/// One row of the ledger, as far as the audit depends on it.
#[derive(Clone, Debug)]
pub struct Row {
    /// Identity.
    pub id: ConversionId,
    /// Which of the programs, where it is known.
    pub program: Option<usize>,
    /// The customer's key; rows of one customer come together, in the order of their days.
    pub customer: String,
    /// What happened.
    pub kind: Kind,
    /// Whose sale it was.
    pub tier: Tier,
    /// The day.
    pub day: NaiveDate,
    /// The day it is due.
    pub matures_on: NaiveDate,
    /// The plan's id, such as `2021/starter-monthly`, where it was recognised.
    pub plan: Option<String>,
    /// The product in the program's words.
    pub product: Option<String>,
    /// Currency of its amounts.
    pub currency: Currency,
    /// What the customer paid; negative or not for a refund.
    pub sale: Option<Money>,
    /// What was reported as earned.
    pub commission: Option<Money>,
    /// Where the approval stands.
    pub approval: Approval,
    /// What of it is paid.
    pub paid: Money,
    /// Whether its source no longer has it.
    pub vanished: bool,
    /// The commission when it was first seen, where it has changed since.
    pub first_reported: Option<Money>,
    /// For what takes back: the sale it is of.
    pub sale_of: SaleOf,
}

/// The sale that a refund, chargeback or correction is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaleOf {
    /// The row does not name one.
    Unnamed,
    /// It names one that is not in the ledger.
    Missing(String),
    /// It is in the ledger.
    Known {
        /// What the customer had paid.
        sale: Option<Money>,
        /// What had been earned.
        commission: Option<Money>,
        /// When.
        day: NaiveDate,
    },
}

/// A program, as far as the audit depends on it.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Its dated terms.
    pub versions: Vec<TermsVersion>,
    /// Its plans.
    pub sets: Vec<PlanSet>,
    /// The user's own sales by day and currency, ascending; needed where terms have tiers by sales.
    pub sales: Vec<(NaiveDate, Money)>,
    /// Own sales that were approved.
    pub approved_sales: u32,
    /// How far payments of the program that the book knows reach: the newest day that one was sent, or that a paid
    /// commission was due. Without any payment nobody can say what is late.
    pub paid_until: Option<NaiveDate>,
    /// Days that a payment may take beyond those that the terms say, before it counts as late; the user's own patience.
    pub late_after: u32,
}

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The row.
    pub row: ConversionId,
    /// Which of the programs.
    pub program: Option<usize>,
    /// In which way.
    pub kind: FindingKind,
    /// The row's day.
    pub day: NaiveDate,
    /// What the terms promise.
    pub expected: Money,
    /// What was reported.
    pub reported: Money,
    /// Reported less expected: below nothing where the user got too little.
    pub difference: Money,
    /// The arithmetic in words, step by step.
    pub computation: Vec<String>,
    /// The term that decided, and where it is from.
    pub terms: Option<(TermKey, Provenance)>,
}

impl Finding {
    /// The money at stake, never below nothing.
    pub fn at_stake(&self) -> Money {
        if self.difference.is_negative() {
            self.difference.negated()
        } else {
            self.difference
        }
    }
}

/// What an audit found.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// What does not fit, the most money first.
    pub findings: Vec<Finding>,
    /// Rows that were held against their terms.
    pub judged: u64,
    /// Rows that could not be, by why.
    pub unjudged: BTreeMap<Unjudged, u64>,
    /// Rows that are due and unpaid of programs of which the book has no payment, so nobody can say whether they are late.
    pub unpaid_unknown: u64,
}

/// Audits rows that are at hand; see [`Auditor`] for rows that stream by.
///
/// # Examples
/// A source pays 119.60 for a sale of 499.00 whose terms promise 40%: 80.00 are short.
///
/// ```
/// use perennial_domain::{Currency, Money, audit::{FindingKind, Program, Row, SaleOf, audit}, ledger::{Approval, Kind, Tier}};
/// use perennial_domain::program::{TermKey, TermsVersion};
/// let usd = |text| Money::parse(text, Currency::USD).unwrap();
/// let day = "2026-03-05".parse().unwrap();
/// let terms = TermsVersion {
///     from: "2021-04-01".parse().unwrap(), version: "2021".into(), source: "The terms".into(), note: String::new(), own: false,
///     values: vec![(TermKey::Currency, "USD".into()), (TermKey::DirectRate, "40%".into())],
/// };
/// let program = Program { versions: vec![terms], ..Program::default() };
/// let row = Row {
///     id: uuid::Uuid::nil().into(), program: Some(0), customer: "c".into(), kind: Kind::Sale, tier: Tier::Direct, day,
///     matures_on: day, plan: None, product: None, currency: Currency::USD, sale: Some(usd("499")),
///     commission: Some(usd("119.60")), approval: Approval::Approved, paid: usd("0"), vanished: false,
///     first_reported: None, sale_of: SaleOf::Unnamed,
/// };
/// let found = audit([row], vec![program], day);
/// assert_eq!(found.findings[0].kind, FindingKind::ShortPaid);
/// assert_eq!(found.findings[0].at_stake(), usd("80.00"));
/// ```
pub fn audit(
    rows: impl IntoIterator<Item = Row>,
    programs: Vec<Program>,
    today: NaiveDate,
) -> Audit {
    let mut auditor = Auditor::new(programs, today);
    for row in rows {
        auditor.row(&row);
    }
    auditor.finish()
}

/// Holds rows against terms as they stream by.
pub struct Auditor {
    today: NaiveDate,
    programs: Vec<OnDay>,
    life: Life,
    audit: Audit,
    late: late::Late,
    rates: rates::Rates,
}

/// A program with the terms of the days that were asked about.
struct OnDay {
    program: Program,
    days: HashMap<NaiveDate, Option<Rc<Terms>>>,
    /// Sums of the sales up to each day, by currency.
    sums: HashMap<Currency, BTreeMap<NaiveDate, Decimal>>,
}

/// What is known of the customer whose rows stream by.
#[derive(Default)]
struct Life {
    customer: String,
    program: Option<usize>,
    tier: Option<Tier>,
    /// Payments seen, trials left out; none where the first one is not in the book.
    payments: Option<u32>,
    first: Option<NaiveDate>,
    /// The last payment: its sale, commission, day and plan.
    last: Option<Last>,
}

#[derive(Clone)]
struct Last {
    sale: Option<Money>,
    commission: Option<Money>,
    day: NaiveDate,
    plan: Option<String>,
}

impl Auditor {
    /// An audit as of a day.
    pub fn new(programs: Vec<Program>, today: NaiveDate) -> Self {
        Self {
            today,
            programs: programs.into_iter().map(OnDay::new).collect(),
            life: Life::default(),
            audit: Audit::default(),
            late: late::Late::default(),
            rates: rates::Rates::default(),
        }
    }

    /// Takes the next row.
    pub fn row(&mut self, row: &Row) {
        self.meet(row);
        match self.judge(row) {
            Ok(()) => self.audit.judged += 1,
            Err(why) => *self.audit.unjudged.entry(why).or_default() += 1,
        }
    }

    /// Begins a new story where another customer comes.
    fn meet(&mut self, row: &Row) {
        if row.customer != self.life.customer
            || row.program != self.life.program
            || self.life.tier != Some(row.tier)
        {
            self.life = Life {
                customer: row.customer.clone(),
                program: row.program,
                tier: Some(row.tier),
                ..Life::default()
            };
        }
    }

    /// What was found.
    pub fn finish(mut self) -> Audit {
        let (late, unknown) = self.late.finish(&mut self.programs, self.today);
        self.audit.unpaid_unknown = unknown;
        self.rates.name_changes(&mut self.audit.findings);
        self.audit.findings.extend(late);
        self.audit.findings.sort_by(|one, other| {
            let size = |finding: &Finding| finding.at_stake().amount();
            size(other)
                .cmp(&size(one))
                .then(one.day.cmp(&other.day))
                .then(one.row.cmp(&other.row))
                .then(one.kind.cmp(&other.kind))
        });
        self.audit
    }

    fn judge(&mut self, row: &Row) -> Result<(), Unjudged> {
        if row.vanished {
            return self.vanished(row);
        }
        match row.approval {
            Approval::Other => return Err(Unjudged::UnknownApproval),
            Approval::Reversed => return Ok(()),
            Approval::Pending | Approval::Approved => {}
        }
        match row.kind {
            Kind::Sale | Kind::Rebill | Kind::SecondTier => self.paid(row),
            Kind::Refund | Kind::Chargeback => self.back(row),
            Kind::Correction if matches!(row.sale_of, SaleOf::Missing(_)) => self.back(row),
            Kind::Lead | Kind::Bonus | Kind::Correction => Err(Unjudged::OtherKind),
        }
    }

    /// A row that its source no longer has; nothing more can be said of it than what it had promised.
    fn vanished(&mut self, row: &Row) -> Result<(), Unjudged> {
        let commission = row.commission.ok_or(Unjudged::NoCommission)?;
        let counts = matches!(row.approval, Approval::Pending | Approval::Approved);
        if !counts || commission.is_negative() || commission.is_zero() {
            return Ok(());
        }
        let gone = Money::zero(row.currency);
        let computation = vec![
            format!("On {} the program reported a commission of {commission}.", row.day),
            "Its newer report of the same time no longer has that row, and no refund takes it back."
                .to_owned(),
            format!("{commission} are missing."),
        ];
        self.find(
            row,
            FindingKind::Vanished,
            commission,
            gone,
            computation,
            None,
        )
    }

    fn find(
        &mut self,
        row: &Row,
        kind: FindingKind,
        expected: Money,
        reported: Money,
        computation: Vec<String>,
        terms: Option<(TermKey, Provenance)>,
    ) -> Result<(), Unjudged> {
        self.audit.findings.push(Finding {
            row: row.id,
            program: row.program,
            kind,
            day: row.day,
            expected,
            reported,
            difference: reported.minus(expected)?,
            computation,
            terms,
        });
        Ok(())
    }

    fn terms(&mut self, row: &Row) -> Result<Rc<Terms>, Unjudged> {
        let index = row.program.ok_or(Unjudged::NoProgram)?;
        let program = self.programs.get_mut(index).ok_or(Unjudged::NoProgram)?;
        program.terms(row.day).ok_or(Unjudged::NoTerms)
    }

    fn plan(&self, row: &Row) -> Option<Plan> {
        let sets = &self.programs.get(row.program?)?.program.sets;
        plan_on(sets, row.plan.as_deref()?).cloned()
    }
}

/// How a value's origin is told in a computation.
fn origin(terms: &Terms, key: TermKey) -> (String, Option<(TermKey, Provenance)>) {
    let Some(from) = terms.provenance.get(&key) else {
        return ("The terms of that day hold.".into(), None);
    };
    let whose = if from.own {
        "your own terms"
    } else {
        "the terms"
    };
    let source = if from.source.is_empty() {
        String::new()
    } else {
        format!(" ({})", from.source)
    };
    let words = format!(
        "On that day {whose} of version “{}” hold, in force from {}{source}.",
        from.version, from.from
    );
    (words, Some((key, from.clone())))
}

impl OnDay {
    fn new(program: Program) -> Self {
        let mut sums: HashMap<Currency, BTreeMap<NaiveDate, Decimal>> = HashMap::new();
        let mut running: HashMap<Currency, Decimal> = HashMap::new();
        for (day, sold) in &program.sales {
            let sum = running.entry(sold.currency()).or_default();
            *sum += sold.amount();
            sums.entry(sold.currency()).or_default().insert(*day, *sum);
        }
        Self {
            program,
            days: HashMap::new(),
            sums,
        }
    }

    fn terms(&mut self, day: NaiveDate) -> Option<Rc<Terms>> {
        let program = &self.program;
        self.days
            .entry(day)
            .or_insert_with(|| {
                terms_on(&program.versions, &program.sets, day)
                    .ok()
                    .map(Rc::new)
            })
            .clone()
    }

    /// The own sales of the twelve months before a day, the day itself left out.
    fn volume(&self, currency: Currency, day: NaiveDate) -> Decimal {
        let Some(sums) = self.sums.get(&currency) else {
            return Decimal::ZERO;
        };
        let before = |day: NaiveDate| {
            sums.range(..day)
                .next_back()
                .map_or(Decimal::ZERO, |(_, sum)| *sum)
        };
        let year_ago = day
            .checked_sub_months(Months::new(12))
            .unwrap_or(NaiveDate::MIN);
        before(day) - before(year_ago)
    }
}
