//! Asking again what may pass by itself.

use super::{Http, HttpError, Limits, Request, Turnstile};
use std::{
    hash::{BuildHasher as _, Hasher as _, RandomState},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

/// Waiting and chance, handed in.
pub trait Pace: Send + Sync {
    /// Waits; false where it was stopped before.
    fn wait(&self, time: Duration, stop: &dyn Fn() -> bool) -> bool;

    /// Anything from 0 to 1000, so that many clients do not come back at the same moment.
    fn jitter(&self) -> u32;

    /// Time since some fixed moment; it never goes back.
    fn now(&self) -> Duration;
}

/// Real time and real chance.
#[derive(Debug)]
pub struct SystemPace(Instant);

impl Default for SystemPace {
    fn default() -> Self {
        Self(Instant::now())
    }
}

/// How soon a wish to stop is noticed.
const NOTICE: Duration = Duration::from_millis(50);

impl Pace for SystemPace {
    fn wait(&self, time: Duration, stop: &dyn Fn() -> bool) -> bool {
        let begun = Instant::now();
        loop {
            if stop() {
                return false;
            }
            match time.checked_sub(begun.elapsed()) {
                Some(left) if !left.is_zero() => thread::sleep(left.min(NOTICE)),
                _ => return true,
            }
        }
    }

    fn jitter(&self) -> u32 {
        // A fresh RandomState is seeded by the system: chance enough for a pause, and no further dependency.
        u32::try_from(RandomState::new().build_hasher().finish() % 1001).unwrap_or_default()
    }

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

/// What happens on a line, for whoever keeps a log of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A question was answered.
    Answered {
        /// What was asked, without its parameters.
        path: &'a str,
    },
    /// A question was not answered; it is asked again after a pause, or not at all where there is none.
    Failed {
        /// What was asked, without its parameters.
        path: &'a str,
        /// Why.
        error: &'a HttpError,
        /// The pause.
        pause: Option<Duration>,
    },
    /// The network allows no more questions for so long.
    Waiting(Duration),
}

/// How often was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Requests made.
    pub requests: u64,
    /// Of these, repeats.
    pub retries: u64,
}

/// A patient line to one network.
pub struct Line<'a> {
    http: &'a dyn Http,
    pace: &'a dyn Pace,
    limits: &'a Limits,
    stop: &'a dyn Fn() -> bool,
    turnstile: Option<Arc<Turnstile>>,
    watch: Option<&'a dyn Fn(Event<'_>)>,
    tally: Tally,
}

impl<'a> Line<'a> {
    /// A line that ends where `stop` says so.
    pub fn new(
        http: &'a dyn Http,
        pace: &'a dyn Pace,
        limits: &'a Limits,
        stop: &'a dyn Fn() -> bool,
    ) -> Self {
        Self {
            http,
            pace,
            limits,
            stop,
            turnstile: None,
            watch: None,
            tally: Tally::default(),
        }
    }

    /// The same, never faster than the network allows.
    #[must_use]
    pub fn paced(mut self, turnstile: Option<Arc<Turnstile>>) -> Self {
        self.turnstile = turnstile;
        self
    }

