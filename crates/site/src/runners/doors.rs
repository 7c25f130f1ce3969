//! Joins one door controller and the writer: releases go down to the device, what it saw and what was typed comes back.
//!
//! Owns: what the device's answer to a release means, and what a reader shows. Never: decides who may pass.

pub mod installing;
pub mod watch;

use crate::handle::{Request, SiteHandle};
use crate::keys::Keys;
use crate::runners::devices::{AdmitReader, DeviceBoard, KnownDoors};
use crate::service::DoorRoutes;
use crate::store::DurableRelease;
use crate::web::given::{Given, proof};
use std::sync::Arc;
use tokio::sync::{mpsc, watch as flag};
use tokio::task::JoinHandle;
use vestibule_core::code::pin::number_and_pin;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::{AccessPointId, Actor, Command, EntryId, Observation, Site};
use vestibule_devices::{Clock, DeviceError, DoorController, DoorReport, Look, ReleaseIntent};
use watch::{DoorWatch, Heard, Typed};

/// Releases wait here while the device is busy: more than the doors of one controller ever need.
const RELEASES_QUEUED: usize = 16;
/// A new reader is put up by one person at a time.
const NEW_READERS_QUEUED: usize = 2;

/// One controller, ready to run.
pub struct DoorsStart {
    /// What traces call it.
    pub name: String,
    /// The site's end of it.
    pub controller: DoorController<DurableRelease>,
    /// What it saw.
    pub reports: mpsc::Receiver<DoorReport>,
    /// The clock in which releases say their last moment.
    pub clock: Clock,
    /// The writer.
    pub site: SiteHandle,
    /// Where pages see how it is doing.
    pub devices: DeviceBoard,
    /// To hash what is typed.
    pub keys: Arc<Keys>,
    /// True ends it.
    pub shutdown: flag::Receiver<bool>,
}

/// Runs a controller until it is told to stop or the writer is gone. Its doors are released from now on.
pub fn start(start: DoorsStart, routes: &DoorRoutes) -> JoinHandle<()> {
    let (release, releases) = mpsc::channel(RELEASES_QUEUED);
    for door in start.controller.abilities().keys() {
        routes.register(AccessPointId(*door), release.clone());
    }
    let health = start.controller.health().iter();
    let health = health.map(|(door, health)| (AccessPointId(*door), health.clone())).collect();
    let with_own_key = start.controller.abilities().iter().filter(|(_, abilities)| abilities.own_key);
    let own_keys = with_own_key.map(|(door, _)| AccessPointId(*door)).collect();
    let (new_readers, admitted) = mpsc::channel(NEW_READERS_QUEUED);
    start.devices.put_doors(KnownDoors { name: start.name.clone(), health, own_keys, new_readers });
    let span = tracing::info_span!("doors", name = %start.name);
    tokio::spawn(tracing::Instrument::instrument(run(start, releases, admitted), span))
}

async fn run(
    start: DoorsStart,
    mut releases: mpsc::Receiver<DurableRelease>,
    admitted: mpsc::Receiver<AdmitReader>,
) {
    let (site, controller) = (start.site.clone(), start.controller.clone());
    let mut shutdown = start.shutdown.clone();
    let admits = admit_all(admitted, controller.clone());
    let all =
        async { tokio::join!(release_all(&mut releases, (&site, &controller)), hear_all(start), admits) };
    tokio::select! {
        biased;
        stopped = shutdown.wait_for(|stop| *stop) => drop(stopped),
        _ = all => {}
    }
    shut_out(&site, releases).await;
}

/// The controller is finished: nothing more comes in, and what waits at its door was not taken.
async fn shut_out(site: &SiteHandle, mut releases: mpsc::Receiver<DurableRelease>) {
    releases.close();
    let left = std::iter::from_fn(|| releases.try_recv().ok());
    let not_taken = |release: DurableRelease| Observation::Release {
        entry: EntryId(release.entry()),
        outcome: ReleaseOutcome::NotTaken,
    };
    let left: Vec<Observation> = left.map(not_taken).collect();
    if !left.is_empty() {
        // Without a writer there is nobody to tell: the next start says what became of them.
        let _ = site.observe(left).await;
    }
}

/// What the device's answer means for the entry. An order that may have been taken is unknown, never tried again; one that was
/// never sent is not.
fn outcome(answer: Result<(), DeviceError>) -> ReleaseOutcome {
    match answer {
        Ok(()) => ReleaseOutcome::Taken,
        Err(DeviceError::Timeout | DeviceError::Garbled) => ReleaseOutcome::Unknown,
        Err(_) => ReleaseOutcome::NotTaken,
    }
}

/// Lets new readers in, as staff ask.
async fn admit_all(mut new_readers: mpsc::Receiver<AdmitReader>, controller: DoorController<DurableRelease>) {
    while let Some(AdmitReader { point, for_ms, taken }) = new_readers.recv().await {
        // Whoever asked may have gone.
        let _ = taken.send(controller.admit_new_reader(point.0, for_ms).await);
    }
}

