//! From rows of the ledger to customers: when each began, how often each renewed, and how it stands.

use chrono::{Datelike, Days, Months, NaiveDate};
use perennial_domain::ledger::{Kind, Tier};
use perennial_store::table::subscription::PaymentRow;
use std::collections::HashMap;

/// Days after a renewal was due in which a report may still be on its way.
const GRACE: u64 = 15;

/// One plan of the program, and how it is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// `2021/starter-monthly`.
    pub id: String,
    /// Months that a payment covers.
    pub term: u32,
}

/// How a customer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Pays now, or may still.
    Paying,
    /// The renewal after the last one paid was due and did not come.
    Lost,
    /// The first payment was taken back, on this day.
    Refunded(NaiveDate),
    /// Moved to a plan that is paid in another rhythm: seen until then, and not lost.
    Moved,
}

/// One customer on plans of one rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// Index of the plan paid last.
    pub product: usize,
    /// Index of the plan bought first.
    pub bought: usize,
    /// Whose sale.
    pub tier: Tier,
    /// Index of the link, where it came through one.
    pub link: Option<usize>,
    /// The first payment; for one that was paying before the book begins, as far as it can be told.
    pub first: NaiveDate,
    /// Renewals paid before the book begins; 0 for one seen from its first payment.
    pub entry: u32,
    /// Renewals paid by now, those included.
    pub paid: u32,
    /// How it stands.
    pub end: End,
    /// The day of the next renewal.
    pub due: NaiveDate,
    /// Whether a customer came with it; false where one moved here from another rhythm.
    pub new: bool,
}

/// Everybody, and what could not be placed.
#[derive(Debug, Default)]
pub struct Lives {
    /// One a customer and rhythm.
    pub all: Vec<Life>,
    /// Ids of links, by the index that lives have.
    pub links: Vec<String>,
    /// The day of the oldest row.
    pub oldest: Option<NaiveDate>,
    /// The day of the newest row: what came due since then is not known.
    pub newest: Option<NaiveDate>,
    /// Customers whose plan is not known.
    pub unplanned: u32,
    /// Customers who were paying already when the book begins.
    pub late: u32,
}

impl Lives {
    /// Nobody has paid yet.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.unplanned == 0
    }
}

/// One row, with the texts looked up.
#[derive(Clone, Copy)]
struct Payment {
    kind: Kind,
    on: NaiveDate,
    product: Option<usize>,
    link: Option<usize>,
    clicked: Option<NaiveDate>,
}

/// Takes rows in the order of [`perennial_store::table::subscription::payments`].
pub struct Reader<'a> {
    products: &'a [Product],
    index: HashMap<&'a str, usize>,
    links: HashMap<String, usize>,
    today: NaiveDate,
    tier: Tier,
    rows: Vec<Payment>,
    out: Lives,
    rebills: bool,
}

impl<'a> Reader<'a> {
    /// Nothing read yet. Rows after `today` are not looked at.
    pub fn new(products: &'a [Product], today: NaiveDate) -> Self {
        Self {
            products,
            index: products
                .iter()
                .enumerate()
                .map(|(index, product)| (product.id.as_str(), index))
                .collect(),
            links: HashMap::new(),
            today,
            tier: Tier::Direct,
            rows: Vec::new(),
            out: Lives::default(),
            rebills: false,
        }
    }

    /// The next row.
    pub fn take(&mut self, row: &PaymentRow<'_>) {
        if row.first {
            self.finish_customer();
        }
        if row.on > self.today {
            return;
        }
        self.tier = row.tier;
        self.rebills |= row.kind == Kind::Rebill;
        self.out.oldest = Some(self.out.oldest.map_or(row.on, |day| day.min(row.on)));
        self.out.newest = Some(self.out.newest.map_or(row.on, |day| day.max(row.on)));
        let link = row.link.map(|id| {
            if let Some(index) = self.links.get(id) {
                return *index;
            }
            let index = self.out.links.len();
            self.out.links.push(id.to_owned());
            self.links.insert(id.to_owned(), index);
            index
        });
        self.rows.push(Payment {
            kind: row.kind,
            on: row.on,
            product: row.plan.and_then(|id| self.index.get(id).copied()),
            link,
            clicked: row.clicked,
        });
    }

