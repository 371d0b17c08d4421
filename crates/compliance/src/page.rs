//! Audits a page: is a disclosure really there, before the first paid link, and do the links hold?
//!
//! The parser is written for this: it keeps the place of every character in the source, takes time linear in the
//! page whatever is broken or nested in it, and computes just the styles that decide whether words can be read.

mod css;
mod decode;
mod element;
mod entity;
mod flow;
mod media;
mod style;
mod token;
mod value;

use crate::disclosure::{Late, Zone};
use crate::lang::Language;
use crate::law;
use crate::link::{self, Address, host_within};
use crate::options::Options;
use crate::packs::{kartra, search_engines};
use crate::prose::{Flow, Prose};
use crate::reading::{Link, Pays, Reading, pays};
use crate::rule::Finding;
use crate::text::{in_order, words};
use media::View;
use perennial_domain::channel::ChannelKind;
use std::ops::Range;

pub use decode::{decode, decode_as};

/// What is known of a page besides its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageOptions {
    /// Hosts whose links pay, named by the user.
    pub link_hosts: Vec<String>,
    /// The host the page stands on; none for a file.
    pub base_host: Option<String>,
}

/// Everything the rules object to in a page, in its order. Spans are characters of the source given.
pub fn check_page(source: &str, options: &Options, page: &PageOptions) -> Vec<Finding> {
    let chars: Vec<char> = source.chars().collect();
    let built = flow::build(&chars, View::Wide);
    let narrow = built
        .responsive
        .then(|| flow::build(&chars, View::Narrow))
        .filter(|narrow| !narrow.reads_like(&built));
    let reading = reading(built, options, page);
    let mut findings = Vec::new();
    words(&reading, ChannelKind::Blog, options, &mut findings);
    if let Some(narrow) = narrow {
        on_a_telephone(narrow, options, page, &mut findings);
    }
    kartra::link_wrong_host::check(&reading, options, &mut findings);
    kartra::link_lost_parameter::check(&reading, options, &mut findings);
    search_engines::link_not_sponsored::check(&reading, &mut findings);
    law::name(&mut findings, options);
    in_order(findings)
}

/// Who reads on a telephone must see the disclosure as well.
fn on_a_telephone(
    built: flow::Built,
    options: &Options,
    page: &PageOptions,
    findings: &mut Vec<Finding>,
) {
    if findings.iter().any(|f| f.rule.starts_with("disclosure-")) {
        return;
    }
    let reading = reading(built, options, page);
    let from = findings.len();
    kartra::disclosure_missing::check(&reading, ChannelKind::Blog, options, findings);
    for finding in findings.iter_mut().skip(from) {
        finding.message = format!("In a narrow window, as on a telephone: {}", finding.message);
    }
}

/// A text that holds markup, read as a browser would show it.
pub(crate) fn reading_of_fragment(source: &str, options: &Options) -> Reading {
    let chars: Vec<char> = source.chars().collect();
    reading(
        flow::build(&chars, View::Wide),
        options,
        &PageOptions::default(),
    )
}

/// What a reader of a page sees, block by block.
pub(crate) fn visible_text(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let built = flow::build(&chars, View::Wide);
    let text: String = built
        .flow
        .chars
        .iter()
        .map(|c| if *c == crate::prose::BLOCK { '\n' } else { *c })
        .collect();
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

fn reading(built: flow::Built, options: &Options, page: &PageOptions) -> Reading {
    let site = Site::new(&built, page);
    let found = link::find(&built.flow.chars);
    let masks: Vec<Range<usize>> = found.iter().map(|f| f.range.clone()).collect();
    let prose = Prose::new(&built.flow, &masks);
    let mut links: Vec<Link> = built
        .anchors
        .iter()
        .filter_map(|anchor| site.link(anchor, &prose, options))
        .collect();
    let mut anchored: Vec<Range<usize>> = built
        .anchors
        .iter()
        .map(|anchor| anchor.text.clone())
        .collect();
    anchored.sort_by_key(|range| range.start);
    for item in found {
        let Some(address) = item.address else {
            continue;
        };
        let before = anchored.partition_point(|range| range.start <= item.range.start);
        if before
            .checked_sub(1)
            .is_some_and(|i| anchored[i].end >= item.range.end)
        {
            continue;
        }
        links.push(Link {
            span: built.flow.span(&item.range),
            at: prose.byte_of(item.range.start),
            raw: address.whole.clone(),
            pays: site.pays(&address, options),
            label: None,
            rel: None,
            visible: true,
            address: Some(address),
        });
    }
    links.sort_by_key(|link| link.at);
    let zones = built
        .zones
        .iter()
        .map(|(range, why)| Zone {
            range: prose.byte_of(range.start)..prose.byte_of(range.end),
            why: *why,
        })
        .collect();
    let hidden = built
        .hidden
        .into_iter()
        .map(|(why, flow): (Late, Flow)| {
            let prose = Prose::new(&flow, &[]);
            (flow, prose, why)
        })
        .collect();
    let assumed = built.lang.as_deref().and_then(Language::parse);
    let own_hosts = site.hosts.clone();
    Reading {
        flow: built.flow,
        prose,
        links,
        zones,
        hidden,
        assumed,
        markup: true,
        own_hosts,
    }
}

/// The site a page belongs to.
struct Site {
    /// Its own hosts and those the user named.
    hosts: Vec<String>,
    own: Option<String>,
    named: Vec<String>,
    /// Where relative links lead, if a `base` element says so.
    base: Option<String>,
}

/// Paths by which a site sends readers on to paid links.
const CLOAKED: &[&str] = &["/go/", "/recommends/", "/refer/", "/out/"];

fn cloaked(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    CLOAKED.iter().any(|prefix| {
        lower
            .strip_prefix(prefix)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()))
    })
}

