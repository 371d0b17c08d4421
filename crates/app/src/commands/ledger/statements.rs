//! Statements of accounts: the money that came in, read from `PayPal`'s activity download or a bank's file by mapping.

use super::{
    reconcile::{deposit_dto, likely, new_deposit, sum},
    wrong,
};
use crate::{
    App, Failure,
    commands::import::{instant, statement_source as source},
    dto::{
        Amount, ById, Empty, Page, PathInput, Refused, StatementDone, StatementDto,
        StatementImport, StatementPreview, StatementRows, StatementUndone,
    },
    files,
    privacy::Minimiser,
};
use perennial_connectors::csv::{self, FileError, Item, Mapping, Report, Row, header_key};
use perennial_domain::{Currency, Money, ids::StatementId, ledger::Approval};
use perennial_store::{
    StoreError, Write,
    table::{
        deposit::{self, Deposit, Put},
        payout,
        statement::{self, Statement, StatementMapping},
    },
};
use std::collections::BTreeMap;

/// Rows read at most: a statement is one step of the change history.
const MAX_ROWS: u64 = 50_000;
/// New deposits and refused rows that are listed.
const LISTED: usize = 1_000;
/// Payouts that new deposits are compared with.
const COMPARED: u32 = 500;

/// The mappings that a file may be read by, and whether the first was chosen.
struct Choice {
    mappings: Vec<Mapping>,
    chosen: bool,
    /// A document that is kept once it has worked.
    document: Option<String>,
}

/// Looks into a statement's file.
///
/// # Errors
/// Where it cannot be read, is empty or no text.
pub fn statement_preview(app: &App, input: PathInput) -> Result<StatementPreview, Failure> {
    let opened = source::open(app, &input.path, None)?;
    let choice = choice(app, &StatementImport::default(), &opened.file)?;
    let peek = csv::peek(opened.bytes, &opened.options, &choice.mappings, false)
        .map_err(|error| source::failure(&error, &opened.file))?;
    Ok(StatementPreview {
        columns: files::statement::suggest(&peek.header),
        header: peek.header,
        rows: peek.rows,
        mapping: peek.profile,
    })
}

/// Takes a statement in, or says what would happen. Rows that are there already are known again.
///
/// # Errors
/// Where the file is refused as a whole; nothing was written then.
pub fn statement_import(app: &App, input: StatementImport) -> Result<StatementDone, Failure> {
    let currency = input
        .currency
        .as_deref()
        .filter(|code| !code.trim().is_empty())
        .map(Currency::parse)
        .transpose()
        .map_err(|error| wrong("currency", format!("{error}.")))?;
    let opened = source::open(app, &input.path, currency)?;
    let file = opened.file.clone();
    let failed = |error: &FileError| no_mapping(source::failure(error, &file));
    let mut choice = choice(app, &input, &file)?;
    let mut report = Report::open(
        opened.bytes,
        &opened.options,
        &choice.mappings,
        choice.chosen,
    )
    .map_err(|error| failed(&error))?;
    let mapping = report.mapping().to_owned();
    has_amount(&choice.mappings, &mapping, report.header(), &file)?;
    let mut read = Read::default();
    let zone = app.zone()?;
    while let Some(item) = report.next_item().map_err(|error| failed(&error))? {
        read.take(item, zone)?;
    }
    if !input.columns.is_empty() && input.map.is_none() {
        choice.document = Some(files::statement::document(
            &mapping,
            &input.columns,
            currency.map(Currency::code),
            report.header(),
        )?);
    }
    let id: StatementId = app.id();
    let record = Statement {
        id,
        file: file.clone(),
        account: mapping.clone(),
        at: app.now(),
        read: read.rows,
        new: 0,
        same: 0,
        left: read.left,
        refused: u64::try_from(read.refused.len()).unwrap_or(u64::MAX),
        matched: 0,
    };
    // The number that aliases are made with belongs to the book, not to this step of its history.
    let salted = |write: &Write<'_>| Minimiser::of(write, app.id());
    let minimiser = if input.dry_run {
        app.book()?.rehearse(salted)?
    } else {
        app.write(salted)?
    };
    let deposits: Vec<Deposit> = read
        .came
        .into_iter()
        .map(|came| Deposit {
            id: new_deposit(app),
            statement: Some(id),
            account: mapping.clone(),
            who: minimiser.payer(came.who),
            reference: minimiser.text(came.reference),
            raw: came.raw.map(|raw| minimiser.text(raw)),
            ..came
        })
        .collect();
    let keep = choice.document.map(|toml| StatementMapping {
        name: mapping.clone(),
        toml,
        header_key: header_key(report.header()),
    });
    let work = |write: &Write<'_>| put(write, record.clone(), &deposits, keep.as_ref());
    let (record, new) = if input.dry_run {
        app.book()?.rehearse(work)?
    } else {
        app.edit(format!("Took in the statement {file}"), work)?
    };
    let payouts = app.read(|read| payout::page(read, "", None, COMPARED))?;
    let proposed = likely(app, payouts, &new)?;
    let mut totals: BTreeMap<Currency, Vec<Money>> = BTreeMap::new();
    for deposit in &new {
        totals
            .entry(deposit.amount.currency())
            .or_default()
            .push(deposit.amount);
    }
    let mut refused = read.refused;
    refused.truncate(LISTED);
    Ok(StatementDone {
        statement: (!input.dry_run && record.new > 0).then(|| id.to_string()),
        file,
        mapping,
        rows: rows(&record),
        totals: totals
            .into_iter()
            .map(|(currency, amounts)| Ok(Amount::from(sum(currency, amounts.into_iter())?)))
            .collect::<Result<_, Failure>>()?,
        deposits: new.iter().take(LISTED).map(deposit_dto).collect(),
        refused,
        proposed: u64::try_from(proposed).unwrap_or(u64::MAX),
    })
}

