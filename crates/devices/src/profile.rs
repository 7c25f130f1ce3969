//! What is known about a kind of board, as data. Owns the ranges that keep a profile from being dangerous or useless.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use thiserror::Error;
use vestibule_protocols::lock8a::{FeedbackPolarity, StatusOrder};
use vestibule_protocols::session::RESPONSE_TIMEOUT_MAX_MS;
use vestibule_protocols::{OutOfRange, kerong_cu, lock8a, modbus, winnsen, wkly};

use crate::families;

/// The profiles that are part of the program: their names, and their files of the same names.
macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../profiles/", $name, ".toml")))),*]
    };
}

const BUILT_IN: [(&str, &str); 16] = built_in![
    "shuoming-2024a1-24",
    "generic-lock8a-8",
    "generic-lock8a-12",
    "generic-lock8a-16",
    "generic-lock8a-18",
    "generic-lock8a-50",
    "bench-lock8a-24",
    "kerong-kr-cu12",
    "kerong-kr-cu16",
    "kerong-ncu16l",
    "generic-wkly-24",
    "winnsen-16",
    "waveshare-modbus-rtu-relay-d",
    "waveshare-poe-eth-relay-b",
    "waveshare-poe-eth-relay-b-rtu",
    "generic-modbus-8",
];

/// The protocol a board speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Frames of `8A` and `80`.
    Lock8a,
    /// Kerong CU12 and CU16.
    KerongCu,
    /// Frames of `57 4B 4C 59`.
    Wkly,
    /// Winnsen's document of 2021.
    Winnsen,
    /// Modbus relay boards with discrete inputs.
    Modbus,
}

impl Family {
    /// As profiles and `vestibule bus decode` name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Family::Lock8a => "lock8a",
            Family::KerongCu => "kerong_cu",
            Family::Wkly => "wkly",
            Family::Winnsen => "winnsen",
            Family::Modbus => "modbus",
        }
    }

    pub(crate) fn check_address(self, address: u8) -> Result<(), OutOfRange> {
        match self {
            Family::Lock8a => lock8a::BoardAddress::new(address).map(drop),
            Family::KerongCu => kerong_cu::BoardAddress::new(address).map(drop),
            Family::Wkly => wkly::BoardAddress::new(address).map(drop),
            Family::Winnsen => winnsen::Station::new(address).map(drop),
            Family::Modbus => modbus::Unit::new(address).map(drop),
        }
    }

    pub(crate) fn check_lock(self, lock: u8) -> Result<(), OutOfRange> {
        match self {
            Family::Lock8a => lock8a::LockNumber::new(lock).map(drop),
            Family::KerongCu => kerong_cu::LockNumber::new(lock).map(drop),
            Family::Wkly => wkly::LockNumber::new(lock).map(drop),
            Family::Winnsen => winnsen::LockNumber::new(lock).map(drop),
            Family::Modbus => modbus::Channel::new(lock).map(drop),
        }
    }

    fn most_channels(self) -> u8 {
        match self {
            Family::Lock8a => lock8a::LockNumber::LAST,
            Family::KerongCu => kerong_cu::LockNumber::LAST,
            Family::Wkly => wkly::LockNumber::LAST,
            Family::Winnsen => winnsen::LockNumber::LAST,
            Family::Modbus => modbus::Channel::LAST,
        }
    }
}

/// How Modbus frames are wrapped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Framing {
    /// With a CRC, on a serial line or on TCP. All other families are like that.
    #[default]
    Rtu,
    /// With a transaction number, on TCP.
    Tcp,
}

impl From<Framing> for modbus::Framing {
    fn from(framing: Framing) -> Self {
        match framing {
            Framing::Rtu => modbus::Framing::Rtu,
            Framing::Tcp => modbus::Framing::Tcp,
        }
    }
}

/// Whose clock ends a pulse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PulseMode {
    /// The board's own.
    #[default]
    BoardTimed,
    /// The driver's, by an "on" and a later "off". Refused: a coil would burn if the driver died between them.
    HostTimed,
}

/// Bits on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum DataFormat {
    /// Eight data bits, no parity, one stop bit.
    #[serde(rename = "8N1")]
    EightNoneOne,
}

