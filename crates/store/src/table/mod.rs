//! One module for each noun: its rows, what reads them, what writes them.

pub mod attention;
pub mod batch;
pub mod campaign;
pub mod channel;
pub mod checklist;
pub mod connection;
pub mod conversion;
pub mod forecast;
pub mod inbox;
pub mod link;
pub mod mapping;
pub mod payout;
pub mod program;
pub mod sample;
pub mod setting;
pub mod status;
pub mod subscription;
pub mod sync_run;
pub mod terms;
