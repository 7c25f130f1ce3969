//! Erases photos whose time is over, once that is on the record: first the event that takes the salt with it, then the file. A
//! file that a crash leaves in between is one no event speaks of, and goes at the next start.
//!
//! Owns: when to look. Never: how long a photo is kept, or that it is over; the rules say that.

use super::{PhotoFolder, photos};
use crate::handle::{Gone, SiteHandle, Unwritten};
use crate::rows::Row;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use vestibule_core::evidence::retention::StoredPhoto;
use vestibule_core::evidence::{PhotoHash, PhotoMedia};
use vestibule_core::{Observation, PhotoId, Site};

/// How often it is looked: the shortest time a policy takes is an hour.
const EVERY: Duration = Duration::from_secs(600);
/// So many photos are looked at in one go.
const AT_ONCE: u32 = 500;

/// Files that are to go.
pub type Leftovers = Vec<(PhotoHash, PhotoMedia)>;

/// Looks now and every ten minutes, until told to stop or the writer is gone.
pub fn start(site: SiteHandle, folder: PhotoFolder, mut shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let again_and_again = async {
            let mut left = Leftovers::new();
            while erase_over(&site, &folder, &mut left).await.is_ok() {
                tokio::time::sleep(EVERY).await;
            }
        };
        tokio::select! {
            () = again_and_again => {}
            stopped = shutdown.wait_for(|stop| *stop) => drop(stopped),
        }
    })
}

/// Erases what is over now. Files that cannot be removed stay in `left` for the next time.
///
/// # Errors
/// [`Gone`].
pub async fn erase_over(site: &SiteHandle, folder: &PhotoFolder, left: &mut Leftovers) -> Result<(), Gone> {
    let until = site.read(|site, now| site.photos_may_be_over_until(now)).await?;
    let mut after = PhotoId(0);
    loop {
        let found = site.query(move |tables| photos::stored(tables, (after, until), AT_ONCE)).await;
        let Some(found) = looked_at(found) else { break };
        let Some(last) = found.last().map(|stored| stored.photo) else { break };
        after = last;
        left.extend(record_over(site, found).await?);
    }
    if left.is_empty() {
        return Ok(());
    }
    let (erasing, files) = (folder.clone(), left.clone());
    match tokio::task::spawn_blocking(move || erasing.erase(&files)).await {
        Ok(Ok(())) => left.clear(),
        Ok(Err(error)) => {
            tracing::warn!(%error, "photos could not be erased; it is tried again in ten minutes");
        }
        Err(error) => tracing::error!(%error, "erasing photos ended badly"),
    }
    Ok(())
}

/// Has the rules erase what is over of these; the files that nothing speaks of any more, once that is durable.
async fn record_over(site: &SiteHandle, found: Vec<StoredPhoto>) -> Result<Leftovers, Gone> {
    let is_over = |site: &Site, now| -> Vec<StoredPhoto> {
        found.into_iter().filter(|stored| site.is_over(stored, now)).collect()
    };
    let over = site.read(is_over).await?;
    if over.is_empty() {
        return Ok(Leftovers::new());
    }
    let photos: Vec<PhotoId> = over.iter().map(|stored| stored.photo).collect();
    // Whether each is over is decided with the holds of that moment, which may be more than were there just now.
    site.observe(vec![Observation::PhotosStored { photos: over }]).await?;
    // A look waits until what was said before it is durable.
    site.read(|_, _| ()).await?;
    let gone = site.query(move |tables| photos::gone_of(tables, &photos)).await;
    Ok(looked_at(gone).unwrap_or_default())
}

fn looked_at<T>(found: rusqlite::Result<T>) -> Option<T> {
    found
        .inspect_err(|error| {
            tracing::warn!(%error, "photos could not be looked at; it is tried again in ten minutes");
        })
        .ok()
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
        tracing::info!(files = swept.strays, "photos no event speaks of were removed");
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
    site.observe(vec![Observation::PhotosLost { photos: lost }]).await
}
