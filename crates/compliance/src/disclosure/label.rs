//! The one-word label: "ad" as the first word, and its like in four more languages.

use super::Spoken;
use crate::lang::Language;
use crate::pattern::one;
use crate::prose::Prose;
use regex::Regex;
use std::sync::LazyLock;

/// What may follow a bare label: a mark, the end of the line or the link itself.
const END: &str = r"(?: ?[:.|,!)\]\-/]| ?[^\x00-\x7f]| ?\x01|\n|$)";

struct Labels {
    language: Option<Language>,
    /// At the start of a line.
    first: Regex,
    /// Anywhere else: a hashtag among others.
    buried: Regex,
}

fn labels(language: Option<Language>, words: &str, more_first: &str) -> Labels {
    Labels {
        language,
        first: one(&format!(
            r"(?m)^(?:subject: ?|betreff: ?|asunto: ?|objet ?: ?|assunto: ?)?[^a-z0-9#(\[\n\x01]*(?:#(?:{words})(?-u:\b)|[(\[] ?#?(?:{words}) ?[)\]]|(?:{words}){END}{more_first})"
        )),
        buried: one(&format!(
            r"#(?:{words})(?-u:\b)|[(\[] ?#?(?:{words}) ?[)\]]"
        )),
    }
}

static LABELS: LazyLock<Vec<Labels>> = LazyLock::new(|| {
    vec![
        labels(
            Some(Language::English),
            "ad|advert|advertisement|advertising|sponsored|sponsored post|sponsored content|paid ad|paid post|paidad|paidpartnership|paid partnership|paid promotion|paid link|paid links",
            r"|ad for kartra|ad [a-z']+",
        ),
        labels(
            Some(Language::German),
            "anzeige|werbung|bezahlte werbung|bezahlte anzeige|bezahltewerbung|werbung wegen affiliate-link|gesponsert|werbeanzeige|dauerwerbesendung",
            "",
        ),
        labels(
            Some(Language::Spanish),
            "publicidad|contenido patrocinado|publi|colaboracion pagada|post patrocinado",
            "",
        ),
        labels(None, "anuncio|patrocinado|patrocinada", ""),
        labels(
            Some(Language::French),
            "publicite|pub|sponsorise|sponsorisee|collaboration commerciale|collaborationcommerciale|annonce publicitaire|partenariat remunere|partenariatremunere|contenu sponsorise",
            "",
        ),
        labels(
            Some(Language::Portuguese),
            "publicidade|publipost|conteudo patrocinado|parceria paga|propaganda|publieditorial|parceriapaga",
            "",
        ),
    ]
});

/// "Ad spend is rising" begins with the word and is no label.
static OTHER_AD: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"ad (?:spend|spends|spending|blockers?|blocking|campaigns?|copy|copies|accounts?|managers?|sets?|budgets?|networks?|revenue|agency|agencies|tech|hoc|creatives?|costs?|platforms?|tracking|clicks?|testing|tests?|free|fatigue|rates?|prices?|nauseam|targeting|formats?|groups?|and|or|is|are|was|were|of|to|in|on|that|which|space|traffic|words|libraries|library|results?|performance|buying|breaks?|infinitum|images?|ideas?|sales|markets?|policies|policy|the|has|have|had|men|man|people|design|designs|templates?)$",
    )
});

/// Every label of a text, first in a line or buried.
pub(super) fn find(prose: &Prose) -> Vec<Spoken> {
    let mut found = Vec::new();
    for labels in LABELS.iter() {
        for range in prose.unquoted(&labels.first) {
            let words = &prose.text[range.clone()];
            if !OTHER_AD.is_match(words) && !denied(prose, range.end, words) {
                found.push(Spoken {
                    range,
                    language: labels.language,
                    buried: false,
                    label: true,
                });
            }
        }
        for range in prose.unquoted(&labels.buried) {
            if found
                .iter()
                .any(|spoken| spoken.range.start <= range.start && range.end <= spoken.range.end)
            {
                continue;
            }
            let before = prose.before(&range).trim_end();
            if before.ends_with("not")
                || before.ends_with("no")
                || before.ends_with("kein")
                || before.ends_with("keine")
            {
                continue;
            }
            // In brackets right before the link it is the link's own label.
            let rest = prose.text[range.end..].trim_start_matches([':', ' ', '-', '>', '|']);
            let at_link = prose.text[range.clone()].starts_with(['(', '['])
                && rest.starts_with(crate::prose::LINK);
            found.push(Spoken {
                range,
                language: labels.language,
                buried: !at_link,
                label: true,
            });
        }
    }
    found
}

/// "Advertising? No." and "Werbung: nein".
fn denied(prose: &Prose, end: usize, words: &str) -> bool {
    let rest = prose.text[end..].trim_start_matches([' ', ':', '?', '-']);
    let none = ["no,", "no.", "none", "nein", "keine", "non", "nao", "not "]
        .iter()
        .any(|word| rest.starts_with(word));
    none && words.ends_with([':', '-', '?']) || rest.starts_with("? no")
}
