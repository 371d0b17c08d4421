//! The ledger: what was earned, what is on hold, what is due, what was paid.

mod owed;
mod payouts;
mod periods;
mod reconcile;
mod rows;
mod statements;
mod story;

pub(crate) use owed::owed_on;
pub use owed::{earnings, owed};
pub use payouts::{payout_record, payouts};
pub use periods::{period_list, period_lock, period_unlock};
pub(crate) use reconcile::{YearPayout, payouts_of_year, rate_dto, rate_failure};
pub use reconcile::{
    deposit_add, deposit_aside, deposit_list, deposit_remove, deposit_tie, explain_add,
    explain_remove, payout_lines, reconcile_show,
};
pub(crate) use rows::recent;
pub use rows::{list, show};
pub use statements::{statement_import, statement_list, statement_preview, statement_undo};

use crate::{App, Failure, error::Place};
use chrono::NaiveDate;
use perennial_domain::{
    ids::ProgramId,
    program::{Terms, terms_on},
};
use perennial_store::table::{program, terms};

/// The program of a slug, where one is asked for.
pub(crate) fn program_id(app: &App, slug: Option<&str>) -> Result<Option<ProgramId>, Failure> {
    let Some(slug) = slug.map(str::trim).filter(|slug| !slug.is_empty()) else {
        return Ok(None);
    };
    Ok(Some(app.read(|read| program::get(read, slug))?.id))
}

/// A program's terms on a day, where they say enough.
fn terms_of(app: &App, program: ProgramId, day: NaiveDate) -> Result<Option<Terms>, Failure> {
    let (versions, sets) = app.read(|read| {
        Ok((
            terms::versions(read, program)?,
            terms::plan_sets(read, program)?,
        ))
    })?;
    Ok(terms_on(&versions, &sets, day).ok())
}

fn wrong(key: &str, message: String) -> Failure {
    Failure::refused("ledger.filter", message).at(Place {
        key: Some(key.to_owned()),
        ..Place::default()
    })
}
