//! Which column is what. A tool has a list here only where its header is publicly known; everything else is the user's to
//! say, with the columns that are found.

use crate::{
    Failure,
    dto::{LinkColumns, LinkImport},
};

/// A tool whose file is known.
#[derive(Debug)]
pub(super) struct Tool {
    /// Its name on the command line.
    pub name: &'static str,
    /// Columns that its file has in any case; by them it is known.
    signs: &'static [&'static str],
    address: &'static str,
    label: Option<&'static str>,
    short: Option<&'static str>,
    tags: Option<&'static str>,
}

/// The tools, those with the most signs first.
const TOOLS: &[Tool] = &[
    // The header of the export in Pretty Links Pro: id, url, slug, name, group_id, redirect_type, track_me, nofollow,
    // param_forwarding, google_tracking, delay, created_at, last_updated_at and, where used, keywords.
    Tool {
        name: "pretty-links",
        signs: &["url", "slug", "name", "redirect_type", "track_me"],
        address: "url",
        label: Some("name"),
        short: Some("slug"),
        tags: None,
    },
    // The columns of the file that ThirstyAffiliates documents for its import and offers as a sample.
    Tool {
        name: "thirsty-affiliates",
        signs: &["Link Name", "Destination URL", "Slug"],
        address: "Destination URL",
        label: Some("Link Name"),
        short: Some("Slug"),
        tags: Some("Categories"),
    },
    // The three columns that guides for leaving Bitly name.
    Tool {
        name: "bitly",
        signs: &["Link", "Custom Link", "Destination URL"],
        address: "Destination URL",
        label: None,
        short: Some("Link"),
        tags: None,
    },
];

impl Tool {
    /// Its columns as a mapping.
    pub(super) fn columns(&self) -> LinkColumns {
        let name = |column: Option<&str>| column.map(str::to_owned);
        LinkColumns {
            address: self.address.to_owned(),
            label: name(self.label),
            short: name(self.short),
            tags: name(self.tags),
            ..LinkColumns::default()
        }
    }
}

/// Where the columns stand.
#[derive(Debug)]
pub(super) struct Columns {
    /// The address, and the column's name.
    pub address: (usize, String),
    /// Label.
    pub label: Option<usize>,
    /// Short name.
    pub short: Option<usize>,
    /// Tags.
    pub tags: Option<usize>,
    /// Folder.
    pub folder: Option<usize>,
    /// Note.
    pub note: Option<usize>,
    /// Channel.
    pub channel: Option<usize>,
}

/// The place of a column. A name may go on in brackets, as in “Categories (separated by semicolons)”.
fn at(header: &[String], name: &str) -> Option<usize> {
    let plain = |text: &str| {
        text.split('(')
            .next()
            .unwrap_or_default()
            .trim()
            .to_lowercase()
    };
    header.iter().position(|cell| plain(cell) == plain(name))
}

/// The tool whose file this is, where its header tells.
pub(super) fn tool_of(header: &[String]) -> Option<&'static Tool> {
    TOOLS
        .iter()
        .find(|tool| tool.signs.iter().all(|sign| at(header, sign).is_some()))
}

/// A first guess at a mapping, by common names of columns; the user looks at it.
pub(super) fn guess(header: &[String]) -> LinkColumns {
    let first = |names: &[&str]| -> Option<String> {
        names
            .iter()
            .find_map(|name| header.get(at(header, name)?).cloned())
    };
    LinkColumns {
        address: first(&[
            "destination url",
            "destination",
            "long url",
            "long_url",
            "target url",
            "url",
            "address",
            "link",
        ])
        .unwrap_or_default(),
        label: first(&["label", "title", "name", "link name", "description"]),
        short: first(&[
            "short link",
            "short url",
            "short_url",
            "shortlink",
            "slug",
            "key",
            "back-half",
            "alias",
        ]),
        tags: first(&["tags", "tag", "categories", "category", "groups"]),
        folder: first(&["folder"]),
        note: first(&["note", "notes", "comments", "comment"]),
        channel: first(&["channel"]),
    }
}

