use super::*;
use crate::retention::kaplan_meier::kaplan_meier;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn plan(term_months: u32, commission: i64) -> HistoryPlan {
    HistoryPlan {
        id: format!("every {term_months}"),
        term_months,
        commission,
        tier: Tier::Direct,
        group: 0,
    }
}

fn referral(first: &str, entry: u32, paid: u32, end: End) -> Referral {
    Referral {
        plan: 0,
        first: day(first),
        entry,
        paid,
        end,
    }
}

fn small() -> History {
    let refunded = End::Refunded {
        on: day("2026-02-20"),
    };
    History::new(
        month("2026-01"),
        month("2026-04"),
        vec![plan(1, 3_960)],
        vec![
            referral("2026-01-31", 0, 3, End::Paying),
            referral("2026-01-10", 0, 1, End::Lost),
            referral("2026-02-05", 0, 0, refunded),
            referral("2025-06-15", 7, 8, End::Lost),
        ],
    )
    .unwrap()
}

#[test]
fn a_history_is_read_from_every_side() {
    let history = small();
    assert_eq!(history.arrivals(|_| true), [2, 1, 0, 0]);
    assert_eq!(history.renewals(|_| true), [1, 3, 1, 1]);
    assert_eq!(history.refunds(|_| true), (1, 3));
    assert_eq!(history.net(), [3 * 3_960, 3 * 3_960, 3_960, 3_960]);
    let rows = history.heatmap(|_| true);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].survivors, [2, 2, 1, 1]);
    let opening = history.opening(month("2026-05"));
    assert_eq!(opening.len(), 1);
    // The 31st comes back after a shorter month.
    assert_eq!(opening[0].next_due, Some(day("2026-05-31")));
    assert_eq!((opening[0].renewals_made, opening[0].count), (3, 1));
}

#[test]
fn late_entry_is_at_risk_from_then_on() {
    let history = small();
    let cohorts = history.cohorts(|_| true).unwrap();
    let rows: Vec<_> = cohorts.rows().collect();
    assert_eq!(rows[0], (1.0, 0.0, 2.0));
    assert_eq!(rows[1], (2.0, 1.0, 1.0));
    assert_eq!(rows[6], (7.0, 0.0, 0.0));
    assert_eq!(rows[7], (8.0, 0.0, 1.0));
    assert_eq!(rows[8], (9.0, 1.0, 0.0));
    let lives = history.durations(|_| true);
    assert_eq!(lives.durations, [3.0, 2.0, 9.0]);
    assert_eq!(lives.entry, [0.0, 0.0, 7.0]);
    let table = kaplan_meier(&lives.durations, &lives.observed, Some(&lives.entry)).unwrap();
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn the_past_is_told_as_it_was_known() {
    let then = small().as_of(month("2026-02")).unwrap();
    assert_eq!(then.months(), 2);
    // The first has paid on 28 February; the second's loss was not due before 10 March.
    assert_eq!(then.referrals()[0].paid, 1);
    assert_eq!(then.referrals()[1].end, End::Paying);
    assert_eq!(then.net(), small().net()[..2]);
    assert_eq!(small().as_of(month("2025-12")), None);
}

#[test]
fn refuses_what_does_not_fit() {
    let new = |first: &str, last: &str, term, referrals| {
        History::new(month(first), month(last), vec![plan(term, 1)], referrals).unwrap_err()
    };
    assert_eq!(new("2026-02", "2026-01", 1, vec![]), HistoryError::Months);
    assert_eq!(new("1900-01", "2026-01", 1, vec![]), HistoryError::Months);
    assert_eq!(new("2026-01", "2026-02", 0, vec![]), HistoryError::Plan(0));
    let late = referral("2026-03-01", 0, 0, End::Paying);
    assert_eq!(
        new("2026-01", "2026-02", 1, vec![late]),
        HistoryError::Referral(0)
    );
    let odd = referral("2026-01-01", 2, 1, End::Paying);
    assert_eq!(
        new("2026-01", "2026-02", 1, vec![odd]),
        HistoryError::Referral(0)
    );
    assert_eq!(small().with_net(vec![1]).unwrap_err(), HistoryError::Nets);
}

proptest! {
    /// What was known earlier never disagrees with what came: the nets of the past stay as they were.
    #[test]
    fn earlier_is_a_part_of_later(
        lives in prop::collection::vec((0_u64..700, 0_u32..4, 0_u32..20, 0_u8..3), 0..40), term in 1_u32..13, back in 0_i32..24,
    ) {
        let (first, last) = (month("2024-01"), month("2025-12"));
        let end = last.day(31);
        let referrals: Vec<Referral> = lives
            .into_iter()
            .filter_map(|(offset, entry, paid, end_kind)| {
                let first = day("2024-01-01") + chrono::Days::new(offset);
                let due = |j: u32| anchored(first, j * term);
                let paid = (0..=paid).rev().find(|&j| due(j) <= end)?;
                let end = match end_kind {
                    0 if due(paid + 1) <= end => End::Lost,
                    1 if paid == 0 => End::Refunded { on: end.min(first + chrono::Days::new(20)) },
                    _ => End::Paying,
                };
                Some(Referral { plan: 0, first, entry: entry.min(paid), paid, end })
            })
            .collect();
        let now = History::new(first, last, vec![plan(term, 100)], referrals).unwrap();
        let then = now.as_of(last.plus(-back)).unwrap();
        let months = then.months();
        prop_assert_eq!(then.net(), &now.net()[..months]);
        prop_assert_eq!(then.arrivals(|_| true), &now.arrivals(|_| true)[..months]);
        prop_assert_eq!(then.renewals(|_| true), &now.renewals(|_| true)[..months]);
        for row in then.opening(then.last().plus(1)) {
            prop_assert!(row.next_due.unwrap() >= then.last().plus(1).day(1));
        }
        for row in then.heatmap(|_| true) {
            prop_assert!(row.survivors.windows(2).all(|w| w[1] <= w[0]));
            prop_assert_eq!(row.survivors[0], row.customers);
        }
    }
}
