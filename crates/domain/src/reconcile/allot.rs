//! Which commissions a payment pays.

/// Shares a payment out over what is open, in the order given (the longest due first), all in millionths of one
/// currency. What was taken back lowers what was due, so it is settled along as far as the payment goes; a commission
/// may be paid in part. The parts never add up to more than the payment.
///
/// Returns the index of each share and its amount, clawbacks first. 100 paid against 60, −10 and 80: all of −10, all of
/// 60 and 50 of the 80.
///
/// ```
/// # use perennial_domain::reconcile::allot;
/// assert_eq!(allot(&[60, -10, 80], 100), [(1, -10), (0, 60), (2, 50)]);
/// ```
#[must_use]
pub fn allot(open: &[i64], paid: i64) -> Vec<(usize, i64)> {
    let due = open
        .iter()
        .fold(0_i64, |sum, micros| sum.saturating_add((*micros).max(0)));
    let mut left = paid;
    let mut shares = Vec::new();
    for (index, micros) in open.iter().copied().enumerate() {
        let with = left.saturating_sub(micros);
        if micros < 0 && with <= due {
            shares.push((index, micros));
            left = with;
        }
    }
    for (index, micros) in open.iter().copied().enumerate() {
        if left <= 0 {
            break;
        }
        if micros > 0 {
            let part = left.min(micros);
            shares.push((index, part));
            left -= part;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pays_the_longest_due_first_and_the_last_in_part() {
        assert_eq!(allot(&[40, 40, 40], 100), [(0, 40), (1, 40), (2, 20)]);
        assert_eq!(allot(&[40], 100), [(0, 40)]);
        assert_eq!(allot(&[], 100), []);
    }

    #[test]
    fn a_clawback_is_settled_only_as_far_as_the_payment_goes() {
        assert_eq!(allot(&[-30, 50], 20), [(0, -30), (1, 50)]);
        assert_eq!(allot(&[-30, 50], 40), [(1, 40)]);
    }

    proptest! {
        #[test]
        fn never_shares_out_more_than_was_paid_or_more_than_is_open(
            open in proptest::collection::vec(-1_000_i64..1_000, 0..20), paid in 1_i64..5_000,
        ) {
            let shares = allot(&open, paid);
            let sum: i64 = shares.iter().map(|(_, part)| part).sum();
            prop_assert!(sum <= paid);
            for (index, part) in &shares {
                prop_assert!(part.signum() == open[*index].signum() && part.abs() <= open[*index].abs());
            }
            // What is left over is left because nothing more is open.
            if sum < paid {
                for (index, micros) in open.iter().enumerate().filter(|(_, micros)| **micros > 0) {
                    prop_assert!(shares.contains(&(index, *micros)));
                }
            }
        }
    }
}
