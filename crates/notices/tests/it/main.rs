//! The real sender against real servers over loopback: our own sink and one nobody here wrote.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test, which is what it is for")]

mod aiosmtpd_server;
mod delivered_to_aiosmtpd;
mod delivered_to_mail_sink;
mod notices;
