//! Whole-site tests: the real writer on a real database.

mod live;
mod messages;
mod place;
mod routes;
mod web;
mod writer;
