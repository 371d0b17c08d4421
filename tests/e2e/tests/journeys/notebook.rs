use std::fs;

use perennial_e2e::{By, Home, Outcome, Window};

use crate::with_two_links;

const MAIL: &str = "From: Kartra Partners <partners@kartra.com>\r\nTo: ana@ana.example\r\n\
Subject: Summer contest begins\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\nMessage-ID: <contest-1@kartra.com>\r\n\
MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe five best partners of June share a prize.\r\n";

/// A text of one's own with its variables filled, and a mail that is dropped on the window.
#[tokio::test]
#[ignore = "needs a display and a driver: cargo xtask test --only window"]
async fn a_swipe_is_filled_and_a_dropped_mail_is_kept() -> Outcome {
    let home = Home::new()?;
    let window = with_two_links(&home, "Notes").await?;
    swipe(&window).await?;
    let mail = home.path("contest.eml");
    fs::write(&mail, MAIL)?;
    dropped(&window, mail.to_str().unwrap()).await?;
    assert_eq!(window.complaints().await?, Vec::<String>::new());
    window.close().await
}

async fn swipe(window: &Window) -> Outcome {
    window.go("#/notebook/swipes/new").await?;
    window
        .write(&By::test_id("swipe-title"), "Short review")
        .await?;
    window
        .write(
            &By::test_id("swipe-body"),
            "{disclosure} {product} keeps all of it in one place: {link}",
        )
        .await?;
    window.press(&By::test_id("swipe-save")).await?;
    window.write(&By::test_id("fill-product"), "Kartra").await?;
    let code = window
        .run(
            "return document.querySelector('datalist option')?.value ?? '';",
            Vec::new(),
        )
        .await?;
    let code = code.as_str().unwrap_or_default();
    assert!(!code.is_empty(), "the book's links are offered");
    window.write(&By::test_id("fill-link"), code).await?;
    let text = By::test_id("filled-text");
    window
        .says(&text, "Kartra keeps all of it in one place: https://")
        .await?;
    // The disclosure of the library stands where its variable stood.
    window.says(&text, "commission").await?;
    window.press(&By::test_id("swipe-copy")).await?;
    window.see(&By::text("copied")).await?;
    Ok(())
}

/// No driver can drop a file, so the page hears what the system would tell it.
async fn dropped(window: &Window, mail: &str) -> Outcome {
    let drop = "window.__TAURI_INTERNALS__.invoke('plugin:event|emit', { event: 'tauri://drag-drop', payload: { paths: [arguments[0]], position: { x: 300, y: 300 } } });";
    window.run(drop, vec![mail.into()]).await?;
    window
        .says(&By::test_id("entry-words"), "The five best partners")
        .await?;
    window
        .says(&By::test_id("detail-pane"), "Summer contest begins")
        .await?;
    window.keys("\u{e009}z").await?;
    window.gone(&By::text("The five best partners")).await
}
