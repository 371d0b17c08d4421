//! Figures that the words around them make an earning, wherever in the sentence these words stand.

use super::income_claim::MONEY;
use crate::pattern::one;
use crate::prose::Prose;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| one(MONEY));

/// Words of earning, by their stems.
static EARNING: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:earn(?:s|ed|ing|ings)?|(?:pull|bring|rak|cash)(?:s|ed|ing|es|e)? in|brought in|nett(?:ed|ing)|gross(?:ed|ing)|incomes?|revenues?|turnover|in (?:sales|commissions?|profits?)|pure profit|side hustle|average[sd]?|averaging|verdien\w*|einnahme\w*|einkommen|umsatz\w*|umsatze|eingenommen|erwirtschaft\w*|komm(?:e|en|st|t) (?:\w+ ){0,4}?auf|kam(?:en|st)? (?:\w+ ){0,4}?auf|an provisionen|gan(?:o|as|a|amos|an|e|aste|aron|ar|aras|ara|ando|ado|aba|ancias?)|factur\w+|ingres(?:o|os|e|ar|as|aras)|en (?:comisiones|ventas)|gagn\w+|revenus?|chiffre d'affaires|rapport(?:e|er|es|ent|ait|era)|en (?:commissions|ventes)|ganh\w+|fatur\w+|renda|lucr\w+|receita|em (?:comissoes|vendas))(?-u:\b)",
    )
});

/// The reader is to picture the money as theirs.
static DREAM: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:imagin\w+|picture yourself|stell(?:t)? (?:dir|euch|ihnen) vor|wake up to|waking up to|acordar|despertar(?:te)?|reveille\w*|aufwach\w*)(?-u:\b)",
    )
});
static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:in (?:my|your|his|her|our) (?:bank )?account|hit (?:my|your) account|auf (?:dem|deinem|meinem) konto|en (?:la|tu|mi|su) cuenta|na (?:sua |minha )?conta|sur (?:le|ton|votre|mon) compte|in (?:my|your) pocket|in passive)(?-u:\b)",
    )
});
/// From little to much: "from broke to", "de 0 a", "von null auf".
static RISE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:from|go(?:ing)? from|went from|von|de|du|passer de|passe de|pase de|fui de|sai de|saimos de)(?: [\w$€£,']+){1,4}? (?:to|auf|zu|a|para|ate) (?:over |mehr als |mas de |plus de |mais de )?$",
    )
});
/// By the month as an adjective: nobody quotes a price for a funnel so.
static MONTHLY: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^ ?(?:monatlich|im monat|pro monat|am tag|pro tag|mensuales|al mes|al dia|mensuels?|par mois|par jour|mensais|por mes|por dia|a month|a day|a week|per month|per day|monthly|daily)(?-u:\b)",
    )
});
/// Money signs that people set beside a boast.
static SIGNS: LazyLock<Regex> =
    LazyLock::new(|| one("[\u{1f4b0}\u{1f4b8}\u{1f911}\u{1f4b5}\u{1f4b6}\u{1f4c8}]"));

static PERSON: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:i|i'm|i've|me|my|mine|we|us|our|you|you'll|your|she|her|he|him|his|they|their|students?|members?|clients?|pupils?|ich|mir|mich|mein\w*|wir|uns|unser\w*|du|dir|dein\w*|schuler\w*|teilnehmer\w*|kundin|yo|me|mi|mis|nos|nuestr\w*|tu|tus|te|alumn\w*|je|j'ai|moi|mon|ma|mes|nous|notre|nos|vous|votre|vos|eleves?|eu|meu|minha|meus|minhas|nosso|nossa|voce|seu|sua|alun\w*)(?-u:\b)",
    )
});
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:(?:day|week|month|year|weekend|night|launch|webinar|hour)s?|daily|weekly|monthly|tag\w*|wochen?\w*|monat\w*|jahr\w*|stunden?|dias?|semanas?|mes|meses|mensual\w*|ano|anos|jours?|semaines?|mois|ans|annee|mensuel\w*|mensais|lanzamiento|lancement|lancamento|fin de semana|fim de semana)(?-u:\b)",
    )
});
/// A result or a promise of one.
static OUTCOME: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:best (?:month|week|day|year|launch)|record (?:month|week|launch)|(?:first|last|single) (?:launch|webinar|funnel|sale|course)|took (?:me|us|him|her) (?:from|to)|got (?:me|us|him|her) to|get paid|getting paid|see \$|on autopilot|passive(?:ly)?|passiv|nebenbei|pasiv[oa]s?|passiv[oa]|no experience|from (?:home|scratch|nothing|zero)|von zu hause|desde casa|de casa|depuis chez|chez vous|sin experiencia|sem experiencia|sans experience|ohne (?:vorkenntnisse|erfahrung)|live (?:your|the) dream|vivez|vivre de|vivir de|viver de|leben von|hice|hicimos|fiz|fizemos|tiro|tiramos|saco|sacamos|j'ai fait|ont fait|a fait|habe ich gemacht|gemacht|side income|zero to|with (?:one|a single) (?:funnel|page|offer)|con (?:un|una) (?:sol[oa] )?(?:embudo|pagina)|subscribers|suscriptores)(?-u:\b)",
    )
});
/// A stretch of time of somebody's own: "in 30 days", "my first month", "every single day".
static OWN_TIME: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:in (?:just |only |under |less than )?(?:my|his|her|their|our|your|[0-9]+|one|two|three|four|five|six|ten|eighteen|thirty|sixty|ninety) (?:first |[0-9]+ )?(?:day|week|month|year|weekend|hour)s?|(?:my|her|his|our|their) (?:first|best|last|worst) (?:[0-9]+ )?(?:day|week|month|year|launch)s?|every single (?:day|week|month)|in (?:nur )?(?:[0-9]+|zwei|drei|vier|funf|sechs) (?:tagen|wochen|monaten)|(?:mein\w*|ihr\w*) (?:erste[nr]?|beste[nr]?) \w*(?:tag|woche|monat|jahr|launch)|en (?:solo )?(?:un fin de semana|[0-9]+ (?:dias|semanas|meses|jours|semaines|mois)|mi primer\w*|quatre jours|deux mois|trois mois|dos meses|tres meses)|(?:mon|ma) premiere? \w+|em (?:apenas |so )?(?:[0-9]+|dois|duas|tres|quatro) (?:dias|semanas|meses)|(?:meu|minha) primeir[oa] \w+)(?-u:\b)",
    )
});

