//! Checks a text as it would be published.

use crate::law;
use crate::mail;
use crate::options::Options;
use crate::packs::{kartra, law_us};
use crate::page;
use crate::reading::Reading;
use crate::rule::Finding;
use perennial_domain::channel::ChannelKind;

/// Everything the rules object to in a text for a kind of channel, in the order of the text.
pub fn check_text(text: &str, channel: ChannelKind, options: &Options) -> Vec<Finding> {
    let reading = if is_markup(text) {
        page::reading_of_fragment(text, options)
    } else {
        Reading::of_text(text, &options.pack)
    };
    let mut findings = Vec::new();
    words(&reading, channel, options, &mut findings);
    kartra::link_wrong_host::check(&reading, options, &mut findings);
    kartra::link_lost_parameter::check(&reading, options, &mut findings);
    if channel == ChannelKind::Email {
        let mail = mail::parse(text);
        law_us::spam_misleading_subject::check(&mail, &mut findings);
        law_us::spam_no_postal_address::check(mail.body, &mut findings);
        law_us::spam_no_opt_out::check(mail.body, &mut findings);
    }
    law::name(&mut findings, options);
    in_order(findings)
}

/// The rules about what is said, the same for a text and for a page.
pub(crate) fn words(
    reading: &Reading,
    channel: ChannelKind,
    options: &Options,
    findings: &mut Vec<Finding>,
) {
    kartra::disclosure_missing::check(reading, channel, options, findings);
    kartra::typical_customer_claim::check(reading, options, findings);
    law_us::income_claim::check(reading, options, findings);
    law_us::fake_review::check(reading, options, findings);
    kartra::brand_in_handle::check(reading, options, findings);
}

/// Sorted by place, those without one last.
pub(crate) fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| finding.span.map_or(usize::MAX, |span| span.0));
    findings
}

/// Whether a text is written in HTML rather than in words.
fn is_markup(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [
        "<p>",
        "<p ",
        "<div",
        "<a ",
        "<span",
        "<html",
        "<body",
        "<script",
        "<style",
        "<details",
        "<noscript",
        "<footer",
        "<br",
        "<h1",
        "<h2",
        "<ul",
        "<img",
        "<strong>",
        "<em>",
        "<small",
        "<table",
        "<iframe",
    ]
    .iter()
    .any(|tag| lower.contains(tag))
}
