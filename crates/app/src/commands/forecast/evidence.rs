//! Cohorts and survival curves of the user's own customers, beside what was fitted to them.

use super::{
    assume::{decimal, percent},
    chosen,
    lives::{End, Life},
    loaded::{Counts, Loaded},
    scenario::refused,
};
use crate::{
    App, Failure,
    dto::{
        CohortCell, CohortRow, CohortTable, EvidenceGroup, EvidenceInput, SurvivalCurve,
        SurvivalCurves, SurvivalPoint,
    },
};
use perennial_domain::{ledger::Tier, program::Term};
use perennial_forecast::{
    Month,
    retention::{
        kaplan_meier::kaplan_meier,
        posterior::{Posterior, Prior as Belief},
    },
};
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::BTreeMap;

/// Renewals that a fitted curve is shown for at most.
const FITTED: usize = 36;
/// Groups at most; the largest are shown.
const GROUPS: usize = 24;

/// What makes a group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Term,
    Plan,
    Tier,
    Channel,
    Campaign,
}

impl By {
    const ALL: &'static [(&'static str, Self)] = &[
        ("term", Self::Term),
        ("plan", Self::Plan),
        ("tier", Self::Tier),
        ("channel", Self::Channel),
        ("campaign", Self::Campaign),
    ];

    fn parse(text: Option<&str>) -> Result<Self, Failure> {
        let text = text.unwrap_or("term");
        let found = Self::ALL.iter().find(|(word, _)| *word == text);
        found.map(|(_, by)| *by).ok_or_else(|| {
            let words: Vec<&str> = Self::ALL.iter().map(|(word, _)| *word).collect();
            refused(
                "forecast.unknown_value",
                "by",
                format!("Customers are not grouped by “{text}”."),
            )
            .hint(format!("They are by {}.", words.join(", ")))
        })
    }
}

/// The customers of a group, all of one rhythm.
struct Group<'a> {
    dto: EvidenceGroup,
    term: Term,
    lives: Vec<&'a Life>,
}

/// Renewals of two rhythms are never mixed: a group has one.
fn groups(loaded: &Loaded, by: By) -> Vec<Group<'_>> {
    let mut found: BTreeMap<(String, bool), (String, Vec<&Life>)> = BTreeMap::new();
    for life in &loaded.lives.all {
        let term = loaded.term(life.product);
        let annual = term == Term::Annual;
        let (channel, campaign) = loaded.place(life);
        let (key, label) = match by {
            By::Term => (term.word().to_owned(), format!("All {} plans", term.word())),
            By::Plan => match (loaded.products.get(life.product), loaded.plan(life.product)) {
                (Some(product), Some(_)) => (product.id.clone(), loaded.label(life.product)),
                _ => continue,
            },
            By::Tier => {
                let (word, name) = match life.tier {
                    Tier::Direct => ("direct", "Own sales"),
                    Tier::Second => ("second", "Second tier"),
                };
                (
                    format!("{word}.{}", term.word()),
                    format!("{name}, {}", term.word()),
                )
            }
            By::Channel | By::Campaign => {
                let name = if by == By::Channel { channel } else { campaign };
                let shown = name.unwrap_or("None");
                (
                    format!("{}.{}", name.unwrap_or_default(), term.word()),
                    format!("{shown}, {}", term.word()),
                )
            }
        };
        found
            .entry((key, annual))
            .or_insert_with(|| (label, Vec::new()))
            .1
            .push(life);
    }
    let mut groups: Vec<Group<'_>> = found
        .into_iter()
        .map(|((key, annual), (label, lives))| Group {
            dto: EvidenceGroup {
                key,
                label,
                period: if annual { "year" } else { "month" }.to_owned(),
                customers: u32::try_from(lives.len()).unwrap_or(u32::MAX),
            },
            term: if annual { Term::Annual } else { Term::Monthly },
            lives,
        })
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.lives.len()));
    groups.truncate(GROUPS);
    groups
}

/// What is believed of a group: what all of its rhythm show counts as a few renewals more.
fn belief(loaded: &Loaded, group: &Group<'_>, by: By) -> Option<Posterior> {
    let shared = loaded
        .beliefs
        .get(usize::from(group.term == Term::Annual))?;
    if by == By::Term {
        return Some(shared.clone());
    }
    let supposed = Belief {
        renewal: shared.renewal().mean.clamp(0.001, 0.999),
        weight: 10.0,
    };
    let counts = Counts::of(group.lives.iter().copied());
    Posterior::chosen(&counts.cohorts(), &supposed).ok()
}

fn notes(loaded: &Loaded) -> Vec<String> {
    let mut notes = vec![
        "Refunded first payments are left out: they are counted as refunds, not as customers who left.".to_owned(),
        "A renewal counts as lost when it is 15 days overdue by the newest row of the ledger.".to_owned(),
    ];
    notes.extend(loaded.notices().into_iter().map(|notice| notice.message));
    notes
}

