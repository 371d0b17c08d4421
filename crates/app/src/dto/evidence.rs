//! Compliance evidence: dated copies, the report of a campaign, the bundle for an auditor.

use super::{Checklist, FindingDto, dto};

dto! {
    /// A text to be checked and kept.
    pub struct TextKeep {
        /// The text.
        pub text: String,
        /// By which later copies of it are told: a file's name, a title.
        pub name: String,
        /// Word of the channel's kind.
        pub channel: String,
        /// Slug; Kartra's pack where null.
        #[serde(default)]
        pub program: Option<String>,
        /// Words of the markets; those of the book where empty.
        #[serde(default)]
        pub markets: Vec<String>,
        /// Campaign by name or id.
        #[serde(default)]
        pub campaign: Option<String>,
    }

    /// Which kept copies.
    #[derive(Default)]
    pub struct EvidenceQuery {
        /// Part of the place; empty for all.
        #[serde(default)]
        pub search: String,
        /// Campaign by name or id; all where null.
        #[serde(default)]
        pub campaign: Option<String>,
        /// Rows at most.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Where the page begins.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// A dated copy of what was published.
    pub struct EvidenceRow {
        /// UUID.
        pub id: String,
        /// page, text or keywords.
        pub kind: String,
        /// The address or the name that was asked for.
        pub place: String,
        /// Where a page was in the end.
        pub address: Option<String>,
        /// When it was read, RFC 3339 UTC.
        pub taken_at: String,
        /// Slug of the program whose rules it was checked by.
        pub program: Option<String>,
        /// Name of the campaign.
        pub campaign: Option<String>,
        /// Word of the channel's kind, of a text.
        pub channel: Option<String>,
        /// The program's terms that held.
        pub terms_version: String,
        /// The rules it was checked by.
        pub rules_version: String,
        /// SHA-256 of the content.
        pub sha256: String,
        /// Bytes of the content.
        #[ts(type = "number")]
        pub bytes: u64,
        /// Findings that must change and were not accepted.
        pub errors: u32,
        /// Findings worth a look that were not accepted.
        pub warnings: u32,
        /// Findings that were accepted.
        pub accepted: u32,
        /// Name of the picture that was added.
        pub picture: Option<String>,
    }

    /// A finding of a kept copy.
    pub struct KeptFinding {
        /// Stable id of the rule.
        pub rule: String,
        /// error, warning or info.
        pub severity: String,
        /// In plain words.
        pub message: String,
        /// What to write or do instead.
        pub fix: String,
        /// Law or term it comes from.
        pub source: String,
        /// The words it is about; empty where it is about the whole.
        pub excerpt: String,
        /// Why it is fine, where a person said so.
        #[serde(default)]
        pub accepted: Option<String>,
        /// When they said so.
        #[serde(default)]
        pub accepted_on: Option<String>,
    }

    /// A kept copy with everything.
    pub struct EvidenceDetail {
        /// As in the list.
        pub copy: EvidenceRow,
        /// The words that readers see, the first 100,000 characters.
        pub text: String,
        /// Whether there are more.
        pub cut: bool,
        /// SHA-256 of all these words.
        pub text_sha256: String,
        /// Words of the markets.
        pub markets: Vec<String>,
        /// What was found.
        pub findings: Vec<KeptFinding>,
        /// Whether the content still has the hash it was kept under.
        pub intact: bool,
        /// SHA-256 of the picture.
        pub picture_sha256: Option<String>,
        /// The copy of the same place before this one.
        pub previous: Option<String>,
    }

    /// Two copies.
    pub struct EvidencePair {
        /// The earlier one.
        pub before: String,
        /// The later one.
        pub after: String,
    }

    /// What changed between two copies.
    pub struct EvidenceDiff {
        /// The earlier one.
        pub before: EvidenceRow,
        /// The later one.
        pub after: EvidenceRow,
        /// Whether they are the same, byte for byte.
        pub same: bool,
        /// Findings that are gone.
        pub gone: Vec<KeptFinding>,
        /// Findings that are new.
        pub new: Vec<KeptFinding>,
        /// Findings that stayed.
        pub stayed: u32,
        /// The words, line by line.
        pub lines: Vec<DiffLine>,
        /// Whether there are more lines than are shown.
        pub cut: bool,
    }

    /// One line of a comparison.
    pub struct DiffLine {
        /// same, gone, new or skipped.
        pub kind: String,
        /// The line; empty where lines are skipped.
        pub text: String,
        /// How many lines are skipped.
        pub skipped: u32,
    }

    /// A picture to be added to a copy.
    pub struct EvidenceAttach {
        /// The copy.
        pub id: String,
        /// Path of a PNG, JPEG or WebP file.
        pub path: String,
    }

    /// A copy to be written as files.
    pub struct EvidenceExport {
        /// The copy.
        pub id: String,
        /// The folder.
        pub folder: String,
    }

    /// What a person says of a finding.
    pub struct FindingAccept {
        /// The copy it stands in.
        pub id: String,
        /// The rule.
        pub rule: String,
        /// The words it is about, as in the copy.
        pub excerpt: String,
        /// Why it is fine; null takes it back.
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// Which campaign.
    pub struct CampaignInput {
        /// Name or id.
        pub campaign: String,
    }

    /// Whether a campaign is fit to go out.
    pub struct ComplianceStanding {
        /// Its name.
        pub campaign: String,
        /// 0 to 100; null where nothing is asked.
        pub score: Option<u8>,
        /// Whether nothing stands in the way.
        pub ready: bool,
        /// What does.
        pub blockers: Vec<Blocker>,
        /// Pages, texts and lists that were checked and kept.
        pub checked: u32,
    }

    /// What stands in the way of publishing.
    pub struct Blocker {
        /// `terms_not_accepted`, `terms_changed`, `item_open` or `check_failed`.
        pub kind: String,
        /// In plain words.
        pub text: String,
        /// Slug of the program.
        pub program: Option<String>,
        /// Item of the checklist.
        pub item: Option<String>,
        /// The kept copy.
        pub copy: Option<String>,
        /// What it is about: the program's name, what the item demands, or the place that was checked.
        pub subject: String,
        /// How many items are open again, or findings must change.
        pub count: Option<u32>,
    }

    /// The compliance report of a campaign.
    pub struct ComplianceReport {
        /// Name of the campaign.
        pub campaign: String,
        /// First day.
        pub starts_on: Option<String>,
        /// Last day.
        pub ends_on: Option<String>,
        /// Words of the markets.
        pub markets: Vec<String>,
        /// The rules of today.
        pub rules_version: String,
        /// 0 to 100; null where nothing is asked.
        pub score: Option<u8>,
        /// Whether nothing stands in the way.
        pub ready: bool,
        /// What does.
        pub blockers: Vec<Blocker>,
        /// The programs it promotes.
        pub programs: Vec<ReportedProgram>,
        /// The latest copy of each page, text and list, with what was found.
        pub checks: Vec<ReportedCheck>,
        /// Copies in all.
        #[ts(type = "number")]
        pub copies: u64,
        /// Findings that nobody accepted, in the latest copies.
        pub open_findings: u32,
        /// Findings that were accepted, in the latest copies.
        pub accepted_findings: u32,
        /// The one word of caution.
        pub note: String,
    }

    /// A program in a report.
    pub struct ReportedProgram {
        /// Name.
        pub name: String,
        /// current, changed or never: how the acceptance of its terms stands.
        pub signed: String,
        /// Every acceptance, the oldest first.
        pub acceptances: Vec<Acceptance>,
        /// The campaign's checklist.
        pub checklist: Checklist,
    }

    /// Terms that were accepted.
    pub struct Acceptance {
        /// The version.
        pub version: String,
        /// The day.
        pub on: String,
    }

    /// A check in a report.
    pub struct ReportedCheck {
        /// The copy.
        pub copy: EvidenceRow,
        /// What was found.
        pub findings: Vec<KeptFinding>,
    }

    /// A report to be written.
    pub struct ComplianceSave {
        /// Campaign by name or id.
        pub campaign: String,
        /// A path that ends in .pdf, .md or .json.
        pub path: String,
    }

    /// A bundle to be written.
    pub struct BundleSave {
        /// Campaign by name or id.
        pub campaign: String,
        /// Path of the ZIP file.
        pub path: String,
        /// Name of the job, to watch it.
        #[serde(default)]
        pub job: Option<String>,
    }

    /// A bundle that was written.
    pub struct BundleDone {
        /// Path of the ZIP file.
        pub path: String,
        /// Files in it, without the manifest.
        pub files: u32,
        /// Bytes of the ZIP file.
        #[ts(type = "number")]
        pub bytes: u64,
        /// SHA-256 of the ZIP file.
        pub sha256: String,
    }

    /// What verifying a bundle found.
    pub struct BundleCheck {
        /// Whether every file is as the manifest says, and there is none besides.
        pub intact: bool,
        /// The campaign it is about.
        pub campaign: String,
        /// Files that the manifest names.
        pub files: u32,
        /// Their bytes.
        #[ts(type = "number")]
        pub bytes: u64,
        /// What is wrong.
        pub problems: Vec<String>,
    }
}

impl KeptFinding {
    /// A finding with the words it is about.
    pub(crate) fn of(found: &FindingDto, excerpt: String) -> Self {
        Self {
            rule: found.rule.clone(),
            severity: found.severity.clone(),
            message: found.message.clone(),
            fix: found.fix.clone(),
            source: found.source.clone(),
            excerpt,
            accepted: None,
            accepted_on: None,
        }
    }
}
