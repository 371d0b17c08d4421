//! How sales went: counts, clicks, EPC, rates, days.

use super::share;
use crate::{
    App, Failure,
    dto::{Amount, Measures},
};
use perennial_domain::Money;
use perennial_store::table::report::{self, Counts, ReportBy, Span};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The measures of every key and currency.
pub(super) fn all(
    app: &App,
    by: ReportBy,
    span: Span,
) -> Result<BTreeMap<(Option<String>, String), Measures>, Failure> {
    let (counts, clicks) = app.read(|read| {
        Ok((
            report::counts(read, by, span)?,
            report::clicks(read, by, span)?,
        ))
    })?;
    Ok(counts
        .into_iter()
        .map(|((key, currency), counts)| {
            let clicks = clicks.as_ref().and_then(|clicks| clicks.get(&key).copied());
            let measures = of(&counts, clicks);
            ((key, currency), measures)
        })
        .collect())
}

fn of(counts: &Counts, clicks: Option<u64>) -> Measures {
    let ratio = |part: u64, of: u64| {
        (of > 0)
            .then(|| share(Decimal::from(part), Decimal::from(of)))
            .flatten()
    };
    let days = |(days, of): (i64, u64)| {
        (of > 0)
            .then(|| {
                let mean = Decimal::from(days).checked_div(Decimal::from(of))?;
                Some(mean.round_dp(1).normalize().to_string())
            })
            .flatten()
    };
    Measures {
        sales: counts.sales,
        refunded: counts.refunded,
        refund_rate: ratio(counts.refunded, counts.payments),
        clicks,
        conversion: clicks.and_then(|clicks| ratio(counts.linked_sales, clicks)),
        epc: clicks.and_then(|clicks| epc(counts.linked_earned, clicks)),
        hold_days: days(counts.hold),
        payout_days: days(counts.payout),
    }
}

/// What was earned a click, to four places: a quotient to compare by, never posted.
fn epc(earned: Money, clicks: u64) -> Option<Amount> {
    const PLACES: u32 = 4;
    let each = earned.amount().checked_div(Decimal::from(clicks))?;
    Money::new(each.round_dp(PLACES), earned.currency())
        .ok()
        .map(Amount::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use perennial_domain::Currency;

    #[test]
    fn rates_need_something_to_divide_by() {
        let mut counts = Counts {
            sales: 4,
            linked_sales: 3,
            linked_earned: Money::parse("119.20", Currency::USD).unwrap(),
            payments: 8,
            refunded: 1,
            hold: (180, 4),
            payout: (0, 0),
        };
        let measures = of(&counts, Some(300));
        assert_eq!(measures.refund_rate.as_deref(), Some("0.125"));
        assert_eq!(measures.conversion.as_deref(), Some("0.01"));
        assert_eq!(measures.epc.unwrap().amount, "0.3973");
        assert_eq!(measures.hold_days.as_deref(), Some("45"));
        assert_eq!(measures.payout_days, None);
        counts.payments = 0;
        let measures = of(&counts, None);
        assert_eq!((measures.refund_rate, measures.epc), (None, None));
        assert_eq!(of(&counts, Some(0)).conversion, None);
    }
}
