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
        /// Tags, in order.
        pub tags: Vec<String>,
        /// Folder; empty for none.
        pub folder: String,
        /// Its last day.
        pub expires_on: Option<String>,
        /// That day is past.
        pub expired: bool,
        /// How it stands: `unchecked`, `healthy`, `expected`, `unverifiable` or `broken`.
        pub state: String,
        /// Failed checks in a row; three over time make it broken.
        pub failures: u32,
        /// When it was last checked, RFC 3339.
        pub checked_at: Option<String>,
        /// Counts edits.
        #[ts(type = "number")]
        pub revision: i64,
    }

    /// Which links.
    #[derive(Default)]
    pub struct LinkList {
        /// Words to find in label, URL, code, note, folder and tags.
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
        /// With this tag.
        #[serde(default)]
        pub tag: Option<String>,
        /// In this folder.
        #[serde(default)]
        pub folder: Option<String>,
        /// How they stand: a state, `failing` or `expired`.
        #[serde(default)]
        pub state: Option<String>,
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
        /// What reports will show of the first of them.
        pub shows: Vec<ReportShows>,
    }

    /// A parameter of a link, as it comes back.
    pub struct ReportShows {
        /// Name of the parameter.
        pub param: String,
        /// Its value.
        pub value: String,
        /// Where it comes back: `report` (the network's) or `analytics` (your own site's).
        pub place: String,
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
        /// All tags; null leaves them.
        #[serde(default)]
        pub tags: Option<Vec<String>>,
        /// Null leaves it, empty takes it out of its folder.
        #[serde(default)]
        pub folder: Option<String>,
        /// The last day; null leaves it, empty takes it away.
        #[serde(default)]
        pub expires_on: Option<String>,
    }

    /// Changes many links in one step.
    #[derive(Default)]
    pub struct LinkBulkEdit {
        /// These links, by id or code; all that `which` finds where empty.
        #[serde(default)]
        pub ids: Vec<String>,
        /// Which links; limit and cursor do not matter.
        #[serde(default)]
        pub which: Option<LinkList>,
        /// Tags to add.
        #[serde(default)]
        pub add_tags: Vec<String>,
        /// Tags to take off.
        #[serde(default)]
        pub remove_tags: Vec<String>,
        /// Null leaves it, empty takes them out of their folder.
        #[serde(default)]
        pub folder: Option<String>,
        /// The last day; null leaves it, empty takes it away.
        #[serde(default)]
        pub expires_on: Option<String>,
        /// Null leaves it.
        #[serde(default)]
        pub archived: Option<bool>,
        /// Only say how many.
        #[serde(default)]
        pub dry_run: bool,
    }

    /// What an edit of many links did.
    pub struct LinkBulkEdited {
        /// Links.
        #[ts(type = "number")]
        pub links: u64,
        /// Places that still hold one of them and must have it replaced.
        #[ts(type = "number")]
        pub to_replace: u64,
        /// Nothing was written.
        pub dry_run: bool,
    }

    /// Names that links are kept under.
    pub struct LinkShelves {
        /// Tags.
        pub tags: Vec<ShelfName>,
        /// Folders.
        pub folders: Vec<ShelfName>,
    }

    /// A tag or a folder.
    pub struct ShelfName {
        /// Its name.
        pub name: String,
        /// Links in use that have it.
        #[ts(type = "number")]
        pub links: u64,
    }

    /// Many links as QR codes on printed pages.
    pub struct QrSheet {
        /// The links, by id or code, in this order.
        pub ids: Vec<String>,
        /// The PDF.
        pub out: String,
        /// `a4` or `letter`.
        #[serde(default)]
        pub paper: Option<String>,
        /// Codes in a row, 2 to 6.
        #[serde(default)]
        pub columns: Option<u32>,
    }

    /// An address that another program handed over: `perennial://link/new?url=…`.
    pub struct LinkAddress {
        /// It.
        pub address: String,
    }

    /// An address that waits to be looked at.
    pub struct LinkHanded {
        /// It; null where none waits.
        pub address: Option<String>,
    }

    /// What it asks for.
    pub struct LinkAsked {
        /// The page that a link is wanted to, checked.
        pub url: String,
        /// Slug of the program whose page it is, where one is known.
        pub program: Option<String>,
        /// Channel, where it names one that is known.
        pub channel: Option<String>,
        /// Campaign, where it names one that is known.
        pub campaign: Option<String>,
        /// Label.
        pub label: String,
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
