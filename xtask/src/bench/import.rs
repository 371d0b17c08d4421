//! `bench import`: an import of a million rows beside the `sqlite3` shell's `.import` of the same rows, its memory, how
//! soon it stops when asked to, and ten thousand links from a file.

use std::{
    fmt::Write as _,
    fs,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    place, system,
    task::{Failed, Outcome, asked, cargo, program, shown},
};

/// Rows of the report.
const ROWS: u32 = 1_000_000;
/// Rounds; each runs both, and the median counts.
const ROUNDS: usize = 3;
/// Links of the file.
const LINKS: u32 = 10_000;
/// When an import is asked to stop.
const STOP_AFTER: Duration = Duration::from_secs(2);

/// The table beside the ledger: the report's columns, and for each index of the ledger that such rows are in, one over
/// the columns that it comes from.
const TABLE: &str = "CREATE TABLE report (
    id TEXT PRIMARY KEY, date TEXT NOT NULL, sale_amount TEXT, commission TEXT NOT NULL, commission_status TEXT,
    currency TEXT NOT NULL, advertiser_name TEXT, click_ref TEXT, UNIQUE (advertiser_name, id)) STRICT;
CREATE INDEX by_day ON report (date, id);
CREATE INDEX sums ON report (advertiser_name, currency, date, commission, commission_status);
CREATE INDEX by_source ON report (currency);
CREATE INDEX by_key ON report (click_ref, advertiser_name);";

/// What one run took.
struct Took {
    time: Duration,
    /// Most memory it had, in MB.
    memory: f64,
}

/// Builds the command line as it is shipped, measures and prints.
pub fn run() -> Outcome {
    if cfg!(not(target_os = "linux")) {
        return Err(Failed::new(
            "The bench reads memory as Linux gives it; run it there.",
        ));
    }
    system::packages(&[&["sqlite3"]])?;
    shown(cargo().args(["build", "--release", "-p", "perennial"]))?;
    let folder = place::target().join("bench");
    fs::create_dir_all(&folder).map_err(|error| cannot(&folder, &error))?;
    let report = report(&folder, ROWS)?;
    let one = self::report(&folder, 1)?;
    let mut ratios = Vec::new();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let shell = shell(&folder, &report)?;
        let perennial = import(&folder, &report)?;
        ratios.push(perennial.time.as_secs_f64() / shell.time.as_secs_f64());
        ours.push(perennial);
        theirs.push(shell);
    }
    let base = import(&folder, &one)?;
    let stopped = stopped(&folder, &report)?;
    let links = links(&folder)?;
    let seconds = |all: &[Took]| median(all.iter().map(|took| took.time.as_secs_f64()).collect());
    let memory = median(ours.iter().map(|took| took.memory).collect());
    let mut table = String::from("| What | Aim | Measured |\n|---|---|---|\n");
    // Writing into a String cannot fail.
    let _ = writeln!(
        table,
        "| {ROWS} rows by `sqlite3 .import` into an equally indexed STRICT table | | {:.1} s |",
        seconds(&theirs)
    );
    let _ = writeln!(
        table,
        "| The same rows by `perennial import` | | {:.1} s |",
        seconds(&ours)
    );
    let _ = writeln!(
        table,
        "| Ratio, median of {ROUNDS} rounds | ≤ 2.5 | {:.2} |",
        median(ratios)
    );
    let _ = writeln!(
        table,
        "| Memory above an import of one row ({:.0} MB) | ≤ 150 MB | {:.0} MB |",
        base.memory,
        memory - base.memory
    );
    let _ = writeln!(
        table,
        "| From Ctrl-C to the end of the program, nothing kept | ≤ 200 ms | {} ms |",
        stopped.as_millis()
    );
    let _ = writeln!(
        table,
        "| {LINKS} links by `perennial link bulk` | < 2 s | {:.2} s |",
        links.as_secs_f64()
    );
    print!("\n{table}");
    let path = folder.join("import.md");
    fs::write(&path, table).map_err(|error| cannot(&path, &error))
}

pub(super) fn cannot(path: &Path, error: &std::io::Error) -> Failed {
    Failed::new(format!("{}: {error}.", path.display()))
}

pub(super) fn perennial(book: &Path) -> Command {
    let mut command = program(place::target().join("release/perennial"));
    command.arg("--book").arg(book);
    command
}

