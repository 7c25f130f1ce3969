//! Two doors one walks through: the street door on a simulated intercom, the package room on a simulated reader.
//!
//! Owns: who walks through them. Never: releases one; the site does, as it would any other.

use crate::failure::Failure;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use vestibule_simulators::doors::{DoorMake, DoorOptions, DoorServer, Leaf};
use vestibule_simulators::readers::{OsdpReader, ReaderLine, ReaderOptions, serve_reader_pty};
use vestibule_site::config::DoorsConfig;
use vestibule_site::keys::fresh_bytes;

use super::building::{LOBBY, SHELVES};

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
    street: DoorServer,
    room: ReaderLine,
    /// The serial port of the reader.
    port: PathBuf,
    key_file: PathBuf,
}

impl Entrances {
    /// Hangs both; from then on whoever is let in walks through.
    pub async fn start(folder: &Path) -> Result<Arc<Self>, Failure> {
        let leaves = vec![Leaf::new(RELAY, CONTACT)];
        let options = DoorOptions { make: DoorMake::TwoN, leaves, ..DoorOptions::default() };
        let street = DoorServer::start(options).await?;
        let key_file = folder.join(KEY);
        let key = Some(key(&key_file)?);
        let room = ReaderLine::new(vec![OsdpReader::new(ReaderOptions { key, ..ReaderOptions::default() })]);
        let (port, _) = serve_reader_pty(room.clone())?;
        let entrances = Arc::new(Self { street, room, port, key_file });
        tokio::spawn(walk_in_from_the_street(Arc::clone(&entrances)));
        tokio::spawn(walk_through_the_room(Arc::clone(&entrances)));
        Ok(entrances)
    }

    /// As a configuration names them.
    pub fn configured(&self) -> Result<Vec<DoorsConfig>, Failure> {
        let shelves: Vec<&str> = SHELVES.iter().map(|(label, ..)| *label).collect();
        Ok(serde_json::from_value(serde_json::json!([
            {
                "name": "Street intercom",
                "passage": [{ "name": "Street door", "kind": "building_entrance", "banks": [LOBBY] }],
                "device": {
                    "kind": "2n",
                    "url": self.street.url(),
                    "door": [{ "name": "Street door", "relay": RELAY, "contact": CONTACT }],
                },
            },
            {
                "name": "Package room reader",
                "passage": [{ "name": "Package room", "kind": "room_door", "shelves": shelves }],
                "device": {
                    "kind": "osdp",
                    "serial": { "path": self.port, "baud": 9_600 },
                    "reader": [{
                        "door": "Package room",
                        "address": 0,
                        "key_file": self.key_file,
                        "contact": { "input": DOOR },
                        "exit_button": BUTTON,
                    }],
                },
            },
        ]))?)
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
    let releases = || entrances.street.leaf(RELAY).map_or(0, |leaf| leaf.releases.len());
    loop {
        until_let_in(&releases).await;
        if entrances.street.move_door(RELAY, true) {
            tokio::time::sleep(THROUGH_AFTER).await;
            entrances.street.move_door(RELAY, false);
        }
    }
}

async fn walk_through_the_room(entrances: Arc<Entrances>) {
    let room = &entrances.room;
    loop {
        until_let_in(&|| room.with(0, |reader, _| reader.relayed().len())).await;
        through(room).await;
        tokio::time::sleep(STAYS).await;
        for pressed in [true, false] {
            room.with(0, |reader, _| reader.set_input(BUTTON, pressed));
            tokio::time::sleep(OPENS_AFTER).await;
        }
        through(room).await;
    }
}

/// Waits for one more release, and a hand at the door.
async fn until_let_in(releases: &(impl Fn() -> usize + Sync)) {
    let before = releases();
    while releases() == before {
        tokio::time::sleep(LOOK_EVERY).await;
    }
    tokio::time::sleep(OPENS_AFTER).await;
}

async fn through(room: &ReaderLine) {
    for open in [true, false] {
        room.with(0, |reader, _| reader.set_input(DOOR, open));
        tokio::time::sleep(THROUGH_AFTER).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::building::Hardware;
    use crate::demo::seed;
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
        seed::ensure(&place, 0, Hardware::Standard).expect("a demonstration");
        let place = SitePlace { folder: place, head_file: None, site: None };
        let mut site = Assembled::open(&place).expect("a site");
        let entrances = Entrances::start(&place.folder).await.expect("doors");
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
        site.stop().await;
    }
}
