//! Walks a page's tags and writes down what a reader sees, and apart from it what is there but hidden.

use super::css::{Element, Sheet};
use super::element::{BLOCKS, HIDING, NOWHERE, VOID, address_in};
use super::media::View;
use super::style::Look;
use super::token::{Token, tokens};
use crate::disclosure::Late;
use crate::prose::{BLOCK, Flow};
use std::collections::HashMap;
use std::ops::Range;

/// An element that leads somewhere.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    pub href: String,
    pub rel: String,
    /// The opening tag in the source.
    pub span: (usize, usize),
    /// The words inside, as a range of the visible flow.
    pub text: Range<usize>,
    /// The words inside, seen or not.
    pub label: String,
    pub visible: bool,
    /// Whether it is a link element, which can carry `rel`, and no button or form.
    pub element: bool,
}

/// A page, walked.
#[derive(Clone, Debug, Default)]
pub(super) struct Built {
    pub flow: Flow,
    pub hidden: Vec<(Late, Flow)>,
    pub anchors: Vec<Anchor>,
    /// Stretches of the visible flow with a place of their own; none for menus.
    pub zones: Vec<(Range<usize>, Option<Late>)>,
    pub lang: Option<String>,
    /// The page's own address, where it names it.
    pub own_address: Option<String>,
    pub base: Option<String>,
    /// Whether its styles depend on how wide the window is.
    pub responsive: bool,
}

impl Built {
    /// Whether a reader finds the same words in the same places.
    pub fn reads_like(&self, other: &Self) -> bool {
        self.flow.chars == other.flow.chars && self.zones == other.zones
    }
}

/// What an element does to the words in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Seen,
    Hidden(Late),
    /// Nobody ever sees it: a picture's inside, a frame, a template.
    Nowhere,
}

struct Frame {
    look: Look,
    place: Place,
    /// A closed `details`, of which only the summary shows.
    folded: bool,
    zone: Option<(usize, Option<Late>)>,
    anchor: Option<usize>,
}

/// Walks a page as a window of some width shows it.
pub(super) fn build(chars: &[char], view: View) -> Built {
    let tokens = tokens(chars);
    let mut sheet = Sheet::new(view);
    let mut media = "";
    for token in &tokens {
        match token {
            Token::Open {
                name, attributes, ..
            } if name == "style" => {
                media = attributes
                    .iter()
                    .find(|(name, _)| name == "media")
                    .map_or("", |(_, value)| value.as_str());
            }
            Token::Style(css) => sheet.add(css, media),
            _ => {}
        }
    }
    let mut walk = Walk {
        built: Built {
            responsive: sheet.responsive(),
            ..Built::default()
        },
        sheet,
        frames: Vec::new(),
        elements: Vec::new(),
        open: HashMap::new(),
        hidden_open: false,
    };
    for token in tokens {
        match token {
            Token::Open {
                name,
                attributes,
                closed,
                start,
                end,
            } => walk.open(name, attributes, closed, (start, end)),
            Token::Close { name } => walk.close(&name),
            Token::Text(text) => walk.text(&text),
            Token::Style(_) => {}
        }
    }
    while !walk.frames.is_empty() {
        walk.pop();
    }
    walk.built
}

struct Walk {
    sheet: Sheet,
    built: Built,
    frames: Vec<Frame>,
    /// Beside the frames, what selectors compare with.
    elements: Vec<Element>,
    open: HashMap<String, usize>,
    /// Whether the last hidden flow may still be written on.
    hidden_open: bool,
}

