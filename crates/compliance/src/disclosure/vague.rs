//! Words meant as a disclosure that readers do not understand.

use crate::lang::Language as L;
use crate::pattern::{ByLanguage, one};
use crate::prose::Prose;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static VAGUE: ByLanguage = ByLanguage::new(
    &[],
    &[
        (
            // English phrases and tags stand in texts of every language.
            L::ALL,
            &[
                // tags
                r"[#(\[] ?(?:aff|affiliate|affiliates|affiliate ?(?:links?|partner|marketing partner|post)|afflinks?|sp|spon|spons|sponsor|sponso|collab|collabs|collaboration|partner|partners|partnership|ambassador|brandambassador|gifted|promo|pr|ref|referral|reflink|afil|afiliad[oa]s?|affilie|affiliation|colab|colaboracion|colaboracao|parceria|parceiro|parceira|partenariat|partenaire|kooperation|koop|werbepartner|embaixador[a]?|embajador[a]?|ambassadeur|ambassadrice|botschafter(?:in)?|afflink|iad|client|sponsoring|paidcollab|unpaid_ad) ?(?-u:\b)[)\]]?",
                r"#[a-z0-9]*(?:partner|ambassador|collab|affiliate|ambassadeur|parceir[oa]|embaixadora?|embajadora?|colab|botschafter(?:in)?|partenaire|afiliad[oa])(?-u:\b)",
                r"(?m)(?:^|[ \n(\[|])(?:aff|sp|spon|collab|colab|ambassador|affiliate|partner|koop|kooperation|parceria|partenariat|colaboracion|ref)(?: ?[:|\])]| ?- | ?\.?\n| ?\x01| ?[^\x00-\x7f]|\.?$)",
                r"(?-u:\b)aff(?:\.|~)?[ -]?links?(?-u:\b)",
                // affiliate links and people
                r"(?-u:\b)(?:affiliate|affiliated|referral|partner|affil|promo|sponsored|tracking|ref)[ -]?(?:url|links?|code|post|content|disclosure|disclaimer|notice|partnership|relationship|video|episode)(?-u:\b)",
                r"(?-u:\b)(?:i'm|i am|we're|we are|as|your|being|this is from|by|become|became|from)(?: (?:an?|the|your|proud|official|independent|certified|kartra|long-time|both|customer and|also|now|happy|of the|one|their|program's))* (?:affiliates?|ambassadors?|partners?|brand ambassadors?|promoters?)(?-u:\b)",
                r"(?-u:\b)(?-u:\b)brand ambassador(?-u:\b)|(?-u:\b)(?:brand|kartra|kartra's|official|proud) (?:ambassador|partner|collaborator|affiliate)s?(?: (?:here|speaking|since|of|with|life)|[.,:;!)\]|]|\n|$| \x01| [^\x00-\x7f])|(?-u:\b)(?:proud|happy|excited|thrilled|honou?red|delighted|glad|stoked|pleased|grateful|lucky) to (?:be|be called|announce|have become|have joined|have teamed|join|partner|collaborate|work with|team up|represent|call myself)(?: [\w']+){0,4}? (?:(?:creator|partner|ambassador|affiliate) (?:program|programme|team)|ambassadors?|partners?|affiliates?|collaborators?|promoters?|with kartra|with @kartra|kartra family)(?-u:\b)",
                r"(?-u:\b)(?:affiliate|ambassador) (?:here|speaking|alert|link)(?-u:\b)|(?-u:\b)one of (?:their|the|kartra's) affiliates(?-u:\b)",
                // partnership, thanks, help
                r"(?-u:\b)(?:in |a |our |my |this )?(?:collab|collaboration|partnership|cooperation|association|conjunction|partnered|partnering|teamed up|teaming up|collaborating|working together|work|working) (?:together )?with (?:@?kartra|the (?:team|folks|company|makers)|our (?:friends|partner)|my (?:friends|partner))",
                r"(?-u:\b)(?:collab|collaboration|partnership) (?:post|video|content|between)(?-u:\b)",
                r"(?-u:\b)(?:thanks|thank you|thx|props|big thanks|shout ?-?out|cheers)(?:,| so much| a lot)? (?:go |goes )?(?:out )?(?:to|for|@)? ?(?:the )?(?:wonderful |good |lovely |great |kind )?(?:people |folks |team |friends |guys |crew |everyone )?(?:at |from |over at )?@?(?:kartra|our (?:partners?|sponsors?)|my (?:partners?|sponsors?)|today's (?:partner|sponsor))(?-u:\b)",
                r"(?-u:\b)(?:supports?|supporting|helps?|helping|keeps?|keeping|funds?|funding|benefits?|sustains?|feeds|fuels)(?: (?:to|out|support|fund|keep|directly|run|pay for|grow|me|us|with))* (?:(?:the|my|our|this|me|us|what (?:i|we)) ?(?:small |little |free |own |humble |wee |weekly )?(?:channel|blog|site|website|page|show|podcast|community|work|group|newsletter|content|family|team|cause|lights on|do|running|going|out|mission|writing|coffee|keep|make|cover|continue|create|stay))(?-u:\b)",
                r"(?-u:\b)(?:links?|purchase|purchases|buying|sign-?ups?|order|it|which) [^.!?\n]{0,40}?(?:supports?|helps?) (?:me|us|the (?:channel|site|blog|group|page))(?-u:\b)|(?-u:\b)(?:i|we) (?:may |might |could )?benefit(?-u:\b)|(?-u:\b)buys? me a coffee|(?-u:\b)(?:support|help) (?:me|us|the channel|my channel|my work|our work|the blog|the page|the group|this (?:channel|blog|group)) (?:by|through|via|with|using|here|and)(?-u:\b)",
                r"(?-u:\b)(?:thanks|thank you|thx|props|grateful|shout ?-?out)(?: so much| a lot)? to (?:\w+ ){1,7}?for (?:making|sponsoring|supporting|backing|helping|powering|funding|partnering|teaming|letting|hooking|sending|having)(?-u:\b)|(?-u:\b)(?:made possible|presented|powered|supported|brought to you|provided|enabled|funded|backed) by (?:(?:our |my |you,? (?:our |the )?)?readers(?-u:\b)|@?kartra|our (?:friends|partners?|sponsors?)|my (?:friends|partners?|sponsors?))",
                r"(?-u:\b)(?:courtesy of|friends? of|friends at|gifted by|c/o|in the kartra family|part of (?:the )?(?:kartra )?(?:family|creator program|partner program|ambassador program))(?: kartra)?(?-u:\b)",
                r"(?-u:\b)(?:i|we)(?: \w+){0,2}? (?:have|had) (?:an? |some |certain |sort of |kind of )*(?:\w+ )?(?:relationships?|arrangements?|deals?|agreements?|understandings?|ties|connections?|partnerships?) with (?:some of |several of |many of |a few of |certain of )?(?:the |these |those |my |our )?(?:companies|brands|vendors|makers|merchants|sellers|sponsors|partners|advertisers|tools|products|them|kartra)|(?-u:\b)kartra and (?:i|we|me) (?:have|got|are|go)(?-u:\b)|(?-u:\b)(?:material (?:connection|relationship)|business relationship|commercial relationship|vested interest|some compensation may)(?-u:\b)",
                // the mere word, at the start of a line
                r"(?m)^[^a-z0-9\n\x01]*(?:in )?(?:partnership|parceria|publiparceria|kooperation|zusammenarbeit|partenariat|partenaire|collab|colab|collaboration|colaboracion|colaboracao|ambassador|embajadora?|embaixadora?|ambassadrice|ambassadeur|botschafter(?:in)?)(?-u:\b)",
                // a bare link to a page
                r"(?m)(?-u:\b)(?:disclosures?|disclaimers?|full disclosure|ftc|affiliate policy|advertising policy|affiliate information|transparency page|transparency notice|earnings policy)(?-u:\b)(?: (?:page|policy|statement|notice|here|applies|apply|see|at|is|on))*(?: ?[:>\-] ?|\] ?\(? ?| ?)?(?:\x01|here|$|[.)\n])",
                r"(?-u:\b)(?:see|read|view|visit|check)(?: [\w']+){0,3} (?:disclosures?|disclaimers?|transparency (?:page|notice|statement))(?-u:\b)",
            ],
        ),
        (
            &[L::German],
            &[
                r"(?-u:\b)(?:affiliate-?|partner-?|empfehlungs-?|ref-?|referral-?|kooperations-?) ?(?:links?|hinweis|code|beitrag|post)(?-u:\b)|(?-u:\b)(?:in|eine|als|durch|dank|mit) (?:\w+ )?(?:kooperation|zusammenarbeit|partnerschaft|kollaboration)(?: mit)?(?-u:\b)|(?-u:\b)(?:kooperation|zusammenarbeit|partnerschaft) mit(?-u:\b)",
                r"(?-u:\b)(?:unterstutzt|unterstutze|unterstutzen|hilft|helft|hilfst|unterstutzung)(?: \w+){0,3}? (?:den|die|das|meinen|meine|mein|unseren|unsere|unser|diesen|diese|uns|mich|mir|meiner|meines|des) ?(?:kanals?|blogs?|arbeit|seite|gruppe|newsletter|podcasts?|projekts?)?(?-u:\b)",
                r"(?-u:\b)(?:danke|vielen dank|dank|herzlichen dank)(?: \w+)? (?:an |geht an )?(?:das team von |die leute von |meinen partner |unseren partner )?@?kartra(?-u:\b)|(?-u:\b)(?:markenbotschafter(?:in)?|kartra-?(?:botschafter(?:in)?|partner(?:in)?))(?-u:\b)|(?-u:\b)(?:ich bin|als|wir sind) (?:\w+ )?(?:\w+-)?(?:affiliates?|partner(?:in)?|botschafter(?:in)?|affiliate-partner(?:in)?)(?-u:\b)",
                r"(?-u:\b)(?:transparenzhinweis|offenlegung|affiliate-hinweis)(?-u:\b)",
            ],
        ),
        (
            &[L::Spanish, L::Portuguese],
            &[
                r"(?-u:\b)(?:enlaces?|links?|codigo)(?: (?:de|con))? (?:de )?(?:afiliad[oa]s?|afil|aff|ref|promo|afiliacion|afiliacao|parceir[oa]s?|parceria|referid[oa]s?|referencia|socio|recomendacion|indicacao|colaborador)(?-u:\b)",
                r"(?-u:\b)(?:en|em) (?:colaboracion|colaboracao|asociacion|alianza|parceria|cooperacion)(?: con| com)(?-u:\b)|(?-u:\b)(?:colaboracion|parceria|colaboracao|collab|colab) (?:con|com)(?-u:\b)|(?-u:\b)(?:gracias|obrigad[oa]|agradecimentos?) (?:especiales |especial )?(?:a|ao|al|a la|a los amigos de|ao pessoal do|a equipe do|a equipe da|a todo el equipo de|al equipo de) ?@?kartra(?-u:\b)",
                r"(?-u:\b)(?:apoyas?|apoyais|apoyar|apoya|ayudas?|ayudais|ayudar|apoias?|apoiar|apoiem?|apoie|ajude|ajudem|apoya|apoye|apoyen|apoyad|ayude|ayuden|ayudad|apoia|ajudas?|ajudar|ajuda|sostienes|mantener?|manter) (?:a )?(?:este|el|mi|nuestro|al|la|nuestra|esta|mi|o|meu|nosso|a|minha|nossa|esse|essa|me|nos|mantener|manter|crecer|que)(?: (?:canal|blog|trabajo|trabalho|pagina|web|site|comunidad|comunidade|grupo|proyecto|projeto|podcast|vivo|o canal|el canal|el blog))(?-u:\b)",
                r"(?-u:\b)(?:soy|somos|sou|como) (?:un |una |um |uma |orgullos[oa] |orgulhos[oa] )?(?:embajador[a]?|embaixador[a]?|afiliad[oa]|socio|parceir[oa]|colaborador[a]?)(?-u:\b)|(?-u:\b)(?:embajador[a]?|embaixador[a]?|parceir[oa]) (?:de la marca|da marca|de|do|da) ?kartra?(?-u:\b)",
            ],
        ),
        (
            &[L::French],
            &[
                r"(?-u:\b)(?:liens?|code) (?:affilies?|affil|aff|sponso|promo|ref|trackes?|recompenses?|d'affiliation|partenaires?|affiliees?|de parrainage)(?-u:\b)|(?-u:\b)(?:en|un) (?:partenariat|collaboration|cooperation) avec(?-u:\b)|(?-u:\b)(?:partenariat|collaboration|collab) avec(?-u:\b)|(?-u:\b)merci (?:a |a l'equipe de |a toute l'equipe de |aux equipes de )@?kartra(?-u:\b)",
                r"(?-u:\b)(?:soutenez|soutient|soutenir|soutiens|aidez|aide|aider) (?:a )?(?:la|ma|notre|le|mon|cette|ce|faire vivre|financer) ?(?:la |le |ma |mon )?(?:chaine|blog|travail|site|page|communaute|groupe|podcast|projet)(?-u:\b)|(?-u:\b)(?:je suis|nous sommes|en tant qu'?e?) ?(?:un |une |fiere? )?(?:ambassadeur|ambassadrice|affiliee?|partenaire)s?(?-u:\b)|(?-u:\b)(?:ambassadeur|ambassadrice|partenaire) (?:de |officiel(?:le)? )?(?:la marque|kartra)",
            ],
        ),
    ],
);

