//! Doors one walks through, of a site as it is put together: named in the ledger, run beside.
//!
//! Owns: which doors of the configuration are which of the ledger's. Never: releases one, or says who may pass.

use super::{Assembled, AssemblyError, all_ended};
use crate::config::{DoorsConfig, PassageConfig};
use crate::handle::Request;
use crate::runners::bus::bank_names;
use crate::runners::devices::{DeviceChange, DeviceKind, changes};
use crate::runners::doors::{self as door_runner, DoorsStart};
use crate::store::StoreError;
use crate::web::problem::console_words;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::SystemTime;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use vestibule_core::access::point::PointSpec;
use vestibule_core::{AccessPointId, Actor, Answer, AreaId, BankId, Command, ShelfId};
use vestibule_devices::{DoorLinks, DoorWiring};

/// Reports wait here while the writer is busy.
const REPORTS_QUEUED: usize = 64;

/// A controller that runs, and as what it was configured.
pub(super) struct DoorSet {
    config: DoorsConfig,
    secrets: Vec<Option<SystemTime>>,
    points: Vec<AccessPointId>,
    /// True ends it.
    pub(super) stop: watch::Sender<bool>,
    pub(super) tasks: Vec<JoinHandle<()>>,
}

impl DoorSet {
    fn is_as(&self, config: &DoorsConfig) -> bool {
        self.config == *config && self.secrets == config.secrets_of()
    }
}

/// Controllers that are to be started, with the numbers of their doors.
pub(super) type NewDoors = Vec<(DoorsConfig, BTreeMap<String, u32>)>;

/// What is behind doors by its names, and the doors themselves.
struct Known {
    banks: BTreeMap<BankId, String>,
    shelves: BTreeMap<ShelfId, String>,
    areas: BTreeMap<AreaId, String>,
    points: BTreeMap<AccessPointId, PointSpec>,
}

impl Known {
    fn point(&self, name: &str) -> Option<(AccessPointId, &PointSpec)> {
        self.points.iter().find(|(_, spec)| spec.label.eq_ignore_ascii_case(name)).map(|(id, s)| (*id, s))
    }

    fn spec(&self, passage: &PassageConfig, wiring: DoorWiring) -> Result<PointSpec, String> {
        Ok(PointSpec {
            label: passage.name.clone(),
            kind: passage.kind,
            contact: wiring.contact,
            request_to_exit: wiring.request_to_exit,
            reader: wiring.reader,
            banks: numbers(&self.banks, &passage.banks, "bank")?,
            shelves: numbers(&self.shelves, &passage.shelves, "shelf")?,
            areas: numbers(&self.areas, &passage.drop_places, "drop place")?,
        })
    }
}

fn numbers<I: Copy + Ord>(
    known: &BTreeMap<I, String>,
    names: &[String],
    what: &str,
) -> Result<BTreeSet<I>, String> {
    let number = |name: &String| {
        let found = known.iter().find(|(_, known)| *known == name).map(|(id, _)| *id);
        found.ok_or_else(|| format!("there is no {what} called \"{name}\""))
    };
    names.iter().map(number).collect()
}

impl Assembled {
    /// Puts up the passages that are not known yet, so that whatever else the configuration names may name them.
    ///
    /// # Errors
    /// A passage that cannot be put up, by name.
    pub async fn put_up_doors(&self, configured: &[DoorsConfig]) -> Result<(), AssemblyError> {
        for config in configured {
            self.put_up(config).await?;
        }
        Ok(())
    }

    /// Puts up the passages that are not known yet, and makes the controllers that run those of the configuration: their doors can
    /// be released from now on. One that runs as configured is not touched.
    ///
    /// # Errors
    /// A controller that cannot be used as configured, by name; then all run on as they did.
    pub async fn run_doors(&mut self, configured: &[DoorsConfig]) -> Result<(), AssemblyError> {
        let new = self.new_doors(configured).await?;
        self.end_other_doors(configured, &new).await;
        self.start_new_doors(new)
    }

