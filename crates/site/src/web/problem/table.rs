//! The one table: each refusal, its HTTP code, and the facts its sentence needs.

use crate::handle::SiteHandle;
use crate::web::words::{Arg, Language, t};
use axum::http::StatusCode;
use std::collections::BTreeMap;
use vestibule_core::access::removal::PointNeededFor;
use vestibule_core::site::drawing::StillNeededFor;
use vestibule_core::time::{Zone, civil};
use vestibule_core::{BankId, Refusal, Timestamp};

/// The HTTP code of a refusal.
pub fn refusal_code(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NotFound | Refusal::NoSuchShelf | Refusal::NobodyCameIn => StatusCode::NOT_FOUND,
        Refusal::Invalid { .. } | Refusal::Mistyped | Refusal::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::WrongCode | Refusal::CodeDead | Refusal::OutsideHours | Refusal::OtherPurpose => {
            StatusCode::FORBIDDEN
        }
        Refusal::NotThisDoor | Refusal::ClosedToCouriers | Refusal::LateNight | Refusal::CodeNeeded => {
            StatusCode::FORBIDDEN
        }
        Refusal::KioskUnknown | Refusal::NotYours | Refusal::NotEntitled => StatusCode::FORBIDDEN,
        Refusal::SelectorPaused { .. } | Refusal::KioskPaused { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::DoorPaused { .. } | Refusal::DoorRungEnough { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::RungEnough | Refusal::ClaimsEnough | Refusal::KeypadsOff => StatusCode::TOO_MANY_REQUESTS,
        Refusal::TooManyLookUps | Refusal::Breaker => StatusCode::TOO_MANY_REQUESTS,
        Refusal::BoardSilent | Refusal::DoorSilent => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::DiskLow => StatusCode::INSUFFICIENT_STORAGE,
        Refusal::VisitOver | Refusal::RingOver | Refusal::AuditOver => StatusCode::GONE,
        Refusal::ShelfGone { .. } => StatusCode::GONE,
        Refusal::ClaimTooOld => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::AlreadyFounded
        | Refusal::KioskBusy
        | Refusal::DoorOpen { .. }
        | Refusal::NoDoorOpen
        | Refusal::DoorHasShut
        | Refusal::QueueFull
        | Refusal::AlreadyHere { .. }
        | Refusal::TooLate
        | Refusal::AnotherBuilding
        | Refusal::ClaimOver
        | Refusal::AnotherNumber
        | Refusal::NothingWaits
        | Refusal::Elsewhere { .. }
        | Refusal::NoRoom
        | Refusal::OpeningInProgress
        | Refusal::NotInService
        | Refusal::Occupied { .. }
        | Refusal::WrongCustody
        | Refusal::NotForThisClass
        | Refusal::SignatureNeeded
        | Refusal::PassInUse
        | Refusal::NoRinging
        | Refusal::Ringing { .. }
        | Refusal::NotTested
        | Refusal::TryToo { .. }
        | Refusal::NothingTried
        | Refusal::DrawnMeanwhile { .. }
        | Refusal::StillNeeded { .. }
        | Refusal::ShelfNeeded { .. }
        | Refusal::ShelfElsewhere { .. }
        | Refusal::ShelfOfAnotherRoom { .. }
        | Refusal::ShelfBehindDoor { .. }
        | Refusal::ShelfTakesNoMore { .. }
        | Refusal::NotToAShelf
        | Refusal::ShelfNotWalked { .. }
        | Refusal::CompartmentNumber { .. }
        | Refusal::InsideRelease { .. }
        | Refusal::BeingTested
        | Refusal::AuditPaused
        | Refusal::AuditUnderWay { .. }
        | Refusal::AuditUnsettled { .. }
        | Refusal::NoDifference
        | Refusal::NotForced
        | Refusal::PointNeeded { .. }
        | Refusal::KeypadNumberTaken => StatusCode::CONFLICT,
    }
}

/// What a refusal's sentence needs beside the refusal: how the building calls things.
#[derive(Debug, Clone)]
pub struct Facts {
    /// For times of day.
    pub zone: Zone,
    /// The label of the door meant; empty if none is.
    pub door: String,
    /// The names of the banks meant, in order.
    pub banks: Vec<String>,
    /// The labels of shelves that are still needed.
    pub shelves: Vec<String>,
    /// The labels of doors that are still needed, and what for.
    pub needed: Vec<(String, StillNeededFor)>,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            zone: Zone::utc(),
            door: String::new(),
            banks: Vec::new(),
            shelves: Vec::new(),
            needed: Vec::new(),
        }
    }
}

