use perennial_e2e::{By, Home, Outcome, Window};

#[tokio::test]
#[ignore = "needs a display and a driver: cargo xtask test --only window"]
async fn a_new_user_is_welcomed() -> Outcome {
    let home = Home::new()?;
    let window = Window::open(&home, None).await?;
    window.see(&By::test_id("first-run")).await?;
    assert_eq!(window.title().await?, "Perennial");
    window.see(&By::test_id("book-name")).await?;
    window.see(&By::test_id("identity")).await?;
    window.see(&By::test_id("start-sample")).await?;
    window.close().await
}

#[tokio::test]
#[ignore = "needs a display and a driver: cargo xtask test --only window"]
async fn sample_data_fills_every_area() -> Outcome {
    let home = Home::new()?;
    let window = Window::open(&home, None).await?;
    window.press(&By::test_id("start-sample")).await?;
    window.settled("overview").await?;
    window.see(&By::test_id("total-earned")).await?;
    for (area, thing) in [
        ("programs", "programs-table"),
        ("links", "links-table"),
        ("campaigns", "campaigns-table"),
        ("earnings", "earnings-figures"),
        ("forecast", "forecast-chart"),
        ("compliance", "checklist"),
        ("connections", "inbox"),
    ] {
        window.press(&By::test_id(&format!("nav-{area}"))).await?;
        window.settled(area).await?;
        window.see(&By::test_id(thing)).await?;
        assert_eq!(
            window.count("error-notice").await?,
            0,
            "{area} shows an error"
        );
    }
    window.close().await
}

#[tokio::test]
#[ignore = "needs a display and a driver: cargo xtask test --only window"]
async fn a_file_that_is_no_book_is_reported_and_left_alone() -> Outcome {
    let home = Home::new()?;
    let file = home.path("Notes.perennial");
    std::fs::write(&file, "not a book, but somebody's notes")?;
    let window = Window::open(&home, Some(&file)).await?;
    window.see(&By::test_id("first-run")).await?;
    window
        .says(&By::test_id("error-notice"), "Notes.perennial")
        .await?;
    window.close().await?;
    assert_eq!(
        std::fs::read_to_string(&file)?,
        "not a book, but somebody's notes"
    );
    Ok(())
}
