//! Journeys in the real window. They need a display and a driver, which `cargo xtask test --only window` gives them.
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(target_os = "linux")]

mod campaign;
mod dispute;
mod evidence;
mod first_run;
mod links;
mod main_job;
mod notebook;
mod settle;
mod tray;

use perennial_e2e::{By, Home, Outcome, Window};

/// A window on a book with Kartra, two channels and two links, made as a new user would.
async fn with_two_links(home: &Home, name: &str) -> Outcome<Window> {
    let window = Window::open(home, None).await?;
    window.write(&By::test_id("book-name"), name).await?;
    window
        .write(&By::test_id("identity"), "https://try.kartra.com/ana")
        .await?;
    for channel in ["blog", "email"] {
        window
            .tick(&By::test_id(&format!("channel-{channel}")))
            .await?;
    }
    window.press(&By::test_id("start")).await?;
    window.see(&By::test_id("first-steps")).await?;
    window.go("#/links/new").await?;
    window.settled("links").await?;
    for channel in ["blog", "email"] {
        window
            .tick(&By::test_id(&format!("channel-{channel}")))
            .await?;
    }
    window.write(&By::test_id("link-label"), "Review").await?;
    let shown = "return document.querySelectorAll('[data-testid=detail-pane] code').length === 2;";
    window.until("two links to be shown", shown).await?;
    window.press(&By::test_id("make-links")).await?;
    window.see(&By::test_id("copy-all")).await?;
    window.press(&By::test_id("close-pane")).await?;
    Ok(window)
}
