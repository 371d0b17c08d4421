//! The least a Tauri window can be.
fn main() {}
