//! Codes as text: secrets, check digits, QR tokens, and the seed they are drawn from.

pub mod damm;
pub mod hash;
pub mod pin;
pub mod secret;
pub mod seed;
pub mod shelf_code;
pub mod token;

pub use hash::{CodeHash, CodeHasher};
pub use secret::Secret;
pub use seed::{Draw, Seed};
