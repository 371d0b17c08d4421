//! A payout, the commissions it paid and the money that arrived, until nothing is left to explain.

use super::{payouts, wrong};
use crate::{
    App, Failure,
    commands::{MAX_PAGE, PAGE},
    dto::{
        Amount, ById, DepositAdd, DepositAside, DepositDto, DepositList, DepositProposal,
        DepositTie, Empty, ExplainAdd, ExplanationDto, Page, PayoutLineDto, PayoutLinesSet,
        RateDto, Reconciliation,
    },
    files::{program::date, year::ReceivedLine},
};
use chrono::{Days, NaiveDate};
use perennial_domain::{
    Currency, Money,
    ids::{ConversionId, DepositId, ExplanationId},
    money::parse_decimal,
    reconcile::{
        Arrival, Balance, Difference, Explanation, Landed, Paid, Rate, RateError, allot, balance,
        score,
    },
};
use perennial_store::{
    Read, StoreError,
    table::{
        deposit::{self, Deposit, Put, Which},
        payout::{self, PayoutRow},
        period, program,
        reconcile::{self, Explained, Line},
        report,
    },
};
use uuid::Uuid;

/// Days before a payout was sent in which a deposit may be it.
const BEFORE: u64 = 1;
/// Days after it was sent.
const AFTER: u64 = 30;
/// Deposits proposed for one payout.
const PROPOSED: usize = 5;

/// Everything around one payout, as the book has it.
pub(super) struct Around {
    pub lines: Vec<Line>,
    pub explained: Vec<Explained>,
    pub deposits: Vec<Deposit>,
    pub locked: bool,
}

impl Around {
    pub(super) fn read(read: &Read<'_>, row: &PayoutRow) -> Result<Self, StoreError> {
        Ok(Self {
            lines: reconcile::lines(read, row.id)?,
            explained: reconcile::explained(read, row.id, row.amount.currency())?,
            deposits: deposit::of_payout(read, row.id)?,
            locked: period::has_payout(read, row.id)?,
        })
    }

    fn landed(&self) -> Vec<Landed> {
        self.deposits
            .iter()
            .map(|deposit| Landed {
                amount: deposit.amount,
                fee: deposit.fee,
                rate: deposit.rate.clone(),
            })
            .collect()
    }

    /// What is left to explain of its payout.
    pub(super) fn difference(&self, of: &PayoutRow) -> Result<Difference, Failure> {
        let explained: Vec<(Explanation, Money)> = self
            .explained
            .iter()
            .map(|one| (one.kind, one.amount))
            .collect();
        balance(&Balance {
            payout: of.amount,
            lines: sum(
                of.amount.currency(),
                self.lines.iter().map(|line| line.amount),
            )?,
            explained: &explained,
            landed: &self.landed(),
        })
        .map_err(sums)
    }

    /// Whether anything was done about it yet.
    pub(super) fn touched(&self) -> bool {
        !self.deposits.is_empty() || !self.explained.is_empty()
    }

    pub(super) fn reconciled(&self, of: &PayoutRow) -> Result<bool, Failure> {
        Ok(self.touched() && self.difference(of)?.left.is_zero())
    }
}

/// A payout with both of its sides and what is proposed.
///
/// # Errors
/// Where there is no such payout.
pub fn reconcile_show(app: &App, input: ById) -> Result<Reconciliation, Failure> {
    let row = found(app, &input.id)?;
    let (around, carried, candidates, open) = app.read(|read| {
        let around = Around::read(read, &row)?;
        let carried = reconcile::carried_in(read, row.id, row.amount.currency())?;
        let candidates = if around.lines.is_empty() {
            reconcile::candidates(read, row.id)?
        } else {
            Vec::new()
        };
        let open = match row.sent_on {
            Some(sent) => deposit::open_between(
                read,
                sent.checked_sub_days(Days::new(BEFORE)).unwrap_or(sent),
                sent.checked_add_days(Days::new(AFTER)).unwrap_or(sent),
            )?,
            None => deposit::page(read, Which::Open, "", None, MAX_PAGE)?,
        };
        Ok((around, carried, candidates, open))
    })?;
    show(row, &around, carried, &candidates, open)
}

