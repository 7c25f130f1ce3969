//! The look: every block a page is made of, so that all pages are one product.
//!
//! Owns: page frames, buttons, keypads, choices, forms, lists, messages, printed matter and the static files.
//! Never: fetches data, decides what a person may see, or holds a sentence. All words come from the caller, in the
//! caller's language; all numbers come in already formatted.
//!
//! # Guide
//! A page is `page(&PageHead { .. }, kiosk_frame(..) | phone_frame(..) | desk_frame(..) | paper::sheet(..))`.
//!
//! - **Kiosk**: one question a screen. Put the screen into `kiosk_frame`; it becomes `<main id="screen">`, which is also
//!   what `Press::Post` swaps. `two_panes(picture, controls)` stands side by side in landscape and stacked in portrait.
//!   Sizes are millimetres: `Calibration` (measured at pairing) sets `--mm`, keys are 20 of them.
//! - **What a press does** is a `Press`: submit the form around it, follow a link, or post a small form of its own.
//!   `Press::Post` forms may not stand inside another form.
//! - **Every state-changing form** goes through `Post` or `form::form`, which write the CSRF field.
//! - **Scanner**: `entry::scan_target` marks the form a scan is posted to; one a page, inside the screen.
//! - **Camera**: `camera::camera_key` asks for it, `camera::camera` is where it appears; only on a page that is sent
//!   with `web::security::with_camera`.
//! - **Typing**: `entry::entry_form` holds `digits_field`s and a `keypad`, which takes digits from touch and from any
//!   keyboard; or a `letters_field` and a `letters_keyboard`.
//! - **Nobody there**: `entry::idle_warning` brings the screen back to the start, after asking.
//! - **Four states of any list or picture**: `message::empty`, `message::loading`, `message::refused`, `message::broken`.
//! - **The bank** is drawn by `crate::drawing`, nowhere else. Residents and couriers get the doors that are not theirs as
//!   `DoorState::Free` unless they need to know more; states are for staff.
//! - **A kiosk** has no link out of its pages: `message::help_line` there, `help_line_to_call` on phones alone.
//! - To look at everything: `cargo run -p vestibule-site --example gallery`.
//! - No `style` attribute and no `on..` attribute may ever be written: the content security policy drops them. Colours come
//!   by class, positions in drawings by attributes. Colours are tokens of `static/tokens.css`, tested for contrast.
//! - Icons never stand alone; use `Button::icon` or write words beside `icon(..)`.

pub mod assets;
pub mod button;
pub mod camera;
pub mod choice;
pub mod entry;
pub mod form;
pub mod icons;
pub mod listing;
pub mod message;
pub mod page;
pub mod paper;
pub mod switches;

#[cfg(test)]
mod contrast;

pub use button::{Button, Post, Press, button_danger, button_primary, button_quiet, button_secondary};
pub use icons::{Icon, icon};
pub use page::{Calibration, Frame, KioskFrame, PageHead, Theme, desk_frame, kiosk_frame, page, phone_frame};

use maud::{Markup, html};

/// Text for screen readers alone.
pub fn visually_hidden(text: &str) -> Markup {
    html! { span class="visually-hidden" { (text) } }
}
