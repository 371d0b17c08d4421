//! The payout schedule's files: a ledger, its terms, and the runs that follow.

use crate::{Failure, error::Place};
use chrono::NaiveDate;
use perennial_domain::{
    Currency, Money, MoneyError,
    ledger::{Posting, PostingKind, Schedule, ScheduleError, ScheduleTerms},
    program::Rate,
};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermsDocument {
    currency: String,
    hold_days: u32,
    minimum: String,
    run_day: u32,
    #[serde(default)]
    min_sales: u32,
    #[serde(default)]
    payout_fee: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PostingDocument {
    id: String,
    date: String,
    kind: String,
    amount: String,
    #[serde(default, rename = "ref")]
    reference: Option<String>,
}

/// The result: amounts are bare decimals of the terms' currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScheduleResult {
    /// One row for every run.
    pub rows: Vec<ScheduleRowResult>,
    /// Sum of the payouts.
    pub total_paid: String,
    /// What of it was taken on its way; only where the terms have a fee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_fees: Option<String>,
    /// Balance after the last run.
    pub closing: String,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScheduleRowResult {
    /// The day.
    pub run: String,
    /// Balance after the run before.
    pub opening: String,
    /// Matured since.
    pub released: String,
    /// Taken from the balance since.
    pub clawback_debits: String,
    /// Taken from what was on hold since.
    pub voided_pending: String,
    /// Paid.
    pub payout: String,
    /// Taken from it on its way; only where the terms have a fee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<String>,
    /// What arrives of it; only where the terms have a fee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrives: Option<String>,
    /// Balance after the run.
    pub closing: String,
    /// Still on hold.
    pub pending: String,
}

fn malformed(what: &str, error: &serde_json::Error) -> Failure {
    let line = u64::try_from(error.line()).ok().filter(|line| *line > 0);
    Failure::refused(
        "schedule.malformed",
        format!("The {what} do not fit: {error}."),
    )
    .at(Place {
        line,
        ..Place::default()
    })
}

fn refused(code: &str, key: String, message: String) -> Failure {
    Failure::refused(code, message).at(Place {
        key: Some(key),
        ..Place::default()
    })
}

/// Reads terms.
///
/// # Errors
/// Where they do not fit, by the name of the key.
pub fn read_terms(json: &str) -> Result<ScheduleTerms, Failure> {
    let document: TermsDocument =
        serde_json::from_str(json).map_err(|error| malformed("terms", &error))?;
    let out =
        |key: &str, message: String| refused("schedule.out_of_range", key.to_owned(), message);
    let currency = Currency::parse(&document.currency).map_err(|error| {
        refused(
            "schedule.unknown_currency",
            "currency".to_owned(),
            format!("{error}."),
        )
    })?;
    let minimum = Money::parse(&document.minimum, currency)
        .map_err(|error| out("minimum", format!("minimum: {error}.")))?;
    if minimum.is_negative() {
        return Err(out("minimum", "The minimum is not below zero.".to_owned()));
    }
    if document.hold_days > 3660 {
        return Err(out(
            "hold_days",
            "hold_days lies between 0 and 3660.".to_owned(),
        ));
    }
    if !(1..=31).contains(&document.run_day) {
        return Err(out("run_day", "run_day lies between 1 and 31.".to_owned()));
    }
    if document.min_sales > 1_000_000 {
        return Err(out(
            "min_sales",
            "min_sales lies between 0 and 1000000.".to_owned(),
        ));
    }
    let payout_fee = document
        .payout_fee
        .as_deref()
        .map(|text| match Rate::parse(text) {
            Ok(Rate::Fixed(fee)) if fee.currency() != currency => Err(out(
                "payout_fee",
                format!("payout_fee is an amount of {}.", currency.code()),
            )),
            Ok(fee) => Ok(fee),
            Err(error) => Err(out("payout_fee", format!("payout_fee: {error}."))),
        })
        .transpose()?;
    Ok(ScheduleTerms {
        currency,
        hold_days: document.hold_days,
        minimum,
        run_day: document.run_day,
        min_sales: document.min_sales,
        payout_fee,
    })
}

/// Reads a ledger.
///
/// # Errors
/// Where it does not fit, by the place in it.
pub fn read_ledger(json: &str, currency: Currency) -> Result<Vec<Posting>, Failure> {
    let documents: Vec<PostingDocument> =
        serde_json::from_str(json).map_err(|error| malformed("postings", &error))?;
    documents
        .into_iter()
        .enumerate()
        .map(|(index, document)| {
            let wrong = |key: &str, message: String| {
                refused(
                    "schedule.posting",
                    format!("[{index}].{key}"),
                    format!("Posting “{}”: {message}.", document.id),
                )
            };
            Ok(Posting {
                date: document
                    .date
                    .parse::<NaiveDate>()
                    .map_err(|_| wrong("date", format!("“{}” is not a date", document.date)))?,
                kind: match document.kind.as_str() {
                    "commission" => PostingKind::Commission,
                    "clawback" => PostingKind::Clawback,
                    other => {
                        return Err(wrong(
                            "kind",
                            format!("“{other}” is neither commission nor clawback"),
                        ));
                    }
                },
                amount: Money::parse(&document.amount, currency)
                    .map_err(|error| wrong("amount", error.to_string()))?,
                reference: document.reference.clone(),
                id: document.id,
            })
        })
        .collect()
}

/// The schedule of a ledger, both as documents.
///
/// # Errors
/// Where either does not fit; nothing is scheduled in part.
pub fn run(ledger: &str, terms: &str) -> Result<ScheduleResult, Failure> {
    let terms = read_terms(terms)?;
    let postings = read_ledger(ledger, terms.currency)?;
    let schedule = perennial_domain::ledger::schedule(&postings, &terms).map_err(|error| {
        let code = match &error {
            ScheduleError::DuplicateId(_) => "schedule.duplicate_id",
            ScheduleError::UnknownReference { .. } => "schedule.unknown_reference",
            ScheduleError::BeforeItsCommission(_) => "schedule.before_its_commission",
            ScheduleError::Negative(_) => "schedule.negative",
            ScheduleError::TooLong => "schedule.too_long",
            ScheduleError::Money(_) => "schedule.amount",
        };
        Failure::refused(code, format!("{error}."))
    })?;
    result(&schedule, terms.payout_fee.is_some())
        .map_err(|error| Failure::refused("schedule.amount", format!("{error}.")))
}

fn result(schedule: &Schedule, fees: bool) -> Result<ScheduleResult, MoneyError> {
    Ok(ScheduleResult {
        rows: schedule
            .rows
            .iter()
            .map(|row| {
                Ok(ScheduleRowResult {
                    run: row.run.to_string(),
                    opening: row.opening.to_plain(),
                    released: row.released.to_plain(),
                    clawback_debits: row.clawback_debits.to_plain(),
                    voided_pending: row.voided_pending.to_plain(),
                    payout: row.payout.to_plain(),
                    fee: fees.then(|| row.fee.to_plain()),
                    arrives: if fees {
                        Some(row.payout.minus(row.fee)?.to_plain())
                    } else {
                        None
                    },
                    closing: row.closing.to_plain(),
                    pending: row.pending.to_plain(),
                })
            })
            .collect::<Result<_, MoneyError>>()?,
        total_paid: schedule.total_paid.to_plain(),
        total_fees: fees.then(|| schedule.total_fees.to_plain()),
        closing: schedule.closing.to_plain(),
    })
}
