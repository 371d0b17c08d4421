//! A paid link and no words that say so.

use crate::disclosure::{self, Late, Vague, Verdict};
use crate::lang::{self, Language};
use crate::library;
use crate::options::Options;
use crate::packs::law_us::{disclosure_not_prominent, disclosure_unclear};
use crate::pattern::one;
use crate::reading::{Link, Pays, Reading};
use crate::rule::{Finding, RuleInfo, Severity};
use perennial_domain::channel::ChannelKind;
use regex::Regex;
use std::sync::LazyLock;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "disclosure-missing",
    pack: "kartra",
    severity: Severity::Error,
    demands: "Wherever a link pays you, say so: that you are paid when somebody buys.",
    why: "Readers weigh a recommendation differently when its author is paid for it; the program's terms and the law both ask for it.",
    source: "Kartra affiliate terms (S1): show the affiliate disclosure everywhere you promote; FTC 16 CFR 255.5",
    bad: "I moved everything to Kartra: https://try.kartra.com/abc",
    good: "I earn a commission if you buy through this link. I moved everything to Kartra: https://try.kartra.com/abc",
};

/// Judges the disclosure; at most one finding of the three disclosure rules.
pub(crate) fn check(
    reading: &Reading,
    channel: ChannelKind,
    options: &Options,
    out: &mut Vec<Finding>,
) {
    let paid = first(reading, Pays::Surely);
    let (span, at, severity) = match paid {
        Some(link) => (link.span, link.at, Severity::Error),
        None => match possible(reading, options) {
            Some((span, at)) => (span, at, Severity::Warning),
            None => return,
        },
    };
    let mut verdict = disclosure::judge(&reading.prose, at, &reading.zones, reading.assumed);
    let mut place = None;
    if matches!(verdict, Verdict::Missing | Verdict::Unclear(..)) {
        // Clear words that are there but not shown are found in the wrong place, not absent.
        for (flow, prose, why) in &reading.hidden {
            if let Some(range) = disclosure::spoken(prose) {
                place = Some(prose.span(flow, &range));
                verdict = Verdict::Late(range, *why);
                break;
            }
        }
    }
    let language = lang::detect(&reading.prose.text, &(0..0))
        .or(reading.assumed)
        .unwrap_or(Language::English);
    let wording = library::wording(channel, language, library::Length::Short);
    let finding = match verdict {
        Verdict::Clear(_) => return,
        Verdict::Missing => missing(severity, span, wording),
        Verdict::Late(range, why) => {
            let place = place.unwrap_or_else(|| reading.span(&range));
            disclosure_not_prominent::finding(why, place, wording)
        }
        Verdict::Unclear(range, why) => {
            disclosure_unclear::finding(why, reading.span(&range), wording)
        }
    };
    out.push(finding.weighing(severity));
}

fn missing(severity: Severity, span: (usize, usize), wording: &str) -> Finding {
    let message = if severity == Severity::Error {
        "This link pays you, and nothing here says so."
    } else {
        "This may be a link or a code that pays you, and nothing here says so."
    };
    Finding::of(
        &RULE,
        message,
        format!("Put this before the link: {wording}"),
    )
    .at(span)
}

/// The first link of a sort, a visible one before all others.
fn first(reading: &Reading, pays: Pays) -> Option<&Link> {
    let links = || reading.links.iter().filter(move |link| link.pays == pays);
    links().find(|link| link.visible).or_else(|| links().next())
}

static CODE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:(?:my|our|promo|discount|coupon|voucher|with|use|enter|apply) (?:my |our |the |this |discount |promo |coupon |voucher )*code:? ?[a-z]*[0-9a-z]+|code:? [a-z]{2,}[0-9]{1,3}(?-u:\b)|(?:mit|meinem|meinen|unserem|nutze)(?: dem| den| meinem| meinen)? (?:rabatt|gutschein)?-?code|(?:con|usa|usando|usad) (?:mi |el )?codigo|(?:mi|meu) (?:codigo|cupom)|(?:com|use|usa) (?:o |meu |o meu )?(?:codigo|cupom)|(?:avec|utilisez) (?:mon |le )?code|mon code)",
    )
});
static BIO: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:link|links|enlace|lien|url)s? (?:is |are |esta |est |ist |ta |no |na |en |in |dans |im |ao |el )*(?:in |en |na |no |dans |im |in der |in meiner |in my |in the |mi |ma |la |minha )*(?:bio|biografia|profile|profil|perfil|first comment|erster kommentar|ersten kommentar|primer comentario|premier commentaire|primeiro comentario)(?-u:\b)|(?-u:\b)(?:dm|message|pm) me for (?:the |my )?link|(?-u:\b)bio link(?-u:\b)",
    )
});
static PROMOTES: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:favou?rite|love|trial|discount|off|deal|sign up|tool|software|recommend|rabatt|testen|prueba|descuento|essai|desconto|teste)(?-u:\b)|%",
    )
});

/// A short link, a discount code or a link in the bio that may pay; only where the program or an offer is named.
fn possible(reading: &Reading, options: &Options) -> Option<((usize, usize), usize)> {
    let prose = &reading.prose;
    let named = options
        .pack
        .brands
        .iter()
        .any(|brand| prose.text.contains(brand.as_str()));
    let promoted = named || PROMOTES.is_match(&prose.text);
    let short = first(reading, Pays::Maybe).filter(|_| named);
    if let Some(link) = short {
        return Some((link.span, link.at));
    }
    if reading.markup {
        return None;
    }
    let code = named.then(|| prose.unquoted(&CODE).next()).flatten();
    let bio = promoted.then(|| prose.unquoted(&BIO).next()).flatten();
    let range = code.or(bio)?;
    let before = prose.before(&range);
    let denied = ["no ", "not ", "without ", "kein ", "sin ", "sans ", "sem "]
        .iter()
        .any(|word| before.ends_with(word));
    (!denied).then(|| (reading.span(&range), range.start))
}

/// What is wrong with a place, for the messages of the sibling rule.
pub(crate) fn place_message(why: Late) -> String {
    format!("The disclosure {}.", why.phrase())
}

/// Why words are not understood, for the messages of the sibling rule.
pub(crate) fn vague_message(why: Vague) -> &'static str {
    match why {
        Vague::Words => "These words do not tell a reader that you are paid.",
        Vague::Language(_) => "The disclosure is in another language than the text.",
    }
}
