//! How long and how much.

use std::time::Duration;
use thiserror::Error;

/// The bounds of one request and of the patience around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until the connection stands.
    pub connect: Duration,
    /// Without a byte.
    pub idle: Duration,
    /// One request in all.
    pub total: Duration,
    /// Bytes of an answer, as sent and as unpacked.
    pub bytes: usize,
    /// The first pause before asking again; each later one is twice as long.
    pub pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// The longest wait that a network may ask for with Retry-After; a longer one ends the sync.
    pub retry_after: Duration,
    /// Repeats of one request that was answered with 429 or 5xx.
    pub repeats: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(10),
            total: Duration::from_secs(30),
            bytes: 16 * 1024 * 1024,
            pause: Duration::from_millis(250),
            longest_pause: Duration::from_secs(30),
            retry_after: Duration::from_mins(1),
            repeats: 6,
        }
    }
}

/// A limit that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "“{0}” is not a limit; write such as connect=2000,idle=500,total=3000,pause=10,repeats=3 (milliseconds)"
)]
pub struct LimitsError(String);

impl Limits {
    /// The usual limits with some replaced: `idle=500,pause=10`, in milliseconds (`bytes` and `repeats` are numbers).
    /// For slow lines and for tests.
    ///
    /// # Errors
    /// [`LimitsError`] names what it does not understand.
    pub fn parse(text: &str) -> Result<Self, LimitsError> {
        let mut limits = Self::default();
        for part in text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let refused = || LimitsError(part.to_owned());
            let (name, value) = part.split_once('=').ok_or_else(refused)?;
            let value: u32 = value.trim().parse().map_err(|_| refused())?;
            let time = Duration::from_millis(u64::from(value));
            match name.trim() {
                "connect" => limits.connect = time,
                "idle" => limits.idle = time,
                "total" => limits.total = time,
                "pause" => limits.pause = time,
                "longest_pause" => limits.longest_pause = time,
                "retry_after" => limits.retry_after = time,
                "bytes" => limits.bytes = value as usize,
                "repeats" => limits.repeats = value,
                _ => return Err(refused()),
            }
        }
        Ok(limits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_are_replaced_and_slips_are_named() {
        let limits = Limits::parse("idle=500, repeats=2").unwrap();
        assert_eq!(
            (limits.idle, limits.repeats),
            (Duration::from_millis(500), 2)
        );
        assert_eq!(limits.total, Limits::default().total);
        for bad in ["idle", "idle=soon", "hurry=1"] {
            assert!(Limits::parse(bad).unwrap_err().to_string().contains(bad));
        }
    }
}
