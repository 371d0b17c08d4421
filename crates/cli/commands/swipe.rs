//! `perennial swipe`.

use crate::{
    args::{Format, List},
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Code, Failure,
    commands::swipe,
    dto::{
        ById, SwipeCompare, SwipeDetail, SwipeDto, SwipeFill, SwipeList, SwipeRestore, SwipeSave,
    },
};
use std::{collections::BTreeMap, path::PathBuf};

/// Your own texts and images, to use again.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a swipe; `-` as the text reads it from standard input
    Add {
        /// A name to find it by
        title: String,
        /// The words, with variables such as {link}, {disclosure} and {name}
        #[arg(long, value_name = "TEXT", required_unless_present = "image")]
        text: Option<String>,
        /// Makes it an email with this subject
        #[arg(long, value_name = "TEXT", conflicts_with = "image")]
        subject: Option<String>,
        /// Makes it an image: PNG, JPEG, GIF or WebP; the text is its alternative text
        #[arg(long, value_name = "FILE")]
        image: Option<PathBuf>,
        #[command(flatten)]
        more: More,
    },
    /// Change a swipe; other words become a new version
    Edit {
        /// The swipe
        swipe: String,
        /// Another name
        #[arg(long)]
        title: Option<String>,
        /// Other words
        #[arg(long, value_name = "TEXT")]
        text: Option<String>,
        /// Another subject
        #[arg(long, value_name = "TEXT")]
        subject: Option<String>,
        /// Another image
        #[arg(long, value_name = "FILE")]
        image: Option<PathBuf>,
        /// Put it away
        #[arg(long, conflicts_with = "use_again")]
        archive: bool,
        /// Take it back into use
        #[arg(long)]
        use_again: bool,
        #[command(flatten)]
        more: More,
    },
    /// The swipes, by title
    List {
        #[command(flatten)]
        list: List,
        /// Words to find
        #[arg(long, default_value = "")]
        search: String,
        /// text, email or image
        #[arg(long)]
        kind: Option<String>,
        /// With this tag
        #[arg(long)]
        tag: Option<String>,
        /// For this program, or for any
        #[arg(long)]
        program: Option<String>,
        /// Archived ones too
        #[arg(long)]
        archived: bool,
    },
    /// A swipe as it is written
    Show {
        /// The swipe
        swipe: String,
    },
    /// A swipe with its variables filled, ready to paste
    Fill {
        /// The swipe
        swipe: String,
        /// The link, by code
        #[arg(long, value_name = "CODE")]
        link: Option<String>,
        /// A channel of yours or a kind of channel; that of the link else
        #[arg(long)]
        channel: Option<String>,
        /// Language of the disclosure: en, de, es, fr or pt; that of the text else
        #[arg(long)]
        language: Option<String>,
        /// label, short or long disclosure
        #[arg(long)]
        length: Option<String>,
        /// What stands for {name}
        #[arg(long)]
        name: Option<String>,
        /// What stands for another variable; may be given several times
        #[arg(long = "set", value_name = "NAME=VALUE")]
        values: Vec<String>,
        /// An earlier version
        #[arg(long, value_name = "N")]
        number: Option<u32>,
    },
    /// What it said before
    Versions {
        /// The swipe
        swipe: String,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Go back to an earlier version
    Restore {
        /// The swipe
        swipe: String,
        /// Its number
        number: u32,
    },
    /// Take a swipe out
    Remove {
        /// The swipe
        swipe: String,
    },
    /// Two swipes, or two links, by referrals a click
    Compare {
        /// A swipe, or the code of a link
        a: String,
        /// The other one
        b: String,
        /// Clicks of the first, where the book knows none
        #[arg(long, value_name = "N")]
        clicks_a: Option<u64>,
        /// Clicks of the other
        #[arg(long, value_name = "N")]
        clicks_b: Option<u64>,
    },
}

