//! Building of the fixed patterns.

use regex::Regex;

/// A pattern of the program's own.
///
/// # Panics
/// On a malformed pattern. Every caller is a constant that the tests compile.
pub(crate) fn one(text: &str) -> Regex {
    match Regex::new(text) {
        Ok(pattern) => pattern,
        Err(error) => unreachable!("a built-in pattern is malformed: {error}"),
    }
}

/// Patterns in which capital names stand for parts.
pub(crate) fn list(parts: &[(&str, &str)], patterns: &[&str]) -> Vec<Regex> {
    patterns
        .iter()
        .map(|text| {
            one(
                &parts.iter().fold((*text).to_owned(), |text, (name, part)| {
                    text.replace(name, part)
                }),
            )
        })
        .collect()
}
