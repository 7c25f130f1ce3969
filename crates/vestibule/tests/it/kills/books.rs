//! What the people outside know for certain: which parcel lies where, by its label. The site must say the same.

use serde_json::Value;
use std::collections::BTreeMap;

/// Where a parcel truly is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// With the courier, who took it along.
    Courier,
    /// Behind this door.
    Inside(u8),
    /// With its recipient, who took it out or was handed it.
    Recipient,
    /// With staff at the desk.
    Desk,
    /// Staff gave it back to its company.
    GivenBack,
    /// Staff wrote it off.
    WrittenOff,
}

/// A parcel as the people outside know it.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub parcel: u64,
    pub unit: u32,
    pub truth: Truth,
    /// The program died while this parcel moved: the site may say `missing` where nobody can know, and nothing else.
    pub in_doubt: bool,
}

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub kills: u64,
    /// Kills with at least one request sent and not answered.
    pub in_flight: u64,
    /// Requests answered with success.
    pub acknowledged: u64,
    /// Those whose repeat after a kill was told to be one.
    pub repeated: u64,
    pub pulses: u64,
    pub parcels: u64,
}

impl Tally {
    pub fn add(&mut self, other: &Self) {
        self.kills += other.kills;
        self.in_flight += other.in_flight;
        self.acknowledged += other.acknowledged;
        self.repeated += other.repeated;
        self.pulses += other.pulses;
        self.parcels += other.parcels;
    }
}

/// What is under way while the books are compared.
#[derive(Default)]
pub struct Meanwhile<'a> {
    /// Parcels somebody is moving.
    pub moving: &'a [u64],
    /// The request that has no answer yet; it may name a parcel nobody has a number of.
    pub asked: &'a str,
}

/// All parcels, by the tracking number on their label.
#[derive(Default)]
pub struct Books {
    pub parcels: BTreeMap<String, Known>,
}

impl Books {
    /// A parcel was registered: never two under one label, never one number for two.
    pub fn registered(&mut self, tracking: &str, known: Known) {
        if let Some(before) = self.parcels.insert(tracking.to_owned(), known) {
            assert_eq!(before.parcel, known.parcel, "{tracking} was registered twice");
        }
    }

    pub fn of(&mut self, parcel: u64) -> &mut Known {
        self.parcels.values_mut().find(|known| known.parcel == parcel).expect("a parcel somebody brought")
    }

    /// What truly lies behind a door.
    pub fn inside(&self, door: u8) -> Vec<Known> {
        self.parcels.values().filter(|known| known.truth == Truth::Inside(door)).copied().collect()
    }

    /// Parcels of a unit that wait behind doors.
    pub fn waiting(&self, unit: u32) -> Vec<u64> {
        let waits = |known: &&Known| known.unit == unit && matches!(known.truth, Truth::Inside(_));
        self.parcels.values().filter(waits).map(|known| known.parcel).collect()
    }

    /// One at the desk.
    pub fn at_desk(&self, choice: u64) -> Option<Known> {
        let at_desk: Vec<_> = self.parcels.values().filter(|known| known.truth == Truth::Desk).collect();
        let at = usize::try_from(choice).unwrap_or(0).checked_rem(at_desk.len())?;
        Some(*at_desk[at])
    }

    /// Whether the site's list says of each parcel in it what is true, but of those `meanwhile` moves or brings. `all`: the
    /// list must name every parcel.
    pub fn compare(&self, listed: &[Value], meanwhile: &Meanwhile<'_>, all: bool) {
        let mut seen = BTreeMap::new();
        for line in listed {
            let tracking = line["tracking"].as_str().expect("every parcel has a label");
            let twice = seen.insert(tracking.to_owned(), line);
            assert!(twice.is_none(), "{tracking} is there twice: {twice:?} {line}");
            let Some(known) = self.parcels.get(tracking) else {
                assert!(meanwhile.asked.contains(tracking), "nobody brought {line}");
                continue;
            };
            assert_eq!(line["parcel"], known.parcel, "{line}");
            assert!(
                known.agrees(line) || meanwhile.moving.contains(&known.parcel),
                "{tracking} is {known:?}, and the site says {line}"
            );
        }
        if all {
            let lost: Vec<_> = self.parcels.keys().filter(|tracking| !seen.contains_key(*tracking)).collect();
            assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        }
    }
}

impl Known {
    fn agrees(&self, line: &Value) -> bool {
        let said = line["custodian"].as_str().unwrap_or_default();
        let is_right = match self.truth {
            Truth::Courier => said == "carrier" || said == "courier",
            Truth::Inside(door) => said == "compartment" && line["custodian_id"] == door,
            Truth::Recipient => said == "recipient",
            Truth::Desk => said == "staff",
            Truth::GivenBack => said == "carrier",
            Truth::WrittenOff => said == "written_off",
        };
        is_right || (self.in_doubt && said == "missing")
    }
}
