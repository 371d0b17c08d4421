//! An affiliate who poses as an ordinary, independent customer.

use crate::disclosure;
use crate::options::Options;
use crate::pattern::one;
use crate::reading::Reading;
use crate::rule::{Finding, RuleInfo, Severity};
use regex::Regex;
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

const WHO: &str = r"(?:customer|user|client|buyer|subscriber|member|consumer|fan|shopper|person|guy|girl|mom|mum|dad|student|coach|teacher|owner|freelancer|business owner|creator|reader)";
static POSES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // I'm just a regular customer
        r"(?-u:\b)(?:i'm|i am|im|we're|we are|speaking as|as|from|here's|i write this as|i speak as|consider me|i was|i've been|i have been|we have been) (?:only |just |simply |merely |nothing (?:more|but) (?:than )?|purely |really |honestly |like you,? |also |still )*(?:an?|your|one more|another|the)? ?(?:\w+ )?(?:ordinary|regular|normal|typical|average|everyday|independent|unbiased|impartial|neutral|random|plain|unpaid|unaffiliated|genuine|real|simple|common|average-joe|run-of-the-mill|objective)(?:,? (?:and )?(?:\w+ ){0,3}?)? ?(?:\w+ )?WHO(?-u:\b)",
        r"(?-u:\b)(?:i'm|i am|we're|we are) (?:only|just|simply|merely|nothing but|nothing more than|purely) (?:an?|another|one|your) (?:[\w'-]+,? ){0,3}(?:customers?|users?|clients?|buyers?|subscribers?|consumers?|fans?)(?-u:\b)",
        r"(?-u:\b)(?:just|only) (?:an?|another|your) (?:[\w-]+,? ){0,3}(?:customer|user|client|buyer|subscriber|consumer)s?(?: here| like you| of kartra| sharing| who|,|\.|!|\n|$| with no| -)",
        r"(?m)^[^a-z\n]*(?:ordinary|regular|normal|typical|average|everyday|independent|unbiased) (?:paying |kartra )?(?:customer|user|client|buyer|subscriber)s? (?:here|speaking|,|with no)",
        r"(?-u:\b)(?:regular|ordinary|normal|typical|average|everyday|independent|satisfied|happy) (?:paying |kartra )?(?:customer|user|client|buyer) here(?-u:\b)",
        // customer, and no ties
        r"(?-u:\b)(?:customer|user|client|buyer|subscriber|fan)s?(?-u:\b)[^.!?\n]{0,60}?(?-u:\b)(?:no (?:ties|connection|connections|affiliation|relationship|relation|stake|links|link|business relationship|financial interest|commercial interest|strings|skin|agenda|interest)|nothing to gain|not (?:affiliated|connected|associated|paid|sponsored)|unaffiliated|independent of|nothing in it for (?:me|us)|no one pays me|nobody pays me|without any (?:ties|connection|affiliation))",
        r"(?-u:\b)(?:no (?:ties|connection|affiliation|relationship|relation|stake|agenda|interest)|not (?:affiliated|connected|associated|paid|sponsored)|unaffiliated|nothing to gain|nothing in it for me|no one pays me|nobody pays me|don't work for)(?-u:\b)[^.!?\n]{0,60}[.,;:!\-]? ?(?:i'm |i am |we're |but |and |- )*(?:only |just |simply )(?:an? |another )?(?:[\w-]+ ){0,3}(?:customer|user|client|buyer|subscriber|fan|consumer)(?-u:\b)",
        r"(?-u:\b)(?:an?|this|my|our) (?:completely |totally |fully |truly |100% |100 % |genuinely )?(?:independent|unbiased|impartial|neutral) (?:[\w-]+ )?(?:review|opinion|recommendation|test|voice)? ?(?:by|from|of) (?:an?|your|just an?) (?:[\w-]+ ){0,2}(?:customer|user|client|buyer|subscriber|consumer)(?-u:\b)",
        r"(?-u:\b)like any other (?:paying )?(?:customer|user|client)|(?-u:\b)(?:customer|user) (?:just )?like (?:you|everyone else|any other|anybody else|anyone else)(?-u:\b)|(?-u:\b)one of (?:you|kartra's many|the many)(?: \w+)? (?:ordinary |regular |normal )(?:customers|users)",
        // German
        r"(?-u:\b)(?:ich bin|ich schreibe|ich spreche|bin|als|wir sind|von)(?: (?:hier|selbst|auch|doch|wirklich|nur|bloss|lediglich|einfach|nichts weiter als))* (?:ein|eine|einer|einem|einen)? ?(?:ganz |vollig |total |ja |rein |absolut )*(?:normale[rnsm]?|gewohnliche[rnsm]?|einfache[rnsm]?|typische[rnsm]?|unabhangige[rnsm]?|durchschnittliche[rnsm]?|stinknormale[rnsm]?|neutrale[rnsm]?|zufriedene[rnsm]?|begeisterte[rnsm]?|zahlende[rnsm]?)?,? ?(?:und )?(?:normale[rnsm]?|unabhangige[rnsm]?|zahlende[rnsm]?|zufriedene[rnsm]?)? ?(?:kartra-)?(?:kundin|kunde|kunden|nutzerin|nutzer|anwenderin|anwender|verbraucher(?:in)?|user|userin|kauferin|kaufer|privatperson)(?-u:\b)",
        // Spanish and Portuguese
        r"(?-u:\b)(?:(?:solo |solamente |simplemente |tan solo |unicamente )?(?:soy|somos|como|hablo como)(?: solo| solamente| simplemente| tan solo| unicamente)?(?: un| una| otro| otra)?) (?:mero |mera |simple )?(?:cliente|clienta|usuari[oa]|consumidor[a]?|comprador[a]?)s? (?:mas )?(?:\w+ (?:y |e ))?(?:normal(?:es)?|corriente|comun|cualquiera|independientes?|tipic[oa]|ordinari[oa]|habitual|mas|imparcial|satisfech[oa]|contento|contenta|feliz)",
        r"(?-u:\b)(?:solo |solamente |simplemente )?(?:soy|somos|como) (?:solo |simplemente |solamente )?(?:un |una )?(?:simple|mero|mera) (?:cliente|clienta|usuari[oa])|(?-u:\b)(?:solo|solamente|simplemente) (?:soy|somos) (?:un |una )?(?:cliente|clienta|usuari[oa])(?-u:\b)",
        r"(?-u:\b)(?:(?:so |apenas |somente |simplesmente )?(?:sou|somos|como|falo como)(?: so| apenas| somente| simplesmente)?(?: um| uma| mais um| mais uma)?) (?:mero |mera |simples )?(?:cliente|usuari[oa]|consumidor[a]?|utilizador[a]?|comprador[a]?)s? (?:\w+ e )?(?:normal|normais|comum|comuns|qualquer|independente|tipic[oa]|habitual|satisfeit[oa]|imparcial|feliz|pagante)",
        r"(?-u:\b)(?:sou|somos) (?:so|apenas|somente|simplesmente) (?:um |uma |mais um |mais uma )?(?:simples )?(?:cliente|usuari[oa]|utilizador[a]?|consumidor[a]?)(?-u:\b)|(?-u:\b)(?:so|apenas) (?:sou )?(?:um|uma) (?:cliente|usuari[oa])(?-u:\b)",
        // French
        r"(?-u:\b)(?:je (?:ne )?suis|je parle|en tant que|comme|nous sommes|nous ne sommes|simple avis d')(?: (?:juste|seulement|simplement|qu'|que|en tant que))*? ?(?:un|une|de|qu'un|qu'une|des)? ?(?:simples?|vraie?|ordinaires?) (?:clients?|clientes?|utilisateurs?|utilisatrices?|consommateurs?|consommatrices?|acheteurs?|acheteuses?)(?-u:\b)",
        r"(?-u:\b)(?:je (?:ne )?suis|je parle|en tant que|comme|nous sommes)(?: (?:juste|seulement|simplement|qu'|que|en tant que))*? ?(?:un|une|qu'un|qu'une)? ?(?:clients?|clientes?|utilisateurs?|utilisatrices?|consommateurs?|consommatrices?) (?:\w+ et )?(?:comme (?:les autres|vous|tout le monde|une? autre)|ordinaires?|normale?s?|lambda|independante?s?|typiques?|parmi d'autres|satisfaite?s?|impartiale?s?|quelconque)",
        r"(?-u:\b)(?:je suis|nous sommes) (?:juste|seulement|simplement) (?:un|une|des) (?:\w+ )?(?:client|cliente|utilisateur|utilisatrice|consommateur|consommatrice)s?(?-u:\b)",
    ]
    .iter()
    .map(|text| one(&text.replace("WHO", WHO)))
    .collect()
});

