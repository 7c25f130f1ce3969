//! Whole-site tests: the real writer on a real database, the pages over HTTP, and stories of what goes wrong.

mod attacks;
mod cameras;
mod clocks_and_disks;
mod codes_and_people;
mod doors_one_walks_through;
mod door_pages;
mod doors_that_fail;
mod entries;
mod evidence_pack;
mod labels;
mod ledger_checkpoints;
mod live;
mod mail_that_fails;
mod messages;
mod people_at_kiosks;
mod photos;
mod photos_seen;
mod place;
mod printing;
mod routes;
mod tls;
mod traces;
mod wall;
mod web;
mod wiring;
mod writer;
