//! Scanners of kiosks, as the configuration names them: those on this machine's serial ports, and those that type like a
//! keyboard in the kiosk's page and were set to send something around each scan. Other ones that type need no entry.

use super::bus::SerialConfig;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::PathBuf;
use vestibule_devices::TransportConfig;
use vestibule_devices::scanner::Framing;

/// One scanner.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScannerConfig {
    /// Its port and speed; scanners that show up as `/dev/ttyACM0` take any speed. None: it types in the kiosk's page.
    #[serde(default)]
    pub serial: Option<SerialConfig>,
    /// The kiosk it lies beside, by name.
    pub kiosk: String,
    /// What it was set to send before each scan.
    #[serde(default)]
    pub prefix: String,
    /// What it was set to send after each scan, before the end of the line.
    #[serde(default)]
    pub suffix: String,
}

impl ScannerConfig {
    /// How it is reached, if it is this machine's.
    pub fn transport(&self) -> Option<TransportConfig> {
        let serial = self.serial.as_ref()?;
        Some(TransportConfig::Serial { path: serial.path.clone(), baud: serial.baud })
    }

    /// What stands around its scans.
    pub fn framing(&self) -> Framing {
        Framing { prefix: self.prefix.clone(), suffix: self.suffix.clone() }
    }
}

/// What those that type in a kiosk's page send around each scan, by the kiosk's name.
pub(crate) fn scan_frames(scanners: &[ScannerConfig]) -> Vec<(String, Framing)> {
    let typing = scanners.iter().filter(|scanner| scanner.serial.is_none());
    typing.map(|scanner| (scanner.kiosk.clone(), scanner.framing())).collect()
}

pub(super) fn check(scanners: &[ScannerConfig]) -> Result<(), String> {
    let mut ports: BTreeSet<&PathBuf> = BTreeSet::new();
    let mut typed_at: BTreeSet<&str> = BTreeSet::new();
    for scanner in scanners {
        if scanner.kiosk.trim().is_empty() {
            return Err("a [[scanner]] belongs to no kiosk; name one".to_owned());
        }
        match &scanner.serial {
            Some(serial) if !ports.insert(&serial.path) => {
                return Err(format!("two scanners are on {}", serial.path.display()));
            }
            None if scanner.prefix.is_empty() && scanner.suffix.is_empty() => {
                return Err(format!(
                    "the [[scanner]] of kiosk \"{}\" says nothing: write serial = {{ path = \"/dev/ttyACM0\", baud = 9600 }}, \
                     or the prefix or suffix that it types; one that types plainly needs no entry",
                    scanner.kiosk
                ));
            }
            None if !typed_at.insert(&scanner.kiosk) => {
                return Err(format!(
                    "two scanners type in the page of kiosk \"{}\", which cannot tell them apart: set both to the same prefix \
                     and suffix and write one [[scanner]]",
                    scanner.kiosk
                ));
            }
            Some(_) | None => {}
        }
    }
    Ok(())
}
