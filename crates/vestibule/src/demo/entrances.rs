//! The doors one walks through: the street door on a simulated intercom, the package room on a simulated reader.
//!
//! Owns: who walks through them. Never: releases one; the site does, as it would any other.

use super::plan::{PACKAGE_ROOM, Plan, STREET_DOOR};
use crate::failure::Failure;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use vestibule_simulators::doors::{DoorMake, DoorOptions, DoorServer, Leaf};
use vestibule_simulators::readers::{OsdpReader, ReaderLine, ReaderOptions, serve_reader_pty};
use vestibule_site::config::DoorsConfig;
use vestibule_site::keys::fresh_bytes;
use vestibule_site::web::demo::{PassageAct, PassageSight};

/// File name of the reader's own key in the folder of the demonstration.
const KEY: &str = "package-room.key";
/// The intercom's switch and its contact.
const RELAY: &str = "1";
const CONTACT: &str = "input1";
/// The reader's inputs.
const DOOR: usize = 0;
const BUTTON: usize = 1;
/// How often somebody looks whether the lock buzzes.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// Who is let in opens so soon, is through so soon, and stays in the room so long.
const OPENS_AFTER: Duration = Duration::from_millis(900);
const THROUGH_AFTER: Duration = Duration::from_secs(3);
const STAYS: Duration = Duration::from_secs(20);

/// The doors of a demonstration.
pub struct Entrances {
    plan: Plan,
    /// The intercom, where there is a street door.
    pub street: Option<DoorServer>,
    /// The reader.
    pub room: ReaderLine,
    street_misuse: Misuse,
    room_misuse: Misuse,
    /// Nobody walks through by themselves: a hand does everything.
    by_hand: AtomicBool,
    /// The serial port of the reader.
    port: PathBuf,
    key_file: PathBuf,
}

/// What people do to a door that they should not.
#[derive(Default)]
struct Misuse {
    /// Whoever walks in holds it open.
    held: AtomicBool,
    /// It was broken open, and not shut since.
    forced: AtomicBool,
}

impl Entrances {
    /// Hangs them; from then on whoever is let in walks through.
    pub async fn start(folder: &Path, plan: Plan) -> Result<Arc<Self>, Failure> {
        let leaves = vec![Leaf::new(RELAY, CONTACT)];
        let options = DoorOptions { make: DoorMake::TwoN, leaves, ..DoorOptions::default() };
        let has_street = plan.passages().iter().any(|passage| passage.name == STREET_DOOR);
        let street = if has_street { Some(DoorServer::start(options).await?) } else { None };
        let key_file = folder.join(KEY);
        let key = Some(key(&key_file)?);
        let room = ReaderLine::new(vec![OsdpReader::new(ReaderOptions { key, ..ReaderOptions::default() })]);
        let (port, _) = serve_reader_pty(room.clone())?;
        let entrances = Arc::new(Self {
            plan,
            street,
            room,
            street_misuse: Misuse::default(),
            room_misuse: Misuse::default(),
            by_hand: AtomicBool::default(),
            port,
            key_file,
        });
        tokio::spawn(walk_in_from_the_street(Arc::clone(&entrances)));
        tokio::spawn(walk_through_the_room(Arc::clone(&entrances)));
        Ok(entrances)
    }

    /// As a configuration names them.
    pub fn configured(&self) -> Result<Vec<DoorsConfig>, Failure> {
        let shelves: Vec<&str> = self.plan.shelves().iter().map(|shelf| shelf.label).collect();
        let passages = self.plan.passages();
        let banks: Vec<&str> =
            passages.iter().flat_map(|passage| &passage.banks).map(|(_, name)| *name).collect();
        let room = serde_json::json!({
            "name": "Package room reader",
            "passage": [{ "name": PACKAGE_ROOM, "kind": "room_door", "shelves": shelves }],
            "device": {
                "kind": "osdp",
                "serial": { "path": self.port, "baud": 9_600 },
                "reader": [{
                    "door": PACKAGE_ROOM,
                    "address": 0,
                    "key_file": self.key_file,
                    "contact": { "input": DOOR },
                    "exit_button": BUTTON,
                }],
            },
        });
        let street = self.street.as_ref().map(|street| {
            serde_json::json!({
                "name": "Street intercom",
                "passage": [{ "name": STREET_DOOR, "kind": "building_entrance", "banks": banks }],
                "device": {
                    "kind": "2n",
                    "url": street.url(),
                    "door": [{ "name": STREET_DOOR, "relay": RELAY, "contact": CONTACT }],
                },
            })
        });
        let all = street.into_iter().chain([room]);
        Ok(all.map(serde_json::from_value).collect::<Result<_, _>>()?)
    }

