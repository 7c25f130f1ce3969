//! Residents' stories.

mod mail;
mod phone;
mod scan;
