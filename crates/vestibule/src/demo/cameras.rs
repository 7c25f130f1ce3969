//! A simulated camera before each bank, which sees its doors open and what is behind them, one at the door people come in
//! by, and one in each room parcels lie in. At any other door its screen looks itself.
//!
//! Owns: what is before each camera. Never: what a photo is of; the site asks for stills as of any other camera.

use crate::failure::Failure;
use std::collections::BTreeMap;
use std::sync::Arc;
use vestibule_core::opening::OpeningPurpose;
use vestibule_core::{BankId, CompartmentId, Site, Timestamp};
use vestibule_simulators::cameras::{CameraMake, CameraOptions, CameraServer, DoorLook, Scene, SceneDoor};
use vestibule_site::assembly::Assembled;
use vestibule_site::config::CameraConfig;
use vestibule_site::handle::SiteHandle;
use vestibule_site::runners::bus::bank_names;

/// One camera and what it looks at: as the configuration says it, `bank`, `door` or `inside`, and the name of that.
struct Looking {
    at: (&'static str, String),
    server: CameraServer,
}

/// The cameras of a demonstration.
pub struct Cameras {
    cameras: Vec<Looking>,
    labels: BTreeMap<CompartmentId, String>,
}

impl Cameras {
    /// Starts one before each bank and the first door and one in each room; from then on they see what the site sees of the banks' doors.
    pub async fn start(site: &Assembled) -> Result<Arc<Self>, Failure> {
        let names = site.handle.query(bank_names).await?;
        let (scenes, labels) = site.handle.read(|site, _| (scenes(site), labels(site))).await?;
        let mut cameras = Vec::new();
        for (bank, doors) in scenes {
            let name = names.get(&bank).cloned().unwrap_or_default();
            let scene = Scene { title: title(&name), doors };
            cameras.push(Looking { at: ("bank", name), server: start(scene).await? });
        }
        for name in site.handle.read(passages).await? {
            cameras.push(Looking { server: start(at_door(&name)).await?, at: ("door", name) });
        }
        for name in site.handle.read(rooms).await? {
            cameras.push(Looking { server: start(in_room(&name)).await?, at: ("inside", name) });
        }
        let cameras = Arc::new(Self { cameras, labels });
        tokio::spawn(follow(site.handle.clone(), Arc::clone(&cameras)));
        Ok(cameras)
    }

    /// Each camera by its name.
    pub fn servers(&self) -> impl Iterator<Item = (String, &CameraServer)> {
        self.cameras.iter().map(|camera| (name_of(&camera.at), &camera.server))
    }

    /// As a configuration names them.
    pub fn configured(&self) -> Result<Vec<CameraConfig>, Failure> {
        let config = |camera: &Looking| {
            let (what, name) = &camera.at;
            serde_json::from_value(serde_json::json!({
                "name": name_of(&camera.at),
                (*what): name,
                "device": { "kind": "2n", "url": format!("http://{}", camera.server.address()) },
            }))
        };
        Ok(self.cameras.iter().map(config).collect::<Result<_, _>>()?)
    }

