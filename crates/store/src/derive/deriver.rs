//! From a row's facts to the values kept beside them.

use super::{
    attribution::LinkMap,
    inputs::{self, ProgramInputs},
    milestone::Milestones,
};
use crate::{Read, StoreError};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use perennial_domain::{
    Currency, Money,
    commission::held_until,
    ledger::{Approval, Kind, Payment, matures_on},
    program::{recognise, terms_on},
};
use std::{collections::HashMap, rc::Rc};

/// Recognised sales to remember; a report has few prices, but a hostile one may have many.
const REMEMBERED_SALES: usize = 10_000;

/// The facts of one row that anything follows from.
pub(crate) struct Facts<'a> {
    /// The program of its connection.
    pub connection_program: Option<&'a str>,
    pub program_text: Option<&'a str>,
    pub plan_text: Option<&'a str>,
    pub kind: Kind,
    pub occurred_at: DateTime<Utc>,
    pub lock_at: Option<DateTime<Utc>>,
    pub sub_id_key: &'a str,
    pub currency: Currency,
    /// Millionths.
    pub sale: Option<i64>,
    /// Millionths.
    pub commission: Option<i64>,
    pub approval: Approval,
    pub payment: Payment,
    /// When the commission that it takes back matures.
    pub parent_matures: Option<NaiveDate>,
    /// What recorded payments allot to it, in millionths.
    pub allotted: i64,
}

/// What follows from them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Derived {
    pub program: Option<Rc<str>>,
    pub plan: Option<Rc<str>>,
    pub occurred_on: NaiveDate,
    pub matures_on: NaiveDate,
    pub earned: i64,
    pub paid: i64,
    pub link: Option<Rc<str>>,
}

/// Derives rows; remembers the terms of each day and the plans of each price.
pub(crate) struct Deriver {
    zone: Tz,
    programs: Vec<Program>,
    by_name: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
    links: LinkMap,
    milestones: Milestones,
}

type Sale = (Option<usize>, Option<i64>, Currency, Option<String>);

struct Program {
    id: Rc<str>,
    inputs: ProgramInputs,
    days: HashMap<NaiveDate, Day>,
    plans: HashMap<Sale, Option<Rc<str>>>,
}

#[derive(Clone, Copy)]
struct Day {
    hold_days: u32,
    /// A held commission waits on until this day of the month.
    hold_until: Option<u32>,
    /// Approved sales before anything is released.
    min_sales: u32,
    /// Which plan set is on sale.
    set: Option<usize>,
}

impl Deriver {
    pub(crate) fn read(read: &Read<'_>) -> Result<Self, StoreError> {
        Self::with(read, Milestones::kept(read)?)
    }

    /// A deriver that knows when programs reached the sales they ask for.
    pub(super) fn with(read: &Read<'_>, milestones: Milestones) -> Result<Self, StoreError> {
        let mut deriver = Self {
            zone: inputs::zone(read)?,
            programs: Vec::new(),
            by_name: HashMap::new(),
            by_id: HashMap::new(),
            links: LinkMap::read(read)?,
            milestones,
        };
        for inputs in inputs::programs(read)? {
            let index = deriver.programs.len();
            for name in [&inputs.slug, &inputs.name] {
                deriver
                    .by_name
                    .entry(name.trim().to_lowercase())
                    .or_insert(index);
            }
            deriver.by_id.insert(inputs.id.clone(), index);
            deriver.programs.push(Program {
                id: inputs.id.as_str().into(),
                inputs,
                days: HashMap::new(),
                plans: HashMap::new(),
            });
        }
        Ok(deriver)
    }

