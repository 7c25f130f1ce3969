//! What staff do with one parcel.
//!
//! Owns: the handlers that parse a form and ask. Never: a rule.

use axum::extract::Path;
use axum::response::Redirect;
use vestibule_core::custody::ReturnReason;
use vestibule_core::place::shelf::scanned::{is_in_another_room, meant_by};
use vestibule_core::vocabulary::command::{LookedFor, RecipientChoice};
use vestibule_core::{Command, ParcelId, PersonId, Refusal, Site, UnitId};

use super::super::banks::{reason_and_words, unit_written};
use super::super::desk_page::{Act, Desk, Fields, done};
use super::one::subject;
use crate::directory::intake::record;
use crate::directory::{lookup, roster};
use crate::web::given::symbols::texts;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

type Posted = Csrf<Vec<(String, String)>>;

fn back(parcel: ParcelId) -> String {
    format!("/staff/parcels/{parcel}")
}

/// `POST /staff/parcels/{id}/accept`
pub async fn accept(desk: Desk, Path(parcel): Path<ParcelId>, _: Posted) -> Result<Redirect, Fault> {
    desk.act(Act::new(Command::AcceptAtDesk { parcel }, back(parcel), "accepted")).await
}

/// `POST /staff/parcels/{id}/turned-up`
pub async fn turned_up(desk: Desk, Path(parcel): Path<ParcelId>, _: Posted) -> Result<Redirect, Fault> {
    desk.act(Act::new(Command::TurnedUp { parcel }, back(parcel), "turned-up")).await
}

/// `POST /staff/parcels/{id}/not-there`
pub async fn not_there(desk: Desk, Path(parcel): Path<ParcelId>, _: Posted) -> Result<Redirect, Fault> {
    let looked = LookedFor { parcel, visit: None };
    desk.act(Act::new(Command::NotThere(looked), back(parcel), "not-there")).await
}

/// `POST /staff/parcels/{id}/take-out`
pub async fn take_out(
    desk: Desk,
    Path(parcel): Path<ParcelId>,
    Csrf(fields): Posted,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let command = Command::StaffRemove { parcel, reason: reason_and_words(&desk, &fields)? };
    let act = Act::new(command, back(parcel), "taken-out");
    desk.act(act.with_words(subject(parcel), fields.get("words").to_owned())).await
}

/// `POST /staff/parcels/{id}/write-off`
pub async fn write_off(
    desk: Desk,
    Path(parcel): Path<ParcelId>,
    Csrf(fields): Posted,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let command = Command::WriteOff { parcel, reason: reason_and_words(&desk, &fields)? };
    let act = Act::new(command, back(parcel), "written-off");
    desk.act(act.with_words(subject(parcel), fields.get("words").to_owned())).await
}

/// Whether somebody of the apartment a parcel is for asked for a height within reach.
///
/// # Errors
/// The site is going down or cannot read its tables.
pub async fn reach_of(desk: &Desk, parcel: ParcelId) -> Result<bool, Fault> {
    let unit = desk.read(move |site, _| site.custody.get(parcel).and_then(|parcel| parcel.unit)).await?;
    match unit {
        Some(unit) => desk.query(move |tables| lookup::reach(tables, unit, None)).await,
        None => Ok(false),
    }
}

/// `POST /staff/parcels/{id}/place`
pub async fn place(desk: Desk, Path(parcel): Path<ParcelId>, _: Posted) -> Result<Redirect, Fault> {
    let reach = reach_of(&desk, parcel).await?;
    let command = Command::PlaceFromDesk { parcel, banks: Vec::new(), reach };
    desk.act(Act::new(command, back(parcel), "placed")).await
}

/// `POST /staff/parcels/{id}/shelve`: onto the shelf of the list, or the one whose label was scanned, typed or seen by a camera.
pub async fn shelve(
    desk: Desk,
    Path(parcel): Path<ParcelId>,
    Csrf(fields): Posted,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let scans = texts(fields.get("scan"), fields.get("symbols"));
    let chosen = fields.number("shelf").map(vestibule_core::ShelfId);
    let look = move |site: &Site, _| {
        let shelf = chosen.map_or_else(|| meant_by(site, &scans), Ok)?;
        Ok::<_, Refusal>((shelf, is_in_another_room(site, parcel, shelf)))
    };
    let (shelf, is_elsewhere) = desk.read(look).await??;
    let said = if is_elsewhere { "shelved-other-room" } else { "shelved" };
    desk.act(Act::new(Command::Shelve { parcel, shelf }, back(parcel), said)).await
}

/// `POST /staff/parcels/{id}/give-back`
pub async fn give_back(
    desk: Desk,
    Path(parcel): Path<ParcelId>,
    Csrf(fields): Posted,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let carrier = fields.number("carrier").map(vestibule_core::CarrierId).ok_or(Refusal::NotFound)?;
    let reason = match fields.get("reason") {
        "unknown" => ReturnReason::Unknown,
        "refused" => ReturnReason::Refused,
        _ => ReturnReason::Overdue,
    };
    desk.act(Act::new(Command::GiveBack { parcel, carrier, reason }, back(parcel), "given-back")).await
}

/// `POST /staff/parcels/{id}/correct`
pub async fn correct(
    desk: Desk,
    Path(parcel): Path<ParcelId>,
    Csrf(fields): Posted,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let recipient = if fields.ticked("unknown") {
        RecipientChoice::Unknown
    } else {
        let unit = unit_written(&desk, fields.get("unit")).await?;
        RecipientChoice::Household { unit, addressee: addressee(&desk, unit, fields.get("person")).await? }
    };
    let whose = match recipient {
        RecipientChoice::Household { unit, addressee } => (Some(unit), addressee),
        RecipientChoice::Unknown => (None, None),
    };
    let at = desk.now();
    let learned = desk.query(move |tables| record::reassigned(tables, parcel, whose, at)).await?;
    desk.ask_with(Command::CorrectRecipient { parcel, recipient }, |_| learned).await?;
    Ok(done(&back(parcel), "corrected"))
}

/// The person of a household somebody wrote; nobody where nothing was written.
///
/// # Errors
/// Nobody or several of that name.
pub async fn addressee(desk: &Desk, unit: UnitId, text: &str) -> Result<Option<PersonId>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    let wanted = crate::directory::fold::name(text);
    let household = desk.query(move |tables| roster::household(tables, unit)).await?;
    let is_meant = |name: String| {
        let folded = crate::directory::fold::name(&name);
        wanted.split(' ').all(|word| folded.split(' ').any(|part| part.starts_with(word)))
    };
    let mut meant = household.iter().filter(|person| is_meant(person.full_name()));
    match (meant.next(), meant.next()) {
        (Some(person), None) => Ok(Some(person.person)),
        _ => {
            Err(Refusal::Invalid { why: desk.say.with("staff-invalid-person", &[("name", text.into())]) }
                .into())
        }
    }
}
