//! Places in words: as a line of a list, and inside a sentence.

use super::{Notice, NoticePlace, PlaceLine, one_line};
use crate::language::{Arg, Key, Language, text};

/// More places than this are counted instead of named in a subject.
const NAMED_IN_SUBJECT: usize = 2;

pub(super) fn parcels_in_total(places: &[PlaceLine]) -> u32 {
    places.iter().map(|line| line.parcels).fold(0, u32::saturating_add)
}

/// "Locker 14, Lobby: 1 parcel from UPS, addressed to J. Alvarez".
pub(super) fn place_line(language: Language, line: &PlaceLine) -> String {
    let mut what = text(language, Key::Parcels, &[("count", Arg::Count(line.parcels))]);
    if !line.carriers.is_empty() {
        let carriers = line.carriers.iter().map(|name| one_line(name)).collect::<Vec<_>>().join(", ");
        let from = text(language, Key::FromCarriers, &[("carriers", Arg::Text(&carriers))]);
        what = format!("{what} {from}");
    }
    if let Some(name) = &line.addressed_to {
        let name = one_line(name);
        let addressed = text(language, Key::AddressedTo, &[("name", Arg::Text(&name))]);
        what = format!("{what}, {addressed}");
    }
    format!("{}: {what}", place_name(language, &line.place))
}

fn place_name(language: Language, place: &NoticePlace) -> String {
    match place {
        NoticePlace::Compartment { label, bank } => {
            let (label, bank) = (one_line(label), one_line(bank));
            text(language, Key::PlaceCompartment, &[("label", Arg::Text(&label)), ("bank", Arg::Text(&bank))])
        }
        NoticePlace::Shelf { label, room } if room.is_empty() => {
            text(language, Key::PlaceShelfAlone, &[("label", Arg::Text(&one_line(label)))])
        }
        NoticePlace::Shelf { label, room } => {
            let (label, room) = (one_line(label), one_line(room));
            text(language, Key::PlaceShelf, &[("label", Arg::Text(&label)), ("room", Arg::Text(&room))])
        }
        NoticePlace::Desk => text(language, Key::PlaceDesk, &[]),
        NoticePlace::Drop { name } => text(language, Key::PlaceDrop, &[("name", Arg::Text(&one_line(name)))]),
    }
}

/// "in locker 14 and on shelf B3", or "in 4 places".
pub(super) fn at_places(notice: &Notice) -> String {
    let language = notice.language;
    let mut named: Vec<String> = Vec::new();
    for line in &notice.places {
        let at = at_place(language, &line.place);
        if !named.contains(&at) {
            named.push(at);
        }
    }
    if named.len() > NAMED_IN_SUBJECT {
        let count = u32::try_from(named.len()).unwrap_or(u32::MAX);
        return text(language, Key::AtSeveral, &[("count", Arg::Count(count))]);
    }
    named
        .into_iter()
        .reduce(|first, last| {
            text(language, Key::ListAnd, &[("first", Arg::Text(&first)), ("last", Arg::Text(&last))])
        })
        .unwrap_or_default()
}

fn at_place(language: Language, place: &NoticePlace) -> String {
    match place {
        NoticePlace::Compartment { label, .. } => {
            text(language, Key::AtCompartment, &[("label", Arg::Text(&one_line(label)))])
        }
        NoticePlace::Shelf { label, .. } => {
            text(language, Key::AtShelf, &[("label", Arg::Text(&one_line(label)))])
        }
        NoticePlace::Desk => text(language, Key::AtDesk, &[]),
        NoticePlace::Drop { name } => text(language, Key::AtDrop, &[("name", Arg::Text(&one_line(name)))]),
    }
}