impl Facts {
    /// Looks up what this refusal needs. What cannot be looked up stays empty: a refusal is told in any case.
    pub async fn of(site: &SiteHandle, refusal: &Refusal) -> Self {
        let (door, banks) = meant(refusal);
        let needed = match refusal {
            Refusal::StillNeeded { compartments } => compartments.clone(),
            _ => Vec::new(),
        };
        let on_shelves: Vec<_> = match refusal {
            Refusal::ShelfNeeded { shelves } => shelves.iter().map(|(shelf, _)| *shelf).collect(),
            _ => Vec::new(),
        };
        let look = move |state: &vestibule_core::Site, _| {
            let label = |id| state.compartments.get(id).map(|c| c.spec.label.clone()).unwrap_or_default();
            let needed: Vec<_> = needed.into_iter().map(|(id, why)| (label(id), why)).collect();
            let shelves = on_shelves.iter().filter_map(|id| state.layout.shelves.get(id).cloned());
            let shelves: Vec<String> = shelves.collect();
            (state.policy.zone.clone(), door.map(label).unwrap_or_default(), (needed, shelves))
        };
        let Ok((zone, door, (needed, shelves))) = site.read(look).await else { return Self::default() };
        let banks = if banks.is_empty() { Vec::new() } else { bank_names(site, banks).await };
        Self { zone, door, banks, shelves, needed }
    }
}

async fn bank_names(site: &SiteHandle, banks: Vec<BankId>) -> Vec<String> {
    let names = site.query(move |connection| {
        let mut statement = connection.prepare_cached("SELECT name FROM bank_name WHERE bank = ?1")?;
        Ok(banks.iter().filter_map(|bank| statement.query_row([bank.0], |row| row.get(0)).ok()).collect())
    });
    names.await.unwrap_or_default()
}

fn meant(refusal: &Refusal) -> (Option<vestibule_core::CompartmentId>, Vec<BankId>) {
    if let Refusal::DoorOpen { compartment } | Refusal::TryToo { compartment } = refusal {
        (Some(*compartment), Vec::new())
    } else if let Refusal::Elsewhere { banks } = refusal {
        (None, banks.clone())
    } else {
        (None, Vec::new())
    }
}

/// A refusal as a sentence to whoever reads the console, which speaks English: the configuration asked for it.
pub async fn console_words(site: &SiteHandle, refusal: &Refusal) -> String {
    refusal_words(Language::En, refusal, &Facts::of(site, refusal).await)
}

/// A refusal as a sentence to the person who asked.
pub fn refusal_words(language: Language, refusal: &Refusal, facts: &Facts) -> String {
    let key = format!("refusal-{}", refusal.code());
    let banks = facts.banks.join(", ");
    let time = match refusal {
        Refusal::SelectorPaused { until }
        | Refusal::KioskPaused { until }
        | Refusal::DoorPaused { until }
        | Refusal::Ringing { until }
        | Refusal::DoorRungEnough { until } => time_of_day(*until, &facts.zone),
        _ => String::new(),
    };
    let needed = match refusal {
        Refusal::PointNeeded { needed_for } => point_needed_words(language, needed_for),
        _ => needed_words(language, &facts.needed),
    };
    let labels = match refusal {
        Refusal::InsideRelease { labels } => labels.join(", "),
        Refusal::ShelfNeeded { .. } => facts.shelves.join(", "),
        _ => String::new(),
    };
    let (why, parcels) = match refusal {
        Refusal::Invalid { why } => (why.as_str(), 0),
        Refusal::CompartmentNumber { label }
        | Refusal::ShelfElsewhere { label }
        | Refusal::ShelfGone { label }
        | Refusal::ShelfOfAnotherRoom { label, .. }
        | Refusal::ShelfBehindDoor { label }
        | Refusal::ShelfTakesNoMore { label }
        | Refusal::ShelfNotWalked { label } => (label.as_str(), 0),
        Refusal::InsideRelease { .. } | Refusal::ShelfNeeded { .. } => (labels.as_str(), 0),
        Refusal::StillNeeded { .. } | Refusal::PointNeeded { .. } => (needed.as_str(), 0),
        Refusal::Occupied { parcels } | Refusal::AuditUnsettled { parcels } => {
            ("", u32::try_from(parcels.len()).unwrap_or(u32::MAX))
        }
        _ => ("", 0),
    };
    let (stands, goes) = match refusal {
        Refusal::ShelfOfAnotherRoom { stands, goes, .. } => (stands.as_str(), goes.as_str()),
        _ => ("", ""),
    };
    let args = [
        ("until", Arg::Text(&time)),
        ("stands", Arg::Text(stands)),
        ("goes", Arg::Text(goes)),
        ("door", Arg::Text(&facts.door)),
        ("banks", Arg::Text(&banks)),
        ("why", Arg::Text(why)),
        ("parcels", Arg::Count(parcels)),
    ];
    t(language, &key, &args)
}

