//! Payments: what was promised against what was reported.

use super::{Auditor, FindingKind, Last, Row, origin};
use crate::{
    Money,
    commission::{
        Explained, Payment, Release, Unjudged, is_trial_payment, promise, promise_of_plan, releases,
    },
    ledger::{Approval, Kind, Tier},
    program::{Plan, Provenance, Rate, TermKey, Terms, plan_on},
};
use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;
use std::rc::Rc;

/// The computation line by line, and what the terms of the day rest on.
type Words = (Vec<String>, Option<(TermKey, Provenance)>);

/// What a payment is judged by, beside the row itself.
struct Asked {
    terms: Rc<Terms>,
    plan: Option<Plan>,
    number: Option<u32>,
    first: Option<NaiveDate>,
    volume: Option<Decimal>,
    changed: Option<(Money, u32, u32)>,
}

impl Asked {
    fn promise(&self, row: &Row, in_words: bool) -> Result<Explained, Unjudged> {
        let payment = Payment {
            day: row.day,
            tier: row.tier,
            plan: self.plan.as_ref(),
            product: row.product.as_deref(),
            paid: row.sale,
            number: self.number,
            first: self.first,
            volume: self.volume,
            changed: self.changed,
        };
        promise(&self.terms, &payment, in_words)
    }
}

impl Auditor {
    /// What the terms promise for a payment and in which parts it is released; none where it is no payment or nothing
    /// can be said of it. Rows have to come as for [`Auditor::row`].
    pub fn promised(&mut self, row: &Row) -> Option<(Money, Vec<Release>)> {
        self.meet(row);
        let pays = matches!(row.kind, Kind::Sale | Kind::Rebill | Kind::SecondTier);
        let counts = matches!(row.approval, Approval::Pending | Approval::Approved);
        if !pays || !counts || row.vanished {
            return None;
        }
        let asked = self.asked(row).ok()?;
        let amount = asked.promise(row, false).ok()?.promise.amount;
        let released = row.commission.unwrap_or(amount);
        Some((amount, releases(&asked.terms, row.day, released).ok()?))
    }

    /// Takes the payment into the customer's story.
    fn asked(&mut self, row: &Row) -> Result<Asked, Unjudged> {
        let terms = self.terms(row)?;
        let plan = self.plan(row);
        let changed = self.changed(row, plan.as_ref());
        let (number, first) = self.next_payment(row, &terms);
        let volume = (!terms.rules.sales_tiers.is_empty()).then(|| {
            let program = row.program.and_then(|index| self.programs.get(index));
            program.map_or(Decimal::ZERO, |program| {
                program.volume(terms.currency, row.day)
            })
        });
        self.life.last = Some(Last {
            sale: row.sale,
            commission: row.commission,
            day: row.day,
            plan: row.plan.clone(),
        });
        Ok(Asked {
            terms,
            plan,
            number,
            first,
            volume,
            changed,
        })
    }

    pub(super) fn paid(&mut self, row: &Row) -> Result<(), Unjudged> {
        let asked = self.asked(row)?;
        let terms = Rc::clone(&asked.terms);
        self.late.note(row, &terms);
        let promised = asked.promise(row, false);
        let expected = match promised {
            Ok(found) => found.promise,
            // What became smaller is worth a look also where nothing is known of its terms.
            Err(why) => return self.shrunk_at_least(row, why),
        };
        let reported = match row.commission {
            Some(reported) => reported,
            None if row.tier == Tier::Second => Money::zero(row.currency),
            None => return Err(Unjudged::NoCommission),
        };
        if reported.currency() != expected.amount.currency() {
            return Err(Unjudged::OtherCurrency);
        }
        let same = reported.posted() == expected.amount.posted();
        self.rates.note(row, expected, same);
        if same {
            return Ok(());
        }
        let explained = asked.promise(row, true)?;
        let shrunk = row
            .first_reported
            .filter(|first| reported.amount() < first.amount());
        let kind = if reported.amount() >= expected.amount.amount() {
            FindingKind::OverPaid
        } else if shrunk.is_some() {
            FindingKind::Shrunk
        } else if row.tier == Tier::Second && reported.is_zero() {
            FindingKind::MissingSecondTier
        } else {
            FindingKind::ShortPaid
        };
        let (computation, from) = self.words(row, &terms, explained, reported, shrunk)?;
        self.find(row, kind, expected.amount, reported, computation, from)
    }

