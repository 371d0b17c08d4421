//! What went wrong on the way to a network, in a sentence and with ways out.

use crate::{Failure, dto::SyncError};
use perennial_connectors::{Objection, PageError, Trouble, http::HttpError};

/// The failure of a trouble with a network.
pub(super) fn failure(network: &str, trouble: &Trouble) -> Failure {
    let resource = |code: &str, message: String| Failure::resource(code, message);
    let later = "Try again later; what has landed is kept and does not come twice.";
    match trouble {
        Trouble::Http(HttpError::Stopped) => {
            Failure::refused("job.cancelled", "The sync was stopped.")
                .hint("The next one goes on from there.")
        }
        Trouble::Http(HttpError::Address(why)) => Failure::refused(
            "connection.bad_address",
            format!("The address was refused: {why}."),
        )
        .hint("Check --base-url."),
        Trouble::Http(HttpError::SignIn(status)) => resource(
            "sync.sign_in",
            format!("{network} did not accept the key (status {status}): sign in again."),
        )
        .hint(format!(
            "Make a new key at {network}, then `perennial connection key NAME`."
        )),
        Trouble::Http(HttpError::Busy {
            status: 429,
            retry_after,
        }) => {
            let wait = retry_after
                .map(|wait| format!("; it asks to wait {} s", wait.as_secs()))
                .unwrap_or_default();
            resource(
                "sync.rate_limited",
                format!("{network} allows no more requests for now{wait}."),
            )
            .hint(later)
        }
        Trouble::Http(error) => {
            let code = match error {
                HttpError::Unreachable(_) => "sync.unreachable",
                HttpError::Insecure(_) => "sync.insecure",
                HttpError::TimedOut(_) => "sync.timed_out",
                HttpError::BrokenOff(_) => "sync.broken_off",
                HttpError::Elsewhere(_) => "sync.redirected",
                HttpError::NotJson(_) => "sync.not_json",
                HttpError::Unreadable(_) => "sync.unreadable",
                HttpError::TooLarge(_) => "sync.too_large",
                HttpError::Refused { .. } => "sync.refused",
                _ => "sync.network_trouble",
            };
            let hint = match error {
                HttpError::Unreachable(_) => "Check the connection to the internet.",
                HttpError::Elsewhere(_) | HttpError::NotJson(_) | HttpError::Refused { .. } => {
                    "Check the address of the connection; a login page of a public network answers like this too."
                }
                _ => later,
            };
            resource(code, format!("{network}: {error}.")).hint(hint)
        }
        Trouble::Page(PageError::Objection(objection)) => objected(network, objection),
        Trouble::Page(error) => {
            let code = match error {
                PageError::NoProgress => "sync.no_progress",
                _ => "sync.unreadable",
            };
            resource(code, format!("{network}: {error}.")).hint(later)
        }
    }
}

/// The failure of what a network says in an answer that looks good.
pub(super) fn objected(network: &str, objection: &Objection) -> Failure {
    match objection {
        Objection::SignIn(why) => Failure::resource(
            "sync.sign_in",
            format!("{network} did not accept the key ({why}): sign in again."),
        )
        .hint(format!(
            "Make a new key at {network}, then `perennial connection key NAME`."
        )),
        Objection::TooMany(_) => {
            Failure::resource("sync.rate_limited", format!("{network}: {objection}."))
                .hint("Try again later; what has landed is kept and does not come twice.")
        }
        Objection::Refused(_) => {
            Failure::resource("sync.refused", format!("{network}: {objection}."))
                .hint("Check the account and the address of the connection.")
        }
    }
}

/// The same beside the rows that did land.
pub(super) fn dto(failure: &Failure) -> SyncError {
    SyncError {
        code: failure.code.clone(),
        message: failure.message.clone(),
        hints: failure.hints.clone(),
    }
}
