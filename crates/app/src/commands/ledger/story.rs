//! Why a row stands as it does, in sentences with the arithmetic.

use super::terms_of;
use crate::{App, Failure};
use chrono::NaiveDate;
use perennial_domain::{
    Money,
    commission::{Payment, promise},
    ledger::{NOT_YET, Tier},
    program::{TermKey, Terms, plan_on},
};
use perennial_store::table::{
    conversion::{LedgerRow, Standing},
    deposit, payout, program,
};

/// Tells it.
pub(super) fn tell(app: &App, row: &LedgerRow, today: NaiveDate) -> Result<Vec<String>, Failure> {
    let (name, terms) = match &row.program {
        Some(slug) => {
            let found = app.read(|read| program::get(read, slug))?;
            let terms = terms_of(app, found.id, row.occurred_on)?;
            (Some(found.name), terms)
        }
        None => (row.program_text.clone(), None),
    };
    let zone = app.zone()?;
    let mut story = Vec::new();
    story.extend(row.click_at.map(|at| {
        let day = at.with_timezone(&zone).date_naive();
        let days = (row.occurred_on - day).num_days();
        match days {
            ..=0 => format!("It began with a click on {day}, the day of the sale."),
            1 => format!("It began with a click on {day}, the day before."),
            _ => format!("It began with a click on {day}, {days} days before."),
        }
    }));
    story.push(origin(row, name.as_deref()));
    story.extend(arithmetic(row, terms.as_ref()));
    story.push(standing(row, terms.as_ref(), today));
    story.extend(paid(app, row)?);
    story.push(attribution(row));
    if row.after_lock {
        story.push(format!(
            "{} says otherwise since its period was locked; it stands as it was. Unlock the period to take the change in.",
            row.connection
        ));
    }
    if row.vanished {
        story.push(format!(
            "{} no longer has this row; it is kept as it was last seen.",
            row.connection
        ));
    }
    Ok(story)
}

/// Which payouts paid it, and how their money arrived.
fn paid(app: &App, row: &LedgerRow) -> Result<Vec<String>, Failure> {
    let payouts = app.read(|read| {
        let parts = deposit::payouts_of_row(read, &row.id.to_string())?;
        parts
            .into_iter()
            .map(|(id, micros)| {
                let found = payout::get(read, id)?;
                let deposits = deposit::of_payout(read, id)?;
                Ok((found, micros, deposits))
            })
            .collect::<Result<Vec<_>, _>>()
    })?;
    let mut story = Vec::new();
    for (payout, micros, deposits) in payouts {
        let part = Money::from_micros(micros, payout.amount.currency());
        let sent = payout
            .sent_on
            .map(|day| format!(" of {day}"))
            .unwrap_or_default();
        let what = if part.is_negative() {
            format!("{} was taken off", part.negated())
        } else {
            format!("{part} of it was paid with")
        };
        story.push(format!("{what} the payout of {}{sent}.", payout.amount));
        if deposits.is_empty() {
            story.push("No deposit is matched to that payout yet.".to_owned());
        }
        for deposit in deposits {
            let fee = if deposit.fee.is_zero() {
                String::new()
            } else {
                format!(" after a fee of {}", deposit.fee)
            };
            let rate = deposit
                .rate
                .as_ref()
                .map(|rate| format!(", at {rate}"))
                .unwrap_or_default();
            story.push(format!(
                "The money arrived on {}: {}{fee}{rate}.",
                deposit.on, deposit.amount
            ));
        }
    }
    Ok(story)
}

fn origin(row: &LedgerRow, program: Option<&str>) -> String {
    let kind = match row.kind.as_str() {
        "sale" => "A sale",
        "rebill" => "A later payment of a subscription",
        "lead" => "A lead",
        "bonus" => "A bonus",
        "second_tier" => "A share of a recruited affiliate's sale",
        "refund" => "A refund",
        "chargeback" => "A chargeback",
        _ => "A correction",
    };
    let program = program
        .map(|name| format!(" for {name}"))
        .unwrap_or_default();
    let plan = row
        .plan
        .as_ref()
        .or(row.plan_text.as_ref())
        .map(|plan| format!(" ({plan})"))
        .unwrap_or_default();
    format!(
        "{kind}{program}{plan} on {}, reported by {}.",
        row.occurred_on, row.connection
    )
}

