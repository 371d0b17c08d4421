//! Clicks that are noted by hand.

use crate::{
    context::Context,
    output::{self, Table},
};
use clap::Args;
use perennial_app::{
    App, Failure,
    commands::click,
    dto::{ClickList, ClickRemove, ClickSave, Clicks},
};

/// How often a link was clicked, by day.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The link's code or id; with --item only where the item uses several links
    #[arg(required_unless_present = "item")]
    link: Option<String>,
    /// Note so many clicks; without it, what is noted is shown
    #[arg(long, value_name = "N")]
    set: Option<u64>,
    /// On this day; today where not said
    #[arg(long, value_name = "DATE", requires = "set")]
    on: Option<String>,
    /// The number is of all days up to that one
    #[arg(long, requires = "set")]
    so_far: bool,
    /// The link of this content item, by its id or title
    #[arg(long, value_name = "ITEM")]
    item: Option<String>,
    /// Take out what is noted for this day
    #[arg(long, value_name = "DATE", conflicts_with_all = ["set", "item"])]
    remove: Option<String>,
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(arguments: Arguments, context: &Context, app: &App) -> Result<(), Failure> {
    let Arguments {
        link,
        set,
        on,
        so_far,
        item,
        remove,
    } = arguments;
    let known = match (set, remove) {
        (Some(clicks), _) => click::save(
            app,
            ClickSave {
                link,
                item,
                on,
                clicks,
                so_far,
            },
        )?,
        (None, Some(on)) => click::remove(
            app,
            ClickRemove {
                link: link.unwrap_or_default(),
                on,
            },
        )?,
        (None, None) => click::list(app, ClickList { link, item })?,
    };
    output::answer(context, &known, || text(&known))
}

fn text(known: &Clicks) -> String {
    if known.days.is_empty() {
        return format!("No clicks of {} are noted.\n", known.code);
    }
    let mut table = Table::new(&["Day", ">Clicks"]);
    for day in &known.days {
        table.row([day.on.clone(), day.clicks.to_string()]);
    }
    format!(
        "{}{}: {} clicks, {} referrals\n",
        table.text(),
        known.code,
        known.total,
        known.referrals
    )
}
