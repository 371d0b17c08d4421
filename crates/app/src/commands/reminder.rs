//! Reminders, and which of them wait.

use crate::{
    App, Failure,
    dto::{Attention, ById, Empty, Page, ReminderDto, ReminderList, ReminderSave},
};
use chrono::NaiveDate;
use perennial_domain::notebook::Reminder;
use perennial_store::table::{
    campaign, link,
    reminder::{self, ReminderRow},
};

/// Reminders that are named one by one on the first screen; more are counted.
const NAMED: u32 = 3;

/// The reminders: open ones by their day, then those done.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn list(app: &App, input: ReminderList) -> Result<Page<ReminderDto>, Failure> {
    let today = app.today()?;
    let rows = app.read(|read| reminder::list(read, &input.search, input.done))?;
    let items: Vec<ReminderDto> = rows.into_iter().map(|row| dto(row, today)).collect();
    Ok(Page {
        total: u64::try_from(items.len()).ok(),
        items,
        next: None,
    })
}

/// Adds or changes a reminder, or notes that it is done.
///
/// # Errors
/// Where what it is about is not known, the text is empty or the day cannot be read.
pub fn save(app: &App, input: ReminderSave) -> Result<ReminderDto, Failure> {
    let today = app.today()?;
    let (mut row, new) = if let Some(id) = &input.id {
        (app.read(|read| reminder::get(read, id))?.reminder, false)
    } else {
        let due = input.due.as_deref().ok_or_else(|| {
            Failure::refused("reminder.no_day", "Say when you want to be reminded.")
                .hint("Write the day as 2026-03-31.")
        })?;
        let row = Reminder {
            id: app.id(),
            text: String::new(),
            due: super::notebook::day(due)?,
            program: None,
            campaign: None,
            link: None,
            done: None,
            revision: 1,
        };
        (row, true)
    };
    let was_done = row.done.is_some();
    if let Some(text) = &input.text {
        text.trim().clone_into(&mut row.text);
    }
    if row.text.is_empty() {
        return Err(Failure::refused(
            "reminder.empty",
            "Say what you want to be reminded of.",
        ));
    }
    if let Some(due) = &input.due {
        row.due = super::notebook::day(due)?;
    }
    if input.program.is_some() {
        row.program = super::notebook::program(app, input.program.as_deref())?;
    }
    if let Some(name) = &input.campaign {
        row.campaign = if name.trim().is_empty() {
            None
        } else {
            Some(app.read(|read| campaign::get(read, name))?.id)
        };
    }
    if let Some(code) = &input.link {
        row.link = if code.trim().is_empty() {
            None
        } else {
            Some(app.read(|read| link::get(read, code))?.link.id)
        };
    }
    match input.done {
        Some(true) if !was_done => row.done = Some(today),
        Some(false) => row.done = None,
        _ => {}
    }
    let text = short(&row.text);
    let label = match (new, was_done, row.done.is_some()) {
        (true, ..) => format!("Set the reminder “{text}”"),
        (_, false, true) => format!("Did “{text}”"),
        (_, true, false) => format!("Opened the reminder “{text}” again"),
        _ => format!("Changed the reminder “{text}”"),
    };
    app.edit(label, |write| reminder::save(write, &row))?;
    let row = app.read(|read| reminder::get(read, &row.id.to_string()))?;
    Ok(dto(row, today))
}

/// Takes a reminder out.
///
/// # Errors
/// Where there is no such reminder.
pub fn remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let row = app.read(|read| reminder::get(read, &input.id))?.reminder;
    app.edit(
        format!("Took out the reminder “{}”", short(&row.text)),
        |write| reminder::remove(write, row.id),
    )?;
    Ok(Empty {})
}

/// How many wait.
pub(super) fn waiting(app: &App, today: NaiveDate) -> Result<u32, Failure> {
    let (_, count) = app.read(|read| reminder::waiting(read, today, 0))?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What waits, for the first screen: a few by name, the rest as a number.
pub(super) fn attention(app: &App, today: NaiveDate) -> Result<Vec<Attention>, Failure> {
    let (rows, count) = app.read(|read| reminder::waiting(read, today, NAMED))?;
    let more = count.saturating_sub(u64::from(NAMED));
    let named = rows.into_iter().map(|row| {
        let late = (today - row.reminder.due).num_days();
        let when = match late {
            0 => "today".to_owned(),
            1 => "since yesterday".to_owned(),
            days => format!("for {days} days"),
        };
        format!("{} (due {when})", short(&row.reminder.text))
    });
    let rest = match more {
        0 => None,
        1 => Some("One more reminder is due.".to_owned()),
        more => Some(format!("{more} more reminders are due.")),
    };
    Ok(named
        .chain(rest)
        .map(|message| Attention {
            code: "reminder_due".to_owned(),
            message,
            area: "notebook".to_owned(),
            target: Some("reminders".to_owned()),
        })
        .collect())
}

/// A text as it stands in a sentence.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line.to_owned(),
    }
}

fn dto(row: ReminderRow, today: NaiveDate) -> ReminderDto {
    let state = if row.reminder.done.is_some() {
        "done"
    } else if row.reminder.waits(today) {
        "due"
    } else {
        "later"
    };
    ReminderDto {
        id: row.reminder.id.to_string(),
        text: row.reminder.text,
        due: row.reminder.due.to_string(),
        state: state.to_owned(),
        program: row.program,
        campaign: row.campaign,
        link: row.link,
        done_on: row.reminder.done.map(|day| day.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commands::{book, overview},
        context::Clock,
        dto::BookNew,
    };
    use chrono::{DateTime, Utc};
    use perennial_secrets::MemoryStore;
    use std::sync::Arc;

    struct Fixed(DateTime<Utc>);

    impl Clock for Fixed {
        fn now(&self) -> DateTime<Utc> {
            self.0
        }
    }

    #[test]
    fn the_overview_names_what_waits_and_counts_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let now = "2026-03-10T12:00:00Z".parse().unwrap();
        let app = App::new(Box::new(Fixed(now)), Arc::new(MemoryStore::default()));
        let path = folder.path().join("book.perennial");
        let path = path.to_string_lossy().into_owned();
        book::new(
            &app,
            BookNew {
                path,
                sample: false,
            },
        )
        .unwrap();
        let set = |text: &str, due: &str| {
            let input = ReminderSave {
                text: Some(text.to_owned()),
                due: Some(due.to_owned()),
                ..ReminderSave::default()
            };
            save(&app, input).unwrap().id
        };
        let first = set("Ask for the banner", "2026-03-01");
        for day in ["2026-03-09", "2026-03-10", "2026-03-10", "2026-03-11"] {
            set("Look at the rates", day);
        }
        let shown = || {
            let shown = overview::overview(&app, Empty {}).unwrap();
            let due = shown
                .attention
                .into_iter()
                .filter(|item| item.code == "reminder_due")
                .map(|item| item.message);
            (due.collect::<Vec<_>>(), shown.badges.notebook)
        };
        let (messages, badge) = shown();
        assert_eq!(
            messages,
            [
                "Ask for the banner (due for 9 days)",
                "Look at the rates (due since yesterday)",
                "Look at the rates (due today)",
                "One more reminder is due.",
            ]
        );
        assert_eq!(badge, 4);
        save(
            &app,
            ReminderSave {
                id: Some(first),
                done: Some(true),
                ..ReminderSave::default()
            },
        )
        .unwrap();
        assert_eq!(shown().1, 3);
    }
}
