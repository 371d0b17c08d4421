//! Checks a page, saved or fetched, and keeps a dated copy of what was read.

use super::{
    evidence::{Kind, Taken, file_name, keep as keep_copy},
    finding, options,
};
use crate::{
    App, Failure,
    dto::{PageCheck, PageFindings},
    files,
};
use perennial_compliance::{
    Options, PageOptions, check_page,
    evidence::visible_text,
    link::{self, Address},
    page::{decode, decode_as},
};
use perennial_connectors::page::{FetchError, Fetched, fetch, is_address};
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// Checks a page. Works without a book.
///
/// # Errors
/// Where the page cannot be read or fetched, or the copy cannot be kept.
pub fn page(app: &App, input: PageCheck) -> Result<PageFindings, Failure> {
    let options = options(app, input.program.as_deref(), &input.markets)?;
    let place = input.place.trim();
    let (bytes, source, fetched) = if is_address(place) {
        let page = fetched(app, place, &options)?;
        let source = decode_as(&page.bytes, page.charset.as_deref());
        (page.bytes, source, Some((page.address, page.host)))
    } else {
        let bytes = files::read_bytes(Path::new(place))?;
        let source = decode(&bytes);
        (bytes, source, None)
    };
    let (address, base_host) = fetched.unzip();
    let found = check_page(
        &source,
        &options,
        &PageOptions {
            link_hosts: input.link_hosts,
            base_host,
        },
    );
    let mut answer = PageFindings {
        findings: found.into_iter().map(finding).collect(),
        address,
        checked_at: app.now().format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes)),
        kept: Vec::new(),
        copy: None,
    };
    if input.keep_in_book {
        let taken = Taken {
            kind: Kind::Page,
            place: if answer.address.is_some() {
                place.to_owned()
            } else {
                file_name(place)
            },
            address: answer.address.clone(),
            channel: None,
            program: input.program.as_deref(),
            campaign: input.campaign.as_deref(),
            markets: &options.markets,
            words: Some(visible_text(&source)),
            source: &source,
            content: bytes.clone(),
            findings: &answer.findings,
        };
        answer.copy = Some(keep_copy(app, taken)?.id);
    }
    if let Some(folder) = &input.keep {
        answer.kept = keep(Path::new(folder), place, &bytes, &source, &answer)?;
    }
    Ok(answer)
}

fn fetched(app: &App, place: &str, options: &Options) -> Result<Fetched, Failure> {
    if Address::parse(place).is_some_and(|address| link::pays(&address, &options.pack)) {
        return Err(Failure::resource(
            "page.paid_link",
            "This address is a paid link; opening it yourself can count as a click of your own.",
        )
        .hint("Give the address of your own page."));
    }
    fetch(place, &app.gateway.limits).map_err(|error| failure(place, &error))
}

fn failure(place: &str, error: &FetchError) -> Failure {
    let (code, hint) = match error {
        FetchError::Address(_) => (
            "page.bad_address",
            "Write the whole address, such as https://example.com/page.",
        ),
        FetchError::Unreachable(_) => (
            "page.unreachable",
            "Check the address and the connection to the internet.",
        ),
        FetchError::Insecure(_) => ("page.insecure", "Check the certificate of the site."),
        FetchError::TimedOut(_) | FetchError::BrokenOff => ("page.slow", "Try again later."),
        FetchError::Robots => (
            "page.robots",
            "Save the page in your browser and check the file, or allow Perennial in robots.txt.",
        ),
        FetchError::Status(_) => (
            "page.status",
            "Open the address in a browser to see what is there.",
        ),
        FetchError::Elsewhere(_) | FetchError::Endless => {
            ("page.redirected", "Check the address that it redirects to.")
        }
        FetchError::NotHtml(_) => (
            "page.not_html",
            "Give the address of a page, not of a picture or a document.",
        ),
        FetchError::TooLarge => (
            "page.too_large",
            "Save the page and check a shorter part of it.",
        ),
        FetchError::Unreadable(_) => (
            "page.unreadable",
            "Save the page in your browser and check the file.",
        ),
    };
    Failure::resource(code, format!("{place}: {error}.")).hint(hint)
}

/// Writes the page, its words and what was found beside each other, under one dated name.
fn keep(
    folder: &Path,
    place: &str,
    bytes: &[u8],
    source: &str,
    answer: &PageFindings,
) -> Result<Vec<String>, Failure> {
    std::fs::create_dir_all(folder).map_err(|error| {
        Failure::resource(
            "file.unwritable",
            format!("{} cannot be made: {error}.", folder.display()),
        )
        .hint("Choose another place, or check the permissions.")
    })?;
    let stamp = answer.checked_at.replace(['-', ':'], "");
    let name = format!("{stamp}-{}", short_name(place));
    let words = visible_text(source);
    let manifest = serde_json::json!({
        "place": place,
        "address": answer.address,
        "checked_at": answer.checked_at,
        "html": { "file": format!("{name}.html"), "bytes": bytes.len(), "sha256": answer.sha256 },
        "text": {
            "file": format!("{name}.txt"),
            "bytes": words.len(),
            "sha256": data_encoding::HEXLOWER.encode(&Sha256::digest(words.as_bytes())),
        },
        "findings": answer.findings,
        "program": concat!("perennial ", env!("CARGO_PKG_VERSION")),
    });
    let mut kept = Vec::new();
    for (ending, content) in [
        ("html", bytes.to_vec()),
        ("txt", words.into_bytes()),
        ("json", format!("{manifest:#}\n").into_bytes()),
    ] {
        let path = folder.join(format!("{name}.{ending}"));
        files::write(&path, content)?;
        kept.push(path.display().to_string());
    }
    Ok(kept)
}

/// A file name that tells the page: letters, digits and hyphens.
fn short_name(place: &str) -> String {
    let bare = place.split_once("://").map_or(place, |(_, rest)| rest);
    let bare = if is_address(place) {
        bare.split(['?', '#']).next().unwrap_or_default()
    } else {
        Path::new(place)
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default()
    };
    let mut name = String::new();
    for c in bare.chars().take(80) {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() {
        "page".to_owned()
    } else {
        name.to_owned()
    }
}