    /// Those of the configuration that do not run as it says; each could. Nothing is changed.
    pub(super) fn usable_doors<'a>(
        &self,
        configured: &'a [DoorsConfig],
    ) -> Result<Vec<&'a DoorsConfig>, AssemblyError> {
        let runs =
            |config: &&DoorsConfig| self.door_sets.get(&config.name).is_some_and(|set| set.is_as(config));
        let new: Vec<&DoorsConfig> = configured.iter().filter(|config| !runs(config)).collect();
        for config in &new {
            config.is_usable().map_err(|error| refused(config, &error.to_string()))?;
        }
        Ok(new)
    }

    /// Those of the configuration that do not run as it says. Their passages are put up then.
    pub(super) async fn new_doors(&self, configured: &[DoorsConfig]) -> Result<NewDoors, AssemblyError> {
        let mut numbered = Vec::new();
        for config in self.usable_doors(configured)? {
            numbered.push((config.clone(), self.put_up(config).await?));
        }
        Ok(numbered)
    }

    /// Which controllers are otherwise than they run.
    pub(super) fn changed_doors(&self, configured: &[DoorsConfig], new: &NewDoors) -> Vec<DeviceChange> {
        let starts = |name: &str| new.iter().any(|(config, _)| config.name == name);
        let runs: BTreeMap<String, bool> = self.door_sets.keys().map(|name| (name.clone(), true)).collect();
        let asked = configured.iter().map(|config| (config.name.clone(), !starts(&config.name))).collect();
        changes(DeviceKind::Doors, (&runs, &asked), |was, stays| was == stays)
    }

    /// Ends those that are gone or changed, before any new one starts: a door may have gone from one to another, and a port is
    /// opened once.
    pub(super) async fn end_other_doors(&mut self, configured: &[DoorsConfig], new: &NewDoors) {
        let stays = |name: &str| {
            configured.iter().any(|config| config.name == name)
                && !new.iter().any(|(config, _)| config.name == name)
        };
        let over: Vec<String> = self.door_sets.keys().filter(|name| !stays(name.as_str())).cloned().collect();
        for name in over {
            self.end_doors(&name).await;
        }
    }

    /// Starts those that are new or changed.
    pub(super) fn start_new_doors(&mut self, new: NewDoors) -> Result<(), AssemblyError> {
        for (config, known) in new {
            self.start_doors(config, &known)?;
        }
        Ok(())
    }

    fn start_doors(
        &mut self,
        config: DoorsConfig,
        known: &BTreeMap<String, u32>,
    ) -> Result<(), AssemblyError> {
        let (report, reports) = mpsc::channel(REPORTS_QUEUED);
        let (stop, stopping) = watch::channel(false);
        let secrets = config.secrets_of();
        let links = DoorLinks { clock: self.clock, reports: report, shutdown: stopping.clone() };
        let opened = config.open(known, links);
        let (controller, task) = opened.map_err(|error| refused(&config, &error.to_string()))?;
        let points = controller.abilities().keys().map(|door| AccessPointId(*door)).collect();
        let start = DoorsStart {
            name: config.name.clone(),
            controller,
            reports,
            clock: self.clock,
            site: self.handle.clone(),
            keys: Arc::clone(&self.keys),
            devices: self.devices.clone(),
            shutdown: stopping,
        };
        let tasks = vec![tokio::spawn(task), door_runner::start(start, &self.doors)];
        let name = config.name.clone();
        self.door_sets.insert(name, DoorSet { config, secrets, points, stop, tasks });
        Ok(())
    }

    async fn end_doors(&mut self, name: &str) {
        let Some(set) = self.door_sets.remove(name) else { return };
        set.points.iter().for_each(|point| self.doors.unregister(*point));
        set.stop.send_replace(true);
        all_ended(set.tasks).await;
        self.devices.remove_doors(name);
    }

    /// The doors of a controller by the names they have in the configuration.
    async fn put_up(&self, config: &DoorsConfig) -> Result<BTreeMap<String, u32>, AssemblyError> {
        let mut numbered = BTreeMap::new();
        for (name, wiring) in config.device.wiring() {
            let known = self.known_passages().await?;
            let point = match known.point(name) {
                Some((point, spec)) => self.as_wired(config, point, (spec, wiring)).await?,
                None => self.install_passage(config, (&known, name), wiring).await?,
            };
            numbered.insert(name.to_owned(), point.0);
        }
        Ok(numbered)
    }

    /// What a door is and where it leads is the ledger's to say; what is wired to it is the configuration's.
    async fn as_wired(
        &self,
        config: &DoorsConfig,
        point: AccessPointId,
        (spec, wiring): (&PointSpec, DoorWiring),
    ) -> Result<AccessPointId, AssemblyError> {
        let wired = PointSpec {
            contact: wiring.contact,
            request_to_exit: wiring.request_to_exit,
            // A kiosk may stand at it, too.
            reader: spec.reader || wiring.reader,
            ..spec.clone()
        };
        if wired != *spec {
            self.ask_for_door(config, Command::ChangeAccessPoint { point, spec: wired }).await?;
        }
        Ok(point)
    }

    async fn install_passage(
        &self,
        config: &DoorsConfig,
        (known, name): (&Known, &str),
        wiring: DoorWiring,
    ) -> Result<AccessPointId, AssemblyError> {
        let passage = config.passage.iter().find(|passage| passage.name == name).ok_or_else(|| {
            refused(
                config,
                &format!(
                    "the site knows no door called \"{name}\": put it up in the console, or add a [[doors.passage]] with this name \
                     and its kind"
                ),
            )
        })?;
        let spec = known.spec(passage, wiring).map_err(|problem| refused(config, &problem))?;
        match self.ask_for_door(config, Command::InstallAccessPoint { spec }).await? {
            Answer::AccessPoint(point) => Ok(point),
            other => Err(refused(config, &format!("door \"{name}\": {other:?}"))),
        }
    }

    async fn ask_for_door(&self, config: &DoorsConfig, command: Command) -> Result<Answer, AssemblyError> {
        match self.handle.ask(Request::new(Actor::Console, command)).await?.answer {
            Ok(answer) => Ok(answer),
            Err(refusal) => {
                let why = console_words(&self.handle, &refusal).await;
                Err(refused(config, &format!("was refused: {why}")))
            }
        }
    }

    async fn known_passages(&self) -> Result<Known, AssemblyError> {
        let banks = self.handle.query(bank_names).await.map_err(StoreError::from)?;
        let looked = self.handle.read(|site, _| {
            let points = site.access.points.iter().map(|(id, point)| (*id, point.spec.clone())).collect();
            (site.layout.shelves.clone(), site.layout.areas.clone(), points)
        });
        let (shelves, areas, points) = looked.await?;
        Ok(Known { banks, shelves, areas, points })
    }
}

fn refused(config: &DoorsConfig, problem: &str) -> AssemblyError {
    AssemblyError::Configuration(format!("[[doors]] \"{}\": {problem}", config.name))
}
