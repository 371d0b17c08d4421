//! What somebody earned or will earn, without support and the typical result.

use super::income_frame;
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
    id: "income-claim",
    pack: "law-us",
    severity: Severity::Error,
    demands: "A figure or promise of earnings comes with its support and with what people generally earn.",
    why: "Few earn what the examples earn; \"results not typical\" does not mend the impression.",
    source: "FTC 16 CFR 255.2; FTC Act, section 5",
    bad: "I made $12,000 in a month with Kartra, and you will, too.",
    good: "I made $1,200 in 2025 (statements linked); the typical affiliate earned under $100, by the same report.",
};

pub(super) const MONEY: &str = r"(?:(?:us ?|r|a|ca?)?[$€£] ?[0-9][0-9, ]*(?:k|m|mil|mio)?(?:\+| ?million| ?thousand)?|[0-9][0-9, ]*(?:k|m|mil|mio)? ?(?:[$€£]|(?:us )?dollars?|euros?|eur|usd|gbp|pounds|quid|bucks|grand|reais|dolares|dolar|dollar|mil reais|mil euros|libras)|[0-9][0-9,]*k(?-u:\b)|[0-9][0-9,]* mil (?:por|al|em|en|no|na|reais|euros)(?-u:\b)|(?:half|a quarter of|three quarters of) a million|eine (?:halbe |viertel)?million|medio millon|meio milhao|un demi-million|(?:four|five|six|seven|eight|multiple six|multi-six|4|5|6|7|8|[a-z]+)[ -](?:figures?|figure[ds]?)(?-u:\b)|(?:thousands|hundreds|millions|tens of thousands|hundreds of thousands|a million|millions of|ten thousand|a thousand|a fortune|ten grand|five thousand|a few thousand|two thousand|three thousand|twenty thousand|fifty thousand|a hundred thousand|one hundred thousand)(?: of)?(?: dollars| euros| pounds| bucks)?)";
const GAIN: &str = r"(?:earned|earns?|earning|made|makes?|making|pulled in|pulls? in|pulling in|raked in|rakes? in|raking in|brought|brings?|bringing in|generated?|generates|generating|cashed in|banked|bank|took home|take home|takes home|pocketed|pocket|netted|nets?|grossed|gross|collected|cleared|clears?|hit|hits|hitting|scaled to|scale to|grew to|went from|reached|reach|received|cash(?:ed)? out|profit(?:ed)? of|sold|pay(?:s|ing)? (?:me|you|him|her)|paid (?:me|him|her|us)|gives? you|got (?:me|him|her|us)|landed|closed)";
const TIME: &str = r"(?:a|per|each|every|/|in (?:a|one|my first|her first|his first|their first|the first|your first|just|only|under|less than|[0-9]+|two|three|four|five|six|seven|ten|thirty|sixty|ninety|its first)) ?(?:[0-9]+ |two |three |full |single )?(?:day|days|week|weeks|weekend|month|months|mo|year|years|yr|launch|webinar|night|hour|hours|quarter|evening)(?-u:\b)";

/// A sentence without a figure and without any of these claims no income.
static TRIGGER: LazyLock<Regex> = LazyLock::new(|| {
    one(
        "[0-9]|milli|meio mil|thousand|hundred|figure|grand|fortune|incom|earn|profit|paych|cash|rich|money|financ|job|boss|salar|revenue|sales|commission|wage|turnover|retire|living|live|sleep|life|guarant|promis|invest|geld|verdien|einkommen|einnahm|umsatz|gewinn|reich|schlaf|stellig|kundig|gehalt|einsatz|ingres|libert|liberd|rico|ricka|dinero|dinheir|cifra|digito|trabaj|trabalh|emple|empreg|renda|enriquec|chefe|venta|venda|factura|fatura|sueldo|lucro|ganh|argent|libre|chiffre|emploi|travail|boulot|patron|ventes|benefic|salaire|recuper|investim|inversi",
    )
});

