//! The conformance story of lock boards, `LB-01` to `LB-60`: the production driver against simulated boards of every
//! family ([`kind`]), with every fault a board or line is known to have.
//!
//! `PR-01` to `PR-22` are the printers' ([`printers`]), `SC-01` to `SC-04` the scanners' ([`scanners`]).
//!
//! Most cases drive the two synchronous halves against each other with a clock moved by hand ([`world`]); a few use
//! real streams, sockets and a pseudo-terminal ([`lb_transports`]).
#![allow(clippy::unwrap_used)]

mod escpos_peer;
mod kind;
mod lb_families;
mod lb_faults;
mod lb_fuzz;
mod lb_openings;
mod lb_pace;
mod lb_polling;
mod lb_properties;
mod lb_transports;
mod peers;
mod printers;
mod profiles;
mod scanners;
mod wirings;
mod world;
