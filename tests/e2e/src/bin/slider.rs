//! How long the forecast in the real window takes to follow a slider. `cargo xtask bench slider` runs it; nothing is
//! demanded of the times, which depend on the machine and on what else it does.

#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn main() -> perennial_e2e::Outcome {
    slider::measure().await
}

#[cfg(not(target_os = "linux"))]
fn main() {}

#[cfg(target_os = "linux")]
mod slider {
    use std::{
        env, fs,
        path::PathBuf,
        process::Command,
        time::{Duration, Instant},
    };

    use perennial_e2e::{By, Home, Outcome, Trouble, Window};
    use serde_json::Value;

    /// Moves a slider and keeps what each move took in `window.__slider`.
    const MOVE: &str = include_str!("slider.js");
    /// What the script keeps, what it is, and what we aim for.
    const LINES: [(&str, &str, Option<u32>); 5] = [
        (
            "figure",
            "From a move to its figure and its chart on the screen",
            Some(50),
        ),
        (
            "bands",
            "From the last of eight quick moves to its ranges on the screen",
            Some(500),
        ),
        (
            "frames",
            "The longest time between two frames meanwhile",
            None,
        ),
        ("run", "The months alone: asked, worked out, answered", None),
        ("drawn", "The ranges alone", None),
    ];
    /// How long all moves together may take.
    const LONGEST: Duration = Duration::from_mins(2);

    /// Opens a sample book, moves a slider of its forecast, and writes what that took.
    pub async fn measure() -> Outcome {
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
        let window = Window::open(&home, Some(&book)).await?;
        window.resize(1280, 800).await?;
        window.go("#/forecast").await?;
        window.settled("forecast").await?;
        window.see(&By::test_id("forecast-total")).await?;
        window.run(MOVE, Vec::new()).await?;
        let begun = Instant::now();
        let said = loop {
            let said = window.run("return window.__slider;", Vec::new()).await?;
            if said["done"] == Value::Bool(true) {
                break said;
            }
            if begun.elapsed() > LONGEST {
                return Err(Trouble::Driver(format!(
                    "the moves did not end; so far they took {said}"
                )));
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        };
        if let Some(trouble) = said["failed"].as_str() {
            return Err(Trouble::Driver(format!("the moves failed: {trouble}")));
        }
        let lines: String = LINES
            .iter()
            .map(|(key, name, aim)| line(name, &said[key], *aim))
            .collect::<Outcome<_>>()?;
        let table = format!(
            "| A slider in the window, ms | Best | Median | Worst | Aim |\n|---|---|---|---|---|\n{lines}\n{}\n",
            machine()
        );
        let complaints = window.complaints().await?;
        if !complaints.is_empty() {
            return Err(Trouble::Driver(format!(
                "the page complained: {}",
                complaints.join("; ")
            )));
        }
        fs::write(told("PERENNIAL_RESULT")?, table)?;
        window.close().await
    }

    /// A row of the table.
    fn line(name: &str, times: &Value, aim: Option<u32>) -> Outcome<String> {
        let mut times: Vec<f64> = times
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_f64)
            .collect();
        times.sort_by(f64::total_cmp);
        let (Some(best), Some(median), Some(worst)) =
            (times.first(), times.get(times.len() / 2), times.last())
        else {
            return Err(Trouble::Driver(format!("“{name}” was not measured")));
        };
        let aim = aim.map_or_else(String::new, |aim| aim.to_string());
        Ok(format!(
            "| {name} ({} times) | {best:.0} | {median:.0} | {worst:.0} | {aim} |\n",
            times.len()
        ))
    }

    /// What else the machine does: cores, and the load of the last minute.
    fn machine() -> String {
        let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load = load.split(' ').next().unwrap_or("unknown").to_owned();
        let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
        format!("{cores} cores, load {load} at the end.")
    }

    fn told(name: &'static str) -> Outcome<PathBuf> {
        env::var_os(name)
            .map(PathBuf::from)
            .ok_or(Trouble::NotSet(name))
    }
}
