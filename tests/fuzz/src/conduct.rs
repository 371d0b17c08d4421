//! What is checked against the rules of conduct.

use perennial_compliance::{
    Finding, Market, Options, PageOptions, ProgramPack, check_keywords, check_page, check_text,
};
use perennial_domain::channel::ChannelKind;

fn options() -> Options {
    Options {
        markets: Market::ALL.to_vec(),
        pack: ProgramPack::kartra(),
    }
}

/// A finding's place is a place in the text.
fn within(findings: &[Finding], text: &str) {
    let length = text.chars().count();
    for finding in findings {
        if let Some((start, end)) = finding.span {
            assert!(
                start <= end && end <= length,
                "{start}..{end} is not within {length}"
            );
        }
    }
}

/// A text for a channel of the first byte's choice.
pub fn text(data: &[u8]) {
    let (channel, rest) = data.split_first().map_or((0, data), |(first, rest)| {
        (usize::from(*first) % ChannelKind::ALL.len(), rest)
    });
    let text = String::from_utf8_lossy(rest);
    within(
        &check_text(&text, ChannelKind::ALL[channel], &options()),
        &text,
    );
}

/// A list of keywords.
pub fn keywords(data: &[u8]) {
    let _ = check_keywords(&String::from_utf8_lossy(data), &options());
}

/// A page.
pub fn page(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    within(
        &check_page(&text, &options(), &PageOptions::default()),
        &text,
    );
}
