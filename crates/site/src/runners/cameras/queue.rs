//! What is asked of which camera next: the half that holds all meaning. One request a camera at a time, a short queue each,
//! and a camera that does not answer is left in peace between two looks, for longer where asking again helps nobody.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;
use vestibule_core::evidence::{PhotoAsked, PhotoMoment, PhotoTrouble};
use vestibule_core::{CameraId, Observation, OpeningId};
use vestibule_devices::{CameraAbilities, CameraFault, CameraKind, DeviceError, Millis};

/// A door has just opened: so long until hands and parcel can be seen, in ms.
pub const HANDS_SEEN_AFTER_MS: u64 = 2_000;
/// A door has just shut: so long ago the parcel was still to be seen.
pub const BEFORE_IT_SHUT: Duration = Duration::from_millis(1_500);
/// A contact tells of an opening so late.
pub const OPENED_AGO: Duration = Duration::from_millis(500);
/// Photos that wait for one camera.
const WAITING: usize = 8;
/// A photo that comes later than this after its moment shows something else, in ms.
const TOO_LATE_MS: u64 = 10_000;
/// So many failures one after the other, and the camera counts as silent.
const SILENT_AFTER: u32 = 3;
/// A silent camera is asked so often, in ms.
const SILENT_EVERY_MS: u64 = 10_000;
/// A camera nobody wants anything of is looked at so often, in ms. The picture is thrown away.
const LOOK_EVERY_MS: u64 = 300_000;
/// The failures of so many requests are counted.
const COUNTED: usize = 100;

/// A still to be taken now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StillToTake {
    /// Of which camera.
    pub camera: CameraId,
    /// How far back.
    pub back: Duration,
    /// For which photo; None: only to see whether it answers.
    pub asked: Option<PhotoAsked>,
    /// That it is missing is said; one more look at what was photographed already is owed to nobody.
    pub is_owed: bool,
    /// Of which of the devices that have had this camera's number.
    pub device: DeviceNumber,
}

/// The devices of all cameras, counted as they came.
pub type DeviceNumber = u64;

/// How a camera is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CameraHealth {
    /// When it answered last.
    pub answered: Option<Millis>,
    /// Its clock minus ours in ms, at the last answer that showed one.
    pub clock_offset_ms: Option<i64>,
    /// How long its newest answer took, in ms.
    pub took_ms: Option<u64>,
    /// Why the newest request came to nothing; None: it did not.
    pub fault: Option<CameraFault>,
    /// Of the newest requests, oldest first: whether each failed.
    failed: VecDeque<bool>,
}

impl CameraHealth {
    /// How many of how many newest requests failed.
    pub fn failures(&self) -> (usize, usize) {
        (self.failed.iter().filter(|failed| **failed).count(), self.failed.len())
    }

    fn count(&mut self, failed: bool) {
        self.failed.push_back(failed);
        if self.failed.len() > COUNTED {
            self.failed.pop_front();
        }
    }
}

struct Waiting {
    asked: PhotoAsked,
    due: Millis,
    back: Duration,
    is_owed: bool,
}

impl Waiting {
    fn missed(self, trouble: PhotoTrouble) -> Option<Observation> {
        self.is_owed.then(|| missing(self.asked, trouble))
    }
}

struct Line {
    device: DeviceNumber,
    kind: CameraKind,
    abilities: CameraAbilities,
    waiting: VecDeque<Waiting>,
    /// Which device is being asked. The one before, until it has answered: it may be the same one, reached otherwise.
    asks: Option<DeviceNumber>,
    /// When it was asked last.
    asked_at: Millis,
    failures: u32,
    /// What the newest failure is to whoever wanted a photo.
    trouble: PhotoTrouble,
    /// What the site was told last: silent or not.
    told: Option<bool>,
    /// Not asked before.
    look_at: Millis,
    health: CameraHealth,
}

impl Line {
    /// Nothing is wanted of it yet, and it is looked at once.
    fn new((kind, abilities): (CameraKind, CameraAbilities), device: DeviceNumber, now: Millis) -> Self {
        Self {
            device,
            kind,
            abilities,
            waiting: VecDeque::new(),
            asks: None,
            asked_at: now,
            failures: 0,
            trouble: PhotoTrouble::NoAnswer,
            told: None,
            look_at: now,
            health: CameraHealth::default(),
        }
    }

    fn is_silent(&self) -> bool {
        self.failures >= SILENT_AFTER
    }

    fn is_busy(&self) -> bool {
        self.asks.is_some()
    }

    fn ask(&mut self, now: Millis) {
        (self.asks, self.asked_at) = (Some(self.device), now);
    }

    /// When a camera that failed is looked at again. One that somebody must repair first is told so three times and then left alone.
    fn left_alone_until(&self, fault: CameraFault, now: Millis) -> Millis {
        now.plus(if self.is_silent() && fault.is_lasting() { LOOK_EVERY_MS } else { SILENT_EVERY_MS })
    }

