//! Connections to networks, and syncs.

use super::{Key, Refused, RowCounts, UnknownWord, Vanished, dto};

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
        /// The network's name for people.
        pub title: String,
        /// `new` (never asked), `good`, `partial` (the last sync broke off) or `failed` (it brought nothing).
        pub health: String,
        /// Why the last sync ended early, and the ways out.
        pub error: Option<SyncError>,
        /// Hours between two syncs by schedule; null where it is off.
        pub every_hours: Option<u32>,
        /// When the schedule asks next, RFC 3339; it is due where that lies in the past.
        pub next_run_at: Option<String>,
        /// Rows of the ledger that came over it.
        #[ts(type = "number")]
        pub rows: u64,
        /// Leads that it asks for, where the network answers for one at a time.
        pub leads: Vec<String>,
    }

    /// A network that a connection can be made to, and what it needs.
    pub struct NetworkDto {
        /// In lower case.
        pub name: String,
        /// For people.
        pub title: String,
        /// What comes over it, in a sentence.
        pub about: String,
        /// Its own address; `{account}` stands for the account.
        pub address: String,
        /// The account; null where none is asked for.
        pub account: Option<FieldHelp>,
        /// The key.
        pub key: FieldHelp,
        /// Whether the connection must name a currency.
        pub needs_currency: bool,
        /// Whether a list of leads is needed.
        pub leads: bool,
    }

    /// A field of a form.
    pub struct FieldHelp {
        /// Its name.
        pub label: String,
        /// Where to find what belongs there.
        pub help: String,
        /// Whether it must be filled in.
        pub required: bool,
    }

    /// How often a connection is asked by itself.
    pub struct ScheduleSet {
        /// Name of the connection.
        pub name: String,
        /// Hours, 1 to 720; null turns it off.
        #[serde(default)]
        pub every_hours: Option<u32>,
    }

    /// The leads that a connection asks for.
    pub struct LeadsSet {
        /// Name of the connection.
        pub name: String,
        /// Addresses or numbers, all of them.
        pub leads: Vec<String>,
    }

    /// A sync of what is due.
    pub struct SyncDueInput {
        /// The key for this run only; nothing is stored.
        #[serde(default)]
        #[ts(as = "Option<String>")]
        pub secret: Option<Key>,
        /// Name under which progress is asked for.
        #[serde(default)]
        pub job: Option<String>,
    }

    /// One sync as the log has it. There is no key in it: it can be sent to others.
    pub struct SyncRunDto {
        /// UUID.
        pub id: String,
        /// Name of the connection.
        pub connection: String,
        /// `person` or `schedule`.
        pub by: String,
        /// RFC 3339.
        pub begun_at: String,
        /// RFC 3339.
        pub ended_at: String,
        /// `complete`, `partial` or `failed`.
        pub outcome: String,
        /// The same in a sentence.
        pub summary: String,
        /// The batch; null where nothing was written.
        pub batch: Option<String>,
        /// Requests made.
        #[ts(type = "number")]
        pub requests: u64,
        /// Of these, repeats.
        #[ts(type = "number")]
        pub retries: u64,
        /// Why it ended early.
        pub error: Option<SyncError>,
        /// What happened.
        pub lines: Vec<LogLine>,
    }

    /// A line of the log.
    pub struct LogLine {
        /// RFC 3339.
        pub at: String,
        /// What happened.
        pub text: String,
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
        #[ts(as = "Option<String>")]
        pub secret: Option<Key>,
        /// Leads to ask for, where the network answers for one at a time.
        #[serde(default)]
        pub leads: Vec<String>,
    }

    /// A key for a connection.
    pub struct SecretSet {
        /// Name of the connection.
        pub name: String,
        /// The key; empty forgets it.
        #[ts(as = "String")]
        pub secret: Key,
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
        #[ts(as = "Option<String>")]
        pub secret: Option<Key>,
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
