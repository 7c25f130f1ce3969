//! Cameras of a site as it is put together: named in the ledger, swept before, run beside.
//!
//! Owns: which cameras of the configuration are which of the ledger's. Never: asks a camera for anything.

use super::ground::Ground;
use super::{Assembled, AssemblyError};
use crate::config::{CameraConfig, LooksAt};
use crate::evidence::{PhotoFolder, retention};
use crate::handle::Request;
use crate::rows::Row;
use crate::runners::cameras::{self, CameraBoard, CameraStart, Cameras, WISHES_QUEUED};
use crate::runners::devices::{DeviceChange, DeviceKind, changes};
use crate::store::StoreError;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::SystemTime;
use tokio::sync::{mpsc, watch};
use vestibule_core::evidence::{Camera as Installed, CameraPlace, InView};
use vestibule_core::{AccessPointId, Actor, Answer, BankId, CameraId, Command, KioskId, Site, Timestamp};
use vestibule_devices::Camera;

/// The cameras of a configuration by name, opened.
pub(super) type OpenedCameras = BTreeMap<String, RunningCamera>;

/// A camera, and as what it was configured.
pub(super) struct RunningCamera {
    config: CameraConfig,
    secret: Option<SystemTime>,
    camera: Arc<dyn Camera>,
}

impl RunningCamera {
    fn is_as(&self, config: &CameraConfig) -> bool {
        self.config == *config && self.secret == config.secret_of()
    }
}

/// The cameras that run.
pub(super) struct CameraSet {
    running: OpenedCameras,
    /// The way to their runner.
    set: watch::Sender<Cameras>,
}

/// Names of what a camera may look at, and of the cameras.
struct Known {
    banks: BTreeMap<BankId, String>,
    kiosks: BTreeMap<KioskId, String>,
    doors: BTreeMap<AccessPointId, String>,
    cameras: BTreeMap<CameraId, String>,
    installed: BTreeMap<CameraId, Installed>,
}

fn doors(site: &Site, _: Timestamp) -> BTreeMap<AccessPointId, String> {
    site.access.points.iter().map(|(id, point)| (*id, point.spec.label.clone())).collect()
}

impl Known {
    /// None: no kiosk is called that. Kiosks are paired while the site runs: the next start finds it.
    fn place(&self, camera: &CameraConfig) -> Result<Option<CameraPlace>, AssemblyError> {
        let looks_at = camera.looks_at().map_err(AssemblyError::Configuration)?;
        match looks_at {
            LooksAt::Desk => Ok(Some(CameraPlace::Desk)),
            LooksAt::Bank(name) => {
                let bank = self.banks.iter().find(|(_, known)| *known == name).map(|(id, _)| *id);
                let none = || format!("camera \"{}\": there is no bank called \"{name}\"", camera.name);
                bank.map(|bank| Some(CameraPlace::Bank(bank)))
                    .ok_or_else(|| AssemblyError::Configuration(none()))
            }
            LooksAt::Door(name) => Ok(Some(CameraPlace::Door(self.door(camera, name)?))),
            LooksAt::Inside(name) => Ok(Some(CameraPlace::Inside(self.door(camera, name)?))),
            LooksAt::Kiosk(name) => {
                let kiosk = self.kiosks.iter().find(|(_, known)| *known == name).map(|(id, _)| *id);
                Ok(kiosk.map(CameraPlace::Kiosk))
            }
        }
    }

    fn door(&self, camera: &CameraConfig, name: &str) -> Result<AccessPointId, AssemblyError> {
        let door = self.doors.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(id, _)| *id);
        let none = || format!("camera \"{}\": there is no door called \"{name}\"", camera.name);
        door.ok_or_else(|| AssemblyError::Configuration(none()))
    }

    fn camera(&self, name: &str) -> Option<(CameraId, &Installed)> {
        let mut alike =
            self.installed.iter().filter(|(id, _)| self.cameras.get(id).is_some_and(|n| n == name));
        alike.next_back().map(|(id, camera)| (*id, camera))
    }
}

impl Assembled {
    /// Where photos are kept, for pages.
    pub fn photos(&self) -> Option<PhotoFolder> {
        self.photo_folder.clone()
    }

    /// How the cameras are doing, for pages.
    pub fn camera_board(&self) -> CameraBoard {
        self.board.clone()
    }

    /// Opens the folder of photos, makes the ledger's cameras those of the configuration, and runs them; erases what is over
    /// from now on.
    ///
    /// # Errors
    /// A camera that cannot be used as configured, by name.
    pub async fn watch(&mut self, configured: &[CameraConfig]) -> Result<(), AssemblyError> {
        let io = |source| StoreError::Io { path: "photos".to_owned(), source };
        let folder = PhotoFolder::open(&self.folder, None).map_err(io)?;
        // What is over is not lost.
        retention::erase_over(&self.handle, &folder, &mut Vec::new()).await?;
        retention::sweep(&self.handle, &folder).await?;
        let opened = self.opened_cameras(configured)?;
        let named = self.install_cameras(&mut Ground::of(&self.handle), configured).await?;
        self.photo_folder = Some(folder.clone());
        self.tasks.push(retention::start(self.handle.clone(), folder.clone(), self.stop.subscribe()));
        let (wishes, received) = mpsc::channel(WISHES_QUEUED);
        let (set, cameras) = watch::channel(Cameras::default());
        self.cameras = Some(CameraSet { running: BTreeMap::new(), set });
        self.change_cameras(&named, opened);
        self.tasks.push(cameras::start(CameraStart {
            cameras,
            site: self.handle.clone(),
            folder,
            board: self.board.clone(),
            wishes: received,
            shutdown: self.stop.subscribe(),
        }));
        self.photo_route.register(wishes);
        Ok(())
    }

