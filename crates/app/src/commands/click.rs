//! Clicks as a person reads them off a statistics page or a mail tool: programs report none by link. Earnings per click
//! and the comparison of two swipes go by them.

use crate::{
    App, Failure,
    dto::{ClickList, ClickRemove, ClickSave, Clicks, ClicksOn},
    files::program::date,
};
use perennial_domain::ids::LinkId;
use perennial_store::table::{
    click::{self, ClickDay},
    content, link, swipe,
};

/// Clicks of one day at most: more is a slip of the hand.
const MOST: u64 = 1_000_000_000;

/// The clicks of a link, by day.
///
/// # Errors
/// Where the link or the content item is not known, or the item does not say which link is meant.
pub fn list(app: &App, input: ClickList) -> Result<Clicks, Failure> {
    let (id, code) = which(app, input.link.as_deref(), input.item.as_deref())?;
    show(app, id, code)
}

/// Notes how many clicks a link had on a day.
///
/// # Errors
/// As [`list`]; `click.still_to_come` of a later day, `click.too_many`, and `click.less` where fewer are given in all than
/// are noted for earlier days.
pub fn save(app: &App, input: ClickSave) -> Result<Clicks, Failure> {
    let (id, code) = which(app, input.link.as_deref(), input.item.as_deref())?;
    let today = app.today()?;
    let on = given(input.on.as_deref()).map_or(Ok(today), |text| date(text, "on"))?;
    if on > today {
        return Err(Failure::refused(
            "click.still_to_come",
            format!("{on} is still to come, so nobody clicked on it."),
        )
        .hint("Give today or an earlier day."));
    }
    let mut clicks = input.clicks;
    if input.so_far {
        let days = app.read(|read| click::of(read, id))?;
        let earlier: u64 = days
            .iter()
            .filter(|day| day.on < on)
            .map(|day| day.clicks)
            .sum();
        clicks = clicks.checked_sub(earlier).ok_or_else(|| {
            Failure::refused(
                "click.less",
                format!("{clicks} in all are fewer than the {earlier} noted for earlier days."),
            )
            .hint("Take out the days that are wrong, or give the clicks of this day alone.")
        })?;
    }
    if clicks > MOST {
        return Err(
            Failure::refused("click.too_many", "Nothing is clicked so often in a day.")
                .hint(format!("Give {MOST} at most.")),
        );
    }
    app.edit(format!("Noted clicks of {code}"), |write| {
        click::set(write, id, ClickDay { on, clicks })
    })?;
    show(app, id, code)
}

/// Takes the clicks of a day out.
///
/// # Errors
/// Where the link is not known, or `click.unknown` where none are noted for the day.
pub fn remove(app: &App, input: ClickRemove) -> Result<Clicks, Failure> {
    let (id, code) = which(app, Some(&input.link), None)?;
    let on = date(&input.on, "on")?;
    let there = app.read(|read| click::of(read, id))?;
    if !there.iter().any(|day| day.on == on) {
        return Err(Failure::refused(
            "click.unknown",
            format!("No clicks of {code} are noted for {on}."),
        ));
    }
    app.edit(format!("Took out clicks of {code}"), |write| {
        click::remove(write, id, on).map(drop)
    })?;
    show(app, id, code)
}

/// The link that is meant. Clicks always belong to one link, so that none is counted twice.
fn which(app: &App, named: Option<&str>, item: Option<&str>) -> Result<(LinkId, String), Failure> {
    let of_name = |name: &str| {
        app.read(|read| link::get(read, name))
            .map(|row| (row.link.id, row.link.code))
    };
    let Some(item) = given(item) else {
        return of_name(given(named).unwrap_or_default());
    };
    let row = app.read(|read| content::get(read, item))?;
    let title = &row.item.title;
    let used: Vec<(LinkId, String)> = row
        .item
        .links
        .iter()
        .copied()
        .zip(row.links.iter().map(|(code, _)| code.clone()))
        .collect();
    if let Some(name) = given(named) {
        let wanted = of_name(name)?;
        return if used.contains(&wanted) {
            Ok(wanted)
        } else {
            Err(Failure::refused(
                "click.other_link",
                format!("“{title}” does not use {}.", wanted.1),
            )
            .hint("Give one of its links, or add this one to it first."))
        };
    }
    match used.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Failure::refused(
            "click.no_link",
            format!("“{title}” uses no link, so its clicks could not be told from others."),
        )
        .hint("Say first which link it goes out with.")),
        many => {
            let codes: Vec<&str> = many.iter().map(|(_, code)| code.as_str()).collect();
            Err(Failure::refused(
                "click.which_link",
                format!("“{title}” uses {} links.", many.len()),
            )
            .hint(format!("Say which was clicked: {}.", codes.join(", "))))
        }
    }
}

fn show(app: &App, id: LinkId, code: String) -> Result<Clicks, Failure> {
    let (days, referrals) =
        app.read(|read| Ok((click::of(read, id)?, swipe::referrals_of(read, &[id])?)))?;
    Ok(Clicks {
        link: id.to_string(),
        code,
        total: days.iter().map(|day| day.clicks).sum(),
        days: days
            .into_iter()
            .map(|day| ClicksOn {
                on: day.on.to_string(),
                clicks: day.clicks,
            })
            .collect(),
        referrals,
    })
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}
