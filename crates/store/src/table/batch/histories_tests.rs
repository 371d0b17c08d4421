//! Random histories of a whole book: sales, refunds, chargebacks, payments in part, deposits, locks and undoing. After
//! every step the identities hold, and at the end the book checks out.

use super::{tests::*, *};
use crate::{
    Book, Edit, StoreError,
    table::{
        conversion::{self, Filter, LedgerRow},
        deposit,
        payout::{self, Arrived},
        period, program,
    },
};
use chrono::{Days, NaiveDate};
use perennial_domain::{
    Currency,
    ids::{ConnectionId, DepositId, PayoutId, ProgramId},
    ledger::{Approval, ConversionFacts, Kind},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One thing that happens; days are counted from the first of January.
#[derive(Clone, Debug)]
enum Step {
    Sale {
        day: u64,
        cents: i64,
        pending: bool,
    },
    Reverse {
        of: usize,
    },
    Correct {
        of: usize,
        cents: i64,
    },
    Refund {
        of: usize,
        day: u64,
        part: i64,
        chargeback: bool,
    },
    Pay {
        day: u64,
        cents: i64,
    },
    Arrive {
        of: usize,
        less: i64,
    },
    Lock {
        day: u64,
    },
    Unlock,
    Undo,
    UndoBatch {
        of: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0_u64..150, 1_i64..50_000, any::<bool>()).prop_map(|(day, cents, pending)| Step::Sale { day, cents, pending }),
        1 => (0_usize..20).prop_map(|of| Step::Reverse { of }),
        1 => (0_usize..20, 1_i64..50_000).prop_map(|(of, cents)| Step::Correct { of, cents }),
        2 => (0_usize..20, 0_u64..150, 1_i64..=100, any::<bool>())
            .prop_map(|(of, day, part, chargeback)| Step::Refund { of, day, part, chargeback }),
        3 => (0_u64..200, 1_i64..80_000).prop_map(|(day, cents)| Step::Pay { day, cents }),
        2 => (0_usize..10, 0_i64..500).prop_map(|(of, less)| Step::Arrive { of, less }),
        1 => (0_u64..120).prop_map(|day| Step::Lock { day }),
        1 => Just(Step::Unlock),
        1 => Just(Step::Undo),
        1 => (0_usize..20).prop_map(|of| Step::UndoBatch { of }),
    ]
}

fn on(day: u64) -> NaiveDate {
    "2026-01-01".parse::<NaiveDate>().unwrap() + Days::new(day)
}

/// A sale as its network tells it now.
#[derive(Clone)]
struct Sale {
    day: u64,
    cents: i64,
    approval: Approval,
}

