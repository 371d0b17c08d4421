//! What is planned and published for campaigns: the calendar and the board.

use super::compliance;
use crate::{
    App, Failure,
    dto::{
        ById, ChecklistInput, ContentChecklist, ContentItemDto, ContentItems, ContentLink,
        ContentList, ContentMove, ContentSave, Empty,
    },
    files::program::date,
};
use chrono::NaiveDate;
use perennial_domain::{
    content::{ContentItem, ContentKind, ContentState, StillToCome},
    link::check_address,
};
use perennial_store::{
    StoreError,
    table::{
        campaign as campaigns, channel,
        content::{self, ContentFilter, ContentRow},
        link, program, swipe,
    },
};
use std::collections::BTreeMap;

/// Items given back where nobody says.
const LIMIT: u32 = 500;
/// Items given back at most.
const MOST: u32 = 5_000;

/// What is planned and published, the latest first.
///
/// # Errors
/// Where the campaign or a word is not known, or a day cannot be read.
pub fn list(app: &App, input: ContentList) -> Result<ContentItems, Failure> {
    let limit = input.limit.unwrap_or(LIMIT).clamp(1, MOST);
    let day = |text: &Option<String>, key: &str| {
        given(text.as_deref())
            .map(|text| date(text, key))
            .transpose()
    };
    let mut filter = ContentFilter {
        campaign: None,
        state: given(input.state.as_deref()).map(state).transpose()?,
        from: day(&input.from, "from")?,
        to: day(&input.to, "to")?,
    };
    let mut rows = app.read(|read| {
        filter.campaign = given(input.campaign.as_deref())
            .map(|name| campaigns::get(read, name).map(|row| row.id))
            .transpose()?;
        content::list(read, &filter, limit + 1)
    })?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let mut owners = BTreeMap::new();
    for row in &rows {
        owners.insert(row.campaign.clone(), row.item.campaign);
    }
    let mut checklists = Vec::new();
    for (name, id) in owners {
        checklists.extend(checklists_of(app, &name, &id.to_string())?);
    }
    Ok(ContentItems {
        items: rows.into_iter().map(dto).collect(),
        more,
        checklists,
    })
}

/// Where the checklist of a campaign stands, for each program that its links lead to; of every program that is promoted
/// where it has no links yet.
fn checklists_of(app: &App, name: &str, id: &str) -> Result<Vec<ContentChecklist>, Failure> {
    let programs = app.read(|read| {
        let used = campaigns::programs(read, id)?;
        if !used.is_empty() {
            return Ok(used);
        }
        Ok(program::list(read)?
            .into_iter()
            .map(|row| row.slug)
            .collect())
    })?;
    let lists = programs.into_iter().map(|program| {
        let input = ChecklistInput {
            program,
            campaign: Some(name.to_owned()),
        };
        let list = compliance::checklist(app, input)?;
        Ok(ContentChecklist {
            campaign: name.to_owned(),
            program: list.program,
            done: list.done,
            total: u32::try_from(list.items.len()).unwrap_or(u32::MAX),
        })
    });
    lists.collect()
}

/// Adds or changes an item.
///
/// # Errors
/// Where something it names is not known, it has no title, or a day or an address does not fit.
pub fn save(app: &App, input: ContentSave) -> Result<ContentItemDto, Failure> {
    let today = app.today()?;
    let new = input.id.is_none();
    let mut item = if let Some(id) = &input.id {
        app.read(|read| content::get(read, id))?.item
    } else {
        let name = input.campaign.as_deref().unwrap_or_default();
        ContentItem {
            id: app.id(),
            campaign: app.read(|read| campaigns::get(read, name))?.id,
            channel: None,
            kind: ContentKind::Post,
            title: String::new(),
            state: ContentState::Idea,
            planned_on: None,
            published_on: None,
            url: None,
            links: Vec::new(),
            swipe: None,
            note: String::new(),
            revision: 1,
        }
    };
    refer(app, &mut item, &input)?;
    if let Some(word) = given(input.kind.as_deref()) {
        item.kind = kind(word)?;
    }
    if let Some(title) = &input.title {
        title.trim().clone_into(&mut item.title);
    }
    if item.title.is_empty() {
        return Err(Failure::refused(
            "content.no_title",
            "A content item needs a title.",
        ));
    }
    if let Some(text) = &input.planned_on {
        item.planned_on = given(Some(text))
            .map(|text| date(text, "planned_on"))
            .transpose()?;
    }
    if let Some(url) = &input.url {
        item.url = given(Some(url)).map(str::to_owned);
    }
    if let Some(url) = &item.url {
        check_address(url).map_err(|error| super::program::link_refused(&error))?;
    }
    if let Some(note) = &input.note {
        note.trim().clone_into(&mut item.note);
    }
    let word = given(input.state.as_deref()).map(state).transpose()?;
    item.move_to(word.unwrap_or(item.state), today);
    if let Some(text) = given(input.published_on.as_deref()) {
        let day = date(text, "published_on")?;
        if !item.state.is_out() {
            return Err(Failure::refused(
                "content.not_out",
                "Only what is published or done has a day of publication.",
            ));
        }
        item.move_on(day, today).map_err(still_to_come)?;
    }
    let label = if new {
        format!("Planned {}", item.title)
    } else {
        format!("Changed {}", item.title)
    };
    app.edit(label, |write| content::save(write, &item))?;
    show(app, &item)
}

