//! Web addresses in running text, taken apart without guessing.

use crate::options::ProgramPack;
use std::ops::Range;

/// A web address, taken apart. The host is in lower case, all else as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The whole as written.
    pub whole: String,
    /// Whether it says `http://` or `https://`.
    pub scheme: bool,
    /// What stands before an @ in front of the host.
    pub user: Option<String>,
    /// The host.
    pub host: String,
    /// The path, with its slash; may be empty.
    pub path: String,
    /// What follows the question mark.
    pub query: Option<String>,
    /// What follows the hash.
    pub fragment: Option<String>,
}

impl Address {
    /// Takes an absolute address apart; none where there is no host.
    pub fn parse(whole: &str) -> Option<Self> {
        let trimmed = whole.trim();
        let lower: String = trimmed
            .chars()
            .take(8)
            .collect::<String>()
            .to_ascii_lowercase();
        let (scheme, rest) = if lower.starts_with("https://") {
            (true, &trimmed[8..])
        } else if lower.starts_with("http://") {
            (true, &trimmed[7..])
        } else if let Some(rest) = trimmed.strip_prefix("//") {
            (true, rest)
        } else {
            (false, trimmed)
        };
        let cut = rest.find(['/', '?', '#', '&']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(cut);
        let (user, authority) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user.to_owned()), host),
            None => (None, authority),
        };
        let host = authority
            .split(':')
            .next()
            .unwrap_or_default()
            .trim_end_matches('.')
            .to_lowercase();
        if host.is_empty() || !host.contains('.') {
            return None;
        }
        let (tail, fragment) = match tail.split_once('#') {
            Some((tail, fragment)) => (tail, Some(fragment.to_owned())),
            None => (tail, None),
        };
        let (path, query) = match tail.split_once('?') {
            Some((path, query)) => (path.to_owned(), Some(query.to_owned())),
            None => (tail.to_owned(), None),
        };
        Some(Self {
            whole: trimmed.to_owned(),
            scheme,
            user,
            host,
            path,
            query,
            fragment,
        })
    }

    /// The host without a leading `www.`.
    pub fn bare_host(&self) -> &str {
        self.host.strip_prefix("www.").unwrap_or(&self.host)
    }

    /// Whether the host is a domain or lies below it.
    pub fn within(&self, domain: &str) -> bool {
        host_within(&self.host, domain)
    }
}

/// Whether a host is a domain or lies below it.
pub fn host_within(host: &str, domain: &str) -> bool {
    host == domain
        || host
            .strip_suffix(domain)
            .is_some_and(|rest| rest.ends_with('.'))
}

/// Whether an address is one of the program's paid links.
pub fn pays(address: &Address, pack: &ProgramPack) -> bool {
    if address.user.is_some() {
        return false;
    }
    pack.link_forms.iter().any(|form| {
        let host = match form.host.strip_prefix("*.") {
            Some(domain) => address.bare_host() != domain && address.within(domain),
            None => address.bare_host() == form.host,
        };
        let path = address.path.to_ascii_lowercase();
        host && path
            .strip_prefix(form.path_prefix.as_str())
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()))
    })
}

/// Hosts of link shorteners; such a link may pay, nobody can tell by looking.
const SHORTENERS: &[&str] = &[
    "bit.ly",
    "bitly.com",
    "tinyurl.com",
    "t.co",
    "goo.gl",
    "ow.ly",
    "buff.ly",
    "is.gd",
    "rebrand.ly",
    "cutt.ly",
    "shorturl.at",
    "t.ly",
    "geni.us",
    "lnk.to",
    "linktr.ee",
    "dub.sh",
    "tiny.cc",
    "rb.gy",
    "s.id",
    "v.gd",
    "bl.ink",
    "short.io",
    "soo.gd",
    "amzn.to",
    "kutt.it",
    "lnkd.in",
    "pxlme.me",
    "urlz.fr",
    "snip.ly",
    "bio.link",
    "beacons.ai",
];

/// Whether the address belongs to a link shortener or a link-in-bio page.
pub fn shortened(address: &Address) -> bool {
    SHORTENERS.contains(&address.bare_host()) && address.path.len() > 1
}

/// An address found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where, as a range of characters.
    pub range: Range<usize>,
    /// What; none for an e-mail address, which only must not be read as words.
    pub address: Option<Address>,
}

