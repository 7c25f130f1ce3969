//! Shelves at a kiosk: a courier puts parcels down there, a resident carries theirs away.

pub mod arrival;
mod check_out;
mod put_down;

pub use put_down::choice;
