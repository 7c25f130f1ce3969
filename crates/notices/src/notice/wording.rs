//! The sentences of a notice, once, for mail and slip. Layout is theirs; which sentence belongs is here.

use super::places::{at_places, parcels_in_total, place_line};
use super::{Notice, NoticeKind, NoticePlace, ReceiptHow, one_line, pin_in_threes};
use crate::language::{Arg, Key, Language, text};
use crate::secret_text::SecretText;

/// On what the sentences will stand; a slip is shown, a mail is a message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    Mail,
    Slip,
}

pub(super) struct Wording {
    pub greeting: String,
    pub intro: String,
    pub unit: String,
    pub places_heading: String,
    pub places: Vec<String>,
    pub keypad: Option<SecretText>,
    pub steps: Vec<String>,
    pub hold: Option<String>,
    /// What to do when this is not as it should be (receipts, card).
    pub objection: Option<String>,
    pub help: Option<String>,
    pub footer: String,
}

pub(super) fn wording(notice: &Notice, medium: Medium) -> Wording {
    let say = |key, args: &[(&'static str, Arg<'_>)]| text(notice.language, key, args);
    let is_waiting = is_waiting(&notice.kind);
    Wording {
        greeting: say(Key::Greeting, &[("name", Arg::Text(&one_line(&notice.recipient_name)))]),
        intro: intro(notice),
        unit: say(Key::UnitLine, &[("unit", Arg::Text(&one_line(&notice.unit_label)))]),
        places_heading: say(if is_waiting { Key::HeadingWhere } else { Key::HeadingWas }, &[]),
        places: notice.places.iter().map(|line| place_line(notice.language, line)).collect(),
        keypad: notice.code.as_ref().map(|code| {
            let pin = SecretText::new(pin_in_threes(code.pin.expose()));
            SecretText::new(say(
                Key::CodeKeypad,
                &[("keypad", Arg::Text(&notice.keypad_number)), ("pin", Arg::Text(pin.expose()))],
            ))
        }),
        steps: if is_waiting { steps(notice, medium) } else { Vec::new() },
        hold: notice
            .hold_until
            .as_ref()
            .filter(|_| is_waiting)
            .map(|until| say(Key::HoldUntil, &[("until", Arg::Text(&one_line(until)))])),
        objection: objection(notice),
        help: notice.help_line.as_ref().map(|help| {
            let (words, phone) = (one_line(&help.text), one_line(&help.phone));
            say(Key::HelpLine, &[("text", Arg::Text(&words)), ("phone", Arg::Text(&phone))])
        }),
        footer: say(Key::Footer, &[("site", Arg::Text(&one_line(&notice.site_name)))]),
    }
}

/// The words before and on a link: a door on a picture, or an answer to who stands at a door.
pub(super) fn link_keys(kind: &NoticeKind) -> (Key, Key) {
    if matches!(kind, NoticeKind::AtDoor { .. }) {
        (Key::LinkAnswerLine, Key::LinkAnswerLabel)
    } else {
        (Key::LinkLine, Key::LinkLabel)
    }
}

/// Whether parcels are there to be collected after this notice.
pub(super) fn is_waiting(kind: &NoticeKind) -> bool {
    match kind {
        NoticeKind::Arrived | NoticeKind::Moved | NoticeKind::NewCode | NoticeKind::CollectSoon => true,
        NoticeKind::Receipt { .. }
        | NoticeKind::CardUsed { .. }
        | NoticeKind::AtDoor { .. }
        | NoticeKind::LetIn { .. } => false,
    }
}

/// The subject: place, never a code; lock screens are read by others.
pub(super) fn subject(notice: &Notice) -> String {
    let key = match &notice.kind {
        NoticeKind::Arrived => Key::SubjectArrived,
        NoticeKind::Moved => Key::SubjectMoved,
        NoticeKind::Receipt { how: ReceiptHow::HandedOver } => Key::SubjectHandedOver,
        NoticeKind::Receipt { how: ReceiptHow::Returned } => Key::SubjectReturned,
        NoticeKind::Receipt { how: ReceiptHow::WrittenOff } => Key::SubjectWrittenOff,
        NoticeKind::Receipt { how: ReceiptHow::Collected { .. } } => Key::SubjectCollected,
        NoticeKind::Receipt { how: ReceiptHow::CollectedBy(_) } => Key::SubjectCollectedBy,
        NoticeKind::NewCode => Key::SubjectNewCode,
        NoticeKind::CollectSoon => Key::SubjectCollectSoon,
        NoticeKind::CardUsed { .. } => Key::SubjectCardUsed,
        NoticeKind::AtDoor { .. } => Key::SubjectAtDoor,
        NoticeKind::LetIn { .. } => Key::SubjectLetIn,
    };
    let (at, site, name) = (at_places(notice), one_line(&notice.site_name), collector(notice));
    text(
        notice.language,
        key,
        &[
            ("count", Arg::Count(parcels_in_total(&notice.places))),
            ("at", Arg::Text(&at)),
            ("site", Arg::Text(&site)),
            ("name", Arg::Text(&name)),
        ],
    )
}

