//! The program's name in an account's name.

use crate::brand;
use crate::options::Options;
use crate::pattern::one;
use crate::reading::Reading;
use crate::rule::{Finding, RuleInfo, Severity};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "brand-in-handle",
    pack: "kartra",
    severity: Severity::Error,
    demands: "The program's name is no part of your account names.",
    why: "People would take your account for the company's own.",
    source: "Kartra: the name may not be part of an account's username",
    bad: "Follow me at @kartra_coach_anna",
    good: "Follow me at @anna_builds_funnels, and the company at @kartra",
};

/// Where a name stands: `@name`, `u/name`, or behind the address of a network.
static HANDLES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?:^|[^\p{L}\p{N}._%+\-/@])@([\p{L}\p{N}][\p{L}\p{N}._\-]*)",
        r"(?i)(?:^|[^\p{L}\p{N}/.])/?u(?:ser)?/([\p{L}\p{N}_\-]+)",
        r"(?i)(?:facebook\.com|fb\.com|fb\.me|instagram\.com|twitter\.com|x\.com|tiktok\.com|threads\.net|t\.me|pinterest\.(?:com|de|es|fr)|medium\.com|github\.com|twitch\.tv|snapchat\.com/add|linkedin\.com/in|quora\.com/profile|youtube\.com/c|youtube\.com/user|reddit\.com/u|reddit\.com/user|youtube\.com|patreon\.com|ko-fi\.com|gumroad\.com|vk\.com|bsky\.app/profile|m\.me)/@?([\p{L}\p{N}][\p{L}\p{N}._\-]*)",
        r"(?i)\b(?:user ?name|handle|nick ?name|account name|account|screen name|benutzername|nutzername|usuario|nombre de usuario|pseudo|nom d'utilisateur|nome de usu[aá]rio|instagram|insta|ig|tiktok|twitter|telegram|skype|discord)(?: (?:is|ist|es|est|[eé]|name))?(?:: ?|\s+is\s+|\s+)@?([\p{L}\p{N}]+[\p{L}\p{N}._\-]*)",
        r"(?i)\b(?:find|follow|add|know) (?:me|us) (?:on \w+ )?(?:as|under|by) @?([\p{L}\p{N}][\p{L}\p{N}._\-]*)",
        r"(?i)\bI(?:'m| am) ([\p{L}\p{N}]+[._\-]?[\p{L}\p{N}._\-]*) on (?:instagram|twitter|x|tiktok|facebook|youtube|reddit|quora|threads|pinterest|telegram)",
    ]
    .iter()
    .map(|text| one(text))
    .collect()
});

/// Paths that are places, not names.
const PLACES: &[&str] = &[
    "groups",
    "pages",
    "events",
    "watch",
    "hashtag",
    "sharer",
    "share",
    "search",
    "explore",
    "reel",
    "reels",
    "p",
    "tv",
    "playlist",
    "results",
    "channel",
    "intent",
    "status",
    "i",
    "home",
    "marketplace",
    "story",
    "photo",
    "posts",
    "tag",
];

/// What shows that the name is another's, or only spoken of.
static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?i)(?:thanks?(?: you)?(?: so much)?(?: to)?|thx(?: to)?|shout-?\s?out to|shoutout|credits?(?: to)?|h/t|hat tip(?: to)?|kudos to|props to|question (?:from|by)|asked by|replying to|reply to|report(?:ed)?|beware of|watch out for|fake account|impersonat\w+|scam\w*|blocked?|banned|names? (?:like|such as)|accounts? (?:like|such as|named|called)|handles? (?:like|such as)|usernames? (?:like|such as)|danke(?: an)?|gracias a|merci [aà]|obrigad[oa] a|namen wie|nombres como|noms comme|nomes como|instead of|rename[d]?(?: from)?|formerly|used to be|previously|not|never|don't|no longer|avoid)[\s:,]*(?:\w+ ){0,3}$",
    )
});
static FORBIDS: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?i)\b(?:may not|must not|mustn't|not allowed|isn't allowed|aren't allowed|does not allow|doesn't allow|don't allow|forbid\w*|forbidden|prohibit\w*|against the (?:rules|terms)|violat\w+|breaks? the (?:rules|terms)|never (?:use|name|call|pick|choose)|(?:don't|do not) (?:use|name|call|pick|choose|put)|nicht erlaubt|verboten|darfst? (?:nicht|kein)|no (?:est[aá] )?permit\w*|prohibid\w*|prohib\w*|interdit\w*|n'est pas autoris\w+|n[aã]o (?:[eé] )?permit\w*|proibid\w*|wrote|asked|says|said|renamed|changed (?:my|our) (?:name|handle) from)\b",
    )
});

