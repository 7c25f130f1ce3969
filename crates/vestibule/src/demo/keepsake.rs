//! What a demonstration remembers beside its site: the invented secrets its start page shows. A real site keeps none.

use super::building::Hardware;
use super::plan::{Building, Plan};
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use vestibule_site::web::demo::{
    CourierToTry, DoorToTry, KioskToTry, PassToTry, ResidentCardToTry, StaffToTry,
};

const FILE: &str = "demo.json";

/// The invented secrets.
#[derive(Default, Serialize, Deserialize)]
pub struct Keepsake {
    #[serde(default)]
    pub building: Building,
    #[serde(default)]
    pub hardware: Hardware,
    pub kiosks: Vec<Kiosk>,
    /// The screens at doors one walks through, in the order of the doors.
    #[serde(default)]
    pub doors: Vec<Kiosk>,
    #[serde(default)]
    pub passes: Vec<Pass>,
    pub couriers: Vec<Courier>,
    pub cards: Vec<Card>,
    pub staff: Account,
    /// Somebody left a parcel yesterday evening and scanned nothing.
    #[serde(default)]
    pub unscanned: bool,
}

#[derive(Serialize, Deserialize)]
pub struct Kiosk {
    pub name: String,
    pub token: String,
}

#[derive(Serialize, Deserialize)]
pub struct Courier {
    pub carrier: String,
    pub digits: String,
    pub badge: String,
    #[serde(default)]
    pub by_day: bool,
}

#[derive(Serialize, Deserialize)]
pub struct Pass {
    pub to: String,
    pub digits: String,
    pub token: String,
}

#[derive(Serialize, Deserialize)]
pub struct Card {
    pub name: String,
    pub token: String,
}

#[derive(Default, Serialize, Deserialize)]
pub struct Account {
    pub email: String,
    pub password: String,
}

impl Kiosk {
    pub fn to_try(&self) -> KioskToTry {
        KioskToTry { name: self.name.clone(), token: self.token.clone() }
    }

    pub fn door_to_try(&self) -> DoorToTry {
        DoorToTry { name: self.name.clone(), token: self.token.clone() }
    }
}

impl Pass {
    pub fn to_try(&self) -> PassToTry {
        PassToTry { to: self.to.clone(), digits: self.digits.clone(), token: self.token.clone() }
    }
}

impl Courier {
    pub fn to_try(&self) -> CourierToTry {
        CourierToTry {
            carrier: self.carrier.clone(),
            digits: self.digits.clone(),
            badge: self.badge.clone(),
            by_day: self.by_day,
        }
    }
}

impl Card {
    pub fn to_try(&self) -> ResidentCardToTry {
        ResidentCardToTry { name: self.name.clone(), token: self.token.clone() }
    }
}

impl Account {
    pub fn to_try(&self) -> StaffToTry {
        StaffToTry { email: self.email.clone(), password: self.password.clone() }
    }
}

impl Keepsake {
    pub fn plan(&self) -> Plan {
        Plan { building: self.building, hardware: self.hardware }
    }

    /// What the folder remembers, if a demonstration lives there.
    pub fn load(folder: &Path) -> Result<Option<Self>, Failure> {
        match std::fs::read(folder.join(FILE)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub fn save(&self, folder: &Path) -> Result<(), Failure> {
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(folder.join(FILE))?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        file.sync_all()?;
        Ok(())
    }
}
