//! `bench`: start-up and memory of the window on a large book, beside a bare Tauri window on the same machine.

mod book;
mod compliance;
mod forecast;
mod import;
mod ledger;
mod memory;
mod screen;
mod slider;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use crate::{
    place, session, system,
    task::{Failed, Outcome, cargo, shown},
    ui,
};
use screen::Screen;

/// Starts of each window; the first warms the caches and is not counted.
const STARTS: usize = 8;
/// A window that has not changed for this long is at rest.
const REST: Duration = Duration::from_millis(600);
const PATIENCE: Duration = Duration::from_mins(1);

/// What one start took.
#[derive(Clone, Copy)]
struct Start {
    /// From the start of the process until the page shows anything.
    paint: Duration,
    /// Until it stood still.
    rest: Duration,
    /// Memory of all its processes then, in MB (PSS: shared pages are counted by shares).
    memory: f64,
}

/// `bench` measures the window, `bench forecast` the forecast engine beside numpy.
pub fn run(arguments: &[String]) -> Outcome {
    match arguments.first().map(String::as_str) {
        None => windows(),
        Some("forecast") => forecast::run(),
        Some("import") => import::run(),
        Some("ledger") => ledger::run(),
        Some("compliance") => compliance::run(),
        Some("slider") => slider::run(),
        Some(other) => Err(Failed::new(format!(
            "There is no bench “{other}”; give none for the window, or `forecast`, `slider`, `import`, `ledger` or `compliance`."
        ))),
    }
}

/// Builds both windows as they are shipped, measures them and prints the table.
fn windows() -> Outcome {
    if cfg!(not(target_os = "linux")) {
        return Err(Failed::new(
            "The bench reads memory and the screen as Linux gives them; run it there.",
        ));
    }
    system::packages(&[system::BUILD, system::HEADLESS])?;
    ui::install()?;
    ui::build()?;
    shown(
        cargo()
            .args([
                "build",
                "--release",
                "-p",
                "perennial-desktop",
                "-p",
                "perennial",
                "-p",
                "bare-window",
            ])
            .args([
                "--features",
                "perennial-desktop/custom-protocol,bare-window/custom-protocol",
            ]),
    )?;
    let folder = place::target().join("bench");
    let book = book::large(&folder)?;
    let this = std::env::current_exe()
        .map_err(|error| Failed::new(format!("Where is this program? {error}.")))?;
    shown(
        session::headless_on(&folder)
            .arg(this)
            .arg("__bench")
            .args([&folder, &book]),
    )
}

/// Inside the session: measures and prints.
pub fn measure(arguments: &[String]) -> Outcome {
    let [folder, book] = arguments else {
        return Err(Failed::new("The bench needs its folder and a book."));
    };
    let folder = Path::new(folder);
    let release = place::target().join("release");
    let mut bare = Vec::new();
    let mut ours = Vec::new();
    for turn in 0..STARTS {
        let first = start(folder, &release.join("bare-window"), None)?;
        let second = start(
            folder,
            &release.join("perennial-desktop"),
            Some(Path::new(book)),
        )?;
        if turn > 0 {
            bare.push(first);
            ours.push(second);
        }
    }
    let table = table(&bare, &ours);
    print!("\n{table}");
    fs::write(folder.join("window.md"), table)
        .map_err(|error| Failed::new(format!("{}: {error}.", folder.display())))
}

fn start(folder: &Path, window: &Path, book: Option<&Path>) -> Outcome<Start> {
    let screen = Screen::below(folder);
    let home: PathBuf = folder.join("home");
    fs::create_dir_all(&home)
        .map_err(|error| Failed::new(format!("{}: {error}.", home.display())))?;
    let begun = Instant::now();
    let mut child = Command::new(window)
        .args(book)
        .env("HOME", &home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .spawn()
        .map_err(|error| {
            Failed::new(format!(
                "{} could not be started: {error}.",
                window.display()
            ))
        })?;
    let measured = watch(&screen, begun, &child);
    // It is ended whatever was measured; the next start needs an empty screen.
    end(&mut child);
    screen.empty(PATIENCE)?;
    measured
}

fn watch(screen: &Screen, begun: Instant, child: &Child) -> Outcome<Start> {
    let mut paint = None;
    let mut last = (0, begun);
    loop {
        let (mark, painted) = screen.look()?;
        let now = Instant::now();
        if painted && paint.is_none() {
            paint = Some(now - begun);
        }
        if mark != last.0 {
            last = (mark, now);
        }
        if let Some(paint) = paint
            && now - last.1 > REST
        {
            return Ok(Start {
                paint,
                rest: last.1 - begun,
                memory: memory::of(child.id())?,
            });
        }
        if now - begun > PATIENCE {
            return Err(Failed::new("The window did not come to rest."));
        }
        thread::sleep(Duration::from_millis(4));
    }
}

fn end(child: &mut Child) {
    let all = memory::family(child.id());
    // Those that ended by themselves are gone already.
    let _ = child.kill();
    let _ = child.wait();
    for process in all {
        let _ = Command::new("kill")
            .args(["-KILL", &process.to_string()])
            .stderr(std::process::Stdio::null())
            .status();
    }
}

fn table(bare: &[Start], ours: &[Start]) -> String {
    let line = |name: &str, unit: &str, of: fn(&Start) -> f64| {
        let (floor, got) = (median(bare, of), median(ours, of));
        format!(
            "| {name} | {floor:.0} {unit} | {got:.0} {unit} | {:.2}× |\n",
            got / floor
        )
    };
    format!(
        "| Window, median of {} starts | Bare Tauri window | Perennial, {} ledger rows | Ratio |\n|---|---|---|---|\n{}{}{}",
        bare.len(),
        book::ROWS,
        line("Start to first paint", "ms", |start| start
            .paint
            .as_secs_f64()
            * 1e3),
        line("Start to the page at rest", "ms", |start| start
            .rest
            .as_secs_f64()
            * 1e3),
        line("Memory of all processes (PSS)", "MB", |start| start.memory),
    )
}

fn median(starts: &[Start], of: fn(&Start) -> f64) -> f64 {
    let mut values: Vec<f64> = starts.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
