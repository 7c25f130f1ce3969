//! Builds what a notice says from the outbox row, the event that asked for it, the state and the directory.

use super::attempt::Attempt;
use super::place_lines::{self, Spot};
use super::sql::{self, Letter};
use super::{moments, place_lines::lines, who_rang};
use crate::directory::settings::Settings;
use crate::handle::{Gone, SiteHandle};
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::code::token::SiteTag;
use vestibule_core::custody::Custodian;
use vestibule_core::notice::NoticeKind as Asked;
use vestibule_core::time::Zone;
use vestibule_core::{
    AccessPointId, CarrierId, Event, KioskId, NoticeId, ParcelId, PersonId, RingId, Timestamp,
};
use vestibule_notices::notice::{HelpLine, Notice, NoticeCode, NoticeKind, Picture, ReceiptHow};
use vestibule_notices::{Language, SecretText};

/// A notice to be rendered, with what its shell needs beside it.
pub(super) struct Words {
    pub notice: Notice,
    pub letter: Letter,
    /// The token of the link that answers who stands at a door.
    pub answer: Option<SecretText>,
    pub has_credential: Option<vestibule_core::CredentialId>,
    pub tag: Option<SiteTag>,
    pub epoch: u32,
    /// When what waits is no longer held: a link lives as long.
    pub hold_until: Option<Timestamp>,
    pub now: Timestamp,
    /// How people reach the site, as set on its staff pages.
    pub public_url: Option<String>,
}

/// Why no words came about.
pub(super) enum NoWords {
    /// There is nothing to say any more.
    Pointless,
    /// The tables could not be read just now.
    Tables(String),
}

impl From<rusqlite::Error> for NoWords {
    fn from(error: rusqlite::Error) -> Self {
        Self::Tables(error.to_string())
    }
}

impl From<Gone> for NoWords {
    fn from(gone: Gone) -> Self {
        Self::Tables(gone.to_string())
    }
}

struct Asking {
    letter: Letter,
    what: Asked,
    person: PersonId,
    parcels: Vec<ParcelId>,
    credential: Option<vestibule_core::CredentialId>,
    actor: String,
    left: Vec<(ParcelId, Custodian, Option<CarrierId>)>,
}

struct Facts {
    spots: Vec<Spot>,
    held_until: Option<Timestamp>,
    zone: Zone,
    desk_hours: Option<String>,
    /// The names of doors one walks through.
    doors: BTreeMap<AccessPointId, String>,
    /// Rings that wait for an answer.
    rings: BTreeSet<RingId>,
    tag: Option<SiteTag>,
    epoch: u32,
    now: Timestamp,
}

pub(super) async fn words(attempt: &Attempt, notice: NoticeId) -> Result<Words, NoWords> {
    let site = &attempt.site;
    let asking = site.query(move |connection| asking(connection, notice)).await?.ok_or(NoWords::Pointless)?;
    let (person, parcels, left) = (asking.person, asking.parcels.clone(), asking.left.clone());
    let carries_code = asking.what.carries_code();
    let facts = facts(site, (person, parcels, left), carries_code).await?;
    if carries_code && facts.spots.is_empty() {
        return Err(NoWords::Pointless);
    }
    // Who rang has been answered, or has gone: an old question is no use to anybody.
    if matches!(asking.what, Asked::Ringing { ring, .. } if !facts.rings.contains(&ring)) {
        return Err(NoWords::Pointless);
    }
    let picture = match asking.what {
        Asked::Ringing { ring, point } if attempt.photos.is_some() => {
            who_rang::picture(attempt, (ring, point)).await.map(Picture)
        }
        _ => None,
    };
    let code = match (&asking.letter.sealed, asking.letter.credential) {
        (Some(sealed), _) => Some(code(attempt, sealed).ok_or(NoWords::Pointless)?),
        // Its code died while it waited.
        (None, true) => return Err(NoWords::Pointless),
        (None, false) => None,
    };
    let composed = site.query(move |connection| compose(connection, asking, facts, code));
    let mut words = composed.await.map_err(NoWords::from)?;
    words.notice.picture = picture;
    Ok(words)
}

fn asking(connection: &rusqlite::Connection, notice: NoticeId) -> rusqlite::Result<Option<Asking>> {
    let Some(letter) = sql::letter(connection, notice.0)? else { return Ok(None) };
    let Some((event, actor)) = sql::request(connection, notice.0, letter.created_ms)? else {
        return Ok(None);
    };
    let Event::NoticeRequested { what, parcels, credential, .. } = event else { return Ok(None) };
    let mut left = Vec::new();
    if !what.carries_code() {
        for parcel in &parcels {
            let from = match sql::last_transfer(connection, *parcel)? {
                Some(Event::CustodyTransferred { from, .. }) => from,
                _ => continue,
            };
            left.push((*parcel, from, sql::carrier_of(connection, *parcel)?.map(CarrierId)));
        }
    }
    Ok(Some(Asking { person: letter.person, letter, what, parcels, credential, actor, left }))
}

type Moved = (PersonId, Vec<ParcelId>, Vec<(ParcelId, Custodian, Option<CarrierId>)>);

