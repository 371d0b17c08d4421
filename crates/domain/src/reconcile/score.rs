//! How likely a deposit is to be a payout's, with the reasons. A proposal is never more: a person confirms it.

use super::Rate;
use crate::Money;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A payout, as far as matching needs it.
#[derive(Clone, Debug)]
pub struct Paid<'a> {
    /// What the program says it paid.
    pub amount: Money,
    /// What arrives of it after the fee that the terms say, where they say one.
    pub after_fee: Option<Money>,
    /// The day it was sent, where known.
    pub on: Option<NaiveDate>,
    /// Words that a deposit's text may have: the payout's own number first, then names.
    pub number: Option<&'a str>,
    /// Names of the program, its network, its connection.
    pub names: &'a [&'a str],
}

/// A deposit, as far as matching needs it.
#[derive(Clone, Debug)]
pub struct Arrival<'a> {
    /// What arrived.
    pub amount: Money,
    /// What was withheld of it.
    pub fee: Money,
    /// The day.
    pub on: NaiveDate,
    /// Who sent it and what they wrote.
    pub text: &'a str,
}

/// Why a deposit may be a payout's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The same amount to the cent.
    Amount,
    /// The same amount with the fee that was withheld.
    AmountWithFee,
    /// What the terms leave of it after their fee, to the cent.
    AmountAfterFee,
    /// A little less, as after a fee: up to a twentieth.
    AmountNearly,
    /// The same amount to a hundredth at a known rate.
    AmountAtRate,
    /// Another currency and no rate: the amount says nothing.
    OtherCurrency,
    /// It arrived on the day it was sent or within three days.
    DaysFew,
    /// It arrived within ten days.
    DaysSome,
    /// It arrived within thirty days.
    DaysMany,
    /// The text has the payout's number.
    Number,
    /// The text names the program or its network.
    Name,
}

impl Reason {
    /// The word of the boundary.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::AmountWithFee => "amount_with_fee",
            Self::AmountAfterFee => "amount_after_fee",
            Self::AmountNearly => "amount_nearly",
            Self::AmountAtRate => "amount_at_rate",
            Self::OtherCurrency => "other_currency",
            Self::DaysFew => "days_few",
            Self::DaysSome => "days_some",
            Self::DaysMany => "days_many",
            Self::Number => "number",
            Self::Name => "name",
        }
    }

    /// For people.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Amount => "the same amount",
            Self::AmountWithFee => "the same amount with its fee",
            Self::AmountAfterFee => "what the terms leave after their fee",
            Self::AmountNearly => "a little less, as after a fee",
            Self::AmountAtRate => "the same amount at your rate",
            Self::OtherCurrency => "another currency",
            Self::DaysFew => "arrived within three days",
            Self::DaysSome => "arrived within ten days",
            Self::DaysMany => "arrived within thirty days",
            Self::Number => "its text has the payout’s number",
            Self::Name => "its text names the program",
        }
    }

    /// What it adds.
    fn points(self) -> u8 {
        match self {
            Self::Amount => 60,
            Self::AmountWithFee | Self::AmountAfterFee => 55,
            Self::AmountAtRate => 50,
            Self::AmountNearly => 30,
            Self::DaysFew => 25,
            Self::Number => 40,
            Self::DaysSome | Self::Name => 15,
            Self::OtherCurrency | Self::DaysMany => 5,
        }
    }
}

/// How well a deposit fits a payout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// 0 to 100.
    pub points: u8,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// Days that the clocks of two banks may differ.
const EARLY: i64 = 1;
/// Days after which a deposit is no longer taken for a payout's.
const LATE: i64 = 30;

/// Scores a deposit against a payout; none where it cannot be its: it arrived before the payout was sent or more than
/// thirty days after, is larger, or smaller by more than a twentieth.
#[must_use]
pub fn score(payout: &Paid<'_>, deposit: &Arrival<'_>, rate: Option<&Rate>) -> Option<Score> {
    let mut reasons = vec![amount(payout, deposit, rate)?];
    if let Some(sent) = payout.on {
        let days = (deposit.on - sent).num_days();
        if !(-EARLY..=LATE).contains(&days) {
            return None;
        }
        reasons.push(match days {
            ..=3 => Reason::DaysFew,
            4..=10 => Reason::DaysSome,
            _ => Reason::DaysMany,
        });
    }
    let text = deposit.text.to_lowercase();
    let says = |word: &str| {
        let word = word.trim().to_lowercase();
        word.chars().count() >= 3 && text.contains(&word)
    };
    if payout.number.is_some_and(says) {
        reasons.push(Reason::Number);
    }
    if payout.names.iter().any(|name| says(name)) {
        reasons.push(Reason::Name);
    }
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.points()));
    let points = reasons
        .iter()
        .fold(0_u8, |sum, reason| sum.saturating_add(reason.points()))
        .min(100);
    Some(Score { points, reasons })
}