/// One kind of board.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Who makes it.
    pub vendor: String,
    /// Its name on the vendor's page.
    pub model: String,
    /// The protocol it speaks.
    pub family: Family,
    /// Bits a second.
    pub baud: u32,
    /// Bits of a byte.
    pub data_format: DataFormat,
    /// Locks: 1 to 50, or what its family has at most.
    pub channels: u8,
    /// How long the board energises a coil by itself. The bus waits for it before the next pulse.
    pub pulse_ms: u64,
    /// Whose clock ends a pulse.
    #[serde(default)]
    pub pulse_mode: PulseMode,
    /// `modbus` only: how frames are wrapped.
    #[serde(default)]
    pub framing: Framing,
    /// `modbus` only: holding registers from 1000 hold a mode per channel, of which only 0 leaves relays to us.
    #[serde(default)]
    pub has_channel_modes: bool,
    /// `modbus` only: the board is asked by function 2B what runs on it, once and while nothing else is wanted of its line.
    #[serde(default)]
    pub may_tell_identity: bool,
    /// `kerong_cu` only: the board has a connector for occupancy sensors. Which are fitted, the drawing of the bank says.
    #[serde(default)]
    pub has_occupancy: bool,
    /// `lock8a` only: which status byte carries locks 1 to 8.
    #[serde(default)]
    pub status_order: StatusOrder,
    /// What a closed contact means, unless a point says otherwise.
    #[serde(default)]
    pub feedback_polarity: FeedbackPolarity,
    /// How long an answer may take, 1 to 250 ms.
    pub response_timeout_ms: u64,
    /// Silence that ends a frame: 5 ms at 9600 baud.
    pub quiet_gap_ms: u64,
    /// Between two looks while a door moves or may move, 200 to 500 ms.
    #[serde(default = "default_poll_moving_ms")]
    pub poll_moving_ms: u64,
    /// Between two looks while nothing happens, 2 to 5 s.
    #[serde(default = "default_poll_idle_ms")]
    pub poll_idle_ms: u64,
    /// How long a door may take after a pulse until its contact shows it open.
    #[serde(default = "default_open_window_ms")]
    pub open_window_ms: u64,
    /// Whether each lock reports its door. Boards without are refused.
    pub has_door_contact: bool,
    /// Made for simulated boards: gaps and polls may then be shorter than any real line bears.
    #[serde(default)]
    pub simulated_only: bool,
}

fn default_poll_moving_ms() -> u64 {
    200
}

fn default_poll_idle_ms() -> u64 {
    2_000
}

fn default_open_window_ms() -> u64 {
    1_500
}

/// Why a profile cannot be used.
#[derive(Debug, Error)]
pub enum ProfileError {
    /// Not TOML of this shape.
    #[error("profile {name}: {source}")]
    Syntax {
        /// The profile's name.
        name: String,
        /// Where and what.
        source: Box<toml::de::Error>,
    },
    /// The file cannot be read.
    #[error("profile file {path}: {source}")]
    File {
        /// Which file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A number no board or no good driver has.
    #[error("profile {name}: {field} is {value}, expected {expected}")]
    Range {
        /// The profile's name.
        name: String,
        /// Which field.
        field: &'static str,
        /// What it is.
        value: u64,
        /// What it may be.
        expected: String,
    },
    /// A compartment needs a door contact.
    #[error(
        "profile {name}: boards without a door contact cannot be used: nothing would tell whether a door opened or was closed"
    )]
    NoDoorContact {
        /// The profile's name.
        name: String,
    },
    /// A coil must not depend on our living on.
    #[error(
        "profile {name}: pulse_mode = \"host_timed\" is refused: if this program or its line died between on and off, the coil would burn; use a board that times pulses itself (flash on)"
    )]
    HostTimedPulse {
        /// The profile's name.
        name: String,
    },
    /// A pulse the board cannot time.
    #[error(
        "profile {name}: pulse_ms is {value}; these boards time pulses in steps of {step} ms, from {step} on"
    )]
    PulseStep {
        /// The profile's name.
        name: String,
        /// What it is.
        value: u64,
        /// The step.
        step: u64,
    },
    /// A field of another family.
    #[error("profile {name}: {field} belongs to family = \"{family}\" alone; leave it out")]
    NotOfFamily {
        /// The profile's name.
        name: String,
        /// Which field.
        field: &'static str,
        /// Whose it is.
        family: &'static str,
    },
    /// Two profiles of one name.
    #[error("profile {name} exists already: give the file another name")]
    Duplicate {
        /// The name.
        name: String,
    },
}

