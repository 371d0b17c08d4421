//! What a forecast rests on, in sentences.

use super::{
    assume::{decimal, percent},
    loaded::Loaded,
};
use crate::dto::ForecastNotice;
use chrono::NaiveDate;
use perennial_domain::program::Term;

/// Renewals under which the reader is told that the book says little yet.
const LITTLE: f64 = 30.0;
/// Days after which the newest row is old.
const STALE: i64 = 35;

impl Loaded {
    /// What was looked at.
    pub fn basis(&self) -> Vec<String> {
        if !self.has_rows() {
            return vec![
                "There are no commissions of this program yet, so nothing is known about your referrals: set new referrals a \
                 month yourself. Renewals and refunds start from common values, which you can replace."
                    .to_owned(),
            ];
        }
        let mut lines = vec![format!(
            "{} referrals pay now; their renewals are the contracted part.",
            self.active().count()
        )];
        if let Some(fit) = &self.all_arrivals {
            let (months, seen) = fit.seen();
            lines.push(format!(
                "{seen} new referrals first paid in {months} full months."
            ));
            if fit.has_trend() {
                lines.push(format!(
                    "They change by {} a month; that fades out over the coming year.",
                    percent(self.growth())
                ));
            }
            if fit.has_season() {
                lines.push(
                    "The months of the year differ, and the forecast follows them.".to_owned(),
                );
            }
        }
        lines.push(
            "New referrals are counted when they first pay, so the trial is already behind them."
                .to_owned(),
        );
        for term in [Term::Monthly, Term::Annual] {
            let (lost, kept) = self
                .counted(|life| self.term(life.product) == term)
                .totals();
            if lost + kept == 0.0 {
                continue;
            }
            let common = self.common_renewal(term);
            lines.push(format!(
                "{} of {} {} renewals that were due were paid; the common value of {} still counts as {} more.",
                decimal(kept, 0),
                decimal(lost + kept, 0),
                term.word(),
                percent(common.value),
                decimal(common.weight, 0),
            ));
        }
        let (seen, refunded) = self.refunds();
        lines.push(format!(
            "{refunded} of {seen} first payments were refunded."
        ));
        lines.extend(self.notices().into_iter().map(|notice| notice.message));
        lines
    }

    /// What the reader should know before trusting the forecast.
    pub fn notices(&self) -> Vec<ForecastNotice> {
        let mut notices = Vec::new();
        let mut say = |code: &str, message: String| {
            notices.push(ForecastNotice {
                code: code.to_owned(),
                message,
            });
        };
        if !self.has_rows() {
            say(
                "no_history",
                "The book has no commissions of this program yet: the forecast is what you suppose, and nothing else."
                    .to_owned(),
            );
            return notices;
        }
        let (lost, kept) = self.counted(|_| true).totals();
        if lost + kept < LITTLE {
            say(
                "little_history",
                format!(
                    "Only {} renewals have come due so far, so common values speak louder than your own history. The ranges \
                     are wide for that reason.",
                    decimal(lost + kept, 0)
                ),
            );
        }
        if self.lives.late > 0 {
            say(
                "late_entry",
                format!(
                    "{} referrals were paying already when the book begins. How often they had renewed is not known, so they \
                     are counted from then on.",
                    self.lives.late
                ),
            );
        }
        if self.lives.unplanned > 0 {
            say(
                "left_out",
                format!(
                    "{} referrals are left out: their plan could not be recognised from price or name.",
                    self.lives.unplanned
                ),
            );
        }
        let age = (self.today - self.known).num_days();
        if age > STALE {
            say(
                "stale",
                format!(
                    "The newest row is of {}: what came due since then is forecast, not known. Import or sync to bring it up \
                     to date.",
                    day_words(self.known)
                ),
            );
        }
        notices
    }
}

fn day_words(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
