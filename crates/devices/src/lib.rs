//! Devices of a site: the ports the site sees, and the drivers behind them.
//!
//! Owns buses, their timing and the profiles of boards, and the controllers of doors. It never decides who may open what:
//! a bus pulses only for a [`PulseIntent`] and a door is released only for a [`ReleaseIntent`], which the site alone can
//! make; both report what they see.
//!
//! One driver speaks to boards of every family; what differs is in `families`.
//!
//! [`printer`] prints slips and labels, [`scanner`] reads what scanners on serial ports send.
//!
//! A bus is two halves: [`Bus`] holds all meaning and is driven with bytes and time; [`run_bus`] moves them.
#![forbid(unsafe_code)]

mod bus;
mod camera;
mod clock;
pub mod detect;
mod device_error;
mod door;
mod families;
mod http;
pub mod printer;
mod profile;
mod report;
pub mod scanner;
mod shell;
mod transport;
mod wiring;

pub use bus::intent::PulseIntent;
pub use bus::{Bus, Input, Output};
pub use camera::{
    Camera, CameraAbilities, CameraConfig, CameraConfigError, CameraFault, CameraKind, LearningFirmware,
    MediaType, STILL_BUDGET, STILL_MAX_BYTES, STILL_SIDE_MAX, Still, TakingStill, open_camera,
};
pub use clock::Clock;
pub use device_error::DeviceError;
pub use door::{
    Card, ContactConfig, DoorAbilities, DoorConfig, DoorConfigError, DoorController, DoorFact, DoorLinks,
    DoorReport, DoorTask, DoorWiring, HttpDoorConfig, HttpDoorsConfig, INSTALL_MAX_MS, Keys, Look, Order,
    OsdpConfig, RELEASE_MAX_MS, RELEASE_MIN_MS, ReaderConfig, ReleaseIntent, ReleaseTime, RequestDoorConfig,
    RequestDoorsConfig, RequestMethod, SerialLine, TcpLine, TimedBy, open_doors,
};
pub use http::{
    CertificatePin, HttpAnswer, HttpConfig, HttpConfigError, HttpDevice, HttpError, HttpQuestion, HttpScheme,
    Method, NoPin, Password,
};
pub use profile::{DataFormat, Family, Framing, Profile, ProfileError, Profiles, PulseMode};
pub use report::exchanges::{EXCHANGES_KEPT, Exchange, FramePurpose, HEARD_MAX, Said};
pub use report::firmware::Firmware;
pub use report::health::{BusHealth, DeviceHealth, HealthSight};
pub use report::{PulseResult, Report};
pub use shell::{BusLinks, run_bus};
pub use transport::{Connect, Connection, TransportConfig};
pub use vestibule_protocols::Millis;
pub use vestibule_protocols::lock8a::{FeedbackPolarity, StatusOrder};
pub use wiring::{BoardWiring, BusWiring, PointWiring, WiringError};
