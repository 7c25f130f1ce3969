//! Ports that two devices of the file would share: each line has one task, and two on one port would take each other's answers.

use super::Config;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vestibule_devices::{DoorConfig, TransportConfig};

/// The file behind the name of a port, where links of this machine lead to it; None: nothing is there now.
pub(super) type RealPath<'a> = &'a dyn Fn(&Path) -> Option<PathBuf>;

/// Who is on a line, for people, and the name it gives that line.
struct Named {
    who: String,
    name: String,
}

fn in_use(config: &Config) -> impl Iterator<Item = (TransportConfig, String)> {
    let buses = config.bus.iter().map(|bus| (bus.transport(), format!("bus \"{}\"", bus.name)));
    let scanners = config.scanner.iter().filter_map(|scanner| {
        Some((scanner.transport()?, format!("the [[scanner]] of kiosk \"{}\"", scanner.kiosk)))
    });
    let readers = config.doors.iter().filter_map(|doors| match &doors.device {
        DoorConfig::Osdp(line) => Some((line.transport().ok()?, format!("[[doors]] \"{}\"", doors.name))),
        _ => None,
    });
    buses.chain(scanners).chain(readers)
}

/// The port or address itself, whatever name it goes by. A port that is not there now is only known by its name.
fn behind(transport: &TransportConfig, real: RealPath<'_>) -> String {
    match transport {
        TransportConfig::Serial { path, .. } => {
            real(path).unwrap_or_else(|| path.clone()).display().to_string()
        }
        TransportConfig::Tcp { .. } | TransportConfig::InMemory(_) => transport.place(),
    }
}

fn shared(one: &Named, other: &Named, port: &str) -> String {
    if one.name == other.name {
        return format!(
            "{} and {} are both on {}: a line belongs to one of them",
            one.who, other.who, one.name
        );
    }
    format!(
        "{} is on {} and {} is on {}, and both are the port {port}: a line belongs to one of them",
        one.who, one.name, other.who, other.name
    )
}

pub(super) fn check(config: &Config, real: RealPath<'_>) -> Result<(), String> {
    let mut taken: BTreeMap<String, Named> = BTreeMap::new();
    for (transport, who) in in_use(config) {
        let (port, here) = (behind(&transport, real), Named { who, name: transport.place() });
        if let Some(there) = taken.get(&port) {
            return Err(shared(there, &here, &port));
        }
        taken.insert(port, here);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BY_ID: &str = "/dev/serial/by-id/usb-FTDI_A1";

    fn config(lines: &[&str]) -> Config {
        let bus = |(number, path): (usize, &&str)| {
            format!(
                "[[bus]]\nname = \"bus {number}\"\nserial = {{ path = \"{path}\", baud = 9600 }}\n[[bus.board]]\naddress = 1\n\
                 profile = \"p\"\nbank = \"{number}\"\ncompartments = {{}}\n"
            )
        };
        let buses: String = lines.iter().enumerate().map(bus).collect();
        toml::from_str(&format!("data = \"d\"\n{buses}")).expect("a configuration")
    }

    /// As on a machine with one adapter.
    fn one_adapter(path: &Path) -> Option<PathBuf> {
        [BY_ID, "/dev/ttyUSB0"].iter().any(|name| path == Path::new(name)).then(|| "/dev/ttyUSB0".into())
    }

    #[test]
    fn a_port_under_two_names_is_one_port() {
        let refused = check(&config(&["/dev/ttyUSB0", BY_ID]), &one_adapter).expect_err("they share it");
        for named in
            ["\"bus 0\" is on /dev/ttyUSB0", "\"bus 1\" is on /dev/serial/by-id", "the port /dev/ttyUSB0"]
        {
            assert!(refused.contains(named), "{named}: {refused}");
        }
        assert_eq!(check(&config(&["/dev/ttyUSB0", "/dev/ttyUSB1"]), &one_adapter), Ok(()));
    }

    #[test]
    fn ports_that_are_not_there_are_told_apart_by_their_names() {
        let nothing = |_: &Path| None;
        assert_eq!(check(&config(&["/dev/ttyUSB0", BY_ID]), &nothing), Ok(()));
        assert!(check(&config(&[BY_ID, BY_ID]), &nothing).is_err());
    }
}