fn show(
    row: PayoutRow,
    around: &Around,
    carried: Money,
    candidates: &[Line],
    open: Vec<Deposit>,
) -> Result<Reconciliation, Failure> {
    let currency = row.amount.currency();
    let difference = around.difference(&row)?;
    let proposal = proposed(&row, carried, candidates);
    let mut deposits: Vec<DepositProposal> = if around.locked || difference.deposit.is_zero() {
        Vec::new()
    } else {
        open.into_iter()
            .filter_map(|one| propose(&row, one))
            .collect()
    };
    deposits.sort_by(|one, other| other.points.cmp(&one.points));
    deposits.truncate(PROPOSED);
    let in_payout = |part: fn(&Deposit) -> Landed| -> Result<Money, Failure> {
        let mut total = Money::zero(currency);
        for deposit in &around.deposits {
            let landed = part(deposit).gross_in(currency).map_err(sums)?;
            total = total.plus(landed).map_err(|error| sums(error.into()))?;
        }
        Ok(total)
    };
    let gross = in_payout(|deposit| Landed {
        amount: deposit.amount,
        fee: deposit.fee,
        rate: deposit.rate.clone(),
    })?;
    let fees = in_payout(|deposit| Landed {
        amount: deposit.fee,
        fee: Money::zero(deposit.fee.currency()),
        rate: deposit.rate.clone(),
    })?;
    let minus = |one: Money, other: Money| one.minus(other).map_err(|error| sums(error.into()));
    Ok(Reconciliation {
        lines: around.lines.iter().map(line).collect(),
        lines_total: Amount::from(sum(currency, around.lines.iter().map(|line| line.amount))?),
        explanations: around.explained.iter().map(explanation).collect(),
        deposits: around.deposits.iter().map(deposit_dto).collect(),
        arrived: Amount::from(minus(gross, fees)?),
        fees: Amount::from(fees),
        lines_difference: Amount::from(difference.lines),
        difference: Amount::from(difference.deposit),
        left: Amount::from(difference.left),
        reconciled: around.reconciled(&row)?,
        locked: around.locked,
        carried_in: Amount::from(carried),
        line_proposal_total: Amount::from(sum(
            currency,
            proposal.iter().map(|(_, amount)| *amount),
        )?),
        line_proposal: proposal
            .iter()
            .map(|(candidate, amount)| PayoutLineDto {
                amount: Amount::from(*amount),
                ..line(candidate)
            })
            .collect(),
        deposit_proposals: deposits,
        payout: payouts::dto(row, around)?,
    })
}

/// What a payout most likely paid: the longest due first, as far as it goes with the balance carried in.
fn proposed<'a>(row: &PayoutRow, carried: Money, candidates: &'a [Line]) -> Vec<(&'a Line, Money)> {
    let open: Vec<i64> = candidates.iter().map(|line| line.amount.micros()).collect();
    let paid = row.amount.micros().saturating_sub(carried.micros());
    let mut shares = allot(&open, paid);
    shares.sort_unstable();
    shares
        .into_iter()
        .filter_map(|(index, part)| {
            let line = candidates.get(index)?;
            Some((line, Money::from_micros(part, row.amount.currency())))
        })
        .collect()
}

fn propose(row: &PayoutRow, deposit: Deposit) -> Option<DepositProposal> {
    let names: Vec<&str> = [row.program.as_deref(), row.connection.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let text = format!("{} {}", deposit.who, deposit.reference);
    let score = score(
        &Paid {
            amount: row.amount,
            on: row.sent_on,
            number: row.native_id.as_deref(),
            names: &names,
        },
        &Arrival {
            amount: deposit.amount,
            fee: deposit.fee,
            on: deposit.on,
            text: &text,
        },
        deposit.rate.as_ref(),
    )?;
    Some(DepositProposal {
        deposit: deposit_dto(&deposit),
        points: score.points,
        reasons: score
            .reasons
            .iter()
            .map(|reason| reason.word().to_owned())
            .collect(),
    })
}

/// Notes that money arrived for a payout. A deposit of that amount and day that is in the book already is taken for it.
///
/// # Errors
/// Where the amount, the day, the fee or the rate does not fit; where it is noted already.
pub fn deposit_add(app: &App, input: DepositAdd) -> Result<Reconciliation, Failure> {
    let row = found(app, &input.payout)?;
    let currency = Currency::parse(&input.amount.currency)
        .map_err(|error| wrong("currency", format!("{error}.")))?;
    let amount = positive(&input.amount.amount, currency, "deposit")?;
    let fee = match input
        .fee
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        None => Money::zero(currency),
        Some(text) => {
            let fee =
                Money::parse(text, currency).map_err(|error| wrong("fee", format!("{error}.")))?;
            if fee.is_negative() {
                return Err(wrong(
                    "fee",
                    "A fee is what was withheld: zero or more.".to_owned(),
                ));
            }
            fee
        }
    };
    let on = date(&input.on, "on")?;
    let rate = rate(
        input.rate.as_deref(),
        input.rate_source.as_deref(),
        (currency, row.amount.currency()),
        on,
    )?;
    let known = app.read(|read| deposit::of_payout(read, row.id))?;
    if known.iter().any(|one| one.amount == amount && one.on == on) {
        return Err(Failure::refused(
            "deposit.taken",
            format!("A deposit of {amount} on {on} is noted for this payout already."),
        )
        .hint("Nothing was changed."));
    }
    let like = app.read(|read| deposit::like(read, amount, on))?;
    let id: DepositId = app.id();
    let label = format!("Noted that {amount} arrived on {on}");
    app.edit(label, |write| {
        if let Some(like) = &like {
            if !fee.is_zero() {
                deposit::set_fee(write, like.id, fee)?;
            }
            return deposit::tie(write, like.id, Some(row.id), rate.as_ref());
        }
        let put = deposit::put(
            write,
            &Deposit {
                id,
                statement: None,
                account: String::new(),
                identity: id.to_string(),
                occurrence: 0,
                on,
                amount,
                fee,
                who: String::new(),
                reference: input.reference.trim().to_owned(),
                raw: None,
                payout: Some(row.id),
                aside: false,
                rate: rate.clone(),
            },
        )?;
        debug_assert_eq!(put, Put::New);
        Ok(())
    })?;
    reconcile_show(
        app,
        ById {
            id: row.id.to_string(),
        },
    )
}

