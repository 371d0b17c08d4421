//! The large book.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    place,
    task::{Failed, Outcome, program, shown},
};

/// Ledger rows in it.
pub const ROWS: u32 = 100_000;

/// A book with that many rows, made once by importing a report.
pub fn large(folder: &Path) -> Outcome<PathBuf> {
    let book = folder.join(format!("large-{ROWS}.perennial"));
    let perennial = place::target().join("release/perennial");
    if book.exists() {
        // An earlier version may have made it. Bringing it up to date is no part of a start.
        shown(
            program(&perennial)
                .arg("--book")
                .arg(&book)
                .args(["book", "info"]),
        )?;
        return Ok(book);
    }
    let cannot = |error: std::io::Error| Failed::new(format!("{}: {error}.", folder.display()));
    fs::create_dir_all(folder).map_err(cannot)?;
    let report = folder.join("report.csv");
    fs::write(&report, text()).map_err(cannot)?;
    // Under another name first: a book that was left half-filled is not taken for a large one.
    let draft = folder.join("draft.perennial");
    let _ = fs::remove_file(&draft);
    shown(
        program(&perennial)
            .args(["book", "new"])
            .arg(&draft)
            .arg("--sample"),
    )?;
    shown(
        program(&perennial)
            .arg("--book")
            .arg(&draft)
            .arg("import")
            .arg(&report)
            .args(["--profile", "awin-transactions", "--currency", "USD"]),
    )?;
    fs::rename(&draft, &book).map_err(cannot)?;
    Ok(book)
}

/// A report of two years, in the columns of the built-in profile.
fn text() -> String {
    let mut text = String::from(
        "id,date,sale_amount,commission,commission_status,advertiser_name,click_ref\n",
    );
    for row in 0..ROWS {
        let (year, month, day) = (2024 + row % 2, 1 + row / 7 % 12, 1 + row / 3 % 28);
        let cents = 2_000 + u64::from(row) * 7_919 % 30_000;
        let status = if row % 23 == 0 {
            2
        } else {
            u32::from(row % 5 != 0)
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{},{year}-{month:02}-{day:02} 12:{:02}:00,{}.{:02},{}.{:02},{status},Kartra,channel-{}",
            700_000_000 + row,
            row % 60,
            cents / 100,
            cents % 100,
            cents * 4 / 1000,
            cents * 4 / 10 % 100,
            row % 11
        );
    }
    text
}
