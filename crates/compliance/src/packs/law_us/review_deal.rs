//! A deal about reviews, told by its parts wherever they stand in a sentence: what is asked for, what is given.

use crate::pattern::one;
use crate::prose::Prose;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A review as a thing.
pub(super) const REVIEW: &str = r"(?:reviews?|ratings?|testimonials?|(?:five|5)[ -]?stars?|(?:\w+-)?bewertung(?:en)?|\w+bewertung(?:en)?|(?:\w+-)?rezension(?:en)?|(?:5|funf)[ -]?sterne?|resenas?|opiniones|opinion(?: muy)? positiva|valoracion(?:es)?|(?:5|cinco) estrellas|avaliac(?:ao|oes)|resenhas?|depoimentos?|(?:5|cinco) estrelas|(?:d')?avis|temoignages?|commentaires? positifs?|(?:glowing|positive|nice|good) (?:comments?|feedback)|(?:5|cinq) etoiles)";

/// Something of worth to the one who writes.
const WORTH: &str = r"(?:[$€£] ?[0-9][0-9,]*|(?:hunderter|funfziger|zwanziger|zehner|tenner|fiver)|on the house|on (?:me|us)|(?:se )?paga bien|bien pagado|[0-9][0-9,]* ?(?:€|\$|£|%|dollars?|bucks|euros?|reais|pounds|usd|eur)|r\$ ?[0-9]+|(?:\w+ )?gift ?-?cards?|vouchers?|coupons?|discounts?|refund\w*|reimburse\w*|cash(?:back)?|money|payment|paypal|venmo|prizes?|raffle|giveaway|rewards?|bonus(?:es)?|freebies?|free (?:\w+-)?\w+|(?:month|week|year|course|access|template|copy|session) (?:for )?free|store credits?|credits?|extra \w+|(?:[\w-]+-)?gutschein\w*|(?:[\w-]+-)?rabatt\w*|geld|bezahlung|honorar|entgelt|vergutung|gratis\w*|kostenlos\w*|geschenk\w*|erstatt\w*|verlos\w*|freimonat\w*|belohnung|pramie|descuento\w*|regal(?:o|amos|os|aremos|are)|devolv\w+|devuelv\w+|reembols\w+|vale(?: de)? \w+|cupon\w*|cupom|dinero|pago|sorteo|recompensa|tarjeta (?:de )?regalo|desconto\w*|brindes?|presente|dinheiro|pix|sorteio|vale-presente|bon d'achat|carte-? ?cadeau|cadeaux?|cheque-? ?cadeau|remises?|reduction|rembours\w+|argent|remuneration|gratuit\w*|mois offerts?|tirage|recompense)";

struct Parts {
    /// Somebody is asked to write: "leave us a review", "everyone who posts a review".
    asked: Regex,
    /// The author's own writing: "I left a review", "my review".
    own: Regex,
    worth: Regex,
    nothing: Regex,
    /// "for each review", "gegen Bezahlung", "a cambio de".
    exchange: Regex,
    /// Marks of giving the same back.
    mutual: Regex,
    both: Regex,
    /// Reviews by people who cannot know.
    invented: Regex,
    /// Reviews as goods.
    goods: Regex,
    contact: Regex,
    /// A number of reviews is looked for, and each has a price.
    wanted: Regex,
    each: Regex,
}

