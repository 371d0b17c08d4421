//! Observed cohorts, brought down to what the likelihoods need.

use thiserror::Error;

/// Most periods that a cohort may be observed for.
pub const MAX_PERIODS: usize = 10_000;
/// Most customers in one cohort.
pub const MAX_CUSTOMERS: u64 = 1_000_000_000_000;

/// Why cohorts cannot be fitted. Cohorts and periods count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CohortError {
    /// A cohort without customers or without counts.
    #[error("cohort {cohort} is empty")]
    Empty {
        /// Which cohort.
        cohort: usize,
    },
    /// More customers than in the period before.
    #[error("cohort {cohort} grows in period {period}: survivors never do")]
    Grows {
        /// Which cohort.
        cohort: usize,
        /// The period in which it grows.
        period: usize,
    },
    /// More customers or periods than are taken.
    #[error(
        "cohort {cohort} is too large: at most {MAX_CUSTOMERS} customers over {MAX_PERIODS} periods"
    )]
    TooLarge {
        /// Which cohort.
        cohort: usize,
    },
    /// No cohort was observed for even one period.
    #[error("no cohort was observed for a period: there is nothing to fit")]
    NothingObserved,
}

/// Customers at risk, lost and kept in each period, summed over cohorts of any lengths.
///
/// The likelihood Σ lost × ln P(lost in t) + left × ln S(last) is the product of the periods' hazards, and so depends
/// on the cohorts through these sums alone: Σ_t lost(t) ln h(t) + kept(t) ln(1 − h(t)).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cohorts {
    /// Lost in period t+1.
    pub(crate) lost: Vec<f64>,
    /// Still there after period t+1.
    pub(crate) kept: Vec<f64>,
}

impl Cohorts {
    /// From one list a cohort: the customers left after 0, 1, 2 … periods.
    ///
    /// # Errors
    /// [`CohortError`] for a cohort that is empty, grows or is too large, and where nothing was observed.
    pub fn new(survivors: &[Vec<u64>]) -> Result<Self, CohortError> {
        let mut cohorts = Self::default();
        for (cohort, counts) in survivors.iter().enumerate() {
            match counts.first() {
                None | Some(0) => return Err(CohortError::Empty { cohort }),
                Some(&first) if first > MAX_CUSTOMERS || counts.len() > MAX_PERIODS + 1 => {
                    return Err(CohortError::TooLarge { cohort });
                }
                Some(_) => {}
            }
            for (t, pair) in counts.windows(2).enumerate() {
                let [before, after] = pair else { continue };
                let Some(lost) = before.checked_sub(*after) else {
                    return Err(CohortError::Grows {
                        cohort,
                        period: t + 1,
                    });
                };
                if cohorts.lost.len() <= t {
                    cohorts.lost.push(0.0);
                    cohorts.kept.push(0.0);
                }
                cohorts.lost[t] += lost as f64;
                cohorts.kept[t] += *after as f64;
            }
        }
        if cohorts.lost.is_empty() {
            return Err(CohortError::NothingObserved);
        }
        Ok(cohorts)
    }

    /// From the customers lost in, and kept through, period 1, 2, 3 … over all cohorts together. Customers who were
    /// first seen late are counted from then on (left truncation: the likelihood is the same product of hazards).
    ///
    /// # Errors
    /// [`CohortError::NothingObserved`] where nobody was at risk, [`CohortError::TooLarge`] past the limits.
    pub fn from_periods(lost: &[u64], kept: &[u64]) -> Result<Self, CohortError> {
        let periods = lost.len().max(kept.len());
        let largest = lost.iter().chain(kept).copied().max().unwrap_or(0);
        if largest == 0 {
            return Err(CohortError::NothingObserved);
        }
        if periods > MAX_PERIODS || largest > MAX_CUSTOMERS {
            return Err(CohortError::TooLarge { cohort: 0 });
        }
        let column = |counts: &[u64]| {
            let mut column: Vec<f64> = counts.iter().map(|&count| count as f64).collect();
            column.resize(periods, 0.0);
            column
        };
        Ok(Self {
            lost: column(lost),
            kept: column(kept),
        })
    }

    /// Periods in which anybody was at risk.
    pub fn periods(&self) -> usize {
        self.rows()
            .filter(|&(_, lost, kept)| lost + kept > 0.0)
            .count()
    }

    /// (t, lost, kept) for t = 1, 2, …
    pub(crate) fn rows(&self) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        self.lost
            .iter()
            .zip(&self.kept)
            .enumerate()
            .map(|(i, (&lost, &kept))| ((i + 1) as f64, lost, kept))
    }

    /// All who were lost, and all who were kept, period by period.
    pub(crate) fn totals(&self) -> (f64, f64) {
        (self.lost.iter().sum(), self.kept.iter().sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cohorts_of_different_lengths_add_up() {
        let cohorts = Cohorts::new(&[vec![100, 60, 50], vec![10, 7], vec![5]]).unwrap();
        assert_eq!(
            cohorts.rows().collect::<Vec<_>>(),
            [(1.0, 43.0, 67.0), (2.0, 10.0, 50.0)]
        );
    }

    #[test]
    fn refuses_what_cannot_be() {
        assert_eq!(
            Cohorts::new(&[vec![3, 2], vec![]]),
            Err(CohortError::Empty { cohort: 1 })
        );
        assert_eq!(
            Cohorts::new(&[vec![0, 0]]),
            Err(CohortError::Empty { cohort: 0 })
        );
        assert_eq!(
            Cohorts::new(&[vec![5, 4, 5]]),
            Err(CohortError::Grows {
                cohort: 0,
                period: 2
            })
        );
        assert_eq!(Cohorts::new(&[vec![5]]), Err(CohortError::NothingObserved));
        assert_eq!(Cohorts::new(&[]), Err(CohortError::NothingObserved));
        assert_eq!(
            Cohorts::new(&[vec![u64::MAX, 1]]),
            Err(CohortError::TooLarge { cohort: 0 })
        );
    }
}
