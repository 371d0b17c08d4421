//! Excel workbooks: read exactly, and refused where they are a trap.

use crate::support::{
    Desk,
    workbook::{Cell, archive, filled, protected, workbook},
};
use serde_json::json;
use std::time::Duration;

const HEADER: &[Cell<'_>] = &[
    Cell::Text("id"),
    Cell::Text("date"),
    Cell::Text("commission"),
    Cell::Text("commission_status"),
    Cell::Text("currency"),
    Cell::Text("click_ref"),
];

const HEADER_LINE: &str = "id,date,commission,commission_status,currency\n";

#[test]
fn numbers_and_days_are_exact_and_empty_cells_at_the_end_are_no_fault() {
    let desk = Desk::new();
    let rows: &[&[Cell<'_>]] = &[
        &[Cell::Text("March, all")],
        HEADER,
        &[
            Cell::Number("7"),
            Cell::Date("46096.395833333336"),
            Cell::Number("13.200000000000001"),
            Cell::Number("1"),
            Cell::Text("USD"),
            Cell::Text("blog, \"spring\""),
        ],
        &[],
        &[
            Cell::Number("8"),
            Cell::Date("46097"),
            Cell::Number("-5"),
            Cell::Number("1"),
            Cell::Text("USD"),
        ],
        &[
            Cell::Number("9"),
            Cell::Text("15.03.2026"),
            Cell::Number("0.0000001"),
            Cell::Number("1"),
            Cell::Text("USD"),
            Cell::Empty,
        ],
    ];
    let notes: &[&[Cell<'_>]] = &[&[Cell::Text("nothing here")]];
    let file = desk.file(
        "march.xlsx",
        workbook(&[("Report", rows), ("Notes", notes)], false),
    );
    let done = desk.json(&["import", &file]);
    assert_eq!(
        done["rows"],
        json!({"read": 3, "new": 2, "changed": 0, "same": 0, "refused": 1})
    );
    assert_eq!(
        (
            done["refused"][0]["line"].as_u64(),
            done["refused"][0]["column"].as_str()
        ),
        (Some(6), Some("commission"))
    );
    let row = desk.json(&["ledger", "show", "7"]);
    assert_eq!(row["commission"]["amount"], "13.20");
    assert_eq!(row["occurred_at"], "2026-03-15T09:30:00Z");
    assert_eq!(row["sub_ids"], json!(["blog, \"spring\""]));
    assert_eq!(desk.json(&["ledger", "show", "8"])["kind"], "correction");
    let again = desk.json(&["import", &file, "--sheet", "report"]);
    assert_eq!(again["rows"]["same"], 2);
    let refused = desk.exits(3, &["import", &file, "--sheet", "April"]);
    assert_eq!(refused["error"]["code"], "import.no_sheet");
    assert!(
        refused["error"]["hints"][0]
            .as_str()
            .unwrap()
            .contains("Notes")
    );
}

#[test]
fn days_may_count_from_1904() {
    let desk = Desk::new();
    let rows: &[&[Cell<'_>]] = &[
        HEADER,
        &[
            Cell::Number("7"),
            Cell::Date("44634"),
            Cell::Number("1.5"),
            Cell::Number("0"),
            Cell::Text("EUR"),
        ],
    ];
    desk.json(&[
        "import",
        &desk.file("a.xlsx", workbook(&[("R", rows)], true)),
    ]);
    assert_eq!(
        desk.json(&["ledger", "show", "7"])["occurred_on"],
        "2026-03-15"
    );
}

#[test]
fn a_trap_ends_in_a_refusal() {
    let desk = Desk::new();
    let code = |name: &str, bytes: Vec<u8>| {
        let refused = desk.exits(3, &["import", &desk.file(name, bytes)]);
        refused["error"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        code("a.xlsx", b"PK\x03\x04 and no more".to_vec()),
        "import.workbook_broken"
    );
    let mut cut = workbook(&[("R", &[HEADER])], false);
    cut.truncate(cut.len() / 2);
    assert_eq!(code("b.xlsx", cut), "import.workbook_broken");
    let mut old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    old.resize(4096, 0);
    assert_eq!(code("c.xls", old), "import.workbook_broken");
    // One cell of more than half a gigabyte, in an archive of less than a megabyte.
    let bomb = "<row><c t=\"inlineStr\"><is><t>@</t></is></c></row>".to_owned();
    assert_eq!(
        code("e.xlsx", archive(&[("R".to_owned(), bomb)], false, 600)),
        "import.workbook_too_large"
    );
    assert_eq!(desk.json(&["import", "list"])["items"], json!([]));
}

#[test]
fn a_password_is_named_as_what_stands_in_the_way() {
    let desk = Desk::new();
    let error = &desk.exits(3, &["import", &desk.file("mine.xlsx", protected())])["error"];
    assert_eq!(error["code"], "import.workbook_protected");
    assert!(error["message"].as_str().unwrap().contains("password"));
    assert!(error["hints"][0].as_str().unwrap().contains("password"));
    assert_eq!(desk.json(&["import", "list"])["items"], json!([]));
}

#[test]
fn ten_million_columns_cost_little_and_are_refused() {
    let desk = Desk::new();
    let cells = "<c><v>1</v></c>".repeat(10_000);
    let sheet = [("R".to_owned(), "<row>@</row>".to_owned())];
    let wide = filled(&sheet, false, cells.as_bytes(), 1_000);
    let mut row = HEADER_LINE.to_owned();
    row += &",".repeat(10_000_000);
    row += "\n2,2026-01-06,1.00,1,USD\n";
    let header = format!("id{}\n1,2\n", ",date".repeat(10_000_000));
    for (name, bytes, status, code) in [
        ("wide.xlsx", wide, 3, "import.workbook_broken"),
        ("row.csv", row.into_bytes(), 0, ""),
        ("header.csv", header.into_bytes(), 3, "import.no_header"),
    ] {
        let file = desk.file(name, bytes);
        let ended = desk.watched(&["--json", "import", &file]);
        assert_eq!(ended.status, Some(status), "{name}: {}", ended.printed);
        let json: serde_json::Value = serde_json::from_str(&ended.printed).unwrap();
        assert_eq!(
            json["error"]["code"].as_str().unwrap_or_default(),
            code,
            "{name}"
        );
        assert!(
            ended.took < Duration::from_secs(50),
            "{name} took {:?}",
            ended.took
        );
        assert!(
            ended.peak_kib < 150 * 1024,
            "{name}: {} KiB",
            ended.peak_kib
        );
        if status == 0 {
            assert_eq!(
                (&json["rows"]["new"], &json["rows"]["refused"]),
                (&json!(1), &json!(1))
            );
            assert!(
                json["refused"][0]["reason"]
                    .as_str()
                    .unwrap()
                    .contains("columns")
            );
        }
    }
}
