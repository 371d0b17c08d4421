//! The geometric model: everybody leaves with the same chance θ in every period.

use super::Cohorts;

/// A geometric fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometric {
    /// The chance of leaving in a period, 0..=1.
    pub theta: f64,
    /// √(θ(1−θ)/n), where n counts customers at risk over all periods.
    pub standard_error: f64,
    /// The maximum of the log-likelihood.
    pub log_likelihood: f64,
}

/// count × ln(chance), where nothing times an impossible event is nothing.
pub(super) fn times_log(count: f64, chance: f64) -> f64 {
    if count == 0.0 {
        0.0
    } else {
        count * chance.ln()
    }
}

/// The maximum-likelihood fit: those lost over those at risk. It always exists.
pub fn fit(cohorts: &Cohorts) -> Geometric {
    let (lost, kept) = cohorts.totals();
    let theta = lost / (lost + kept);
    Geometric {
        theta,
        standard_error: (theta * (1.0 - theta) / (lost + kept)).sqrt(),
        log_likelihood: times_log(lost, theta) + times_log(kept, 1.0 - theta),
    }
}

/// S(0), S(1), … S(`periods`).
pub fn survival(theta: f64, periods: usize) -> Vec<f64> {
    (0..=periods)
        .map(|t| (1.0 - theta).powi(t as i32))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_share_lost_of_those_at_risk() {
        let fit = fit(&Cohorts::new(&[vec![100, 50, 25]]).unwrap());
        assert!((fit.theta - 0.5).abs() < 1e-15);
        assert!((fit.log_likelihood - 150.0 * 0.5_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn nobody_lost_and_everybody_lost_are_finite() {
        let none = fit(&Cohorts::new(&[vec![100, 100]]).unwrap());
        let all = fit(&Cohorts::new(&[vec![100, 0, 0]]).unwrap());
        assert_eq!(
            (none.theta, none.log_likelihood, none.standard_error),
            (0.0, 0.0, 0.0)
        );
        assert_eq!((all.theta, all.log_likelihood), (1.0, 0.0));
    }
}