static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:not|no|never|isn't|aren't|wasn't|don't|without|nor|non|neither|instead of|unlike|nobody|kein|keine|keinen|keinem|keiner|nicht|weder|ohne|nie|nunca|ni|sin|ningun|ninguna|nao|sem|nem|nenhum|nenhuma|pas|aucun|aucune|sans|jamais|ne|n)(?: \S+){0,3}[ '(]?$|(?-u:\b)n'$|(?-u:\b)no es(?: \S+)? $|(?-u:\b)(?:how to|learn to|want to|hate|hates|looking for|other|join|become|your own|competitors'?|many|most|some people|others?|people|their own|your|you(?:'re| are)|for|if you|are you|can you|track(?:s|ing)?|manage[sr]?|managing|creates?|creating|insert(?:s|ing)?|build|built-in|own|add|every|shortens?|cloaks?) (?:\S+ ){0,2}$",
    )
});

/// "Not only", "no extra cost" and the like deny nothing; "my affiliate link" is the author's own.
static NO_DENIAL: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:not only|not just|no (?:extra|additional) (?:cost|charge)[^.!?\n]*|without (?:extra|additional) cost[^.!?\n]*|(?:my|our|this is an?|contains?|using|through|via|these are|includes?|has|have|are|with an?|i'm an?|i am an?|as an?|we are) (?P<word>\S+ )?)$",
    )
});

