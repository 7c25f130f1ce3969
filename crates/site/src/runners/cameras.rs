//! Joins the cameras and the writer: photos the rules ask for go out, what was taken is kept and told.
//!
//! Owns: the order of keeping (file, salt, event). Never: in the way of a pulse; what cannot be had is a photo missing, and
//! nobody waits for one.

pub mod queue;

use crate::evidence::PhotoFolder;
use crate::handle::{Gone, SiteHandle};
use crate::rows::Row;
use queue::{CameraHealth, CameraQueue, StillToTake, missing};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::task::{self, JoinHandle, JoinSet};
use vestibule_core::evidence::{PhotoAsked, PhotoHash, PhotoMedia, PhotoMoment, PhotoTrouble};
use vestibule_core::{CameraId, Effect, Observation};
use vestibule_devices::{Camera, Clock, DeviceError, DeviceHealth, MediaType, Millis, Still};

/// Photos wait here while the runner is busy.
pub const WISHES_QUEUED: usize = 256;

/// A photo that is wanted.
pub type Wish = (PhotoAsked, PhotoMoment);

/// Where wishes go, once a runner takes them.
#[derive(Clone, Default)]
pub struct PhotoRoute(Arc<Mutex<Option<mpsc::Sender<Wish>>>>);

impl PhotoRoute {
    /// From now on wishes go here.
    pub fn register(&self, wishes: mpsc::Sender<Wish>) {
        *self.0.lock().expect("a route is never held across a panic") = Some(wishes);
    }

    /// Hands wishes over; what is to be said of those nobody takes. Waits for nobody.
    pub(crate) fn send(&self, photos: Vec<Effect>) -> Vec<Observation> {
        if photos.is_empty() {
            return Vec::new();
        }
        let route = self.0.lock().expect("a route is never held across a panic").clone();
        let wishes = photos.into_iter().filter_map(|effect| match effect {
            Effect::TakePhoto { asked, moment } => Some((*asked, moment)),
            Effect::Unlock { .. }
            | Effect::Release { .. }
            | Effect::Notify { .. }
            | Effect::ForgetCode { .. } => None,
        });
        wishes
            .filter_map(|wish| {
                let (lost, trouble) = match &route {
                    None => (wish, PhotoTrouble::NotConfigured),
                    Some(route) => (route.try_send(wish).err()?.into_inner(), PhotoTrouble::Busy),
                };
                (lost.1 != PhotoMoment::DoorShut).then(|| missing(lost.0, trouble))
            })
            .collect()
    }
}

/// How the cameras are doing, for pages. Cheap to clone.
#[derive(Debug, Clone)]
pub struct CameraBoard {
    clock: Clock,
    health: Arc<Mutex<BTreeMap<CameraId, CameraHealth>>>,
    devices: Arc<Mutex<BTreeMap<CameraId, DeviceHealth>>>,
}

impl CameraBoard {
    /// Nothing is known yet.
    pub fn new(clock: Clock) -> Self {
        Self { clock, health: Arc::default(), devices: Arc::default() }
    }

    /// The health of each camera that is configured, and the time by the same clock.
    pub fn look(&self) -> (BTreeMap<CameraId, CameraHealth>, Millis) {
        (self.health.lock().expect("a board is never held across a panic").clone(), self.clock.now())
    }

    /// The firmware and the last exchanges of a camera that is configured, by the same clock.
    pub fn device(&self, camera: CameraId) -> Option<DeviceHealth> {
        self.devices.lock().expect("a board is never held across a panic").get(&camera).cloned()
    }

    fn know(&self, cameras: &Cameras) {
        let devices = cameras.iter().map(|(id, camera)| (*id, camera.health().clone())).collect();
        *self.devices.lock().expect("a board is never held across a panic") = devices;
    }

    fn show(&self, health: BTreeMap<CameraId, CameraHealth>) {
        *self.health.lock().expect("a board is never held across a panic") = health;
    }
}

/// Cameras by number.
pub type Cameras = Arc<BTreeMap<CameraId, Arc<dyn Camera>>>;

