//! The crate from outside: the public set of tracking numbers, and what holds for any text.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod properties;
mod public_set;
