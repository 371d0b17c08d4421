//! What differs between the terms of two days.

use super::{Provenance, TermKey, Terms};

/// One term that two days say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The term.
    pub key: TermKey,
    /// What held on the first day, where anything was said.
    pub before: Option<Provenance>,
    /// What holds on the second day, where anything is said.
    pub after: Option<Provenance>,
}

/// The terms whose values differ, in the order of [`TermKey::ALL`]. A value that is merely written otherwise (`0.40` for
/// `40%`) is no difference.
pub fn differences(before: &Terms, after: &Terms) -> Vec<Change> {
    TermKey::ALL
        .iter()
        .filter_map(|key| {
            let (old, new) = (before.provenance.get(key), after.provenance.get(key));
            let value =
                |from: Option<&Provenance>| from.and_then(|from| key.check(&from.text).ok());
            (value(old) != value(new)).then(|| Change {
                key: *key,
                before: old.cloned(),
                after: new.cloned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{TermsVersion, terms_on};

    #[test]
    fn only_what_means_something_else_is_a_difference() {
        let version = |from: &str, values: &[(TermKey, &str)]| TermsVersion {
            from: from.parse().unwrap(),
            version: from.to_owned(),
            source: String::new(),
            note: String::new(),
            own: false,
            values: values.iter().map(|(k, v)| (*k, (*v).to_owned())).collect(),
        };
        let versions = [
            version(
                "2021-01-01",
                &[
                    (TermKey::Currency, "USD"),
                    (TermKey::DirectRate, "40%"),
                    (TermKey::HoldDays, "45"),
                ],
            ),
            version(
                "2022-01-01",
                &[
                    (TermKey::DirectRate, "0.40"),
                    (TermKey::HoldDays, "30"),
                    (TermKey::MinSales, "3"),
                ],
            ),
        ];
        let on = |day: &str| terms_on(&versions, &[], day.parse().unwrap()).unwrap();
        let mut before = on("2021-06-01");
        before.provenance.remove(&TermKey::MinSales);
        let found = differences(&before, &on("2022-06-01"));
        let keys: Vec<TermKey> = found.iter().map(|change| change.key).collect();
        assert_eq!(keys, [TermKey::HoldDays, TermKey::MinSales]);
        assert_eq!(found[1].before, None);
    }
}
