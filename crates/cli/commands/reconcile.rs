//! `perennial ledger reconcile` and what belongs to it: deposits, locked periods.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Args;
use perennial_app::{
    Failure,
    commands::ledger,
    dto::{
        Amount, ById, DepositAdd, DepositDto, DepositList, DepositTie, Empty, ExplainAdd,
        PayoutLinesSet, PeriodDto, PeriodLock, PeriodUnlock, Reconciliation,
    },
};
use std::fmt::Write as _;

/// Lines of a payout listed for people; the JSON document has all of them.
const SHOWN: usize = 20;

/// Match a payout to the money that arrived, until nothing is left to explain
#[derive(Debug, Args)]
pub struct Reconcile {
    /// The payout: its id, or the network's own number
    payout: String,
    /// What arrived
    #[arg(
        long,
        value_name = "AMOUNT",
        requires = "on",
        allow_hyphen_values = true
    )]
    deposit: Option<String>,
    /// The day it arrived
    #[arg(long, value_name = "DATE", requires = "deposit")]
    on: Option<String>,
    /// What was withheld of it before, in the deposit's currency
    #[arg(
        long,
        value_name = "AMOUNT",
        requires = "deposit",
        allow_hyphen_values = true
    )]
    fee: Option<String>,
    /// Currency of the deposit; the payout's without it
    #[arg(long, value_name = "CODE", requires = "deposit")]
    currency: Option<String>,
    /// EUR/USD=1.0858@2026-01-15, or the number alone for the day it arrived
    #[arg(long)]
    rate: Option<String>,
    /// Who says so
    #[arg(long, value_name = "TEXT")]
    rate_source: Option<String>,
    /// Who sent it and what they wrote
    #[arg(long, default_value = "", value_name = "TEXT")]
    reference: String,
    /// Confirm a deposit that is in the book, by its id
    #[arg(long, value_name = "ID", conflicts_with = "deposit")]
    take: Option<String>,
    /// Take a deposit away from this payout, by its id
    #[arg(long, value_name = "ID", conflicts_with_all = ["deposit", "take"])]
    give_back: Option<String>,
    /// Tie the commissions that it most likely paid
    #[arg(long)]
    lines: bool,
    /// Explain a part: fee=-2.90, exchange=-0.35, missing=12.00, carried=-20.00
    #[arg(long, value_name = "KIND=AMOUNT")]
    explain: Vec<String>,
    /// Take an explanation out, by its id
    #[arg(long, value_name = "ID")]
    unexplain: Vec<String>,
    /// What stands with the explanations
    #[arg(long, default_value = "", value_name = "TEXT")]
    note: String,
}

/// Which deposits.
#[derive(Debug, Args)]
pub struct Deposits {
    /// open, matched or all
    #[arg(long, default_value = "open")]
    which: String,
    /// Words to find
    #[arg(long, default_value = "")]
    search: String,
    #[command(flatten)]
    list: List,
}

/// What to lock.
#[derive(Debug, Args)]
pub struct Lock {
    /// The program
    program: String,
    /// Its currency
    #[arg(long, default_value = "USD", value_name = "CODE")]
    currency: String,
    /// The last day
    #[arg(long, value_name = "DATE")]
    through: String,
    /// In your words
    #[arg(long, default_value = "")]
    note: String,
}

/// What to unlock.
#[derive(Debug, Args)]
pub struct Unlock {
    /// The program
    program: String,
    /// Its currency
    #[arg(long, default_value = "USD", value_name = "CODE")]
    currency: String,
    /// What stays locked: up to and with this day
    #[arg(long, value_name = "DATE")]
    keep: Option<String>,
}