    /// Everybody, as they stand on the day of the newest row.
    pub fn finish(mut self) -> Lives {
        self.finish_customer();
        let Some((oldest, newest)) = self.out.oldest.zip(self.out.newest) else {
            return self.out;
        };
        for life in &mut self.out.all {
            let term = self.products.get(life.product).map_or(1, |plan| plan.term);
            // Where a source calls every payment a sale, one within the first term may be of somebody who paid before.
            if !self.rebills && life.new && life.entry == 0 && life.first < later(oldest, term) {
                life.entry = 1;
                life.paid += 1;
                life.first = back(life.first, term);
            }
            if life.entry > 0 {
                self.out.late += 1;
            }
            let patience = life.due.checked_add_days(Days::new(GRACE));
            if life.end == End::Paying && patience.is_some_and(|day| day < newest) {
                life.end = End::Lost;
            }
        }
        self.out
    }

    fn finish_customer(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return;
        }
        // On one day a payment comes before what takes it back.
        rows.sort_by_key(|row| (row.on, takes_back(row.kind)));
        let known = rows.iter().find_map(|row| row.product);
        let link = rows.iter().find_map(|row| row.link);
        let mut lives: Vec<(Life, NaiveDate)> = Vec::new();
        let mut product = known;
        for row in &rows {
            product = row.product.or(product);
            if takes_back(row.kind) {
                if let Some((life, last)) = lives.last_mut() {
                    take_back(life, *last, row.on, &rows);
                }
                continue;
            }
            let Some(product) = product else { continue };
            let term = self.products.get(product).map_or(1, |plan| plan.term);
            match lives.last_mut() {
                Some((life, last)) if self.term_of(life.product) == term => {
                    let periods = periods_between(life.first, row.on, term);
                    life.product = product;
                    if periods > life.paid {
                        life.paid = periods;
                        *last = row.on;
                        life.due = later(row.on, term);
                        life.end = End::Paying;
                    }
                }
                moved => {
                    let came = moved.is_none();
                    if let Some((life, _)) = moved {
                        life.end = End::Moved;
                    }
                    let entry = if came { entry(row, term) } else { 0 };
                    let first = back(row.on, entry.saturating_mul(term));
                    lives.push((
                        Life {
                            product,
                            bought: product,
                            tier: self.tier,
                            link,
                            first,
                            entry,
                            paid: entry,
                            end: End::Paying,
                            due: later(row.on, term),
                            new: came,
                        },
                        row.on,
                    ));
                }
            }
        }
        if lives.is_empty() && rows.iter().any(|row| !takes_back(row.kind)) {
            self.out.unplanned += 1;
        }
        self.out.all.extend(lives.into_iter().map(|(life, _)| life));
    }

    fn term_of(&self, product: usize) -> u32 {
        self.products.get(product).map_or(1, |plan| plan.term)
    }
}

fn takes_back(kind: Kind) -> bool {
    matches!(kind, Kind::Refund | Kind::Chargeback)
}

/// A refund or chargeback ends a life, unless the customer pays again later.
fn take_back(life: &mut Life, last: NaiveDate, on: NaiveDate, rows: &[Payment]) {
    if on < last
        || life.end != End::Paying
        || rows.iter().any(|row| !takes_back(row.kind) && row.on > on)
    {
        return;
    }
    if life.paid == 0 {
        life.end = End::Refunded(on);
    } else {
        // The renewal that was taken back was not paid after all.
        life.paid = life.paid.saturating_sub(1).max(life.entry);
        life.end = End::Lost;
    }
}