    /// How far back it is by now: while the camera was busy the moment went by.
    fn back_of(&self, waiting: &Waiting, now: Millis) -> Duration {
        let kept = self.abilities.look_back.unwrap_or_default();
        if waiting.back.is_zero() {
            return Duration::ZERO;
        }
        kept.min(waiting.back + Duration::from_millis(now.since(waiting.due)))
    }

    fn first_due(&self) -> Option<Millis> {
        self.waiting.iter().map(|waiting| waiting.due).min()
    }
}

/// The cameras of a site and what is wanted of them.
pub struct CameraQueue {
    lines: BTreeMap<CameraId, Line>,
    /// The newest device.
    devices: DeviceNumber,
}

impl CameraQueue {
    /// Nothing is wanted yet; each camera is looked at once.
    pub fn new(
        cameras: impl IntoIterator<Item = (CameraId, CameraKind, CameraAbilities)>,
        now: Millis,
    ) -> Self {
        let mut queue = Self { lines: BTreeMap::new(), devices: 0 };
        let all_new = cameras.into_iter().map(|(id, kind, abilities)| (id, kind, abilities, false));
        queue.exchange(all_new, now);
        queue
    }

    /// From now on these are the cameras; of each, whether it is the same as before. What waits for one that is gone is missing.
    pub fn exchange(
        &mut self,
        cameras: impl IntoIterator<Item = (CameraId, CameraKind, CameraAbilities, bool)>,
        now: Millis,
    ) -> Vec<Observation> {
        let mut before = std::mem::take(&mut self.lines);
        for (id, kind, abilities, is_same) in cameras {
            let line = match before.remove(&id) {
                Some(line) if is_same => line,
                Some(Line { waiting, told, asks, .. }) => {
                    Line { waiting, told, asks, ..self.new_line((kind, abilities), now) }
                }
                None => self.new_line((kind, abilities), now),
            };
            self.lines.insert(id, line);
        }
        let waiting = before.into_values().flat_map(|line| line.waiting);
        waiting.filter_map(|waiting| waiting.missed(PhotoTrouble::NotConfigured)).collect()
    }

    fn new_line(&mut self, kind: (CameraKind, CameraAbilities), now: Millis) -> Line {
        self.devices += 1;
        Line::new(kind, self.devices, now)
    }

    /// A photo is wanted. What is to be said at once if it cannot be had.
    pub fn wanted(&mut self, asked: PhotoAsked, moment: PhotoMoment, now: Millis) -> Option<Observation> {
        let Some(line) = self.lines.get_mut(&asked.camera) else {
            return (moment != PhotoMoment::DoorShut).then(|| missing(asked, PhotoTrouble::NotConfigured));
        };
        let is_kept = line.abilities.look_back.is_some_and(|kept| kept >= BEFORE_IT_SHUT);
        let ago = |ago: Duration| if is_kept { ago } else { Duration::ZERO };
        let before = ago(BEFORE_IT_SHUT);
        let (due, back) = match moment {
            PhotoMoment::Now => (now, Duration::ZERO),
            PhotoMoment::DoorOpened => (now.plus(HANDS_SEEN_AFTER_MS), Duration::ZERO),
            PhotoMoment::PassageOpened => (now, ago(OPENED_AGO)),
            PhotoMoment::DoorShut => (now, before),
        };
        if moment == PhotoMoment::DoorShut {
            if let Some(owed) = line.waiting.iter_mut().find(|waiting| same_opening(&waiting.asked, &asked)) {
                (owed.due, owed.back) = (now, before);
                return None;
            }
            if !is_kept || line.is_silent() {
                return None;
            }
        }
        if line.is_silent() && (line.is_busy() || now < line.look_at) {
            return Some(missing(asked, line.trouble));
        }
        if line.waiting.len() >= WAITING {
            return (moment != PhotoMoment::DoorShut).then(|| missing(asked, PhotoTrouble::Busy));
        }
        line.waiting.push_back(Waiting { asked, due, back, is_owed: moment != PhotoMoment::DoorShut });
        None
    }

    /// The next still to be taken, and what is too late by now. Call until nothing is left.
    pub fn next(&mut self, now: Millis) -> (Option<StillToTake>, Vec<Observation>) {
        let mut late = Vec::new();
        for (camera, line) in self.lines.iter_mut().filter(|(_, line)| !line.is_busy()) {
            let is_late = |waiting: &Waiting| now >= waiting.due.plus(TOO_LATE_MS);
            while let Some(at) = line.waiting.iter().position(is_late) {
                late.extend(line.waiting.remove(at).and_then(|waiting| waiting.missed(PhotoTrouble::Busy)));
            }
            let due = line.waiting.iter().position(|waiting| waiting.due <= now);
            if let Some(waiting) = due.and_then(|at| line.waiting.remove(at)) {
                line.ask(now);
                let back = line.back_of(&waiting, now);
                let Waiting { asked, is_owed, .. } = waiting;
                let (camera, device) = (*camera, line.device);
                let still = StillToTake { camera, back, asked: Some(asked), is_owed, device };
                return (Some(still), late);
            }
            if now >= line.look_at {
                line.ask(now);
                let (camera, device) = (*camera, line.device);
                let look = StillToTake { camera, back: Duration::ZERO, asked: None, is_owed: false, device };
                return (Some(look), late);
            }
        }
        (None, late)
    }

