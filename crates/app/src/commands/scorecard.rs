//! Programs side by side: what terms say, what the user knows, and what each would be worth with the user's own customers.

use super::{MAX_PAGE, forecast, terms_view::Book, whole};
use crate::{
    App, Failure,
    dto::{
        Amount, CardField, CardPair, CardWorth, ListInput, Page, Scorecard, ScorecardCompare,
        ScorecardComparison, ScorecardSet,
    },
    error::Place,
};
use chrono::NaiveDate;
use perennial_domain::{
    Currency, Money,
    ids::ScorecardId,
    program::{Rate, Term, TermKey, Terms},
};
use perennial_store::table::{
    link, program,
    scorecard::{self, Card, CardValue},
};
use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive as _, ToPrimitive as _},
};
use std::collections::BTreeMap;

/// Names of programs that affiliates often weigh. Their cards are empty: nothing is claimed of them.
const CANDIDATES: &[&str] = &[
    "ClickFunnels",
    "Kajabi",
    "LearnWorlds",
    "Teachable",
    "Thinkific",
];

/// Where the program is one of the book's, which term gives the value of a key.
const FROM_TERMS: &[(&str, TermKey)] = &[
    ("commission", TermKey::DirectRate),
    ("months", TermKey::MaxMonths),
    ("second_tier", TermKey::SecondTierRate),
    ("cookie_days", TermKey::CookieDays),
    ("trial_days", TermKey::TrialDays),
    ("hold_days", TermKey::HoldDays),
    ("minimum", TermKey::Minimum),
];

/// What is known under a key, and how it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `40%` or `25.00 USD`.
    Rate,
    /// `yes` or `no`.
    YesNo,
    /// Days.
    Days,
    /// A number of months, or `unlimited`.
    Months,
    /// `25.00 USD`.
    Amount,
    /// `monthly` or `annual`.
    Rhythm,
    /// 1 to 5.
    Stars,
    /// A share such as `2.5%`.
    Share,
    /// Any words.
    Words,
}

/// Every key, in the order of a card.
const KEYS: &[(&str, Form)] = &[
    ("price", Form::Amount),
    ("billing", Form::Rhythm),
    ("commission", Form::Rate),
    ("recurring", Form::YesNo),
    ("months", Form::Months),
    ("second_tier", Form::Rate),
    ("cookie_days", Form::Days),
    ("trial_days", Form::Days),
    ("hold_days", Form::Days),
    ("minimum", Form::Amount),
    ("methods", Form::Words),
    ("conversion", Form::Share),
    ("material", Form::Stars),
    ("product", Form::Stars),
    ("support", Form::Stars),
];

/// The cards: the book's programs, then candidates.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(app: &App, input: ListInput) -> Result<Page<Scorecard>, Failure> {
    let search = input.search.trim().to_lowercase();
    let cards: Vec<Scorecard> = cards(app)?
        .into_iter()
        .filter(|card| input.archived || !card.archived)
        .filter(|card| card.name.to_lowercase().contains(&search))
        .collect();
    let input = ListInput {
        limit: Some(input.limit.unwrap_or(super::PAGE).clamp(1, MAX_PAGE)),
        ..input
    };
    Ok(whole(cards, &input))
}

/// A card, by its name or the slug of its program.
///
/// # Errors
/// Where there is none.
pub fn show(app: &App, input: crate::dto::ById) -> Result<Scorecard, Failure> {
    one(cards(app)?, &input.id)
}

/// Cards side by side.
///
/// # Errors
/// Where one of them is not there.
pub fn compare(app: &App, input: ScorecardCompare) -> Result<ScorecardComparison, Failure> {
    let all = cards(app)?;
    let cards = if input.names.is_empty() {
        all.into_iter().filter(|card| !card.archived).collect()
    } else {
        input
            .names
            .iter()
            .map(|name| one(all.clone(), name))
            .collect::<Result<_, _>>()?
    };
    Ok(ScorecardComparison {
        cards,
        keys: KEYS.iter().map(|(key, _)| (*key).to_owned()).collect(),
    })
}

