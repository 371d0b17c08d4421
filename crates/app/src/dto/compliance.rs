//! Compliance: findings, checklists, evidence.

use super::dto;

dto! {
    /// Text to be checked.
    pub struct TextCheck {
        /// The text.
        pub text: String,
        /// Word of the channel's kind.
        pub channel: String,
        /// Slug; Kartra's pack where null.
        #[serde(default)]
        pub program: Option<String>,
        /// Words of the markets whose laws are named; those of the book where empty.
        #[serde(default)]
        pub markets: Vec<String>,
    }

    /// A page to be checked.
    pub struct PageCheck {
        /// Its address, `https://…`, or the path of a saved page.
        pub place: String,
        /// Hosts whose links pay, besides the program's own.
        #[serde(default)]
        pub link_hosts: Vec<String>,
        /// Slug; Kartra's pack where null.
        #[serde(default)]
        pub program: Option<String>,
        /// Words of the markets whose laws are named; those of the book where empty.
        #[serde(default)]
        pub markets: Vec<String>,
        /// A folder in which a dated copy is kept: the HTML, its words, and what was found.
        #[serde(default)]
        pub keep: Option<String>,
        /// Keeps a dated copy in the book.
        #[serde(default)]
        pub keep_in_book: bool,
        /// Campaign of the copy, by name or id.
        #[serde(default)]
        pub campaign: Option<String>,
    }

    /// What the check of a page found.
    pub struct PageFindings {
        /// In the order of the page.
        pub findings: Vec<FindingDto>,
        /// Where the page was in the end; null for a file.
        pub address: Option<String>,
        /// When it was read.
        pub checked_at: String,
        /// SHA-256 of the bytes that were read, hexadecimal.
        pub sha256: String,
        /// Files of the copy that was kept.
        pub kept: Vec<String>,
        /// The copy that was kept in the book.
        pub copy: Option<String>,
    }

    /// What a check found.
    pub struct Findings {
        /// In the order of the text.
        pub findings: Vec<FindingDto>,
    }

    /// One finding.
    pub struct FindingDto {
        /// Stable id: `disclosure-missing`.
        pub rule: String,
        /// error, warning or info.
        pub severity: String,
        /// In plain words.
        pub message: String,
        /// From and to, in Unicode scalar values; null where it is about the whole.
        pub span: Option<(u32, u32)>,
        /// What to write or do instead.
        pub fix: String,
        /// Law or term it comes from.
        pub source: String,
        /// Line, for keyword lists.
        #[serde(rename = "where", skip_serializing_if = "Option::is_none", default)]
        #[ts(rename = "where", optional)]
        pub place: Option<FindingPlace>,
        /// The keyword, for keyword lists.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[ts(optional)]
        pub keyword: Option<String>,
    }

    /// A list of ad keywords to be checked.
    pub struct KeywordCheck {
        /// The list, one a line, or an export of Google Ads; empty where a file is named.
        #[serde(default)]
        pub text: String,
        /// A file with the list.
        #[serde(default)]
        pub path: Option<String>,
        /// Slug of the program; the built-in one where null.
        #[serde(default)]
        pub program: Option<String>,
        /// Markets; those of the book's settings where empty.
        #[serde(default)]
        pub markets: Vec<String>,
        /// Writes the negatives into this file, one a line.
        #[serde(default)]
        pub negatives_out: Option<String>,
        /// Keeps a dated copy in the book under this name.
        #[serde(default)]
        pub keep_as: Option<String>,
        /// Campaign of the copy, by name or id.
        #[serde(default)]
        pub campaign: Option<String>,
    }

    /// What was found in a list of keywords.
    pub struct KeywordFindings {
        /// The findings.
        pub findings: Vec<FindingDto>,
        /// Negative keywords that keep the brand out.
        pub negatives: Vec<String>,
        /// Lines that hold something.
        #[ts(type = "number")]
        pub lines: u64,
        /// The file with the negatives.
        pub written: Vec<String>,
        /// The copy that was kept in the book.
        pub copy: Option<String>,
    }

    /// Where in a list.
    pub struct FindingPlace {
        /// Physical line, from 1.
        #[ts(type = "number")]
        pub line: u64,
    }

    /// Which checklist.
    pub struct ChecklistInput {
        /// Slug.
        pub program: String,
        /// Campaign by name or id; the program's own checklist where null.
        #[serde(default)]
        pub campaign: Option<String>,
    }

    /// A program's terms to be kept, for one terms version.
    pub struct Checklist {
        /// Slug.
        pub program: String,
        /// Name of the campaign.
        pub campaign: Option<String>,
        /// The version it is for.
        pub terms_version: String,
        /// The version that was accepted last.
        pub accepted_version: Option<String>,
        /// When.
        pub accepted_on: Option<String>,
        /// The items.
        pub items: Vec<ChecklistItemDto>,
        /// Items that are done or do not apply.
        pub done: u32,
        /// current, changed or never: how the acceptance of the terms stands.
        pub signed: String,
    }

    /// One thing to be kept.
    pub struct ChecklistItemDto {
        /// Stable id.
        pub id: String,
        /// What it demands.
        pub demand: String,
        /// Why it matters.
        pub why: String,
        /// Law or term it comes from.
        pub source: String,
        /// open, done or `not_applicable`.
        pub state: String,
        /// The day it was decided.
        pub decided_on: Option<String>,
        /// In the user's words.
        pub note: String,
        /// Decided under another version of the terms, so open again.
        pub reopened: bool,
        /// Nothing should go out before it is done.
        pub required: bool,
        /// What shows it.
        pub evidence: Vec<EvidenceDto>,
    }

    /// What shows that an item is kept.
    pub struct EvidenceDto {
        /// UUID.
        pub id: String,
        /// text, url or file.
        pub kind: String,
        /// The text, the address or the file's name.
        pub text: String,
        /// SHA-256 of a file.
        pub sha256: Option<String>,
        /// Bytes of a file.
        #[ts(type = "number | null")]
        pub bytes: Option<u64>,
        /// The day.
        pub on: String,
    }

    /// Decides an item.
    pub struct ChecklistSet {
        /// Slug.
        pub program: String,
        /// Campaign by name or id.
        #[serde(default)]
        pub campaign: Option<String>,
        /// The item.
        pub item: String,
        /// open, done or `not_applicable`.
        pub state: String,
        /// In the user's words.
        #[serde(default)]
        pub note: String,
        /// What shows it, to be added.
        #[serde(default)]
        pub evidence: Option<EvidenceAdd>,
    }

    /// Evidence to be added.
    pub struct EvidenceAdd {
        /// text, url or file.
        pub kind: String,
        /// The text, the address or the file's path.
        pub text: String,
    }

    /// Terms that were read and accepted.
    pub struct AcceptTerms {
        /// Slug.
        pub program: String,
        /// Which version.
        pub version: String,
        /// The day; today where null.
        #[serde(default)]
        pub on: Option<String>,
    }

    /// Where compliance stands.
    pub struct ComplianceStatus {
        /// One row for each program and each of its campaigns.
        pub items: Vec<ComplianceRow>,
        /// The one word of caution.
        pub note: String,
    }

    /// One program or campaign.
    pub struct ComplianceRow {
        /// Slug.
        pub program: String,
        /// Name of the campaign; null for the program itself.
        pub campaign: Option<String>,
        /// Version the checklist is for.
        pub terms_version: String,
        /// Version accepted last.
        pub accepted_version: Option<String>,
        /// Items done or not applicable.
        pub done: u32,
        /// Items in all.
        pub total: u32,
    }

    /// A ready wording.
    pub struct Wording {
        /// Word of the channel's kind.
        pub channel: String,
        /// en, de, es, fr, pt.
        pub language: String,
        /// short or long.
        pub length: String,
        /// The text.
        pub text: String,
    }

    /// Every ready wording.
    pub struct Wordings {
        /// The wordings.
        pub items: Vec<Wording>,
    }
}
