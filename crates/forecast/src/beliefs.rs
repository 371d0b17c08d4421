//! What is not known for sure, to be drawn anew on each simulated path.
//!
//! A scenario holds one value for each assumption. Where a value was estimated from the user's own history, a belief
//! says how sure it is; a simulation that is given beliefs draws the parameters with each path, so its ranges carry
//! the uncertainty of the estimates as well as chance.

use crate::arrivals::fit::ArrivalFit;
use crate::assumptions::{AssumptionError, Refusal, Scenario, Tier};
use crate::draw::Draw;
use crate::retention::Posterior;

/// A chance that was estimated from counts: the beta distribution Beta(yes, no).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Those for whom it happened, the prior's among them; above 0, at most 1e12.
    pub yes: f64,
    /// Those for whom it did not; above 0, at most 1e12.
    pub no: f64,
}

impl Share {
    /// The mean, between 0 and 1.
    pub fn mean(&self) -> f64 {
        self.yes / (self.yes + self.no)
    }

    /// The standard deviation.
    pub fn deviation(&self) -> f64 {
        let all = self.yes + self.no;
        (self.yes * self.no / (all * all * (all + 1.0))).sqrt()
    }
}

/// How the referrals of a plan and tier come, relative to the counts that the scenario gives them.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrivalBelief {
    /// Index into the scenario's plans.
    pub plan: usize,
    /// Direct or second tier.
    pub tier: Tier,
    /// What was fitted. Its means are not taken, only how they and the counts may stray from them.
    pub fit: ArrivalFit,
    /// Where the fit is of a flow that this plan and tier is a share of: the shape of that share's gamma distribution,
    /// above 0; infinite where the share is certain. All with a share are of one flow, which strays alike for all.
    pub share: Option<f64>,
}

impl ArrivalBelief {
    /// The factor of its share on one path; their mean is 1.
    pub(crate) fn draw_share(&self, draw: &mut Draw) -> f64 {
        match self.share {
            Some(shape) if shape.is_finite() => draw.gamma(shape) / shape,
            _ => 1.0,
        }
    }
}

/// Everything that is drawn with each path. Empty, a simulation takes the scenario's values as certain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beliefs {
    /// What is believed of renewals.
    pub retention: Vec<Posterior>,
    /// For each plan of the scenario which of `retention` is its own; plans that share one share each path's draw.
    /// `None`, and plans past the end of the list, keep the scenario's retention.
    pub plans: Vec<Option<usize>>,
    /// What is believed of new referrals. A plan and tier with a belief is no longer fixed in number.
    pub arrivals: Vec<ArrivalBelief>,
    /// The chance that a referral becomes a customer.
    pub conversion: Option<Share>,
    /// The chance that a first payment is refunded.
    pub refund: Option<Share>,
}

impl Beliefs {
    /// The belief that a plan's renewals follow.
    pub fn retention_of(&self, plan: usize) -> Option<usize> {
        let index = self.plans.get(plan).copied().flatten()?;
        (index < self.retention.len()).then_some(index)
    }

    /// The belief on the referrals of a plan and tier.
    pub fn arrivals_of(&self, plan: usize, tier: Tier) -> Option<usize> {
        self.arrivals
            .iter()
            .position(|belief| belief.plan == plan && belief.tier == tier)
    }

    /// Refuses beliefs that do not fit the scenario.
    ///
    /// # Errors
    /// [`AssumptionError`] for the first fault found.
    pub fn check(&self, scenario: &Scenario) -> Result<(), AssumptionError> {
        let refuse = |refusal, at: String, message: &str| {
            Err(AssumptionError {
                refusal,
                at,
                message: message.to_owned(),
            })
        };
        for (i, belief) in self.plans.iter().enumerate() {
            if belief.is_some_and(|index| index >= self.retention.len()) {
                let message = "a plan names a retention belief that is not there";
                return refuse(Refusal::OutOfRange, format!("beliefs.plans[{i}]"), message);
            }
        }
        for (i, belief) in self.arrivals.iter().enumerate() {
            if belief.plan >= scenario.plans.len() {
                let message = "a belief names a plan that is not there";
                return refuse(
                    Refusal::UnknownPlan,
                    format!("beliefs.arrivals[{i}]"),
                    message,
                );
            }
            if belief
                .share
                .is_some_and(|shape| shape.is_nan() || shape <= 0.0)
            {
                let message = "the shape of a share must lie above 0";
                let at = format!("beliefs.arrivals[{i}].share");
                return refuse(Refusal::OutOfRange, at, message);
            }
        }
        for (share, at) in [(self.conversion, "conversion"), (self.refund, "refund")] {
            let fits = |value: f64| value > 0.0 && value <= 1e12;
            if share.is_some_and(|share| !fits(share.yes) || !fits(share.no)) {
                let message = "a share's counts must lie above 0, up to 1e12";
                return refuse(Refusal::OutOfRange, format!("beliefs.{at}"), message);
            }
        }
        Ok(())
    }
}
