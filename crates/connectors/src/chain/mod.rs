//! Where an address leads: every redirect is seen, none is followed further than the caller allows.
//!
//! No key, no cookie, no body. HEAD is asked first, GET where a site does not answer that; trouble that may pass by itself
//! is asked again after a pause; each host is asked a few times in a stretch alone. A redirect from the internet into this
//! computer or its home network is not followed.

use crate::{
    http::{Gateway, Rate},
    page,
};
use perennial_domain::link_health::{Chain, End, is_private};
use reqwest::{
    Client, Method, Response, StatusCode,
    header::{ACCEPT, HeaderMap, LOCATION, RETRY_AFTER},
};
use std::{collections::HashMap, time::Duration};
use tokio::{runtime, time::timeout};
use url::Url;

/// Redirects followed.
const REDIRECTS: usize = 10;
/// Repeats of a question that was met with trouble.
const REPEATS: u32 = 2;
/// What one host is asked at most.
const RATE: Rate = Rate {
    questions: 4,
    per: Duration::from_secs(4),
};

/// Follows chains, one at a time.
pub struct Walker<'a> {
    gateway: &'a Gateway,
    runtime: runtime::Runtime,
    clients: HashMap<(bool, bool), Client>,
}

/// What came of one request.
enum Answer {
    Status(StatusCode, HeaderMap),
    Ended(End),
}

impl<'a> Walker<'a> {
    /// One with the given way out. It must not be made or used inside another runtime.
    ///
    /// # Errors
    /// Where the system gives no way to wait for an answer.
    pub fn new(gateway: &'a Gateway) -> std::io::Result<Self> {
        Ok(Self {
            gateway,
            runtime: runtime::Builder::new_current_thread()
                .enable_all()
                .build()?,
            clients: HashMap::new(),
        })
    }

    /// Follows an address until it answers. `halt` says of which addresses none may be asked; `stop` ends the work, and
    /// then there is nothing to say.
    pub fn walk(
        &mut self,
        address: &str,
        halt: &dyn Fn(&Url) -> bool,
        stop: &dyn Fn() -> bool,
    ) -> Option<Chain> {
        let mut chain = Chain {
            addresses: vec![address.to_owned()],
            end: End::BadRedirect,
            requests: 0,
        };
        let Ok(mut url) = Url::parse(address) else {
            return Some(chain);
        };
        for _ in 0..=REDIRECTS {
            if halt(&url) {
                chain.end = End::Halted;
                return Some(chain);
            }
            match self.ask(&url, &mut chain.requests, stop)? {
                Answer::Ended(end) => {
                    chain.end = end;
                    return Some(chain);
                }
                Answer::Status(status, headers) => {
                    let Some(location) = redirect(status, &headers) else {
                        chain.end = End::Answered(status.as_u16());
                        return Some(chain);
                    };
                    let Some(next) = follow(&url, location) else {
                        chain.end = End::BadRedirect;
                        return Some(chain);
                    };
                    if chain.addresses.contains(&next.to_string()) {
                        chain.end = End::Endless;
                        return Some(chain);
                    }
                    chain.addresses.push(next.to_string());
                    url = next;
                }
            }
        }
        chain.end = End::Endless;
        Some(chain)
    }

    /// Asks one address, HEAD first; none where it was stopped.
    fn ask(&mut self, url: &Url, requests: &mut u64, stop: &dyn Fn() -> bool) -> Option<Answer> {
        let mut method = Method::HEAD;
        let mut repeats = 0;
        loop {
            self.turn(url, stop)?;
            *requests += 1;
            let answer = self.once(&method, url);
            let busy = match &answer {
                Answer::Status(status, headers) => trouble(*status).then(|| pause_of(headers)),
                Answer::Ended(End::Insecure) => None,
                Answer::Ended(_) => Some(None),
            };
            // A site may refuse HEAD with any error at all; GET is what a visitor sends.
            if method == Method::HEAD
                && let Answer::Status(status, _) = &answer
                && (status.is_client_error() || status.is_server_error())
                && *status != StatusCode::TOO_MANY_REQUESTS
            {
                method = Method::GET;
                continue;
            }
            let Some(asked) = busy else {
                return Some(answer);
            };
            let limits = &self.gateway.limits;
            let too_long = asked.is_some_and(|time| time > limits.retry_after);
            if repeats >= REPEATS.min(limits.repeats) || too_long {
                return Some(match answer {
                    Answer::Status(status, _) if is_busy(status) => {
                        Answer::Ended(End::Busy(status.as_u16()))
                    }
                    answer => answer,
                });
            }
            let growing = limits.pause.saturating_mul(1 << repeats);
            repeats += 1;
            let pause = asked
                .unwrap_or(growing)
                .min(limits.longest_pause.max(limits.retry_after));
            if !self.gateway.pace().wait(pause, stop) {
                return None;
            }
        }
    }

