//! Playing a person at the real product: the binary as it is shipped, a real browser, real bytes.
//!
//! - [`Product`] runs `vestibule demo` in a folder of its own; it can be killed and started again.
//! - [`Served`] runs `vestibule serve` on an empty folder, before anybody has an account.
//! - [`Simulated`] runs `vestibule simulate`: a lock board, its doors and a mail server for such a site.
//! - [`Browser`] is one person's screen. Its methods wait for what the person would wait for, and panic
//!   with the page's text, and a picture in `e2e/shots/`, when it does not come.
//!
//! Nothing here knows the product's code: what a test can do, a person can do.
#![forbid(unsafe_code)]

mod accessibility;
mod browser;
mod camera;
mod driver;
mod extensions;
mod person;
mod picture;
mod product;
mod screen;
mod served;
mod simulated;

pub use accessibility::Violation;
pub use browser::{Browser, DEADLINE, Sign};
pub use picture::{Picture, Printed, fedex};
pub use product::Product;
pub use screen::{Camera, Look, Screen, Theme};
pub use served::Served;
pub use simulated::Simulated;

pub use fantoccini::elements::Element;
pub use fantoccini::key::Key;
