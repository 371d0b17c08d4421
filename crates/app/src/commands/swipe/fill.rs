//! A swipe with its variables filled, ready to paste, and what the text check says of it.

use crate::{
    App, Failure,
    commands::{channel, compliance},
    dto::{SwipeFill, SwipeFilled, TextCheck},
};
use perennial_compliance::{
    lang::{self, Language},
    library::{Length, wording},
};
use perennial_domain::{
    channel::ChannelKind,
    link_health::HealthState,
    swipe::{self as rules, SwipeKind},
};
use perennial_store::table::{self, link::LinkRow, program, swipe::SwipeRow};

/// Fills a swipe for a link, a channel and a language, and checks what comes of it. Keeps nothing.
///
/// # Errors
/// Where the swipe, its version, the link, the channel, the language or the length is not known, or a variable has a
/// name that cannot be one.
pub fn fill(app: &App, input: SwipeFill) -> Result<SwipeFilled, Failure> {
    let row = app.read(|read| table::swipe::get(read, &input.id))?;
    let version = super::version(app, &row, input.number)?;
    let link = input
        .link
        .as_deref()
        .filter(|code| !code.trim().is_empty())
        .map(|code| app.read(|read| table::link::get(read, code)))
        .transpose()?;
    let (kind, channel_name) = place(app, &row, link.as_ref(), input.channel.as_deref())?;
    let language = match input.language.as_deref().filter(|code| !code.is_empty()) {
        Some(code) => Language::parse(code).ok_or_else(|| unknown_language(code))?,
        None => lang::detect(&version.body.to_lowercase(), &(0..0)).unwrap_or(Language::English),
    };
    let length = length(input.length.as_deref())?;

    let mut values = std::collections::BTreeMap::new();
    for (name, value) in input.values {
        if !rules::is_name(&name) {
            return Err(Failure::refused(
                "swipe.bad_variable",
                format!("“{name}” cannot name a variable."),
            )
            .hint("Use letters, digits and underscores, such as bonus or first_name."));
        }
        values.insert(name.to_ascii_lowercase(), value);
    }
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            values.entry(name.to_owned()).or_insert(value);
        }
    };
    put(
        "disclosure",
        Some(wording(kind, language, length).to_owned()),
    );
    put("name", input.name);
    put("channel", channel_name);
    let program_slug = link
        .as_ref()
        .map(|link| link.program.clone())
        .or_else(|| row.program.clone());
    let program = program_slug
        .as_deref()
        .map(|slug| app.read(|read| program::get(read, slug)))
        .transpose()?;
    put("program", program.map(|program| program.name));
    if let Some(link) = &link {
        put("link", Some(link.link.url.clone()));
        put("campaign", link.campaign.clone());
    }

    let subject = rules::fill(&version.subject, &values);
    let words = rules::fill(&version.body, &values);
    let mut missing = (subject.unfilled, subject.unknown);
    for (all, more) in [
        (&mut missing.0, words.unfilled),
        (&mut missing.1, words.unknown),
    ] {
        for name in more {
            if !all.contains(&name) {
                all.push(name);
            }
        }
    }
    let text = words.text;
    let whole = match row.swipe.kind {
        SwipeKind::Email => format!("Subject: {}\n\n{text}", subject.text),
        SwipeKind::Text | SwipeKind::Image => text.clone(),
    };
    let found = compliance::text(
        app,
        TextCheck {
            text: whole,
            channel: kind.word().to_owned(),
            program: program_slug,
            markets: Vec::new(),
        },
    )?;
    Ok(SwipeFilled {
        subject: subject.text,
        text,
        unfilled: missing.0,
        unknown: missing.1,
        warnings: link
            .as_ref()
            .map(|link| warnings(app, link))
            .transpose()?
            .unwrap_or_default(),
        findings: found.findings,
        channel: kind.word().to_owned(),
        language: language.code().to_owned(),
    })
}

/// What to know of the link before it goes out.
fn warnings(app: &App, link: &LinkRow) -> Result<Vec<String>, Failure> {
    let today = app.today()?;
    let name = &link.link.code;
    let mut warnings = Vec::new();
    if link.link.archived {
        warnings.push(format!("The link {name} is archived."));
    }
    if link.shelf.expires_on.is_some_and(|day| day < today) {
        warnings.push(format!("The link {name} is past its last day."));
    }
    if link.health.state == HealthState::Broken {
        warnings.push(format!("The link {name} is broken."));
    }
    Ok(warnings)
}

/// The kind of channel that a swipe is for, and the channel's name where it is one of the user's.
fn place(
    app: &App,
    row: &SwipeRow,
    link: Option<&LinkRow>,
    asked: Option<&str>,
) -> Result<(ChannelKind, Option<String>), Failure> {
    if let Some(asked) = asked.map(str::trim).filter(|asked| !asked.is_empty()) {
        return match app.read(|read| table::channel::find(read, asked))? {
            Some(found) => Ok((found.kind, Some(found.name))),
            None => Ok((channel::kind(asked)?, None)),
        };
    }
    if let Some(link) = link {
        return Ok((
            channel::kind(&link.channel_kind)?,
            Some(link.channel.clone()),
        ));
    }
    Ok(match row.swipe.kind {
        SwipeKind::Email => (ChannelKind::Email, None),
        SwipeKind::Text | SwipeKind::Image => (ChannelKind::Blog, None),
    })
}

fn length(word: Option<&str>) -> Result<Length, Failure> {
    let Some(word) = word.filter(|word| !word.is_empty()) else {
        return Ok(Length::Short);
    };
    let found = Length::ALL.iter().find(|length| length.word() == word);
    found.copied().ok_or_else(|| {
        let words: Vec<&str> = Length::ALL.iter().map(|length| length.word()).collect();
        Failure::refused(
            "swipe.length",
            format!("“{word}” is not a length of a disclosure."),
        )
        .hint(format!("Use one of: {}.", words.join(", ")))
    })
}

fn unknown_language(code: &str) -> Failure {
    let codes: Vec<&str> = Language::ALL
        .iter()
        .map(|language| language.code())
        .collect();
    Failure::refused(
        "swipe.language",
        format!("There are no disclosures in “{code}”."),
    )
    .hint(format!("Use one of: {}.", codes.join(", ")))
}
