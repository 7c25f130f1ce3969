//! What is installed: banks, shelves, drop places, desk hours, kiosks, carriers.

use crate::code::CodeHash;
use crate::custody::class::ParcelClass;
use crate::ids::*;
use crate::place::Place;
use crate::place::compartment::{CompartmentSpec, Compartments};
use crate::place::room::{Room, RoomPlan, ShelfPlace};
use crate::place::shelf::ShelfLimits;
use crate::time::{Timestamp, WeekWindow, Zone, within};
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A paired touch screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kiosk {
    /// Keyed hash of its token.
    pub token: CodeHash,
    /// Banks whose doors can be seen from it; the only ones it opens.
    pub banks: BTreeSet<BankId>,
    /// Doors it stands at; the only ones something can be shown at it for.
    pub doors: BTreeSet<AccessPointId>,
}

/// A compartment that is in no drawing any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoneCompartment {
    /// The bank it was in.
    pub bank: BankId,
    /// The number on its door.
    pub label: String,
}

/// What is installed at the site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Banks, each with its compartments in order of installation.
    pub banks: BTreeMap<BankId, Vec<CompartmentId>>,
    /// Counts the drawings of each bank that was drawn anew, from 2.
    pub drawings: BTreeMap<BankId, u32>,
    /// Numbers that were on a door and are not, and whose each was: notices, stories and the configuration know it by them.
    pub former: BTreeMap<String, CompartmentId>,
    /// Compartments that were drawn once and are no more.
    pub gone: BTreeMap<CompartmentId, GoneCompartment>,
    /// Banks whose board does not answer.
    pub silent: BTreeSet<BankId>,
    /// Shelves by what is written on them.
    pub shelves: BTreeMap<ShelfId, String>,
    /// Shelves that are in no drawing any more, by what was written on them: the label is given to no other.
    pub gone_shelves: BTreeMap<ShelfId, String>,
    /// Rooms that are drawn, with their shelves.
    pub rooms: BTreeMap<RoomId, Room>,
    /// What each shelf takes, where staff said it.
    pub shelf_limits: BTreeMap<ShelfId, ShelfLimits>,
    /// Shelves that are kept for parcels of one class.
    pub shelf_classes: BTreeMap<ShelfId, ParcelClass>,
    /// Drop places by name.
    pub areas: BTreeMap<AreaId, String>,
    /// Desk hours; empty: no desk.
    pub desk_hours: Vec<WeekWindow>,
    /// Paired kiosks.
    pub kiosks: BTreeMap<KioskId, Kiosk>,
    /// Kiosk by the keyed hash of its token.
    pub kiosk_by_token: BTreeMap<CodeHash, KioskId>,
    /// Carriers by name.
    pub carriers: BTreeMap<CarrierId, String>,
    /// Staff numbers given.
    pub staff: BTreeSet<StaffId>,
}

impl Layout {
    /// Whether staff take parcels at this time.
    pub fn desk_is_staffed(&self, now: Timestamp, zone: &Zone) -> bool {
        within(&self.desk_hours, now, zone)
    }

    /// Which drawing of a bank holds, from 1.
    pub fn drawing(&self, bank: BankId) -> u32 {
        self.drawings.get(&bank).copied().unwrap_or(1)
    }

    /// What the drawing before knew and the next does not. `before` are the compartments as they were.
    pub(crate) fn remember(
        &mut self,
        (bank, drawn): (BankId, &[(CompartmentId, CompartmentSpec)]),
        before: &Compartments,
    ) {
        for id in self.banks.get(&bank).into_iter().flatten() {
            let Some(label) = before.get(*id).map(|c| c.spec.label.clone()) else { continue };
            let now = drawn.iter().find(|(other, _)| other == id);
            if now.is_none() {
                self.gone.insert(*id, GoneCompartment { bank, label: label.clone() });
            }
            if now.is_none_or(|(_, spec)| spec.label != label) {
                self.former.insert(label, *id);
            }
        }
        for (_, spec) in drawn {
            self.former.remove(&spec.label);
        }
    }

