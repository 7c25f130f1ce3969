//! Staff adopt a parcel nobody scanned on the page where they found it: a drop, an entry, or a claim.
//!
//! Owns: the form, and what it asks once more where it cannot be sure. Never: a rule; the page the form stands on.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use vestibule_core::access::entry::Entrant;
use vestibule_core::custody::{Custodian, PHOTOS_AT_HAND};
use vestibule_core::place::compartment::Size;
use vestibule_core::vocabulary::command::{AdoptionWords, PutAway, RecipientChoice, Unscanned};
use vestibule_core::{
    Answer, CarrierId, ClaimId, Command, DropId, EntryId, ParcelId, PersonId, Refusal, ShelfId, Site, UnitId,
};
use vestibule_intake::evidence::Confirmed;

use super::super::banks::unit_written;
use super::super::blocks::back;
use super::super::desk as intake;
use super::super::desk::guessed::{self, For};
use super::super::desk_page::{Desk, Fields, Section, done};
use super::super::doors::entries;
use super::super::names::Names;
use super::super::say::Say;
use super::super::story::size_word;
use super::delivered::{DELIVERED, one};
use super::photos;
use crate::directory::claims::ClaimLine;
use crate::directory::intake::record::{self, Intake};
use crate::directory::intake::{Flag, Reading};
use crate::evidence::photos::{Photo, kept_of, of_entry as photos_of_entry};
use crate::look::form::{self, Field, FieldKind};
use crate::look::message::{NoticeKind, notice_banner};
use crate::look::{Press, button_primary, listing};
use crate::web::given::symbols::claim as label_claim;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

type Posted = Csrf<Vec<(String, String)>>;

const PUT_AT_DESK: &str = "desk";

/// Where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundAt {
    /// Among the parcels of a drop.
    Drop(DropId),
    /// After an entry at which nothing was scanned.
    Entry(EntryId),
    /// Looked for under a claim.
    Claim(ClaimId),
}

impl FoundAt {
    fn page(self) -> String {
        match self {
            Self::Drop(drop) => format!("/staff/drops/{drop}"),
            Self::Entry(entry) => format!("/staff/entries/{entry}"),
            Self::Claim(claim) => format!("{DELIVERED}/{claim}"),
        }
    }

    fn title(self, say: Say) -> String {
        match self {
            Self::Drop(_) => say.t("staff-drop-title"),
            Self::Entry(entry) => say.with("staff-entry-n", &[("n", entry.to_string().into())]),
            Self::Claim(_) => say.t("staff-claims-title"),
        }
    }

    fn section(self) -> Section {
        match self {
            Self::Drop(_) => Section::Needs,
            Self::Entry(_) => Section::Doors,
            Self::Claim(_) => Section::Parcels,
        }
    }
}

/// What stands in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// One of a drop, and who has it; None: one the site knew nothing of.
    pub parcel: Option<(ParcelId, Option<Custodian>)>,
    /// On the page of a claim: the entry at which it was left.
    pub entry: Option<EntryId>,
    /// The apartment.
    pub unit: String,
    /// The name on its label.
    pub addressed_to: String,
    /// Its number. Where a claim says it, it is shown and not asked.
    pub tracking: String,
    /// Where it is put, as the form says it; empty: it stays where it lies.
    pub put: String,
    /// Its size, as the form says it.
    pub size: String,
    /// Whom it may be for: the value of each, and its words.
    pub offered: Vec<(String, String)>,
    /// Which of them was chosen; empty: what is written counts.
    pub chosen: String,
    /// What has to be answered before it is taken in.
    pub doubts: Doubts,
}

/// What staff are asked once more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doubts {
    /// A parcel with this number came today.
    pub known: Option<ParcelId>,
    /// Its label is for another house, in words.
    pub elsewhere: Option<String>,
    /// The name on it is of somebody who moved out.
    pub moved_out: bool,
}

impl Draft {
    /// What tells the fields of this form from those of another on the same page.
    fn which(&self) -> String {
        match (self.parcel, self.entry) {
            (Some((parcel, _)), _) => parcel.to_string(),
            (None, Some(entry)) => format!("entry-{entry}"),
            (None, None) => String::new(),
        }
    }

