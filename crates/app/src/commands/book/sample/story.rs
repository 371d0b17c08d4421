//! The sample's referrals: who came through which link, what they bought, how long they stayed, and what the program
//! reported of it on a day. Prices, rates, trial and hold come from the program's own dated terms.

use super::chance::Chance;
use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, TimeDelta, Utc};
use perennial_connectors::json::fingerprint;
use perennial_domain::{
    Money,
    commission::{direct, earns_on, second_tier},
    ledger::{Approval, ConversionFacts, Kind, Payment, PayoutFacts, Tier, run_date},
    link::Link,
    program::{Plan, PlanSet, Term, Terms, TermsVersion, terms_on},
};

/// Months that the story goes back.
const MONTHS: u32 = 18;
/// Days that the program takes to approve a commission.
const APPROVES_AFTER: u64 = 12;
/// Days that a payment takes to show in a report.
const PAYS_WITHIN: u64 = 4;
/// How often each plan is bought, the smallest tier first.
const TIERS: [u32; 4] = [46, 28, 17, 9];

/// What the program reports on a day.
pub(super) struct Report {
    pub conversions: Vec<ConversionFacts>,
    pub payouts: Vec<PayoutFacts>,
}

/// One thing that happened, whatever its state is by now.
#[derive(Clone)]
pub(super) struct Event {
    id: String,
    customer: String,
    parent: Option<String>,
    kind: Kind,
    tier: Tier,
    at: DateTime<Utc>,
    plan: String,
    sub_ids: Vec<String>,
    sale: Money,
    commission: Money,
    matures_on: NaiveDate,
    /// Something is odd about it.
    odd: Option<Odd>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Odd {
    /// The customer's payment failed after all.
    Reversed,
    /// The program uses a word that nobody knows.
    Unknown,
    /// In an earlier report, and then no longer.
    Vanished,
    /// Paid as if it were the smallest plan.
    Short,
    /// Left out of the payout it belongs to.
    Late,
}

/// Tells it.
pub(super) struct Story<'a> {
    versions: &'a [TermsVersion],
    sets: &'a [PlanSet],
    links: &'a [&'a Link],
    today: NaiveDate,
    chance: Chance,
}

