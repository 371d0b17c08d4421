//! The Kaplan–Meier estimate, with late entry for subscriptions that were already running when they were first seen.
//!
//! Kaplan & Meier 1958; standard error by Greenwood 1926; limits on the log-log scale, which stay within 0..=1
//! (Kalbfleisch & Prentice). A subject is at risk at t when entry < t ≤ duration.

use thiserror::Error;

/// The 97.5% point of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Why durations cannot be read as survival times. Positions count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SurvivalError {
    /// No durations.
    #[error("there are no durations")]
    Empty,
    /// The lists differ in length.
    #[error("the lists differ in length")]
    Lengths,
    /// A duration that is below zero or not a number.
    #[error("duration {0} is below zero or not a number")]
    Duration(usize),
    /// An entry that is below zero or not before the duration.
    #[error("entry {0} is below zero or not before its duration")]
    Entry(usize),
}

/// The estimate at one event time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurvivalRow {
    /// The event time.
    pub t: f64,
    /// S(t).
    pub survival: f64,
    /// Greenwood's; 0 where nobody is left.
    pub standard_error: f64,
    /// The lower 95% limit.
    pub lower: f64,
    /// The upper 95% limit.
    pub upper: f64,
}

/// The whole estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct SurvivalTable {
    /// One row for each event time.
    pub rows: Vec<SurvivalRow>,
    /// The first event time at which survival is one half or less, if it comes to that.
    pub median: Option<f64>,
}

/// Estimates survival from durations, whether each ended in an event, and (optionally) when each came under
/// observation.
///
/// # Errors
/// [`SurvivalError`] where the lists cannot be survival times.
pub fn kaplan_meier(
    durations: &[f64],
    observed: &[bool],
    entry: Option<&[f64]>,
) -> Result<SurvivalTable, SurvivalError> {
    if durations.is_empty() {
        return Err(SurvivalError::Empty);
    }
    if durations.len() != observed.len()
        || entry.is_some_and(|entry| entry.len() != durations.len())
    {
        return Err(SurvivalError::Lengths);
    }
    let bad = |t: &f64| !t.is_finite() || *t < 0.0;
    if let Some(i) = durations.iter().position(bad) {
        return Err(SurvivalError::Duration(i));
    }
    let mut entered: Vec<f64> = entry.map(<[f64]>::to_vec).unwrap_or_default();
    if let Some(i) = entered
        .iter()
        .zip(durations)
        .position(|(e, t)| bad(e) || e >= t)
    {
        return Err(SurvivalError::Entry(i));
    }
    entered.sort_by(f64::total_cmp);
    let mut ends: Vec<(f64, bool)> = durations
        .iter()
        .copied()
        .zip(observed.iter().copied())
        .collect();
    ends.sort_by(|x, y| x.0.total_cmp(&y.0));
    Ok(estimate(&ends, &entered))
}

/// From ends and entries in order of time; without entries everybody is there from the beginning.
fn estimate(ends: &[(f64, bool)], entered: &[f64]) -> SurvivalTable {
    let mut rows: Vec<SurvivalRow> = Vec::new();
    let (mut survival, mut variance_sum) = (1.0, 0.0);
    let mut before = 0;
    // A chunk holds all who end at one time; `<=`-equality of floats is what “one time” means here.
    for together in ends.chunk_by(|x, y| x.0.total_cmp(&y.0).is_eq()) {
        let Some(&(t, _)) = together.first() else {
            continue;
        };
        let events = together.iter().filter(|(_, event)| *event).count();
        if events > 0 {
            let there = if entered.is_empty() {
                ends.len()
            } else {
                entered.partition_point(|&e| e < t)
            };
            let at_risk = (there - before) as f64;
            let lost = events as f64;
            survival *= (at_risk - lost) / at_risk;
            variance_sum += if at_risk > lost {
                lost / (at_risk * (at_risk - lost))
            } else {
                0.0
            };
            rows.push(row(t, survival, variance_sum));
        }
        before += together.len();
    }
    // A product that should be one half may come out a hair above.
    let median = rows
        .iter()
        .find(|row| row.survival <= 0.5 + 1e-12)
        .map(|row| row.t);
    SurvivalTable { rows, median }
}

