//! The swipe library: one's own texts and images, with versions.

mod compare;
mod fill;

pub use compare::compare;
pub use fill::fill;

use crate::{
    App, Failure,
    dto::{
        ById, Empty, ListInput, Page, SwipeDetail, SwipeDto, SwipeImage, SwipeLink, SwipeList,
        SwipeRestore, SwipeSave, SwipeVersionDto,
    },
    files,
};
use chrono::{DateTime, SecondsFormat, Utc};
use data_encoding::{BASE64, HEXLOWER};
use perennial_domain::{
    ids::LinkId,
    notebook::tags,
    swipe::{Swipe, SwipeKind, SwipeVersion},
};
use perennial_store::table::{
    link,
    swipe::{self, Image, SwipeFilter, SwipeRow},
};
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// Letters of a swipe's words at most.
const MAX_BODY: usize = 100_000;
/// Letters of a title or subject at most.
const MAX_LINE: usize = 500;
/// Bytes of an image at most.
const MAX_IMAGE: usize = 8 * 1024 * 1024;

/// The swipes by title.
///
/// # Errors
/// Where the kind or the program is not known.
pub fn list(app: &App, input: SwipeList) -> Result<Page<SwipeDto>, Failure> {
    let filter = SwipeFilter {
        kind: input.kind.as_deref().map(kind).transpose()?,
        program: super::notebook::program(app, input.program.as_deref())?,
        search: input.search,
        tag: input.tag,
        archived: input.archived,
    };
    let rows = app.read(|read| swipe::list(read, &filter))?;
    let page = ListInput {
        limit: input.limit,
        after: input.after,
        ..ListInput::default()
    };
    Ok(super::whole(rows.into_iter().map(dto).collect(), &page))
}

/// A swipe with its versions and links.
///
/// # Errors
/// Where there is no such swipe.
pub fn show(app: &App, input: ById) -> Result<SwipeDetail, Failure> {
    detail(app, &input.id)
}

/// Adds or changes a swipe. Where its words differ, they become a new version and those before stay.
///
/// # Errors
/// Where the title is empty or in use, it says nothing, or an image cannot be read.
pub fn save(app: &App, input: SwipeSave) -> Result<SwipeDetail, Failure> {
    let before = input
        .id
        .as_deref()
        .map(|id| app.read(|read| swipe::get(read, id)))
        .transpose()?;
    let (mut row, kept) = match before {
        Some(found) => (found.swipe, Some(found.version)),
        None => (blank(app, input.kind.as_deref())?, None),
    };
    if let Some(title) = &input.title {
        title.trim().clone_into(&mut row.title);
    }
    if row.title.is_empty() {
        return Err(
            Failure::refused("swipe.no_title", "A swipe needs a title to find it by.")
                .hint("Such as “Launch mail 2”."),
        );
    }
    if input.program.is_some() {
        row.program = super::notebook::program(app, input.program.as_deref())?;
    }
    row.note = input.note.unwrap_or(row.note);
    row.archived = input.archived.unwrap_or(row.archived);
    if let Some(words) = &input.tags {
        row.tags = tags(words);
    }
    let taken = input.image.as_deref().map(read_image).transpose()?;
    let mut version = SwipeVersion {
        id: app.id(),
        number: kept.as_ref().map_or(1, |version| version.number + 1),
        saved_at: app.now(),
        ..kept.clone().unwrap_or_else(|| SwipeVersion {
            id: app.id(),
            number: 1,
            saved_at: app.now(),
            subject: String::new(),
            body: String::new(),
            image: None,
        })
    };
    version.subject = input
        .subject
        .map_or(version.subject, |text| text.trim().to_owned());
    version.body = input.body.unwrap_or(version.body);
    if let Some((sha256, _)) = &taken {
        version.image = Some(sha256.clone());
    }
    check(&row, &version)?;
    let links = input
        .links
        .as_deref()
        .map(|codes| links(app, codes))
        .transpose()?;
    let changed = kept
        .as_ref()
        .is_none_or(|kept| !kept.says_the_same(&version));
    let label = match (&kept, changed) {
        (None, _) => format!("Added the swipe “{}”", row.title),
        (_, true) => format!("Rewrote the swipe “{}”", row.title),
        _ => format!("Changed the swipe “{}”", row.title),
    };
    app.edit(label, |write| {
        swipe::save(write, &row)?;
        if let Some((sha256, image)) = &taken {
            swipe::keep_image(write, sha256, image)?;
        }
        if changed {
            swipe::add_version(write, row.id, &version)?;
        }
        match &links {
            Some(links) => swipe::set_links(write, row.id, links),
            None => Ok(()),
        }
    })?;
    detail(app, &row.id.to_string())
}

