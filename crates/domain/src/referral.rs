//! Where a referred customer stands, and how they came there.
//!
//! It follows from what the program reported and what the user noted by hand: of two, the later day stands. What comes
//! from a program is never changed by a note, and a note never by a program.

use crate::{Money, ledger::Tier};
use chrono::{Days, Months, NaiveDate};

/// Days after a renewal was due in which a report may still be on its way.
pub const GRACE_DAYS: u64 = 15;

/// A step of a referral's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Clicked a link.
    Click,
    /// Signed up.
    Lead,
    /// Tries the product.
    Trial,
    /// Pays.
    Paying,
    /// Pays more than at first.
    Upgraded,
    /// A payment is due and was not reported.
    PastDue,
    /// Pays no longer.
    Cancelled,
    /// The payment was taken back.
    Refunded,
}

impl Stage {
    /// Every stage, in the order of a life.
    pub const ALL: &'static [Self] = &[
        Self::Click,
        Self::Lead,
        Self::Trial,
        Self::Paying,
        Self::Upgraded,
        Self::PastDue,
        Self::Cancelled,
        Self::Refunded,
    ];

    /// The word of the command line and the book.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Click => "click",
            Self::Lead => "lead",
            Self::Trial => "trial",
            Self::Paying => "paying",
            Self::Upgraded => "upgraded",
            Self::PastDue => "past_due",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
        }
    }

    /// The stage of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| stage.word() == word)
    }
}

/// A plan as far as a referral's life needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bought {
    /// `2021/starter-monthly`.
    pub plan: String,
    /// Months that a payment covers.
    pub term: u32,
    /// What a month of it costs, to tell more from less.
    pub monthly: Money,
}

/// What a row of the ledger says of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Signed up.
    Lead,
    /// Paid; one without an amount, or at a price below the plan's own, is of a trial.
    Payment {
        /// The plan, where it is known.
        bought: Option<Bought>,
        /// Whether it paid a trial.
        trial: bool,
        /// Whose sale.
        tier: Tier,
    },
    /// A payment was taken back.
    TakenBack,
    /// The user says so.
    Noted(Stage, Option<String>),
}

/// Something on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub on: NaiveDate,
    /// What.
    pub what: What,
}

/// A step that was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The day.
    pub on: NaiveDate,
    /// What was reached.
    pub stage: Stage,
    /// The plan from then on, where it is known.
    pub plan: Option<String>,
    /// Whether the user noted it.
    pub noted: bool,
}

/// What is known of a referral.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// Steps, the earliest first.
    pub steps: Vec<Step>,
    /// The plan paid last.
    pub plan: Option<Bought>,
    /// Months that payments cover, trials left out and what was taken back taken off.
    pub months_paid: u32,
    /// Payments after the first.
    pub renewals: u32,
    /// The day of the next payment, where one is to come.
    pub due: Option<NaiveDate>,
    /// The first payment that was no trial's.
    pub paying_since: Option<NaiveDate>,
    /// The day that a trial began.
    pub trial_on: Option<NaiveDate>,
}

impl Life {
    /// Where it stands: the last step.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.steps.last().map(|step| step.stage)
    }

    /// Whether payments are still to come.
    #[must_use]
    pub fn is_paying(&self) -> bool {
        matches!(
            self.stage(),
            Some(Stage::Paying | Stage::Upgraded | Stage::PastDue)
        )
    }

    /// Months that still earn under a program's cap; none where there is no cap.
    #[must_use]
    pub fn months_left(&self, cap: Option<u32>) -> Option<u32> {
        cap.map(|cap| cap.saturating_sub(self.months_paid))
    }
}

/// The life that clicks, rows and notes tell of. `known` is the day until which the ledger speaks: a payment that was due
/// after it is not missing.
#[must_use]
pub fn life(clicked: Option<NaiveDate>, moments: &[Moment], known: NaiveDate) -> Life {
    let mut moments: Vec<&Moment> = moments.iter().collect();
    // On one day a payment comes before what takes it back, and what the user says stands.
    moments.sort_by_key(|moment| {
        let order = match moment.what {
            What::Lead => 0,
            What::Payment { .. } => 1,
            What::TakenBack => 2,
            What::Noted(..) => 3,
        };
        (moment.on, order)
    });
    let mut life = Life::default();
    if let Some(on) = clicked {
        life.step(on, Stage::Click, None, false);
    }
    for moment in moments {
        life.take(moment);
    }
    life.miss(known);
    life.steps.sort_by_key(|step| step.on);
    life
}

