//! The page that documents every rule, made from the registry.

use crate::law::{law, term};
use crate::options::Market;
use crate::registry::registry;
use std::fmt::Write as _;

const HEAD: &str = "# The rules of compliance

<!-- Made from the rules themselves by `cargo xtask bindings`; do not edit. -->

What the checks of texts, pages, keyword lists and mails look for. Rules of the program's terms hold in every market; the
laws that are named beside a finding follow the markets you choose (`--market us,uk,eu`, or the settings of the book).
None of this is legal advice.

An id never changes its meaning. *error* breaks a term or a law as far as the words show, *warning* is worth a look.

";

/// The whole page, in Markdown.
pub fn reference() -> String {
    let mut page = HEAD.to_owned();
    page.push_str("| Rule | Weight | What it demands |\n|---|---|---|\n");
    for rule in registry() {
        let _ = writeln!(
            page,
            "| [`{0}`](#{0}) | {1} | {2} |",
            rule.id,
            rule.severity.word(),
            cell(rule.demands)
        );
    }
    for rule in registry() {
        let _ = write!(
            page,
            "\n## {}\n\n{}\n\n*Why:* {}\n\n*Rests on:*\n\n",
            rule.id, rule.demands, rule.why
        );
        if let Some(term) = term(rule.id) {
            let _ = writeln!(page, "- {term}");
        }
        for market in Market::ALL {
            if let Some(law) = law(rule.id, *market) {
                let bare = law.split_once(": ").filter(|(head, _)| head.len() == 2);
                let law = bare.map_or(law, |(_, law)| law);
                let _ = writeln!(page, "- {}: {law}", market.label());
            }
        }
        let _ = write!(
            page,
            "\nIt objects to:\n\n```text\n{}\n```\n\nIt is content with:\n\n```text\n{}\n```\n",
            rule.bad, rule.good
        );
    }
    page
}

/// A text that fits into a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_part() {
        let page = reference();
        for rule in registry() {
            assert!(page.contains(&format!("\n## {}\n", rule.id)), "{}", rule.id);
            assert!(page.contains(rule.bad) && page.contains(rule.good));
        }
        assert_eq!(page.matches("\n## ").count(), registry().len());
    }

    #[test]
    fn the_page_in_the_docs_is_fresh() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../docs/compliance-rules.md"
        );
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(kept, reference(), "run `cargo xtask bindings`");
    }
}
