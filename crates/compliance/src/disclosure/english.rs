//! English sentences that say the author is paid.

use super::Spoken;
use crate::lang::Language;
use crate::pattern::one;
use crate::prose::Prose;
use regex::Regex;
use std::sync::LazyLock;

/// Who the author is.
const AUTHOR: &str = r"(?:i(?:'ll|'d|'m|'ve)?|we(?:'ll|'d|'re|'ve)?|the (?:admins?|administrators?|moderators?|mods|author|authors|owner|owners|team|writer|editors?|host|hosts|channel|publisher|creator)(?: of (?:this|the) \w+)?(?: team)?|our (?:admins?|administrators?|moderators?|mods|team|company|site|website|blog|channel|group|newsletter|publication|studio|agency|editors)|this (?:site|website|blog|page|channel|group|newsletter|publication|community|account)|(?:group )?admins?|mods|moderators|yours truly|my (?:company|business|team|wife|husband|partner|blog|site|channel)(?: and i)?)";
/// Words that may stand between the author and the verb.
const BETWEEN: &str = r"(?: (?:am|are) (?:one|both)(?: of them| myself| of those)?,? (?:and|so)(?: i| we)?)?(?:,? (?:the|your) (?:admins?|authors?|moderators?|mods|owners?|hosts?|editors?|team),?)?(?: (?:am |are )?(?:an? |their |both |also |one of their |a paying |paying |the )*(?:customers? and (?:also )?)?(?:an? )?(?:\w+ )?affiliates?(?: (?:of|for|with) [\w' ]{1,30}?)?(?: too| as well)?,? (?:and|so|who|which means(?: that)?(?: i| we)?|meaning(?: that)?(?: i| we)?)(?: i| we)?)?(?: (?:may|might|will|can|could|would|shall|do|does|also|sometimes|usually|typically|often|always|both|each|all|then|therefore|indeed|actually|probably|possibly|potentially|in (?:turn|return)|personally|happily|still|just|even|too|here|and \w+|likely|stand to|am going to|are going to|get to|should))*(?:,? (?:as (?:an?|your) [^.!?\n,]{1,50}|in return|in turn|at no (?:extra|additional) cost(?: to you)?),?)?";
/// Words that may stand between the verb and what is received.
const SIZE: &str = r"(?:,? (?:a|an|some|any|the|my|our|its|small|tiny|little|modest|fair|nice|decent|generous|full|standard|fixed|one-time|one-off|recurring|monthly|lifetime|affiliate|referral|sales|partner|finder's|percentage|percent|%|of|in|bit|cash|monetary|financial|commercial|up|to|about|around|roughly|flat|half|[$€£]?[0-9]+(?:,[0-9]+)?(?:%|k)?|from (?:kartra|them|the company|the seller|the vendor|the maker)|kartra|at no (?:extra|additional) (?:cost|charge)(?: to you)?,?|for (?:it|that|this)|back|kind|form|sort|slice|portion|piece|part|tiny|very|extra|also|either|good|real|actual|with|like|some kind of))*";

fn pattern(text: &str) -> Regex {
    let text = text
        .replace("AUTHOR", AUTHOR)
        .replace("BETWEEN", BETWEEN)
        .replace("SIZE", SIZE);
    one(&text)
}

