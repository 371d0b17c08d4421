//! The bodies of the commands, one module an area. Each reads its input, calls the rooms below and converts the result.
#![allow(
    clippy::needless_pass_by_value,
    reason = "every body has the one form of the command list"
)]

pub mod audit;
pub mod book;
pub mod campaign;
pub mod campaign_figures;
pub mod campaign_report;
pub mod channel;
pub mod click;
pub mod compliance;
pub mod connection;
pub mod contact;
pub mod content;
pub mod forecast;
pub mod id_rule;
pub mod import;
pub mod inbox;
pub mod ledger;
pub mod link;
mod link_bulk;
pub mod link_check;
pub mod link_deep;
mod link_draft;
pub mod link_import;
pub mod link_sheet;
pub mod link_shelf;
pub mod link_template;
pub mod mapping;
pub mod notebook;
pub mod overview;
pub mod picture;
pub mod placement;
pub mod program;
pub mod referral;
pub mod reminder;
pub mod report;
pub mod scorecard;
pub mod second_tier;
pub mod swipe;
pub mod terms_change;
mod terms_view;
pub mod view;

use crate::dto::{ListInput, Page};

/// Rows on a page where the caller does not say.
pub const PAGE: u32 = 100;

/// Rows on a page at most.
pub const MAX_PAGE: u32 = 100_000;

/// A page of a short list that is held whole; the cursor is the number of rows before it.
fn whole<T>(items: Vec<T>, input: &ListInput) -> Page<T> {
    let total = items.len();
    let begin = input
        .after
        .as_deref()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0_usize);
    let limit =
        usize::try_from(input.limit.unwrap_or(MAX_PAGE).min(MAX_PAGE)).unwrap_or(usize::MAX);
    let end = begin.saturating_add(limit);
    Page {
        items: items.into_iter().skip(begin).take(limit).collect(),
        next: (end < total).then(|| end.to_string()),
        total: u64::try_from(total).ok(),
    }
}
