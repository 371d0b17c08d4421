//! The two arithmetics of the analytic engine: `f64` where speed counts, [`Exact`] where a cent counts.
//!
//! "Exact to the cent" has to hold on ties too: an expectation of exactly 12.345 prints 12.35. With `f64` alone such
//! a value may come out as 12.344999999999999, and at a thousand million referrals a cent is below its resolution.
//! [`Exact`] is a double-double (two `f64`, about 32 digits). A true tie then differs from the computed value by
//! some 1e-30 of its size, and [`Exact::rounded`] takes whatever lies within a far wider hair (1e-12) of a tie for
//! the tie itself. A value that is not a tie but lies that near one would be rounded up wrongly; with amounts
//! of a few decimals and smooth probabilities that has a chance of about one in 10^12 a figure.

use rust_decimal::Decimal;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// What the analytic engine needs of a number.
pub trait Number:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + Default
{
    /// The number one.
    const ONE: Self;
    /// From a float.
    fn from_f64(value: f64) -> Self;
    /// From a decimal, as near as this arithmetic can.
    fn from_decimal(value: Decimal) -> Self;
    /// From a whole number.
    fn from_int(value: i64) -> Self;
    /// The nearest float.
    fn to_f64(self) -> f64;
    /// The quotient; zero where the divisor is zero.
    #[must_use]
    fn over(self, divisor: Self) -> Self;
}

impl Number for f64 {
    const ONE: Self = 1.0;

    fn from_f64(value: f64) -> Self {
        value
    }

    fn from_decimal(value: Decimal) -> Self {
        let (mantissa, scale) = (value.mantissa(), value.scale());
        // Both are exact in a float, so their quotient is the nearest one.
        match POWERS.get(scale as usize) {
            Some(power) if mantissa.unsigned_abs() < 1 << 53 => mantissa as i64 as Self / power,
            _ => Exact::from_decimal(value).to_f64(),
        }
    }

    fn from_int(value: i64) -> Self {
        value as Self
    }

    fn to_f64(self) -> f64 {
        self
    }

    fn over(self, divisor: Self) -> Self {
        if divisor == 0.0 { 0.0 } else { self / divisor }
    }
}

/// The powers of ten that a float holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// A double-double: the unevaluated sum of two floats, good for about 32 digits.
/// The algorithms are Dekker's and Knuth's error-free sums and products.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Exact {
    high: f64,
    low: f64,
}

/// The sum of two floats and what rounding took from it (Knuth).
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let virtual_b = sum - a;
    (sum, (a - (sum - virtual_b)) + (b - virtual_b))
}

/// As [`two_sum`], where |a| ≥ |b|.
fn quick_two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, b - (sum - a))
}

/// The two halves of a float's mantissa (Veltkamp).
fn split(a: f64) -> (f64, f64) {
    const FACTOR: f64 = 134_217_729.0; // 2^27 + 1
    let scaled = FACTOR * a;
    let high = scaled - (scaled - a);
    (high, a - high)
}

/// The product of two floats and what rounding took from it (Dekker).
fn two_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    let (a_high, a_low) = split(a);
    let (b_high, b_low) = split(b);
    let error = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
    (product, error)
}

impl Exact {
    const fn whole(high: f64) -> Self {
        Self { high, low: 0.0 }
    }

    fn from_i128(value: i128) -> Self {
        // Three pieces of at most 48 bits: each is exact in a float.
        let sign = if value < 0 { -1.0 } else { 1.0 };
        let magnitude = value.unsigned_abs();
        let piece = |shift: u32| ((magnitude >> shift) & 0xFFFF_FFFF_FFFF) as f64;
        let base = 281_474_976_710_656.0; // 2^48
        let whole = (Self::whole(piece(96)) * Self::whole(base) + Self::whole(piece(48)))
            * Self::whole(base)
            + Self::whole(piece(0));
        whole * Self::whole(sign)
    }

    /// Times ten to the power `digits`, rounded half away from zero to a whole number.
    /// `None` where it would not fit (10^37 and more).
    pub fn rounded(self, digits: u32) -> Option<i128> {
        let scaled = self * Self::from_i128(10_i128.checked_pow(digits)?);
        let magnitude = if scaled.high < 0.0 { -scaled } else { scaled };
        if magnitude.high.is_nan() || magnitude.high >= 1e37 {
            return None;
        }
        let hair = Self::whole(1e-12 + magnitude.high * 1e-28);
        let shifted = magnitude + Self::whole(0.5) + hair;
        let floor = shifted.high.floor();
        let whole = if floor.to_bits() == shifted.high.to_bits() {
            floor as i128 + shifted.low.floor() as i128
        } else {
            floor as i128
        };
        Some(if scaled.high < 0.0 { -whole } else { whole })
    }

