//! The conformance story of lock boards, `LB-01` to `LB-34`: the production driver against simulated boards.
//!
//! Most cases drive the two synchronous halves against each other with a clock moved by hand ([`world`]); a few use
//! real streams, sockets and a pseudo-terminal ([`lb_transports`]).
#![allow(clippy::unwrap_used)]

mod lb_faults;
mod lb_openings;
mod lb_polling;
mod lb_properties;
mod lb_transports;
mod profiles;
mod wirings;
mod world;