/// What makes a figure a price, a cost, a rate, a saving or a count.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:cost\w*|price[ds]?|pricing|pays?|paid|paying|spend\w*|spent|sav(?:e|es|ed|ing|ings)|charg\w+|fees?|budget\w*|invest(?:ed|s)?|plans?|worth|donat\w+|rais(?:e|ed)|discount\w*|refund\w*|minimum|threshold|bill\w*|subscription|trial|off|cheaper|instead|below|under|less|until|kost\w+|preis\w*|spar\w+|gespart|zahl\w*|bezahl\w*|ausgegeben|ausgaben|gebuhr\w*|paket|tarif|mindest\w*|ab|cuest\w+|precio\w*|ahorr\w+|pag(?:o|a|as|ar|ado|amos|ue|uei|uen|aba|ou|am|an)|gast\w+|tarifa|minimo|desde|suscripcion|cust\w+|preco\w*|economiz\w+|poup\w+|gastei|plano|planos|assinatura|cout\w+|prix|economis\w+|paye\w*|depens\w+|forfait|abonnement|seuil|tax\w*|rent|loan\w*|debts?|schulden|miete|lost|los(?:e|ing)|perd\w+|verloren|spende\w*|valued?|funding|ad spend|werbung fur|publicidad por)(?-u:\b)",
    )
});
/// Where a clause begins.
const CLAUSE: &[char] = &[',', ';', ':', '(', '-', '|'];

/// Figures that were earned or are promised, within the sentences that may hold some.
pub(super) fn find(prose: &Prose, sentences: &[Range<usize>]) -> Vec<Range<usize>> {
    prose
        .unquoted_in(&AMOUNT, sentences)
        .filter(|range| earned(prose, range))
        .collect()
}

fn earned(prose: &Prose, range: &Range<usize>) -> bool {
    let words = &prose.text[range.clone()];
    if !words.contains(|c: char| c.is_ascii_digit())
        && !words.contains("milli")
        && !words.contains("mill")
    {
        return false;
    }
    let before = prose.before(range);
    let after = prose.after(range);
    let clause = &before[before.rfind(CLAUSE).map_or(0, |at| at + 1)..];
    let near: String = after.chars().take(28).collect();
    let near = &near[..near.find(CLAUSE).unwrap_or(near.len())];
    if OTHER.is_match(clause) || OTHER.is_match(near) {
        return false;
    }
    let whole = format!("{before} {after}");
    if OTHER.is_match(before) && !EARNING.is_match(clause) {
        return false;
    }
    // Whose money it is, over which time, by what: two of the three and nothing that makes it a price.
    let signs = [&*PERSON, &*TIME, &*OUTCOME]
        .iter()
        .filter(|sign| sign.is_match(&whole))
        .count();
    signs >= 2 && (OUTCOME.is_match(&whole) || OWN_TIME.is_match(&whole))
        || EARNING.is_match(&whole)
        || DREAM.is_match(before)
        || ACCOUNT.is_match(&whole)
        || RISE.is_match(before)
        || SIGNS.is_match(&prose.text[prose.line(range.start)])
            && (MONTHLY.is_match(after) || after.len() < 12 || before.trim().is_empty())
}
