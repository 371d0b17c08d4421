//! The little of CSS that decides whether words can be read.

use super::media::{self, View};
use std::collections::HashMap;

/// One part of a selector: what a single element must be.
#[derive(Clone, Debug, Default)]
struct Compound {
    tag: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    attributes: Vec<(String, Option<String>)>,
}

/// A rule for one selector.
#[derive(Clone, Debug)]
struct Rule {
    /// From the outermost to the element itself; whether each must be the parent of the next.
    parts: Vec<(Compound, bool)>,
    specificity: (u16, u16, u16),
    declarations: std::rc::Rc<Vec<Declaration>>,
}

/// A property with its value.
#[derive(Clone, Debug)]
pub(super) struct Declaration {
    pub name: String,
    pub value: String,
    pub important: bool,
}

/// What a selector is compared with.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub name: String,
    pub id: Option<String>,
    pub classes: Vec<String>,
    pub attributes: Vec<(String, String)>,
}

/// The rules of a page's `style` elements.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// The window it is read in.
    view: View,
    /// Whether another window might show something else.
    responsive: bool,
    rules: Vec<Rule>,
    by_key: HashMap<String, Vec<usize>>,
    variables: HashMap<String, String>,
    /// Class names that any rule mentions.
    known: std::collections::HashSet<String>,
    /// Comparisons made so far; a page that asks for more than [`MOST_WORK`] is hostile.
    work: std::cell::Cell<usize>,
}

/// Comparisons of a rule with an element: a large page needs some hundred thousand.
const MOST_WORK: usize = 1_000_000;

/// Beyond this many rules a page is not one that a person wrote.
const MOST_RULES: usize = 20_000;

impl Sheet {
    /// No rules yet.
    pub fn new(view: View) -> Self {
        Self {
            view,
            responsive: false,
            rules: Vec::new(),
            by_key: HashMap::new(),
            variables: HashMap::new(),
            known: std::collections::HashSet::new(),
            work: std::cell::Cell::new(0),
        }
    }

    /// Adds the rules of one `style` element with its `media` attribute.
    pub fn add(&mut self, css: &str, media: &str) {
        if self.holds(media) {
            let css = without_comments(css);
            self.block(&css, 0);
        }
    }

    /// Whether some rules depend on how wide the window is.
    pub fn responsive(&self) -> bool {
        self.responsive
    }

    fn holds(&mut self, media: &str) -> bool {
        let here = media::holds(media, self.view);
        let other = match self.view {
            View::Wide => View::Narrow,
            View::Narrow => View::Wide,
        };
        self.responsive |= media::holds(media, other) != here;
        here
    }

    fn block(&mut self, css: &str, depth: usize) {
        let mut rest = css;
        while let Some(open) = rest.find('{') {
            let prelude = rest[..open]
                .rsplit([';', '}'])
                .next()
                .unwrap_or_default()
                .trim();
            let end = matching(&rest[open..]).map_or(rest.len(), |n| open + n);
            let body = &rest[open + 1..end];
            if let Some(at_rule) = prelude.strip_prefix('@') {
                let lower = at_rule.to_ascii_lowercase();
                let applies = match lower.strip_prefix("media") {
                    Some(list) => self.holds(list),
                    None => lower.starts_with("supports") || lower.starts_with("layer"),
                };
                if applies && depth < 4 {
                    self.block(body, depth + 1);
                }
            } else if self.rules.len() < MOST_RULES {
                self.rule(prelude, body);
            }
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }

    fn rule(&mut self, prelude: &str, body: &str) {
        let declarations = std::rc::Rc::new(declarations(body));
        for selector in prelude.split(',').take(100) {
            let selector = selector.trim();
            if matches!(selector, ":root" | "html" | "body") {
                for declaration in declarations.iter().filter(|d| d.name.starts_with("--")) {
                    self.variables
                        .insert(declaration.name.clone(), declaration.value.clone());
                }
            }
            let Some(parts) = parts(selector) else {
                continue;
            };
            let Some((last, _)) = parts.last() else {
                continue;
            };
            let key = match (&last.id, last.classes.first(), &last.tag) {
                (Some(id), _, _) => format!("#{id}"),
                (None, Some(class), _) => format!(".{class}"),
                (None, None, Some(tag)) => tag.clone(),
                (None, None, None) => "*".to_owned(),
            };
            for (compound, _) in &parts {
                self.known.extend(compound.classes.iter().cloned());
            }
            let specificity = parts
                .iter()
                .fold((0_u16, 0_u16, 0_u16), |(a, b, c), (part, _)| {
                    let classes = u16::try_from(part.classes.len() + part.attributes.len())
                        .unwrap_or(u16::MAX);
                    (
                        a + u16::from(part.id.is_some()),
                        b.saturating_add(classes),
                        c + u16::from(part.tag.is_some()),
                    )
                });
            self.by_key.entry(key).or_default().push(self.rules.len());
            self.rules.push(Rule {
                parts,
                specificity,
                declarations: declarations.clone(),
            });
        }
    }

    /// The declarations that hold for an element, the weakest first. `above` are its ancestors, the root first.
    pub fn matching(&self, element: &Element, above: &[Element], inline: &str) -> Vec<Declaration> {
        let mut rules: Vec<(usize, &Rule)> = Vec::new();
        let mut keys: Vec<String> = vec!["*".to_owned(), element.name.clone()];
        keys.extend(element.id.iter().map(|id| format!("#{id}")));
        keys.extend(element.classes.iter().map(|class| format!(".{class}")));
        for key in keys {
            for &at in self.by_key.get(&key).into_iter().flatten() {
                if self.work.get() > MOST_WORK {
                    break;
                }
                self.work.set(self.work.get() + 1);
                if matches(&self.rules[at].parts, element, above) {
                    rules.push((at, &self.rules[at]));
                }
            }
        }
        rules.sort_by_key(|(at, rule)| (rule.specificity, *at));
        rules.dedup_by_key(|(at, _)| *at);
        let mut all: Vec<Declaration> = rules
            .iter()
            .flat_map(|(_, rule)| rule.declarations.iter().cloned())
            .collect();
        all.extend(declarations(inline));
        let (normal, important): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|declaration| !declaration.important);
        normal
            .into_iter()
            .chain(important)
            .map(|declaration| self.resolved(declaration))
            .collect()
    }

