//! A page of the user's own, fetched to be checked: no key, no cookie, one request at a time.
//!
//! robots.txt is respected. A redirect is followed within the site alone (its host with or without `www.`, http up to
//! https), so a check never follows a paid link: a click of one's own can void earnings. What the user types decides
//! the scheme: plain http is fetched where the address says `http://`, since nothing secret is sent.

mod robots;

use crate::http::Limits;
use flate2::read::MultiGzDecoder;
use reqwest::{
    Client, Response, StatusCode,
    header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, LOCATION},
    redirect,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt as _;
use std::{io::Read as _, sync::Arc, thread};
use thiserror::Error;
use tokio::{runtime, time::timeout};
use url::{Host, Url};

/// Redirects followed for one page.
const REDIRECTS: usize = 5;
/// Bytes of a page, as sent and as unpacked.
const MOST: usize = 8 * 1024 * 1024;
/// Bytes of robots.txt that are read.
const ROBOTS: usize = 1024 * 1024;

/// A page as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was in the end.
    pub address: String,
    /// Its host, without a port.
    pub host: String,
    /// The bytes of its HTML, unpacked.
    pub bytes: Vec<u8>,
    /// The charset that the server names.
    pub charset: Option<String>,
}

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FetchError {
    /// The address is none that can be fetched.
    #[error("the address was refused: {0}")]
    Address(&'static str),
    /// No connection.
    #[error("{0} cannot be reached")]
    Unreachable(String),
    /// The other side could not prove who it is.
    #[error("no secure connection to {0} could be made")]
    Insecure(String),
    /// Too slow; says which deadline.
    #[error("the site took too long {0}")]
    TimedOut(&'static str),
    /// The connection ended in the middle.
    #[error("the connection broke off")]
    BrokenOff,
    /// robots.txt asks programs not to read it.
    #[error("the site's robots.txt asks programs not to read this page")]
    Robots,
    /// The site answered with an error.
    #[error("the site answered with status {0}")]
    Status(u16),
    /// A redirect that leaves the site; it was not followed.
    #[error("the page redirects to {0}, which was not followed")]
    Elsewhere(String),
    /// Redirects without end.
    #[error("the page redirects without end")]
    Endless,
    /// The answer is something else than a page.
    #[error("the answer is no HTML page but {0}")]
    NotHtml(String),
    /// More bytes than a page may have.
    #[error("the page is larger than {} MB", MOST / 1024 / 1024)]
    TooLarge,
    /// The answer cannot be unpacked.
    #[error("the answer cannot be read ({0})")]
    Unreadable(&'static str),
}

/// Fetches a page, after its site's robots.txt.
///
/// # Errors
/// See [`FetchError`].
pub fn fetch(address: &str, limits: &Limits) -> Result<Fetched, FetchError> {
    let url = parse(address)?;
    // A thread of its own, so that callers may stand inside another runtime.
    let work = || {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|_| FetchError::Unreadable("no runtime"))?;
        runtime.block_on(async {
            timeout(limits.total, get(url, limits))
                .await
                .unwrap_or(Err(FetchError::TimedOut("in all")))
        })
    };
    thread::scope(|scope| {
        scope
            .spawn(work)
            .join()
            .unwrap_or(Err(FetchError::BrokenOff))
    })
}

/// Whether a text is meant as the address of a page rather than as a file.
pub fn is_address(text: &str) -> bool {
    let head: String = text
        .chars()
        .take(8)
        .collect::<String>()
        .to_ascii_lowercase();
    head.starts_with("http://") || head.starts_with("https://")
}

fn parse(address: &str) -> Result<Url, FetchError> {
    let url = Url::parse(address.trim()).map_err(|_| {
        FetchError::Address("it is not an address such as https://example.com/page")
    })?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(FetchError::Address(
            "it must begin with https:// or http://",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FetchError::Address("it must not hold a user or a password"));
    }
    Ok(url)
}

async fn get(mut url: Url, limits: &Limits) -> Result<Fetched, FetchError> {
    url.set_fragment(None);
    let client = client(&url, limits)?;
    for _ in 0..=REDIRECTS {
        permitted(&client, &url, limits).await?;
        let answer = send(&client, &url, limits).await?;
        let status = answer.status();
        if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
            let location = answer
                .headers()
                .get(LOCATION)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default();
            url = within(&url, location)?;
            continue;
        }
        if !status.is_success() {
            return Err(FetchError::Status(status.as_u16()));
        }
        let (html, charset) = kind(&answer)?;
        let bytes = collect(answer, limits, MOST.min(limits.bytes), false).await?;
        if !html && !looks_like_html(&bytes) {
            return Err(FetchError::NotHtml("of no stated kind".to_owned()));
        }
        return Ok(Fetched {
            host: url.host_str().unwrap_or_default().to_owned(),
            address: url.to_string(),
            bytes,
            charset,
        });
    }
    Err(FetchError::Endless)
}

/// Where a redirect leads, if that is the same site.
fn within(from: &Url, location: &str) -> Result<Url, FetchError> {
    let mut to = from
        .join(location)
        .map_err(|_| FetchError::Unreadable("its redirect leads nowhere"))?;
    to.set_fragment(None);
    let bare = |url: &Url| {
        let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
        host.strip_prefix("www.").unwrap_or(&host).to_owned()
    };
    let upgraded = from.scheme() == "http" && to.scheme() == "https";
    let scheme = from.scheme() == to.scheme() || upgraded;
    let port = from.port_or_known_default() == to.port_or_known_default() || upgraded;
    if scheme && port && bare(from) == bare(&to) {
        Ok(to)
    } else {
        Err(FetchError::Elsewhere(
            to.host_str().unwrap_or("another scheme").to_owned(),
        ))
    }
}

/// Asks robots.txt. A site without one allows all; one in trouble is left alone, as the standard asks.
async fn permitted(client: &Client, url: &Url, limits: &Limits) -> Result<(), FetchError> {
    let mut place = url.clone();
    place.set_path("/robots.txt");
    place.set_query(None);
    for _ in 0..=REDIRECTS {
        let answer = send(client, &place, limits).await?;
        let status = answer.status();
        if status.is_redirection() {
            let location = answer
                .headers()
                .get(LOCATION)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default();
            match within(&place, location) {
                Ok(next) => place = next,
                // Rules that lie elsewhere are not this site's.
                Err(_) => return Ok(()),
            }
            continue;
        }
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            return Err(FetchError::Status(status.as_u16()));
        }
        if !status.is_success() {
            return Ok(());
        }
        let bytes = collect(answer, limits, ROBOTS, true).await?;
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        return if robots::allows(&String::from_utf8_lossy(&bytes), &path) {
            Ok(())
        } else {
            Err(FetchError::Robots)
        };
    }
    Ok(())
}