static CLAIMS: ByLanguage = ByLanguage::new(
    &[("MONEY", MONEY), ("GAIN", GAIN), ("TIME", TIME)],
    &[
        (
            // English phrases and tags stand in texts of every language.
            L::ALL,
            &[
                // I made $10,000; you will earn up to $5k a month
                r"(?-u:\b)GAIN(?: [\w'-]+){0,5}? ?(?:over |up to |more than |around |about |nearly |almost |at least |roughly |an extra |another |to |from |of |well over |some |just over |close to |easily |between |in the |his first |her first |my first |their first |your first |first |a (?:steady |cool |clean |nice |solid |consistent |full |whole |extra )?)*MONEY",
                // $10,000 in a month, $5k months
                r"MONEY ?/ ?(?:day|week|month|mo|year|yr|tag|monat|woche|mes|mois|dia)(?-u:\b)|MONEY (?:\w+ )?(?:TIME|months?(?-u:\b)|days?(?-u:\b)|weeks?(?-u:\b)|launch(?:es)?(?-u:\b)|in (?:(?:extra|additional|passive|monthly|pure|net|new|recurring) )?(?:sales|profit|revenue|income|earnings|commissions?|my (?:first|account|pocket))|of (?:profit|revenue|income|passive income|monthly income|extra income)|income|profit|richer|from (?:home|your|the beach|scratch|a single|one|my)|on autopilot|while you sleep|business)",
                r"(?-u:\b)(?:income|earnings|revenue|profits?|commissions|payout|payouts|sales|salary|turnover|takings) (?:of|was|were|is|are|grew to|went to|went from|hit|reached|jumped to|jumped from|totalled|totaled|to|passed|topped|exceeded|came to|rose to|climbed to|shot up to)(?: [\w'-]+){0,3}? MONEY",
                // promises without a figure
                r"(?-u:\b)(?:quit|quitting|leave|leaving|ditch|fire|fired|left|replace|replaced|replacing|replaces|double|doubled|doubling|doubles|triple|tripled|triples|tripling|quadruple|quadrupled|10x|10xed|5x|3x|multiply|multiplied|explode|exploded|skyrocket|skyrocketed) (?:your|my|their|his|her|our) (?:[\w'-]+ ){0,3}?(?:job|jobs|boss|salary|income|revenue|earnings|paycheck|paycheque|profits?|9-to-5|sales|commissions|wages?|day job|turnover)(?-u:\b)",
                r"(?-u:\b)(?:passive|residual|unlimited|guaranteed|life-changing|full-time|recurring|steady|automatic|automated|limitless|effortless|hands-free) (?:online |monthly |passive |recurring )?(?:income|earnings|earning potential|income potential|profits?|cash ?flow|paychecks?|cash|riches|money)(?-u:\b)",
                r"(?-u:\b)(?:financial(?:ly)? (?:freedom|independence|free)|get rich|become rich|getting rich|become a millionaire|money on autopilot|cash machine|money machine|print money|printing money|money-making machine|make money (?:while|on autopilot|in your sleep|online fast|fast|from day one)|earn money (?:while|on autopilot|in your sleep)|earn while you sleep|never worry about money|never have to work|retire (?:early|at|young|rich|in)|retired at|live off|living off|life on the beach|(?:you will|you'll|you can|guaranteed to) (?:be|get|become) rich|full-time living|six-figure|seven-figure|five-figure|6-figure|7-figure|5-figure|multi-six-figure|eight-figure)(?-u:\b)",
                r"(?-u:\b)(?:guarantee[ds]?|promise[ds]?) (?:you |that you |to |you'll |you will |that )*(?:\w+ )?(?:earn|make|income|profits?|earnings|sales|money|results in cash)",
                r"(?-u:\b)(?:earn|make) (?:back )?(?:your|twice|double|triple|ten times) (?:\w+ ){0,3}(?:money|investment|salary|income|rent|fee|back)(?: back)?(?: (?:in|within))(?-u:\b)",
                r"(?-u:\b)(?:have|get|got|make|made|earn|earned|see) (?:your|my|their) (?:whole |entire |full |initial )?(?:investment|money|stake|fee|cost|costs|price|spend) back (?:in|within|after|by|before)(?-u:\b)|(?-u:\b)(?:dein|euer|ihr) (?:geld|einsatz|investition) (?:\w+ ){0,4}(?:zuruck|wieder drin)|(?-u:\b)recuper(?:as|aras|a|arei|ara) (?:tu|la|o seu|sua) (?:inversion|dinero|investimento|dinheiro) en|(?-u:\b)pure profit(?-u:\b)",
            ],
        ),
        (
            &[L::German],
            &[
                r"(?-u:\b)(?:verdien(?:st|e|en|t|te|ten|test)|verdient|eingenommen|einnehmen|gemacht|erwirtschaftet|umgesetzt|einnimmst|kassier(?:st|t|e|en|te)|machst|mache|machte|machen|bekommst|erziel(?:t|st|en|te)|eingebracht|einbringen|reingeholt|bringt dir|brachte mir|hat mir)(?: [\w'-]+){0,7}? ?MONEY",
                r"MONEY(?: [\w'-]+){0,8}? (?:verdien(?:st|en|t|te|ten)|verdient|eingenommen|einnehmen|gemacht|erwirtschaftet|kassiert|kassieren|umsatz|gewinn|einkommen|erzielt|eingebracht|nebenbei|im schlaf|extra)(?-u:\b)|MONEY (?:im|pro|in einem|am|jeden|in der|in nur|in [0-9]+|in zwei|in drei|in einer) ?(?:\w+ )?(?:monat|woche|tag|jahr|wochen|tagen|monaten|wochenende|launch)(?-u:\b)",
                r"(?-u:\b)(?:passives einkommen|passive einnahmen|finanzielle (?:freiheit|unabhangigkeit)|finanziell (?:frei|unabhangig)|reich werden|schnell reich|geld im schlaf|im schlaf (?:geld )?verdien\w*|verdien\w*(?: \w+){0,2} im schlaf|(?:vier|funf|sechs|sieben)stellig\w*|kundige deinen job|deinen job (?:kundigen|an den nagel)|job kundigen|garantierte[sn]? (?:einkommen|einnahmen|gewinn\w*)|einkommen (?:verdoppel\w*|ersetz\w*)|umsatz (?:verdoppel\w*|verdreifach\w*)|verdoppel\w* (?:dein|mein|deinen|meinen|ihr|seine?n?) (?:einkommen|umsatz|gewinn|gehalt)|(?:dein|mein) (?:gehalt|einkommen) (?:ersetz\w*|verdoppel\w*))",
            ],
        ),
        (
            &[L::Spanish, L::Portuguese],
            &[
                r"(?-u:\b)(?:gan(?:e|o|as|a|aras|aron|an|amos|ar|ado|ando|hei|haram|ha|hou|hamos|har|hando|hara|har[ae]|ho|hava)|ganh\w{1,5}|factur(?:e|o|as|ar|amos|ado|aras|aron)|fatur(?:ei|ou|ar|amos|aram|a|ara|as|ando)|ingres(?:e|o|as|ar|aras|aron|amos)|gener(?:e|o|as|ar|aras|amos|aron)|ger(?:ei|ou|ar|amos|aram)|cobr(?:e|o|aron)|consegui|conseguiu|lucr(?:ei|ou|ar|aram|amos)|embols(?:e|o|ei|ou|aron)|hice|hizo|fiz|fez|vendi|vendio|vendeu|saque[i]?|tirar|tirei|receb(?:i|eu|er|era))(?: [\w'-]+){0,5}? ?MONEY",
                r"MONEY (?:al|por|cada|en|em|num|ao|a la|en un|en una|em um|em uma|en solo|en [0-9]+|em [0-9]+|em apenas) ?(?:\w+ )?(?:mes|semana|semanas|dia|dias|ano|meses|fin de semana|fim de semana|lanzamiento|lancamento)(?-u:\b)|MONEY de (?:ingresos|ganancias|beneficio|lucro|renda|receita|faturamento)",
                r"(?-u:\b)(?:ingresos? (?:pasivos?|garantizados?|automaticos?|extra garantizados?)|libertad financiera|hacerte ri[ck]o|hazte ri[ck]o|hacerse ri[ck]o|rico rapido|dinero mientras duermes|ganar dinero (?:mientras|en automatico|sin esfuerzo|facil)|ganaras dinero|(?:cuatro|cinco|seis|siete) cifras|deja(?:r)? tu (?:trabajo|empleo)|renda (?:passiva|garantida|extra garantida|ilimitada)|liberdade financeira|ficar rico|fique rico|enriquecer|dinheiro (?:enquanto (?:voce )?dorme|no automatico|facil|dormindo)|ganh\w+ dinheiro (?:enquanto|dormindo|no automatico|sem esforco|facil)|(?:quatro|cinco|seis|sete) digitos|(?:largar|largue|deixar|deixe|demita-se|peca demissao d?o?) (?:o |do |de |a )?(?:seu |teu )?(?:emprego|trabalho|chefe)|(?:duplicar?|triplicar?|duplique|dobrar|dobre|duplica|duplique|duplico|tripliquei|dupliquei|dobrei) (?:tus|mis|seus|meus|tu|mi|sua|minha|seu|meu) (?:ingresos|ventas|facturacion|vendas|renda|faturamento|salario|sueldo))",
            ],
        ),
        (
            &[L::French],
            &[
                r"(?-u:\b)(?:gagn(?:e|es|er|ez|ai|erez|eras|era|ent|ons|ait|ant)|gagnee?s?|touch(?:e|es|er|ez|ent|ons)|font|faire|faisons|feras?|feront|atteignent|depassent|empoch(?:e|er|ez|ent)|encaiss(?:e|er|ez|ent)|gener(?:e|er|ez|ent|es)|fait|faites|ferez|rapport(?:e|er|ent|es|ait|era)|factur(?:e|er|ez)|vendu|realis(?:e|er|ez)|atteint|atteindre)(?: [\w'-]+){0,5}? ?MONEY",
                r"MONEY (?:par|en|chaque|dans|de) ?(?:un |une |seulement |moins d'un |moins d'une |[0-9]+ |deux |trois |votre |le |ce )?(?:mois|semaine|semaines|jour|jours|an|annee|week-end|weekend|lancement|chiffre d'affaires|revenus?|benefices?|benefice)(?-u:\b)",
                r"(?-u:\b)(?:revenus? (?:passifs?|garantis?|automatiques?|illimites?)|liberte financiere|libre financierement|devenir riche|devenez riche|argent (?:en dormant|pendant (?:que vous|votre sommeil)|facile)|gagne\w* de l'argent (?:en dormant|pendant|facilement|sans effort)|(?:quatre|cinq|six|sept|4|5|6|7) chiffres|quitt(?:ez|er|e) (?:votre|ton|son|mon) (?:job|emploi|travail|boulot|patron)|(?:doublez|doubler|triplez|tripler|double|triple) (?:vos|mes|votre|mon|ses|tes|ton) (?:revenus?|chiffre d'affaires|ventes|salaire|benefices))",
            ],
        ),
    ],
);

