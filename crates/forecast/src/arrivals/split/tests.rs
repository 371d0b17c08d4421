use super::*;
use crate::assumptions::Tier;
use proptest::prelude::*;

fn start() -> Month {
    "2024-01".parse().unwrap()
}

fn stream(count: &str, from: Option<&str>, every: u32) -> Stream {
    Stream {
        plan: 3,
        tier: Tier::Second,
        count: count.parse().unwrap(),
        from: from.map(|month| month.parse().unwrap()),
        until: None,
        every,
    }
}

fn near(ours: &[f64], truth: &[f64], within: f64) -> bool {
    ours.len() == truth.len() && ours.iter().zip(truth).all(|(a, b)| (a - b).abs() < within)
}

#[test]
fn plans_that_divide_alike_hold_to_how_all_divide() {
    // Three of four come through the first channel, in every plan; the last plan had one referral.
    let alike = |each: u64| vec![vec![3 * each; 12], vec![each; 12]];
    let mut one = vec![vec![0; 12], vec![0; 12]];
    one[1][4] = 1;
    let split = ChannelSplit::new(start(), &[alike(2), alike(1), one]).unwrap();
    let month = start().plus(14);
    for cell in [Some(0), Some(1), None] {
        assert!(near(&split.shares(cell, month), &[0.75, 0.25], 0.02));
    }
    // One referral moves it a little, and no more.
    let last = split.shares(Some(2), month);
    assert!(last[1] > 0.25 && last[1] < 0.3, "{last:?}");
}

#[test]
fn plans_that_divide_differently_keep_their_own_shares() {
    let first = vec![vec![8; 18], vec![1; 18]];
    let second = vec![vec![1; 18], vec![9; 18]];
    let split = ChannelSplit::new(start(), &[first, second]).unwrap();
    let month = start().plus(20);
    assert!(near(
        &split.shares(Some(0), month),
        &[8.0 / 9.0, 1.0 / 9.0],
        0.02
    ));
    assert!(near(&split.shares(Some(1), month), &[0.1, 0.9], 0.02));
}

#[test]
fn a_channel_that_grows_takes_a_larger_share() {
    let growing: Vec<u64> = (0..24)
        .map(|m| (2.0 * (0.09 * f64::from(m)).exp()).round() as u64)
        .collect();
    let split = ChannelSplit::new(start(), &[vec![growing, vec![6; 24]]]).unwrap();
    assert!(split.has_own(0));
    let (then, ahead) = (
        split.shares(Some(0), start()),
        split.shares(Some(0), start().plus(26)),
    );
    assert!(then[0] < 0.35 && ahead[0] > 0.65, "{then:?} {ahead:?}");
    let streams = split.streams(&stream("10", None, 1), Some(0), start().plus(24), 6);
    assert_eq!(streams.iter().map(Vec::len).collect::<Vec<_>>(), [6, 6]);
}

#[test]
fn nobody_divides_into_nothing() {
    let split = ChannelSplit::new(start(), &[vec![vec![0; 6]]]).unwrap();
    assert!(split.shares(Some(0), start()).is_empty());
    assert!(
        split
            .streams(&stream("4", None, 1), None, start(), 12)
            .is_empty()
    );
    let none = ChannelSplit::new(start(), &[]).unwrap();
    assert!(none.shares(None, start()).is_empty());
    assert!(ChannelSplit::new(start(), &[vec![vec![]]]).is_err());
}

#[test]
fn a_stream_keeps_its_rhythm() {
    let split = ChannelSplit::new(start(), &[vec![vec![3; 6], vec![1; 6]]]).unwrap();
    let parts = split.streams(
        &stream("4", Some("2024-09"), 3),
        Some(0),
        start().plus(6),
        12,
    );
    assert_eq!(parts[0], [stream("3", Some("2024-09"), 3)]);
    assert_eq!(parts[1], [stream("1", Some("2024-09"), 3)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever history: what channels bring adds up to the stream, to the last digit, in each month.
    #[test]
    fn channels_add_up_to_the_whole(
        lists in prop::collection::vec(prop::collection::vec(prop::collection::vec(0_u64..30, 26), 3), 1..4),
        count in 0_u64..5_000_000_000, every in 1_u32..4, cell in prop::option::of(0_usize..5),
    ) {
        let split = ChannelSplit::new(start(), &lists).unwrap();
        let whole = Stream { every, count: Decimal::new(count as i64, 6), ..stream("1", None, 1) };
        let (from, months) = (start().plus(26), 9);
        let parts = split.streams(&whole, cell, from, months);
        let by_month = |streams: &[Stream]| {
            let mut sums = vec![Decimal::ZERO; months as usize];
            for stream in streams {
                for month in super::super::comes_in(stream, from, months) {
                    sums[month as usize] += stream.count;
                }
            }
            sums
        };
        let all: Vec<Stream> = parts.into_iter().flatten().collect();
        prop_assert!(all.iter().all(|part| part.count > Decimal::ZERO));
        if count > 0 && lists.iter().flatten().flatten().any(|n| *n > 0) {
            prop_assert_eq!(by_month(&all), by_month(std::slice::from_ref(&whole)));
        }
        for offset in 0..12 {
            let shares = split.shares(cell, from.plus(offset));
            prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
            let sum: f64 = shares.iter().sum();
            prop_assert!(shares.is_empty() || (sum - 1.0).abs() < 1e-9);
        }
    }
}
