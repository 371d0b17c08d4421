//! Cuts a page into tags and text, each with its place in the source. Linear in the page's length, whatever it holds.

use super::entity;

/// A piece of a page. Places are indices of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `<name …>`
    Open {
        name: String,
        attributes: Vec<(String, String)>,
        closed: bool,
        start: usize,
        end: usize,
    },
    /// `</name>`
    Close { name: String },
    /// Text, decoded, each character with its place.
    Text(Vec<(char, u32)>),
    /// The content of a `style` element.
    Style(String),
}

/// Elements whose content is not markup.
const RAW: &[&str] = &[
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "plaintext",
];

/// The tokens of a page.
pub(super) fn tokens(chars: &[char]) -> Vec<Token> {
    let mut out = Vec::new();
    let mut text = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars[at] != '<' {
            at = entity::decode_at(chars, at, false, &mut text);
            continue;
        }
        match chars.get(at + 1) {
            Some('!' | '?') => {
                at = skip_declaration(chars, at);
            }
            Some('/') if chars.get(at + 2).is_some_and(char::is_ascii_alphabetic) => {
                flush(&mut text, &mut out);
                let (name, rest) = name(chars, at + 2);
                at = find(chars, rest, '>').map_or(chars.len(), |end| end + 1);
                out.push(Token::Close { name });
            }
            Some('/') => at = find(chars, at, '>').map_or(chars.len(), |end| end + 1),
            Some(c) if c.is_ascii_alphabetic() => {
                flush(&mut text, &mut out);
                at = open(chars, at, &mut out);
            }
            _ => {
                text.push(('<', place(at)));
                at += 1;
            }
        }
    }
    flush(&mut text, &mut out);
    out
}

pub(super) fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn flush(text: &mut Vec<(char, u32)>, out: &mut Vec<Token>) {
    if !text.is_empty() {
        out.push(Token::Text(std::mem::take(text)));
    }
}

fn find(chars: &[char], from: usize, wanted: char) -> Option<usize> {
    chars
        .get(from..)?
        .iter()
        .position(|c| *c == wanted)
        .map(|n| from + n)
}

/// The end of a comment, a doctype or a processing instruction.
fn skip_declaration(chars: &[char], at: usize) -> usize {
    if chars.get(at + 1..at + 4) == Some(&['!', '-', '-'][..]) {
        // `<!-->` and `<!--->` are comments, too.
        if chars.get(at + 4) == Some(&'>') {
            return at + 5;
        }
        if chars.get(at + 4..at + 6) == Some(&['-', '>'][..]) {
            return at + 6;
        }
        let end = chars[at + 4..]
            .windows(3)
            .position(|w| w == ['-', '-', '>'] || w == ['-', '-', '!']);
        return end.map_or(chars.len(), |n| {
            find(chars, at + 4 + n, '>').map_or(chars.len(), |end| end + 1)
        });
    }
    find(chars, at, '>').map_or(chars.len(), |end| end + 1)
}

fn name(chars: &[char], from: usize) -> (String, usize) {
    let mut at = from;
    while chars
        .get(at)
        .is_some_and(|c| !c.is_whitespace() && *c != '>' && *c != '/')
    {
        at += 1;
    }
    // No element has a longer name; a longer one is kept short.
    (
        chars[from..at]
            .iter()
            .take(40)
            .flat_map(|c| c.to_lowercase())
            .collect(),
        at,
    )
}

fn open(chars: &[char], start: usize, out: &mut Vec<Token>) -> usize {
    let (name, mut at) = name(chars, start + 1);
    let mut attributes: Vec<(String, String)> = Vec::new();
    let mut closed = false;
    loop {
        while chars.get(at).is_some_and(|c| c.is_whitespace()) {
            at += 1;
        }
        match chars.get(at) {
            None => break,
            Some('>') => {
                at += 1;
                break;
            }
            Some('/') => {
                closed = chars.get(at + 1) == Some(&'>');
                at += 1;
            }
            Some(_) => {
                let (key, value, rest) = attribute(chars, at);
                at = rest;
                // The first of two stands; a tag with hundreds is none a person wrote.
                if attributes.len() < 200 && !attributes.iter().any(|(other, _)| *other == key) {
                    attributes.push((key, value));
                }
            }
        }
    }
    let raw = RAW.contains(&name.as_str());
    out.push(Token::Open {
        name: name.clone(),
        attributes,
        closed,
        start,
        end: at,
    });
    if !raw {
        return at;
    }
    let close = raw_end(chars, at, &name);
    if name == "style" {
        out.push(Token::Style(chars[at..close].iter().collect()));
    } else if name == "textarea" || name == "xmp" || name == "plaintext" {
        let mut text = Vec::new();
        let mut i = at;
        while i < close {
            i = entity::decode_at(&chars[..close], i, false, &mut text);
        }
        flush(&mut text, out);
    }
    close
}

/// Where the closing tag of an element without markup begins.
fn raw_end(chars: &[char], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = find(chars, at, '<') {
        if chars.get(found + 1) == Some(&'/')
            && name.chars().enumerate().all(|(i, c)| {
                chars
                    .get(found + 2 + i)
                    .is_some_and(|d| d.to_ascii_lowercase() == c)
            })
            && chars
                .get(found + 2 + name.len())
                .is_none_or(|c| c.is_whitespace() || *c == '>' || *c == '/')
        {
            return found;
        }
        at = found + 1;
    }
    chars.len()
}

fn attribute(chars: &[char], from: usize) -> (String, String, usize) {
    let mut at = from + 1;
    while chars
        .get(at)
        .is_some_and(|c| !c.is_whitespace() && !matches!(c, '=' | '>' | '/'))
    {
        at += 1;
    }
    let key: String = chars[from..at]
        .iter()
        .flat_map(|c| c.to_lowercase())
        .collect();
    let mut next = at;
    while chars.get(next).is_some_and(|c| c.is_whitespace()) {
        next += 1;
    }
    if chars.get(next) != Some(&'=') {
        return (key, String::new(), at);
    }
    next += 1;
    while chars.get(next).is_some_and(|c| c.is_whitespace()) {
        next += 1;
    }
    let (start, end, rest) = if let Some(quote @ ('"' | '\'')) = chars.get(next) {
        let end = find(chars, next + 1, *quote).unwrap_or(chars.len());
        (next + 1, end, (end + 1).min(chars.len()))
    } else {
        let mut end = next;
        while chars
            .get(end)
            .is_some_and(|c| !c.is_whitespace() && *c != '>')
        {
            end += 1;
        }
        (next, end, end)
    };
    let mut value = Vec::new();
    let mut i = start;
    while i < end {
        i = entity::decode_at(&chars[..end], i, true, &mut value);
    }
    (key, value.into_iter().map(|(c, _)| c).collect(), rest)
}
