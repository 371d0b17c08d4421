//! Everything a program's forecast is made from, read once and kept as long as the book stays as it is.

use super::{
    super::terms_view::Book,
    channels::Channels,
    lives::{End, Life, Lives, Product, Reader},
    open::Unsure,
    priors::{self, Common},
};
use crate::{App, Failure, dto::Prior};
use chrono::{Datelike as _, NaiveDate};
use perennial_domain::{
    Currency,
    ledger::{Open, Tier},
    program::{Plan, Program, Term, Terms},
};
use perennial_forecast::{
    Month,
    arrivals::{
        fit::{ArrivalFit, fit_arrivals},
        mix::ArrivalMix,
    },
    assumptions::Retention,
    retention::{
        Cohorts,
        posterior::{Posterior, Prior as Belief},
    },
};
use perennial_store::table::{awaiting, conversion, subscription};
use rust_decimal::prelude::ToPrimitive as _;
use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

/// Renewals that a plan must have had due before its own history speaks for it.
const ENOUGH: f64 = 60.0;
/// Renewals that the history of all plans of its rhythm counts as for a plan with a history of its own.
const SHARED: f64 = 30.0;
/// Months of arrivals that are looked at.
const ARRIVALS: u32 = 60;

/// What is kept between two questions: by the book's file, its state and the day.
#[derive(Default)]
pub struct Memory(Mutex<Option<Kept>>);

struct Kept {
    path: PathBuf,
    commits: u64,
    today: NaiveDate,
    programs: HashMap<String, Arc<Loaded>>,
}

/// One program's part of the book, as a forecast needs it.
pub struct Loaded {
    /// The program and its terms.
    pub book: Book,
    /// What holds today.
    pub terms: Terms,
    /// Today.
    pub today: NaiveDate,
    /// Until when the ledger speaks: the day of its newest row, today where it has none.
    pub known: NaiveDate,
    /// Every plan of every set.
    pub products: Vec<Product>,
    /// Everybody.
    pub lives: Lives,
    /// Channel and campaign of each link of `lives`.
    pub places: Vec<(Option<String>, Option<String>)>,
    /// What the ledger has by month and plan, in millionths.
    pub monthly: subscription::Monthly,
    /// What is open, by the day it matures.
    pub open: Vec<Open>,
    /// What of it may still be taken back.
    pub unsure: Unsure,
    /// The common values.
    pub priors: Vec<Prior>,
    /// What is believed of renewals: those of both rhythms first, then those of plans with a history of their own.
    pub beliefs: Vec<Posterior>,
    /// For each product which of them.
    pub belief_of: Vec<usize>,
    /// For each belief the curve that stands for it.
    pub curves: Vec<Retention>,
    /// How new referrals come, of each product and tier where there were any.
    pub arrivals: Option<ArrivalMix>,
    /// The place in it of each of them.
    pub cells: BTreeMap<(usize, bool), usize>,
    /// All new referrals together.
    pub all_arrivals: Option<ArrivalFit>,
    /// Which channel they come through; worked out when it is first asked for.
    pub channels: OnceLock<Channels>,
}

/// A program's part of the book, from memory where it is fresh.
pub fn load(app: &App, program: Program) -> Result<Arc<Loaded>, Failure> {
    let today = app.today()?;
    let book = app.book()?;
    let (path, commits) = (book.path().to_owned(), book.commits());
    let key = program.id.to_string();
    {
        let kept = lock(&app.forecasts.0);
        if let Some(kept) = kept.as_ref()
            && kept.path == path
            && kept.commits == commits
            && kept.today == today
            && let Some(loaded) = kept.programs.get(&key)
        {
            return Ok(Arc::clone(loaded));
        }
    }
    let loaded = Arc::new(Loaded::read(app, program, today)?);
    let mut kept = lock(&app.forecasts.0);
    let fresh = kept
        .take()
        .filter(|kept| kept.path == path && kept.commits == commits && kept.today == today);
    let mut fresh = fresh.unwrap_or_else(|| Kept {
        path,
        commits,
        today,
        programs: HashMap::new(),
    });
    fresh.programs.insert(key, Arc::clone(&loaded));
    *kept = Some(fresh);
    Ok(loaded)
}

