//! The walls between the rooms, as tests: who may use whom, and what may stand where.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Each room and the rooms of ours that it may use.
const WALLS: &[(&str, &[&str])] = &[
    ("crates/domain", &[]),
    ("crates/forecast", &["domain"]),
    ("crates/compliance", &["domain"]),
    ("crates/connectors", &["domain"]),
    ("crates/store", &["domain"]),
    ("crates/secrets", &["domain"]),
    (
        "crates/app",
        &[
            "domain",
            "forecast",
            "compliance",
            "connectors",
            "store",
            "secrets",
        ],
    ),
    ("src-tauri", &["app"]),
    (".", &["app"]),
];

/// Crates that open a door to the world, and the one room that may have them.
const DOORS: &[(&str, &str)] = &[
    ("rusqlite", "crates/store"),
    ("reqwest", "crates/connectors"),
    ("keyring", "crates/secrets"),
    ("tauri", "src-tauri"),
];

/// Longest source file, in lines: past it ask what else lives there.
const MAX_LINES: usize = 600;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Files of an ending under a folder, generated and built ones left out.
fn files(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let skipped = ["target", "node_modules", "dist", "gen", "paraglide", ".git"];
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() && !skipped.contains(&name.to_str().unwrap()) {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found
}

/// Where a room's source is; the command line is the root package and has a folder of its own.
fn folder(room: &str) -> PathBuf {
    if room == "." {
        root().join("crates/cli")
    } else {
        root().join(room).join("src")
    }
}

/// Source lines of a room without its tests: what stands under `#[cfg(test)]`, and files named for tests, is left out.
fn source(room: &str) -> Vec<(PathBuf, usize, String)> {
    let mut lines = Vec::new();
    for path in files(&folder(room), "rs") {
        if path
            .file_stem()
            .unwrap()
            .to_str()
            .unwrap()
            .ends_with("tests")
        {
            continue;
        }
        let text = read(&path);
        let code = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            if !line.trim_start().starts_with("//") {
                lines.push((path.clone(), number + 1, line.to_owned()));
            }
        }
    }
    lines
}

fn dependencies(room: &str) -> Vec<String> {
    let text = read(&root().join(room).join("Cargo.toml"));
    let manifest: toml::Table = text.parse().unwrap();
    ["dependencies", "build-dependencies"]
        .iter()
        .filter_map(|kind| manifest.get(*kind)?.as_table())
        .flat_map(|table| table.keys().cloned())
        .collect()
}

fn nowhere(room: &str, forbidden: &[&str], why: &str) {
    for (path, number, line) in source(room) {
        for word in forbidden {
            assert!(
                !line.contains(word),
                "{}:{number}: {word}: {why}",
                path.display()
            );
        }
    }
}

#[test]
fn rooms_use_only_the_rooms_they_may() {
    for (room, allowed) in WALLS {
        for name in dependencies(room) {
            if let Some(ours) = name.strip_prefix("perennial-") {
                assert!(allowed.contains(&ours), "{room} must not use {ours}");
            }
        }
    }
}

#[test]
fn each_door_to_the_world_is_in_one_room() {
    for (room, _) in WALLS {
        for name in dependencies(room) {
            for (door, owner) in DOORS {
                let is_door = name == *door || name.starts_with(&format!("{door}-"));
                assert!(
                    !is_door || room == owner,
                    "{name} belongs to {owner}, not to {room}"
                );
            }
        }
    }
    for name in dependencies("crates/domain") {
        assert!(
            !name.starts_with("serde") && name != "tokio",
            "the domain does no I/O and no formats: {name}"
        );
    }
}

#[test]
fn sql_stands_in_the_store_alone() {
    for (room, _) in WALLS.iter().filter(|(room, _)| *room != "crates/store") {
        nowhere(
            room,
            &[
                "\"SELECT ",
                "\"INSERT ",
                "\"UPDATE ",
                "\"DELETE FROM",
                "\"PRAGMA ",
            ],
            "SQL stands in the store alone",
        );
    }
}

#[test]
fn money_never_meets_floating_point() {
    for room in ["crates/domain", "crates/store"] {
        for (path, number, line) in source(room) {
            let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            for word in words {
                assert!(
                    word != "f64" && word != "f32",
                    "{}:{number}: {word}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn nothing_below_the_context_asks_for_the_time() {
    for room in [
        "crates/domain",
        "crates/forecast",
        "crates/compliance",
        "crates/store",
    ] {
        nowhere(
            room,
            &["Utc::now()", "Local::now()", "SystemTime::now()"],
            "time is handed in",
        );
    }
}

/// The last type inside the angle brackets that open at the start of the text.
fn last_argument(text: &str) -> Option<&str> {
    let (mut depth, mut begin) = (0_usize, 1);
    for (at, c) in text.char_indices() {
        match c {
            '<' | '(' | '[' => depth += 1,
            // The arrow of a function type closes nothing.
            '>' if text[..at].ends_with('-') => {}
            '>' | ')' | ']' => depth = depth.checked_sub(1)?,
            ',' if depth == 1 => begin = at + 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(begin..at).map(str::trim);
        }
    }
    None
}

#[test]
fn failures_are_typed() {
    assert_eq!(last_argument("<(A, B), String> {"), Some("String"));
    assert_eq!(last_argument("<Vec<String>, Failure>"), Some("Failure"));
    for (room, _) in WALLS {
        let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
        for (path, number, line) in source(room) {
            for word in ["todo!(", "unimplemented!(", "dbg!("] {
                assert!(!line.contains(word), "{}:{number}: {word}", path.display());
            }
            let text = texts.entry(path).or_default();
            text.push_str(&line);
            text.push('\n');
        }
        for (path, text) in texts {
            for (at, _) in text.match_indices("Result<") {
                let failure = last_argument(&text[at + "Result".len()..]);
                assert!(
                    !matches!(failure, Some("String" | "&str" | "&'static str")),
                    "{}: a failure that is only a text: {}",
                    path.display(),
                    text[at..].lines().next().unwrap_or_default()
                );
            }
        }
    }
}

#[test]
fn files_have_one_reason_to_change() {
    let mut long = BTreeMap::new();
    for (room, _) in WALLS {
        for path in files(&folder(room), "rs") {
            let lines = read(&path).lines().count();
            if lines > MAX_LINES {
                long.insert(path, lines);
            }
        }
    }
    assert!(long.is_empty(), "past {MAX_LINES} lines: {long:#?}");
}

#[test]
fn what_is_generated_is_fresh() {
    for (path, expected) in perennial_app::bindings::files() {
        let found = read(&root().join(path));
        assert!(
            found == expected,
            "{path} is stale; run `cargo xtask bindings`"
        );
    }
}

#[test]
fn the_window_takes_no_raw_html() {
    let ui = root().join("ui/src");
    for path in files(&ui, "svelte").into_iter().chain(files(&ui, "ts")) {
        let text = read(&path);
        for word in ["{@html", "innerHTML", "eval("] {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}