impl<'a> Story<'a> {
    pub(super) fn new(
        versions: &'a [TermsVersion],
        sets: &'a [PlanSet],
        links: &'a [&'a Link],
        today: NaiveDate,
    ) -> Self {
        Self {
            versions,
            sets,
            links,
            today,
            chance: Chance::new(1),
        }
    }

    /// Everything that happened up to today, in the order of customers.
    pub(super) fn customers(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        let mut number = 0;
        for back in (0..=MONTHS).rev() {
            let Some(month) = self
                .today
                .with_day(1)
                .and_then(|day| day.checked_sub_months(Months::new(back)))
            else {
                continue;
            };
            for _ in 0..2 + self.chance.below(3) + (MONTHS - back) / 8 {
                number += 1;
                let signed_up = month + Days::new(self.chance.below(28).into());
                self.customer(number, signed_up, &mut events);
            }
        }
        events.retain(|event| event.at.date_naive() <= self.today);
        let refunded: Vec<String> = events
            .iter()
            .filter_map(|event| event.parent.clone())
            .collect();
        let age = |event: &Event| (self.today - event.at.date_naive()).num_days();
        let cheapest = events
            .iter()
            .filter(|event| event.tier == Tier::Direct && event.parent.is_none())
            .map(|event| event.sale.micros())
            .min()
            .unwrap_or(0);
        let mut odd = |wanted: Odd, days: std::ops::Range<i64>| {
            let plain = |event: &&mut Event| {
                event.odd.is_none()
                    && event.parent.is_none()
                    && days.contains(&age(event))
                    && !refunded.contains(&event.id)
                    && (wanted != Odd::Short
                        || event.tier == Tier::Direct && event.sale.micros() > cheapest)
            };
            if let Some(event) = events.iter_mut().find(plain) {
                event.odd = Some(wanted);
            }
        };
        odd(Odd::Unknown, 50..90);
        odd(Odd::Vanished, 35..80);
        odd(Odd::Reversed, 90..150);
        odd(Odd::Reversed, 200..280);
        odd(Odd::Reversed, 300..400);
        odd(Odd::Late, 130..220);
        odd(Odd::Short, 12..44);
        shorten(&mut events);
        events
    }

    fn customer(&mut self, number: u32, signed_up: NaiveDate, events: &mut Vec<Event>) {
        let Some(terms) = self.terms(signed_up) else {
            return;
        };
        let Some(set) = terms.plans.as_ref() else {
            return;
        };
        let tier = if self.chance.percent(88) {
            Tier::Direct
        } else {
            Tier::Second
        };
        let (size, term) = (
            self.chance.pick(TIERS.into_iter()),
            if self.chance.percent(14) {
                Term::Annual
            } else {
                Term::Monthly
            },
        );
        let of = |size: usize| {
            set.plans
                .iter()
                .find(|plan| plan.tier as usize == size && plan.term == term)
        };
        let Some(mut plan) = of(size).or(set.plans.first()) else {
            return;
        };
        let link = match tier {
            Tier::Direct if !self.links.is_empty() => self
                .links
                .get(self.chance.pick(self.links.iter().map(|_| 1))),
            _ => None,
        };
        let first = signed_up + Days::new(terms.trial_days.into());
        let mut payment = 0;
        loop {
            let months = Months::new(payment * term.months());
            let Some(day) = first
                .checked_add_months(months)
                .filter(|day| *day <= self.today)
            else {
                return;
            };
            let moves_up = payment > 2 && self.chance.percent(2);
            if let Some(larger) = of(plan.tier as usize + 1).filter(|_| moves_up) {
                plan = larger;
            }
            payment += 1;
            let Some(event) = self.payment(number, payment, first, day, plan, tier, link.copied())
            else {
                return;
            };
            let (id, matures_on) = (event.id.clone(), event.matures_on);
            let back = Event {
                id: format!("{id}-refund"),
                parent: Some(id),
                kind: Kind::Refund,
                at: event.at + TimeDelta::days(3 + i64::from(self.chance.below(18))),
                sale: event.sale.negated(),
                commission: event.commission.negated(),
                matures_on,
                odd: None,
                ..event.clone()
            };
            let refunded = payment == 1 && self.chance.percent(6);
            events.push(event);
            if refunded {
                events.push(back);
            }
            if refunded
                || self
                    .chance
                    .percent(if term == Term::Annual { 30 } else { 8 })
            {
                return;
            }
        }
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one payment is told by all of these"
    )]
    fn payment(
        &mut self,
        number: u32,
        payment: u32,
        first: NaiveDate,
        day: NaiveDate,
        plan: &Plan,
        tier: Tier,
        link: Option<&Link>,
    ) -> Option<Event> {
        let terms = self.terms(day)?;
        if !earns_on(first, day, terms.max_months) {
            return None;
        }
        let (kind, commission) = match tier {
            Tier::Direct if payment == 1 => (Kind::Sale, direct(&terms, plan.price).ok()?),
            Tier::Direct => (Kind::Rebill, direct(&terms, plan.price).ok()?),
            Tier::Second => (Kind::SecondTier, second_tier(&terms, plan.price).ok()??),
        };
        let minute = self.chance.below(600);
        Some(Event {
            id: format!("sample-{number:03}-{payment:02}"),
            customer: format!("customer-{number:03}"),
            parent: None,
            kind,
            tier,
            at: day.and_hms_opt(8, 0, 0)?.and_utc() + TimeDelta::minutes(minute.into()),
            plan: plan.name.clone(),
            sub_ids: link.map(|link| link.sub_ids.clone()).unwrap_or_default(),
            sale: plan.price,
            commission,
            matures_on: day + Days::new(terms.hold_days.into()),
            odd: None,
        })
    }

    /// What the program would report on a day; `early` is the report in which the vanished row still was.
    pub(super) fn report(&self, events: &[Event], on: NaiveDate, early: bool) -> Report {
        let there: Vec<&Event> = events
            .iter()
            .filter(|event| {
                event.at.date_naive() <= on && (early || event.odd != Some(Odd::Vanished))
            })
            .collect();
        let (payouts, paid) = self.payouts(&there, on);
        let conversions = there
            .iter()
            .map(|event| facts(event, on, paid.iter().any(|id| *id == event.id)))
            .collect();
        Report {
            conversions,
            payouts,
        }
    }

    /// On each run day the whole matured balance, once it reaches the minimum.
    fn payouts<'e>(&self, events: &[&'e Event], on: NaiveDate) -> (Vec<PayoutFacts>, Vec<&'e str>) {
        let (mut payouts, mut paid) = (Vec::new(), Vec::new());
        let mut waiting: Vec<&Event> = events
            .iter()
            .copied()
            .filter(|event| event.odd.is_none() && approved(event, on))
            .collect();
        for back in (0..=MONTHS).rev() {
            let run = on.checked_sub_months(Months::new(back)).and_then(|month| {
                let terms = self.terms(month)?;
                Some((run_date(month.year(), month.month(), terms.run_day)?, terms))
            });
            let Some((run, terms)) = run.filter(|(run, _)| *run + Days::new(PAYS_WITHIN) <= on)
            else {
                continue;
            };
            let (ripe, rest): (Vec<&Event>, Vec<&Event>) = waiting
                .into_iter()
                .partition(|event| event.matures_on <= run && approved(event, run));
            let sum = ripe
                .iter()
                .try_fold(Money::zero(terms.currency), |sum, event| {
                    sum.plus(event.commission)
                });
            match sum {
                Ok(amount) if amount.micros() >= terms.minimum.micros() => {
                    paid.extend(ripe.iter().map(|event| event.id.as_str()));
                    payouts.push(payout(amount, run));
                    waiting = rest;
                }
                _ => waiting = ripe.into_iter().chain(rest).collect(),
            }
        }
        (payouts, paid)
    }

    fn terms(&self, day: NaiveDate) -> Option<Terms> {
        terms_on(self.versions, self.sets, day).ok()
    }
}

