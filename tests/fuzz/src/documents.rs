//! Files that people hand in, and a book that is none.

use std::fs;

use perennial_app::files::{
    forecast, mail as mails, mapping as mappings, program as programs, schedule as runs,
};
use perennial_domain::link;
use perennial_store::Book;

use crate::parts;

/// Months that a scenario may ask for here: longer ones are read, but running them is what benches do.
const MONTHS: u32 = 24;

/// A scenario, read and worked out.
pub fn scenario(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(scenario) = forecast::read_scenario(&text)
        && scenario.months <= MONTHS
    {
        let _ = forecast::run_scenario(&text, Some(2), Some(1));
    }
}

/// Observed cohorts, fitted by every model.
pub fn fit(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for model in ["auto", "sbg", "bdw", "geometric"] {
        let _ = forecast::fit(&text, Some(model));
    }
}

/// Observed lifetimes.
pub fn survival(data: &[u8]) {
    let _ = forecast::survival(&String::from_utf8_lossy(data));
}

/// A subscription's residual value.
pub fn residual(data: &[u8]) {
    let _ = forecast::residual(&String::from_utf8_lossy(data));
}

/// A ledger and terms, apart by a zero.
pub fn schedule(data: &[u8]) {
    let mut parts = parts(data);
    let (Some(ledger), Some(terms)) = (parts.next(), parts.next()) else {
        return;
    };
    let _ = runs::run(&ledger, &terms);
}

/// A mapping of columns.
pub fn mapping(data: &[u8]) {
    let _ = mappings::read(&String::from_utf8_lossy(data), "mine");
}

/// A program with its terms.
pub fn program(data: &[u8]) {
    let _ = programs::read(&String::from_utf8_lossy(data));
}

/// A mail: whatever is read fits into the notebook.
pub fn mail(data: &[u8]) {
    if let Ok(mail) = mails::read(data) {
        assert!(mail.text.chars().count() <= mails::MAX_BODY);
        assert!(mail.subject.chars().count() <= mails::MAX_LINE);
        assert!(!mail.subject.contains('\n'));
    }
}

/// An address to link to.
pub fn address(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = link::check_address(&text);
    let _ = link::covers(&[text.clone().into_owned()], &text);
}

/// A book of any bytes: it opens or is refused, and a refused one stays as it is.
pub fn book(data: &[u8]) {
    let Ok(folder) = tempfile::tempdir() else {
        return;
    };
    let path = folder.path().join("any.perennial");
    let Some(today) = chrono::NaiveDate::from_ymd_opt(2026, 1, 1) else {
        return;
    };
    if fs::write(&path, data).is_err() {
        return;
    }
    if Book::open(&path, today).is_err()
        && let Ok(after) = fs::read(&path)
    {
        assert!(after == data, "a refused book was changed");
    }
}
