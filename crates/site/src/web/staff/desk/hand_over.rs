//! Handing over: a notice, card or PIN shown, or a person staff know; then everything of theirs at the desk at once.
//!
//! Owns: both ways and the list in between. Never: the code shown in a page: it is hashed at once and carried on sealed.

use axum::response::{Redirect, Response};
use base64::Engine;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use vestibule_core::code::damm;
use vestibule_core::code::pin::{pin_hash, token_hash};
use vestibule_core::code::token::{self, TokenProblem};
use vestibule_core::custody::Custodian;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::directory::KeypadNumber;
use vestibule_core::place::shelf::scanned::is_shelf_code;
use vestibule_core::vocabulary::command::{HandOverTo, Proof};
use vestibule_core::{Answer, Command, ParcelId, PersonId, Refusal, Site, Span, StaffId, Timestamp};

use super::super::banks::compartment::{ParcelLine, parcel_words};
use super::super::banks::line;
use super::super::blocks::back;
use super::super::desk_page::{Act, Desk, Fields, Section, done};
use super::super::names::{Names, Wanted};
use super::super::say::Say;
use super::DeskView;
use crate::directory::roster;
use crate::keys::Keys;
use crate::look::form::{self, Field, FieldKind};
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_primary, button_secondary, listing};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// How long what was shown is good for, between the list and the press.
const GOOD_FOR: Span = Span::minutes(5);

/// Somebody a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Name and apartment.
    pub words: String,
    /// How many parcels of theirs are at the desk.
    pub at_desk: usize,
}

/// Scan, PIN, or name.
pub fn forms(view: &DeskView, say: Say, csrf: &str) -> Markup {
    html! {
        (form::form("/staff/desk/show", csrf, html! {
            (form::field(&Field::new("scan", &say.t("staff-show-scan"), FieldKind::Text).hint(&say.t("staff-show-scan-hint"))))
            div class="field-row" {
                (form::field(&Field::new("keypad", &say.t("staff-show-keypad"), FieldKind::Text)))
                (pin_field(say))
            }
            (button_primary(&say.t("staff-show-do"), Press::Submit))
        }))
        form class="form" method="get" action="/staff/desk/find" {
            (form::field(&Field::new("name", &say.t("staff-find-name"), FieldKind::Text).value(&view.searched).hint(&say.t("staff-find-hint"))))
            (button_secondary(&say.t("staff-search"), Press::Submit))
        }
        @if !view.searched.is_empty() { (candidates(view, say)) }
    }
}

/// Typed by staff for the person; no browser may keep it or offer a password of its own.
fn pin_field(say: Say) -> Markup {
    html! {
        div class="field" {
            label for="f-pin" { (say.t("staff-show-pin")) }
            input id="f-pin" name="pin" type="text" inputmode="numeric" autocomplete="off" spellcheck="false" maxlength="14";
        }
    }
}

fn candidates(view: &DeskView, say: Say) -> Markup {
    html! {
        @if view.candidates.is_empty() {
            (message::notice_banner(NoticeKind::Info, &say.with("staff-find-nobody", &[("q", view.searched.as_str().into())])))
        }
        ul class="plain-list" { @for candidate in &view.candidates {
            li { a href={ "/staff/desk/for/" (candidate.person) } { (candidate.words) } " "
                span class="hint" { (say.with("staff-at-desk-n", &[("n", candidate.at_desk.into())])) } }
        } }
    }
}

/// Who stands there and what is theirs.
#[derive(Debug, Clone)]
pub struct Handing {
    /// Who.
    pub person: PersonId,
    /// Their parcels at the desk.
    pub parcels: Vec<ParcelLine>,
    /// One of them is handed over against a code, a card or a signature alone.
    pub wants_signature: bool,
    /// What they showed, sealed; None: staff say who it is.
    pub shown: Option<String>,
    /// Names.
    pub names: Names,
}

