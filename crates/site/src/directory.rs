//! Names and addresses: reading, searching, importing. Erasable, and never in the ledger.
//!
//! What a kiosk may see comes from [`lookup`] alone: masked, few, exact. Everything else here is for signed-in staff and
//! for the runner that sends notices.

pub mod claims;
pub mod fold;
pub mod import;
pub mod intake;
pub mod lookup;
pub mod roster;
pub mod settings;
pub mod test_mail;

#[cfg(test)]
pub(crate) mod sample;
