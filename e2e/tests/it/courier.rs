//! Couriers' stories.

mod camera;
mod classes;
mod garden;
mod label;
mod round;
mod trouble;
