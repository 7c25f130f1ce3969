//! Staff accounts: passwords, sessions, one-time links.
//!
//! [`sign_in`] is the way in, [`session`] what a browser holds afterwards, [`enrolment`] how accounts come and go,
//! [`role`] what each may do. Tokens leave this module once, as text, and are stored as SHA-256 only.

pub mod enrolment;
pub mod link;
pub mod misses;
pub mod password;
pub mod role;
pub mod session;
pub mod sign_in;
mod token;

pub use role::{Permission, Role};
