//! Care for links: health, places, templates, rules for ready-made IDs, links from other tools.

use super::{ReportShows, SlotDto, dto};

dto! {
    /// Which links to check.
    #[derive(Default)]
    pub struct LinkCheck {
        /// These, by id or code; all in use where empty.
        #[serde(default)]
        pub ids: Vec<String>,
        /// Also archived ones and those past their last day.
        #[serde(default)]
        pub all: bool,
        /// Only where the schedule says so; else nothing happens.
        #[serde(default)]
        pub due: bool,
        /// Results given back at most, the worst first.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Name under which progress is asked for.
        #[serde(default)]
        pub job: Option<String>,
    }

    /// What a check found.
    pub struct LinksChecked {
        /// Links looked at.
        #[ts(type = "number")]
        pub checked: u64,
        /// They lead where they should.
        #[ts(type = "number")]
        pub healthy: u64,
        /// As you said is fine.
        #[ts(type = "number")]
        pub expected: u64,
        /// Nobody can tell.
        #[ts(type = "number")]
        pub unverifiable: u64,
        /// Failed three times over time.
        #[ts(type = "number")]
        pub broken: u64,
        /// Failed, not yet often enough for an alarm.
        #[ts(type = "number")]
        pub failing: u64,
        /// Requests made.
        #[ts(type = "number")]
        pub requests: u64,
        /// It was stopped before the end; what was checked is kept.
        pub stopped: bool,
        /// The links, the worst first.
        pub items: Vec<CheckedLink>,
    }

    /// How one link stands after a check.
    pub struct CheckedLink {
        /// UUID.
        pub id: String,
        /// Short code.
        pub code: String,
        /// The link's address.
        pub url: String,
        /// What was asked; null where only the tracked address leads there.
        pub asked: Option<String>,
        /// `unchecked`, `healthy`, `expected`, `unverifiable` or `broken`.
        pub state: String,
        /// Failed checks in a row.
        pub failures: u32,
        /// Status of the last answer.
        pub status: Option<u16>,
        /// Host of the last address.
        pub final_host: Option<String>,
        /// Every address of the chain.
        pub chain: Vec<String>,
        /// What is wrong.
        pub problems: Vec<LinkProblem>,
        /// The same in a sentence.
        pub says: String,
    }

    /// One thing that is wrong with a link.
    pub struct LinkProblem {
        /// `gone`, `error`, `unreachable`, `insecure`, `slow`, `redirects`, `foreign_host`, `look_alike`, `lost_parameter`.
        pub kind: String,
        /// The status, host or parameter that it is about.
        pub detail: String,
        /// In a sentence.
        pub message: String,
    }

    /// How a link stands, and what led to it.
    pub struct LinkHealth {
        /// The link.
        pub id: String,
        /// Short code.
        pub code: String,
        /// `unchecked`, `healthy`, `expected`, `unverifiable` or `broken`.
        pub state: String,
        /// Failed checks in a row.
        pub failures: u32,
        /// The first of them, RFC 3339.
        pub failing_since: Option<String>,
        /// The last check, RFC 3339.
        pub checked_at: Option<String>,
        /// What was asked; null where only the tracked address leads there.
        pub asked: Option<String>,
        /// Status of the last answer.
        pub status: Option<u16>,
        /// Host of the last address.
        pub final_host: Option<String>,
        /// What is wrong.
        pub problems: Vec<LinkProblem>,
        /// The same in a sentence.
        pub says: String,
        /// The day on which what it answers was accepted.
        pub accepted_on: Option<String>,
        /// The tracked addresses of its program may be asked.
        pub tracked_allowed: bool,
        /// What checks saw, the newest first.
        pub checks: Vec<LinkCheckDto>,
        /// Places that still hold it.
        pub places: Vec<PlacementDto>,
    }

    /// What checks in a row saw.
    pub struct LinkCheckDto {
        /// The first of them, RFC 3339.
        pub first_at: String,
        /// The last of them.
        pub last_at: String,
        /// How many.
        #[ts(type = "number")]
        pub times: u64,
        /// Every address of the chain.
        pub chain: Vec<String>,
        /// In a sentence.
        pub says: String,
    }

    /// Accepts what a link answers now, or takes that back.
    pub struct LinkAccept {
        /// The link.
        pub id: String,
        /// Whether it is fine.
        pub accept: bool,
    }

    /// How links are checked.
    pub struct LinkCheckSettings {
        /// Hours between checks; null for never.
        #[serde(default)]
        pub every_hours: Option<u32>,
        /// Programs (slugs) whose tracked addresses may be asked, which can count as clicks of your own.
        #[serde(default)]
        pub tracked: Vec<String>,
    }

    /// How all links in use stand.
    pub struct LinkDigest {
        /// Links in use.
        #[ts(type = "number")]
        pub links: u64,
        /// They lead where they should.
        #[ts(type = "number")]
        pub healthy: u64,
        /// As you said is fine.
        #[ts(type = "number")]
        pub expected: u64,
        /// Nobody can tell.
        #[ts(type = "number")]
        pub unverifiable: u64,
        /// Never checked.
        #[ts(type = "number")]
        pub unchecked: u64,
        /// Failed three times over time.
        #[ts(type = "number")]
        pub broken: u64,
        /// Failed, not yet often enough.
        #[ts(type = "number")]
        pub failing: u64,
        /// Places whose link must be replaced.
        #[ts(type = "number")]
        pub to_replace: u64,
        /// The last check, RFC 3339.
        pub checked_at: Option<String>,
        /// The next one by schedule, RFC 3339.
        pub next_at: Option<String>,
    }

    /// A place that holds a link.
    pub struct PlacementDto {
        /// UUID.
        pub id: String,
        /// The link's code.
        pub link: String,
        /// The link's label.
        pub label: String,
        /// The link's channel.
        pub channel: String,
        /// The link's address.
        pub url: String,
        /// `page`, `email`, `video`, `bio`, `post`, `ad`, `print` or `other`.
        pub kind: String,
        /// The address, or the words for it.
        pub place: String,
        /// First day.
        pub since: String,
        /// The day it was taken out; null while it is there.
        pub until: Option<String>,
        /// In the user's words.
        pub note: String,
        /// Why the link must be replaced there: `broken`, `expired` or `archived`.
        pub replace: Option<String>,
    }

    /// Which places.
    #[derive(Default)]
    pub struct PlacementList {
        /// Of this link, by id or code.
        #[serde(default)]
        pub link: Option<String>,
        /// Words to find.
        #[serde(default)]
        pub search: String,
        /// Only those whose link must be replaced.
        #[serde(default)]
        pub replace: bool,
        /// Also those that no longer hold their link.
        #[serde(default)]
        pub past: bool,
        /// Rows at most.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Where the page begins.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// Adds or changes a place.
    pub struct PlacementSave {
        /// The place; a new one where null.
        #[serde(default)]
        pub id: Option<String>,
        /// The link of a new one, by id or code.
        #[serde(default)]
        pub link: Option<String>,
        /// What holds it.
        #[serde(default)]
        pub kind: Option<String>,
        /// The address, or the words for it.
        #[serde(default)]
        pub place: Option<String>,
        /// First day; today where null for a new one.
        #[serde(default)]
        pub since: Option<String>,
        /// In the user's words.
        #[serde(default)]
        pub note: Option<String>,
    }

    /// Notes that a place no longer holds its link.
    pub struct PlacementDone {
        /// The place.
        pub id: String,
        /// The link that stands there now, by id or code; none where it was only taken out.
        #[serde(default)]
        pub by: Option<String>,
    }

    /// How links of one channel are written and named.
    pub struct TemplateDto {
        /// UUID.
        pub id: String,
        /// Slug of the program.
        pub program: String,
        /// Name of the channel; null for all others.
        pub channel: Option<String>,
        /// Sub-ID parameters.
        pub sub_ids: Vec<SlotDto>,
        /// UTM parameters.
        pub utm: Vec<SlotDto>,
        /// Rules of names.
        pub naming: NamingDto,
    }

    /// Rules for the names of links; a link that breaks one is refused.
    #[derive(Default)]
    pub struct NamingDto {
        /// Every link has a label.
        #[serde(default)]
        pub label_required: bool,
        /// Every link belongs to a campaign.
        #[serde(default)]
        pub campaign_required: bool,
        /// Labels are lower-case letters, digits and hyphens.
        #[serde(default)]
        pub label_plain: bool,
        /// Characters of a label at most.
        #[serde(default)]
        pub label_max: Option<u32>,
        /// A label begins with one of these.
        #[serde(default)]
        pub label_begins: Vec<String>,
    }

    /// Saves a template, or only shows what it would do.
    pub struct TemplateSave {
        /// Slug of the program.
        pub program: String,
        /// Name of the channel; null for all others.
        #[serde(default)]
        pub channel: Option<String>,
        /// Sub-ID parameters.
        #[serde(default)]
        pub sub_ids: Vec<SlotDto>,
        /// UTM parameters.
        #[serde(default)]
        pub utm: Vec<SlotDto>,
        /// Rules of names.
        #[serde(default)]
        pub naming: NamingDto,
        /// A label to try it with.
        #[serde(default)]
        pub label: String,
        /// A campaign to try it with.
        #[serde(default)]
        pub campaign: String,
    }

    /// A link as a template would write it.
    pub struct TemplatePreview {
        /// The address.
        pub url: String,
        /// What reports will show.
        pub shows: Vec<ReportShows>,
        /// Why such a link would be refused.
        pub refused: Option<String>,
    }

    /// Where to begin with a template.
    pub struct TemplateStart {
        /// Slug of the program.
        pub program: String,
        /// Name of the channel; null for all others.
        #[serde(default)]
        pub channel: Option<String>,
    }

    /// A rule for ready-made IDs.
    pub struct IdRuleDto {
        /// UUID.
        pub id: String,
        /// The IDs it means; `*` at the beginning or end stands for anything.
        pub pattern: String,
        /// Only rows of this program.
        pub program: Option<String>,
        /// Code of the archived link that stands for it.
        pub link: String,
        /// Name of the channel.
        pub channel: String,
        /// Name of the campaign.
        pub campaign: Option<String>,
        /// Rows of the ledger that it speaks for.
        #[ts(type = "number")]
        pub rows: u64,
    }

    /// Makes a rule.
    pub struct IdRuleAdd {
        /// The IDs it means.
        pub pattern: String,
        /// Slug of the program.
        pub program: String,
        /// Name of the channel.
        pub channel: String,
        /// Name of the campaign.
        #[serde(default)]
        pub campaign: Option<String>,
    }

    /// The rules, and what none of them means yet.
    pub struct IdRules {
        /// In the order they are tried.
        pub items: Vec<IdRuleDto>,
        /// Where the next page begins; null on the last one.
        pub next: Option<String>,
        /// Sub-IDs of reports that no link and no rule speaks for, the most frequent first.
        pub unassigned: Vec<UnassignedId>,
    }

    /// Sub-IDs that nothing speaks for.
    pub struct UnassignedId {
        /// The sub-IDs of the rows.
        pub sub_ids: Vec<String>,
        /// Rows that have them.
        #[ts(type = "number")]
        pub rows: u64,
    }

    /// Links from another tool's file.
    pub struct LinkImport {
        /// The file.
        pub path: String,
        /// `pretty-links`, `thirsty-affiliates`, `bitly`, or `columns` with a mapping; told from the header where null.
        #[serde(default)]
        pub source: Option<String>,
        /// Which column is what, for `columns`.
        #[serde(default)]
        pub columns: Option<LinkColumns>,
        /// Slug of the program of rows whose host says none.
        #[serde(default)]
        pub program: Option<String>,
        /// Name of the channel of all rows that name none.
        #[serde(default)]
        pub channel: Option<String>,
        /// Folder of all rows that name none.
        #[serde(default)]
        pub folder: Option<String>,
        /// Only say what would happen.
        #[serde(default)]
        pub dry_run: bool,
        /// Name under which progress is asked for.
        #[serde(default)]
        pub job: Option<String>,
    }

    /// Which column is what; a column's name.
    #[derive(Default)]
    pub struct LinkColumns {
        /// The address a click leads to.
        #[serde(default)]
        pub address: String,
        /// Label.
        #[serde(default)]
        pub label: Option<String>,
        /// Short name or short link, kept in the note.
        #[serde(default)]
        pub short: Option<String>,
        /// Tags, separated by comma or semicolon.
        #[serde(default)]
        pub tags: Option<String>,
        /// Folder.
        #[serde(default)]
        pub folder: Option<String>,
        /// Note.
        #[serde(default)]
        pub note: Option<String>,
        /// Channel.
        #[serde(default)]
        pub channel: Option<String>,
    }

    /// What a file of links holds, before anything is taken.
    pub struct LinkFile {
        /// Its columns.
        pub header: Vec<String>,
        /// The first rows.
        pub rows: Vec<Vec<String>>,
        /// The tool it is from, where its header tells.
        pub source: Option<String>,
        /// Which column is what, as far as it can be told.
        pub columns: LinkColumns,
    }

    /// What an import of links brought, or would bring.
    pub struct LinkImportDone {
        /// Rows read.
        #[ts(type = "number")]
        pub read: u64,
        /// Links made.
        #[ts(type = "number")]
        pub new: u64,
        /// Rows whose address is in the book already, for the same channel.
        #[ts(type = "number")]
        pub same: u64,
        /// Rows refused, with their reasons.
        pub refused: Vec<super::Refused>,
        /// Nothing was written.
        pub dry_run: bool,
        /// How the file was read.
        pub source: String,
        /// The first links, to look at.
        pub sample: Vec<super::LinkDto>,
    }
}
