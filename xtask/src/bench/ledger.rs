//! `bench ledger`: every report and every first page over a book of a million rows, as somebody at the command line waits
//! for them, beside what the program takes to start and open the book.

use std::{
    fmt::Write as _,
    fs,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use super::import;
use crate::{
    place,
    task::{Failed, Outcome, asked, cargo, program, shown},
};

/// Rounds of each; the median counts.
const ROUNDS: usize = 7;
/// Rows of the report.
const ROWS: u32 = 1_000_000;
/// Links that its rows came through.
const LINKS: u32 = 211;

/// What is asked, and what it may take, in milliseconds.
const ASKED: &[(&str, &[&str], u64)] = &[
    (
        "report earnings --by month",
        &["report", "earnings", "--by", "month"],
        100,
    ),
    (
        "report earnings --by program",
        &["report", "earnings", "--by", "program"],
        100,
    ),
    (
        "report earnings --by plan",
        &["report", "earnings", "--by", "plan"],
        100,
    ),
    (
        "report earnings --by tier",
        &["report", "earnings", "--by", "tier"],
        100,
    ),
    (
        "report earnings --by channel",
        &["report", "earnings", "--by", "channel"],
        100,
    ),
    (
        "report earnings --by campaign",
        &["report", "earnings", "--by", "campaign"],
        100,
    ),
    (
        "report earnings --by link",
        &["report", "earnings", "--by", "link"],
        100,
    ),
    ("ledger owed", &["ledger", "owed"], 100),
    (
        "ledger owed --on a day past",
        &["ledger", "owed", "--on", "2024-05-17"],
        100,
    ),
    ("ledger list", &["ledger", "list"], 100),
    (
        "ledger list --program",
        &["ledger", "list", "--program", "kartra"],
        100,
    ),
    (
        "ledger list --standing reserve",
        &["ledger", "list", "--standing", "reserve"],
        100,
    ),
    (
        "ledger list --standing due",
        &["ledger", "list", "--standing", "due"],
        100,
    ),
    (
        "ledger list --standing paid",
        &["ledger", "list", "--standing", "paid"],
        100,
    ),
    (
        "ledger list --standing reversed",
        &["ledger", "list", "--standing", "reversed"],
        100,
    ),
    (
        "ledger list --standing unknown",
        &["ledger", "list", "--standing", "unknown"],
        100,
    ),
    (
        "ledger list --from --to",
        &[
            "ledger",
            "list",
            "--from",
            "2024-02-01",
            "--to",
            "2024-02-29",
        ],
        100,
    ),
    (
        "ledger list --channel",
        &["ledger", "list", "--channel", "Blog"],
        100,
    ),
    (
        "ledger list --campaign",
        &["ledger", "list", "--campaign", "Bench"],
        100,
    ),
    (
        "ledger list --search (in every row)",
        &["ledger", "list", "--search", "kartra"],
        100,
    ),
    (
        "ledger list --search (in one row)",
        &["ledger", "list", "--search", "700999999"],
        100,
    ),
    (
        "ledger list --search (inside a word of one row)",
        &["ledger", "list", "--search", "0999998"],
        100,
    ),
    (
        "ledger list --search (in one row of a hundred)",
        &["ledger", "list", "--search", "099"],
        100,
    ),
    (
        "ledger list --search (in no row)",
        &["ledger", "list", "--search", "nowhere"],
        100,
    ),
    ("ledger payouts", &["ledger", "payouts"], 100),
    ("link list", &["link", "list"], 100),
    ("campaign list", &["campaign", "list"], 100),
    ("campaign show", &["campaign", "show", "Bench"], 100),
    ("referral list", &["referral", "list"], 100),
    ("second-tier tree", &["second-tier", "tree"], 100),
    ("scorecard list", &["scorecard", "list"], 100),
    ("book info", &["book", "info"], 100),
    // What the window's first screen asks for, one after the other and each with a start of the program of its own.
    ("book overview", &["book", "overview"], 150),
    ("program list", &["program", "list"], 150),
    ("channel list", &["channel", "list"], 150),
    ("connection list", &["connection", "list"], 150),
    ("book settings", &["book", "settings"], 150),
    ("inbox list", &["inbox", "list", "--limit", "1"], 150),
];

/// Builds the command line as it is shipped, makes the book, measures and prints.
pub fn run() -> Outcome {
    shown(cargo().args(["build", "--release", "-p", "perennial"]))?;
    let folder = place::target().join("bench");
    fs::create_dir_all(&folder).map_err(|error| import::cannot(&folder, &error))?;
    let book = book(&folder)?;
    let mut table = String::from("| What | Aim | Median | Least | Most |\n|---|---|---|---|---|\n");
    let mut over = Vec::new();
    for (name, arguments, aim) in ASKED {
        let mut took = Vec::with_capacity(ROUNDS);
        // The first one warms the caches of the system and keeps what a forecast has to work out once.
        for round in 0..=ROUNDS {
            let one = ask(&book, arguments)?;
            if round > 0 {
                took.push(one);
            }
        }
        took.sort_unstable();
        let (least, most) = (took.first().copied(), took.last().copied());
        let median = took.get(ROUNDS / 2).copied().unwrap_or_default();
        if median > Duration::from_millis(*aim) {
            over.push(*name);
        }
        let ms = |time: Option<Duration>| time.unwrap_or_default().as_secs_f64() * 1e3;
        // Writing into a String cannot fail.
        let _ = writeln!(
            table,
            "| `{name}` | {aim} ms | {:.0} ms | {:.0} ms | {:.0} ms |",
            ms(Some(median)),
            ms(least),
            ms(most)
        );
    }
    print!("\n{table}");
    let path = folder.join("ledger.md");
    fs::write(&path, table).map_err(|error| import::cannot(&path, &error))?;
    if over.is_empty() {
        Ok(())
    } else {
        Err(Failed::new(format!("Over their aim: {}.", over.join(", "))))
    }
}

fn ask(book: &Path, arguments: &[&str]) -> Outcome<Duration> {
    let begun = Instant::now();
    let ended = import::perennial(book)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| Failed::new(format!("The command line could not be started: {error}.")))?;
    let took = begun.elapsed();
    if ended.success() {
        Ok(took)
    } else {
        Err(Failed::new(format!("`{}` failed.", arguments.join(" "))))
    }
}

