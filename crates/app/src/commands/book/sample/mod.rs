//! Sample data: a believable affiliate's last eighteen months, the same for everyone but for the dates, which follow
//! today. It can be taken out again without a trace.

mod cast;
mod chance;
mod story;

use crate::{
    App, Failure,
    commands::link_draft::Parts,
    dto::{BookInfo, Empty},
};
use cast::{CAMPAIGNS, LINKS, Made};
use chance::Chance;
use chrono::{DateTime, Days, Utc};
use perennial_compliance::{Market, checklist::items_for};
use perennial_domain::{
    Currency, Money,
    campaign::{Campaign, LogEntry},
    link::Link,
    program::Program,
};
use perennial_store::{
    StoreError, Write,
    table::{
        batch::{BatchKind, BatchWriter, Coverage, NewBatch},
        campaign, channel, link, program,
        sample::{self, SampleRows, SampleState},
        terms,
    },
};
use story::Story;
use uuid::Uuid;

/// The program that the sample is about.
const PROGRAM: &str = "kartra";
/// The code in the sample's links, where the user has set none.
const IDENTITY: &str = "anna-sample";
/// Days between the two times the sample's reports came in.
const BETWEEN_REPORTS: u64 = 30;

/// Puts sample data into the book.
///
/// # Errors
/// Where there is some already, or the program it is about is not in the book.
pub fn sample_load(app: &App, _: Empty) -> Result<BookInfo, Failure> {
    if app.read(sample::present)? {
        return Err(
            Failure::refused("sample.present", "The sample data is in the book already.")
                .hint("Take it out first if you want it afresh."),
        );
    }
    let mut rows = SampleRows::default();
    let mut parts = Parts::load(app, PROGRAM)?;
    if parts.program.identity.is_none() {
        parts.program.identity = Some(IDENTITY.to_owned());
        rows.identity = Some((parts.program.id, IDENTITY.to_owned()));
    }
    let made = make(app, &parts, &mut rows)?;
    let today = app.today()?;
    let (versions, sets) = app.read(|read| {
        Ok((
            terms::versions(read, parts.program.id)?,
            terms::plan_sets(read, parts.program.id)?,
        ))
    })?;
    let tagged: Vec<&Link> = made.links.iter().map(|(_, link)| link).collect();
    let mut story = Story::new(&versions, &sets, &tagged, today);
    let customers = story.customers();
    let terms_version = versions
        .iter()
        .filter(|version| !version.own && version.from <= today)
        .max_by_key(|version| version.from)
        .map(|version| version.version.clone());
    let first = app.now() - Days::new(BETWEEN_REPORTS);
    app.write(|write| {
        sample::load(write, |write| {
            if rows.identity.is_some() {
                program::update(write, &parts.program)?;
            }
            save(write, &made, &mut Chance::new(2), today)?;
            let reports = [
                (
                    first,
                    story.report(&customers, today - Days::new(BETWEEN_REPORTS), true),
                ),
                (app.now(), story.report(&customers, today, false)),
            ];
            for (at, report) in &reports {
                rows.batches
                    .push(bring_in(app, write, &parts.program, *at, report)?);
            }
            if let Some(version) = &terms_version {
                for state in states(app, &parts.program, version, today) {
                    if sample::done(write, &state)? {
                        rows.states.push(state.id);
                    }
                }
            }
            Ok(rows)
        })
    })?;
    super::info(app)
}

/// Takes the sample data out again; what is the user's stays.
///
/// # Errors
/// Where there is none, or the user recorded a payment of sample commissions.
pub fn sample_remove(app: &App, _: Empty) -> Result<BookInfo, Failure> {
    let at = app.now();
    app.write(|write| sample::remove(write, at))?;
    super::info(app)
}

