//! The smoke of the proof: seeds that must hold at every push, and the faults that were found once.

mod bugs;
mod disk;
mod faults;
mod seeds;
mod workflows;
