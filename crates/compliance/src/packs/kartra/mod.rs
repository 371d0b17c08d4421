//! Kartra's affiliate terms.

pub mod brand_in_handle;
pub mod brand_keyword;
pub mod disclosure_missing;
pub mod link_lost_parameter;
pub mod link_wrong_host;
pub mod typical_customer_claim;

use crate::options::{LinkForm, ProgramPack};

/// What the rules need to know of Kartra.
pub fn pack() -> ProgramPack {
    let words = |list: &[&str]| {
        list.iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    ProgramPack {
        slug: "kartra".to_owned(),
        name: "Kartra".to_owned(),
        brands: words(&["kartra"]),
        host_names: words(&["krtra"]),
        own_handles: words(&["kartra"]),
        link_forms: vec![
            LinkForm {
                host: "try.kartra.com".to_owned(),
                path_prefix: "/".to_owned(),
            },
            LinkForm {
                host: "*.krtra.com".to_owned(),
                path_prefix: "/t/".to_owned(),
            },
        ],
        domains: words(&["kartra.com", "krtra.com"]),
    }
}
