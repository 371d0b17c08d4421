//! Counts drawn from the binomial and the Poisson distribution.
//! The cost of a draw does not grow with the count, so a thousand million referrals take no longer than ten.

use crate::draw::Draw;

/// Below this mean plain inversion is the faster way.
const SMALL_MEAN: f64 = 12.0;

/// How many of `n` happen, each with probability `p`.
pub(crate) fn binomial(draw: &mut Draw, n: u64, p: f64) -> u64 {
    if n == 0 || p <= 0.0 {
        return 0;
    }
    if p >= 1.0 {
        return n;
    }
    if p > 0.5 {
        return n - binomial_of_rare(draw, n, 1.0 - p);
    }
    binomial_of_rare(draw, n, p)
}

fn binomial_of_rare(draw: &mut Draw, n: u64, p: f64) -> u64 {
    if n <= 8 {
        return (0..n).map(|_| u64::from(draw.uniform() < p)).sum();
    }
    if n as f64 * p < SMALL_MEAN {
        return binomial_by_inversion(draw, n, p);
    }
    binomial_by_rejection(draw, n, p)
}

fn binomial_by_inversion(draw: &mut Draw, n: u64, p: f64) -> u64 {
    invert(draw, n, (-p).ln_1p(), p / (1.0 - p))
}

/// Counts up from none until the uniform is used up: Σ P(0) + P(1) + …, where P(0) = (1−p)^n and each P(k) follows
/// from the one before it.
fn invert(draw: &mut Draw, n: u64, log_rest: f64, ratio: f64) -> u64 {
    let (mut left, mut chance) = (draw.uniform(), (n as f64 * log_rest).exp());
    let most = n as f64;
    // The loop ends by itself but for rounding far in the tail, past any draw with so small a mean.
    for (k, inverse) in INVERSES.iter().enumerate() {
        let k = k as f64;
        if left < chance || k >= most {
            return k as u64;
        }
        left -= chance;
        chance *= ratio * (most - k) * inverse;
    }
    n.min(INVERSES.len() as u64)
}

/// 1, 1/2, 1/3, …: multiplying is several times faster than dividing.
const INVERSES: [f64; 200] = {
    let mut inverses = [0.0; 200];
    let mut k = 0;
    while k < inverses.len() {
        inverses[k] = 1.0 / (k as f64 + 1.0);
        k += 1;
    }
    inverses
};

/// Binomial draws of one probability, with what they need of it worked out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Coin {
    /// The smaller of p and 1−p, and whether it is that of not happening.
    rare: f64,
    turned: bool,
    log_rest: f64,
    ratio: f64,
}

impl Coin {
    /// Of probability `p`, 0..=1.
    pub(crate) fn new(p: f64) -> Self {
        let turned = p > 0.5;
        let rare = if turned { 1.0 - p } else { p }.max(0.0);
        Self {
            rare,
            turned,
            log_rest: (-rare).ln_1p(),
            ratio: rare / (1.0 - rare),
        }
    }

    /// How many of `n` happen.
    pub(crate) fn toss(&self, draw: &mut Draw, n: u64) -> u64 {
        let rare = if self.rare <= 0.0 || n == 0 {
            0
        } else if n > 8 && n as f64 * self.rare < SMALL_MEAN {
            invert(draw, n, self.log_rest, self.ratio)
        } else {
            binomial_of_rare(draw, n, self.rare)
        };
        if self.turned { n - rare } else { rare }
    }
}

/// BTRS: transformed rejection with squeeze. Hörmann 1993, “The generation of binomial random variates”.
fn binomial_by_rejection(draw: &mut Draw, count: u64, p: f64) -> u64 {
    let n = count as f64;
    let spread = (n * p * (1.0 - p)).sqrt();
    let b = 1.15 + 2.53 * spread;
    let a = -0.0873 + 0.0248 * b + 0.01 * p;
    let center = n * p + 0.5;
    let squeeze = 0.92 - 4.2 / b;
    let ratio = p / (1.0 - p);
    let alpha = (2.83 + 5.1 / b) * spread;
    let mode = ((n + 1.0) * p).floor();
    loop {
        let u = draw.uniform() - 0.5;
        let v = draw.uniform();
        let us = 0.5 - u.abs();
        let k = ((2.0 * a / us + b) * u + center).floor();
        if !(0.0..=n).contains(&k) {
            continue;
        }
        if us >= 0.07 && v <= squeeze {
            return k as u64;
        }
        let v = (v * alpha / (a / (us * us) + b)).ln();
        let bound = (mode + 0.5) * ((mode + 1.0) / (ratio * (n - mode + 1.0))).ln()
            + (n + 1.0) * ((n - mode + 1.0) / (n - k + 1.0)).ln()
            + (k + 0.5) * (ratio * (n - k + 1.0) / (k + 1.0)).ln()
            + factorial_rest(mode)
            + factorial_rest(n - mode)
            - factorial_rest(k)
            - factorial_rest(n - k);
        if v <= bound {
            return k as u64;
        }
    }
}