async fn send(client: &Client, url: &Url, limits: &Limits) -> Result<Response, FetchError> {
    let request = client
        .get(url.clone())
        .header(ACCEPT, "text/html,application/xhtml+xml")
        .header(ACCEPT_ENCODING, "gzip")
        .send();
    match timeout(limits.connect + limits.idle, request).await {
        Ok(answer) => answer.map_err(|error| sort(&error, url)),
        Err(_) => Err(FetchError::TimedOut("to begin its answer")),
    }
}

fn sort(error: &reqwest::Error, url: &Url) -> FetchError {
    let host = url.host_str().unwrap_or("the site").to_owned();
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(one) = cause {
        if one.is::<rustls::Error>() || one.to_string().contains("certificate") {
            return FetchError::Insecure(host);
        }
        cause = one.source();
    }
    if error.is_timeout() {
        FetchError::TimedOut("to connect")
    } else if error.is_connect() {
        FetchError::Unreachable(host)
    } else {
        FetchError::BrokenOff
    }
}

/// Whether the answer says that it is HTML, and its charset. Says no where it states nothing.
fn kind(answer: &Response) -> Result<(bool, Option<String>), FetchError> {
    let Some(stated) = answer
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return Ok((false, None));
    };
    let lower = stated.to_ascii_lowercase();
    let kind = lower.split(';').next().unwrap_or_default().trim();
    if !matches!(kind, "text/html" | "application/xhtml+xml") {
        return Err(FetchError::NotHtml(kind.chars().take(60).collect()));
    }
    let charset = lower
        .split(';')
        .filter_map(|part| part.trim().strip_prefix("charset="))
        .map(|name| name.trim_matches(['"', '\'', ' ']).to_owned())
        .next();
    Ok((true, charset))
}

