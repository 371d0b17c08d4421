//! What a network has to say for itself.

use crate::{Run, http::Request, partnerstack::PartnerStack};
use chrono::{DateTime, Utc};
use perennial_domain::Currency;

/// The account that a connection is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The account at the network, where its interface asks for one.
    pub id: String,
    /// Currency of amounts that come without one.
    pub currency: Option<Currency>,
}

/// What one sync is to fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Whose.
    pub account: Account,
    /// From this instant on; everything where none.
    pub since: Option<DateTime<Utc>>,
    /// Where a sync of the same window was cut off: the last [`crate::Landing::resume`].
    pub resume: Option<String>,
}

/// A network: its rules, and its parsing. It does no I/O and holds no key.
pub trait Connector: Send + Sync {
    /// Its name in lower case.
    fn network(&self) -> &'static str;

    /// Its name for people.
    fn title(&self) -> &'static str;

    /// Its own base address.
    fn address(&self) -> &'static str;

    /// Whether its answers name no currency, so that the connection must.
    fn needs_currency(&self) -> bool;

    /// Days that a later sync reads again where the network cannot say what changed; longer than the longest time in
    /// which a record may still change.
    fn trailing_days(&self) -> u32;

    /// One small question that only a good key gets an answer to.
    fn probe(&self, account: &Account) -> Request;

    /// Begins a sync.
    fn run(&self, plan: Plan) -> Box<dyn Run>;
}

const ALL: [&dyn Connector; 1] = [&PartnerStack];

/// The connector of a network.
pub fn by_name(network: &str) -> Option<&'static dyn Connector> {
    ALL.into_iter()
        .find(|connector| connector.network() == network)
}

/// The networks there is a connector for.
pub fn networks() -> impl Iterator<Item = &'static str> {
    ALL.into_iter().map(Connector::network)
}
