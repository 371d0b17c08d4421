//! Reviews offered, asked for, swapped or bought.

use super::review_deal::{self, REVIEW};
use crate::options::Options;
use crate::pattern::one;
use crate::prose::Prose;
use crate::reading::Reading;
use crate::rule::{Finding, RuleInfo, Severity};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "fake-review",
    pack: "law-us",
    severity: Severity::Error,
    demands: "Offer, ask for, swap or buy no reviews; an open request for honest ones, without a reward, is fine.",
    why: "A review that was bought, swapped or made up misleads everybody who reads it.",
    source: "FTC 16 CFR Part 465 (since 2024-10-21); EU Directive 2005/29/EC, Annex I no. 23b and 23c",
    bad: "Review swap? I leave you five stars and you do the same for me.",
    good: "If it helped you, an honest review, good or bad, helps others to choose.",
};

const GOOD: &str = r"(?:positive[rns]?|5[ -]?stars?|five[ -]?stars?|5[ -]?sterne-?|funf[ -]?sterne-?|good|great|glowing|nice|gute[rns]?|tolle[rns]?|top|positivas?|positivos?|buenas?|boas?|bonnes?|excellents?|cinco estrellas|cinco estrelas|5 estrellas|5 estrelas|5 etoiles|cinq etoiles|favou?rable)";

/// A line without any of these speaks of no reviews.
static TRIGGER: LazyLock<Regex> = LazyLock::new(|| {
    one(
        "review|rat(?:e|ing)|testimonial|stars|star |5-star|feedback|bewert|rezens|stern|resena|opinion|valor|estrella|avalia|resenha|depoiment|estrela|avis|temoign|commentaire|etoile|not(?:e|ez) |trustpilot|capterra|g2|google|yelp|amazon",
    )
});

