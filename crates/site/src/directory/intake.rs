//! Taking a parcel in, at a kiosk or at the desk: whom its label means here, what is kept of it, and how well it goes.
//!
//! ```text
//! label --[reading]--> is it for here? --[guess]--> whom does it mean? --person confirms--> [record] rows beside the parcel
//! rows --[scoreboard]--> rates, seconds, touches;   rows --[retention]--> erased
//! ```
//! Owns: reading the directory for the pure rules of `vestibule-intake`, and the rows that follow from a confirmation. Never: a
//! rule of custody; commits nothing by itself.

pub mod guess;
pub mod reading;
pub mod record;
pub mod retention;
pub mod scoreboard;

#[cfg(test)]
mod tests;

pub use guess::{Flag, Guess, Offered, house};
pub use reading::Reading;
