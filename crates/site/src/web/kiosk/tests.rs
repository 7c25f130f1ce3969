//! What every screen must keep to, and which screen is shown when.

mod play;
mod walking;

use super::view::{Face, KioskView, face};
use super::{document, faces};
use crate::web::kiosk;
use crate::web::problem;
use crate::web::words::Language;
use play::naming::GIVEN_NAMES;
use play::placing::{in_zones, without_doors};
use play::{Play, Shown, names, shown};

fn view(shown: Shown, language: Language) -> KioskView {
    let refusal = problem::Facts::default();
    KioskView {
        facts: shown.facts,
        draft: shown.draft,
        names: names(),
        language,
        csrf: "t0ken".into(),
        refusal,
    }
}

#[test]
fn each_moment_has_its_face() {
    use Face::*;
    let expected = [
        ("start", Start),
        ("start-ease", Start),
        ("start-scan", Start),
        ("help", Help),
        ("pick-up", PickUp),
        ("pick-up-typo", PickUp),
        ("pick-up-nothing", PickUp),
        ("deliver", Deliver),
        ("deliver-paused", Deliver),
        ("start-left-open", Start),
        ("address", Address),
        ("address-ahead", Address),
        ("size-ahead", Size),
        ("address-after", Address),
        ("address-scanned", Address),
        ("address-unknown", Address),
        ("known", Known),
        ("known-gone", Known),
        ("letters", Letters),
        ("choose", Choose),
        ("choose-building", Choose),
        ("confirm", Confirm),
        ("confirm-others", Confirm),
        ("other-house", OtherHouse),
        ("address-moved-out", Address),
        ("name-on-label", NameOnLabel),
        ("size", Size),
        ("drop", Drop),
        ("size-class", Size),
        ("beside-code", BesideCode),
        ("size-full", Size),
        ("opening", Opening),
        ("jammed", Jammed),
        ("deposit", Deposit),
        ("deposit-bigger", Deposit),
        ("deposit-queued", Deposit),
        ("deposit-inside", Deposit),
        ("deposit-held", Deposit),
        ("resting", Resting),
        ("elsewhere-shelf", Elsewhere),
        ("elsewhere-desk", Elsewhere),
        ("elsewhere-area", Elsewhere),
        ("elsewhere-take-back", Elsewhere),
        ("waiting", Waiting),
        ("elsewhere-sign", Elsewhere),
        ("elsewhere-keep", Elsewhere),
        ("list", List),
        ("fix-what", FixWhat),
        ("fix-address", Address),
        ("fix-code", FixCode),
        ("summary", Summary),
        ("goodbye", Goodbye),
        ("collect-opening", Opening),
        ("collect", Collect),
        ("collect-not-mine", Collect),
        ("collect-last", Collect),
        ("rest-shelf", Rest),
        ("rest-missed", Rest),
        ("rest-done", Rest),
        ("collect-again", Collect),
        ("rest-stuck", Rest),
        ("rest-elsewhere", Rest),
    ];
    let all: Vec<_> = shown().into_iter().map(|s| (s.name.clone(), face(&s.facts, &s.draft))).collect();
    let expected: Vec<_> = expected.into_iter().map(|(name, face)| (name.to_owned(), face)).collect();
    assert_eq!(all, expected);
}

#[test]
fn no_screen_shows_a_code_or_a_given_name() {
    let mut played = Play::new();
    let visit = played.log_in();
    played.deposit(visit, Some(1), vestibule_core::place::compartment::Size::S);
    played.opens();
    played.shut();
    played.must(vestibule_core::Command::Finish { visit });
    assert!(played.secrets.len() > 6, "codes exist");
    for shown in shown() {
        for language in Language::ALL {
            let name = shown.name.clone();
            let text = document(
                &view(Shown { name, facts: shown.facts.clone(), draft: shown.draft.clone() }, language),
                "n",
            )
            .into_string();
            for secret in &played.secrets {
                assert!(!text.contains(secret.as_str()), "{} shows a code", shown.name);
            }
            for given in GIVEN_NAMES {
                assert!(!text.contains(given), "{} shows {given}", shown.name);
            }
        }
    }
}

#[test]
fn every_screen_is_one_question_with_a_scanner_and_words_in_every_language() {
    for language in Language::ALL {
        for shown in shown() {
            let name = shown.name.clone();
            let text = faces::screen(&view(shown, language)).into_string();
            let heads = text.matches("<h1>").count() + text.matches("<h2>").count();
            assert!(heads >= 1, "{name} asks nothing");
            assert!(text.matches("<h1>").count() <= 1, "{name} asks two things");
            assert_eq!(text.matches("data-scan-target").count(), 1, "{name}: scans go to one place");
            assert!(!text.contains("style=") && !text.contains(" onclick"), "{name}");
            assert!(!text.contains("Unknown localization"), "{name} in {language} lacks words");
            assert!(text.matches("button-primary").count() <= 3, "{name}: one thing is the likeliest");
        }
    }
}

#[test]
fn pages_are_light() {
    for shown in shown() {
        let name = shown.name.clone();
        let bytes = document(&view(shown, Language::Es), "nonce").into_string().len();
        assert!(bytes < 26_000, "{name} is {bytes} bytes");
    }
}

