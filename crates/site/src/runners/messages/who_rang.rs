//! The picture of who rang, as the message to who is asked carries it.
//!
//! Owns: how long a message waits for it. Never: asks a camera; the rules did when somebody rang.

use super::attempt::Attempt;
use crate::evidence::photos::{self, Photo};
use std::time::Duration;
use vestibule_core::evidence::photo::sees_door;
use vestibule_core::{AccessPointId, RingId};

/// A message goes out without a picture that is not there by then: an answer counts for two minutes, and the page behind the
/// link shows what comes later.
const CAMERA_WITHIN: Duration = Duration::from_millis(1_500);
/// Where no camera sees the door the picture comes with the ring, or not at all.
const SCREEN_WITHIN: Duration = Duration::from_millis(400);

/// The picture, small enough for a message. None: there is none in time.
pub(super) async fn picture(attempt: &Attempt, (ring, point): (RingId, AccessPointId)) -> Option<Vec<u8>> {
    let has_camera = attempt.site.read(move |site, _| sees_door(site, point)).await.ok()?;
    let within = if has_camera { CAMERA_WITHIN } else { SCREEN_WITHIN };
    let photo = tokio::time::timeout(within, taken(attempt, ring)).await.ok().flatten()?;
    let whole = whole(attempt, photo).await?;
    attempt.fitting.fitted(whole).await
}

/// Waits until it is recorded.
async fn taken(attempt: &Attempt, ring: RingId) -> Option<Photo> {
    let mut changes = attempt.site.changes();
    loop {
        if let Ok(Some(photo)) = attempt.site.query(move |tables| photos::of_ring(tables, ring)).await {
            return Some(photo);
        }
        changes.changed().await.ok()?;
    }
}

async fn whole(attempt: &Attempt, photo: Photo) -> Option<Vec<u8>> {
    let folder = attempt.photos.clone()?;
    let hash = photo.hash;
    let salt = attempt.site.query(move |tables| photos::salt(tables, hash)).await.ok()??;
    let read = tokio::task::spawn_blocking(move || folder.read(hash, photo.media, &salt)).await.ok()?;
    read.map_err(
        |error| tracing::warn!(%error, photo = %photo.photo, "the picture of who rang cannot be sent"),
    )
    .ok()
}
