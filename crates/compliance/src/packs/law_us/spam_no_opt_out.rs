//! A commercial mail without a way out.

use crate::pattern::one;
use crate::rule::{Finding, RuleInfo, Severity};
use regex::Regex;
use std::sync::LazyLock;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "spam-no-opt-out",
    pack: "law-us",
    severity: Severity::Error,
    demands: "A commercial mail tells readers how to get off the list, by a link, a reply or your mailer's merge tag.",
    why: "The law asks for a working way out, honoured within ten business days.",
    source: "CAN-SPAM Act, 15 U.S.C. 7704(a)(3) and (5); Kartra affiliate terms (S1): no junk mail",
    bad: "Subject: News\n\nTry Kartra. Jane Doe, 12 Main Street, Springfield, IL 62701",
    good: "Subject: News\n\nTry Kartra. Jane Doe, 12 Main Street, Springfield, IL 62701. Unsubscribe: {{unsubscribe}}",
};

static WAY_OUT: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // merge tags and addresses
        r"(?i)(?:\{\{?|\[\[?|%%?|\*\||<)[^}\]%|\n>]{0,40}?(?:unsub|opt.?out|abmeld|abbestell|baja|desinscri|désabonn|desabonn|descadastr|preferences|subscription)[^}\]%|\n>]{0,60}?(?:\}\}?|\]\]?|%%?|\|\*|>)",
        r"(?i)https?://\S*(?:unsub|opt-?out|abmeld|abbestell|/baja|desinscri|desabonn|descadastr|cancelar|[/=?](?:remove|leave|sign-?off|stop-?mail|email-?preferences|manage-?(?:sub|pref|mail))\w*)",
        // instructions
        r"(?i)\b(?:unsubscribe|opt[ -]?out|(?:leave|quit|sign off|come off|drop off|step off) (?:from )?(?:this|the|my|our|these) (?:mailing )?(?:list|newsletter|mails|emails|letters)|stop (?:getting|receiving) (?:these|this|my|our|such)|(?:get|take me|remove (?:me|yourself)|be removed|be taken) off|remove (?:me|yourself|your address)|be removed)\b[^.!?\n]{0,50}?(?:here|link|button|https?:|www\.|:|click|reply|any ?time|below|from (?:this|my|our|the)|with one click|in one click|\{|\[|<|\|)",
        r"(?i)(?:click|tap|press|reply|use|follow|hit|go|write|answer|respond|send|to|can|may|want to|wish to|like to|please|would rather|you'd rather|rather|mail)\b[^.!?\n]{0,60}?\b(?:unsubscribe|opt[ -]?out|stop|remove|leave (?:this|the|my|our) list|be removed)\b",
        r"(?im)^\W*(?:unsubscribe|opt[ -]?out|abmelden|abbestellen|newsletter abbestellen|darse de baja|darme de baja|se désabonner|se désinscrire|désabonnement|désinscription|descadastrar|cancelar (?:a )?(?:inscrição|assinatura|suscripción)|manage (?:your )?(?:preferences|subscription)|remover inscrição|baja)\W*$",
        r"(?i)\b(?:no longer (?:interested|want)|(?:would|'d) rather not|prefer not|no more (?:of )?(?:these|mails|emails|e-mails)|not (?:for you|your thing)|don't want|do not want|not interested|had enough|too many)\b[^\n]{0,80}?\b(?:unsubscribe|opt[ -]?out|stop|here|reply|click|remove)\b",
        r"(?i)\bunsubscribe\b\s*(?:\||·|•|-|–|$)",
        r"(?i)\b(?:reply|answer|respond|antworte\w*|responde|réponde[zr]|responda)\b[^.!?\n]{0,40}(?:stop|unsubscribe|remove|abmelden|baja|sair|off\b)",
        // German
        r"(?i)\b(?:abmelden|abbestellen|austragen|abmeldung|abmeldelink|abbestellung)\b[^.!?\n]{0,60}?(?:hier|link|klick|https?:|:|jederzeit|\{|\[)|(?i)\b(?:hier|link|klick\w*|jederzeit|kannst|können|möchtest|willst|zum|zur)\b[^.!?\n]{0,70}?\b(?:abmelden|abbestellen|austragen|abmeldung|abbestellung|ab)\b",
        // Spanish and Portuguese
        r"(?i)\b(?:dar(?:te|se|me)? de baja|date de baja|cancela(?:r)? (?:tu|la|a|sua|o) (?:suscripci[oó]n|inscri[cç][aã]o|assinatura|recebimento)|desuscrib\w+|anular (?:tu|la) suscripci[oó]n|descadastr\w+|desinscrev\w+|sair d(?:a|esta) lista|deixar de receber|dejar de recibir|cancelar (?:aqu[ií]|inscri[cç][aã]o|assinatura))",
        // French
        r"(?i)\b(?:(?:vous|te|se|me) ?d[eé](?:sabonn|sinscri)\w+|d[eé]sabonne[zr]|d[eé]sinscri(?:re|vez|ption)|ne plus recevoir|lien de d[eé]sabonnement|d[eé]sabonnement)",
    ]
    .iter()
    .map(|text| one(text))
    .collect()
});

