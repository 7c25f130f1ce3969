//! A bank of the site as a drawing for staff: every door in its state, with a word on it, leading to its page; and the room of a
//! shelf.
//!
//! Owns: what each door shows. Never: decides a state; it reads the axes of the compartment.

use maud::{Markup, html};
use vestibule_core::place::compartment::{
    Closure, Compartment, CompartmentSpec, Designation, Emptiness, Service,
};
use vestibule_core::{BankId, CompartmentId, ShelfId, Site, Timestamp};

use super::super::names::Names;
use super::super::say::Say;
use super::super::times;
use crate::drawing::{
    BankDrawing, ColumnDrawing, DoorDrawing, DoorState, DrawingStyle, Hinge, StateWords, Variant,
};
use crate::web::kiosk::room::RoomSight;

/// Air above the highest door.
const HEAD_MM: u32 = 60;

/// One compartment as staff pages need it, read from the state after a commit.
#[derive(Debug, Clone, PartialEq)]
pub struct Door {
    /// Which.
    pub id: CompartmentId,
    /// As it stands.
    pub compartment: Compartment,
    /// Since when the oldest parcel inside is overdue.
    pub overdue_since: Option<Timestamp>,
}

/// One bank.
#[derive(Debug, Clone, PartialEq)]
pub struct Wall {
    /// Which.
    pub id: BankId,
    /// Its doors.
    pub doors: Vec<Door>,
    /// Its board does not answer.
    pub silent: bool,
}

impl Wall {
    /// Reads one bank.
    pub fn of_site(site: &Site, bank: BankId) -> Option<Self> {
        let doors = site.layout.banks.get(&bank)?;
        let doors = doors.iter().filter_map(|id| Door::of_site(site, *id)).collect();
        Some(Self { id: bank, doors, silent: site.layout.silent.contains(&bank) })
    }

    /// All banks in order of installation.
    pub fn all(site: &Site) -> Vec<Self> {
        site.layout.banks.keys().filter_map(|bank| Self::of_site(site, *bank)).collect()
    }

    /// Doors that could take a parcel now.
    pub fn free(&self) -> usize {
        self.doors.iter().filter(|door| door.state() == DoorState::Free).count()
    }
}

impl Door {
    /// Reads one compartment.
    pub fn of_site(site: &Site, id: CompartmentId) -> Option<Self> {
        let compartment = site.compartments.get(id)?.clone();
        let overdue = compartment.parcels.iter().filter_map(|parcel| site.custody.get(*parcel));
        let overdue_since = overdue.filter(|parcel| parcel.overdue).filter_map(|parcel| parcel.arrived).min();
        Some(Self { id, compartment, overdue_since })
    }

    /// What the picture shows: the most urgent of its axes.
    pub fn state(&self) -> DoorState {
        let c = &self.compartment;
        if c.is_open() {
            return DoorState::Open;
        }
        match c.service {
            Service::Out => DoorState::OutOfService,
            Service::Check => DoorState::Check,
            Service::In if self.overdue_since.is_some() => DoorState::Overdue,
            Service::In if !c.parcels.is_empty() || c.emptiness == Emptiness::Filled => DoorState::Occupied,
            Service::In if c.held_for.is_some() => DoorState::Reserved,
            Service::In => DoorState::Free,
        }
    }

    fn note(&self, names: &Names, say: Say) -> Option<String> {
        match (self.state(), self.overdue_since, self.compartment.designation) {
            (DoorState::Overdue, Some(since), _) => Some(times::age(say, names.now - since)),
            (DoorState::Free, _, Some(Designation { unit, .. })) => Some(names.unit_label(unit)),
            _ => None,
        }
    }

    /// For those who do not see the picture, or speak to it: what is written on the door, in the same order.
    pub fn spoken(&self, names: &Names, say: Say) -> String {
        let state = say.t(state_key(self.state()));
        let label = self.compartment.spec.label.as_str();
        let said =
            |shown: &str| say.with("staff-door-shown", &[("door", label.into()), ("shown", shown.into())]);
        match self.note(names, say) {
            Some(note) if !note.is_empty() => format!("{}, {state}", said(&note)),
            Some(_) | None => said(&state),
        }
    }
}

