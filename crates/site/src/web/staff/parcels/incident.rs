//! One incident on one page: what happened in the order of the ledger, its photos, who was told; and the signed pack of it.
//!
//! Owns: `/staff/incident`. Never: a code; a whole photo without its view on the record.

use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use vestibule_core::evidence::Held;
use vestibule_core::time::Zone;
use vestibule_core::{CompartmentId, CredentialId, EntryId, Event, ParcelId, Refusal};

use super::super::blocks::back;
use super::super::desk_page::{Desk, Section};
use super::super::encoded;
use super::super::history::{self, Told};
use super::super::names::Names;
use super::super::parcels::holds::{self, Standing};
use super::super::parcels::one::told;
use super::super::parcels::pack::{fault, pack};
use super::super::parcels::photos as pictures;
use super::super::say::Say;
use super::super::story::{self, Recorded};
use crate::evidence::pack::{self as evidence_pack, Choice, Subject};
use crate::evidence::photos::{Photo, one};
use crate::look::form::{self, Field, FieldKind};
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_primary, button_secondary, listing};
use crate::web::problem::Fault;

/// So many events are told on the page; the pack has all.
const SHOWN: usize = 400;
/// So many photos.
const PHOTOS: usize = 120;

/// What is asked for, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A parcel's number.
    pub parcel: String,
    /// An entry's number.
    pub entry: String,
    /// A compartment's number: its page says it, nobody types it.
    pub compartment: String,
    /// A code's number, in the same way.
    pub code: String,
    /// From this day or moment on.
    pub from: String,
    /// Up to this day or moment.
    pub to: String,
}

impl Asked {
    /// The choice it makes; None: nothing was asked yet.
    ///
    /// # Errors
    /// What cannot be taken, in words.
    pub fn choice(&self, zone: &Zone) -> Result<Option<Choice>, String> {
        let moment = |text: &str, is_end| match text.trim() {
            "" => Ok(None),
            text => evidence_pack::moment(text, zone, is_end).map(Some),
        };
        let number = |text: &str| text.trim().parse::<u64>().map_err(|_| format!("'{text}' is no number"));
        let (from, to) = (moment(&self.from, false)?, moment(&self.to, true)?);
        let door = |text: &str| {
            let door = u32::try_from(number(text)?).map_err(|_| format!("'{text}' is no number"))?;
            Ok::<_, String>(Subject::Compartment(CompartmentId(door)))
        };
        let [parcel, entry, compartment, code] =
            [&self.parcel, &self.entry, &self.compartment, &self.code].map(|text| text.trim());
        let subject = match (parcel, entry, compartment, code) {
            ("", "", "", "") if from.is_none() && to.is_none() => return Ok(None),
            ("", "", "", "") => Subject::Everything,
            ("", "", "", code) => Subject::Code(CredentialId(number(code)?)),
            ("", "", compartment, _) => door(compartment)?,
            ("", entry, ..) => Subject::Entry(EntryId(number(entry)?)),
            (parcel, ..) => Subject::Parcel(ParcelId(number(parcel)?)),
        };
        Ok(Some(Choice { subject, from, to }))
    }

