//! What doors report, as the rules hear it: facts as observations, keys as what somebody typed. No line, no clock of its own.

use std::collections::BTreeMap;
use vestibule_core::code::pin::DOOR_CODE_DIGITS;
use vestibule_core::code::token::TOKEN_LENGTH;
use vestibule_core::{AccessPointId, Observation};
use vestibule_devices::{Card, DoorFact, DoorReport, Keys, Millis};

/// Keys that are not followed by others are forgotten after so long: the next person begins anew.
pub const FORGOTTEN_AFTER_MS: u64 = 10_000;
/// More than anybody's number and PIN have.
const KEYS_MOST: usize = 24;

/// What somebody typed at a door, or held to its reader. No Debug: it opens something.
#[derive(PartialEq, Eq)]
pub enum Typed {
    /// A courier's code, a pass, or the token of a QR picture.
    Code(String),
    /// A unit's keypad number, `*`, and a PIN.
    NumberAndPin(String, String),
}

/// What a report comes to.
pub enum Heard {
    /// A fact for the rules.
    Fact(Observation),
    /// Somebody shows a code.
    Shown(AccessPointId, Typed),
}

struct Keying {
    keys: String,
    last: Millis,
}

/// The doors of one controller.
#[derive(Default)]
pub struct DoorWatch {
    keying: BTreeMap<AccessPointId, Keying>,
}

impl DoorWatch {
    /// What a report comes to. A reader that reads QR pictures hands their letters on as it does the bits of a card; any other
    /// card is no credential of this site yet and comes to nothing.
    pub fn handle(&mut self, report: &DoorReport, now: Millis) -> Option<Heard> {
        let point = AccessPointId(report.door);
        let fact = |observation| Some(Heard::Fact(observation));
        match &report.fact {
            DoorFact::Opened => fact(Observation::PassageSeen { point, open: Some(true) }),
            DoorFact::Closed => fact(Observation::PassageSeen { point, open: Some(false) }),
            DoorFact::ContactUnknown => fact(Observation::PassageSeen { point, open: None }),
            DoorFact::RequestToExit => fact(Observation::ExitRequested { point }),
            DoorFact::Tampered => fact(Observation::DoorTampered { point, tampered: true }),
            DoorFact::TamperEnded => fact(Observation::DoorTampered { point, tampered: false }),
            DoorFact::Online => fact(Observation::DoorAnswers { point, answers: true }),
            DoorFact::Offline(_) => fact(Observation::DoorAnswers { point, answers: false }),
            DoorFact::Digits(keys) => self.pressed(point, keys, now).map(|typed| Heard::Shown(point, typed)),
            DoorFact::Card(card) => token(card).map(|token| Heard::Shown(point, Typed::Code(token))),
            DoorFact::KeySet => fact(Observation::ReaderKeySet { point }),
        }
    }

    fn pressed(&mut self, point: AccessPointId, pressed: &Keys, now: Millis) -> Option<Typed> {
        let keying = self.keying.entry(point).or_insert_with(|| Keying { keys: String::new(), last: now });
        if now.0.saturating_sub(keying.last.0) >= FORGOTTEN_AFTER_MS {
            keying.keys.clear();
        }
        keying.last = now;
        for key in pressed.as_str().chars() {
            match key {
                '#' => return self.ended(point),
                // Once it parts number and PIN; again, or in front, it begins anew.
                '*' if keying.keys.is_empty() || keying.keys.contains('*') => keying.keys.clear(),
                key => keying.keys.push(key),
            }
            if keying.keys.len() == DOOR_CODE_DIGITS && !keying.keys.contains('*') {
                return self.ended(point);
            }
            if keying.keys.len() > KEYS_MOST {
                keying.keys.clear();
            }
        }
        None
    }

    fn ended(&mut self, point: AccessPointId) -> Option<Typed> {
        let keys = self.keying.remove(&point)?.keys;
        match keys.split_once('*') {
            Some((number, pin)) if !pin.is_empty() => {
                Some(Typed::NumberAndPin(number.to_owned(), pin.to_owned()))
            }
            Some(_) => None,
            None => (!keys.is_empty()).then_some(Typed::Code(keys)),
        }
    }
}