/// "If you rate my course, I rate yours", with the verb twice and no noun at all.
static RATE_BOTH: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:review|rate|bewert\w*|rezensier\w*|valor(?:a|o|as|ame)|resen(?:a|o|as)|avali(?:o|a|as|e)|not(?:e|es|ez)) (?:\w+ ){0,2}?(?:mine|my|me|mein\w*|mich|mir|mio|mia|mi|mienne|mien|moi|ma|mon|mes|meu|minha|du mein\w*|du mich)(?-u:\b)[^!?\n]{0,40}?(?-u:\b)(?:review|rate|bewert\w*|rezensier\w*|valor(?:a|o|as)|resen(?:a|o|as)|avali(?:o|a|as)|note) (?:\w+ ){0,2}?(?:yours?|you|dein\w*|dich|dir|eur\w*|euch|tuy[oa]|tu|tienne|tien|toi|ta|ton|tes|votre|vos|seu|sua|teu|tua|voce|ich dein\w*|ich dich)(?-u:\b)|(?-u:\b)(?:review|rate|bewert\w*|rezensier\w*|valor(?:a|o|as)|resen(?:a|o|as)|avali(?:o|a|as)|note) (?:\w+ ){0,2}?(?:yours?|you|dein\w*|dich|dir|eur\w*|euch|tuy[oa]|tu|tienne|tien|toi|ta|ton|tes|votre|vos|seu|sua|teu|tua|voce)(?-u:\b)[^!?\n]{0,40}?(?-u:\b)(?:review|rate|bewert\w*|rezensier\w*|valor(?:a|o|as|ame)|resen(?:a|o|as)|avali(?:o|a|as|e)|not(?:e|es|ez)) (?:\w+ ){0,2}?(?:mine|my|me|mein\w*|mich|mir|mio|mia|mi|mienne|mien|moi|ma|mon|mes|meu|minha)(?-u:\b)",
    )
});

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let part = |text: &str| one(&text.replace("REVIEW", REVIEW).replace("WORTH", WORTH));
    Parts {
        asked: part(
            r"(?-u:\b)(?:rates?|rating) (?:[\w'-]+ ){1,4}?(?:with )?REVIEW(?-u:\b)|(?-u:\b)(?:leav(?:e|es|ing)|writ(?:e|es|ing)|posts?|posting|drops?|submits?|submitting|gives?|giving|adds?|adding|shares?|publish(?:es)?|send(?: us| me)?|record|schreib(?:t|e|en|st)?|hinterl[a-z]+|verfass\w*|abgib\w*|abgeb\w*|gebt|gib|dej(?:a|e|ar|ad|en|as|es)(?:nos|me|le)?|escrib(?:e|a|ir|an|es|id)(?:nos|me|le)?|pon(?:er|ga|gan|nos|me|ed)?|public(?:a|ar|o|ad)|laiss(?:e|ez|er|ent)(?:-nous|-moi)?|ecri(?:s|re|vez|vent)(?:-nous|-moi)?|postez?|poster|mett(?:ez|re|ent)|donn(?:e|er|ez|ent)(?:-nous|-moi)?|depos(?:e|er|ez|ent)|deix(?:e|ar|em|a|arem)|escrev(?:a|er|am|e)|avali(?:e|ar|em)|public(?:ar|a|am)|post(?:ar|e|em)|quiser)(?: [\w',:/&-]+){0,7}? ?REVIEW(?-u:\b)",
        ),
        own: part(
            r"(?-u:\b)(?:i|i've|we|we've|i'll|we'll|ich|wir|j'ai|je|nous|yo|he|eu|she|he|they|who|my|our|mein\w*|mon|mes|mi|mis|meu|minha|customers?|kunden|clientes?|clients?)(?: [\w'-]+){0,2} $",
        ),
        worth: part(r"(?-u:\b)WORTH|^WORTH|[ (]WORTH"),
        nothing: part(
            r"(?-u:\b)(?:no|not|never|without|nothing|none|don't|doesn't|can't|cannot|won't|isn't|kein\w*|nicht|nichts|nie|ohne|sin|ningun\w*|nada|nunca|no|sans|aucune?|rien|ne|pas|sem|nenhum\w*|nao)(?-u:\b)(?: [\w'-]+){0,5}$",
        ),
        exchange: part(
            r"(?-u:\b)(?:gegen|for|in exchange for|in return for|a cambio de|por|contre|en echange d(?:e |')|em troca de|mit)(?: \w+){0,2}? (?:WORTH)(?-u:\b)|(?-u:\b)(?:paid|compensated|bezahlte[rns]?|pagad[oa]s|remuneree?s|pagas|incentivi[sz]ed) REVIEW(?-u:\b)|(?-u:\b)(?:for|per|fur|je|pro|por|pour|par|a cada) (?:each|every|any|all|jede[ns]?|cada|chaque|toda)? ?(?:[\w-]+ ){0,2}?REVIEW[^.!?\n]{0,60}?(?-u:\b)(?:WORTH)(?-u:\b)",
        ),
        mutual: part(
            r"(?-u:\b)(?:swap\w*|(?:in|as) return|return the favou?r|do the same|same (?:here|for you|back)|vice versa|right back|in kind|mutual\w*|each other's?|one another|reciprocat\w*|quid pro quo|back at you|gegenseitig\w*|im gegenzug|umgekehrt|revanch\w*|tausch\w*|mutu[oa]s?|mutuamente|reciproc\w*|intercambi\w*|de vuelta|te (?:lo )?devuelvo|hago lo mismo|lo mismo por|lo mismo contigo|igual por|a mi vez|mutuel\w*|pareil pour|la pareille|(?:fais|ferai) de meme|la meme chose|en retour|echange d'|echang\w*|em retorno|faco o mesmo|o mesmo por|retribu\w*|troc(?:o|a|ar|amos))(?-u:\b)",
        ),
        both: part(
            r"(?-u:\b)(?:(?:review|rate|bewert\w*|rezensier\w*|valor(?:a|o|as|ame)|resen(?:a|o|as)|avali(?:o|a|as|e)|not(?:e|es|ez)|REVIEW)(?-u:\b)[^.!?\n]{0,50}?(?-u:\b)(?:mine|my \w+|me|mein\w*|mich|mir|mio|mia|mi \w+|la mienne|le mien|moi|ma \w+|mon \w+|meu|minha|mim)(?-u:\b)[^!?\n]{0,60}?(?:review|rate|bewert\w*|rezensier\w*|valor(?:a|o|as)|resen(?:a|o|as)|avali(?:o|a|as)|not(?:e|es|ez)|REVIEW|do)(?-u:\b)[^.!?\n]{0,50}?(?-u:\b)(?:yours?|you|dein\w*|dich|dir|euch|eur\w*|tuy[oa]|tu \w+|la tienne|le tien|toi|ta \w+|ton \w+|vous|votre|vos|seu|sua|teu|tua|voce)(?-u:\b)|(?:review|rate|bewert\w*|rezensier\w*|valor(?:a|o|as)|resen(?:a|o|as)|avali(?:o|a|as)|not(?:e|es|ez)|REVIEW)(?-u:\b)[^.!?\n]{0,50}?(?-u:\b)(?:yours?|you|dein\w*|dich|dir|euch|eur\w*|tuy[oa]|tu \w+|la tienne|le tien|toi|ta \w+|ton \w+|vous|votre|vos|seu|sua|teu|tua|voce)(?-u:\b)[^!?\n]{0,60}?(?:review|rate|bewert\w*|rezensier\w*|valor(?:a|o|as|ame)|resen(?:a|o|as)|avali(?:o|a|as)|not(?:e|es|ez)|REVIEW|do)(?-u:\b)[^.!?\n]{0,50}?(?-u:\b)(?:mine|me|mein\w*|mich|mir|mio|mia|mi \w+|la mienne|le mien|moi|ma \w+|mon \w+|meu|minha|mim)(?-u:\b))",
        ),
        invented: part(
            r"(?-u:\b)(?:(?:(?:don't|do not|didn't|needn't|won't|no) (?:need|have|even)(?: to)?|never|without(?: ever)?|even if you(?:'ve| have)? never|haven't|not even)(?: [\w']+){0,3} (?:used?|using|tried|try|trying|bought|buy|buying|own|owned|seen|taken|read|tested)|ohne (?:es |das |den |ihn |sie )?(?:\w+ )?(?:je |jemals )?(?:zu )?(?:benutz\w*|getestet|gekauft|probiert|gelesen|kennen|nutzen|kaufen)|auch wenn (?:du|ihr)[^.!?\n]{0,30}(?:nie|nicht)|(?:sin|aunque no) (?:haber\w*|lo hayas?|la hayas?)(?: \w+)?|sans (?:l')?avoir|meme si (?:tu|vous)[^.!?\n]{0,20}(?:jamais|pas)|sem (?:nunca )?(?:ter|haver)|mesmo que (?:voce )?(?:nunca|nao)|under (?:a |an )?(?:different|another|other|fake|false|several|various|ten) names?|(?:from|with|using) (?:a |an |my |your )?(?:different|other|second|fake|several|multiple|burner|alternate) accounts?|unter (?:einem )?(?:falsche[mn]?|andere[mnr]?|verschiedene[nmr]?) namen|con (?:otr[oa]s?|vari[oa]s|distint[oa]s) (?:cuentas?|nombres?)|avec (?:plusieurs|d'autres|de faux|un autre) (?:comptes?|noms?)|com (?:outr[oa]s?|vari[oa]s|contas falsas|nomes falsos)(?: contas?| nomes?)?|(?:pretend|pretending|act|acting|pose|posing) (?:to be|as|like|you)|tu so als|tut so als|haz como si|fais comme si|faz de conta)(?-u:\b)",
        ),
        goods: part(
            r"(?-u:\b)REVIEW(?-u:\b)[^.!?\n]{0,60}?(?-u:\b)(?:for sale|zu verkaufen|im angebot|a la venta|en venta|a vendre|a venda|[0-9]+ (?:for|fur|por|pour) (?:only |just )?[$€£]?[0-9]+|per review|pro bewertung|por resena|par avis|por avaliacao|each|apiece|pro stuck|das stuck|cada una?|piece|chacune?|fast delivery|bulk|packs? of|packages?|pakete?|paquetes?|pacotes?)(?-u:\b)|(?-u:\b)(?:buy|buying|sell|selling|order|ordering|purchase|get|grab|kauf\w*|verkauf\w*|bestell\w*|compr(?:o|a|ar|amos|e|ad)|vend(?:o|e|emos|s|ons|ez)|achet\w*|offr\w*|ofre[cz]\w*|biet\w*)(?: [\w'$€£-]+){0,3}? [0-9]+ (?:[\w-]+ ){0,3}?REVIEW(?-u:\b)",
        ),
        wanted: part(
            r"(?-u:\b)(?:need|needs|want|looking for|seeking|short of|missing|brauche\w*|suche\w*|necesit\w*|busc\w*|cherch\w*|besoin|precis\w*|procur\w*)(?-u:\b)",
        ),
        each: part(
            r"(?-u:\b)WORTH (?:each|apiece|a piece|per|for each|a pop|pro|je|cada|por|chacune?|l'unite|par|via|by paypal)(?-u:\b)|(?-u:\b)(?:each|per|pro|je|cada|par) (?:[\w-]+ )?WORTH",
        ),
        contact: part(
            r"(?-u:\b)(?:dm|dms|pm|inbox|message me|contact (?:me|us)|write me|text me|whatsapp|telegram|fiverr|pn|meldet euch|schreibt mir|melden|escribeme|mp|mandame|chama|me chama|manda mensagem|ecrivez-moi|contactez|interested|interessiert|interesad[oa]s?|[0-9]+ ?(?:€|\$)|[$€£] ?[0-9]+)(?-u:\b)?",
        ),
    }
});

