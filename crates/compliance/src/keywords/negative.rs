//! Negative keywords: which searches they block, and which to propose.

use super::list::MatchType;

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

/// Whether a negative keyword blocks a search. Negatives match words as they stand, without variants.
pub fn blocks(kind: MatchType, negative: &str, search: &str) -> bool {
    let negative = words(negative);
    let search = words(search);
    if negative.is_empty() {
        return false;
    }
    match kind {
        MatchType::Exact => negative == search,
        MatchType::Phrase => search
            .windows(negative.len())
            .any(|window| window == negative),
        MatchType::Broad => negative.iter().all(|word| search.contains(word)),
    }
}

/// Negatives that, with the list's own, block every flagged search and no clean one.
pub(super) fn propose(
    flagged: &[(String, String)],
    clean: &[String],
    own: &[(MatchType, String)],
) -> Vec<String> {
    let mut chosen: Vec<(MatchType, String)> = Vec::new();
    for (search, part) in flagged {
        let blocked = |(kind, text): &(MatchType, String)| blocks(*kind, text, search);
        if own.iter().any(blocked) || chosen.iter().any(blocked) {
            continue;
        }
        let lower = words(search).join(" ");
        let phrase = whole_words(&lower, &part.to_lowercase());
        let harmless = |kind, text: &str| !clean.iter().any(|other| blocks(kind, text, other));
        let pick = if !phrase.is_empty()
            && blocks(MatchType::Phrase, &phrase, search)
            && harmless(MatchType::Phrase, &phrase)
        {
            (MatchType::Phrase, phrase)
        } else {
            (MatchType::Exact, lower)
        };
        chosen.push(pick);
    }
    let mut out: Vec<String> = Vec::new();
    for (at, (kind, text)) in chosen.iter().enumerate() {
        // A later, wider one may make an earlier one needless.
        let needless = chosen.iter().enumerate().any(|(other, (wider, phrase))| {
            other != at
                && *wider == MatchType::Phrase
                && phrase != text
                && blocks(*wider, phrase, text)
        });
        if !needless {
            out.push(if *kind == MatchType::Exact {
                format!("[{text}]")
            } else {
                format!("\"{text}\"")
            });
        }
    }
    out
}

/// The words of a search that hold a part of it, in full.
fn whole_words(search: &str, part: &str) -> String {
    let Some(at) = search.find(part) else {
        return String::new();
    };
    let start = search[..at].rfind(' ').map_or(0, |i| i + 1);
    let end = search[at + part.len()..]
        .find(' ')
        .map_or(search.len(), |i| at + part.len() + i);
    search[start..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, check_keywords, keywords::read};

    #[test]
    fn negatives_block_the_flagged_and_nothing_else() {
        let text = "[kartra]\n\"kartra pricing\"\nbest k a r t r a alternative\nmykartra login\nkatra crm\nkatra hotels\nfunnel builder\n+kartra's +app\ngo kart racing\n-kartra jobs\n";
        let report = check_keywords(text, &Options::default());
        assert_eq!(report.findings.len(), 6);
        let negatives = read(&report.negatives.join("\n"));
        let flagged: Vec<usize> = report.findings.iter().filter_map(|f| f.line).collect();
        for keyword in read(text).iter().filter(|k| !k.negative) {
            let blocked = negatives
                .iter()
                .any(|n| blocks(n.kind, &n.search, &keyword.search));
            assert_eq!(
                blocked,
                flagged.contains(&keyword.line),
                "{keyword:?} {:?}",
                report.negatives
            );
        }
    }
}
