//! A commercial mail without a postal address.

use crate::pattern::one;
use crate::rule::{Finding, RuleInfo, Severity};
use regex::Regex;
use std::sync::LazyLock;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "spam-no-postal-address",
    pack: "law-us",
    severity: Severity::Error,
    demands: "A commercial mail names the sender's postal address, or the merge tag your mailer fills with it.",
    why: "Readers must be able to tell who writes to them.",
    source: "CAN-SPAM Act, 15 U.S.C. 7704(a)(5)(A)(iii); Kartra affiliate terms (S1): no junk mail",
    bad: "Subject: News\n\nTry Kartra. Unsubscribe: {{unsubscribe}}",
    good: "Subject: News\n\nTry Kartra. Jane Doe, 12 Main Street, Springfield, IL 62701. Unsubscribe: {{unsubscribe}}",
};

static ADDRESS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // merge tags
        r"(?i)(?:\{\{?|\[\[?|%%?|\*\|)[^}\]%|\n]{0,40}?(?:address|postal|adresse|anschrift|direccion|endereco)[^}\]%|\n]{0,40}?(?:\}\}?|\]\]?|%%?|\|\*)",
        // P.O. boxes
        r"(?i)\b(?:p\.? ?o\.? ?box|post office box|postfach|apartado(?: de correos| postal)?|bo[iî]te postale|b\.?p\.?|caixa postal|c\.?p\.?)[ :#]*[0-9]{1,6}\b",
        r"(?i)\bPMB [0-9]+",
        // number and street
        r"(?i)\b[0-9]{1,6}[a-z]?(?:[-/][0-9]+)?,? (?:[nsew]\.? |north |south |east |west )?(?:[\p{L}0-9.'’-]+ ){0,4}?(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|way|court|ct|circle|cir|place|pl|square|sq|terrace|parkway|pkwy|highway|hwy|row|close|crescent|gardens|mews|quay|walk|broadway|trail|loop|alley|plaza|hill|wharf|park)\b\.?(?:,|\n| \(|\s+(?:suite|ste|apt|unit|floor|fl|#|[A-Z\p{Lu}][\p{L}]+)|\s*[·|•–-]|\.|$)",
        r"\b[0-9]{1,5}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|all[ée]e|impasse|route|quai|cours|passage|square) (?:d['’u]|de |des |du |la |le |les )?[\p{L}]",
        r"(?i)\b[\p{L}.-]*(?:stra(?:ß|ss)e|str\.|weg|gasse|platz|allee|ring|damm|ufer|chaussee|steig|markt|hof|berg|graben|promenade|pfad)\s+[0-9]{1,4} ?[a-z]?\b",
        r"(?i)\b(?:(?:große|kleine|alte|neue|am|an der|an den|auf der|im|in der|zum|zur|unter den)\s+)[\p{L}-]+(?:\s+[\p{L}-]+)?\s+[0-9]{1,4} ?[a-z]?,?\s+[0-9]{4,5}\b",
        r"(?i)\b(?:calle|c/|avenida|avda?\.?|plaza|paseo|p\.º|camino|carretera|ronda|rua|r\.|av\.|travessa|alameda|pra[çc]a|largo|estrada|rodovia|via|viale|piazza)\s+(?:[\p{L}.'ºª-]+[ ,]+){1,6}?(?:n[.º°]*\s*|no\.?\s*|s/n)?[0-9]{1,5}",
        // postal code with a town
        r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b",
        r"\b[\p{Lu}][\p{L}. ]+, ?[A-Z]{2},? [0-9]{5}(?:-[0-9]{4})?\b",
        r"\b[0-9]{5}-[0-9]{3}\b",
        r"\b[0-9]{4}-[0-9]{3} [\p{Lu}]",
        r"(?:^|[,\n·|•–-]\s*)(?:D-|A-|CH-|F-|E-)?[0-9]{5} [\p{Lu}][\p{L}]+",
    ]
    .iter()
    .map(|text| one(text))
    .collect()
});

/// Judges the body of a mail.
pub(crate) fn check(body: &str, out: &mut Vec<Finding>) {
    if ADDRESS.iter().any(|pattern| pattern.is_match(body)) {
        return;
    }
    out.push(Finding::of(
        &RULE,
        "This mail names no postal address of its sender.",
        "Add your name and postal address at the end, or your mailer's merge tag for it.",
    ));
}
