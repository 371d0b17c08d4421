//! Text made ready for reading: folded to plain lower-case letters, sentence ends known, every place traceable.

use crate::lang::{self, Language};
use crate::quotation::quotes;
use regex::Regex;
use std::ops::Range;
use std::sync::OnceLock;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Stands for a web address in [`Prose::text`], so that its letters are not read as words.
pub const LINK: char = '\u{1}';
/// A boundary between blocks of a page, never part of a sentence.
pub const BLOCK: char = '\u{2029}';

/// A page may repeat itself a hundred thousand times; the first few hundred matches tell.
const MOST_MATCHES: usize = 150;

/// What a reader sees, one character after the other, each with its index in the source.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// The characters.
    pub chars: Vec<char>,
    /// For each of them, its index in the source in Unicode scalar values.
    pub at: Vec<u32>,
}

impl Flow {
    /// Adds a character that stands at an index of the source.
    pub fn push(&mut self, c: char, at: u32) {
        self.chars.push(c);
        self.at.push(at);
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The source span of a range of the flow.
    pub fn span(&self, range: &Range<usize>) -> (usize, usize) {
        let start = self.at.get(range.start).map_or(0, |&at| at as usize);
        let end = range
            .end
            .checked_sub(1)
            .and_then(|last| self.at.get(last))
            .map_or(start, |&at| at as usize + 1);
        (start, end.max(start))
    }
}

/// Folded text. Sentence ends are `.`, `!`, `?` and the newline; a dot inside a word is `~`, inside a number `,`.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// The folded text.
    pub text: String,
    /// For each byte of it, the index in the flow.
    flow_at: Vec<u32>,
    /// For each character of the flow, the byte where it went.
    byte_at: Vec<u32>,
    /// Byte ranges between quotation marks.
    quotes: Vec<Range<usize>>,
    /// Which languages it may hold a sentence in.
    spoken: OnceLock<[bool; 5]>,
}

impl Prose {
    /// Folds a flow; the ranges (sorted) become one [`LINK`] each.
    pub fn new(flow: &Flow, links: &[Range<usize>]) -> Self {
        let mut prose = Self::default();
        let mut next_link = links.iter().peekable();
        let mut at = 0;
        while at < flow.len() {
            while next_link.peek().is_some_and(|range| range.end <= at) {
                next_link.next();
            }
            if let Some(range) = next_link.peek()
                && range.contains(&at)
            {
                prose.push(LINK, at);
                for _ in at..range.end {
                    prose.byte_at.push(u32_of(prose.text.len() - 1));
                }
                at = range.end;
                continue;
            }
            prose.byte_at.push(u32_of(prose.text.len()));
            prose.fold(flow, at);
            at += 1;
        }
        prose.quotes = quotes(&prose.text);
        prose
    }

    /// Whether a sentence of a language may stand in it.
    pub fn may_speak(&self, language: Language) -> bool {
        let spoken = self.spoken.get_or_init(|| lang::spoken(&self.text));
        Language::ALL
            .iter()
            .zip(spoken)
            .any(|(one, may)| *one == language && *may)
    }

    fn push(&mut self, c: char, at: usize) {
        let before = self.text.len();
        self.text.push(c);
        for _ in before..self.text.len() {
            self.flow_at.push(u32_of(at));
        }
    }

