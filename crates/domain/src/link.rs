//! Tracking links: how they are written so that reports can be read back.

use crate::{
    ids::{CampaignId, ChannelId, DestinationId, LinkId, ProgramId},
    slug,
};
use std::fmt::Write as _;
use thiserror::Error;
use url::Url;

/// Longest value of a sub-ID or UTM parameter, in characters (networks cut what is longer).
pub const MAX_VALUE_CHARS: usize = 255;

/// A saved tracking link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Identity.
    pub id: LinkId,
    /// The program.
    pub program: ProgramId,
    /// The destination it was made for, where it is a saved one.
    pub destination: Option<DestinationId>,
    /// The channel it is for.
    pub channel: ChannelId,
    /// The campaign it is for.
    pub campaign: Option<CampaignId>,
    /// What tells it from its siblings, in the user's words.
    pub label: String,
    /// Short code, unique in the book; conversions are attributed by it.
    pub code: String,
    /// The finished address.
    pub url: String,
    /// The sub-IDs it carries, in the order of its parameters.
    pub sub_ids: Vec<String>,
    /// In the user's words.
    pub note: String,
    /// No longer offered, still attributed.
    pub archived: bool,
    /// Counts edits.
    pub revision: i64,
}

/// A parameter and the template of its value; `{channel}`, `{kind}`, `{campaign}`, `{label}`, `{program}` and `{link}` stand
/// for what their names say. A parameter whose value comes out empty is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Name of the parameter.
    pub param: String,
    /// Template of its value.
    pub template: String,
    /// Values it may take; any where empty.
    pub allowed: Vec<String>,
}

/// How a program's links are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkStyle {
    /// Hosts the program's links may lead to; `.krtra.com` stands for every host under it.
    pub hosts: Vec<String>,
    /// Hosts on which the address itself carries the affiliate's identity; same form.
    pub tracking_hosts: Vec<String>,
    /// Parameter that carries the affiliate's identity, where the address does not.
    pub identity_param: Option<String>,
    /// Sub-ID parameters, in order.
    pub sub_ids: Vec<Slot>,
    /// UTM parameters, in order.
    pub utm: Vec<Slot>,
}

/// What a link is for.
#[derive(Clone, Copy, Debug)]
pub struct LinkRequest<'a> {
    /// The destination's address; `{identity}` stands for the affiliate's code.
    pub destination: &'a str,
    /// The affiliate's code or user name.
    pub identity: Option<&'a str>,
    /// Short name of the program.
    pub program: &'a str,
    /// The channel's name.
    pub channel: &'a str,
    /// The word of the channel's kind.
    pub kind: &'a str,
    /// The campaign's name, or nothing.
    pub campaign: &'a str,
    /// The label, or nothing.
    pub label: &'a str,
    /// The link's own code.
    pub code: &'a str,
    /// Accept a host that is not one of the program's.
    pub any_host: bool,
}

/// A link ready to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The finished address.
    pub url: String,
    /// The sub-IDs it carries.
    pub sub_ids: Vec<String>,
    /// Whether the address carries the affiliate's identity; without it the link earns nothing.
    pub identified: bool,
}

/// Why a link was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LinkError {
    /// Not an address at all.
    #[error("“{0}” is not a web address")]
    NotAnAddress(String),
    /// Neither http nor https.
    #[error("a link starts with https:// or http://, not with “{0}:”")]
    Scheme(String),
    /// No host.
    #[error("the address names no host")]
    NoHost,
    /// Carries a user name or a password.
    #[error("the address carries a user name or password")]
    Credentials,
    /// A host that is not the program's.
    #[error("{0} is not one of the program's hosts")]
    ForeignHost(String),
    /// The destination needs the affiliate's code and there is none.
    #[error("your affiliate code for this program is not set")]
    NoIdentity,
    /// A value is longer than networks keep.
    #[error("the value of {param} has {length} characters; networks keep {MAX_VALUE_CHARS}")]
    TooLong {
        /// The parameter.
        param: String,
        /// Its length, in characters.
        length: usize,
    },
    /// A value is not one of those allowed.
    #[error("“{value}” is not one of the values allowed for {param}")]
    NotAllowed {
        /// The parameter.
        param: String,
        /// The value.
        value: String,
    },
}

