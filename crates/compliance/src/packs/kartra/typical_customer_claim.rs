//! An affiliate who poses as an ordinary, independent customer.

use crate::disclosure;
use crate::lang::Language as L;
use crate::options::Options;
use crate::pattern::{ByLanguage, one};
use crate::prose::Prose;
use crate::reading::Reading;
use crate::rule::{Finding, RuleInfo, Severity};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "typical-customer-claim",
    pack: "kartra",
    severity: Severity::Error,
    demands: "Do not pose as a typical, independent customer; say that you are an affiliate, and a customer as well if you are.",
    why: "Readers trust an ordinary customer because nothing is in it for them.",
    source: "Kartra affiliate terms (S1): do not pose as a typical customer; FTC 16 CFR 255.5",
    bad: "I'm just an ordinary customer with no ties to Kartra, and it is great.",
    good: "I'm a Kartra customer and also an affiliate: I earn a commission if you buy.",
};

const WHO: &str = r"(?:customer|user|client|buyer|subscriber|member|consumer|fan|shopper|person|guy|girl|mom|mum|dad|student|coach|teacher|owner|freelancer|business owner|creator|reader|third party|party|observer|bystander|outsider)";
/// A text without any of these has nobody who poses: the customers, and the words for oneself as one of many.
static TRIGGER: LazyLock<Regex> = LazyLock::new(|| {
    one(
        "custom|user|client|party|observer|bystander|outsider|buyer|subscrib|member|consum|fan|shopper|person|guy|girl|mom|mum|dad|student|coach|teach|owner|freelanc|creator|reader|dude|bloke|gal |nobody|human|review|tester|blogger|woman|man |like (?:you|every|any)|just|simpl|mere|only|kund|nutzer|anwender|verbrauch|kauf|privat|einfach|bloss|lediglich|nur |usuari|utiliz|compra|solo|solament|utilis|achet|juste|so |apenas|somente",
    )
});
static POSES: ByLanguage = ByLanguage::new(
    &[("WHO", WHO)],
    &[
        (
            // English phrases and tags stand in texts of every language.
            L::ALL,
            &[
                // I'm just a regular customer
                r"(?-u:\b)(?:i'm|i am|im|we're|we are|speaking as|as|from|here's|i write this as|i speak as|consider me|i was|i've been|i have been|we have been) (?:only |just |simply |merely |nothing (?:more|but) (?:than )?|purely |really |honestly |like you,? |also |still )*(?:an?|your|one more|another|the)? ?(?:\w+ )?(?:ordinary|regular|normal|typical|average|everyday|independent|unbiased|impartial|neutral|random|plain|humble|mere|unpaid|unaffiliated|genuine|real|simple|common|average-joe|run-of-the-mill|objective)(?:,? (?:and )?(?:\w+ ){0,3}?)? ?(?:\w+ )?WHO(?-u:\b)",
                r"(?-u:\b)(?:i'm|i am|we're|we are) (?:only|just|simply|merely|nothing but|nothing more than|purely) (?:an?|another|one|your) (?:[\w'-]+,? ){0,3}(?:customers?|users?|clients?|buyers?|subscribers?|consumers?|fans?)(?-u:\b)",
                r"(?-u:\b)(?:just|only) (?:an?|another|your) (?:[\w-]+,? ){0,3}(?:customer|user|client|buyer|subscriber|consumer)s?(?: here| like you| of kartra| sharing| who|,|\.|!|\n|$| with no| -)",
                r"(?m)^[^a-z\n]*(?:ordinary|regular|normal|typical|average|everyday|independent|unbiased) (?:paying |kartra )?(?:customer|user|client|buyer|subscriber)s? (?:here|speaking|,|with no)",
                r"(?-u:\b)(?:regular|ordinary|normal|typical|average|everyday|independent|satisfied|happy) (?:paying |kartra )?(?:customer|user|client|buyer) here(?-u:\b)",
                // customer, and no ties
                r"(?-u:\b)(?:customer|user|client|buyer|subscriber|fan)s?(?-u:\b)[^.!?\n]{0,60}?(?-u:\b)(?:no (?:ties|connection|connections|affiliation|relationship|relation|stake|links|link|business relationship|financial interest|commercial interest|strings|skin|agenda|interest)|nothing to gain|not (?:affiliated|connected|associated|paid|sponsored)|unaffiliated|independent of|nothing in it for (?:me|us)|no one pays me|nobody pays me|without any (?:ties|connection|affiliation))",
                r"(?-u:\b)(?:no (?:ties|connection|affiliation|relationship|relation|stake|agenda|interest)|not (?:affiliated|connected|associated|paid|sponsored)|unaffiliated|nothing to gain|nothing in it for me|no one pays me|nobody pays me|don't work for)(?-u:\b)[^.!?\n]{0,60}[.,;:!\-]? ?(?:i'm |i am |we're |but |and |- )*(?:only |just |simply )(?:an? |another )?(?:[\w-]+ ){0,3}(?:customer|user|client|buyer|subscriber|fan|consumer)(?-u:\b)",
                r"(?-u:\b)(?:an?|this|my|our) (?:completely |totally |fully |truly |100% |100 % |genuinely )?(?:independent|unbiased|impartial|neutral) (?:[\w-]+ )?(?:review|opinion|recommendation|test|voice)? ?(?:by|from|of) (?:an?|your|just an?) (?:[\w-]+ ){0,2}(?:customer|user|client|buyer|subscriber|consumer)(?-u:\b)",
                r"(?-u:\b)like any other (?:paying )?(?:customer|user|client)|(?-u:\b)(?:customer|user) (?:just )?like (?:you|everyone else|any other|anybody else|anyone else)(?-u:\b)|(?-u:\b)one of (?:you|kartra's many|the many)(?: \w+)? (?:ordinary |regular |normal )(?:customers|users)",
                r"(?-u:\b)(?:speaking|talking|writing|posting|saying this|telling you this) (?:only |just |simply |merely |purely |strictly |solely )*as an? (?:\w+ )?(?:customer|user|client|buyer|subscriber|consumer)(?-u:\b)|(?-u:\b)(?:purely|strictly|solely|simply|merely) as an? (?:\w+ )?(?:customer|user|client|buyer|subscriber|consumer)(?-u:\b)|(?-u:\b)(?:just|only) (?:some|a) (?:random|regular|normal|ordinary|average|plain) (?:dude|guy|person|bloke|girl|gal|nobody|human)(?-u:\b)|(?-u:\b)as an? (?:plain|simple|mere|humble|everyday) (?:customer|user|client|buyer|subscriber|consumer)(?-u:\b)",
            ],
        ),
        (
            &[L::German],
            &[
                r"(?-u:\b)(?:ich bin|ich schreibe|ich spreche|bin|als|wir sind|von)(?: (?:hier|selbst|auch|doch|wirklich|nur|bloss|lediglich|einfach|nichts weiter als))* (?:ein|eine|einer|einem|einen)? ?(?:ganz |vollig |total |ja |rein |absolut )*(?:normale[rnsm]?|gewohnliche[rnsm]?|einfache[rnsm]?|typische[rnsm]?|unabhangige[rnsm]?|durchschnittliche[rnsm]?|stinknormale[rnsm]?|neutrale[rnsm]?|zufriedene[rnsm]?|begeisterte[rnsm]?|zahlende[rnsm]?)?,? ?(?:und )?(?:normale[rnsm]?|unabhangige[rnsm]?|zahlende[rnsm]?|zufriedene[rnsm]?)? ?(?:kartra-)?(?:kundin|kunde|kunden|nutzerin|nutzer|anwenderin|anwender|verbraucher(?:in)?|user|userin|kauferin|kaufer|privatperson)(?-u:\b)",
                r"(?-u:\b)(?:nur|bloss|einfach|lediglich|nichts weiter als) (?:ein|eine|der|die) (?:ganz |vollig |total |weitere[rn]? )*(?:normale[rn]?|gewohnliche[rn]?|einfache[rn]?|typische[rn]?|durchschnittliche[rn]?|stinknormale[rn]?|zufriedene[rn]?|zahlende[rn]?|unabhangige[rn]?) (?:kundin|kunde|nutzerin|nutzer|anwenderin|anwender|verbraucher(?:in)?|kauferin|kaufer|user)(?-u:\b)|(?-u:\b)(?:solo|simplemente|apenas|somente|juste|simplement|que) (?:un|una|um|uma|une) (?:simple |simples )?(?:cliente?|clienta|usuari[oa]|utilisateur|utilisatrice|utilizadora?|consumidora?) (?:mas|normal|comun|comum|corriente|ordinaire|lambda|comme|como|qualquer|cualquiera|parmi|satisfai?te?)(?-u:\b)",
            ],
        ),
        (
            &[L::Spanish, L::Portuguese],
            &[
                r"(?-u:\b)(?:(?:solo |solamente |simplemente |tan solo |unicamente )?(?:soy|somos|como|hablo como)(?: solo| solamente| simplemente| tan solo| unicamente)?(?: un| una| otro| otra)?) (?:mero |mera |simple )?(?:cliente|clienta|usuari[oa]|consumidor[a]?|comprador[a]?)s? (?:mas )?(?:\w+ (?:y |e ))?(?:normal(?:es)?|corriente|comun|cualquiera|independientes?|tipic[oa]|ordinari[oa]|habitual|mas|imparcial|satisfech[oa]|contento|contenta|feliz)",
                r"(?-u:\b)(?:solo |solamente |simplemente )?(?:soy|somos|como) (?:solo |simplemente |solamente )?(?:un |una )?(?:simple|mero|mera) (?:cliente|clienta|usuari[oa])|(?-u:\b)(?:solo|solamente|simplemente) (?:soy|somos) (?:un |una )?(?:cliente|clienta|usuari[oa])(?-u:\b)",
                r"(?-u:\b)(?:(?:so |apenas |somente |simplesmente )?(?:sou|somos|como|falo como)(?: so| apenas| somente| simplesmente)?(?: um| uma| mais um| mais uma)?) (?:mero |mera |simples )?(?:cliente|usuari[oa]|consumidor[a]?|utilizador[a]?|comprador[a]?)s? (?:\w+ e )?(?:normal|normais|comum|comuns|qualquer|independente|tipic[oa]|habitual|satisfeit[oa]|imparcial|feliz|pagante)",
                r"(?-u:\b)(?:sou|somos) (?:so|apenas|somente|simplesmente) (?:um |uma |mais um |mais uma )?(?:simples )?(?:cliente|usuari[oa]|utilizador[a]?|consumidor[a]?)(?-u:\b)|(?-u:\b)(?:so|apenas) (?:sou )?(?:um|uma) (?:cliente|usuari[oa])(?-u:\b)",
            ],
        ),
        (
            &[L::French],
            &[
                r"(?-u:\b)(?:je (?:ne )?suis|je parle|en tant que|comme|nous sommes|nous ne sommes|simple avis d')(?: (?:juste|seulement|simplement|qu'|que|en tant que))*? ?(?:un|une|de|qu'un|qu'une|des)? ?(?:simples?|vraie?|ordinaires?) (?:clients?|clientes?|utilisateurs?|utilisatrices?|consommateurs?|consommatrices?|acheteurs?|acheteuses?)(?-u:\b)",
                r"(?-u:\b)(?:je (?:ne )?suis|je parle|en tant que|comme|nous sommes)(?: (?:juste|seulement|simplement|qu'|que|en tant que))*? ?(?:un|une|qu'un|qu'une)? ?(?:clients?|clientes?|utilisateurs?|utilisatrices?|consommateurs?|consommatrices?) (?:\w+ et )?(?:comme (?:les autres|vous|tout le monde|une? autre)|ordinaires?|normale?s?|lambda|independante?s?|typiques?|parmi d'autres|satisfaite?s?|impartiale?s?|quelconque)",
                r"(?-u:\b)(?:je suis|nous sommes) (?:juste|seulement|simplement) (?:un|une|des) (?:\w+ )?(?:client|cliente|utilisateur|utilisatrice|consommateur|consommatrice)s?(?-u:\b)",
            ],
        ),
    ],
);