/// Renewals that a customer had paid before its first row: none where that is the sale itself. A rebill says that there
/// were some; the day of the click tells how many there can have been.
fn entry(row: &Payment, term: u32) -> u32 {
    if row.kind != Kind::Rebill {
        return 0;
    }
    row.clicked
        .filter(|clicked| *clicked < row.on)
        .map_or(1, |clicked| months_between(clicked, row.on) / term.max(1))
        .max(1)
}

/// Whole months from one day to another; 0 where it does not lie after it.
pub fn months_between(from: NaiveDate, to: NaiveDate) -> u32 {
    let months = (to.year() - from.year()) * 12 + i32::try_from(to.month0()).unwrap_or_default()
        - i32::try_from(from.month0()).unwrap_or_default()
        - i32::from(to.day() < from.day());
    u32::try_from(months).unwrap_or(0)
}

/// Terms from the first payment to another one, to the nearest: payments drift by days.
fn periods_between(first: NaiveDate, on: NaiveDate, term: u32) -> u32 {
    let days = (on - first).num_days().max(0);
    let half = i64::from(term.max(1)) * 15;
    let whole = u32::try_from((days + half) / 28).unwrap_or(u32::MAX) / term.max(1) + 1;
    // The true count lies at or just below; take the nearest anchor.
    (whole.saturating_sub(3)..=whole)
        .min_by_key(|periods| {
            (later(first, periods.saturating_mul(term)) - on)
                .num_days()
                .abs()
        })
        .unwrap_or(0)
}

/// So many months later, clamped to the month's end.
pub fn later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}

