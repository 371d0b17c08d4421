//! `perennial scorecard`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::{Args, Subcommand};
use perennial_app::{
    Failure,
    commands::scorecard,
    dto::{ById, CardPair, Scorecard, ScorecardCompare, ScorecardComparison, ScorecardSet},
};

/// Programs side by side: your own and candidates.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The cards
    List {
        /// Words to find in names
        #[arg(long, default_value = "")]
        search: String,
        /// Also those put aside
        #[arg(long)]
        archived: bool,
        #[command(flatten)]
        list: List,
    },
    /// One card with notes and sources
    Show {
        /// Its name, or the id of a program
        name: String,
    },
    /// Write on a card; makes it where there is none of the name
    Set(Set),
    /// Cards side by side
    Compare {
        /// Names, or ids of programs; all without any
        names: Vec<String>,
        #[command(flatten)]
        list: List,
    },
}

/// What is written.
#[derive(Debug, Args)]
pub struct Set {
    /// Name of the card, or the id of a program
    name: String,
    /// `KEY=VALUE`: price, billing, commission, recurring, months, `second_tier`, `cookie_days`, `trial_days`,
    /// `hold_days`, minimum, methods, conversion, material, product, support; an empty value takes it out
    #[arg(value_name = "KEY=VALUE")]
    values: Vec<String>,
    /// In your words
    #[arg(long, default_value = "")]
    note: String,
    /// Where it is from
    #[arg(long, default_value = "")]
    source: String,
    /// Put the card aside (true) or back (false)
    #[arg(long)]
    archived: Option<bool>,
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    match command {
        Command::List {
            search,
            archived,
            list,
        } => {
            let mut input = list.input();
            (input.search, input.archived) = (search, archived);
            let page = scorecard::list(app, input)?;
            output::page(context, list.format, &page, table)?;
        }
        Command::Show { name } => {
            let card = scorecard::show(app, ById { id: name })?;
            output::answer(context, &card, || people(&card))?;
        }
        Command::Set(set) => {
            let card = write(app, set)?;
            output::answer(context, &card, || people(&card))?;
        }
        Command::Compare { names, list } => {
            let mut comparison = scorecard::compare(app, ScorecardCompare { names })?;
            let skip = list
                .after
                .as_deref()
                .and_then(|text| text.parse().ok())
                .unwrap_or(0);
            let take = list
                .limit
                .and_then(|limit| usize::try_from(limit).ok())
                .unwrap_or(usize::MAX);
            comparison.cards = comparison.cards.into_iter().skip(skip).take(take).collect();
            output::page_of(context, list.format, &comparison, || side(&comparison))?;
        }
    }
    Ok(Outcome::Done)
}

fn write(app: &perennial_app::App, set: Set) -> Result<Scorecard, Failure> {
    let values = set
        .values
        .iter()
        .map(|pair| {
            pair.split_once('=')
                .map(|(key, value)| CardPair {
                    key: key.trim().to_owned(),
                    value: value.trim().to_owned(),
                })
                .ok_or_else(|| {
                    Failure::refused("scorecard.pair", format!("“{pair}” is not KEY=VALUE."))
                })
        })
        .collect::<Result<Vec<_>, _>>()?;
    scorecard::set(
        app,
        ScorecardSet {
            name: set.name,
            values,
            note: set.note,
            source: set.source,
            archived: set.archived,
        },
    )
}

fn value<'a>(card: &'a Scorecard, key: &str) -> Option<&'a str> {
    card.fields
        .iter()
        .find(|field| field.key == key)
        .and_then(|field| field.value.as_deref())
}

fn table(cards: &[Scorecard]) -> Table {
    let mut table = Table::new(&[
        "Program",
        "Commission",
        "Recurring",
        "Months",
        "Cookie",
        "Hold",
        "Minimum",
        ">A referral, 24 months",
        ">100 clicks",
    ]);
    for card in cards {
        table.row([
            card.name.clone(),
            output::maybe(value(card, "commission")),
            output::maybe(value(card, "recurring")),
            output::maybe(value(card, "months")),
            output::maybe(value(card, "cookie_days")),
            output::maybe(value(card, "hold_days")),
            output::maybe(value(card, "minimum")),
            output::maybe_amount(card.worth.referral.as_ref()),
            output::maybe_amount(card.worth.clicks.as_ref()),
        ]);
    }
    table
}

/// One row a key, one column a card.
fn side(comparison: &ScorecardComparison) -> Table {
    let names: Vec<&str> = comparison
        .cards
        .iter()
        .map(|card| card.name.as_str())
        .collect();
    let heading: Vec<&str> = std::iter::once("What").chain(names).collect();
    let mut table = Table::new(&heading);
    for key in &comparison.keys {
        let cells = comparison
            .cards
            .iter()
            .map(|card| output::maybe(value(card, key)));
        table.row(std::iter::once(key.clone()).chain(cells));
    }
    let worth = |what: &str, of: &dyn Fn(&Scorecard) -> String| {
        std::iter::once(what.to_owned())
            .chain(comparison.cards.iter().map(of))
            .collect::<Vec<_>>()
    };
    table.row(worth("a referral, 24 months", &|card| {
        output::maybe_amount(card.worth.referral.as_ref())
    }));
    table.row(worth("100 clicks, 24 months", &|card| {
        output::maybe_amount(card.worth.clicks.as_ref())
    }));
    table
}

fn people(card: &Scorecard) -> String {
    let mut lines = vec![card.name.clone()];
    for field in card.fields.iter().filter(|field| field.value.is_some()) {
        let from = match (field.source.is_empty(), &field.on) {
            (true, None) => String::new(),
            (true, Some(on)) => format!("  ({on})"),
            (false, None) => format!("  ({})", field.source),
            (false, Some(on)) => format!("  ({}, {on})", field.source),
        };
        let note = if field.note.is_empty() {
            String::new()
        } else {
            format!("  {}", field.note)
        };
        lines.push(format!(
            "{}: {}{from}{note}",
            field.key,
            output::maybe(field.value.as_deref())
        ));
    }
    lines.push(format!(
        "A referral over 24 months: {}; a hundred clicks: {}.",
        output::maybe_amount(card.worth.referral.as_ref()),
        output::maybe_amount(card.worth.clicks.as_ref())
    ));
    lines.extend(card.worth.how.iter().cloned());
    lines.join("\n")
}
