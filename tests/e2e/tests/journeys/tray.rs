use perennial_e2e::{By, Home, Outcome, Window};

/// The icon in the tray is turned on where no desktop shows one, and the window goes on; off again takes it away.
#[tokio::test]
#[ignore = "needs a display and a driver: cargo xtask test --only window"]
async fn the_window_goes_on_where_no_tray_shows_the_icon() -> Outcome {
    let home = Home::new()?;
    let window = Window::open(&home, None).await?;
    window.write(&By::test_id("book-name"), "Tray").await?;
    window.press(&By::test_id("start")).await?;
    window.see(&By::test_id("first-steps")).await?;
    window.go("#/settings").await?;
    window.settled("settings").await?;
    // Hears what the page hears.
    window
        .run(
            "window.__made = [];\
             const heard = window.__TAURI_INTERNALS__.transformCallback(({ payload }) => window.__made.push(payload));\
             window.__TAURI_INTERNALS__.invoke('plugin:event|listen', { event: 'tray-made', target: { kind: 'Any' }, handler: heard });",
            Vec::new(),
        )
        .await?;
    window.tick(&By::test_id("tray")).await?;
    window
        .until(
            "an answer about the icon",
            "return window.__made.length === 1;",
        )
        .await?;
    let made = window.run("return window.__made[0];", Vec::new()).await?;
    if made != true {
        // A machine without the library is told so.
        window.see(&By::test_id("tray-failed")).await?;
    }
    window.go("#/links").await?;
    window.settled("links").await?;
    window.go("#/settings").await?;
    window
        .run(
            "document.querySelector('[data-testid=tray]').click();",
            Vec::new(),
        )
        .await?;
    window
        .until(
            "the icon to be gone",
            "return window.__made.at(-1) === false;",
        )
        .await?;
    assert_eq!(window.complaints().await?, Vec::<String>::new());
    window.close().await
}
