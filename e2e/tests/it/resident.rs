//! Residents' stories.

mod camera;
mod mail;
mod phone;
mod ring;
mod room;
mod scan;