struct World {
    book: Book,
    connection: ConnectionId,
    acme: ProgramId,
    sales: Vec<Sale>,
    payouts: Vec<PayoutId>,
    batches: Vec<BatchId>,
    _folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let (folder, book, connection) = book();
        let acme = book
            .read(|read| Ok(program::get(read, "acme")?.id))
            .unwrap();
        Self {
            book,
            connection,
            acme,
            sales: Vec::new(),
            payouts: Vec::new(),
            batches: Vec::new(),
            _folder: folder,
        }
    }

    fn edit<T>(&self, f: impl FnOnce(&Write<'_>) -> Result<T, StoreError>) -> Option<T> {
        let edit = Edit {
            id: uuid().into(),
            at: at("2026-08-01"),
            label: "An edit".to_owned(),
        };
        allowed(self.book.edit(&edit, f))
    }

    fn sync(&mut self, facts: &ConversionFacts) {
        let ids = uuid;
        let new = NewBatch {
            id: uuid().into(),
            connection: self.connection,
            kind: BatchKind::Sync,
            file: None,
            profile: None,
            at: at("2026-08-01"),
        };
        self.batches.push(new.id);
        // Whatever is locked: a sync never fails.
        self.book
            .write(|write| {
                let mut writer = BatchWriter::begin(write, new, &ids)?;
                writer.add(facts)?;
                writer.finish(Coverage::Partial)
            })
            .unwrap();
    }

    fn sale(&self, index: usize) -> ConversionFacts {
        let sale = &self.sales[index];
        fact(
            &format!("s{index}"),
            &on(sale.day).to_string(),
            sale.cents,
            sale.approval,
        )
    }

    #[allow(clippy::too_many_lines, reason = "one arm a kind of step")]
    fn take(&mut self, step: &Step) {
        match step {
            Step::Sale {
                day,
                cents,
                pending,
            } => {
                self.sales.push(Sale {
                    day: *day,
                    cents: *cents,
                    approval: if *pending {
                        Approval::Pending
                    } else {
                        Approval::Approved
                    },
                });
                self.sync(&self.sale(self.sales.len() - 1));
            }
            Step::Reverse { of } if !self.sales.is_empty() => {
                let index = of % self.sales.len();
                self.sales[index].approval = Approval::Reversed;
                self.sync(&self.sale(index));
            }
            Step::Correct { of, cents } if !self.sales.is_empty() => {
                let index = of % self.sales.len();
                self.sales[index].cents = *cents;
                self.sync(&self.sale(index));
            }
            Step::Refund {
                of,
                day,
                part,
                chargeback,
            } if !self.sales.is_empty() => {
                let index = of % self.sales.len();
                let cents = -(self.sales[index].cents * part / 100).max(1);
                let id = format!("r{index}-{day}");
                self.sync(&ConversionFacts {
                    kind: if *chargeback {
                        Kind::Chargeback
                    } else {
                        Kind::Refund
                    },
                    parent_native_id: Some(format!("s{index}")),
                    ..fact(&id, &on(*day).to_string(), cents, Approval::Approved)
                });
            }
            Step::Pay { day, cents } => {
                let arrived = Arrived {
                    id: uuid().into(),
                    program: self.acme,
                    amount: usd(cents * 10_000),
                    on: on(*day),
                    note: String::new(),
                };
                if self.edit(|write| payout::record(write, &arrived)).is_some() {
                    self.payouts.push(arrived.id);
                }
            }
            Step::Arrive { of, less } if !self.payouts.is_empty() => {
                let payout = self.payouts[of % self.payouts.len()];
                let Ok(row) = self.book.read(|read| payout::get(read, payout)) else {
                    return;
                };
                let id: DepositId = uuid().into();
                let deposit = deposit::Deposit {
                    id,
                    statement: None,
                    account: String::new(),
                    identity: id.to_string(),
                    occurrence: 0,
                    on: row.sent_on.unwrap_or(on(0)),
                    amount: usd((row.amount.micros() - less * 10_000).max(10_000)),
                    fee: usd(0),
                    who: String::new(),
                    reference: String::new(),
                    raw: None,
                    payout: Some(payout),
                    aside: false,
                    rate: None,
                };
                self.edit(|write| deposit::put(write, &deposit));
            }
            Step::Lock { day } => {
                let (acme, through) = (self.acme, on(*day));
                self.edit(|write| {
                    period::lock(write, acme, Currency::USD, through, (at("2026-08-01"), ""))
                });
            }
            Step::Unlock => {
                let acme = self.acme;
                self.edit(|write| period::unlock(write, acme, Currency::USD, None));
                self.book
                    .write(|write| period::take_in(write, acme, Currency::USD))
                    .unwrap();
            }
            Step::Undo => {
                allowed(self.book.undo());
            }
            Step::UndoBatch { of } if !self.batches.is_empty() => {
                let batch = self.batches[of % self.batches.len()];
                allowed(
                    self.book
                        .write(|write| undo(write, batch, at("2026-08-02"))),
                );
            }
            _ => {}
        }
    }

    fn rows(&self) -> Vec<LedgerRow> {
        self.book
            .read(|read| conversion::page(read, &Filter::default(), None, 10_000))
            .unwrap()
    }

    fn through(&self) -> Option<NaiveDate> {
        self.book
            .read(|read| period::through(read, self.acme, Currency::USD))
            .unwrap()
    }

    /// What the rows of a locked period say, and what was paid in it.
    fn figures(&self, through: NaiveDate) -> BTreeMap<String, (String, Option<i64>, i64)> {
        let mut figures: BTreeMap<_, _> = self
            .rows()
            .into_iter()
            .filter(|row| row.occurred_on <= through)
            .map(|row| {
                let commission = row.commission.map(perennial_domain::Money::micros);
                (
                    row.id.to_string(),
                    (row.occurred_on.to_string(), commission, row.earned.micros()),
                )
            })
            .collect();
        for payout in self
            .book
            .read(|read| payout::page(read, "", None, 1_000))
            .unwrap()
        {
            if payout.sent_on.is_some_and(|sent| sent <= through) {
                let arrived: i64 = self
                    .book
                    .read(|read| deposit::of_payout(read, payout.id))
                    .unwrap()
                    .iter()
                    .map(|deposit| deposit.amount.micros())
                    .sum();
                figures.insert(
                    payout.id.to_string(),
                    (
                        format!("{arrived}"),
                        Some(payout.allocated.micros()),
                        payout.amount.micros(),
                    ),
                );
            }
        }
        figures
    }

    /// Earned = Reserve + Due + Paid, and payouts + balance + pending = commissions − clawbacks.
    fn holds(&self, today: NaiveDate) {
        let rows = self.rows();
        let (mut commissions, mut clawbacks, mut reserve, mut due, mut paid) = (0, 0, 0, 0, 0);
        for row in &rows {
            let (earned, part) = (row.earned.micros(), row.paid.micros());
            commissions += earned.max(0);
            clawbacks -= earned.min(0);
            paid += part;
            if row.matures_on > today {
                reserve += earned - part;
            } else {
                due += earned - part;
            }
        }
        assert_eq!(commissions - clawbacks, reserve + due + paid);
        let owed = self
            .book
            .read(|read| conversion::owed(read, "2030-01-01".parse().unwrap(), None))
            .unwrap();
        let sum = |part: fn(&conversion::Sums) -> i64| owed.iter().map(part).sum::<i64>();
        assert_eq!(sum(|sums| sums.earned.micros()), commissions - clawbacks);
        assert_eq!(sum(|sums| sums.paid.micros()), paid);
        let payouts = self
            .book
            .read(|read| payout::page(read, "", None, 1_000))
            .unwrap();
        let (mut sent, mut allotted) = (0, 0);
        for payout in &payouts {
            assert!(payout.allocated.micros().abs() <= payout.amount.micros());
            sent += payout.amount.micros();
            allotted += payout.allocated.micros();
        }
        // What was paid beyond what was due is a debt of ours: it lowers the balance until something falls due.
        let advance = sent - allotted;
        assert_eq!(allotted, paid);
        assert_eq!(sent + (due - advance) + reserve, commissions - clawbacks);
    }
}

