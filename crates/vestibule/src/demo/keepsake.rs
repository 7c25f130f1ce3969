//! What a demonstration remembers beside its site: the invented secrets its start page shows. A real site keeps none.

use super::building::Hardware;
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use vestibule_site::web::demo::{CourierToTry, KioskToTry, ResidentCardToTry, StaffToTry};

const FILE: &str = "demo.json";

/// The invented secrets.
#[derive(Default, Serialize, Deserialize)]
pub struct Keepsake {
    #[serde(default)]
    pub hardware: Hardware,
    pub kiosks: Vec<Kiosk>,
    pub couriers: Vec<Courier>,
    pub cards: Vec<Card>,
    pub staff: Account,
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
}

impl Courier {
    pub fn to_try(&self) -> CourierToTry {
        CourierToTry { carrier: self.carrier.clone(), digits: self.digits.clone(), badge: self.badge.clone() }
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
