//! Couriers' stories.

mod camera;
mod garden;
mod label;
mod round;
mod trouble;
