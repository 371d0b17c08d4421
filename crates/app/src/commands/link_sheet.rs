//! Many links as QR codes on pages to print.

use super::{MAX_PAGE, link::list};
use crate::{
    App, Failure,
    dto::{ById, LinkList, QrSheet, Written},
    files::{
        self,
        pdf::{Code, Codes, Paper, Pdf},
        qr,
    },
};
use std::path::Path;

/// Codes on a sheet at most; more would be a book.
const MOST: usize = 1_000;

/// Writes links as QR codes with their names under them, as a PDF.
///
/// # Errors
/// Where a link is not known or too long for a code, or the file cannot be written.
pub fn qr_sheet(app: &App, input: QrSheet) -> Result<Written, Failure> {
    let paper = match input.paper.as_deref().unwrap_or("a4") {
        "a4" => Paper::A4,
        "letter" => Paper::Letter,
        other => {
            return Err(Failure::refused(
                "link.paper",
                format!("“{other}” is no paper that is known."),
            )
            .hint("Use a4 or letter."));
        }
    };
    let columns = usize::try_from(input.columns.unwrap_or(3)).unwrap_or(3);
    if !(2..=6).contains(&columns) {
        return Err(Failure::refused(
            "link.sheet_columns",
            "A sheet has 2 to 6 codes in a row.",
        ));
    }
    let links = if input.ids.is_empty() {
        let every = LinkList {
            limit: Some(MAX_PAGE),
            ..LinkList::default()
        };
        list(app, every)?.items
    } else {
        input
            .ids
            .iter()
            .map(|id| super::link::show(app, ById { id: id.clone() }))
            .collect::<Result<_, _>>()?
    };
    if links.is_empty() || links.len() > MOST {
        return Err(Failure::refused(
            "link.sheet_size",
            format!("A sheet has 1 to {MOST} codes; these are {}.", links.len()),
        )
        .hint("Choose the links that are to be printed."));
    }
    let mut codes = Codes::new(columns);
    for link in &links {
        let (side, dark) = qr::modules(&link.url)?;
        let name = if link.label.is_empty() {
            link.channel.clone()
        } else {
            format!("{} · {}", link.label, link.channel)
        };
        let below = match &link.campaign {
            Some(campaign) => format!("{campaign} · {}", link.code),
            None => link.code.clone(),
        };
        codes.push(Code {
            side,
            dark,
            lines: vec![name, below],
        });
    }
    let mut pdf = Pdf::new("Links");
    pdf.paper(paper)
        .made(app.now().naive_utc())
        .footer(format!("Made with Perennial on {}", app.today()?))
        .codes(codes);
    let bytes = pdf.finish().map_err(|error| {
        Failure::resource("link.sheet", format!("The sheet cannot be set: {error}."))
    })?;
    files::write(Path::new(&input.out), bytes)?;
    Ok(Written {
        files: vec![input.out],
    })
}