/// The token in what a reader read, if it is one by its form.
fn token(card: &Card) -> Option<String> {
    let is_ours = usize::from(card.bits()) == 8 * TOKEN_LENGTH
        && card.data().starts_with(b"V")
        && card.data().iter().all(u8::is_ascii_alphanumeric);
    is_ours.then(|| String::from_utf8_lossy(card.data()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_devices::DeviceError;

    #[test]
    fn a_token_in_a_qr_picture_is_a_code_and_a_card_is_none() {
        let mut watch = DoorWatch::default();
        let mut held = |data: &[u8]| {
            let card = Card::new(u16::try_from(8 * data.len()).expect("short"), data).expect("whole");
            match watch.handle(&DoorReport { door: 2, fact: DoorFact::Card(card) }, Millis(0))? {
                Heard::Shown(_, typed) => Some(typed),
                Heard::Fact(_) => panic!("a card is no fact"),
            }
        };
        let text = "VPM70123456789ABCDEFGHJKMNPQRST";
        assert_eq!(text.len(), TOKEN_LENGTH);
        assert!(held(text.as_bytes()) == code(text));
        for other in
            [&text.as_bytes()[..30], b"XPM70123456789ABCDEFGHJKMNPQRST", b"VPM7012345678-ABCDEFGHJKMNPQRST"]
        {
            assert!(held(other).is_none());
        }
        assert!(held(&[0x12, 0x34, 0x56, 0x78]).is_none(), "a card of 32 bits");
    }

    fn keys(watch: &mut DoorWatch, text: &str, at: u64) -> Option<Typed> {
        let fact = DoorFact::Digits(Keys::new(text).expect("keys"));
        match watch.handle(&DoorReport { door: 2, fact }, Millis(at))? {
            Heard::Shown(point, typed) => {
                assert_eq!(point, AccessPointId(2));
                Some(typed)
            }
            Heard::Fact(_) => panic!("keys are no fact"),
        }
    }

    fn code(text: &str) -> Option<Typed> {
        Some(Typed::Code(text.to_owned()))
    }

    #[test]
    fn keys_one_by_one_or_at_once_are_one_code() {
        let mut watch = DoorWatch::default();
        for (at, key) in (0..).zip("41712345678".chars()) {
            assert!(keys(&mut watch, &key.to_string(), at * 500).is_none());
        }
        assert!(keys(&mut watch, "9", 6_000) == code("417123456789"), "complete with its twelfth digit");
        assert!(keys(&mut watch, "4171234567#", 6_100) == code("4171234567"), "a shorter one ends with #");
        assert!(keys(&mut watch, "#", 6_200).is_none(), "nothing was typed");
    }

    #[test]
    fn a_star_parts_number_and_pin_and_begins_anew() {
        let mut watch = DoorWatch::default();
        let both = Some(Typed::NumberAndPin("1202".to_owned(), "482913905".to_owned()));
        assert!(keys(&mut watch, "1202*482913905#", 0) == both);
        assert!(keys(&mut watch, "99*11*1202*482913905#", 10) == both, "a second star begins anew");
        assert!(keys(&mut watch, "1202*#", 20).is_none(), "no PIN");
    }

    #[test]
    fn who_walks_away_leaves_nothing_for_the_next() {
        let mut watch = DoorWatch::default();
        assert!(keys(&mut watch, "4171", 0).is_none());
        assert!(keys(&mut watch, "55#", 10_000) == code("55"));
        assert!(keys(&mut watch, "9*88888888888888888888888888", 20_000).is_none());
        assert!(keys(&mut watch, "#", 20_001) != code(""), "too many keys are nobody's code");
    }

    #[test]
    fn facts_are_said_as_they_are() {
        let mut watch = DoorWatch::default();
        let point = AccessPointId(2);
        let said = [
            (DoorFact::Opened, Observation::PassageSeen { point, open: Some(true) }),
            (DoorFact::Closed, Observation::PassageSeen { point, open: Some(false) }),
            (DoorFact::ContactUnknown, Observation::PassageSeen { point, open: None }),
            (DoorFact::RequestToExit, Observation::ExitRequested { point }),
            (DoorFact::Tampered, Observation::DoorTampered { point, tampered: true }),
            (DoorFact::TamperEnded, Observation::DoorTampered { point, tampered: false }),
            (DoorFact::KeySet, Observation::ReaderKeySet { point }),
            (DoorFact::Online, Observation::DoorAnswers { point, answers: true }),
            (DoorFact::Offline(DeviceError::Timeout), Observation::DoorAnswers { point, answers: false }),
        ];
        for (fact, observation) in said {
            let heard = watch.handle(&DoorReport { door: 2, fact }, Millis(0));
            assert!(matches!(heard, Some(Heard::Fact(heard)) if heard == observation));
        }
    }
}