fn intro(notice: &Notice) -> String {
    let key = match &notice.kind {
        NoticeKind::Arrived => Key::IntroArrived,
        NoticeKind::Moved => Key::IntroMoved,
        NoticeKind::Receipt { how: ReceiptHow::HandedOver } => Key::IntroHandedOver,
        NoticeKind::Receipt { how: ReceiptHow::Returned } => Key::IntroReturned,
        NoticeKind::Receipt { how: ReceiptHow::WrittenOff } => Key::IntroWrittenOff,
        NoticeKind::Receipt { how: ReceiptHow::Collected { when } } => {
            let (when, count) = (one_line(when), parcels_in_total(&notice.places));
            let args = [("count", Arg::Count(count)), ("when", Arg::Text(&when))];
            return text(notice.language, Key::IntroCollected, &args);
        }
        NoticeKind::Receipt { how: ReceiptHow::CollectedBy(_) } => Key::IntroCollectedBy,
        NoticeKind::NewCode => Key::IntroNewCode,
        NoticeKind::CollectSoon => Key::IntroCollectSoon,
        NoticeKind::CardUsed { place, when } => {
            return at_place(notice, Key::IntroCardUsed, (place, when, None));
        }
        NoticeKind::AtDoor { place, when } => {
            return at_place(notice, Key::IntroAtDoor, (place, when, None));
        }
        NoticeKind::LetIn { place, when, by } => {
            let key = if by.is_some() { Key::IntroLetInBy } else { Key::IntroLetIn };
            return at_place(notice, key, (place, when, by.as_deref()));
        }
    };
    let name = collector(notice);
    let count = parcels_in_total(&notice.places);
    text(notice.language, key, &[("count", Arg::Count(count)), ("name", Arg::Text(&name))])
}

/// A sentence that says where and when, and perhaps who.
fn at_place(notice: &Notice, key: Key, (place, when, name): (&str, &str, Option<&str>)) -> String {
    let (place, when, name) = (one_line(place), one_line(when), one_line(name.unwrap_or_default()));
    let args = [("where", Arg::Text(&place)), ("when", Arg::Text(&when)), ("name", Arg::Text(&name))];
    text(notice.language, key, &args)
}

fn collector(notice: &Notice) -> String {
    match &notice.kind {
        NoticeKind::Receipt { how: ReceiptHow::CollectedBy(name) } => one_line(name),
        NoticeKind::Receipt {
            how:
                ReceiptHow::HandedOver
                | ReceiptHow::Returned
                | ReceiptHow::WrittenOff
                | ReceiptHow::Collected { .. },
        }
        | NoticeKind::Arrived
        | NoticeKind::Moved
        | NoticeKind::NewCode
        | NoticeKind::CollectSoon
        | NoticeKind::CardUsed { .. }
        | NoticeKind::AtDoor { .. }
        | NoticeKind::LetIn { .. } => String::new(),
    }
}

fn objection(notice: &Notice) -> Option<String> {
    let key = match notice.kind {
        NoticeKind::Receipt { how: ReceiptHow::Collected { .. } } => Key::CodeNotYou,
        NoticeKind::Receipt { .. } | NoticeKind::LetIn { .. } => Key::NotRight,
        NoticeKind::CardUsed { .. } => Key::CardNotYou,
        NoticeKind::Arrived
        | NoticeKind::Moved
        | NoticeKind::NewCode
        | NoticeKind::CollectSoon
        | NoticeKind::AtDoor { .. } => {
            return None;
        }
    };
    Some(text(notice.language, key, &[]))
}

/// What to do, in the order people walk: screen and doors, shelves, desk, drop places.
fn steps(notice: &Notice, medium: Medium) -> Vec<String> {
    let language = notice.language;
    let say = |key, args: &[(&'static str, Arg<'_>)]| text(language, key, args);
    let count_of = |is_kind: fn(&NoticePlace) -> bool| -> (u32, u32) {
        let lines = notice.places.iter().filter(|line| is_kind(&line.place));
        lines.fold((0, 0), |(places, parcels), line| (places + 1, parcels + line.parcels))
    };
    let (doors, _) = count_of(|place| matches!(place, NoticePlace::Compartment { .. }));
    let (shelves, shelf_parcels) = count_of(|place| matches!(place, NoticePlace::Shelf { .. }));
    let (desks, _) = count_of(|place| matches!(place, NoticePlace::Desk));

    let mut steps = Vec::new();
    if doors + shelves > 0 && notice.code.is_some() {
        steps.push(say(Key::StepCode, &[]));
    }
    if doors > 0 {
        steps.push(say(Key::StepDoor, &[("doors", Arg::Count(doors))]));
    }
    if shelves > 0 {
        steps.push(say(Key::StepShelf, &[("count", Arg::Count(shelf_parcels))]));
    }
    if desks > 0 {
        steps.push(desk_step(language, notice.desk_hours.as_deref(), medium));
    }
    for line in &notice.places {
        if let NoticePlace::Drop { name } = &line.place {
            steps.push(say(Key::StepDrop, &[("name", Arg::Text(&one_line(name)))]));
        }
    }
    steps
}

fn desk_step(language: Language, hours: Option<&str>, medium: Medium) -> String {
    let (plain, with_hours) = match medium {
        Medium::Mail => (Key::StepDesk, Key::StepDeskHours),
        Medium::Slip => (Key::SlipDesk, Key::SlipDeskHours),
    };
    match hours {
        Some(hours) => text(language, with_hours, &[("hours", Arg::Text(&one_line(hours)))]),
        None => text(language, plain, &[]),
    }
}
