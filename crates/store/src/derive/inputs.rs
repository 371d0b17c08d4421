//! What derived values follow from, as one small snapshot.

use crate::{
    Read, StoreError,
    rows::{col, parse},
    table::{setting, terms},
};
use chrono_tz::Tz;
use perennial_domain::program::{PlanSet, TermsVersion};
use rusqlite::Connection;

/// A program, as far as rows of the ledger depend on it.
pub(super) struct ProgramInputs {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub versions: Vec<TermsVersion>,
    pub sets: Vec<PlanSet>,
}

/// The time zone that decides days.
pub(crate) fn zone(read: &Read<'_>) -> Result<Tz, StoreError> {
    let name = setting::get(read, "time_zone")?;
    Ok(name.and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC))
}

/// Every program with its terms and plans, in the order they were made.
pub(super) fn programs(read: &Read<'_>) -> Result<Vec<ProgramInputs>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT id, slug, name FROM program ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut programs = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = col(row, "id")?;
        programs.push(ProgramInputs {
            versions: terms::versions(read, parse(&id)?)?,
            sets: terms::plan_sets(read, parse(&id)?)?,
            slug: col(row, "slug")?,
            name: col(row, "name")?,
            id,
        });
    }
    Ok(programs)
}

/// A number that changes whenever something that rows depend on changes (links and payments apart).
pub(super) fn fingerprint(connection: &Connection) -> Result<String, StoreError> {
    const INPUTS: &[&str] = &[
        "SELECT value FROM setting WHERE name = 'time_zone'",
        "SELECT id, slug, name FROM program ORDER BY id",
        "SELECT id, program, seq, valid_from, own FROM terms_version ORDER BY id",
        "SELECT terms_version, key, value FROM term_value ORDER BY terms_version, key",
        "SELECT program, version, key, name, term, price, currency FROM plan ORDER BY program, version, key",
        "SELECT id, program FROM connection WHERE program IS NOT NULL ORDER BY id",
    ];
    // FNV-1a: only has to tell two states of one book apart, and to be the same in every version.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut feed = |bytes: &[u8]| {
        for byte in bytes.iter().chain(&[0x1f]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for sql in INPUTS {
        let mut statement = connection.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for index in 0..columns {
                match row.get_ref(index)? {
                    rusqlite::types::ValueRef::Text(text) => feed(text),
                    rusqlite::types::ValueRef::Integer(number) => feed(&number.to_le_bytes()),
                    _ => feed(&[0]),
                }
            }
        }
        feed(sql.as_bytes());
    }
    Ok(format!("{hash:016x}"))
}