    /// Whether a rule of the page speaks of a class.
    pub fn knows(&self, class: &str) -> bool {
        self.known.contains(class)
    }

    fn resolved(&self, mut declaration: Declaration) -> Declaration {
        for _ in 0..4 {
            let Some(start) = declaration.value.find("var(") else {
                break;
            };
            let Some(end) = declaration.value[start..].find(')').map(|n| start + n) else {
                break;
            };
            let inner = declaration.value[start + 4..end].to_owned();
            let (name, fallback) = inner.split_once(',').unwrap_or((&inner, ""));
            let value = self
                .variables
                .get(name.trim())
                .map_or(fallback.trim(), String::as_str)
                .to_owned();
            declaration.value.replace_range(start..=end, &value);
        }
        declaration
    }
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start + 2..]
            .find("*/")
            .map_or("", |end| &rest[start + 2 + end + 2..]);
    }
    out.push_str(rest);
    out.replace("<!--", "").replace("-->", "")
}

/// The place of the brace that closes the one a text begins with.
fn matching(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, b) in text.bytes().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The declarations of a block or of a `style` attribute.
pub(super) fn declarations(text: &str) -> Vec<Declaration> {
    text.split(';')
        .take(500)
        .filter_map(|part| {
            let (name, value) = part.split_once(':')?;
            let value = value.trim().to_ascii_lowercase();
            let important = value.contains("!important") || value.contains("! important");
            let value = value
                .split('!')
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned();
            Some(Declaration {
                name: name.trim().to_ascii_lowercase(),
                value,
                important,
            })
        })
        .collect()
}

fn parts(selector: &str) -> Option<Vec<(Compound, bool)>> {
    // Siblings, states and generated content are beyond what is judged here.
    if selector.is_empty()
        || selector.contains(['+', '~', ':']) && selector != ":root"
        || selector.len() > 500
    {
        return None;
    }
    let spaced = selector.replace('>', " > ");
    let mut parts: Vec<(Compound, bool)> = Vec::new();
    let mut parent = false;
    for word in spaced.split_whitespace() {
        if word == ">" {
            parent = true;
            continue;
        }
        if let Some(last) = parts.last_mut() {
            last.1 = parent;
        }
        parent = false;
        parts.push((compound(word)?, false));
    }
    Some(parts)
}

fn compound(word: &str) -> Option<Compound> {
    let mut out = Compound::default();
    let mut rest = if word == ":root" { "html" } else { word };
    while let Some(first) = rest.chars().next() {
        let skip = usize::from(matches!(first, '.' | '#'));
        if first == '[' {
            let end = rest.find(']')?;
            let inner = &rest[1..end];
            let (name, value) = inner.split_once('=').map_or((inner, None), |(n, v)| {
                (n, Some(v.trim_matches(['"', '\'']).to_owned()))
            });
            if name.ends_with(['^', '$', '*', '~', '|']) {
                return None;
            }
            out.attributes
                .push((name.trim().to_ascii_lowercase(), value));
            rest = &rest[end + 1..];
            continue;
        }
        let end = rest[skip..]
            .find(['.', '#', '['])
            .map_or(rest.len(), |n| n + skip);
        let name = rest[skip..end].to_owned();
        match first {
            '.' => out.classes.push(name),
            '#' => out.id = Some(name),
            '*' => {}
            _ => out.tag = Some(name.to_ascii_lowercase()),
        }
        rest = &rest[end..];
    }
    Some(out)
}

fn is(compound: &Compound, element: &Element) -> bool {
    compound.tag.as_ref().is_none_or(|tag| *tag == element.name)
        && compound
            .id
            .as_ref()
            .is_none_or(|id| element.id.as_ref() == Some(id))
        && compound
            .classes
            .iter()
            .all(|class| element.classes.contains(class))
        && compound.attributes.iter().all(|(name, value)| {
            element
                .attributes
                .iter()
                .any(|(n, v)| n == name && value.as_ref().is_none_or(|value| v == value))
        })
}

fn matches(parts: &[(Compound, bool)], element: &Element, above: &[Element]) -> bool {
    let Some(((last, _), rest)) = parts.split_last() else {
        return false;
    };
    if !is(last, element) {
        return false;
    }
    // The nearest fit is taken for each part; ancestors far away are not asked.
    let mut ancestors = above.iter().rev().take(64);
    for (part, parent) in rest.iter().rev() {
        if *parent {
            if !ancestors.next().is_some_and(|ancestor| is(part, ancestor)) {
                return false;
            }
        } else if !ancestors.any(|ancestor| is(part, ancestor)) {
            return false;
        }
    }
    true
}
