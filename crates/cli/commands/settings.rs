//! `perennial book settings` and `perennial book overview`.

use crate::{
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Args;
use perennial_app::{
    Failure,
    commands::{book, overview as first},
    dto::{Empty, Overview, Settings},
};

/// What to change; without any of them the settings are printed.
#[derive(Debug, Args)]
pub struct Change {
    /// The time zone that decides days, such as Europe/Berlin
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// The currency that is offered first
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Markets whose rules apply: us, uk, eu, with commas
    #[arg(long, value_delimiter = ',')]
    markets: Option<Vec<String>>,
    /// What is kept of customers: alias, or clear as networks report them; what is in the book already stays as it is
    #[arg(long)]
    customers: Option<String>,
    /// Days that a payment may take beyond those of the terms before the audit calls it late, 0 to 365
    #[arg(long, value_name = "DAYS")]
    late_after: Option<u32>,
    /// How the window looks: system, light or dark
    #[arg(long)]
    appearance: Option<String>,
}

impl Change {
    fn asks(&self) -> bool {
        self.time_zone.is_some()
            || self.currency.is_some()
            || self.markets.is_some()
            || self.customers.is_some()
            || self.late_after.is_some()
            || self.appearance.is_some()
    }
}

/// Prints the settings, changed first where that is asked for.
///
/// # Errors
/// What the use case says.
pub fn run(change: Change, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let mut settings = book::settings_get(app, Empty {})?;
    if change.asks() {
        let Settings {
            time_zone,
            appearance,
            markets,
            currency,
            customers,
            late_after,
        } = settings;
        settings = book::settings_set(
            app,
            Settings {
                time_zone: change.time_zone.unwrap_or(time_zone),
                appearance: change.appearance.unwrap_or(appearance),
                markets: change.markets.unwrap_or(markets),
                currency: change.currency.unwrap_or(currency),
                customers: change.customers.unwrap_or(customers),
                late_after: change.late_after.or(late_after),
            },
        )?;
    }
    output::answer(context, &settings, || text(&settings))?;
    Ok(Outcome::Done)
}

fn text(settings: &Settings) -> String {
    let late = settings.late_after.map(|days| days.to_string());
    let mut table = Table::new(&["Setting", "Value"]);
    for (name, value) in [
        ("Time zone", settings.time_zone.clone()),
        ("Currency", settings.currency.clone()),
        ("Markets", settings.markets.join(", ")),
        ("Customers", settings.customers.clone()),
        ("Late after (days)", late.unwrap_or_default()),
        ("Appearance", settings.appearance.clone()),
    ] {
        table.row([name.to_owned(), value]);
    }
    table.text()
}

/// Prints what the first screen shows.
///
/// # Errors
/// What the use case says.
pub fn overview(context: &Context) -> Result<Outcome, Failure> {
    let all = first::overview(context.open()?, Empty {})?;
    output::answer(context, &all, || overview_text(&all))?;
    Ok(Outcome::Done)
}

fn overview_text(all: &Overview) -> String {
    let mut months = Table::new(&["Month", ">Earned", ">Expected"]);
    for month in &all.months {
        months.row([
            month.month.clone(),
            output::amount(&month.amount),
            String::new(),
        ]);
    }
    for month in &all.ahead {
        months.row([
            month.month.clone(),
            String::new(),
            output::amount(&month.amount),
        ]);
    }
    let mut waiting = Table::new(&["Where", "What needs you"]);
    for one in &all.attention {
        waiting.row([one.area.as_str(), &one.message]);
    }
    let mut recent = Table::new(&["Day", "Row", ">Commission"]);
    for row in &all.recent {
        recent.row([
            row.occurred_on.clone(),
            row.native_id.clone().unwrap_or_else(|| row.id.clone()),
            row.commission
                .as_ref()
                .map(output::amount)
                .unwrap_or_default(),
        ]);
    }
    [months, waiting, recent]
        .map(|table| table.text())
        .join("\n")
}
