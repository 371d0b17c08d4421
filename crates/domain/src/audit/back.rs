//! Refunds and chargebacks: what may be taken back against what was.

use super::{Auditor, FindingKind, Row, SaleOf, origin};
use crate::{
    Money,
    commission::{Unjudged, charged_back, taken_back},
    ledger::Kind,
    program::{RefundRule, TermKey},
};

impl Auditor {
    pub(super) fn back(&mut self, row: &Row) -> Result<(), Unjudged> {
        let reported = row.commission.ok_or(Unjudged::NoCommission)?;
        // Some networks report what is taken back without its sign.
        let reported = if reported.is_negative() {
            reported
        } else {
            reported.negated()
        };
        let (sale, commission, day) = match &row.sale_of {
            SaleOf::Known {
                sale,
                commission,
                day,
            } => (*sale, *commission, *day),
            SaleOf::Missing(id) => return self.without_sale(row, reported, id),
            SaleOf::Unnamed => {
                let last = self.life.last.as_ref().ok_or(Unjudged::LooseRefund)?;
                (last.sale, last.commission, last.day)
            }
        };
        let commission = commission.ok_or(Unjudged::NoCommission)?;
        let terms = self.terms(row)?;
        let mut lines = vec![format!(
            "The sale of {day} had earned {commission}{}.",
            sale.map_or_else(String::new, |sale| format!(" on {sale}"))
        )];
        let (expected, key) = if row.kind == Kind::Chargeback {
            let fee = terms.rules.chargeback_fee;
            if let Some(fee) = fee {
                lines.push(format!("A chargeback costs {fee} beside the commission."));
            }
            (charged_back(commission, fee)?, TermKey::ChargebackFee)
        } else {
            let parts = sale.zip(row.sale);
            let rule = terms.rules.refund;
            let back = taken_back(commission, parts, rule)?;
            lines.push(match parts {
                Some((sale, refunded)) if rule == RefundRule::Proportional => format!(
                    "{} of {sale} were given back, so {} of the commission may be taken back.",
                    positive(refunded),
                    back.negated()
                ),
                _ => format!("A refund takes back the whole of it: {}.", back.negated()),
            });
            (back, TermKey::PartialRefund)
        };
        if expected.posted() == reported.posted() {
            return Ok(());
        }
        let short = reported.amount() < expected.amount();
        let apart = positive(reported.minus(expected)?);
        lines.push(format!(
            "{} were taken back, which is {apart} {}.",
            reported.negated(),
            if short { "too much" } else { "less" }
        ));
        let (words, from) = origin(&terms, key);
        if from.is_some() {
            lines.insert(0, words);
        }
        let kind = if short {
            FindingKind::ShortPaid
        } else {
            FindingKind::OverPaid
        };
        self.find(row, kind, expected, reported, lines, from)
    }

    fn without_sale(&mut self, row: &Row, reported: Money, id: &str) -> Result<(), Unjudged> {
        if reported.is_zero() {
            return Ok(());
        }
        let lines = vec![
            format!(
                "On {} the program took back {}.",
                row.day,
                reported.negated()
            ),
            format!("It names the sale “{id}”, which no report in the book has."),
            "What was never earned cannot be taken back.".to_owned(),
        ];
        self.find(
            row,
            FindingKind::RefundWithoutSale,
            Money::zero(row.currency),
            reported,
            lines,
            None,
        )
    }
}

fn positive(money: Money) -> Money {
    if money.is_negative() {
        money.negated()
    } else {
        money
    }
}