/// The list, all ticked, and one press.
pub fn list(view: &Handing, say: Say, csrf: &str) -> Markup {
    let who = view.names.person(say, view.person);
    let unit = view.names.people.get(&view.person).map(|known| view.names.unit(say, known.unit));
    html! {
        (back("/staff/desk", &say.t("staff-desk-title")))
        (listing::page_title(&who, unit.as_deref(), html! {}))
        @if view.parcels.is_empty() {
            (message::empty(&say.t("staff-nothing-at-desk"), &say.t("staff-nothing-at-desk-text"), None))
        } @else {
            (form::form("/staff/desk/hand-over", csrf, html! {
                input type="hidden" name="person" value=(view.person);
                @if let Some(shown) = &view.shown { input type="hidden" name="shown" value=(shown); }
                fieldset class="field" {
                    legend { (say.t("staff-hand-over-what")) }
                    @for line in &view.parcels {
                        label class="check" { input type="checkbox" name="parcel" value=(line.id) checked; (parcel_words(line, &view.names, say)) }
                    }
                }
                @if view.shown.is_none() {
                    (form::field(&Field::new("words", &say.t("staff-hand-over-why"), FieldKind::Text).hint(&say.t("staff-hand-over-why-hint")).required()))
                }
                @if view.shown.is_none() && view.wants_signature { (form::checkbox("signed", &say.t("staff-hand-over-signed"), false)) }
                (button_primary(&say.t("staff-hand-over-do"), Press::Submit))
            }))
        }
    }
}

/// What was shown, between two pages: sealed under the site's key, for one member of staff and five minutes.
#[derive(Serialize, Deserialize)]
struct Carried {
    proof: Proof,
    staff: StaffId,
    at: Timestamp,
}

fn seal(keys: &Keys, proof: Proof, staff: StaffId, at: Timestamp) -> String {
    let text = serde_json::to_string(&Carried { proof, staff, at }).expect("plain data");
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(keys.seal(&text))
}

fn unseal(keys: &Keys, sealed: &str, staff: StaffId, now: Timestamp) -> Option<Proof> {
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let carried: Carried = serde_json::from_str(&keys.unseal(&bytes)?).ok()?;
    (carried.staff == staff && now - carried.at < GOOD_FOR).then_some(carried.proof)
}

fn proof_of(desk: &Desk, fields: &Fields, tag: Option<token::SiteTag>) -> Result<Proof, Fault> {
    let keys = &*desk.app.keys;
    let scan = fields.get("scan");
    if !scan.is_empty() {
        let tag = tag.ok_or(Refusal::NotFound)?;
        return match token::read(scan, tag) {
            Ok((_, text)) => Ok(Proof::Token(token_hash(keys, &text))),
            Err(TokenProblem::OtherSite) => Err(invalid(desk, "staff-invalid-other-site")),
            Err(TokenProblem::Damaged) => Err(Refusal::Mistyped.into()),
            Err(TokenProblem::NotAToken) => Err(invalid(desk, "staff-invalid-scan")),
        };
    }
    let pin: String = fields.get("pin").chars().filter(char::is_ascii_digit).collect();
    let selector =
        KeypadNumber::new(fields.get("keypad")).map_err(|_| invalid(desk, "staff-invalid-show"))?;
    let hash = pin_hash(keys, selector.digits(), &pin);
    Ok(Proof::Digits { check_ok: damm::is_valid(&pin), selector, hash })
}

fn invalid(desk: &Desk, key: &str) -> Fault {
    Refusal::Invalid { why: desk.say.t(key) }.into()
}

fn at_desk(site: &Site, person: PersonId) -> Vec<ParcelLine> {
    let theirs = site.custody.waiting_for(person).filter(|(_, p)| matches!(p.custodian, Custodian::Staff(_)));
    theirs.filter_map(|(id, _)| line(site, id)).collect()
}

async fn handing(desk: &Desk, person: PersonId, shown: Option<String>) -> Result<Markup, Fault> {
    let look = move |site: &Site, _| {
        let parcels = at_desk(site, person);
        let class = |line: &ParcelLine| site.custody.get(line.id).and_then(|parcel| parcel.class());
        let wants_signature = parcels.iter().any(|line| class(line) == Some(ParcelClass::Signature));
        (parcels, wants_signature)
    };
    let (parcels, wants_signature) = desk.read(look).await?;
    let mut wanted = Wanted::default();
    wanted.people.insert(person);
    wanted.units.extend(parcels.iter().filter_map(|line| line.unit));
    let names = desk.names(wanted).await?;
    let view = Handing { person, parcels, wants_signature, shown, names };
    Ok(desk.page(Section::Desk, &desk.say.t("staff-hand-over-title"), list(&view, desk.say, &desk.csrf)))
}

