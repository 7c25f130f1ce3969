//! What several stories do: stand at a kiosk, push a door shut, read the mail, sit at the staff desk.

pub mod door;
pub mod hand;
pub mod inbox;
pub mod kiosk;
pub mod label;
pub mod office;
pub mod pack;
