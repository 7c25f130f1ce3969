//! Cameras of a site as it is put together: named in the ledger, swept before, run beside.
//!
//! Owns: which cameras of the configuration are which of the ledger's. Never: asks a camera for anything.

use super::{Assembled, AssemblyError};
use crate::config::{CameraConfig, LooksAt};
use crate::evidence::{PhotoFolder, retention};
use crate::handle::Request;
use crate::rows::Row;
use crate::runners::bus::bank_names;
use crate::runners::cameras::{self, CameraBoard, CameraStart, WISHES_QUEUED};
use crate::store::StoreError;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio::sync::mpsc;
use vestibule_core::evidence::{Camera, CameraPlace, InView};
use vestibule_core::{AccessPointId, Actor, Answer, BankId, CameraId, Command, KioskId, Site, Timestamp};

/// Names of what a camera may look at, and of the cameras.
struct Known {
    banks: BTreeMap<BankId, String>,
    kiosks: BTreeMap<KioskId, String>,
    doors: BTreeMap<AccessPointId, String>,
    cameras: BTreeMap<CameraId, String>,
    installed: BTreeMap<CameraId, Camera>,
}

fn doors(site: &Site, _: Timestamp) -> BTreeMap<AccessPointId, String> {
    site.access.points.iter().map(|(id, point)| (*id, point.spec.label.clone())).collect()
}

impl Known {
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
            LooksAt::Door(name) => {
                let door =
                    self.doors.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(id, _)| *id);
                let none = || format!("camera \"{}\": there is no door called \"{name}\"", camera.name);
                door.map(|door| Some(CameraPlace::Door(door)))
                    .ok_or_else(|| AssemblyError::Configuration(none()))
            }
            LooksAt::Kiosk(name) => {
                let kiosk = self.kiosks.iter().find(|(_, known)| *known == name).map(|(id, _)| *id);
                if kiosk.is_none() {
                    // Kiosks are paired while the site runs: the next start finds it.
                    let (camera, kiosk) = (&camera.name, name);
                    tracing::warn!(%camera, %kiosk, "no kiosk is called that; a camera that is known looks where it did, a new one waits");
                }
                Ok(kiosk.map(CameraPlace::Kiosk))
            }
        }
    }

    fn camera(&self, name: &str) -> Option<(CameraId, &Camera)> {
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
        let mut run = BTreeMap::new();
        for (name, id) in self.install_cameras(configured).await? {
            let Some(config) = configured.iter().find(|camera| camera.name == name) else { continue };
            let opened = config
                .open()
                .map_err(|error| AssemblyError::Configuration(format!("[[camera]] \"{name}\": {error}")))?;
            run.insert(id, Arc::from(opened));
        }
        self.photo_folder = Some(folder.clone());
        self.tasks.push(retention::start(self.handle.clone(), folder.clone(), self.stop.subscribe()));
        if !run.is_empty() {
            let (wishes, received) = mpsc::channel(WISHES_QUEUED);
            self.tasks.push(cameras::start(CameraStart {
                cameras: run,
                site: self.handle.clone(),
                folder,
                board: self.board.clone(),
                wishes: received,
                shutdown: self.stop.subscribe(),
            }));
            self.photo_route.register(wishes);
        }
        Ok(())
    }

    /// The cameras by name, as the ledger has them afterwards.
    async fn install_cameras(
        &self,
        configured: &[CameraConfig],
    ) -> Result<BTreeMap<String, CameraId>, AssemblyError> {
        let known = self.known().await?;
        let mut named = BTreeMap::new();
        for config in configured {
            let id = match known.place(config)? {
                Some(at) => self.install_camera(&known, config, (at, config.in_view())).await?,
                // Its kiosk was renamed, or is not paired yet: a camera that is known goes on looking where it did.
                None => match known.camera(&config.name) {
                    Some((camera, _)) => camera,
                    None => continue,
                },
            };
            named.insert(config.name.clone(), id);
        }
        let kept: BTreeSet<_> = named.values().copied().collect();
        for camera in known.installed.keys().copied().filter(|id| !kept.contains(id)) {
            let name = known.cameras.get(&camera).map_or("without a name", String::as_str);
            let request = Request::new(Actor::Console, Command::RemoveCamera { camera });
            self.ask_for_camera(request, name).await?;
        }
        Ok(named)
    }

    async fn install_camera(
        &self,
        known: &Known,
        config: &CameraConfig,
        (at, in_view): (CameraPlace, InView),
    ) -> Result<CameraId, AssemblyError> {
        if let Some((camera, now)) = known.camera(&config.name) {
            if (now.at, now.in_view) != (at, in_view) {
                let command = Command::SetCamera { camera, at, in_view };
                self.ask_for_camera(Request::new(Actor::Console, command), &config.name).await?;
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
        match self.ask_for_camera(request, &config.name).await? {
            Answer::Camera(camera) => Ok(camera),
            other => Err(AssemblyError::Configuration(format!("[[camera]] \"{}\": {other:?}", config.name))),
        }
    }

    async fn ask_for_camera(&self, request: Request, name: &str) -> Result<Answer, AssemblyError> {
        let answer = self.handle.ask(request).await?.answer;
        answer.map_err(|refusal| {
            AssemblyError::Configuration(format!("[[camera]] \"{name}\" was refused: {refusal:?}"))
        })
    }

    async fn known(&self) -> Result<Known, AssemblyError> {
        let names = |tables: &rusqlite::Connection, sql: &str| -> rusqlite::Result<Vec<(u32, String)>> {
            tables.prepare_cached(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let looked = move |tables: &rusqlite::Connection| {
            let kiosks = names(tables, "SELECT kiosk, name FROM kiosk_name")?;
            let cameras = names(tables, "SELECT camera, name FROM camera_name")?;
            Ok((bank_names(tables)?, kiosks, cameras))
        };
        let (banks, kiosks, cameras) = self.handle.query(looked).await.map_err(StoreError::from)?;
        Ok(Known {
            banks,
            kiosks: kiosks.into_iter().map(|(id, name)| (KioskId(id), name)).collect(),
            cameras: cameras.into_iter().map(|(id, name)| (CameraId(id), name)).collect(),
            doors: self.handle.read(doors).await?,
            installed: self.handle.read(|site, _| site.evidence.cameras.clone()).await?,
        })
    }
}
