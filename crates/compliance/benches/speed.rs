//! How long the checks take: `cargo xtask bench compliance`. Prints one line a job: name, median in microseconds, aim.
//!
//! The first line of each kind is the first check of a process, in which the patterns are still to be built: that is
//! what the command line pays.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use perennial_compliance::{Options, PageOptions, check_keywords, check_page, check_text};
use perennial_domain::channel::ChannelKind;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn once(work: &mut dyn FnMut()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(work: &mut dyn FnMut()) -> Duration {
    work();
    let mut took: Vec<Duration> = (0..9).map(|_| once(work)).collect();
    took.sort_unstable();
    took[took.len() / 2]
}

fn line(name: &str, took: Duration, aim: Duration) {
    println!("job\t{name}\t{}\t{}", took.as_micros(), aim.as_micros());
}

fn main() {
    let options = Options::default();
    let paragraph = "I earn a commission on some of these tools. The page builder saved me two hours a week, and the \
         support answered within a day when a template broke. Last month I moved the mailing list over, which took an \
         evening; the import matched the columns on its own. The plan costs $119 a month, less than the four tools it \
         replaced. I would not promise anybody that it sells for them. Ask @kartra where something is unclear.\n\n";
    let mut text = paragraph.repeat(6);
    text.push_str("https://try.kartra.com/abc?sid=blog");
    println!("words\t{}", text.split_whitespace().count());
    let lines: Vec<String> = (0..1000)
        .map(|n| format!("funnel software {n} for coaches"))
        .collect();
    let list = lines.join("\n");
    let page = |bytes: usize| {
        let mut page = String::from(
            "<html lang=en><head><style>.a{color:#333} @media print{.a{display:none}}</style></head><body>",
        );
        while page.len() < bytes {
            page.push_str("<div class=b><p class=a>");
            page.push_str(paragraph.trim());
            page.push_str(" <a href=/x rel=\"nofollow sponsored\">more</a> <a href=https://try.kartra.com/abc>Kartra</a></p></div>\n");
        }
        page
    };
    let (small, large) = (page(100 * 1024), page(3 * 1024 * 1024));
    let ms = Duration::from_millis;
    let own = PageOptions::default();
    let mut check_a_text = || drop(black_box(check_text(&text, ChannelKind::Blog, &options)));
    line(
        "the first text of a process",
        once(&mut check_a_text),
        ms(250),
    );
    line("a text of 400 words", median(&mut check_a_text), ms(5));
    let mut check_a_list = || drop(black_box(check_keywords(&list, &options)));
    line("1,000 keywords", median(&mut check_a_list), ms(20));
    let mut check_a_page = || drop(black_box(check_page(&small, &options, &own)));
    line("a page of 100 kB", median(&mut check_a_page), ms(50));
    let mut check_a_large_page = || drop(black_box(check_page(&large, &options, &own)));
    line("a page of 3 MB", median(&mut check_a_large_page), ms(3000));
}
