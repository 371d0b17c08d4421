//! Why a row stands as it does, in sentences with the arithmetic.

use super::terms_of;
use crate::{App, Failure};
use chrono::NaiveDate;
use perennial_domain::{
    Money,
    program::{SecondTierBase, TermKey, Terms},
};
use perennial_store::table::{
    conversion::{LedgerRow, Standing},
    program,
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
    let mut story = vec![origin(row, name.as_deref())];
    story.extend(arithmetic(row, terms.as_ref()));
    story.push(standing(row, terms.as_ref(), today));
    story.push(attribution(row));
    if row.vanished {
        story.push(format!(
            "{} no longer has this row; it is kept as it was last seen.",
            row.connection
        ));
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
    let direct = terms.direct.of(sale).ok()?;
    let (rate, base, expected) = if row.tier == "second" || row.kind == "second_tier" {
        let rate = terms.second_tier?;
        let base = match terms.second_tier_base {
            SecondTierBase::Price => sale,
            SecondTierBase::Commission => direct,
        };
        (rate, base, rate.of(base).ok()?)
    } else {
        (terms.direct, sale, direct)
    };
    let sum = format!("{rate} of {base} = {expected}");
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
    format!(
        ", {} days after it happened{}",
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
