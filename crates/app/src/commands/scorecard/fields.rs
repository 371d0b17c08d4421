//! What is known of a program, from the user's card and from its terms.

use super::form::KEYS;
use crate::dto::CardField;
use chrono::NaiveDate;
use perennial_domain::program::{Term, TermKey, Terms};
use perennial_store::table::scorecard::Card;
use std::collections::BTreeMap;

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

/// What is known, by key.
#[derive(Default)]
pub(super) struct Fields(BTreeMap<String, CardField>);

impl Fields {
    pub(super) fn of(card: &Card) -> Self {
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

    pub(super) fn all(&self) -> Vec<CardField> {
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
pub(super) fn fields(card: Option<&Card>, terms: Option<&Terms>) -> Vec<CardField> {
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
