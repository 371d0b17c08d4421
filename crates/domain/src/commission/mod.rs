//! What a payment earns: one small pure function for each rule.

mod direct;
mod second_tier;
mod window;

pub use direct::direct;
pub use second_tier::second_tier;
pub use window::earns_on;