/// Goes back to an earlier version: it becomes the newest one, and those between stay.
///
/// # Errors
/// `swipe.no_version` where there is no such version, `swipe.same` where it says what is said now.
pub fn restore(app: &App, input: SwipeRestore) -> Result<SwipeDetail, Failure> {
    let row = app.read(|read| swipe::get(read, &input.id))?;
    let wanted = version(app, &row, Some(input.number))?;
    if wanted.says_the_same(&row.version) {
        return Err(Failure::refused(
            "swipe.same",
            format!("Version {} is what the swipe says now.", input.number),
        ));
    }
    let again = SwipeVersion {
        id: app.id(),
        number: row.version.number + 1,
        saved_at: app.now(),
        ..wanted
    };
    app.edit(
        format!(
            "Went back to version {} of “{}”",
            input.number, row.swipe.title
        ),
        |write| swipe::add_version(write, row.swipe.id, &again),
    )?;
    detail(app, &row.swipe.id.to_string())
}

/// Takes a swipe out, with its versions.
///
/// # Errors
/// Where there is no such swipe.
pub fn remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let row = app.read(|read| swipe::get(read, &input.id))?;
    app.edit(
        format!("Took out the swipe “{}”", row.swipe.title),
        |write| swipe::remove(write, row.swipe.id),
    )?;
    Ok(Empty {})
}

/// An image by its hash.
///
/// # Errors
/// Where there is no such image.
pub fn image(app: &App, input: ById) -> Result<SwipeImage, Failure> {
    let image = app.read(|read| swipe::image(read, &input.id))?;
    Ok(SwipeImage {
        media: image.media,
        content: BASE64.encode(&image.content),
    })
}

fn blank(app: &App, word: Option<&str>) -> Result<Swipe, Failure> {
    Ok(Swipe {
        id: app.id(),
        kind: kind(word.unwrap_or("text"))?,
        title: String::new(),
        program: None,
        note: String::new(),
        archived: false,
        created_at: app.now(),
        tags: Vec::new(),
        revision: 1,
    })
}

fn check(row: &Swipe, version: &SwipeVersion) -> Result<(), Failure> {
    let long = |text: &str, most: usize| text.chars().nth(most).is_some();
    if long(&row.title, MAX_LINE)
        || long(&version.subject, MAX_LINE)
        || long(&version.body, MAX_BODY)
    {
        return Err(Failure::refused(
            "swipe.too_long",
            format!("A swipe holds {MAX_BODY} letters, its title and subject {MAX_LINE} each."),
        ));
    }
    let nothing = match row.kind {
        SwipeKind::Image => version.image.is_none(),
        SwipeKind::Text | SwipeKind::Email => version.body.trim().is_empty(),
    };
    if nothing {
        return Err(match row.kind {
            SwipeKind::Image => Failure::refused("swipe.no_image", "Choose the image."),
            _ => Failure::refused("swipe.empty", "A swipe needs some words."),
        });
    }
    if row.kind != SwipeKind::Image && version.image.is_some() {
        return Err(Failure::refused(
            "swipe.not_an_image",
            format!("“{}” is a text, so it takes no image.", row.title),
        )
        .hint("Make a swipe of the kind image for it."));
    }
    Ok(())
}