impl Life {
    fn step(&mut self, on: NaiveDate, stage: Stage, plan: Option<String>, noted: bool) {
        self.steps.push(Step {
            on,
            stage,
            plan,
            noted,
        });
    }

    fn take(&mut self, moment: &Moment) {
        let on = moment.on;
        match &moment.what {
            What::Lead => {
                if !self.steps.iter().any(|step| step.stage >= Stage::Lead) {
                    self.step(on, Stage::Lead, None, false);
                }
            }
            What::Payment {
                bought,
                trial: true,
                ..
            } => {
                if self.paying_since.is_none() && self.trial_on.is_none() {
                    self.trial_on = Some(on);
                    let plan = bought.as_ref().map(|bought| bought.plan.clone());
                    self.step(on, Stage::Trial, plan, false);
                }
                self.due = None;
            }
            What::Payment { bought, .. } => self.pay(on, bought.as_ref()),
            What::TakenBack => {
                let term = self.plan.as_ref().map_or(1, |plan| plan.term);
                self.months_paid = self.months_paid.saturating_sub(term);
                self.renewals = self.renewals.saturating_sub(1);
                self.due = None;
                self.step(on, Stage::Refunded, None, false);
            }
            What::Noted(stage, plan) => {
                if *stage == Stage::Trial && self.trial_on.is_none() {
                    self.trial_on = Some(on);
                }
                if matches!(stage, Stage::Cancelled | Stage::Refunded) {
                    self.due = None;
                }
                if matches!(stage, Stage::Paying | Stage::Upgraded) && self.paying_since.is_none() {
                    self.paying_since = Some(on);
                }
                self.step(on, *stage, plan.clone(), true);
            }
        }
    }

    fn pay(&mut self, on: NaiveDate, bought: Option<&Bought>) {
        let term = bought
            .or(self.plan.as_ref())
            .map_or(1, |plan| plan.term)
            .max(1);
        let more = match (&self.plan, bought) {
            (Some(before), Some(now)) if before.plan != now.plan => Some(
                before.monthly.currency() == now.monthly.currency()
                    && now.monthly.amount() > before.monthly.amount(),
            ),
            _ => None,
        };
        let name = bought.map(|plan| plan.plan.clone());
        if self.paying_since.is_none() {
            self.paying_since = Some(on);
            self.step(on, Stage::Paying, name, false);
        } else {
            self.renewals += 1;
            match more {
                Some(true) => self.step(on, Stage::Upgraded, name, false),
                Some(false) => self.step(on, Stage::Paying, name, false),
                // One who had gone pays again.
                None if !self.is_paying() => self.step(on, Stage::Paying, name, false),
                None => {}
            }
        }
        self.months_paid = self.months_paid.saturating_add(term);
        self.due = on.checked_add_months(Months::new(term));
        if let Some(bought) = bought {
            self.plan = Some(bought.clone());
        }
    }

