//! Whether a link still leads where it should: what may be asked without a click of one's own, what the answer means, and
//! when it is time to say so.
//!
//! A click on one's own tracked link can void earnings, so the tracked address is asked only where the user allows it for
//! a program. Everything here is worked out from what a check saw; nothing asks a network or a clock.

use crate::link::{LinkStyle, covers};
use chrono::{DateTime, TimeDelta, Utc};
use url::{Host, Url};

/// Failures in a row before a link counts as broken.
pub const ALARM: u32 = 3;

/// A failure counts where the one before it is at least so long ago: one bad hour is one failure.
pub const APART: TimeDelta = TimeDelta::hours(1);

/// How a link stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HealthState {
    /// Never checked, or not yet failed often enough.
    #[default]
    Unchecked,
    /// It leads where it should.
    Healthy,
    /// It answers as the user said is fine.
    Expected,
    /// Nobody can tell without a click, or the site answers no programs.
    Unverifiable,
    /// It failed again and again.
    Broken,
}

impl HealthState {
    /// Every state, worst first.
    pub const ALL: &'static [Self] = &[
        Self::Broken,
        Self::Unverifiable,
        Self::Unchecked,
        Self::Expected,
        Self::Healthy,
    ];

    /// The word of the command line and of the book.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Healthy => "healthy",
            Self::Expected => "expected",
            Self::Unverifiable => "unverifiable",
            Self::Broken => "broken",
        }
    }

    /// The state of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.word() == word)
    }
}

/// What a check may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// This address. It is the tracked one only where the user allows that.
    Ask(String),
    /// Only the tracked address leads there, and it is not to be asked.
    TrackedOnly,
}

/// What may be asked of a link: its own address where the user allows that, else the page it leads to, without what tells
/// whose link it is.
pub fn question(link: &Url, style: &LinkStyle, tracked_allowed: bool) -> Question {
    if tracked_allowed {
        return Question::Ask(link.to_string());
    }
    let host = link.host_str().unwrap_or_default();
    let nothing_known = style.tracking_hosts.is_empty() && style.identity_param.is_none();
    if covers(&style.tracking_hosts, host) || nothing_known {
        return Question::TrackedOnly;
    }
    // A page elsewhere that sends visitors on is asked as it is: it is not followed as far as the tracked address.
    if !style.hosts.is_empty() && !covers(&style.hosts, host) {
        return Question::Ask(link.to_string());
    }
    let mut bare = link.clone();
    let kept: Vec<&str> = link
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|part| !part.is_empty() && !own(style, part))
        .collect();
    let query = kept.join("&");
    bare.set_query((!query.is_empty()).then_some(query.as_str()));
    bare.set_fragment(None);
    Question::Ask(bare.to_string())
}

/// Whether an address must not be asked, because that would be a click on one's own link.
pub fn is_tracked(address: &Url, style: &LinkStyle) -> bool {
    let host = address.host_str().unwrap_or_default();
    let names_us = style.identity_param.as_ref().is_some_and(|param| {
        address
            .query_pairs()
            .any(|(name, _)| name == param.as_str())
    });
    covers(&style.tracking_hosts, host)
        || names_us && (style.hosts.is_empty() || covers(&style.hosts, host))
}

/// Whether a part of a query says whose link it is or where it stands.
fn own(style: &LinkStyle, part: &str) -> bool {
    let Some((name, _)) = url::form_urlencoded::parse(part.as_bytes()).next() else {
        return false;
    };
    style
        .identity_param
        .iter()
        .chain(style.sub_ids.iter().map(|slot| &slot.param))
        .chain(style.utm.iter().map(|slot| &slot.param))
        .any(|param| param == name.as_ref())
}

/// How a chain of addresses ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The last address answered with a status that is no redirect.
    Answered(u16),
    /// The next address is one that must not be asked; it is the last of the chain.
    Halted,
    /// No connection.
    Unreachable,
    /// The other side could not prove who it is.
    Insecure,
    /// Too slow.
    TimedOut,
    /// The connection ended in the middle.
    BrokenOff,
    /// It asks to be left alone for now.
    Busy(u16),
    /// Redirects without end.
    Endless,
    /// A redirect that leads nowhere, or from the internet into this computer or its home.
    BadRedirect,
}

/// What a check saw: every address in order, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The address asked first, and every one it led to.
    pub addresses: Vec<String>,
    /// How it ended.
    pub end: End,
    /// Requests made.
    pub requests: u64,
}

impl Chain {
    /// Host of the last address.
    pub fn last_host(&self) -> Option<String> {
        let last = Url::parse(self.addresses.last()?).ok()?;
        last.host_str().map(str::to_owned)
    }

