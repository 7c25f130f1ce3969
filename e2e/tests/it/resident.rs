//! Residents' stories.

mod camera;
mod mail;
mod not_there;
mod phone;
mod ring;
mod room;
mod scan;
