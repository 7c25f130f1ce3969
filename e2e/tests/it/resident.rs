//! Residents' stories.
