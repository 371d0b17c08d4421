//! The speed the rules promise, measured in an optimised build: `cargo test --release --test speed -- --nocapture`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use perennial_compliance::{Options, PageOptions, check_keywords, check_page, check_text};
use perennial_domain::channel::ChannelKind;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn fastest(mut work: impl FnMut()) -> Duration {
    work();
    (0..7)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap()
}

#[test]
fn checks_answer_while_one_types() {
    let options = Options::default();
    let sentence = "I earn a commission on some of these tools, and the page builder saved me two hours a week. ";
    let text = format!("{}https://try.kartra.com/abc?sid=blog", sentence.repeat(21));
    let lines: Vec<String> = (0..1000).map(|n| format!("funnel software {n}")).collect();
    let list = lines.join("\n");
    let page = format!(
        "<html><body>{}</body></html>",
        format!("<p class=a>{sentence}<a href=/x>more</a></p>\n").repeat(750)
    );
    let took = [
        (
            "400 words",
            fastest(|| drop(black_box(check_text(&text, ChannelKind::Blog, &options)))),
            5,
        ),
        (
            "1,000 keywords",
            fastest(|| drop(black_box(check_keywords(&list, &options)))),
            20,
        ),
        (
            "100 kB page",
            fastest(|| {
                drop(black_box(check_page(
                    &page,
                    &options,
                    &PageOptions::default(),
                )));
            }),
            50,
        ),
    ];
    for (name, took, goal) in took {
        println!("{name}: {took:?}, goal {goal} ms");
        // An unoptimised build only shows that nothing runs away.
        let slack = if cfg!(debug_assertions) { 100 } else { 1 };
        assert!(
            took < Duration::from_millis(goal * slack),
            "{name}: {took:?}"
        );
    }
}
