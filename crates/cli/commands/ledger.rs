//! `perennial ledger`.

use super::{reconcile, statement};
use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::{Args, Subcommand};
use perennial_app::{
    Failure,
    commands::ledger,
    dto::{
        Amount, ById, LedgerDetail, LedgerItem, LedgerList, Owed, OwedInput, OwedRow, PayoutDto,
        PayoutRecord, StatusEventDto,
    },
    files,
};
use serde::Serialize;
use std::path::PathBuf;

/// The ledger: earned, on hold, due, paid.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The rows, newest first
    List(Rows),
    /// A row with its story
    Show {
        /// Its id, or the network's own
        id: String,
    },
    /// Payments by the programs, newest first
    Payouts(List),
    /// Earned, Reserve, Due and Paid by program and currency, with the next payout
    Owed {
        /// The day; today without it
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// Of one program
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        #[command(flatten)]
        list: List,
    },
    /// Record a payment that arrived; it pays what is due, the longest due first
    Record {
        /// The program
        program: String,
        /// What arrived
        #[arg(long)]
        amount: String,
        /// Its currency
        #[arg(long, default_value = "USD")]
        currency: String,
        /// The day
        #[arg(long, value_name = "DATE")]
        on: String,
        /// In your words
        #[arg(long, default_value = "")]
        note: String,
    },
    /// What the terms of each day promise, held against what was reported; exits 1 where something is open
    Audit(super::audit::Arguments),
    /// Look at a finding of the audit, decide it, or write a document for the program
    #[command(subcommand)]
    Finding(super::audit::Finding),
    /// Match a payout to the money that arrived, until nothing is left to explain
    Reconcile(reconcile::Reconcile),
    /// Money that arrived, newest first
    Deposits(reconcile::Deposits),
    /// Statements of PayPal or a bank
    #[command(subcommand)]
    Statement(statement::Statement),
    /// Lock a program in a currency up to a day: its figures no longer change
    Lock(reconcile::Lock),
    /// Unlock a period
    Unlock(reconcile::Unlock),
    /// The locked periods
    Locks(List),
    /// The payout rules on a ledger of your own
    Schedule {
        /// JSON: `[{"id","date","kind":"commission"|"clawback","amount","ref"}]`
        #[arg(long, value_name = "FILE")]
        ledger: PathBuf,
        /// JSON: `{"currency","hold_days","minimum","run_day"}`
        #[arg(long, value_name = "FILE")]
        terms: PathBuf,
    },
}

/// Which rows.
#[derive(Debug, Args)]
pub struct Rows {
    /// Words to find in ids, sub-IDs, order and customer
    #[arg(long, default_value = "")]
    search: String,
    /// Of one program
    #[arg(long, value_name = "ID")]
    program: Option<String>,
    /// reserve, due, paid, reversed or unknown
    #[arg(long)]
    standing: Option<String>,
    /// First day
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Through links for a channel
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
    /// Through links for a campaign
    #[arg(long, value_name = "NAME")]
    campaign: Option<String>,
    /// That one import or sync brought
    #[arg(long)]
    batch: Option<String>,
    #[command(flatten)]
    list: List,
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    match command {
        Command::Reconcile(arguments) => return reconcile::reconcile(arguments, context),
        Command::Deposits(arguments) => return reconcile::deposits(arguments, context),
        Command::Statement(command) => return statement::statement(command, context),
        Command::Lock(arguments) => return reconcile::lock(arguments, context),
        Command::Unlock(arguments) => return reconcile::unlock(arguments, context),
        Command::Locks(list) => return reconcile::locks(&list, context),
        Command::Schedule { ledger, terms } => {
            let result =
                files::schedule::run(&files::read_text(&ledger)?, &files::read_text(&terms)?)?;
            output::answer(context, &result, || schedule(&result))?;
        }
        Command::Audit(arguments) => return super::audit::list(arguments, context),
        Command::Finding(command) => return super::audit::finding(command, context),
        Command::List(rows) => {
            let format = rows.list.format;
            let page = ledger::list(context.open()?, rows.input())?;
            output::page(context, format, &page, items)?;
        }
        Command::Show { id } => {
            let detail = ledger::show(context.open()?, ById { id })?;
            output::answer(context, &Shown::from(&detail), || people(&detail))?;
        }
        Command::Payouts(list) => {
            let page = ledger::payouts(context.open()?, list.input())?;
            output::page(context, list.format, &page, payouts)?;
        }
        Command::Owed { on, program, list } => {
            let owed = ledger::owed(context.open()?, OwedInput { on, program })?;
            let document = OwedDocument::from(&owed);
            output::page_of(context, list.format, &document, || self::owed(&owed.items))?;
        }
        Command::Record {
            program,
            amount,
            currency,
            on,
            note,
        } => {
            let amount = Amount { amount, currency };
            let done = ledger::payout_record(
                context.open()?,
                PayoutRecord {
                    program,
                    amount,
                    on,
                    note,
                },
            )?;
            output::answer(context, &done, || {
                format!(
                    "Recorded {}; {} of it pays what was due.",
                    output::amount(&done.amount),
                    output::amount(&done.allocated)
                )
            })?;
        }
    }
    Ok(Outcome::Done)
}

impl Rows {
    fn input(self) -> LedgerList {
        LedgerList {
            search: self.search,
            program: self.program,
            standing: self.standing,
            from: self.from,
            to: self.to,
            channel: self.channel,
            campaign: self.campaign,
            batch: self.batch,
            limit: self.list.limit,
            after: self.list.after,
        }
    }
}

/// A row as `ledger show` prints it: the same keys as in a list, and its story.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    item: &'a LedgerItem,
    story: &'a [String],
    events: &'a [StatusEventDto],
    related: &'a [LedgerItem],
    raw: &'a str,
}

