//! Doors one walks through, of a site as it is put together: named in the ledger, run beside.
//!
//! Owns: which doors of the configuration are which of the ledger's. Never: releases one, or says who may pass.

use super::{Assembled, AssemblyError};
use crate::config::{DoorsConfig, PassageConfig};
use crate::handle::Request;
use crate::runners::bus::bank_names;
use crate::store::StoreError;
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::mpsc;
use vestibule_core::access::point::PointSpec;
use vestibule_core::{AccessPointId, Actor, Answer, AreaId, BankId, Command, ShelfId};
use vestibule_devices::{DoorLinks, DoorWiring};

/// Reports wait here while the writer is busy.
const REPORTS_QUEUED: usize = 64;

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

    /// Puts up the passages that are not known yet, and runs the controllers: their doors can be released from now on.
    ///
    /// # Errors
    /// A controller that cannot be used as configured, by name.
    pub async fn run_doors(&mut self, configured: &[DoorsConfig]) -> Result<(), AssemblyError> {
        for config in configured {
            let known = self.put_up(config).await?;
            let (report, reports) = mpsc::channel(REPORTS_QUEUED);
            let links = DoorLinks { clock: self.clock, reports: report, shutdown: self.stop.subscribe() };
            let opened = config.open(&known, links);
            let (controller, task) = opened.map_err(|error| refused(config, &error.to_string()))?;
            self.adopt(tokio::spawn(task));
            self.join_doors(&config.name, controller, reports);
        }
        Ok(())
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
        let answer = self.handle.ask(Request::new(Actor::Console, command)).await?.answer;
        answer.map_err(|refusal| refused(config, &format!("refused: {refusal:?}")))
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
