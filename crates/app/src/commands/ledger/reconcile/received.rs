//! The payouts of a year.

use super::{Around, data::sums};
use crate::{App, Failure, files::year::ReceivedLine};
use perennial_domain::{
    Money,
    reconcile::{Explanation, Landed},
};
use perennial_store::table::{payout, program, report};

/// A payout that was received in a year.
pub(crate) struct YearPayout {
    /// As the statement of the year has it.
    pub line: ReceivedLine,
}

/// The payouts that were received in a year, oldest first.
pub(crate) fn payouts_of_year(app: &App, year: i32) -> Result<Vec<YearPayout>, Failure> {
    let rows = app.read(|read| {
        let days = report::received(read, year)?;
        days.into_iter()
            .map(|(on, id)| {
                let row = payout::find(read, &id)?;
                let around = Around::read(read, &row)?;
                let name = match &row.program {
                    Some(slug) => Some(program::get(read, slug)?.name),
                    None => row.connection.clone(),
                };
                Ok((on, row, around, name))
            })
            .collect::<Result<Vec<_>, _>>()
    })?;
    rows.into_iter()
        .map(|(on, row, around, name)| {
            let currency = row.amount.currency();
            let mut fees = Money::zero(currency);
            for deposit in &around.deposits {
                let fee = Landed {
                    amount: deposit.fee,
                    fee: Money::zero(deposit.fee.currency()),
                    rate: deposit.rate.clone(),
                };
                let fee = fee.gross_in(currency).map_err(sums)?;
                fees = fees.plus(fee).map_err(|error| sums(error.into()))?;
            }
            for one in &around.explained {
                if one.kind == Explanation::Fee {
                    fees = fees.minus(one.amount).map_err(|error| sums(error.into()))?;
                }
            }
            Ok(YearPayout {
                line: ReceivedLine {
                    on,
                    arrived: !around.deposits.is_empty(),
                    program: name.unwrap_or_else(|| "–".to_owned()),
                    number: row.native_id.clone(),
                    paid: row.amount,
                    fees,
                    deposits: around
                        .deposits
                        .iter()
                        .map(|deposit| deposit.amount)
                        .collect(),
                    rates: around
                        .deposits
                        .iter()
                        .filter_map(|deposit| deposit.rate.clone())
                        .collect(),
                    reconciled: around.reconciled(&row)?,
                },
            })
        })
        .collect()
}