impl Profile {
    /// Reads and checks one profile. `name` is for messages.
    pub fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        let profile: Profile = toml::from_str(text)
            .map_err(|source| ProfileError::Syntax { name: name.into(), source: Box::new(source) })?;
        profile.check(name)?;
        Ok(profile)
    }

    fn check(&self, name: &str) -> Result<(), ProfileError> {
        if !self.has_door_contact {
            return Err(ProfileError::NoDoorContact { name: name.into() });
        }
        self.check_family(name)?;
        let least = |least: u64| if self.simulated_only { 0 } else { least };
        let ranges = [
            ("baud", u64::from(self.baud), 1_200, 115_200),
            ("channels", u64::from(self.channels), 1, u64::from(self.family.most_channels())),
            ("pulse_ms", self.pulse_ms, least(50), 10_000),
            ("response_timeout_ms", self.response_timeout_ms, 1, RESPONSE_TIMEOUT_MAX_MS),
            ("quiet_gap_ms", self.quiet_gap_ms, least(1), 50),
            ("poll_moving_ms", self.poll_moving_ms, least(200).max(1), 500),
            ("poll_idle_ms", self.poll_idle_ms, least(2_000).max(1), 5_000),
            ("open_window_ms", self.open_window_ms, least(200), 10_000),
        ];
        match ranges.into_iter().find(|(_, value, least, most)| !(*least..=*most).contains(value)) {
            None => Ok(()),
            Some((field, value, least, most)) => {
                let expected = format!("{least} to {most}");
                Err(ProfileError::Range { name: name.into(), field, value, expected })
            }
        }
    }

    /// What only some families have, and what none may have.
    fn check_family(&self, name: &str) -> Result<(), ProfileError> {
        if self.pulse_mode == PulseMode::HostTimed {
            return Err(ProfileError::HostTimedPulse { name: name.into() });
        }
        let is = |family: Family| self.family == family;
        let step = families::PULSE_UNIT_MS;
        if is(Family::Modbus) && (self.pulse_ms < step || !self.pulse_ms.is_multiple_of(step)) {
            return Err(ProfileError::PulseStep { name: name.into(), value: self.pulse_ms, step });
        }
        let foreign = [
            (!is(Family::Modbus) && self.framing != Framing::Rtu, "framing", "modbus"),
            (!is(Family::Modbus) && self.has_channel_modes, "has_channel_modes", "modbus"),
            (!is(Family::Modbus) && self.may_tell_identity, "may_tell_identity", "modbus"),
            (!is(Family::KerongCu) && self.has_occupancy, "has_occupancy", "kerong_cu"),
            (!is(Family::Lock8a) && self.status_order != StatusOrder::default(), "status_order", "lock8a"),
        ];
        match foreign.into_iter().find(|(is_foreign, ..)| *is_foreign) {
            None => Ok(()),
            Some((_, field, family)) => Err(ProfileError::NotOfFamily { name: name.into(), field, family }),
        }
    }

    /// What is spoken on its line, in a word.
    pub(crate) fn language(&self) -> &'static str {
        match (self.family, self.framing) {
            (Family::Modbus, Framing::Rtu) => "modbus (rtu)",
            (Family::Modbus, Framing::Tcp) => "modbus (tcp)",
            (family, _) => family.name(),
        }
    }
}

/// All profiles known, by name: built in, and those loaded from files.
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    by_name: BTreeMap<String, Profile>,
}

impl Profiles {
    /// The profiles that are part of the program.
    pub fn built_in() -> Result<Self, ProfileError> {
        let mut profiles = Self::default();
        for (name, text) in BUILT_IN {
            profiles.add(name, Profile::parse(name, text)?)?;
        }
        Ok(profiles)
    }

    /// Adds a profile under a new name.
    pub fn add(&mut self, name: &str, profile: Profile) -> Result<(), ProfileError> {
        match self.by_name.insert(name.to_owned(), profile) {
            None => Ok(()),
            Some(earlier) => {
                self.by_name.insert(name.to_owned(), earlier);
                Err(ProfileError::Duplicate { name: name.into() })
            }
        }
    }

    /// Adds the profile in a file, named as the file without its ending. Returns that name.
    pub fn load(&mut self, path: &Path) -> Result<String, ProfileError> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|source| ProfileError::File { path: shown.clone(), source })?;
        let name = path.file_stem().map_or(shown, |stem| stem.to_string_lossy().into_owned());
        self.add(&name, Profile::parse(&name, &text)?)?;
        Ok(name)
    }

    /// The profile of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Profile> {
        self.by_name.get(name)
    }

    /// All names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}