/// What makes the words part of a description of the program.
static GENERAL: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^ ?(?:program|programme|programs|programm|marketing|managers?|management|module|tool|tools|software|system|portal|area|center|centre|dashboard|network|networks|feature|tracking|rate|rates|schemes?|income)(?-u:\b)|^ ?(?:earn|get|receive|can|pays?|are paid)(?-u:\b)",
    )
});

/// The first vague words that are not denied.
pub(super) fn first(prose: &Prose) -> Option<Range<usize>> {
    VAGUE
        .of(prose)
        .filter_map(|pattern| {
            prose
                .unquoted(pattern)
                .find(|range| !taken_back(prose, range))
        })
        .min_by_key(|range| range.start)
}

fn taken_back(prose: &Prose, range: &Range<usize>) -> bool {
    let before = prose.before(range);
    let denied = DENIED.is_match(super::tail(before)) && !excused(before);
    // "Like and subscribe, it helps the channel" speaks of no link.
    let audience = HELPS.is_match(&prose.text[range.clone()])
        && AUDIENCE.is_match(&prose.text[prose.sentence(range)]);
    denied || audience || GENERAL.is_match(&prose.text[range.end..]) || super::asked(prose, range)
}

/// "These are my links" denies nothing, "these are no links" does.
fn excused(before: &str) -> bool {
    NO_DENIAL.captures(before).is_some_and(|found| {
        found.name("word").is_none_or(|word| {
            ![
                "no ", "not ", "never ", "zero ", "without ", "any ", "neither ",
            ]
            .contains(&word.as_str())
        })
    })
}