async fn facts(site: &SiteHandle, moved: Moved, waits: bool) -> Result<Facts, Gone> {
    site.read(move |site, now| {
        let (person, parcels, left) = moved;
        let (spots, held_until) = if waits {
            place_lines::waiting(site, person, &parcels)
        } else {
            (place_lines::left(site, &left), None)
        };
        let zone = site.policy.zone.clone();
        Facts {
            spots,
            held_until,
            desk_hours: moments::desk_hours(&site.layout.desk_hours, now, &zone),
            zone,
            doors: site.access.points.iter().map(|(id, p)| (*id, p.spec.label.clone())).collect(),
            rings: site.access.rings.iter().filter(|(_, r)| now < r.until).map(|(id, _)| *id).collect(),
            tag: site.tag,
            epoch: site.epoch,
            now,
        }
    })
    .await
}

/// What is sealed into an outbox row.
#[derive(serde::Deserialize)]
struct Sealed {
    pin: String,
    qr: String,
}

fn code(attempt: &Attempt, sealed: &[u8]) -> Option<NoticeCode> {
    let text = SecretText::new(attempt.keys.unseal(sealed)?);
    let Sealed { pin, qr } = serde_json::from_str(text.expose()).ok()?;
    Some(NoticeCode { pin: SecretText::new(pin), qr: SecretText::new(qr) })
}

fn compose(
    connection: &rusqlite::Connection,
    asking: Asking,
    facts: Facts,
    code: Option<NoticeCode>,
) -> rusqlite::Result<Words> {
    let letter = &asking.letter;
    let language: Language = letter.language.parse().unwrap_or_default();
    let places = lines(connection, &facts.spots, &letter.last_name, language)?;
    let kind = kind(connection, &asking, &facts, language)?;
    // What is sealed for who is asked at a door is the token of their link, and no code.
    let (code, answer) = match (&asking.what, code) {
        (Asked::Ringing { .. }, Some(code)) => (None, Some(code.qr)),
        (_, code) => (code, None),
    };
    let settings = Settings::load(connection)?;
    let help_line = settings
        .help_line_at(facts.now, &facts.zone)
        .map(|line| HelpLine { text: line.text.clone(), phone: line.phone.clone() });
    let notice = Notice {
        site_name: settings.site_name,
        language,
        kind,
        recipient_name: letter.first_name.clone(),
        unit_label: letter.unit_label.clone(),
        keypad_number: letter.keypad.clone(),
        places,
        code,
        link: None,
        help_line,
        hold_until: facts.held_until.map(|until| moments::moment(language, until, &facts.zone)),
        desk_hours: facts.desk_hours,
        picture: None,
    };
    Ok(Words {
        notice,
        answer,
        has_credential: asking.credential,
        letter: asking.letter,
        tag: facts.tag,
        epoch: facts.epoch,
        hold_until: facts.held_until,
        now: facts.now,
        public_url: settings.public_url,
    })
}

/// When it happened, in words.
fn when(asking: &Asking, facts: &Facts, language: Language) -> String {
    let at = i64::try_from(asking.letter.created_ms).map_or(facts.now, Timestamp);
    moments::moment(language, at, &facts.zone)
}

/// At which door, and when.
fn at_door(asking: &Asking, facts: &Facts, point: AccessPointId, language: Language) -> (String, String) {
    let door = facts.doors.get(&point).cloned().unwrap_or_default();
    (door, when(asking, facts, language))
}

fn kind(
    connection: &rusqlite::Connection,
    asking: &Asking,
    facts: &Facts,
    language: Language,
) -> rusqlite::Result<NoticeKind> {
    let receipt = |how| NoticeKind::Receipt { how };
    Ok(match asking.what {
        Asked::Arrived => NoticeKind::Arrived,
        Asked::Moved => NoticeKind::Moved,
        Asked::NewCode => NoticeKind::NewCode,
        Asked::CollectSoon => NoticeKind::CollectSoon,
        Asked::Collected => receipt(ReceiptHow::Collected { when: when(asking, facts, language) }),
        Asked::CollectedBy { person } => {
            receipt(ReceiptHow::CollectedBy(sql::first_name(connection, person)?.unwrap_or_default()))
        }
        Asked::HandedOver => receipt(ReceiptHow::HandedOver),
        Asked::Returned => receipt(ReceiptHow::Returned),
        Asked::WrittenOff => receipt(ReceiptHow::WrittenOff),
        Asked::CardUsed => {
            let kiosk = asking.actor.strip_prefix("kiosk:").and_then(|id| id.parse::<KioskId>().ok());
            let name = match kiosk {
                Some(kiosk) => sql::kiosk_name(connection, kiosk)?,
                None => None,
            };
            let door = asking.actor.strip_prefix("door:").and_then(|id| id.parse::<AccessPointId>().ok());
            let name = name.or_else(|| door.and_then(|point| facts.doors.get(&point).cloned()));
            NoticeKind::CardUsed { place: name.unwrap_or_default(), when: when(asking, facts, language) }
        }
        Asked::Ringing { point, .. } => {
            let (place, when) = at_door(asking, facts, point, language);
            NoticeKind::AtDoor { place, when }
        }
        Asked::LetIn { point, person } => {
            let (place, when) = at_door(asking, facts, point, language);
            let by = match person {
                Some(person) => sql::first_name(connection, person)?,
                None => None,
            };
            NoticeKind::LetIn { place, when, by }
        }
    })
}
