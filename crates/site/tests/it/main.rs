//! Whole-site tests: the real writer on a real database.

mod place;
mod writer;