/// Presses a courier needs once a label is scanned whose apartment is known, and once an apartment is typed.
#[test]
fn a_size_is_one_touch_and_needs_no_confirmation() {
    let size = shown().into_iter().find(|shown| shown.name == "size").expect("it is shown");
    let text = faces::screen(&view(size, Language::En)).into_string();
    for letter in ["S", "M", "L", "XL"] {
        assert!(text.contains(&format!(r#"type="submit" name="size" value="{letter}""#)), "{letter}");
    }
    let opening = shown().into_iter().find(|shown| shown.name == "opening").expect("it is shown");
    let text = faces::screen(&view(opening, Language::En)).into_string();
    assert!(!text.contains("button-primary"), "a door that opens asks nothing");
}

/// The record says a size that somebody said: it is asked where no place depends on it too, and costs the same one touch.
#[test]
fn without_a_door_and_a_shelf_a_courier_still_says_how_big_it_is() {
    let text = faces::screen(&view(without_doors(), Language::En)).into_string();
    for letter in ["S", "M", "L", "XL"] {
        assert!(text.contains(&format!(r#"name="size" value="{letter}""#)), "{letter}: {text}");
    }
    assert!(!text.contains(r#"type="hidden" name="size""#), "{text}");
    assert!(text.contains("How big is it?") && !text.contains(" free<"), "{text}");
}

/// The shelf named beside a size is the one that is chosen for this parcel: not for any parcel.
#[test]
fn the_sizes_name_the_shelf_that_the_parcel_is_sent_to() {
    let (shown, shelf) = in_zones();
    assert_eq!(shelf, "Z2", "the zone of 1202");
    let text = faces::screen(&view(shown, Language::En)).into_string();
    assert_eq!(text.matches("→ shelf Z2<").count(), 4, "{text}");
}

/// What a parcel is costs a touch only where it matters, and says at once where it goes.
#[test]
fn a_class_is_said_beside_the_sizes_and_changes_where_they_lead() {
    let text = |name: &str| {
        let found = shown().into_iter().find(|shown| shown.name == name).expect("it is shown");
        faces::screen(&view(found, Language::En)).into_string()
    };
    let (usual, signature) = (text("size"), text("size-class"));
    for word in ["meal", "chilled", "medicine", "signature"] {
        let field = format!(r#"name="class" value="{word}""#);
        assert!(usual.contains(&field) && signature.contains(&field), "{usual}");
    }
    assert!(usual.contains(" free<"), "{usual}");
    assert!(
        !signature.contains(" free<") && signature.contains("back with you"),
        "no door signs: {signature}"
    );
    assert!(text("confirm").contains(r#"name="class""#), "where a recipient is filled in too");
    assert!(text("elsewhere-sign").contains("Hand it over at the desk"));
    assert!(text("elsewhere-keep").contains("must not be left alone"));
}

/// What the label says is filled in, and nothing goes on before somebody touches a size or another.
#[test]
fn what_is_filled_in_is_asked_with_two_others_at_most() {
    let text = |name: &str| {
        let found = shown().into_iter().find(|shown| shown.name == name).expect("it is shown");
        faces::screen(&view(found, Language::En)).into_string()
    };
    let one = text("confirm");
    assert!(one.contains("M. Alvarez, apartment 3B, North – correct?"), "{one}");
    assert!(!one.contains("/kiosk/choose\" hx") || one.matches("class=\"tile").count() == 0);
    let several = text("confirm-others");
    assert_eq!(several.matches("class=\"tile\"").count(), 2, "{several}");
    assert!(several.contains("There is also apartment 12 here"));
    let other = text("other-house");
    assert!(other.contains("This label says 10001 Main St 12 – this is 5 Lake Street"), "{other}");
    assert!(other.contains("/kiosk/take-back") && other.contains("/kiosk/deliver-anyway"));
    assert!(!other.contains("name=\"size\""), "a parcel for another house has no door yet");
}

#[test]
fn a_new_door_is_a_new_face_for_the_page() {
    let id = |name: &str| {
        let found = shown().into_iter().find(|shown| shown.name == name).expect("it is shown");
        let text = faces::screen(&view(found, Language::En)).into_string();
        text.split(r#"id=""#).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    assert_ne!(id("collect"), id("collect-last"), "what was said at one door is not kept for the next");
    let picture = |name: &str| {
        let found = shown().into_iter().find(|shown| shown.name == name).expect("it is shown");
        let text = faces::screen(&view(found, Language::En)).into_string();
        text.split(r#"<title id=""#).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    assert_ne!(picture("opening"), picture("deposit"), "pictures of two faces share no id");
    assert_ne!(id("pick-up"), id("deliver"), "typed digits never move to another field");
    assert_eq!(id("address-ahead"), id("address-after"), "what is typed is kept when the open door shuts");
}

#[test]
fn a_camera_looks_where_something_is_to_be_scanned_and_is_asked_for_by_a_key() {
    for shown in shown() {
        let (name, next, mends) = (shown.name.clone(), shown.draft.next.clone(), shown.draft.mend.is_some());
        let looks = match face(&shown.facts, &shown.draft) {
            Face::PickUp | Face::Deliver => true,
            Face::Address => next.tracking.is_none() && !mends,
            _ => false,
        };
        let text = faces::screen(&view(shown, Language::En)).into_string();
        assert_eq!(text.contains("data-camera-view"), looks, "{name}");
        assert_eq!(text.contains("data-camera-key"), looks, "{name}: and the key with it");
        assert!(!text.contains("<script"), "{name}");
    }
}
