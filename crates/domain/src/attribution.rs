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

#[cfg(test)]
mod tests {
    use super::sub_id_key;

    #[test]
    fn compares_without_case_and_gaps() {
        let key =
            |parts: &[&str]| sub_id_key(&parts.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>());
        assert_eq!(key(&["Blog ", "", "K3F"]), key(&["blog", "k3f"]));
        assert_ne!(key(&["a", "b"]), key(&["ab"]));
    }
}
