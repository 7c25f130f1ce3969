//! The printers of a site, as its configuration names them.

use super::bus::TcpConfig;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::PathBuf;
use vestibule_devices::printer::{Abilities, Printer, PrinterLanguage, PrinterLine};

/// What is printed where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PrinterUse {
    /// Slips for people no message reaches, resident cards, courier badges.
    Slips,
    /// Labels of doors, shelves and parcels.
    Labels,
}

/// One printer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinterConfig {
    /// As staff call it.
    pub name: String,
    /// Raw bytes over TCP, by custom on port 9100.
    #[serde(default)]
    pub tcp: Option<TcpConfig>,
    /// Or a device of this machine, such as `/dev/usb/lp0`.
    #[serde(default)]
    pub device: Option<PathBuf>,
    /// `escpos` or `zpl`.
    pub language: PrinterLanguage,
    /// Width of its paper in mm, 25 to 120.
    pub width_mm: u16,
    /// Height of one label in mm, 10 to 300; left out: paper without an end.
    #[serde(default)]
    pub height_mm: Option<u16>,
    /// Whether it cuts.
    #[serde(default)]
    pub cut: bool,
    /// What it prints.
    #[serde(rename = "use")]
    pub used_for: Vec<PrinterUse>,
}

impl PrinterConfig {
    /// The printer itself.
    pub fn printer(&self) -> Printer {
        let line = match (&self.tcp, &self.device) {
            (Some(tcp), _) => PrinterLine::Tcp { address: tcp.addr.clone() },
            (None, device) => PrinterLine::Device { path: device.clone().unwrap_or_default() },
        };
        let (language, width_mm, height_mm, cut) = (self.language, self.width_mm, self.height_mm, self.cut);
        Printer { line, abilities: Abilities { language, width_mm, height_mm, cut } }
    }
}

pub(super) fn check(printers: &[PrinterConfig]) -> Result<(), String> {
    let mut names = BTreeSet::new();
    for printer in printers {
        let name = &printer.name;
        if name.trim().is_empty() {
            return Err("a [[printer]] has no name; write what staff call it".to_owned());
        }
        if !names.insert(name) {
            return Err(format!("two printers are called \"{name}\""));
        }
        match (&printer.tcp, &printer.device) {
            (Some(_), None) | (None, Some(_)) => {}
            (Some(_), Some(_)) => {
                return Err(format!("printer \"{name}\" has tcp and device; keep one of them"));
            }
            (None, None) => {
                return Err(format!(
                    "printer \"{name}\" has no line: write tcp = {{ addr = \"192.168.1.50:9100\" }} or device = \
                     \"/dev/usb/lp0\""
                ));
            }
        }
        if !(25..=120).contains(&printer.width_mm) {
            return Err(format!(
                "printer \"{name}\" has width_mm = {}; expected 25 to 120, such as 80",
                printer.width_mm
            ));
        }
        if printer.height_mm.is_some_and(|height| !(10..=300).contains(&height)) {
            return Err(format!(
                "printer \"{name}\": height_mm is the height of one label, 10 to 300; leave it out for a roll without \
                 labels"
            ));
        }
        if printer.used_for.is_empty() {
            return Err(format!(
                "printer \"{name}\" prints nothing: write use = [\"slips\"], [\"labels\"] or both"
            ));
        }
    }
    Ok(())
}
