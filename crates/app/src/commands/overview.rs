//! The first screen.

use super::{
    audit, compliance, forecast,
    ledger::{owed_on, recent},
    link_check, reminder,
};
use crate::{
    App, Failure,
    dto::{Amount, Attention, Badges, Empty, Overview, OverviewMonth},
};
use chrono::{Datelike as _, Months, NaiveDate};
use perennial_store::table::{
    attention::{self, Waiting},
    conversion::{self, SumsBy},
    program,
};

/// Months looked back on, beside the present one.
const MONTHS_BACK: u32 = 12;
/// Newest rows shown.
const RECENT: u32 = 8;

/// Everything on the first screen.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn overview(app: &App, _: Empty) -> Result<Overview, Failure> {
    let today = app.today()?;
    let first = today
        .with_day(1)
        .and_then(|day| day.checked_sub_months(Months::new(MONTHS_BACK)));
    let months =
        app.read(|read| conversion::earnings(read, SumsBy::Month, (first, None), None, today))?;
    let months = months
        .into_iter()
        .filter_map(|sums| {
            Some(OverviewMonth {
                month: sums.key?,
                amount: Amount::from(sums.earned),
            })
        })
        .collect();
    let attention = attention(app, today)?;
    let count = |area: &str| {
        u32::try_from(attention.iter().filter(|item| item.area == area).count()).unwrap_or(u32::MAX)
    };
    let badges = Badges {
        programs: count("programs"),
        earnings: count("earnings"),
        compliance: count("compliance"),
        connections: count("connections"),
        notebook: reminder::waiting(app, today)?,
    };
    let ahead = forecast::ahead(app)?;
    Ok(Overview {
        today: today.to_string(),
        owed: owed_on(app, today, None)?,
        months,
        ahead: ahead.months,
        ahead_due: ahead.due,
        recent: recent(app, today, RECENT)?,
        attention,
        badges,
    })
}

/// Programs and campaigns whose checklist has open items.
fn open_checklists(app: &App) -> Result<Vec<Attention>, Failure> {
    let status = compliance::status(app, Empty {})?;
    let programs = app.read(program::list)?;
    let name = |slug: &str| {
        programs
            .iter()
            .find(|program| program.slug == slug)
            .map_or(slug, |program| program.name.as_str())
            .to_owned()
    };
    let (mut items, mut campaigns) = (Vec::new(), 0_u32);
    for row in status.items.into_iter().filter(|row| row.done < row.total) {
        if row.campaign.is_some() {
            campaigns += 1;
            continue;
        }
        items.push(Attention {
            code: "checklist_open".to_owned(),
            message: format!(
                "{} of {} items of the {} checklist are open.",
                row.total - row.done,
                row.total,
                name(&row.program)
            ),
            area: "compliance".to_owned(),
            target: Some(row.program),
        });
    }
    if campaigns > 0 {
        let message = match campaigns {
            1 => "One campaign has open checklist items.".to_owned(),
            count => format!("{count} campaigns have open checklist items."),
        };
        items.push(Attention {
            code: "checklist_open".to_owned(),
            message,
            area: "compliance".to_owned(),
            target: None,
        });
    }
    Ok(items)
}

/// What needs the user, most pressing first.
fn attention(app: &App, today: NaiveDate) -> Result<Vec<Attention>, Failure> {
    let (partial, refused, vanished, unknown, undecided, without) = app.read(|read| {
        Ok((
            attention::partial_syncs(read)?,
            attention::refused(read)?,
            attention::vanished(read)?,
            attention::unknown_words(read)?,
            attention::undecided_terms(read)?,
            attention::without_identity(read)?,
        ))
    })?;
    let mut items: Vec<Attention> = audit::attention(app)?.into_iter().collect();
    let mut add =
        |waiting: Vec<Waiting>, code: &str, area: &str, say: &dyn Fn(&Waiting) -> String| {
            items.extend(waiting.into_iter().map(|one| Attention {
                code: code.to_owned(),
                message: say(&one),
                area: area.to_owned(),
                target: Some(one.target).filter(|target| !target.is_empty()),
            }));
        };
    add(partial, "sync_failed", "connections", &|one| {
        format!("The last sync of {} did not get everything.", one.name)
    });
    add(refused, "refused_rows", "connections", &|one| {
        format!("{} of {} did not come in.", rows(one.count), one.name)
    });
    add(vanished, "vanished", "earnings", &|one| {
        format!(
            "{} no longer has {} that it reported before.",
            one.name,
            rows(one.count)
        )
    });
    add(unknown, "unknown_words", "earnings", &|one| {
        format!(
            "{} of {} came with a status that is not known.",
            rows(one.count),
            one.name
        )
    });
    add(without, "no_identity", "programs", &|one| {
        format!(
            "Your affiliate code for {} is not set, so its links would earn nothing.",
            one.name
        )
    });
    add(
        undecided,
        "choose_terms",
        "programs",
        &|one| match one.count {
            1 => format!(
                "Sources disagree on one term of {}. Choose what your dashboard says.",
                one.name
            ),
            count => format!(
                "Sources disagree on {count} terms of {}. Choose what your dashboard says.",
                one.name
            ),
        },
    );
    items.extend(link_check::attention(app)?.map(|message| Attention {
        code: "links".to_owned(),
        message,
        area: "links".to_owned(),
        target: None,
    }));
    items.extend(reminder::attention(app, today)?);
    items.extend(open_checklists(app)?);
    Ok(items)
}

fn rows(count: u64) -> String {
    if count == 1 {
        "1 row".to_owned()
    } else {
        format!("{count} rows")
    }
}