/// Before the claim in its sentence: it is denied, asked in doubt, or put in somebody's mouth to refute it.
static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:not|never|no one|nobody|won't|can't|cannot|don't|doesn't|didn't|isn't|wasn't|aren't|haven't|hasn't|couldn't|wouldn't|neither|nor|without|no|nothing|hardly|unlikely|beware|avoid|ignore|distrust|forget|anyone who|anybody who|everyone who|whoever|those who|people who (?:say|promise|claim|tell)|stop|myths?|hype|scams?|scammers?|lies|lie|fake|promises? (?:of|like|such)|claims? (?:of|like|such|that)|ads? (?:that|which) (?:say|promise|claim)|lines like|posts like|headlines like|sceptical|skeptical|tired of|fed up|refuse|instead of|far from|yet to|gurus?|supposedly|allegedly|kein|keine|keinen|nicht|nie|niemals|niemand|weder|ohne|nichts|wer|vorsicht|angeblich|statt|luge|no|nunca|nadie|ni|sin|tampoco|jamas|quien|desconfia|cuidado|nao|nem|ninguem|sem|quem|desconfie|ne|n|pas|jamais|personne|aucun|aucune|sans|ni|mefiez|quiconque|ceux qui)(?-u:\b)[^.!?\n;]*$|(?-u:\b)n'[^.!?\n]*$",
    )
});
/// Turns that end the reach of a denial.
static TURN: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:but|yet|and (?:still|yet|now|then|i|you|we)|still|so|because|until|however|aber|sondern|und (?:du|ich|jetzt|trotzdem|dabei)|pero|sino|y (?:tu|ahora|aun asi)|mas|e (?:voce|agora|ainda)|mais|et (?:vous|je|pourtant))(?-u:\b)|[:,] (?:i|you|we|ich|du|he|she|my)(?-u:\b)|no (?:experience|skills?|product|list|tech|audience|effort|boss|risk|website|work|limits?|ceiling|cap|degree|coding|secret|joke|doubt|kidding|need|matter|money down)[^.!?\n]*$|ohne (?:vorkenntnisse|technik|erfahrung|aufwand|chef|risiko|eigenes|grosse)[^.!?\n]*$|sin (?:experiencia|esfuerzo|jefe|lista|salir|saber|tener)[^.!?\n]*$|sem (?:experiencia|esforco|chefe|sair|lista|saber|ter)[^.!?\n]*$|sans (?:experience|effort|patron|liste|competence|rien)[^.!?\n]*$|(?:not only|nicht nur|no solo|nao so|non seulement)[^.!?\n]*$|(?:never|nie|nunca|jamais) (?:again|wieder|mehr|mas|mais|plus|been easier|war es)[^.!?\n]*$|(?:without|ohne|sin|sem|sans) [a-z']+ing[^.!?\n]*$|can't (?:believe|wait)[^.!?\n]*$|don't (?:miss|wait|worry|believe me|have to|need)[^.!?\n]*$|why not[^.!?\n]*$|don't just[^.!?\n]*$|thought i[^.!?\n]*$",
    )
});

