use std::fs;

use perennial_e2e::{By, Home, Outcome, Window};

use crate::with_two_links;

const BEFORE: &str = "<!doctype html><html lang=en><title>Review</title><h1>My review</h1>\
<p>Kartra keeps my whole course in one place. <a href='https://try.kartra.com/ana'>Try it</a></p>";

/// Copies of a page, what changed between them, an accepted finding, the report, and a bundle that betrays a change.
#[tokio::test]
#[ignore = "needs a display and a driver: cargo xtask test --only window"]
async fn copies_are_compared_accepted_reported_and_bundled() -> Outcome {
    let home = Home::new()?;
    let window = with_two_links(&home, "Shown").await?;
    window.go("#/campaigns/new").await?;
    window
        .write(&By::test_id("campaign-name"), "Spring")
        .await?;
    window.press(&By::test_id("save-campaign")).await?;
    window.see(&By::test_id("add-log")).await?;

    let page = home.path("review.html");
    fs::write(&page, BEFORE)?;
    window.go("#/compliance/-/page").await?;
    window.tick(&By::test_id("page-keep")).await?;
    window
        .choose(&By::test_id("keep-campaign"), "Spring")
        .await?;
    window.will_pick(&page).await?;
    keep(&window).await?;
    let first = copy(&window).await?;
    fs::write(&page, format!("{BEFORE}<p>Ends on Friday.</p>"))?;
    keep(&window).await?;
    window
        .until(
            "another copy",
            &format!(
                "return document.querySelector('[data-testid=page-copy]')?.hash !== '{first}';"
            ),
        )
        .await?;

    let second = copy(&window).await?;
    window.go(&second).await?;
    window.press(&By::test_id("copy-compare")).await?;
    window
        .says(&By::test_id("copy-diff"), "Ends on Friday.")
        .await?;
    accept_all(&window).await?;
    report_and_bundle(&window, &home).await?;
    assert_eq!(window.complaints().await?, Vec::<String>::new());
    window.close().await
}

async fn keep(window: &Window) -> Outcome {
    window
        .run(
            "document.querySelector('[data-testid=drop-zone] button').click();",
            Vec::new(),
        )
        .await?;
    window.see(&By::test_id("page-copy")).await?;
    Ok(())
}

/// The address of the copy that was kept last.
async fn copy(window: &Window) -> Outcome<String> {
    let hash = window
        .run(
            "return document.querySelector('[data-testid=page-copy]').hash;",
            Vec::new(),
        )
        .await?;
    Ok(hash.as_str().unwrap_or_default().to_owned())
}

/// Whatever is found is accepted with a reason, until nothing is left.
async fn accept_all(window: &Window) -> Outcome {
    let left = "return document.querySelectorAll('[data-testid=finding-accept]').length;";
    let mut open = window.run(left, Vec::new()).await?.as_u64().unwrap_or(0);
    assert!(open > 0, "a page without a disclosure has findings");
    while open > 0 {
        window.press(&By::test_id("finding-accept")).await?;
        window
            .write(&By::test_id("finding-reason"), "Disclosed in the header")
            .await?;
        window.press(&By::test_id("finding-accept-save")).await?;
        open -= 1;
        let now = format!("{} === {open};", left.trim_end_matches(';'));
        window.until("one finding fewer", &now).await?;
    }
    Ok(())
}

async fn report_and_bundle(window: &Window, home: &Home) -> Outcome {
    window.go("#/compliance/-/report?campaign=Spring").await?;
    window.see(&By::test_id("report-fit")).await?;
    window
        .says(&By::test_id("report-check"), "review.html")
        .await?;
    let bundle = home.path("bundle.zip");
    window.will_pick(&bundle).await?;
    window.press(&By::test_id("report-bundle")).await?;
    window.see(&By::text("Bundle of")).await?;
    window.press(&By::test_id("bundle-verify")).await?;
    window.see(&By::text("Intact:")).await?;
    let mut bytes = fs::read(&bundle)?;
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 1;
    }
    fs::write(&bundle, bytes)?;
    window.press(&By::test_id("bundle-verify")).await?;
    window
        .until(
            "the change to be betrayed",
            "return !!document.querySelector('[data-testid=bundle-problems], main [role=alert]');",
        )
        .await
}
