use std::fs;

use perennial_e2e::{By, Home, Outcome, Window};

const REPORT: &str = "\
Action_Id,Action_Date,Payout,Sale_Amount,Currency,Status,Campaign\n\
p-1,2022-03-05,39.60,99.00,USD,APPROVED,Kartra\n\
p-2,2022-03-06,79.60,199.00,USD,APPROVED,Kartra\n";

/// From a payout to the deposit that arrived, the difference counted to zero, the lock, and back by undo.
#[tokio::test]
#[ignore = "needs a display and a driver: cargo xtask test --only window"]
async fn from_a_payout_to_a_locked_period() -> Outcome {
    let home = Home::new()?;
    let window = Window::open(&home, None).await?;
    window.write(&By::test_id("book-name"), "Settled").await?;
    window
        .write(&By::test_id("identity"), "https://try.kartra.com/ana")
        .await?;
    window.press(&By::test_id("start")).await?;
    window.see(&By::test_id("first-steps")).await?;
    let report = home.path("impact.csv");
    fs::write(&report, REPORT)?;
    window.go("#/connections/import").await?;
    window.settled("connections").await?;
    window.will_pick(&report).await?;
    window.press(&By::test_id("choose-file")).await?;
    window.says(&By::test_id("import-preview"), "p-1").await?;
    window.press(&By::test_id("import-check")).await?;
    window.says(&By::test_id("count-new"), "2").await?;
    window.press(&By::test_id("import-run")).await?;
    window.see(&By::test_id("import-undo")).await?;
    window.press(&By::test_id("import-close")).await?;

    window.go("#/earnings/payouts").await?;
    window.settled("earnings").await?;
    window
        .press(&By::role("button", "Record a payment"))
        .await?;
    window
        .write(&By::test_id("payment-amount"), "119.20")
        .await?;
    window.press(&By::test_id("payment-save")).await?;
    window.press(&By::role("row", "119.20")).await?;
    // What it paid is tied already; nothing has arrived.
    window
        .says(&By::test_id("reconcile-left"), "119.20")
        .await?;
    window.press(&By::test_id("note-deposit")).await?;
    window
        .write(&By::test_id("deposit-amount"), "115.20")
        .await?;
    window.write(&By::test_id("deposit-fee"), "3.00").await?;
    window.press(&By::test_id("deposit-save")).await?;
    window.says(&By::test_id("reconcile-left"), "1.00").await?;
    window.press(&By::test_id("explain")).await?;
    window.press(&By::test_id("explain-save")).await?;
    window.says(&By::test_id("reconcile-left"), "0.00").await?;
    window.press(&By::test_id("lock-period")).await?;
    window.see(&By::test_id("unlock-period")).await?;
    window.gone(&By::test_id("note-deposit")).await?;
    window.keys("\u{e009}z").await?;
    window.see(&By::test_id("lock-period")).await?;
    window.see(&By::test_id("note-deposit")).await?;
    window.keys("\u{e009}z").await?;
    window.says(&By::test_id("reconcile-left"), "1.00").await?;
    assert_eq!(window.complaints().await?, Vec::<String>::new());
    window.close().await
}
