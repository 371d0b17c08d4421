use super::*;
use crate::json::Json;
use perennial_domain::{Currency, Money};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Lists of numbered records, in pages of three.
#[derive(Clone)]
struct Shelf {
    lists: Vec<(String, Vec<u32>)>,
    /// Turns each page around.
    turned: bool,
}

impl Tour for Shelf {
    type What = usize;

    fn legs(&self) -> Vec<Leg<usize>> {
        self.lists
            .iter()
            .enumerate()
            .map(|(what, (name, _))| Leg {
                name: name.clone(),
                explains: name.starts_with('x'),
                what,
            })
            .collect()
    }

    fn ask(&self, what: &usize, place: Option<&str>) -> Request {
        Request::get(&what.to_string()).with("from", place.unwrap_or("0"))
    }

    fn page(&mut self, what: &usize, place: Option<&str>, body: &str) -> Result<Page, PageError> {
        if body == "bad" {
            return Err(PageError::Malformed);
        }
        let from: usize = place.and_then(|place| place.parse().ok()).unwrap_or(0);
        let list = &self.lists[*what].1;
        let mut numbers: Vec<u32> = list.iter().skip(from).take(3).copied().collect();
        if self.turned {
            numbers.reverse();
        }
        let next = (from + 3 < list.len()).then(|| (from + 3).to_string());
        let explains = self.lists[*what].0.starts_with('x');
        let records = numbers.iter().map(|number| {
            let item = Json::parse(&format!(r#"{{"id":{number}}}"#)).unwrap();
            let at = chrono::DateTime::from_timestamp(i64::from(*number), 0).unwrap();
            let mut facts =
                crate::record::conversion(&item, &number.to_string(), at, Currency::USD);
            facts.commission = Money::from_minor(i64::from(*number), Currency::USD).ok();
            Ok(facts)
        });
        Ok(Page {
            conversions: if explains {
                Vec::new()
            } else {
                records.collect()
            },
            next,
            ..Page::default()
        })
    }
}

fn shelf(sizes: &[u32]) -> Shelf {
    let mut number = 0;
    let lists = sizes.iter().enumerate().map(|(index, size)| {
        let list: Vec<u32> = (number..number + size).collect();
        // Lists overlap by one record, as windows do.
        number += size.saturating_sub(1);
        let kind = if index == 0 { "x" } else { "list" };
        (format!("{kind}{index}"), list)
    });
    Shelf {
        lists: lists.collect(),
        turned: false,
    }
}

type Rows = BTreeMap<String, usize>;

/// Runs for so many pages at most; says whether it got to its end, else where to go on.
fn run(
    shelf: Shelf,
    resume: Option<&str>,
    pages: usize,
    rows: &mut Rows,
) -> Result<(), Option<String>> {
    let mut walk = Walk::new(shelf, resume);
    let (mut asked, mut place) = (0, resume.map(str::to_owned));
    loop {
        match walk.step() {
            Step::Done => return Ok(()),
            Step::Land(landing) => {
                place = landing.resume;
                for facts in landing.conversions {
                    *rows.entry(facts.native_id.unwrap()).or_default() += 1;
                }
            }
            Step::Ask(request) => {
                if asked == pages {
                    return Err(place);
                }
                asked += 1;
                let body = format!("{} {:?}", request.path, request.query);
                walk.page(&body).unwrap();
            }
        }
    }
}

#[test]
fn every_record_lands_once() {
    let mut rows = Rows::new();
    assert_eq!(
        run(shelf(&[5, 8, 1, 7]), None, usize::MAX, &mut rows),
        Ok(())
    );
    assert!(rows.values().all(|count| *count == 1));
    assert_eq!(rows.len(), 14);
}

#[test]
fn a_page_that_does_not_move_on_is_noticed() {
    let mut walk = Walk::new(shelf(&[0, 9]), None);
    let _ = walk.step();
    assert_eq!(walk.page("empty"), Ok(()));
    let _ = walk.step();
    assert_eq!(walk.page("same"), Ok(()));
    let _ = walk.step();
    assert_eq!(walk.page("same"), Err(PageError::NoProgress));
    assert_eq!(walk.page("bad"), Err(PageError::Malformed));
    assert_eq!(walk.page("another"), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn however_often_it_is_cut_off_it_gets_there(sizes in proptest::collection::vec(0_u32..12, 1..6), cuts in proptest::collection::vec(3_usize..9, 0..12), turned in any::<bool>()) {
        let mut whole = Rows::new();
        prop_assert_eq!(run(shelf(&sizes), None, usize::MAX, &mut whole), Ok(()));
        let (mut rows, mut place, mut done) = (Rows::new(), None::<String>, false);
        for pages in cuts {
            let shelf = Shelf { turned, ..shelf(&sizes) };
            match run(shelf, place.as_deref(), pages, &mut rows) {
                Ok(()) => {
                    done = true;
                    break;
                }
                // Where nothing landed, the place of before stands.
                Err(landed) => place = landed.or(place),
            }
        }
        if !done {
            // What is left is read to its end, and the last run has seen everything by itself.
            let mut last = Rows::new();
            prop_assert_eq!(run(shelf(&sizes), place.as_deref(), usize::MAX, &mut last), Ok(()));
            prop_assert_eq!(last.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
            rows.extend(last);
        }
        prop_assert_eq!(rows.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
    }
}
