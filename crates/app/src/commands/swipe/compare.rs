//! Two swipes side by side: which one brings more referrals a click, and whether that can be told.

use crate::{
    App, Failure,
    dto::{SwipeCompare, SwipeComparison, SwipeSide},
};
use perennial_domain::ids::LinkId;
use perennial_forecast::proportion::{Difference, Proportion, difference};
use perennial_store::table::{
    link,
    swipe::{self, Brought},
};

/// How sure the interval is.
const LEVEL: f64 = 0.95;

struct Side {
    name: String,
    links: Vec<(LinkId, String)>,
    brought: Brought,
}

/// Compares two swipes by the links they are published with, or two links.
///
/// # Errors
/// Where one is not known, a swipe is published with no link, or both share one.
pub fn compare(app: &App, input: SwipeCompare) -> Result<SwipeComparison, Failure> {
    let (a, b) = (
        side(app, &input.a, input.clicks_a)?,
        side(app, &input.b, input.clicks_b)?,
    );
    if a.links
        .iter()
        .any(|(link, _)| b.links.iter().any(|(other, _)| other == link))
    {
        return Err(Failure::refused(
            "swipe.same_links",
            "Both go by the same link, so nobody can tell who came through which.",
        )
        .hint("Publish each with a link of its own."));
    }
    let proportion = |side: &Side| {
        side.brought.clicks.map(|clicks| Proportion {
            count: side.brought.referrals,
            of: clicks,
        })
    };
    let found = match (proportion(&a), proportion(&b)) {
        (Some(a), Some(b)) => difference(a, b, LEVEL),
        _ => None,
    };
    let (verdict, sentence) = say(&a, &b, found);
    Ok(SwipeComparison {
        difference: found.map(|found| points(found.difference)),
        low: found.map(|found| points(found.low)),
        high: found.map(|found| points(found.high)),
        verdict: verdict.to_owned(),
        sentence,
        a: dto(a),
        b: dto(b),
    })
}

/// A side by its name; clicks that are given stand against those of the book.
fn side(app: &App, name: &str, given: Option<u64>) -> Result<Side, Failure> {
    let (name, links) = match app.read(|read| swipe::get(read, name)) {
        Ok(row) => {
            let links = app.read(|read| swipe::used_links(read, row.swipe.id))?;
            if links.is_empty() {
                return Err(Failure::refused(
                    "swipe.no_links",
                    format!("“{}” goes out with no link.", row.swipe.title),
                )
                .hint(
                    "Say which links it goes out with, or plan something that is made from it; clicks and referrals are counted by link.",
                ));
            }
            (row.swipe.title, links)
        }
        Err(failure) if failure.code == "swipe.unknown" => {
            match app.read(|read| link::get(read, name)) {
                Ok(row) => (row.link.code.clone(), vec![row.link.id]),
                Err(other) if other.code == "link.unknown" => {
                    return Err(failure.hint("Give the title of a swipe or the code of a link."));
                }
                Err(other) => return Err(other),
            }
        }
        Err(failure) => return Err(failure),
    };
    let (brought, links) = app.read(|read| {
        let mut brought = swipe::brought_by(read, &links)?;
        if given.is_some() {
            brought = Brought {
                clicks: given,
                referrals: swipe::referrals_of(read, &links)?,
            };
        }
        let codes: Result<Vec<_>, perennial_store::StoreError> = links
            .iter()
            .map(|id| Ok((*id, link::get(read, &id.to_string())?.link.code)))
            .collect();
        Ok((brought, codes?))
    })?;
    Ok(Side {
        name,
        links,
        brought,
    })
}

/// What came out, as a stable word and a sentence.
fn say(a: &Side, b: &Side, found: Option<Difference>) -> (&'static str, String) {
    let Some(found) = found else {
        let without = [a, b]
            .into_iter()
            .find(|side| side.brought.clicks.is_none_or(|clicks| clicks == 0));
        let sentence = match without {
            Some(side) => format!(
                "No clicks are known of “{}”, so referrals per click cannot be compared.",
                side.name
            ),
            None => "There are more referrals than known clicks, so some clicks are missing and the two cannot be compared."
                .to_owned(),
        };
        return ("unknown", sentence);
    };
    let (low, high) = (points(found.low), points(found.high));
    if found.open() {
        return (
            "open",
            format!(
                "Not enough to tell: the difference lies between {low} and {high} percentage points, and either may be the better one."
            ),
        );
    }
    let (verdict, better, worse) = if found.low > 0.0 {
        ("a", a, b)
    } else {
        ("b", b, a)
    };
    let (least, most) = if verdict == "a" {
        (found.low, found.high)
    } else {
        (-found.high, -found.low)
    };
    (
        verdict,
        format!(
            "“{}” brings more referrals a click than “{}”: between {} and {} percentage points more.",
            better.name,
            worse.name,
            points(least),
            points(most)
        ),
    )
}

fn dto(side: Side) -> SwipeSide {
    let share = side.brought.clicks.and_then(|clicks| {
        Proportion {
            count: side.brought.referrals,
            of: clicks,
        }
        .share()
    });
    SwipeSide {
        name: side.name,
        links: side.links.into_iter().map(|(_, code)| code).collect(),
        clicks: side.brought.clicks,
        referrals: side.brought.referrals,
        percent: share.map(points),
    }
}

/// A share of one in percent, two places. Zero has no sign.
fn points(share: f64) -> String {
    let text = format!("{:.2}", share * 100.0);
    if text == "-0.00" {
        "0.00".to_owned()
    } else {
        text
    }
}
