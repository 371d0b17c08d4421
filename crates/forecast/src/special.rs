//! Gamma-function differences that keep their digits where the functions themselves are large.

/// Past this argument Stirling's series has full double precision with five terms.
const ASYMPTOTIC: f64 = 16.0;

/// What Stirling's formula leaves out: lnΓ(x) − [(x−½) ln x − x + ½ ln 2π], for x ≥ 16.
fn stirling_rest(x: f64) -> f64 {
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    inverse
        * (1.0 / 12.0
            - square
                * (1.0 / 360.0
                    - square * (1.0 / 1260.0 - square * (1.0 / 1680.0 - square / 1188.0))))
}

/// lnΓ(z+a) − lnΓ(z) for z > 0 and a ≥ 0, good to rounding of the result: the two logarithms, which may be
/// thousands of times larger than their difference, are never formed.
pub(crate) fn log_gamma_rise(z: f64, a: f64) -> f64 {
    if a == 0.0 {
        return 0.0;
    }
    let (mut x, mut steps) = (z, 0.0);
    while x < ASYMPTOTIC {
        steps += (a / x).ln_1p();
        x += 1.0;
    }
    let top = x + a;
    (x - 0.5) * (a / x).ln_1p() + a * (top.ln() - 1.0) + stirling_rest(top)
        - stirling_rest(x)
        - steps
}

/// ln B(a, b+u) − ln B(a, b+v) for u ≥ v ≥ 0: the logarithm of a conditional survival, at most 0.
pub(crate) fn log_beta_fall(a: f64, b: f64, v: f64, u: f64) -> f64 {
    let step = u - v;
    let z = b + v;
    // The rounding error grows with the smaller argument, so take that one as the step.
    let fall = if step < a {
        log_gamma_rise(z, step) - log_gamma_rise(z + a, step)
    } else {
        log_gamma_rise(z, a) - log_gamma_rise(b + u, a)
    };
    fall.min(0.0)
}

/// ψ(x) − ψ(x+a) for x > 0, a ≥ 0; negative.
pub(crate) fn digamma_fall(x: f64, a: f64) -> f64 {
    let (mut x, mut steps) = (x, 0.0);
    while x < ASYMPTOTIC {
        // 1/x − 1/(x+a), without the cancellation of a small `a`.
        steps += a / (x * (x + a));
        x += 1.0;
    }
    let top = x + a;
    let tail = |x: f64| {
        let square = 1.0 / (x * x);
        square * (1.0 / 12.0 - square * (1.0 / 120.0 - square * (1.0 / 252.0 - square / 240.0)))
    };
    -(a / x).ln_1p() - 0.5 * a / (x * top) - (tail(x) - tail(top)) - steps
}

/// Past this variance a binomial count is normal, for all that an interval shows.
const NORMAL_VARIANCE: f64 = 2e4;

/// P(X ≤ k) of a binomial count: the incomplete beta function I_{1−p}(n−k, k+1), by Lentz's continued fraction;
/// for large variances the normal distribution with Cornish–Fisher's correction for skewness.
pub(crate) fn binomial_cdf(k: u64, n: u64, p: f64) -> f64 {
    if k >= n || p <= 0.0 {
        return 1.0;
    }
    if p >= 1.0 {
        return 0.0;
    }
    let (count, trials) = (k as f64, n as f64);
    let variance = trials * p * (1.0 - p);
    if variance > NORMAL_VARIANCE {
        let z = (count + 0.5 - trials * p) / variance.sqrt();
        let skew = (1.0 - 2.0 * p) / variance.sqrt();
        return normal_cdf(z - skew * (z * z - 1.0) / 6.0);
    }
    incomplete_beta(trials - count, count + 1.0, 1.0 - p)
}

/// I_x(a, b) for a, b ≥ 1.
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta_tail(b, a, 1.0 - x);
    }
    incomplete_beta_tail(a, b, x)
}

fn incomplete_beta_tail(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-290;
    // ln of x^a (1−x)^b / (a B(a, b)); Γ(a+1) cancels the a.
    let front = a * x.ln() + b * (-x).ln_1p() + log_gamma_rise(b, a) - log_gamma_rise(1.0, a);
    let guard = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..2_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() < 1e-13 {
            break;
        }
    }
    (front.exp() * fraction).clamp(0.0, 1.0)
}

