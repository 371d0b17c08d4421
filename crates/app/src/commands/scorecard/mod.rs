//! Programs side by side: what terms say, what the user knows, and what each would be worth with the user's own customers.

mod fields;
mod form;
mod worth;

use super::{MAX_PAGE, terms_view::Book, whole};
use crate::{
    App, Failure,
    dto::{
        CardPair, ListInput, Page, Scorecard, ScorecardCompare, ScorecardComparison, ScorecardSet,
    },
    error::Place,
};
use chrono::NaiveDate;
use fields::{Fields, fields};
use form::KEYS;
use perennial_domain::ids::ScorecardId;
use perennial_store::table::{
    program,
    scorecard::{self, Card, CardValue},
};
use std::collections::BTreeMap;
use worth::worth;

/// Names of programs that affiliates often weigh. Their cards are empty: nothing is claimed of them.
const CANDIDATES: &[&str] = &[
    "ClickFunnels",
    "Kajabi",
    "LearnWorlds",
    "Teachable",
    "Thinkific",
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

fn wrong(code: &str, key: &str, message: &str) -> Failure {
    Failure::refused(code, message).at(Place {
        key: Some(key.to_owned()),
        ..Place::default()
    })
}