    /// Where it can be put, as the form says it and in words. What lies behind a door is taken out first.
    fn places(&self, names: &Names, say: Say) -> Vec<(String, String)> {
        let lies = self.parcel.and_then(|(_, lies)| lies);
        let stays = lies.is_some_and(|lies| lies.is_waiting_place());
        let mut places = Vec::new();
        if stays {
            places.push((String::new(), say.t("staff-adopt-stays")));
        }
        if !matches!(lies, Some(Custodian::Compartment(_))) {
            places.push((PUT_AT_DESK.to_owned(), say.t("staff-adopt-desk")));
            let others = names.shelves.iter().filter(|(id, _)| lies != Some(Custodian::Shelf(**id)));
            let on = |label: &String| say.with("staff-adopt-shelf", &[("shelf", label.as_str().into())]);
            places.extend(others.map(|(id, label)| (id.to_string(), on(label))));
        }
        places
    }
}

/// The form.
pub fn form(at: FoundAt, draft: &Draft, (names, say): (&Names, Say), csrf: &str) -> Markup {
    let which = draft.which();
    let fields = html! {
        @if let Some((parcel, _)) = draft.parcel { input type="hidden" name="parcel" value=(parcel); }
        @if let Some(entry) = draft.entry { input type="hidden" name="entry" value=(entry); }
        (doubts(&draft.doubts, say))
        (whose(draft, &which, say))
        (number(at, draft, &which, say))
        (place(draft, &which, (names, say)))
        (button_primary(&say.t("staff-adopt-do"), Press::Submit))
    };
    form::form(&format!("{}/adopt", at.page()), csrf, fields)
}

fn doubts(doubts: &Doubts, say: Say) -> Markup {
    html! {
        @if let Some(known) = doubts.known { (intake::came_today(known, say)) }
        @if let Some(words) = &doubts.elsewhere {
            (notice_banner(NoticeKind::Danger, words))
            label class="check" { input type="checkbox" name="stays" value="yes" required; (say.t("staff-other-house-stays")) }
        }
        @if doubts.moved_out {
            (notice_banner(NoticeKind::Warning, &say.t("staff-flag-moved-out")))
            label class="check" { input type="checkbox" name="all_the_same" value="yes" required; (say.t("staff-adopt-all-the-same")) }
        }
    }
}

fn whose(draft: &Draft, which: &str, say: Say) -> Markup {
    let written = say.t("staff-adopt-as-written");
    let choices: Vec<(&str, &str)> = draft
        .offered
        .iter()
        .map(|(value, words)| (value.as_str(), words.as_str()))
        .chain(std::iter::once(("", written.as_str())))
        .collect();
    let (unit, name) = (say.t("staff-apartment"), say.t("staff-fact-addressed"));
    html! {
        @if !draft.offered.is_empty() { (form::radios("for", &say.t("staff-adopt-title"), &draft.chosen, &choices)) }
        (form::field(&Field::new("unit", &unit, FieldKind::Text).value(&draft.unit).which(which)))
        (form::field(&Field::new("addressed_to", &name, FieldKind::Text).value(&draft.addressed_to)
            .hint(&say.t("staff-adopt-name-hint")).which(which)))
    }
}

fn number(at: FoundAt, draft: &Draft, which: &str, say: Say) -> Markup {
    let label = say.t("staff-fact-tracking");
    match at {
        FoundAt::Claim(_) if draft.tracking.is_empty() => html! {},
        FoundAt::Claim(_) => html! { p { (label) ": " strong { (draft.tracking) } } },
        FoundAt::Drop(_) | FoundAt::Entry(_) => {
            let field = Field::new("tracking", &label, FieldKind::Text).value(&draft.tracking);
            form::field(&field.hint(&say.t("staff-adopt-number-hint")).which(which))
        }
    }
}

