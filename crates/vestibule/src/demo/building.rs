//! The lockers of Maple Court: what hangs on its walls, and on which lines.

use super::plan::Plan;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;
use vestibule_core::BankId;
use vestibule_core::place::compartment::Size;
use vestibule_core::time::WeekWindow;
use vestibule_simulators::lock_boards::Firmware;
use vestibule_site::config::{
    BankConfig, BoardConfig, BusConfig, ColumnConfig, DoorConfig, SerialConfig, TcpConfig,
};

pub const LOBBY: &str = "North lobby";
pub const GARDEN: &str = "Garden entrance";
pub const NORTH_HOUSE: &str = "North House";
pub const GARDEN_HOUSE: &str = "Garden House";
/// The bank by the street door.
pub const BANKS_NEAR_THE_STREET: BankId = BankId(1);
/// Screens that stand before banks.
const KIOSKS: usize = 2;
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

/// Which boards hang in Maple Court.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hardware {
    /// The two banks of the story, on boards of one family.
    #[default]
    Standard,
    /// Beside them a small bank on every other family of boards, in sight of the first kiosk.
    All,
}

/// A bank, its one board, and the line of that.
pub struct Hung {
    pub name: &'static str,
    building: &'static str,
    foot_mm: u32,
    /// The label of its first compartment.
    first: u32,
    columns: usize,
    /// Of each column, from the top.
    doors: &'static [(Size, u32)],
    profile: &'static str,
    pub firmware: Firmware,
    /// Locks of the board, wired or not.
    pub channels: u8,
    /// The speed of a serial port; else the board is behind a network plug.
    pub serial_baud: Option<u32>,
}

/// How a line is reached.
pub enum Reached {
    Tcp(String),
    Serial(PathBuf),
}

const LARGE: [(Size, u32); 6] =
    [(Size::S, 130), (Size::S, 130), (Size::M, 260), (Size::M, 260), (Size::L, 400), (Size::XL, 600)];
const SMALL: [(Size, u32); 3] = [(Size::S, 200), (Size::M, 330), (Size::L, 520)];

/// The banks as they hang, in the order they were put up: 24 compartments in four columns, six beside another entrance, and
/// six on each other family of boards if there are any.
pub fn hung(plan: Plan) -> Vec<Hung> {
    if plan.has_lockers() { on_the_walls(plan.hardware) } else { Vec::new() }
}

fn on_the_walls(hardware: Hardware) -> Vec<Hung> {
    let lobby = Hung {
        name: LOBBY,
        building: NORTH_HOUSE,
        foot_mm: 90,
        first: 1,
        columns: 4,
        doors: &LARGE,
        profile: "shuoming-2024a1-24",
        firmware: Firmware::Lock8a,
        channels: 24,
        serial_baud: None,
    };
    let small = |name, building, first, (profile, firmware, channels), serial_baud| Hung {
        name,
        building,
        foot_mm: 350,
        first,
        columns: 2,
        doors: &SMALL,
        profile,
        firmware,
        channels,
        serial_baud,
    };
    let garden = small(GARDEN, GARDEN_HOUSE, 31, ("generic-lock8a-8", Firmware::Lock8a, 8), Some(9_600));
    let mut banks = vec![lobby, garden];
    if hardware == Hardware::All {
        let north = |name, first, board, serial| small(name, NORTH_HOUSE, first, board, serial);
        banks.extend([
            north("Kerong wall", 41, ("kerong-kr-cu12", Firmware::KerongCu, 12), Some(19_200)),
            north("Kerong network wall", 51, ("kerong-ncu16l", Firmware::KerongCu, 16), None),
            north("WKLY wall", 61, ("generic-wkly-24", Firmware::Wkly, 24), Some(9_600)),
            north("Winnsen wall", 71, ("winnsen-16", Firmware::Winnsen, 16), Some(9_600)),
            north(
                "Modbus serial wall",
                81,
                ("waveshare-modbus-rtu-relay-d", Firmware::ModbusRtu, 8),
                Some(9_600),
            ),
            north("Modbus network wall", 91, ("waveshare-poe-eth-relay-b", Firmware::ModbusTcp, 8), None),
            north(
                "Modbus gateway wall",
                101,
                ("waveshare-poe-eth-relay-b-rtu", Firmware::ModbusRtu, 8),
                None,
            ),
        ]);
    }
    banks
}

/// The same as a configuration draws them.
pub fn banks(plan: Plan) -> Vec<BankConfig> {
    hung(plan).iter().map(Hung::drawn).collect()
}

/// What each kiosk has in sight, by the numbers of the banks. All but the second stand near the first kiosk.
pub fn in_sight(hardware: Hardware) -> [Vec<BankId>; KIOSKS] {
    let numbers = (1..).zip(on_the_walls(hardware)).map(|(number, _)| BankId(number));
    let (garden, lobby) = numbers.partition(|bank| *bank == BankId(2));
    [lobby, garden]
}

/// The lines of the banks, in their order.
pub fn buses(plan: Plan, reached: &[Reached]) -> Vec<BusConfig> {
    hung(plan).iter().zip(reached).map(|(bank, reached)| bank.bus(reached)).collect()
}

impl Hung {
    fn per_column(&self) -> u32 {
        u32::try_from(self.doors.len()).expect("a column is short")
    }

    fn drawn(&self) -> BankConfig {
        let starts = (self.first..).step_by(self.doors.len()).take(self.columns);
        BankConfig {
            name: self.name.into(),
            building: self.building.into(),
            foot_mm: self.foot_mm,
            column: starts.map(|first| column_of(first, self.doors)).collect(),
        }
    }

    /// The label of each compartment as it was put up, and its lock: compartment n of the bank hangs on lock n.
    pub fn locks(&self) -> impl Iterator<Item = (String, u8)> + use<> {
        let count = self.per_column() * u32::try_from(self.columns).expect("few columns");
        (self.first..self.first + count).map(|label| label.to_string()).zip(1..)
    }

    fn bus(&self, reached: &Reached) -> BusConfig {
        let board = BoardConfig {
            address: BOARD,
            profile: self.profile.to_owned(),
            bank: self.name.to_owned(),
            compartments: self.locks().collect(),
            polarity: BTreeMap::new(),
        };
        let (serial, tcp) = match reached {
            Reached::Tcp(addr) => (None, Some(TcpConfig { addr: addr.clone() })),
            Reached::Serial(path) => {
                (Some(SerialConfig { path: path.clone(), baud: self.serial_baud.unwrap_or(9_600) }), None)
            }
        };
        BusConfig { name: self.name.to_owned(), serial, tcp, board: vec![board] }
    }
}

fn column_of(first: u32, doors: &[(Size, u32)]) -> ColumnConfig {
    let doors = (first..).zip(doors).map(|(number, (size, height_mm))| DoorConfig {
        label: number.to_string(),
        size: *size,
        height_mm: *height_mm,
        occupancy_sensor: false,
        inside_release: false,
    });
    ColumnConfig { width_mm: 420, doors: doors.collect() }
}
