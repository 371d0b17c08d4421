//! Two shares side by side, such as referrals per click of two texts: how far apart they are, and how sure that is.
//!
//! The interval of a share is Wilson's score interval; that of the difference is Newcombe's hybrid of both (R. G.
//! Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven methods",
//! Statistics in Medicine 17 (1998), 873–890, method 10). It holds for small counts and for none at all, where the usual
//! interval does not.

use crate::special::normal_quantile;

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proportion {
    /// How often it happened.
    pub count: u64,
    /// How often it could have.
    pub of: u64,
}

impl Proportion {
    /// The share, within 0 and 1; none where it could never have happened, or happened more often than it could.
    pub fn share(self) -> Option<f64> {
        (self.of > 0 && self.count <= self.of).then(|| self.count as f64 / self.of as f64)
    }

    /// Wilson's score interval of the share at a level such as 0.95, within 0 and 1.
    pub fn interval(self, level: f64) -> Option<(f64, f64)> {
        let share = self.share()?;
        let n = self.of as f64;
        let z = normal_quantile(0.5 + level.clamp(0.0, 1.0) / 2.0);
        let middle = share + z * z / (2.0 * n);
        let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + z * z / n;
        // Exactly 0 and 1 where nothing or everything happened, whatever the rounding says.
        let low = if self.count == 0 {
            0.0
        } else {
            ((middle - half) / whole).max(0.0)
        };
        let high = if self.count == self.of {
            1.0
        } else {
            ((middle + half) / whole).min(1.0)
        };
        Some((low, high))
    }
}

/// How far one share is above another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The first share less the second.
    pub difference: f64,
    /// It may be as low as this.
    pub low: f64,
    /// It may be as high as this.
    pub high: f64,
}

impl Difference {
    /// Whether the interval leaves open which share is the higher one.
    pub fn open(self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }
}

/// The difference of two independent shares, with Newcombe's hybrid score interval at a level such as 0.95; none where
/// one of them is no share.
pub fn difference(a: Proportion, b: Proportion, level: f64) -> Option<Difference> {
    let (p, q) = (a.share()?, b.share()?);
    let ((p_low, p_high), (q_low, q_high)) = (a.interval(level)?, b.interval(level)?);
    let difference = p - q;
    Some(Difference {
        difference,
        low: difference - ((p - p_low).powi(2) + (q_high - q).powi(2)).sqrt(),
        high: difference + ((p_high - p).powi(2) + (q - q_low).powi(2)).sqrt(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(count: u64, of: u64) -> Proportion {
        Proportion { count, of }
    }

    /// The first is the worked example of the paper. All were computed apart from this code by the paper's formula, with
    /// decimals of 40 digits and z = 1.959963984540054: Wilson's limits l and u as the roots of |p − θ| = z√(θ(1 − θ)/n),
    /// then p − q − √((p − l₁)² + (u₂ − q)²) and p − q + √((u₁ − p)² + (q − l₂)²).
    #[test]
    fn the_interval_is_as_published() {
        for (a, b, low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((0, 10), (0, 10), -0.2775, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0),
            ((10, 10), (0, 10), 0.6075, 1.0),
        ] {
            let found = difference(of(a.0, a.1), of(b.0, b.1), 0.95).unwrap();
            assert!((found.low - low).abs() < 6e-5, "{a:?} {b:?}: {found:?}");
            assert!((found.high - high).abs() < 6e-5, "{a:?} {b:?}: {found:?}");
        }
    }

    /// The score interval of 81 of 263 in Newcombe's companion paper (Statistics in Medicine 17, 857–872, table I).
    #[test]
    fn the_interval_of_one_share_is_as_published() {
        let (low, high) = of(81, 263).interval(0.95).unwrap();
        assert!((low - 0.2553).abs() < 6e-5 && (high - 0.3662).abs() < 6e-5);
        assert!(of(0, 20).interval(0.95).unwrap().0 <= 0.0);
    }

    #[test]
    fn what_is_no_share_has_no_interval() {
        assert_eq!(difference(of(0, 0), of(1, 2), 0.95), None);
        assert_eq!(difference(of(3, 2), of(1, 2), 0.95), None);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_difference_and_turns_with_it(
            a in 0_u64..400, more_a in 0_u64..4000, b in 0_u64..400, more_b in 0_u64..4000,
        ) {
            let (a, b) = (of(a, a + more_a + 1), of(b, b + more_b + 1));
            let (there, back) = (difference(a, b, 0.95).unwrap(), difference(b, a, 0.95).unwrap());
            prop_assert!(-1.0 - 1e-12 <= there.low && there.low <= there.difference + 1e-12);
            prop_assert!(there.difference <= there.high + 1e-12 && there.high <= 1.0 + 1e-12);
            prop_assert!((there.low + back.high).abs() < 1e-12 && (there.high + back.low).abs() < 1e-12);
            prop_assert_eq!(there.open(), back.open());
        }
    }
}