/// Stretches of the prose that make such a deal, within the lines that speak of reviews.
pub(super) fn find(prose: &Prose, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    static REVIEWS: LazyLock<Regex> = LazyLock::new(|| one(&format!(r"(?-u:\b){REVIEW}(?-u:\b)")));
    let parts = &*PARTS;
    let mut found: Vec<Range<usize>> = prose.unquoted_in(&RATE_BOTH, lines).collect();
    let mut seen: Option<Range<usize>> = None;
    for range in prose.unquoted_in(&REVIEWS, lines) {
        let sentence = prose.sentence(&range);
        if seen.as_ref() == Some(&sentence) {
            continue;
        }
        seen = Some(sentence.clone());
        let words = &prose.text[sentence.clone()];
        let next = prose.next_sentence(&range);
        let asked = parts.asked.find_iter(words).find(|asked| {
            let before = &words[..asked.start()];
            !parts.own.is_match(before) || before.trim_end().ends_with(" who")
        });
        let worth = |text: &str| {
            parts.worth.find_iter(text).any(|worth| {
                !parts
                    .nothing
                    .is_match(text[..worth.start()].trim_end_matches(' '))
            })
        };
        let given = worth(words) || promises(next) && worth(next);
        let traded = parts.exchange.find_iter(words).any(|deal| {
            !parts
                .nothing
                .is_match(words[..deal.start()].trim_end_matches(' '))
        });
        let pair = format!("{words} {next}");
        let swapped = parts.both.is_match(&pair)
            || asked.is_some()
                && (parts.mutual.is_match(words) || promises(next) && parts.mutual.is_match(next));
        let sold = parts.goods.is_match(words) && parts.contact.is_match(&pair);
        let invented = asked.is_some() && parts.invented.is_match(&pair);
        let hired = parts.wanted.is_match(words) && parts.each.is_match(&pair);
        if hired && speaks(&pair)
            || asked.is_some() && given
            || traded && speaks(&pair)
            || swapped
            || sold
            || invented
        {
            found.push(range);
        }
    }
    found
}

