//! A notice as one text message: at most 160 characters of the phones' own alphabet. Sends nothing.
//!
//! What must be there (site, what happened, place, keypad number, PIN) is shortened until it fits but
//! never left out; then hold time, link and help line are added while there is room.

use super::places::parcels_in_total;
use super::{Notice, NoticeKind, NoticePlace, ReceiptHow, pin_in_threes};
use crate::gsm7::{SEGMENT, length, plain};
use crate::language::{Arg, Key, Language, text};
use crate::secret_text::SecretText;

/// How much is said, tried from the fullest on. Lengths are of site, names and places, in characters.
struct Detail {
    site: usize,
    name: usize,
    with_banks: bool,
    named_places: usize,
}

const DETAILS: [Detail; 6] = [
    Detail { site: 40, name: 40, with_banks: true, named_places: 6 },
    Detail { site: 30, name: 24, with_banks: false, named_places: 6 },
    Detail { site: 20, name: 18, with_banks: false, named_places: 3 },
    Detail { site: 14, name: 12, with_banks: false, named_places: 1 },
    Detail { site: 10, name: 8, with_banks: false, named_places: 1 },
    Detail { site: 8, name: 6, with_banks: false, named_places: 0 },
];

/// The notice as one segment. Always at most 160 septets.
pub fn render_sms(notice: &Notice) -> String {
    let mut message = DETAILS
        .iter()
        .map(|detail| needed(notice, detail))
        .find(|message| length(message) <= SEGMENT)
        .unwrap_or_else(|| clip(&needed(notice, &DETAILS[DETAILS.len() - 1]), SEGMENT));
    for extra in extras(notice) {
        let longer = format!("{message} {}", extra.expose());
        if length(&longer) <= SEGMENT {
            message = longer;
        }
    }
    message
}

fn needed(notice: &Notice, detail: &Detail) -> String {
    let language = notice.language;
    let site = clip(&plain(&notice.site_name), detail.site);
    let count = parcels_in_total(&notice.places);
    let parcels = text(language, Key::Parcels, &[("count", Arg::Count(count))]);
    let places = places(notice, detail);
    let said = |key| {
        let args =
            [("site", Arg::Text(&site)), ("parcels", Arg::Text(&parcels)), ("places", Arg::Text(&places))];
        text(language, key, &args)
    };
    let what = match &notice.kind {
        NoticeKind::Arrived => said(Key::SmsWaiting),
        NoticeKind::Moved => said(Key::SmsMoved),
        NoticeKind::NewCode => said(Key::SmsNewCode),
        NoticeKind::CollectSoon => said(Key::SmsCollectSoon),
        NoticeKind::Receipt { how: ReceiptHow::HandedOver } => said(Key::SmsHandedOver),
        NoticeKind::Receipt { how: ReceiptHow::Returned } => said(Key::SmsReturned),
        NoticeKind::Receipt { how: ReceiptHow::WrittenOff } => said(Key::SmsWrittenOff),
        NoticeKind::Receipt { how: ReceiptHow::Collected { when } } => {
            let when = clip(&plain(when), 24);
            let args =
                [("site", Arg::Text(&site)), ("parcels", Arg::Text(&parcels)), ("when", Arg::Text(&when))];
            text(language, Key::SmsCollected, &args)
        }
        NoticeKind::Receipt { how: ReceiptHow::CollectedBy(name) } => {
            let name = clip(&plain(name), detail.name);
            let args =
                [("site", Arg::Text(&site)), ("name", Arg::Text(&name)), ("parcels", Arg::Text(&parcels))];
            text(language, Key::SmsCollectedBy, &args)
        }
        NoticeKind::CardUsed { place, when }
        | NoticeKind::AtDoor { place, when }
        | NoticeKind::LetIn { place, when, .. } => {
            let (place, when) = (clip(&plain(place), detail.name), clip(&plain(when), 24));
            let args = [("site", Arg::Text(&site)), ("where", Arg::Text(&place)), ("when", Arg::Text(&when))];
            let key = match &notice.kind {
                NoticeKind::AtDoor { .. } => Key::SmsAtDoor,
                NoticeKind::LetIn { .. } => Key::SmsLetIn,
                _ => Key::SmsCardUsed,
            };
            text(language, key, &args)
        }
    };
    match code(notice) {
        Some(code) => plain(&format!("{what} {}", code.expose())),
        None => plain(&what),
    }
}

fn code(notice: &Notice) -> Option<SecretText> {
    let code = notice.code.as_ref()?;
    let pin = SecretText::new(pin_in_threes(code.pin.expose()));
    let args = [("keypad", Arg::Text(&notice.keypad_number)), ("pin", Arg::Text(pin.expose()))];
    Some(SecretText::new(text(notice.language, Key::SmsCode, &args)))
}

fn places(notice: &Notice, detail: &Detail) -> String {
    let mut named: Vec<String> = Vec::new();
    for line in &notice.places {
        let name = place(notice.language, &line.place, detail);
        if !named.contains(&name) {
            named.push(name);
        }
    }
    if named.len() <= detail.named_places {
        return named.join(", ");
    }
    let count = u32::try_from(named.len()).unwrap_or(u32::MAX);
    text(notice.language, Key::SmsSeveral, &[("count", Arg::Count(count))])
}

fn place(language: Language, place: &NoticePlace, detail: &Detail) -> String {
    match place {
        NoticePlace::Compartment { label, bank } if detail.with_banks => {
            let (label, bank) = (plain(label), clip(&plain(bank), 24));
            text(
                language,
                Key::SmsCompartmentBank,
                &[("label", Arg::Text(&label)), ("bank", Arg::Text(&bank))],
            )
        }
        NoticePlace::Compartment { label, .. } => {
            text(language, Key::SmsCompartment, &[("label", Arg::Text(&clip(&plain(label), 12)))])
        }
        NoticePlace::Shelf { label, .. } => {
            text(language, Key::SmsShelf, &[("label", Arg::Text(&clip(&plain(label), 12)))])
        }
        NoticePlace::Desk => text(language, Key::SmsDesk, &[]),
        NoticePlace::Drop { name } => clip(&plain(name), detail.name),
    }
}

/// What is added while there is room, the most useful first.
fn extras(notice: &Notice) -> Vec<SecretText> {
    let language = notice.language;
    let until =
        notice.hold_until.as_ref().filter(|_| super::wording::is_waiting(&notice.kind)).map(|until| {
            SecretText::new(plain(&text(language, Key::SmsUntil, &[("until", Arg::Text(&plain(until)))])))
        });
    // A link that would have to be changed to fit the alphabet would not open.
    let link = notice
        .link
        .as_ref()
        .filter(|link| plain(link.expose()) == link.expose())
        .map(|link| SecretText::new(link.expose()));
    let help = notice.help_line.as_ref().map(|help| {
        SecretText::new(text(language, Key::SmsHelp, &[("phone", Arg::Text(&plain(&help.phone)))]))
    });
    [until, link, help].into_iter().flatten().collect()
}

/// The first characters of a text that take at most `septets`, without a space at the end.
fn clip(text: &str, septets: usize) -> String {
    let flat = super::one_line(text);
    if length(&flat) <= septets {
        return flat;
    }
    let mut out = String::new();
    for c in flat.chars() {
        out.push(c);
        if length(&out) + 1 > septets {
            out.pop();
            break;
        }
    }
    format!("{}.", out.trim_end().trim_end_matches('.'))
}
