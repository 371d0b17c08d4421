//! What a person says of how a file is to be read.

use super::{
    amount::{Decimal, Thousands},
    date::DateOrder,
    dialect::Numbers,
    row::Ways,
};
use chrono_tz::Tz;
use perennial_domain::Currency;

/// How a file is to be read; what is none is told from the file.
#[derive(Clone, Debug)]
pub struct Options {
    /// Label of an encoding.
    pub encoding: Option<String>,
    /// Between fields.
    pub delimiter: Option<char>,
    /// Before decimals.
    pub decimal: Option<Decimal>,
    /// Currency of a file that names none.
    pub currency: Option<Currency>,
    /// Program that every row belongs to.
    pub program: Option<String>,
    /// The book's time zone: times that name none are of it.
    pub zone: Tz,
    /// Zone of times that name none, before the mapping's and the book's.
    pub time_zone: Option<Tz>,
    /// Physical line of the header.
    pub header_line: Option<u64>,
    /// Between thousands.
    pub thousands: Option<Thousands>,
    /// Of dates with the year at the end.
    pub date_order: Option<DateOrder>,
}

impl Options {
    /// Everything told from the file.
    pub fn detect(zone: Tz) -> Self {
        Self {
            encoding: None,
            delimiter: None,
            decimal: None,
            currency: None,
            program: None,
            zone,
            time_zone: None,
            header_line: None,
            thousands: None,
            date_order: None,
        }
    }
}

/// How rows are read: what was said, else what the first of them tell.
pub(super) fn ways(options: &Options, numbers: Numbers) -> Ways {
    Ways {
        currency: options.currency,
        program: options.program.clone(),
        decimal: numbers.decimal,
        thousands: options.thousands,
        order: numbers.order,
        chosen_zone: options.time_zone,
        zone: options.zone,
    }
}