    fn show(&self, looks: &BTreeMap<CompartmentId, DoorLook>) {
        for camera in &self.cameras {
            camera.server.change_scene(|scene| {
                for (compartment, label) in &self.labels {
                    scene.set_door(label, looks.get(compartment).copied().unwrap_or_default());
                }
            });
        }
    }
}

/// Two may be called after one door: the one before it and the one behind.
fn name_of((what, name): &(&'static str, String)) -> String {
    match *what {
        "inside" => format!("{name}, inside"),
        _ => format!("{name} camera"),
    }
}

async fn start(scene: Scene) -> std::io::Result<CameraServer> {
    let options = CameraOptions { make: CameraMake::TwoN, scene, ..CameraOptions::default() };
    CameraServer::start(options).await
}

fn passages(site: &Site, _: Timestamp) -> Vec<String> {
    site.access.points.values().take(1).map(|point| point.spec.label.clone()).collect()
}

fn rooms(site: &Site, _: Timestamp) -> Vec<String> {
    let rooms = site.access.points.values().filter(|point| point.spec.is_room());
    rooms.map(|point| point.spec.label.clone()).collect()
}

/// A room with a rack, and parcels in it.
fn in_room(name: &str) -> Scene {
    let mut scene = Scene::grid(&title(name), 4, 3);
    for (at, door) in scene.doors.iter_mut().enumerate() {
        // A label of no compartment: what moves in a bank moves nothing here.
        door.label.insert(0, 'S');
        door.look = if at % 3 == 0 { DoorLook::Empty } else { DoorLook::Parcel };
    }
    scene
}

/// A door, and somebody with a parcel before it.
pub fn at_door(name: &str) -> Scene {
    let part = |label: &str, left, (top, width, height), look| SceneDoor {
        label: label.to_owned(),
        left,
        top,
        width,
        height,
        look,
    };
    let leaf = part("D", 0, (0, 900, 2_100), DoorLook::Shut);
    let parcel = part("", 1_000, (1_000, 900, 1_100), DoorLook::Parcel);
    Scene { title: title(name), doors: vec![leaf, parcel] }
}

async fn follow(site: SiteHandle, cameras: Arc<Cameras>) {
    let (mut changes, mut shown) = (site.changes(), BTreeMap::new());
    loop {
        let Ok(now) = site.read(|site, _| looks(site)).await else { return };
        if now != shown {
            cameras.show(&now);
            shown = now;
        }
        if changes.changed().await.is_err() {
            return;
        }
    }
}

/// What is to be seen behind each open door: a parcel while one is put in or taken out, and where one lies.
fn looks(site: &Site) -> BTreeMap<CompartmentId, DoorLook> {
    let look = |id: &CompartmentId| {
        let compartment = site.compartments.get(*id)?;
        let purpose = compartment.opening.and_then(|id| site.openings.get(id)).map(|o| &o.purpose);
        let moves = matches!(
            purpose,
            Some(
                OpeningPurpose::Deposit { .. }
                    | OpeningPurpose::StaffPlace { .. }
                    | OpeningPurpose::FixDeposit { .. }
            )
        );
        let look = if moves || !compartment.parcels.is_empty() { DoorLook::Parcel } else { DoorLook::Empty };
        Some((*id, look))
    };
    site.compartments.open.iter().filter_map(look).collect()
}

fn labels(site: &Site) -> BTreeMap<CompartmentId, String> {
    site.compartments.all.iter().map(|(id, c)| (*id, c.spec.label.clone())).collect()
}

/// The front of each bank in mm, from its upper left corner.
fn scenes(site: &Site) -> Vec<(BankId, Vec<SceneDoor>)> {
    let of_bank = |(bank, ids): (&BankId, &Vec<CompartmentId>)| {
        let specs: Vec<_> = ids.iter().filter_map(|id| site.compartments.get(*id)).map(|c| &c.spec).collect();
        let widths: BTreeMap<u32, u32> = specs.iter().map(|spec| (spec.column, spec.width_mm)).collect();
        let top = specs.iter().map(|spec| spec.bottom_mm + spec.height_mm).max().unwrap_or(0);
        let door = |spec: &&vestibule_core::place::compartment::CompartmentSpec| SceneDoor {
            label: spec.label.clone(),
            left: widths.range(..spec.column).map(|(_, width)| width).sum(),
            top: top - spec.bottom_mm - spec.height_mm,
            width: spec.width_mm,
            height: spec.height_mm,
            look: DoorLook::Shut,
        };
        (*bank, specs.iter().map(door).collect())
    };
    site.layout.banks.iter().map(of_bank).collect()
}

/// What a camera can burn in beside the time: one word in capitals and digits.
fn title(name: &str) -> String {
    let word = name.split_whitespace().next().unwrap_or_default().to_uppercase();
    word.chars().filter(char::is_ascii_alphanumeric).collect()
}
