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

#[cfg(test)]
mod tests {
    use super::*;

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
