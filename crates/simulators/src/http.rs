//! What simulated devices with a web server share: questions, who asks, dates, elements of XML, and the server itself. What is
//! asked and answered is each device's own.

mod account;
pub(crate) mod calendar;
mod question;
mod server;
pub(crate) mod soap;
pub(crate) mod text;

pub(crate) use account::{AuthorisationFaults, Gate, TurnsAway};
pub use account::{HttpAccount, Scheme};
pub use question::{Asked, Question, Reply};
pub use server::TrueClock;
pub(crate) use server::{Device, LineFaults, Server, machine_clock};
