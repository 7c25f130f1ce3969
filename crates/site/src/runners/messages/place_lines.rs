//! Where the parcels of a notice lie, or for a receipt lay: taken from the state, put into lines a message can say.

use super::sql;
use rusqlite::Connection;
use vestibule_core::custody::Custodian;
use vestibule_core::place::room::{RoomName, name_for};
use vestibule_core::{BankId, CarrierId, ParcelId, PersonId, ShelfId, Site, Timestamp};
use vestibule_notices::Language;
use vestibule_notices::notice::{NoticePlace, PlaceLine};

/// A parcel and its place, with what the state knows.
pub(super) struct Spot {
    parcel: ParcelId,
    place: Spotted,
    carrier: Option<String>,
}

enum Spotted {
    Compartment { label: String, bank: BankId },
    Shelf { label: String, room: Option<String> },
    Desk,
    Drop(String),
}

/// The name of a shelf's room. None: there is only one, *the package room*; empty: nobody said which of several.
fn room_of(site: &Site, shelf: ShelfId) -> Option<String> {
    match name_for(site, shelf) {
        RoomName::Only => None,
        RoomName::Called(name) => Some(name.to_owned()),
        RoomName::Unsaid => Some(String::new()),
    }
}

/// Of these parcels, those that still wait for the person, and until when the first of them is held.
pub(super) fn waiting(site: &Site, person: PersonId, parcels: &[ParcelId]) -> (Vec<Spot>, Option<Timestamp>) {
    let waiting = parcels
        .iter()
        .filter_map(|id| site.custody.get(*id).map(|parcel| (*id, parcel)))
        .filter(|(_, parcel)| parcel.is_for(person) && parcel.custodian.is_waiting_place());
    let mut held_until = None;
    let mut spots = Vec::new();
    for (id, parcel) in waiting {
        held_until = match (held_until, site.kept_until(id)) {
            (Some(known), Some(until)) => Some(std::cmp::min(known, until)),
            (known, until) => known.or(until),
        };
        spots.extend(spot(site, id, parcel.custodian, parcel.carrier));
    }
    (spots, held_until)
}

/// Where parcels were before they left.
pub(super) fn left(site: &Site, left: &[(ParcelId, Custodian, Option<CarrierId>)]) -> Vec<Spot> {
    left.iter().filter_map(|(id, from, carrier)| spot(site, *id, *from, *carrier)).collect()
}

fn spot(site: &Site, parcel: ParcelId, at: Custodian, carrier: Option<CarrierId>) -> Option<Spot> {
    let place = match at {
        Custodian::Compartment(id) => {
            let compartment = site.compartments.get(id)?;
            Spotted::Compartment { label: compartment.spec.label.clone(), bank: compartment.bank }
        }
        Custodian::Shelf(id) => {
            Spotted::Shelf { label: site.layout.shelves.get(&id)?.clone(), room: room_of(site, id) }
        }
        Custodian::CommonArea(id) => Spotted::Drop(site.layout.areas.get(&id)?.clone()),
        // What was with nobody a resident could have gone to was told of at the desk.
        Custodian::Staff(_)
        | Custodian::Courier(_)
        | Custodian::Recipient(_)
        | Custodian::Carrier(_)
        | Custodian::Missing { .. }
        | Custodian::WrittenOff => Spotted::Desk,
    };
    let carrier = carrier.and_then(|carrier| site.layout.carriers.get(&carrier)).cloned();
    Some(Spot { parcel, place, carrier })
}

/// Lines of the message: parcels at the same place and of the same name together.
pub(super) fn lines(
    connection: &Connection,
    spots: &[Spot],
    last_name: &str,
    language: Language,
) -> rusqlite::Result<Vec<PlaceLine>> {
    let mut lines: Vec<PlaceLine> = Vec::new();
    for spot in spots {
        let place = named(connection, &spot.place, language)?;
        let addressed_to = sql::addressed_to(connection, spot.parcel)?.filter(|name| !is_of(name, last_name));
        let same = |line: &&mut PlaceLine| line.place == place && line.addressed_to == addressed_to;
        match lines.iter_mut().find(same) {
            Some(line) => {
                line.parcels += 1;
                line.carriers.extend(spot.carrier.clone().filter(|name| !line.carriers.contains(name)));
            }
            None => {
                let carriers = spot.carrier.clone().into_iter().collect();
                lines.push(PlaceLine { place, parcels: 1, carriers, addressed_to });
            }
        }
    }
    Ok(lines)
}

fn named(connection: &Connection, place: &Spotted, language: Language) -> rusqlite::Result<NoticePlace> {
    Ok(match place {
        Spotted::Compartment { label, bank } => {
            let bank = sql::bank_name(connection, *bank)?.unwrap_or_default();
            NoticePlace::Compartment { label: label.clone(), bank }
        }
        Spotted::Shelf { label, room } => {
            let only = match language {
                Language::En => "package room",
                Language::Es => "sala de paquetes",
            };
            NoticePlace::Shelf { label: label.clone(), room: room.as_deref().unwrap_or(only).to_owned() }
        }
        Spotted::Desk => NoticePlace::Desk,
        Spotted::Drop(name) => NoticePlace::Drop { name: name.clone() },
    })
}

/// A label that bears the reader's own name need not be pointed out.
fn is_of(label: &str, last_name: &str) -> bool {
    !last_name.is_empty() && label.to_lowercase().contains(&last_name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shelf_is_told_with_its_room_where_there_are_several() {
        let connection = Connection::open_in_memory().unwrap();
        let told = |room, language| {
            let place = Spotted::Shelf { label: "A1".into(), room };
            match named(&connection, &place, language).unwrap() {
                NoticePlace::Shelf { room, .. } => room,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(told(None, Language::Es), "sala de paquetes");
        assert_eq!(told(Some("Cellar".into()), Language::Es), "Cellar");
        let mut site = Site::default();
        for (id, label) in [(1, "A1"), (2, "B1")] {
            let installed = vestibule_core::Event::ShelfInstalled { shelf: ShelfId(id), label: label.into() };
            site.evolve(&installed, Timestamp(0));
        }
        assert_eq!(room_of(&site, ShelfId(1)), None);
    }

    #[test]
    fn parcels_of_one_place_share_a_line() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(include_str!("../../store/schema.sql")).unwrap();
        connection
            .execute_batch(
                "INSERT INTO bank_name VALUES (1, 'Lobby', 'North');
                 INSERT INTO parcel_label VALUES (2, NULL, 'Rosa ALVAREZ'), (3, NULL, 'J. Smith');",
            )
            .unwrap();
        let locker = || Spotted::Compartment { label: "14".into(), bank: BankId(1) };
        let spot = |parcel, place, carrier: &str| Spot {
            parcel: ParcelId(parcel),
            place,
            carrier: Some(carrier.to_owned()),
        };
        let spots = [
            spot(1, locker(), "Swift"),
            spot(2, locker(), "Swift"),
            spot(3, locker(), "Blue"),
            spot(4, Spotted::Desk, "Blue"),
        ];
        let lines = lines(&connection, &spots, "Alvarez", Language::En).unwrap();
        let seen: Vec<_> = lines
            .iter()
            .map(|line| (line.parcels, line.carriers.join("+"), line.addressed_to.as_deref()))
            .collect();
        assert_eq!(
            seen,
            [(2, "Swift".into(), None), (1, "Blue".into(), Some("J. Smith")), (1, "Blue".into(), None)]
        );
        assert_eq!(lines[0].place, NoticePlace::Compartment { label: "14".into(), bank: "Lobby".into() });
    }
}
