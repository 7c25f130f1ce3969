//! One site: the SQLite store, the writer, the runners, and the pages of kiosk, residents and staff.
//!
//! ```text
//! pages, API, runners --Message--> writer: decides a round --> Store::commit (one transaction, fsync)
//!        ^                              |
//!        +-- answers, reads ------------+--> intents to bus runners, notices to the message runner
//! ```
//! Read next: [`writer`] (the step), [`store`] (what a commit is), [`handle`] (how the rest talks to them), [`web`].
#![forbid(unsafe_code)]

pub mod accounts;
pub mod assembly;
pub mod clock;
pub mod config;
pub mod directory;
pub mod drawing;
pub mod evidence;
pub mod handle;
pub mod keys;
pub mod look;
pub mod runners;
pub mod service;
pub mod store;
pub mod web;
pub mod writer;

pub use handle::rows;
