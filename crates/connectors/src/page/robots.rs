//! What a site's robots.txt asks of programs (RFC 9309).

/// The name our lines go by, in lower case.
const OURS: &str = "perennial";
/// Longer files are read up to here.
const MOST: usize = 512 * 1024;

/// Whether a path (with its query) may be read. The longest rule decides; of two as long, the one that allows.
pub(super) fn allows(text: &str, path: &str) -> bool {
    let text = &text[..text.floor_char_boundary(MOST)];
    let groups = groups(text);
    let named: Vec<&Group> = groups
        .iter()
        .filter(|group| {
            group
                .agents
                .iter()
                .any(|agent| OURS.starts_with(agent.as_str()))
        })
        .collect();
    let chosen: Vec<&Group> = if named.is_empty() {
        groups
            .iter()
            .filter(|group| group.agents.iter().any(|agent| agent == "*"))
            .collect()
    } else {
        named
    };
    let best = chosen
        .iter()
        .flat_map(|group| &group.rules)
        .filter(|rule| matches(&rule.path, path))
        .max_by_key(|rule| (rule.path.len(), rule.allow));
    path == "/robots.txt" || best.is_none_or(|rule| rule.allow)
}

struct Group {
    agents: Vec<String>,
    rules: Vec<Rule>,
}

struct Rule {
    allow: bool,
    path: String,
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut listing = false;
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "user-agent" => {
                if !listing {
                    groups.push(Group {
                        agents: Vec::new(),
                        rules: Vec::new(),
                    });
                }
                listing = true;
                if let Some(group) = groups.last_mut()
                    && !value.is_empty()
                {
                    // "Perennial/1.0" means Perennial.
                    let agent = value.split('/').next().unwrap_or_default();
                    group.agents.push(agent.to_ascii_lowercase());
                }
            }
            name @ ("allow" | "disallow") => {
                listing = false;
                if let Some(group) = groups.last_mut()
                    && !value.is_empty()
                {
                    group.rules.push(Rule {
                        allow: name == "allow",
                        path: value.to_owned(),
                    });
                }
            }
            _ => {}
        }
    }
    groups
}

/// Whether a rule's path covers a path: `*` stands for anything, `$` for the end. Takes time linear in each star.
fn matches(rule: &str, path: &str) -> bool {
    let (rule, whole) = match rule.strip_suffix('$') {
        Some(rule) => (rule, true),
        None => (rule, false),
    };
    let mut parts = rule.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let mut starred = false;
    let mut last = "";
    for part in parts {
        starred = true;
        last = part;
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    !whole || rest.is_empty() || starred && (last.is_empty() || rest.ends_with(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_longest_rule_of_our_group_decides() {
        let text = "User-agent: *\nDisallow: /private/\nAllow: /private/open\n\nUser-agent: Other\nDisallow: /\n";
        assert!(allows(text, "/"));
        assert!(!allows(text, "/private/x"));
        assert!(allows(text, "/private/open/x"));
        let ours = "User-agent: a\nUser-agent: Perennial/2\nDisallow: /post$\nDisallow: /*.pdf$\nDisallow: /*?print\nuser-agent: *\ndisallow: /";
        assert!(allows(ours, "/anything"));
        assert!(!allows(ours, "/post"));
        assert!(allows(ours, "/post/1"));
        assert!(!allows(ours, "/a/b.pdf"));
        assert!(!allows(ours, "/a.pdf.pdf"));
        assert!(!allows(ours, "/a?print=1"));
        assert!(!allows("User-agent: *\nDisallow: / # all of it", "/x"));
        assert!(allows("User-agent: *\nDisallow:", "/x"));
        assert!(allows("<html>not found</html>", "/x"));
    }

    proptest! {
        #[test]
        fn any_file_is_answered(text in "(?s).{0,300}", path in "/[a-z*$?/]{0,20}") {
            let _ = allows(&text, &path);
        }
    }
}
