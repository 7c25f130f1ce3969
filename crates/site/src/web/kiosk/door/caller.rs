//! The picture of who rings, taken by the screen's own camera where no other camera sees the door.
//!
//! Owns: how it comes in with the form, and that it is kept as any other photo: file, folder, salt, event. Never: in the way of a
//! ring; one that cannot be read or kept is none.

use crate::look::assets::asset;
use crate::runners::cameras::keep_bytes;
use crate::web::App;
use crate::web::problem::{Fault, Trouble};
use base64::Engine;
use maud::{Markup, html};
use vestibule_core::evidence::{PhotoAsked, PhotoMedia, PhotoReason, PhotoSubject, PhotoTrouble};
use vestibule_core::{Answer, CameraId, Observation};

/// A picture as the page makes it is far smaller.
const BYTES_MOST: usize = 400_000;

/// What takes the picture, on the screen that asks to whom one comes.
pub(super) fn script(nonce: &str) -> Markup {
    html! { script src=(asset("caller.js")) defer nonce=(nonce) {} }
}

/// What a picture is of, by what was answered.
fn asked(answer: &Answer) -> Option<PhotoAsked> {
    let (reason, subject) = match answer {
        Answer::Ring { ring, .. } => {
            (PhotoReason::Rang, PhotoSubject { ring: Some(*ring), ..PhotoSubject::default() })
        }
        Answer::Entry { entry, .. } => {
            (PhotoReason::Entry, PhotoSubject { entry: Some(*entry), ..PhotoSubject::default() })
        }
        _ => return None,
    };
    Some(PhotoAsked { camera: CameraId::OF_THE_SCREEN, reason, subject })
}

/// Keeps the picture of who was answered so.
pub(super) async fn keep(app: &App, answer: &Answer, picture: &str) -> Result<(), Fault> {
    let Some(jpeg) = fitted(app, picture).await? else { return Ok(()) };
    keep_fitted(app, answer, jpeg).await
}

/// The same of a picture that is as it can be kept.
///
/// # Errors
/// The site is going down.
pub async fn keep_fitted(app: &App, answer: &Answer, jpeg: Vec<u8>) -> Result<(), Fault> {
    let Some(asked) = asked(answer) else { return Ok(()) };
    let app = app.clone();
    to_its_end(async move { kept(&app, asked, jpeg).await }).await
}

/// Ends what was begun, though whoever asked may go away meanwhile, as a screen does that loses its line.
///
/// # Errors
/// What it comes to itself; that it broke.
pub async fn to_its_end<T: Send + 'static>(
    begun: impl Future<Output = Result<T, Fault>> + Send + 'static,
) -> Result<T, Fault> {
    tokio::spawn(begun).await.unwrap_or_else(|error| {
        tracing::error!(%error, "what a screen asked for ended badly");
        Err(Trouble::Broken.into())
    })
}

/// What a screen's own camera sent, as it can be kept. None: no picture, or photos are not kept now.
///
/// # Errors
/// The site is going down.
pub async fn fitted(app: &App, picture: &str) -> Result<Option<Vec<u8>>, Fault> {
    let no = picture.is_empty() || app.web.photos.is_none();
    if no || app.site.read(|site, _| site.disk_low).await? {
        return Ok(None);
    }
    let Some(bytes) = decoded(picture) else { return Ok(None) };
    // Made anew from its pixels: what else a file may carry stays out.
    Ok(app.thumbnails.fitted(bytes).await)
}

/// Keeps it: a photo as any other, or one that is missing.
///
/// # Errors
/// The site is going down.
pub async fn kept(app: &App, asked: PhotoAsked, jpeg: Vec<u8>) -> Result<(), Fault> {
    let Some(folder) = app.web.photos.clone() else { return Ok(()) };
    let (asked, media) = (Box::new(asked), PhotoMedia::Jpeg);
    let said = match keep_bytes(jpeg, media, (&app.site, &folder)).await {
        Ok(hash) => Observation::PhotoTaken { asked, hash, media, taken_ms: None, clock_offset_ms: None },
        Err(error) => {
            tracing::warn!(%error, "the picture of a screen's own camera could not be kept");
            Observation::PhotoMissing { asked, trouble: PhotoTrouble::NotKept }
        }
    };
    Ok(app.site.observe(vec![said]).await?)
}

fn decoded(picture: &str) -> Option<Vec<u8>> {
    let is_small = picture.len() <= BYTES_MOST / 3 * 4;
    is_small.then(|| base64::engine::general_purpose::STANDARD.decode(picture).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_core::{AccessPointId, EntryId, RingId, Timestamp};

    #[test]
    fn a_picture_is_of_the_ring_or_of_the_entry_it_came_with_and_of_nothing_else() {
        let ring = asked(&Answer::Ring { ring: RingId(7), until: Timestamp(0) }).expect("of a ring");
        assert_eq!((ring.reason, ring.subject.ring), (PhotoReason::Rang, Some(RingId(7))));
        let entry =
            asked(&Answer::Entry { entry: EntryId(3), point: AccessPointId(1) }).expect("of an entry");
        assert_eq!((entry.reason, entry.subject.entry), (PhotoReason::Entry, Some(EntryId(3))));
        assert_eq!(asked(&Answer::Done), None);
    }

    #[test]
    fn what_is_no_small_base64_is_no_picture() {
        assert_eq!(decoded("/9j/"), Some(vec![0xFF, 0xD8, 0xFF]));
        assert_eq!(decoded("data:image/jpeg;base64,/9j/"), None);
        assert_eq!(decoded(&"A".repeat(BYTES_MOST * 2)), None);
    }
}