    /// Waits for the host's turn.
    fn turn(&self, url: &Url, stop: &dyn Fn() -> bool) -> Option<()> {
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().unwrap_or_default();
        let turnstile = self
            .gateway
            .turnstile(&format!("chain {host}:{port}"), RATE);
        let pace = self.gateway.pace();
        let wait = turnstile.take(pace.now());
        (wait.is_zero() && !stop() || pace.wait(wait, stop)).then_some(())
    }

    fn once(&mut self, method: &Method, url: &Url) -> Answer {
        let Some(client) = self.client(url) else {
            return Answer::Ended(End::Insecure);
        };
        let limits = &self.gateway.limits;
        let asked = client
            .request(method.clone(), url.clone())
            .header(ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
            .send();
        let whole = limits.connect + limits.idle;
        let answer = self.runtime.block_on(async {
            timeout(whole.min(limits.total), asked)
                .await
                .map(|answer| answer.map_err(|error| end(&error)))
        });
        // The body stays where it is: the answer is dropped, and the connection with it.
        match answer {
            Ok(Ok(answer)) => status(&answer),
            Ok(Err(end)) => Answer::Ended(end),
            Err(_) => Answer::Ended(End::TimedOut),
        }
    }

    fn client(&mut self, url: &Url) -> Option<Client> {
        let key = (url.scheme() == "https", is_private(url));
        if let Some(client) = self.clients.get(&key) {
            return Some(client.clone());
        }
        let client = page::client(url, &self.gateway.limits).ok()?;
        self.clients.insert(key, client.clone());
        Some(client)
    }
}

fn status(answer: &Response) -> Answer {
    Answer::Status(answer.status(), answer.headers().clone())
}

/// Where a redirect leads; none where the status is no redirect or says no place.
fn redirect(status: StatusCode, headers: &HeaderMap) -> Option<&str> {
    let moved = [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::FOUND,
        StatusCode::SEE_OTHER,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ];
    if !moved.contains(&status) {
        return None;
    }
    headers
        .get(LOCATION)
        .map(|value| value.to_str().unwrap_or("invalid:"))
}

/// The next address, where it may be one.
fn follow(from: &Url, location: &str) -> Option<Url> {
    let mut next = from.join(location).ok()?;
    if next.fragment().is_none() {
        next.set_fragment(from.fragment());
    }
    let fine = matches!(next.scheme(), "http" | "https")
        && next.host_str().is_some_and(|host| !host.is_empty())
        && next.username().is_empty()
        && next.password().is_none();
    (fine && (is_private(from) || !is_private(&next))).then_some(next)
}

/// Whether asking again may help.
fn trouble(status: StatusCode) -> bool {
    status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED || is_busy(status)
}

fn is_busy(status: StatusCode) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE
}

fn pause_of(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}

fn end(error: &reqwest::Error) -> End {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(one) = cause {
        if one.is::<rustls::Error>() || one.to_string().contains("certificate") {
            return End::Insecure;
        }
        cause = one.source();
    }
    if error.is_timeout() {
        End::TimedOut
    } else if error.is_connect() {
        End::Unreachable
    } else {
        End::BrokenOff
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leads_from_the_internet_into_the_house() {
        let outside = Url::parse("https://example.com/a").unwrap();
        for good in ["/b", "https://try.kartra.com/x", "http://example.com/"] {
            assert!(follow(&outside, good).is_some(), "{good}");
        }
        for bad in [
            "http://127.0.0.1/",
            "http://192.168.0.1/admin",
            "http://localhost/",
            "ftp://example.com/",
            "https://user:pass@example.com/",
            "javascript:alert(1)",
            "invalid:",
        ] {
            let led = follow(&outside, bad);
            assert!(
                led.is_none_or(|url| url.host_str() == Some("example.com")),
                "{bad}"
            );
        }
        let inside = Url::parse("http://127.0.0.1:1/").unwrap();
        assert!(follow(&inside, "http://127.0.0.1:2/").is_some());
    }
}
