//! Lock boards that were found, as the lines of the configuration file that drive them.

use std::fmt::Write;

pub use vestibule_devices::detect::{
    FoundBoard, LineFinding, LineToDetect, LineWarning, Progress, USUAL_LAST_ADDRESS, detect, serial_ports,
};
pub use vestibule_devices::{Framing, Profiles};

/// The `[[bus]]` of a line on which boards were found, with every lock the best profile has: its compartment's label is a
/// guess, a bank's name is to be filled in. `None` if there is nothing to write.
pub fn snippet(
    name: &str,
    line: &LineToDetect,
    finding: &LineFinding,
    profiles: &Profiles,
) -> Option<String> {
    let mut boards = String::new();
    let mut label = 0u32;
    for board in &finding.boards {
        let Some(best) = board.profiles.first() else { continue };
        let channels = profiles.get(best).map_or(board.channels, |profile| profile.channels);
        let locks: Vec<String> = (1..=channels)
            .map(|lock| {
                label += 1;
                format!("\"{label}\" = {lock}")
            })
            .collect();
        let _ = write!(
            boards,
            "\n[[bus.board]]\naddress = {}\nprofile = \"{best}\"\nbank = \"Lobby\"\ncompartments = {{ {} }}\n",
            board.address,
            locks.join(", ")
        );
    }
    if boards.is_empty() {
        return None;
    }
    let reached = match line {
        LineToDetect::Serial { path, .. } => {
            let path = toml::Value::String(path.display().to_string());
            format!("serial = {{ path = {path}, baud = {} }}", finding.baud?)
        }
        LineToDetect::Tcp { address } => {
            format!("tcp = {{ addr = {} }}", toml::Value::String(address.clone()))
        }
    };
    Some(format!("[[bus]]\nname = {}\n{reached}\n{boards}", toml::Value::String(name.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::BusConfig;
    use vestibule_devices::Family;

    #[derive(serde::Deserialize)]
    struct Written {
        bus: Vec<BusConfig>,
    }

    #[test]
    fn what_was_found_is_a_bus_of_the_configuration_file() {
        let profiles = Profiles::built_in().unwrap();
        let board = |address| FoundBoard {
            address,
            family: Family::Lock8a,
            framing: Framing::Rtu,
            channels: 24,
            profiles: vec!["generic-lock8a-12".into()],
            contacts: vec![true; 24],
            occupied: None,
            refusal: None,
        };
        let finding =
            LineFinding { baud: Some(9_600), boards: vec![board(1), board(4)], ..LineFinding::default() };
        let lines = [
            LineToDetect::serial("/dev/tty\"USB0".into()),
            LineToDetect::Tcp { address: "10.0.0.9:5000".into() },
        ];
        for line in lines {
            let text = snippet("first", &line, &finding, &profiles).unwrap();
            let written: Written = toml::from_str(&text).unwrap();
            crate::config::bus::check(&written.bus).unwrap();
            let [bus] = &written.bus[..] else { panic!("{text}") };
            assert_eq!(bus.board[1].compartments["13"], 1, "labels go on from board to board");
            let number = |_: &str, label: &str| label.parse().ok().map(vestibule_core::CompartmentId);
            bus.wiring(number).unwrap().check(&profiles).unwrap();
        }
        assert_eq!(
            snippet("first", &LineToDetect::serial("/dev/a".into()), &LineFinding::default(), &profiles),
            None
        );
    }
}
