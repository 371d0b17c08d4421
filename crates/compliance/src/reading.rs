//! A text or page as the rules see it.

use crate::disclosure::{Late, Zone};
use crate::lang::Language;
use crate::link::{self, Address};
use crate::options::ProgramPack;
use crate::prose::{Flow, Prose};
use std::ops::Range;

/// Whether following a link pays the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pays {
    /// One of the program's paid links, or one the user named.
    Surely,
    /// A short link; nobody can tell.
    Maybe,
    /// An ordinary link.
    No,
}

/// A link with its place.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// Where it stands in the source, in Unicode scalar values.
    pub span: (usize, usize),
    /// Where it stands in the prose, in bytes; what is read before it counts as read in time.
    pub at: usize,
    /// The address; none for one within the page's own site.
    pub address: Option<Address>,
    /// The address as written in the source.
    pub raw: String,
    /// Whether it pays.
    pub pays: Pays,
    /// What the reader clicks on, where that is not the address itself.
    pub label: Option<String>,
    /// The words of the `rel` attribute; none where the link is only text.
    pub rel: Option<String>,
    /// Whether a reader can see it.
    pub visible: bool,
}

/// All the rules need.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    pub flow: Flow,
    pub prose: Prose,
    pub links: Vec<Link>,
    pub zones: Vec<Zone>,
    /// Text that is there but not shown, with the reason.
    pub hidden: Vec<(Flow, Prose, Late)>,
    /// The language the page says it is in.
    pub assumed: Option<Language>,
    /// Whether the source is markup, where `&amp;` is the right way to write an ampersand.
    pub markup: bool,
    /// Hosts that belong to the user or were named by them.
    pub own_hosts: Vec<String>,
}

impl Reading {
    /// Reads plain text, with Markdown links and stray HTML comments understood.
    pub fn of_text(text: &str, pack: &ProgramPack) -> Self {
        let mut flow = Flow::default();
        for (at, c) in text.chars().enumerate() {
            flow.push(c, u32::try_from(at).unwrap_or(u32::MAX));
        }
        let flow = without_invisible(flow);
        let found = link::find(&flow.chars);
        let masks: Vec<Range<usize>> = found.iter().map(|f| f.range.clone()).collect();
        let prose = Prose::new(&flow, &masks);
        let links = found.into_iter().filter_map(|f| {
            let address = f.address?;
            let span = flow.span(&f.range);
            let pays = pays(&address, pack);
            Some(Link {
                span,
                at: prose.byte_of(f.range.start),
                raw: address.whole.clone(),
                pays,
                label: markdown_label(&flow.chars, f.range.start),
                rel: None,
                visible: true,
                address: Some(address),
            })
        });
        let links = links.collect();
        Self {
            flow,
            prose,
            links,
            ..Self::default()
        }
    }

    /// The span of a range of the prose.
    pub fn span(&self, range: &Range<usize>) -> (usize, usize) {
        self.prose.span(&self.flow, range)
    }
}

/// Whether an address in plain sight pays.
pub(crate) fn pays(address: &Address, pack: &ProgramPack) -> Pays {
    if link::pays(address, pack) {
        Pays::Surely
    } else if link::shortened(address) {
        Pays::Maybe
    } else {
        Pays::No
    }
}

/// The words in `[words](address)`.
fn markdown_label(chars: &[char], address: usize) -> Option<String> {
    let before = chars.get(..address)?;
    let end = before.len().checked_sub(2)?;
    if before[end..] != [']', '('] {
        return None;
    }
    let start = before[..end]
        .iter()
        .rev()
        .take(200)
        .position(|c| *c == '[')?;
    Some(before[end - start..end].iter().collect())
}

/// Leaves out HTML comments, Markdown comments and the alternative text of Markdown pictures.
fn without_invisible(flow: Flow) -> Flow {
    let starts = |at: usize, word: &str| {
        word.chars()
            .enumerate()
            .all(|(i, c)| flow.chars.get(at + i) == Some(&c))
    };
    if !flow.chars.contains(&'[') && !flow.chars.contains(&'<') {
        return flow;
    }
    let mut kept = Flow::default();
    let mut at = 0;
    let mut comments = true;
    while at < flow.len() {
        let skip = if comments && starts(at, "<!--") {
            let end = find(&flow.chars, at, "-->");
            comments = end.is_some();
            end.map(|end| end - at)
        } else if starts(at, "[//]:") || starts(at, "[comment]:") {
            Some(
                flow.chars[at..]
                    .iter()
                    .position(|c| *c == '\n')
                    .unwrap_or(flow.len() - at),
            )
        } else if starts(at, "![") {
            flow.chars[at..].iter().take(500).position(|c| *c == ')')
        } else {
            None
        };
        match skip {
            Some(length) if length > 0 => at += length,
            _ => {
                kept.push(flow.chars[at], flow.at[at]);
                at += 1;
            }
        }
    }
    kept
}

fn find(chars: &[char], from: usize, word: &str) -> Option<usize> {
    let word: Vec<char> = word.chars().collect();
    chars[from..]
        .windows(word.len())
        .position(|w| w == word)
        .map(|n| from + n + word.len())
}