    /// Status that the last address answered with.
    pub fn status(&self) -> Option<u16> {
        match self.end {
            End::Answered(status) | End::Busy(status) => Some(status),
            _ => None,
        }
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// Not there any more.
    Gone(u16),
    /// The site is in trouble, or answers with an error.
    Error(u16),
    /// No connection.
    Unreachable,
    /// No secure connection.
    Insecure,
    /// Too slow, or broken off.
    Slow,
    /// It redirects without end, or nowhere.
    Redirects,
    /// It ends on a host that is not the program's.
    ForeignHost(String),
    /// It ends on a host that looks like the program's and is not.
    LookAlike(String),
    /// A parameter of the link is lost on the way.
    Lost(String),
}

impl Problem {
    /// A stable word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Gone(_) => "gone",
            Self::Error(_) => "error",
            Self::Unreachable => "unreachable",
            Self::Insecure => "insecure",
            Self::Slow => "slow",
            Self::Redirects => "redirects",
            Self::ForeignHost(_) => "foreign_host",
            Self::LookAlike(_) => "look_alike",
            Self::Lost(_) => "lost_parameter",
        }
    }

    /// What it is about: a status, a host, a parameter.
    pub fn detail(&self) -> String {
        match self {
            Self::Gone(status) | Self::Error(status) => status.to_string(),
            Self::ForeignHost(text) | Self::LookAlike(text) | Self::Lost(text) => text.clone(),
            _ => String::new(),
        }
    }
}

/// Why nobody can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// Only the tracked address leads there.
    TrackedOnly,
    /// The site keeps programs out.
    KeptOut(u16),
    /// The site asks to be left alone for now.
    Busy(u16),
}

impl Doubt {
    /// A stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::TrackedOnly => "tracked_only",
            Self::KeptOut(_) => "kept_out",
            Self::Busy(_) => "busy",
        }
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It leads where it should.
    Fine,
    /// Nobody can tell.
    Unverifiable(Doubt),
    /// Something is wrong.
    Failed(Vec<Problem>),
}

impl Verdict {
    /// What two checks have in common that found the same; the user accepts one of these as what is expected.
    pub fn fingerprint(&self) -> String {
        match self {
            Self::Fine => "fine".to_owned(),
            Self::Unverifiable(doubt) => match doubt {
                Doubt::TrackedOnly => doubt.word().to_owned(),
                Doubt::KeptOut(status) | Doubt::Busy(status) => {
                    format!("{} {status}", doubt.word())
                }
            },
            Self::Failed(problems) => {
                let mut parts: Vec<String> = problems
                    .iter()
                    .map(|problem| format!("{} {}", problem.word(), problem.detail()))
                    .collect();
                parts.sort();
                parts.join(", ")
            }
        }
    }
}

/// What the chain of a link means. `link` is the whole address as it stands in the world.
pub fn judge(link: &Url, style: &LinkStyle, chain: &Chain) -> Verdict {
    let mut problems = Vec::new();
    match chain.end {
        End::Answered(200..=299) | End::Halted => {}
        End::Answered(status @ (401 | 403 | 407 | 451 | 999)) => {
            return Verdict::Unverifiable(Doubt::KeptOut(status));
        }
        End::Busy(status) => return Verdict::Unverifiable(Doubt::Busy(status)),
        End::Answered(status @ (404 | 410)) => problems.push(Problem::Gone(status)),
        End::Answered(status) => problems.push(Problem::Error(status)),
        End::Unreachable => problems.push(Problem::Unreachable),
        End::Insecure => problems.push(Problem::Insecure),
        End::TimedOut | End::BrokenOff => problems.push(Problem::Slow),
        End::Endless | End::BadRedirect => problems.push(Problem::Redirects),
    }
    let addresses: Vec<Url> = chain
        .addresses
        .iter()
        .filter_map(|address| Url::parse(address).ok())
        .collect();
    let first = addresses.first().and_then(Url::host_str);
    let last = addresses.last().and_then(Url::host_str).unwrap_or_default();
    // A link that stays where it was made to lead is not called foreign: the user chose that host.
    let moved = first.is_some_and(|first| site(first) != site(last));
    if moved && !style.hosts.is_empty() && !covers(&style.hosts, last) {
        problems.push(if looks_alike(&style.hosts, last) {
            Problem::LookAlike(last.to_owned())
        } else {
            Problem::ForeignHost(last.to_owned())
        });
    } else if !moved && looks_alike(&style.hosts, last) {
        problems.push(Problem::LookAlike(last.to_owned()));
    }
    problems.extend(lost(link, style, &addresses));
    if problems.is_empty() {
        Verdict::Fine
    } else {
        Verdict::Failed(problems)
    }
}

