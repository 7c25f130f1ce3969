//! What a configuration says of its doors, whatever the kind of their controller.

use std::path::PathBuf;

use super::config::{DoorConfig, ReaderConfig};

/// What a door's controller tells of it, as configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoorWiring {
    /// Whether it stands open.
    pub contact: bool,
    /// That the button inside was pressed.
    pub request_to_exit: bool,
    /// Cards and keys.
    pub reader: bool,
}

impl DoorConfig {
    /// Its doors by name, in the order they are written.
    #[must_use]
    pub fn wiring(&self) -> Vec<(&str, DoorWiring)> {
        let http = |name, contact| {
            let wiring = DoorWiring { contact, request_to_exit: false, reader: false };
            (name, wiring)
        };
        match self {
            DoorConfig::Osdp(config) => {
                let of = |reader: &ReaderConfig| DoorWiring {
                    contact: reader.contact.is_some(),
                    request_to_exit: reader.exit_button.is_some(),
                    reader: true,
                };
                config.reader.iter().map(|reader| (reader.door.as_str(), of(reader))).collect()
            }
            DoorConfig::Request(config) => {
                config.door.iter().map(|door| http(door.name.as_str(), false)).collect()
            }
            DoorConfig::TwoN(config)
            | DoorConfig::DoorBird(config)
            | DoorConfig::Akuvox(config)
            | DoorConfig::Hikvision(config)
            | DoorConfig::Shelly(config)
            | DoorConfig::Onvif(config) => {
                let doors = config.door.iter();
                doors.map(|door| http(door.name.as_str(), door.contact.is_some())).collect()
            }
        }
    }

    /// The names of its doors, in the order they are written.
    #[must_use]
    pub fn doors(&self) -> Vec<&str> {
        self.wiring().into_iter().map(|(name, _)| name).collect()
    }

    /// The files with its secrets, to be meant from another folder.
    pub fn files_mut(&mut self) -> Vec<&mut PathBuf> {
        match self {
            DoorConfig::Osdp(config) => config.reader.iter_mut().map(|reader| &mut reader.key_file).collect(),
            DoorConfig::Request(config) => config.password_file.as_mut().into_iter().collect(),
            DoorConfig::TwoN(config)
            | DoorConfig::DoorBird(config)
            | DoorConfig::Akuvox(config)
            | DoorConfig::Hikvision(config)
            | DoorConfig::Shelly(config)
            | DoorConfig::Onvif(config) => config.password_file.as_mut().into_iter().collect(),
        }
    }
}
