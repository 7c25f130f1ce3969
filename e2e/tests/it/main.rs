//! Browser tests. The stories are sorted by the person who acts: `courier/`, `resident/`, `staff/`; beside them what happens
//! when the plug is pulled, and every page by its address.

mod courier;
mod harness;
mod pages;
mod play;
mod plug;
mod resident;
mod staff;
