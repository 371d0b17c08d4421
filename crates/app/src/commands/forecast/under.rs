//! The forecast under terms that are only planned.

use super::{super::terms_view::Book, loaded::Loaded, months, scenario::Prepared};
use crate::{
    App, Failure,
    dto::{Amount, ConsequenceForecast},
};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Expected net commission of the next 12 and 24 months under the terms as they are and under a change, which the
/// forecast supposes from `from` on (today where it began earlier). None for a program without plans or rows.
///
/// # Errors
/// Where the book cannot be read, or a forecast under the change is not possible.
pub fn under(
    app: &App,
    book: Book,
    changed: Book,
    from: NaiveDate,
) -> Result<Option<ConsequenceForecast>, Failure> {
    let today = app.today()?;
    let as_is = book.on(today)?;
    if as_is.plans.is_none() {
        return Ok(None);
    }
    let now = Loaded::with(app, book, as_is, today)?;
    if !now.has_rows() {
        return Ok(None);
    }
    let supposed = now.assumptions(24)?;
    let planned = changed.on(from)?;
    if planned.currency.code() != supposed.currency {
        return Ok(None);
    }
    let would = Loaded::with(app, changed, planned, today)?;
    let sums = |loaded: &Loaded| -> Result<(Amount, Amount), Failure> {
        let nets = months::nets(&Prepared::new(loaded, &supposed)?);
        let sum = |months: usize| Amount {
            amount: nets
                .iter()
                .take(months)
                .map(|(_, net)| net.parse::<Decimal>().unwrap_or_default())
                .sum::<Decimal>()
                .to_string(),
            currency: supposed.currency.clone(),
        };
        Ok((sum(12), sum(24)))
    };
    let (year_before, two_before) = sums(&now)?;
    let (year_after, two_after) = sums(&would)?;
    Ok(Some(ConsequenceForecast {
        year_before,
        year_after,
        two_before,
        two_after,
        from: from.to_string(),
    }))
}
