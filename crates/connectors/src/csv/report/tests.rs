use super::{
    super::{peek, profiles},
    *,
};
use chrono_tz::Tz;
use perennial_domain::ledger::{Approval, Kind};
use proptest::prelude::*;

fn options() -> Options {
    Options::detect(Tz::UTC)
}

fn items(bytes: &[u8], options: &Options) -> Result<Vec<Item>, FileError> {
    let mut report = Report::open(bytes, options, &profiles(), false)?;
    let mut items = Vec::new();
    while let Some(item) = report.next_item()? {
        items.push(item);
    }
    Ok(items)
}

fn rows(bytes: &str) -> Vec<Row> {
    let all = items(bytes.as_bytes(), &options()).unwrap();
    all.into_iter()
        .filter_map(|item| {
            if let Item::Row(row) = item {
                Some(*row)
            } else {
                None
            }
        })
        .collect()
}

const AMAZON: &str = "Fee-Earnings reports from 2026-01-01 to 2026-01-31\n\
    Category,Name,ASIN,Seller,Tracking ID,Date Shipped,Price($),Items Shipped,Returns,Revenue($),Ad Fees($),Device Type Group\n\
    Books,\"Bread, a history\",B01,Amazon,blog-20,01/05/2026,19.99,1,0,19.99,0.90,DESKTOP\n\
    Books,\"Bread, a history\",B01,Amazon,blog-20,01/05/2026,19.99,1,0,19.99,0.90,DESKTOP\n\
    Books,Pans,B02,Amazon,blog-20,01/25/2026,19.99,-1,1,-19.99,-0.90,PHONE\n\
    \n\
    Total,,,,,,,,,19.99,0.90,\n";

#[test]
fn amazon_has_a_title_equal_rows_and_totals() {
    let rows = rows(AMAZON);
    assert_eq!(
        rows.iter()
            .map(|row| row.facts.occurrence)
            .collect::<Vec<_>>(),
        [0, 1, 0]
    );
    assert_eq!(rows[0].line, 3);
    assert_eq!(rows[0].facts.commission.unwrap().to_string(), "0.90 USD");
    assert_eq!(rows[0].facts.sub_ids, ["blog-20"]);
    assert_eq!(
        (
            rows[2].facts.kind,
            rows[2].facts.occurred_at.to_rfc3339().get(..10)
        ),
        (Kind::Correction, Some("2026-01-25"))
    );
    let kinds: Vec<_> = items(AMAZON.as_bytes(), &options())
        .unwrap()
        .into_iter()
        .filter_map(|item| {
            if let Item::Skipped { line, kind, .. } = item {
                Some((line, kind))
            } else {
                None
            }
        })
        .collect();
    assert_eq!(
        kinds,
        [(1, "title"), (2, "header"), (6, "blank"), (7, "totals")]
    );
}

#[test]
fn the_order_of_columns_does_not_make_another_row() {
    let one = rows("id,date,commission,commission_status,currency\n7,2026-01-05,1.50,1,GBP\n");
    let two =
        rows("currency;commission;date;id;commission_status;note\nGBP;1,50;2026-01-05;7;1;\n");
    assert_eq!(one[0].facts.approval, Approval::Approved);
    assert_eq!(one[0].facts.commission, two[0].facts.commission);
    let three =
        rows("commission,currency,date,id,commission_status,note\n1.50,GBP,2026-01-05,7,1,\n");
    assert_eq!(one[0].facts.raw_hash, three[0].facts.raw_hash);
}

#[test]
fn rows_that_cannot_be_read_say_why() {
    let text = "id,date,commission,commission_status,currency\n1,2026-01-05,1.5O,1,GBP\n2,2026-13-05,1,1,GBP\n\
                3,2026-01-05,1,1\n4,2026-01-05,0.0000001,1,GBP\n5,2026-01-05,1,1,XYX\n,2026-01-05,1,1,GBP\n";
    let refused: Vec<_> = items(text.as_bytes(), &options())
        .unwrap()
        .into_iter()
        .filter_map(|item| {
            if let Item::Refused(row) = item {
                Some((row.line, row.column, row.native_id))
            } else {
                None
            }
        })
        .collect();
    let row = |line, column: Option<&str>, id: Option<&str>| {
        (line, column.map(str::to_owned), id.map(str::to_owned))
    };
    assert_eq!(
        refused,
        [
            row(2, Some("commission"), Some("1")),
            row(3, Some("date"), Some("2")),
            row(4, None, None),
            row(5, Some("commission"), Some("4")),
            row(6, Some("currency"), Some("5")),
            row(7, Some("id"), None),
        ]
    );
}