    /// The doors as they stand.
    pub fn sights(&self) -> Vec<PassageSight> {
        let sight = |name: &str| PassageSight {
            name: name.to_owned(),
            open: self.stands_open(name),
            released: self.is_released(name),
            tells_exits: name == PACKAGE_ROOM,
        };
        self.plan.passages().iter().map(|passage| sight(passage.name)).collect()
    }

    /// Whether a hand moves them, and nobody walks through by themselves.
    pub fn are_by_hand(&self) -> bool {
        self.by_hand.load(Ordering::Relaxed)
    }

    /// Takes them into the hand, or leaves them to whoever walks by.
    pub fn set_by_hand(&self, by_hand: bool) {
        self.by_hand.store(by_hand, Ordering::Relaxed);
    }

    /// Lays a hand on a door.
    pub fn act(self: &Arc<Self>, passage: usize, act: PassageAct) {
        let passages = self.plan.passages();
        let Some(name) = passages.get(passage).map(|passage| passage.name) else { return };
        match act {
            // A locked door stays shut, however one pulls.
            PassageAct::PullOpen if self.is_released(name) => self.swing(name, true),
            PassageAct::PullOpen => {}
            // Nor does a door shut that somebody holds open.
            PassageAct::PushShut if self.is_held(name) => {}
            PassageAct::PushShut => self.swing(name, false),
            PassageAct::GoOut if name == PACKAGE_ROOM => {
                let entrances = Arc::clone(self);
                tokio::spawn(async move { entrances.turn_the_handle().await });
            }
            PassageAct::GoOut => {}
        }
    }

    /// Whether whoever walks in holds a door open.
    pub fn is_held(&self, name: &str) -> bool {
        self.misuse(name).held.load(Ordering::Relaxed)
    }

    /// Lets whoever walks in hold a door open, or let go of it.
    pub fn hold(&self, name: &str, held: bool) {
        self.misuse(name).held.store(held, Ordering::Relaxed);
    }

    /// Whether a door was broken open, and not shut since.
    pub fn is_forced(&self, name: &str) -> bool {
        self.misuse(name).forced.load(Ordering::Relaxed)
    }

    /// Breaks a door open although it is locked.
    pub fn force(&self, name: &str) {
        match &self.street {
            Some(street) if name == STREET_DOOR => drop(street.force_door(RELAY)),
            _ => self.swing(name, true),
        }
        self.misuse(name).forced.store(true, Ordering::Relaxed);
    }

    /// Shuts a door, whoever holds it.
    pub fn shut(&self, name: &str) {
        self.swing(name, false);
    }

    fn misuse(&self, name: &str) -> &Misuse {
        if name == PACKAGE_ROOM { &self.room_misuse } else { &self.street_misuse }
    }

    /// From inside the lock is free, whatever the site does.
    async fn turn_the_handle(&self) {
        self.room.with(0, |reader, _| reader.set_input(BUTTON, true));
        self.swing(PACKAGE_ROOM, true);
        tokio::time::sleep(OPENS_AFTER).await;
        self.room.with(0, |reader, _| reader.set_input(BUTTON, false));
    }

    fn swing(&self, name: &str, open: bool) {
        if !open {
            self.misuse(name).forced.store(false, Ordering::Relaxed);
        }
        if name == PACKAGE_ROOM {
            self.room.with(0, |reader, _| reader.set_input(DOOR, open));
        } else if let Some(street) = &self.street {
            street.move_door(RELAY, open);
        }
    }

    fn stands_open(&self, name: &str) -> bool {
        if name == PACKAGE_ROOM {
            return self.room.with(0, |reader, _| reader.input(DOOR));
        }
        self.street.as_ref().and_then(|street| street.leaf(RELAY)).is_some_and(|leaf| leaf.open)
    }

    fn is_released(&self, name: &str) -> bool {
        if name == PACKAGE_ROOM {
            return self.room.with(0, |reader, now_ms| {
                reader.relayed().last().is_some_and(|last| reader.is_on(last.output, now_ms))
            });
        }
        self.street.as_ref().is_some_and(|street| street.is_released(RELAY))
    }

    /// How often a lock was released so far.
    fn releases(&self, name: &str) -> usize {
        if name == PACKAGE_ROOM {
            return self.room.with(0, |reader, _| reader.relayed().len());
        }
        self.street.as_ref().and_then(|street| street.leaf(RELAY)).map_or(0, |leaf| leaf.releases.len())
    }
}

/// The key of the reader, made at the first start. Only this account may read it.
fn key(file: &Path) -> Result<[u8; 16], Failure> {
    if !file.exists() {
        let digits: String = fresh_bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
        let mut made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
        made.write_all(digits.as_bytes())?;
    }
    let text = std::fs::read_to_string(file)?;
    let byte = |at: usize| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..32).step_by(2).map(byte).collect();
    let key = bytes.and_then(|bytes| bytes.try_into().ok());
    key.ok_or_else(|| Failure::failed(format!("{} holds no key; delete it for a new one", file.display())))
}