/// Puts the deposits in; a statement that brought nothing leaves no trace.
fn put(
    write: &Write<'_>,
    mut record: Statement,
    deposits: &[Deposit],
    keep: Option<&StatementMapping>,
) -> Result<(Statement, Vec<Deposit>), StoreError> {
    statement::defer(write)?;
    let mut new = Vec::new();
    for deposit in deposits {
        match deposit::put(write, deposit)? {
            Put::New => new.push(deposit.clone()),
            Put::Same | Put::ByHand => record.same += 1,
        }
    }
    record.new = u64::try_from(new.len()).unwrap_or(u64::MAX);
    if !new.is_empty() {
        statement::add(write, &record)?;
    }
    if let Some(mapping) = keep {
        statement::save_mapping(write, mapping)?;
    }
    Ok((record, new))
}

/// What came out of a file.
#[derive(Default)]
struct Read {
    rows: u64,
    left: u64,
    came: Vec<Deposit>,
    refused: Vec<Refused>,
}

impl Read {
    fn take(&mut self, item: Item, zone: chrono_tz::Tz) -> Result<(), Failure> {
        match item {
            Item::Row(row) => {
                self.rows += 1;
                match deposit_of(&row, zone) {
                    Some(deposit) => self.came.push(deposit),
                    None => self.left += 1,
                }
            }
            Item::Refused(row) => {
                self.rows += 1;
                self.refused.push(Refused {
                    line: Some(row.line),
                    column: row.column,
                    reason: row.reason,
                    text: row.text,
                });
            }
            Item::Skipped { .. } => {}
        }
        if self.rows > MAX_ROWS {
            return Err(Failure::refused(
                "statement.too_long",
                format!("The statement has more than {MAX_ROWS} rows."),
            )
            .hint("Export a shorter time and take in one statement after the other."));
        }
        Ok(())
    }
}

/// A row as money that came in; none where it is something else.
fn deposit_of(row: &Row, zone: chrono_tz::Tz) -> Option<Deposit> {
    let facts = &row.facts;
    let amount = facts
        .commission
        .filter(|amount| !amount.is_zero() && !amount.is_negative())?;
    if facts.approval != Approval::Approved
        || row
            .unknown_kind
            .as_deref()
            .is_some_and(files::statement::is_no_payment)
    {
        return None;
    }
    let zero = Money::zero(amount.currency());
    let fee = facts
        .sale
        .and_then(|gross| gross.minus(amount).ok())
        .filter(|fee| !fee.is_negative())
        .unwrap_or(zero);
    Some(Deposit {
        // Put right by the caller.
        id: uuid::Uuid::nil().into(),
        statement: None,
        account: String::new(),
        identity: facts
            .native_id
            .clone()
            .unwrap_or_else(|| facts.raw_hash.clone()),
        occurrence: if facts.native_id.is_some() {
            0
        } else {
            facts.occurrence
        },
        on: facts.occurred_at.with_timezone(&zone).date_naive(),
        amount,
        fee,
        who: facts.program_text.clone().unwrap_or_default(),
        reference: facts.plan_text.clone().unwrap_or_default(),
        raw: Some(facts.raw.clone()),
        payout: None,
        aside: false,
        rate: None,
    })
}

