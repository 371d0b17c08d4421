//! `perennial campaign compare`: results side by side.

use crate::{
    args::Format,
    context::{Context, Outcome},
    output::{self, Table},
};
use perennial_app::{
    Failure,
    commands::campaign_figures,
    dto::{CampaignCompare, CampaignComparison, CampaignFigures, ComparedRow, PaybackDto},
};

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(
    by: String,
    archived: bool,
    format: Format,
    context: &Context,
) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let found = campaign_figures::compare(app, CampaignCompare { by, archived })?;
    output::page_of(context, format, &found, || table(&found))?;
    if format == Format::Table && !context.json {
        output::note(&found.method.join("\n"));
    }
    Ok(Outcome::Done)
}

fn table(found: &CampaignComparison) -> Table {
    let first = if found.by == "channel" {
        "Channel"
    } else {
        "Campaign"
    };
    let mut table = Table::new(&[
        first,
        "Currency",
        ">Clicks",
        ">Referrals",
        ">Commission",
        ">To come",
        ">Spend",
        ">Profit",
        "Paid back",
        ">Per click",
        ">An hour",
    ]);
    for row in &found.rows {
        if row.figures.is_empty() {
            line(&mut table, row, None);
        }
        for figures in &row.figures {
            line(&mut table, row, Some(figures));
        }
    }
    table
}

fn line(table: &mut Table, row: &ComparedRow, figures: Option<&CampaignFigures>) {
    let of =
        |pick: fn(&CampaignFigures) -> &String| output::maybe(figures.map(|of| pick(of).as_str()));
    let clicks = row.clicks.map(|clicks| clicks.to_string());
    table.row([
        row.name.clone(),
        of(|figures| &figures.currency),
        output::maybe(clicks.as_deref()),
        row.referrals.to_string(),
        of(|figures| &figures.commission),
        of(|figures| &figures.to_come),
        of(|figures| &figures.spend),
        of(|figures| &figures.profit),
        output::maybe(figures.map(|of| payback(&of.payback)).as_deref()),
        output::maybe(figures.and_then(|of| of.epc.as_deref())),
        output::maybe(figures.and_then(|of| of.hourly.as_deref())),
    ]);
}

/// When the spend comes back, in a word or two.
pub fn payback(back: &PaybackDto) -> String {
    match (back.state.as_str(), &back.on) {
        ("reached", Some(day)) => day.clone(),
        ("expected", Some(day)) => format!("by {day}?"),
        ("not_in_sight", _) => "not in sight".to_owned(),
        _ => "–".to_owned(),
    }
}