/// After the claim: it is refuted, or it is a rate, a price or a saving after all.
static REFUTED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^[^.!?\n]{0,90}(?-u:\b)(?:(?:es|e) (?:ilegal|mentira|falso|falsa|imposible|impossivel|proibido|una estafa|golpe|enganoso|enganosa)|est (?:illegal|interdit|faux|mensonger|un mensonge|une arnaque|impossible)|ist (?:verboten|illegal|gelogen|unserios|falsch|quatsch|unsinn|unmoglich|eine luge)|is (?:lying|a liar|a scam|selling|a red flag|nonsense|not true|unrealistic|a myth|hype|a lie|rare|trying to sell|misleading|illegal)|are (?:lying|scams|liars|lies|nonsense|red flags|selling|not true|unrealistic|misleading)|lugt|lugen|miente|mienten|mente|mentem|ment|mentent|should be (?:avoided|ignored|treated)|makes me (?:cringe|suspicious)|quatsch|unsinn|unserios|es mentira|e mentira|est un mensonge|i (?:do not|don't|can't|cannot) (?:promise|guarantee)|is not what|are not what|no one can|nobody can)(?-u:\b)",
    )
});
static RATE_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^ ?(?:in (?:commissions? )?|of commissions? |as (?:a )?commissions? |comission |commission |provision |comision |comissao |de commission |de comision |de comissao |de provision |an provision )?(?:per|for (?:each|every)|each (?:time|sale)|every (?:time|sale)|a|pro|por(?: cada)?|par|je|fur jede[ns]?|pour chaque|each|on (?:each|every)|from (?:each|every)) (?:\w+ ){0,2}?(?:sale|referral|customer|sign-?ups?|lead|subscription|click|subscriber|order|conversion|seat|user|verkauf|kunde[n]?|abo|empfehlung|venta|cliente|alta|referido|venda|assinatura|indicacao|vente|client|abonnement|parrainage|inscription|starter|plan|person|friend|account|upgrade|contact|email|page|team member)|^ ?(?:if|when|whenever|wenn|falls|si|se|quando|cuando|quand|lorsque) (?:you|somebody|someone|anyone|a reader|du|jemand|ihr|compras|alguien|te|voce|alguem|vous|quelqu'un|they|a customer)(?-u:\b)|^ ?(?:off|discount|rabatt|cheaper|less|descuento|desconto|de (?:descuento|desconto|remise|reduction)|minimum|threshold|credit|worth of (?:tools|software|apps)|for (?:the|a|an|my|your|kartra|this) (?:\w+ )?(?:plan|tool|trial|subscription|software|licen[cs]e|app|apps|tools))",
    )
});
/// Words within the claim that make it a price, a cost, a saving or a rate.
static PRICE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:cost|costs|costing|price[ds]?|pay|paid for|spend|spent|spending|save[ds]?|saving|savings|charge[ds]?|charges|fee|fees|budget|invest(?:ed)?|plan|plans|worth|donat\w+|raised|discount|refund(?:ed)?|minimum|threshold|bill|billed|from only|starting at|starts at|subscription|kostet|kosten|preis|sparst|sparen|spare|gespart|zahle|zahlst|bezahlt|ausgegeben|ausgeben|ab|gebuhr|cuesta|cuestan|precio|ahorras?|ahorre|ahorrar|pago|pague|pagas|gaste|gastar|custa|custam|preco|economiz\w+|poup\w+|gastei|paguei|coute|coutent|prix|economis\w+|paye|depense|depenser|switch(?:ed)?|instead of|cheaper|expensive|ad spend|refunds?|lost|loss|lose|losing|perdi\w*|verloren|perdu|tax|taxes|rent|loan|debt|schulden)(?-u:\b)",
    )
});
static EARNS: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:earn\w*|made|makes?|making|income|profit\w*|revenue|raked|pulled|pulling|brought|banked|netted|grossed|sold|generated?|generating|payday|salary|verdien\w*|einkommen|eingenommen|gewinn|umsatz|gan(?:e|aras|ar|as|amos|ado)|ganh\w+|factur\w+|fatur\w+|ingres\w+|gagn\w+|revenus?|rapport\w*|generar|generer|font|faire|faisons|ferez|feras?|feront)(?-u:\b)",
    )
});

