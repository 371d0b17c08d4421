//! Never more questions in a stretch of time than a network allows.
//!
//! It is an exact sliding window. A bucket of tokens that starts full lets nearly twice the number through in its first
//! stretch, which a network that counts would answer with a refusal.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How many questions a network allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// So many, at least one …
    pub questions: usize,
    /// … in any stretch of this length.
    pub per: Duration,
}

/// Lets questions through.
#[derive(Debug)]
pub struct Turnstile {
    rate: Rate,
    /// When the latest questions went through, or will.
    passed: Mutex<VecDeque<Duration>>,
}

impl Turnstile {
    /// One that nothing has gone through yet.
    pub fn new(rate: Rate) -> Self {
        Self {
            rate,
            passed: Mutex::default(),
        }
    }

    /// Takes a turn at `now`; says how long to wait for it.
    pub fn take(&self, now: Duration) -> Duration {
        let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        while passed.front().is_some_and(|at| *at + self.rate.per <= now) {
            passed.pop_front();
        }
        let turn = if passed.len() < self.rate.questions.max(1) {
            now
        } else {
            // Turns that wait are in the window as well, at the moment they will pass.
            let first = passed.pop_front().unwrap_or(now);
            first.saturating_add(self.rate.per).max(now)
        };
        passed.push_back(turn);
        turn.saturating_sub(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_stretch_has_more_than_its_number(gaps in proptest::collection::vec(0_u64..900, 1..120), questions in 1_usize..8) {
            let per = Duration::from_secs(1);
            let turnstile = Turnstile::new(Rate { questions, per });
            let mut now = Duration::ZERO;
            let mut turns = Vec::new();
            for gap in gaps {
                now += Duration::from_millis(gap);
                // One line asks one question at a time: it waits before it asks the next.
                now += turnstile.take(now);
                turns.push(now);
            }
            for window in turns.windows(questions + 1) {
                prop_assert!(*window.last().unwrap() >= *window.first().unwrap() + per);
            }
        }
    }

    #[test]
    fn up_to_the_number_nobody_waits() {
        let turnstile = Turnstile::new(Rate {
            questions: 20,
            per: Duration::from_mins(1),
        });
        let waits: Vec<u64> = (0..22)
            .map(|_| turnstile.take(Duration::from_secs(1)).as_secs())
            .collect();
        assert!(waits.iter().take(20).all(|wait| *wait == 0));
        assert_eq!(waits.get(20..), Some([60, 60].as_slice()));
    }
}
