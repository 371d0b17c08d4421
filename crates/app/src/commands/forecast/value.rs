//! What is still to come from those who pay already: annual renewals, and the residual value.

use super::{
    assume::decimal,
    bands::{commission_of, minor},
    chosen,
    lives::{Life, later},
    loaded::{Loaded, load},
    months::money,
    scenario::refused,
};
use crate::{
    App, Failure,
    dto::{
        AssumptionsInput, RenewalWall, ResidualInput, ResidualPart, ResidualValue, WallMonth,
        WallRow,
    },
};
use chrono::NaiveDate;
use perennial_domain::{ledger::Tier, money::parse_decimal, program::Term};
use perennial_forecast::{Month, assumptions::MAX_MONTHS, retention::conditional_survival};
use perennial_store::table::program;
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use std::collections::{BTreeMap, HashMap};

/// Discount a year where nobody says.
const DISCOUNT: &str = "0.10";
/// Months of annual renewals that are shown where nobody says.
const WALL: u32 = 24;

/// Which annual renewals fall when, with amounts and odds.
///
/// # Errors
/// Where there is no such program.
pub fn wall(app: &App, input: AssumptionsInput) -> Result<RenewalWall, Failure> {
    let loaded = chosen(app, input.program.as_deref())?;
    let currency = loaded.currency();
    let digits = currency.minor_digits();
    let months = input.months.unwrap_or(WALL).min(MAX_MONTHS);
    let end = later(loaded.today, months);
    let mut rows: BTreeMap<(NaiveDate, usize, bool, u32), u32> = BTreeMap::new();
    let annual = loaded
        .active()
        .filter(|life| loaded.term(life.product) == Term::Annual);
    for life in annual {
        let due = life.due.max(loaded.today);
        if due < end {
            let key = (due, life.product, life.tier == Tier::Second, life.paid);
            *rows.entry(key).or_default() += 1;
        }
    }
    let mut found: BTreeMap<Month, Vec<(WallRow, f64, f64)>> = BTreeMap::new();
    for ((on, product, second, paid), count) in rows {
        let tier = if second { Tier::Second } else { Tier::Direct };
        let each = commission_of(&loaded, product, tier).filter(|_| earns(&loaded, paid + 1, 12));
        let chance = chances(&loaded, product, paid, 1)
            .get(1)
            .copied()
            .unwrap_or(0.0);
        let amount = each.map_or(0.0, |each| minor(each, currency));
        let row = WallRow {
            on: on.to_string(),
            plan: loaded
                .products
                .get(product)
                .map(|p| p.id.clone())
                .unwrap_or_default(),
            name: loaded
                .plan(product)
                .map(|p| p.name.clone())
                .unwrap_or_default(),
            tier: tier.word().to_owned(),
            count,
            renewal: paid + 1,
            each: money(amount, digits),
            chance: decimal(chance, 4),
        };
        found
            .entry(Month::of(on))
            .or_default()
            .push((row, amount, chance));
    }
    let (mut all, mut sum) = (0_u32, 0.0);
    let months: Vec<WallMonth> = found
        .into_iter()
        .map(|(month, rows)| {
            let count = |row: &WallRow| f64::from(row.count);
            let amount: f64 = rows.iter().map(|(row, each, _)| count(row) * each).sum();
            let expected: f64 = rows
                .iter()
                .map(|(row, each, p)| count(row) * each * p)
                .sum();
            let none: f64 = rows
                .iter()
                .map(|(row, _, p)| (1.0 - p).powf(count(row)))
                .product();
            let renewals = rows.iter().map(|(row, _, _)| row.count).sum();
            all += renewals;
            sum += expected;
            WallMonth {
                month: month.to_string(),
                renewals,
                amount: money(amount, digits),
                expected: money(expected, digits),
                none: decimal(none, 4),
                rows: rows.into_iter().map(|(row, _, _)| row).collect(),
            }
        })
        .collect();
    let sentence = if all == 0 {
        "No annual plan comes up for renewal in this time.".to_owned()
    } else {
        format!(
            "{all} annual renewals fall in this time; about {} {} of commission is expected of them.",
            money(sum, digits),
            currency.code()
        )
    };
    Ok(RenewalWall {
        months,
        currency: currency.code().to_owned(),
        sentence,
    })
}

/// s(k+i)/s(k) for i = 0..=`ahead`, by the book.
fn chances(loaded: &Loaded, product: usize, paid: u32, ahead: u32) -> Vec<f64> {
    conditional_survival::<f64>(loaded.curve(product), paid, ahead)
}

/// Whether a renewal still earns under the program's cap on months.
fn earns(loaded: &Loaded, renewal: u32, term: u32) -> bool {
    let cap = loaded.terms.max_months;
    cap.is_none_or(|most| renewal.saturating_mul(term) <= most)
}