/// A plain role without a claim of being ordinary: "as a normal person", fine unless ties are denied too.
static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:not|never|isn't|aren't|don't|no longer|neither|nor|more than|rather than|instead of|unlike|kein|keine|nicht|weder|mehr als|statt|no|nunca|ni|mas que|nao|nem|pas|jamais|plus|if you(?:'re| are)?|whether you|are you|for|wenn du|si eres|si vous etes|se voce e)(?: \S+){0,2} ?$|(?-u:\b)(?:if|when) you(?: \S+){0,3} ?$|(?-u:\b)(?:not|never) pretend[^.!?\n]*$|(?-u:\b)(?:pose|posing|poses|pretend|pretending|pretends|claim|claims|claiming|act|acting|said|says|wrote|writes) (?:to be |being |as |that |like )*(?:\S+ ){0,2}$",
    )
});

/// Words of a pose that only count together with a denial of ties or "just".
static STRONG: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:speaking|strictly|solely|humble|mere|just|only|simply|merely|purely|ordinary|regular|normal|typical|average|everyday|independent|unbiased|impartial|neutral|unaffiliated|unpaid|no|not|nothing|nobody|random|plain|like|objective|nur|bloss|lediglich|einfache?[rn]?|normale[rnm]?|gewohnliche[rnm]?|typische[rnm]?|unabhangige[rnm]?|stinknormale[rnm]?|neutrale[rnm]?|durchschnittliche[rnm]?|nichts|solo|solamente|simplemente|unicamente|normal|corriente|comun|cualquiera|independientes?|tipic[oa]|simple|mero|mera|ordinari[oa]|habitual|mas|so|apenas|somente|simplesmente|comuns|normais|qualquer|independente|simples|juste|seulement|simplement|lambda|ordinaires?|comme|independante?s?|vraie?|typiques?|imparcial|impartiale?s?|parmi|quelconque|normale?s?)(?-u:\b)",
    )
});

