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
        Amount, AssumptionsInput, RenewalWall, ResidualInput, ResidualPart, ResidualValue,
        WallMonth, WallRow,
    },
};
use chrono::NaiveDate;
use perennial_domain::{ledger::Tier, money::parse_decimal, program::Term};
use perennial_forecast::{Month, assumptions::MAX_MONTHS, retention::conditional_survival};
use perennial_store::table::program;
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use serde::{Deserialize, Serialize};
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
            name: loaded.name_of(product),
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
pub(super) fn chances(loaded: &Loaded, product: usize, paid: u32, ahead: u32) -> Vec<f64> {
    conditional_survival::<f64>(loaded.curve(product), paid, ahead)
}

/// Whether a renewal still earns under the program's cap on months.
pub(super) fn earns(loaded: &Loaded, renewal: u32, term: u32) -> bool {
    let cap = loaded.terms.max_months;
    cap.is_none_or(|most| renewal.saturating_mul(term) <= most)
}

/// What each customer is worth still, in minor units, discounted to today.
pub fn worths(loaded: &Loaded, yearly: f64) -> Vec<(Life, f64)> {
    // Per plan, tier and renewals paid: the value on the day of the next renewal.
    let mut known: HashMap<(usize, Tier, u32), f64> = HashMap::new();
    loaded
        .active()
        .map(|life| {
            let key = (life.product, life.tier, life.paid);
            let then = *known.entry(key).or_insert_with(|| {
                at_renewal(loaded, life.product, life.tier, life.paid, yearly).1
            });
            (*life, then * waited(loaded, life.due, yearly))
        })
        .collect()
}

/// A discount a year; a tenth where nobody says.
pub fn exact_discount(text: Option<&str>) -> Result<Decimal, Failure> {
    let text = text
        .filter(|text| !text.trim().is_empty())
        .unwrap_or(DISCOUNT);
    parse_decimal(text)
        .ok()
        .filter(|d| (Decimal::ZERO..=Decimal::ONE).contains(d))
        .ok_or_else(|| {
            let message = format!("`discount` is “{text}”; it must lie between 0 and 1.");
            refused("forecast.out_of_range", "discount", message)
        })
}

/// The same for statistics.
///
/// # Errors
/// Where it does not lie between 0 and 1.
pub fn discount(text: Option<&str>) -> Result<f64, Failure> {
    Ok(exact_discount(text)?.to_f64().unwrap_or(0.0))
}

/// What one paying customer is expected to bring still, discounted to today, and how that was worked out.
///
/// # Errors
/// Where the book cannot be read.
pub fn customer_worth(
    app: &App,
    program: &str,
    plan: &str,
    tier: Tier,
    renewals: u32,
    due: NaiveDate,
    yearly: f64,
) -> Result<(Option<Amount>, String), Failure> {
    let loaded = super::of_program(app, program)?;
    let Some(product) = loaded.products.iter().position(|known| known.id == plan) else {
        return Ok((None, "Their plan is none of the program's.".to_owned()));
    };
    let (each, value) = at_renewal(&loaded, product, tier, renewals, yearly);
    let value = value * waited(&loaded, due, yearly);
    let digits = loaded.currency().minor_digits();
    let code = loaded.currency().code();
    let cap = loaded.terms.max_months.map_or_else(String::new, |most| {
        format!(", up to {most} months a referral")
    });
    let how = format!(
        "Each further payment earns {} {code} and is expected as your customers on this plan have stayed{cap}; what comes a \
         year later counts {} less.",
        money(each, digits),
        super::assume::percent(yearly),
    );
    let amount = Amount {
        amount: money(value, digits),
        currency: code.to_owned(),
    };
    Ok((Some(amount), how))
}