/// Sets a value of a card, with a note and its source; makes the card where there is none.
///
/// # Errors
/// Where the key is not known or the value has not its form.
pub fn set(app: &App, input: ScorecardSet) -> Result<Scorecard, Failure> {
    let name = input.name.trim();
    if name.is_empty() {
        return Err(wrong("scorecard.no_name", "name", "A card needs a name."));
    }
    let today = app.today()?;
    let kept = app.read(scorecard::list)?;
    let programs = app.read(program::list)?;
    let of = programs
        .iter()
        .find(|row| row.slug.eq_ignore_ascii_case(name) || row.name.eq_ignore_ascii_case(name));
    let known = kept.into_iter().find(|card| {
        card.name.eq_ignore_ascii_case(name)
            || (card.program.is_some()
                && card.program.as_deref() == of.map(|row| row.slug.as_str()))
    });
    let candidate = CANDIDATES.iter().find(|one| one.eq_ignore_ascii_case(name));
    let mut card = known.unwrap_or_else(|| Card {
        id: app.id::<ScorecardId>(),
        name: of.map_or_else(
            || candidate.map_or_else(|| name.to_owned(), |name| (*name).to_owned()),
            |row| row.name.clone(),
        ),
        program: of.map(|row| row.slug.clone()),
        archived: false,
        values: Vec::new(),
    });
    card.archived = input.archived.unwrap_or(card.archived);
    let values = input
        .values
        .iter()
        .map(|pair| read(pair, &input, today))
        .collect::<Result<Vec<_>, _>>()?;
    app.edit(format!("Changed the card of {}", card.name), |write| {
        scorecard::save(write, &card)?;
        values.iter().try_for_each(|value| {
            if value.value.is_empty() {
                scorecard::unset(write, card.id, &value.key)
            } else {
                scorecard::set(write, card.id, value)
            }
        })
    })?;
    one(cards(app)?, &card.name)
}

fn read(pair: &CardPair, input: &ScorecardSet, today: NaiveDate) -> Result<CardValue, Failure> {
    let key = pair.key.as_str();
    let Some((key, form)) = KEYS.iter().find(|(known, _)| *known == key.trim()) else {
        let keys: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
        return Err(
            wrong("scorecard.key", "key", &format!("A card has no “{key}”."))
                .hint(format!("It has {}.", keys.join(", "))),
        );
    };
    let value = pair.value.trim();
    if !value.is_empty()
        && let Some(form) = form.misfit(value)
    {
        return Err(wrong(
            "scorecard.value",
            "value",
            &format!("“{value}” does not fit `{key}`: {form}."),
        ));
    }
    Ok(CardValue {
        key: (*key).to_owned(),
        value: value.to_owned(),
        note: input.note.trim().to_owned(),
        source: input.source.trim().to_owned(),
        on: today,
    })
}

impl Form {
    /// What would fit, where a text does not.
    fn misfit(self, text: &str) -> Option<&'static str> {
        let whole = || text.parse::<u32>().is_ok_and(|number| number <= 10_000);
        let (fits, form) = match self {
            Self::Rate => (
                text == "none" || Rate::parse(text).is_ok(),
                "give a share such as 40%, an amount such as 25.00 USD, or none",
            ),
            Self::YesNo => (matches!(text, "yes" | "no"), "give yes or no"),
            Self::Days => (whole(), "give a number of days"),
            Self::Months => (
                text == "unlimited" || whole(),
                "give a number of months, or unlimited",
            ),
            Self::Amount => (
                amount(text).is_some_and(|amount| !amount.is_negative()),
                "give an amount such as 25.00 USD",
            ),
            Self::Rhythm => (
                matches!(text, "monthly" | "annual"),
                "give monthly or annual",
            ),
            Self::Stars => (
                text.parse::<u32>()
                    .is_ok_and(|stars| (1..=5).contains(&stars)),
                "give a number from 1 to 5",
            ),
            Self::Share => (share(text).is_some(), "give a share such as 2.5%"),
            Self::Words => (text.chars().count() <= 500, "keep it to 500 letters"),
        };
        (!fits).then_some(form)
    }
}

fn amount(text: &str) -> Option<Money> {
    let (amount, code) = text.trim().rsplit_once(' ')?;
    Money::parse(amount, Currency::parse(code).ok()?).ok()
}

fn share(text: &str) -> Option<Decimal> {
    match Rate::parse(text).ok()? {
        Rate::Percent(share) => Some(share),
        Rate::Fixed(_) => None,
    }
}

