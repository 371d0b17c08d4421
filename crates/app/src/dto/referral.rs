//! Referred customers, recruited affiliates, and programs side by side.

use super::{Amount, dto};

dto! {
    /// Which referrals.
    #[derive(Default)]
    pub struct ReferralList {
        /// Words to find in names and notes.
        #[serde(default)]
        pub search: String,
        /// Of one program, by slug.
        #[serde(default)]
        pub program: Option<String>,
        /// Standing so: `click`, `lead`, `trial`, `paying`, `upgraded`, `past_due`, `cancelled` or `refunded`.
        #[serde(default)]
        pub stage: Option<String>,
        /// Rows at most.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Where the page begins.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// Which referral, and how much less later money counts.
    pub struct ReferralShow {
        /// Its id, or the name the user gave.
        pub id: String,
        /// Discount a year as a decimal; 0.10 where null.
        #[serde(default)]
        pub discount: Option<String>,
    }

    /// A referral in a list.
    pub struct ReferralItem {
        /// Identity.
        pub id: String,
        /// What the user calls them, else the source's or the book's word for them.
        pub alias: String,
        /// Slug.
        pub program: Option<String>,
        /// Name of the connection that reported them; null where noted by hand alone.
        pub connection: Option<String>,
        /// Where they stand.
        pub stage: String,
        /// Since when.
        pub since: Option<String>,
        /// `direct` or `second`.
        pub tier: String,
        /// The plan paid last.
        pub plan: Option<String>,
        /// The first payment that was no trial's.
        pub paying_since: Option<String>,
        /// The day of the next payment.
        pub next_due: Option<String>,
        /// Payments after the first.
        pub renewals: u32,
        /// Commission so far, reversals taken off, one amount a currency.
        pub earned: Vec<Amount>,
        /// Months that still earn under the program's cap; null without a cap.
        pub months_left: Option<u32>,
        /// Whether the user noted something of them.
        pub noted: bool,
    }

    /// A step of a referral's life.
    pub struct ReferralStep {
        /// The day.
        pub on: String,
        /// What was reached.
        pub stage: String,
        /// The plan from then on.
        pub plan: Option<String>,
        /// Whether the user noted it.
        pub noted: bool,
        /// The note's identity, to take it out again.
        pub note_id: Option<String>,
        /// In the user's words.
        pub note: String,
    }

    /// A payment of a referral.
    pub struct ReferralPayment {
        /// Id in the ledger.
        pub id: String,
        /// The day.
        pub on: String,
        /// What happened.
        pub kind: String,
        /// The plan.
        pub plan: Option<String>,
        /// What was sold.
        pub sale: Option<Amount>,
        /// What it earned.
        pub earned: Amount,
    }

    /// A span of days that decides something.
    pub struct ReferralWindow {
        /// `cookie` or `trial`.
        pub what: String,
        /// First day.
        pub from: String,
        /// Last day.
        pub to: String,
        /// In a sentence.
        pub sentence: String,
    }

    /// A referral with everything.
    pub struct ReferralDetail {
        /// The row of the list.
        pub referral: ReferralItem,
        /// In the user's words.
        pub note: String,
        /// Steps, the earliest first.
        pub steps: Vec<ReferralStep>,
        /// What they paid, the latest first.
        pub payments: Vec<ReferralPayment>,
        /// Cookie and trial.
        pub windows: Vec<ReferralWindow>,
        /// Code of the link they came through.
        pub link: Option<String>,
        /// Of the commission, what is paid out.
        pub paid: Vec<Amount>,
        /// Commission still expected, discounted; null where nothing can be said.
        pub to_come: Option<Amount>,
        /// How that was worked out, in a sentence.
        pub to_come_how: String,
    }

    /// Something the user knows of a referral. Without an id a new one is noted by hand.
    pub struct ReferralNote {
        /// Which; null for a new one.
        #[serde(default)]
        pub id: Option<String>,
        /// Slug, for a new one.
        #[serde(default)]
        pub program: Option<String>,
        /// What to call them; null leaves it.
        #[serde(default)]
        pub alias: Option<String>,
        /// In the user's words; null leaves it.
        #[serde(default)]
        pub note: Option<String>,
        /// What was reached; null for none.
        #[serde(default)]
        pub stage: Option<String>,
        /// On which day; today where null.
        #[serde(default)]
        pub on: Option<String>,
        /// The plan.
        #[serde(default)]
        pub plan: Option<String>,
        /// About the step, in the user's words.
        #[serde(default)]
        pub step_note: Option<String>,
        /// Takes this note out instead.
        #[serde(default)]
        pub remove: Option<String>,
    }

    /// Which recruited affiliates.
    #[derive(Default)]
    pub struct SecondTierList {
        /// Of one program, by slug.
        #[serde(default)]
        pub program: Option<String>,
        /// Rows at most.
        #[serde(default)]
        pub limit: Option<u32>,
        /// Where the page begins.
        #[serde(default)]
        pub after: Option<String>,
        /// Also those put aside.
        #[serde(default)]
        pub archived: bool,
    }

    /// What one affiliate brought in one currency.
    pub struct SecondTierSums {
        /// Sales and later payments.
        #[ts(type = "number")]
        pub sales: u64,
        /// What was sold, where it is known.
        pub sold: Amount,
        /// What the second tier earned.
        pub earned: Amount,
        /// What of it is paid out.
        pub paid: Amount,
    }

    /// A recruited affiliate.
    pub struct Recruit {
        /// Identity; null for a word of the network that nobody has noted yet.
        pub id: Option<String>,
        /// Slug.
        pub program: Option<String>,
        /// What the user calls them, else the network's word; null for rows that name nobody.
        pub name: Option<String>,
        /// The network's word for them.
        pub code: Option<String>,
        /// Identity of who recruited them; null where the user did.
        pub recruited_by: Option<String>,
        /// Since when.
        pub joined_on: Option<String>,
        /// In the user's words.
        pub note: String,
        /// Whether they are put aside.
        pub archived: bool,
        /// How deep in the tree, those whom the user recruited being 0.
        pub depth: u32,
        /// What their own sales brought.
        pub sums: Vec<SecondTierSums>,
        /// What those below them brought, themselves left out.
        pub below: Vec<Amount>,
        /// First day of a row.
        pub first_on: Option<String>,
        /// Last day of a row.
        pub last_on: Option<String>,
    }

    /// What the second tier adds to the months ahead.
    pub struct SecondTierAhead {
        /// Slug.
        pub program: String,
        /// Months looked at.
        pub months: u32,
        /// Expected of the second tier.
        pub second_tier: Amount,
        /// Expected of both tiers.
        pub total: Amount,
    }

    /// The tree of recruited affiliates, each after who recruited them.
    pub struct SecondTierTree {
        /// From the top down.
        pub items: Vec<Recruit>,
        /// What the second tier brought in all.
        pub sums: Vec<SecondTierSums>,
        /// What it adds to the forecast, by program where one is possible.
        pub ahead: Vec<SecondTierAhead>,
    }

    /// A recruited affiliate as the user keeps them.
    pub struct RecruitSave {
        /// Which; null for a new one.
        #[serde(default)]
        pub id: Option<String>,
        /// Slug; needed for a new one.
        #[serde(default)]
        pub program: Option<String>,
        /// What to call them.
        pub name: String,
        /// The network's word for them; null or empty for none.
        #[serde(default)]
        pub code: Option<String>,
        /// Identity or name of who recruited them; null or empty where the user did.
        #[serde(default)]
        pub recruited_by: Option<String>,
        /// Since when.
        #[serde(default)]
        pub joined_on: Option<String>,
        /// In the user's words.
        #[serde(default)]
        pub note: String,
        /// Whether they are put aside.
        #[serde(default)]
        pub archived: bool,
    }

    /// One thing known of a program.
    pub struct CardField {
        /// `commission`, `recurring`, `months` …
        pub key: String,
        /// Its value; null where nothing is known.
        pub value: Option<String>,
        /// In the user's words.
        pub note: String,
        /// Where it is from.
        pub source: String,
        /// When it was seen, or since when terms say so.
        pub on: Option<String>,
        /// `user`, `terms` or null where nothing is known.
        pub from: Option<String>,
    }

    /// What something is worth over 24 months.
    pub struct CardWorth {
        /// One paying referral.
        pub referral: Option<Amount>,
        /// A hundred clicks.
        pub clicks: Option<Amount>,
        /// How it was worked out, or what is missing, in sentences.
        pub how: Vec<String>,
    }

    /// A program's card.
    pub struct Scorecard {
        /// Identity; null for a card that nothing was written on yet.
        pub id: Option<String>,
        /// The program's name.
        pub name: String,
        /// Slug, where it is one of the book's.
        pub program: Option<String>,
        /// Whether it is put aside.
        pub archived: bool,
        /// Every key, in the order of the card.
        pub fields: Vec<CardField>,
        /// Computed.
        pub worth: CardWorth,
    }

    /// A value of a card.
    pub struct CardPair {
        /// Which.
        pub key: String,
        /// The value; empty takes it out.
        pub value: String,
    }

    /// Sets values of a card; makes the card where there is none of the name.
    pub struct ScorecardSet {
        /// Name of the card, or slug of a program.
        pub name: String,
        /// The values, all or none of which are set.
        #[serde(default)]
        pub values: Vec<CardPair>,
        /// In the user's words.
        #[serde(default)]
        pub note: String,
        /// Where it is from.
        #[serde(default)]
        pub source: String,
        /// Puts the card aside, or back.
        #[serde(default)]
        pub archived: Option<bool>,
    }

    /// Which cards are held side by side.
    #[derive(Default)]
    pub struct ScorecardCompare {
        /// Names or slugs; all where empty.
        #[serde(default)]
        pub names: Vec<String>,
    }

    /// Cards side by side.
    pub struct ScorecardComparison {
        /// The cards.
        pub cards: Vec<Scorecard>,
        /// Keys in the order of the rows.
        pub keys: Vec<String>,
    }
}

impl Recruit {
    /// One of whom nothing but a name is known.
    #[must_use]
    pub fn unknown(name: &str) -> Self {
        Self {
            id: None,
            program: None,
            name: Some(name.to_owned()),
            code: None,
            recruited_by: None,
            joined_on: None,
            note: String::new(),
            archived: false,
            depth: 0,
            sums: Vec::new(),
            below: Vec::new(),
            first_on: None,
            last_on: None,
        }
    }
}
