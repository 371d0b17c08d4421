//! What happens during a sync, in lines that a person can read and send. No key comes near it: it hears of paths,
//! statuses and pauses alone.

use super::instant;
use crate::{App, dto::LogLine};
use chrono::{DateTime, Utc};
use perennial_connectors::{Window, http::Event};
use std::cell::RefCell;

/// Lines kept of one sync; a long one repeats itself.
const LINES: usize = 400;

/// The lines of one sync.
pub(super) struct Journal<'a> {
    app: &'a App,
    begun: DateTime<Utc>,
    book: RefCell<Pages>,
}

#[derive(Default)]
struct Pages {
    lines: Vec<(DateTime<Utc>, String)>,
    left_out: u64,
    /// Answers in a row from the same path: since when, the path, how many.
    answers: Option<(DateTime<Utc>, String, u64)>,
}

impl Pages {
    fn line(&mut self, at: DateTime<Utc>, text: String) {
        if self.lines.len() < LINES {
            self.lines.push((at, text));
        } else {
            self.left_out += 1;
        }
    }

    fn close(&mut self) {
        if let Some((at, path, count)) = self.answers.take() {
            let times = if count == 1 {
                "answered".to_owned()
            } else {
                format!("answered {count} times")
            };
            self.line(at, format!("{path}: {times}."));
        }
    }
}

impl<'a> Journal<'a> {
    /// An empty one.
    pub(super) fn new(app: &'a App) -> Self {
        Self {
            app,
            begun: app.now(),
            book: RefCell::default(),
        }
    }

    /// When it was begun.
    pub(super) fn begun_at(&self) -> DateTime<Utc> {
        self.begun
    }

    /// Notes what is read.
    pub(super) fn begun(&self, network: &str, window: &Window) {
        let from = window.since.map_or_else(
            || "everything that is served".to_owned(),
            |since| format!("from {} on", since.date_naive()),
        );
        let goes_on = if window.resume.is_some() {
            ", going on where the last sync broke off"
        } else {
            ""
        };
        let version = env!("CARGO_PKG_VERSION");
        self.say(format!(
            "Perennial {version} asks {network}: {from}{goes_on}."
        ));
    }

    /// Notes what happens on the line.
    pub(super) fn event(&self, event: Event<'_>) {
        let now = self.app.now();
        let mut book = self.book.borrow_mut();
        match event {
            Event::Answered { path } => {
                let path = short(path);
                match &mut book.answers {
                    Some((_, known, count)) if *known == path => *count += 1,
                    _ => {
                        book.close();
                        book.answers = Some((now, path, 1));
                    }
                }
            }
            Event::Failed { path, error, pause } => {
                book.close();
                let then = pause.map_or_else(
                    || "That was the last attempt.".to_owned(),
                    |pause| format!("Asked again after {:.1} s.", pause.as_secs_f64()),
                );
                book.line(now, format!("{}: {error}. {then}", short(path)));
            }
            Event::Waiting(pause) => {
                book.close();
                let seconds = pause.as_secs_f64();
                book.line(
                    now,
                    format!("Waited {seconds:.1} s, so as not to ask more often than the network allows."),
                );
            }
        }
    }

    /// Adds a line.
    pub(super) fn say(&self, text: String) {
        let mut book = self.book.borrow_mut();
        book.close();
        let now = self.app.now();
        book.line(now, text);
    }

    /// The lines.
    pub(super) fn lines(&self) -> Vec<LogLine> {
        let mut book = self.book.borrow_mut();
        book.close();
        let mut lines: Vec<LogLine> = book
            .lines
            .iter()
            .map(|(at, text)| LogLine {
                at: instant(*at),
                text: text.clone(),
            })
            .collect();
        if let (1.., Some(last)) = (book.left_out, lines.last().map(|line| line.at.clone())) {
            lines.push(LogLine {
                at: last,
                text: format!("{} more lines were left out.", book.left_out),
            });
        }
        lines
    }
}

/// A path without the ids in it.
fn short(path: &str) -> String {
    let words: Vec<&str> = path
        .split('/')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let id = part.chars().any(|c| c.is_ascii_digit());
            if id { "…" } else { part }
        })
        .collect();
    if words.is_empty() {
        "The network".to_owned()
    } else {
        format!("/{}", words.join("/"))
    }
}
