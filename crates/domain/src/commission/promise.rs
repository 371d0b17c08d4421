//! What the terms of a day promise for one payment, and how it comes about.

use super::{
    Unjudged, charged_on_change, earns_on, first_payments_rate, is_trial_payment, level_rate,
    plan_rate, sales_tier,
};
use crate::{
    Money, MoneyError,
    ledger::Tier,
    program::{Plan, Proration, Rate, SecondTierBase, TermKey, Terms},
};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// One payment of a customer, as far as rules depend on it.
#[derive(Clone, Copy, Debug)]
pub struct Payment<'a> {
    /// The day it was made.
    pub day: NaiveDate,
    /// Whose sale it was.
    pub tier: Tier,
    /// The plan, where it is known.
    pub plan: Option<&'a Plan>,
    /// The product in the program's words.
    pub product: Option<&'a str>,
    /// What the customer paid, where it is known.
    pub paid: Option<Money>,
    /// Which payment of the customer it is, 1 the first; none where the first one is not in the book.
    pub number: Option<u32>,
    /// The day of the customer's first payment, where it is in the book.
    pub first: Option<NaiveDate>,
    /// The affiliate's sales of the twelve months before, where terms ask for them.
    pub volume: Option<Decimal>,
    /// For a change of plan within a term: the old plan's price, the days left of it and its length in days.
    pub changed: Option<(Money, u32, u32)>,
}

/// What is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The commission, posted to the minor unit.
    pub amount: Money,
    /// What it is worked out from: the sale or the plan's price.
    pub base: Money,
    /// The rate that decided; none where the payment earns nothing.
    pub rate: Option<Rate>,
    /// The term that decided.
    pub because: TermKey,
}

/// A promise with its arithmetic in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What is promised.
    pub promise: Promise,
    /// How it comes about, step by step.
    pub steps: Vec<String>,
}

/// What a payment earns under the terms of its day.
///
/// Where several rules speak, the narrower one decides: the month cap, then a trial's own rate, the number of the
/// payment, the plan, the affiliate's level, the sales of twelve months, and last the plain rate. A second tier has its
/// rate and its base.
///
/// Platinum at 499.00 USD under 40% earns 199.60 USD:
///
/// ```
/// use perennial_domain::{Currency, Money, commission::{Payment, promise}, ledger::Tier};
/// # use perennial_domain::program::{TermKey, TermsVersion, terms_on};
/// # let version = TermsVersion {
/// #     from: "2020-01-01".parse().unwrap(), version: "1".into(), source: String::new(), note: String::new(), own: false,
/// #     values: vec![(TermKey::Currency, "USD".into()), (TermKey::DirectRate, "40%".into())],
/// # };
/// # let day = "2026-03-01".parse().unwrap();
/// # let terms = terms_on(&[version], &[], day).unwrap();
/// let payment = Payment {
///     day, tier: Tier::Direct, plan: None, product: None, paid: Some(Money::parse("499", Currency::USD).unwrap()),
///     number: Some(1), first: Some(day), volume: None, changed: None,
/// };
/// let explained = promise(&terms, &payment, true).unwrap();
/// assert_eq!(explained.promise.amount.to_string(), "199.60 USD");
/// assert_eq!(explained.steps.last().unwrap(), "499.00 USD × 40% = 199.60 USD.");
/// ```
///
/// # Errors
/// Why nothing can be said of it; see [`Unjudged`].
pub fn promise(
    terms: &Terms,
    payment: &Payment<'_>,
    in_words: bool,
) -> Result<Explained, Unjudged> {
    let mut steps = Steps {
        lines: Vec::new(),
        wanted: in_words,
    };
    let base = base(terms, payment, &mut steps)?;
    if let Some(months) = terms.max_months {
        let first = payment.first.ok_or(Unjudged::NoFirstPayment)?;
        if !earns_on(first, payment.day, Some(months)) {
            steps.say(|| {
                format!(
                    "The customer first paid on {first}; payments earn for {months} months from then, so this one of {} earns nothing.",
                    payment.day
                )
            });
            return Ok(explained(
                Promise {
                    amount: Money::zero(base.currency()),
                    base,
                    rate: None,
                    because: TermKey::MaxMonths,
                },
                steps,
            ));
        }
    }
    if payment.tier == Tier::Direct {
        let (rate, because) = direct_rate(terms, payment, base, &mut steps)?;
        let amount = earned(base, rate, &mut steps)?;
        return Ok(explained(
            Promise {
                amount,
                base,
                rate: Some(rate),
                because,
            },
            steps,
        ));
    }
    let Some(second) = terms.second_tier else {
        steps.say(|| "The program has no second tier.".into());
        return Ok(explained(
            Promise {
                amount: Money::zero(base.currency()),
                base,
                rate: None,
                because: TermKey::SecondTierRate,
            },
            steps,
        ));
    };
    let base = match terms.second_tier_base {
        SecondTierBase::Price => base,
        SecondTierBase::Commission => {
            let (rate, _) = direct_rate(terms, payment, base, &mut steps)?;
            earned(base, rate, &mut steps)?
        }
    };
    steps.say(|| {
        format!(
            "The second tier earns {second} of the {}.",
            match terms.second_tier_base {
                SecondTierBase::Price => "price",
                SecondTierBase::Commission => "first affiliate's commission",
            }
        )
    });
    let amount = earned(base, second, &mut steps)?;
    Ok(explained(
        Promise {
            amount,
            base,
            rate: Some(second),
            because: TermKey::SecondTierRate,
        },
        steps,
    ))
}

