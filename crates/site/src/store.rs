//! The SQLite store of a site. `commit` is the only write.

pub mod read;