/// What may be said with a new swipe and with a change.
#[derive(Debug, clap::Args)]
pub struct More {
    /// Tags, separated by commas
    #[arg(long, value_name = "TAGS")]
    tags: Option<String>,
    /// The program that it is for
    #[arg(long)]
    program: Option<String>,
    /// A note for yourself
    #[arg(long)]
    note: Option<String>,
    /// A link that it is published with, by code; may be given several times
    #[arg(long = "link", value_name = "CODE")]
    links: Option<Vec<String>>,
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let detail = match command {
        Command::Add {
            title,
            text,
            subject,
            image,
            more,
        } => {
            let kind = match (&subject, &image) {
                (Some(_), _) => "email",
                (_, Some(_)) => "image",
                _ => "text",
            };
            let input = SwipeSave {
                kind: Some(kind.to_owned()),
                title: Some(title),
                subject,
                body: text.map(words).transpose()?,
                image: image.map(|path| path.to_string_lossy().into_owned()),
                ..more.save()
            };
            swipe::save(app, input)?
        }
        Command::Edit {
            swipe: id,
            title,
            text,
            subject,
            image,
            archive,
            use_again,
            more,
        } => {
            let input = SwipeSave {
                id: Some(id),
                title,
                subject,
                body: text.map(words).transpose()?,
                image: image.map(|path| path.to_string_lossy().into_owned()),
                archived: (archive || use_again).then_some(archive),
                ..more.save()
            };
            swipe::save(app, input)?
        }
        Command::List {
            list,
            search,
            kind,
            tag,
            program,
            archived,
        } => {
            let input = SwipeList {
                search,
                kind,
                program,
                tag,
                archived,
                limit: list.limit,
                after: list.after.clone(),
            };
            output::page(context, list.format, &swipe::list(app, input)?, table)?;
            return Ok(Outcome::Done);
        }
        Command::Show { swipe: id } => swipe::show(app, ById { id })?,
        Command::Fill {
            swipe: id,
            link,
            channel,
            language,
            length,
            name,
            values,
            number,
        } => {
            let input = SwipeFill {
                id,
                number,
                link,
                channel,
                language,
                length,
                name,
                values: pairs(&values)?,
            };
            return fill(context, input);
        }
        Command::Versions { swipe: id, format } => {
            let detail = swipe::show(app, ById { id })?;
            output::page_of(context, format, &detail.versions, || versions(&detail))?;
            return Ok(Outcome::Done);
        }
        Command::Restore { swipe: id, number } => swipe::restore(app, SwipeRestore { id, number })?,
        Command::Remove { swipe: id } => {
            let gone = swipe::remove(app, ById { id: id.clone() })?;
            output::answer(context, &gone, || format!("Took out “{id}”."))?;
            return Ok(Outcome::Done);
        }
        Command::Compare {
            a,
            b,
            clicks_a,
            clicks_b,
        } => {
            let input = SwipeCompare {
                a,
                b,
                clicks_a,
                clicks_b,
            };
            let found = swipe::compare(app, input)?;
            output::answer(context, &found, || {
                let mut table =
                    Table::new(&["Swipe", "Links", ">Clicks", ">Referrals", ">Per click"]);
                for side in [&found.a, &found.b] {
                    table.row([
                        side.name.clone(),
                        side.links.join(", "),
                        side.clicks
                            .map_or_else(|| "–".to_owned(), |clicks| clicks.to_string()),
                        side.referrals.to_string(),
                        side.percent
                            .as_deref()
                            .map_or_else(|| "–".to_owned(), |share| format!("{share} %")),
                    ]);
                }
                format!("{}\n{}", table.text(), found.sentence)
            })?;
            return Ok(Outcome::Done);
        }
    };
    output::answer(context, &detail, || text(&detail))?;
    Ok(Outcome::Done)
}

impl More {
    fn save(self) -> SwipeSave {
        SwipeSave {
            tags: self.tags.map(|tags| vec![tags]),
            program: self.program,
            note: self.note,
            links: self.links,
            ..SwipeSave::default()
        }
    }
}

/// The filled text alone on standard output, so that it can be piped; what to know of it on standard error.
fn fill(context: &Context, input: SwipeFill) -> Result<Outcome, Failure> {
    let filled = swipe::fill(context.open()?, input)?;
    output::answer(context, &filled, || {
        if filled.subject.is_empty() {
            filled.text.clone()
        } else {
            format!("Subject: {}\n\n{}", filled.subject, filled.text)
        }
    })?;
    if context.json {
        return Ok(Outcome::Done);
    }
    for name in &filled.unfilled {
        output::note(&format!("{{{name}}} has no value and stands as it was."));
    }
    for name in &filled.unknown {
        output::note(&format!(
            "{{{name}}} means nothing here and stands as it was; give a value with --set {name}=VALUE."
        ));
    }
    for warning in &filled.warnings {
        output::note(warning);
    }
    if !filled.findings.is_empty() {
        output::note(&format!(
            "The text check has {}:",
            count(filled.findings.len())
        ));
        for finding in &filled.findings {
            output::note(&format!("  {}: {}", finding.severity, finding.message));
        }
    }
    Ok(Outcome::Done)
}

fn count(findings: usize) -> String {
    match findings {
        1 => "one finding".to_owned(),
        many => format!("{many} findings"),
    }
}

/// The words of an argument; `-` stands for standard input.
fn words(text: String) -> Result<String, Failure> {
    if text != "-" {
        return Ok(text);
    }
    std::io::read_to_string(std::io::stdin().lock()).map_err(|error| {
        Failure::refused(
            "file.not_text",
            format!("Standard input cannot be read as text: {error}."),
        )
    })
}

fn pairs(values: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    values
        .iter()
        .map(|pair| {
            pair.split_once('=')
                .map(|(name, value)| (name.trim().to_owned(), value.to_owned()))
                .ok_or_else(|| {
                    Failure::new(Code::Usage, "usage", format!("“{pair}” is not NAME=VALUE."))
                })
        })
        .collect()
}

fn table(rows: &[SwipeDto]) -> Table {
    let mut table = Table::new(&["Title", "Kind", "Tags", "Program", ">Version", ">Links"]);
    for row in rows {
        table.row([
            row.title.clone(),
            row.kind.clone(),
            row.tags.join(", "),
            output::maybe(row.program.as_deref()),
            row.version.to_string(),
            row.links.to_string(),
        ]);
    }
    table
}

fn versions(detail: &SwipeDetail) -> Table {
    let mut table = Table::new(&[">Version", "Saved", "Words"]);
    for version in &detail.versions {
        let line: String = [version.subject.as_str(), version.body.as_str()]
            .iter()
            .flat_map(|text| text.lines())
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default()
            .chars()
            .take(60)
            .collect();
        table.row([version.number.to_string(), version.saved_at.clone(), line]);
    }
    table
}

fn text(detail: &SwipeDetail) -> String {
    let swipe = &detail.swipe;
    let mut text = table(std::slice::from_ref(swipe)).text();
    if !detail.published.is_empty() {
        let links: Vec<&str> = detail
            .published
            .iter()
            .map(|link| link.code.as_str())
            .collect();
        text.push_str(&format!("Published with: {}\n", links.join(", ")));
    }
    text.push('\n');
    if !swipe.subject.is_empty() {
        text.push_str(&format!("Subject: {}\n\n", swipe.subject));
    }
    text + &swipe.body
}