async fn walk_in_from_the_street(entrances: Arc<Entrances>) {
    loop {
        until_let_in(&entrances, STREET_DOOR).await;
        entrances.swing(STREET_DOOR, true);
        tokio::time::sleep(THROUGH_AFTER).await;
        until_let_go(&entrances, STREET_DOOR).await;
        entrances.swing(STREET_DOOR, false);
    }
}

async fn walk_through_the_room(entrances: Arc<Entrances>) {
    loop {
        until_let_in(&entrances, PACKAGE_ROOM).await;
        through(&entrances).await;
        tokio::time::sleep(STAYS).await;
        for pressed in [true, false] {
            entrances.room.with(0, |reader, _| reader.set_input(BUTTON, pressed));
            tokio::time::sleep(OPENS_AFTER).await;
        }
        through(&entrances).await;
    }
}

/// Waits for one more release, and a hand at the door that is nobody's in particular.
async fn until_let_in(entrances: &Entrances, name: &str) {
    let mut before = entrances.releases(name);
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let now = entrances.releases(name);
        if now != before && !entrances.are_by_hand() {
            break;
        }
        before = now;
    }
    tokio::time::sleep(OPENS_AFTER).await;
}

async fn through(entrances: &Entrances) {
    for open in [true, false] {
        entrances.swing(PACKAGE_ROOM, open);
        tokio::time::sleep(THROUGH_AFTER).await;
        until_let_go(entrances, PACKAGE_ROOM).await;
    }
}

/// A shut door is held by nobody.
async fn until_let_go(entrances: &Entrances, name: &str) {
    while entrances.is_held(name) && entrances.stands_open(name) {
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::seed;
    use vestibule_core::access::entry::{Entrant, Entry};
    use vestibule_core::access::passage::Closure;
    use vestibule_core::access::point::PointKind;
    use vestibule_core::vocabulary::command::StaffReason;
    use vestibule_core::{AccessPointId, Actor, Command, Site, StaffId};
    use vestibule_site::assembly::{Assembled, SitePlace};
    use vestibule_site::handle::Request;

    /// Nothing here takes this long unless it is broken.
    const PATIENCE: Duration = Duration::from_secs(60);

    async fn until(site: &Assembled, is_so: impl Fn(&Site) -> bool + Copy + Send + 'static) {
        let mut changes = site.handle.changes();
        let comes = async {
            while !site.handle.read(move |site, _| is_so(site)).await.expect("the site runs") {
                changes.changed().await.expect("the site runs");
            }
        };
        tokio::time::timeout(PATIENCE, comes).await.expect("it never came to that");
    }

    #[tokio::test]
    async fn who_is_let_in_walks_through_either_door() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("demo");
        let keepsake = seed::ensure(&place, Some(0), Plan::default()).expect("a demonstration");
        let place = SitePlace { folder: place, head_file: None, site: None };
        let mut site = Assembled::open(&place).expect("a site");
        let entrances = Entrances::start(&place.folder, Plan::default()).await.expect("doors");
        site.run_doors(&entrances.configured().expect("a configuration")).await.expect("drivers");
        let [street, room] = [AccessPointId(1), AccessPointId(2)];
        for point in [street, room] {
            until(&site, move |site| site.access.points[&point].closure == Closure::Closed).await;
            let command = Command::LetInOnce { point, reason: StaffReason::HelpCourier };
            let asked = site.handle.ask(Request::new(Actor::Staff(StaffId(1)), command)).await;
            asked.expect("the site runs").answer.expect("staff may");
            until(&site, move |site| site.access.points[&point].stands_open()).await;
            until(&site, move |site| site.access.points[&point].closure == Closure::Closed).await;
        }
        let (kinds, alarms) = site
            .handle
            .read(|site, _| {
                let kinds: Vec<_> = site.access.points.values().map(|point| point.spec.kind).collect();
                (kinds, site.tasks.open.len())
            })
            .await
            .expect("the site runs");
        assert_eq!(kinds, [PointKind::BuildingEntrance, PointKind::RoomDoor]);
        assert_eq!(alarms, 0, "an ordinary day raises nothing");
        // A reader that reads QR pictures hands their letters on: a courier's badge opens the room.
        let badge = keepsake.couriers[0].badge.clone();
        let bits = u16::try_from(8 * badge.len()).expect("a token is short");
        entrances.room.with(0, |reader, _| reader.hold_card(bits, badge.as_bytes()));
        let is_courier = |entry: &Entry| matches!(entry.entrant, Entrant::Courier { .. });
        until(&site, move |site| site.access.entries.values().any(|e| e.point == room && is_courier(e)))
            .await;
        site.stop().await;
    }
}