/// Reconciles.
///
/// # Errors
/// What the use case says.
pub fn reconcile(arguments: Reconcile, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let payout = arguments.payout;
    let by_id = || ById { id: payout.clone() };
    // What is wrong with the payout is said before anything is written.
    let before = ledger::reconcile_show(app, by_id())?;
    let mut explanations = Vec::new();
    for text in &arguments.explain {
        let (kind, amount) = text.split_once('=').ok_or_else(|| {
            Failure::refused("ledger.filter", format!("“{text}” explains nothing."))
                .hint("Write it as fee=-2.90.")
        })?;
        explanations.push(ExplainAdd {
            payout: payout.clone(),
            kind: kind.to_owned(),
            amount: amount.to_owned(),
            note: arguments.note.clone(),
        });
    }
    if let (Some(amount), Some(on)) = (arguments.deposit, arguments.on) {
        let currency = arguments
            .currency
            .unwrap_or_else(|| before.payout.amount.currency.clone());
        ledger::deposit_add(
            app,
            DepositAdd {
                payout: payout.clone(),
                amount: Amount { amount, currency },
                fee: arguments.fee,
                on,
                reference: arguments.reference,
                rate: arguments.rate.clone(),
                rate_source: arguments.rate_source.clone(),
            },
        )?;
    }
    for (deposit, payout) in [
        (arguments.take, Some(payout.clone())),
        (arguments.give_back, None),
    ] {
        if let Some(deposit) = deposit {
            ledger::deposit_tie(
                app,
                DepositTie {
                    deposit,
                    payout,
                    rate: arguments.rate.clone(),
                    rate_source: arguments.rate_source.clone(),
                },
            )?;
        }
    }
    if arguments.lines {
        ledger::payout_lines(
            app,
            PayoutLinesSet {
                payout: payout.clone(),
                lines: None,
            },
        )?;
    }
    for id in arguments.unexplain {
        ledger::explain_remove(app, ById { id })?;
    }
    for explanation in explanations {
        ledger::explain_add(app, explanation)?;
    }
    let done = ledger::reconcile_show(app, by_id())?;
    output::answer(context, &done, || people(&done))?;
    Ok(Outcome::Done)
}

/// The deposits.
///
/// # Errors
/// What the use case says.
pub fn deposits(arguments: Deposits, context: &Context) -> Result<Outcome, Failure> {
    let input = DepositList {
        which: Some(arguments.which),
        search: arguments.search,
        limit: arguments.list.limit,
        after: arguments.list.after,
    };
    let page = ledger::deposit_list(context.open()?, input)?;
    output::page(context, arguments.list.format, &page, deposit_table)?;
    Ok(Outcome::Done)
}

/// Locks a period.
///
/// # Errors
/// What the use case says.
pub fn lock(arguments: Lock, context: &Context) -> Result<Outcome, Failure> {
    let locked = ledger::period_lock(
        context.open()?,
        PeriodLock {
            program: arguments.program,
            currency: arguments.currency,
            through: arguments.through,
            note: arguments.note,
        },
    )?;
    output::answer(context, &locked, || {
        format!(
            "{} in {} is locked up to {}. Unlock it with `perennial ledger unlock {} --currency {}`.",
            locked.name, locked.currency, locked.through, locked.program, locked.currency
        )
    })?;
    Ok(Outcome::Done)
}

/// Unlocks a period.
///
/// # Errors
/// What the use case says.
pub fn unlock(arguments: Unlock, context: &Context) -> Result<Outcome, Failure> {
    let done = ledger::period_unlock(
        context.open()?,
        PeriodUnlock {
            program: arguments.program,
            currency: arguments.currency,
            keep: arguments.keep,
        },
    )?;
    output::answer(context, &done, || match done.taken_in {
        0 => "Unlocked.".to_owned(),
        rows => format!("Unlocked; {rows} rows that had changed at their source were taken in."),
    })?;
    Ok(Outcome::Done)
}

/// The locked periods.
///
/// # Errors
/// What the use case says.
pub fn locks(list: &List, context: &Context) -> Result<Outcome, Failure> {
    let page = ledger::period_list(context.open()?, Empty {})?;
    output::page(context, list.format, &page, period_table)?;
    Ok(Outcome::Done)
}