    /// A payment that was due and did not come: past due for a while, then cancelled.
    fn miss(&mut self, known: NaiveDate) {
        let Some(due) = self.due.filter(|due| *due < known && self.is_paying()) else {
            return;
        };
        // What the user noted since then stands.
        if self.steps.iter().any(|step| step.noted && step.on >= due) {
            return;
        }
        self.step(due, Stage::PastDue, None, false);
        let gone = due.checked_add_days(Days::new(GRACE_DAYS));
        if let Some(gone) = gone.filter(|gone| *gone < known) {
            self.step(gone, Stage::Cancelled, None, false);
            self.due = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn plan(name: &str, term: u32, monthly: i64) -> Bought {
        Bought {
            plan: name.to_owned(),
            term,
            monthly: Money::from_micros(monthly * 1_000_000, Currency::USD),
        }
    }

    fn paid(on: &str, bought: Bought) -> Moment {
        Moment {
            on: day(on),
            what: What::Payment {
                bought: Some(bought),
                trial: false,
                tier: Tier::Direct,
            },
        }
    }

    fn stages(life: &Life) -> Vec<(String, &'static str)> {
        life.steps
            .iter()
            .map(|step| (step.on.to_string(), step.stage.word()))
            .collect()
    }

    #[test]
    fn a_whole_life() {
        let moments = [
            Moment {
                on: day("2026-01-03"),
                what: What::Lead,
            },
            Moment {
                on: day("2026-01-03"),
                what: What::Payment {
                    bought: None,
                    trial: true,
                    tier: Tier::Direct,
                },
            },
            paid("2026-01-17", plan("1/starter", 1, 99)),
            paid("2026-02-17", plan("1/starter", 1, 99)),
            paid("2026-03-17", plan("1/gold", 1, 299)),
        ];
        let found = life(Some(day("2026-01-01")), &moments, day("2026-04-10"));
        let expected = [
            ("2026-01-01", "click"),
            ("2026-01-03", "lead"),
            ("2026-01-03", "trial"),
            ("2026-01-17", "paying"),
            ("2026-03-17", "upgraded"),
        ];
        assert_eq!(
            stages(&found),
            expected.map(|(on, word)| (on.to_owned(), word))
        );
        assert_eq!(found.due, Some(day("2026-04-17")));
        assert_eq!((found.months_paid, found.renewals), (3, 2));
        assert_eq!(found.months_left(Some(12)), Some(9));
        assert_eq!(found.months_left(None), None);

        let late = life(None, &moments, day("2026-04-20"));
        assert_eq!(late.stage(), Some(Stage::PastDue));
        let gone = life(None, &moments, day("2026-05-20"));
        assert_eq!(gone.stage(), Some(Stage::Cancelled));
        assert_eq!(gone.due, None);
    }

    #[test]
    fn what_was_taken_back_covers_no_months() {
        let moments = [
            paid("2026-01-17", plan("1/annual", 12, 79)),
            Moment {
                on: day("2026-01-30"),
                what: What::TakenBack,
            },
        ];
        let found = life(None, &moments, day("2026-02-20"));
        assert_eq!(found.stage(), Some(Stage::Refunded));
        assert_eq!((found.months_paid, found.due), (0, None));
    }

    #[test]
    fn a_note_stands_until_a_later_row() {
        let note = Moment {
            on: day("2026-02-20"),
            what: What::Noted(Stage::Cancelled, None),
        };
        let mut moments = vec![paid("2026-01-17", plan("1/starter", 1, 99)), note];
        let found = life(None, &moments, day("2026-03-20"));
        assert_eq!(found.stage(), Some(Stage::Cancelled));
        moments.push(paid("2026-03-17", plan("1/starter", 1, 99)));
        let found = life(None, &moments, day("2026-03-20"));
        assert_eq!(found.stage(), Some(Stage::Paying));
    }

    #[test]
    fn a_cheaper_plan_is_no_upgrade() {
        let moments = [
            paid("2026-01-17", plan("1/gold", 1, 299)),
            paid("2026-02-17", plan("1/starter", 1, 99)),
        ];
        let found = life(None, &moments, day("2026-02-20"));
        assert_eq!(found.stage(), Some(Stage::Paying));
        assert_eq!(
            found.steps.last().unwrap().plan.as_deref(),
            Some("1/starter")
        );
    }

    proptest! {
        #[test]
        fn order_of_rows_does_not_matter(days in proptest::collection::vec(0..400_u64, 1..8), seed in any::<u64>()) {
            let begin = day("2025-01-01");
            let mut moments: Vec<Moment> = days
                .iter()
                .map(|add| paid(&(begin + Days::new(*add)).to_string(), plan("1/starter", 1, 99)))
                .collect();
            let known = day("2026-06-01");
            let before = life(None, &moments, known);
            let turn = usize::try_from(seed % moments.len() as u64).unwrap();
            moments.rotate_left(turn);
            prop_assert_eq!(&before, &life(None, &moments, known));
            prop_assert!(before.steps.is_sorted_by_key(|step| step.on));
            prop_assert_eq!(u64::from(before.renewals) + 1, moments.len() as u64);
        }
    }
}
