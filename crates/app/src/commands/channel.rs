//! Channels.

use crate::{
    App, Failure,
    dto::{ChannelAdd, ChannelDto, ListInput, Page},
};
use perennial_domain::channel::{Channel, ChannelKind};
use perennial_store::{StoreError, table::channel};

/// The channels.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn list(app: &App, input: ListInput) -> Result<Page<ChannelDto>, Failure> {
    let search = input.search.to_lowercase();
    let rows = app.read(channel::list)?;
    let items = rows
        .into_iter()
        .filter(|row| {
            (input.archived || !row.archived) && row.name.to_lowercase().contains(&search)
        })
        .map(dto)
        .collect();
    Ok(super::whole(items, &input))
}

/// Adds a channel.
///
/// # Errors
/// Where the name is empty or in use, or the kind is not known.
pub fn add(app: &App, input: ChannelAdd) -> Result<ChannelDto, Failure> {
    let name = input.name.trim();
    if name.is_empty() {
        return Err(Failure::refused(
            "channel.no_name",
            "A channel needs a name.",
        ));
    }
    let kind = kind(&input.kind)?;
    let row = Channel {
        id: app.id(),
        name: name.to_owned(),
        kind,
        archived: false,
        revision: 1,
    };
    app.edit(format!("Added the channel {name}"), |write| {
        channel::insert(write, &row)
    })?;
    Ok(dto(row))
}

/// The kind of a word.
///
/// # Errors
/// `channel.unknown_kind` with the words there are.
pub fn kind(word: &str) -> Result<ChannelKind, Failure> {
    ChannelKind::parse(word.trim()).ok_or_else(|| {
        let words: Vec<&str> = ChannelKind::ALL.iter().map(|kind| kind.word()).collect();
        Failure::refused(
            "channel.unknown_kind",
            format!("“{word}” is not a kind of channel."),
        )
        .hint(format!("The kinds are {}.", words.join(", ")))
    })
}

/// Puts one channel of each kind into a new book.
///
/// # Errors
/// Where the book cannot be written.
pub fn seed(app: &App) -> Result<(), Failure> {
    let channels: Vec<Channel> = ChannelKind::ALL
        .iter()
        .map(|kind| Channel {
            id: app.id(),
            name: kind.label().to_owned(),
            kind: *kind,
            archived: false,
            revision: 1,
        })
        .collect();
    app.write(|write| {
        channels
            .iter()
            .try_for_each(|row| match channel::insert(write, row) {
                Ok(()) | Err(StoreError::Taken { .. }) => Ok(()),
                Err(error) => Err(error),
            })
    })
}

fn dto(row: Channel) -> ChannelDto {
    ChannelDto {
        id: row.id.to_string(),
        name: row.name,
        kind: row.kind.word().to_owned(),
        kind_label: row.kind.label().to_owned(),
        archived: row.archived,
    }
}
