//! Pictures of every area on a sample book: light and dark for the documentation, small ones to look at.
//! `cargo xtask screenshots` runs it.

#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn main() -> perennial_e2e::Outcome {
    gallery::take().await
}

#[cfg(not(target_os = "linux"))]
fn main() {}

#[cfg(target_os = "linux")]
mod gallery {
    use std::{env, ffi::OsString, path::PathBuf, process::Command};

    use perennial_e2e::{By, Home, Outcome, Trouble, Window};

    const AREAS: [&str; 9] = [
        "overview",
        "programs",
        "links",
        "campaigns",
        "earnings",
        "forecast",
        "compliance",
        "connections",
        "settings",
    ];

    /// Opens a sample book and goes through every area, in both looks and two sizes.
    pub async fn take() -> Outcome {
        let home = Home::new()?;
        let book = home.path("Sample.perennial");
        let made = Command::new(told("PERENNIAL_CLI")?)
            .args(["book", "new"])
            .arg(&book)
            .arg("--sample")
            .status()?;
        if !made.success() {
            return Err(Trouble::Driver("the sample book could not be made".into()));
        }
        let (large, small) = (
            told("PERENNIAL_PICTURES_LARGE")?,
            told("PERENNIAL_PICTURES_SMALL")?,
        );
        let window = Window::open(&home, Some(&book)).await?;
        for look in ["light", "dark"] {
            wear(&window, look).await?;
            for (folder, width, height) in [(&large, 1280, 800), (&small, 1000, 700)] {
                window.resize(width, height).await?;
                for area in AREAS {
                    window.go(&format!("#/{area}")).await?;
                    window.settled(area).await?;
                    window
                        .picture(&folder.join(format!("{area}-{look}.png")))
                        .await?;
                }
            }
        }
        window.close().await
    }

    /// Puts a look on, from the palette.
    async fn wear(window: &Window, look: &str) -> Outcome {
        window.go("#/overview").await?;
        window.settled("overview").await?;
        window.keys("\u{e009}k").await?;
        window.see(&By::test_id("palette")).await?;
        let words = format!("Use the {look} look");
        window.keys(&words).await?;
        window.press(&By::role("option", &words)).await?;
        window.gone(&By::test_id("palette")).await?;
        window.point_nowhere().await
    }

    fn told(name: &'static str) -> Outcome<PathBuf> {
        env::var_os(name)
            .map(|path: OsString| path.into())
            .ok_or(Trouble::NotSet(name))
    }
}
