//! Controllers of doors one walks through in the configuration file: what each passage is, and how its lock is reached.

use crate::store::DurableRelease;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::SystemTime;
use tokio::sync::{mpsc, watch};
use vestibule_core::access::point::PointKind;
use vestibule_devices::{
    Clock, DoorConfig, DoorConfigError, DoorController, DoorLinks, DoorTask, open_doors,
};

/// One controller and its doors.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoorsConfig {
    /// What traces call it, such as `Entrance intercom`; unique.
    pub name: String,
    /// Passages to put up, by name; one that is there already is left as it is.
    #[serde(default)]
    pub passage: Vec<PassageConfig>,
    /// How it is reached, and which of its locks is which door.
    pub device: DoorConfig,
}

/// A passage that the site is to know.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassageConfig {
    /// What people call it, such as `Street door`.
    pub name: String,
    /// `building_entrance`, `room_door` or `bank_room`.
    pub kind: PointKind,
    /// The banks behind it, by name.
    #[serde(default)]
    pub banks: Vec<String>,
    /// The shelves behind it, by what is written on them.
    #[serde(default)]
    pub shelves: Vec<String>,
    /// The drop places behind it, by name.
    #[serde(default)]
    pub drop_places: Vec<String>,
}

impl DoorsConfig {
    /// The controller, its doors numbered as `known` does. Reads passwords and keys; asks the device nothing.
    ///
    /// # Errors
    /// What cannot be used as configured.
    pub fn open(
        &self,
        known: &BTreeMap<String, u32>,
        links: DoorLinks,
    ) -> Result<(DoorController<DurableRelease>, DoorTask), DoorConfigError> {
        open_doors(&self.device, known, links)
    }

    /// When each file with a secret was written last: one that was written again is another secret.
    pub fn secrets_of(&self) -> Vec<Option<SystemTime>> {
        let mut device = self.device.clone();
        device.files_mut().into_iter().map(|file| super::written(file)).collect()
    }

    /// Whether it can be used as configured, passwords and keys included.
    ///
    /// # Errors
    /// What cannot.
    pub fn is_usable(&self) -> Result<(), DoorConfigError> {
        let known = self.device.doors().into_iter().map(str::to_owned).zip(1..).collect();
        let links = DoorLinks {
            clock: Clock::start(),
            reports: mpsc::channel(1).0,
            shutdown: watch::channel(true).1,
        };
        self.open(&known, links).map(|_| ())
    }
}

pub(super) fn resolve_paths(controllers: &mut [DoorsConfig], folder: &Path) {
    for file in controllers.iter_mut().flat_map(|controller| controller.device.files_mut()) {
        *file = folder.join(&file);
    }
}

pub(super) fn check(controllers: &[DoorsConfig]) -> Result<(), String> {
    let (mut names, mut doors) = (BTreeSet::new(), BTreeSet::new());
    for controller in controllers {
        let name = &controller.name;
        if name.trim().is_empty() {
            return Err("a [[doors]] has no name".into());
        }
        if !names.insert(name) {
            return Err(format!("two [[doors]] are called \"{name}\""));
        }
        controller.device.check().map_err(|error| format!("[[doors]] \"{name}\": {error}"))?;
        let own = controller.device.doors();
        if let Some(twice) = own.iter().find(|door| !doors.insert(door.to_lowercase())) {
            return Err(format!("[[doors]] \"{name}\": door \"{twice}\" has another controller already"));
        }
        let stray = controller.passage.iter().find(|passage| !own.contains(&passage.name.as_str()));
        if let Some(stray) = stray {
            return Err(format!(
                "[[doors]] \"{name}\": the passage \"{}\" is none of its doors: {}",
                stray.name,
                own.join(", ")
            ));
        }
    }
    Ok(())
}