/// A book of a million rows with links that carry its sub-IDs, made once through the command line.
fn book(folder: &Path) -> Outcome<PathBuf> {
    let book = folder.join("ledger-1000000.perennial");
    if book.exists() {
        return Ok(book);
    }
    let draft = folder.join("ledger-draft.perennial");
    import::sweep(&draft);
    let perennial = || import::perennial(&draft);
    shown(
        program(place::target().join("release/perennial"))
            .args(["book", "new"])
            .arg(&draft),
    )?;
    shown(perennial().args(["channel", "add", "Mail", "--kind", "email"]))?;
    shown(perennial().args(["campaign", "new", "Bench", "--channel", "Blog"]))?;
    shown(perennial().args(["program", "identity", "kartra", "bench"]))?;
    let links = folder.join("ledger-links.csv");
    let mut text = String::from("program,channel,campaign,label,destination\n");
    for link in 0..LINKS {
        let place = if link % 2 == 0 { "Blog,Bench" } else { "Mail," };
        let _ = writeln!(text, "kartra,{place},Link {link},");
    }
    fs::write(&links, text).map_err(|error| import::cannot(&links, &error))?;
    shown(perennial().args(["link", "bulk", "--from"]).arg(&links))?;
    let listed = asked(perennial().args(["link", "list", "--limit", "1000", "--format", "csv"]))
        .ok_or_else(|| Failed::new("The links could not be listed."))?;
    let report = report(folder, &codes(&listed)?)?;
    shown(
        perennial()
            .arg("import")
            .arg(&report)
            .args(["--profile", "awin-transactions"]),
    )?;
    fs::rename(&draft, &book).map_err(|error| import::cannot(&draft, &error))?;
    Ok(book)
}

/// The codes of links, from their list.
fn codes(listed: &str) -> Outcome<Vec<String>> {
    let mut lines = listed.lines();
    let at = lines
        .next()
        .and_then(|heading| heading.split(',').position(|name| name == "Code"))
        .ok_or_else(|| Failed::new("The list of links has no codes."))?;
    Ok(lines
        .filter_map(|line| line.split(',').nth(at))
        .map(str::to_owned)
        .collect())
}

/// A report of three years in the columns of a built-in profile: plans of the program, some of them reversed, some with a
/// status that is not known, the newest still on hold.
fn report(folder: &Path, codes: &[String]) -> Outcome<PathBuf> {
    const PRICES: [u64; 8] = [
        9_900, 94_800, 19_900, 178_800, 29_900, 274_800, 49_900, 454_800,
    ];
    let path = folder.join("ledger-report.csv");
    let failed = |error: std::io::Error| import::cannot(&path, &error);
    let mut out = BufWriter::new(fs::File::create(&path).map_err(failed)?);
    writeln!(
        out,
        "id,date,sale_amount,commission,commission_status,currency,advertiser_name,click_ref"
    )
    .map_err(failed)?;
    for row in 0..ROWS {
        let (year, month, day) = (2023 + row % 3, 1 + row / 7 % 12, 1 + row / 3 % 28);
        let at = usize::try_from(row % 8).unwrap_or_default();
        let price = PRICES.get(at).copied().unwrap_or(9_900);
        let status = match row {
            row if row % 23 == 0 => "2",
            row if row % 1_009 == 0 => "odd",
            row if row % 5 == 0 => "0",
            _ => "1",
        };
        let code = usize::try_from(row.wrapping_mul(7_919) % LINKS)
            .ok()
            .and_then(|at| codes.get(at))
            .map_or("", String::as_str);
        writeln!(
            out,
            "{},{year}-{month:02}-{day:02} 12:{:02}:00,{}.{:02},{}.{:02},{status},USD,Kartra,{code}",
            700_000_000 + u64::from(row),
            row % 60,
            price / 100,
            price % 100,
            price * 4 / 1000,
            price * 4 / 10 % 100,
        )
        .map_err(failed)?;
    }
    out.flush().map_err(failed)?;
    Ok(path)
}