static CLEAR: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // I may earn a small commission
        r"(?-u:\b)AUTHORBETWEEN (?:have |has |am |are |is |be )?(?:earn|earns|earning|receive|receives|receiving|get|gets|getting|got|make|makes|making|collect|collects|take|takes|pocket|pockets|accept|accepts|given|paid|gain|gains|obtain|earned|received) ?SIZE (?:commissions?|fees?|compensation|cut|cuts|kickbacks?|percentage|percent|share|payment|payments|payout|payouts|money|income|remuneration|reward|rewards|bonus|bounty|revenue|pay|profit|gift card|credit|credits|free (?:month|months|account|access)|store credit|cash|little something|something (?:back|for it|small)|something)(?-u:\b)",
        // I earn if you buy, I earn from qualifying purchases
        r"(?-u:\b)AUTHORBETWEEN (?:earn|earns|profit|profits|benefit financially|benefits financially|make money|cash in) (?:if|when|whenever|from|on|each|every|once|as soon as|through|via|by)(?-u:\b)",
        // I am paid, we get paid, I'll be compensated
        r"(?-u:\b)AUTHORBETWEEN (?:am |are |is |be |being |get |gets |getting |was |were |been |have been |has been |being )?(?:being )?(?:well |also |actually )?(?:paid|compensated|remunerated|rewarded)(?-u:\b)(?: (?:a|an|to|for|by|if|when|whenever|per|on|commission|each|every|once|through|something|some|via|in|as|from|and|with|money|\$)|[,:;.!)]|$| -|\n)",
        // I get about 40% of what you pay
        r"(?-u:\b)AUTHORBETWEEN (?:get|gets|earn|earns|receive|receives|make|makes|keep|keeps|take|takes)(?: (?:like|about|around|roughly|up to|a flat|some|circa))* [0-9]+(?:,[0-9]+)? ?%(?: (?:of|on|for|from|when|if|commission|cut|share|per|back|lol|each|every|recurring|whenever)| ?[.;:!)\n]|$)",
        // it pays me, which earns us a little
        r"(?-u:\b)(?:pay|pays|paying|paid)(?: out)? (?:me|us|the (?:admins?|moderators?|author|team|mods)|our (?:team|admins?|group))(?-u:\b)",
        r"(?-u:\b)(?:earn|earns|earning|give|gives|giving|net|nets|send|sends|bring|brings|get|gets|make|makes|making|hand|hands|credit|credits|reward|rewards|grants?|offers?) (?:me|us|the (?:admins?|moderators?|author|team|mods)|our (?:team|admins?))SIZE (?:commissions?|fees?|cut|kickback|percentage|share|payment|money|compensation|income|revenue|bonus|reward|cash)(?-u:\b)",
        // a commission goes to me
        r"(?-u:\b)(?:commissions?|fee|cut|percentage|share|part of (?:the|your) (?:price|payment|purchase|money|sale)|money|payment)(?: of [^.!?\n]{1,30})?(?: (?:that|which|then|also|will|may|is|are|gets?|be|,))* ?(?:goes|go|going|comes|come|paid|back|credited|flows|sent|lands|ends up) (?:straight |directly |back )?(?:to|with|in|into) (?:me|us|the (?:admins?|author|team|mods|moderators)|my pocket|our pocket)(?-u:\b)",
        // a bit of what you pay comes my way
        r"(?-u:\b)(?:bit|share|part|cut|percentage|portion|slice|fraction|piece|few (?:dollars|euros|bucks|cents|pounds|quid)|little(?: something| money| extra)?|money|cash|something)(?: of)?(?: [\w'$%-]+){0,7}? (?:(?:my|our) way|(?:in|into) (?:my|our) (?:own )?pockets?|(?:back )?to (?:me|us)(?: by| from|[.,;:!)]|$|\n))",
        r"(?-u:\b)commissions? (?:for|to) (?:me|us|the (?:admins?|author|team|mods|moderators))(?-u:\b)",
        r"(?-u:\b)(?:earning|generating|making) (?:me|us) ",
        // paid link, commissions earned
        r"(?-u:\b)(?:paid|compensated|commission|commissioned|commissionable|commission-paying|commission-earning) (?:affiliate |partner |advertising |referral )?(?:links?|partnership|promotion|placement|advertisement|ads?|endorsement|recommendation|post|content|affiliates?|partners?|promoters?|ambassadors?|spokesperson|sponsorship)(?-u:\b)",
        r"(?-u:\b)(?:links?|link below|links below|recommendation|post|video|mention|placement) (?:here |below |above |in this \w+ |on this \w+ |that follows )?(?:is|are) (?:a |all )?paid(?-u:\b)",
        r"(?-u:\b)links? (?:that|which) (?:pays?|earns?) (?:me|us|commissions?)",
        r"(?-u:\b)commissions? earned(?-u:\b)|#?commissionsearned|#?paid ?(?:link|partnership|ad|promotion)(?-u:\b)",
        // this is an ad
        r"(?-u:\b)(?:this|the following|that|what follows|below|it) ?(?:post|video|email|e-mail|message|page|pin|story|reel|newsletter|article|text|review|episode)? (?:is|contains|includes|counts as) (?:an? |my )?(?:paid )?(?:ad|ads|advert|advertisement|advertising|sponsored(?: post| content| message)?|paid (?:for|ad|by kartra))(?-u:\b)",
        r"(?-u:\b)(?:i have|we have|having) a (?:direct )?financial (?:interest|stake|relationship|connection)",
        r"(?-u:\b)sponsored by (?:kartra|the company|the maker)",
    ]
    .iter()
    .map(|text| pattern(text))
    .collect()
});

