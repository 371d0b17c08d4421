use std::{fs, path::Path};

use perennial_e2e::{By, Home, Outcome, Window};

const CHANNELS: [&str; 5] = ["blog", "email", "youtube", "quora", "reddit"];

/// The main job, from an empty machine to an undone edit, with nothing but the window.
#[tokio::test]
#[ignore = "needs a display and a driver: cargo xtask test --only window"]
async fn from_the_first_run_to_the_first_payout() -> Outcome {
    let home = Home::new()?;
    let window = Window::open(&home, None).await?;
    first_run(&window).await?;
    program_is_there(&window).await?;
    five_links(&window).await?;
    campaign_with_an_entry(&window).await?;
    report_comes_in(&window, &home.path("report.csv")).await?;
    totals_are_right(&window).await?;
    forecast_is_drawn(&window).await?;
    demand_is_met_with_evidence(&window).await?;
    last_edit_is_undone(&window).await?;
    assert_eq!(window.complaints().await?, Vec::<String>::new());
    window.close().await
}

async fn first_run(window: &Window) -> Outcome {
    window.write(&By::test_id("book-name"), "Ana earns").await?;
    window
        .says(&By::test_id("book-path"), "Ana earns.perennial")
        .await?;
    window
        .write(&By::test_id("identity"), "https://try.kartra.com/ana")
        .await?;
    for channel in CHANNELS {
        window
            .tick(&By::test_id(&format!("channel-{channel}")))
            .await?;
    }
    window.press(&By::test_id("start")).await?;
    window.see(&By::test_id("first-steps")).await?;
    window.says(&By::test_id("book-menu"), "Ana earns").await
}

async fn program_is_there(window: &Window) -> Outcome {
    window.press(&By::test_id("nav-programs")).await?;
    window.settled("programs").await?;
    window
        .says(&By::test_id("programs-table"), "Kartra")
        .await?;
    window.go("#/programs/kartra").await?;
    window.see(&By::test_id("contradictions")).await?;
    Ok(())
}

async fn five_links(window: &Window) -> Outcome {
    window.go("#/links/new").await?;
    window.settled("links").await?;
    for channel in CHANNELS {
        window
            .tick(&By::test_id(&format!("channel-{channel}")))
            .await?;
    }
    window.write(&By::test_id("link-label"), "Spring").await?;
    window
        .until(
            "five links to be shown",
            "return document.querySelectorAll('[data-testid=detail-pane] code').length === 5;",
        )
        .await?;
    window.press(&By::test_id("make-links")).await?;
    window.see(&By::test_id("copy-all")).await?;
    window.press(&By::test_id("close-pane")).await?;
    window.see(&By::role("row", "Spring")).await?;
    let rows = "return document.querySelectorAll('[data-testid=links-table] [role=row][aria-rowindex]').length >= 5;";
    window.until("five rows of links", rows).await
}

async fn campaign_with_an_entry(window: &Window) -> Outcome {
    window.go("#/campaigns/new").await?;
    window
        .write(&By::test_id("campaign-name"), "Spring launch")
        .await?;
    window.press(&By::test_id("save-campaign")).await?;
    window.press(&By::test_id("add-log")).await?;
    window
        .write(&By::test_id("log-what"), "Mailed the list")
        .await?;
    window.write(&By::test_id("log-spend"), "12.50").await?;
    window.write(&By::test_id("log-minutes"), "45").await?;
    window.press(&By::test_id("save-log")).await?;
    window.see(&By::text("Mailed the list")).await?;
    window.says(&By::test_id("detail-pane"), "12.50").await
}

