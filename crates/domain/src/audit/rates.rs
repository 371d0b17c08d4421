//! Telling a rate that was changed from single slips.

use super::{Finding, FindingKind, Row, paid::plain_rate};
use crate::{commission::Promise, ids::ConversionId, ledger::Tier, program::Rate};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Payments at one other rate that make a change of it.
const ENOUGH: usize = 3;

/// Program, tier, the rate that was promised, and the one that was paid.
type Change = (Option<usize>, Tier, String, String);

/// Payments whose reported amount is another plain share of their base than was promised.
#[derive(Default)]
pub(super) struct Rates(HashMap<Change, Vec<(NaiveDate, ConversionId)>>);

impl Rates {
    /// Looks at a payment.
    pub fn note(&mut self, row: &Row, promised: Promise, same: bool) {
        let (Some(reported), Some(Rate::Percent(_)), false) = (row.commission, promised.rate, same)
        else {
            return;
        };
        let (Some(other), Some(rate)) = (plain_rate(promised.base, reported), promised.rate) else {
            return;
        };
        self.0
            .entry((row.program, row.tier, rate.to_string(), other.to_string()))
            .or_default()
            .push((row.day, row.id));
    }

    /// Where enough payments earn one other rate, their findings say so.
    pub fn name_changes(self, findings: &mut [Finding]) {
        let mut changed: HashMap<ConversionId, String> = HashMap::new();
        for ((_, _, promised, other), rows) in self.0 {
            let since = rows.iter().map(|(day, _)| *day).min();
            let (Some(since), true) = (since, rows.len() >= ENOUGH) else {
                continue;
            };
            let words = format!(
                "Since {since} {} payments earn {other} rather than {promised}: the rate seems to have been changed.",
                rows.len()
            );
            for (_, row) in rows {
                changed.insert(row, words.clone());
            }
        }
        for finding in findings {
            let pay = matches!(finding.kind, FindingKind::ShortPaid | FindingKind::OverPaid);
            if let (true, Some(words)) = (pay, changed.get(&finding.row)) {
                finding.kind = FindingKind::RateChanged;
                finding.computation.push(words.clone());
            }
        }
    }
}
