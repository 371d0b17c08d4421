//! Behind what a channel brings.

use super::{Asked, Explanation, line};
use crate::{
    Failure,
    commands::forecast::{channels::by_channel, scenario::refused},
    dto::LedgerList,
};

/// Months of new referrals that are listed.
const LISTED: usize = 24;

impl Asked<'_> {
    /// Key: the name of a channel, empty for customers who came through none; plan: one month of it alone.
    pub(super) fn channel(&self) -> Result<Explanation, Failure> {
        let name = self.name();
        let answer = by_channel(self.loaded, self.assumptions)?;
        let place = answer
            .channels
            .iter()
            .position(|one| one.channel.as_deref() == name);
        let one = place
            .and_then(|place| answer.channels.get(place))
            .ok_or_else(|| self.unknown())?;
        let shown = name.unwrap_or("No channel");
        let nets = answer.months.iter().map(|month| {
            let net = place.and_then(|place| month.channels.get(place));
            (month.month.clone(), net.cloned().unwrap_or_default())
        });
        let mut sentences = vec![one.sentence.clone()];
        sentences.push(format!(
            "{} customers who came through it pay today.",
            one.active
        ));
        if one.new_low != one.new_high {
            sentences.push(format!(
                "Eight times of ten it brings between {} and {} new referrals a month on average.",
                one.new_low, one.new_high
            ));
        }
        let (title, value, mut lines) = if let Some(asked) = self.plan {
            let (month, net) = nets
                .clone()
                .find(|(month, _)| month == asked)
                .ok_or_else(|| {
                    let message = format!("The forecast has no month “{asked}”.");
                    refused("forecast.unknown_value", "plan", message)
                })?;
            let lines = vec![line(format!("Net of {month}"), net.clone())];
            (format!("{shown} in {month}"), net, lines)
        } else {
            let mut lines: Vec<_> = nets.map(|(month, net)| line(month, net)).collect();
            lines.push(line("From customers who pay today", one.contracted.clone()));
            lines.push(line("From new ones", one.assumed.clone()));
            lines.push(line("All months", one.net.clone()));
            (
                format!("{shown}: {} months", answer.months.len()),
                one.net.clone(),
                lines,
            )
        };
        lines.push(line(
            "New referrals of the first month",
            one.new_now.clone(),
        ));
        let behind = self.loaded.channel_by_month(name).into_iter().rev();
        lines.extend(
            behind
                .take(LISTED)
                .map(|(month, count)| line(format!("New referrals in {month}"), count.to_string())),
        );
        let all = Self {
            plan: None,
            ..*self
        };
        Ok(Explanation {
            title,
            value,
            sentences,
            lines,
            rows: Some(self.through_channel()),
            assumptions: all.evidence(),
            method: "arrivals".to_owned(),
        })
    }

    fn name(&self) -> Option<&str> {
        Some(self.key).filter(|name| !name.is_empty())
    }

    /// The rows that came through the channel which the key names; of no channel all rows.
    pub(super) fn through_channel(&self) -> LedgerList {
        let all = Asked {
            plan: None,
            ..*self
        };
        LedgerList {
            channel: self.name().map(str::to_owned),
            ..all.learned()
        }
    }
}
