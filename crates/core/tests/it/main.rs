//! Scenarios of the site's rules, told as stories; properties against an independent model; frozen events.

#![allow(clippy::unwrap_used, reason = "a test that lacks what it looks for has failed")]

mod street;
mod tale;
mod world;

mod admission;
mod adoptions;
mod audits;
mod budgets;
mod classes;
mod collection;
mod courier_codes;
mod dead_codes;
mod deposit;
mod desk;
mod desk_refusals;
mod door_days;
mod entries;
mod fix;
mod fixtures;
mod folding;
mod getting_ready;
mod invariants;
mod jam;
mod keys;
mod model;
mod notices;
mod occupancy;
mod passages;
mod photos;
mod photos_kept;
mod places;
mod properties;
mod quick_drops;
mod redrawn;
mod restart;
mod rings;
mod rooms;
mod samples;
mod scanned_twice;
mod set_up;
mod shelves;
mod task_endings;
mod tenancy;
mod unscanned;
mod unscanned_again;
mod wired;
mod wiring;