fn row(t: f64, survival: f64, variance_sum: f64) -> SurvivalRow {
    if survival <= 0.0 {
        return SurvivalRow {
            t,
            survival: 0.0,
            standard_error: 0.0,
            lower: 0.0,
            upper: 0.0,
        };
    }
    let spread = Z * variance_sum.sqrt() / survival.ln().abs();
    SurvivalRow {
        t,
        survival,
        standard_error: survival * variance_sum.sqrt(),
        lower: survival.powf(spread.exp()),
        upper: survival.powf((-spread).exp()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn agrees_with_the_textbook() {
        // Freireich's 6-MP arm: the standard example.
        let times = [
            6.0, 6.0, 6.0, 6.0, 7.0, 9.0, 10.0, 10.0, 11.0, 13.0, 16.0, 17.0, 19.0, 20.0, 22.0,
            23.0, 25.0, 32.0, 32.0, 34.0, 35.0,
        ];
        let events = [
            1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0,
        ]
        .map(|e| e == 1);
        let table = kaplan_meier(&times, &events, None).unwrap();
        let expected = [
            (6.0, 0.857_142_857, 0.076_360_355),
            (7.0, 0.806_722_689, 0.086_935_285),
            (10.0, 0.752_941_176, 0.096_349_653),
            (13.0, 0.690_196_078, 0.106_814_708),
            (16.0, 0.627_450_980, 0.114_053_865),
            (22.0, 0.537_815_126, 0.128_233_752),
            (23.0, 0.448_179_272, 0.134_591_457),
        ];
        assert_eq!(table.rows.len(), expected.len());
        for (row, (t, survival, error)) in table.rows.iter().zip(expected) {
            assert!(
                (row.t - t).abs() < 1e-12 && (row.survival - survival).abs() < 1e-9,
                "{row:?}"
            );
            assert!((row.standard_error - error).abs() < 1e-8, "{row:?}");
        }
        // R: survfit(…, conf.type = "log-log") gives 0.6197 to 0.9516 at t = 6.
        assert!(
            (table.rows[0].lower - 0.619_718).abs() < 1e-5,
            "{:?}",
            table.rows[0]
        );
        assert!(
            (table.rows[0].upper - 0.951_552).abs() < 1e-6,
            "{:?}",
            table.rows[0]
        );
        assert_eq!(table.median, Some(23.0));
    }

    #[test]
    fn late_entry_counts_from_just_after_it() {
        // At t = 2 the first and second are at risk (the third enters at 2), at t = 5 the second and third.
        let table = kaplan_meier(
            &[2.0, 5.0, 6.0],
            &[true, true, false],
            Some(&[0.0, 1.0, 2.0]),
        )
        .unwrap();
        let survival: Vec<f64> = table.rows.iter().map(|row| row.survival).collect();
        assert_eq!(survival, [0.5, 0.25]);
        assert_eq!(table.median, Some(2.0));
    }

    #[test]
    fn refuses_what_is_no_survival_time() {
        let km = |d: &[f64], o: &[bool], e: Option<&[f64]>| kaplan_meier(d, o, e).unwrap_err();
        assert_eq!(km(&[], &[], None), SurvivalError::Empty);
        assert_eq!(km(&[1.0], &[], None), SurvivalError::Lengths);
        assert_eq!(
            km(&[1.0, -1.0], &[true, true], None),
            SurvivalError::Duration(1)
        );
        assert_eq!(km(&[f64::NAN], &[true], None), SurvivalError::Duration(0));
        assert_eq!(km(&[1.0], &[true], Some(&[1.0])), SurvivalError::Entry(0));
    }

    proptest! {
        #[test]
        fn rows_fall_and_limits_enclose(
            subjects in prop::collection::vec((0_u32..20, 1_u32..30, any::<bool>()), 1..60), late in any::<bool>(),
        ) {
            let entry: Vec<f64> = subjects.iter().map(|s| f64::from(s.0)).collect();
            let durations: Vec<f64> = subjects.iter().map(|s| f64::from(s.0 + s.1)).collect();
            let observed: Vec<bool> = subjects.iter().map(|s| s.2).collect();
            let table = kaplan_meier(&durations, &observed, late.then_some(&entry[..])).unwrap();
            let mut last = 1.0;
            for row in table.rows {
                prop_assert!(row.survival <= last && row.standard_error.is_finite());
                prop_assert!(0.0 <= row.lower && row.lower <= row.survival + 1e-15);
                prop_assert!(row.survival <= row.upper + 1e-15 && row.upper <= 1.0);
                last = row.survival;
            }
        }
    }
}