/// The author as a buyer of the thing, or as one reader among others.
const BUYER: &str = r"(?:(?:just|simply|merely|only) (?:an?|some|another|one) [\w-]+|(?:just|simply|merely) (?:someone|somebody|me|sharing)|(?:nur|einfach|bloss|lediglich) (?:ein|eine|jemand)|(?:solo|simplemente|solamente) (?:soy )?(?:un|una|alguien)|(?:juste|simplement) (?:un|une|quelqu'un)|(?:so|apenas|somente) (?:um|uma|alguem)|customers?|users?|clients?|buyers?|subscribers?|consumers?|shoppers?|reviewers?|testers?|fan|(?:random|ordinary|regular|normal|average) (?:\w+ )?(?:person|guy|girl|dude|bloke|gal|woman|man|mum|mom|dad|coach|teacher|creator|freelancer|blogger)|like (?:you|everyone|everybody|anyone|anybody)(?: else)?|kund(?:e|in|en)|nutzer(?:in)?|anwender(?:in)?|verbraucher(?:in)?|kaufer(?:in)?|clientes?|clientas?|usuari[oa]s?|consumidora?|clientes?|utilisateurs?|utilisatrices?|consommateurs?|consommatrices?|acheteurs?|acheteuses?|utilizadora?)";

/// A denial of any tie to the company. What it has no tie to, where it is named, is the group `to`.
static UNTIED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let to = r"(?: (?:to|with|in|from|mit|zu|zur|zum|von|an|con|de|a|avec|com|da|do|la|el|l'|der|dem|die|the|any of|any|of)(?-u:\b))*(?: ?(?P<to>[a-z]+))?";
    [
        r"(?-u:\b)(?:no|zero|not any|without any|without|don't have any|do not have any|have no|haven't any)(?: \w+)? (?:ties|tie|connections?|affiliation|relationship|relation|stake|links?|interest|agenda|business relationship|dealings|skin in the game|dog in this fight)(?: whatsoever| at all)?TO",
        r"(?-u:\b)(?:not|never|isn't|in no way|neither) (?:\w+ )?(?:affiliated|connected|associated|related|linked|paid|sponsored|compensated|rewarded|employed)(?: in any way| at all)?TO",
        r"(?-u:\b)(?:nothing (?:whatsoever |at all )?to do|(?:nobody|no one) (?:asked|told|sent|forced|begged) me to (?:write|say|post|share|do|recommend|tell)(?: you)?(?: this| it| that)?)(?-u:\b)TO",
        r"(?-u:\b)(?:unaffiliated|independent (?:of|from)|nothing to gain|nothing in it for (?:me|us)|(?:no one|nobody) (?:pays|paid|is paying) (?:me|us)|(?:don't|do not|never) (?:work for|get (?:paid|anything)|earn anything|gain anything)|not (?:a|some) shill|no shill|no reason to (?:praise|lie|promote))(?-u:\b)TO",
        r"(?-u:\b)(?:nichts (?:\w+ )?(?:mit|von)|(?:in )?keine[rnm]?(?:lei)? (?:\w+ )?(?:verbindung|beziehung(?:en)?|verhaltnis|vorteil\w*|interesse|partnerschaft)|ohne (?:jede |jegliche |irgendeine )?(?:verbindung|beziehung|eigeninteresse|vorteil)|niemand bezahlt mich|(?:werde|bin) (?:\w+ )?nicht (?:dafur )?bezahlt|unabhangig von|bekomme nichts dafur|nicht verbandelt)(?-u:\b)TO",
        r"(?-u:\b)(?:(?:no tengo|sin|no hay|ni tengo) (?:ningun |ninguna |nada )?(?:relacion|vinculo|conexion|interes|lazos?|que ver)(?: alguna| comercial)?|nadie me paga|no (?:gano|cobro|recibo|saco) nada|no me (?:pagan|une nada|dan nada))(?-u:\b)TO",
        r"(?-u:\b)(?:(?:sans|aucun|pas de|pas d'|n'ai aucun|n'ai pas de|n'ai aucune|sans aucun|sans aucune|sans le moindre) ?(?:lien|liens|rapport|relation|interet|attache|connexion)|personne ne me paie|(?:ne|n'y) (?:gagne|touche|recois) rien|independante? de|rien a (?:y )?gagner|pas payee?)(?-u:\b)TO",
        r"(?-u:\b)(?:(?:sem|nao tenho|nao ha|nem) (?:nenhum |nenhuma |qualquer |nada )?(?:ligacao|relacao|vinculo|conexao|interesse|a ver)(?: alguma| comercial)?|ninguem me paga|nao (?:ganho|recebo|levo) nada|nao me pagam)(?-u:\b)TO",
    ]
    .iter()
    .map(|text| one(&text.replace("TO", to)))
    .collect()
});
static BUYS: LazyLock<Regex> = LazyLock::new(|| one(&format!(r"(?-u:\b){BUYER}(?-u:\b)")));
/// "Nothing beyond the commission", "apart from being an affiliate".
static SAVE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:beyond|apart from|other than|except|besides|aside from|ausser|abgesehen|salvo|excepto|aparte|hormis|sauf|mis a part|exceto|alem|fora)(?-u:\b)",
    )
});
/// What the program and its maker are called without a name.
const COMPANY: &[&str] = &[
    "them",
    "company",
    "firm",
    "firma",
    "anbieter",
    "hersteller",
    "unternehmen",
    "empresa",
    "entreprise",
    "societe",
    "marca",
    "marque",
    "brand",
    "maker",
    "makers",
    "it",
    "this",
    "that",
    "either",
    "eux",
    "ellos",
    "ellas",
    "eles",
    "elles",
    "ihnen",
    "denen",
    "esto",
    "isso",
    "ella",
    "cela",
    "ca",
    "team",
    "vendor",
    "owner",
    "owners",
    "ellos",
    "esta",
    "essa",
    "and",
    "but",
    "so",
    "just",
    "i",
    "i'm",
    "und",
    "y",
    "et",
    "e",
    "nor",
    "or",
    "affaire",
    "praise",
    "lie",
    "promote",
    "tun",
    "ver",
    "here",
    "who",
    "other",
    "as",
    "ich",
    "je",
    "yo",
    "eu",
    "for",
    "nada",
    "anyone",
    "anybody",
    "whatsoever",
    "alguna",
    "alguma",
    "platform",
    "software",
    "tool",
    "product",
    "produkt",
    "producto",
    "produit",
    "produto",
    "herramienta",
    "ferramenta",
    "outil",
    "plataforma",
    "plateforme",
    "none",
    "sie",
    "nobody",
];