/// What a payment of a customer earns, and the value of all further ones on the day of the next, in minor units.
pub fn at_renewal(
    loaded: &Loaded,
    product: usize,
    tier: Tier,
    paid: u32,
    yearly: f64,
) -> (f64, f64) {
    let monthly = (-yearly.ln_1p() / 12.0).exp();
    let term = loaded.products.get(product).map_or(1, |p| p.term).max(1);
    let each =
        commission_of(loaded, product, tier).map_or(0.0, |each| minor(each, loaded.currency()));
    let most = MAX_MONTHS / term;
    let step = monthly.powf(f64::from(term));
    let (mut discount, mut value) = (1.0, 0.0);
    for (renewal, chance) in (paid + 1..).zip(chances(loaded, product, paid, most).iter().skip(1)) {
        if !earns(loaded, renewal, term) {
            break;
        }
        value += each * chance * discount;
        discount *= step;
    }
    (each, value)
}

/// How much a value on a day counts today.
pub(super) fn waited(loaded: &Loaded, due: NaiveDate, yearly: f64) -> f64 {
    let daily = (-yearly.ln_1p() / 365.25).exp();
    let days = (due - loaded.today).num_days().max(0);
    daily.powf(days.to_f64().unwrap_or(0.0))
}

/// What those who pay now will still bring, discounted: in all, by plan, by campaign, by channel.
///
/// # Errors
/// Where there is no such program, or the discount is out of its range.
pub fn residual(app: &App, input: ResidualInput) -> Result<ResidualValue, Failure> {
    let loaded = chosen(app, input.program.as_deref())?;
    let discount = exact_discount(input.discount.as_deref())?;
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
            let tier = match life.tier {
                Tier::Direct => "own sales",
                Tier::Second => "second tier",
            };
            (id, format!("{}, {tier}", loaded.label(life.product)))
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

/// Months that a card looks ahead.
const CARD_MONTHS: u32 = 24;

/// How the user's own customers stay and come, for programs beside one another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Own {
    /// Name of the program whose customers it is.
    pub program: String,
    /// Chance that a first payment is refunded.
    pub refunded: f64,
    /// s(0), s(1), … of monthly payments.
    pub monthly: Vec<f64>,
    /// The same of annual ones.
    pub annual: Vec<f64>,
    /// Whether the user's own customers say so, rather than common values.
    pub seen: bool,
}

impl Own {
    /// Payments expected of one paying customer within [`CARD_MONTHS`], the first included, up to a cap on months.
    #[must_use]
    pub fn payments(&self, annual: bool, recurring: bool, cap: Option<u32>) -> f64 {
        let (curve, term) = if annual {
            (&self.annual, 12)
        } else {
            (&self.monthly, 1)
        };
        let months = cap.unwrap_or(CARD_MONTHS).min(CARD_MONTHS);
        let most = if recurring {
            months.div_ceil(term).max(1)
        } else {
            1
        };
        let most = usize::try_from(most).unwrap_or(1);
        curve.iter().take(most).sum::<f64>() * (1.0 - self.refunded)
    }
}

/// How the customers of a program stay; of the first program with rows where it is none of the book's or has none.
///
/// # Errors
/// Where the book cannot be read.
pub fn own_customers(app: &App, program: Option<&str>) -> Result<Option<Own>, Failure> {
    let mut fallback = None;
    let mut rows = app.read(program::list)?;
    rows.sort_by_key(|row| Some(row.slug.as_str()) != program);
    for row in rows {
        // Terms that do not hold together are said elsewhere.
        let Ok(loaded) = load(app, row) else { continue };
        let own = own_of(&loaded);
        if own.seen {
            return Ok(Some(own));
        }
        fallback = fallback.or(Some(own));
    }
    Ok(fallback)
}

fn own_of(loaded: &Loaded) -> Own {
    // The beliefs of both rhythms come first; see `Loaded::beliefs`.
    let curve = |index: usize, periods: u32| {
        loaded.curves.get(index).map_or_else(
            || vec![1.0],
            |curve| conditional_survival::<f64>(*curve, 0, periods),
        )
    };
    let (all, refunded) = loaded.refunds();
    let refunded = if all == 0 {
        0.0
    } else {
        f64::from(refunded) / f64::from(all)
    };
    Own {
        program: loaded.book.program.name.clone(),
        refunded,
        monthly: curve(0, CARD_MONTHS),
        annual: curve(1, CARD_MONTHS / 12),
        seen: loaded.has_rows(),
    }
}
