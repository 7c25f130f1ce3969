//! The conformance story of cameras, `CM-01` to `CM-36`: every driver against a simulated camera of its make, over real sockets,
//! with every fault a camera is known to have ([`cm_world`]).
//!
//! The conformance story of doors one walks through, `DR-01` to `DR-34` for controllers that speak HTTP: every make, with every
//! fault one is known to have ([`dr_world`]); `DR-40` to `DR-58` for readers on an OSDP line ([`dr_readers`]).
//!
//! The conformance story of lock boards, `LB-01` to `LB-60`: the production driver against simulated boards of every
//! family ([`kind`]), with every fault a board or line is known to have.
//!
//! `PR-01` to `PR-22` are the printers' ([`printers`]), `SC-01` to `SC-04` the scanners' ([`scanners`]).
//! [`hardware_table`] holds the README to them.
//!
//! Most cases drive the two synchronous halves against each other with a clock moved by hand ([`world`]); a few use
//! real streams, sockets and a pseudo-terminal ([`lb_transports`]).
#![allow(clippy::unwrap_used)]

mod cm_authorisation;
mod cm_faults;
mod cm_health;
mod cm_stills;
mod cm_tls;
mod cm_trace;
mod cm_world;
mod detecting;
mod dr_authorisation;
mod dr_faults;
mod dr_readers;
mod dr_releases;
mod dr_tls;
mod dr_world;
mod escpos_peer;
mod hardware_table;
mod kind;
mod lb_families;
mod lb_faults;
mod lb_fuzz;
mod lb_identity;
mod lb_openings;
mod lb_pace;
mod lb_polling;
mod lb_properties;
mod lb_transports;
mod peer_cameras;
mod peer_readers;
mod peers;
mod printers;
mod profiles;
mod scanners;
mod wirings;
mod world;