    /// The same, with everything that happens told to `watch`.
    #[must_use]
    pub fn watched(mut self, watch: &'a dyn Fn(Event<'_>)) -> Self {
        self.watch = Some(watch);
        self
    }

    fn tell(&self, event: Event<'_>) {
        if let Some(watch) = self.watch {
            watch(event);
        }
    }

    /// Waits for a turn.
    fn turn(&self) -> Result<(), HttpError> {
        let Some(turnstile) = &self.turnstile else {
            return Ok(());
        };
        let wait = turnstile.take(self.pace.now());
        if wait.is_zero() {
            return Ok(());
        }
        self.tell(Event::Waiting(wait));
        if self.pace.wait(wait, self.stop) {
            Ok(())
        } else {
            Err(HttpError::Stopped)
        }
    }

    /// How often was asked so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Asks until there is an answer, or an error that will not pass, or patience ends.
    ///
    /// # Errors
    /// The last one.
    pub fn ask(&mut self, request: &Request) -> Result<String, HttpError> {
        let mut repeats = 0;
        loop {
            if (self.stop)() {
                return Err(HttpError::Stopped);
            }
            self.turn()?;
            self.tally.requests += 1;
            self.tally.retries += u64::from(repeats > 0);
            let path = request.path.as_str();
            let error = match self.http.send(request, self.stop) {
                Ok(body) => {
                    self.tell(Event::Answered { path });
                    return Ok(body);
                }
                Err(error) => error,
            };
            let again = repeats < self.allowed(&error);
            let pause = again.then(|| self.length(repeats, &error));
            self.tell(Event::Failed {
                path,
                error: &error,
                pause,
            });
            let Some(pause) = pause else {
                return Err(error);
            };
            self.wait(pause)?;
            repeats += 1;
        }
    }

    /// Waits before a page that made no sense is asked for again.
    ///
    /// # Errors
    /// [`HttpError::Stopped`].
    pub fn rest(&mut self, repeats: u32) -> Result<(), HttpError> {
        self.tally.retries += 1;
        self.wait(self.backoff(repeats))
    }

    /// How long to wait after an error.
    fn length(&self, repeats: u32, error: &HttpError) -> Duration {
        let asked = match error {
            HttpError::Busy { retry_after, .. } => *retry_after,
            _ => None,
        };
        asked.unwrap_or_else(|| self.backoff(repeats))
    }

    fn wait(&self, pause: Duration) -> Result<(), HttpError> {
        if self.pace.wait(pause, self.stop) {
            Ok(())
        } else {
            Err(HttpError::Stopped)
        }
    }

    /// Repeats that an error is worth.
    fn allowed(&self, error: &HttpError) -> u32 {
        match error {
            HttpError::Busy {
                retry_after: Some(wait),
                ..
            } if *wait > self.limits.retry_after => 0,
            HttpError::Busy { .. } => self.limits.repeats,
            HttpError::BrokenOff(_) => self.limits.repeats.min(4),
            HttpError::Unreachable(_) | HttpError::NotJson(_) | HttpError::Unreadable(_) => {
                self.limits.repeats.min(2)
            }
            // Each costs a whole deadline.
            HttpError::TimedOut(_) => self.limits.repeats.min(1),
            _ => 0,
        }
    }

    /// Twice as long each time, of which up to half is left to chance.
    fn backoff(&self, repeats: u32) -> Duration {
        let full = self
            .limits
            .pause
            .saturating_mul(1 << repeats.min(16))
            .min(self.limits.longest_pause);
        full / 2 + (full / 2) * self.pace.jitter().min(1000) / 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::VecDeque, sync::Mutex};

    struct Script(Mutex<VecDeque<Result<String, HttpError>>>);
    impl Http for Script {
        fn send(&self, _: &Request, _: &dyn Fn() -> bool) -> Result<String, HttpError> {
            self.0
                .lock()
                .unwrap()
                .pop_front()
                .unwrap_or(Err(HttpError::BrokenOff("over")))
        }
    }

    #[derive(Default)]
    struct Noted(Mutex<Vec<Duration>>);
    impl Pace for Noted {
        fn wait(&self, time: Duration, _: &dyn Fn() -> bool) -> bool {
            self.0.lock().unwrap().push(time);
            true
        }
        fn jitter(&self) -> u32 {
            1000
        }
        fn now(&self) -> Duration {
            self.0.lock().unwrap().iter().sum()
        }
    }

    fn asked(
        script: Vec<Result<String, HttpError>>,
    ) -> (Result<String, HttpError>, Tally, Vec<Duration>) {
        let (http, pace, limits) = (
            Script(Mutex::new(script.into())),
            Noted::default(),
            Limits::default(),
        );
        let stop = || false;
        let mut line = Line::new(&http, &pace, &limits, &stop);
        let answer = line.ask(&Request::get("/x"));
        (answer, line.tally(), pace.0.into_inner().unwrap())
    }

    fn busy(seconds: Option<u64>) -> Result<String, HttpError> {
        Err(HttpError::Busy {
            status: 429,
            retry_after: seconds.map(Duration::from_secs),
        })
    }

    #[test]
    fn waits_as_asked_or_ever_longer() {
        let (answer, tally, pauses) = asked(vec![
            busy(Some(7)),
            busy(None),
            busy(None),
            Ok("{}".to_owned()),
        ]);
        assert_eq!(answer.unwrap(), "{}");
        assert_eq!(
            tally,
            Tally {
                requests: 4,
                retries: 3
            }
        );
        let millis: Vec<u128> = pauses.iter().map(Duration::as_millis).collect();
        assert_eq!(millis, [7_000, 500, 1_000]);
    }

    #[test]
    fn does_not_wait_for_an_hour_nor_repeat_a_refusal() {
        assert_eq!(asked(vec![busy(Some(3600))]).1.requests, 1);
        for error in [
            HttpError::SignIn(401),
            HttpError::Elsewhere("evil.test".to_owned()),
            HttpError::TooLarge(16),
        ] {
            let (answer, tally, _) = asked(vec![Err(error.clone())]);
            assert_eq!((answer, tally.requests), (Err(error), 1));
        }
    }

    #[test]
    fn patience_ends() {
        let (answer, tally, _) = asked((0..20).map(|_| busy(None)).collect());
        assert!(matches!(answer, Err(HttpError::Busy { .. })));
        assert_eq!(
            tally,
            Tally {
                requests: 7,
                retries: 6
            }
        );
    }

    #[test]
    fn the_wish_to_stop_is_noticed_while_waiting() {
        let begun = Instant::now();
        assert!(
            !SystemPace::default().wait(Duration::from_mins(1), &|| begun.elapsed()
                > Duration::from_millis(20))
        );
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
}
