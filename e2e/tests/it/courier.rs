//! Couriers' stories.

mod garden;
mod label;
mod round;
mod trouble;