/// Parameters that the chain began with and that the address which counts no longer has.
fn lost(link: &Url, style: &LinkStyle, addresses: &[Url]) -> Vec<Problem> {
    // What was asked without its parameters cannot lose them.
    if addresses.len() < 2 || addresses.first().and_then(Url::query) != link.query() {
        return Vec::new();
    }
    // Where clicks are counted: a tracking host reads them and may leave them behind.
    let counts = addresses
        .iter()
        .rfind(|address| {
            covers(
                &style.tracking_hosts,
                address.host_str().unwrap_or_default(),
            )
        })
        .or(addresses.last());
    let Some(counts) = counts else {
        return Vec::new();
    };
    let wanted = style
        .identity_param
        .iter()
        .chain(style.sub_ids.iter().map(|slot| &slot.param));
    let value = |address: &Url, param: &str| {
        address
            .query_pairs()
            .find(|(name, _)| name == param)
            .map(|(_, value)| value.into_owned())
    };
    wanted
        .filter(|param| {
            let had = value(link, param);
            had.is_some() && value(counts, param) != had
        })
        .map(|param| Problem::Lost(param.clone()))
        .collect()
}

/// A host without `www.`.
fn site(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether a host is made to look like one of the program's: its name within another domain, a letter more, less or other.
pub fn looks_alike(hosts: &[String], host: &str) -> bool {
    if covers(hosts, host) {
        return false;
    }
    let host = host.to_ascii_lowercase();
    hosts.iter().any(|pattern| {
        let own = pattern.trim_start_matches('.').to_ascii_lowercase();
        let under = format!(".{own}");
        if host == own || host.ends_with(&under) {
            return false;
        }
        let labels: Vec<&str> = own.split('.').collect();
        let Some(name) = labels.len().checked_sub(2).and_then(|at| labels.get(at)) else {
            return false;
        };
        if name.chars().count() < 4 {
            return false;
        }
        host.split('.').any(|label| {
            // An international name is written in Latin letters with a mark; what it shows cannot be compared here.
            let label = label.strip_prefix("xn--").unwrap_or(label);
            label != *name && (label.split('-').any(|part| part == *name) || near(label, name))
        }) || host.split('.').any(|label| label == *name) && host.matches('.').count() > 1
            || host.starts_with(&format!("{own}."))
    })
}

/// Whether two words differ by one letter at most: another, one more, one less, or two that changed places.
fn near(word: &str, known: &str) -> bool {
    let (word, known): (Vec<char>, Vec<char>) = (word.chars().collect(), known.chars().collect());
    let same = word
        .iter()
        .zip(&known)
        .take_while(|(letter, right)| letter == right)
        .count();
    match (&word[same..], &known[same..]) {
        ([_, tail @ ..], [_, other @ ..]) if tail == other => true,
        ([first, second, tail @ ..], [left, right, other @ ..])
            if first == right && second == left && tail == other =>
        {
            true
        }
        ([_, tail @ ..], other) if tail == other => true,
        (tail, [_, other @ ..]) if tail == other => true,
        _ => false,
    }
}

/// Whether an address lies on this computer or in a home network: nothing on the internet leads there honestly.
pub fn is_private(address: &Url) -> bool {
    match address.host() {
        Some(Host::Ipv4(ip)) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()
        }
        Some(Host::Ipv6(ip)) => {
            ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_unique_local()
                || ip.is_unicast_link_local()
        }
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            matches!(name.rsplit('.').next(), Some("localhost" | "local"))
        }
        None => true,
    }
}

/// How a link stands, and what led to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// The state.
    pub state: HealthState,
    /// Failures in a row that counted, up to [`ALARM`].
    pub failures: u32,
    /// When the first of them was.
    pub failing_since: Option<DateTime<Utc>>,
    /// When the last of them was.
    pub counted_at: Option<DateTime<Utc>>,
    /// When it was last checked.
    pub checked_at: Option<DateTime<Utc>>,
}

impl Health {
    /// How it stands after a check. `accepted` is the fingerprint that the user said is fine.
    #[must_use]
    pub fn after(self, verdict: &Verdict, accepted: Option<&str>, at: DateTime<Utc>) -> Self {
        let settled = |state| Self {
            state,
            checked_at: Some(at),
            ..Self::default()
        };
        if *verdict != Verdict::Fine && accepted == Some(verdict.fingerprint().as_str()) {
            return settled(HealthState::Expected);
        }
        match verdict {
            Verdict::Fine => settled(HealthState::Healthy),
            // What cannot be seen neither clears nor adds to what was seen before.
            Verdict::Unverifiable(_) if self.failures > 0 => Self {
                checked_at: Some(at),
                ..self
            },
            Verdict::Unverifiable(_) => settled(HealthState::Unverifiable),
            Verdict::Failed(_) => self.failed(at),
        }
    }

    fn failed(self, at: DateTime<Utc>) -> Self {
        // A last failure in the future is one of a clock that was wrong: it counts as long ago.
        let counts = self
            .counted_at
            .is_none_or(|last| last > at || at - last >= APART);
        if !counts {
            return Self {
                checked_at: Some(at),
                ..self
            };
        }
        let failures = (self.failures + 1).min(ALARM);
        Self {
            state: if failures == ALARM {
                HealthState::Broken
            } else {
                self.state
            },
            failures,
            failing_since: self.failing_since.or(Some(at)),
            counted_at: Some(at),
            checked_at: Some(at),
        }
    }
}

#[cfg(test)]
#[path = "link_health_tests.rs"]
mod tests;