static HELPS: LazyLock<Regex> = LazyLock::new(|| {
    one(r"(?-u:\b)(?:help|support|keep|unterstutz|hilf|apoy|apoi|ayud|ajud|soutien|soutenez|aide)")
});
static AUDIENCE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:subscrib\w+|thumbs up|hit like|leave a like|like and|a like|likes?,|comment below|share this|abonnier\w*|daumen|suscrib\w+|me gusta|inscrev\w+|curt(?:a|e|am|ir)|deixe seu like|abonnez\w*|pouce|partagez)(?-u:\b)",
    )
});

static AFFILIATE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:i'm|i am|we're|we are|i became|as|being|and|also|now)(?: (?:an?|their|proud|official|kartra|also|now|one of their|one of the|both|customer and|paid|registered|your|happy))* affiliates?(?-u:\b)|(?-u:\b)my affiliate link|(?-u:\b)(?:became|becoming) an? (?:kartra )?affiliate|(?-u:\b)(?:ich bin|bin|als|auch) (?:\S+ )?(?:\w+-)?affiliate|(?-u:\b)(?:soy|sou|como|tambien|tambem) (?:un |una |um |uma |también )?afiliad[oa]|(?-u:\b)(?:je suis|aussi|en tant qu') ?(?:un |une )?affiliee?",
    )
});

/// Whether the author calls themself an affiliate.
pub(super) fn affiliate(prose: &Prose) -> bool {
    prose
        .unquoted(&AFFILIATE)
        .any(|range| !taken_back(prose, &range))
}
