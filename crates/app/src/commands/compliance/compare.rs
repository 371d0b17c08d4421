//! What changed between two copies: findings, and the words line by line.

use super::evidence::{id_of, read_copy, words};
use crate::{
    App, Failure,
    dto::{DiffLine, EvidenceDiff, EvidencePair, KeptFinding},
};
use perennial_store::table::snapshot;

/// Unchanged lines that are shown around a change.
const AROUND: usize = 2;
/// Lines that are shown at most.
const SHOWN: usize = 2_000;
/// Steps of the comparison at most; beyond, the changed part is shown as gone and new as a whole.
const STEPS: usize = 9_000_000;

/// What changed between two copies.
///
/// # Errors
/// Where one is not known.
pub fn compare(app: &App, input: EvidencePair) -> Result<EvidenceDiff, Failure> {
    let row = |text: &str| app.read(|read| snapshot::get(read, id_of(text)?));
    let (before, after) = (row(&input.before)?, row(&input.after)?);
    let (was, found_before) = read_copy(app, &before)?;
    let (is, found_after) = read_copy(app, &after)?;
    let (old, new) = (words(app, &before)?, words(app, &after)?);
    let (gone, _) = apart(&found_before, &found_after);
    let (fresh, stayed) = apart(&found_after, &found_before);
    let mut lines = folded(&changes(&lines(&old), &lines(&new)));
    let cut = lines.len() > SHOWN;
    lines.truncate(SHOWN);
    Ok(EvidenceDiff {
        same: before.sha256 == after.sha256,
        before: was,
        after: is,
        gone,
        new: fresh,
        stayed,
        lines,
        cut,
    })
}

/// Findings that only the first list has, and how many both have. The same finding twice is two.
fn apart(one: &[KeptFinding], other: &[KeptFinding]) -> (Vec<KeptFinding>, u32) {
    let mut rest: Vec<(&str, &str)> = other
        .iter()
        .map(|finding| (finding.rule.as_str(), finding.excerpt.as_str()))
        .collect();
    let mut both = 0;
    let mut only = Vec::new();
    for finding in one {
        let key = (finding.rule.as_str(), finding.excerpt.as_str());
        if let Some(at) = rest.iter().position(|other| *other == key) {
            rest.swap_remove(at);
            both += 1;
        } else {
            only.push(finding.clone());
        }
    }
    (only, both)
}

fn lines(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change<'a> {
    Same(&'a str),
    Gone(&'a str),
    New(&'a str),
}

/// The shortest way from one list of lines to another: by the longest common subsequence between what both begin and
/// end with.
fn changes<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Change<'a>> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (
        old.get(head..).unwrap_or_default(),
        new.get(head..).unwrap_or_default(),
    );
    let tail = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (a, end) = old_rest.split_at(old_rest.len() - tail);
    let (b, _) = new_rest.split_at(new_rest.len() - tail);
    let mut way: Vec<Change<'a>> = old
        .iter()
        .take(head)
        .map(|line| Change::Same(line))
        .collect();
    middle(a, b, &mut way);
    way.extend(end.iter().map(|line| Change::Same(line)));
    way
}

fn middle<'a>(a: &[&'a str], b: &[&'a str], way: &mut Vec<Change<'a>>) {
    let wide = b.len() + 1;
    if a.is_empty() || b.is_empty() || a.len().saturating_mul(wide) > STEPS {
        way.extend(a.iter().map(|line| Change::Gone(line)));
        way.extend(b.iter().map(|line| Change::New(line)));
        return;
    }
    // common[i * wide + j]: lines that a[i..] and b[j..] have in common.
    let mut common = vec![0_u32; (a.len() + 1) * wide];
    let at = |common: &[u32], i: usize, j: usize| common.get(i * wide + j).copied().unwrap_or(0);
    for (i, old) in a.iter().enumerate().rev() {
        for (j, new) in b.iter().enumerate().rev() {
            let best = if old == new {
                at(&common, i + 1, j + 1) + 1
            } else {
                at(&common, i + 1, j).max(at(&common, i, j + 1))
            };
            if let Some(cell) = common.get_mut(i * wide + j) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    loop {
        match (a.get(i), b.get(j)) {
            (Some(old), Some(new)) if old == new => {
                way.push(Change::Same(old));
                (i, j) = (i + 1, j + 1);
            }
            (Some(old), next)
                if next.is_none() || at(&common, i + 1, j) >= at(&common, i, j + 1) =>
            {
                way.push(Change::Gone(old));
                i += 1;
            }
            (_, Some(new)) => {
                way.push(Change::New(new));
                j += 1;
            }
            _ => break,
        }
    }
}

/// What is far from any change is skipped.
fn folded(way: &[Change<'_>]) -> Vec<DiffLine> {
    let near = |at: usize| {
        let from = at.saturating_sub(AROUND);
        way.iter()
            .take(at + AROUND + 1)
            .skip(from)
            .any(|change| !matches!(change, Change::Same(_)))
    };
    let mut lines: Vec<DiffLine> = Vec::new();
    let mut skipped = 0;
    for (at, change) in way.iter().enumerate() {
        let (kind, text) = match change {
            Change::Same(_) if !near(at) => {
                skipped += 1;
                continue;
            }
            Change::Same(text) => ("same", text),
            Change::Gone(text) => ("gone", text),
            Change::New(text) => ("new", text),
        };
        skip(&mut lines, &mut skipped);
        lines.push(DiffLine {
            kind: kind.to_owned(),
            text: (*text).to_owned(),
            skipped: 0,
        });
    }
    skip(&mut lines, &mut skipped);
    lines
}

fn skip(lines: &mut Vec<DiffLine>, skipped: &mut u32) {
    if *skipped > 0 {
        lines.push(DiffLine {
            kind: "skipped".to_owned(),
            text: String::new(),
            skipped: *skipped,
        });
        *skipped = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_changed_line_stands_between_its_neighbours() {
        let old = ["a", "b", "c", "d", "e", "f"];
        let new = ["a", "b", "c", "D", "e", "f"];
        let shown: Vec<(String, String, u32)> = folded(&changes(&old, &new))
            .into_iter()
            .map(|line| (line.kind, line.text, line.skipped))
            .collect();
        let line = |kind: &str, text: &str, skipped| (kind.to_owned(), text.to_owned(), skipped);
        assert_eq!(
            shown,
            [
                line("skipped", "", 1),
                line("same", "b", 0),
                line("same", "c", 0),
                line("gone", "d", 0),
                line("new", "D", 0),
                line("same", "e", 0),
                line("same", "f", 0),
            ]
        );
        assert!(
            folded(&changes(&old, &old))
                .iter()
                .all(|line| line.kind == "skipped")
        );
    }

    proptest! {
        #[test]
        fn the_way_leads_from_one_to_the_other(
            old in proptest::collection::vec("[abc]", 0..30),
            new in proptest::collection::vec("[abc]", 0..30),
        ) {
            let old: Vec<&str> = old.iter().map(String::as_str).collect();
            let new: Vec<&str> = new.iter().map(String::as_str).collect();
            let way = changes(&old, &new);
            let side = |other: fn(&Change<'_>) -> bool| -> Vec<&str> {
                way.iter()
                    .filter(|change| !other(change))
                    .map(|change| match change {
                        Change::Same(text) | Change::Gone(text) | Change::New(text) => *text,
                    })
                    .collect()
            };
            prop_assert_eq!(side(|change| matches!(change, Change::New(_))), old);
            prop_assert_eq!(side(|change| matches!(change, Change::Gone(_))), new);
        }
    }
}
