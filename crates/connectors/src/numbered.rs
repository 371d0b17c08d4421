//! Lists whose pages have numbers.

/// Pages of one list, by number from 1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Numbered {
    /// Items of the first page; a network may have a smaller limit than the one we ask for.
    first: usize,
}

/// The number of a page at a place.
pub(crate) fn number(place: Option<&str>) -> u64 {
    place.and_then(|place| place.parse().ok()).unwrap_or(1)
}

impl Numbered {
    /// The place of the page after this one, where there may be one. A short first page may be the only one, or be short
    /// for the network's own limit: the second one tells.
    pub(crate) fn next(&mut self, place: Option<&str>, items: usize) -> Option<String> {
        let number = number(place);
        if number == 1 {
            self.first = items;
        }
        (items > 0 && items >= self.first).then(|| (number + 1).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_page_ends_the_list_and_a_short_limit_does_not() {
        let mut pages = Numbered::default();
        assert_eq!(pages.next(None, 20).as_deref(), Some("2"));
        assert_eq!(pages.next(Some("2"), 20).as_deref(), Some("3"));
        assert_eq!(pages.next(Some("3"), 7), None);
        assert_eq!(Numbered::default().next(None, 0), None);
        assert_eq!(
            Numbered::default().next(Some("9"), 3).as_deref(),
            Some("10")
        );
    }
}