/// A lowest payout and the like.
static THRESHOLD: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:minimum|minimo|minima|threshold|mindest\w*|auszahlungsgrenze|seuil|umbral|limite minimo|at least before|hold)(?-u:\b)(?: \S+){0,6} ?$",
    )
});
/// What the program pays a sale: a rate in percent in a sentence that speaks of commission in general.
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"[0-9] ?%[^.!?\n]*(?-u:\b)(?:commissions?|provision(?:en)?|comision(?:es)?|comiss(?:ao|oes)|of (?:each|every|the) sale|on (?:each|every) sale|recurring)(?-u:\b)|(?-u:\b)(?:commissions?|provision(?:en)?|comision(?:es)?|comiss(?:ao|oes))(?-u:\b)[^.!?\n]*[0-9] ?%|(?-u:\b)(?:per|je|pro|por|par) (?:sale|referral|sign-?up|verkauf|empfehlung|venta|venda|vente)(?-u:\b)",
    )
});
/// Done within a time of somebody's own; no price is quoted so.
static ACHIEVED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)in (?:my|his|her|their|our|your|just|only|under|less than|a single|[0-9]+|two|three|four|five|six|seven|ten|thirty|sixty|ninety)(?-u:\b)|(?-u:\b)(?:in|en|em) (?:nur|solo|apenas|seulement|mein\w*|mi|mis|meu|minha|mon|ma|[0-9]+)(?-u:\b)",
    )
});
/// "My $5 newsletter": the figure is what a thing costs.
static THING_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^[ -]?(?:a month |monthly |mini )?(?:newsletters?|courses?|e-?books?|books?|products?|plans?|templates?|memberships?|subscriptions?|workshops?|tools?|apps?|plugins?|themes?|mugs?|coffees?|shirts?|tickets?|kurs|buch|cursos?|livros?|libros?|livres?|produkt|productos?|produtos?|produits?)(?-u:\b)",
    )
});
/// What a company took in is no earnings claim about those who sell for it.
static FIRM: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:the|its|this|that|whole|entire|global) (?:\w+ )?(?:company|firm|corporation|industry|market|startup|start-up|platform|sector|economy)(?:'s)?(?: \w+){0,3}? (?:revenues?|sales|turnover|profits?|income|earnings|worth|valued|raised|rose|grew|fell)(?-u:\b)|(?-u:\b)(?:annual|quarterly) report(?-u:\b)|(?-u:\b)(?:der|des|die) (?:firma|unternehmens?|branche|marktes?)(?: \w+){0,3}? (?:umsatz|gewinn|erlos)|(?-u:\b)(?:umsatz|gewinn) (?:der|des) (?:firma|unternehmens|branche|konzerns)|(?-u:\b)(?:facturacion|ingresos|ventas) de la (?:empresa|compania|industria)|(?-u:\b)(?:chiffre d'affaires|revenus?) de l'(?:entreprise|industrie)|(?-u:\b)(?:faturamento|receita) da (?:empresa|industria)",
    )
});
/// "I tried to make $100 and failed."
static TRIED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:tried|trying|try|attempt(?:ed|ing)?|hoped|hoping|wanted|expected|meant|versucht\w*|wollte|intente|quise|essaye|voulu|tentei|queria)(?: \S+){0,3} ?$",
    )
});
static FAILED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^[^!?\n]{0,120}(?-u:\b)(?:fail\w*|flop\w*|lost|didn't|did not|couldn't|nothing|zero|only (?:made|got|earned)|ended up|instead|gescheitert|nichts|verloren|fracas\w*|nada|perdi|echoue\w*|rate|rien|perdu|falhei)(?-u:\b)",
    )
});
/// What somebody says, and the author says otherwise in the next sentence.
static SAYS: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:says?|said|thinks?|thought|believes?|swears?|tells?|told|claims?|claimed|insists?|sagt|meint|behauptet|dice|cree|jura|dit|pense|pretend|diz|acha)(?-u:\b)[^.!?\n]*$",
    )
});
static DISSENT: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^(?:well,? |but |and |so |sorry,? |honestly,? )*(?:i (?:say|doubt|disagree|don't|do not|never|wouldn't|can't|cannot|think not|made|got|have yet|am not|laughed)|i'm not|i'd (?:say|rather|settle)|ich (?:sage|glaube|bezweifle|habe)|yo (?:digo|no|lo dudo)|je (?:dis|doute|n)|moi,? je|eu (?:digo|nao|duvido))(?-u:\b)",
    )
});
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:he|she|they|somebody|someone|a (?:guy|man|woman|coach|guru|stranger)|the (?:ad|ads|video|guru|coach|seller|mail|email|spam)|er|sie|jemand|el|ella|alguien|il|elle|quelqu'un|ele|ela|alguem) (?:\w+ )?(?:told (?:me|us)|said|promised|claimed|swore|sagte|versprach|behauptete|me dijo|prometio|m'a dit|a promis|me disse|prometeu)(?-u:\b)",
    )
});
static SCAM: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^(?:[\w' ]{0,30})(?-u:\b)(?:scams?|pyramid|lies?|nonsense|rubbish|false|fake|never happened|did not|didn't|do not believe|don't believe|don't fall|not true|luge|gelogen|betrug|quatsch|unsinn|mentira|estafa|falso|mensonge|arnaque|faux|golpe|red flag|bullshit)(?-u:\b)|^(?:nope|wrong|i did not|i didn't|it didn't|that is a lie|really\b.{0,3}no)",
    )
});
/// Verbs of a claim that prices share.
static WEAK: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^(?:went from|grew to|hits?|hitting|reach(?:ed)?|closed|landed|sold|collected|received|scaled? to|clears?|cleared|make|makes|made|fait|hace|faz)(?-u:\b)",
    )
});
static STARTS: LazyLock<Regex> = LazyLock::new(|| one(r"^[^a-z0-9]*$"));
static REPORTED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:behaupte\w*|sagt|sagen|verspricht|versprechen|erzahl\w*|glaub\w*|denkt|meint|meinen|says?|said|claims?|claiming|promis\w*|tells? you|telling you|thinks?|believes?|dice[n]?|promete[n]?|jura[n]?|dit|disent|promet\w*|pretend\w*|diz|dizem|prometem?)[,:]?$",
    )
});

