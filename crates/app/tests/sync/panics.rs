//! A key is in no message of a panic: the program is made to panic where it has the key in its hands, in a process of its
//! own, with everything that can be printed there printed, and with the longest backtrace.

use crate::partnerstack::KEY;
use perennial_app::{
    App,
    commands::connection,
    context::{Gateway, Limits, SystemClock},
    dto::{ConnectionAdd, Key, SecretSet, SyncInput},
};
use perennial_connectors::http::{Credential, Guarded, Http, HttpError, Request};
use perennial_secrets::{MemoryStore, Secret, SecretStore as _};
use perennial_store::Book;
use std::{env, process::Command, sync::Arc};

/// Says where the child is to panic.
const WHERE: &str = "PERENNIAL_TEST_PANIC";
const ACCOUNT: &str = "connection/canary";

/// A client that panics with what it was given.
struct Clumsy(Credential);

impl Http for Clumsy {
    fn send(&self, request: &Request, _: &dyn Fn() -> bool) -> Result<String, HttpError> {
        panic!("while asking {request:?} with {:?}", self.0)
    }
}

/// A connection whose key is the canary, over a client that is made so.
fn app(
    made: impl Fn(Credential) -> Result<Box<dyn Http>, HttpError> + Send + Sync + 'static,
) -> (App, tempfile::TempDir) {
    let dir = crate::desk::folder();
    let gateway = Gateway::with(
        Limits::default(),
        Arc::new(crate::desk::Blink::default()),
        move |_, key, _| made(key),
    );
    let app = App::new(Box::new(SystemClock), Arc::new(MemoryStore::new())).with_gateway(gateway);
    app.set_book(Some(
        Book::create(&dir.path().join("book.perennial")).unwrap(),
    ));
    let input = ConnectionAdd {
        network: "partnerstack".to_owned(),
        name: "ps".to_owned(),
        account: "me".to_owned(),
        program: None,
        currency: None,
        base_url: Some("http://127.0.0.1:9".to_owned()),
        secret: Some(KEY.into()),
        leads: Vec::new(),
    };
    connection::add(&app, input).unwrap();
    (app, dir)
}

fn sync(app: &App) {
    let input = SyncInput {
        names: vec!["ps".to_owned()],
        since: None,
        secret: None,
        job: None,
    };
    drop(connection::sync(app, input));
}

#[test]
#[ignore = "it panics: the test below runs it in a process of its own"]
fn child() {
    let Ok(place) = env::var(WHERE) else { return };
    match place.as_str() {
        "input" => {
            let input = SyncInput {
                names: Vec::new(),
                since: None,
                secret: Some(Key::from(KEY)),
                job: None,
            };
            let set = SecretSet {
                name: "ps".to_owned(),
                secret: KEY.into(),
            };
            panic!("{input:?} {set:#?}");
        }
        "keychain" => {
            let store = MemoryStore::new();
            let secret = Secret::from(KEY);
            store.set(ACCOUNT, &secret).unwrap();
            panic!("{store:?} {secret} {:?}", store.get(ACCOUNT));
        }
        "sending" => sync(&app(|key| Ok(Box::new(Clumsy(key)))).0),
        "answering" => {
            // The error of a client that was given an address with the key in it, and unwrapped.
            let base = format!("http://127.0.0.1:9/{KEY}/");
            let base = perennial_connectors::http::Base::parse(&base).unwrap();
            let client = Guarded::new(base, Credential::new(KEY), Limits::default()).unwrap();
            let mut request = Request::get("/x");
            request.query.push(("key", KEY.to_owned()));
            let answer = client.send(&request, &|| false);
            panic!("{:?}", answer.unwrap_err());
        }
        other => panic!("no such place: {other}"),
    }
}

#[test]
fn a_key_is_in_no_message_of_a_panic() {
    for place in ["input", "keychain", "sending", "answering"] {
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", "panics::child", "--ignored", "--nocapture"])
            .env(WHERE, place)
            .env("RUST_BACKTRACE", "full")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{place}: {said}");
        assert!(said.contains("panicked at"), "{place}: {said}");
        assert!(!said.contains("no such place"), "{place}: {said}");
        assert!(!said.contains(KEY), "{place}: {said}");
    }
}
