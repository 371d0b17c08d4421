//! Short names that are safe in a URL and in a report.

/// Lower case, digits and single hyphens; other letters are kept where they are alphanumeric, the rest separates.
///
/// `"My Blog — Kartra!"` becomes `my-blog-kartra`. Empty where nothing alphanumeric is left.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn keeps_words_and_drops_the_rest() {
        assert_eq!(slug("My Blog — Kartra!"), "my-blog-kartra");
        assert_eq!(slug("  --  "), "");
        assert_eq!(slug("Größe 10"), "größe-10");
    }
}
