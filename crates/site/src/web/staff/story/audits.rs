//! What is put into the sentences of an audit.

use vestibule_core::Event;
use vestibule_core::custody::audit::AuditPlace;
use vestibule_core::place::Place;

use super::super::names::{self, Names};
use super::super::say::Say;
use super::passages;
use super::put::{Puts, word};

/// What a place of an audit is called within a sentence.
pub fn place_name(place: AuditPlace, names: &Names, say: Say) -> String {
    let place = match place {
        AuditPlace::Compartment(id) => Place::Compartment(id),
        AuditPlace::Shelf(id) => Place::Shelf(id),
        AuditPlace::Area(id) => Place::Area(id),
        AuditPlace::Desk => Place::Desk,
    };
    names.place(say, place)
}

/// What the sentence of an event wants.
pub(super) fn of(event: &Event, names: &Names, say: Say) -> Puts {
    let place = |place: &AuditPlace| ("place", place_name(*place, names, say).into());
    match event {
        Event::AuditBegan { audit, places, .. } => {
            vec![("n", audit.to_string().into()), ("places", places.len().into())]
        }
        Event::AuditDoorOpens { audit, compartment, .. } => {
            vec![("n", audit.to_string().into()), ("door", names.door(say, *compartment).into())]
        }
        Event::AuditLooked { place: at, here, absent, astray, unknown, .. } => vec![
            place(at),
            ("here", here.len().into()),
            ("absent", absent.len().into()),
            ("astray", astray.len().into()),
            ("unknown", u32::from(*unknown).into()),
        ],
        Event::AuditSkipped { place: at, why, .. } => vec![place(at), ("why", why.word().into())],
        Event::AuditPaused { audit, paused, .. } => {
            vec![("n", audit.to_string().into()), ("paused", word(*paused))]
        }
        Event::AuditSettled { parcel, place: at, how, .. } => {
            vec![("parcel", names::parcel(say, *parcel).into()), place(at), ("how", how.word().into())]
        }
        Event::AuditEnded { audit, how, .. } => {
            vec![("n", audit.to_string().into()), ("how", how.word().into())]
        }
        _ => passages::of(event, names, say),
    }
}
