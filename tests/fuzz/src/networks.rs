//! What networks answer.

use perennial_connectors::{Account, Plan, Step, by_name, json::Json, networks};
use perennial_domain::Currency;

use crate::parts;

/// Answers to every network's questions, however wrong: each zero byte begins the next answer.
pub fn pages(data: &[u8]) {
    let answers: Vec<String> = parts(data).collect();
    for network in networks() {
        let Some(connector) = by_name(network) else {
            continue;
        };
        let mut run = connector.run(Plan {
            account: Account {
                id: "1".to_owned(),
                currency: Currency::parse("USD").ok(),
                ..Account::default()
            },
            ..Plan::default()
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
