//! Buses in the configuration file: which board hangs on which line, and which compartment on which of its locks.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use vestibule_core::CompartmentId;
use vestibule_devices::{BoardWiring, BusWiring, FeedbackPolarity, PointWiring, TransportConfig};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BusConfig {
    /// What traces and `vestibule check` call it.
    pub name: String,
    /// A serial port of this machine.
    #[serde(default)]
    pub serial: Option<SerialConfig>,
    /// A serial server in the network.
    #[serde(default)]
    pub tcp: Option<TcpConfig>,
    /// Its boards.
    pub board: Vec<BoardConfig>,
}

/// A serial port.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SerialConfig {
    /// Such as `/dev/ttyUSB0`.
    pub path: PathBuf,
    /// Bits a second, as the boards' profile says.
    pub baud: u32,
}

/// A serial server that passes bytes through.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TcpConfig {
    /// Such as `192.168.1.200:5000`.
    pub addr: String,
}

/// One board.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardConfig {
    /// As set on its DIP switches, in the range of its family.
    pub address: u8,
    /// Name of its profile, such as `generic-lock8a-12`.
    pub profile: String,
    /// The bank its compartments belong to, by name.
    pub bank: String,
    /// Compartment label = lock as printed on the board, from 1.
    pub compartments: BTreeMap<String, u8>,
    /// Compartment label = how its lock is wired, where that differs from the board's profile.
    #[serde(default)]
    pub polarity: BTreeMap<String, FeedbackPolarity>,
}

impl BusConfig {
    /// How the line is reached.
    pub fn transport(&self) -> TransportConfig {
        match (&self.serial, &self.tcp) {
            (Some(serial), _) => TransportConfig::Serial { path: serial.path.clone(), baud: serial.baud },
            (None, Some(tcp)) => TransportConfig::Tcp { address: tcp.addr.clone() },
            (None, None) => TransportConfig::Tcp { address: String::new() },
        }
    }

    /// The wiring, with compartments by number. `find` knows the number of a label in a bank.
    ///
    /// # Errors
    /// The first label nobody knows.
    pub fn wiring(&self, find: impl Fn(&str, &str) -> Option<CompartmentId>) -> Result<BusWiring, String> {
        let mut boards = Vec::new();
        for board in &self.board {
            let mut points = Vec::new();
            for (label, lock) in &board.compartments {
                let compartment = find(&board.bank, label).ok_or_else(|| {
                    format!(
                        "bus \"{}\", board {}: bank \"{}\" has no compartment \"{label}\"; add it under [[bank]] or \
                         correct the label",
                        self.name, board.address, board.bank
                    )
                })?;
                let polarity = board.polarity.get(label).copied();
                points.push(PointWiring { point: compartment.0, lock: *lock, contact: None, polarity });
            }
            boards.push(BoardWiring { address: board.address, profile: board.profile.clone(), points });
        }
        Ok(BusWiring { boards })
    }
}

pub(super) fn check(buses: &[BusConfig]) -> Result<(), String> {
    let mut names = BTreeSet::new();
    let mut bus_of_bank: BTreeMap<&str, &str> = BTreeMap::new();
    for bus in buses {
        let name = &bus.name;
        if !names.insert(name) {
            return Err(format!("two buses are called \"{name}\""));
        }
        match (&bus.serial, &bus.tcp) {
            (Some(_), None) | (None, Some(_)) => {}
            (Some(_), Some(_)) => return Err(format!("bus \"{name}\" has serial and tcp; keep one of them")),
            (None, None) => {
                return Err(format!(
                    "bus \"{name}\" has no line: write serial = {{ path = \"/dev/ttyUSB0\", baud = 9600 }} or tcp = {{ \
                     addr = \"192.168.1.200:5000\" }}"
                ));
            }
        }
        for board in &bus.board {
            check_board(name, board)?;
            let other = *bus_of_bank.entry(&board.bank).or_insert(name);
            if other != name {
                return Err(format!(
                    "bank \"{}\" hangs on two buses, \"{other}\" and \"{name}\"",
                    board.bank
                ));
            }
        }
    }
    Ok(())
}

fn check_board(bus: &str, board: &BoardConfig) -> Result<(), String> {
    match board.polarity.keys().find(|label| !board.compartments.contains_key(*label)) {
        Some(label) => Err(format!(
            "bus \"{bus}\", board {}: polarity names \"{label}\", which is not among its compartments",
            board.address
        )),
        None => Ok(()),
    }
}
