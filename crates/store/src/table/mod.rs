//! One module for each noun: its rows, what reads them, what writes them.

pub mod batch;
pub mod channel;
pub mod connection;
pub mod link;
pub mod campaign;
pub mod program;
pub mod sample;
pub mod setting;
pub mod terms;
pub mod attention;
pub mod conversion;
pub mod mapping;
pub mod payout;
pub mod status;
pub mod subscription;
pub mod checklist;