fn one(cards: Vec<Scorecard>, name: &str) -> Result<Scorecard, Failure> {
    let name = name.trim();
    cards
        .into_iter()
        .find(|card| {
            card.name.eq_ignore_ascii_case(name)
                || card.program.as_deref() == Some(name)
                || card.id.as_deref() == Some(name)
        })
        .ok_or_else(|| {
            wrong(
                "scorecard.unknown",
                "name",
                &format!("There is no card “{name}”."),
            )
            .hint("See `perennial scorecard list`.")
        })
}

/// Every card: those of the book's programs, then candidates by name.
fn cards(app: &App) -> Result<Vec<Scorecard>, Failure> {
    let today = app.today()?;
    let kept = app.read(scorecard::list)?;
    let mut cards = Vec::new();
    let programs = app.read(program::list)?;
    for row in &programs {
        let book = Book::load(app, row.clone())?;
        let terms = book.on(today).ok();
        let card = kept
            .iter()
            .find(|card| card.program.as_deref() == Some(row.slug.as_str()));
        let fields = fields(card, terms.as_ref());
        cards.push(Scorecard {
            id: card.map(|card| card.id.to_string()),
            name: row.name.clone(),
            program: Some(row.slug.clone()),
            archived: card.map_or(row.archived, |card| card.archived),
            worth: worth(app, Some(&row.slug), &fields)?,
            fields,
        });
    }
    let mut names: BTreeMap<String, (String, Option<&Card>)> = CANDIDATES
        .iter()
        .map(|name| (name.to_lowercase(), ((*name).to_owned(), None)))
        .collect();
    for card in kept.iter().filter(|card| card.program.is_none()) {
        names.insert(card.name.to_lowercase(), (card.name.clone(), Some(card)));
    }
    for row in &programs {
        names.remove(&row.name.to_lowercase());
    }
    let empty = Fields::default();
    for (name, card) in names.into_values() {
        let fields = card.map_or_else(|| empty.all(), |card| Fields::of(card).all());
        cards.push(Scorecard {
            id: card.map(|card| card.id.to_string()),
            name,
            program: None,
            archived: card.is_some_and(|card| card.archived),
            worth: worth(app, None, &fields)?,
            fields,
        });
    }
    Ok(cards)
}

/// What is known, by key.
#[derive(Default)]
struct Fields(BTreeMap<String, CardField>);

impl Fields {
    fn of(card: &Card) -> Self {
        Self(
            card.values
                .iter()
                .map(|value| {
                    let field = CardField {
                        key: value.key.clone(),
                        value: Some(value.value.clone()),
                        note: value.note.clone(),
                        source: value.source.clone(),
                        on: Some(value.on.to_string()),
                        from: Some("user".to_owned()),
                    };
                    (value.key.clone(), field)
                })
                .collect(),
        )
    }

    fn all(&self) -> Vec<CardField> {
        KEYS.iter()
            .map(|(key, _)| {
                self.0.get(*key).cloned().unwrap_or_else(|| CardField {
                    key: (*key).to_owned(),
                    value: None,
                    note: String::new(),
                    source: String::new(),
                    on: None,
                    from: None,
                })
            })
            .collect()
    }

    fn add(&mut self, key: &str, value: String, source: String, on: Option<NaiveDate>) {
        self.0.entry(key.to_owned()).or_insert_with(|| CardField {
            key: key.to_owned(),
            value: Some(value),
            note: String::new(),
            source,
            on: on.map(|day| day.to_string()),
            from: Some("terms".to_owned()),
        });
    }
}

/// What the user wrote on the card, and else what the terms say.
fn fields(card: Option<&Card>, terms: Option<&Terms>) -> Vec<CardField> {
    let mut fields = card.map(Fields::of).unwrap_or_default();
    let Some(terms) = terms else {
        return fields.all();
    };
    for (key, term) in FROM_TERMS {
        let Some(from) = terms.provenance.get(term) else {
            continue;
        };
        let value = match *key {
            "months" => terms
                .max_months
                .map_or_else(|| "unlimited".to_owned(), |months| months.to_string()),
            "minimum" => terms.minimum.to_string(),
            _ => from.text.clone(),
        };
        fields.add(key, value, from.source.clone(), Some(from.from));
    }
    // A program that pays for one month alone pays once.
    let once = terms.max_months == Some(1);
    let since = terms.provenance.get(&TermKey::DirectRate);
    fields.add(
        "recurring",
        if once { "no" } else { "yes" }.to_owned(),
        since.map(|from| from.source.clone()).unwrap_or_default(),
        since.map(|from| from.from),
    );
    let cheapest = terms.plans.as_ref().and_then(|set| {
        set.plans
            .iter()
            .find(|plan| plan.term == Term::Monthly)
            .or(set.plans.first())
            .map(|plan| (set, plan))
    });
    if let Some((set, plan)) = cheapest {
        fields.add("price", plan.price.to_string(), set.source.clone(), None);
        fields.add(
            "billing",
            plan.term.word().to_owned(),
            set.source.clone(),
            None,
        );
    }
    fields.all()
}

