//! Channels.

use crate::{
    Read, StoreError, Write,
    rows::{col, parse, word},
};
use perennial_domain::{
    channel::{Channel, ChannelKind},
    ids::ChannelId,
};
use rusqlite::{OptionalExtension as _, Row};

/// Adds a channel.
///
/// # Errors
/// [`StoreError::Taken`] where the name is in use.
pub fn insert(write: &Write<'_>, channel: &Channel) -> Result<(), StoreError> {
    if find(&write.read(), &channel.name)?.is_some() {
        return Err(StoreError::Taken {
            noun: "channel",
            name: channel.name.clone(),
        });
    }
    let mut statement = write
        .0
        .prepare_cached("INSERT INTO channel (id, name, kind, archived) VALUES (?1, ?2, ?3, ?4)")?;
    statement.execute((
        channel.id.to_string(),
        &channel.name,
        channel.kind.word(),
        channel.archived,
    ))?;
    Ok(())
}

/// The channel of a name (without case) or an id.
///
/// # Errors
/// Where the book cannot be read.
pub fn find(read: &Read<'_>, name_or_id: &str) -> Result<Option<Channel>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM channel WHERE name = ?1 OR id = ?1")?;
    statement
        .query_row([name_or_id.trim()], |row| Ok(channel(row)))
        .optional()?
        .transpose()
}

/// The channel of a name or an id.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, name_or_id: &str) -> Result<Channel, StoreError> {
    find(read, name_or_id)?.ok_or_else(|| StoreError::NoSuch {
        noun: "channel",
        name: name_or_id.to_owned(),
    })
}

/// Every channel, by name. There are few: no pages.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>) -> Result<Vec<Channel>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT * FROM channel ORDER BY name")?;
    let mut rows = statement.query([])?;
    let mut channels = Vec::new();
    while let Some(row) = rows.next()? {
        channels.push(channel(row)?);
    }
    Ok(channels)
}

fn channel(row: &Row<'_>) -> Result<Channel, StoreError> {
    Ok(Channel {
        id: parse::<ChannelId>(&col::<String>(row, "id")?)?,
        name: col(row, "name")?,
        kind: word(&col::<String>(row, "kind")?, ChannelKind::parse)?,
        archived: col(row, "archived")?,
        revision: col(row, "revision")?,
    })
}