fn place(draft: &Draft, which: &str, (names, say): (&Names, Say)) -> Markup {
    let places = draft.places(names, say);
    let places: Vec<(&str, &str)> =
        places.iter().map(|(value, words)| (value.as_str(), words.as_str())).collect();
    let sizes = Size::ALL.map(|size| {
        let word = size_word(size);
        (word, format!("{word}, {}", say.t(&format!("staff-size-{}", word.to_lowercase()))))
    });
    let sizes: Vec<(&str, &str)> = sizes.iter().map(|(word, text)| (*word, text.as_str())).collect();
    let size = if draft.size.is_empty() { size_word(Size::M) } else { draft.size.as_str() };
    html! {
        @if places.len() > 1 { (form::select_of(which, ("put", &say.t("staff-adopt-put")), &draft.put, &places)) }
        @else if let [(only, _)] = places.as_slice() { input type="hidden" name="put" value=(only); }
        @if draft.parcel.is_none() { (form::select_of(which, ("size", &say.t("staff-fact-size")), size, &sizes)) }
    }
}

/// What is known of it before anything was said.
struct Found {
    parcel: Option<(ParcelId, Custodian)>,
    entry: Option<EntryId>,
    claim: Option<ClaimLine>,
    carrier: Option<CarrierId>,
    /// Those that are kept, oldest first.
    photos: Vec<Photo>,
}

async fn found(desk: &Desk, at: FoundAt, fields: &Fields) -> Result<Found, Fault> {
    let named = fields.number("parcel").map(ParcelId);
    let (claim, parcel, entry) = match at {
        FoundAt::Drop(_) => (None, Some(named.ok_or(Refusal::NotFound)?), None),
        FoundAt::Entry(entry) => (None, None, Some(entry)),
        FoundAt::Claim(claim) => {
            (Some(one::known(desk, claim).await?), named, fields.number("entry").map(EntryId))
        }
    };
    let look = move |site: &Site, _| {
        let is_of = |drop: Option<DropId>| !matches!(at, FoundAt::Drop(of) if drop != Some(of));
        let facts = parcel.and_then(|parcel| site.custody.get(parcel)).filter(|facts| is_of(facts.drop));
        facts.map(|facts| (facts.custodian, facts.carrier))
    };
    let facts = desk.read(look).await?;
    if parcel.is_some() && facts.is_none() {
        return Err(Refusal::NotFound.into());
    }
    let seen = move |tables: &rusqlite::Connection| {
        const MOST: u32 = 60;
        let came = entry.map_or(Ok(None), |entry| entries::one_of(tables, entry))?;
        let photos = match (parcel, entry) {
            (Some(parcel), _) => kept_of(tables, &[parcel])?,
            (None, Some(entry)) => photos_of_entry(tables, entry, MOST)?,
            (None, None) => Vec::new(),
        };
        Ok((came, photos.into_iter().filter(|photo| photo.gone.is_none()).collect::<Vec<_>>()))
    };
    let (came, photos) = desk.query(seen).await?;
    if entry.is_some() && came.is_none() {
        return Err(Refusal::NotFound.into());
    }
    let of_entry = came.and_then(|entry| match entry.entrant {
        Some(Entrant::Courier { carrier, .. }) => Some(carrier),
        _ => None,
    });
    let carrier = match facts {
        Some((_, carrier)) => carrier,
        None => claim.as_ref().and_then(|claim| claim.carrier).or(of_entry),
    };
    let parcel = parcel.zip(facts.map(|(custodian, _)| custodian));
    Ok(Found { parcel, entry, claim, carrier, photos })
}

/// Its label as far as it was written, or the claim says it, compared with the people here.
async fn reading_of(desk: &Desk, found: &Found, fields: &Fields) -> Result<Reading, Fault> {
    let number = match &found.claim {
        Some(claim) => claim.tracking.clone().unwrap_or_default(),
        None => fields.get("tracking").to_owned(),
    };
    let mut reading = guessed::read(desk, &number, fields.touches()).await?;
    if let Some(name) = fields.some("addressed_to") {
        reading = guessed::named(desk, reading, name).await?;
    }
    if let Some(elsewhere) = reading.elsewhere.as_mut().filter(|_| fields.ticked("stays")) {
        elsewhere.accepted = true;
    }
    Ok(reading)
}

