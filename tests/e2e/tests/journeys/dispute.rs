use std::fs;

use perennial_e2e::{By, Home, Outcome, Window};

/// The first row earns what a smaller plan does.
const REPORT: &str = "\
Action_Id,Action_Date,Payout,Sale_Amount,Currency,Status,Campaign\n\
p-1,2022-03-05,119.60,499.00,USD,APPROVED,Kartra\n\
p-2,2022-03-06,199.60,499.00,USD,APPROVED,Kartra\n";

/// From a report to a finding, to a dispute, to a document for the program, and back by undo.
#[tokio::test]
#[ignore = "needs a display and a driver: cargo xtask test --only window"]
async fn from_a_finding_to_its_dossier() -> Outcome {
    let home = Home::new()?;
    let window = Window::open(&home, None).await?;
    window.write(&By::test_id("book-name"), "Disputes").await?;
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

    window.go("#/earnings/audit").await?;
    window.settled("earnings").await?;
    window.says(&By::test_id("audit-stake"), "80.00").await?;
    window.press(&By::role("row", "80.00")).await?;
    window
        .says(&By::test_id("finding-computation"), "× 40% =")
        .await?;
    window
        .write(&By::test_id("finding-note"), "Platinum was paid as Gold")
        .await?;
    window.press(&By::test_id("finding-dispute")).await?;
    window.see(&By::test_id("finding-reopen")).await?;
    let paper = home.path("dossier.pdf");
    window.will_pick(&paper).await?;
    window.press(&By::test_id("dossier-pdf")).await?;
    window.see(&By::text("dossier.pdf")).await?;
    assert!(fs::read(&paper)?.starts_with(b"%PDF-"));
    window.press(&By::test_id("close-pane")).await?;
    window.keys("\u{e009}z").await?;
    let open = "return !document.querySelector('[data-testid=audit-table]').textContent.includes('Disputed');";
    window.until("no disputed finding", open).await?;
    assert_eq!(window.complaints().await?, Vec::<String>::new());
    window.close().await
}