    fn room_drawn(
        &mut self,
        id: RoomId,
        version: u32,
        (plan, shelves): (&RoomPlan, &[(ShelfId, ShelfPlace)]),
    ) {
        let known = shelves.iter().filter(|(shelf, _)| self.shelves.contains_key(shelf));
        let shelves: BTreeMap<_, _> = known.copied().collect();
        let before = self.rooms.remove(&id).map(|room| room.shelves).unwrap_or_default();
        for shelf in before.into_keys().filter(|shelf| !shelves.contains_key(shelf)) {
            if let Some(label) = self.shelves.remove(&shelf) {
                self.gone_shelves.insert(shelf, label);
            }
        }
        self.rooms.insert(id, Room { plan: plan.clone(), version, shelves });
    }

    /// No kiosk stands at a door that is no more.
    fn stand_at_it_no_more(&mut self, point: AccessPointId) {
        for kiosk in self.kiosks.values_mut() {
            kiosk.doors.remove(&point);
        }
    }

    pub(crate) fn evolve(&mut self, event: &Event) {
        match event {
            Event::BankInstalled { bank, compartments } => {
                self.banks.insert(*bank, compartments.iter().map(|(id, _)| *id).collect());
            }
            Event::BankChanged { bank, version, compartments, .. } => {
                self.banks.insert(*bank, compartments.iter().map(|(id, _)| *id).collect());
                self.drawings.insert(*bank, *version);
            }
            Event::ShelfInstalled { shelf, label } => {
                self.gone_shelves.remove(shelf);
                self.shelves.insert(*shelf, label.clone());
            }
            Event::RoomDrawn { room, version, plan, shelves, .. } => {
                self.room_drawn(*room, *version, (plan, shelves));
            }
            Event::ShelfDescribed { shelf, limits } => {
                self.shelf_limits.insert(*shelf, limits.clone());
            }
            Event::PlaceKeptFor { place: Place::Shelf(shelf), class: Some(class) } => {
                self.shelf_classes.insert(*shelf, *class);
            }
            Event::PlaceKeptFor { place: Place::Shelf(shelf), class: None } => {
                self.shelf_classes.remove(shelf);
            }
            Event::DropPlaceNamed { area, label } => {
                self.areas.insert(*area, label.clone());
            }
            Event::DeskHoursSet { hours } => self.desk_hours.clone_from(hours),
            Event::CarrierNamed { carrier, name } => {
                self.carriers.insert(*carrier, name.clone());
            }
            Event::KioskPaired { kiosk, token, banks } => {
                self.kiosk_by_token.insert(*token, *kiosk);
                self.kiosks.insert(
                    *kiosk,
                    Kiosk { token: *token, banks: banks.iter().copied().collect(), doors: BTreeSet::new() },
                );
            }
            Event::KioskBanksSet { kiosk, banks } => {
                if let Some(kiosk) = self.kiosks.get_mut(kiosk) {
                    kiosk.banks = banks.iter().copied().collect();
                }
            }
            Event::KioskDoorsSet { kiosk, doors } => {
                if let Some(kiosk) = self.kiosks.get_mut(kiosk) {
                    kiosk.doors = doors.iter().copied().collect();
                }
            }
            Event::AccessPointRemoved { point, .. } => self.stand_at_it_no_more(*point),
            Event::KioskUnpaired { kiosk } => {
                if let Some(gone) = self.kiosks.remove(kiosk) {
                    self.kiosk_by_token.remove(&gone.token);
                }
            }
            Event::StaffEnrolled { staff } => {
                self.staff.insert(*staff);
            }
            Event::BoardSilent { bank } => {
                self.silent.insert(*bank);
            }
            Event::BoardBack { bank } => {
                self.silent.remove(bank);
            }
            _ => {}
        }
    }
}
