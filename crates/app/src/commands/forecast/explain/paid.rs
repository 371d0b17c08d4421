//! Behind a payout, and behind what of it is at risk.

use super::{Asked, Explanation, line};
use crate::{
    Failure,
    commands::forecast::{assume::percent, bands::minor, months::money, open::YOUNG},
    dto::LedgerList,
};
use chrono::NaiveDate;
use perennial_domain::Money;
use perennial_forecast::Month;

impl Asked<'_> {
    pub(super) fn payout(&self) -> Result<Explanation, Failure> {
        let run: NaiveDate = self.key.parse().map_err(|_| self.unknown())?;
        let terms = &self.loaded.terms;
        let before = Month::of(run).plus(-1).day(terms.run_day);
        let first = before < self.loaded.today;
        let within = |day: NaiveDate| day <= run && (day > before || first);
        let open: Vec<_> = self
            .loaded
            .open
            .iter()
            .filter(|open| within(open.matures_on))
            .collect();
        let currency = self.loaded.currency();
        let digits = currency.minor_digits();
        let pending = open.iter().fold(Money::zero(currency), |all, open| {
            all.plus(open.amount).unwrap_or(all)
        });
        let unsure = &self.loaded.unsure;
        let waiting = unsure.sum(currency, within);
        let chance = unsure.chance();
        let hold = chrono::Days::new(u64::from(terms.hold_days));
        let day = |day: NaiveDate| day.checked_sub_days(hold).unwrap_or(day);
        let mut lines: Vec<_> = open
            .iter()
            .map(|open| {
                line(
                    format!("Matures {}", open.matures_on),
                    open.amount.to_plain(),
                )
            })
            .collect();
        lines.push(line("Earned already, together", pending.to_plain()));
        lines.push(line(
            "Of that it may still be taken back",
            waiting.to_plain(),
        ));
        lines.push(line("The chance of each to be taken back", percent(chance)));
        lines.push(line(
            "Expected to be taken back",
            money(minor(waiting, currency) * chance, digits),
        ));
        Ok(Explanation {
            title: format!("Payout of {run}"),
            value: pending.to_plain(),
            sentences: vec![
                format!(
                    "A commission matures {} days after its day; what has matured by {run} is paid then if it comes to at least \
                     {} {}.",
                    terms.hold_days,
                    terms.minimum.to_plain(),
                    currency.code()
                ),
                "The value is what is earned already. The expected payout beside it plays through what of this is taken back and \
                 what still comes, thousands of times."
                    .to_owned(),
            ],
            lines,
            rows: Some(self.rows(
                Some(if first {
                    self.loaded.lives.oldest.unwrap_or(day(before))
                } else {
                    day(before).succ_opt().unwrap_or(before)
                }),
                Some(day(run)),
            )),
            assumptions: self.evidence(),
            method: "payouts".to_owned(),
        })
    }

    pub(super) fn at_risk(&self) -> Explanation {
        let unsure = &self.loaded.unsure;
        let currency = self.loaded.currency();
        let all = unsure.sum(currency, |_| true);
        let (pending, young) = unsure.rows();
        let (back, stand) = unsure.seen;
        let chance = unsure.chance();
        let value = money(minor(all, currency) * chance, currency.minor_digits());
        Explanation {
            title: "What may still be taken back".to_owned(),
            value: value.clone(),
            sentences: vec![
                format!(
                    "{pending} open commissions are not approved yet, and {young} approved sales are younger than {YOUNG} days. Each \
                     is taken back or stands as a whole."
                ),
                format!(
                    "Of {} commissions that were decided {back} were taken back; while there are few, the common value of refunds \
                     counts beside them.",
                    back + stand
                ),
                "The expected amount is what may be taken back, times the chance.".to_owned(),
            ],
            lines: vec![
                line("May still be taken back", all.to_plain()),
                line("The chance of each", percent(chance)),
                line("Expected to be taken back", value),
            ],
            rows: Some(LedgerList {
                standing: Some("reserve".to_owned()),
                ..self.rows(None, Some(self.loaded.today))
            }),
            assumptions: self
                .evidence()
                .into_iter()
                .filter(|one| one.key == "refund_probability")
                .collect(),
            method: "payouts".to_owned(),
        }
    }
}
