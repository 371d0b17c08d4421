//! One module for each noun: its rows, what reads them, what writes them.

pub mod setting;
