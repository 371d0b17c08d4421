//! The address that a key may be sent to.

use super::{HttpError, Request};
use std::net::{Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// A network's base address: https, or plain http to this computer itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(Url);

impl Base {
    /// Checks an address such as `https://api.partnerstack.com/api/v2`.
    ///
    /// # Errors
    /// [`HttpError::Address`] with the reason.
    pub fn parse(text: &str) -> Result<Self, HttpError> {
        let refused = |why: &str| Err(HttpError::Address(why.to_owned()));
        let Ok(url) = Url::parse(text.trim()) else {
            return refused("it is not an address such as https://example.com/api");
        };
        if !url.username().is_empty() || url.password().is_some() {
            return refused("it must not hold a user or a password");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refused("it must end with its path");
        }
        match url.scheme() {
            "https" if url.host().is_some() => Ok(Self(url)),
            "http" if is_loopback(&url) => Ok(Self(url)),
            "http" => refused(
                "plain http is for this computer alone (127.0.0.1, ::1, localhost); use https",
            ),
            _ => refused("it must begin with https://"),
        }
    }

    /// Whether the connection is encrypted; it is not where it stays on this computer.
    pub fn is_secure(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The whole address of a request.
    ///
    /// # Errors
    /// As [`Base::redirect`], where the network itself gave the address.
    pub(super) fn url(&self, request: &Request) -> Result<Url, HttpError> {
        let mut url = self.0.clone();
        if let Some(reference) = &request.reference {
            return self.redirect(&url, reference);
        }
        if !request.path.is_empty() {
            let path = format!(
                "{}/{}",
                self.0.path().trim_end_matches('/'),
                request.path.trim_start_matches('/')
            );
            url.set_path(&path);
        }
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        Ok(url)
    }

    /// Where a redirect leads.
    ///
    /// # Errors
    /// [`HttpError::Elsewhere`] where that is another scheme, host or port.
    pub(super) fn redirect(&self, from: &Url, location: &str) -> Result<Url, HttpError> {
        let Ok(to) = from.join(location) else {
            return Err(HttpError::Unreadable("its redirect leads nowhere"));
        };
        let same = to.scheme() == self.0.scheme()
            && to.host() == self.0.host()
            && to.port_or_known_default() == self.0.port_or_known_default();
        if same {
            Ok(to)
        } else {
            Err(HttpError::Elsewhere(
                to.host_str().unwrap_or("another scheme").to_owned(),
            ))
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => Ipv4Addr::is_loopback(&address),
        Some(Host::Ipv6(address)) => Ipv6Addr::is_loopback(&address),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Body;

    #[test]
    fn plain_http_stays_on_this_computer() {
        for good in [
            "https://api.partnerstack.com/api/v2",
            "http://127.0.0.1:8080/api/v2",
            "http://127.9.9.9/",
            "http://[::1]:9",
            "http://LOCALHOST:1/x",
        ] {
            assert!(Base::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://example.com/api",
            "http://127.0.0.1.example.com/",
            "http://localhost.example.com/",
            "http://0.0.0.0/",
            "http://[::ffff:10.0.0.1]/",
            "ftp://localhost/",
            "file:///etc/passwd",
            "https://user:pass@example.com/",
            "https://example.com/?key=1",
            "example.com",
            "",
        ] {
            assert!(
                matches!(Base::parse(bad), Err(HttpError::Address(_))),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_request_lies_below_the_base_path() {
        let base = Base::parse("http://localhost:80/api/v2/").unwrap();
        let request = Request::get("/rewards")
            .with("limit", &250)
            .with("starting_after", "a b&c");
        assert_eq!(
            base.url(&request).unwrap().as_str(),
            "http://localhost/api/v2/rewards?limit=250&starting_after=a+b%26c"
        );
        let base = Base::parse("http://localhost/query").unwrap();
        let post = Request::post(Body::Json("{}".to_owned()));
        assert_eq!(base.url(&post).unwrap().as_str(), "http://localhost/query");
        let next = Request::follow("/Mediapartners/x/Actions?Page=2&StartDate=2026-01-01T00%3A00");
        assert_eq!(
            base.url(&next).unwrap().as_str(),
            "http://localhost/Mediapartners/x/Actions?Page=2&StartDate=2026-01-01T00%3A00"
        );
        assert!(matches!(
            base.url(&Request::follow("https://evil.test/?Page=2")),
            Err(HttpError::Elsewhere(_))
        ));
    }

    #[test]
    fn a_redirect_stays_within_the_origin() {
        let base = Base::parse("https://api.example.com/v2").unwrap();
        let from = base.url(&Request::get("/a")).unwrap();
        assert!(base.redirect(&from, "/elsewhere?x=1").is_ok());
        assert!(
            base.redirect(&from, "https://api.example.com:443/b")
                .is_ok()
        );
        for bad in [
            "http://api.example.com/b",
            "https://example.com/b",
            "https://api.example.com:8443/b",
            "//evil.test/",
        ] {
            assert!(
                matches!(base.redirect(&from, bad), Err(HttpError::Elsewhere(_))),
                "{bad}"
            );
        }
    }
}