/// What the terms of the day give, and whether the network agrees.
fn arithmetic(row: &LedgerRow, terms: Option<&Terms>) -> Option<String> {
    let (sale, commission, terms) = (row.sale?, row.commission?, terms?);
    if sale.is_zero() {
        return None;
    }
    let second = row.tier == "second" || row.kind == "second_tier";
    let plan = row.plan.as_deref().and_then(|id| {
        let sets: Vec<_> = terms.plans.clone().into_iter().collect();
        plan_on(&sets, id).cloned()
    });
    let payment = Payment {
        day: row.occurred_on,
        tier: if second { Tier::Second } else { Tier::Direct },
        plan: plan.as_ref(),
        product: row.plan_text.as_deref(),
        paid: Some(sale),
        // Which payment it is only the whole ledger tells; the audit asks it.
        number: None,
        first: Some(row.occurred_on),
        volume: None,
        changed: None,
    };
    let promised = promise(terms, &payment, false).ok()?.promise;
    let (base, expected) = (promised.base, promised.amount);
    let sum = format!("{} of {base} = {expected}", promised.rate?);
    Some(if expected == commission {
        format!("{sum}, as reported.")
    } else {
        format!("By the terms of the day {sum}; reported is {commission}.")
    })
}

fn standing(row: &LedgerRow, terms: Option<&Terms>, today: NaiveDate) -> String {
    let amount = row.commission.map_or_else(
        || "An unknown amount".to_owned(),
        |commission| commission.to_string(),
    );
    let word = |text: &Option<String>, word: &str| text.clone().unwrap_or_else(|| word.to_owned());
    match row.standing(today) {
        Standing::Unknown => format!(
            "{} says “{}”, which is not known; so it counts nowhere until the word is known.",
            row.connection,
            word(&row.approval_text, &row.approval)
        ),
        Standing::Reversed => {
            let reason = row
                .reason
                .as_ref()
                .map(|reason| format!(" ({reason})"))
                .unwrap_or_default();
            format!("{amount} was taken back{reason} and is not earned.")
        }
        Standing::Paid => format!("{amount} is paid."),
        Standing::Reserve if row.matures_on == NOT_YET => {
            let sales = terms.map_or(0, |terms| terms.rules.min_sales);
            format!(
                "{amount} is on hold until {sales} of your sales are approved: before that its program releases nothing."
            )
        }
        Standing::Reserve => format!(
            "{amount} is on hold until {}{}.",
            row.matures_on,
            hold(row, terms)
        ),
        Standing::Due => {
            let part = partly(row);
            format!(
                "{amount} is due since {}{}{part}.",
                row.matures_on,
                hold(row, terms)
            )
        }
    }
}

fn partly(row: &LedgerRow) -> String {
    match row.earned.minus(row.paid) {
        Ok(open) if !row.paid.is_zero() => format!("; {} of it is paid, {open} is open", row.paid),
        _ => String::new(),
    }
}

/// Why the hold ends when it does.
fn hold(row: &LedgerRow, terms: Option<&Terms>) -> String {
    if row.commission.is_some_and(Money::is_negative) {
        return match &row.parent_native_id {
            Some(parent) => format!(", with {parent}, which it takes back"),
            None => String::new(),
        };
    }
    if row.lock_at.is_some() {
        return format!(", the day {} says it can no longer change", row.connection);
    }
    let Some(terms) = terms else {
        return ": no terms are known for it".to_owned();
    };
    let source = terms.provenance.get(&TermKey::HoldDays).map(|from| {
        let own = if from.own {
            "your own terms"
        } else {
            "the terms"
        };
        format!(" by {own} of {}", from.from)
    });
    let enough = match terms.rules.min_sales {
        0 => String::new(),
        sales => format!(", and no earlier than {sales} of your sales were approved"),
    };
    format!(
        ", {} days after it happened{}{enough}",
        terms.hold_days,
        source.unwrap_or_default()
    )
}

fn attribution(row: &LedgerRow) -> String {
    match (&row.link, &row.channel) {
        (Some(link), Some(channel)) => {
            let campaign = row
                .campaign
                .as_ref()
                .map(|name| format!(", campaign {name}"))
                .unwrap_or_default();
            format!("It came through your link {link} for {channel}{campaign}.")
        }
        _ if row.sub_ids.is_empty() => {
            "It came without a sub-ID, so it belongs to no link.".to_owned()
        }
        _ => format!(
            "None of your links carries the sub-ID {}.",
            row.sub_ids.join(", ")
        ),
    }
}