fn choice(app: &App, input: &StatementImport, file: &str) -> Result<Choice, Failure> {
    let stem = std::path::Path::new(file).file_stem().map_or_else(
        || file.to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    );
    if let Some(text) = &input.map {
        return Ok(Choice {
            mappings: vec![files::statement::read(text, &stem)?],
            chosen: true,
            document: Some(text.clone()),
        });
    }
    if !input.columns.is_empty() {
        let name = input
            .name
            .as_deref()
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .unwrap_or(&stem);
        let text =
            files::statement::document(name, &input.columns, input.currency.as_deref(), &[])?;
        return Ok(Choice {
            mappings: vec![files::statement::read(&text, name)?],
            chosen: true,
            document: None,
        });
    }
    let mut mappings: Vec<Mapping> = app
        .read(statement::mappings)?
        .into_iter()
        .filter_map(|kept| {
            let mut mapping = files::statement::read(&kept.toml, &kept.name).ok()?;
            mapping.header_key = Some(kept.header_key).filter(|key| !key.is_empty());
            Some(mapping)
        })
        .collect();
    mappings.push(files::statement::paypal());
    let Some(name) = input
        .mapping
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty())
    else {
        return Ok(Choice {
            mappings,
            chosen: false,
            document: None,
        });
    };
    let names: Vec<String> = mappings
        .iter()
        .map(|mapping| mapping.name.clone())
        .collect();
    let mapping = mappings
        .into_iter()
        .find(|mapping| mapping.name.eq_ignore_ascii_case(name))
        .ok_or_else(|| {
            Failure::refused(
                "statement.mapping",
                format!("There is no mapping of statements “{name}”."),
            )
            .hint(format!("There are {}.", names.join(", ")))
        })?;
    Ok(Choice {
        mappings: vec![mapping],
        chosen: true,
        document: None,
    })
}

/// The column of the amount must be there, although it may be empty in rows of money that went out.
fn has_amount(
    mappings: &[Mapping],
    name: &str,
    header: &[String],
    file: &str,
) -> Result<(), Failure> {
    let column = mappings
        .iter()
        .find(|mapping| mapping.name == name)
        .and_then(|mapping| mapping.column(csv::Field::Commission))
        .unwrap_or_default();
    if header
        .iter()
        .any(|known| known.trim().to_lowercase() == column.trim().to_lowercase())
    {
        return Ok(());
    }
    Err(source::failure(
        &FileError::MissingColumn {
            profile: name.to_owned(),
            column: column.to_owned(),
            line: 1,
        },
        file,
    ))
}

/// A statement is mapped otherwise than a report.
fn no_mapping(failure: Failure) -> Failure {
    if failure.code != "import.no_profile" {
        return failure;
    }
    Failure::refused("statement.no_mapping", failure.message)
        .hint("Say what its columns are with `--column date=… --column amount=…`, or with `--map FILE.toml`.")
}

/// The statements, newest first.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn statement_list(app: &App, _: Empty) -> Result<Page<StatementDto>, Failure> {
    let statements = app.read(statement::list)?;
    Ok(Page {
        total: u64::try_from(statements.len()).ok(),
        items: statements
            .into_iter()
            .map(|one| StatementDto {
                rows: rows(&one),
                id: one.id.to_string(),
                file: one.file,
                mapping: one.account,
                at: instant(one.at),
                matched: one.matched,
            })
            .collect(),
        next: None,
    })
}

/// Takes a statement out again, with all its deposits.
///
/// # Errors
/// Where there is none, or one of its deposits is a payout.
pub fn statement_undo(app: &App, input: ById) -> Result<StatementUndone, Failure> {
    let id: StatementId = input
        .id
        .trim()
        .parse()
        .map_err(|_| wrong("id", format!("“{}” is no statement.", input.id)))?;
    let removed = app.edit("Took out a statement", |write| statement::remove(write, id))?;
    Ok(StatementUndone { removed })
}

fn rows(of: &Statement) -> StatementRows {
    StatementRows {
        read: of.read,
        new: of.new,
        same: of.same,
        left: of.left,
        refused: of.refused,
    }
}
