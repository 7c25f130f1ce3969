//! Progress bars, on a terminal only and on standard error: a script reads nothing of them.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar of known length; invisible where nobody watches.
pub fn bar(length: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{msg} {wide_bar} {percent}% {eta}").expect("a fixed template");
    bar.set_style(style);
    bar.set_message(what);
    bar
}
