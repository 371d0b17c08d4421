//! A host that only looks like the program's.

use crate::brand;
use crate::link::{Address, host_within};
use crate::options::{Options, ProgramPack};
use crate::pattern::one;
use crate::reading::{Link, Pays, Reading};
use crate::rule::{Finding, RuleInfo, Severity};
use regex::Regex;
use std::sync::LazyLock;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "link-wrong-host",
    pack: "kartra",
    severity: Severity::Error,
    demands: "What looks like a link to the program leads to the program.",
    why: "A look-alike host pays you nothing and may cheat your readers.",
    source: "Kartra affiliate terms (S1); FTC Act, section 5 (deception)",
    bad: "Try Kartra: https://try.kartra.co/abc",
    good: "Try Kartra: https://try.kartra.com/abc",
};

/// Hosts of others on which the program's name rightly stands.
const HOSTS_OF_OTHERS: &[&str] = &[
    "partnerstack.com",
    "wikipedia.org",
    "youtube.com",
    "youtu.be",
    "facebook.com",
    "instagram.com",
    "twitter.com",
    "x.com",
    "linkedin.com",
    "g2.com",
    "capterra.com",
    "trustpilot.com",
    "archive.org",
    "google.com",
    "github.com",
    "reddit.com",
    "apple.com",
    "crunchbase.com",
    "trustradius.com",
    "producthunt.com",
    "zapier.com",
    "quora.com",
    "pinterest.com",
];

static CALL: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^[^\p{L}]*(?:(?:try|get|start|visit|go to|join|sign up (?:for|to|at|with)|sign up|open|log ?in to|buy|order|test|official|click for|check out|teste|probier|hol dir|zu|prueba|ir a|visita|essayez|essayer|testez|experimente|conheça|acesse|the official|die offizielle|your)\s+)*(?:name)(?:\s+(?:now|here|today|for free|free|free trial|trial|official|official site|official website|website|site|home ?page|login|log in|sign ?up|account|jetzt|testen|kostenlos|gratis|ahora|aquí|ici|maintenant|gratuitement|agora|aqui|grátis|pricing|plans|app|dashboard|support))*[^\p{L}]*$",
    )
});

/// Judges every link.
pub(crate) fn check(reading: &Reading, options: &Options, out: &mut Vec<Finding>) {
    for link in &reading.links {
        let Some(address) = &link.address else {
            continue;
        };
        let Some(message) = wrong(address, link, reading, &options.pack) else {
            continue;
        };
        let fix = match options.pack.link_forms.first() {
            Some(form) => format!(
                "Copy your own link from the program; its host is {}.",
                form.host
            ),
            None => "Copy your own link from the program.".to_owned(),
        };
        out.push(Finding::of(&RULE, message, fix).at(link.span));
    }
}

fn wrong(address: &Address, link: &Link, reading: &Reading, pack: &ProgramPack) -> Option<String> {
    let host = address.host.as_str();
    let of_program = |host: &str| pack.domains.iter().any(|domain| host_within(host, domain));
    if let Some(user) = &address.user {
        let names = user.contains('.')
            || pack
                .brands
                .iter()
                .any(|brand| user.to_lowercase().contains(brand.as_str()));
        if names && !of_program(host) {
            return Some(format!("This looks like {user}, but leads to {host}."));
        }
    }
    if of_program(host) || reading.own_hosts.iter().any(|own| host_within(host, own)) {
        return None;
    }
    if host.split('.').any(|label| label.starts_with("xn--")) {
        return Some(format!(
            "The host {host} is written in punycode: it can look like another one."
        ));
    }
    if HOSTS_OF_OTHERS.iter().any(|other| host_within(host, other)) {
        return None;
    }
    let names: Vec<&str> = pack
        .brands
        .iter()
        .chain(&pack.host_names)
        .map(String::as_str)
        .collect();
    if brand::in_host(host, &names) {
        return Some(format!(
            "The host {host} looks like {}'s and is not.",
            pack.name
        ));
    }
    let path = address.path.trim_start_matches('/').to_lowercase();
    if let Some(domain) = pack.domains.iter().find(|domain| {
        let first = path.split(['/', '?']).next().unwrap_or_default();
        host_within(first, domain)
    }) {
        return Some(format!("This names {domain}, but leads to {host}."));
    }
    let label = link.label.as_deref()?;
    if link.pays != Pays::No {
        return None;
    }
    behind_name(label, pack).then(|| {
        format!(
            "\"{}\" leads to {host}, which is not {}'s.",
            label.trim(),
            pack.name
        )
    })
}

/// Whether the words a reader clicks on promise the program itself.
fn behind_name(label: &str, pack: &ProgramPack) -> bool {
    let lower = label.trim().to_lowercase();
    if pack.domains.iter().any(|domain| {
        lower
            .split(|c: char| c.is_whitespace() || matches!(c, '/' | '(' | ')'))
            .any(|word| host_within(word.trim_end_matches(['.', ',', '!', ':']), domain))
    }) {
        return true;
    }
    // The pattern knows the built-in name; another program's stands in for it.
    pack.brands.iter().any(|brand| {
        CALL.is_match(&lower.replace(brand.as_str(), "name")) && lower.contains(brand.as_str())
    })
}