/// What stands before a bare "figure a month" that makes it a price.
static PRICE_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:cost|costs|costing|price[ds]?|paying|pay|paid|spend|spent|save[ds]?|saving|saves|charge[ds]?|charges|budget|plan|plans|tier|starter|silver|gold|platinum|essentials|growth|professional|subscription|for|from|at|only|just|bill|billed|kostet|kosten|preis|sparst|sparen|spart|zahle|zahlst|zahlen|ab|fur|cuesta|cuestan|precio|ahorras?|ahorro|pago|pagas|pagaba|desde|por|custa|custam|preco|economiz\w+|poup\w+|a partir de|coute|coutent|prix|economis\w+|paye|payez|payais|pour|partir|worth|rent|fee|fees|is|are|was|were|ist|es|e|est|or|oder|o|ou|instead of|discount|off|minimum|tools|software|payout|hold|threshold|under|over|below|above|about|around|roughly|lost|lose)[ :(]*(?:\w+ ){0,2}$|[:(\-|/] ?$|^ ?$",
    )
});

static TYPICAL: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:typical|average|median|most|generally expected|majority|half|the usual|on average|generally|typischerweise|typische[rns]?|durchschnittlich\w*|im (?:schnitt|durchschnitt|mittel)|die meisten|der median|mittlere[rns]?|tipic[oa]|promedio|media|mediana|mediano|la mayoria|medio|a maioria|tipicamente|em media|typique|moyen(?:ne)?|mediane?|la plupart|en moyenne)(?-u:\b)[^.!?\n]{0,110}?(?-u:\b)(?:earn\w*|ma[dk]e\w*|gets?|got|sees?|saw|receiv\w*|brings?|brought|take|income|result|outcome|was|is|at|under|below|less than|nothing|zero|verdien\w*|bekomm\w*|erhalt\w*|nehmen|nimmt|liegt|gana\w*|ganh\w+|factur\w*|fatur\w*|obtien\w*|recib\w*|receb\w*|gagn\w*|touch\w*)(?-u:\b)[^.!?\n]{0,60}?(?:[0-9]|nothing|zero|less|under|no money|little|nichts|weniger|unter|nada|menos|rien|moins|not a cent|no income)",
    )
});
static SUPPORT: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:statements?|accounts?|report(?:s|ed)?|survey\w*|study|studies|source|sources|data|records?|figures|screenshots?|documents?|documented|audited|audit|proof|evidence|income disclosure|disclosure statement|according to|published|linked|tax returns?|invoices?|ledger|receipts|based on|averaged over|calculated|belege?|abrechnung\w*|quelle|studie|umfrage|laut|nachweis\w*|auswertung|kontoauszug\w*|bericht|informe|encuesta|segun|fuente|comprobant\w*|estudio|extracto\w*|datos|relatorio|pesquisa|segundo|fonte|comprovant\w*|estudo|extratos?|dados|rapport|enquete|selon|preuves?|etude|releves?|donnees|justificatifs?)(?-u:\b)",
    )
});

