//! What the columns of a report mean.

use super::{amount::Decimal, date::DateOrder};
use chrono_tz::Tz;
use perennial_domain::{
    Currency,
    ledger::{Approval, Kind, Payment, Tier},
};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $label:literal;)*) => {
        /// A field of the ledger that a column can be read into.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field { $($(#[$doc])* $name),* }

        impl Field {
            /// Every field, in the order it is offered.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in a mapping.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// What it is, for people.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label),* }
            }
        }
    };
}

fields! {
    /// When it happened; every mapping has it.
    Date = "date", "When it happened";
    /// What the affiliate earns; every mapping has it.
    Commission = "commission", "What you earn";
    /// The source's own id.
    Id = "id", "The network's own number of the row";
    /// What the customer paid.
    Sale = "sale", "What the customer paid";
    /// ISO 4217 code.
    Currency = "currency", "Currency of the amounts";
    /// The approval word.
    Status = "status", "Whether it is pending, approved or reversed";
    /// The payment word.
    Payment = "payment", "Whether it is paid";
    /// What happened: sale, rebill, refund …
    Kind = "kind", "What it is: sale, rebill, refund …";
    /// Direct or second.
    Tier = "tier", "Your own sale, or a recruited affiliate's";
    /// The program's name.
    Program = "program", "The program";
    /// The product or plan.
    Plan = "plan", "The product or plan";
    /// A sub-ID; a mapping may name several columns.
    SubId = "sub_id", "A sub-ID of your link";
    /// The customer's key.
    Customer = "customer", "The customer's number";
    /// The order's number.
    Order = "order", "The order's number";
    /// The row that this one takes back.
    Parent = "parent", "The row that this one takes back";
    /// When the click was.
    ClickAt = "click_at", "When the click was";
    /// When it can no longer change.
    LockAt = "lock_at", "When it can no longer change";
    /// When it was approved.
    ApprovedAt = "approved_at", "When it was approved";
    /// When it was reversed.
    ReversedAt = "reversed_at", "When it was reversed";
    /// Why it was reversed.
    Reason = "reason", "Why it was reversed";
    /// When the source last changed it.
    UpdatedAt = "updated_at", "When the network last changed it";
}

impl Field {
    /// The field of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.word() == word)
    }

    /// Whether a mapping must have it.
    pub fn required(self) -> bool {
        matches!(self, Self::Date | Self::Commission)
    }
}

/// How a report is read: which column is which field, and what its words mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Name of the profile or of the user's mapping.
    pub name: String,
    /// Fields and the names of their columns, which are compared without case and outer space.
    pub columns: Vec<(Field, String)>,
    /// Fields whose column must be there.
    pub required: Vec<Field>,
    /// Currency of a report that names none.
    pub currency: Option<Currency>,
    /// Program that every row belongs to, where no column says it.
    pub program: Option<String>,
    /// What every row is, where no column says it; negative rows are corrections all the same.
    pub kind: Kind,
    /// Whose sales they are, where no column says it.
    pub tier: Tier,
    /// Approval of rows where no column says it.
    pub approval: Approval,
    /// Approval words, in lower case.
    pub approval_words: Vec<(String, Approval)>,
    /// Payment words, in lower case.
    pub payment_words: Vec<(String, Payment)>,
    /// Words for what happened, in lower case.
    pub kind_words: Vec<(String, Kind)>,
    /// Order of dates with the year at the end; told from the file where none.
    pub date_order: Option<DateOrder>,
    /// Order where the file proves none.
    pub date_order_else: DateOrder,
    /// Decimal mark; told from the file where none.
    pub decimal: Option<Decimal>,
    /// Zone of times that name none; the book's where none.
    pub zone: Option<Tz>,
    /// The header that it was made for, as a key: a file with this header is recognised by it.
    pub header_key: Option<String>,
}

impl Mapping {
    /// A mapping without columns.
    pub fn named(name: &str) -> Self {
        let words = |all: &[(&str, Approval)]| {
            all.iter()
                .map(|(word, value)| ((*word).to_owned(), *value))
                .collect()
        };
        Self {
            name: name.to_owned(),
            columns: Vec::new(),
            required: vec![Field::Date, Field::Commission],
            currency: None,
            program: None,
            kind: Kind::Sale,
            tier: Tier::Direct,
            approval: Approval::Approved,
            approval_words: words(&[
                ("pending", Approval::Pending),
                ("approved", Approval::Approved),
                ("reversed", Approval::Reversed),
            ]),
            payment_words: Payment::ALL
                .iter()
                .filter(|payment| **payment != Payment::Other)
                .map(|payment| (payment.word().to_owned(), *payment))
                .collect(),
            kind_words: Kind::ALL
                .iter()
                .map(|kind| (kind.word().to_owned(), *kind))
                .collect(),
            date_order: None,
            date_order_else: DateOrder::MonthFirst,
            decimal: None,
            zone: None,
            header_key: None,
        }
    }

    /// The column of a field; the first, where there are several.
    pub fn column(&self, field: Field) -> Option<&str> {
        self.columns
            .iter()
            .find(|(of, _)| *of == field)
            .map(|(_, column)| column.as_str())
    }

    /// Whether rows have an id of the source's own.
    pub fn has_id(&self) -> bool {
        self.column(Field::Id).is_some()
    }

    /// Columns that must be there and are not.
    pub(super) fn missing<'a>(&'a self, header: &[String]) -> Vec<&'a str> {
        let has = |column: &str| header.iter().any(|name| same(name, column));
        self.required
            .iter()
            .filter_map(|field| self.column(*field))
            .filter(|column| !has(column))
            .collect()
    }

    /// How many of the mapping's columns a header has.
    pub(super) fn known(&self, header: &[String]) -> usize {
        self.columns
            .iter()
            .filter(|(_, column)| header.iter().any(|name| same(name, column)))
            .count()
    }
}

/// Whether two names stand for the same column.
pub(super) fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    one.eq_ignore_ascii_case(other) || one.to_lowercase() == other.to_lowercase()
}

/// What a header is recognised by: its columns in any order.
pub fn header_key(header: &[String]) -> String {
    let mut names: Vec<String> = header
        .iter()
        .map(|name| name.trim().to_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    names.sort();
    names.join("\u{1f}")
}
