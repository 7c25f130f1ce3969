//! What hangs on the walls of Maple Court, and on which lines.

use std::collections::BTreeMap;
use std::path::PathBuf;
use vestibule_core::place::compartment::Size;
use vestibule_core::time::WeekWindow;
use vestibule_site::config::{
    BankConfig, BoardConfig, BusConfig, ColumnConfig, DoorConfig, SerialConfig, TcpConfig,
};

pub const LOBBY: &str = "North lobby";
pub const GARDEN: &str = "Garden entrance";
pub const NORTH_HOUSE: &str = "North House";
pub const GARDEN_HOUSE: &str = "Garden House";
pub const SHELVES: [&str; 3] = ["A1", "A2", "B1"];
pub const DROP_PLACE: &str = "Lobby bench";
pub const CARRIERS: [&str; 2] = ["Swiftline", "Blue Heron Post"];
pub const KIOSKS: [&str; 2] = ["North lobby screen", "Garden entrance screen"];
/// Bus address of the only board on each line.
pub const BOARD: u8 = 1;

const WEEKDAYS: u8 = 0b001_1111;
const SATURDAY: u8 = 0b010_0000;

/// When staff take parcels.
pub fn desk_hours() -> Vec<WeekWindow> {
    vec![
        WeekWindow { days: WEEKDAYS, from: 8 * 60, to: 20 * 60 },
        WeekWindow { days: SATURDAY, from: 9 * 60, to: 14 * 60 },
    ]
}

/// The two banks as they hang: 24 compartments in four columns, and six beside another entrance.
pub fn banks() -> Vec<BankConfig> {
    let large =
        [(Size::S, 130), (Size::S, 130), (Size::M, 260), (Size::M, 260), (Size::L, 400), (Size::XL, 600)];
    let small = [(Size::S, 200), (Size::M, 330), (Size::L, 520)];
    let lobby = (0..4).map(|column| column_of(1 + column * 6, &large)).collect();
    let garden = (0..2).map(|column| column_of(31 + column * 3, &small)).collect();
    vec![
        BankConfig { name: LOBBY.into(), building: NORTH_HOUSE.into(), foot_mm: 90, column: lobby },
        BankConfig { name: GARDEN.into(), building: GARDEN_HOUSE.into(), foot_mm: 350, column: garden },
    ]
}

fn column_of(first: u32, doors: &[(Size, u32)]) -> ColumnConfig {
    let doors = (first..).zip(doors).map(|(number, (size, height_mm))| DoorConfig {
        label: number.to_string(),
        size: *size,
        height_mm: *height_mm,
        occupancy_sensor: false,
    });
    ColumnConfig { width_mm: 420, doors: doors.collect() }
}

/// The lines: the lobby's boards behind a serial server, the garden's on a serial port.
pub fn buses(lobby: String, garden: PathBuf) -> Vec<BusConfig> {
    let board = |bank: &str, profile: &str, first: u8, count: u8| BoardConfig {
        address: BOARD,
        profile: profile.to_owned(),
        bank: bank.to_owned(),
        compartments: (1..=count).map(|lock| ((first + lock - 1).to_string(), lock)).collect(),
        polarity: BTreeMap::new(),
    };
    vec![
        BusConfig {
            name: LOBBY.to_owned(),
            serial: None,
            tcp: Some(TcpConfig { addr: lobby }),
            board: vec![board(LOBBY, "shuoming-2024a1-24", 1, 24)],
        },
        BusConfig {
            name: GARDEN.to_owned(),
            serial: Some(SerialConfig { path: garden, baud: 9600 }),
            tcp: None,
            board: vec![board(GARDEN, "generic-lock8a-8", 31, 6)],
        },
    ]
}