/// Confirms which payout a deposit is, or takes it away from it.
///
/// # Errors
/// Where there is no such deposit or payout, a rate is missing, or the period is locked.
pub fn deposit_tie(app: &App, input: DepositTie) -> Result<DepositDto, Failure> {
    let id = deposit_id(&input.deposit)?;
    let known = app.read(|read| deposit::get(read, id))?;
    let amount = known.amount;
    match input
        .payout
        .as_deref()
        .filter(|text| !text.trim().is_empty())
    {
        None => app.edit(
            format!("Took the deposit of {amount} away from its payout"),
            |write| deposit::tie(write, id, None, None),
        )?,
        Some(payout) => {
            let row = found(app, payout)?;
            let rate = rate(
                input.rate.as_deref(),
                input.rate_source.as_deref(),
                (amount.currency(), row.amount.currency()),
                known.on,
            )?;
            app.edit(
                format!(
                    "Matched the deposit of {amount} to a payout of {}",
                    row.amount
                ),
                |write| deposit::tie(write, id, Some(row.id), rate.as_ref()),
            )?;
        }
    }
    Ok(deposit_dto(&app.read(|read| deposit::get(read, id))?))
}

/// Leaves a deposit aside as no payout, or takes that back.
///
/// # Errors
/// Where there is no such deposit or it is a payout.
pub fn deposit_aside(app: &App, input: DepositAside) -> Result<DepositDto, Failure> {
    let id = deposit_id(&input.id)?;
    let amount = app.read(|read| deposit::get(read, id))?.amount;
    let label = if input.aside {
        format!("Left a deposit of {amount} aside")
    } else {
        format!("Took a deposit of {amount} up again")
    };
    app.edit(label, |write| deposit::set_aside(write, id, input.aside))?;
    Ok(deposit_dto(&app.read(|read| deposit::get(read, id))?))
}

/// Takes out a deposit that was entered by hand.
///
/// # Errors
/// Where there is none, or the period of its payout is locked.
pub fn deposit_remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let id = deposit_id(&input.id)?;
    let amount = app.read(|read| deposit::get(read, id))?.amount;
    app.edit(format!("Took out a deposit of {amount}"), |write| {
        deposit::remove(write, id)
    })?;
    Ok(Empty {})
}

/// The deposits, newest first.
///
/// # Errors
/// Where the filter is none.
pub fn deposit_list(app: &App, input: DepositList) -> Result<Page<DepositDto>, Failure> {
    let which = match input.which.as_deref().unwrap_or("open") {
        "" | "open" => Which::Open,
        "all" => Which::All,
        "matched" => Which::Matched,
        other => {
            return Err(wrong("which", format!("“{other}” is no list of deposits."))
                .hint("They are open, matched and all."));
        }
    };
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let after = input.after.as_deref().and_then(|text| text.parse().ok());
    let mut rows = app.read(|read| deposit::page(read, which, &input.search, after, limit + 1))?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    Ok(Page {
        next: rows.last().filter(|_| more).map(|row| row.id.to_string()),
        items: rows.iter().map(deposit_dto).collect(),
        total: None,
    })
}

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

/// A payout by its id or the network's own.
pub(super) fn found(app: &App, name: &str) -> Result<PayoutRow, Failure> {
    app.read(|read| payout::find(read, name))
        .map_err(|failure| {
            if failure.code == "payout.unknown" {
                failure.hint("`perennial ledger payouts` lists them with their ids.")
            } else {
                failure
            }
        })
}

