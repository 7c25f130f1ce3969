//! The program as it is shipped, as a process: the demonstration's main job, and the commands.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod commands;
mod http;
mod kills;
mod main_job;
#[path = "../../../ledger/tests/it/others_tree.rs"]
mod others_tree;
mod pictures;
mod process;
mod shipped;
mod signed;
