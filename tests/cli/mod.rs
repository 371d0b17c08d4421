//! The command line, one module a noun.

mod campaign;
mod link;
mod program;
mod sync;
