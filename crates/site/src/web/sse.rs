//! Live pages: the full state first, then each change that alters the picture.
//!
//! Owns: waiting for commits, leaving out what did not change, looking again at session and scope before every message.
//! Never: knows what is drawn; the page's own render function reads the committed state.
//!
//! In a page: `div hx-sse:connect="/staff/banks/live" { (first picture) }`. Unnamed messages replace its content (htmx 4).

use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use maud::Markup;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;

/// A picture is looked at again after so long even if nothing was committed: hours pass, sessions end.
const LOOK_AGAIN: Duration = Duration::from_secs(15);

/// What a page is to show.
pub struct Picture {
    /// Sent when it differs from the one before.
    pub picture: Markup,
    /// Sent along; a difference in it alone sends nothing.
    pub aside: Markup,
}

impl From<Markup> for Picture {
    fn from(picture: Markup) -> Self {
        Self { picture, aside: Markup::default() }
    }
}

/// Streams what `render` draws. `render` checks session and scope each time; None ends the stream, and the page's next
/// connection is refused in words.
pub fn live<R, F, P>(
    changes: watch::Receiver<u64>,
    render: R,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>>
where
    R: FnMut() -> F + Send + 'static,
    F: Future<Output = Option<P>> + Send,
    P: Into<Picture>,
{
    let start = Watching { changes, render, shown: None };
    let stream = futures_util::stream::unfold(start, |mut watching| async move {
        let text = watching.next().await?;
        Some((Ok(Event::default().data(text)), watching))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

struct Watching<R> {
    changes: watch::Receiver<u64>,
    render: R,
    shown: Option<String>,
}

impl<R, F, P> Watching<R>
where
    R: FnMut() -> F,
    F: Future<Output = Option<P>>,
    P: Into<Picture>,
{
    /// The next picture that differs from the one shown.
    async fn next(&mut self) -> Option<String> {
        loop {
            if self.shown.is_some() {
                let changed = tokio::time::timeout(LOOK_AGAIN, self.changes.changed()).await;
                if matches!(changed, Ok(Err(_))) {
                    return None;
                }
            }
            self.changes.borrow_and_update();
            let Picture { picture, aside } = (self.render)().await?.into();
            let picture = picture.into_string();
            if self.shown.as_ref() != Some(&picture) {
                let sent = format!("{picture}{}", aside.into_string());
                self.shown = Some(picture);
                return Some(sent);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::html;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

    #[tokio::test]
    async fn sends_the_full_state_then_changes_alone_and_ends_with_the_session() {
        let (commit, changes) = watch::channel(0);
        let (number, live) = (Arc::new(AtomicU64::new(1)), Arc::new(AtomicBool::new(true)));
        let (drawn, session) = (Arc::clone(&number), Arc::clone(&live));
        let mut looks = 0;
        let render = move || {
            looks += 1;
            let (number, live) = (drawn.load(Ordering::SeqCst), session.load(Ordering::SeqCst));
            let picture = html! { p { (number) } };
            async move { live.then(|| Picture { picture, aside: html! { (looks) } }) }
        };
        let mut watching = Watching { changes, render, shown: None };
        assert_eq!(watching.next().await.as_deref(), Some("<p>1</p>1"));
        commit.send(1).unwrap();
        let unchanged = tokio::time::timeout(Duration::from_millis(20), watching.next()).await;
        assert!(unchanged.is_err(), "the same picture is not sent again");
        number.store(2, Ordering::SeqCst);
        commit.send(2).unwrap();
        assert_eq!(watching.next().await.as_deref(), Some("<p>2</p>3"));
        live.store(false, Ordering::SeqCst);
        commit.send(3).unwrap();
        assert_eq!(watching.next().await, None);
    }
}
