//! Connections to networks, and syncs.

use super::{Refused, RowCounts, UnknownWord, Vanished, dto};

dto! {
    /// A configured network account.
    pub struct ConnectionDto {
        /// UUID.
        pub id: String,
        /// Unique name.
        pub name: String,
        /// Network, in lower case.
        pub network: String,
        /// The account at the network.
        pub account: String,
        /// Slug of the program that everything of it belongs to.
        pub program: Option<String>,
        /// Currency where the network reports none.
        pub currency: Option<String>,
        /// In place of the network's own address.
        pub base_url: Option<String>,
        /// Whether a key is kept for it: `yes`, `no`, or `no keychain`.
        pub secret: String,
        /// When it last ran, RFC 3339.
        pub last_run_at: Option<String>,
        /// What came of it, in a sentence.
        pub last_outcome: Option<String>,
    }

    /// A new connection.
    pub struct ConnectionAdd {
        /// Network, in lower case.
        pub network: String,
        /// Unique name.
        pub name: String,
        /// The account at the network.
        #[serde(default)]
        pub account: String,
        /// Slug of the program that everything of it belongs to.
        #[serde(default)]
        pub program: Option<String>,
        /// Currency where the network reports none.
        #[serde(default)]
        pub currency: Option<String>,
        /// In place of the network's own address.
        #[serde(default)]
        pub base_url: Option<String>,
        /// The key; kept in the keychain alone.
        #[serde(default)]
        pub secret: Option<String>,
    }

    /// A key for a connection.
    pub struct SecretSet {
        /// Name of the connection.
        pub name: String,
        /// The key; empty forgets it.
        pub secret: String,
    }

    /// What testing a connection said.
    pub struct ConnectionTested {
        /// Whether it works.
        pub ok: bool,
        /// In a sentence.
        pub message: String,
    }

    /// A sync.
    pub struct SyncInput {
        /// Names of connections; all where empty.
        #[serde(default)]
        pub names: Vec<String>,
        /// First day to ask for.
        #[serde(default)]
        pub since: Option<String>,
        /// The key for this run only; nothing is stored.
        #[serde(default)]
        pub secret: Option<String>,
        /// Name under which progress is asked for.
        #[serde(default)]
        pub job: Option<String>,
    }

    /// What a sync did.
    pub struct SyncDone {
        /// One entry for each connection.
        pub connections: Vec<SyncedConnection>,
    }

    /// What the sync of one connection did.
    pub struct SyncedConnection {
        /// Its name.
        pub name: String,
        /// The batch; null where nothing was written.
        pub batch: Option<String>,
        /// Conversions.
        pub rows: RowCounts,
        /// Records that did not land.
        pub refused: Vec<Refused>,
        /// Rows that the source no longer has.
        pub vanished: Vec<Vanished>,
        /// Words that are not known.
        pub unknown: Vec<UnknownWord>,
        /// Requests made.
        #[ts(type = "number")]
        pub requests: u64,
        /// Of these, repeats.
        #[ts(type = "number")]
        pub retries: u64,
        /// Whether everything was fetched.
        pub complete: bool,
        /// Why it ended early.
        pub error: Option<SyncError>,
    }

    /// Why a sync ended early.
    pub struct SyncError {
        /// Stable code.
        pub code: String,
        /// What happened.
        pub message: String,
        /// Ways out.
        pub hints: Vec<String>,
    }
}