/// Endings that make a bare `name.ending` a web address even without a path.
const ENDINGS: &[&str] = &[
    "com", "net", "org", "io", "co", "de", "es", "fr", "pt", "br", "app", "dev", "me", "ly", "to",
    "info", "biz", "uk", "eu", "ch", "at", "link", "page", "site", "online", "shop", "store", "ai",
    "us", "ca", "example", "test", "tv", "academy", "blog", "club", "pro", "it", "nl", "be", "mx",
    "ar", "au", "nz", "ie", "se", "pl", "invalid", "xyz", "live", "tech", "top", "cc", "gg",
];

fn delimiter(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '"' | '<'
                | '>'
                | '('
                | ')'
                | '['
                | ']'
                | '|'
                | '`'
                | '«'
                | '»'
                | '“'
                | '”'
                | '„'
                | '\u{2029}'
        )
}

/// Every web and e-mail address of a text given as characters.
pub fn find(chars: &[char]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        if delimiter(chars[start]) {
            start += 1;
            continue;
        }
        let end = chars[start..]
            .iter()
            .position(|c| delimiter(*c))
            .map_or(chars.len(), |n| start + n);
        let word = &chars[start..end];
        // A word without a dot is no address, and one of megabytes is none a person wrote.
        if word.contains(&'.') && word.len() <= 4096 {
            in_word(word, start, &mut found);
        }
        start = end;
    }
    found
}

fn in_word(word: &[char], offset: usize, found: &mut Vec<Found>) {
    let text: String = word.iter().collect();
    let lower = text.to_ascii_lowercase();
    if let Some(at) = lower.find("http://").or_else(|| lower.find("https://")) {
        let skipped = text[..at].chars().count();
        let whole = text[at..].trim_end_matches(|c: char| ends_sentence(c));
        if let Some(address) = Address::parse(whole) {
            let from = offset + skipped;
            found.push(Found {
                range: from..from + whole.chars().count(),
                address: Some(address),
            });
        }
        return;
    }
    let front = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '/');
    let skipped = text.chars().count() - front.chars().count();
    let whole = front.trim_end_matches(|c: char| ends_sentence(c));
    let from = offset + skipped;
    let range = from..from + whole.chars().count();
    if whole.starts_with('@') || whole.starts_with('/') {
        return;
    }
    let Some(address) = Address::parse(whole) else {
        return;
    };
    if !plausible_host(&address.host) {
        return;
    }
    if address.user.is_some() && address.path.is_empty() {
        found.push(Found {
            range,
            address: None,
        });
        return;
    }
    let ending = address.host.rsplit('.').next().unwrap_or_default();
    if !address.path.is_empty() && address.path.len() > 1
        || ENDINGS.contains(&ending)
        || ending.starts_with("xn--")
    {
        found.push(Found {
            range,
            address: Some(address),
        });
    }
}

fn ends_sentence(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '’' | '…'
    )
}

fn plausible_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    labels.len() >= 2
        && labels
            .iter()
            .all(|l| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-'))
        && last.chars().count() >= 2
        && (last.starts_with("xn--") || last.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pays_in(text: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        find(&chars)
            .iter()
            .filter_map(|f| f.address.as_ref())
            .any(|a| pays(a, &ProgramPack::kartra()))
    }

    #[test]
    fn knows_the_programs_paid_links() {
        for text in [
            "see https://try.kartra.com/abc.",
            "TRY.KARTRA.COM/ABC",
            "(jane.krtra.com/t/xY1)",
            "Kartra:https://try.kartra.com/a?sid=1",
            "[x](https://www.try.kartra.com/abc)",
        ] {
            assert!(pays_in(text), "{text}");
        }
        for text in [
            "https://try.kartra.com/",
            "kartra.com/pricing",
            "https://support.kartra.com/docs",
            "https://evil.example/try.kartra.com/abc",
            "https://try.kartra.com@evil.example/abc",
            "krtra.com",
            "jane@try.kartra.com",
        ] {
            assert!(!pays_in(text), "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_no_addresses() {
        let chars: Vec<char> = "End.Next z.B. 1.5k e.g. this, v2.0/x".chars().collect();
        assert_eq!(
            find(&chars).iter().filter(|f| f.address.is_some()).count(),
            0
        );
    }
}
