//! Lines of lock boards of a site as it is put together, and as its configuration changes while it runs.
//!
//! Owns: that a line is given up before anybody else takes its port, and only when every pulse on it has its outcome. Never:
//! pulses, or says what hangs on which lock.

use super::{Assembled, AssemblyError};
use crate::config::{BankConfig, BusConfig};
use crate::runners::bus::{self, BusSurroundings};
use crate::runners::devices::{DeviceChange, DeviceKind, changes};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use vestibule_core::{BankId, Observation};
use vestibule_devices::{Profile, Profiles};

/// A door has at most ten seconds to spring open, and a second to be seen: no pulse is without its outcome for longer.
const OUTCOMES_WITHIN: Duration = Duration::from_secs(15);

/// A line that runs, and as what it was configured.
pub(super) struct BusSet {
    asked: BusAsked,
    banks: BTreeSet<BankId>,
    /// True ends it, once its pulses have their outcomes.
    finish: watch::Sender<bool>,
    pub(super) task: JoinHandle<()>,
}

/// What the configuration asks of a line: its entry, and what the profiles it names say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BusAsked {
    config: BusConfig,
    profiles: Vec<Option<Profile>>,
}

/// The lines of a configuration that was checked.
pub(super) struct CheckedBuses {
    profiles: Profiles,
    asked: BTreeMap<String, BusAsked>,
}

fn known_profiles(files: &[PathBuf]) -> Result<Profiles, AssemblyError> {
    let in_words = |error: vestibule_devices::ProfileError| AssemblyError::Configuration(error.to_string());
    let mut known = Profiles::built_in().map_err(in_words)?;
    for path in files {
        known.load(path).map_err(in_words)?;
    }
    Ok(known)
}

fn asked(config: &BusConfig, profiles: &Profiles) -> BusAsked {
    let named = config.board.iter().map(|board| profiles.get(&board.profile).cloned());
    BusAsked { config: config.clone(), profiles: named.collect() }
}

impl Assembled {
    /// Starts the drivers of all buses.
    ///
    /// # Errors
    /// A profile, a label or a wiring that is wrong; buses before it run.
    pub async fn drive(&mut self, buses: &[BusConfig], profiles: &[PathBuf]) -> Result<(), AssemblyError> {
        let profiles = known_profiles(profiles)?;
        for config in buses {
            self.start_bus(asked(config, &profiles), &profiles).await?;
        }
        Ok(())
    }

    /// Whether all lines of a configuration could run, the banks it draws put up. Nothing is changed.
    pub(super) async fn checked_buses(
        &self,
        (buses, banks): (&[BusConfig], &[BankConfig]),
        profiles: &[PathBuf],
    ) -> Result<CheckedBuses, AssemblyError> {
        let profiles = known_profiles(profiles)?;
        for config in buses {
            bus::check_configured(config, banks, (&self.handle, &profiles))
                .await
                .map_err(AssemblyError::Configuration)?;
        }
        let asked = buses.iter().map(|config| (config.name.clone(), asked(config, &profiles))).collect();
        Ok(CheckedBuses { profiles, asked })
    }

    /// Which lines are otherwise than they run.
    pub(super) fn changed_buses(&self, checked: &CheckedBuses) -> Vec<DeviceChange> {
        let runs = self.buses.iter().map(|(name, set)| (name.clone(), set.asked.clone())).collect();
        changes(DeviceKind::Bus, (&runs, &checked.asked), |was, now| was == now)
    }

    /// Ends the lines that are gone or run otherwise. Their pulses end first, and until another takes them over nothing of their
    /// banks is pulsed. Which banks are without a line now.
    pub(super) async fn end_other_buses(&mut self, checked: &CheckedBuses) -> BTreeSet<BankId> {
        let is_over = |name: &String, set: &BusSet| checked.asked.get(name) != Some(&set.asked);
        let over: Vec<String> =
            self.buses.iter().filter(|(name, set)| is_over(name, set)).map(|at| at.0.clone()).collect();
        let over: Vec<(String, BusSet)> =
            over.into_iter().filter_map(|name| self.buses.remove(&name).map(|set| (name, set))).collect();
        // All at once: one that waits for a door keeps no other one waiting.
        for (_, set) in &over {
            set.banks.iter().for_each(|bank| self.routes.unregister(*bank));
            set.finish.send_replace(true);
        }
        let mut without = BTreeSet::new();
        for (name, set) in over {
            let abort = set.task.abort_handle();
            if timeout(OUTCOMES_WITHIN, set.task).await.is_err() {
                tracing::warn!(bus = %name, "a bus did not end in time: what it was pulsing is unknown");
                abort.abort();
            }
            if !checked.asked.contains_key(&name) {
                self.devices.remove_bus(&name);
            }
            without.extend(set.banks);
        }
        without
    }

    /// Starts the lines that do not run yet. Which could not be started, in words.
    pub(super) async fn start_new_buses(&mut self, checked: &CheckedBuses) -> Vec<String> {
        let mut not_started = Vec::new();
        for (name, asked) in &checked.asked {
            if !self.buses.contains_key(name)
                && let Err(error) = self.start_bus(asked.clone(), &checked.profiles).await
            {
                not_started.push(error.to_string());
                self.devices.remove_bus(name);
            }
        }
        not_started
    }

    /// A bank that is left without a line is as good as silent: nobody sees its doors.
    pub(super) async fn tell_left_banks(&self, without: BTreeSet<BankId>) -> Result<(), AssemblyError> {
        let on_a_line: BTreeSet<BankId> = self.buses.values().flat_map(|set| &set.banks).copied().collect();
        let banks: BTreeSet<BankId> = without.difference(&on_a_line).copied().collect();
        if banks.is_empty() {
            return Ok(());
        }
        Ok(self.handle.observe(vec![Observation::LineSilent { banks }]).await?)
    }

    async fn start_bus(&mut self, asked: BusAsked, profiles: &Profiles) -> Result<(), AssemblyError> {
        let (finish, finishing) = watch::channel(false);
        let surroundings = BusSurroundings {
            profiles,
            clock: self.clock,
            site: self.handle.clone(),
            devices: self.devices.clone(),
            finish: finishing,
            shutdown: self.stop.subscribe(),
        };
        let started = bus::start_configured(&asked.config, &surroundings, &self.routes).await;
        let (task, banks) = started.map_err(AssemblyError::Configuration)?;
        self.buses.insert(asked.config.name.clone(), BusSet { asked, banks, finish, task });
        Ok(())
    }
}
