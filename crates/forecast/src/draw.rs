//! Random numbers for one simulated path.
//!
//! Each path has a generator of its own, seeded from the forecast's seed and the path's number, so a path comes out
//! the same whichever thread draws it and however many paths there are.

/// xoshiro256++ 1.0 (Blackman & Vigna, public domain), seeded by `SplitMix64`.
#[derive(Clone, Debug)]
pub(crate) struct Draw {
    state: [u64; 4],
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Draw {
    /// The generator of one path.
    pub(crate) fn for_path(seed: u64, path: u64) -> Self {
        // Mix the path before it meets the seed: neighbouring seeds must not share neighbouring paths.
        let mut path_state = path;
        let mut state = seed ^ split_mix(&mut path_state).rotate_left(17);
        let state = std::array::from_fn(|_| split_mix(&mut state));
        Self { state }
    }

    /// The generator of one part of a path. A part keeps its numbers whatever the others draw, so two scenarios that
    /// differ in one place share all other numbers (common random numbers).
    pub(crate) fn for_part(path: u64, part: u64) -> Self {
        let mut state = path ^ part.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        let state = std::array::from_fn(|_| split_mix(&mut state));
        Self { state }
    }

    /// A number that stands for a path in [`Draw::for_part`].
    pub(crate) fn path_key(seed: u64, path: u64) -> u64 {
        let mut path_state = path;
        let mut state = seed ^ split_mix(&mut path_state).rotate_left(17);
        split_mix(&mut state)
    }

    /// Standard normal (Box & Muller 1958, the cosine half).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Gamma of this shape and scale 1 (Marsaglia & Tsang 2000); 0 where the shape is not above 0.
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        if shape.is_nan() || shape <= 0.0 {
            return 0.0;
        }
        if shape < 1.0 {
            let boost = (1.0 - self.uniform()).ln() / shape;
            return self.gamma(shape + 1.0) * boost.exp();
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            let u = 1.0 - self.uniform();
            if v > 0.0 && u.ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// Beta(yes, no).
    pub(crate) fn beta(&mut self, yes: f64, no: f64) -> f64 {
        let (x, y) = (self.gamma(yes), self.gamma(no));
        // Both may underflow for tiny shapes; the mean is then as good as any.
        if x + y > 0.0 {
            x / (x + y)
        } else {
            yes / (yes + no)
        }
    }

    fn next(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Uniform on [0, 1), in steps of 2^−53.
    pub(crate) fn uniform(&mut self) -> f64 {
        self.slot_and_uniform(1).1
    }

    /// Uniform on [0, 1), and its first `bits` bits (1..=32) as a number.
    pub(crate) fn slot_and_uniform(&mut self, bits: u32) -> (usize, f64) {
        let random = self.next();
        // 53 bits fit a signed number, whose conversion is the faster one.
        let whole = (random >> 11) as i64;
        let uniform = whole as f64 * (1.0 / 9_007_199_254_740_992.0);
        ((random >> (64 - bits)) as usize, uniform)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_xoshiro() {
        // The reference implementation's first outputs from the state 1, 2, 3, 4.
        let mut draw = Draw {
            state: [1, 2, 3, 4],
        };
        let first: Vec<u64> = (0..4).map(|_| draw.next()).collect();
        assert_eq!(
            first,
            [
                41_943_041,
                58_720_359,
                3_588_806_011_781_223,
                3_591_011_842_654_386
            ]
        );
    }

    #[test]
    fn gammas_and_betas_have_their_moments() {
        let mut draw = Draw::for_path(9, 1);
        for shape in [0.3, 1.0, 4.5, 200.0] {
            let draws: Vec<f64> = (0..40_000).map(|_| draw.gamma(shape)).collect();
            let mean = draws.iter().sum::<f64>() / 4e4;
            let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 4e4;
            assert!(
                (mean - shape).abs() < 5.0 * (shape / 4e4).sqrt(),
                "{shape}: {mean}"
            );
            assert!((variance / shape - 1.0).abs() < 0.15, "{shape}: {variance}");
        }
        let mean = (0..40_000).map(|_| draw.beta(2.0, 6.0)).sum::<f64>() / 4e4;
        assert!((mean - 0.25).abs() < 0.004, "{mean}");
    }

    #[test]
    fn parts_and_paths_differ() {
        let mut seen: Vec<u64> = (0..100)
            .flat_map(|path| {
                (0..100).map(move |part| Draw::for_part(Draw::path_key(3, path), part).next())
            })
            .collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 10_000);
    }

    #[test]
    fn paths_and_seeds_differ() {
        let first = |seed, path| Draw::for_path(seed, path).next();
        assert_eq!(first(1, 1), first(1, 1));
        let mut seen: Vec<u64> = (0..100)
            .flat_map(|s| (0..100).map(move |p| first(s, p)))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 10_000);
    }

    #[test]
    fn uniforms_fill_the_interval() {
        let mut draw = Draw::for_path(7, 0);
        let mean = (0..100_000).map(|_| draw.uniform()).sum::<f64>() / 1e5;
        assert!((mean - 0.5).abs() < 0.005, "{mean}");
    }
}