/// Lets go of what is kept in memory.
pub fn forget(app: &App) {
    *lock(&app.forecasts.0) = None;
}

/// Renewals that were due: lost and kept, period by period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    lost: Vec<u64>,
    kept: Vec<u64>,
}

impl Counts {
    /// Of these customers. One who was paying already when first seen counts from then on; refunded ones do not.
    pub fn of<'a>(lives: impl Iterator<Item = &'a Life>) -> Self {
        let mut counts = Self::default();
        let add = |counts: &mut Vec<u64>, from: u32, to: u32| {
            let (from, to) = (from as usize, to as usize);
            if counts.len() < to {
                counts.resize(to, 0);
            }
            for count in counts.iter_mut().take(to).skip(from) {
                *count += 1;
            }
        };
        for life in lives.filter(|life| !matches!(life.end, End::Refunded(_))) {
            add(&mut counts.kept, life.entry, life.paid);
            if life.end == End::Lost {
                add(&mut counts.lost, life.paid, life.paid.saturating_add(1));
            }
        }
        counts
    }

    /// All lost, and all kept.
    pub fn totals(&self) -> (f64, f64) {
        let sum = |counts: &[u64]| counts.iter().sum::<u64>().to_f64().unwrap_or(0.0);
        (sum(&self.lost), sum(&self.kept))
    }

    /// Each renewal that was due: which it is, how many paid it, and of how many.
    pub fn each(&self) -> impl Iterator<Item = (usize, u64, u64)> {
        let at = |counts: &[u64], index: usize| counts.get(index).copied().unwrap_or(0);
        (0..self.lost.len().max(self.kept.len())).map(move |index| {
            let kept = at(&self.kept, index);
            (index + 1, kept, kept + at(&self.lost, index))
        })
    }

    /// As the models take them. Where nothing was due yet, nothing is known.
    pub fn cohorts(&self) -> Cohorts {
        Cohorts::from_periods(&self.lost, &self.kept).unwrap_or_default()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Loaded {
    fn read(app: &App, program: Program, today: NaiveDate) -> Result<Self, Failure> {
        let book = Book::load(app, program)?;
        let terms = book.on(today)?;
        Self::with(app, book, terms, today)
    }

    /// The same of a program that is at hand, under given terms.
    pub fn with(app: &App, book: Book, terms: Terms, today: NaiveDate) -> Result<Self, Failure> {
        let products: Vec<Product> = book
            .sets
            .iter()
            .flat_map(|set| {
                set.plans.iter().map(|plan| Product {
                    id: set.id(plan),
                    term: plan.term.months(),
                })
            })
            .collect();
        let id = book.program.id;
        let (lives, links, monthly, open, priors, waiting, decided) = app.read(|read| {
            let mut reader = Reader::new(&products, today);
            subscription::payments(read, id, |row| reader.take(&row))?;
            Ok((
                reader.finish(),
                subscription::links(read, id)?,
                subscription::monthly(read, id, terms.currency, today)?,
                conversion::open_days(read, id, terms.currency, today)?,
                priors::standing(read)?,
                awaiting::awaiting(read, id, terms.currency, today, Unsure::young(today))?,
                awaiting::decided(read, id, today)?,
            ))
        })?;
        let places = lives
            .links
            .iter()
            .map(|link| match links.get(link) {
                Some((channel, campaign)) => (Some(channel.clone()), campaign.clone()),
                None => (None, None),
            })
            .collect();
        let mut loaded = Self {
            known: lives.newest.unwrap_or(today).min(today),
            book,
            terms,
            today,
            products,
            lives,
            places,
            monthly,
            open,
            unsure: Unsure::none(),
            priors,
            beliefs: Vec::new(),
            belief_of: Vec::new(),
            curves: Vec::new(),
            arrivals: None,
            cells: BTreeMap::new(),
            all_arrivals: None,
            channels: OnceLock::new(),
        };
        loaded.unsure = Unsure::new(waiting, decided, &loaded);
        loaded.believe();
        loaded.count_arrivals();
        Ok(loaded)
    }

    /// Whether the ledger says anything of this program.
    pub fn has_rows(&self) -> bool {
        !self.lives.is_empty()
    }

    /// The currency of payouts.
    pub fn currency(&self) -> Currency {
        self.terms.currency
    }

    /// The plan of a product.
    pub fn plan(&self, product: usize) -> Option<&Plan> {
        let product = self.products.get(product)?;
        perennial_domain::program::plan_on(&self.book.sets, &product.id)
    }

    /// The rhythm of a product.
    pub fn term(&self, product: usize) -> Term {
        self.plan(product).map_or(Term::Monthly, |plan| plan.term)
    }

    /// The common value of a first renewal in a rhythm.
    pub fn common_renewal(&self, term: Term) -> Common {
        priors::common(&self.priors, &format!("renewal.{}", term.word()))
    }

    /// Those who pay now.
    pub fn active(&self) -> impl Iterator<Item = &Life> {
        self.lives.all.iter().filter(|life| life.end == End::Paying)
    }

    /// Channel and campaign of a customer.
    pub fn place(&self, life: &Life) -> (Option<&str>, Option<&str>) {
        let place = life.link.and_then(|link| self.places.get(link));
        place.map_or((None, None), |(channel, campaign)| {
            (channel.as_deref(), campaign.as_deref())
        })
    }

    /// Renewals that were due, period by period, of those picked.
    pub fn counted(&self, take: impl Fn(&Life) -> bool) -> Counts {
        Counts::of(self.lives.all.iter().filter(|life| take(life)))
    }

    /// What is believed of those picked, beginning with a supposition.
    pub fn belief(&self, supposed: Belief, take: impl Fn(&Life) -> bool) -> Option<Posterior> {
        Posterior::chosen(&self.counted(take).cohorts(), &supposed).ok()
    }

    fn believe(&mut self) {
        let mut beliefs = Vec::new();
        for term in [Term::Monthly, Term::Annual] {
            let common = self.common_renewal(term);
            let supposed = Belief {
                renewal: common.value,
                weight: common.weight,
            };
            let fitted = self
                .belief(supposed, |life| self.term(life.product) == term)
                .or_else(|| Posterior::of_prior(&Belief::FLAT).ok());
            beliefs.extend(fitted);
        }
        let mut belief_of = Vec::with_capacity(self.products.len());
        for index in 0..self.products.len() {
            let shared =
                usize::from(self.term(index) == Term::Annual).min(beliefs.len().max(1) - 1);
            belief_of.push(shared);
            let counts = self.counted(|life| life.product == index);
            let (lost, kept) = counts.totals();
            let Some(all) = beliefs.get(shared).filter(|_| lost + kept >= ENOUGH) else {
                continue;
            };
            let supposed = Belief {
                renewal: all.renewal().mean.clamp(0.001, 0.999),
                weight: SHARED,
            };
            if let Ok(own) = Posterior::chosen(&counts.cohorts(), &supposed) {
                beliefs.push(own);
                if let Some(slot) = belief_of.last_mut() {
                    *slot = beliefs.len() - 1;
                }
            }
        }
        self.curves = beliefs.iter().map(|belief| belief.equivalent(60)).collect();
        self.beliefs = beliefs;
        self.belief_of = belief_of;
    }

    /// The full months from which the rate of new referrals is taken: first and last; none in a book too young.
    pub fn full_months(&self) -> Option<(Month, Month)> {
        let oldest = self.lives.oldest?;
        let mut first = Month::of(oldest);
        // The first month counts where it was seen (nearly) whole.
        if oldest.day() > 3 {
            first = first.plus(1);
        }
        let mut last = Month::of(self.known);
        if self
            .known
            .succ_opt()
            .is_none_or(|next| Month::of(next) == last)
        {
            last = last.plus(-1);
        }
        let earliest = last.plus(1 - i32::try_from(ARRIVALS).unwrap_or(0));
        (last >= first).then(|| (first.max(earliest), last))
    }

    fn count_arrivals(&mut self) {
        let Some((first, last)) = self.full_months() else {
            return;
        };
        let months = usize::try_from(last.since(first) + 1).unwrap_or(0);
        let mut counts: BTreeMap<(usize, bool), Vec<u64>> = BTreeMap::new();
        let mut all = vec![0_u64; months];
        for life in self.lives.all.iter().filter(|l| l.new && l.entry == 0) {
            let at = usize::try_from(Month::of(life.first).since(first)).ok();
            let Some(at) = at.filter(|at| *at < months) else {
                continue;
            };
            let key = (life.bought, life.tier == Tier::Second);
            let slots = counts.entry(key).or_insert_with(|| vec![0; months]);
            for slots in [slots, &mut all] {
                if let Some(slot) = slots.get_mut(at) {
                    *slot += 1;
                }
            }
        }
        self.cells = counts.keys().copied().zip(0..).collect();
        let lists: Vec<Vec<u64>> = counts.into_values().collect();
        self.arrivals = ArrivalMix::new(first, &lists).ok();
        self.all_arrivals = fit_arrivals(first, &all)
            .ok()
            .filter(|_| all.iter().any(|count| *count > 0));
    }

    /// New referrals in each full month that is looked at: of a product and tier, or of all.
    pub fn arrivals_by_month(&self, of: Option<(usize, bool)>) -> Vec<(Month, u64)> {
        let Some((first, last)) = self.full_months() else {
            return Vec::new();
        };
        let mut counts: Vec<(Month, u64)> = (0..=last.since(first).max(0))
            .map(|offset| (first.plus(offset), 0))
            .collect();
        for life in self.lives.all.iter().filter(|l| l.new && l.entry == 0) {
            let cell = (life.bought, life.tier == Tier::Second);
            let at = usize::try_from(Month::of(life.first).since(first)).ok();
            if of.is_none_or(|wanted| wanted == cell)
                && let Some((_, count)) = at.and_then(|at| counts.get_mut(at))
            {
                *count += 1;
            }
        }
        counts
    }

    /// New referrals of a product and tier, and their place, where there were any.
    pub fn cell(&self, product: usize, second: bool) -> Option<(&ArrivalMix, usize)> {
        let at = self.cells.get(&(product, second))?;
        Some((self.arrivals.as_ref()?, *at))
    }

    /// `2021` of `2021/starter-monthly`.
    pub fn version(&self, product: usize) -> &str {
        let id = self.products.get(product).map_or("", |product| &product.id);
        id.split('/').next().unwrap_or_default()
    }

    /// The version of a plan, where another version has one of the same name and rhythm.
    pub fn vintage(&self, product: usize) -> Option<&str> {
        let plan = self.plan(product)?;
        let alike = (0..self.products.len()).any(|other| {
            self.version(other) != self.version(product)
                && self
                    .plan(other)
                    .is_some_and(|other| other.name == plan.name && other.term == plan.term)
        });
        alike.then(|| self.version(product))
    }

    /// A plan's name, with its version where the name alone does not tell.
    pub fn name_of(&self, product: usize) -> String {
        let name = self.plan(product).map_or("", |plan| plan.name.as_str());
        match self.vintage(product) {
            Some(version) => format!("{name} ({version})"),
            None => name.to_owned(),
        }
    }

    /// The same with its rhythm: `Starter monthly (2021)`.
    pub fn label(&self, product: usize) -> String {
        let Some(plan) = self.plan(product) else {
            return String::new();
        };
        let name = format!("{} {}", plan.name, plan.term.word());
        match self.vintage(product) {
            Some(version) => format!("{name} ({version})"),
            None => name,
        }
    }

    /// First payments seen, and how many of them were refunded.
    pub fn refunds(&self) -> (u32, u32) {
        let seen = self.lives.all.iter().filter(|l| l.new && l.entry == 0);
        seen.fold((0, 0), |(all, refunded), life| {
            let gone = matches!(life.end, End::Refunded(_));
            (all + 1, refunded + u32::from(gone))
        })
    }
}
