//! What is known of one parcel before it is taken in: its symbols, what they say, whom they could mean.

use super::guess::{self, Guess};
use crate::directory::settings::{BuildingAddress, Settings};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use vestibule_core::Timestamp;
use vestibule_intake::Label;
use vestibule_intake::address::{OwnAddress, Whereabouts, whereabouts};
use vestibule_intake::evidence::{SYMBOLS_MOST, Sought};

/// More touches of one parcel than this are somebody playing.
pub const TOUCHES_MOST: u32 = 999;

/// A label for another house, in the words of both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// `10001 Main St 12`, as far as the label says.
    pub said: String,
    /// `5 Lake Street`.
    pub here: String,
    /// Somebody said that it stays here all the same.
    #[serde(default)]
    pub accepted: bool,
}

/// One parcel, as far as it is known. Kept with the parcel once it is taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The symbols as they were scanned, in hexadecimal.
    pub symbols: Vec<String>,
    /// The number on it.
    pub tracking: String,
    /// The company its number proves.
    pub company: Option<String>,
    /// The name on it.
    pub name: Option<String>,
    /// The apartment on it.
    pub unit: Option<String>,
    /// The street on it.
    pub street: Option<String>,
    /// The postal code on it.
    pub postal: Option<String>,
    /// It is for another house.
    pub elsewhere: Option<Elsewhere>,
    /// Its print was too worn to be read, and its name is whoever of those here fits it best: asked about, never filled in.
    pub is_likened: bool,
    /// Whom it means here.
    pub guess: Option<Guess>,
    /// When it was scanned, or the first key was pressed for it.
    pub began: Option<Timestamp>,
    /// Presses, keys and scans so far.
    pub touches: u32,
}

impl Reading {
    /// Reads one more symbol of the parcel; what a symbol does not say stays.
    pub fn read(&mut self, scan: &str, label: &Label) {
        let hex: String = scan.bytes().map(|byte| format!("{byte:02x}")).collect();
        if !hex.is_empty() && self.symbols.len() < SYMBOLS_MOST && !self.symbols.contains(&hex) {
            self.symbols.push(hex);
        }
        self.tracking.clone_from(&label.tracking);
        self.company = label.carrier.and_then(vestibule_intake::Carrier::name).map(str::to_owned);
        let sought = Sought::of(label);
        let recipient = &label.recipient;
        self.name = sought.name.or(self.name.take());
        self.unit = sought.unit.or(self.unit.take());
        self.street = recipient.street.clone().or(self.street.take());
        self.postal = recipient.postal.clone().or(self.postal.take());
    }

    /// Counts touches, as the page told them.
    pub fn touched(&mut self, touches: u32, now: Timestamp) {
        self.began.get_or_insert(now);
        self.touches = self.touches.saturating_add(touches).min(TOUCHES_MOST);
    }

    /// Whom the label names and where; nothing for a bare number.
    pub fn sought(&self) -> Sought {
        Sought { name: self.name.clone(), unit: self.unit.clone() }
    }

    /// It is for another house, and nobody has said what is to become of it.
    pub fn asks_whether_here(&self) -> bool {
        self.elsewhere.as_ref().is_some_and(|elsewhere| !elsewhere.accepted)
    }

    /// Compares the label with the property's own addresses and with the people here. A label for another house is
    /// nobody's here until somebody says that it stays.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn look(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        let settings = Settings::load(conn)?;
        let place = self.whereabouts(&settings.addresses);
        let accepted = self.elsewhere.as_ref().is_some_and(|elsewhere| elsewhere.accepted);
        self.elsewhere = (place == Whereabouts::Elsewhere).then(|| Elsewhere {
            said: [&self.postal, &self.street]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" "),
            here: settings.addresses.first().map(own_words).unwrap_or_default(),
            accepted,
        });
        let building = match place {
            Whereabouts::Here(at) => settings.addresses.get(at).map(|address| address.building.as_str()),
            Whereabouts::HereSomewhere | Whereabouts::Untold | Whereabouts::Elsewhere => None,
        };
        let sought = self.sought();
        self.guess = if sought.is_empty() { None } else { Some(guess::guess(conn, &sought, building)?) };
        if let Some(guess) = self.guess.as_mut().filter(|_| self.is_likened) {
            guess.decision = guess.decision.asked();
        }
        Ok(())
    }

    fn whereabouts(&self, addresses: &[BuildingAddress]) -> Whereabouts {
        let own: Vec<OwnAddress> = addresses.iter().map(own_address).collect();
        let recipient = vestibule_intake::Recipient {
            street: self.street.clone(),
            postal: self.postal.clone(),
            ..vestibule_intake::Recipient::default()
        };
        whereabouts(&recipient, &own)
    }
}

/// As the rules compare it.
pub fn own_address(address: &BuildingAddress) -> OwnAddress {
    OwnAddress { street: address.street.clone(), postal: address.postal.clone() }
}

fn own_words(address: &BuildingAddress) -> String {
    if address.street.is_empty() { address.postal.clone() } else { address.street.clone() }
}
