//! German sentences that say the author is paid.

use super::{Spoken, stated};
use crate::lang::Language;
use crate::pattern::{list, one};
use crate::prose::Prose;
use regex::Regex;
use std::sync::LazyLock;

const AUTHOR: &str = r"(?:ich|wir|die (?:admins?|administratoren|moderatoren|redaktion|gruppenleitung|autorin|betreiber(?:in)?)|der (?:autor|admin|betreiber|kanal|blog)|das team|unsere? (?:admins|team|redaktion|kanal|blog|verein)|diese[rs]? (?:kanal|blog|seite|gruppe|newsletter))";
const GET: &str = r"(?:erhalte?n?|erhalt|bekomme?n?|bekommt|verdiene?n?|verdient|kriegen?|kriegt|kassieren?|kassiert|beziehen?|bezieht|nehmen?)";
const PAY: &str = r"(?:\w*provision(?:en)?|vergutung|geld|kommission|pramie|entlohnung|bezahlung|honorar|anteil|bonus|etwas|prozente?|werbekostenerstattung|vermittlungsgebuhr|gutschrift)";
/// Up to nine words in between, none of which denies, ends the clause or brings in somebody else.
const GAP: &str = r"(?:,? [^\s.!?\n]+){0,9}?";

static CLEAR: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    list(
        &[("AUTHOR", AUTHOR), ("GET", GET), ("PAY", PAY), ("GAP", GAP)],
        &[
            r"(?-u:\b)AUTHOR(?: [\w-]+){0,2}? GETGAP PAY(?-u:\b)",
            r"(?-u:\b)GET (?:auch |dann |dafur |dabei )?AUTHORGAP PAY(?-u:\b)",
            r"(?-u:\b)AUTHORGAP PAYGAP (?:erhalten?|bekommen?|verdienen?|kriegen?|bekommt|erhalt|verdient)(?-u:\b)",
            r"(?-u:\b)(?:werden? AUTHOR|AUTHOR (?:werden?|wird))GAP (?:bezahlt|vergutet|entlohnt|honoriert|(?:am|an \w+) (?:\w+ )?(?:umsatz|erlos|gewinn|verkauf|verkaufspreis|preis) beteiligt|beteiligt)(?-u:\b)",
            r"(?-u:\b)AUTHORGAP (?:bezahlt|vergutet|entlohnt) (?:werden?|wird|bekommen?)(?-u:\b)",
            r"(?-u:\b)(?:zahlt|zahlen|gibt|bringt|bekommt|uberweist|schuttet) (?:mir|uns|den admins)(?-u:\b)",
            r"(?-u:\b)(?:mir|uns|den admins)GAP PAYGAP (?:zahlt|bezahlt|gezahlt|uberweist|gibt|bringt|einbringt)(?-u:\b)",
            r"(?-u:\b)PAYGAP (?:an|fur) (?:mich|uns|die admins|das team)(?-u:\b)",
            r"(?-u:\b)(?:bezahlte[rsn]?|vergutete[rsn]?) (?:partner|affiliate-?)?(?:links?|partnerschaft|werbung|empfehlung|kooperation|affiliate|partner(?:in)?|werbepartner(?:in)?)(?-u:\b)",
            r"(?-u:\b)(?:werbe-?links?|provisions-?links?)(?-u:\b)",
            r"(?-u:\b)(?:dies(?:er beitrag|es video|e mail|e seite)?|das|beitrag|video|hier) (?:ist|enthalt) (?:eine? )?(?:bezahlte |unbeauftragte )?(?:werbung|anzeige|werbelinks?)(?-u:\b)|^enthalt (?:bezahlte )?werbung|(?-u:\b)\n?enthalt (?:bezahlte )?werbung(?-u:\b)",
            r"(?-u:\b)verdienen? (?:ich|wir)(?: [\w-]+){0,2} (?:daran|mit|dabei|etwas)(?-u:\b)|(?-u:\b)(?:ich|wir) verdienen?(?: [\w-]+){0,3} (?:daran|mit|dabei|wenn)(?-u:\b)",
        ],
    )
});

static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:kein|keine|keinen|keinerlei|nicht|nie|niemals|niemand|ohne|weder|nichts|behaupten|glauben|(?:leute|viele|manche|alle|die|sie) meinen|denken|angeblich|wurde|wurden|hatte|ob)(?: \S+){0,3} ?$",
    )
});

/// A denial within the words themselves, or somebody else as the one who is paid.
static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:kein|keine|keinen|keinerlei|nicht|nie|niemals|niemand|weder|nichts|null|affiliates|partner verdienen|man|du|ihr|andere|fragen|nachrichten|mails|wurde|wurden|hatte)(?-u:\b)",
    )
});

/// Clear German words of a text.
pub(super) fn clear(prose: &Prose) -> Vec<Spoken> {
    CLEAR
        .iter()
        .flat_map(|pattern| stated(prose, pattern, Language::German, &DENIED))
        .filter(|spoken| {
            let words = prose.text[spoken.range.clone()]
                .replace("nicht nur", "")
                .replace("wenn du", "")
                .replace("falls du", "")
                .replace("sobald du", "")
                .replace("wenn ihr", "")
                .replace("falls ihr", "");
            !INSIDE.is_match(&words)
                && !prose.after(&spoken.range).trim_start().starts_with("nicht")
        })
        .collect()
}
