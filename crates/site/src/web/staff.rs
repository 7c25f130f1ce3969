//! The staff pages: what needs me, banks, parcels, the desk, doors, residents, couriers, kiosks, settings.
//!
//! ```text
//! desk_page   the frame of every page; reading, asking, going back with a word on what was done
//! say, times, names, story, tasks     words: sentences, moments, names for numbers, events, tasks
//! needs banks parcels desk doors residents couriers kiosks devices settings     a section of the navigation each
//! getting_ready     the steps to the first parcel, beside what needs me
//! ```
//! Each page is a pure function of what it shows; handlers read, ask and map. A code is shown once, on the page of the
//! act that issued it, and nowhere else; no list, search or timeline holds one.

pub mod banks;
pub mod blocks;
pub mod couriers;
pub mod desk;
pub mod desk_page;
pub mod doors;
pub mod kiosks;
pub mod names;
pub mod needs;
pub mod parcels;
pub mod residents;
pub mod routes;
pub mod say;
pub mod settings;
pub mod story;

use axum::response::IntoResponse;
use maud::Markup;
use vestibule_core::time::Zone;

use super::App;
use super::guard::StaffSession;
use super::sse;
use crate::directory::settings::Settings;
use desk_page::Desk;

pub use blocks::printing;
pub use kiosks::devices;
pub use needs::tasks;
pub use parcels::classes;
pub use routes::router;
pub use say::times;
pub use story::history;

/// A live part of a page: drawn again at every change, as long as the session is live.
fn live_stream<F>(
    app: App,
    desk: Desk,
    headers: axum::http::HeaderMap,
    render: impl Fn(Desk) -> F + Send + Sync + 'static,
) -> impl IntoResponse
where
    F: Future<Output = Option<Markup>> + Send,
{
    let changes = app.site.changes();
    let render = std::sync::Arc::new(render);
    sse::live(changes, move || {
        let (app, desk, headers, render) =
            (app.clone(), desk.clone(), headers.clone(), std::sync::Arc::clone(&render));
        async move {
            let session = StaffSession::of(&app, &headers).await.ok()?;
            if session.staff == desk.staff { render(desk).await } else { None }
        }
    })
}

/// The help line that answers now, as one line of text; empty where there is none.
fn help_words(
    tables: &rusqlite::Connection,
    (zone, now): (&Zone, vestibule_core::Timestamp),
) -> rusqlite::Result<String> {
    let settings = Settings::load(tables)?;
    let line = settings.help_line_at(now, zone);
    Ok(line.map_or_else(String::new, |line| format!("{} {}", line.text, line.phone).trim().to_owned()))
}

/// Text for the value of a query field.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().fold(String::new(), |mut out, byte| {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests;