impl Walk {
    #[allow(
        clippy::too_many_lines,
        reason = "one pass over what a tag says, in the order it matters"
    )]
    fn open(
        &mut self,
        name: String,
        mut attributes: Vec<(String, String)>,
        closed: bool,
        span: (usize, usize),
    ) {
        self.imply_ends(&name);
        let value = |wanted: &str| {
            attributes
                .iter()
                .find(|(n, _)| n == wanted)
                .map(|(_, v)| v.clone())
        };
        self.note_head(&name, &value);
        if name == "br" {
            self.put('\n', span.0);
            return;
        }
        let block = BLOCKS.contains(&name.as_str());
        if block {
            self.put(BLOCK, span.0);
        }
        let parent = self.frames.last();
        let style = value("style").unwrap_or_default();
        let hidden = value("hidden").is_some_and(|v| v != "until-found")
            || value("popover").is_some()
            || name == "dialog" && value("open").is_none();
        let footer = name == "footer" || value("role").as_deref() == Some("contentinfo");
        let menu = name == "nav" || value("role").as_deref() == Some("navigation");
        let folded = name == "details" && value("open").is_none();
        let id = value("id");
        let classes: Vec<String> = value("class")
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        let href = match name.as_str() {
            "a" | "area" => value("href"),
            "form" => value("action"),
            _ => value("formaction")
                .or_else(|| value("data-href"))
                .or_else(|| value("onclick").and_then(|code| address_in(&code))),
        };
        let rel = value("rel").unwrap_or_default();
        let hints: Vec<(&str, String)> = ["color", "text", "bgcolor", "size"]
            .into_iter()
            .filter_map(|hint| value(hint).map(|set| (hint, set)))
            .collect();
        // Selectors ask for few attributes, and seldom for long ones.
        attributes.retain(|(n, v)| n != "style" && v.len() < 200);
        attributes.truncate(12);
        let named = |word: &str| {
            classes
                .iter()
                .chain(&id)
                .any(|name| name.to_lowercase() == word)
        };
        let footer = footer
            || ["footer", "site-footer", "page-footer", "colophon"]
                .iter()
                .any(|word| named(word));
        let parent_look = parent.map_or_else(Look::default, |frame| frame.look);
        let parent_place = parent.map_or(Place::Seen, |frame| frame.place);
        let parent_folded = parent.is_some_and(|frame| frame.folded);
        let element = Element {
            name,
            id,
            classes,
            attributes,
        };
        let declarations = self.sheet.matching(&element, &self.elements, &style);
        let mut look = parent_look.within(&element.name, &hints, &declarations);
        let shown = declarations
            .iter()
            .any(|d| d.name == "display" && d.value != "none");
        let by_class = element
            .classes
            .iter()
            .any(|class| HIDING.contains(&class.as_str()) && !self.sheet.knows(class));
        if hidden && !shown || by_class {
            look.hide();
        }
        let place = place(&element.name, parent_place, parent_folded, look);
        let zone = (footer || menu || small_print(look)).then(|| {
            let why = if footer {
                Some(Late::Footer)
            } else if menu {
                None
            } else {
                look.late()
            };
            (self.built.flow.len(), why)
        });
        let anchor = href.map(|href| {
            let at = self.built.flow.len();
            self.built.anchors.push(Anchor {
                href,
                rel,
                span,
                text: at..at,
                label: String::new(),
                visible: place == Place::Seen && look.late() != Some(Late::Invisible),
                element: matches!(element.name.as_str(), "a" | "area"),
            });
            self.built.anchors.len() - 1
        });
        // Nothing that nobody can see leads anywhere.
        if place == Place::Nowhere && anchor.is_some() {
            self.built.anchors.pop();
        }
        let anchor = anchor.filter(|_| place != Place::Nowhere);
        if VOID.contains(&element.name.as_str())
            || closed && matches!(element.name.as_str(), "svg" | "path" | "use")
        {
            return;
        }
        let quote = element.name == "q";
        *self.open.entry(element.name.clone()).or_default() += 1;
        self.frames.push(Frame {
            look,
            place,
            folded,
            zone,
            anchor,
        });
        self.elements.push(element);
        if quote {
            self.put('"', span.0);
        }
    }

    /// A few of the ends that HTML lets authors leave out.
    fn imply_ends(&mut self, name: &str) {
        let ends: &[&str] = match name {
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "tr" => &["tr", "td", "th"],
            "td" | "th" => &["td", "th"],
            "option" => &["option"],
            "a" => &["a"],
            "body" => &["head"],
            name if BLOCKS.contains(&name) => &["p", "head"],
            _ => return,
        };
        let ends: &[&str] = if name == "head" || name == "template" || name == "noscript" {
            &[]
        } else {
            ends
        };
        if ends
            .iter()
            .all(|end| self.open.get(*end).copied().unwrap_or(0) == 0)
        {
            return;
        }
        for (back, element) in self.elements.iter().rev().take(32).enumerate() {
            if ends.contains(&element.name.as_str()) {
                for _ in 0..=back {
                    self.pop();
                }
                return;
            }
            let wall = match name {
                "li" => matches!(element.name.as_str(), "ul" | "ol" | "menu"),
                "tr" | "td" | "th" => element.name == "table",
                "a" => false,
                _ => matches!(
                    element.name.as_str(),
                    "table" | "td" | "th" | "button" | "div" | "section" | "article"
                ),
            };
            if wall {
                return;
            }
        }
    }

    fn note_head(&mut self, name: &str, value: &dyn Fn(&str) -> Option<String>) {
        match name {
            "html" | "body" if self.built.lang.is_none() => {
                self.built.lang = value("lang").filter(|lang| !lang.is_empty());
            }
            "base" if self.built.base.is_none() => {
                self.built.base = value("href").filter(|href| href.contains("://"));
                if self.built.own_address.is_none() {
                    self.built.own_address.clone_from(&self.built.base);
                }
            }
            "link" if value("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.built.own_address = value("href").filter(|href| href.contains("://"));
            }
            "meta"
                if value("property").as_deref() == Some("og:url")
                    && self.built.own_address.is_none() =>
            {
                self.built.own_address = value("content").filter(|href| href.contains("://"));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.open.get(name).copied().unwrap_or(0) == 0 {
            return;
        }
        let block = BLOCKS.contains(&name);
        let formatting = matches!(
            name,
            "a" | "b"
                | "i"
                | "em"
                | "strong"
                | "u"
                | "font"
                | "small"
                | "s"
                | "strike"
                | "code"
                | "big"
                | "tt"
                | "nobr"
        );
        let mut found = None;
        for (back, element) in self.elements.iter().rev().enumerate() {
            if element.name == name {
                found = Some(back);
                break;
            }
            // An inline end does not reach out of its block.
            if !block && (!formatting && BLOCKS.contains(&element.name.as_str()) || back > 256) {
                return;
            }
        }
        for _ in 0..=found.unwrap_or(0) {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let (Some(frame), Some(element)) = (self.frames.pop(), self.elements.pop()) else {
            return;
        };
        if let Some(count) = self.open.get_mut(&element.name) {
            *count = count.saturating_sub(1);
        }
        let end = self.built.flow.len();
        if let Some((start, why)) = frame.zone
            && end > start
        {
            self.built.zones.push((start..end, why));
        }
        if let Some(anchor) = frame.anchor.and_then(|at| self.built.anchors.get_mut(at)) {
            anchor.text.end = end.max(anchor.text.start);
            let words: String = self.built.flow.chars[anchor.text.clone()]
                .iter()
                .take(300)
                .collect();
            anchor.label = words.replace(BLOCK, " ");
        }
        if BLOCKS.contains(&element.name.as_str()) {
            self.put_in(BLOCK, None, frame.place);
        } else if element.name == "q" {
            self.put_in('"', None, frame.place);
        }
    }

    fn put(&mut self, c: char, at: usize) {
        let place = self.here();
        self.put_in(c, Some(at), place);
    }

    /// Where text that comes now would stand.
    fn here(&self) -> Place {
        match self.frames.last() {
            None => Place::Seen,
            Some(frame) if frame.folded && frame.place == Place::Seen => {
                Place::Hidden(Late::Details)
            }
            Some(frame) => frame.place,
        }
    }

    fn put_in(&mut self, c: char, at: Option<usize>, place: Place) {
        let at = |flow: &Flow| {
            at.map_or_else(|| flow.at.last().copied().unwrap_or(0), super::token::place)
        };
        match place {
            Place::Nowhere => {}
            Place::Seen => {
                let at = at(&self.built.flow);
                // One boundary is as good as many.
                if c != BLOCK || self.built.flow.chars.last() != Some(&BLOCK) {
                    self.built.flow.push(c, at);
                }
            }
            Place::Hidden(why) => {
                let same = self.hidden_open
                    && self
                        .built
                        .hidden
                        .last()
                        .is_some_and(|(last, _)| *last == why);
                if !same {
                    if c == BLOCK || self.built.hidden.len() > 5000 {
                        return;
                    }
                    self.built.hidden.push((why, Flow::default()));
                    self.hidden_open = true;
                }
                if let Some((_, flow)) = self.built.hidden.last_mut() {
                    let at = at(flow);
                    flow.push(c, at);
                }
            }
        }
    }

    fn text(&mut self, text: &[(char, u32)]) {
        let place = self.here();
        if place == Place::Nowhere {
            return;
        }
        if place == Place::Seen {
            self.hidden_open &= text.iter().all(|(c, _)| c.is_whitespace());
        }
        for (c, at) in text {
            let c = if c.is_whitespace() && *c != '\u{a0}' {
                ' '
            } else {
                *c
            };
            self.put_in(c, Some(*at as usize), place);
        }
    }
}

fn place(name: &str, parent: Place, parent_folded: bool, look: Look) -> Place {
    if parent == Place::Nowhere || NOWHERE.contains(&name) {
        return Place::Nowhere;
    }
    if parent_folded && name != "summary" {
        return Place::Hidden(Late::Details);
    }
    if name == "noscript" {
        return Place::Hidden(Late::Noscript);
    }
    match parent {
        // `visibility: visible` may bring a child back; what is folded or for browsers without scripts stays.
        Place::Hidden(why @ (Late::Details | Late::Noscript)) => Place::Hidden(why),
        _ => match look.late() {
            Some(why @ Late::Invisible) => Place::Hidden(why),
            _ => Place::Seen,
        },
    }
}

/// Seen, but too small or too pale to be read.
fn small_print(look: Look) -> bool {
    matches!(look.late(), Some(Late::Tiny | Late::Pale))
}
