//! Simulated devices and servers that speak the real bytes.
//!
//! Each simulator is two parts: a synchronous half that holds all meaning and a tokio shell that moves bytes.
//! This crate shares no codec with `vestibule-protocols`: a mistake in one must not be hidden by the other.
#![forbid(unsafe_code)]

pub mod cameras;
pub mod doors;
mod http;
pub mod lock_boards;
pub mod mail_sink;
pub mod printers;
pub mod readers;
pub mod terminal;