fn people(of: &Reconciliation) -> String {
    let mut text = format!(
        "Payout of {}{}\n\n",
        output::amount(&of.payout.amount),
        of.payout
            .sent_on
            .as_ref()
            .map(|day| format!(", sent on {day}"))
            .unwrap_or_default()
    );
    let mut lines = Table::new(&["Day", "Commission of", "Kind", ">Paid"]);
    for line in of.lines.iter().take(SHOWN) {
        lines.row([
            line.occurred_on.clone(),
            line.native_id.clone().unwrap_or_else(|| line.id.clone()),
            line.kind.clone(),
            output::amount(&line.amount),
        ]);
    }
    let _ = write!(text, "{}", lines.text());
    if of.lines.len() > SHOWN {
        let _ = writeln!(text, "… and {} more.", of.lines.len() - SHOWN);
    }
    let _ = writeln!(text, "Commissions: {}", output::amount(&of.lines_total));
    for explained in &of.explanations {
        let _ = writeln!(
            text,
            "{}: {} {} ({})",
            explained.kind,
            output::amount(&explained.amount),
            explained.note,
            explained.id
        );
    }
    if let (Some(fee), Some(expected)) = (&of.terms_fee, &of.expected) {
        let _ = writeln!(
            text,
            "By the terms {} is taken on its way: a deposit of {} is to be expected.",
            output::amount(fee),
            output::amount(expected)
        );
    }
    for deposit in &of.deposits {
        let _ = writeln!(
            text,
            "Arrived on {}: {}{}{}",
            deposit.on,
            output::amount(&deposit.amount),
            if deposit
                .fee
                .amount
                .bytes()
                .any(|digit| (b'1'..=b'9').contains(&digit))
            {
                format!(", {} withheld", output::amount(&deposit.fee))
            } else {
                String::new()
            },
            deposit
                .rate
                .as_ref()
                .map(|rate| format!(
                    ", 1 {} = {} {} on {} ({})",
                    rate.from, rate.value, rate.to, rate.on, rate.source
                ))
                .unwrap_or_default()
        );
    }
    let _ = writeln!(
        text,
        "\nLeft to explain: {} ({} of the commissions, {} of the deposit)",
        output::amount(&of.left),
        output::amount(&of.lines_difference),
        output::amount(&of.difference)
    );
    if of.locked {
        text.push_str("Its period is locked.\n");
    } else if of.reconciled {
        text.push_str("Everything is explained.\n");
    }
    if !of.line_proposal.is_empty() {
        let _ = writeln!(
            text,
            "It most likely paid {} commissions of {}: tie them with --lines.",
            of.line_proposal.len(),
            output::amount(&of.line_proposal_total)
        );
    }
    for proposal in &of.deposit_proposals {
        let _ = writeln!(
            text,
            "Likely deposit ({} of 100: {}): {} on {} {} — --take {}",
            proposal.points,
            proposal.reasons.join(", "),
            output::amount(&proposal.deposit.amount),
            proposal.deposit.on,
            proposal.deposit.who,
            proposal.deposit.id
        );
    }
    text
}

fn deposit_table(rows: &[DepositDto]) -> Table {
    let mut table = Table::new(&[
        "Day",
        ">Amount",
        ">Withheld",
        "From",
        "Reference",
        "Payout",
        "Id",
    ]);
    for row in rows {
        table.row([
            row.on.clone(),
            output::amount(&row.amount),
            output::amount(&row.fee),
            row.who.clone(),
            row.reference.clone(),
            if row.aside {
                "none".to_owned()
            } else {
                output::maybe(row.payout.as_deref())
            },
            row.id.clone(),
        ]);
    }
    table
}

fn period_table(rows: &[PeriodDto]) -> Table {
    let mut table = Table::new(&["Program", "Currency", "Locked up to", "Waiting", "Note"]);
    for row in rows {
        table.row([
            row.program.clone(),
            row.currency.clone(),
            row.through.clone(),
            row.waiting.to_string(),
            row.note.clone(),
        ]);
    }
    table
}