impl<'a> From<&'a LedgerDetail> for Shown<'a> {
    fn from(detail: &'a LedgerDetail) -> Self {
        Self {
            item: &detail.item,
            story: &detail.story,
            events: &detail.events,
            related: &detail.related,
            raw: &detail.raw,
        }
    }
}

/// What is owed, as a list; the next payout's amount has its currency beside it.
#[derive(Serialize)]
struct OwedDocument<'a> {
    on: &'a str,
    items: Vec<OwedItem<'a>>,
    next: Option<String>,
}

#[derive(Serialize)]
struct OwedItem<'a> {
    program: Option<&'a str>,
    currency: &'a str,
    earned: &'a Amount,
    reserve: &'a Amount,
    due: &'a Amount,
    paid: &'a Amount,
    unknown: &'a Amount,
    next_payout: Option<NextPayout<'a>>,
}

#[derive(Serialize)]
struct NextPayout<'a> {
    date: &'a str,
    amount: &'a str,
    currency: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fee: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrives: Option<&'a str>,
}

impl<'a> From<&'a Owed> for OwedDocument<'a> {
    fn from(owed: &'a Owed) -> Self {
        let item = |row: &'a OwedRow| OwedItem {
            program: row.program.as_deref(),
            currency: &row.currency,
            earned: &row.earned,
            reserve: &row.reserve,
            due: &row.due,
            paid: &row.paid,
            unknown: &row.unknown,
            next_payout: row.next_payout.as_ref().map(|next| NextPayout {
                date: &next.date,
                amount: &next.amount,
                currency: &row.currency,
                fee: next.fee.as_deref(),
                arrives: next.arrives.as_deref(),
            }),
        };
        Self {
            on: &owed.on,
            items: owed.items.iter().map(item).collect(),
            next: None,
        }
    }
}

fn items(rows: &[LedgerItem]) -> Table {
    let mut table = Table::new(&[
        "Day",
        "Id",
        "Program",
        "Kind",
        ">Sale",
        ">Commission",
        "Standing",
        "Due on",
        "Link",
    ]);
    for row in rows {
        table.row([
            row.occurred_on.clone(),
            row.native_id.clone().unwrap_or_else(|| row.id.clone()),
            output::maybe(row.program.as_deref()),
            row.kind.clone(),
            output::maybe_amount(row.sale.as_ref()),
            output::maybe_amount(row.commission.as_ref()),
            if row.vanished {
                format!("{}, vanished", row.standing)
            } else {
                row.standing.clone()
            },
            output::maybe(row.matures_on.as_deref()),
            output::maybe(row.link.as_deref()),
        ]);
    }
    table
}

fn people(detail: &LedgerDetail) -> String {
    let mut lines = detail.story.clone();
    lines.extend(detail.events.iter().map(|event| {
        let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
        format!(
            "{}: {} from {} to {}",
            event.at,
            event.field,
            word(&event.before),
            word(&event.after)
        )
    }));
    lines.extend(detail.related.iter().map(|row| {
        format!(
            "See also: {} of {} on {}",
            row.kind,
            output::maybe_amount(row.commission.as_ref()),
            row.occurred_on
        )
    }));
    lines.join("\n")
}

fn payouts(rows: &[PayoutDto]) -> Table {
    let mut table = Table::new(&[
        "Sent",
        "Program",
        "Through",
        ">Amount",
        ">For commissions",
        "Status",
        "State",
        ">Left",
        "Arrived",
        "Note",
        "Id",
    ]);
    for row in rows {
        table.row([
            output::maybe(row.sent_on.as_deref()),
            output::maybe(row.program.as_deref()),
            output::maybe(row.connection.as_deref()),
            output::amount(&row.amount),
            output::amount(&row.allocated),
            row.status.clone(),
            row.state.clone(),
            output::maybe_amount(row.left.as_ref()),
            output::maybe(row.arrived_on.as_deref()),
            row.note.clone(),
            row.native_id.clone().unwrap_or_else(|| row.id.clone()),
        ]);
    }
    table
}

fn owed(rows: &[OwedRow]) -> Table {
    let mut table = Table::new(&[
        "Program",
        "Currency",
        ">Earned",
        ">Reserve",
        ">Due",
        ">Paid",
        "Next payout",
        ">Amount",
        ">Arrives",
    ]);
    for row in rows {
        let next = row.next_payout.as_ref();
        table.row([
            output::maybe(row.program.as_deref()),
            row.currency.clone(),
            row.earned.amount.clone(),
            row.reserve.amount.clone(),
            row.due.amount.clone(),
            row.paid.amount.clone(),
            output::maybe(next.map(|next| next.date.as_str())),
            output::maybe(next.map(|next| next.amount.as_str())),
            output::maybe(next.map(|next| next.arrives.as_deref().unwrap_or(&next.amount))),
        ]);
    }
    table
}

fn schedule(result: &files::schedule::ScheduleResult) -> String {
    let mut table = Table::new(&[
        "Run",
        ">Opening",
        ">Released",
        ">Debits",
        ">Voided",
        ">Payout",
        ">Arrives",
        ">Closing",
        ">Pending",
    ]);
    for row in &result.rows {
        table.row([
            row.run.clone(),
            row.opening.clone(),
            row.released.clone(),
            row.clawback_debits.clone(),
            row.voided_pending.clone(),
            row.payout.clone(),
            row.arrives.clone().unwrap_or_else(|| row.payout.clone()),
            row.closing.clone(),
            row.pending.clone(),
        ]);
    }
    format!(
        "{}Paid in all: {}. Left: {}.",
        table.text(),
        result.total_paid,
        result.closing
    )
}