#[test]
fn whole_files_are_refused_for_a_reason() {
    let fails = |bytes: &[u8]| items(bytes, &options()).unwrap_err();
    assert!(matches!(fails(b""), FileError::Empty));
    assert!(matches!(fails(b"\xEF\xBB\xBF\n \n"), FileError::Empty));
    assert!(matches!(
        fails(b"\x00\x01\x02\x03"),
        FileError::NotText { .. }
    ));
    assert!(matches!(
        fails(b"1,2026-01-05,3.00,1\n2,2026-01-06,4.00,1\n"),
        FileError::NoHeader
    ));
    assert!(matches!(
        fails(b"Colour,Shape\nred,round\n"),
        FileError::NoProfile { .. }
    ));
    let missing = fails(b"id,date,commission\n1,2026-01-05,3.00\n");
    assert!(
        matches!(missing, FileError::MissingColumn { column, .. } if column == "commission_status")
    );
    let none = fails(b"id,date,commission,commission_status\n1,2026-01-05,3.00,1\n");
    assert!(matches!(none, FileError::NoCurrency));
    assert_eq!(
        items(b"id,date,commission,commission_status\n", &options())
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_correction_shares_its_number_and_names_what_it_corrects() {
    let rows =
        rows("Action_Id,Action_Date,Payout,Status,Currency\n9,2026-01-05,-3.00,APPROVED,USD\n");
    assert_eq!(rows[0].facts.kind, Kind::Correction);
    assert_eq!(rows[0].facts.parent_native_id.as_deref(), Some("9"));
    assert_eq!(
        rows[0].facts.raw,
        r#"{"Action_Id":"9","Action_Date":"2026-01-05","Payout":"-3.00","Status":"APPROVED","Currency":"USD"}"#
    );
}

#[test]
fn what_is_cut_or_torn_costs_a_row_at_most() {
    let text = "id,date,commission,commission_status,currency\n1,2026-01-05,1.00,1,USD\n2,2026-01-06,2.00,1,USD\n";
    let outcome = |bytes: &[u8]| {
        let all = items(bytes, &options()).unwrap();
        let rows = all
            .iter()
            .filter(|item| matches!(item, Item::Row(_)))
            .count();
        let refused = all
            .iter()
            .filter(|item| matches!(item, Item::Refused(_)))
            .count();
        (rows, refused)
    };
    let wide: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(outcome(&wide), (2, 0));
    // Half a line end is left, and what it was nobody knows.
    assert_eq!(outcome(wide.get(..wide.len() - 1).unwrap()), (1, 1));
    let mut torn = text.to_owned();
    for number in 3..200 {
        torn.extend([&number.to_string(), ",2026-01-06,2.00,1,USD\n"]);
    }
    torn += "200,2026-01-06,2.\0\0,1,USD\n";
    assert_eq!(outcome(torn.as_bytes()), (199, 1));
    let mut long = text.as_bytes().to_vec();
    long.extend(vec![b'x'; 10 << 20]);
    assert_eq!(outcome(&long), (2, 1));
}

#[test]
fn a_header_is_where_it_is_said_to_be() {
    let text = "id,date,commission,commission_status,currency\nid,date,commission,commission_status,currency\n1,2026-01-05,1.00,1,USD\n";
    let said = Options {
        header_line: Some(2),
        ..options()
    };
    let all = items(text.as_bytes(), &said).unwrap();
    assert!(matches!(
        &all[0],
        Item::Skipped {
            line: 1,
            kind: "title",
            ..
        }
    ));
    assert!(matches!(&all[2], Item::Row(row) if row.line == 3));
    let nowhere = Options {
        header_line: Some(3),
        ..options()
    };
    assert!(items(text.as_bytes(), &nowhere).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
        let _ = items(&bytes, &options());
        let _ = peek(&bytes[..], &options(), &profiles(), false);
    }

    #[test]
    fn no_text_under_a_header_makes_it_panic(text in "(\\PC|[,;\"\n\r\t0-9.-])*") {
        let text = format!("id,date,commission,commission_status,currency\n{text}");
        let all = items(text.as_bytes(), &options()).unwrap();
        prop_assert!(!all.is_empty());
    }
}
