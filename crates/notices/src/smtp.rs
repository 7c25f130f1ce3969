//! Handing a rendered mail to a mail server.
//!
//! [`SmtpConfig`] says which server, [`SmtpSender`] keeps a few connections and sends one message to one
//! address, [`SendError`] says what a refusal means for the row. When to try again is
//! [`crate::delivery`]'s business. Nothing here writes a trace line: what it sends holds live codes.

mod compose;
mod config;
mod failure;
mod sender;

pub use config::{SmtpConfig, SmtpConfigError, SmtpSecurity};
pub use failure::{SendError, SendErrorKind};
pub use sender::{Accepted, SmtpSender};