/// Writes a tracking link: the destination with the program's own parameters added. What the destination already
/// carries (parameters, fragment) is kept as it is, and a parameter it already has is not written again.
///
/// # Errors
/// See [`LinkError`]; each names its way out.
pub fn compose(style: &LinkStyle, request: &LinkRequest<'_>) -> Result<Composed, LinkError> {
    let identity = request
        .identity
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let address = match (request.destination.contains("{identity}"), identity) {
        (true, None) => return Err(LinkError::NoIdentity),
        (true, Some(code)) => request.destination.replace("{identity}", &encode(code)),
        (false, _) => request.destination.to_owned(),
    };
    let mut url = check_address(&address)?;
    let host = url.host_str().ok_or(LinkError::NoHost)?.to_owned();
    if !request.any_host && !style.hosts.is_empty() && !covers(&style.hosts, &host) {
        return Err(LinkError::ForeignHost(host));
    }

    let mut query = Query::of(&url);
    if let (Some(param), Some(code)) = (&style.identity_param, identity) {
        query.add(param, code);
    }
    let mut sub_ids = Vec::with_capacity(style.sub_ids.len());
    for (slots, is_sub_id) in [(&style.sub_ids, true), (&style.utm, false)] {
        for slot in slots {
            let value = fill(&slot.template, request);
            check_value(slot, &value)?;
            if !value.is_empty() {
                query.add(&slot.param, &value);
            }
            if is_sub_id && let Some(carried) = query.value(&slot.param) {
                sub_ids.push(carried);
            }
        }
    }
    let identified = request.destination.contains("{identity}")
        || covers(&style.tracking_hosts, &host)
        || style
            .identity_param
            .as_ref()
            .is_some_and(|param| query.value(param).is_some());
    url.set_query(query.text().as_deref());
    Ok(Composed {
        url: url.into(),
        sub_ids,
        identified,
    })
}

