//! Pictures of labels: from the bytes of a photo to symbols and from those to one record.
//!
//! Owns decoding of photos within limits, straightening, the search for symbols, and merging what one label's symbols say.
//! What a symbol's text means is `vestibule_intake`'s. A picture is anybody's: size and memory are bounded before anything is
//! decoded, work is bounded by counting pixels, and nothing here ends the process. Never keeps or sends a picture.
//!
//! The crate is empty without its feature `vision`, which needs cmake and a C++ compiler.
#![forbid(unsafe_code)]
#![cfg(feature = "vision")]

mod area;
pub mod grey;
pub mod label;
mod maxicode;
pub mod photo;
mod rectangle;
pub mod symbols;
pub mod text;

pub use grey::Grey;
pub use label::{Label, Problem, read};
pub use photo::Unreadable;
pub use symbols::Symbol;
pub use text::{NoModels, TextReader};