/// Campaigns with their logs, and links, ready to be saved.
fn make(app: &App, parts: &Parts, rows: &mut SampleRows) -> Result<Made, Failure> {
    let today = app.today()?;
    let channels = app.read(channel::list)?;
    let of_kind = |word: &str| {
        channels
            .iter()
            .find(|row| row.kind.word() == word && !row.archived)
    };
    let usd = |text: &str| {
        Currency::parse("USD")
            .and_then(|usd| Money::parse(text, usd))
            .ok()
    };
    let mut made = Made::default();
    for plan in CAMPAIGNS {
        let starts_on = today - Days::new(plan.started);
        let row = Campaign {
            id: app.id(),
            name: plan.name.to_owned(),
            channels: plan
                .kinds
                .iter()
                .filter_map(|word| of_kind(word))
                .map(|row| row.id)
                .collect(),
            starts_on: Some(starts_on),
            ends_on: plan.days.map(|days| starts_on + Days::new(days)),
            goal: plan.goal.to_owned(),
            budget: plan.budget.and_then(usd),
            archived: false,
            revision: 1,
        };
        for (after, what, kind, spend, minutes) in plan.log {
            let entry = LogEntry {
                id: app.id(),
                campaign: row.id,
                on: starts_on + Days::new(*after),
                what: (*what).to_owned(),
                channel: of_kind(kind).map(|row| row.id),
                url: None,
                spend: spend.and_then(usd),
                minutes: Some(*minutes),
                revision: 1,
            };
            rows.entries.push(entry.id);
            made.entries.push(entry);
        }
        rows.campaigns.push(row.id);
        made.campaigns.push(row);
    }
    for (kind, label, campaign, age) in LINKS {
        let Some(channel) = of_kind(kind) else {
            continue;
        };
        let campaign = campaign.and_then(|index| made.campaigns.get(index));
        let draft = parts.draft(app.id(), channel, campaign, label, None, false)?;
        rows.links.push(draft.link.id);
        made.links.push((app.now() - Days::new(*age), draft.link));
    }
    Ok(made)
}

fn save(
    write: &Write<'_>,
    made: &Made,
    chance: &mut Chance,
    today: chrono::NaiveDate,
) -> Result<(), StoreError> {
    made.campaigns
        .iter()
        .try_for_each(|row| campaign::save(write, row))?;
    made.entries
        .iter()
        .try_for_each(|entry| campaign::save_entry(write, entry))?;
    for (at, row) in &made.links {
        link::insert(write, row, *at)?;
        let age = u64::try_from((today - at.date_naive()).num_days()).unwrap_or_default();
        for back in 0..age.min(180) {
            if chance.percent(45) {
                sample::clicks(write, row.id, today - Days::new(back), 1 + chance.below(9))?;
            }
        }
    }
    Ok(())
}

fn bring_in(
    app: &App,
    write: &Write<'_>,
    program: &Program,
    at: DateTime<Utc>,
    report: &story::Report,
) -> Result<perennial_domain::ids::BatchId, StoreError> {
    let connection = sample::connection(write, program.id, app.id())?;
    let batch = NewBatch {
        id: app.id(),
        connection,
        kind: BatchKind::Sample,
        file: None,
        profile: None,
        at,
    };
    let id = batch.id;
    let ids = || app.id::<Uuid>();
    let mut writer = BatchWriter::begin(write, batch, &ids)?;
    report
        .conversions
        .iter()
        .try_for_each(|row| writer.add(row).map(drop))?;
    report
        .payouts
        .iter()
        .try_for_each(|row| writer.add_payout(row).map(drop))?;
    writer.finish(Coverage::Window {
        from: None,
        to: None,
    })?;
    Ok(id)
}

/// The first half of the program's own items are done.
fn states(
    app: &App,
    program: &Program,
    version: &str,
    today: chrono::NaiveDate,
) -> Vec<SampleState> {
    let items = items_for(&program.slug, version, &[Market::Us]);
    let half = items.len().div_ceil(2);
    items
        .into_iter()
        .take(half)
        .map(|item| SampleState {
            id: app.id(),
            evidence: app.id(),
            program: program.id,
            item: item.id.to_owned(),
            terms_version: version.to_owned(),
            on: today - Days::new(40),
            note: "Looked at every page and mail; sample evidence.".to_owned(),
        })
        .collect()
}
