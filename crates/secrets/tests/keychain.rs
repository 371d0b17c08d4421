//! The keychain of this machine, for real.
//!
//! These need a D-Bus session with a Secret Service of their own, which `cargo xtask test` starts and where
//! they run with `--ignored`, one group (the first word of the name) per session; a missing daemon fails there.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use perennial_secrets::{Keychain, Secret, SecretError, SecretStore};

const SERVICE: &str = "perennial-keychain-test";

#[test]
#[ignore = "needs a Secret Service of its own: cargo xtask test --only keychain"]
fn open_keeps_replaces_and_forgets() {
    let keychain = Keychain::for_service(SERVICE);
    keychain.available().unwrap();
    let account = "connection/journey";
    assert!(keychain.get(account).unwrap().is_none());
    assert!(!keychain.delete(account).unwrap());

    keychain.set(account, &Secret::from("first-key")).unwrap();
    keychain
        .set(account, &Secret::from("schlüssel-鍵"))
        .unwrap();
    assert_eq!(
        keychain.get(account).unwrap().unwrap().expose(),
        "schlüssel-鍵"
    );

    // Another handle, as another run of the program would have, finds the same.
    assert_eq!(
        Keychain::for_service(SERVICE)
            .get(account)
            .unwrap()
            .unwrap()
            .expose(),
        "schlüssel-鍵"
    );

    assert!(keychain.delete(account).unwrap());
    assert!(keychain.get(account).unwrap().is_none());
}

#[test]
#[ignore = "needs a Secret Service of its own: cargo xtask test --only keychain"]
fn open_keeps_accounts_and_services_apart() {
    let ours = Keychain::for_service(SERVICE);
    let other = Keychain::for_service("perennial-keychain-test-other");
    ours.set("connection/apart-1", &Secret::from("one"))
        .unwrap();
    ours.set("connection/apart-2", &Secret::from("two"))
        .unwrap();
    assert!(other.get("connection/apart-1").unwrap().is_none());
    assert_eq!(
        ours.get("connection/apart-1").unwrap().unwrap().expose(),
        "one"
    );
    assert!(ours.delete("connection/apart-1").unwrap());
    assert_eq!(
        ours.get("connection/apart-2").unwrap().unwrap().expose(),
        "two"
    );
    assert!(ours.delete("connection/apart-2").unwrap());
}

#[test]
#[ignore = "needs a Secret Service of its own: cargo xtask test --only keychain"]
fn open_holds_a_long_token() {
    let keychain = Keychain::for_service(SERVICE);
    let token = "t".repeat(8_000);
    keychain
        .set("connection/long", &Secret::from(token.as_str()))
        .unwrap();
    assert_eq!(
        keychain.get("connection/long").unwrap().unwrap().expose(),
        token
    );
    assert!(keychain.delete("connection/long").unwrap());
}

#[test]
#[ignore = "needs a locked Secret Service: cargo xtask test --only keychain"]
fn locked_is_said_to_be_locked_or_refused() {
    let keychain = Keychain::for_service(SERVICE);
    keychain.available().unwrap();
    let error = keychain
        .set("connection/locked", &Secret::from("never-kept"))
        .unwrap_err();
    assert!(
        matches!(error, SecretError::Locked | SecretError::Denied { .. }),
        "{error:?}"
    );
    assert!(error.can_ask_instead());
    assert!(!format!("{error} {error:?}").contains("never-kept"));
}

#[test]
#[ignore = "needs a session without a Secret Service: cargo xtask test --only keychain"]
fn absent_is_said_to_be_absent() {
    let keychain = Keychain::for_service(SERVICE);
    for error in [
        keychain.available().unwrap_err(),
        keychain.get("connection/absent").unwrap_err(),
        keychain
            .set("connection/absent", &Secret::from("never-kept"))
            .unwrap_err(),
        keychain.delete("connection/absent").unwrap_err(),
    ] {
        assert!(matches!(error, SecretError::NoKeychain { .. }), "{error:?}");
        assert!(error.can_ask_instead());
    }
}