/// What is paid short earns what the smallest plan does; its own is larger, or there is nothing to see.
fn shorten(events: &mut [Event]) {
    let smallest = events
        .iter()
        .filter(|event| event.tier == Tier::Direct && event.parent.is_none())
        .map(|event| event.commission)
        .min_by_key(|commission| commission.micros());
    for event in events
        .iter_mut()
        .filter(|event| event.odd == Some(Odd::Short))
    {
        event.commission = smallest.unwrap_or(event.commission);
    }
}

fn approved(event: &Event, on: NaiveDate) -> bool {
    event.at.date_naive() + Days::new(APPROVES_AFTER) <= on
}

fn payout(amount: Money, run: NaiveDate) -> PayoutFacts {
    let native_id = format!("sample-payout-{}", run.format("%Y-%m"));
    let raw =
        serde_json::json!({"id": native_id, "amount": amount.to_plain(), "sent": run.to_string()})
            .to_string();
    PayoutFacts {
        native_id,
        amount,
        status_text: "paid".to_owned(),
        period: Some(run.format("%Y-%m").to_string()),
        sent_at: run.and_hms_opt(12, 0, 0).map(|at| at.and_utc()),
        raw_hash: fingerprint(&raw),
        raw,
    }
}

fn facts(event: &Event, on: NaiveDate, paid: bool) -> ConversionFacts {
    let decided = event.at + Days::new(APPROVES_AFTER);
    let (approval, word) = match event.odd {
        _ if !approved(event, on) => (Approval::Pending, "pending"),
        Some(Odd::Reversed) => (Approval::Reversed, "declined"),
        Some(Odd::Unknown) => (Approval::Other, "in_dispute"),
        _ => (Approval::Approved, "approved"),
    };
    let (payment, payment_word) = if paid {
        (Payment::Paid, "withdrawn")
    } else {
        (Payment::Unpaid, "available")
    };
    let raw = serde_json::json!({
        "id": event.id, "customer": event.customer, "at": event.at.to_rfc3339(), "plan": event.plan,
        "sale": event.sale.to_plain(), "commission": event.commission.to_plain(), "status": word,
        "payment_status": payment_word, "sub_ids": event.sub_ids,
    })
    .to_string();
    ConversionFacts {
        native_id: Some(event.id.clone()),
        occurrence: 0,
        program_text: Some("Kartra".to_owned()),
        plan_text: Some(event.plan.clone()),
        parent_native_id: event.parent.clone(),
        kind: event.kind,
        tier: event.tier,
        occurred_at: event.at,
        click_at: None,
        order_ref: None,
        customer_ref: Some(event.customer.clone()),
        sub_ids: event.sub_ids.clone(),
        currency: event.commission.currency(),
        sale: Some(event.sale),
        commission: Some(event.commission),
        approval,
        approval_text: Some(word.to_owned()),
        payment,
        payment_text: Some(payment_word.to_owned()),
        lock_at: None,
        approved_at: (approval == Approval::Approved).then_some(decided),
        reversed_at: (approval == Approval::Reversed).then_some(decided),
        reason: (approval == Approval::Reversed)
            .then(|| "The customer's payment failed".to_owned()),
        source_updated_at: None,
        raw_hash: fingerprint(&raw),
        raw,
    }
}
