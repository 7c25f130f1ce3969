//! Notices: what residents are told, in their language, and how it reaches them.
//!
//! - [`language`]: the languages, their catalogues and the keys of every text.
//! - [`notice`]: what one message says, as data, and its rendering as mail, text message and printed slip.
//! - [`qr`]: QR pictures.
//! - [`address`]: which mail addresses and phone numbers are accepted.
//! - [`delivery`]: when each waiting message is tried (pure; the site's message runner drives it).
//! - [`smtp`]: handing a rendered mail to a mail server.
//!
//! This crate stores nothing, decides nothing about parcels and writes no trace lines: what it handles
//! holds live codes.
#![forbid(unsafe_code)]

pub mod address;
pub mod delivery;
pub mod language;
pub mod notice;
pub mod qr;
pub mod secret_text;
pub mod smtp;

mod gsm7;

pub use language::Language;
pub use notice::Notice;
pub use secret_text::SecretText;