fn back(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn products() -> Vec<Product> {
        let product = |id: &str, term| Product {
            id: id.to_owned(),
            term,
        };
        vec![
            product("1/starter", 1),
            product("1/silver", 1),
            product("1/gold-annual", 12),
        ]
    }

    fn read(today: &str, customers: &[&[(&str, Kind, &str)]]) -> Lives {
        let products = products();
        let mut reader = Reader::new(&products, day(today));
        for rows in customers {
            for (index, (on, kind, plan)) in rows.iter().enumerate() {
                reader.take(&PaymentRow {
                    first: index == 0,
                    tier: Tier::Direct,
                    kind: *kind,
                    on: day(on),
                    plan: Some(plan).filter(|plan| !plan.is_empty()).copied(),
                    link: None,
                    clicked: None,
                });
            }
        }
        reader.finish()
    }

    #[test]
    fn a_customer_pays_is_lost_or_may_still_pay() {
        let lives = read(
            "2026-04-20",
            &[
                &[
                    ("2026-01-31", Kind::Sale, "1/starter"),
                    ("2026-02-28", Kind::Rebill, "1/starter"),
                    ("2026-03-31", Kind::Rebill, "1/starter"),
                ],
                // Due on 10 February; the newest row is of 18 April.
                &[("2026-01-10", Kind::Sale, "1/starter")],
                // Due on 10 April: its report may be on its way.
                &[("2026-03-10", Kind::Sale, "1/starter")],
                &[("2026-04-18", Kind::Sale, "1/starter")],
            ],
        );
        let ends: Vec<End> = lives.all.iter().map(|life| life.end).collect();
        assert_eq!(ends, [End::Paying, End::Lost, End::Paying, End::Paying]);
        assert_eq!(lives.all[0].paid, 2);
        assert_eq!(lives.all[0].due, day("2026-04-30"));
    }

    #[test]
    fn refunds_and_chargebacks_end_a_life_unless_the_customer_pays_again() {
        let lives = read(
            "2026-04-20",
            &[
                &[
                    ("2026-04-01", Kind::Sale, "1/starter"),
                    ("2026-04-10", Kind::Refund, ""),
                ],
                &[
                    ("2026-02-05", Kind::Sale, "1/starter"),
                    ("2026-03-05", Kind::Rebill, "1/starter"),
                    ("2026-04-05", Kind::Rebill, "1/starter"),
                    ("2026-04-09", Kind::Chargeback, ""),
                ],
                &[
                    ("2026-03-01", Kind::Sale, "1/starter"),
                    ("2026-03-02", Kind::Refund, ""),
                    ("2026-04-01", Kind::Rebill, "1/starter"),
                ],
            ],
        );
        assert_eq!(lives.all[0].end, End::Refunded(day("2026-04-10")));
        assert_eq!((lives.all[1].end, lives.all[1].paid), (End::Lost, 1));
        assert_eq!((lives.all[2].end, lives.all[2].paid), (End::Paying, 1));
    }

    #[test]
    fn who_was_paying_before_the_book_begins_counts_from_then_on() {
        let lives = read(
            "2026-04-20",
            &[&[
                ("2026-03-05", Kind::Rebill, "1/starter"),
                ("2026-04-05", Kind::Rebill, "1/starter"),
            ]],
        );
        let life = lives.all[0];
        assert_eq!((life.entry, life.paid, lives.late), (1, 2, 1));
        // Where every payment is called a sale, one in the first term may be a renewal.
        let lives = read(
            "2026-06-20",
            &[
                &[
                    ("2026-03-05", Kind::Sale, "1/starter"),
                    ("2026-04-05", Kind::Sale, "1/starter"),
                ],
                &[("2026-06-01", Kind::Sale, "1/starter")],
            ],
        );
        let entries: Vec<u32> = lives.all.iter().map(|life| life.entry).collect();
        assert_eq!(entries, [1, 0]);
    }

    #[test]
    fn an_upgrade_goes_on_and_another_rhythm_begins_anew() {
        let lives = read(
            "2026-05-20",
            &[&[
                ("2026-01-05", Kind::Sale, "1/starter"),
                ("2026-02-05", Kind::Rebill, "1/silver"),
                ("2026-03-05", Kind::Rebill, "1/silver"),
                ("2026-04-01", Kind::Rebill, "1/gold-annual"),
            ]],
        );
        assert_eq!(lives.all.len(), 2);
        let (monthly, annual) = (lives.all[0], lives.all[1]);
        assert_eq!(
            (monthly.product, monthly.bought, monthly.paid, monthly.end),
            (1, 0, 2, End::Moved)
        );
        assert_eq!(
            (annual.product, annual.paid, annual.end, annual.new),
            (2, 0, End::Paying, false)
        );
        assert_eq!(annual.due, day("2027-04-01"));
    }

    #[test]
    fn what_has_no_plan_is_said_and_rows_of_tomorrow_wait() {
        let lives = read(
            "2026-04-20",
            &[
                &[("2026-04-01", Kind::Sale, "")],
                &[("2026-04-21", Kind::Sale, "1/starter")],
            ],
        );
        assert_eq!((lives.unplanned, lives.all.len()), (1, 0));
    }

    proptest! {
        /// Whatever rows there are: nobody pays more renewals than fit between the first row and the last, and nothing
        /// panics.
        #[test]
        fn lives_fit_their_days(
            rows in prop::collection::vec((0_u64..1_500, 0_u8..4, 0_usize..4), 1..40),
        ) {
            let mut rows = rows;
            rows.sort_unstable();
            let products = products();
            let mut reader = Reader::new(&products, day("2027-01-01"));
            for (index, (offset, kind, plan)) in rows.iter().enumerate() {
                let kind = [Kind::Sale, Kind::Rebill, Kind::Refund, Kind::Chargeback][usize::from(*kind)];
                reader.take(&PaymentRow {
                    first: index == 0,
                    tier: Tier::Direct,
                    kind,
                    on: day("2022-01-01") + Days::new(*offset),
                    plan: products.get(*plan).map(|product| product.id.as_str()),
                    link: None,
                    clicked: None,
                });
            }
            for life in reader.finish().all {
                prop_assert!(life.entry <= life.paid);
                prop_assert!(life.paid - life.entry <= 50);
                prop_assert!(life.due > life.first);
            }
        }
    }
}
