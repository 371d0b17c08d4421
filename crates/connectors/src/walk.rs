//! The way through a network's lists, leg by leg: windows of days, lists, leads.
//!
//! A network is a [`Tour`]: which legs there are, how a page of one is asked for and read. Everything else is the same for
//! all of them and stands here: pages that repeat land once, a page that does not move on is noticed, each page that
//! lands says where a later sync can go on. One that goes on there reads the rest, then what lies before, so it makes
//! headway however often it is cut off and in the end has seen everything, as a sync in one piece does.

use crate::{
    Landing, PageError, RefusedRecord, Run, Step,
    http::{HttpError, Request},
    json::fingerprint,
};
use perennial_domain::ledger::{ConversionFacts, PayoutFacts};
use std::collections::{HashMap, VecDeque};

/// Stands between a leg and a place in it.
const MARK: char = '\n';

/// What one page brought.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Conversions, or why they are refused.
    pub(crate) conversions: Vec<Result<ConversionFacts, RefusedRecord>>,
    /// Payouts, or why they are refused.
    pub(crate) payouts: Vec<Result<PayoutFacts, RefusedRecord>>,
    /// Where this leg goes on; none at its end.
    pub(crate) next: Option<String>,
    /// Whether it may be the last one: then the same page once more means that the leg is at its end.
    pub(crate) maybe_last: bool,
}

/// One stretch of a tour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leg<L> {
    /// Its name; the same in every sync of the same window.
    pub(crate) name: String,
    /// Whether it only explains what others bring: then it is read each time, and before them.
    pub(crate) explains: bool,
    /// What the network needs to know of it.
    pub(crate) what: L,
}

/// A network's lists.
pub(crate) trait Tour: Send {
    /// What tells one leg from another.
    type What: Clone + Send;

    /// The legs, those that explain others first.
    fn legs(&self) -> Vec<Leg<Self::What>>;

    /// The question for a page of a leg; the first one where there is no place.
    fn ask(&self, what: &Self::What, place: Option<&str>) -> Request;

    /// Reads a page.
    ///
    /// # Errors
    /// [`PageError`]; nothing is kept of the page then.
    fn page(
        &mut self,
        what: &Self::What,
        place: Option<&str>,
        body: &str,
    ) -> Result<Page, PageError>;

    /// Legs that were found on the way.
    fn found(&mut self) -> Vec<Leg<Self::What>> {
        Vec::new()
    }

    /// What was held back until everything else was read.
    fn held(&mut self) -> Page {
        Page::default()
    }

    /// Whether the tour goes on without a leg that failed for good.
    fn goes_on_without(&mut self, _what: &Self::What, _error: &HttpError) -> bool {
        false
    }
}

/// A leg that is still to be read, and from where.
struct Ahead<L> {
    leg: Leg<L>,
    place: Option<String>,
    /// Whether an earlier sync left the place: it may be gone by now.
    left: bool,
}

/// A tour on its way.
pub(crate) struct Walk<T: Tour> {
    tour: T,
    ahead: VecDeque<Ahead<T::What>>,
    /// Fingerprint of the page before, within the leg.
    last_page: Option<String>,
    /// Fingerprint of each record landed.
    landed: HashMap<String, String>,
    landing: Option<Landing>,
    /// Where an earlier sync was cut off, where that is a leg still to be found.
    resume: Option<String>,
    /// Where to go on from, as it was last said.
    said: Option<String>,
    ended: bool,
}

impl<T: Tour> Walk<T> {
    /// A tour from its beginning, or from where an earlier one of the same window was cut off.
    pub(crate) fn new(tour: T, resume: Option<&str>) -> Self {
        let whole = |leg| Ahead {
            leg,
            place: None,
            left: false,
        };
        let (explaining, main): (Vec<_>, Vec<_>) =
            tour.legs().into_iter().partition(|leg| leg.explains);
        let mut main = VecDeque::from(main);
        let mut ahead: VecDeque<_> = explaining.into_iter().map(whole).collect();
        let resumed = resume.and_then(|text| {
            let (name, place) = text.split_once(MARK).unwrap_or((text, ""));
            let at = main.iter().position(|leg| leg.name == name)?;
            Some((at, place))
        });
        let later = resumed
            .is_none()
            .then(|| resume.map(str::to_owned))
            .flatten();
        if let Some((at, place)) = resumed {
            main.rotate_left(at);
            if let Some(leg) = main.front().filter(|_| !place.is_empty()).cloned() {
                ahead.push_back(Ahead {
                    leg,
                    place: Some(place.to_owned()),
                    left: true,
                });
                // What lies before the place comes last.
                main.rotate_left(1);
            }
        }
        ahead.extend(main.into_iter().map(whole));
        Self {
            tour,
            ahead,
            last_page: None,
            landed: HashMap::new(),
            landing: None,
            resume: later,
            said: resume.map(str::to_owned),
            ended: false,
        }
    }

