//! The little of CSS that decides whether words can be read.

use std::collections::HashMap;

/// A colour with its opacity, each from 0 to 1.
pub(super) type Rgba = [f32; 4];

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
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
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
    /// Adds the rules of one `style` element.
    pub fn add(&mut self, css: &str) {
        let css = without_comments(css);
        self.block(&css, 0);
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
                let applies = lower.starts_with("supports")
                    || lower.starts_with("layer")
                    || lower.starts_with("media")
                        && !lower.contains("print")
                        && !lower.contains("width")
                        && !lower.contains("prefers");
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

/// A length in pixels; `em` is the size of the text around it.
pub(super) fn pixels(value: &str, em: f32) -> Option<f32> {
    let value = value.trim();
    let fixed = match value {
        "0" => Some(0.0),
        "xx-small" => Some(9.0),
        "x-small" => Some(10.0),
        "small" => Some(13.0),
        "medium" => Some(16.0),
        "large" => Some(18.0),
        "x-large" => Some(24.0),
        "xx-large" => Some(32.0),
        "smaller" => Some(em / 1.2),
        "larger" => Some(em * 1.2),
        _ => None,
    };
    if fixed.is_some() {
        return fixed;
    }
    if let Some(inner) = value
        .strip_prefix("clamp(")
        .or_else(|| value.strip_prefix("max("))
        .and_then(|v| v.strip_suffix(')'))
    {
        return inner
            .split(',')
            .next_back()
            .and_then(|part| pixels(part, em));
    }
    let end = value
        .find(|c: char| c.is_ascii_alphabetic() || c == '%')
        .unwrap_or(value.len());
    let number: f32 = value[..end].trim().parse().ok()?;
    Some(match &value[end..] {
        "" | "px" => number,
        "pt" => number * 4.0 / 3.0,
        "em" => number * em,
        "rem" | "pc" => number * 16.0,
        "%" => number * em / 100.0,
        "ex" | "ch" => number * em / 2.0,
        "vw" | "vh" => number * 10.0,
        "cm" => number * 37.8,
        "mm" => number * 3.78,
        "in" => number * 96.0,
        _ => return None,
    })
}

/// A colour; none where the value is none this knows.
pub(super) fn color(value: &str) -> Option<Rgba> {
    let value = value.trim();
    if let Some(hex) = value.strip_prefix('#') {
        let digits: Vec<f32> = hex
            .chars()
            .map(|c| c.to_digit(16))
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .map(byte)
            .collect();
        let short = |at: usize| digits.get(at).map(|digit| digit * 17.0 / 255.0);
        let long = |at: usize| Some((digits.get(at)? * 16.0 + digits.get(at + 1)?) / 255.0);
        return match digits.len() {
            3 | 4 => Some([short(0)?, short(1)?, short(2)?, short(3).unwrap_or(1.0)]),
            6 | 8 => Some([long(0)?, long(2)?, long(4)?, long(6).unwrap_or(1.0)]),
            _ => None,
        };
    }
    if let Some((kind, inner)) = value.split_once('(') {
        let numbers: Vec<(f32, bool)> = inner
            .trim_end_matches(')')
            .split([',', ' ', '/'])
            .filter(|part| !part.is_empty())
            .map(|part| {
                let percent = part.ends_with('%');
                part.trim_end_matches(['%', 'd', 'e', 'g'])
                    .parse()
                    .ok()
                    .map(|number| (number, percent))
            })
            .collect::<Option<Vec<_>>>()?;
        let alpha = numbers
            .get(3)
            .map_or(1.0, |(n, percent)| if *percent { n / 100.0 } else { *n });
        let [first, second, third] = [numbers.first()?, numbers.get(1)?, numbers.get(2)?];
        return match kind.trim() {
            "rgb" | "rgba" => {
                let part =
                    |(n, percent): &(f32, bool)| if *percent { n / 100.0 } else { n / 255.0 };
                Some([part(first), part(second), part(third), alpha])
            }
            "hsl" | "hsla" => {
                let [r, g, b] = from_hsl(first.0, second.0 / 100.0, third.0 / 100.0);
                Some([r, g, b, alpha])
            }
            _ => None,
        };
    }
    let name = |hex: &str| color(hex);
    match value {
        "transparent" => Some([0.0, 0.0, 0.0, 0.0]),
        "white" | "snow" | "ivory" | "floralwhite" | "ghostwhite" | "mintcream" | "azure" => {
            name("#fff")
        }
        "black" => name("#000"),
        "whitesmoke" => name("#f5f5f5"),
        "gainsboro" => name("#dcdcdc"),
        "lightgray" | "lightgrey" => name("#d3d3d3"),
        "silver" => name("#c0c0c0"),
        "darkgray" | "darkgrey" => name("#a9a9a9"),
        "gray" | "grey" => name("#808080"),
        "dimgray" | "dimgrey" => name("#696969"),
        "lightyellow" | "cornsilk" | "lemonchiffon" | "beige" | "linen" | "oldlace"
        | "seashell" | "aliceblue" | "lavenderblush" => name("#fafae6"),
        "lavender" => name("#e6e6fa"),
        "yellow" => name("#ff0"),
        "red" => name("#f00"),
        "blue" => name("#00f"),
        "green" => name("#008000"),
        "navy" => name("#000080"),
        "darkblue" => name("#00008b"),
        "orange" => name("#ffa500"),
        "pink" => name("#ffc0cb"),
        "purple" => name("#800080"),
        "maroon" | "brown" => name("#800000"),
        "teal" => name("#008080"),
        "cyan" | "aqua" => name("#0ff"),
        "lime" => name("#0f0"),
        _ => None,
    }
}

fn byte(digit: u32) -> f32 {
    f32::from(u8::try_from(digit).unwrap_or(0))
}

fn from_hsl(hue: f32, saturation: f32, lightness: f32) -> [f32; 3] {
    let chroma = saturation * lightness.min(1.0 - lightness);
    let part = |n: f32| {
        let k = (n + hue / 30.0).rem_euclid(12.0);
        lightness - chroma * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    };
    [part(0.0), part(8.0), part(4.0)]
}

/// One colour seen through its opacity over another.
pub(super) fn over(top: Rgba, bottom: [f32; 3], opacity: f32) -> [f32; 3] {
    let alpha = (top[3] * opacity).clamp(0.0, 1.0);
    std::array::from_fn(|i| top[i] * alpha + bottom[i] * (1.0 - alpha))
}

/// The contrast ratio of WCAG 2.1, from 1 to 21.
pub(super) fn contrast(a: [f32; 3], b: [f32; 3]) -> f32 {
    let light = |c: [f32; 3]| {
        let linear = |v: f32| {
            if v <= 0.04045 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2])
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_follows_wcag() {
        let gray = color("#777").unwrap();
        let ratio = contrast([gray[0], gray[1], gray[2]], [1.0; 3]);
        assert!((ratio - 4.48).abs() < 0.01, "{ratio}");
        assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 0.01);
    }

    #[test]
    fn reads_colours_and_lengths() {
        assert_eq!(color("rgb(255 0 0 / 50%)"), Some([1.0, 0.0, 0.0, 0.5]));
        assert_eq!(color("hsl(0, 0%, 100%)"), Some([1.0, 1.0, 1.0, 1.0]));
        assert_eq!(pixels("0.5em", 16.0), Some(8.0));
        assert_eq!(pixels("9pt", 16.0), Some(12.0));
    }
}