/// Whether a sentence goes on with what the author does in return.
fn promises(sentence: &str) -> bool {
    let start = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    [
        "i ",
        "i'll",
        "i'm",
        "we ",
        "we'll",
        "you ",
        "you'll",
        "in return",
        "in exchange",
        "as a",
        "your ",
        "and i",
        "reward",
        "ich ",
        "wir ",
        "dafur",
        "du ",
        "ihr ",
        "als dank",
        "im gegenzug",
        "te ",
        "os ",
        "a cambio",
        "yo ",
        "je ",
        "vous ",
        "en echange",
        "tu ",
        "eu ",
        "em troca",
        "voce ",
        "ganhe",
        "recibe",
        "recevez",
        "get ",
        "everyone",
        "each",
        "all ",
        "paypal",
        "payment",
        "worth",
    ]
    .iter()
    .any(|word| start.starts_with(word))
}

/// Whether somebody speaks for themself or to the reader rather than of others.
fn speaks(text: &str) -> bool {
    static PERSONS: LazyLock<Regex> = LazyLock::new(|| {
        one(
            r"(?-u:\b)(?:i|i'm|i'll|me|my|we|we'll|us|our|you|your|dm|pm|ich|mir|mich|mein\w*|wir|uns|unser\w*|du|dir|dein\w*|ihr|euch|suche|biete|zahle|yo|me|mi|mis|nos|nuestr\w*|tu|te|busco|ofrezco|pago|je|moi|ma|mon|mes|nous|notre|vous|votre|cherche|propose|eu|meu|minha|voce|procuro|ofereco)(?-u:\b)",
        )
    });
    PERSONS.is_match(text)
}