    /// The day of an instant in the book's time zone.
    pub(crate) fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    pub(crate) fn derive(&mut self, facts: &Facts<'_>) -> Derived {
        let occurred_on = self.day(facts.occurred_at);
        let lock_on = facts.lock_at.map(|at| self.day(at));
        let index = match facts.connection_program {
            Some(id) => self.by_id.get(id).copied(),
            None => facts
                .program_text
                .and_then(|text| self.by_name.get(&text.trim().to_lowercase()).copied()),
        };
        let (mut hold_days, mut hold_until, mut min_sales) = (0, None, 0);
        let (mut program, mut plan) = (None, None);
        if let Some(found) = index.and_then(|index| self.programs.get_mut(index)) {
            let day = found.day(occurred_on);
            (hold_days, hold_until) = (day.hold_days, day.hold_until);
            min_sales = day.min_sales;
            plan = found.plan(day.set, facts);
            program = Some(Rc::clone(&found.id));
        }
        let commission = facts.commission.unwrap_or(0);
        let counts = matches!(facts.approval, Approval::Pending | Approval::Approved);
        let paid = match (facts.payment, facts.approval) {
            // An unknown word counts nowhere, in no column.
            (_, Approval::Other) => 0,
            // What the network says it paid already holds what the user saw arrive.
            (Payment::Paid | Payment::ClawedBack, _) => commission,
            _ => facts.allotted,
        };
        let back = takes_back(facts.kind, facts.commission);
        let matures = matures_on(
            occurred_on,
            hold_days,
            lock_on.or_else(|| hold_until.map(|_| held_until(occurred_on, hold_days, hold_until))),
            back,
            facts.parent_matures,
        );
        Derived {
            // What takes back matures with what it takes back, or counts at once.
            matures_on: match &program {
                Some(program) if !back => self.milestones.released(program, min_sales, matures),
                _ => matures,
            },
            link: self.links.find(facts.sub_id_key, program.as_deref()),
            earned: if counts { commission } else { 0 },
            paid,
            occurred_on,
            program,
            plan,
        }
    }
}

/// Whether a row takes money back.
pub(crate) fn takes_back(kind: Kind, commission: Option<i64>) -> bool {
    match commission {
        Some(micros) if micros != 0 => micros < 0,
        _ => matches!(kind, Kind::Refund | Kind::Chargeback),
    }
}

impl Program {
    fn day(&mut self, day: NaiveDate) -> Day {
        let inputs = &self.inputs;
        *self.days.entry(day).or_insert_with(|| {
            match terms_on(&inputs.versions, &inputs.sets, day) {
                Ok(terms) => Day {
                    // What is released in parts is free with its last one.
                    hold_days: terms
                        .rules
                        .split
                        .last()
                        .map_or(terms.hold_days, |(days, _)| *days),
                    hold_until: terms.rules.hold_until_day,
                    min_sales: terms.rules.min_sales,
                    set: terms.plans.and_then(|on| {
                        inputs.sets.iter().position(|set| set.version == on.version)
                    }),
                },
                // Terms that do not say enough hold nothing back; the program's own page says what is missing.
                Err(_) => Day {
                    hold_days: 0,
                    hold_until: None,
                    min_sales: 0,
                    set: None,
                },
            }
        })
    }

    /// The plan of the day's set, else of the one other set that has it: subscriptions keep their old price.
    fn plan(&mut self, set: Option<usize>, facts: &Facts<'_>) -> Option<Rc<str>> {
        if self.inputs.sets.is_empty() || (facts.sale.is_none() && facts.plan_text.is_none()) {
            return None;
        }
        let key = (
            set,
            facts.sale,
            facts.currency,
            facts.plan_text.map(str::to_owned),
        );
        if let Some(known) = self.plans.get(&key) {
            return known.clone();
        }
        let sale = facts
            .sale
            .map(|micros| Money::from_micros(micros, facts.currency));
        let sets = &self.inputs.sets;
        let of = |index: usize| {
            let set = sets.get(index)?;
            recognise(set, sale, facts.plan_text).map(|plan| Rc::from(set.id(plan)))
        };
        let found: Option<Rc<str>> = set.and_then(of).or_else(|| {
            let mut others = (0..sets.len())
                .filter(|index| Some(*index) != set)
                .filter_map(of);
            let first = others.next()?;
            others.next().is_none().then_some(first)
        });
        if self.plans.len() >= REMEMBERED_SALES {
            self.plans.clear();
        }
        self.plans.insert(key, found.clone());
        found
    }
}