/// The apartment that was written; that of the claim where it stands as it was filled in.
async fn unit_of(desk: &Desk, found: &Found, text: &str) -> Result<Option<UnitId>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(unit) = found.claim.as_ref().and_then(|claim| claim.unit) {
        let names = desk.names(guessed::wanted(std::iter::once(For { unit, person: None }))).await?;
        if names.unit_label(unit) == text {
            return Ok(Some(unit));
        }
    }
    unit_written(desk, text).await.map(Some)
}

/// For whom it is, once somebody said it: the apartment they wrote with the person of it that the label names, or whom they chose.
/// A guess alone is asked about.
fn whom(reading: &Reading, written: Option<UnitId>, chosen: Option<For>) -> Option<(For, Confirmed)> {
    let (whom, way) =
        guessed::taken_for(reading, written, chosen).filter(|_| written.is_some() || chosen.is_some())?;
    let named = || {
        let mut offered = reading.guess.iter().flat_map(|guess| &guess.offered);
        offered.find(|offered| offered.unit == whom.unit).and_then(|offered| offered.person)
    };
    Some((For { person: whom.person.or_else(named), ..whom }, way))
}

fn put_of(desk: &Desk, fields: &Fields) -> Result<Option<PutAway>, Fault> {
    match fields.get("put") {
        "" => Ok(None),
        PUT_AT_DESK => Ok(Some(PutAway::Desk)),
        shelf => match shelf.parse() {
            Ok(shelf) => Ok(Some(PutAway::Shelf(ShelfId(shelf)))),
            Err(_) => Err(Refusal::Invalid { why: desk.say.t("staff-invalid-form") }.into()),
        },
    }
}

/// Takes it in, or asks again what it cannot be sure of.
async fn adopt(desk: &Desk, at: FoundAt, fields: &Fields) -> Result<Response, Fault> {
    let found = found(desk, at, fields).await?;
    let reading = reading_of(desk, &found, fields).await?;
    let written = unit_of(desk, &found, fields.get("unit")).await?;
    let said = whom(&reading, written, For::read(fields.get("for")));
    // What a claim waits for has not come.
    let known = if found.claim.is_some() || fields.ticked("another") {
        None
    } else {
        intake::reading::came_today(desk, &reading.tracking, found.carrier).await?
    };
    let elsewhere = guessed::other_house(&reading, desk.say).filter(|_| reading.asks_whether_here());
    let has_left = reading.guess.as_ref().is_some_and(|guess| guess.flags.contains(&Flag::MovedOut));
    let moved_out = has_left && !fields.ticked("all_the_same");
    let doubts = Doubts { known, elsewhere, moved_out };
    match said {
        Some((whom, way)) if doubts == Doubts::default() => {
            let parcel = taken_in(desk, &found, (reading, whom, way), fields).await?;
            let (next, word) = match at {
                FoundAt::Drop(_) | FoundAt::Entry(_) => (at.page(), "adopted"),
                FoundAt::Claim(_) => (format!("/staff/parcels/{parcel}"), "claim-found"),
            };
            Ok(done(&next, word).into_response())
        }
        said => ask_again(desk, (at, found), (&reading, said.is_some(), doubts), fields).await,
    }
}