    /// The cameras of a configuration; one that runs as configured is the same as before.
    pub(super) fn opened_cameras(&self, configured: &[CameraConfig]) -> Result<OpenedCameras, AssemblyError> {
        let open = |config: &CameraConfig| {
            let same = self.cameras.as_ref().and_then(|set| set.running.get(&config.name));
            let camera = match same.filter(|running| running.is_as(config)) {
                Some(running) => Arc::clone(&running.camera),
                None => {
                    let opened: Arc<dyn Camera> = Arc::from(config.open().map_err(|error| {
                        AssemblyError::Configuration(format!("[[camera]] \"{}\": {error}", config.name))
                    })?);
                    opened.keep_exchanges(self.clock);
                    opened
                }
            };
            let running = RunningCamera { config: config.clone(), secret: config.secret_of(), camera };
            Ok((config.name.clone(), running))
        };
        configured.iter().map(open).collect()
    }

    /// Which cameras are otherwise than they are asked.
    pub(super) fn changed_cameras(&self, opened: &OpenedCameras) -> Vec<DeviceChange> {
        let none = OpenedCameras::new();
        let runs = self.cameras.as_ref().map_or(&none, |set| &set.running);
        changes(DeviceKind::Camera, (runs, opened), |was, now| Arc::ptr_eq(&was.camera, &now.camera))
    }

    /// From now on these are asked; those that the ledger does not know yet wait.
    pub(super) fn change_cameras(&mut self, named: &BTreeMap<String, CameraId>, opened: OpenedCameras) {
        let Some(set) = &mut self.cameras else { return };
        let by_number = |(name, running): (&String, &RunningCamera)| {
            Some((*named.get(name)?, Arc::clone(&running.camera)))
        };
        set.set.send_replace(Arc::new(opened.iter().filter_map(by_number).collect()));
        set.running = opened;
    }

    /// The cameras by name, as the ledger has them afterwards.
    pub(super) async fn install_cameras(
        &self,
        ground: &mut Ground,
        configured: &[CameraConfig],
    ) -> Result<BTreeMap<String, CameraId>, AssemblyError> {
        let known = self.known(ground).await?;
        let mut named = BTreeMap::new();
        for config in configured {
            let id = match known.place(config)? {
                Some(at) => install_camera((&mut *ground, &known), config, (at, config.in_view())).await?,
                None => {
                    if !ground.is_trial() {
                        let camera = &config.name;
                        tracing::warn!(%camera, "no kiosk is called as it says; a camera that is known looks where it did, a new one waits");
                    }
                    match known.camera(&config.name) {
                        Some((camera, _)) => camera,
                        None => continue,
                    }
                }
            };
            named.insert(config.name.clone(), id);
        }
        let kept: BTreeSet<_> = named.values().copied().collect();
        for camera in known.installed.keys().copied().filter(|id| !kept.contains(id)) {
            let name = known.cameras.get(&camera).map_or("without a name", String::as_str);
            let request = Request::new(Actor::Console, Command::RemoveCamera { camera });
            ask_for_camera(ground, request, name).await?;
        }
        Ok(named)
    }

    async fn known(&self, ground: &Ground) -> Result<Known, AssemblyError> {
        let names = |tables: &rusqlite::Connection, sql: &str| -> rusqlite::Result<Vec<(u32, String)>> {
            tables.prepare_cached(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let looked = move |tables: &rusqlite::Connection| {
            let kiosks = names(tables, "SELECT kiosk, name FROM kiosk_name")?;
            let cameras = names(tables, "SELECT camera, name FROM camera_name")?;
            Ok((kiosks, cameras))
        };
        let (kiosks, cameras) = self.handle.query(looked).await.map_err(StoreError::from)?;
        Ok(Known {
            banks: ground.bank_names().await?,
            kiosks: kiosks.into_iter().map(|(id, name)| (KioskId(id), name)).collect(),
            cameras: cameras.into_iter().map(|(id, name)| (CameraId(id), name)).collect(),
            doors: ground.read(doors).await?,
            installed: ground.read(|site, _| site.evidence.cameras.clone()).await?,
        })
    }
}

async fn install_camera(
    (ground, known): (&mut Ground, &Known),
    config: &CameraConfig,
    (at, in_view): (CameraPlace, InView),
) -> Result<CameraId, AssemblyError> {
    if let Some((camera, now)) = known.camera(&config.name) {
        if (now.at, now.in_view) != (at, in_view) {
            let command = Command::SetCamera { camera, at, in_view };
            ask_for_camera(ground, Request::new(Actor::Console, command), &config.name).await?;
        }
        return Ok(camera);
    }
    let name = config.name.clone();
    let request =
        Request::new(Actor::Console, Command::InstallCamera { at, in_view }).with_rows(move |answer| {
            match answer {
                Answer::Camera(camera) => vec![Row::CameraName { camera: *camera, name }],
                _ => Vec::new(),
            }
        });
    match ask_for_camera(ground, request, &config.name).await? {
        Answer::Camera(camera) => Ok(camera),
        other => Err(AssemblyError::Configuration(format!("[[camera]] \"{}\": {other:?}", config.name))),
    }
}

async fn ask_for_camera(ground: &mut Ground, request: Request, name: &str) -> Result<Answer, AssemblyError> {
    let answer = ground.ask(request).await?;
    answer.map_err(|why| AssemblyError::Configuration(format!("[[camera]] \"{name}\" was refused: {why}")))
}
