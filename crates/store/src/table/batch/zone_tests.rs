//! One setting decides the day of a sale. Whatever zone it is, no sale is lost or counted twice when clocks change.

use super::{tests::*, *};
use crate::{
    Edit,
    table::{
        conversion::{self, Filter, SumsBy},
        setting,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use perennial_domain::ledger::{Approval, ConversionFacts};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Days around which clocks change somewhere in 2026, and the ends of the year.
const TURNS: &[&str] = &[
    "2026-01-01",
    "2026-03-08",
    "2026-03-20",
    "2026-03-27",
    "2026-03-29",
    "2026-04-05",
    "2026-04-24",
    "2026-09-06",
    "2026-09-27",
    "2026-10-04",
    "2026-10-25",
    "2026-10-29",
    "2026-11-01",
    "2026-12-31",
];

/// Instants within a day and a half of a turn.
fn instants() -> impl Strategy<Value = Vec<(usize, i64)>> {
    proptest::collection::vec((0..TURNS.len(), -129_600_i64..129_600), 40..80)
}

fn instant(turn: usize, seconds: i64) -> DateTime<Utc> {
    at(TURNS[turn]) + chrono::Duration::seconds(seconds)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]
    #[test]
    fn day_totals_are_conserved_in_every_zone(moments in instants()) {
        let (_folder, book, connection) = book();
        let sales: Vec<(DateTime<Utc>, i64)> = (1_i64..)
            .zip(&moments)
            .map(|(cents, (turn, seconds))| (instant(*turn, *seconds), cents))
            .collect();
        let ids = uuid;
        let new = NewBatch { id: uuid().into(), connection, kind: BatchKind::Sync, file: None, profile: None, at: at("2027-06-01") };
        book.write(|write| {
            let mut writer = BatchWriter::begin(write, new, &ids)?;
            for (index, (moment, cents)) in sales.iter().enumerate() {
                let facts = ConversionFacts {
                    occurred_at: *moment,
                    ..fact(&format!("s{index}"), "2026-01-01", *cents, Approval::Approved)
                };
                writer.add(&facts)?;
            }
            writer.finish(Coverage::Partial)
        })
        .unwrap();
        let total: i64 = sales.iter().map(|(_, cents)| cents * 10_000).sum();
        let far = "2030-01-01".parse().unwrap();
        for zone in TZ_VARIANTS {
            let edit = Edit { id: uuid().into(), at: at("2027-06-01"), label: "Zone".to_owned() };
            book.edit(&edit, |write| setting::set(write, "time_zone", zone.name())).unwrap();
            // By day, as the rows have it; each sale once, on the day that its clock on the wall says.
            let rows = book.read(|read| conversion::page(read, &Filter::default(), None, 1_000)).unwrap();
            prop_assert_eq!(rows.len(), sales.len());
            let mut days: BTreeMap<NaiveDate, i64> = BTreeMap::new();
            for row in &rows {
                prop_assert_eq!(row.occurred_on, on_the_wall(row.occurred_at, zone));
                *days.entry(row.occurred_on).or_default() += row.earned.micros();
            }
            prop_assert_eq!(days.values().sum::<i64>(), total);
            // Later sales are never of an earlier day, unless the day line itself was moved; none was in this year.
            let mut ordered: Vec<_> = rows.iter().map(|row| (row.occurred_at, row.occurred_on)).collect();
            ordered.sort_unstable();
            prop_assert!(ordered.windows(2).all(|pair| pair[0].1 <= pair[1].1));
            // The kept sums agree.
            let months = book
                .read(|read| conversion::earnings(read, SumsBy::Month, (None, None), None, far))
                .unwrap();
            prop_assert_eq!(months.iter().map(|sums| sums.earned.micros()).sum::<i64>(), total);
            let by_month: i64 = days.iter().filter(|(day, _)| day.to_string().starts_with("2026-03")).map(|(_, sum)| sum).sum();
            let march: i64 = months
                .iter()
                .filter(|sums| sums.key.as_deref() == Some("2026-03"))
                .map(|sums| sums.earned.micros())
                .sum();
            prop_assert_eq!(march, by_month);
        }
    }
}

/// The day on the wall, by the zone's offset at that instant.
fn on_the_wall(moment: DateTime<Utc>, zone: Tz) -> NaiveDate {
    use chrono::{Offset as _, TimeZone as _};
    let offset = zone.offset_from_utc_datetime(&moment.naive_utc()).fix();
    (moment.naive_utc() + chrono::Duration::seconds(offset.local_minus_utc().into())).date()
}
