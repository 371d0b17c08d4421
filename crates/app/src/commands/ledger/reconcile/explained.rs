//! Which commissions a payout paid, and what explains the rest.

use super::{found, proposed, reconcile_show, wrong};
use crate::{
    App, Failure,
    dto::{ById, ExplainAdd, PayoutLinesSet, Reconciliation},
};
use perennial_domain::{
    Money,
    ids::{ConversionId, ExplanationId},
    reconcile::Explanation,
};
use perennial_store::table::{
    payout::PayoutRow,
    reconcile::{self, Explained},
};

/// Says which commissions a payout paid; without any, the proposal.
///
/// # Errors
/// Where a row or an amount does not fit, or the period is locked.
pub fn payout_lines(app: &App, input: PayoutLinesSet) -> Result<Reconciliation, Failure> {
    let row = found(app, &input.payout)?;
    let currency = row.amount.currency();
    let lines: Vec<(ConversionId, Money)> = if let Some(lines) = &input.lines {
        let mut read = Vec::with_capacity(lines.len());
        for line in lines {
            let id =
                line.id.trim().parse().map_err(|_| {
                    wrong("lines", format!("“{}” is no row of the ledger.", line.id))
                })?;
            let amount = Money::parse(&line.amount, currency)
                .map_err(|error| wrong("lines", format!("{error}.")))?;
            read.push((id, amount));
        }
        fits(app, &row, &read)?;
        read
    } else {
        let (carried, candidates) = app.read(|read| {
            Ok((
                reconcile::carried_in(read, row.id, currency)?,
                reconcile::candidates(read, row.id)?,
            ))
        })?;
        proposed(&row, carried, &candidates)
            .into_iter()
            .map(|(line, amount)| (line.conversion, amount))
            .collect()
    };
    app.edit(
        format!(
            "Tied {} commissions to a payout of {}",
            lines.len(),
            row.amount
        ),
        |write| reconcile::set_lines(write, row.id, &lines),
    )?;
    reconcile_show(
        app,
        ById {
            id: row.id.to_string(),
        },
    )
}

/// A payout pays rows of its own currency, each once and never more than is open of it.
fn fits(app: &App, row: &PayoutRow, lines: &[(ConversionId, Money)]) -> Result<(), Failure> {
    let own = app.read(|read| {
        let mut own = reconcile::candidates(read, row.id)?;
        for line in reconcile::lines(read, row.id)? {
            match own.iter_mut().find(|one| one.conversion == line.conversion) {
                Some(open) => open.amount = open.amount.plus(line.amount).unwrap_or(open.amount),
                None => own.push(line),
            }
        }
        Ok(own)
    })?;
    for (index, (id, amount)) in lines.iter().enumerate() {
        let twice = lines.iter().skip(index + 1).any(|(other, _)| other == id);
        let open = own.iter().find(|line| line.conversion == *id);
        let open = open.filter(|line| {
            !twice
                && !amount.is_zero()
                && amount.is_negative() == line.amount.is_negative()
                && amount.amount().abs() <= line.amount.amount().abs()
        });
        if open.is_none() {
            return Err(wrong(
                "lines",
                format!("{amount} of {id} cannot be paid by this payout."),
            )
            .hint("It pays rows that were due when it was sent, each once and at most what is open of it."));
        }
    }
    Ok(())
}

/// Explains a part of the difference.
///
/// # Errors
/// Where the kind or the amount does not fit, or the period is locked.
pub fn explain_add(app: &App, input: ExplainAdd) -> Result<Reconciliation, Failure> {
    let row = found(app, &input.payout)?;
    let kind = Explanation::parse(input.kind.trim()).ok_or_else(|| {
        let words: Vec<&str> = Explanation::ALL.iter().map(|kind| kind.word()).collect();
        wrong("kind", format!("“{}” explains nothing.", input.kind))
            .hint(format!("It is one of {}.", words.join(", ")))
    })?;
    let amount = Money::parse(&input.amount, row.amount.currency())
        .map_err(|error| wrong("amount", format!("{error}.")))?;
    if amount.is_zero() {
        return Err(wrong("amount", "Nothing needs no explanation.".to_owned()));
    }
    if kind == Explanation::Fee && !amount.is_negative() {
        return Err(wrong(
            "amount",
            "A fee is below zero: it was withheld.".to_owned(),
        ));
    }
    let explained = Explained {
        id: app.id::<ExplanationId>(),
        kind,
        amount,
        note: input.note.trim().to_owned(),
    };
    app.edit(
        format!("Explained {amount} of a payout as {}", label(kind)),
        |write| reconcile::explain(write, row.id, &explained),
    )?;
    reconcile_show(
        app,
        ById {
            id: row.id.to_string(),
        },
    )
}

/// Takes an explanation out.
///
/// # Errors
/// Where there is none, or the period is locked.
pub fn explain_remove(app: &App, input: ById) -> Result<Reconciliation, Failure> {
    let id: ExplanationId = input
        .id
        .trim()
        .parse()
        .map_err(|_| wrong("id", format!("“{}” is no explanation.", input.id)))?;
    let payout = app.edit("Took out an explanation", |write| {
        reconcile::unexplain(write, id)
    })?;
    reconcile_show(
        app,
        ById {
            id: payout.to_string(),
        },
    )
}

fn label(kind: Explanation) -> &'static str {
    match kind {
        Explanation::Missing => "a missing line",
        Explanation::Carried => "a carried balance",
        Explanation::Fee => "a fee",
        Explanation::Exchange => "the exchange",
    }
}
