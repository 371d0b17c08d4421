//! What a running subscription is still worth: its expected further payments, discounted.
//!
//! Fader & Hardie, “Customer-base valuation in a contractual setting”, Marketing Science 29 (2010) 85–93: after `k`
//! renewals Σ_{t≥1} S(k+t)/S(k)·(1+d)^−(t−1). Without discount sBG sums to (β+k)/(α−1). Otherwise the first terms
//! are added up and the tail is integrated (Euler–Maclaurin), so a tiny discount costs no more than a large one.

use crate::special::{digamma_fall, log_beta_fall};
use thiserror::Error;

/// Terms that are added one by one before the tail is integrated.
const DIRECT: u64 = 4096;

/// What is known of the subscription.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Subscription {
    /// α of sBG, a of BdW; 1e-9..=1e9.
    pub alpha: f64,
    /// β of sBG, b of BdW; 1e-9..=1e9.
    pub beta: f64,
    /// c of BdW, 0.001..=20; `None` for sBG.
    pub c: Option<f64>,
    /// Renewals paid so far.
    pub renewals_made: u32,
    /// The discount of one period, 0..=1; 0.10 for 10%.
    pub discount: f64,
    /// Count only so many further payments; `None` for all.
    pub horizon: Option<u64>,
}

/// The residual value in payments: times the commission it is money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Residual {
    /// Seen just before the next renewal is due.
    pub before_renewal: f64,
    /// Seen just after a payment: one period earlier.
    pub after_payment: f64,
}

/// Why there is no residual value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ResidualError {
    /// A value outside its range.
    #[error("`{0}` is out of its range")]
    OutOfRange(&'static str),
    /// Without discount and with a survival that falls so slowly the sum has no end.
    #[error(
        "without discount this survival curve gives an infinite expected life; give a discount or a horizon"
    )]
    Infinite,
}

/// The residual value to at least ten significant digits.
///
/// # Errors
/// [`ResidualError`] for values out of range, and where the sum is infinite: no discount, no horizon, and α ≤ 1
/// (a·c ≤ 1 for BdW, whose survival falls like t^−ac).
pub fn residual(subscription: &Subscription) -> Result<Residual, ResidualError> {
    let &Subscription {
        alpha,
        beta,
        c,
        renewals_made,
        discount,
        horizon,
    } = subscription;
    let shape = crate::assumptions::SHAPES.0..=crate::assumptions::SHAPES.1;
    for (value, name) in [(alpha, "alpha"), (beta, "beta")] {
        if !shape.contains(&value) {
            return Err(ResidualError::OutOfRange(name));
        }
    }
    let c = c.unwrap_or(1.0);
    if !(1e-3..=20.0).contains(&c) {
        return Err(ResidualError::OutOfRange("c"));
    }
    if !(0.0..=1.0).contains(&discount) {
        return Err(ResidualError::OutOfRange("discount_per_period"));
    }
    if discount == 0.0 && horizon.is_none() && alpha * c <= 1.0 {
        return Err(ResidualError::Infinite);
    }
    let curve = Curve {
        a: alpha,
        b: beta,
        c,
        k: f64::from(renewals_made),
        rate: discount.ln_1p(),
    };
    let plain_sbg = c.to_bits() == 1.0_f64.to_bits();
    let before_renewal = if plain_sbg && discount == 0.0 && horizon.is_none() {
        (beta + curve.k) / (alpha - 1.0)
    } else {
        curve.sum(horizon)
    };
    Ok(Residual {
        before_renewal,
        after_payment: before_renewal / (1.0 + discount),
    })
}

/// Where the logarithm of t^c is past this, survival is a pure power of it, to rounding.
const PURE_POWER: f64 = 600.0;

struct Curve {
    a: f64,
    b: f64,
    c: f64,
    k: f64,
    /// ln(1 + d).
    rate: f64,
}

impl Curve {
    /// ln of the t-th term, for ln t; kept in logarithms so that no t is too large.
    fn log_term(&self, log_t: f64) -> f64 {
        let log_clock = self.c * (log_t + (self.k * (-log_t).exp()).ln_1p());
        let near = log_clock.min(PURE_POWER);
        let fall = log_beta_fall(self.a, self.b, self.k.powf(self.c), near.exp())
            - self.a * (log_clock - near);
        if self.rate == 0.0 {
            fall
        } else {
            fall - self.rate * (log_t.exp() - 1.0)
        }
    }