    /// This number of minor units as a decimal amount of so many digits, rounded half away from zero.
    /// What no decimal can hold (past 10^28 minor units) becomes the largest one; the checks of the assumptions
    /// keep amounts far below.
    pub fn minor_units(self, digits: u32) -> Decimal {
        let whole = self.rounded(0).unwrap_or(i128::MAX);
        Decimal::try_from_i128_with_scale(whole, digits).unwrap_or(Decimal::MAX)
    }

    /// This number as a decimal of so many digits, rounded half away from zero.
    pub fn decimal(self, digits: u32) -> Decimal {
        let whole = self.rounded(digits).unwrap_or(i128::MAX);
        Decimal::try_from_i128_with_scale(whole, digits).unwrap_or(Decimal::MAX)
    }
}

impl Add for Exact {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (sum, error) = two_sum(self.high, other.high);
        let (low, low_error) = two_sum(self.low, other.low);
        let (sum, error) = quick_two_sum(sum, error + low);
        let (high, low) = quick_two_sum(sum, error + low_error);
        Self { high, low }
    }
}

impl Neg for Exact {
    type Output = Self;

    fn neg(self) -> Self {
        Self {
            high: -self.high,
            low: -self.low,
        }
    }
}

impl Sub for Exact {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Exact {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let (product, error) = two_product(self.high, other.high);
        let cross = self.high * other.low + self.low * other.high;
        let (high, low) = quick_two_sum(product, error + cross);
        Self { high, low }
    }
}

impl AddAssign for Exact {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Number for Exact {
    const ONE: Self = Self::whole(1.0);

    fn from_f64(value: f64) -> Self {
        Self::whole(value)
    }

    fn from_decimal(value: Decimal) -> Self {
        let divisor = Self::from_i128(10_i128.pow(value.scale()));
        Self::from_i128(value.mantissa()).over(divisor)
    }

    fn from_int(value: i64) -> Self {
        Self::from_i128(i128::from(value))
    }

    fn to_f64(self) -> f64 {
        self.high + self.low
    }

    fn over(self, divisor: Self) -> Self {
        if divisor.high == 0.0 {
            return Self::default();
        }
        // Long division, three digits of the float's base.
        let first = self.high / divisor.high;
        let rest = self - divisor * Self::whole(first);
        let second = rest.high / divisor.high;
        let rest = rest - divisor * Self::whole(second);
        let third = rest.high / divisor.high;
        let (high, low) = quick_two_sum(first, second);
        Self { high, low } + Self::whole(third)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::from_decimal(text.parse().unwrap())
    }

    #[test]
    fn ties_go_away_from_zero() {
        for (text, whole) in [
            ("0.5", 1),
            ("-0.5", -1),
            ("1.5", 2),
            ("2.5", 3),
            ("0.4999999999", 0),
            ("7", 7),
        ] {
            assert_eq!(exact(text).rounded(0), Some(whole), "{text}");
        }
        // 0.1 × 0.05 is no tie in f64, yet it is one.
        assert_eq!((exact("0.1") * exact("0.05")).rounded(2), Some(1));
        assert_eq!((-(exact("0.1") * exact("0.05"))).rounded(2), Some(-1));
    }

    #[test]
    fn large_amounts_keep_their_cents() {
        let total = exact("1000000000.5") * exact("100000000000") + exact("0.25");
        assert_eq!(total.rounded(0), Some(100_000_000_050_000_000_000));
        assert_eq!(total.rounded(1), Some(1_000_000_000_500_000_000_003));
        assert_eq!(Exact::whole(1e300).rounded(0), None);
    }

    proptest! {
        #[test]
        fn agrees_with_decimals(a in -10_000_000_000_i64..10_000_000_000, b in 1_i64..1_000_000, scale in 0_u32..9) {
            let (x, y) = (Decimal::new(a, scale), Decimal::new(b, 6));
            let product = (x * y).round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
            let ours = (Exact::from_decimal(x) * Exact::from_decimal(y)).decimal(2);
            prop_assert_eq!(ours, product);
            let quotient = Exact::from_decimal(x).over(Exact::from_decimal(y)) * Exact::from_decimal(y);
            prop_assert_eq!(quotient.decimal(scale), x);
            prop_assert_eq!(f64::from_decimal(x).to_bits(), Exact::from_decimal(x).to_f64().to_bits());
        }
    }
}
