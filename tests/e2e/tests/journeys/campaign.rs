use std::fs;

use perennial_e2e::{By, Home, Outcome, Window};

use crate::with_two_links;

/// From the plan over the board and the log to results and the page for a partner.
#[tokio::test]
#[ignore = "needs a display and a driver: cargo xtask test --only window"]
async fn a_campaign_is_planned_published_logged_and_reported() -> Outcome {
    let home = Home::new()?;
    let window = with_two_links(&home, "Campaigns").await?;
    window.go("#/campaigns/new").await?;
    window
        .write(&By::test_id("campaign-name"), "Spring launch")
        .await?;
    window.press(&By::test_id("save-campaign")).await?;
    window.see(&By::test_id("add-log")).await?;
    // A new book has its checklist before it.
    window.see(&By::test_id("blockers")).await?;
    planned_and_published(&window).await?;
    logged(&window).await?;

    let report = home.path("report.pdf");
    window.will_pick(&report).await?;
    window.press(&By::test_id("report-menu")).await?;
    window
        .press(&By::role("menuitem", "With spend and profit"))
        .await?;
    window.see(&By::text("report.pdf")).await?;
    assert!(fs::read(&report)?.starts_with(b"%PDF-"));
    assert_eq!(window.complaints().await?, Vec::<String>::new());
    window.close().await
}

async fn planned_and_published(window: &Window) -> Outcome {
    window
        .go("#/campaigns/board/new?campaign=Spring%20launch")
        .await?;
    window
        .write(&By::test_id("item-title"), "The review")
        .await?;
    window.choose(&By::test_id("item-state"), "Ready").await?;
    window.press(&By::test_id("item-save")).await?;
    let column = |state: &str| {
        format!(
            "return !!document.querySelector('[data-state={state}] [data-testid=content-item]');"
        )
    };
    window
        .until("the plan to be ready", &column("ready"))
        .await?;
    window
        .run(
            "document.querySelector('[data-testid=content-item]').focus();",
            Vec::new(),
        )
        .await?;
    // Alt and the right arrow key.
    window.keys("\u{e00a}\u{e014}\u{e000}").await?;
    // What stands in the way is said first; whoever knows it may go on.
    window.says(&By::test_id("move-dialog"), "stand").await?;
    window
        .press(&By::role("button", "Publish all the same"))
        .await?;
    window
        .until("the plan to be published", &column("published"))
        .await?;
    window.keys("\u{e009}z").await?;
    window
        .until("the move to be undone", &column("ready"))
        .await
}

async fn logged(window: &Window) -> Outcome {
    window.go("#/campaigns/Spring%20launch").await?;
    window.press(&By::test_id("add-log")).await?;
    window
        .write(&By::test_id("log-what"), "Mailed the list")
        .await?;
    window.write(&By::test_id("log-spend"), "12.50").await?;
    window.write(&By::test_id("log-minutes"), "45").await?;
    window.press(&By::test_id("save-log")).await?;
    window
        .says(&By::test_id("campaign-results"), "12.50")
        .await?;
    window
        .says(&By::test_id("campaign-results"), "45 minutes")
        .await
}
