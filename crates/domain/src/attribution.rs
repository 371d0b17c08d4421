//! Which link a reported conversion came through.

/// How sub-IDs are compared: without case and outer space, in order, the empty ones left out.
pub fn sub_id_key(sub_ids: &[String]) -> String {
    let parts: Vec<String> = sub_ids
        .iter()
        .map(|part| part.trim().to_lowercase())
        .filter(|part| !part.is_empty())
        .collect();
    // A unit separator cannot be typed into a sub-ID, so two different lists never look alike.
    parts.join("\u{1f}")
}

/// A rule for ready-made IDs: which sub-IDs of reports it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdPattern {
    text: String,
    begins_open: bool,
    ends_open: bool,
}

impl IdPattern {
    /// Reads a pattern: an ID, with `*` at its beginning or end for anything. Case and outer space do not matter.
    /// None where nothing is left to compare, or a star stands elsewhere.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (rest, begins_open) = text
            .strip_prefix('*')
            .map_or((text.as_str(), false), |r| (r, true));
        let (rest, ends_open) = rest.strip_suffix('*').map_or((rest, false), |r| (r, true));
        let rest = rest.trim();
        (!rest.is_empty() && !rest.contains(['*', '\u{1f}'])).then(|| Self {
            text: rest.to_owned(),
            begins_open,
            ends_open,
        })
    }

    /// Whether one of the parts of a sub-ID key is meant.
    pub fn fits(&self, key: &str) -> bool {
        key.split('\u{1f}')
            .any(|part| match (self.begins_open, self.ends_open) {
                (false, false) => part == self.text,
                (false, true) => part.starts_with(&self.text),
                (true, false) => part.ends_with(&self.text),
                (true, true) => part.contains(&self.text),
            })
    }
}

impl std::fmt::Display for IdPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let star = |open: bool| if open { "*" } else { "" };
        write!(
            f,
            "{}{}{}",
            star(self.begins_open),
            self.text,
            star(self.ends_open)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{IdPattern, sub_id_key};

    #[test]
    fn a_pattern_means_whole_ids_unless_it_is_open() {
        let fits = |pattern: &str, parts: &[&str]| {
            let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            IdPattern::parse(pattern).unwrap().fits(&sub_id_key(&parts))
        };
        assert!(fits("YT-01", &["blog", "yt-01"]));
        assert!(!fits("yt-01", &["yt-012"]));
        assert!(fits("yt-*", &["YT-012"]));
        assert!(fits("*-spring", &["yt-spring"]));
        assert!(fits("*01*", &["yt-012"]));
        for bad in ["", "*", "**", "a*b", " "] {
            assert!(IdPattern::parse(bad).is_none(), "{bad:?}");
        }
        assert_eq!(IdPattern::parse(" YT-* ").unwrap().to_string(), "yt-*");
    }

    #[test]
    fn compares_without_case_and_gaps() {
        let key =
            |parts: &[&str]| sub_id_key(&parts.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>());
        assert_eq!(key(&["Blog ", "", "K3F"]), key(&["blog", "k3f"]));
        assert_ne!(key(&["a", "b"]), key(&["ab"]));
    }
}