    /// The logarithmic slope of the term at t.
    fn log_slope(&self, t: f64) -> f64 {
        let at = self.k + t;
        let log_clock = self.c * at.ln();
        if log_clock > PURE_POWER {
            return -self.a * self.c / at - self.rate;
        }
        let clock = log_clock.exp();
        self.c * clock / at * digamma_fall(self.b + clock, self.a) - self.rate
    }

    fn sum(&self, horizon: Option<u64>) -> f64 {
        let last = horizon.unwrap_or(u64::MAX);
        let mut sum = 0.0;
        let mut term = 0.0;
        for t in 1..=last.min(DIRECT - 1) {
            term = self.log_term((t as f64).ln()).exp();
            sum += term;
        }
        if last < DIRECT || term < 1e-30 * sum {
            return sum;
        }
        let first = DIRECT as f64;
        let edge = |t: f64| {
            let term = self.log_term(t.ln()).exp();
            (0.5 * term, term * self.log_slope(t) / 12.0)
        };
        let (half, slope) = edge(first);
        sum += half - slope;
        match horizon {
            Some(last) => {
                let (half, slope) = edge(last as f64);
                sum + half + slope + self.integral(first.ln(), Some((last as f64).ln()))
            }
            None => sum + self.integral(first.ln(), None),
        }
    }

    /// ∫ of the terms over t, from and to the given ln t. In ln t the terms are smooth at every scale.
    fn integral(&self, from: f64, to: Option<f64>) -> f64 {
        const PANEL: f64 = 0.125;
        // Past here survival is a pure power of t, to rounding.
        let power = (40.0 + (1.0 + self.a + self.b).ln() + self.k.ln_1p()) / self.c.min(1.0) + from;
        let mut end = to.unwrap_or(f64::INFINITY);
        if self.rate > 0.0 {
            // Past here the discount has left less than 1e-300.
            end = end.min((800.0 / self.rate).ln().max(from));
        }
        let numeric_end = end.min(power);
        let panels = ((numeric_end - from) / PANEL).ceil().max(0.0);
        let width = if panels > 0.0 {
            (numeric_end - from) / panels
        } else {
            0.0
        };
        let mut sum = 0.0;
        for panel in 0..panels as u64 {
            let middle = from + (panel as f64 + 0.5) * width;
            let mut part = 0.0;
            for (node, weight) in NODES {
                for y in [middle - 0.5 * width * node, middle + 0.5 * width * node] {
                    part += weight * (self.log_term(y) + y).exp();
                }
            }
            sum += 0.5 * width * part;
        }
        if end > numeric_end {
            // t^−ac from here on: the integral of a power, to the end or to infinity.
            let edge = (self.log_term(numeric_end) + numeric_end).exp();
            let exponent = 1.0 - self.a * self.c;
            let beyond = if end.is_finite() {
                (exponent * (end - numeric_end)).exp_m1()
            } else {
                -1.0
            };
            sum += edge * beyond / exponent;
        }
        sum
    }
}

