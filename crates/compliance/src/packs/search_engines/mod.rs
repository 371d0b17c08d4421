//! What search engines ask of paid links.

pub mod link_not_sponsored;