/// Puts an item into another state, on another day, or both.
///
/// # Errors
/// Where the item or the state is not known, or what is out would stand on a day still to come.
pub fn move_to(app: &App, input: ContentMove) -> Result<ContentItemDto, Failure> {
    let today = app.today()?;
    let mut item = app.read(|read| content::get(read, &input.id))?.item;
    let mut label = format!("Moved {}", item.title);
    if let Some(word) = given(input.state.as_deref()) {
        item.move_to(state(word)?, today);
        label = format!("{label} to {}", item.state.word());
    }
    if let Some(text) = given(input.on.as_deref()) {
        let day = date(text, "on")?;
        item.move_on(day, today).map_err(still_to_come)?;
        label = format!("{label} to {day}");
    }
    if let Some(url) = given(input.url.as_deref()) {
        check_address(url).map_err(|error| super::program::link_refused(&error))?;
        item.url = Some(url.to_owned());
    }
    app.edit(label, |write| content::save(write, &item))?;
    show(app, &item)
}

/// Takes an item out.
///
/// # Errors
/// Where there is no such item.
pub fn remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let item = app.read(|read| content::get(read, &input.id))?.item;
    app.edit(format!("Took {} out", item.title), |write| {
        content::remove(write, item.id)
    })?;
    Ok(Empty {})
}

/// Everything that an item names elsewhere in the book.
fn refer(app: &App, item: &mut ContentItem, input: &ContentSave) -> Result<(), Failure> {
    app.read(|read| {
        if let Some(name) = given(input.campaign.as_deref()) {
            item.campaign = campaigns::get(read, name)?.id;
        }
        if let Some(name) = &input.channel {
            item.channel = given(Some(name))
                .map(|name| channel::get(read, name).map(|row| row.id))
                .transpose()?;
        }
        if let Some(codes) = &input.links {
            let found: Result<Vec<_>, StoreError> = codes
                .iter()
                .map(|code| Ok(link::get(read, code)?.link.id))
                .collect();
            item.links = found?;
        }
        if let Some(text) = &input.swipe {
            item.swipe = given(Some(text))
                .map(|text| swipe::get(read, text).map(|row| row.swipe.id))
                .transpose()?;
        }
        Ok(())
    })
}

fn show(app: &App, item: &ContentItem) -> Result<ContentItemDto, Failure> {
    let id = item.id.to_string();
    Ok(dto(app.read(|read| content::get(read, &id))?))
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn state(word: &str) -> Result<ContentState, Failure> {
    ContentState::parse(word).ok_or_else(|| {
        let words: Vec<&str> = ContentState::ALL.iter().map(|known| known.word()).collect();
        Failure::refused("content.state", format!("“{word}” is not a state."))
            .hint(format!("Use one of: {}.", words.join(", ")))
    })
}

fn kind(word: &str) -> Result<ContentKind, Failure> {
    ContentKind::parse(word).ok_or_else(|| {
        let words: Vec<&str> = ContentKind::ALL.iter().map(|known| known.word()).collect();
        Failure::refused(
            "content.kind",
            format!("“{word}” is not a kind of content."),
        )
        .hint(format!("Use one of: {}.", words.join(", ")))
    })
}

fn still_to_come(StillToCome(day): StillToCome) -> Failure {
    Failure::refused(
        "content.still_to_come",
        format!("{day} is still to come, so nothing was published on it."),
    )
    .hint("Take it back to ready to plan it for that day.")
}

fn dto(row: ContentRow) -> ContentItemDto {
    let (channel, channel_kind) = row.channel.unzip();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let item = row.item;
    ContentItemDto {
        id: item.id.to_string(),
        campaign: row.campaign,
        channel,
        channel_kind,
        kind: item.kind.word().to_owned(),
        title: item.title,
        state: item.state.word().to_owned(),
        planned_on: day(item.planned_on),
        published_on: day(item.published_on),
        url: item.url,
        links: item
            .links
            .iter()
            .zip(row.links)
            .map(|(id, (code, label))| ContentLink {
                id: id.to_string(),
                code,
                label,
            })
            .collect(),
        swipe: item.swipe.map(|id| id.to_string()),
        swipe_title: row.swipe,
        note: item.note,
        revision: item.revision,
    }
}
