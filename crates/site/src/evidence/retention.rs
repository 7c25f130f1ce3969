//! Erases photos whose time is over, and says so: file first, then the event that takes the salt with it.
//!
//! Owns: when to look. Never: how long a photo is kept; the rules say that.

use super::{PhotoFolder, photos};
use crate::handle::{Gone, SiteHandle, Unwritten};
use crate::rows::Row;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use vestibule_core::evidence::PhotoGone;
use vestibule_core::{Observation, PhotoId};

/// How often it is looked: the shortest time a policy takes is an hour.
const EVERY: Duration = Duration::from_secs(600);
/// So many photos are looked at in one go.
const AT_ONCE: u32 = 500;

/// Looks now and every ten minutes, until told to stop or the writer is gone.
pub fn start(site: SiteHandle, folder: PhotoFolder, mut shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let again_and_again = async {
            while erase_over(&site, &folder).await.is_ok() {
                tokio::time::sleep(EVERY).await;
            }
        };
        tokio::select! {
            () = again_and_again => {}
            stopped = shutdown.wait_for(|stop| *stop) => drop(stopped),
        }
    })
}

/// Erases what is over now. What cannot be erased is tried again next time.
///
/// # Errors
/// [`Gone`].
pub async fn erase_over(site: &SiteHandle, folder: &PhotoFolder) -> Result<(), Gone> {
    let mut after = PhotoId(0);
    loop {
        let found = site.query(move |tables| photos::stored(tables, after, AT_ONCE)).await;
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(%error, "photos could not be looked at; it is tried again in ten minutes");
                return Ok(());
            }
        };
        let Some(last) = found.last().map(|(photo, ..)| photo.photo) else { return Ok(()) };
        after = last;
        let over = site
            .read(move |site, now| {
                found.into_iter().filter(|(photo, ..)| site.is_over(photo, now)).collect::<Vec<_>>()
            })
            .await?;
        if over.is_empty() {
            continue;
        }
        let (ids, files): (Vec<_>, Vec<_>) =
            over.into_iter().map(|(photo, hash, media)| (photo.photo, (hash, media))).unzip();
        let erasing = folder.clone();
        let erased = tokio::task::spawn_blocking(move || erasing.erase(&files)).await;
        match erased {
            Ok(Ok(())) => {
                site.observe(vec![Observation::PhotosGone { photos: ids, why: PhotoGone::Over }]).await?
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "photos could not be erased; it is tried again in ten minutes")
            }
            Err(error) => tracing::error!(%error, "erasing photos ended badly"),
        }
    }
}

/// At a start, before any photo is taken: removes files and salts no event speaks of, and records what is missing.
///
/// # Errors
/// [`Gone`].
pub async fn sweep(site: &SiteHandle, folder: &PhotoFolder) -> Result<(), Gone> {
    let recorded = match site.query(photos::recorded).await {
        Ok(recorded) => recorded,
        Err(error) => {
            tracing::warn!(%error, "photos could not be compared with the ledger");
            return Ok(());
        }
    };
    let files: Vec<_> = recorded.iter().map(|(_, hash, media)| (*hash, *media)).collect();
    let sweeping = folder.clone();
    let swept = match tokio::task::spawn_blocking(move || sweeping.sweep(&files)).await {
        Ok(Ok(swept)) => swept,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the folder of photos could not be looked through");
            return Ok(());
        }
        Err(error) => {
            tracing::error!(%error, "looking through the photos ended badly");
            return Ok(());
        }
    };
    if swept.strays > 0 {
        tracing::info!(files = swept.strays, "photos without an event were removed");
    }
    match site.write(vec![Row::ForgetStraySalts]).await {
        Err(Unwritten::Gone) => return Err(Gone),
        Err(Unwritten::Refused(why)) => {
            tracing::warn!(why = why.code(), "salts of no photo stay until the next start")
        }
        Ok(()) => {}
    }
    let lost: Vec<_> =
        recorded.iter().filter(|(_, hash, _)| swept.lost.contains(hash)).map(|(photo, ..)| *photo).collect();
    if lost.is_empty() {
        return Ok(());
    }
    tracing::warn!(photos = lost.len(), "photos of the ledger are not on the disk");
    site.observe(vec![Observation::PhotosGone { photos: lost, why: PhotoGone::Lost }]).await
}
