//! Whatever comes in is answered, in bounded time, with spans inside the text.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use perennial_compliance::{Finding, Options, PageOptions, check_keywords, check_page, check_text};
use perennial_domain::channel::ChannelKind;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn spans_fit(text: &str, findings: &[Finding]) -> bool {
    let length = text.chars().count();
    findings.iter().all(|finding| {
        finding
            .span
            .is_none_or(|(start, end)| start <= end && end <= length)
    })
}

/// Text made of pieces that the rules care about, so that chance reaches the corners.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("https://try.kartra.com/ab?sid=".to_owned()),
        Just("try.kаrtra.com/ß&sid=1#sid=2".to_owned()),
        Just("I earn a commission. ".to_owned()),
        Just("“#ad” ".to_owned()),
        Just("Subject: Re: ünvoice\n\n".to_owned()),
        Just("I'm just a regular customer ".to_owned()),
        Just("I made $10,000 in a month… ".to_owned()),
        Just("@kartra_ß u/Kartra\u{301}x ".to_owned()),
        Just("<p hidden>&amp;amp;&#x110000;&eacute".to_owned()),
        Just("<a href='/go/x'>".to_owned()),
        Just("<!--".to_owned()),
        Just("![x](".to_owned()),
        Just("\"\"\"kartra\"\"\"\t[k а r t r a];,\r\n".to_owned()),
        "\\PC{0,12}",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_answered(text in pieces(), kind in 0..ChannelKind::ALL.len()) {
        let findings = check_text(&text, ChannelKind::ALL[kind], &Options::default());
        prop_assert!(spans_fit(&text, &findings));
        let disclosure = findings.iter().filter(|finding| finding.rule.starts_with("disclosure-")).count();
        prop_assert!(disclosure <= 1);
    }

    #[test]
    fn any_page_is_answered(text in pieces()) {
        let findings = check_page(&text, &Options::default(), &PageOptions::default());
        prop_assert!(spans_fit(&text, &findings));
    }

    #[test]
    fn any_keyword_list_is_answered(text in pieces()) {
        let lines = text.lines().count() + text.matches('\r').count() + 1;
        let report = check_keywords(&text, &Options::default());
        prop_assert!(report.findings.iter().all(|f| f.line.is_some_and(|line| line >= 1 && line <= lines)));
    }
}

/// Generous for an unoptimised build; a quadratic walk would take minutes.
fn in_time(name: &str, page: &str) {
    let start = Instant::now();
    let findings = check_page(page, &Options::default(), &PageOptions::default());
    let took = start.elapsed();
    println!("{name}: {took:?}");
    assert!(took < Duration::from_secs(40), "{name} took {took:?}");
    assert!(spans_fit(page, &findings));
}

#[test]
fn hostile_pages_are_answered_in_time() {
    in_time("nested divs", &"<div>".repeat(600_000));
    in_time(
        "nested and closed",
        &format!(
            "{}I earn a commission{}",
            "<div><p>".repeat(100_000),
            "</p></div>".repeat(100_000)
        ),
    );
    in_time(
        "inline",
        &format!(
            "{}{}",
            "<b><span>".repeat(100_000),
            "</i></span>".repeat(100_000)
        ),
    );
    in_time("comments", &"<!-- ".repeat(500_000));
    in_time("open tags", &"<a href=\"".repeat(300_000));
    in_time("less-than", &"<".repeat(2_000_000));
    in_time(
        "one sentence",
        &"i earn a commission and i made $10,000 a month ".repeat(60_000),
    );
    in_time("quotes", &"\"I earn\" a 'commission ".repeat(100_000));
    in_time(
        "links",
        &"<a href=https://try.kartra.com/x>Kartra</a> try.kartra.com/y ".repeat(40_000),
    );
    in_time(
        "styles",
        &format!(
            "<style>{}</style>{}",
            ".a .b > c{color:red}".repeat(50_000),
            "<c class='a b'>".repeat(50_000)
        ),
    );
}

#[test]
fn an_empty_page_has_no_findings() {
    for page in [
        "",
        " \n",
        "<html></html>",
        "<!doctype html><html><head></head><body></body></html>",
    ] {
        assert!(check_page(page, &Options::default(), &PageOptions::default()).is_empty());
    }
}

#[test]
fn a_space_of_several_bytes_before_a_handle_is_no_trouble() {
    for space in ['\u{2029}', '\u{3000}', '\u{a0}'] {
        let text = format!("I earn a commission.{space}@kartra_fan https://try.kartra.com/ab");
        assert!(spans_fit(
            &text,
            &check_text(&text, ChannelKind::Social, &Options::default())
        ));
    }
}
