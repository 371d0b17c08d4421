//! A program as a TOML document: the form of the built-in ones and of the user's own.

use crate::{Failure, dto::LinkStyleDto, error::Place};
use chrono::NaiveDate;
use perennial_domain::{
    Currency, Money,
    link::{LinkStyle, Slot},
    program::{DestinationKind, Plan, PlanSet, Term, TermKey, TermsVersion, terms_on},
    slug,
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The built-in programs, by their documents.
pub const BUILT_IN: &[&str] = &[include_str!("../../programs/kartra.toml")];

/// A program read from a document, with nothing of the user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramFacts {
    /// Short unique name.
    pub slug: String,
    /// Name that people read.
    pub name: String,
    /// Home page.
    pub website: Option<String>,
    /// Network that runs it.
    pub network: Option<String>,
    /// How links are written.
    pub link_style: LinkStyle,
    /// Name, kind and address of each destination.
    pub destinations: Vec<(String, DestinationKind, String)>,
    /// Dated terms.
    pub versions: Vec<TermsVersion>,
    /// Plans.
    pub plan_sets: Vec<PlanSet>,
    /// What sources say against each other.
    pub claims: Vec<Claim>,
}

/// A term on which sources disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The term.
    pub key: TermKey,
    /// Value, words, source.
    pub says: Vec<(String, String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    slug: Option<String>,
    name: String,
    website: Option<String>,
    network: Option<String>,
    #[serde(default)]
    links: Option<LinkStyleDto>,
    #[serde(default)]
    destinations: Vec<DestinationEntry>,
    terms: Vec<TermsEntry>,
    #[serde(default)]
    plan_sets: Vec<PlanSetEntry>,
    #[serde(default)]
    claims: Vec<ClaimEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DestinationEntry {
    name: String,
    kind: String,
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermsEntry {
    from: String,
    version: Option<String>,
    #[serde(default)]
    source: String,
    #[serde(default)]
    note: String,
    values: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanSetEntry {
    version: String,
    #[serde(default)]
    source: String,
    currency: String,
    plans: Vec<PlanEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanEntry {
    key: Option<String>,
    name: String,
    term: String,
    tier: Option<u32>,
    price: toml::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimEntry {
    key: String,
    says: Vec<SaysEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SaysEntry {
    value: String,
    says: String,
    source: String,
}

/// Reads a program's document and checks that its terms hold together on every day it speaks of.
///
/// # Errors
/// `program.malformed` or `program.bad_value`, with the key at fault.
pub fn read(text: &str) -> Result<ProgramFacts, Failure> {
    let document: Document = toml::from_str(text).map_err(|error| malformed(text, &error))?;
    let slug = slug(document.slug.as_deref().unwrap_or(&document.name));
    if slug.is_empty() {
        return Err(bad(
            "slug",
            "The program needs a name with letters or digits.",
        ));
    }
    let facts = ProgramFacts {
        slug,
        name: document.name.trim().to_owned(),
        website: document.website,
        network: document.network.map(|name| name.to_lowercase()),
        link_style: document.links.map(link_style).unwrap_or_default(),
        destinations: document
            .destinations
            .into_iter()
            .map(destination)
            .collect::<Result<_, _>>()?,
        versions: document
            .terms
            .into_iter()
            .map(version)
            .collect::<Result<_, _>>()?,
        plan_sets: document
            .plan_sets
            .into_iter()
            .map(plan_set)
            .collect::<Result<_, _>>()?,
        claims: document
            .claims
            .into_iter()
            .map(claim)
            .collect::<Result<_, _>>()?,
    };
    check(&facts)?;
    Ok(facts)
}

/// How links are written, from what crossed the boundary.
pub fn link_style(given: LinkStyleDto) -> LinkStyle {
    let slots = |slots: Vec<crate::dto::SlotDto>| {
        slots
            .into_iter()
            .map(|slot| Slot {
                param: slot.param,
                template: slot.template,
                allowed: slot.allowed,
            })
            .collect()
    };
    LinkStyle {
        hosts: given.hosts,
        tracking_hosts: given.tracking_hosts,
        identity_param: given.identity_param.filter(|name| !name.trim().is_empty()),
        sub_ids: slots(given.sub_ids),
        utm: slots(given.utm),
    }
}

/// A date as files and commands write it.
///
/// # Errors
/// `date.malformed` with the key.
pub fn date(text: &str, key: &str) -> Result<NaiveDate, Failure> {
    text.trim().parse().map_err(|_| {
        Failure::refused("date.malformed", format!("“{text}” is not a date."))
            .hint("Write it as YYYY-MM-DD, such as 2026-03-15.")
            .at(Place {
                key: Some(key.to_owned()),
                ..Place::default()
            })
    })
}

fn malformed(text: &str, error: &toml::de::Error) -> Failure {
    let line = error.span().and_then(|span| {
        let lines = text.get(..span.start)?.matches('\n').count() + 1;
        u64::try_from(lines).ok()
    });
    Failure::refused(
        "program.malformed",
        format!("The program's document does not fit: {}.", error.message()),
    )
    .hint("Compare it with the built-in Kartra document in the user guide.")
    .at(Place {
        line,
        ..Place::default()
    })
}

fn bad(key: &str, message: impl Into<String>) -> Failure {
    Failure::refused("program.bad_value", message).at(Place {
        key: Some(key.to_owned()),
        ..Place::default()
    })
}

fn destination(entry: DestinationEntry) -> Result<(String, DestinationKind, String), Failure> {
    let kind = DestinationKind::parse(&entry.kind).ok_or_else(|| {
        bad(
            "destinations.kind",
            format!(
                "“{}” is not main, trial, landing, funnel or other.",
                entry.kind
            ),
        )
    })?;
    Ok((entry.name, kind, entry.url))
}

fn version(entry: TermsEntry) -> Result<TermsVersion, Failure> {
    let from = date(&entry.from, "terms.from")?;
    let mut values = Vec::with_capacity(entry.values.len());
    for (word, value) in entry.values {
        let key =
            TermKey::parse(&word).map_err(|error| bad("terms.values", format!("{error}.")))?;
        let text =
            plain(&value).ok_or_else(|| bad(key.word(), "Write the value as text in quotes."))?;
        key.check(&text)
            .map_err(|error| bad(key.word(), format!("{error}.")))?;
        values.push((key, text));
    }
    Ok(TermsVersion {
        from,
        version: entry.version.unwrap_or_else(|| entry.from.clone()),
        source: entry.source,
        note: entry.note,
        own: false,
        values,
    })
}

/// Text and whole numbers are taken; a decimal without quotes would pass through floating point.
fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

fn plan_set(entry: PlanSetEntry) -> Result<PlanSet, Failure> {
    let currency = Currency::parse(&entry.currency)
        .map_err(|error| bad("plan_sets.currency", format!("{error}.")))?;
    let mut seen = BTreeSet::new();
    let mut plans = Vec::with_capacity(entry.plans.len());
    for (position, plan) in entry.plans.into_iter().enumerate() {
        let term = Term::parse(&plan.term).ok_or_else(|| {
            bad(
                "plans.term",
                format!("“{}” is not monthly or annual.", plan.term),
            )
        })?;
        let text =
            plain(&plan.price).ok_or_else(|| bad("plans.price", "Write the price in quotes."))?;
        let price = Money::parse(&text, currency)
            .map_err(|error| bad("plans.price", format!("{error}.")))?;
        if price.is_negative() {
            return Err(bad("plans.price", "A price is not below zero."));
        }
        let key = plan
            .key
            .unwrap_or_else(|| format!("{}-{}", slug(&plan.name), term.word()));
        if !seen.insert(key.clone()) {
            return Err(bad(
                "plans.key",
                format!("The plan “{key}” is there twice."),
            ));
        }
        let tier = plan
            .tier
            .unwrap_or_else(|| u32::try_from(position).unwrap_or(u32::MAX));
        plans.push(Plan {
            key,
            name: plan.name,
            term,
            price,
            tier,
        });
    }
    Ok(PlanSet {
        version: entry.version,
        source: entry.source,
        plans,
    })
}

fn claim(entry: ClaimEntry) -> Result<Claim, Failure> {
    let key = TermKey::parse(&entry.key).map_err(|error| bad("claims.key", format!("{error}.")))?;
    for says in &entry.says {
        key.check(&says.value)
            .map_err(|error| bad("claims.says", format!("{error}.")))?;
    }
    let says = entry
        .says
        .into_iter()
        .map(|says| (says.value, says.says, says.source))
        .collect();
    Ok(Claim { key, says })
}

fn check(facts: &ProgramFacts) -> Result<(), Failure> {
    if facts.versions.is_empty() {
        return Err(bad("terms", "The program needs terms from some date on."));
    }
    let mut versions = BTreeSet::new();
    if let Some(twice) = facts
        .plan_sets
        .iter()
        .find(|set| !versions.insert(&set.version))
    {
        return Err(bad(
            "plan_sets.version",
            format!("The plan set “{}” is there twice.", twice.version),
        ));
    }
    for version in &facts.versions {
        let terms = terms_on(&facts.versions, &facts.plan_sets, version.from)
            .map_err(|error| bad("terms", format!("{error}.")))?;
        for plan in terms.plans.iter().flat_map(|set| &set.plans) {
            terms
                .direct
                .of(plan.price)
                .map_err(|error| bad("terms.direct_rate", format!("{error}.")))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_program_reads() {
        for text in BUILT_IN {
            read(text).unwrap();
        }
    }

    #[test]
    fn a_small_program_of_ones_own_is_enough() {
        let facts = read(
            "name = \"My Tool\"\n[[terms]]\nfrom = \"2024-01-01\"\n[terms.values]\ncurrency = \"EUR\"\ndirect_rate = \"25.00 EUR\"\n",
        )
        .unwrap();
        assert_eq!(facts.slug, "my-tool");
    }

    #[test]
    fn what_does_not_fit_is_refused_by_name() {
        let with = |values: &str| {
            read(&format!(
                "name = \"X\"\n[[terms]]\nfrom = \"2024-01-01\"\n[terms.values]\n{values}"
            ))
            .unwrap_err()
        };
        assert_eq!(
            with("currency = \"USD\"\ndirect_rate = 0.4\n").code,
            "program.bad_value"
        );
        assert_eq!(
            with("currency = \"USD\"\n").place.unwrap().key.unwrap(),
            "terms"
        );
        assert_eq!(
            with("rate = \"1\"\n").place.unwrap().key.unwrap(),
            "terms.values"
        );
        assert_eq!(read("nam = 1").unwrap_err().code, "program.malformed");
        assert_eq!(
            read("name = \"X\"\nterms = []\ncolour = 1")
                .unwrap_err()
                .place
                .unwrap()
                .line,
            Some(3)
        );
    }
}