async fn taken_in(
    desk: &Desk,
    found: &Found,
    (reading, whom, way): (Reading, For, Confirmed),
    fields: &Fields,
) -> Result<ParcelId, Fault> {
    let put = put_of(desk, fields)?;
    let size = intake::size_from(fields.get("size")).unwrap_or(Size::M);
    let dropped = found.parcel.map(|(parcel, _)| parcel);
    let words = AdoptionWords {
        found: match dropped {
            Some(parcel) => Unscanned::Dropped { parcel, put },
            None => Unscanned::Unknown { carrier: found.carrier, size, put: put.unwrap_or(PutAway::Desk) },
        },
        recipient: RecipientChoice::Household { unit: whom.unit, addressee: whom.person },
        label: label_claim(&*desk.app.keys, &reading.tracking, fields.ticked("another")),
        claim: found.claim.as_ref().map(|claim| claim.claim),
        photos: found.photos.iter().map(|photo| photo.hash).take(PHOTOS_AT_HAND).collect(),
    };
    let (name, whose): (_, (Option<UnitId>, Option<PersonId>)) =
        (reading.name.clone(), (Some(whom.unit), whom.person));
    let learned = desk.query(move |tables| record::learned(tables, name.as_deref(), whose, way)).await?;
    let (unit, person) = whose;
    let read = Intake { reading, unit, person, confirmed: way, learned, at: desk.now(), desk: true };
    let rows = move |answer: &Answer| match dropped {
        // It was taken in when it was put down.
        Some(parcel) => read.label_rows(parcel),
        None => read.rows(answer),
    };
    match desk.ask_with(Command::Adopt(words), rows).await?.0 {
        Answer::Parcel { parcel, .. } => Ok(parcel),
        _ => Err(Refusal::NotFound.into()),
    }
}

/// The form once more, with the photos, all that was said, and what is asked.
async fn ask_again(
    desk: &Desk,
    (at, found): (FoundAt, Found),
    (reading, is_said, doubts): (&Reading, bool, Doubts),
    fields: &Fields,
) -> Result<Response, Fault> {
    let offered = if is_said { Vec::new() } else { guessed::others(reading, None) };
    if !is_said && offered.is_empty() && doubts == Doubts::default() {
        return Err(Refusal::Invalid { why: desk.say.t("staff-adopt-nobody") }.into());
    }
    let mut wanted = guessed::wanted(offered.iter().copied());
    photos::wanted(&found.photos, &mut wanted);
    let chosen = For::read(fields.get("for")).filter(|_| is_said && fields.get("unit").is_empty());
    wanted.units.extend(chosen.map(|chosen| chosen.unit));
    wanted.people.extend(chosen.and_then(|chosen| chosen.person));
    let names = desk.names(wanted).await?;
    let offered = offered.into_iter().chain(chosen);
    let text = |name: &str| fields.get(name).to_owned();
    let draft = Draft {
        parcel: found.parcel.map(|(parcel, lies)| (parcel, Some(lies))),
        entry: found.entry.filter(|_| found.claim.is_some()),
        unit: text("unit"),
        addressed_to: text("addressed_to"),
        tracking: reading.tracking.clone(),
        put: text("put"),
        size: text("size"),
        chosen: chosen.map(For::value).unwrap_or_default(),
        offered: offered.map(|one| (one.value(), guessed::words(one, &names, desk.say))).collect(),
        doubts,
    };
    let title = desk.say.t("staff-adopt-title");
    let content = html! {
        (back(&at.page(), &at.title(desk.say)))
        (listing::page_title(&title, None, html! {}))
        @if !found.photos.is_empty() { (photos::strip(&found.photos, &names, desk.say)) }
        (listing::card(form(at, &draft, (&names, desk.say), &desk.csrf)))
    };
    Ok(desk.page(at.section(), &title, content).into_response())
}

/// `GET /staff/drops/{id}/adopt`: who changes the language of what is asked once more comes back to the page it was asked from.
pub async fn from_drop(_desk: Desk, Path(id): Path<DropId>) -> Redirect {
    Redirect::to(&FoundAt::Drop(id).page())
}

/// `GET /staff/entries/{id}/adopt`
pub async fn from_entry(_desk: Desk, Path(id): Path<EntryId>) -> Redirect {
    Redirect::to(&FoundAt::Entry(id).page())
}

/// `GET /staff/delivered/{id}/adopt`
pub async fn from_claim(_desk: Desk, Path(id): Path<ClaimId>) -> Redirect {
    Redirect::to(&FoundAt::Claim(id).page())
}

/// `POST /staff/drops/{id}/adopt`
pub async fn of_drop(desk: Desk, Path(id): Path<DropId>, Csrf(fields): Posted) -> Result<Response, Fault> {
    adopt(&desk, FoundAt::Drop(id), &Fields(fields)).await
}

