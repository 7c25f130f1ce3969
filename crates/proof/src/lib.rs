//! A simulator that tries to lose a parcel: one thread, one seed, everything simulated but the code under test.
//!
//! ```text
//! people (acts) --> World::ask ----> the real Writer::step --> the real store --> SQLite --> vfs --> disk (faults)
//! boards, doors --> line (real Bus) --^        |
//!                                              +--> ledger rows --> model, permits, physical truth: all must agree
//! ```
//! Read next: [`world`] (one step, one death, one start), [`acts`] (what people do), [`disk`] (what a power cut does), then
//! [`model`], which is the one the rules' own tests use. `docs/proof.md` says what is proven and how.
//!
//! Never: a mock of our own code. What is simulated is the world.

pub mod acts;
pub mod attack;
pub mod chance;
pub mod disk;
pub mod fuzz;
pub mod hunt;
pub mod line;
pub mod machine;
#[path = "../../core/tests/it/model.rs"]
pub mod model;
pub mod mouth;
#[cfg(feature = "planted")]
pub mod planted;
pub mod points;
pub mod process;
pub mod prove;
pub mod vfs;
pub mod world;