/// The columns to read by: a named tool's, the user's own, or what the header tells.
pub(super) fn choose(input: &LinkImport, header: &[String]) -> Result<(String, Columns), Failure> {
    let source = input.source.as_deref().map(str::trim).unwrap_or_default();
    let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
    match (source, &input.columns) {
        ("" | "columns", Some(columns)) => Ok(("columns".to_owned(), places(columns, header)?)),
        ("", None) => match tool_of(header) {
            Some(tool) => Ok((tool.name.to_owned(), places(&tool.columns(), header)?)),
            None => Err(Failure::refused(
                "link.unknown_file",
                "The header tells of no tool that is known.",
            )
            .hint(format!("The columns are: {}.", header.join(", ")))
            .hint("Say which column is what (--column address=NAME, label=NAME …).")),
        },
        ("columns", None) => Err(Failure::refused(
            "link.missing_column",
            "Say which column holds the address.",
        )
        .hint(format!("The columns are: {}.", header.join(", ")))),
        (name, _) => match TOOLS.iter().find(|tool| tool.name == name) {
            Some(tool) => Ok((name.to_owned(), places(&tool.columns(), header)?)),
            None => Err(Failure::refused(
                "link.unknown_tool",
                format!("“{name}” is no tool that is known."),
            )
            .hint(format!(
                "Known are: {}, and columns of any file.",
                names.join(", ")
            ))),
        },
    }
}

fn places(columns: &LinkColumns, header: &[String]) -> Result<Columns, Failure> {
    let place = |name: &str| {
        at(header, name).ok_or_else(|| {
            Failure::refused(
                "link.missing_column",
                format!("The column “{name}” is missing."),
            )
            .hint(format!("The columns are: {}.", header.join(", ")))
        })
    };
    let maybe = |name: &Option<String>| -> Result<Option<usize>, Failure> {
        let name = name.as_deref().filter(|text| !text.trim().is_empty());
        name.map(place).transpose()
    };
    if columns.address.trim().is_empty() {
        return Err(
            Failure::refused("link.missing_column", "Say which column holds the address.")
                .hint(format!("The columns are: {}.", header.join(", "))),
        );
    }
    let tool = TOOLS.iter().any(|tool| tool.columns() == *columns);
    // Of a known tool's file only the address and the signs are there in any case.
    let loose = |name: &Option<String>| {
        if tool {
            Ok(name.as_deref().and_then(|name| at(header, name)))
        } else {
            maybe(name)
        }
    };
    Ok(Columns {
        address: (place(&columns.address)?, columns.address.clone()),
        label: loose(&columns.label)?,
        short: loose(&columns.short)?,
        tags: loose(&columns.tags)?,
        folder: loose(&columns.folder)?,
        note: loose(&columns.note)?,
        channel: loose(&columns.channel)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn known_headers_are_told_apart() {
        let tool = |text: &str| tool_of(&header(text)).map(|tool| tool.name);
        assert_eq!(
            tool(
                "id,url,slug,name,group_id,redirect_type,track_me,nofollow,param_forwarding,google_tracking,delay,created_at,last_updated_at"
            ),
            Some("pretty-links")
        );
        assert_eq!(
            tool("Link Name,Destination URL,Slug,Categories (separated by semicolons)"),
            Some("thirsty-affiliates")
        );
        assert_eq!(tool("Link,Custom Link,Destination URL"), Some("bitly"));
        assert_eq!(tool("short,long"), None);
    }

    #[test]
    fn other_files_are_guessed_at_by_their_own_columns() {
        let guessed = guess(&header(
            "Short link,Destination URL,Title,Tags,Comments,Clicks",
        ));
        assert_eq!(guessed.address, "Destination URL");
        assert_eq!(guessed.short.as_deref(), Some("Short link"));
        assert_eq!(guessed.label.as_deref(), Some("Title"));
        assert_eq!(guessed.tags.as_deref(), Some("Tags"));
        assert_eq!(guessed.note.as_deref(), Some("Comments"));
        assert_eq!(guess(&header("a,b")).address, "");
    }
}