static NONE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?i)(?:\b(?:no way|not possible|impossible|cannot|can't|can not|don't|do not|never|there is no|there's no|without|won't be able|unable|please don't|nicht|kein\w*|niemals|no (?:puedes|se puede|es posible|hay)|não (?:é possível|pode|dá|há)|ne pouvez pas|impossible de|pas possible|aucun)\b[^.!?\n]{0,30}$)",
    )
});
static TALK: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?i)\b(?:unsubscribe|opt[ -]?out|abmelde|abmeldungs|désabonnement)[ -]?(?:rate|rates|quote|s\b|requests? (?:fell|dropped|rose)|page builder|pages? (?:builder|for)|taux)|(?:your|deine?|tus|vos|seus) (?:subscribers?|readers?|customers?|contacts?|list|abonnenten|kunden|suscriptores|abonnés|assinantes|leads)\b[^.!?\n]{0,40}$|\b(?:people|subscribers|folks|half of them|some|many|they|who|nobody|lets|handles|manages|fewer|abonnenten|leute|why|taux de)\b[^.!?\n]{0,30}$",
    )
});

/// Judges the body of a mail.
pub(crate) fn check(body: &str, out: &mut Vec<Finding>) {
    let way_out = WAY_OUT.iter().any(|pattern| {
        pattern.find_iter(body).any(|found| {
            // No sentence is longer than this; without a bound, a mail without full stops would cost its square.
            let low = body.floor_char_boundary(found.start().saturating_sub(400));
            let line = body[low..found.start()]
                .rfind(['.', '!', '?', '\n'])
                .map_or(low, |i| low + i + 1);
            let before = &body[line..found.start()];
            let tag = found.as_str().starts_with(['{', '[', '*', '%']);
            let spoken = &body[line..found.end()];
            let denied =
                NONE.is_match(before) || NONE.is_match(strip_last_word(spoken)) && !again(spoken);
            tag || !(denied || TALK.is_match(before) || TALK.is_match(spoken))
        })
    });
    if way_out {
        return;
    }
    out.push(Finding::of(
        &RULE,
        "This mail does not say how to get off the list.",
        "Add a line such as \"Unsubscribe: {{unsubscribe}}\" or \"Reply STOP and I take you off the list\".",
    ));
}

/// The words before the last one, where a denial of it would stand.
fn strip_last_word(text: &str) -> &str {
    text.trim_end().rfind(' ').map_or("", |at| &text[..at])
}

/// "If you don't want these mails, unsubscribe here" denies the wish, not the way.
fn again(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "want",
        "wish",
        "like to",
        "interested",
        "möchtest",
        "willst",
        "quieres",
        "deseas",
        "souhaitez",
        "voulez",
        "quiser",
        "deseja",
        "mehr",
        "plus recevoir",
        "longer",
    ]
    .iter()
    .any(|word| lower.contains(word))
}