/// Four rows: two long matured, one of yesterday that is on hold, one declined.
async fn report_comes_in(window: &Window, report: &Path) -> Outcome {
    let day = |ago: u32| async move {
        let script =
            "return new Date(Date.now() - arguments[0] * 86400000).toISOString().slice(0, 10);";
        window
            .run(script, vec![ago.into()])
            .await
            .map(|day| day.as_str().unwrap_or_default().to_owned())
    };
    let (old, older, yesterday) = (day(100).await?, day(130).await?, day(1).await?);
    fs::write(
        report,
        format!(
            "id,date,sale_amount,commission,commission_status\n\
             9001,{older},99.00,39.60,1\n\
             9002,{old},189.00,75.60,1\n\
             9003,{yesterday},55.00,22.00,0\n\
             9004,{yesterday},99.00,39.60,2\n"
        ),
    )?;
    window.go("#/connections/import").await?;
    window.settled("connections").await?;
    window.will_pick(report).await?;
    window.press(&By::test_id("choose-file")).await?;
    window.says(&By::test_id("import-preview"), "9001").await?;
    window
        .choose(&By::test_id("import-program"), "Kartra")
        .await?;
    window
        .choose(&By::test_id("import-currency"), "USD")
        .await?;
    window.press(&By::test_id("import-check")).await?;
    window.says(&By::test_id("count-new"), "4").await?;
    window.press(&By::test_id("import-run")).await?;
    window.see(&By::test_id("import-undo")).await?;
    window.says(&By::test_id("count-new"), "4").await?;
    window.press(&By::test_id("import-close")).await
}

async fn totals_are_right(window: &Window) -> Outcome {
    window.press(&By::test_id("nav-overview")).await?;
    window.settled("overview").await?;
    // 39.60 + 75.60 + 22.00; the declined one never counts.
    window.says(&By::test_id("total-earned"), "137.20").await?;
    window.says(&By::test_id("total-reserve"), "22.00").await?;
    window.says(&By::test_id("total-due"), "115.20").await?;
    window.says(&By::test_id("total-paid"), "0.00").await?;
    window.says(&By::test_id("next-payout"), "115.20").await
}

async fn forecast_is_drawn(window: &Window) -> Outcome {
    window.press(&By::test_id("nav-forecast")).await?;
    window.settled("forecast").await?;
    window.see(&By::test_id("assumptions")).await?;
    // A few more referrals a month than the book has seen, so that there is something to draw.
    let slider = "const slider = document.querySelector('[data-testid^=slider-new-] input, input[data-testid^=slider-new-]');\
                  slider.value = 3; slider.dispatchEvent(new Event('input', { bubbles: true }));\
                  slider.dispatchEvent(new Event('change', { bubbles: true }));";
    window.run(slider, Vec::new()).await?;
    window.see(&By::test_id("forecast-chart")).await?;
    let drawn =
        "return document.querySelectorAll('[data-testid=forecast-chart] svg path').length > 8;";
    window.until("lines and a range", drawn).await?;
    window.says(&By::test_id("forecast-words"), "USD").await
}

async fn demand_is_met_with_evidence(window: &Window) -> Outcome {
    window.press(&By::test_id("nav-compliance")).await?;
    window.settled("compliance").await?;
    window.see(&By::test_id("checklist")).await?;
    window
        .run(
            "document.querySelector('[data-testid=checklist-item] a').click();",
            Vec::new(),
        )
        .await?;
    window.tick(&By::test_id("state-done")).await?;
    window.tick(&By::test_id("evidence-url")).await?;
    window
        .write(
            &By::test_id("evidence-input"),
            "https://ana.example/review#disclosure",
        )
        .await?;
    window.press(&By::test_id("item-save")).await?;
    window
        .says(&By::test_id("evidence"), "ana.example/review")
        .await?;
    window
        .until(
            "an item that is done",
            "return !!document.querySelector('[data-testid=checklist-item][data-state=done]');",
        )
        .await
}

async fn last_edit_is_undone(window: &Window) -> Outcome {
    window.press(&By::test_id("close-pane")).await?;
    window.keys("\u{e009}z").await?;
    window
        .until(
            "no item that is done",
            "return !document.querySelector('[data-testid=checklist-item][data-state=done]');",
        )
        .await
}