    fn query(&self) -> String {
        let fields = [
            ("parcel", &self.parcel),
            ("entry", &self.entry),
            ("compartment", &self.compartment),
            ("code", &self.code),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let pairs = fields.iter().filter(|(_, text)| !text.trim().is_empty());
        pairs.map(|(name, text)| format!("{name}={}", encoded(text.trim()))).collect::<Vec<_>>().join("&")
    }
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// What it is about.
    pub subject: Subject,
    /// The first events, in the order of the ledger.
    pub story: Vec<Recorded>,
    /// How many there are.
    pub events: usize,
    /// Its photos, oldest first.
    pub photos: Vec<Photo>,
    /// Who was told of what.
    pub told: Vec<Told>,
}

/// What holds the photos of what it is about; None: they are held one by one.
fn held(subject: Subject) -> Option<Held> {
    match subject {
        Subject::Parcel(parcel) => Some(Held::Parcel(parcel)),
        Subject::Entry(entry) => Some(Held::Entry(entry)),
        Subject::Compartment(_) | Subject::Audit(_) | Subject::Code(_) | Subject::Everything => None,
    }
}

/// The page.
pub fn content(
    asked: &Asked,
    found: Option<&Found>,
    standing: Option<&Standing>,
    (names, say, csrf): (&Names, Say, &str),
) -> Markup {
    html! {
        (back("/staff/parcels", &say.t("staff-parcels-title")))
        @match found {
            None => (listing::page_title(&say.t("staff-incident-title"), Some(&say.t("staff-incident-lead")), html! {})),
            Some(found) => (listing::page_title(&found.subject.title(names, say), Some(&say.with("staff-incident-events", &[("n", found.events.into())])),
                html! {
                    @if let Subject::Code(code) = found.subject { (button_secondary(&say.t("staff-codes"), Press::Follow(&format!("/staff/couriers#code-{code}")))) }
                    (button_primary(&say.t("staff-incident-pack"), Press::Follow(&format!("/staff/incident/evidence.zip?{}", asked.query()))))
                })),
        }
        (ask(asked, say))
        @if let Some(found) = found { (what_is_known(found, names, say)) }
        @if let Some(standing) = standing { (holds::section(standing, true, (names, say, csrf))) }
    }
}

fn ask(asked: &Asked, say: Say) -> Markup {
    let field =
        |name, key: &str, kind, value: &str| form::field(&Field::new(name, &say.t(key), kind).value(value));
    html! {
        form class="field-row" method="get" action="/staff/incident" {
            @for (name, told) in [("compartment", asked.compartment.trim()), ("code", asked.code.trim())] {
                @if !told.is_empty() { input type="hidden" name=(name) value=(told); }
            }
            (field("parcel", "staff-claims-parcel-number", FieldKind::Number, &asked.parcel))
            (field("entry", "staff-incident-entry", FieldKind::Number, &asked.entry))
            (field("from", "staff-from", FieldKind::Text, &asked.from))
            (field("to", "staff-to", FieldKind::Text, &asked.to))
            (button_secondary(&say.t("staff-entries-show"), Press::Submit))
        }
        p class="hint" { (say.t("staff-incident-hint")) }
    }
}

fn what_is_known(found: &Found, names: &Names, say: Say) -> Markup {
    html! {
        @if !found.photos.is_empty() { (listing::section(&say.t("staff-photos"), pictures::strip(&found.photos, names, say))) }
        @if found.events > found.story.len() {
            (message::notice_banner(NoticeKind::Info, &say.with("staff-incident-more", &[("n", found.story.len().into())])))
        }
        (listing::section(&say.t("staff-what-happened"), story::story(&found.story, names, say)))
        @if !found.told.is_empty() { (listing::section(&say.t("staff-who-was-told"), told(&found.told, names, say))) }
    }
}

async fn chosen(desk: &Desk, asked: &Asked) -> Result<Option<Choice>, Fault> {
    let zone = desk.read(|site, _| site.policy.zone.clone()).await?;
    let choice = asked.choice(&zone);
    choice.map_err(|why| Refusal::Invalid { why }.into())
}

fn read(tables: &rusqlite::Connection, choice: Choice) -> Result<Found, evidence_pack::PackError> {
    let mut story = evidence_pack::story(tables, &choice)?;
    let told = history::told(tables, &story)?;
    let mut photos = Vec::new();
    for recorded in &story {
        let Event::PhotoTaken { photo, .. } = &recorded.event else { continue };
        if photos.len() < PHOTOS {
            photos.extend(one(tables, *photo)?);
        }
    }
    let events = story.len();
    story.truncate(SHOWN);
    Ok(Found { subject: choice.subject, story, events, photos, told })
}

/// `GET /staff/incident`
pub async fn page(desk: Desk, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let found = match chosen(&desk, &asked).await? {
        Some(choice) => Some(desk.query(move |tables| Ok(read(tables, choice))).await?.map_err(fault)?),
        None => None,
    };
    let mut wanted = found.as_ref().map_or_else(super::super::names::Wanted::default, |found| {
        let mut wanted = history::wanted(&found.story);
        wanted.people.extend(found.told.iter().map(|told| told.person));
        wanted
    });
    found.iter().for_each(|found| pictures::wanted(&found.photos, &mut wanted));
    let names = desk.names(wanted).await?;
    let title = desk.say.t("staff-incident-title");
    let standing = match found.as_ref().and_then(|found| held(found.subject)) {
        Some(what) => Some(Standing::of(&desk, what).await?),
        None => None,
    };
    let shown = content(&asked, found.as_ref(), standing.as_ref(), (&names, desk.say, &desk.csrf));
    Ok(desk.page(Section::Parcels, &title, shown))
}

/// `GET /staff/incident/evidence.zip`: the pack of what is asked for; the view of each photo in it is recorded first.
pub async fn download(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let choice = chosen(&desk, &asked).await?.ok_or(Refusal::NotFound)?;
    let name = match choice.subject {
        Subject::Parcel(id) => format!("parcel-{id}"),
        Subject::Compartment(id) => format!("compartment-{id}"),
        Subject::Entry(id) => format!("entry-{id}"),
        Subject::Audit(id) => format!("audit-{id}"),
        Subject::Code(id) => format!("code-{id}"),
        Subject::Everything => "incident".to_owned(),
    };
    pack(&desk, choice, &name).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_core::Timestamp;

    fn asked(parcel: &str, entry: &str, from: &str, to: &str) -> Asked {
        let [parcel, entry, from, to] = [parcel, entry, from, to].map(str::to_owned);
        Asked { parcel, entry, from, to, ..Asked::default() }
    }

    #[test]
    fn what_is_asked_is_a_parcel_an_entry_or_a_time() {
        let zone = Zone::utc();
        let choice = |asked: &Asked| asked.choice(&zone);
        assert_eq!(choice(&Asked::default()), Ok(None), "nothing is asked");
        let parcel = choice(&asked(" 41 ", "", "", "")).unwrap().unwrap();
        assert_eq!(parcel, Choice::parcel(ParcelId(41)));
        let entry = choice(&asked("", "7", "2026-03-02", "")).unwrap().unwrap();
        assert_eq!(
            (entry.subject, entry.from),
            (Subject::Entry(EntryId(7)), Some(Timestamp(1_772_409_600_000)))
        );
        let day = choice(&asked("", "", "2026-03-02", "2026-03-02")).unwrap().unwrap();
        assert_eq!(day.subject, Subject::Everything);
        assert_eq!(day.to.unwrap().0 - day.from.unwrap().0, 86_399_999);
        let door = |n: &str| Asked { compartment: n.to_owned(), ..Asked::default() };
        let subject = |asked: &Asked| choice(asked).unwrap().unwrap().subject;
        assert_eq!(subject(&door("4")), Subject::Compartment(CompartmentId(4)));
        let both = Asked { compartment: "4".to_owned(), ..asked("41", "", "", "") };
        assert_eq!(subject(&both), Subject::Parcel(ParcelId(41)), "what is typed comes first");
        assert!(choice(&door("4294967296")).is_err() && choice(&door("four")).is_err());
        assert_eq!(door("4").query(), "compartment=4");
        let code = Asked { code: "17".to_owned(), ..Asked::default() };
        assert_eq!((subject(&code), code.query()), (Subject::Code(CredentialId(17)), "code=17".to_owned()));
        for wrong in [asked("x", "", "", ""), asked("", "-1", "", ""), asked("", "", "yesterday", "")] {
            assert!(choice(&wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(asked("4 1", "", "", "").query(), "parcel=4%201");
    }

    #[test]
    fn the_page_asks_and_the_found_one_offers_its_pack() {
        let names = Names::of_site(&vestibule_core::Site::default(), Timestamp(0));
        let say = Say::new(crate::web::words::Language::En);
        let empty = content(&Asked::default(), None, None, (&names, say, "t")).into_string();
        assert!(empty.contains("name=\"parcel\"") && !empty.contains("evidence.zip"), "{empty}");
        let subject = Subject::Parcel(ParcelId(41));
        let found = Found { subject, story: Vec::new(), events: 900, photos: Vec::new(), told: Vec::new() };
        let page = content(&asked("41", "", "", ""), Some(&found), None, (&names, say, "t")).into_string();
        assert!(
            page.contains("/staff/incident/evidence.zip?parcel=41") && page.contains("900 events"),
            "{page}"
        );
    }
}
