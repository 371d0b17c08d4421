//! French sentences that say the author is paid.

use super::{Spoken, stated};
use crate::lang::Language;
use crate::pattern::{list, one};
use crate::prose::Prose;
use regex::Regex;
use std::sync::LazyLock;

static CLEAR: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    list(
        &[
            (
                "GET",
                r"(?:touche|touchons|touchent|toucherai|toucherons|percois|percevons|percoivent|percoit|percevrai|percevrons|recois|recevons|recoivent|recoit|recevrai|recevrons|gagne|gagnons|gagnent|gagnerai|obtiens|obtenons|encaisse|empoche|(?:peux|pouvons|peut|peuvent|pourrais|pourrions|vais|allons|suis susceptible de|sommes susceptibles de) (?:toucher|percevoir|recevoir|gagner|obtenir))",
            ),
            (
                "WHO",
                r"(?:je|nous|on|les (?:admins|administrateurs|administratrices|moderateurs)|l'auteure?|l'autrice|l'equipe|notre (?:equipe|site|blog|chaine)|ce (?:site|blog|groupe)|cette (?:page|chaine))(?: (?:du|de ce|de cette|de la) \w+)?",
            ),
            (
                "PAY",
                r"(?:commissions?|argent|remuneration|compensation|pourcentage|retribution|paiement|prime|quelque chose|somme)",
            ),
            ("GAP", r"(?:,? [^\s.!?\n]+){0,7}?"),
        ],
        &[
            r"(?-u:\b)WHO(?: (?:aussi|en|y|vous|me|nous))? GETGAP (?:d'|l'|une |de l'|la |des |un )?PAY(?-u:\b)",
            r"(?-u:\b)(?:je suis|je serai|nous sommes|nous serons|on est|les admins sont|les administrateurs sont|etant)(?: [\w']+)? (?:payee?s?|remuneree?s?|retribuee?s?)(?-u:\b)",
            r"(?-u:\b)(?:me|nous|m'|qui me|qui nous) ?(?:reverse|verse|paie|paye|rapporte|remunere|donne|reversent|versent|paient)(?-u:\b)GAP (?:d'|l'|une |de l'|la |des |un )?(?:PAY|chaque|si|quand|lorsque|pour)(?-u:\b)",
            r"(?-u:\b)commissionGAP (?:m'est|nous est|me sera|nous sera) (?:versee|reversee|payee)",
            r"(?-u:\b)commissionGAP (?:pour|a) (?:moi|nous|les admins|les administrateurs)(?-u:\b)",
            r"(?-u:\b)(?:liens?|partenariats?|collaborations?|contenu|publication|recommandation|article|video) (?:affilies? |d'affiliation )?(?:remuneree?s?|payee?s?|sponsoriseee?s?|sponsorisee?s?|commerciale?s?)(?-u:\b)",
            r"(?-u:\b)(?:ceci est|c'est|cet article est|cette video est|ce message est|contient) (?:une |de la |un )?(?:publicite|pub|annonce publicitaire)(?-u:\b)",
        ],
    )
});

static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)demand\w+(?: \S+){0,3} (?:si|pourquoi|comment) ?$|(?-u:\b)(?:ne|n'|n|pas|jamais|aucun|aucune|personne|sans|ni|rien|pensent que|croient que|disent que|non)(?: \S+){0,3} ?$|(?-u:\b)(?:n'|si j'|comme si )$",
    )
});
static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:aucune?|jamais|rien|pas|personne|zero|ne|messages|questions)(?-u:\b)|(?-u:\b)n'",
    )
});
static EXCUSE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:non seulement|pas seulement|sans (?:aucun )?(?:frais|cout|surcout)[^.!?\n]*|mais|cependant|sans que [^.!?\n]*) ?$",
    )
});

/// Clear French words of a text.
pub(super) fn clear(prose: &Prose) -> Vec<Spoken> {
    static NONE: LazyLock<Regex> = LazyLock::new(|| one(r"^\z\w"));
    CLEAR
        .iter()
        .flat_map(|pattern| stated(prose, pattern, Language::French, &NONE))
        .filter(|spoken| {
            let before = prose.before(&spoken.range);
            let words = prose.text[spoken.range.clone()]
                .replace("sans frais", "")
                .replace("pas seulement", "");
            (!DENIED.is_match(super::tail(before)) || EXCUSE.is_match(before))
                && !INSIDE.is_match(&words)
        })
        .collect()
}