    fn words(
        &self,
        row: &Row,
        terms: &Terms,
        explained: Explained,
        reported: Money,
        shrunk: Option<Money>,
    ) -> Result<Words, Unjudged> {
        let expected = explained.promise.amount;
        let (origin, from) = origin(terms, explained.promise.because);
        let mut lines = vec![origin];
        lines.extend(explained.steps);
        if let Some(first) = shrunk {
            lines.push(format!("When it first came the report said {first}."));
        }
        let (apart, word) = if reported.amount() < expected.amount() {
            (expected.minus(reported)?, "less")
        } else {
            (reported.minus(expected)?, "more")
        };
        lines.push(match row.commission {
            Some(_) => format!("The report says {reported}, which is {apart} {word}."),
            None => format!("The report says nothing, so {apart} are missing."),
        });
        lines.extend(self.like_another(row, terms, reported));
        Ok((lines, from))
    }

    /// Whether the reported amount is what another plan earns: a slip in the program's table.
    fn like_another(&self, row: &Row, terms: &Terms, reported: Money) -> Option<String> {
        let sets = &self.programs.get(row.program?)?.program.sets;
        let own = plan_on(sets, row.plan.as_deref()?)?;
        let set = sets
            .iter()
            .find(|set| set.plans.iter().any(|plan| plan == own))?;
        let other = set.plans.iter().find(|plan| {
            *plan != own && promise_of_plan(terms, plan, row.tier) == Ok(Some(reported.posted()))
        })?;
        Some(format!(
            "{reported} is what {}, {}, earns: the program may have used the wrong plan.",
            other.name,
            other.term.word()
        ))
    }

    fn shrunk_at_least(&mut self, row: &Row, why: Unjudged) -> Result<(), Unjudged> {
        let (Some(first), Some(now)) = (row.first_reported, row.commission) else {
            return Err(why);
        };
        if now.currency() != first.currency() || now.amount() >= first.amount() {
            return Err(why);
        }
        let computation = vec![
            format!("When it first came the report said {first}."),
            format!("It now says {now}, which is {} less.", first.minus(now)?),
            format!("What the terms promise cannot be judged: {}.", why.why()),
        ];
        self.find(row, FindingKind::Shrunk, first, now, computation, None)
    }

    /// Counts the payment; says which one it is and when the first was, where that is known.
    fn next_payment(&mut self, row: &Row, terms: &Terms) -> (Option<u32>, Option<NaiveDate>) {
        let life = &mut self.life;
        if life.last.is_none() {
            // A customer who begins with a rebill was there before the book.
            let known = row.kind != Kind::Rebill;
            life.payments = known.then_some(0);
            life.first = known.then_some(row.day);
        }
        let number = life.payments.map(|payments| payments + 1);
        let trial = row
            .sale
            .is_some_and(|paid| is_trial_payment(terms.rules.trial_price, paid, number));
        if !trial {
            life.payments = number;
        }
        (number, life.first)
    }

    /// A change of plan within a term, where the row's own sale is not known.
    fn changed(&self, row: &Row, plan: Option<&Plan>) -> Option<(Money, u32, u32)> {
        if row.sale.is_some() {
            return None;
        }
        let last = self.life.last.as_ref()?;
        if last.plan.is_none() || last.plan == row.plan {
            return None;
        }
        let sets = &self.programs.get(row.program?)?.program.sets;
        let old = plan_on(sets, last.plan.as_deref()?)?;
        plan?;
        let end = last
            .day
            .checked_add_months(Months::new(old.term.months()))?;
        let days = |from: NaiveDate, to: NaiveDate| {
            u32::try_from(to.signed_duration_since(from).num_days()).ok()
        };
        Some((old.price, days(row.day, end)?, days(last.day, end)?))
    }
}

/// The rate that a reported amount is of its base, where it is a plain one: a percentage of at most one decimal that
/// gives the amount to the cent.
pub(super) fn plain_rate(base: Money, reported: Money) -> Option<Rate> {
    if base.is_zero() || base.is_negative() || reported.is_negative() || reported.is_zero() {
        return None;
    }
    let share = reported.amount().checked_div(base.amount())?;
    if share > Decimal::ONE {
        return None;
    }
    let rate = Rate::Percent(share.round_dp(3).normalize());
    (rate.of(base).ok()? == reported.posted()).then_some(rate)
}
