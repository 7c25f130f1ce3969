//! Shelves at a kiosk: a courier puts parcels down there, a resident carries theirs away.

mod check_out;
mod put_down;

pub use put_down::choice;
