//! Browser tests. The stories are sorted by the person who acts: `courier/`, `resident/`, `staff/`.

mod courier;
mod harness;
mod play;
mod resident;
mod staff;
