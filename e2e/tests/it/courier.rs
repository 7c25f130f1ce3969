//! Couriers' stories.

mod camera;
mod classes;
mod drop;
mod garden;
mod label;
mod round;
mod trouble;
