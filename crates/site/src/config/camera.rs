//! Cameras in the configuration file: what each looks at, and how it is reached.

use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::SystemTime;
use vestibule_core::evidence::InView;
use vestibule_devices::{Camera, CameraConfigError, open_camera};

/// One camera.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CameraConfig {
    /// What people call it, such as `Lobby`; unique.
    pub name: String,
    /// It sees the front of this bank, by name.
    #[serde(default)]
    pub bank: Option<String>,
    /// It sees whoever stands at this kiosk, by name.
    #[serde(default)]
    pub kiosk: Option<String>,
    /// It sees whoever stands at this door one walks through, by name.
    #[serde(default)]
    pub door: Option<String>,
    /// It sees the room that this door leads to, from within, by the door's name.
    #[serde(default)]
    pub inside: Option<String>,
    /// It sees the desk.
    #[serde(default)]
    pub desk: bool,
    /// Nobody is ever in its picture: it sees parcels or labels alone, and its photos are kept accordingly.
    #[serde(default)]
    pub parcels_only: bool,
    /// How it is reached.
    pub device: vestibule_devices::CameraConfig,
}

/// What a camera looks at, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LooksAt<'a> {
    /// A bank.
    Bank(&'a str),
    /// A kiosk.
    Kiosk(&'a str),
    /// A door one walks through.
    Door(&'a str),
    /// The room a door leads to.
    Inside(&'a str),
    /// The desk.
    Desk,
}

impl CameraConfig {
    /// What it looks at: exactly one thing.
    ///
    /// # Errors
    /// Nothing, or several.
    pub fn looks_at(&self) -> Result<LooksAt<'_>, String> {
        match (&self.bank, &self.kiosk, &self.door, &self.inside, self.desk) {
            (Some(bank), None, None, None, false) => Ok(LooksAt::Bank(bank)),
            (None, Some(kiosk), None, None, false) => Ok(LooksAt::Kiosk(kiosk)),
            (None, None, Some(door), None, false) => Ok(LooksAt::Door(door)),
            (None, None, None, Some(door), false) => Ok(LooksAt::Inside(door)),
            (None, None, None, None, true) => Ok(LooksAt::Desk),
            _ => Err(format!(
                "camera \"{}\": say what it looks at with one of bank = \"..\", kiosk = \"..\", door = \"..\", inside = \"..\" or desk = true",
                self.name
            )),
        }
    }

    /// The camera behind it. Reads the password file; asks the camera nothing.
    ///
    /// # Errors
    /// What cannot be used as configured.
    pub fn open(&self) -> Result<Box<dyn Camera>, CameraConfigError> {
        open_camera(&self.device)
    }

    /// When its file with the password was written last: one that was written again is another password.
    pub fn secret_of(&self) -> Option<SystemTime> {
        self.device.password_file.as_deref().and_then(super::written)
    }

    /// Whether people are in view.
    pub fn in_view(&self) -> InView {
        if self.parcels_only { InView::ParcelsOnly } else { InView::People }
    }
}

pub(super) fn resolve_paths(cameras: &mut [CameraConfig], folder: &Path) {
    for file in cameras.iter_mut().filter_map(|camera| camera.device.password_file.as_mut()) {
        *file = folder.join(&file);
    }
}

pub(super) fn check(cameras: &[CameraConfig]) -> Result<(), String> {
    let mut names = BTreeSet::new();
    for camera in cameras {
        if camera.name.trim().is_empty() {
            return Err("a [[camera]] has no name".into());
        }
        if !names.insert(&camera.name) {
            return Err(format!("two cameras are called \"{}\"", camera.name));
        }
        camera.looks_at()?;
    }
    Ok(())
}
