//! A sub-ID that will not arrive.

use crate::options::Options;
use crate::reading::{Link, Pays, Reading};
use crate::rule::{Finding, RuleInfo, Severity};

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "link-lost-parameter",
    pack: "kartra",
    severity: Severity::Error,
    demands: "A sub-ID stands in the query of the link and has a value.",
    why: "An empty or misplaced sub-ID is not reported, and you cannot tell which channel sold.",
    source: "PartnerStack links: ?sid= or ?sid1=&sid2=",
    bad: "https://try.kartra.com/abc&sid=blog",
    good: "https://try.kartra.com/abc?sid=blog",
};

/// Judges every paid link.
pub(crate) fn check(reading: &Reading, _options: &Options, out: &mut Vec<Finding>) {
    for link in reading
        .links
        .iter()
        .filter(|link| link.pays == Pays::Surely)
    {
        if let Some((message, fix)) = lost(link, reading.markup) {
            out.push(Finding::of(&RULE, message, fix).at(link.span));
        }
    }
}

fn is_sub_id(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name.strip_prefix("sub").unwrap_or(&name);
    let rest = name.strip_prefix("sid").or_else(|| name.strip_prefix("id"));
    match rest {
        Some(digits) if name.starts_with("sid") => digits.chars().all(|c| c.is_ascii_digit()),
        _ => false,
    }
}

fn lost(link: &Link, markup: bool) -> Option<(&'static str, String)> {
    let raw = link.raw.as_str();
    let rest = raw.split_once("://").map_or(raw, |(_, rest)| rest);
    if raw.contains("&amp;amp;") || raw.contains("&amp;") && !markup || raw.contains("&#38;amp;") {
        let fix = format!(
            "Write {}",
            raw.replace("&amp;amp;", "&").replace("&amp;", "&")
        );
        return Some((
            "The ampersand in this link is escaped twice, so what follows it is lost.",
            fix,
        ));
    }
    // In a page the address has been decoded once already.
    if markup && raw.contains("&amp") {
        return Some((
            "The ampersand in this link is escaped twice, so what follows it is lost.",
            "Write & as &amp; once.".to_owned(),
        ));
    }
    let (before_hash, fragment) = rest
        .split_once('#')
        .map_or((rest, None), |(a, b)| (a, Some(b)));
    let (path, query) = before_hash
        .split_once('?')
        .map_or((before_hash, None), |(a, b)| (a, Some(b)));
    if let Some((_, tail)) = path.split_once('&')
        && tail.contains('=')
    {
        let fix = format!("Write {}", raw.replacen('&', "?", 1));
        return Some((
            "The parameters follow an & without a ? before it, so they are lost.",
            fix,
        ));
    }
    let in_query = query.unwrap_or_default();
    if let Some(fragment) = fragment {
        let names = fragment
            .split(['&', '?', '/', ';'])
            .filter_map(|part| part.split_once('='))
            .map(|(name, _)| name);
        if names.into_iter().any(is_sub_id)
            && !in_query.split('&').any(|part| {
                part.split_once('=')
                    .is_some_and(|(n, v)| is_sub_id(n) && !v.is_empty())
            })
        {
            return Some((
                "The sub-ID stands after a #, which is never sent.",
                "Put ?sid=… before the #.".to_owned(),
            ));
        }
    }
    for part in in_query.split('&') {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let name = name.trim_start_matches('?');
        if is_sub_id(name)
            && (value.trim().is_empty()
                || value.chars().all(|c| c == '+')
                || value.replace("%20", "").is_empty())
        {
            return Some((
                "The sub-ID is empty.",
                format!("Give it a value, such as {name}=blog, or leave it out."),
            ));
        }
        if let Some((_, second)) = value.split_once('?')
            && second
                .split_once('=')
                .is_some_and(|(name, _)| is_sub_id(name))
        {
            return Some((
                "A second ? swallows the parameter after it.",
                "Join parameters by &.".to_owned(),
            ));
        }
        if name != part.split('=').next().unwrap_or_default() && is_sub_id(name) {
            return Some((
                "A second ? swallows the parameter after it.",
                "Keep one ?.".to_owned(),
            ));
        }
    }
    None
}