fn looks_like_html(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf))
        .is_none_or(|byte| *byte == b'<')
}

/// The body within the cap, unpacked within it as well. `stump` takes what fits of a longer one.
async fn collect(
    mut answer: Response,
    limits: &Limits,
    cap: usize,
    stump: bool,
) -> Result<Vec<u8>, FetchError> {
    let encoding = answer
        .headers()
        .get(CONTENT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("identity");
    let packed = match encoding.trim().to_ascii_lowercase().as_str() {
        "identity" | "" => false,
        "gzip" | "x-gzip" => true,
        _ => return Err(FetchError::Unreadable("its packing is not known")),
    };
    let mut bytes = Vec::new();
    loop {
        let Ok(chunk) = timeout(limits.idle, answer.chunk()).await else {
            return Err(FetchError::TimedOut("between two bytes"));
        };
        let Some(chunk) = chunk.map_err(|_| FetchError::BrokenOff)? else {
            break;
        };
        if bytes.len() + chunk.len() > cap {
            if stump {
                break;
            }
            return Err(FetchError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    if !packed {
        return Ok(bytes);
    }
    let mut plain = Vec::new();
    let limit = u64::try_from(cap).unwrap_or(u64::MAX).saturating_add(1);
    MultiGzDecoder::new(bytes.as_slice())
        .take(limit)
        .read_to_end(&mut plain)
        .map_err(|_| FetchError::Unreadable("its packing is damaged"))?;
    if plain.len() > cap && !stump {
        return Err(FetchError::TooLarge);
    }
    Ok(plain)
}

pub(crate) fn client(url: &Url, limits: &Limits) -> Result<Client, FetchError> {
    let host = || url.host_str().unwrap_or("the site").to_owned();
    let failed = |_| FetchError::Insecure(host());
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(failed)?;
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    };
    // Plain text to this computer never gets as far as a certificate: none is trusted.
    let tls = if loopback && url.scheme() == "http" {
        builder
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth()
    } else {
        builder
            .with_platform_verifier()
            .map_err(failed)?
            .with_no_client_auth()
    };
    Client::builder()
        .user_agent(concat!("Perennial/", env!("CARGO_PKG_VERSION")))
        .tls_backend_preconfigured(tls)
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .connect_timeout(limits.connect)
        .build()
        .map_err(|_| FetchError::Insecure(host()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_pages_are_fetched() {
        for bad in [
            "example.com",
            "ftp://example.com/",
            "file:///etc/passwd",
            "https://user:pass@example.com/",
            "",
        ] {
            assert!(matches!(parse(bad), Err(FetchError::Address(_))), "{bad}");
        }
        assert!(parse("http://example.com/a").is_ok());
        assert!(is_address("HTTPS://example.com"));
        assert!(!is_address("page.html"));
    }

    #[test]
    fn a_redirect_stays_within_the_site() {
        let from = parse("http://example.com/a").unwrap();
        for good in ["/b", "https://example.com/", "http://www.example.com/x"] {
            assert!(within(&from, good).is_ok(), "{good}");
        }
        for bad in [
            "https://try.kartra.com/abc",
            "http://example.com:8080/",
            "http://127.0.0.1/",
            "ftp://example.com/",
        ] {
            assert!(
                matches!(within(&from, bad), Err(FetchError::Elsewhere(_))),
                "{bad}"
            );
        }
        let secure = parse("https://example.com/").unwrap();
        assert!(within(&secure, "http://example.com/").is_err());
    }
}