/// The positive nodes and the weights of 16-point Gauss–Legendre quadrature on −1..1.
const NODES: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_58),
    (0.458_016_777_657_227_37, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_7, 0.149_595_988_816_576_73),
    (0.755_404_408_355_003, 0.124_628_971_255_533_88),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_78),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_894),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_095),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn subscription(alpha: f64, beta: f64, c: Option<f64>, k: u32, discount: f64) -> Subscription {
        Subscription {
            alpha,
            beta,
            c,
            renewals_made: k,
            discount,
            horizon: None,
        }
    }

    /// Gauss's hypergeometric function, to 30 digits by another program.
    #[test]
    #[allow(clippy::unreadable_literal, clippy::excessive_precision)]
    fn agrees_with_the_closed_form() {
        let known = [
            (0.668, 3.806, 7, 0.10, 7.5299495309109695282),
            (0.668, 3.806, 0, 0.10, 5.4148560483740405746),
            (0.704, 1.182, 3, 0.01, 18.658857984327720598),
            (0.5, 0.5, 0, 0.0001, 99.014900374993750234),
            (0.668, 3.806, 1, 0.00000001, 3384.3055976900403363),
            (3.2, 40.0, 12, 0.002, 21.90260789519843588),
            (50.0, 900.0, 0, 0.05, 9.7455945433907140116),
            (0.000001, 2.0, 0, 1.0, 1.9999984548235900786),
        ];
        for (alpha, beta, k, discount, truth) in known {
            let ours = residual(&subscription(alpha, beta, None, k, discount)).unwrap();
            assert!(
                (ours.before_renewal / truth - 1.0).abs() < 1e-11,
                "{alpha} {beta} {k} {discount}: {ours:?}"
            );
            assert!((ours.after_payment * (1.0 + discount) / truth - 1.0).abs() < 1e-11);
        }
    }

    #[test]
    fn without_discount_the_sum_is_finite_only_above_one() {
        let value = residual(&subscription(1.5, 4.0, None, 2, 0.0)).unwrap();
        assert_eq!((value.before_renewal, value.after_payment), (12.0, 12.0));
        // The same by the tail's integral instead of the closed form.
        for c in [1.0 + 1e-14, 1.0 - 1e-14] {
            let near = residual(&subscription(1.5, 4.0, Some(c), 2, 0.0)).unwrap();
            assert!((near.before_renewal / 12.0 - 1.0).abs() < 1e-11, "{near:?}");
        }
        for c in [None, Some(0.9)] {
            let error = residual(&subscription(1.0, 4.0, c, 2, 0.0)).unwrap_err();
            assert_eq!(error, ResidualError::Infinite);
            let given_up_to = Subscription {
                horizon: Some(3),
                ..subscription(1.0, 4.0, c, 2, 0.0)
            };
            assert!(residual(&given_up_to).is_ok());
        }
        let three = residual(&Subscription {
            horizon: Some(3),
            ..subscription(1.0, 4.0, None, 2, 0.0)
        })
        .unwrap();
        assert!((three.before_renewal - (6.0 / 7.0 + 6.0 / 8.0 + 6.0 / 9.0)).abs() < 1e-13);
    }

    #[test]
    fn refuses_what_is_out_of_range() {
        let name = |s: Subscription| residual(&s).unwrap_err();
        assert_eq!(
            name(subscription(0.0, 1.0, None, 0, 0.1)),
            ResidualError::OutOfRange("alpha")
        );
        assert_eq!(
            name(subscription(1.0, f64::NAN, None, 0, 0.1)),
            ResidualError::OutOfRange("beta")
        );
        assert_eq!(
            name(subscription(1.0, 1.0, Some(0.0), 0, 0.1)),
            ResidualError::OutOfRange("c")
        );
        let discount = ResidualError::OutOfRange("discount_per_period");
        assert_eq!(name(subscription(1.0, 1.0, None, 0, -0.1)), discount);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        /// The integrated tail against the plain sum, across the place where one takes over from the other.
        #[test]
        fn the_tail_agrees_with_adding_up(
            alpha in -2.0_f64..2.0, beta in -2.0_f64..4.0, c in 0.3_f64..2.0, k in 0_u32..50,
            discount in prop::sample::select(vec![0.0, 1e-7, 1e-4, 1e-3, 0.01]),
        ) {
            let given = subscription(10_f64.powf(alpha), 10_f64.powf(beta), Some(c), k, discount);
            let given = Subscription { horizon: Some(40_000), ..given };
            let curve = Curve { a: given.alpha, b: given.beta, c, k: f64::from(k), rate: discount.ln_1p() };
            let plain: f64 = (1..=40_000).map(|t| curve.log_term(f64::from(t).ln()).exp()).sum();
            let ours = residual(&given).unwrap().before_renewal;
            prop_assert!((ours / plain - 1.0).abs() < 1e-11, "{} {}", ours, plain);
        }

        #[test]
        fn is_finite_or_refused(
            alpha in -9.0_f64..9.0, beta in -9.0_f64..9.0, c in prop::option::of(0.01_f64..20.0), k in 0_u32..10_000,
            discount in prop::sample::select(vec![0.0, 1e-12, 1e-3, 1.0]), horizon in prop::option::of(any::<u64>()),
        ) {
            let given = subscription(10_f64.powf(alpha), 10_f64.powf(beta), c, k, discount);
            match residual(&Subscription { horizon, ..given }) {
                Ok(value) => prop_assert!(value.before_renewal.is_finite() && value.before_renewal >= 0.0, "{value:?}"),
                Err(error) => prop_assert_eq!(error, ResidualError::Infinite),
            }
        }
    }
}
