//! Doors one walks through, of a site as it is put together: named in the ledger, run beside.
//!
//! Owns: which doors of the configuration are which of the ledger's. Never: releases one, or says who may pass.

use super::ground::Ground;
use super::{Assembled, AssemblyError, all_ended};
use crate::config::{DoorsConfig, PassageConfig};
use crate::handle::Request;
use crate::runners::devices::{DeviceChange, DeviceKind, changes};
use crate::runners::doors::{self as door_runner, DoorsStart};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::SystemTime;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use vestibule_core::access::point::PointSpec;
use vestibule_core::{AccessPointId, Actor, Answer, AreaId, BankId, Command, Observation, ShelfId};
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
        let mut ground = Ground::of(&self.handle);
        for config in configured {
            put_up(&mut ground, config).await?;
        }
        Ok(())
    }

    /// Puts up the passages that are not known yet, and makes the controllers that run those of the configuration: their doors can
    /// be released from now on. One that runs as configured is not touched.
    ///
    /// # Errors
    /// A controller that cannot be used as configured, by name; then all run on as they did. One that cannot be started though it
    /// could be used keeps no other from it.
    pub async fn run_doors(&mut self, configured: &[DoorsConfig]) -> Result<(), AssemblyError> {
        let new = self.new_doors(&mut Ground::of(&self.handle), configured).await?;
        let without = self.end_other_doors(configured, &new).await;
        let not_started = self.start_new_doors(new);
        self.tell_left_doors(without).await?;
        if not_started.is_empty() {
            Ok(())
        } else {
            Err(AssemblyError::Configuration(not_started.join("; ")))
        }
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

    /// Those of the configuration that do not run as it says. The passages of all are put up then, and wired as it says: what is
    /// recorded of one may be otherwise though its controller runs.
    pub(super) async fn new_doors(
        &self,
        ground: &mut Ground,
        configured: &[DoorsConfig],
    ) -> Result<NewDoors, AssemblyError> {
        let new = self.usable_doors(configured)?;
        let mut numbered = Vec::new();
        for config in configured {
            let known = put_up(ground, config).await?;
            if new.iter().any(|new| new.name == config.name) {
                numbered.push((config.clone(), known));
            }
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
    /// opened once. Which doors are without a controller now.
    pub(super) async fn end_other_doors(
        &mut self,
        configured: &[DoorsConfig],
        new: &NewDoors,
    ) -> BTreeSet<AccessPointId> {
        let stays = |name: &str| {
            configured.iter().any(|config| config.name == name)
                && !new.iter().any(|(config, _)| config.name == name)
        };
        let over: Vec<String> = self.door_sets.keys().filter(|name| !stays(name.as_str())).cloned().collect();
        let mut without = BTreeSet::new();
        for name in over {
            without.extend(self.end_doors(&name).await);
        }
        without
    }

    /// A door that is left without a controller does not answer, and nobody sees whether it stands open.
    pub(super) async fn tell_left_doors(
        &self,
        without: BTreeSet<AccessPointId>,
    ) -> Result<(), AssemblyError> {
        let is_run = |point: &AccessPointId| self.door_sets.values().any(|set| set.points.contains(point));
        let said = without.into_iter().filter(|point| !is_run(point)).flat_map(|point| {
            [
                Observation::PassageSeen { point, open: None },
                Observation::DoorAnswers { point, answers: false },
            ]
        });
        let said: Vec<_> = said.collect();
        if said.is_empty() { Ok(()) } else { Ok(self.handle.observe(said).await?) }
    }

    /// Starts those that are new or changed. Which could not be started, in words.
    pub(super) fn start_new_doors(&mut self, new: NewDoors) -> Vec<String> {
        let started = new.into_iter().map(|(config, known)| self.start_doors(config, &known));
        started.filter_map(|started| started.err().map(|error| error.to_string())).collect()
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

    /// Which doors it ran.
    async fn end_doors(&mut self, name: &str) -> Vec<AccessPointId> {
        let Some(set) = self.door_sets.remove(name) else { return Vec::new() };
        set.points.iter().for_each(|point| self.doors.unregister(*point));
        set.stop.send_replace(true);
        all_ended(set.tasks).await;
        self.devices.remove_doors(name);
        set.points
    }
}

/// The doors of a controller by the names they have in the configuration.
async fn put_up(ground: &mut Ground, config: &DoorsConfig) -> Result<BTreeMap<String, u32>, AssemblyError> {
    let mut numbered = BTreeMap::new();
    for (name, wiring) in config.device.wiring() {
        let known = known_passages(ground).await?;
        let point = match known.point(name) {
            Some((point, spec)) => as_wired((&mut *ground, config), point, (spec, wiring)).await?,
            None => install_passage((&mut *ground, config), (&known, name), wiring).await?,
        };
        numbered.insert(name.to_owned(), point.0);
    }
    Ok(numbered)
}

/// What a door is and where it leads is the ledger's to say; what is wired to it is the configuration's.
async fn as_wired(
    (ground, config): (&mut Ground, &DoorsConfig),
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
        ask_for_door((ground, config), Command::ChangeAccessPoint { point, spec: wired }).await?;
    }
    Ok(point)
}

async fn install_passage(
    (ground, config): (&mut Ground, &DoorsConfig),
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
    match ask_for_door((ground, config), Command::InstallAccessPoint { spec }).await? {
        Answer::AccessPoint(point) => Ok(point),
        other => Err(refused(config, &format!("door \"{name}\": {other:?}"))),
    }
}

async fn ask_for_door(
    (ground, config): (&mut Ground, &DoorsConfig),
    command: Command,
) -> Result<Answer, AssemblyError> {
    let answer = ground.ask(Request::new(Actor::Console, command)).await?;
    answer.map_err(|why| refused(config, &format!("was refused: {why}")))
}

async fn known_passages(ground: &Ground) -> Result<Known, AssemblyError> {
    let banks = ground.bank_names().await?;
    let looked = ground.read(|site, _| {
        let points = site.access.points.iter().map(|(id, point)| (*id, point.spec.clone())).collect();
        (site.layout.shelves.clone(), site.layout.areas.clone(), points)
    });
    let (shelves, areas, points) = looked.await?;
    Ok(Known { banks, shelves, areas, points })
}

fn refused(config: &DoorsConfig, problem: &str) -> AssemblyError {
    AssemblyError::Configuration(format!("[[doors]] \"{}\": {problem}", config.name))
}
