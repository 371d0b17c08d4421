//! Amounts as reports write them.

use perennial_domain::{Currency, Money, MoneyError};
use thiserror::Error;

/// The largest amount of one row, in units: what is more is a slip, and sums must stay in the book's range.
const LARGEST: i64 = 10_000_000_000;

/// Which mark stands before the decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decimal {
    /// `1,234.56`
    #[default]
    Point,
    /// `1.234,56`
    Comma,
}

impl Decimal {
    /// The mark.
    pub fn mark(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// The mark of a text.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "." | "point" => Some(Self::Point),
            "," | "comma" => Some(Self::Comma),
            _ => None,
        }
    }

    fn thousands(self) -> char {
        match self {
            Self::Point => ',',
            Self::Comma => '.',
        }
    }

    /// What amounts of a file show, by majority; a point where they show nothing.
    pub(super) fn of<'a>(amounts: impl Iterator<Item = &'a str>) -> Self {
        let mut commas: i64 = 0;
        for amount in amounts {
            commas += match (amount.rfind('.'), amount.rfind(',')) {
                (Some(point), Some(comma)) => {
                    if comma > point {
                        1
                    } else {
                        -1
                    }
                }
                (None, Some(_)) => shown_by(amount, ','),
                (Some(_), None) => -shown_by(amount, '.'),
                (None, None) => 0,
            };
        }
        if commas > 0 { Self::Comma } else { Self::Point }
    }
}

/// Which mark stands between thousands, where it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thousands {
    /// None at all.
    None,
    /// This one and no other; a space stands for every kind of space.
    Mark(char),
}

impl Thousands {
    /// The mark of a word: `,`, `.`, `'`, `space` or `none`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "none" => Some(Self::None),
            "space" | " " => Some(Self::Mark(' ')),
            "," | "." | "'" => text.chars().next().map(Self::Mark),
            _ => None,
        }
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Mark(',') => ",",
            Self::Mark('.') => ".",
            Self::Mark('\'') => "'",
            Self::Mark(_) => "space",
        }
    }

    /// What amounts of a file show; none where no amount has one.
    pub(super) fn of<'a>(amounts: impl Iterator<Item = &'a str>, decimal: Decimal) -> Self {
        for amount in amounts {
            if let Some(mark) = marks(amount, decimal).next() {
                return Self::Mark(mark);
            }
        }
        Self::None
    }

    /// Whether an amount has no other mark between its digits.
    pub(super) fn allows(self, amount: &str, decimal: Decimal) -> bool {
        match self {
            Self::None => marks(amount, decimal).next().is_none(),
            Self::Mark(mark) => marks(amount, decimal).all(|other| other == mark),
        }
    }
}

/// Marks between digits that are not the decimal mark.
fn marks(amount: &str, decimal: Decimal) -> impl Iterator<Item = char> {
    let within = |(before, rest): (char, &str)| {
        let mut rest = rest.chars();
        let mark = match rest.next()? {
            '’' => '\'',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        let digits = before.is_ascii_digit() && rest.next().is_some_and(|c| c.is_ascii_digit());
        (digits && matches!(mark, ',' | '.' | '\'' | ' ') && mark != decimal.mark()).then_some(mark)
    };
    amount
        .char_indices()
        .filter_map(move |(at, c)| within((c, amount.get(at + c.len_utf8()..)?)))
        .collect::<Vec<_>>()
        .into_iter()
}

/// 1 where the mark must stand before decimals, -1 where it must stand between thousands, 0 where it may be either.
fn shown_by(amount: &str, mark: char) -> i64 {
    let digits: String = amount
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == mark)
        .collect();
    let parts: Vec<&str> = digits.split(mark).collect();
    match parts.as_slice() {
        [whole, rest]
            if rest.len() != 3 || whole.len() > 3 || whole.starts_with('0') || whole.is_empty() =>
        {
            1
        }
        [_, _] => 0,
        _ => -1,
    }
}

/// Why a cell was refused as an amount; each holds the cell.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Anything else than an amount.
    #[error("“{0}” is not an amount")]
    NotAnAmount(String),
    /// More than six decimals.
    #[error("“{0}” is finer than a millionth")]
    TooFine(String),
    /// More than one row can plausibly hold.
    #[error("“{0}” is too large")]
    TooLarge(String),
}

/// Reads an amount: `-1,234.50`, `$12.30`, `(5.00)`, `5.00-`, `1 234,50 €`, `USD 3`.
///
/// # Errors
/// See [`AmountError`].
pub fn parse_amount(
    text: &str,
    decimal: Decimal,
    currency: Currency,
) -> Result<Money, AmountError> {
    let cell = || text.trim().to_owned();
    let refused = || AmountError::NotAnAmount(cell());
    let mut rest = text.trim();
    let mut negative = false;
    if let Some(inner) = rest
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        (rest, negative) = (inner.trim(), true);
    }
    let mut digits = String::with_capacity(rest.len());
    let mut signs = 0;
    let mut word = String::new();
    for c in rest.chars() {
        match c {
            '0'..='9' | '.' | ',' => digits.push(c),
            '-' | '−' | '–' => {
                negative = !negative;
                signs += 1;
            }
            '+' => signs += 1,
            '$' | '€' | '£' | '¥' | '₹' | '\'' | '’' => {}
            c if c.is_whitespace() => {}
            c if c.is_alphabetic() => word.push(c),
            _ => return Err(refused()),
        }
    }
    let signed = rest.starts_with(['-', '−', '–', '+'])
        || rest.ends_with(['-', '−', '–'])
        || sign_after_symbol(rest);
    if signs > 1 || (signs == 1 && !signed) || !word_fits(&word, currency) || !ends_plain(rest) {
        return Err(refused());
    }
    let plain = plain(&digits, decimal).ok_or_else(refused)?;
    let amount = Money::parse(&plain, currency).map_err(|error| match error {
        MoneyError::TooFine(_) => AmountError::TooFine(cell()),
        MoneyError::TooLarge => AmountError::TooLarge(cell()),
        _ => refused(),
    })?;
    if amount.amount().abs() > LARGEST.into() {
        return Err(AmountError::TooLarge(cell()));
    }
    Ok(if negative { amount.negated() } else { amount })
}