/// Judges the text.
pub(crate) fn check(reading: &Reading, _options: &Options, out: &mut Vec<Finding>) {
    let prose = &reading.prose;
    let sentences = prose.sentences(&TRIGGER);
    let mut claims: Vec<Range<usize>> = CLAIMS
        .of(prose)
        .flat_map(|pattern| prose.unquoted_in(pattern, &sentences))
        .filter(|range| claims_income(prose, range, false))
        .chain(
            income_frame::find(prose, &sentences)
                .into_iter()
                .filter(|range| claims_income(prose, range, true)),
        )
        .collect();
    claims.sort_by_key(|range| range.start);
    let Some(range) = claims.into_iter().next() else {
        return;
    };
    if supported(prose, &range) {
        return;
    }
    out.push(
        Finding::of(
            &RULE,
            "This says what somebody earned or will earn, without support and without the typical result beside it.",
            "Leave the claim out, or add what it rests on and what people generally earn with it; \"results not typical\" is not enough.",
        )
        .at(reading.span(&range)),
    );
}

/// `framed` is whether the words around already tell that the figure was earned.
fn claims_income(prose: &Prose, range: &Range<usize>, framed: bool) -> bool {
    let words = &prose.text[range.clone()];
    let before = prose.before(range);
    let after = prose.after(range);
    let earns = framed || EARNS.is_match(words);
    if !framed && THRESHOLD.is_match(before) {
        return false;
    }
    if RATE_AFTER.is_match(after)
        || RATE.is_match(&prose.text[prose.sentence(range)])
        || REFUTED.is_match(after)
        || THING_AFTER.is_match(after)
        || FIRM.is_match(&prose.text[prose.sentence(range)])
        || TRIED.is_match(before) && FAILED.is_match(after)
        || SAYS.is_match(before) && DISSENT.is_match(prose.next_sentence(range))
    {
        return false;
    }
    if PRICE.is_match(words) && !earns {
        return false;
    }
    let figure = words.starts_with(|c: char| c.is_ascii_digit() || "$€£".contains(c))
        || words.starts_with("us")
        || words.starts_with("r$");
    if figure
        && !earns
        && (PRICE_BEFORE.is_match(before)
            || after.contains("cheaper")
            || PRICE.is_match(before) && !EARNS.is_match(before))
        && !(promised(words) || ACHIEVED.is_match(words) && STARTS.is_match(before))
    {
        return false;
    }
    if earns && (words.contains("save") || words.contains("ahorr") || words.contains("sparst")) {
        return false;
    }
    // A denial reaches to the claim, unless a turn stands between.
    // "Wer behauptet, du verdienst …" is no turn: what follows is still the other's word.
    let reach = TURN
        .find_iter(before)
        .filter(|turn| !REPORTED.is_match(&before[..turn.start()]))
        .last()
        .map_or(before, |turn| &before[turn.end()..]);
    if DENIED.is_match(reach) {
        return false;
    }
    // "He told me I'd be making …", and then what came of it.
    if TOLD.is_match(before) || SCAM.is_match(prose.next_sentence(range)) {
        return false;
    }
    if WEAK.is_match(words) && PRICE.is_match(before) {
        return false;
    }
    // "Can you really …? No." and "Is it a way to …? No."
    let sentence = &prose.text[prose.sentence(range)];
    if sentence.ends_with('?') {
        let start = sentence.trim_start_matches([' ', '"', '-', '#']);
        let answer = prose.next_sentence(range).trim_start();
        let doubt = [
            "is ",
            "can ",
            "could ",
            "does ",
            "do you really",
            "will ",
            "are ",
            "should ",
            "did ",
            "kann ",
            "ist ",
            "wird ",
            "puede",
            "se puede",
            "es posible",
            "da para",
            "e possivel",
            "peut-on",
            "est-ce",
            "can't",
        ]
        .iter()
        .any(|word| start.starts_with(word));
        let refusal = [
            "no",
            "not ",
            "nope",
            "never",
            "unlikely",
            "nein",
            "non",
            "nao",
            "probably not",
            "hardly",
            "i doubt",
            "maybe not",
            "kaum",
        ]
        .iter()
        .any(|word| answer.starts_with(word));
        if refusal || doubt {
            return false;
        }
    }
    true
}

fn promised(words: &str) -> bool {
    [
        "on autopilot",
        "while you sleep",
        "nebenbei",
        "im schlaf",
        "in sales",
        "in profit",
        "richer",
        "income",
    ]
    .iter()
    .any(|w| words.contains(w))
}

/// Whether the typical result, in figures or as nothing, and some support stand beside the claim.
fn supported(prose: &Prose, claim: &Range<usize>) -> bool {
    let low = prose
        .text
        .floor_char_boundary(claim.start.saturating_sub(500));
    let high = prose
        .text
        .ceil_char_boundary((claim.end + 600).min(prose.text.len()));
    let near = &prose.text[low..high];
    TYPICAL.find_iter(near).any(|typical| {
        // "Results not typical" names no result.
        let words = typical.as_str();
        let denied = near[..typical.start()].trim_end().ends_with("not");
        !denied
            && (SUPPORT.is_match(near)
                || words.contains("nothing")
                || words.contains("less")
                || words.contains("under")
                || words.chars().any(|c| c.is_ascii_digit()))
    })
}