static OFFENCES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // swaps
        r"(?-u:\b)(?:REVIEW|feedback) ?-?(?:swaps?|swapping|exchange|exchanges|trade|trades|for (?:a )?reviews?|4 reviews?|tausch\w*|pods?|circle|group for)(?-u:\b)",
        r"(?-u:\b)(?:swap|swapping|trade|trading|exchange|exchanging|tausche|tauschen|tauscht|intercambio|intercambi\w+|cambio|troco|trocar|troca|trocamos|echange|echanger|echangeons)(?: [\w'-]+){0,4} (?:de )?REVIEW(?-u:\b)",
        r"(?-u:\b)(?:i|we|i'll|we'll|i will|i'd) (?:\w+ ){0,3}(?:review|rate) (?:yours|you|your)(?: [\w'-]+){0,4}[, ]+(?:if|and|when) you (?:\w+ ){0,3}(?:review|rate|do|leave|mine)|(?-u:\b)(?:review|rate) (?:mine|me|my)(?: [\w'-]+){0,5}[, ]+(?:and )?(?:i'll|i will|we'll|i) (?:\w+ ){0,2}(?:review|rate|do the same|return)",
        r"(?-u:\b)(?:leave|write|give|post)s? (?:you|me)(?: [\w'-]+){0,4} (?:REVIEW|stars?)(?: [\w'-]+){0,6}[, ]+(?:and|if) (?:you|i'll|i)(?-u:\b)|(?-u:\b)(?:review|REVIEW) (?:for|in return for|against|gegen|a cambio de|por|em troca de|contre) (?:a |an |your |my |eine |otra |outra |une )?(?:REVIEW|review)(?-u:\b)",
        r"(?-u:\b)(?:bewertest du mich|bewerte mich|bewertet mich|(?:ich|du) (?:bewerte|bewertest|gebe|gibst) (?:dich|dir|mir|mich|deinen|meinen|euch)[^.!?\n]{0,60}(?:und|wenn) (?:du|ich|ihr))(?-u:\b)|(?-u:\b)(?:yo te|tu me) (?:pongo|pones|dejo|dejas|doy|das)[^.!?\n]{0,60}(?:y|si) (?:tu|yo|me|te)(?-u:\b)|(?-u:\b)(?:eu te|voce me) (?:dou|da|deixo|deixa|avalio|avalia)[^.!?\n]{0,60}(?:e|se) (?:voce|eu)(?-u:\b)|(?-u:\b)(?:je te|tu me|je vous) (?:mets|laisse|laisses|donne)[^.!?\n]{0,60}(?:et|si) (?:tu|vous|je)(?-u:\b)",
        // buying and selling
        r"(?-u:\b)(?:buy|buying|sell|selling|sells|purchase|order|pay for|paying for|pays for|pay you for|paid for|offering|offer|need to buy|provide|get you|deliver|supply|can write|write)(?: [\w'$€£-]+){0,5} (?:REVIEW)(?: (?:for (?:sale|you|your|\$|€|money|cash|[0-9]|free|a)|at|cheap|from|on|per|each|starting|package|packages|service)|[.,!:;\n]|$)",
        r"(?-u:\b)REVIEW (?:for (?:sale|cash|money|free products?|hire)|packages?|service for|zu verkaufen|kaufen|gunstig|a la venta|en venta|a venda|a vendre|for only|from only|for just|starting at)(?-u:\b)",
        r"(?-u:\b)(?:se buscan?|procura-se|on cherche|gesucht|wir suchen|verkaufe[n]?|kaufe[n]?|biete[n]?|suche[n]?|brauche[n]?|benotige[n]?|zahle[n]?|bezahle[n]?|vende|vendo|vendemos|compro|compramos|ofrezco|ofrecemos|necesito|necesitamos|busco|buscamos|pago|pagamos|compro|vendo|ofereco|oferecemos|preciso de|precisamos de|procuro|procuramos|vends|vendons|achete|achetons|cherche|cherchons|offre|offrons|paie|payons|j'achete|besoin d')(?: [\w'€$-]+){0,5}? ?REVIEW(?-u:\b)",
        r"(?-u:\b)(?:where|how much|who|anyone|anybody|can|could|want|need|looking|like|trying|i|we|i'll|we'll|you|donde|wo|wer|ou|onde|kann|kannst|puedo|puedes|peut-on|posso) (?:[\w']+ ){0,4}?(?:buy|buying|purchase|order|sell|selling|kaufen|verkaufen|comprar|vender|acheter|vendre) (?:[\w'-]+ ){0,4}?REVIEW(?-u:\b)",
        // asking for good or invented ones
        r"(?-u:\b)(?:need|needs|want|looking for|seeking|searching for|hiring|in search of|who can (?:leave|write|give|post)|can (?:someone|somebody|anyone|anybody|you all|you) (?:leave|write|give|post)|requesting|recruiting)(?: [\w'-]+){0,6} (?:REVIEW|reviewers)(?-u:\b)",
        r"(?-u:\b)(?:leave|write|give|post|drop|submit|add|publish|put|hit)(?: [\w',-]+){0,4} (?:GOOD)(?:,? [\w'-]+){0,3}? ?(?:REVIEW|on|for|auf|bei)(?-u:\b)|(?-u:\b)(?:leave|give|rate)(?: (?:us|me|it|them|kartra))+ (?:a )?(?:5|five)(?: stars?|-star)?(?-u:\b)",
        r"(?-u:\b)(?:schreib(?:t|e|en)?|hinterlass(?:t|e|en)?|gib|gebt|geben|lass(?:t)?)(?: [\w'-]+){0,4} (?:GOOD)(?: [\w'-]+){0,2} ?(?:REVIEW)?(?-u:\b)|(?-u:\b)(?:deja|dejad|dejen|dejanos|dejame|escribe|escribid|pon|ponnos|danos|deixe|deixem|escreva|de|poste|laissez|laisse|ecrivez|mettez|donnez)(?:-nous|-moi)?(?: [\w'-]+){0,4} (?:REVIEW|estrellas|estrelas|etoiles)(?: [\w'-]+){0,3} ?(?:GOOD)(?-u:\b)|(?-u:\b)(?:deja|dejad|dejanos|pon|ponnos|deixe|poste|laissez|laisse|mettez|donnez|de)(?:-nous|-moi)? (?:GOOD)",
        // rewards
        r"(?-u:\b)(?:leave|write|post|submit|give|drop|publish|for (?:a|your|every|each|any|all)|in (?:exchange|return) for|share)(?: [\w',-]+){0,5} REVIEW[^.!?\n]{0,50}?(?:get|receive|earn|win|we(?:'ll| will) (?:send|give|pay)|i(?:'ll| will) (?:send|give|pay|refund)|you(?:'ll| will) (?:get|receive)|gift card|voucher|\$ ?[0-9]|€|free month|discount|cash|refund|reward|paypal|bonus|coupon|entered|raffle)(?-u:\b)?",
        r"(?-u:\b)(?:gift card|voucher|free month|free product|refund|discount|cash|reward|\$ ?[0-9]+|[0-9]+ ?(?:€|\$|dollars|euros)|bonus|coupon|paypal|free access|free copy|amazon card|credit|gutschein|rabatt|geschenk\w*|descuento|regalo|vale|desconto|presente|brinde|bon d'achat|cadeau|remise|reduction|rembours\w+|reembols\w+|devolv\w+|devuelv\w+|erstatt\w+)[^.!?\n]{0,50}?(?:for|in exchange for|in return for|when you (?:leave|write|post)|if you (?:leave|write|post)|fur|gegen|wenn|a cambio de|por|em troca de|pour|contre|en echange d'|si)(?: [\w'-]+){0,5} ?REVIEW(?-u:\b)",
        r"(?-u:\b)REVIEW(?: [\w'-]+){0,6} (?:and|und|y|e|et|,) (?:get|receive|earn|win|we'll send|i'll send|i'll pay|i will pay|bekomm\w*|erhalt\w*|gewinn\w*|ich (?:schicke|zahle)|llevate|recibe|gana|te (?:regalo|doy|pago|enviamos)|ganhe|receba|te (?:mando|pago)|recevez|gagnez|je vous (?:offre|envoie|paie)|obtenez)(?-u:\b)",
        r"(?-u:\b)REVIEW[^.!?\n]{0,80}(?-u:\b)(?:even if (?:you|you've)|without (?:having )?(?:used|trying|tried)|don't (?:need to|have to) (?:have )?(?:use|own|try|used|tried|buy)|never used|auch wenn|ohne (?:es )?(?:je )?(?:benutzt|getestet|gekauft)|aunque no|sin haber(?:lo)? (?:usado|probado)|mesmo (?:que|sem)|sem ter (?:usado|comprado)|meme si|sans (?:l')?avoir)(?-u:\b)",
        r"(?-u:\b)REVIEW(?-u:\b)[^.!?\n]{0,40}?[ :][0-9]+ (?:for|fur|por|pour) (?:only |just )?[$€£] ?[0-9]",
        r"(?-u:\b)(?:fake|made-up|invented|paid|bought) (?:positive )?REVIEW(?: (?:for|available|here|service|needed|wanted|on demand))(?-u:\b)",
    ]
    .iter()
    .map(|text| one(&text.replace("REVIEW", REVIEW).replace("GOOD", GOOD)))
    .collect()
});

