//! Screens that somebody walks away from, and the one that asks whoever comes back.

use super::super::draft::{Draft, Stage};
use super::play::{Play, Shown};
use super::view;
use crate::web::kiosk::faces;
use crate::web::kiosk::view::{Face, face};
use crate::web::words::Language;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::visit::walk::WALKS;
use vestibule_core::{AreaId, Command, Event, ParcelId, PhotoId, ShelfId};

fn text(shown: Shown, language: Language) -> String {
    faces::screen(&view(shown, language)).into_string()
}

fn at_start(play: &Play) -> Shown {
    play.show("walking", Draft::default())
}

/// A courier sent to the shelf with a parcel of the first apartment.
fn sent() -> (Play, ParcelId) {
    let mut play = Play::new();
    play.fill();
    let visit = play.log_in();
    let parcel = play.deposit(visit, Some(1), Size::M);
    (play, parcel)
}

fn came_back_late() -> (Play, ParcelId) {
    let (mut play, parcel) = sent();
    play.wait(WALKS);
    play.log_in();
    (play, parcel)
}

#[test]
fn a_screen_that_sends_somebody_away_waits_three_minutes_before_it_asks() {
    let (mut play, parcel) = sent();
    assert!(text(at_start(&play), Language::En).contains(r#"data-idle="180""#), "to a shelf");
    for (place, idle) in [
        (Place::Area(AreaId(1)), 180),
        (Place::Desk, 30),
        (Place::TakeBack, 30),
        (Place::Shelf(ShelfId(1)), 180),
    ] {
        play.site.evolve(&Event::PlacePlanned { parcel, place }, play.now);
        let text = text(at_start(&play), Language::En);
        assert!(text.contains(&format!(r#"data-idle="{idle}""#)), "{place:?}: {text}");
    }
    let visit = at_start(&play).facts.visit().expect("a courier");
    play.must(Command::PutElsewhere { visit, parcel });
    assert!(text(at_start(&play), Language::En).contains(r#"data-idle="30""#), "nothing is on its way");
    play.must(Command::Finish { visit });
    play.pick_up(1);
    let rest = at_start(&play);
    assert_eq!(face(&rest.facts, &rest.draft), Face::Rest);
    assert!(text(rest, Language::En).contains(r#"data-idle="180""#), "from a shelf");
    let help = Draft { stage: Stage::Help, ..Draft::default() };
    let nobody = Play::new().show("help", help);
    assert!(text(nobody, Language::En).contains(r#"data-idle="30""#), "whoever asks for help stands here");
}

#[test]
fn whoever_comes_back_is_asked_in_their_language() {
    let (play, parcel) = came_back_late();
    let asked = at_start(&play);
    assert_eq!(face(&asked.facts, &asked.draft), Face::Asked);
    for (language, question) in
        [(Language::En, "Did you put it on shelf B2?"), (Language::Es, "¿Lo puso en el estante B2?")]
    {
        let text = text(at_start(&play), language);
        assert!(text.contains(question), "{text}");
        assert!(!text.contains("Unknown localization") && !text.contains("style="), "{text}");
        assert_eq!((text.matches("<h1>").count(), text.matches("data-scan-target").count()), (1, 1));
        for address in ["/kiosk/placed", "/kiosk/in-hand", "/kiosk/go"] {
            assert!(text.contains(address), "{address}: {text}");
        }
        assert!(text.contains(&format!(r#"name="parcel" value="{parcel}""#)), "{text}");
    }
}

#[test]
fn the_question_stands_in_the_way_of_no_other_parcel() {
    let (mut play, _) = came_back_late();
    let at = |play: &Play, stage| {
        let shown = play.show("asked", Draft { stage, ..Draft::default() });
        face(&shown.facts, &shown.draft)
    };
    for (stage, shows) in [
        (Stage::Start, Face::Asked),
        (Stage::Address, Face::Address),
        (Stage::Drop, Face::Drop),
        (Stage::Summary, Face::Summary),
    ] {
        assert_eq!(at(&play, stage), shows, "{stage:?}");
    }
    let visit = at_start(&play).facts.visit().expect("a courier");
    play.deposit(visit, Some(2), Size::M);
    assert_eq!(at(&play, Stage::Start), Face::Elsewhere, "what is in hand comes first");
}

#[test]
fn a_parcel_on_a_shelf_is_shown_as_it_came_or_as_a_shelf() {
    let (mut play, parcel) = sent();
    let visit = at_start(&play).facts.visit().expect("a courier");
    play.must(Command::PutElsewhere { visit, parcel });
    play.must(Command::Finish { visit });
    let visit = play.pick_up(1);
    let plain = text(at_start(&play), Language::En);
    assert!(!plain.contains("waits-photo") && !plain.contains("Every look"), "{plain}");
    let mut pictured = at_start(&play);
    pictured.facts.photos.insert(parcel, PhotoId(7));
    let pictured = text(pictured, Language::En);
    assert!(pictured.contains(&format!("src=\"/kiosk/visits/{visit}/photos/7\"")), "{pictured}");
    assert!(pictured.contains("alt=\"This parcel as it came\""), "{pictured}");
    assert!(pictured.contains("Every look is recorded."), "{pictured}");
}
