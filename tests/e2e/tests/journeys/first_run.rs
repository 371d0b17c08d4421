use perennial_e2e::{By, Home, Outcome, Window};

#[tokio::test]
#[ignore = "needs a display and a driver: cargo xtask test --only window"]
async fn a_new_user_is_welcomed() -> Outcome {
    let home = Home::new()?;
    let window = Window::open(&home, None).await?;
    window.see(&By::text("Perennial")).await?;
    assert!(window.title().await?.contains("Perennial"));
    window.close().await
}
