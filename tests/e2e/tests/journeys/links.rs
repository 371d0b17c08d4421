use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    thread,
};

use perennial_e2e::{By, Home, Outcome, Window};

use crate::with_two_links;

/// Links are found, changed together and taken back, checked, noted where they stand, and counted.
#[tokio::test]
#[ignore = "needs a display and a driver: cargo xtask test --only window"]
async fn links_are_found_changed_checked_and_placed() -> Outcome {
    let home = Home::new()?;
    let window = with_two_links(&home, "Linked").await?;
    found(&window).await?;
    changed_together(&window).await?;
    a_form_is_filled_by_another_program(&window).await?;
    checked(&window).await?;
    placed_and_counted(&window).await?;
    let mut complaints = window.complaints().await?;
    // Says no more than that what was measured while it changed is measured again in the next frame.
    complaints.retain(|text| !text.starts_with("ResizeObserver loop"));
    assert_eq!(complaints, Vec::<String>::new());
    window.close().await
}

async fn found(window: &Window) -> Outcome {
    window.write(&By::test_id("search"), "mail").await?;
    window.until("one link to be found", &rows(1)).await?;
    window.write(&By::test_id("search"), " ").await?;
    window.until("both links again", &rows(2)).await
}

fn rows(count: u8) -> String {
    format!(
        "return document.querySelectorAll('[data-testid=links-table] [role=row][aria-rowindex]:not([aria-rowindex=\"1\"])').length === {count};"
    )
}

async fn changed_together(window: &Window) -> Outcome {
    window
        .run(
            "for (const box of document.querySelectorAll('[data-testid=links-table] [role=row][aria-rowindex]:not([aria-rowindex=\"1\"]) input[type=checkbox]')) box.click();",
            Vec::new(),
        )
        .await?;
    window.press(&By::test_id("edit-many")).await?;
    window
        .write(&By::test_id("many-add-tags"), "spring")
        .await?;
    window.press(&By::test_id("many-save")).await?;
    window.see(&By::test_id("filter-tag")).await?;
    window.keys("\u{e009}z").await?;
    window.gone(&By::test_id("filter-tag")).await
}

/// What the system hands over, the tray too, only fills in the form.
async fn a_form_is_filled_by_another_program(window: &Window) -> Outcome {
    window
        .go("#/links/new?url=https%3A%2F%2Fkartra.com%2Fpricing")
        .await?;
    window
        .until(
            "the address to be filled in",
            "return document.querySelector('[data-testid=link-address]')?.value === 'https://kartra.com/pricing';",
        )
        .await?;
    window.press(&By::test_id("close-pane")).await
}

/// The destination is asked, never the tracked address; it answers here from this computer.
async fn checked(window: &Window) -> Outcome {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Whoever goes away early is not answered.
            let _ = gone(stream);
        }
    });
    window.go("#/links/new").await?;
    window
        .choose(&By::test_id("link-destination"), "Another address")
        .await?;
    window
        .write(
            &By::test_id("link-address"),
            &format!("http://127.0.0.1:{port}/gone"),
        )
        .await?;
    window.tick(&By::test_id("channel-blog")).await?;
    window
        .tick(&By::label("Use this address all the same"))
        .await?;
    window.write(&By::test_id("link-label"), "Gone").await?;
    let shown = "return !!document.querySelector('[data-testid=make-links]:not([disabled])') && document.querySelectorAll('[data-testid=detail-pane] code').length === 1;";
    window.until("the link to be shown", shown).await?;
    window.press(&By::test_id("make-links")).await?;
    window.see(&By::test_id("copy-all")).await?;
    window.press(&By::test_id("close-pane")).await?;
    window.press(&By::role("row", "Gone")).await?;
    window.press(&By::test_id("check-link")).await?;
    window.says(&By::test_id("link-health"), "404").await?;
    window.press(&By::test_id("accept-link")).await?;
    window
        .says(&By::test_id("link-health"), "As accepted")
        .await
}

fn gone(mut stream: TcpStream) -> std::io::Result<()> {
    let mut asked = [0; 1024];
    let _ = stream.read(&mut asked)?;
    stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

async fn placed_and_counted(window: &Window) -> Outcome {
    window.press(&By::test_id("add-place")).await?;
    window
        .write(&By::test_id("place-where"), "Welcome email 3")
        .await?;
    window.press(&By::test_id("place-save")).await?;
    window
        .says(&By::test_id("places"), "Welcome email 3")
        .await?;
    window.press(&By::test_id("clicks-add")).await?;
    window.write(&By::test_id("clicks-many"), "120").await?;
    window.press(&By::test_id("clicks-save")).await?;
    window.says(&By::test_id("clicks-total"), "120").await?;
    // A link that is put away must be replaced where it stands.
    window
        .press(&By::role("button", "Archive").exactly())
        .await?;
    window.says(&By::test_id("places"), "archived").await
}
