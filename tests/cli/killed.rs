//! Processes that are killed in the middle of their work: what was committed stands, everything else never was, and the
//! next run ends where a clean one does.

use crate::support::{
    Desk,
    networks::{ACCOUNT, Kind, Network},
    partnerstack::{KEY, PartnerStack},
};
use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    fs,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Nothing here takes longer.
const LONGEST: Duration = Duration::from_mins(1);
const AWIN: &str = "id,date,commission,commission_status,currency,click_ref\n";

/// A row of small numbers that looks like chance and is the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

fn silent(command: &mut Command) -> &mut Command {
    command
        .env("PS_KEY", KEY)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}

fn sync_command(desk: &Desk) -> Command {
    desk.command(&["--json", "sync", "--secret-env", "PS_KEY"])
}

/// Waits until `moment`, then kills the process; false where it had ended by itself.
fn kill_at(child: &mut Child, mut moment: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    while !moment() && begun.elapsed() < LONGEST {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

/// Every row of the ledger with what names the run that brought it left out, by its own id.
fn ledger(desk: &Desk) -> Vec<Value> {
    let (mut rows, mut after) = (Vec::new(), None::<String>);
    loop {
        let mut arguments = vec!["ledger", "list", "--limit", "500"];
        if let Some(after) = &after {
            arguments.extend(["--after", after]);
        }
        let page = desk.json(&arguments);
        rows.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(next) => after = Some(next.to_owned()),
            None => break,
        }
    }
    for row in &mut rows {
        let row = row.as_object_mut().unwrap();
        row.remove("id");
        row.remove("batch");
    }
    rows.sort_by_key(|row| row["native_id"].to_string());
    rows
}

/// Kills syncs of one book again and again, each a little later; the last one is left alone.
fn kill_syncs(
    desk: &Desk,
    whole: usize,
    asked: impl Fn() -> usize,
    clear: impl Fn(),
    seed: u64,
) -> (usize, Value) {
    let mut chance = Chance(seed);
    let mut killed = 0;
    for round in 1..=6 {
        clear();
        let most = u64::try_from(whole).unwrap();
        let from = usize::try_from(round * most / 8 + chance.below(most / 8 + 1)).unwrap() + 1;
        let blink = Duration::from_millis(chance.below(12));
        let mut child = silent(&mut sync_command(desk)).spawn().unwrap();
        let mut reached = None;
        let dead = kill_at(&mut child, || {
            if asked() < from {
                return false;
            }
            reached.get_or_insert_with(Instant::now).elapsed() >= blink
        });
        killed += usize::from(dead);
        assert_eq!(desk.json(&["book", "check"])["ok"], true, "round {round}");
    }
    clear();
    let output = sync_command(desk).env("PS_KEY", KEY).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let done: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(desk.json(&["book", "check"])["ok"], true);
    (killed, done["connections"][0].clone())
}

fn add(desk: &Desk, network: &str, account: &str, base_url: &str) {
    desk.json(&[
        "connection",
        "add",
        network,
        "--name",
        "net",
        "--account",
        account,
        "--base-url",
        base_url,
    ]);
}

fn clean(desk: &Desk) -> Vec<Value> {
    assert!(silent(&mut sync_command(desk)).status().unwrap().success());
    ledger(desk)
}

#[test]
fn a_sync_that_is_killed_again_and_again_ends_like_a_clean_one() {
    let network = PartnerStack::with(2_000);
    let base = network.base_url();
    let (twin, desk) = (Desk::new(), Desk::new());
    add(&twin, "partnerstack", "me", &base);
    add(&desk, "partnerstack", "me", &base);
    let truth = clean(&twin);
    assert_eq!(truth.len(), 2_000);
    let whole = network.world().asked.len();
    let (killed, last) = kill_syncs(
        &desk,
        whole,
        || network.world().asked.len(),
        || network.world().asked.clear(),
        1,
    );
    assert!(killed >= 3, "{killed} of 6 were cut off");
    assert_eq!(
        (&last["complete"], &last["vanished"]),
        (&json!(true), &json!([]))
    );
    assert!(ledger(&desk) == truth, "the ledgers differ");
}

#[test]
fn killed_syncs_of_a_network_of_windows_end_like_a_clean_one() {
    let network = Network::with(Kind::Impact, 900);
    let base = network.base_url();
    let (twin, desk) = (Desk::new(), Desk::new());
    add(&twin, "impact", ACCOUNT, &base);
    add(&desk, "impact", ACCOUNT, &base);
    let truth = clean(&twin);
    let whole = network.world().asked.len();
    let (killed, last) = kill_syncs(
        &desk,
        whole,
        || network.world().asked.len(),
        || network.world().asked.clear(),
        2,
    );
    assert!(killed >= 3, "{killed} of 6 were cut off");
    assert_eq!(
        (&last["complete"], &last["vanished"]),
        (&json!(true), &json!([]))
    );
    assert!(ledger(&desk) == truth, "the ledgers differ");
}

#[test]
fn an_import_that_is_killed_leaves_nothing() {
    let rows = 40_000;
    let mut text = AWIN.to_owned();
    for n in 0..rows {
        writeln!(
            text,
            "{n},2026-01-{:02},{}.{:02},1,USD,blog",
            n % 28 + 1,
            n % 90 + 1,
            n % 100
        )
        .unwrap();
    }
    let desk = Desk::new();
    let file = desk.file("big.csv", text);
    let import = |desk: &Desk| {
        let mut command = desk.command(&["--json", "import", &file]);
        silent(&mut command).spawn().unwrap()
    };
    let whole = {
        let twin = Desk::new();
        let begun = Instant::now();
        assert!(import(&twin).wait().unwrap().success());
        begun.elapsed()
    };
    let journal = desk.path("book.perennial-wal");
    let writes = || fs::metadata(&journal).is_ok_and(|file| file.len() > 1 << 18);
    let (mut nothing, mut written) = (0, 0);
    // Four times as the work goes on, then as soon as the file of the book is being written: three times, and more often
    // where a machine was so busy that the import was over first.
    for (round, eighths) in [1, 3, 5, 7].into_iter().chain([0; 20]).enumerate() {
        if round >= 7 && nothing >= 3 && written > 0 {
            break;
        }
        let begun = Instant::now();
        let mut child = import(&desk);
        let killed = kill_at(&mut child, || match eighths {
            0 => writes(),
            _ => begun.elapsed() >= whole * eighths / 8,
        });
        written += usize::from(killed && writes());
        assert_eq!(desk.json(&["book", "check"])["ok"], true);
        let batches = desk.json(&["import", "list"]);
        let rows_in = batches["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|batch| batch["undone_at"].is_null());
        if let Some(batch) = rows_in {
            // It was done, or so far that only the process was still to end: then all of it is in.
            assert_eq!(batch["rows"]["new"], json!(rows));
            desk.json(&["import", "undo", "big.csv"]);
        } else {
            nothing += 1;
        }
        assert_eq!(desk.json(&["ledger", "list"])["items"], json!([]));
    }
    assert!(nothing >= 3, "only {nothing} were cut off");
    assert!(written > 0, "none was killed while it wrote");
    let done = desk.json(&["import", &file]);
    assert_eq!(
        (
            &done["rows"]["new"],
            &done["rows"]["changed"],
            &done["rows"]["refused"]
        ),
        (&json!(rows), &json!(0), &json!(0))
    );
}