fn deposit_id(text: &str) -> Result<DepositId, Failure> {
    text.trim()
        .parse()
        .map_err(|_| wrong("deposit", format!("“{text}” is no deposit.")))
}

fn positive(text: &str, currency: Currency, key: &str) -> Result<Money, Failure> {
    let amount = Money::parse(text, currency).map_err(|error| wrong(key, format!("{error}.")))?;
    if amount.is_zero() || amount.is_negative() {
        return Err(wrong(key, "What arrived is above zero.".to_owned()));
    }
    Ok(amount)
}

/// The rate between a deposit's currency and its payout's; none where they are the same.
pub(super) fn rate(
    text: Option<&str>,
    source: Option<&str>,
    (deposit, payout): (Currency, Currency),
    on: NaiveDate,
) -> Result<Option<Rate>, Failure> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if deposit == payout {
        return Ok(None);
    }
    let Some(text) = text else {
        return Err(Failure::refused(
            "rate.needed",
            format!("{deposit} arrived for a payout in {payout}: amounts of two currencies never add up by themselves."),
        )
        .hint(format!(
            "Say the rate and where it is from: `--rate {deposit}/{payout}=1.0858@{on} --rate-source \"my bank\"`."
        )));
    };
    let source = source.unwrap_or_default();
    let rate = match parse_decimal(text) {
        Ok(value) => Rate::new(deposit, payout, value, on, source),
        Err(_) => Rate::parse(text, source),
    }
    .map_err(|error| rate_failure(&error))?;
    if !rate.joins(deposit, payout) {
        return Err(wrong(
            "rate",
            format!("{rate} does not join {deposit} and {payout}."),
        ));
    }
    Ok(Some(rate))
}

/// What to say of a rate that was refused.
pub(crate) fn rate_failure(error: &RateError) -> Failure {
    let failure = Failure::refused("rate.refused", format!("The rate does not fit: {error}."));
    match error {
        RateError::NoSource(_) => failure.hint("Say where it is from with `--rate-source`."),
        _ => failure.hint(
            "Write it as EUR/USD=1.0858@2026-01-15: one euro was 1.0858 dollars on that day.",
        ),
    }
}

fn sums(error: RateError) -> Failure {
    Failure::refused(
        "ledger.sums",
        format!("The payout does not add up: {error}."),
    )
    .hint("Run `perennial book check`.")
}

pub(super) fn sum(
    currency: Currency,
    amounts: impl Iterator<Item = Money>,
) -> Result<Money, Failure> {
    let mut total = Money::zero(currency);
    for amount in amounts {
        total = total.plus(amount).map_err(|error| sums(error.into()))?;
    }
    Ok(total)
}

fn line(line: &Line) -> PayoutLineDto {
    PayoutLineDto {
        id: line.conversion.to_string(),
        native_id: line.native_id.clone(),
        program: line.program.clone(),
        kind: line.kind.clone(),
        occurred_on: line.on.to_string(),
        amount: Amount::from(line.amount),
        commission: Amount::from(line.commission),
    }
}

fn explanation(of: &Explained) -> ExplanationDto {
    ExplanationDto {
        id: of.id.to_string(),
        kind: of.kind.word().to_owned(),
        amount: Amount::from(of.amount),
        note: of.note.clone(),
    }
}

pub(super) fn deposit_dto(of: &Deposit) -> DepositDto {
    DepositDto {
        id: of.id.to_string(),
        on: of.on.to_string(),
        amount: Amount::from(of.amount),
        fee: Amount::from(of.fee),
        who: of.who.clone(),
        reference: of.reference.clone(),
        account: of.account.clone(),
        statement: of.statement.map(|id| id.to_string()),
        payout: of.payout.map(|id| id.to_string()),
        aside: of.aside,
        rate: of.rate.as_ref().map(rate_dto),
    }
}

/// A rate as people read it.
pub(crate) fn rate_dto(rate: &Rate) -> RateDto {
    RateDto {
        from: rate.from.code().to_owned(),
        to: rate.to.code().to_owned(),
        value: rate.value.to_string(),
        on: rate.on.to_string(),
        source: rate.source.clone(),
    }
}

/// Whether an open deposit is likely to be one of the newest payouts.
pub(super) fn likely(payouts: &[PayoutRow], deposit: &Deposit) -> bool {
    /// Points from which a proposal is likely.
    const LIKELY: u8 = 60;
    payouts
        .iter()
        .filter_map(|row| propose(row, deposit.clone()))
        .any(|proposal| proposal.points >= LIKELY)
}

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

/// A new identity for a deposit.
pub(super) fn new_deposit(app: &App) -> DepositId {
    app.id::<Uuid>().into()
}