/// Each release in a task of its own: one door that is slow to answer holds up no other.
async fn release_all(
    releases: &mut mpsc::Receiver<DurableRelease>,
    (site, controller): (&SiteHandle, &DoorController<DurableRelease>),
) {
    while let Some(release) = releases.recv().await {
        let (site, controller) = (site.clone(), controller.clone());
        tokio::spawn(async move {
            let (entry, door) = (EntryId(release.entry()), release.door());
            let outcome = outcome(controller.release(release).await);
            let _ = site.observe(vec![Observation::Release { entry, outcome }]).await;
            let look = if outcome == ReleaseOutcome::NotTaken { Look::Denied } else { Look::Granted };
            let _ = controller.show(door, look).await;
        });
    }
}

async fn hear_all(mut start: DoorsStart) {
    let mut watch = DoorWatch::default();
    while let Some(report) = start.reports.recv().await {
        let heard = match watch.handle(&report, start.clock.now()) {
            None => continue,
            Some(Heard::Fact(fact)) => start.site.observe(vec![fact]).await.is_ok(),
            Some(Heard::Shown(point, typed)) => shown(&start, point, &typed).await,
        };
        if !heard {
            return;
        }
    }
}

/// Hands on what somebody typed; a no is shown at the reader, a yes when the device has taken the release.
async fn shown(start: &DoorsStart, point: AccessPointId, typed: &Typed) -> bool {
    let facts = |site: &Site, _| site.tag.map(|tag| (tag, site.policy.pin_length.random_digits() + 1));
    let Ok(Some((tag, pin_digits))) = start.site.read(facts).await else { return false };
    let (purpose, given) = match typed {
        Typed::Code(code) => match number_and_pin(code, pin_digits) {
            Some((selector, digits)) => (Purpose::EnterToCollect, Given::Digits { selector, digits }),
            None => (Purpose::Enter, Given::Code(code)),
        },
        Typed::NumberAndPin(selector, digits) => {
            (Purpose::EnterToCollect, Given::Digits { selector, digits })
        }
    };
    let granted = match proof(&given, &*start.keys, tag) {
        Err(_) => false,
        Ok(proof) => {
            let command = Command::Admit { point, purpose, proof };
            match start.site.ask(Request::new(Actor::Door(point), command)).await {
                Ok(outcome) => outcome.answer.is_ok(),
                Err(_) => return false,
            }
        }
    };
    if !granted {
        let _ = start.controller.show(point.0, Look::Denied).await;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::{self, Ahead, machine_clocks};
    use crate::store::StoreOptions;
    use std::collections::{BTreeMap, BTreeSet};
    use vestibule_core::access::point::{PointKind, PointSpec};
    use vestibule_core::policy::Policy;
    use vestibule_core::vocabulary::command::StaffReason;
    use vestibule_core::{Answer, StaffId};
    use vestibule_ledger::SiteKey;

    const STREET: AccessPointId = AccessPointId(1);

    async fn ask(site: &SiteHandle, actor: Actor, command: Command) -> Answer {
        site.ask(Request::new(actor, command)).await.expect("it runs").answer.expect("it is granted")
    }

    #[tokio::test]
    async fn a_release_that_waits_when_its_controller_goes_was_not_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let options = StoreOptions::in_folder(folder.path(), SiteKey::new("doors").expect("a key"));
        let (clock, keys) = (Clock::start(), Arc::new(Keys::generate()));
        let clocks = machine_clocks(clock, Ahead::default());
        let running = service::start(options, Arc::clone(&keys), clocks).expect("it starts");
        let site = running.handle.clone();
        ask(&site, Actor::Console, Command::Found { policy: Policy::default() }).await;
        let spec = PointSpec {
            label: "Street door".to_owned(),
            kind: PointKind::BuildingEntrance,
            contact: true,
            request_to_exit: false,
            reader: false,
            banks: BTreeSet::new(),
            shelves: BTreeSet::new(),
            areas: BTreeSet::new(),
        };
        ask(&site, Actor::Console, Command::InstallAccessPoint { spec }).await;
        let (release, releases) = mpsc::channel(RELEASES_QUEUED);
        running.doors.register(STREET, release);
        let command = Command::LetInOnce { point: STREET, reason: StaffReason::HelpCourier };
        let let_in = ask(&site, Actor::Staff(StaffId(1)), command).await;
        let Answer::Entry { entry, .. } = let_in else { panic!("{let_in:?}") };
        assert_eq!(releases.len(), 1, "it waits for the device");
        let start = DoorsStart {
            name: "Intercom".to_owned(),
            controller: DoorController::new(BTreeMap::new(), BTreeMap::new()).0,
            reports: mpsc::channel(1).1,
            clock,
            site: site.clone(),
            devices: DeviceBoard::new(clock),
            keys,
            shutdown: flag::channel(true).1,
        };
        run(start, releases, mpsc::channel(1).1).await;
        let awaits = site.read(move |site, _| site.access.entries.contains_key(&entry)).await;
        assert!(!awaits.expect("it runs"), "nobody would ever say what became of it");
        site.stop().await;
    }

    #[test]
    fn an_order_that_may_have_been_taken_is_unknown() {
        assert_eq!(outcome(Ok(())), ReleaseOutcome::Taken);
        assert_eq!(outcome(Err(DeviceError::Timeout)), ReleaseOutcome::Unknown);
        assert_eq!(outcome(Err(DeviceError::Unsupported)), ReleaseOutcome::NotTaken);
        assert_eq!(outcome(Err(DeviceError::Away)), ReleaseOutcome::NotTaken, "nothing was sent");
    }
}
