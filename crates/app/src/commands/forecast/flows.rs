//! What the paying customers of each campaign and channel are expected to bring, month by month.

use super::{
    bands::{commission_of, minor},
    lives::later,
    loaded::{Loaded, load},
    months::money,
    value::{chances, earns, waited},
};
use crate::{App, Failure};
use chrono::NaiveDate;
use perennial_domain::ledger::Tier;
use perennial_forecast::{Month, assumptions::MAX_MONTHS};
use perennial_store::table::program;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Discount a year of what is still to come, as the residual value has it where nobody says.
pub const YEARLY: f64 = 0.1;

/// What is expected of the customers of one campaign or channel, in one currency.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Flow {
    /// A campaign, or a channel.
    pub campaign: bool,
    /// Its name.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// Customers who pay now.
    pub customers: u32,
    /// All of it, discounted to today.
    pub to_come: String,
    /// The last day of each month, and what is expected in it, not discounted; months that bring nothing are left out.
    pub months: Vec<(String, String)>,
}

/// Customers who are alike: plan, tier, renewals paid, day of the next.
type Alike = (usize, Tier, u32, NaiveDate);

#[derive(Default)]
struct Sum {
    customers: u32,
    to_come: f64,
    months: BTreeMap<Month, f64>,
}

/// What is expected of everybody who pays now, by campaign and by channel.
///
/// # Errors
/// Where the book cannot be read.
pub fn flows(app: &App) -> Result<Vec<Flow>, Failure> {
    let mut found: BTreeMap<(bool, String, String), Sum> = BTreeMap::new();
    let mut digits: HashMap<String, u32> = HashMap::new();
    for row in app.read(program::list)? {
        // Terms that do not hold together are said elsewhere.
        let Ok(loaded) = load(app, row) else { continue };
        let currency = loaded.currency();
        digits.insert(currency.code().to_owned(), currency.minor_digits());
        for ((campaign, name), groups) in groups(&loaded) {
            let sum = found
                .entry((campaign, name, currency.code().to_owned()))
                .or_default();
            for (alike, count) in groups {
                add(&loaded, alike, count, sum);
            }
        }
    }
    Ok(found
        .into_iter()
        .map(|((campaign, name, currency), sum)| {
            let digits = digits.get(&currency).copied().unwrap_or(2);
            Flow {
                campaign,
                name,
                customers: sum.customers,
                to_come: money(sum.to_come, digits),
                months: sum
                    .months
                    .into_iter()
                    .filter(|(_, minor)| *minor >= 0.5)
                    .map(|(month, minor)| {
                        let last = month.day(month.last_day()).to_string();
                        (last, money(minor, digits))
                    })
                    .collect(),
                currency,
            }
        })
        .collect())
}

fn groups(loaded: &Loaded) -> HashMap<(bool, String), HashMap<Alike, u32>> {
    let mut groups: HashMap<(bool, String), HashMap<Alike, u32>> = HashMap::new();
    for life in loaded.active() {
        let alike = (
            life.product,
            life.tier,
            life.paid,
            life.due.max(loaded.today),
        );
        let (channel, campaign) = loaded.place(life);
        for (is_campaign, name) in [(false, channel), (true, campaign)] {
            if let Some(name) = name {
                let group = groups.entry((is_campaign, name.to_owned())).or_default();
                *group.entry(alike).or_default() += 1;
            }
        }
    }
    groups
}

/// Adds what customers who are alike are expected to bring.
fn add(loaded: &Loaded, (product, tier, paid, due): Alike, count: u32, sum: &mut Sum) {
    let term = loaded.products.get(product).map_or(1, |p| p.term).max(1);
    let each =
        commission_of(loaded, product, tier).map_or(0.0, |each| minor(each, loaded.currency()));
    let all = each * f64::from(count);
    let step = (-YEARLY.ln_1p() / 12.0 * f64::from(term)).exp();
    let mut discount = waited(loaded, due, YEARLY);
    let mut months = 0;
    sum.customers += count;
    for (renewal, chance) in (paid + 1..).zip(
        chances(loaded, product, paid, MAX_MONTHS / term)
            .iter()
            .skip(1),
    ) {
        if !earns(loaded, renewal, term) {
            break;
        }
        sum.to_come += all * chance * discount;
        *sum.months.entry(Month::of(later(due, months))).or_default() += all * chance;
        discount *= step;
        months += term;
    }
}