/// `POST /staff/desk/show`
pub async fn show(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Markup, Fault> {
    let fields = Fields(fields);
    let scan = fields.get("scan").to_owned();
    let (tag, is_shelf) = desk.read(move |site, _| (site.tag, is_shelf_code(site, &scan))).await?;
    if is_shelf {
        return Err(invalid(&desk, "staff-read-shelf"));
    }
    let proof = proof_of(&desk, &fields, tag)?;
    shown(&desk, proof).await
}

/// Everything at the desk of whoever showed this.
pub(super) async fn shown(desk: &Desk, proof: Proof) -> Result<Markup, Fault> {
    let now = desk.now();
    let sealed = seal(&desk.app.keys, proof.clone(), desk.staff, now);
    let command = Command::HandOver { parcels: Vec::new(), to: HandOverTo::Shown(proof) };
    match desk.ask(command).await?.0 {
        Answer::Person(person) => handing(desk, person, Some(sealed)).await,
        _ => Err(Refusal::NotFound.into()),
    }
}

/// `GET /staff/desk/for/{person}`
pub async fn for_person(
    desk: Desk,
    axum::extract::Path(person): axum::extract::Path<PersonId>,
) -> Result<Markup, Fault> {
    handing(&desk, person, None).await
}

/// What is searched for.
#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    name: String,
}

/// `GET /staff/desk/find`
pub async fn find(
    desk: Desk,
    axum::extract::Query(Named { name }): axum::extract::Query<Named>,
) -> Result<Response, Fault> {
    let text = name.clone();
    let hits = desk.query(move |tables| roster::search(tables, &text)).await?;
    let of_units = hits.units.iter().flat_map(|unit| {
        unit.people.iter().map(|(person, name)| (*person, format!("{name}, {}", unit.label)))
    });
    let of_people = hits.people.iter().map(|p| (p.person, format!("{}, {}", p.full_name(), p.label)));
    let found: std::collections::BTreeMap<PersonId, String> = of_people.chain(of_units).collect();
    let count = move |site: &Site, _| {
        let one = |(person, words)| Candidate { at_desk: at_desk(site, person).len(), person, words };
        found.into_iter().map(one).collect::<Vec<_>>()
    };
    let candidates = desk.read(count).await?;
    let view = DeskView { candidates, searched: name, ..super::view(&desk).await? };
    Ok(super::first_page(&desk, &view))
}

/// `POST /staff/desk/hand-over`
pub async fn hand_over(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let person = fields.number("person").map(PersonId).ok_or(Refusal::NotFound)?;
    let parcels: Vec<ParcelId> = fields.all("parcel");
    if parcels.is_empty() {
        return Err(invalid(&desk, "staff-invalid-none-ticked"));
    }
    let now = desk.now();
    let shown = fields.get("shown");
    if !shown.is_empty() {
        let proof = unseal(&desk.app.keys, shown, desk.staff, now);
        let proof = proof.ok_or_else(|| invalid(&desk, "staff-invalid-shown-over"))?;
        desk.ask(Command::HandOver { parcels, to: HandOverTo::Shown(proof) }).await?;
        return Ok(done("/staff/desk", "handed-over"));
    }
    if fields.get("words").is_empty() {
        return Err(invalid(&desk, "staff-invalid-words"));
    }
    let to = if fields.ticked("signed") { HandOverTo::Signed(person) } else { HandOverTo::Person(person) };
    let act = Act::new(Command::HandOver { parcels, to }, "/staff/desk", "handed-over");
    desk.act(act.with_words(format!("person/{person}"), fields.get("words").to_owned())).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_shown_is_carried_on_unreadable_and_for_five_minutes_alone() {
        let keys = Keys::generate();
        let proof = Proof::Token(token_hash(&keys, "VP0012345"));
        let sealed = seal(&keys, proof.clone(), StaffId(3), Timestamp(1_000));
        let plain = serde_json::to_string(&proof).unwrap();
        assert!(!sealed.contains(&plain[10..40]));
        assert_eq!(unseal(&keys, &sealed, StaffId(3), Timestamp(2_000)), Some(proof));
        assert_eq!(unseal(&keys, &sealed, StaffId(4), Timestamp(2_000)), None, "of another member of staff");
        assert_eq!(unseal(&keys, &sealed, StaffId(3), Timestamp(1_000) + GOOD_FOR), None, "too late");
        assert_eq!(unseal(&Keys::generate(), &sealed, StaffId(3), Timestamp(2_000)), None);
        assert_eq!(unseal(&keys, "nonsense", StaffId(3), Timestamp(2_000)), None);
    }
}