/// Observed against fitted, by the month in which customers began.
///
/// # Errors
/// Where the program, what groups are made by, or the group is not known.
pub fn cohorts(app: &App, input: EvidenceInput) -> Result<CohortTable, Failure> {
    let loaded = chosen(app, input.program.as_deref())?;
    let by = By::parse(input.by.as_deref())?;
    let groups = groups(&loaded, by);
    let names: Vec<EvidenceGroup> = groups.iter().map(|group| group.dto.clone()).collect();
    let picked = match &input.group {
        None => groups.first(),
        Some(key) => Some(groups.iter().find(|g| g.dto.key == *key).ok_or_else(|| {
            refused(
                "forecast.unknown_value",
                "group",
                format!("There are no customers of “{key}”."),
            )
        })?),
    };
    let Some(group) = picked else {
        return Ok(CohortTable {
            groups: names,
            group: None,
            cohorts: Vec::new(),
            fitted: Vec::new(),
            fit: "There are no customers yet.".to_owned(),
            notes: notes(&loaded),
        });
    };
    let fitted = belief(&loaded, group, by)
        .map(|belief| belief.survival(FITTED))
        .unwrap_or_default();
    let mut months: BTreeMap<Month, Vec<&Life>> = BTreeMap::new();
    let seen = group
        .lives
        .iter()
        .filter(|life| life.entry == 0 && !matches!(life.end, End::Refunded(_)));
    for life in seen {
        months.entry(Month::of(life.first)).or_default().push(life);
    }
    let cohorts = months
        .into_iter()
        .map(|(month, lives)| row(month, &lives, &fitted))
        .collect();
    let (lost, kept) = Counts::of(group.lives.iter().copied()).totals();
    Ok(CohortTable {
        groups: names,
        group: Some(group.dto.clone()),
        cohorts,
        fit: format!(
            "Fitted to {} renewals that were due, of which {} were paid; the chance to stay rises with every renewal where \
             customers differ.",
            decimal(lost + kept, 0),
            decimal(kept, 0)
        ),
        fitted: fitted.iter().map(|share| decimal(*share, 4)).collect(),
        notes: notes(&loaded),
    })
}

fn row(month: Month, lives: &[&Life], fitted: &[f64]) -> CohortRow {
    let size = u32::try_from(lives.len()).unwrap_or(u32::MAX);
    let mut cells = vec![CohortCell {
        renewals: 0,
        due: size,
        paid: size,
        observed: "1".to_owned(),
        fitted: "1".to_owned(),
    }];
    let mut share = 1.0;
    for renewal in 1..=120_u32 {
        let paid = lives.iter().filter(|life| life.paid >= renewal).count();
        let lost = lives
            .iter()
            .filter(|life| life.paid + 1 == renewal && life.end == End::Lost)
            .count();
        let due = paid + lost;
        if due == 0 {
            break;
        }
        let float = |count: usize| count.to_f64().unwrap_or(0.0);
        share *= float(paid) / float(due);
        cells.push(CohortCell {
            renewals: renewal,
            due: u32::try_from(due).unwrap_or(u32::MAX),
            paid: u32::try_from(paid).unwrap_or(u32::MAX),
            observed: decimal(share, 4),
            fitted: fitted
                .get(renewal as usize)
                .map(|share| decimal(*share, 4))
                .unwrap_or_default(),
        });
    }
    CohortRow {
        month: month.to_string(),
        size,
        cells,
    }
}

/// Who stays: as observed with 95% limits, and as fitted with what the parameters leave open.
///
/// # Errors
/// As [`cohorts`].
pub fn survival(app: &App, input: EvidenceInput) -> Result<SurvivalCurves, Failure> {
    let loaded = chosen(app, input.program.as_deref())?;
    let by = By::parse(input.by.as_deref())?;
    let curves = groups(&loaded, by)
        .iter()
        .map(|group| curve(&loaded, group, by))
        .collect();
    Ok(SurvivalCurves {
        curves,
        notes: notes(&loaded),
    })
}

fn curve(loaded: &Loaded, group: &Group<'_>, by: By) -> SurvivalCurve {
    let (mut durations, mut observed, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for life in group
        .lives
        .iter()
        .filter(|l| !matches!(l.end, End::Refunded(_)))
    {
        let lost = life.end == End::Lost;
        let lived = life.paid + u32::from(lost);
        // Who was seen for no renewal says nothing.
        if lived > life.entry {
            durations.push(f64::from(lived));
            observed.push(lost);
            entries.push(f64::from(life.entry));
        }
    }
    let at_risk = |t: f64| {
        durations
            .iter()
            .zip(&entries)
            .filter(|(lived, entry)| **entry < t && t <= **lived)
            .count()
    };
    let table = kaplan_meier(&durations, &observed, Some(&entries)).ok();
    let points = table
        .iter()
        .flat_map(|table| &table.rows)
        .map(|row| SurvivalPoint {
            renewals: row.t.to_u32().unwrap_or(0),
            survival: decimal(row.survival, 4),
            low: decimal(row.lower, 4),
            high: decimal(row.upper, 4),
            at_risk: u32::try_from(at_risk(row.t)).unwrap_or(u32::MAX),
        });
    let points: Vec<SurvivalPoint> = points.collect();
    let median = table.as_ref().and_then(|table| table.median);
    let belief = belief(loaded, group, by);
    let mean = belief
        .as_ref()
        .map(|b| b.survival(FITTED))
        .unwrap_or_default();
    let limits = belief
        .as_ref()
        .map(|b| b.survival_interval(FITTED, 0.95))
        .unwrap_or_default();
    let fitted = mean
        .iter()
        .zip(&limits)
        .enumerate()
        .map(|(t, (share, (low, high)))| SurvivalPoint {
            renewals: u32::try_from(t).unwrap_or(0),
            survival: decimal(*share, 4),
            low: decimal(*low, 4),
            high: decimal(*high, 4),
            at_risk: 0,
        })
        .collect();
    let ahead = if group.term == Term::Annual { 2 } else { 6 };
    let left = mean.get(ahead).copied().unwrap_or(1.0);
    let sentence = format!(
        "Of 100 who pay once, about {} renew {ahead} times; {} pay the first renewal.",
        decimal(left * 100.0, 0),
        percent(mean.get(1).copied().unwrap_or(1.0)),
    );
    SurvivalCurve {
        group: group.dto.clone(),
        points,
        fitted,
        median: median.map(|median| decimal(median, 0)),
        sentence,
    }
}