/// `$-5.00` and `USD -5.00`.
fn sign_after_symbol(text: &str) -> bool {
    let after = text.trim_start_matches(|c: char| {
        c.is_alphabetic() || "$€£¥₹".contains(c) || c.is_whitespace()
    });
    after.starts_with(['-', '−', '–', '+'])
}

/// Digits stand together: `1 2 3` is no amount, `1 234 567` is one.
fn ends_plain(text: &str) -> bool {
    let groups: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '\'' || c == '’')
        .filter(|part| part.contains(|c: char| c.is_ascii_digit()))
        .collect();
    let leading = |part: &str| part.chars().take_while(char::is_ascii_digit).count();
    groups.iter().skip(1).all(|part| leading(part) == 3)
}

/// A word in an amount can only be its currency.
fn word_fits(word: &str, currency: Currency) -> bool {
    word.is_empty()
        || word.eq_ignore_ascii_case(currency.code())
        || (word == "US" && currency == Currency::USD)
}

/// The amount with a point and no marks between thousands; none where the marks do not stand where they may.
fn plain(digits: &str, decimal: Decimal) -> Option<String> {
    let (whole, fraction) = match digits.split_once(decimal.mark()) {
        Some((_, rest)) if rest.contains([decimal.mark(), decimal.thousands()]) => return None,
        Some((whole, rest)) => (whole, Some(rest)),
        None => (digits, None),
    };
    let groups: Vec<&str> = whole.split(decimal.thousands()).collect();
    if let [first, middle @ .., last] = groups.as_slice() {
        let first_fits = (1..=3).contains(&first.len());
        // Two digits between: 12,34,567.00 as written in India.
        let middle_fits = middle.iter().all(|group| group.len() == 3)
            || middle.iter().all(|group| group.len() == 2);
        if !first_fits || !middle_fits || last.len() != 3 {
            return None;
        }
    }
    let mut plain = groups.concat();
    if plain.is_empty() {
        fraction.filter(|fraction| !fraction.is_empty())?;
        plain.push('0');
    }
    if let Some(fraction) = fraction.filter(|fraction| !fraction.is_empty()) {
        plain.push('.');
        plain.push_str(fraction);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, decimal: Decimal) -> Result<String, AmountError> {
        parse_amount(text, decimal, Currency::USD).map(Money::to_plain)
    }

    #[test]
    fn reads_what_reports_write() {
        for (text, amount) in [
            ("39.60", "39.60"),
            ("$1,234.5", "1234.50"),
            ("-$5", "-5.00"),
            ("$-5", "-5.00"),
            ("(5.00)", "-5.00"),
            ("5.00-", "-5.00"),
            ("−5", "-5.00"),
            ("1.234", "1.234"),
            (".5", "0.50"),
            ("USD 12", "12.00"),
            ("12,34,567.00", "1234567.00"),
            ("1 234 567.10", "1234567.10"),
        ] {
            assert_eq!(read(text, Decimal::Point).as_deref(), Ok(amount), "{text}");
        }
        assert_eq!(read("1.234,5", Decimal::Comma).as_deref(), Ok("1234.50"));
        assert_eq!(read("12,30", Decimal::Comma).as_deref(), Ok("12.30"));
    }

    #[test]
    fn refuses_what_it_would_have_to_guess() {
        for text in [
            "",
            "-",
            "abc",
            "1.2.3",
            "12,34",
            "1e3",
            "1 2",
            "--5",
            "5-5",
            "EUR 5",
            "0.0000001",
            "NaN",
            "1,2345",
            "99999999999",
        ] {
            assert!(read(text, Decimal::Point).is_err(), "{text}");
        }
        assert!(
            read("0.0000001", Decimal::Point)
                .unwrap_err()
                .to_string()
                .contains("millionth")
        );
    }

    #[test]
    fn tells_the_decimal_mark() {
        let of = |amounts: &[&str]| Decimal::of(amounts.iter().copied());
        assert_eq!(of(&["1,234", "5.10"]), Decimal::Point);
        assert_eq!(of(&["12,30", "1.234,00"]), Decimal::Comma);
        assert_eq!(of(&["0,123"]), Decimal::Comma);
        assert_eq!(of(&["1.234.567"]), Decimal::Comma);
        assert_eq!(of(&["1.234"]), Decimal::Point);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC*") {
            let _ = read(&text, Decimal::Point);
            let _ = read(&text, Decimal::Comma);
        }

        #[test]
        fn every_amount_comes_back(micros in -9_999_999_999_999_999_i64..9_999_999_999_999_999) {
            let money = Money::from_micros(micros, Currency::USD);
            prop_assert_eq!(parse_amount(&money.to_plain(), Decimal::Point, Currency::USD), Ok(money));
        }
    }
}
