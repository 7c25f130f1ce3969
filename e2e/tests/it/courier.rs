//! Couriers' stories.

mod camera;
mod garden;
mod round;
mod trouble;
