//! Survival curves given by their parameters.

use crate::assumptions::Retention;
use crate::number::Number;
use crate::special::log_beta_fall;
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// s(k+i)/s(k) for i = 0..=`renewals`: the chance that a customer who has paid `k` renewals pays `i` more.
/// The first entry is 1, none is above the one before it.
///
/// sBG runs by its recursion s(j+1)/s(j) = (β+j)/(α+β+j), so nothing underflows for a late `k`.
pub fn conditional_survival<N: Number>(retention: Retention, k: u32, renewals: u32) -> Vec<N> {
    let mut survival = Vec::with_capacity(renewals as usize + 1);
    let mut alive = N::ONE;
    survival.push(alive);
    let retention = match retention {
        Retention::Bdw { a, b, c } if c == Decimal::ONE => Retention::Sbg { alpha: a, beta: b },
        other => other,
    };
    match retention {
        Retention::Constant { renewal } => {
            let renewal = N::from_decimal(renewal);
            for _ in 0..renewals {
                alive = alive * renewal;
                survival.push(alive);
            }
        }
        Retention::Sbg { alpha, beta } => {
            let (alpha, beta) = (N::from_decimal(alpha), N::from_decimal(beta));
            for j in 0..i64::from(renewals) {
                let age = beta + N::from_int(i64::from(k) + j);
                alive = alive * age.over(alpha + age);
                survival.push(alive);
            }
        }
        Retention::Bdw { a, b, c } => {
            let float = |value: Decimal| value.to_f64().unwrap_or(1.0);
            let (a, b, c) = (float(a), float(b), float(c));
            let start = f64::from(k).powf(c);
            for i in 1..=renewals {
                let log = log_beta_fall(a, b, start, f64::from(k.saturating_add(i)).powf(c));
                survival.push(N::from_f64(log.exp()));
            }
        }
    }
    survival
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Exact;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_late_renewal_does_not_underflow() {
        let constant = Retention::Constant {
            renewal: decimal("0.01"),
        };
        let survival = conditional_survival::<f64>(constant, 5_000, 2);
        assert!((survival[1] - 0.01).abs() < 1e-15);
        let never = Retention::Constant {
            renewal: Decimal::ZERO,
        };
        assert_eq!(conditional_survival::<f64>(never, 3, 2), [1.0, 0.0, 0.0]);
    }

    #[test]
    fn bdw_with_c_near_one_is_sbg() {
        let (a, b) = (decimal("0.668"), decimal("3.806"));
        let sbg = conditional_survival::<f64>(Retention::Sbg { alpha: a, beta: b }, 2, 40);
        let bdw = conditional_survival::<f64>(
            Retention::Bdw {
                a,
                b,
                c: decimal("1.0000000000001"),
            },
            2,
            40,
        );
        for (x, y) in sbg.iter().zip(&bdw) {
            assert!((x - y).abs() < 1e-12, "{x} {y}");
        }
    }

    proptest! {
        #[test]
        fn survival_falls_from_one_and_stays_a_probability(
            a in 1_i64..100_000_000_000, b in 1_i64..100_000_000_000, c in 1_i64..20_000, k in 0_u32..200,
        ) {
            let (a, b) = (Decimal::new(a, 8), Decimal::new(b, 8));
            for retention in [Retention::Sbg { alpha: a, beta: b }, Retention::Bdw { a, b, c: Decimal::new(c, 3) }] {
                let survival = conditional_survival::<f64>(retention, k, 60);
                prop_assert!(survival.iter().all(|s| (0.0..=1.0).contains(s)));
                prop_assert!(survival.windows(2).all(|w| w[1] <= w[0] * (1.0 + 1e-9)));
                let exact = conditional_survival::<Exact>(retention, k, 60);
                prop_assert!(survival.iter().zip(&exact).all(|(s, e)| (s - e.to_f64()).abs() < 1e-12));
            }
        }
    }
}