/// An image file with the hash of its bytes. What it is, its first bytes say.
fn read_image(path: &str) -> Result<(String, Image), Failure> {
    let content = files::read_bytes(Path::new(path))?;
    if content.len() > MAX_IMAGE {
        return Err(
            Failure::refused("swipe.image_too_large", "The image is larger than 8 MB.")
                .hint("Save it smaller; the web shows none that large."),
        );
    }
    let media = match content.as_slice() {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => "image/gif",
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => "image/webp",
        _ => {
            return Err(Failure::refused(
                "swipe.unknown_image",
                "The file is no PNG, JPEG, GIF or WebP image.",
            ));
        }
    };
    let sha256 = HEXLOWER.encode(&Sha256::digest(&content));
    Ok((
        sha256,
        Image {
            media: media.to_owned(),
            content,
        },
    ))
}

fn links(app: &App, codes: &[String]) -> Result<Vec<LinkId>, Failure> {
    let codes = codes
        .iter()
        .map(|code| code.trim())
        .filter(|code| !code.is_empty());
    app.read(|read| {
        codes
            .map(|code| link::get(read, code).map(|row| row.link.id))
            .collect()
    })
}

/// A version by number; the newest where none is named.
fn version(app: &App, row: &SwipeRow, number: Option<u32>) -> Result<SwipeVersion, Failure> {
    let Some(number) = number.filter(|number| *number != row.version.number) else {
        return Ok(row.version.clone());
    };
    let versions = app.read(|read| swipe::versions(read, row.swipe.id))?;
    versions
        .into_iter()
        .find(|version| version.number == number)
        .ok_or_else(|| {
            Failure::refused(
                "swipe.no_version",
                format!("“{}” has no version {number}.", row.swipe.title),
            )
            .hint("See `perennial swipe versions`.")
        })
}

fn kind(word: &str) -> Result<SwipeKind, Failure> {
    SwipeKind::parse(word.trim()).ok_or_else(|| {
        let words: Vec<&str> = SwipeKind::ALL.iter().map(|kind| kind.word()).collect();
        Failure::refused("swipe.kind", format!("“{word}” is not a kind of swipe."))
            .hint(format!("Use one of: {}.", words.join(", ")))
    })
}

fn detail(app: &App, id: &str) -> Result<SwipeDetail, Failure> {
    let (row, versions, published) = app.read(|read| {
        let row = swipe::get(read, id)?;
        let versions = swipe::versions(read, row.swipe.id)?;
        let links = swipe::links_of(read, row.swipe.id)?;
        let published: Result<Vec<_>, _> = links
            .iter()
            .map(|link| link::get(read, &link.to_string()))
            .collect();
        Ok((row, versions, published?))
    })?;
    Ok(SwipeDetail {
        swipe: dto(row),
        versions: versions
            .into_iter()
            .map(|version| SwipeVersionDto {
                number: version.number,
                saved_at: instant(version.saved_at),
                subject: version.subject,
                body: version.body,
                image: version.image,
            })
            .collect(),
        published: published
            .into_iter()
            .map(|row| SwipeLink {
                code: row.link.code,
                label: row.link.label,
                channel: row.channel,
            })
            .collect(),
    })
}

/// An instant as it crosses the boundary.
fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn dto(row: SwipeRow) -> SwipeDto {
    SwipeDto {
        id: row.swipe.id.to_string(),
        kind: row.swipe.kind.word().to_owned(),
        title: row.swipe.title,
        program: row.program,
        note: row.swipe.note,
        archived: row.swipe.archived,
        tags: row.swipe.tags,
        subject: row.version.subject,
        body: row.version.body,
        image: row.version.image,
        version: row.version.number,
        saved_at: instant(row.version.saved_at),
        links: row.links,
    }
}