/// The key of what a compartment is still needed for, with what to do about it.
pub fn needed_key(why: StillNeededFor) -> &'static str {
    match why {
        StillNeededFor::Parcel => "needed-parcel",
        StillNeededFor::Incoming => "needed-incoming",
        StillNeededFor::Opening => "needed-opening",
        StillNeededFor::Visit => "needed-visit",
        StillNeededFor::Check => "needed-check",
        StillNeededFor::Unit => "needed-unit",
        StillNeededFor::OpenDoor => "needed-open-door",
    }
}

/// One sentence for each reason, with all of its doors.
fn needed_words(language: Language, needed: &[(String, StillNeededFor)]) -> String {
    let mut doors: BTreeMap<&'static str, Vec<&str>> = BTreeMap::new();
    for (label, why) in needed {
        doors.entry(needed_key(*why)).or_default().push(label);
    }
    let words =
        doors.iter().map(|(key, labels)| t(language, key, &[("doors", Arg::Text(&labels.join(", ")))]));
    words.collect::<Vec<_>>().join(" ")
}

/// What a door one walks through is still needed for, with what to do about each.
fn point_needed_words(language: Language, needed: &[PointNeededFor]) -> String {
    let key = |what: &PointNeededFor| match what {
        PointNeededFor::Open => "point-needed-open",
        PointNeededFor::Entry => "point-needed-entry",
        PointNeededFor::Ring => "point-needed-ring",
        PointNeededFor::Task => "point-needed-task",
        PointNeededFor::Parcels => "point-needed-parcels",
        PointNeededFor::Camera => "point-needed-camera",
        PointNeededFor::Room => "point-needed-room",
    };
    needed.iter().map(|what| t(language, key(what), &[])).collect::<Vec<_>>().join(" ")
}

/// `14:05`, as the building's clock shows it.
pub fn time_of_day(at: Timestamp, zone: &Zone) -> String {
    let minute = civil(at, zone).minute;
    format!("{}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_core::{CompartmentId, ParcelId};

    #[test]
    fn every_refusal_has_words_in_every_language() {
        for language in Language::ALL {
            for code in Refusal::CODES {
                let args =
                    ["until", "door", "banks", "why", "stands", "goes"].map(|name| (name, Arg::Text("7")));
                let text = t(
                    language,
                    &format!("refusal-{code}"),
                    &[args.as_slice(), &[("parcels", Arg::Count(2))]].concat(),
                );
                assert!(text.len() > 10, "{code} in {language}: {text}");
            }
        }
    }

    #[test]
    fn every_trouble_has_words_in_every_language() {
        for language in Language::ALL {
            for trouble in crate::web::problem::Trouble::all() {
                let args =
                    [("why", Arg::Text("x")), ("megabytes", Arg::Count(1)), ("seconds", Arg::Count(1))];
                assert!(t(language, &format!("trouble-{}", trouble.code()), &args).len() > 10);
                assert!(t(language, &format!("trouble-{}-title", trouble.code()), &args).len() > 3);
            }
        }
    }

    #[test]
    fn sentences_name_doors_and_the_time_of_the_building() {
        let facts = Facts {
            zone: Zone::new("America/New_York").unwrap(),
            door: "14".into(),
            banks: vec!["Lobby".into()],
            shelves: Vec::new(),
            needed: vec![
                ("4".into(), StillNeededFor::Parcel),
                ("7".into(), StillNeededFor::Unit),
                ("9".into(), StillNeededFor::Parcel),
            ],
        };
        let needed = Refusal::StillNeeded { compartments: vec![] };
        let words = refusal_words(Language::En, &needed, &facts);
        assert!(words.contains("4, 9") && words.contains('7'), "{words}");
        let [label, stands, goes] = ["B1", "Cellar", "Package room"].map(str::to_owned);
        let elsewhere = Refusal::ShelfOfAnotherRoom { label, stands, goes };
        let words = refusal_words(Language::Es, &elsewhere, &facts);
        assert!(["B1", "Cellar", "Package room"].iter().all(|name| words.contains(name)), "{words}");
        let open = Refusal::DoorOpen { compartment: CompartmentId(3) };
        assert!(refusal_words(Language::En, &open, &facts).contains("14"));
        // 2026-03-09 14:05 EDT
        let paused = Refusal::SelectorPaused { until: Timestamp(1_773_079_500_000) };
        assert!(refusal_words(Language::Es, &paused, &facts).contains("14:05"));
        let occupied = Refusal::Occupied { parcels: vec![ParcelId(1), ParcelId(2)] };
        assert!(refusal_words(Language::En, &occupied, &facts).contains('2'));
    }
}