/// `POST /staff/entries/{id}/adopt`
pub async fn of_entry(desk: Desk, Path(id): Path<EntryId>, Csrf(fields): Posted) -> Result<Response, Fault> {
    adopt(&desk, FoundAt::Entry(id), &Fields(fields)).await
}

/// `POST /staff/delivered/{id}/adopt`
pub async fn of_claim(desk: Desk, Path(id): Path<ClaimId>, Csrf(fields): Posted) -> Result<Response, Fault> {
    adopt(&desk, FoundAt::Claim(id), &Fields(fields)).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::intake::{Guess, Offered};
    use crate::web::words::Language;
    use vestibule_core::{CompartmentId, Timestamp};
    use vestibule_intake::Decision;

    fn names() -> Names {
        let mut site = Site::default();
        site.layout.shelves = [(ShelfId(1), "A1".to_owned()), (ShelfId(2), "A2".to_owned())].into();
        Names::of_site(&site, Timestamp(0))
    }

    fn values(lies: Option<Custodian>) -> Vec<String> {
        let draft = Draft { parcel: lies.map(|lies| (ParcelId(7), Some(lies))), ..Draft::default() };
        let places = draft.places(&names(), Say::new(Language::En));
        places.into_iter().map(|(value, _)| value).collect()
    }

    #[test]
    fn it_is_put_where_it_can_be_put_from_where_it_lies() {
        assert_eq!(values(None), ["desk", "1", "2"], "nobody had it");
        assert_eq!(values(Some(Custodian::Shelf(ShelfId(1)))), ["", "desk", "2"]);
        assert_eq!(values(Some(Custodian::Courier(vestibule_core::VisitId(1)))), ["desk", "1", "2"]);
        assert_eq!(values(Some(Custodian::Compartment(CompartmentId(1)))), [""], "its door is shut");
    }

    #[test]
    fn two_forms_on_a_page_share_no_field_and_a_claim_is_not_asked_its_number() {
        for language in Language::ALL {
            let say = Say::new(language);
            let draft = |parcel| Draft {
                parcel: Some((ParcelId(parcel), Some(Custodian::Shelf(ShelfId(1))))),
                tracking: "1Z999AA10123456784".to_owned(),
                ..Draft::default()
            };
            let page = |at, parcel| form(at, &draft(parcel), (&names(), say), "t").into_string();
            let (one, other) = (page(FoundAt::Drop(DropId(3)), 7), page(FoundAt::Drop(DropId(3)), 8));
            assert!(one.contains(r#"id="f-unit-7""#) && one.contains(r#"for="f-unit-7""#), "{one}");
            assert!(other.contains(r#"id="f-put-8""#) && other.contains("/staff/drops/3/adopt"), "{other}");
            assert!(one.contains(r#"name="tracking""#));
            let claimed = page(FoundAt::Claim(ClaimId(4)), 7);
            assert!(
                !claimed.contains(r#"name="tracking""#) && claimed.contains("1Z999AA10123456784"),
                "{claimed}"
            );
        }
    }

    #[test]
    fn a_guess_alone_is_nobody_and_a_name_says_which_of_an_apartment() {
        let offered = Offered { unit: UnitId(1), person: Some(PersonId(7)), score: Some(900) };
        let guess = Guess { decision: Decision::Auto, offered: vec![offered], flags: Vec::new() };
        let reading = Reading { guess: Some(guess), ..Reading::default() };
        let of = |unit, person: Option<u32>| For { unit: UnitId(unit), person: person.map(PersonId) };
        assert_eq!(whom(&reading, None, None), None);
        assert_eq!(whom(&reading, Some(UnitId(1)), None), Some((of(1, Some(7)), Confirmed::Typed)));
        assert_eq!(whom(&reading, Some(UnitId(2)), None), Some((of(2, None), Confirmed::Typed)));
        assert_eq!(whom(&reading, None, Some(of(3, None))), Some((of(3, None), Confirmed::Alternate)));
    }
}
