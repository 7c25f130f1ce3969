//! Couriers' stories.

mod camera;
mod classes;
mod drop;
mod garden;
mod label;
mod night;
mod round;
mod shelf;
mod trouble;
