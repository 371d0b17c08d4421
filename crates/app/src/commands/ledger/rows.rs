//! Rows of the ledger.

use super::{program_id, story, wrong};
use crate::{
    App, Failure,
    commands::{MAX_PAGE, PAGE, import::instant},
    dto::{Amount, ById, LedgerDetail, LedgerItem, LedgerList, Page, StatusEventDto},
    files::program::date,
};
use chrono::NaiveDate;
use perennial_domain::ledger::NOT_YET;
use perennial_store::table::{
    conversion::{self, Cursor, Filter, LedgerRow, Standing},
    status,
};

/// The ledger, newest first. The total is counted for the first page.
///
/// # Errors
/// Where a filter does not fit.
pub fn list(app: &App, input: LedgerList) -> Result<Page<LedgerItem>, Failure> {
    let today = app.today()?;
    let filter = filter(app, &input, today)?;
    let after = input.after.as_deref().map(cursor).transpose()?;
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let (mut rows, total) = app.read(|read| {
        let rows = conversion::page(read, &filter, after.as_ref(), limit + 1)?;
        let total = if after.is_none() {
            conversion::count(read, &filter)?
        } else {
            None
        };
        Ok((rows, total))
    })?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(|row| {
        let cursor = row.cursor();
        format!("{}~{}", cursor.occurred_on, cursor.id)
    });
    Ok(Page {
        items: rows.into_iter().map(|row| item(row, today)).collect(),
        next,
        total,
    })
}

/// A row with its story.
///
/// # Errors
/// Where there is no such row.
pub fn show(app: &App, input: ById) -> Result<LedgerDetail, Failure> {
    let today = app.today()?;
    let (row, events, related) = app.read(|read| {
        let row = conversion::get(read, &input.id)?;
        let events = status::of(read, row.id)?;
        let related = conversion::related(read, &row)?;
        Ok((row, events, related))
    })?;
    let story = story::tell(app, &row, today)?;
    Ok(LedgerDetail {
        story,
        events: events
            .into_iter()
            .map(|event| StatusEventDto {
                at: instant(event.at),
                field: event.field,
                before: event.before,
                after: event.after,
            })
            .collect(),
        related: related.into_iter().map(|row| item(row, today)).collect(),
        raw: row.raw.clone(),
        item: item(row, today),
    })
}

/// The newest rows.
pub(crate) fn recent(app: &App, today: NaiveDate, rows: u32) -> Result<Vec<LedgerItem>, Failure> {
    let rows = app.read(|read| conversion::page(read, &Filter::default(), None, rows))?;
    Ok(rows.into_iter().map(|row| item(row, today)).collect())
}

fn filter(app: &App, input: &LedgerList, today: NaiveDate) -> Result<Filter, Failure> {
    let words: Vec<&str> = Standing::ALL
        .iter()
        .map(|standing| standing.word())
        .collect();
    let standing = match input.standing.as_deref().filter(|word| !word.is_empty()) {
        None => None,
        Some(word) => Some(Standing::parse(word).ok_or_else(|| {
            wrong("standing", format!("“{word}” is no standing."))
                .hint(format!("It is {}.", words.join(", ")))
        })?),
    };
    let day = |text: &Option<String>, key: &str| {
        text.as_deref()
            .filter(|text| !text.is_empty())
            .map(|text| date(text, key))
            .transpose()
    };
    let batch = input.batch.as_deref().filter(|id| !id.is_empty());
    Ok(Filter {
        search: input.search.clone(),
        program: program_id(app, input.program.as_deref())?,
        standing: standing.map(|standing| (standing, today)),
        from: day(&input.from, "from")?,
        to: day(&input.to, "to")?,
        channel: input.channel.clone().filter(|name| !name.is_empty()),
        campaign: input.campaign.clone().filter(|name| !name.is_empty()),
        batch: batch
            .map(|id| {
                id.parse()
                    .map_err(|_| wrong("batch", format!("“{id}” is no batch.")))
            })
            .transpose()?,
    })
}

fn cursor(text: &str) -> Result<Cursor, Failure> {
    let parsed = text.split_once('~').and_then(|(day, id)| {
        Some(Cursor {
            occurred_on: day.parse().ok()?,
            id: id.parse().ok()?,
        })
    });
    parsed.ok_or_else(|| wrong("after", format!("“{text}” is no cursor of the ledger.")))
}

fn item(row: LedgerRow, today: NaiveDate) -> LedgerItem {
    let standing = row.standing(today).word().to_owned();
    LedgerItem {
        id: row.id.to_string(),
        native_id: row.native_id,
        connection: row.connection,
        batch: row.batch.to_string(),
        program: row.program.or(row.program_text),
        plan: row.plan.or(row.plan_text),
        kind: row.kind,
        tier: row.tier,
        occurred_at: instant(row.occurred_at),
        occurred_on: row.occurred_on.to_string(),
        sale: row.sale.map(Amount::from),
        commission: row.commission.map(Amount::from),
        approval: row.approval,
        approval_text: row.approval_text,
        payment: row.payment,
        payment_text: row.payment_text,
        standing,
        matures_on: (row.matures_on < NOT_YET).then(|| row.matures_on.to_string()),
        sub_ids: row.sub_ids,
        link: row.link,
        channel: row.channel,
        campaign: row.campaign,
        vanished: row.vanished,
        after_lock: row.after_lock,
    }
}