/// A pose with a denial of ties in the same breath, which no disclosure mends.
fn untied(prose: &Prose, options: &Options) -> Option<Range<usize>> {
    UNTIED.iter().find_map(|pattern| {
        pattern
            .captures_iter(&prose.text)
            .take(150)
            .find_map(|found| {
                let range = found.get(0)?.range();
                let of_company = found.name("to").is_none_or(|to| {
                    COMPANY.contains(&to.as_str())
                        || options
                            .pack
                            .brands
                            .iter()
                            .any(|brand| to.as_str().contains(brand.as_str()))
                });
                let sentence = prose.sentence(&range);
                let words = &prose.text[sentence.clone()];
                let low = prose
                    .text
                    .floor_char_boundary(sentence.start.saturating_sub(120));
                let earlier = &prose.text[low..sentence.start];
                let earlier = earlier
                    .trim_end_matches(['.', '!', '?'])
                    .rsplit(['.', '!', '?', '\n'])
                    .next()
                    .unwrap_or_default();
                let same_line = !prose.text[low..sentence.start].ends_with('\n');
                let buyer = |text: &str| {
                    BUYS.find_iter(text)
                        .any(|buyer| !DENIED.is_match(&text[..buyer.start()]) && speaks(text))
                };
                let posed = buyer(words)
                    || same_line && buyer(earlier)
                    || buyer(prose.next_sentence(&range));
                (of_company
                    && posed
                    && !prose.quoted(&range)
                    && !SAVE.is_match(words)
                    && !crate::disclosure::asked(prose, &range)
                    && !OTHERS.is_match(words))
                .then_some(range)
            })
    })
}

