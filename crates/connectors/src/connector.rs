//! What a network has to say for itself.

use crate::{
    Run,
    awin::Awin,
    cj::Cj,
    digistore24::Digistore24,
    firstpromoter::FirstPromoter,
    http::{Rate, Request},
    impact::Impact,
    kartra::Kartra,
    partnerstack::PartnerStack,
};
use chrono::{DateTime, Utc};
use perennial_domain::Currency;

/// The account that a connection is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The account at the network, where its interface asks for one.
    pub id: String,
    /// Currency of amounts that come without one.
    pub currency: Option<Currency>,
    /// Addresses or numbers of leads, where the network answers for one lead at a time.
    pub leads: Vec<String>,
}

/// What one sync is to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whose.
    pub account: Account,
    /// From this instant on; everything where none.
    pub since: Option<DateTime<Utc>>,
    /// When the sync of this window began, by a clock that may be hours off.
    pub begun: DateTime<Utc>,
    /// When the last complete sync began, by the same clock.
    pub last: Option<DateTime<Utc>>,
    /// Where a sync of the same window was cut off: the last [`crate::Landing::resume`].
    pub resume: Option<String>,
}

/// What a person is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What it is.
    pub label: &'static str,
    /// Where to find it.
    pub help: &'static str,
    /// Whether the network answers nothing without it.
    pub required: bool,
}

/// What a connection to a network needs, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// What comes over it.
    pub about: &'static str,
    /// The account; none where the key says it.
    pub account: Option<Ask>,
    /// The key.
    pub key: Ask,
    /// Whether a list of leads is needed.
    pub leads: bool,
}

/// How far a later sync reads back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// Days that are read again where the network cannot say what changed; longer than the longest time in which a record
    /// may still change.
    pub trailing_days: u32,
    /// An account whose rows go back no further is read whole each time, from its first row on. None where the cost of
    /// reading does not depend on the days.
    pub whole_days: Option<u32>,
    /// Days that the network still serves, a day less than it says, since our clock may be off. None for everything.
    pub reach_days: Option<u32>,
}

/// A network: its rules, and its parsing. It does no I/O and holds no key.
pub trait Connector: Send + Sync {
    /// Its name in lower case.
    fn network(&self) -> &'static str;

    /// Its name for people.
    fn title(&self) -> &'static str;

    /// What a connection to it needs.
    fn form(&self) -> Form;

    /// Its own base address; `{account}` in it stands for the account.
    fn address(&self) -> &'static str;

    /// Whether its answers name no currency, so that the connection must.
    fn needs_currency(&self) -> bool {
        false
    }

    /// How far back a later sync reads.
    fn depth(&self) -> Depth;

    /// How many questions it allows.
    fn rate(&self) -> Option<Rate> {
        None
    }

    /// Whether a complete sync has seen everything of its window, so that what is missing has vanished.
    fn sees_everything(&self) -> bool {
        true
    }

    /// One small question that only a good key gets an answer to.
    fn probe(&self, account: &Account, now: DateTime<Utc>) -> Request;

    /// What the answer to the probe says against the key or the account, where the network says so in an answer that
    /// looks good.
    fn objection(&self, _answer: &str) -> Option<Objection> {
        None
    }

    /// Begins a sync.
    fn run(&self, plan: Plan) -> Box<dyn Run>;
}

pub use crate::driver::Objection;

const ALL: [&dyn Connector; 7] = [
    &PartnerStack,
    &Impact,
    &FirstPromoter,
    &Cj,
    &Awin,
    &Digistore24,
    &Kartra,
];

/// The connector of a network.
pub fn by_name(network: &str) -> Option<&'static dyn Connector> {
    ALL.into_iter()
        .find(|connector| connector.network() == network)
}

/// The networks there is a connector for.
pub fn networks() -> impl Iterator<Item = &'static dyn Connector> {
    ALL.into_iter()
}

/// A base address with the account in its place.
pub fn address(template: &str, account: &str) -> String {
    let account: String = url::form_urlencoded::byte_serialize(account.as_bytes()).collect();
    // The words that the networks' own documentation has in this place.
    ["{account}", "{SID}", "{AccountSID}", "{id}"]
        .iter()
        .fold(template.to_owned(), |address, mark| {
            address.replace(mark, &account)
        })
        .trim_end_matches("/{fn}")
        .to_owned()
}
