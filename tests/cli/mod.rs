//! The command line, one module a noun.

mod program;