/// What takes the words back when it stands just before them.
static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?-u:\b)(?:not|never|no one|nobody|none|nor|neither|without|no|isn't|aren't|wasn't|don't|doesn't|didn't|won't|can't|cannot|couldn't|nothing|hardly|unlike|instead of|stopped|refuse|refused|if only|wish|unless|zero|rather than|free of|far from)(?: \w+){0,3} ?$|(?-u:\b)(?:think|thinks|thought|believe|believes|assume|assumes|assumed|suspect|claim|claims|accused?|imagine|whether|wonder|pretend|(?:they|people|others|some|many|bloggers|everyone|everybody) (?:say|said)(?: that)?|as if|as though|imply|suppose|suppose that|guess that|where others|others?|competitors|they say|used to|if|until)(?: that)?(?: \w+)? ?$|(?-u:\b)not (?:that|because|as if|like) ?$)",
    )
});

/// "Not only" and the like deny nothing, and "no extra cost" denies a cost.
static NO_DENIAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?-u:\b)(?:not only|not just|no (?:extra|additional|further) (?:cost|charge|fee)s?[^.!?\n]*|without (?:any )?(?:extra|additional) (?:cost|charge)s?[^.!?\n]*|no (?:doubt|secret|question|surprise)|not sponsored[^.!?\n]* but|nothing extra[^.!?\n]*|if you[^.!?\n]*|don't forget|not free[^.!?\n]*|never forget|no matter[^.!?\n]*|why not[^.!?\n]*|[^.!?\n]*\bbut) ?$",
    )
});

/// What takes the words back when it follows in the same sentence.
static RETRACTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[^.!?\n]{0,60}(?-u:\b)(?:but|yet|though|however) (?:i|we) (?:do not|don't|never|refuse|decline|won't|didn't|chose not|am not|are not|have not|haven't)(?-u:\b)|^ ?(?:no|nothing|zero)(?-u:\b)|^[^.!?\n]{0,25}(?-u:\b)(?:would be|is a myth|is a lie|is (?:simply |just )?(?:not true|untrue|wrong|nonsense)|by my (?:employer|clients?|boss)|every friday|monthly salary|in euros|for my (?:work|job|services))",
    )
});

/// Words that show talk of what might be, or of the reader's own affiliate business.
static IRREAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?-u:\b)if (?:i|we) (?:earned|got|were|was|received|did|took)(?-u:\b)|(?-u:\b)how (?:i|we) (?:earn|make|get|can|could) [^.!?\n]*(?:as an affiliate|step by step|and how you)|(?-u:\b)(?:i|we) (?:could|would) [^.!?\n]{0,60}(?-u:\b)if (?:i|we) (?:wanted|signed|joined|were)(?-u:\b)",
    )
});

/// Clear English words of a text.
pub(super) fn clear(prose: &Prose) -> Vec<Spoken> {
    CLEAR
        .iter()
        .flat_map(|pattern| {
            prose.unquoted(pattern).filter(|range| {
                let before = prose.before(range);
                let before_tail = super::tail(before);
                let denied = DENIED.is_match(before_tail) && !NO_DENIAL.is_match(before);
                let sentence = &prose.text[prose.sentence(range)];
                !denied
                    && !RETRACTED.is_match(prose.after(range))
                    && !IRREAL.is_match(sentence)
                    && !super::asked(prose, range)
            })
        })
        .map(|range| Spoken {
            range,
            language: Some(Language::English),
            buried: false,
            label: false,
        })
        .collect()
}
