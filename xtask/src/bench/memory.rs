//! Memory of a process and of those it started.

use std::{collections::HashMap, fs};

use crate::task::{Failed, Outcome};

/// Memory of a process and all its descendants, in MB by proportional shares.
pub fn of(process: u32) -> Outcome<f64> {
    let mut kilobytes = 0.0;
    for process in family(process) {
        // One that ended meanwhile has none.
        let Ok(text) = fs::read_to_string(format!("/proc/{process}/smaps_rollup")) else {
            continue;
        };
        let pss = text.lines().find_map(|line| line.strip_prefix("Pss:"));
        let number = pss.and_then(|rest| {
            rest.trim()
                .trim_end_matches(" kB")
                .trim()
                .parse::<f64>()
                .ok()
        });
        kilobytes += number.unwrap_or(0.0);
    }
    if kilobytes > 0.0 {
        Ok(kilobytes / 1000.0)
    } else {
        Err(Failed::new("The window's memory could not be read."))
    }
}

/// A process and all its descendants.
pub fn family(process: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        if let Some(parent) = parent(id) {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut all = vec![process];
    let mut next = 0;
    while let Some(&one) = all.get(next) {
        all.extend(children.get(&one).into_iter().flatten());
        next += 1;
    }
    all
}

/// The fourth field of `stat`; the second is a name in parentheses that may hold anything.
fn parent(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}
