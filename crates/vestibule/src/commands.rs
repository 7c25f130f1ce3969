//! One file a command.

pub mod backup;
pub mod bus;
pub mod check;
pub mod console;
pub mod detect;
pub mod doors;
pub mod export;
pub mod import;
pub mod intake;
pub mod openapi;
pub mod restore;
pub mod serve;
pub mod setup_link;
pub mod staff;
pub mod verify;