    fn next_leg(&mut self) {
        self.ahead.pop_front();
        self.last_page = None;
        if !self.ahead.is_empty() {
            return;
        }
        let found = self.tour.found().into_iter().map(|leg| Ahead {
            leg,
            place: None,
            left: false,
        });
        self.ahead.extend(found);
        let resume = self.resume.take().unwrap_or_default();
        let name = resume.split(MARK).next().unwrap_or_default();
        let at = self.ahead.iter().position(|ahead| ahead.leg.name == name);
        self.ahead.rotate_left(at.unwrap_or_default());
    }

    /// Keeps what has not landed yet in this form.
    fn keep(&mut self, page: Page) -> Landing {
        let mut landing = Landing::default();
        for read in page.conversions {
            match read {
                Ok(facts) => {
                    let id = facts.native_id.as_deref().unwrap_or(&facts.raw_hash);
                    let id = format!("{}/{id}", facts.kind.family());
                    if self.is_new(id, &facts.raw_hash) {
                        landing.conversions.push(facts);
                    }
                }
                Err(refused) => self.refuse(&mut landing, refused),
            }
        }
        for read in page.payouts {
            match read {
                Ok(facts) => {
                    if self.is_new(format!("payout/{}", facts.native_id), &facts.raw_hash) {
                        landing.payouts.push(facts);
                    }
                }
                Err(refused) => self.refuse(&mut landing, refused),
            }
        }
        landing
    }

    fn refuse(&mut self, landing: &mut Landing, refused: RefusedRecord) {
        let hash = fingerprint(&refused.text);
        let id = format!("refused/{}", refused.native_id.as_deref().unwrap_or(&hash));
        if self.is_new(id, &hash) {
            landing.refused.push(refused);
        }
    }

    fn is_new(&mut self, id: String, hash: &str) -> bool {
        self.landed
            .insert(id, hash.to_owned())
            .is_none_or(|before| before != hash)
    }
}

impl<T: Tour> Run for Walk<T> {
    fn step(&mut self) -> Step {
        if let Some(landing) = self.landing.take() {
            return Step::Land(landing);
        }
        if let Some(ahead) = self.ahead.front() {
            return Step::Ask(self.tour.ask(&ahead.leg.what, ahead.place.as_deref()));
        }
        if self.ended {
            return Step::Done;
        }
        self.ended = true;
        let held = self.tour.held();
        Step::Land(self.keep(held))
    }

    fn page(&mut self, body: &str) -> Result<(), PageError> {
        let Some(ahead) = self.ahead.front() else {
            return Ok(());
        };
        let (what, explains) = (ahead.leg.what.clone(), ahead.leg.explains);
        let name = ahead.leg.name.clone();
        let mut page = self.tour.page(&what, ahead.place.as_deref(), body)?;
        let print = fingerprint(body);
        if page.next.is_some() && self.last_page.as_ref() == Some(&print) {
            if !page.maybe_last {
                return Err(PageError::NoProgress);
            }
            page.next = None;
        }
        let next = page.next.take();
        let mut landing = self.keep(page);
        if let Some(next) = next {
            self.last_page = Some(print);
            landing.resume = Some(format!("{name}{MARK}{next}"));
            if let Some(ahead) = self.ahead.front_mut() {
                ahead.place = Some(next);
                ahead.left = false;
            }
        } else {
            self.next_leg();
            landing.resume = self.ahead.front().map(|ahead| {
                let place = ahead.place.as_deref().unwrap_or_default();
                format!("{}{MARK}{place}", ahead.leg.name)
            });
        }
        // A leg that only explains leaves the place of an earlier sync as it is.
        let brings = landing.conversions.len() + landing.payouts.len() + landing.refused.len();
        if !explains || brings > 0 {
            self.said.clone_from(&landing.resume);
            self.landing = Some(landing);
        }
        Ok(())
    }

    fn abandoned(&mut self) -> Option<Landing> {
        let held = self.tour.held();
        let landing = self.keep(held);
        let any = !landing.conversions.is_empty() || !landing.refused.is_empty();
        any.then(|| Landing {
            resume: self.said.clone(),
            ..landing
        })
    }

    fn failed(&mut self, error: &HttpError) -> bool {
        let Some(ahead) = self.ahead.front_mut() else {
            return false;
        };
        if ahead.left && matches!(error, HttpError::Refused { .. } | HttpError::Elsewhere(_)) {
            ahead.place = None;
            ahead.left = false;
            return true;
        }
        let what = ahead.leg.what.clone();
        let goes_on = self.tour.goes_on_without(&what, error);
        if goes_on {
            self.next_leg();
        }
        goes_on
    }
}

#[cfg(test)]
mod tests;