    fn space(&mut self, at: usize) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.push(' ', at);
        }
    }

    fn boundary(&mut self, at: usize) {
        if self.text.ends_with(' ') {
            self.text.pop();
            self.flow_at.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.push('\n', at);
        }
    }

    fn fold(&mut self, flow: &Flow, at: usize) {
        let c = flow.chars[at];
        match c {
            BLOCK => self.boundary(at),
            '\n' if soft_break(&flow.chars, at) => self.space(at),
            '\n' => self.boundary(at),
            '*' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' | '\u{fe0f}' => {}
            '~' | '_' | '`' => self.space(at),
            '.' => self.dot(&flow.chars, at),
            '\u{2026}' => self.push('.', at),
            'a'..='z' | '0'..='9' => self.push(c, at),
            'A'..='Z' => self.push(c.to_ascii_lowercase(), at),
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{b4}' => self.push('\'', at),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => self.push('"', at),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => self.push('-', at),
            c if c.is_whitespace() || c.is_control() => self.space(at),
            c if c.is_ascii() => self.push(c, at),
            c => self.fold_wide(c, at),
        }
    }

    fn fold_wide(&mut self, c: char, at: usize) {
        decompose_compatible(c, |part| {
            if is_combining_mark(part) {
                return;
            }
            match part {
                'ß' | 'ẞ' => {
                    self.push('s', at);
                    self.push('s', at);
                }
                'æ' | 'Æ' => {
                    self.push('a', at);
                    self.push('e', at);
                }
                'œ' | 'Œ' => {
                    self.push('o', at);
                    self.push('e', at);
                }
                'ø' | 'Ø' => self.push('o', at),
                'ł' | 'Ł' => self.push('l', at),
                part if part.is_whitespace() => self.space(at),
                part => {
                    for lower in part.to_lowercase() {
                        self.push(lower, at);
                    }
                }
            }
        });
    }

    fn dot(&mut self, chars: &[char], at: usize) {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        let previous = at
            .checked_sub(1)
            .and_then(|i| chars.get(i))
            .copied()
            .unwrap_or(' ');
        if next.is_alphanumeric() {
            let number = next.is_ascii_digit() && previous.is_ascii_digit();
            self.push(if number { ',' } else { '~' }, at);
            return;
        }
        // "approx. five" and "z. B. so" go on: a short word, then a lower-case letter.
        let follows = chars[at + 1..]
            .iter()
            .take(3)
            .find(|c| !c.is_whitespace())
            .copied();
        let word = chars[..at]
            .iter()
            .rev()
            .take(6)
            .take_while(|c| c.is_alphabetic() || **c == '.')
            .count();
        if next == ' ' && (1..=3).contains(&word) && follows.is_some_and(char::is_lowercase) {
            self.push('~', at);
        } else {
            self.push('.', at);
        }
    }

    /// The source span of a byte range, in Unicode scalar values.
    pub fn span(&self, flow: &Flow, range: &Range<usize>) -> (usize, usize) {
        let first = self.flow_at.get(range.start).map_or(0, |&at| at as usize);
        let last = range
            .end
            .checked_sub(1)
            .and_then(|last| self.flow_at.get(last))
            .map_or(first, |&at| at as usize);
        flow.span(&(first..last + 1))
    }

    /// Where a character of the flow went.
    pub fn byte_of(&self, flow_index: usize) -> usize {
        self.byte_at
            .get(flow_index)
            .map_or(self.text.len(), |&byte| byte as usize)
    }

    /// The index in the flow of a byte.
    pub fn flow_of(&self, byte: usize) -> usize {
        self.flow_at.get(byte).map_or(0, |&at| at as usize)
    }

    /// Whether the range lies between quotation marks.
    pub fn quoted(&self, range: &Range<usize>) -> bool {
        let next = self
            .quotes
            .partition_point(|quote| quote.start <= range.start);
        next.checked_sub(1)
            .and_then(|i| self.quotes.get(i))
            .is_some_and(|quote| quote.end >= range.end)
    }

    /// The sentence around a range, its end mark included.
    pub fn sentence(&self, range: &Range<usize>) -> Range<usize> {
        // No sentence is longer than this; without a bound, text without full stops would cost its square.
        let low = self
            .text
            .floor_char_boundary(range.start.saturating_sub(800));
        let high = self
            .text
            .ceil_char_boundary((range.end + 800).min(self.text.len()));
        let start = self.text[low..range.start]
            .rfind(['.', '!', '?', '\n'])
            .map_or(low, |i| low + i + 1);
        let end = self.text[range.end..high]
            .find(['.', '!', '?', '\n'])
            .map_or(high, |i| range.end + i + 1);
        start..end
    }

    /// The line (paragraph) around a place.
    pub fn line(&self, at: usize) -> Range<usize> {
        let low = self.text.floor_char_boundary(at.saturating_sub(4000));
        let high = self
            .text
            .ceil_char_boundary((at + 4000).min(self.text.len()));
        let start = self.text[low..at].rfind('\n').map_or(low, |i| low + i + 1);
        let end = self.text[at..high].find('\n').map_or(high, |i| at + i);
        start..end
    }

    /// What stands before a range in its sentence.
    pub fn before(&self, range: &Range<usize>) -> &str {
        let sentence = self.sentence(range);
        &self.text[sentence.start..range.start]
    }

    /// What stands after a range in its sentence, its end mark included.
    pub fn after(&self, range: &Range<usize>) -> &str {
        let sentence = self.sentence(range);
        &self.text[range.end.min(sentence.end)..sentence.end]
    }

    /// The sentence that follows the one around a range, within the same block or the next.
    pub fn next_sentence(&self, range: &Range<usize>) -> &str {
        let start = self.sentence(range).end;
        let high = self
            .text
            .ceil_char_boundary((start + 1600).min(self.text.len()));
        let rest = self.text[start..high].trim_start_matches(['.', '!', '?', '\n', ' ', '"']);
        let from = high - rest.len();
        let end = rest.find(['.', '!', '?', '\n']).map_or(high, |i| from + i);
        &self.text[from..end]
    }

    /// The lines that hold a match of a trigger, from start to end mark. Most lines of a page say nothing that a rule
    /// asks about, and one cheap pattern tells so for twenty dear ones.
    pub fn lines(&self, trigger: &Regex) -> Vec<Range<usize>> {
        self.windows(trigger, &['\n'])
    }

    /// The sentences that hold a match of a trigger.
    pub fn sentences(&self, trigger: &Regex) -> Vec<Range<usize>> {
        self.windows(trigger, &['.', '!', '?', '\n'])
    }

    fn windows(&self, trigger: &Regex, ends: &[char]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(hit) = trigger.find_at(&self.text, from) {
            let start = self.text[from..hit.start()]
                .rfind(ends)
                .map_or(from, |i| from + i + 1);
            let end = self.text[hit.end()..]
                .find(ends)
                .map_or(self.text.len(), |i| hit.end() + i + 1);
            found.push(start..end);
            from = end;
        }
        found
    }

    /// Every match of a pattern within some stretches of the text, outside of quotation marks.
    pub fn unquoted_in<'a>(
        &'a self,
        pattern: &'a Regex,
        windows: &'a [Range<usize>],
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        windows
            .iter()
            .flat_map(|window| {
                pattern
                    .find_iter(&self.text[window.clone()])
                    .map(|found| window.start + found.start()..window.start + found.end())
            })
            .take(MOST_MATCHES)
            .filter(|range| !self.quoted(range))
    }

    /// The beginning, with every place the same, up to the end of the line around a byte.
    #[must_use]
    pub fn beginning(&self, at: usize) -> Self {
        let at = self.text.ceil_char_boundary(at.min(self.text.len()));
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |i| at + i + 1);
        let quotes = self.quotes.partition_point(|quote| quote.end <= end);
        Self {
            text: self.text[..end].to_owned(),
            flow_at: self.flow_at[..end].to_vec(),
            byte_at: Vec::new(),
            quotes: self.quotes[..quotes].to_vec(),
            spoken: self.spoken.clone(),
        }
    }

    /// Every match of a pattern outside of quotation marks.
    pub fn unquoted<'a>(&'a self, pattern: &'a Regex) -> impl Iterator<Item = Range<usize>> + 'a {
        pattern
            .find_iter(&self.text)
            .take(MOST_MATCHES)
            .map(|found| found.range())
            .filter(|range| !self.quoted(range))
    }
}

