//! How the numbers are worked out, in words anybody understands, and in those of the field.

use crate::{
    App, Failure,
    dto::{Empty, Method, Methods},
};

/// Key, title, short, long.
const METHODS: &[[&str; 4]] = &[
    [
        "months",
        "The months ahead",
        "Everybody who pays today renews with the chance that your own customers showed; new referrals come as they did. Every \
         expected payment times its commission is added up, month by month.",
        "Expectation and variance are analytic: customers are independent, so means and variances add. Contracted is what \
         customers who pay now bring; assumed is what referrals still to come bring. The rest of the present month, and any \
         month since the newest row of the ledger, is forecast too.",
    ],
    [
        "bands",
        "The ranges",
        "The future is played through thousands of times with dice. One time of ten the month ends below the range, one time \
         of ten above it.",
        "Monte Carlo. Each path draws arrivals, refunds and lifetimes, and also the parameters themselves: renewals from the \
         posterior of the model that was fitted, the rate of new referrals from its gamma or normal posterior (common to all \
         plans, with each one's share), refunds from a beta. Ranges that leave the parameters' uncertainty out are too narrow. A value that you set by hand is taken as \
         certain. One seed gives one result.",
    ],
    [
        "payouts",
        "The payout calendar",
        "What is open now and what is still to come waits out the hold; on each run day the balance is paid if it reaches the \
         minimum, else it is carried.",
        "Payouts are simulated: the mean of a payout with a minimum is not the minimum applied to the mean. What is open \
         enters on the day it matures. Commissions that are not approved yet, and sales younger than 20 days, are taken back \
         or stand one by one, with the chance that your own decided commissions showed (a beta posterior); what that is \
         expected to take is shown beside it as at risk.",
    ],
    [
        "retention",
        "Who renews",
        "Customers differ: those who stayed long leave less. The curve is fitted to your own renewals, and held towards a \
         common value as long as there are few of them.",
        "Shifted beta-geometric (Fader & Hardie 2007): a customer leaves with an own, constant chance, and the chances of all \
         are beta distributed with mean 1 − φ and size κ = α + β. The posterior on (φ, ln κ) is computed on a grid. Where 20 or \
         more left over four renewals or more, the beta-discrete-Weibull (2018) takes its place, whose customers change with \
         age and which holds sBG as a case of its own. The curve shown is the one nearest to the posterior mean. A plan with 60 renewals due or more has a curve of its own, held \
         towards that of all plans of its rhythm.",
    ],
    [
        "survival",
        "Survival as observed",
        "Of those whose renewal came due, how many paid; multiplied up renewal by renewal. Nobody is counted before the day \
         on which your book first saw them.",
        "Kaplan–Meier with late entry and Greenwood's standard error, log-log limits of 95%. Customers who still pay are \
         censored, and so are those who moved to a plan of another rhythm. Refunded first payments are left out.",
    ],
    [
        "arrivals",
        "New referrals",
        "The months of your own history; a trend and a season only where the history clearly shows them.",
        "Poisson or negative binomial counts with log-linear trend and month effects, chosen by the corrected Akaike \
         criterion and shrunk; a trend fades out over the months ahead. Plans too few to show a course of their own are \
         shares of what all bring together. Channels divide each plan's referrals among themselves: as they did so far, shrunk \
         to how all referrals divide by a Dirichlet-multinomial fitted over the plans; where a channel's own months show a \
         trend or a season, its share follows it. So the channels add up to the whole.",
    ],
    [
        "tornado",
        "What moves it most",
        "Each assumption is put to the low and to the high end of what is likely, the others staying. The longer the bar, the \
         more it matters.",
        "The ends are the 10% and 90% points of what is believed of each assumption; the result is the expected net over all \
         full months.",
    ],
    [
        "goal",
        "The goal",
        "What the goal's month would bring as things are, the chance that it is enough, and how many new referrals a month it \
         takes if it is not.",
        "The expected net of a month is linear in the new referrals, so what is missing divided by what one more brings is \
         what it takes. Chances are simulated before and after on common random numbers. Through one channel \
         alone it is the mix of plans which that channel brings that grows.",
    ],
    [
        "residual",
        "What is still to come",
        "Every renewal still expected of those who pay now, times what it earns; what comes later counts less.",
        "Discounted expected residual lifetime (Fader & Hardie 2010) times the commission, over at most 600 months and within \
         the program's cap on months.",
    ],
    [
        "wall",
        "The annual-renewal wall",
        "Annual plans come up for renewal once a year, all those of one month together. The wall shows how much hangs on each \
         month.",
        "Chance of each renewal: s(k+1)/s(k) of the fitted curve after k renewals. The chance that none is paid is the product \
         of the chances to leave.",
    ],
    [
        "backtest",
        "The backtest",
        "The forecast is taken back to earlier months of your own history, made with what was known then, and compared with \
         what came.",
        "Rolling origin. Scores: CRPS and pinball loss for the ranges, MASE for the middle, coverage of the 80% and 90% \
         ranges; beside them the last value repeated and a constant churn.",
    ],
    [
        "accuracy",
        "The accuracy log",
        "The forecast of each day on which you looked at it is kept. When its months are over, they stand beside what came.",
        "Kept are the expected net and the 10%, 50% and 90% points of each month. A month counts when the ledger has rows \
         past it.",
    ],
    [
        "priors",
        "Common values",
        "While the book says little, a common value stands in. Each counts as so many observations, and you can replace it.",
        "A prior: beta for chances with the mean given and the weight as its size. Where it still speaks is said beside each \
         assumption.",
    ],
];

/// How the numbers are worked out.
///
/// # Errors
/// Never.
pub fn methods(_: &App, _: Empty) -> Result<Methods, Failure> {
    Ok(Methods {
        items: METHODS
            .iter()
            .map(|[key, title, short, long]| Method {
                key: (*key).to_owned(),
                title: (*title).to_owned(),
                short: (*short).to_owned(),
                long: (*long).to_owned(),
            })
            .collect(),
    })
}

/// Whether there is a method of this key.
pub fn known(key: &str) -> bool {
    METHODS.iter().any(|method| method[0] == key)
}