    /// When there is something to do without anybody asking.
    pub fn next_deadline(&self) -> Option<Millis> {
        let free = self.lines.values().filter(|line| !line.is_busy());
        free.map(|line| line.first_due().map_or(line.look_at, |due| due.min(line.look_at))).min()
    }

    /// What a camera answered to the still that was taken, in the site's words. The photo itself is told by whoever kept it.
    pub fn answered(
        &mut self,
        still: StillToTake,
        answer: Result<Option<i64>, DeviceError>,
        now: Millis,
    ) -> Vec<Observation> {
        let Some(line) = self.lines.get_mut(&still.camera) else {
            // It was taken away while it was being asked.
            let owed = still.asked.filter(|_| still.is_owed && answer.is_err());
            return owed.map(|asked| missing(asked, PhotoTrouble::NotConfigured)).into_iter().collect();
        };
        if line.asks == Some(still.device) {
            line.asks = None;
        }
        if line.device != still.device {
            // Another device has its number by now: what this one did says nothing of that one.
            let owed = still.asked.filter(|_| still.is_owed);
            let failed = answer.err().zip(owed);
            return failed.map(|(error, asked)| missing(asked, trouble(error))).into_iter().collect();
        }
        line.health.count(answer.is_err());
        match answer {
            Ok(clock_offset_ms) => {
                line.failures = 0;
                line.health.fault = None;
                line.look_at = now.plus(LOOK_EVERY_MS);
                line.health.answered = Some(now);
                line.health.took_ms = Some(now.since(line.asked_at));
                line.health.clock_offset_ms = clock_offset_ms.or(line.health.clock_offset_ms);
                let is_news = line.told.replace(false) != Some(false);
                is_news.then_some(Observation::CameraBack { camera: still.camera }).into_iter().collect()
            }
            Err(error) => {
                let fault = CameraFault::of(line.kind, error);
                line.failures = line.failures.saturating_add(1);
                line.look_at = line.left_alone_until(fault, now);
                (line.health.fault, line.trouble) = (Some(fault), trouble(error));
                let mut said = Vec::new();
                if let Some(asked) = still.asked {
                    let failed = Waiting { asked, due: now, back: Duration::ZERO, is_owed: still.is_owed };
                    // A past it does not keep, as just after it was switched on: then the present.
                    if still.is_owed && still.back > Duration::ZERO && fault == CameraFault::NoPast {
                        line.waiting.push_front(failed);
                    } else {
                        said.extend(failed.missed(line.trouble));
                    }
                }
                if line.is_silent() {
                    let (waiting, trouble) = (line.waiting.drain(..), line.trouble);
                    said.extend(waiting.filter_map(|waiting| waiting.missed(trouble)));
                    if line.told.replace(true) != Some(true) {
                        tracing::warn!(camera = %still.camera, %fault, "a camera gives no photos");
                        said.push(Observation::CameraSilent { camera: still.camera });
                    }
                }
                said
            }
        }
    }

    /// What is said of the photos that are still owed when nothing will be taken any more.
    pub fn given_up(self, flying: impl IntoIterator<Item = StillToTake>) -> Vec<Observation> {
        let flying = flying.into_iter().filter(|still| still.is_owed).filter_map(|still| still.asked);
        let waiting = self.lines.into_values().flat_map(|line| line.waiting);
        let waiting = waiting.filter(|waiting| waiting.is_owed).map(|waiting| waiting.asked);
        flying.chain(waiting).map(|asked| missing(asked, PhotoTrouble::Stopped)).collect()
    }

    /// How each camera is doing.
    pub fn health(&self) -> BTreeMap<CameraId, CameraHealth> {
        self.lines.iter().map(|(camera, line)| (*camera, line.health.clone())).collect()
    }
}

/// A photo that is not there.
pub fn missing(asked: PhotoAsked, trouble: PhotoTrouble) -> Observation {
    Observation::PhotoMissing { asked: Box::new(asked), trouble }
}

fn same_opening(one: &PhotoAsked, other: &PhotoAsked) -> bool {
    let opening = |asked: &PhotoAsked| -> Option<OpeningId> { asked.subject.opening };
    opening(one).is_some() && opening(one) == opening(other) && one.reason == other.reason
}

fn trouble(error: DeviceError) -> PhotoTrouble {
    match error {
        DeviceError::Timeout | DeviceError::Away | DeviceError::Expired => PhotoTrouble::NoAnswer,
        DeviceError::Garbled => PhotoTrouble::NoPicture,
        DeviceError::UnexpectedOpen
        | DeviceError::UnexpectedClosed
        | DeviceError::FailedToOpen
        | DeviceError::FailedToClose
        | DeviceError::Unsupported
        | DeviceError::Forbidden
        | DeviceError::Blocked
        | DeviceError::Untrusted
        | DeviceError::Vendor { .. } => PhotoTrouble::Refused,
    }
}

#[cfg(test)]
mod tests;