/// A report of three years in the columns of a built-in profile.
fn report(folder: &Path, rows: u32) -> Outcome<PathBuf> {
    let path = folder.join(format!("report-{rows}.csv"));
    let failed = |error: std::io::Error| cannot(&path, &error);
    let mut out = BufWriter::new(fs::File::create(&path).map_err(failed)?);
    writeln!(
        out,
        "id,date,sale_amount,commission,commission_status,currency,advertiser_name,click_ref"
    )
    .map_err(failed)?;
    for row in 0..rows {
        let (year, month, day) = (2023 + row % 3, 1 + row / 7 % 12, 1 + row / 3 % 28);
        let cents = 2_000 + u64::from(row) * 7_919 % 30_000;
        let status = if row % 23 == 0 {
            2
        } else {
            u32::from(row % 5 != 0)
        };
        writeln!(
            out,
            "{},{year}-{month:02}-{day:02} 12:{:02}:00,{}.{:02},{}.{:02},{status},USD,Kartra,channel-{}",
            700_000_000 + u64::from(row),
            row % 60,
            cents / 100,
            cents % 100,
            cents * 4 / 1000,
            cents * 4 / 10 % 100,
            row % 211
        )
        .map_err(failed)?;
    }
    out.flush().map_err(failed)?;
    Ok(path)
}

pub(super) fn sweep(path: &Path) {
    for ending in ["", "-wal", "-shm", "-journal", ".lock"] {
        // Mostly there is none.
        let _ = fs::remove_file(format!("{}{ending}", path.display()));
    }
}

fn shell(folder: &Path, report: &Path) -> Outcome<Took> {
    let database = folder.join("shell.sqlite");
    sweep(&database);
    shown(program("sqlite3").arg(&database).arg(TABLE))?;
    let import = format!(".import --csv --skip 1 '{}' report", report.display());
    let took = measured(program("sqlite3").arg(&database).arg(import))?;
    let counted = asked(
        program("sqlite3")
            .arg(&database)
            .arg("SELECT count(*) FROM report"),
    );
    sweep(&database);
    if counted != Some(ROWS.to_string()) {
        return Err(Failed::new("The shell did not import every row."));
    }
    Ok(took)
}

fn new_book(folder: &Path) -> Outcome<PathBuf> {
    let book = folder.join("import.perennial");
    sweep(&book);
    shown(perennial(&book).args(["book", "new"]).arg(&book))?;
    Ok(book)
}

fn import(folder: &Path, report: &Path) -> Outcome<Took> {
    let book = new_book(folder)?;
    let took = measured(perennial(&book).arg("import").arg(report))?;
    sweep(&book);
    Ok(took)
}

/// From the wish to stop to the end; nothing may have landed.
fn stopped(folder: &Path, report: &Path) -> Outcome<Duration> {
    let book = new_book(folder)?;
    let mut child = perennial(&book)
        .arg("import")
        .arg(report)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| Failed::new(format!("The import could not be started: {error}.")))?;
    thread::sleep(STOP_AFTER);
    let begun = Instant::now();
    shown(program("kill").args(["-INT", &child.id().to_string()]))?;
    let status = child
        .wait()
        .map_err(|error| Failed::new(format!("The import was lost: {error}.")))?;
    let took = begun.elapsed();
    let left = asked(perennial(&book).args(["--json", "ledger", "list", "--limit", "1"]));
    sweep(&book);
    if status.code() != Some(3) || !left.is_some_and(|text| text.contains("\"items\": []")) {
        return Err(Failed::new(
            "An import that was stopped left something, or did not stop.",
        ));
    }
    Ok(took)
}

fn links(folder: &Path) -> Outcome<Duration> {
    let book = new_book(folder)?;
    shown(perennial(&book).args(["program", "identity", "kartra", "bench"]))?;
    let path = folder.join("links.csv");
    let mut text = String::from("program,channel,campaign,label,destination\n");
    for number in 0..LINKS {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "kartra,Blog,,label {number},");
    }
    fs::write(&path, text).map_err(|error| cannot(&path, &error))?;
    let took = measured(perennial(&book).args(["link", "bulk", "--from"]).arg(&path))?;
    sweep(&book);
    Ok(took.time)
}

/// Runs a command quietly; its time and the most memory it had.
fn measured(command: &mut Command) -> Outcome<Took> {
    let begun = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| Failed::new(format!("It could not be started: {error}.")))?;
    let status = format!("/proc/{}/status", child.id());
    let mut most: f64 = 0.0;
    loop {
        if let Some(now) = fs::read_to_string(&status).ok().as_deref().and_then(peak) {
            most = most.max(now);
        }
        match child.try_wait() {
            Ok(Some(ended)) if ended.success() => {
                return Ok(Took {
                    time: begun.elapsed(),
                    memory: most,
                });
            }
            Ok(Some(ended)) => return Err(Failed::new(format!("It failed ({ended})."))),
            Ok(None) => thread::sleep(Duration::from_millis(5)),
            Err(error) => return Err(Failed::new(format!("It was lost: {error}."))),
        }
    }
}

/// The high-water mark of a process's memory, in MB.
fn peak(status: &str) -> Option<f64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes / 1000.0)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