/// Φ(z), to about 1e-15: its power series near 0, the continued fraction of Mills' ratio in the tails.
pub(crate) fn normal_cdf(z: f64) -> f64 {
    if z.abs() > 38.0 {
        return if z > 0.0 { 1.0 } else { 0.0 };
    }
    let density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
    if z.abs() < 3.0 {
        // Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/15 + …).
        let (mut term, mut sum, mut n) = (z, z, 1.0);
        while term.abs() > 1e-17 * sum.abs() {
            n += 2.0;
            term *= z * z / n;
            sum += term;
        }
        return 0.5 + density * sum;
    }
    let x = z.abs();
    let mut fraction = x;
    for k in (1..=60).rev() {
        fraction = x + f64::from(k) / fraction;
    }
    let tail = density / fraction;
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// The z with Φ(z) = p, for p within 0..1: a rational start, then Halley's steps.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    let p = p.clamp(1e-300, 1.0 - 1e-16);
    let tail = p.min(1.0 - p);
    // Abramowitz & Stegun 26.2.23, good to 4.5e-4, is start enough.
    let t = (-2.0 * tail.ln()).sqrt();
    let rational = (2.515_517 + t * (0.802_853 + t * 0.010_328))
        / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    let mut z = rational - t;
    for _ in 0..3 {
        let density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
        if density < 1e-290 {
            break;
        }
        let step = (normal_cdf(z) - tail) / density;
        z -= step / (1.0 + 0.5 * z * step);
    }
    if p > 0.5 { -z } else { z }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_distribution_and_its_quantiles() {
        close(normal_cdf(0.0), 0.5);
        close(normal_cdf(1.959_963_984_540_054), 0.975);
        close(normal_cdf(-5.0), 2.866_515_718_791_939e-7);
        close(normal_quantile(0.975), 1.959_963_984_540_054);
        for p in [1e-200, 1e-12, 0.01, 0.3, 0.5, 0.9, 0.999_999] {
            assert!(
                (normal_cdf(normal_quantile(p)) / p - 1.0).abs() < 1e-9,
                "{p}"
            );
        }
    }

    #[test]
    fn binomial_sums() {
        for (n, p) in [
            (1_u64, 0.3_f64),
            (12, 0.5),
            (40, 0.02),
            (300, 0.9),
            (1_000, 0.4),
        ] {
            let mut chance = (n as f64 * (-p).ln_1p()).exp();
            let mut sum = 0.0;
            for k in 0..=n {
                sum += chance;
                chance *= (n - k) as f64 / (k as f64 + 1.0) * (p / (1.0 - p));
                assert!((binomial_cdf(k, n, p) - sum).abs() < 1e-9, "{n} {p} {k}");
            }
        }
        // Past the switch to the normal form the two agree.
        let (n, p) = (81_000, 0.45);
        for k in [35_900_u64, 36_450, 37_000] {
            let exact = incomplete_beta((n - k) as f64, k as f64 + 1.0, 1.0 - p);
            assert!((binomial_cdf(k, n, p) - exact).abs() < 2e-5, "{k}");
        }
        assert!(binomial_cdf(600_000_000_000, 1_000_000_000_000, 0.6).is_finite());
    }

    fn close(ours: f64, truth: f64) {
        assert!(
            (ours - truth).abs() <= 2e-14 * truth.abs().max(1e-3),
            "{ours} is not {truth}"
        );
    }

    #[test]
    fn agrees_with_known_values() {
        close(log_gamma_rise(1.0, 4.0), 24.0_f64.ln());
        close(
            log_gamma_rise(0.5, 0.5),
            -(std::f64::consts::PI.sqrt().ln()),
        );
        close(log_gamma_rise(5.0, 1e-9), 1.506_117_668_431_800_5 * 1e-9);
        // ψ(1) − ψ(2) = −1, ψ(½) − ψ(1) = −2 ln 2.
        close(digamma_fall(1.0, 1.0), -1.0);
        close(digamma_fall(0.5, 0.5), -2.0 * std::f64::consts::LN_2);
    }

    #[test]
    fn both_forms_of_the_fall_agree() {
        for (a, b, v, u) in [
            (0.668, 3.806, 0.0, 1.0),
            (40.0, 700.0, 3.0, 9.5),
            (1e6, 3e7, 1.0, 2.0),
        ] {
            let direct = log_gamma_rise(b + v, a) - log_gamma_rise(b + u, a);
            let ours = log_beta_fall(a, b, v, u);
            assert!((ours - direct).abs() < 1e-7 * ours.abs(), "{ours} {direct}");
        }
        let (ours, truth) = (
            log_beta_fall(1e6, 3e7, 1.0, 2.0),
            ((3e7 + 1.0) / (3.1e7 + 1.0_f64)).ln(),
        );
        assert!((ours / truth - 1.0).abs() < 1e-12, "{ours} is not {truth}");
    }
}
