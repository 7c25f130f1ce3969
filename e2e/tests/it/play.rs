//! What several stories do: stand at a kiosk, push a door shut, read the mail.

pub mod inbox;
pub mod kiosk;
