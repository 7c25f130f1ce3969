//! The presses of the editor that change a drawing.

/// What a press on a button of the editor does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// One rack of four levels, two of them, or spots on the floor.
    Preset(u16),
    /// One more rack.
    NewRack,
    /// This rack goes.
    RackOut(usize),
    /// One more level on top of this rack.
    NewLevel(usize),
    /// The upper level of this rack goes.
    LevelOut(usize),
    /// One more spot on the floor.
    NewSpot,
    /// This spot goes.
    SpotOut(usize),
    /// One more zone.
    NewZone,
    /// This zone goes.
    ZoneOut(usize),
}

impl Move {
    /// From the value of a button.
    pub fn read(word: &str) -> Option<Self> {
        let (kind, number) = word.split_once('-').unwrap_or((word, "0"));
        let at = number.parse().ok()?;
        Some(match kind {
            "preset" => Self::Preset(number.parse().ok()?),
            "rack" => Self::NewRack,
            "rackout" => Self::RackOut(at),
            "level" => Self::NewLevel(at),
            "levelout" => Self::LevelOut(at),
            "spot" => Self::NewSpot,
            "spotout" => Self::SpotOut(at),
            "zone" => Self::NewZone,
            "zoneout" => Self::ZoneOut(at),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presses_that_are_none_are_not_read() {
        for word in ["", "see", "save", "rackout-x", "nothing-1"] {
            assert_eq!(Move::read(word), None, "{word}");
        }
        assert_eq!(Move::read("levelout-2"), Some(Move::LevelOut(2)));
    }
}