/// The cameras, ready to run.
pub struct CameraStart {
    /// Those that are to be asked; others may come and go while it runs.
    pub cameras: watch::Receiver<Cameras>,
    /// The writer.
    pub site: SiteHandle,
    /// Where photos are kept.
    pub folder: PhotoFolder,
    /// Where pages look.
    pub board: CameraBoard,
    /// What the rules ask for.
    pub wishes: mpsc::Receiver<Wish>,
    /// True ends it.
    pub shutdown: watch::Receiver<bool>,
}

/// Runs until told to stop or the writer is gone. What is still owed then is said to be missing.
pub fn start(start: CameraStart) -> JoinHandle<()> {
    tokio::spawn(async move {
        if run(start).await.is_err() {
            tracing::debug!("the cameras end with the writer");
        }
    })
}

/// A still that was taken, or not, and what became of its file.
struct Finished {
    answer: Result<Still, DeviceError>,
    kept: Option<io::Result<PhotoHash>>,
}

/// Stills on their way, each with what it is for: a driver that panics leaves that behind.
#[derive(Default)]
struct Flying {
    stills: JoinSet<Finished>,
    what_for: HashMap<task::Id, StillToTake>,
}

impl Flying {
    fn take(&mut self, still: StillToTake, taking: impl Future<Output = Finished> + Send + 'static) {
        let task = self.stills.spawn(taking);
        self.what_for.insert(task.id(), still);
    }

    /// The next one that ends; never, while none flies.
    async fn landed(&mut self) -> (StillToTake, Finished) {
        loop {
            let (id, finished) = match self.stills.join_next_with_id().await {
                Some(Ok((id, finished))) => (id, finished),
                Some(Err(error)) => {
                    tracing::error!(%error, "a camera's driver ended badly");
                    (error.id(), Finished { answer: Err(DeviceError::Garbled), kept: None })
                }
                None => std::future::pending().await,
            };
            if let Some(still) = self.what_for.remove(&id) {
                return (still, finished);
            }
        }
    }
}

/// Whose firmware is still to be asked for: cameras that have not answered since they are there or since they fell silent.
struct Unknown {
    cameras: BTreeSet<CameraId>,
    asked: JoinSet<()>,
}

impl Unknown {
    fn new(cameras: &Cameras) -> Self {
        Self { cameras: cameras.keys().copied().collect(), asked: JoinSet::new() }
    }

    /// It answers: the first time is the one to ask.
    fn answered(&mut self, camera: CameraId, cameras: &Cameras) {
        // What has ended is let go.
        while self.asked.try_join_next().is_some() {}
        if let Some(camera) = cameras.get(&camera).filter(|_| self.cameras.remove(&camera)).cloned() {
            self.asked.spawn(async move { camera.learn_firmware().await });
        }
    }
}

async fn run(start: CameraStart) -> Result<(), Gone> {
    let CameraStart { cameras: mut sets, site, folder, board, mut wishes, mut shutdown } = start;
    let clock = board.clock;
    let mut cameras = Cameras::clone(&sets.borrow_and_update());
    let known = cameras.iter().map(|(id, camera)| (*id, camera.kind(), camera.abilities()));
    let mut queue = CameraQueue::new(known, clock.now());
    let mut is_fed = true;
    let mut unknown = Unknown::new(&cameras);
    board.know(&cameras);
    let mut flying = Flying::default();
    loop {
        loop {
            let (still, late) = queue.next(clock.now());
            tell(&site, late).await?;
            let Some(still) = still else { break };
            let Some(camera) = cameras.get(&still.camera).cloned() else { break };
            flying.take(still.clone(), take(camera, still, site.clone(), folder.clone()));
        }
        board.show(queue.health());
        let now = clock.now();
        let wait = queue.next_deadline().map_or(u64::MAX / 2, |at| at.0.saturating_sub(now.0));
        let said = tokio::select! {
            _ = shutdown.wait_for(|stop| *stop) => break,
            wish = wishes.recv() => match wish {
                Some((asked, moment)) => queue.wanted(asked, moment, clock.now()).into_iter().collect(),
                None => break,
            },
            changed = sets.changed(), if is_fed => {
                is_fed = changed.is_ok();
                let next = Cameras::clone(&sets.borrow_and_update());
                let said = exchange(&mut queue, (&cameras, &next), clock.now());
                unknown.cameras.extend(next.keys().filter(|id| !is_same(id, &cameras, &next)));
                board.know(&next);
                cameras = next;
                said
            }
            (still, finished) = flying.landed() => {
                let (camera, answers) = (still.camera, finished.answer.is_ok());
                let said = finished_with(&mut queue, still, finished, clock.now());
                if answers {
                    unknown.answered(camera, &cameras);
                } else if said.contains(&Observation::CameraSilent { camera }) {
                    unknown.cameras.insert(camera);
                }
                said
            }
            () = tokio::time::sleep(Duration::from_millis(wait.min(3_600_000))) => Vec::new(),
        };
        tell(&site, said).await?;
    }
    // Whoever asks from here on hears that nobody takes it.
    wishes.close();
    let mut said = queue.given_up(flying.what_for.into_values());
    while let Ok((asked, moment)) = wishes.try_recv() {
        said.extend((moment != PhotoMoment::DoorShut).then(|| missing(asked, PhotoTrouble::Stopped)));
    }
    tell(&site, said).await
}

