//! Report files and what stands in their cells.

use chrono_tz::Tz;
use perennial_connectors::csv::{
    DateOrder, Decimal, Mapping, Options, Report, header_key, parse_amount, parse_instant, peek,
    profiles, suggest,
};
use perennial_domain::Currency;

/// A file of any bytes, read from its first to its last, by what its own header suggests and by every built-in profile.
pub fn report(data: &[u8]) {
    let options = Options {
        currency: Currency::parse("USD").ok(),
        ..Options::detect(Tz::UTC)
    };
    let mut mappings: Vec<Mapping> = profiles();
    if let Ok(look) = peek(data, &options, &mappings, false) {
        let _ = suggest(&look.header);
        let _ = header_key(&look.header);
    }
    while !mappings.is_empty() {
        if let Ok(mut report) = Report::open(data, &options, &mappings, true) {
            let mut items = 0_usize;
            while let Ok(Some(_)) = report.next_item() {
                items += 1;
            }
            assert!(
                items <= data.len() + 1,
                "more rows came out than bytes went in"
            );
        }
        mappings.remove(0);
    }
}

/// One cell, as an amount and as a time.
pub fn cells(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for code in ["USD", "JPY", "KWD"] {
        let Ok(currency) = Currency::parse(code) else {
            continue;
        };
        for decimal in [Decimal::Point, Decimal::Comma] {
            if let Ok(money) = parse_amount(&text, decimal, currency) {
                assert_eq!(money.currency(), currency);
            }
        }
    }
    for order in [DateOrder::DayFirst, DateOrder::MonthFirst] {
        for zone in [Tz::UTC, Tz::America__New_York, Tz::Australia__Lord_Howe] {
            let _ = parse_instant(&text, order, zone);
        }
    }
}