fn amount(payout: &Paid<'_>, deposit: &Arrival<'_>, rate: Option<&Rate>) -> Option<Reason> {
    let paid = payout.amount;
    let gross = deposit.amount.plus(deposit.fee).ok()?;
    if gross.currency() != paid.currency() {
        let Some(rate) = rate.filter(|rate| rate.joins(gross.currency(), paid.currency())) else {
            return Some(Reason::OtherCurrency);
        };
        let off = (rate.convert(gross).ok()?.amount() - paid.amount()).abs();
        return (off * Decimal::from(100) <= paid.amount()).then_some(Reason::AmountAtRate);
    }
    if deposit.amount == paid {
        return Some(Reason::Amount);
    }
    if gross == paid {
        return Some(Reason::AmountWithFee);
    }
    if payout.after_fee == Some(deposit.amount) {
        return Some(Reason::AmountAfterFee);
    }
    let less = paid.amount() - gross.amount();
    (less > Decimal::ZERO && less * Decimal::from(20) <= paid.amount())
        .then_some(Reason::AmountNearly)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use proptest::prelude::*;

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    fn of(amount: &str, fee: &str, on: u32, text: &str) -> Option<Score> {
        let payout = Paid {
            amount: usd("100"),
            after_fee: None,
            on: Some(day(15)),
            number: Some("po_77"),
            names: &["Kartra", "PartnerStack"],
        };
        let deposit = Arrival {
            amount: usd(amount),
            fee: usd(fee),
            on: day(on),
            text,
        };
        score(&payout, &deposit, None)
    }

    #[test]
    fn the_better_fit_scores_higher() {
        let points = |score: Option<Score>| score.map_or(0, |score| score.points);
        let exact = points(of("100", "0", 16, "PARTNERSTACK po_77"));
        let no_text = points(of("100", "0", 16, "transfer"));
        let later = points(of("100", "0", 25, "transfer"));
        let nearly = points(of("97.10", "0", 16, "transfer"));
        assert_eq!(exact, 100);
        assert!(exact > no_text && no_text > later && no_text > nearly && nearly > 0);
        assert_eq!(
            of("97.10", "2.90", 16, "").unwrap().reasons,
            [Reason::AmountWithFee, Reason::DaysFew]
        );
    }

    #[test]
    fn what_cannot_be_it_is_not_proposed() {
        assert_eq!(of("100.01", "0", 16, "po_77"), None, "more than was paid");
        assert_eq!(of("90", "0", 16, ""), None, "a tenth less");
        assert_eq!(of("100", "0", 12, ""), None, "before it was sent");
        let payout = Paid {
            amount: usd("100"),
            after_fee: None,
            on: Some(day(1)),
            number: None,
            names: &[],
        };
        let late = Arrival {
            amount: usd("100"),
            fee: usd("0"),
            on: day(1) + chrono::Days::new(31),
            text: "",
        };
        assert_eq!(score(&payout, &late, None), None);
    }

    #[test]
    fn what_the_terms_leave_after_their_fee_is_as_good_as_a_fee_that_was_noted() {
        let payout = |after_fee| Paid {
            amount: usd("100"),
            after_fee,
            on: Some(day(15)),
            number: None,
            names: &[],
        };
        let deposit = Arrival {
            amount: usd("92"),
            fee: usd("0"),
            on: day(16),
            text: "",
        };
        let reasons = |payout| score(&payout, &deposit, None).map(|score| score.reasons);
        assert_eq!(reasons(payout(None)), None, "more than a twentieth less");
        assert_eq!(
            reasons(payout(Some(usd("92")))),
            Some(vec![Reason::AmountAfterFee, Reason::DaysFew])
        );
    }

    #[test]
    fn another_currency_counts_at_a_rate() {
        let payout = Paid {
            amount: usd("100"),
            after_fee: None,
            on: Some(day(15)),
            number: None,
            names: &[],
        };
        let euros = |text: &str| Arrival {
            amount: Money::parse(text, Currency::parse("EUR").unwrap()).unwrap(),
            fee: Money::zero(Currency::parse("EUR").unwrap()),
            on: day(16),
            text: "",
        };
        let rate = Rate::parse("EUR/USD=1.0858@2026-03-15", "ECB").unwrap();
        let reasons = |text: &str, rate: Option<&Rate>| {
            score(&payout, &euros(text), rate).map(|score| score.reasons)
        };
        assert_eq!(
            reasons("92.10", Some(&rate)),
            Some(vec![Reason::AmountAtRate, Reason::DaysFew])
        );
        assert_eq!(reasons("80", Some(&rate)), None);
        assert_eq!(
            reasons("80", None),
            Some(vec![Reason::DaysFew, Reason::OtherCurrency])
        );
    }

    proptest! {
        #[test]
        fn never_past_a_hundred_and_never_without_a_reason(cents in 1_i64..100_000, fee in 0_i64..1_000, days in -40_i64..40, text in "\\PC{0,30}") {
            let payout = Paid { amount: usd("500"), after_fee: None, on: Some(day(15)), number: Some("123"), names: &["acme"] };
            let deposit = Arrival {
                amount: Money::from_minor(cents, Currency::USD).unwrap(),
                fee: Money::from_minor(fee, Currency::USD).unwrap(),
                on: day(15) + chrono::Duration::days(days),
                text: &text,
            };
            if let Some(score) = score(&payout, &deposit, None) {
                prop_assert!(score.points <= 100 && !score.reasons.is_empty());
            }
        }
    }
}
