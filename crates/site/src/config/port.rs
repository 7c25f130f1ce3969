//! Ports that two devices of the file would share: each line has one task, and two on one port would take each other's answers.

use super::Config;
use std::collections::BTreeMap;
use vestibule_devices::{DoorConfig, TransportConfig};

/// A port or address, and who is on it, for people.
fn in_use(config: &Config) -> impl Iterator<Item = (String, String)> {
    let buses = config.bus.iter().map(|bus| (bus.transport(), format!("bus \"{}\"", bus.name)));
    let scanners = config.scanner.iter().filter_map(|scanner| {
        Some((scanner.transport()?, format!("the [[scanner]] of kiosk \"{}\"", scanner.kiosk)))
    });
    let readers = config.doors.iter().filter_map(|doors| match &doors.device {
        DoorConfig::Osdp(line) => Some((line.transport().ok()?, format!("[[doors]] \"{}\"", doors.name))),
        _ => None,
    });
    let place = |(transport, who): (TransportConfig, String)| (transport.place(), who);
    buses.chain(scanners).chain(readers).map(place)
}

pub(super) fn check(config: &Config) -> Result<(), String> {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for (place, who) in in_use(config) {
        if let Some(other) = taken.get(&place) {
            return Err(format!("{other} and {who} are both on {place}: a line belongs to one of them"));
        }
        taken.insert(place, who);
    }
    Ok(())
}