/// ln k! − [(k+½) ln(k+1) − (k+1) + ½ ln 2π].
fn factorial_rest(k: f64) -> f64 {
    const SMALL: [f64; 10] = [
        0.081_061_466_795_327_26,
        0.041_340_695_955_409_29,
        0.027_677_925_684_998_34,
        0.020_790_672_103_765_09,
        0.016_644_691_189_821_19,
        0.013_876_128_823_070_75,
        0.011_896_709_945_891_77,
        0.010_411_265_261_972_09,
        0.009_255_462_182_712_733,
        0.008_330_563_433_362_87,
    ];
    if let Some(&rest) = SMALL.get(k as usize) {
        return rest;
    }
    let x = k + 1.0;
    let square = x * x;
    (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / square) / square) / x
}

/// A Poisson count of this mean.
pub(crate) fn poisson(draw: &mut Draw, mean: f64) -> u64 {
    if mean <= 0.0 {
        return 0;
    }
    if mean < SMALL_MEAN {
        let (mut left, mut chance, mut k) = (draw.uniform(), (-mean).exp(), 0_u64);
        while left >= chance && k < 200 {
            left -= chance;
            k += 1;
            chance *= mean / k as f64;
        }
        return k;
    }
    poisson_by_rejection(draw, mean)
}

/// PTRS: Hörmann 1993, “The transformed rejection method for generating Poisson random variables”.
fn poisson_by_rejection(draw: &mut Draw, mean: f64) -> u64 {
    let b = 0.931 + 2.53 * mean.sqrt();
    let a = -0.059 + 0.02483 * b;
    let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    let squeeze = 0.9277 - 3.6224 / (b - 2.0);
    loop {
        let u = draw.uniform() - 0.5;
        let v = draw.uniform();
        let us = 0.5 - u.abs();
        let k = ((2.0 * a / us + b) * u + mean + 0.43).floor();
        if us >= 0.07 && v <= squeeze {
            return k.max(0.0) as u64;
        }
        if k < 0.0 || (us < 0.013 && v > us) {
            continue;
        }
        let log = (v * inverse_alpha / (a / (us * us) + b)).ln();
        // k ln(mean) − mean − ln k!, arranged so that nothing large cancels.
        let x = k + 1.0;
        let bound = (k + 0.5) * (mean / x).ln() - 0.5 * mean.ln() + (x - mean)
            - 0.5 * std::f64::consts::TAU.ln()
            - factorial_rest(k);
        if log <= bound {
            return k as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and variance of many draws, compared with theirs within five standard errors.
    fn check(mean: f64, variance: f64, mut one: impl FnMut(&mut Draw) -> u64) {
        let mut draw = Draw::for_path(42, 7);
        let times = 40_000;
        let draws: Vec<f64> = (0..times).map(|_| one(&mut draw) as f64).collect();
        let n = f64::from(times);
        let got = draws.iter().sum::<f64>() / n;
        let spread = draws.iter().map(|x| (x - got).powi(2)).sum::<f64>() / n;
        assert!(
            (got - mean).abs() <= 5.0 * (variance / n).sqrt() + 1e-9,
            "mean {got}, not {mean}"
        );
        let tolerance = 5.0 * variance * (2.2 / n).sqrt() + 5.0 * (variance / n).sqrt();
        assert!(
            (spread - variance).abs() <= tolerance + 1e-9,
            "variance {spread}, not {variance}"
        );
    }

    #[test]
    fn counts_have_their_moments() {
        for n in [1, 7, 9, 40, 1_000, 1_000_000, 1_000_000_000_000] {
            for p in [0.0, 1e-12, 0.003, 0.05, 0.3, 0.5, 0.77, 0.999, 1.0] {
                let mean = n as f64 * p;
                check(mean, mean * (1.0 - p), |draw| binomial(draw, n, p));
            }
        }
        for mean in [0.0, 0.01, 0.6, 4.0, 9.99, 10.0, 35.0, 1e4, 1e9] {
            check(mean, mean, |draw| poisson(draw, mean));
        }
    }

    #[test]
    fn small_binomials_have_the_right_chances() {
        let mut draw = Draw::for_path(1, 1);
        let (n, p) = (40_u64, 0.3);
        let mut seen = [0.0_f64; 41];
        let times = 200_000;
        for _ in 0..times {
            seen[binomial(&mut draw, n, p) as usize] += 1.0;
        }
        let mut chance = 0.7_f64.powi(40);
        let mut chi = 0.0;
        for (k, &count) in seen.iter().enumerate() {
            let expected = chance * f64::from(times);
            if expected > 10.0 {
                chi += (count - expected).powi(2) / expected;
            }
            chance *= (n - k as u64) as f64 / (k as f64 + 1.0) * (p / (1.0 - p));
        }
        // About 22 cells: the 99.99% point of chi-square is near 55.
        assert!(chi < 55.0, "{chi}");
    }
}