/// What may be refused: a lock, an undo of what was built on, payments in the way. Anything else is a fault.
fn allowed<T>(result: Result<T, StoreError>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(
            StoreError::PeriodLocked { .. }
            | StoreError::NothingTo(_)
            | StoreError::Entangled(_)
            | StoreError::BuiltOn { .. }
            | StoreError::TiedToPayments
            | StoreError::Matched
            | StoreError::NoSuch { .. },
        ) => None,
        Err(error) => panic!("{error}"),
    }
}

/// Histories to go through: a few with every run of the tests, and as many as `PROPTEST_CASES` says where it is set.
fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(200)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]
    #[test]
    fn the_identities_hold_and_locked_figures_stay(steps in proptest::collection::vec(step(), 1..30)) {
        let mut world = World::new();
        for step in &steps {
            let locked = world.through();
            let before = locked.map(|through| world.figures(through));
            world.take(step);
            world.holds("2026-04-01".parse().unwrap());
            // While a lock stands, nothing that happened changed a figure of it.
            if let (Some(was), Some(is)) = (locked, world.through()) {
                let through = was.min(is);
                let still = |mut figures: BTreeMap<String, (String, Option<i64>, i64)>| {
                    figures.retain(|_, (day, ..)| day.parse::<NaiveDate>().map_or(true, |day| day <= through));
                    figures
                };
                if was <= is {
                    prop_assert_eq!(before.map(still), Some(still(world.figures(was))));
                }
            }
        }
        for check in world.book.check("2026-04-01".parse().unwrap()).unwrap() {
            prop_assert!(check.ok, "{:?}", check);
        }
    }
}
