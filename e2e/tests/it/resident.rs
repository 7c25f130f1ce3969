//! Residents' stories.

mod camera;
mod intercom;
mod mail;
mod not_there;
mod phone;
mod ring;
mod room;
mod scan;
