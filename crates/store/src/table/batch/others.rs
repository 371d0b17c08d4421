//! What other sources have in the book, kept small: enough to tell which new rows are worth a second look.

use crate::StoreError;
use rusqlite::Connection;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Hashes of the rows that came through other connections, sorted, each with its row. A hash that fits by chance is
/// told apart when the rows themselves are compared.
#[derive(Debug, Default)]
pub(super) struct Others {
    by_amount: Vec<(u64, i64)>,
    by_order: Vec<(u64, i64)>,
}

impl Others {
    /// Reads the rows of every other connection.
    pub(super) fn read(connection: &Connection, own: &str) -> Result<Self, StoreError> {
        let mut others = Self::default();
        let mut connections = connection.prepare_cached(
            "SELECT n.id FROM connection n
             WHERE n.id <> ?1 AND EXISTS (SELECT 1 FROM conversion c WHERE c.connection = n.id)",
        )?;
        let ids = connections
            .query_map([own], |row| row.get(0))?
            .collect::<Result<Vec<String>, _>>()?;
        let mut statement = connection.prepare_cached(
            "SELECT rowid, occurred_on, currency, commission, order_ref FROM conversion WHERE connection = ?1",
        )?;
        for id in ids {
            let mut rows = statement.query([id])?;
            while let Some(row) = rows.next()? {
                let rowid: i64 = row.get(0)?;
                let text = |index: usize| -> Result<&str, StoreError> {
                    Ok(row
                        .get_ref(index)?
                        .as_str()
                        .map_err(rusqlite::Error::from)?)
                };
                if let Some(commission) = row.get::<_, Option<i64>>(3)? {
                    let key = amount_key(text(1)?, text(2)?, commission);
                    others.by_amount.push((key, rowid));
                }
                if let Some(order) = row.get::<_, Option<String>>(4)? {
                    others.by_order.push((order_key(&order), rowid));
                }
            }
        }
        others.by_amount.sort_unstable();
        others.by_order.sort_unstable();
        Ok(others)
    }

    /// Whether there is nothing to compare with.
    pub(super) fn is_empty(&self) -> bool {
        self.by_amount.is_empty() && self.by_order.is_empty()
    }

    /// Rows that may be the same as one of this day, amount and order, those of the same order first.
    pub(super) fn like(
        &self,
        day: &str,
        currency: &str,
        commission: Option<i64>,
        order: Option<&str>,
    ) -> Vec<i64> {
        let order = order.map_or(&[][..], |order| of(&self.by_order, order_key(order)));
        let amount = commission.map_or(&[][..], |micros| {
            of(&self.by_amount, amount_key(day, currency, micros))
        });
        order
            .iter()
            .chain(amount)
            .map(|(_, rowid)| *rowid)
            .collect()
    }

    /// Whether [`Others::like`] would say anything.
    pub(super) fn has(
        &self,
        day: &str,
        currency: &str,
        commission: Option<i64>,
        order: Option<&str>,
    ) -> bool {
        order.is_some_and(|order| !of(&self.by_order, order_key(order)).is_empty())
            || commission.is_some_and(|micros| {
                !of(&self.by_amount, amount_key(day, currency, micros)).is_empty()
            })
    }
}

/// The entries of a key.
fn of(sorted: &[(u64, i64)], key: u64) -> &[(u64, i64)] {
    let begin = sorted.partition_point(|(other, _)| *other < key);
    let rest = sorted.get(begin..).unwrap_or_default();
    let length = rest.partition_point(|(other, _)| *other == key);
    rest.get(..length).unwrap_or_default()
}

fn amount_key(day: &str, currency: &str, commission: i64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (day, currency, commission).hash(&mut hasher);
    hasher.finish()
}

fn order_key(order: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    order.trim().to_lowercase().hash(&mut hasher);
    hasher.finish()
}