/// A plain role without a claim of being ordinary: "as a normal person", fine unless ties are denied too.
static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:not|never|isn't|aren't|don't|no longer|neither|nor|more than|rather than|instead of|unlike|kein|keine|nicht|weder|mehr als|statt|no|nunca|ni|mas que|nao|nem|pas|jamais|plus|if you(?:'re| are)?|whether you|are you|for|wenn du|si eres|si vous etes|se voce e)(?: \S+){0,2} ?$|(?-u:\b)(?:if|when) you(?: \S+){0,3} ?$|(?-u:\b)(?:not|never) pretend[^.!?\n]*$|(?-u:\b)(?:pose|posing|poses|pretend|pretending|pretends|claim|claims|claiming|act|acting|said|says|wrote|writes) (?:to be |being |as |that |like )*(?:\S+ ){0,2}$",
    )
});

/// Words of a pose that only count together with a denial of ties or "just".
static STRONG: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:just|only|simply|merely|purely|ordinary|regular|normal|typical|average|everyday|independent|unbiased|impartial|neutral|unaffiliated|unpaid|no|not|nothing|nobody|random|plain|like|objective|nur|bloss|lediglich|einfache?[rn]?|normale[rnm]?|gewohnliche[rnm]?|typische[rnm]?|unabhangige[rnm]?|stinknormale[rnm]?|neutrale[rnm]?|durchschnittliche[rnm]?|nichts|solo|solamente|simplemente|unicamente|normal|corriente|comun|cualquiera|independientes?|tipic[oa]|simple|mero|mera|ordinari[oa]|habitual|mas|so|apenas|somente|simplesmente|comuns|normais|qualquer|independente|simples|juste|seulement|simplement|lambda|ordinaires?|comme|independante?s?|vraie?|typiques?|imparcial|impartiale?s?|parmi|quelconque|normale?s?)(?-u:\b)",
    )
});

/// Judges the text.
pub(crate) fn check(reading: &Reading, _options: &Options, out: &mut Vec<Finding>) {
    let prose = &reading.prose;
    let claim = POSES.iter().find_map(|pattern| {
        prose.unquoted(pattern).find(|range| {
            let words = &prose.text[range.clone()];
            STRONG.is_match(words)
                && !words.contains("satisfied customer of mine")
                && !DENIED.is_match(prose.before(range))
                && !crate::disclosure::asked(prose, range)
        })
    });
    let Some(range) = claim else { return };
    if disclosure::owns_up(prose) {
        return;
    }
    out.push(
        Finding::of(
            &RULE,
            "This presents you as an ordinary, independent customer, while you are paid as an affiliate.",
            "Say both: \"I am a customer and also an affiliate; I earn a commission if you buy through my link.\"",
        )
        .at(reading.span(&range)),
    );
}