static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:not|never|don't|doesn't|didn't|won't|isn't|aren't|can't|cannot|no one|nobody|nor|neither|without|refuse|illegal|forbidden|forbids?|bans?|banned|prohibit\w*|avoid|stop|beware|instead of|against|how to (?:spot|detect|report|recogni[sz]e)|report|reported|fined?|sued|risky|rules? (?:on|about)|people who|sellers who|sites? that|companies that|those who|anyone who|shops? that|no|kein|keine|keinen|nicht|nie|niemals|niemand|verboten|wer|warum|statt|nunca|jamas|nadie|prohib\w*|evita|sin|nao|nem|ninguem|proib\w*|evite|sem|ne|n|pas|jamais|interdit\w*|sans|were|was|i received|i got|they offered|offered me|asked me|once offered|got an offer|(?:someone|somebody|some \w+|a \w+|people|they|he|she|spammers?) (?:\w+ ){0,2}?(?:offered|offers|tried|tries|asked|wanted|wants|emailed|messaged|contacted|keeps?|begged|charges?|promised))(?-u:\b)[^.!?\n;]*$|(?-u:\b)n'[^.!?\n]*$",
    )
});
/// The verb itself is denied: "wir zahlen nicht für Bewertungen".
static DENIED_INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^\S+ (?:\S+ )?(?:not|never|no|nicht|nie|niemals|keine?n?|nunca|pas|jamais|aucune?s?|nao|nenhum\w*|ningun\w*)(?-u:\b)",
    )
});
static REFUTED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^[^.!?\n]{0,80}(?-u:\b)(?:is (?:illegal|forbidden|banned|wrong|prohibited|against|cheating|fraud|not allowed|a crime|unlawful)|are (?:illegal|forbidden|banned|wrong|prohibited|not allowed|unlawful|against)|ist (?:verboten|illegal|unzulassig)|sind (?:verboten|illegal)|esta prohibido|es ilegal|e (?:ilegal|proibido)|est (?:interdit|illegal)|we (?:do not|don't)|i (?:do not|don't|never)|violates?|can cost you|gets? you (?:banned|fined|into))(?-u:\b)",
    )
});
/// What the author makes of an offer that others made.
static REJECTED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^ ?(?:\w+ ){0,3}?(?:reported|blocked|deleted|declined|refused|no thanks|no thank you|hard pass|don't do (?:it|this|that)|do not do (?:it|this|that)|don't fall|that's (?:illegal|fraud|cheating)|that is (?:illegal|fraud|cheating)|gemeldet|blockiert|abgelehnt|denunciad[oa]|bloquead[oa]|signalee?|bloquee?|refusee?|recusei|rechace)(?-u:\b)",
    )
});
/// Reviews of products one writes oneself, and open requests, are no offence.
static HONEST: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:good or bad|bad or good|positive or negative|whatever you think|honest review(?:s)?|ehrliche[rnsm]? (?:bewertung|rezension|meinung)|gut oder schlecht|buena o mala|honesta|boa ou ruim|bom ou ruim|bon ou mauvais|honnete)(?-u:\b)",
    )
});
static REWARD: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:gift card|voucher|refund|discount|cash|reward|free month|free access|bonus|coupon|paypal|in exchange|in return|swap|pay|paying|buy|sell|gutschein|rabatt|a cambio|em troca|en echange|5 stars?|five stars?|5-star|five-star)(?-u:\b)|[$€£]",
    )
});

