//! A minimum number of sales before anything is released.

/// Where the affiliate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Milestone {
    /// Commissions are released.
    Reached,
    /// So many more sales are needed.
    Missing(u32),
}

/// Whether enough sales were approved for commissions to be released.
///
/// ```
/// use perennial_domain::commission::{Milestone, milestone};
/// assert_eq!(milestone(2, 3), Milestone::Missing(1));
/// assert_eq!(milestone(3, 3), Milestone::Reached);
/// assert_eq!(milestone(0, 0), Milestone::Reached);
/// ```
pub fn milestone(approved_sales: u32, minimum: u32) -> Milestone {
    match minimum.saturating_sub(approved_sales) {
        0 => Milestone::Reached,
        missing => Milestone::Missing(missing),
    }
}
