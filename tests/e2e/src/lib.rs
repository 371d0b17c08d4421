//! Drives the real window of Perennial.
