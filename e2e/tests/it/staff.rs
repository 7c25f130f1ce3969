//! Stories of those who work in the building.

mod audit;
mod batch;
mod day;
mod desk;
mod devices;
mod directory;
mod doors;
mod first_parcel;
mod first_start;
mod kiosks;
mod labels;
mod printers;
mod redraw;
mod rooms;
mod unscanned;
mod wiring;
mod yesterday;
