//! What one paying customer brings, month by month after the first payment that the forecast sees.
//!
//! A kernel belongs to a plan, a tier and a history. Its figures are per unrefunded customer; the engine weighs
//! them with counts and probabilities.

use crate::assumptions::{Scenario, Tier};
use crate::number::Number;
use crate::retention::conditional_survival;

/// Where the customer stands when the forecast first meets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum History {
    /// Pays for the first time at age 0, with certainty.
    New,
    /// Has paid so many renewals; the next one is due at age 0.
    Running(u32),
}

impl History {
    /// Months from the original first payment to age 0.
    pub(crate) fn months_before(self, term: u32) -> u64 {
        match self {
            Self::New => 0,
            Self::Running(renewals) => (u64::from(renewals) + 1) * u64::from(term),
        }
    }
}

/// The payments of one plan, as expected at each age in months.
pub(crate) struct PlanKernel<N> {
    pub plan: usize,
    /// E[commission].
    pub pay: Vec<N>,
    /// P(inside a paid term at the month's end).
    pub active: Vec<N>,
    /// E[commission a month of the running term].
    pub mrr: Vec<N>,
}

/// All payments of one customer.
pub(crate) struct Kernel<N> {
    /// By the plan that is paid; more than one only with switching.
    pub plans: Vec<PlanKernel<N>>,
    /// E[commission²] at each age.
    pub square: Vec<N>,
    /// E[C] where C sums the commissions through each age.
    pub total: Vec<N>,
    /// E[C²].
    pub total_square: Vec<N>,
}

impl<N: Number> PlanKernel<N> {
    fn zeros(plan: usize, len: usize) -> Self {
        let zeros = || vec![N::default(); len];
        Self {
            plan,
            pay: zeros(),
            active: zeros(),
            mrr: zeros(),
        }
    }
}

impl<N: Number> Kernel<N> {
    /// The kernel over the ages 0..`len`.
    pub(crate) fn new(
        scenario: &Scenario,
        plan: usize,
        tier: Tier,
        history: History,
        len: usize,
    ) -> Self {
        match scenario.switching_index(plan) {
            Some(index) => Self::switching(scenario, index, tier, history, len),
            None => Self::plain(scenario, plan, tier, history, len),
        }
    }

    /// E[commission] at an age, over all plans.
    pub(crate) fn pay(&self, age: usize) -> N {
        let mut sum = N::default();
        for plan in &self.plans {
            if let Some(&pay) = plan.pay.get(age) {
                sum += pay;
            }
        }
        sum
    }

    fn plain(scenario: &Scenario, plan: usize, tier: Tier, history: History, len: usize) -> Self {
        let term = scenario.term(plan);
        let commission = N::from_int(scenario.commission_minor(plan, tier));
        let monthly = commission.over(N::from_int(i64::from(term)));
        let before = history.months_before(term);
        let payments = (len as u32).div_ceil(term);
        let survival = match (scenario.retention.get(plan).copied().flatten(), history) {
            (Some(retention), History::New) => conditional_survival::<N>(retention, 0, payments),
            (Some(retention), History::Running(k)) => {
                let mut survival = conditional_survival::<N>(retention, k, payments);
                survival.remove(0);
                survival
            }
            (None, _) => Vec::new(),
        };
        let mut own = PlanKernel::zeros(plan, len);
        let (mut square, mut total, mut total_square) = (Vec::new(), Vec::new(), Vec::new());
        let (mut sum, mut sum_square, mut collected) = (N::default(), N::default(), N::default());
        for age in 0..len {
            let payment = age as u32 / term;
            let alive = survival.get(payment as usize).copied().unwrap_or_default();
            let months = before + u64::from(payment * term);
            let earns = scenario
                .commission
                .max_months
                .is_none_or(|most| months <= u64::from(most));
            own.active[age] = alive;
            if earns {
                own.mrr[age] = alive * monthly;
            }
            let mut paid_square = N::default();
            if earns && (age as u32).is_multiple_of(term) {
                own.pay[age] = alive * commission;
                paid_square = alive * commission * commission;
                // C² grows by (C+c)² − C² for those who are still there; all of them have the same C.
                sum += alive * commission;
                sum_square += alive * (commission * (collected + collected + commission));
                collected += commission;
            }
            square.push(paid_square);
            total.push(sum);
            total_square.push(sum_square);
        }
        Self {
            plans: vec![own],
            square,
            total,
            total_square,
        }
    }

    /// A Markov chain over the switching plans. Beside the chance of each state it carries E[C·1{state}] and
    /// E[C²·1{state}], so the variance of a customer's total is exact although the amounts depend on the path.
    fn switching(
        scenario: &Scenario,
        index: usize,
        tier: Tier,
        history: History,
        len: usize,
    ) -> Self {
        let plans = scenario.switching.as_ref().map_or(&[][..], |s| &s.plans);
        let rows = scenario.switching.as_ref().map_or(&[][..], |s| &s.matrix);
        let matrix: Vec<Vec<N>> = rows
            .iter()
            .map(|r| r.iter().map(|&p| N::from_decimal(p)).collect())
            .collect();
        let amounts: Vec<N> = plans
            .iter()
            .map(|&p| N::from_int(scenario.commission_minor(p, tier)))
            .collect();
        let before = history.months_before(1);
        let mut kernels: Vec<PlanKernel<N>> = plans
            .iter()
            .map(|&plan| PlanKernel::zeros(plan, len))
            .collect();
        let (mut square, mut total, mut total_square) = (Vec::new(), Vec::new(), Vec::new());
        let mut states = vec![Moments::default(); plans.len()];
        states[index].chance = N::ONE;
        let mut gone = Moments::default();
        for age in 0..len {
            if age > 0 || history != History::New {
                states = step(&states, &matrix, &mut gone);
            }
            let earns = scenario
                .commission
                .max_months
                .is_none_or(|most| before + age as u64 <= u64::from(most));
            let mut paid_square = N::default();
            for ((state, kernel), &amount) in states.iter_mut().zip(&mut kernels).zip(&amounts) {
                kernel.active[age] = state.chance;
                if earns {
                    let paid = state.chance * amount;
                    kernel.pay[age] = paid;
                    kernel.mrr[age] = paid;
                    paid_square += paid * amount;
                    state.square += amount * (state.total + state.total + paid);
                    state.total += paid;
                }
            }
            square.push(paid_square);
            let (mut sum, mut sum_square) = (gone.total, gone.square);
            for state in &states {
                sum += state.total;
                sum_square += state.square;
            }
            total.push(sum);
            total_square.push(sum_square);
        }
        Self {
            plans: kernels,
            square,
            total,
            total_square,
        }
    }
}

/// Of the customers in one state: their chance, E[C·1{state}] and E[C²·1{state}].
#[derive(Clone, Copy, Default)]
struct Moments<N> {
    chance: N,
    total: N,
    square: N,
}

/// One month of switching; what churns is added to `gone`.
fn step<N: Number>(
    states: &[Moments<N>],
    matrix: &[Vec<N>],
    gone: &mut Moments<N>,
) -> Vec<Moments<N>> {
    let mut next = vec![Moments::default(); states.len()];
    for (state, row) in states.iter().zip(matrix) {
        let mut leaves = N::ONE;
        for (target, &chance) in next.iter_mut().zip(row) {
            leaves = leaves - chance;
            target.chance += state.chance * chance;
            target.total += state.total * chance;
            target.square += state.square * chance;
        }
        gone.total += state.total * leaves;
        gone.square += state.square * leaves;
    }
    next
}
