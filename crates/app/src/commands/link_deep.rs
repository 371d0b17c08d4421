//! What other programs and the system hand over: `perennial://link/new?url=…`. Anybody can write such an address, so
//! nothing of it is taken without a look, and nothing is made by it: it only fills in a form.

use crate::{
    App, Failure,
    dto::{Empty, LinkAddress, LinkAsked, LinkHanded},
};
use perennial_domain::link::{check_address, covers};
use perennial_store::table::{campaign, channel, program};
use std::collections::HashMap;

/// Characters of such an address at most.
const LONGEST: usize = 4_096;
/// Characters of a label that is filled in.
const LABEL: usize = 120;

/// The address that asks for a new link to a page, where a text is one: what the clipboard holds is most often none.
#[must_use]
pub fn address_for(text: &str) -> Option<String> {
    let text = text.trim();
    // Reading an address leaves line breaks out, and would make one address of several lines.
    if text.len() > LONGEST || text.contains(char::is_whitespace) {
        return None;
    }
    let page = check_address(text).ok()?;
    let mut asked = check_address("https://perennial.invalid/").ok()?;
    asked.query_pairs_mut().append_pair("url", page.as_str());
    let address = format!("perennial://link/new?{}", asked.query()?);
    (address.chars().count() <= LONGEST).then_some(address)
}

/// Takes the address that another program handed over, where one waits.
///
/// # Errors
/// None.
pub fn handed(app: &App, _: Empty) -> Result<LinkHanded, Failure> {
    Ok(LinkHanded {
        address: app.take_handed(),
    })
}

/// Reads such an address.
///
/// # Errors
/// `link.deep` where it is no such address or its page is none a link can lead to.
pub fn asked(app: &App, input: LinkAddress) -> Result<LinkAsked, Failure> {
    let refused = |why: &str| {
        Failure::refused("link.deep", format!("The address was not taken: {why}."))
            .hint("It looks like perennial://link/new?url=https%3A%2F%2Fexample.com%2Fpage.")
    };
    let text = input.address.trim();
    if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
        return Err(refused(
            "it is too long or holds characters that no address has",
        ));
    }
    let (scheme, rest) = text
        .split_once("://")
        .ok_or_else(|| refused("it is no address"))?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    if !scheme.eq_ignore_ascii_case("perennial") || place.trim_end_matches('/') != "link/new" {
        return Err(refused("it asks for something that is not known"));
    }
    let query = query.split('#').next().unwrap_or_default();
    let mut given: HashMap<String, String> = HashMap::new();
    for (name, value) in url_pairs(query) {
        if given.insert(name, value).is_some() {
            return Err(refused("it says one thing twice"));
        }
    }
    let page = given
        .get("url")
        .ok_or_else(|| refused("it names no page"))?;
    let url = check_address(page).map_err(|error| refused(&error.to_string()))?;
    let host = url.host_str().unwrap_or_default().to_owned();
    // Without a book the form is filled in as far as it goes.
    if !app.has_book() {
        return Ok(LinkAsked {
            url: url.into(),
            program: None,
            channel: None,
            campaign: None,
            label: label(&given),
        });
    }
    let (programs, channel, campaign) = app.read(|read| {
        let named = |name: &str| given.get(name).map(String::as_str).unwrap_or_default();
        Ok((
            program::list(read)?,
            channel::find(read, named("channel"))?,
            campaign::find(read, named("campaign"))?,
        ))
    })?;
    let wanted = given.get("program");
    let program = programs
        .iter()
        .find(|row| wanted.is_some_and(|slug| row.slug.eq_ignore_ascii_case(slug)))
        .or_else(|| {
            programs
                .iter()
                .find(|row| !row.archived && covers(&row.link_style.hosts, &host))
        });
    Ok(LinkAsked {
        url: url.into(),
        program: program.map(|row| row.slug.clone()),
        channel: channel.map(|row| row.name),
        campaign: campaign.map(|row| row.name),
        label: label(&given),
    })
}

fn label(given: &HashMap<String, String>) -> String {
    let label = given.get("label").map(String::as_str).unwrap_or_default();
    label
        .chars()
        .filter(|c| !c.is_control())
        .take(LABEL)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The pairs of a query, decoded.
fn url_pairs(query: &str) -> Vec<(String, String)> {
    let Ok(mut page) = check_address("https://perennial.invalid/") else {
        return Vec::new();
    };
    page.set_query(Some(query));
    page.query_pairs().into_owned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::SystemClock;
    use std::sync::Arc;

    #[test]
    fn a_copied_address_comes_back_as_it_was() {
        let app = App::new(
            Box::new(SystemClock),
            Arc::new(perennial_secrets::MemoryStore::default()),
        );
        for page in [
            "https://kartra.com/pricing",
            "https://shop.example/a%20b?x=1&y=2%26&url=https://other.example/#part",
            "http://b\u{fc}cher.example/\u{fc}",
        ] {
            let address = address_for(&format!(" {page}\n")).unwrap();
            let asked = asked(&app, LinkAddress { address }).unwrap();
            assert_eq!(asked.url, check_address(page).unwrap().as_str());
        }
    }

    #[test]
    fn what_is_no_address_on_the_clipboard_is_left_there() {
        for text in [
            "",
            "a note",
            "www.example.com",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://ana:secret@example.com/",
            "https://one.example/\nhttps://two.example/",
        ] {
            assert_eq!(address_for(text), None, "{text}");
        }
        let long = format!("https://example.com/{}", "a".repeat(LONGEST));
        assert_eq!(address_for(&long), None);
    }
}