/// Reads an address and refuses what no link can be.
///
/// # Errors
/// [`LinkError::NotAnAddress`], [`LinkError::Scheme`], [`LinkError::NoHost`] or [`LinkError::Credentials`].
pub fn check_address(address: &str) -> Result<Url, LinkError> {
    let url = Url::parse(address.trim()).map_err(|error| match error {
        url::ParseError::EmptyHost => LinkError::NoHost,
        _ => LinkError::NotAnAddress(address.trim().to_owned()),
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(LinkError::Scheme(url.scheme().to_owned()));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(LinkError::NoHost);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(LinkError::Credentials);
    }
    Ok(url)
}

/// Whether a host is one of the patterns, or under one that begins with a dot.
pub fn covers(patterns: &[String], host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    patterns.iter().any(|pattern| {
        let pattern = pattern.to_ascii_lowercase();
        if pattern.starts_with('.') {
            host.ends_with(&pattern)
        } else {
            host == pattern
        }
    })
}

/// The short code of a link: eight letters and digits from the random end of its id.
pub fn code_of(id: LinkId) -> String {
    // No vowels and no look-alikes: a code is never a word and can be read aloud.
    const ALPHABET: &[u8; 28] = b"23456789bcdfghjkmnpqrstvwxyz";
    let mut bits = id.0.as_u128();
    let mut code = String::with_capacity(8);
    while code.len() < 8 {
        let index = usize::try_from(bits % 28).unwrap_or_default();
        code.extend(ALPHABET.get(index).map(|byte| char::from(*byte)));
        bits /= 28;
    }
    code
}

fn fill(template: &str, request: &LinkRequest<'_>) -> String {
    [
        ("{program}", slug(request.program)),
        ("{channel}", slug(request.channel)),
        ("{kind}", slug(request.kind)),
        ("{campaign}", slug(request.campaign)),
        ("{label}", slug(request.label)),
        ("{link}", request.code.to_owned()),
    ]
    .iter()
    .fold(template.to_owned(), |text, (name, value)| {
        text.replace(name, value)
    })
}

fn check_value(slot: &Slot, value: &str) -> Result<(), LinkError> {
    let length = value.chars().count();
    if length > MAX_VALUE_CHARS {
        return Err(LinkError::TooLong {
            param: slot.param.clone(),
            length,
        });
    }
    if !value.is_empty() && !slot.allowed.is_empty() && !slot.allowed.iter().any(|one| one == value)
    {
        return Err(LinkError::NotAllowed {
            param: slot.param.clone(),
            value: value.to_owned(),
        });
    }
    Ok(())
}

/// Percent-encodes everything but the characters that are safe in any part of a URL (RFC 3986, unreserved).
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A query that keeps what was there byte for byte.
struct Query {
    parts: Vec<String>,
}

impl Query {
    fn of(url: &Url) -> Self {
        let parts = url.query().unwrap_or_default().split('&');
        Self {
            parts: parts
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    }

    fn value(&self, param: &str) -> Option<String> {
        self.parts.iter().find_map(|part| {
            let (name, value) = url::form_urlencoded::parse(part.as_bytes()).next()?;
            (name == param).then(|| value.into_owned())
        })
    }

    fn add(&mut self, param: &str, value: &str) {
        if self.value(param).is_none() {
            self.parts
                .push(format!("{}={}", encode(param), encode(value)));
        }
    }

    fn text(&self) -> Option<String> {
        (!self.parts.is_empty()).then(|| self.parts.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn style() -> LinkStyle {
        let slot = |param: &str, template: &str| Slot {
            param: param.to_owned(),
            template: template.to_owned(),
            allowed: Vec::new(),
        };
        LinkStyle {
            hosts: vec![
                "kartra.com".into(),
                "try.kartra.com".into(),
                ".krtra.com".into(),
            ],
            tracking_hosts: vec!["try.kartra.com".into(), ".krtra.com".into()],
            identity_param: None,
            sub_ids: vec![
                slot("sid1", "{channel}"),
                slot("sid2", "{campaign}"),
                slot("sid3", "{link}"),
            ],
            utm: vec![slot("utm_source", "{kind}")],
        }
    }

    fn request(destination: &str) -> LinkRequest<'_> {
        LinkRequest {
            destination,
            identity: Some("anna"),
            program: "kartra",
            channel: "My Blog",
            kind: "blog",
            campaign: "",
            label: "",
            code: "k3f9x2ab",
            any_host: false,
        }
    }

    fn url(destination: &str) -> String {
        compose(&style(), &request(destination)).unwrap().url
    }

    #[test]
    fn writes_the_programs_parameters() {
        let made = compose(&style(), &request("https://try.kartra.com/{identity}")).unwrap();
        assert_eq!(
            made.url,
            "https://try.kartra.com/anna?sid1=my-blog&sid3=k3f9x2ab&utm_source=blog"
        );
        assert_eq!(made.sub_ids, ["my-blog", "k3f9x2ab"]);
        assert!(made.identified);
    }

    #[test]
    fn keeps_what_the_destination_carries() {
        assert_eq!(
            url("https://try.kartra.com/a?x=1%202&sid1=mine#top"),
            "https://try.kartra.com/a?x=1%202&sid1=mine&sid3=k3f9x2ab&utm_source=blog#top"
        );
        assert!(url("https://try.kartra.com/a?").contains("/a?sid1="));
    }

    #[test]
    fn encodes_every_letter() {
        let mut asked = request("https://try.kartra.com/a");
        asked.campaign = "Frühling & Söhne";
        let made = compose(&style(), &asked).unwrap().url;
        assert!(made.contains("sid2=fr%C3%BChling-s%C3%B6hne"), "{made}");
    }

    #[test]
    fn refuses_with_a_reason() {
        let refused = |destination: &str| compose(&style(), &request(destination)).unwrap_err();
        assert!(matches!(
            refused("javascript:alert(1)"),
            LinkError::Scheme(_)
        ));
        assert!(matches!(refused("ftp://kartra.com"), LinkError::Scheme(_)));
        assert!(matches!(refused("kartra"), LinkError::NotAnAddress(_)));
        assert!(matches!(refused("https://"), LinkError::NoHost));
        assert!(matches!(
            refused("https://a:b@kartra.com"),
            LinkError::Credentials
        ));
        assert!(matches!(
            refused("https://kartra.com.evil.example/"),
            LinkError::ForeignHost(_)
        ));
        let mut asked = request("https://other.example/");
        asked.any_host = true;
        assert!(!compose(&style(), &asked).unwrap().identified);
        let long = "x".repeat(256);
        asked = request("https://kartra.com/");
        asked.campaign = &long;
        assert!(matches!(
            compose(&style(), &asked),
            Err(LinkError::TooLong { length: 256, .. })
        ));
        asked = request("https://try.kartra.com/{identity}");
        asked.identity = None;
        assert_eq!(compose(&style(), &asked), Err(LinkError::NoIdentity));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(text in "\\PC{1,80}") {
            let mut asked = request("https://try.kartra.com/a?keep=%20#f");
            asked.label = &text;
            asked.code = &text;
            let made = compose(&style(), &asked).unwrap();
            let read: Vec<_> = Url::parse(&made.url).unwrap().query_pairs().into_owned().collect();
            prop_assert!(read.contains(&("sid3".to_owned(), text.clone())));
            prop_assert!(made.url.contains("keep=%20") && made.url.ends_with("#f"));
        }

        #[test]
        fn nothing_panics(text in "\\PC*") {
            let _ = compose(&style(), &request(&text));
        }

        #[test]
        fn a_code_has_eight_letters(bits in any::<u128>()) {
            let code = code_of(LinkId(uuid::Uuid::from_u128(bits)));
            prop_assert!(code.len() == 8 && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
        }
    }
}
