//! Residents' stories.

mod camera;
mod mail;
mod phone;
mod scan;
