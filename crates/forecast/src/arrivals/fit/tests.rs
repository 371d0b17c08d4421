use super::*;
use proptest::prelude::*;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// Counts drawn around given means; `r` makes them negative binomial.
fn drawn(seed: u64, means: impl Iterator<Item = f64>, r: Option<f64>) -> Vec<u64> {
    let mut draw = Draw::for_path(seed, 0);
    means
        .map(|mean| {
            let factor = r.map_or(1.0, |r| draw.gamma(r) / r);
            poisson(&mut draw, mean * factor)
        })
        .collect()
}

#[test]
fn a_short_history_gives_a_plain_rate() {
    let fit = fit_arrivals(month("2026-01"), &[3, 5, 4, 2]).unwrap();
    assert_eq!(fit.family(), Family::Poisson);
    assert!(!fit.has_trend() && !fit.has_season());
    assert!((fit.mean(month("2026-09")) - 14.0 / 4.0).abs() < 1e-12);
    let (low, high) = fit.interval(month("2026-05"), 0.9);
    assert!(low <= 1 && (6..=9).contains(&high), "{low} {high}");
    let streams = fit.streams(2, Tier::Second, month("2026-05"), 12);
    assert_eq!(streams.len(), 1);
    assert_eq!(streams[0].until, Some(month("2027-04")));
}

#[test]
fn months_without_referrals_are_an_answer() {
    let fit = fit_arrivals(month("2026-01"), &[0; 10]).unwrap();
    assert!((fit.mean(month("2026-12")) - 0.05).abs() < 1e-12);
    assert_eq!(fit.quantile(month("2026-12"), 0.5), 0);
}

#[test]
fn a_trend_is_found_and_fades() {
    let counts = drawn(
        1,
        (0..36).map(|t| 20.0 * (0.5 * f64::from(t) / 12.0).exp()),
        None,
    );
    let fit = fit_arrivals(month("2023-01"), &counts).unwrap();
    assert!(fit.has_trend(), "{fit:?}");
    assert!(
        (fit.trend_per_year().ln() - 0.5).abs() < 0.12,
        "{}",
        fit.trend_per_year()
    );
    let (soon, late, never) = (
        fit.mean(month("2026-01")),
        fit.mean(month("2028-01")),
        fit.mean(month("2099-01")),
    );
    assert!(soon < late && late < never);
    assert!(never / soon < 0.5_f64.exp().powf(20.0 / 12.0));
}

#[test]
fn seasons_and_dispersion_are_found() {
    let season = |t: i32| 60.0 * (0.7 * (f64::from(t) * std::f64::consts::TAU / 12.0).sin()).exp();
    let fit = fit_arrivals(month("2022-01"), &drawn(2, (0..48).map(season), None)).unwrap();
    assert!(fit.has_season() && !fit.has_trend(), "{fit:?}");
    assert!(fit.month_factors()[3] > 1.5 && fit.month_factors()[9] < 0.7);
    assert_eq!(fit.streams(0, Tier::Direct, month("2026-01"), 12).len(), 12);
    let wild = fit_arrivals(
        month("2022-01"),
        &drawn(3, (0..30).map(|_| 50.0), Some(3.0)),
    )
    .unwrap();
    let Family::NegativeBinomial { r } = wild.family() else {
        panic!("{wild:?}")
    };
    assert!((1.0..9.0).contains(&r), "{r}");
}

#[test]
fn noise_alone_stays_simple() {
    let simple = (0..60)
        .filter(|&seed| {
            let fit = fit_arrivals(
                month("2023-01"),
                &drawn(100 + seed, (0..30).map(|_| 6.0), None),
            )
            .unwrap();
            !fit.has_trend() && !fit.has_season() && fit.family() == Family::Poisson
        })
        .count();
    assert!(simple >= 48, "{simple} of 60");
}

/// 90% intervals of the next month over simulated histories.
#[test]
fn intervals_cover_what_they_say() {
    let (mut hits, mut all) = (0.0, 0.0);
    for seed in 0..250 {
        for (mean, r, months) in [(2.0, None, 8), (12.0, None, 14), (30.0, Some(6.0), 24)] {
            let counts = drawn(500 + seed, (0..=months).map(|_| mean), r);
            let (&next, past) = counts.split_last().unwrap();
            let fit = fit_arrivals(month("2023-01"), past).unwrap();
            let (low, high) = fit.interval(month("2023-01").plus(months), 0.9);
            hits += f64::from(u8::from((low..=high).contains(&next)));
            all += 1.0;
        }
    }
    println!(
        "90% intervals of next month's referrals cover {:.1}%",
        100.0 * hits / all
    );
    assert!((0.87..=0.97).contains(&(hits / all)), "{}", hits / all);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn every_fit_is_made_of_finite_numbers(
        counts in prop::collection::vec(prop_oneof![0_u64..5, 0_u64..1_000, 0_u64..=MAX_COUNT], 1..50), ahead in 0_i32..700,
    ) {
        let fit = fit_arrivals(month("2020-05"), &counts).unwrap();
        let at = month("2020-05").plus(ahead);
        prop_assert!(fit.mean(at).is_finite() && fit.mean(at) >= 0.0);
        prop_assert!(fit.aic().is_finite() && fit.trend_per_year().is_finite());
        let mut factors = [0.0; 5];
        fit.draw_factors(&mut Draw::for_path(1, 1), at, &mut factors);
        prop_assert!(factors.iter().all(|f| f.is_finite() && *f >= 0.0), "{factors:?}");
        let (low, high) = fit.interval(at, 0.8);
        prop_assert!(low <= high);
        prop_assert!(!fit.streams(0, Tier::Direct, at, 3).is_empty());
    }
}

#[test]
fn refuses_no_history() {
    assert_eq!(
        fit_arrivals(month("2026-01"), &[]),
        Err(ArrivalError::Months)
    );
    assert_eq!(
        fit_arrivals(month("2026-01"), &[0; 1_201]),
        Err(ArrivalError::Months)
    );
    assert_eq!(
        fit_arrivals(month("2026-01"), &[1, u64::MAX]),
        Err(ArrivalError::TooLarge(1))
    );
}

#[test]
fn says_how_large_a_trend_and_a_season_may_be() {
    let start: Month = "2023-01".parse().unwrap();
    let even = fit_arrivals(start, &[4; 17]).unwrap();
    let (low, high) = even.growth_range();
    assert!(low < 0.0 && high > 0.0 && high < 0.04, "{low} {high}");
    assert_eq!(even.season_range(), None);
    let growing: Vec<u64> = (0..36)
        .map(|m| (10.0 * (0.03 * f64::from(m)).exp()) as u64)
        .collect();
    let (low, high) = fit_arrivals(start, &growing).unwrap().growth_range();
    assert!(low > 0.005 && high < 0.035 && low < high, "{low} {high}");
    let seasonal: Vec<u64> = (0..48)
        .map(|m| if m % 12 == 10 { 40 } else { 10 })
        .collect();
    let (low, high) = fit_arrivals(start, &seasonal)
        .unwrap()
        .season_range()
        .unwrap();
    assert!(
        low > 0.3 && low < 1.0 && high > 1.0 && high < 1.7,
        "{low} {high}"
    );
}
