//! What networks answer.

use chrono::DateTime;
use perennial_connectors::{Account, Plan, Step, json::Json, kartra, networks};
use perennial_domain::Currency;

use crate::parts;

/// Answers to every network's questions, however wrong: each zero byte begins the next answer.
pub fn pages(data: &[u8]) {
    let answers: Vec<String> = parts(data).collect();
    for connector in networks() {
        let mut run = connector.run(Plan {
            account: Account {
                id: "1".to_owned(),
                currency: Currency::parse("USD").ok(),
                leads: vec!["a@example.com".to_owned()],
            },
            since: None,
            begun: DateTime::UNIX_EPOCH,
            last: None,
            resume: None,
        });
        let mut answers = answers.iter();
        loop {
            match run.step() {
                Step::Ask(_) => {
                    let Some(answer) = answers.next() else { break };
                    let _ = run.page(answer);
                }
                Step::Land(_) => {}
                Step::Done => break,
            }
        }
    }
}

/// A JSON text: what is read is written the same way again and again.
pub fn json(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(value) = Json::parse(&text) {
        let once = value.canonical();
        let again = Json::parse(&once).map(|value| value.canonical());
        assert_eq!(again.as_deref(), Ok(once.as_str()));
    }
}

/// A file of Kartra's outbound messages.
pub fn messages(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = kartra::looks_like_messages(&text);
    let _ = kartra::messages(&text, Some("me"), Currency::parse("USD").ok());
}