/// Judges the text.
pub(crate) fn check(reading: &Reading, options: &Options, out: &mut Vec<Finding>) {
    let text: String = reading.flow.chars.iter().collect();
    let windows = windows(&text, options);
    // One byte offset a character, so that a match finds its way back.
    let mut reported: Vec<usize> = Vec::new();
    for pattern in HANDLES.iter() {
        let names = windows.iter().flat_map(|window| {
            pattern
                .captures_iter(&text[window.clone()])
                .filter_map(|found| found.get(1))
                .map(|name| window.start + name.start()..window.start + name.end())
        });
        for name in names.take(400) {
            let trimmed = text[name.clone()].trim_end_matches(['.', '-', '_']);
            if PLACES.contains(&trimmed.to_lowercase().as_str())
                || !options
                    .pack
                    .brands
                    .iter()
                    .any(|b| brand::in_handle(trimmed, b))
                || own(trimmed, options)
            {
                continue;
            }
            // An address such as anna@kartra-tips.example, or a host behind a Mastodon name, is none.
            let rest = &text[name.start + trimmed.len()..];
            if rest.starts_with('@') && !rest.starts_with("@ ")
                || rest.starts_with(".com")
                || in_address(&text, name.start)
            {
                continue;
            }
            let low = text.floor_char_boundary(name.start.saturating_sub(200));
            let high = text.ceil_char_boundary((name.end + 200).min(text.len()));
            let before = &text[low..name.start];
            let before = &before[before
                .rfind(['.', '!', '?', '\n'])
                .filter(|i| before[*i..].starts_with('\n') || before[i + 1..].starts_with(' '))
                .map_or(0, |i| i + 1)..];
            let after = &text[name.start + trimmed.len()..high];
            let after = &after[..after.find(['!', '?', '\n']).unwrap_or(after.len())];
            let lead = before
                .trim_end_matches(['@', '/', 'u', '"', '\'', '(', '“', '„'])
                .trim_end();
            if OTHERS.is_match(&format!("{lead} "))
                || FORBIDS.is_match(before)
                || FORBIDS.is_match(after.split(". ").next().unwrap_or_default())
            {
                continue;
            }
            let start = text[..name.start].chars().count();
            if reported.contains(&start) {
                continue;
            }
            reported.push(start);
            let span = reading.flow.span(&(start..start + trimmed.chars().count()));
            out.push(
                Finding::of(
                    &RULE,
                    format!("The account name \"{trimmed}\" contains the program's name."),
                    format!(
                        "Choose a name without \"{}\", such as your own.",
                        options.pack.name
                    ),
                )
                .at(span),
            );
        }
    }
}

/// Where the name is part of something longer, with what stands around it: few places of a text, however often it
/// speaks of the program.
fn windows(text: &str, options: &Options) -> Vec<Range<usize>> {
    const BEFORE: usize = 160;
    const AFTER: usize = 80;
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    let spaces = text.char_indices().filter(|(_, c)| c.is_whitespace());
    for (at, space) in spaces.chain([(text.len(), ' ')]) {
        let range = from..at;
        from = at + space.len_utf8();
        let word = &text[range.clone()];
        let plain = word
            .trim_matches(|c: char| !c.is_alphanumeric())
            .replace('\u{2019}', "'");
        let named = options
            .pack
            .brands
            .iter()
            .any(|brand| brand::perhaps_in(word, brand));
        if !named || own(&plain, options) {
            continue;
        }
        // A window begins at a space, so that no name is cut in two.
        let low = text.floor_char_boundary(range.start.saturating_sub(BEFORE));
        let start = text[low..range.start]
            .find(char::is_whitespace)
            .map_or(range.start, |i| low + i);
        let start = if low == 0 { 0 } else { start };
        let end = text.ceil_char_boundary((range.end + AFTER).min(text.len()));
        match found.last_mut() {
            Some(last) if start <= last.end => last.end = end.max(last.end),
            _ => found.push(start..end),
        }
    }
    found
}

fn own(name: &str, options: &Options) -> bool {
    let lower = name.to_lowercase();
    let lower = lower.strip_suffix(".com").unwrap_or(&lower);
    let lower = lower.strip_suffix("'s").unwrap_or(lower);
    options.pack.own_handles.iter().any(|own| own == lower)
}

/// Whether the @ belongs to an e-mail address or a web address that is no profile.
fn in_address(text: &str, start: usize) -> bool {
    let word = &text[..start];
    let word = word.rsplit(char::is_whitespace).next().unwrap_or_default();
    let name = word.trim_end_matches('@');
    word.ends_with('@') && name.ends_with(|c: char| c.is_alphanumeric()) && !name.contains('/')
}