fn bare(host: &str) -> String {
    let lower = host.trim().to_lowercase();
    let host = lower
        .split("://")
        .last()
        .unwrap_or_default()
        .split(['/', ':'])
        .next()
        .unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

impl Site {
    fn new(built: &flow::Built, page: &PageOptions) -> Self {
        let named: Vec<String> = page
            .link_hosts
            .iter()
            .map(|host| bare(host))
            .filter(|host| !host.is_empty())
            .collect();
        let own = page
            .base_host
            .as_deref()
            .or(built.own_address.as_deref())
            .map(bare)
            .filter(|host| !host.is_empty());
        let hosts = named.iter().chain(own.iter()).cloned().collect();
        Self {
            hosts,
            own,
            named,
            base: built.base.clone(),
        }
    }

    fn pays(&self, address: &Address, options: &Options) -> Pays {
        if self
            .named
            .iter()
            .any(|host| host_within(&address.host, host))
        {
            return Pays::Surely;
        }
        let known = pays(address, &options.pack);
        if known != Pays::No || !cloaked(&address.path) {
            return known;
        }
        let own = match &self.own {
            Some(own) => address.bare_host() == own,
            // A file does not say where it stands; the program's name in the path does.
            None => options
                .pack
                .brands
                .iter()
                .any(|brand| address.path.to_lowercase().contains(brand.as_str())),
        };
        if own { Pays::Surely } else { Pays::No }
    }

    fn link(&self, anchor: &flow::Anchor, prose: &Prose, options: &Options) -> Option<Link> {
        let href: String = anchor
            .href
            .chars()
            .filter(|c| !matches!(c, '\n' | '\r' | '\t'))
            .collect();
        let href = href.trim().to_owned();
        let lower = href.to_ascii_lowercase();
        let absolute =
            lower.starts_with("http://") || lower.starts_with("https://") || href.starts_with("//");
        let scheme = lower
            .split_once(':')
            .is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '+'));
        if href.is_empty() || !absolute && (scheme || href.starts_with('#')) {
            return None;
        }
        let (address, pays) =
            if absolute {
                let address = Address::parse(&href)?;
                let pays = self.pays(&address, options);
                (Some(address), pays)
            } else {
                let path = format!(
                    "/{}",
                    href.trim_start_matches("../")
                        .trim_start_matches("./")
                        .trim_start_matches('/')
                );
                match self.base.as_ref().and_then(|base| {
                    Address::parse(&format!("{}{path}", base.trim_end_matches('/')))
                }) {
                    Some(address) => {
                        let pays = self.pays(&address, options);
                        let pays = if pays == Pays::No && cloaked(&address.path) {
                            Pays::Surely
                        } else {
                            pays
                        };
                        (Some(address), pays)
                    }
                    None => (
                        None,
                        if cloaked(&path) {
                            Pays::Surely
                        } else {
                            Pays::No
                        },
                    ),
                }
            };
        Some(Link {
            span: anchor.span,
            at: prose.byte_of(anchor.text.end),
            raw: href,
            pays,
            label: anchor
                .element
                .then(|| anchor.label.clone())
                .filter(|label| !label.trim().is_empty()),
            rel: anchor.element.then(|| anchor.rel.clone()),
            visible: anchor.visible,
            address,
        })
    }
}
