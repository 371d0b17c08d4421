//! Tracking links.

use super::{Amount, dto};

dto! {
    /// A saved link.
    pub struct LinkDto {
        /// UUID.
        pub id: String,
        /// Short code; conversions are attributed by it.
        pub code: String,
        /// The finished address.
        pub url: String,
        /// Slug of the program.
        pub program: String,
        /// Name of the destination, where it is a saved one.
        pub destination: Option<String>,
        /// Name of the channel.
        pub channel: String,
        /// Word of the channel's kind.
        pub channel_kind: String,
        /// Name of the campaign.
        pub campaign: Option<String>,
        /// Label.
        pub label: String,
        /// Sub-IDs it carries.
        pub sub_ids: Vec<String>,
        /// In the user's words.
        pub note: String,
        /// No longer offered.
        pub archived: bool,
        /// When it was made, RFC 3339.
        pub created_at: String,
        /// Conversions attributed to it.
        #[ts(type = "number")]
        pub referrals: u64,
        /// What it earned, one amount a currency.
        pub earned: Vec<Amount>,
        /// Counts edits.
        #[ts(type = "number")]
        pub revision: i64,
    }

    /// Which links.
    pub struct LinkList {
        /// Words to find in label, URL, code, note.
        #[serde(default)]
        pub search: String,
        /// Slug.
        #[serde(default)]
        pub program: Option<String>,
        /// Name.
        #[serde(default)]
        pub channel: Option<String>,
        /// Name.
        #[serde(default)]
        pub campaign: Option<String>,
        /// Also archived ones.
        #[serde(default)]
        pub archived: bool,
        /// Rows at most.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Where the page begins.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// One destination, links for one or many channels.
    pub struct LinkNew {
        /// Slug of the program.
        pub program: String,
        /// Channels by name or id.
        pub channels: Vec<String>,
        /// Campaign by name or id.
        #[serde(default)]
        pub campaign: Option<String>,
        /// Label.
        #[serde(default)]
        pub label: String,
        /// A destination's name or id, or an address; the main one where null.
        #[serde(default)]
        pub destination: Option<String>,
        /// Accept a host that is not one of the program's.
        #[serde(default)]
        pub any_host: bool,
    }

    /// Links that were, or would be, made.
    pub struct LinksMade {
        /// The links; in a preview their ids are empty.
        pub links: Vec<LinkDto>,
        /// What to know about them.
        pub warnings: Vec<String>,
    }

    /// Changes a link.
    pub struct LinkUpdate {
        /// The link.
        pub id: String,
        /// Null leaves it.
        #[serde(default)]
        pub label: Option<String>,
        /// Null leaves it.
        #[serde(default)]
        pub note: Option<String>,
        /// Null leaves it.
        #[serde(default)]
        pub archived: Option<bool>,
    }

    /// A link as a picture.
    pub struct QrInput {
        /// The link.
        pub id: String,
        /// `svg` or `png`.
        pub format: String,
    }

    /// A QR code.
    pub struct QrImage {
        /// `svg` or `png`.
        pub format: String,
        /// The SVG's text, or the PNG in base64.
        pub data: String,
    }

    /// A QR code into a file.
    pub struct QrSave {
        /// The link.
        pub id: String,
        /// Where; the ending (.svg or .png) decides the format.
        pub out: String,
    }

    /// Links from a CSV file: columns program, channel, campaign, label, destination.
    pub struct LinkBulk {
        /// The file.
        pub path: String,
        /// Only say what would happen.
        #[serde(default)]
        pub dry_run: bool,
        /// Name under which progress is asked for.
        #[serde(default)]
        pub job: Option<String>,
    }

    /// What a bulk import made, or would make.
    pub struct LinkBulkDone {
        /// Rows read.
        #[ts(type = "number")]
        pub read: u64,
        /// Links made.
        #[ts(type = "number")]
        pub new: u64,
        /// Rows refused, with their reasons.
        pub refused: Vec<super::Refused>,
        /// Nothing was written.
        pub dry_run: bool,
        /// The first links, to look at.
        pub sample: Vec<LinkDto>,
    }
}