/// Others are asked from now on; one that is the same as before keeps what waits for it.
fn exchange(queue: &mut CameraQueue, (before, next): (&Cameras, &Cameras), now: Millis) -> Vec<Observation> {
    let known =
        next.iter().map(|(id, camera)| (*id, camera.kind(), camera.abilities(), is_same(id, before, next)));
    queue.exchange(known, now)
}

fn is_same(id: &CameraId, before: &Cameras, next: &Cameras) -> bool {
    before.get(id).zip(next.get(id)).is_some_and(|(before, next)| Arc::ptr_eq(before, next))
}

async fn tell(site: &SiteHandle, said: Vec<Observation>) -> Result<(), Gone> {
    if said.is_empty() { Ok(()) } else { site.observe(said).await }
}

async fn take(
    camera: Arc<dyn Camera>,
    still: StillToTake,
    site: SiteHandle,
    folder: PhotoFolder,
) -> Finished {
    let answer = camera.still(still.back).await;
    let kept = match (&answer, &still.asked) {
        (Ok(picture), Some(_)) => {
            Some(keep_bytes(picture.bytes.clone(), media(picture.media), (&site, &folder)).await)
        }
        _ => None,
    };
    Finished { answer, kept }
}

/// File, folder, salt: when this returns the event may follow.
pub(crate) async fn keep_bytes(
    bytes: Vec<u8>,
    media: PhotoMedia,
    (site, folder): (&SiteHandle, &PhotoFolder),
) -> io::Result<PhotoHash> {
    let writing = folder.clone();
    let written = tokio::task::spawn_blocking(move || writing.keep(&bytes, media)).await;
    let kept = written.map_err(io::Error::other)??;
    let salt = Row::PhotoSalt { hash: kept.hash, salt: kept.salt };
    site.write(vec![salt]).await.map_err(io::Error::other)?;
    folder.salted();
    Ok(kept.hash)
}

fn media(media: MediaType) -> PhotoMedia {
    match media {
        MediaType::Jpeg => PhotoMedia::Jpeg,
        MediaType::H264KeyFrame => PhotoMedia::H264KeyFrame,
    }
}

fn finished_with(
    queue: &mut CameraQueue,
    still: StillToTake,
    finished: Finished,
    now: Millis,
) -> Vec<Observation> {
    let Finished { answer, kept } = finished;
    let photo = match (&answer, kept, still.asked.clone()) {
        (Ok(picture), Some(Ok(hash)), Some(asked)) => Some(Observation::PhotoTaken {
            asked: Box::new(asked),
            hash,
            media: media(picture.media),
            taken_ms: picture.taken_ms,
            clock_offset_ms: picture.clock_offset_ms,
        }),
        (Ok(_), Some(Err(error)), Some(asked)) => {
            tracing::warn!(%error, camera = %still.camera, "a photo could not be kept");
            let is_full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
            let trouble = if is_full { PhotoTrouble::SpaceLow } else { PhotoTrouble::NotKept };
            still.is_owed.then(|| missing(asked, trouble))
        }
        _ => None,
    };
    let mut said: Vec<_> = photo.into_iter().collect();
    said.extend(queue.answered(still, answer.map(|picture| picture.clock_offset_ms), now));
    said
}

#[cfg(test)]
mod tests;