/// Judges the text.
pub(crate) fn check(reading: &Reading, _options: &Options, out: &mut Vec<Finding>) {
    let prose = &reading.prose;
    let lines = prose.lines(&TRIGGER);
    let first = OFFENCES
        .iter()
        .flat_map(|pattern| prose.unquoted_in(pattern, &lines))
        .chain(review_deal::find(prose, &lines))
        .filter(|range| offends(prose, range))
        .min_by_key(|range| range.start);
    let Some(range) = first else { return };
    out.push(
        Finding::of(
            &RULE,
            "This offers, asks for, swaps or buys reviews.",
            "Ask openly for honest reviews from people who used the product, good or bad, and give nothing for them.",
        )
        .at(reading.span(&range)),
    );
}

fn offends(prose: &Prose, range: &Range<usize>) -> bool {
    let sentence = &prose.text[prose.sentence(range)];
    let before = prose.before(range);
    let words = &prose.text[range.clone()];
    if REFUTED.is_match(prose.after(range)) {
        return false;
    }
    if DENIED_INSIDE.is_match(words) || REJECTED.is_match(prose.next_sentence(range)) {
        return false;
    }
    if let Some(denial) = DENIED.find(before) {
        let reach = &before[denial.start()..];
        let turned = [
            " but ", " aber ", " pero ", " mas ", " mais ", ", i ", ", we ",
        ]
        .iter()
        .any(|turn| reach.contains(turn));
        // "Wer schreibt mir …?" asks; "Wer Bewertungen kauft …" warns.
        let calls = sentence.ends_with('?')
            && ["wer", "who", "quien", "quem", "warum"]
                .contains(&denial.as_str().split(' ').next().unwrap_or_default());
        if !turned && !calls {
            return false;
        }
    }
    if HONEST.is_match(sentence) && !REWARD.is_match(sentence) {
        return false;
    }
    // "I write reviews for a living", "offers reviews of tools": the author's own work.
    let own = ["write", "offer", "provide", "publish", "post"]
        .iter()
        .any(|word| words.starts_with(word))
        && !REWARD.is_match(sentence)
        && !words.contains("positive")
        && !words.contains("for you");
    let authored = before.trim_end().ends_with("my") || before.trim_end().ends_with("our");
    !(own
        && (authored
            || words.contains(" of ")
            || words.contains("my ")
            || words.contains("our ")
            || !words.contains("star")))
}
