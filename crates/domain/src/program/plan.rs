//! What the program sells: plans, in dated sets.

use crate::Money;

/// How long one payment lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Term {
    /// One month.
    Monthly,
    /// Twelve months.
    Annual,
}

impl Term {
    /// Months that one payment covers.
    pub fn months(self) -> u32 {
        match self {
            Self::Monthly => 1,
            Self::Annual => 12,
        }
    }

    /// The word of the command line and of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Annual => "annual",
        }
    }

    /// The term of a word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "monthly" => Some(Self::Monthly),
            "annual" => Some(Self::Annual),
            _ => None,
        }
    }
}

/// One plan at one price. Names recur at other prices, so a plan is known by its program, its set and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Unique within its set: `starter-monthly`.
    pub key: String,
    /// Name that people read: `Starter`.
    pub name: String,
    /// How long one payment lasts.
    pub term: Term,
    /// Price of one payment (an annual plan's whole year).
    pub price: Money,
    /// Order among the tiers, 0 the smallest; monthly and annual of one tier share it.
    pub tier: u32,
}

/// The plans that were on sale together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanSet {
    /// Name of the set: `2021`.
    pub version: String,
    /// Where the prices are from.
    pub source: String,
    /// In the order they are shown.
    pub plans: Vec<Plan>,
}

impl PlanSet {
    /// The plan of a key.
    pub fn plan(&self, key: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.key == key)
    }

    /// What the book calls a plan: `2021/starter-monthly`.
    pub fn id(&self, plan: &Plan) -> String {
        format!("{}/{}", self.version, plan.key)
    }
}

/// The plan behind an id such as `2021/starter-monthly`.
pub fn plan_on<'a>(sets: &'a [PlanSet], id: &str) -> Option<&'a Plan> {
    let (version, key) = id.split_once('/')?;
    sets.iter().find(|set| set.version == version)?.plan(key)
}

/// The plan that a reported sale was of: by the sale's exact price, else by a product text that names exactly one plan.
/// None where nothing fits or more than one would: a plan is never guessed.
pub fn recognise<'a>(
    set: &'a PlanSet,
    sale: Option<Money>,
    product: Option<&str>,
) -> Option<&'a Plan> {
    let by_price = |money: Money| {
        let price = if money.is_negative() {
            money.negated()
        } else {
            money
        };
        only(set.plans.iter().filter(|plan| plan.price == price))
    };
    let by_name = |text: &str| {
        let text = text.to_lowercase();
        if let Some(plan) = set
            .plans
            .iter()
            .find(|plan| plan.key == text || set.id(plan) == text)
        {
            return Some(plan);
        }
        only(set.plans.iter().filter(|plan| {
            text.contains(&plan.name.to_lowercase()) && text.contains(plan.term.word())
        }))
    };
    product
        .and_then(by_name)
        .or_else(|| sale.and_then(by_price))
}

fn only<'a>(mut plans: impl Iterator<Item = &'a Plan>) -> Option<&'a Plan> {
    let first = plans.next()?;
    plans.next().is_none().then_some(first)
}