/// The index types are narrow to keep a 3 MB page small; a text beyond 4 GB cannot be held anyway.
fn u32_of(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Whether a line break only wraps a sentence.
fn soft_break(chars: &[char], at: usize) -> bool {
    let line: Vec<char> = chars[..at]
        .iter()
        .rev()
        .take(200)
        .take_while(|c| **c != '\n')
        .copied()
        .collect();
    let Some(&last) = line.iter().find(|c| !c.is_whitespace()) else {
        return false;
    };
    let Some(&next) = chars.get(at + 1) else {
        return false;
    };
    if last.is_alphanumeric() || matches!(last, ',' | '-' | '\'' | '’') {
        let first = next.is_alphanumeric() || matches!(next, '(' | '$' | '€');
        next.is_lowercase() || (first && line.len() >= 55 && !line.contains(&'/'))
    } else {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(text: &str) -> (Flow, Prose) {
        let mut flow = Flow::default();
        for (i, c) in text.chars().enumerate() {
            flow.push(c, u32_of(i));
        }
        let prose = Prose::new(&flow, &[]);
        (flow, prose)
    }

    #[test]
    fn folds_and_finds_its_way_back() {
        let (flow, p) = prose("Für  Käufe erhalte ich 1.500 € – groß.");
        assert_eq!(p.text, "fur kaufe erhalte ich 1,500 € - gross.");
        let at = p.text.find("gross").unwrap();
        assert_eq!(p.span(&flow, &(at..at + 5)), (33, 37));
    }

    #[test]
    fn a_wrapped_sentence_stays_one() {
        let (_, p) = prose("I get a\nsmall commission.\nNext line\n\nLast");
        assert_eq!(p.text, "i get a small commission.\nnext line\nlast");
    }

    #[test]
    fn knows_what_is_quoted() {
        let (_, p) = prose("He said “I earn” and left. I'm here");
        let at = p.text.find("earn").unwrap();
        assert!(p.quoted(&(at..at + 4)));
        let at = p.text.find("left").unwrap();
        assert!(!p.quoted(&(at..at + 4)));
    }
}