/// What each customer is worth still, in minor units, discounted to today.
fn worths(loaded: &Loaded, yearly: f64) -> Vec<(Life, f64)> {
    let daily = (-yearly.ln_1p() / 365.25).exp();
    let monthly = (-yearly.ln_1p() / 12.0).exp();
    // Per plan, tier and renewals paid: the value on the day of the next renewal.
    let mut known: HashMap<(usize, Tier, u32), f64> = HashMap::new();
    loaded
        .active()
        .map(|life| {
            let term = loaded
                .products
                .get(life.product)
                .map_or(1, |p| p.term)
                .max(1);
            let key = (life.product, life.tier, life.paid);
            let then = *known.entry(key).or_insert_with(|| {
                let each = commission_of(loaded, life.product, life.tier)
                    .map_or(0.0, |each| minor(each, loaded.currency()));
                let most = MAX_MONTHS / term;
                let step = monthly.powf(f64::from(term));
                let mut discount = 1.0;
                let mut value = 0.0;
                for (renewal, chance) in (life.paid + 1..).zip(
                    chances(loaded, life.product, life.paid, most)
                        .iter()
                        .skip(1),
                ) {
                    if !earns(loaded, renewal, term) {
                        break;
                    }
                    value += each * chance * discount;
                    discount *= step;
                }
                value
            });
            let days = (life.due - loaded.today)
                .num_days()
                .max(0)
                .to_f64()
                .unwrap_or(0.0);
            (*life, then * daily.powf(days))
        })
        .collect()
}

/// What those who pay now will still bring, discounted: in all, by plan, by campaign, by channel.
///
/// # Errors
/// Where there is no such program, or the discount is out of its range.
pub fn residual(app: &App, input: ResidualInput) -> Result<ResidualValue, Failure> {
    let loaded = chosen(app, input.program.as_deref())?;
    let text = input.discount.as_deref().unwrap_or(DISCOUNT);
    let discount = parse_decimal(text)
        .ok()
        .filter(|d| (Decimal::ZERO..=Decimal::ONE).contains(d))
        .ok_or_else(|| {
            let message = format!("`discount` is “{text}”; it must lie between 0 and 1.");
            refused("forecast.out_of_range", "discount", message)
        })?;
    let digits = loaded.currency().minor_digits();
    let worths = worths(&loaded, discount.to_f64().unwrap_or(0.0));
    let total: f64 = worths.iter().map(|(_, value)| value).sum();
    let group = |key: &dyn Fn(&Life) -> (Option<String>, String)| {
        let mut parts: BTreeMap<(Option<String>, String), (u32, f64)> = BTreeMap::new();
        for (life, value) in &worths {
            let part = parts.entry(key(life)).or_default();
            part.0 += 1;
            part.1 += value;
        }
        let mut parts: Vec<_> = parts.into_iter().collect();
        parts.sort_by(|a, b| b.1.1.total_cmp(&a.1.1));
        parts
            .into_iter()
            .map(|((key, label), (customers, value))| ResidualPart {
                key,
                label,
                customers,
                value: money(value, digits),
                each: money(value / f64::from(customers.max(1)), digits),
            })
            .collect::<Vec<_>>()
    };
    let named =
        |name: Option<&str>, none: &str| (name.map(str::to_owned), name.unwrap_or(none).to_owned());
    Ok(ResidualValue {
        total: money(total, digits),
        customers: u32::try_from(worths.len()).unwrap_or(u32::MAX),
        discount: discount.normalize().to_string(),
        currency: loaded.currency().code().to_owned(),
        plans: group(&|life| {
            let id = loaded.products.get(life.product).map(|p| p.id.clone());
            let plan = loaded.plan(life.product);
            let tier = match life.tier {
                Tier::Direct => "own sales",
                Tier::Second => "second tier",
            };
            let label = plan.map_or_else(String::new, |plan| {
                format!("{} {}, {tier}", plan.name, plan.term.word())
            });
            (id, label)
        }),
        campaigns: group(&|life| named(loaded.place(life).1, "No campaign")),
        channels: group(&|life| named(loaded.place(life).0, "No link")),
        sentence: format!(
            "Every renewal still expected of the {} who pay now, times what it earns, over at most {MAX_MONTHS} months; what \
             comes a year later counts {} less.",
            worths.len(),
            super::assume::percent(discount.to_f64().unwrap_or(0.0)),
        ),
    })
}

/// What the paying customers of each campaign are expected to bring still, by campaign and currency: discounted by a
/// tenth a year, as [`residual`] does where nobody says.
///
/// # Errors
/// Where the book cannot be read.
pub fn to_come(app: &App) -> Result<HashMap<(String, String), Decimal>, Failure> {
    let mut found: HashMap<(String, String), f64> = HashMap::new();
    let mut digits: HashMap<String, u32> = HashMap::new();
    for row in app.read(program::list)? {
        // Terms that do not hold together are said elsewhere.
        let Ok(loaded) = load(app, row) else { continue };
        let currency = loaded.currency();
        digits.insert(currency.code().to_owned(), currency.minor_digits());
        for (life, value) in worths(&loaded, 0.1) {
            if let (_, Some(campaign)) = loaded.place(&life) {
                let key = (campaign.to_owned(), currency.code().to_owned());
                *found.entry(key).or_default() += value;
            }
        }
    }
    Ok(found
        .into_iter()
        .map(|(key, value)| {
            let digits = digits.get(&key.1).copied().unwrap_or(2);
            let amount = money(value, digits).parse().unwrap_or_default();
            (key, amount)
        })
        .collect())
}
