//! Couriers' stories.

mod garden;
mod round;
mod trouble;
