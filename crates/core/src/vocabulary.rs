//! The five word lists of a site, and what a decision looks like. Read these first.

pub mod answer;
pub mod command;
pub mod decision;
pub mod effect;
pub mod event;
pub mod ids;
pub mod observation;
pub mod refusal;
