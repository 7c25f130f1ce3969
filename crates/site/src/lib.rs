#![forbid(unsafe_code)]

pub mod drawing;
pub mod look;