/// What a paying referral and a hundred clicks are worth, with the user's own customers and clicks.
fn worth(app: &App, program: Option<&str>, fields: &[CardField]) -> Result<CardWorth, Failure> {
    let value = |key: &str| {
        fields
            .iter()
            .find(|field| field.key == key)
            .and_then(|field| field.value.as_deref())
    };
    let nothing = |how: &str| {
        Ok(CardWorth {
            referral: None,
            clicks: None,
            how: vec![how.to_owned()],
        })
    };
    let rate = value("commission").and_then(|text| Rate::parse(text).ok());
    let price = value("price").and_then(amount);
    let each = match (rate, price) {
        (Some(Rate::Fixed(fixed)), _) => fixed,
        (Some(rate), Some(price)) => match rate.of(price) {
            Ok(each) => each,
            Err(error) => return nothing(&format!("It cannot be computed: {error}.")),
        },
        (None, _) => return nothing("Fill in the commission to see what it is worth."),
        (Some(_), None) => return nothing("Fill in a typical price to see what it is worth."),
    };
    let Some(own) = forecast::own_customers(app, program)? else {
        return nothing("A program with plans is needed to say how long customers stay.");
    };
    let annual = value("billing") == Some("annual");
    let recurring = value("recurring") != Some("no");
    let cap = value("months").and_then(|text| text.parse().ok());
    let payments = own.payments(annual, recurring, cap);
    let times = |count: f64| -> Option<Amount> {
        let count = Decimal::from_f64(count)?;
        let exact = each.amount().checked_mul(count)?;
        let minor = exact.round_dp_with_strategy(
            each.currency().minor_digits(),
            rust_decimal::RoundingStrategy::MidpointAwayFromZero,
        );
        Money::new(minor, each.currency()).ok().map(Amount::from)
    };
    let mut how = vec![format!(
        "{each} a payment, {payments:.2} payments expected in 24 months{}{}.",
        cap.map_or_else(String::new, |cap: u32| format!(
            ", of which {cap} months earn"
        )),
        if recurring {
            ""
        } else {
            ", of which only the first earns"
        },
    )];
    how.push(if own.seen {
        format!("How customers stay is taken from yours of {}.", own.program)
    } else {
        "Your book says nothing yet of how customers stay; common values stand in.".to_owned()
    });
    let (conversion, from) = match value("conversion").and_then(share) {
        Some(share) => (share.to_f64(), "the share on this card".to_owned()),
        None => match app.read(link::conversion)? {
            Some((clicks, referrals)) => (
                Some(ratio(referrals, clicks)),
                format!("{referrals} new customers of {clicks} clicks on your links"),
            ),
            None => (None, String::new()),
        },
    };
    let clicks = if let Some(conversion) = conversion {
        how.push(format!(
            "A hundred clicks bring {:.2} of them, by {from}.",
            conversion * 100.0
        ));
        times(payments * conversion * 100.0)
    } else {
        how.push(
            "No clicks are known in your book; fill in a conversion to see what a hundred are worth."
                .to_owned(),
        );
        None
    };
    Ok(CardWorth {
        referral: times(payments),
        clicks,
        how,
    })
}

fn ratio(part: u64, of: u64) -> f64 {
    let (part, of) = (part.to_f64().unwrap_or(0.0), of.to_f64().unwrap_or(1.0));
    if of > 0.0 { (part / of).min(1.0) } else { 0.0 }
}

fn wrong(code: &str, key: &str, message: &str) -> Failure {
    Failure::refused(code, message).at(Place {
        key: Some(key.to_owned()),
        ..Place::default()
    })
}