/// What a later payment of a plan earns at its price: what price lists and forecasts show. Where the rate depends on the
/// sales of twelve months, the plain rate stands in. None for a second tier that the program does not have.
///
/// # Errors
/// Where a fixed commission is of another currency, or an amount is past the book's range.
pub fn promise_of_plan(
    terms: &Terms,
    plan: &Plan,
    tier: Tier,
) -> Result<Option<Money>, MoneyError> {
    let rules = &terms.rules;
    let rate = plan_rate(&rules.plan_rates, Some(plan), None)
        .or_else(|| level_rate(&rules.level_rates, rules.level.as_deref()))
        .unwrap_or(terms.direct);
    match (tier, terms.second_tier, terms.second_tier_base) {
        (Tier::Direct, _, _) => rate.of(plan.price).map(Some),
        (Tier::Second, None, _) => Ok(None),
        (Tier::Second, Some(second), SecondTierBase::Price) => second.of(plan.price).map(Some),
        (Tier::Second, Some(second), SecondTierBase::Commission) => {
            second.of(rate.of(plan.price)?).map(Some)
        }
    }
}

struct Steps {
    lines: Vec<String>,
    wanted: bool,
}

impl Steps {
    fn say(&mut self, line: impl FnOnce() -> String) {
        if self.wanted {
            self.lines.push(line());
        }
    }
}

fn explained(promise: Promise, steps: Steps) -> Explained {
    Explained {
        promise,
        steps: steps.lines,
    }
}

fn earned(base: Money, rate: Rate, steps: &mut Steps) -> Result<Money, Unjudged> {
    let amount = rate.of(base)?;
    steps.say(|| match rate {
        Rate::Percent(_) => format!("{base} × {rate} = {amount}."),
        Rate::Fixed(_) => format!("Each payment earns {amount}, whatever its price."),
    });
    Ok(amount)
}

/// What the commission is worked out from. What was paid stands before the price of the list.
fn base(terms: &Terms, payment: &Payment<'_>, steps: &mut Steps) -> Result<Money, Unjudged> {
    if let Some(paid) = payment.paid {
        steps.say(|| match payment.plan {
            Some(plan) => format!(
                "The customer paid {paid} ({}, {}).",
                plan.name,
                plan.term.word()
            ),
            None => format!("The customer paid {paid}."),
        });
        return Ok(paid);
    }
    let plan = payment.plan.ok_or(Unjudged::NoPrice)?;
    let price = plan.price;
    steps.say(|| {
        format!(
            "The report does not say what was paid; {}, {}, costs {price}.",
            plan.name,
            plan.term.word()
        )
    });
    let (Some((old, left, days)), Proration::Daily) = (payment.changed, terms.rules.proration)
    else {
        return Ok(price);
    };
    let charged = charged_on_change(old, price, left, days, Proration::Daily)?;
    steps.say(|| {
        format!(
            "{left} of {days} days of the old plan ({old}) were unused, so {charged} was charged."
        )
    });
    Ok(charged)
}

fn direct_rate(
    terms: &Terms,
    payment: &Payment<'_>,
    base: Money,
    steps: &mut Steps,
) -> Result<(Rate, TermKey), Unjudged> {
    let rules = &terms.rules;
    if is_trial_payment(rules.trial_price, base, payment.number) {
        let rate = rules.trial_rate.unwrap_or(Rate::Percent(Decimal::ZERO));
        steps.say(|| format!("It is the payment of a trial, which earns {rate}."));
        return Ok((rate, TermKey::TrialRate));
    }
    if !rules.first_payments.is_empty() {
        let number = payment.number.ok_or(Unjudged::NoFirstPayment)?;
        if let Some(rate) = first_payments_rate(&rules.first_payments, number) {
            steps.say(|| format!("It is payment {number} of the customer, which earns {rate}."));
            return Ok((rate, TermKey::FirstPayments));
        }
    }
    if let Some(rate) = plan_rate(&rules.plan_rates, payment.plan, payment.product) {
        steps.say(|| format!("This plan has a rate of its own: {rate}."));
        return Ok((rate, TermKey::PlanRates));
    }
    if let Some(rate) = level_rate(&rules.level_rates, rules.level.as_deref()) {
        let level = rules.level.as_deref().unwrap_or_default();
        steps.say(|| format!("On the level “{level}” sales earn {rate}."));
        return Ok((rate, TermKey::LevelRates));
    }
    if let (false, Some(volume)) = (rules.sales_tiers.is_empty(), payment.volume) {
        let tier = sales_tier(&rules.sales_tiers, volume);
        if let Some(rate) = tier.rate {
            steps.say(|| {
                format!(
                    "The sales of the twelve months before were {} {}, which reaches the tier from {} on: {rate}.",
                    volume.normalize(),
                    terms.currency,
                    tier.from.normalize()
                )
            });
            return Ok((rate, TermKey::SalesTiers));
        }
    }
    Ok((terms.direct, TermKey::DirectRate))
}
