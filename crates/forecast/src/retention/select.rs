//! One fit out of several: by name, or the one with the lowest AIC.

use super::{Cohorts, bdw, geometric, sbg};

/// Periods for which a fit tells the survival.
pub const SURVIVAL_PERIODS: usize = 60;

/// What to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The lowest AIC among the finite fits.
    Auto,
    /// This model, or the geometric one where it has no finite maximum.
    Only(Model),
}

/// A model of retention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Shifted beta-geometric.
    Sbg,
    /// Beta-discrete-Weibull.
    Bdw,
    /// The same hazard for all and always.
    Geometric,
}

impl Model {
    /// The model's name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sbg => "sbg",
            Self::Bdw => "bdw",
            Self::Geometric => "geometric",
        }
    }

    /// The names of its parameters in files.
    pub fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Sbg => &["alpha", "beta"],
            Self::Bdw => &["a", "b", "c"],
            Self::Geometric => &["theta"],
        }
    }
}

impl Choice {
    /// `auto`, `sbg`, `bdw` or `geometric`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "auto" => Some(Self::Auto),
            "sbg" => Some(Self::Only(Model::Sbg)),
            "bdw" => Some(Self::Only(Model::Bdw)),
            "geometric" => Some(Self::Only(Model::Geometric)),
            _ => None,
        }
    }
}

/// Parameters in the order of [`Model::keys`].
pub type Parameters = Vec<f64>;

/// A fitted model. Every number in it is finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The model of these parameters.
    pub model: Model,
    /// In the order of [`Model::keys`].
    pub parameters: Parameters,
    /// Of the parameters, in their order; `None` where the likelihood is too flat to say.
    pub standard_errors: Option<Parameters>,
    /// The maximum of the log-likelihood.
    pub log_likelihood: f64,
    /// Akaike's criterion: twice the number of parameters less twice the log-likelihood.
    pub aic: f64,
    /// False where the model asked for has no finite maximum and this is the geometric fit in its place.
    pub finite: bool,
    /// S(0) = 1, S(1), … S(60).
    pub survival: Vec<f64>,
}

fn finished(
    model: Model,
    parameters: Parameters,
    standard_errors: Option<Parameters>,
    log_likelihood: f64,
    survival: Vec<f64>,
) -> Fit {
    let aic = 2.0 * parameters.len() as f64 - 2.0 * log_likelihood;
    Fit {
        model,
        parameters,
        standard_errors,
        log_likelihood,
        aic,
        finite: true,
        survival,
    }
}

fn fit_one(cohorts: &Cohorts, model: Model) -> Option<Fit> {
    match model {
        Model::Sbg => sbg::fit(cohorts).map(|f| {
            let survival = sbg::survival(f.alpha, f.beta, SURVIVAL_PERIODS);
            let errors = f.standard_errors.map(|e| e.to_vec());
            finished(
                model,
                vec![f.alpha, f.beta],
                errors,
                f.log_likelihood,
                survival,
            )
        }),
        Model::Bdw => bdw::fit(cohorts).map(|f| {
            let survival = bdw::survival(f.parameters, SURVIVAL_PERIODS);
            let errors = f.standard_errors.map(|e| e.to_vec());
            finished(
                model,
                f.parameters.to_vec(),
                errors,
                f.log_likelihood,
                survival,
            )
        }),
        Model::Geometric => Some(fit_geometric(cohorts)),
    }
}

fn fit_geometric(cohorts: &Cohorts) -> Fit {
    let f = geometric::fit(cohorts);
    let survival = geometric::survival(f.theta, SURVIVAL_PERIODS);
    finished(
        Model::Geometric,
        vec![f.theta],
        Some(vec![f.standard_error]),
        f.log_likelihood,
        survival,
    )
}

/// Fits cohorts by maximum likelihood.
pub fn fit(cohorts: &Cohorts, choice: Choice) -> Fit {
    match choice {
        Choice::Only(model) => fit_one(cohorts, model).unwrap_or_else(|| Fit {
            finite: false,
            ..fit_geometric(cohorts)
        }),
        Choice::Auto => [Model::Sbg, Model::Bdw]
            .into_iter()
            .filter_map(|model| fit_one(cohorts, model))
            .fold(fit_geometric(cohorts), |best, next| {
                if next.aic < best.aic { next } else { best }
            }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn auto_takes_the_lowest_aic() {
        let cohorts = Cohorts::new(&[vec![1000, 631, 468, 382, 326, 289, 262, 241]]).unwrap();
        let all =
            [Model::Sbg, Model::Bdw, Model::Geometric].map(|m| fit(&cohorts, Choice::Only(m)).aic);
        let auto = fit(&cohorts, Choice::Auto);
        assert_eq!(
            auto.aic.to_bits(),
            all.iter().copied().fold(f64::MAX, f64::min).to_bits()
        );
        let plain = fit(
            &Cohorts::new(&[vec![1000, 500, 250, 125]]).unwrap(),
            Choice::Auto,
        );
        assert_eq!((plain.model, plain.finite), (Model::Geometric, true));
    }

    #[test]
    fn falls_back_where_no_finite_maximum_exists() {
        let fit = fit(
            &Cohorts::new(&[vec![100, 90, 70, 40]]).unwrap(),
            Choice::Only(Model::Sbg),
        );
        assert_eq!(
            (fit.model, fit.finite, fit.parameters.len()),
            (Model::Geometric, false, 1)
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn every_fit_is_made_of_finite_numbers(
            cohorts in prop::collection::vec((1_u64..5_000, prop::collection::vec(0.0_f64..=1.0, 0..14)), 1..4),
            extreme in any::<bool>(),
        ) {
            let survivors: Vec<Vec<u64>> = cohorts
                .into_iter()
                .map(|(first, stays)| {
                    let mut left = if extreme { first * 100_000_000 } else { first };
                    let mut counts = vec![left];
                    for stay in stays {
                        let stay = if extreme { stay.round() } else { stay.sqrt() };
                        left = (left as f64 * stay).floor() as u64;
                        counts.push(left);
                    }
                    counts
                })
                .collect();
            let Ok(cohorts) = Cohorts::new(&survivors) else { return Ok(()) };
            for name in ["auto", "sbg", "bdw", "geometric"] {
                let fit = fit(&cohorts, Choice::from_name(name).unwrap());
                let errors = fit.standard_errors.clone().unwrap_or_default();
                let numbers = fit.parameters.iter().chain(&errors).chain(&fit.survival);
                prop_assert!(numbers.chain([&fit.aic, &fit.log_likelihood]).all(|x| x.is_finite()), "{fit:?}");
                prop_assert!(fit.survival.windows(2).all(|w| w[1] <= w[0] && w[1] >= 0.0), "{fit:?}");
                prop_assert_eq!(fit.survival.len(), 61);
            }
        }
    }
}
