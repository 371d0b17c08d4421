//! What a program would be worth with the user's own customers and clicks.

use super::form::{amount, share};
use crate::{
    App, Failure,
    commands::forecast,
    dto::{Amount, CardField, CardWorth},
};
use perennial_domain::{Money, program::Rate};
use perennial_store::table::link;
use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive as _, ToPrimitive as _},
};

/// What a paying referral and a hundred clicks are worth, with the user's own customers and clicks.
pub(super) fn worth(
    app: &App,
    program: Option<&str>,
    fields: &[CardField],
) -> Result<CardWorth, Failure> {
    let value = |key: &str| {
        fields
            .iter()
            .find(|field| field.key == key)
            .and_then(|field| field.value.as_deref())
    };
    let nothing = |how: &str| {
        Ok(CardWorth {
            referral: None,
            clicks: None,
            how: vec![how.to_owned()],
        })
    };
    let rate = value("commission").and_then(|text| Rate::parse(text).ok());
    let price = value("price").and_then(amount);
    let each = match (rate, price) {
        (Some(Rate::Fixed(fixed)), _) => fixed,
        (Some(rate), Some(price)) => match rate.of(price) {
            Ok(each) => each,
            Err(error) => return nothing(&format!("It cannot be computed: {error}.")),
        },
        (None, _) => return nothing("Fill in the commission to see what it is worth."),
        (Some(_), None) => return nothing("Fill in a typical price to see what it is worth."),
    };
    let Some(own) = forecast::own_customers(app, program)? else {
        return nothing("A program with plans is needed to say how long customers stay.");
    };
    let annual = value("billing") == Some("annual");
    let recurring = value("recurring") != Some("no");
    let cap = value("months").and_then(|text| text.parse().ok());
    let payments = own.payments(annual, recurring, cap);
    let times = |count: f64| -> Option<Amount> {
        let count = Decimal::from_f64(count)?;
        let exact = each.amount().checked_mul(count)?;
        let minor = exact.round_dp_with_strategy(
            each.currency().minor_digits(),
            rust_decimal::RoundingStrategy::MidpointAwayFromZero,
        );
        Money::new(minor, each.currency()).ok().map(Amount::from)
    };
    let mut how = vec![format!(
        "{each} a payment, {payments:.2} payments expected in 24 months{}{}.",
        cap.map_or_else(String::new, |cap: u32| format!(
            ", of which {cap} months earn"
        )),
        if recurring {
            ""
        } else {
            ", of which only the first earns"
        },
    )];
    how.push(if own.seen {
        format!("How customers stay is taken from yours of {}.", own.program)
    } else {
        "Your book says nothing yet of how customers stay; common values stand in.".to_owned()
    });
    let (conversion, from) = match value("conversion").and_then(share) {
        Some(share) => (share.to_f64(), "the share on this card".to_owned()),
        None => match app.read(link::conversion)? {
            Some((clicks, referrals)) => (
                Some(ratio(referrals, clicks)),
                format!("{referrals} new customers of {clicks} clicks on your links"),
            ),
            None => (None, String::new()),
        },
    };
    let clicks = if let Some(conversion) = conversion {
        how.push(format!(
            "A hundred clicks bring {:.2} of them, by {from}.",
            conversion * 100.0
        ));
        times(payments * conversion * 100.0)
    } else {
        how.push(
            "No clicks are known in your book; fill in a conversion to see what a hundred are worth."
                .to_owned(),
        );
        None
    };
    Ok(CardWorth {
        referral: times(payments),
        clicks,
        how,
    })
}

fn ratio(part: u64, of: u64) -> f64 {
    let (part, of) = (part.to_f64().unwrap_or(0.0), of.to_f64().unwrap_or(1.0));
    if of > 0.0 { (part / of).min(1.0) } else { 0.0 }
}