/// Whether the sentence is about its author.
fn speaks(text: &str) -> bool {
    static SELF: LazyLock<Regex> = LazyLock::new(|| {
        one(
            r"(?-u:\b)(?:i|i'm|i've|im|me|my|we|we're|just|only|simply|as|speaking|ich|bin|mich|mir|als|wir|nur|soy|yo|como|hablo|os|me|solo|somos|je|j'ai|suis|en tant que|comme|simple|nous|eu|sou|falo|apenas|so)(?-u:\b)",
        )
    });
    SELF.is_match(text)
}

/// Talk of what others write or must not write.
static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:pretend\w*|pos(?:e|es|ing) as|claim\w*|must not|may not|never (?:say|write|claim)|don't (?:say|write|claim)|do not (?:say|write|claim)|vorgeb\w*|behaupt\w*|fing(?:e|ir|es)\w*|pretend\w*|finj\w*|fingir)(?-u:\b)",
    )
});

/// Judges the text.
pub(crate) fn check(reading: &Reading, options: &Options, out: &mut Vec<Finding>) {
    let prose = &reading.prose;
    let lines = prose.lines(&TRIGGER);
    if lines.is_empty() {
        return;
    }
    let untied = untied(prose, options);
    let claim = POSES.of(prose).find_map(|pattern| {
        prose.unquoted_in(pattern, &lines).find(|range| {
            let words = &prose.text[range.clone()];
            STRONG.is_match(words)
                && !words.contains("satisfied customer of mine")
                && (!DENIED.is_match(prose.before(range))
                    || prose.before(range).trim_end().ends_with(','))
                && !crate::disclosure::asked(prose, range)
        })
    });
    let Some(range) = untied.or_else(|| claim.filter(|_| !disclosure::owns_up(prose))) else {
        return;
    };
    out.push(
        Finding::of(
            &RULE,
            "This presents you as an ordinary, independent customer, while you are paid as an affiliate.",
            "Say both: \"I am a customer and also an affiliate; I earn a commission if you buy through my link.\"",
        )
        .at(reading.span(&range)),
    );
}
