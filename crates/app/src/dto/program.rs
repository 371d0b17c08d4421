//! Programs, terms, destinations, channels.

use super::{Amount, dto};
use std::collections::BTreeMap;

dto! {
    /// A program in a list.
    pub struct ProgramRow {
        /// Short unique name; commands take it.
        pub id: String,
        /// UUID.
        pub uid: String,
        /// Name that people read.
        pub name: String,
        /// Network that runs it.
        pub network: Option<String>,
        /// Home page.
        pub website: Option<String>,
        /// Came with the application.
        pub builtin: bool,
        /// The affiliate's code.
        pub identity: Option<String>,
        /// The last joining step taken.
        pub joining: Option<String>,
        /// Commission on own sales, in words: `40%`.
        pub direct_rate: String,
        /// Second tier, in words.
        pub second_tier_rate: Option<String>,
        /// Terms on which sources disagree and nothing was chosen.
        pub undecided: u32,
        /// No longer offered.
        pub archived: bool,
        /// Counts edits.
        #[ts(type = "number")]
        pub revision: i64,
    }

    /// A program with everything.
    pub struct ProgramDetail {
        /// As in the list.
        pub program: ProgramRow,
        /// What holds today.
        pub terms: TermsDto,
        /// Every dated version, oldest first.
        pub versions: Vec<TermsVersionDto>,
        /// Every set of plans, with what each plan earns.
        pub plan_sets: Vec<PlanSetDto>,
        /// What sources say against each other.
        pub claims: Vec<ClaimDto>,
        /// Steps taken on the way in.
        pub joining: Vec<JoiningDto>,
        /// Pages that links lead to.
        pub destinations: Vec<DestinationDto>,
        /// How links are written.
        pub link_style: LinkStyleDto,
    }

    /// Terms of a day.
    pub struct ProgramTermsInput {
        /// The program.
        pub id: String,
        /// The day; today where null.
        #[serde(default)]
        pub on: Option<String>,
    }

    /// What holds on a day.
    pub struct TermsDto {
        /// The program.
        pub program: String,
        /// The day.
        pub on: String,
        /// Currency of payouts.
        pub currency: String,
        /// Commission on own sales: `40%` or `25.00 USD`.
        pub direct_rate: String,
        /// Second tier.
        pub second_tier_rate: Option<String>,
        /// `price` or `commission`.
        pub second_tier_base: String,
        /// Months that earn; null for life.
        pub max_months: Option<u32>,
        /// Days a click counts.
        pub cookie_days: u32,
        /// Days before the first payment.
        pub trial_days: u32,
        /// Days a commission is held.
        pub hold_days: u32,
        /// Smallest payout.
        pub minimum: Amount,
        /// Day of the month on which payouts run.
        pub run_day: u32,
        /// The set of plans on sale.
        pub plan_version: Option<String>,
        /// The plans on sale, with what each earns.
        pub plans: Vec<PlanDto>,
        /// Where the affiliate stands, where the rate depends on the sales of twelve months.
        pub sales_tier: Option<SalesTierDto>,
        /// Where each value is from, by key.
        pub sources: BTreeMap<String, ProvenanceDto>,
    }

    /// The tier that the sales of the last twelve months have reached.
    pub struct SalesTierDto {
        /// Own sales of the twelve months before the day.
        pub volume: Amount,
        /// The rate that holds.
        pub rate: String,
        /// From which volume on the next tier holds; null at the top.
        pub next_from: Option<Amount>,
        /// The rate of the next tier.
        pub next_rate: Option<String>,
        /// What is missing to it.
        pub missing: Option<Amount>,
    }

    /// Where a value is from.
    pub struct ProvenanceDto {
        /// The text as it was given.
        pub value: String,
        /// First day it holds.
        pub from: String,
        /// Version that set it.
        pub version: String,
        /// Where that is from.
        pub source: String,
        /// Set by the user.
        pub own: bool,
    }

    /// A plan and what it earns.
    pub struct PlanDto {
        /// `2021/starter-monthly`.
        pub id: String,
        /// `2021`.
        pub version: String,
        /// `Starter`.
        pub name: String,
        /// `monthly` or `annual`.
        pub term: String,
        /// Order among the tiers.
        pub tier: u32,
        /// Price of one payment.
        pub price: Amount,
        /// Commission of one payment on own sales.
        pub direct: Amount,
        /// Commission of one payment on a recruited affiliate's sale.
        pub second_tier: Option<Amount>,
    }

    /// Plans that were on sale together.
    pub struct PlanSetDto {
        /// `2021`.
        pub version: String,
        /// Where the prices are from.
        pub source: String,
        /// The plans.
        pub plans: Vec<PlanDto>,
    }

    /// One dated version of terms.
    pub struct TermsVersionDto {
        /// First day it holds.
        pub from: String,
        /// Its name.
        pub version: String,
        /// Where it is from.
        pub source: String,
        /// What to know about it.
        pub note: String,
        /// Set by the user.
        pub own: bool,
        /// What it sets, by key.
        pub values: BTreeMap<String, String>,
    }

    /// A term on which sources disagree.
    pub struct ClaimDto {
        /// The term's key.
        pub key: String,
        /// Its name for people.
        pub label: String,
        /// What stands now.
        pub current: String,
        /// Whether the user chose it.
        pub decided: bool,
        /// What the sources say.
        pub says: Vec<SaysDto>,
    }

    /// What one source says.
    pub struct SaysDto {
        /// A value that the term takes.
        pub value: String,
        /// In words.
        pub says: String,
        /// The source.
        pub source: String,
    }

    /// A joining step.
    pub struct JoiningDto {
        /// `applied`, `terms_accepted`, `questionnaire`, `waiting`, `approved`, `declined`.
        pub step: String,
        /// The day.
        pub on: String,
        /// For accepted terms: which version.
        pub terms_version: Option<String>,
        /// In the user's words.
        pub note: String,
    }

    /// Takes or takes back a joining step.
    pub struct JoiningSet {
        /// The program.
        pub program: String,
        /// The step.
        pub step: String,
        /// The day; null takes the step back.
        pub on: Option<String>,
        /// For accepted terms: which version.
        #[serde(default)]
        pub terms_version: Option<String>,
        /// In the user's words.
        #[serde(default)]
        pub note: String,
    }

    /// A page that links lead to.
    pub struct DestinationDto {
        /// UUID.
        pub id: String,
        /// Name.
        pub name: String,
        /// `main`, `trial`, `landing`, `funnel`, `other`.
        pub kind: String,
        /// Address; `{identity}` stands for the affiliate's code.
        pub url: String,
        /// No longer offered.
        pub archived: bool,
    }

    /// Adds a destination, or changes the one of the id.
    pub struct DestinationSave {
        /// The program.
        pub program: String,
        /// Null for a new one.
        #[serde(default)]
        pub id: Option<String>,
        /// Name.
        pub name: String,
        /// Kind.
        pub kind: String,
        /// Address.
        pub url: String,
        /// No longer offered.
        #[serde(default)]
        pub archived: bool,
    }

    /// How links are written.
    pub struct LinkStyleDto {
        /// Hosts the links may lead to; `.krtra.com` stands for every host under it.
        pub hosts: Vec<String>,
        /// Hosts whose addresses carry the identity by themselves.
        #[serde(default)]
        pub tracking_hosts: Vec<String>,
        /// Parameter that carries the identity.
        #[serde(default)]
        pub identity_param: Option<String>,
        /// Sub-ID parameters.
        #[serde(default)]
        pub sub_ids: Vec<SlotDto>,
        /// UTM parameters.
        #[serde(default)]
        pub utm: Vec<SlotDto>,
    }

    /// A parameter and the template of its value.
    pub struct SlotDto {
        /// Name of the parameter.
        pub param: String,
        /// Template: `{channel}`, `{kind}`, `{campaign}`, `{label}`, `{program}`, `{link}`.
        pub template: String,
        /// Values it may take; any where empty.
        #[serde(default)]
        pub allowed: Vec<String>,
    }

    /// Changes what a user may change of any program.
    pub struct ProgramUpdate {
        /// The program.
        pub id: String,
        /// The affiliate's code; null leaves it, empty clears it.
        #[serde(default)]
        pub identity: Option<String>,
        /// Null leaves it.
        #[serde(default)]
        pub link_style: Option<LinkStyleDto>,
        /// Null leaves it.
        #[serde(default)]
        pub archived: Option<bool>,
    }

    /// A program of the user's own, as a TOML document (the form writes one).
    pub struct ProgramAdd {
        /// The document; its form is that of the built-in programs.
        pub toml: String,
    }

    /// Own terms from a date on.
    pub struct TermsSet {
        /// The program.
        pub id: String,
        /// First day.
        pub from: String,
        /// Values by key.
        pub values: BTreeMap<String, String>,
        /// Where they are from.
        #[serde(default)]
        pub source: String,
        /// What to know about them.
        #[serde(default)]
        pub note: String,
    }

    /// A channel.
    pub struct ChannelDto {
        /// UUID.
        pub id: String,
        /// Name.
        pub name: String,
        /// Word of its kind.
        pub kind: String,
        /// The kind's name for people.
        pub kind_label: String,
        /// No longer offered.
        pub archived: bool,
    }

    /// A new channel.
    pub struct ChannelAdd {
        /// Name.
        pub name: String,
        /// Word of its kind.
        pub kind: String,
    }
}