/// The key of a state's word.
pub fn state_key(state: DoorState) -> &'static str {
    match state {
        DoorState::Free => "staff-state-free",
        DoorState::Occupied => "staff-state-occupied",
        DoorState::Reserved => "staff-state-reserved",
        DoorState::Overdue => "staff-state-overdue",
        DoorState::Check => "staff-state-check",
        DoorState::OutOfService => "staff-state-off",
        DoorState::Open => "staff-state-open",
    }
}

/// The state words in one language, kept while a drawing borrows them.
pub struct OwnedStateWords([String; 7]);

impl OwnedStateWords {
    /// In this language.
    pub fn new(say: Say) -> Self {
        Self(DoorState::ALL.map(|state| say.t(state_key(state))))
    }

    /// As the drawing takes them.
    pub fn borrowed(&self) -> StateWords<'_> {
        let [free, occupied, reserved, overdue, check, out_of_service, open] = &self.0;
        StateWords { free, occupied, reserved, overdue, check, out_of_service, open }
    }
}

/// A bank as it hangs, each door leading to its page; `meant` is lifted.
pub fn drawing(wall: &Wall, meant: Option<CompartmentId>, names: &Names, say: Say) -> BankDrawing {
    let specs: Vec<&CompartmentSpec> = wall.doors.iter().map(|door| &door.compartment.spec).collect();
    shaped(&names.bank(say, wall.id), &specs, |at, hinge| {
        let door = &wall.doors[at];
        let spec = specs[at];
        let drawn =
            DoorDrawing::new(&spec.label, spec.height_mm, hinge, door.state(), &door.spoken(names, say))
                .link(&format!("/staff/compartments/{}", door.id));
        let drawn = if meant == Some(door.id) { drawn.highlighted() } else { drawn };
        match door.note(names, say) {
            Some(note) if !note.is_empty() => drawn.note(&note),
            Some(_) | None => drawn,
        }
    })
}

/// Columns from left to right, doors from top to bottom, from where each compartment hangs.
pub fn shaped(
    name: &str,
    specs: &[&CompartmentSpec],
    door: impl Fn(usize, Hinge) -> DoorDrawing,
) -> BankDrawing {
    let mut columns: std::collections::BTreeMap<u32, Vec<usize>> = std::collections::BTreeMap::new();
    for (at, spec) in specs.iter().enumerate() {
        columns.entry(spec.column).or_default().push(at);
    }
    let half = columns.len().div_ceil(2);
    let drawn = columns.values_mut().enumerate().map(|(column, doors)| {
        doors.sort_by_key(|at| std::cmp::Reverse(specs[*at].bottom_mm));
        let hinge = if column < half { Hinge::Left } else { Hinge::Right };
        ColumnDrawing {
            width_mm: doors.iter().map(|at| specs[*at].width_mm).max().unwrap_or(1),
            foot_mm: doors.iter().map(|at| specs[*at].bottom_mm).min().unwrap_or(0),
            doors: doors.iter().map(|at| door(*at, hinge)).collect(),
        }
    });
    let columns: Vec<ColumnDrawing> = drawn.collect();
    let filled =
        |column: &ColumnDrawing| column.foot_mm + column.doors.iter().map(|door| door.height_mm).sum::<u32>();
    let height_mm = columns.iter().map(filled).max().unwrap_or(0) + HEAD_MM;
    BankDrawing { name: name.to_owned(), height_mm, columns, kiosk: None, you_are_here: None }
}

/// The front of the rack with the shelf lifted out, and where that stands; `leads` says where a press on a shelf leads.
pub fn room(sight: &RoomSight, leads: &dyn Fn(ShelfId) -> Option<String>, say: Say) -> Markup {
    let name = |label: &str| say.with("staff-audit-shelf", &[("shelf", label.into())]);
    let words = OwnedStateWords::new(say);
    let text = say.with("staff-audit-drawn-shelf", &[("shelf", sight.labels().into())]);
    let style = DrawingStyle {
        id: "room",
        variant: Variant::Small,
        title: &text,
        description: &text,
        words: &words.borrowed(),
    };
    let (front, plan) = sight.pictures_with_links(&style, &name, leads);
    html! { div class="desk-split" { div { (front) } div { (plan) } } }
}

/// The door contact in words.
pub fn closure_words(closure: Closure, names: &Names, say: Say) -> String {
    match closure {
        Closure::Unknown => say.t("staff-closure-unknown"),
        Closure::Closed => say.t("staff-closure-closed"),
        Closure::Open { since, .. } => {
            say.with("staff-closure-open", &[("age", times::age(say, names.now - since).into())])
        }
    }
}
