//! For how long photos are kept: by whether people are in view, by the parcel's end, by a hold.

use crate::street::*;
use crate::world::*;
use vestibule_core::evidence::retention::{Country, PhotosKept, StoredPhoto};
use vestibule_core::evidence::{
    Held, HoldReason, InView, PhotoAsked, PhotoGone, PhotoHash, PhotoMedia, PhotoReason, PhotoSubject,
};
use vestibule_core::policy::Policy;
use vestibule_core::*;

const PHOTO: PhotoId = PhotoId(1);

fn with_photo(country: Country) -> World {
    with_photo_by(Policy { country, ..Policy::default() })
}

fn with_photo_by(policy: Policy) -> World {
    let mut w = World::with_policy(policy);
    let subject = PhotoSubject::default();
    let asked = Box::new(PhotoAsked { camera: CameraId(1), reason: PhotoReason::Denial, subject });
    let (hash, media) = (PhotoHash([1; 32]), PhotoMedia::Jpeg);
    w.see(Observation::PhotoTaken { asked, hash, media, taken_ms: None, clock_offset_ms: None });
    w
}

fn stored(w: &World, in_view: InView) -> StoredPhoto {
    StoredPhoto {
        photo: PHOTO,
        in_view,
        taken: w.now,
        parcels: Vec::new(),
        shown_with: Vec::new(),
        entries: Vec::new(),
        ended: None,
    }
}

/// Whether it is kept at the last moment, and over at the next.
fn ends_after(w: &World, photo: &StoredPhoto, kept: Span) -> bool {
    let end = photo.taken + kept;
    !w.site.is_over(photo, end + Span(-1)) && w.site.is_over(photo, end)
}

#[test]
fn people_are_kept_as_long_as_the_country_says() {
    let usual = [(Country::Us, Span::days(30)), (Country::Eu, Span::days(8)), (Country::De, Span::hours(72))];
    for (country, span) in usual {
        let w = with_photo(country);
        assert!(ends_after(&w, &stored(&w, InView::People), span), "{country:?}");
        assert!(ends_after(&w, &stored(&w, InView::ParcelsOnly), Span::days(30)), "{country:?}");
    }
    assert_eq!(Country::ALL.map(|country| (country, country.photos_kept().people)), usual);
}

#[test]
fn a_site_may_keep_them_for_another_time_than_its_country() {
    let own = PhotosKept { people: Span::days(2), ..PhotosKept::US };
    let w = with_photo_by(Policy { country: Country::De, photos: Some(own), ..Policy::default() });
    assert!(ends_after(&w, &stored(&w, InView::People), Span::days(2)));
}

#[test]
fn a_policy_of_before_there_were_countries_keeps_its_times() {
    let hours = Span::hours(72).0;
    let old = format!(r#"{{"photos":{{"people":{hours},"parcels":{hours}}}}}"#);
    let policy: Policy = serde_json::from_str(&old).expect("it reads");
    assert_eq!(policy.photos_kept(), PhotosKept { people: Span::hours(72), parcels: Span::hours(72) });
    let nothing: Policy = serde_json::from_str("{}").expect("it reads");
    assert_eq!((nothing.country, nothing.photos_kept()), (Country::Us, PhotosKept::US));
    let written = serde_json::to_string(&Policy::default()).expect("plain data");
    assert!(!written.contains("country") && !written.contains("photos"), "{written}");
    let de =
        serde_json::to_string(&Policy { country: Country::De, ..Policy::default() }).expect("plain data");
    assert!(de.contains(r#""country":"de""#), "{de}");
}

#[test]
fn a_new_site_begins_with_the_country_of_its_zone() {
    for (zone, country) in [
        ("Europe/Berlin", Country::De),
        ("Europe/Madrid", Country::Eu),
        ("Atlantic/Canary", Country::Eu),
        ("Indian/Reunion", Country::Eu),
        ("America/Martinique", Country::Eu),
        ("Arctic/Longyearbyen", Country::Eu),
        ("Atlantic/Reykjavik", Country::Eu),
        ("Portugal", Country::Eu),
        ("europe/berlin", Country::De),
        ("EUROPE/MADRID", Country::Eu),
        ("America/New_York", Country::Us),
        ("UTC", Country::Us),
    ] {
        let zone = vestibule_core::time::Zone::new(zone).expect("a zone");
        assert_eq!(Country::of_zone(&zone), country, "{}", zone.name());
    }
}

#[test]
fn a_parcel_alone_is_kept_until_a_month_after_its_end() {
    let w = with_photo(Country::De);
    let mut photo = StoredPhoto { parcels: vec![ParcelId(1)], ..stored(&w, InView::ParcelsOnly) };
    assert!(!w.site.is_over(&photo, w.now + Span::days(900)), "its parcel has not ended");
    let ended = w.now + Span::days(100);
    photo.ended = Some(ended);
    assert!(!w.site.is_over(&photo, ended + Span(Span::days(30).0 - 1)));
    assert!(w.site.is_over(&photo, ended + Span::days(30)));
    photo.in_view = InView::People;
    assert!(ends_after(&w, &photo, Span::hours(72)), "with people in view it does not wait for the parcel");
    assert!(
        ends_after(&w, &stored(&w, InView::ParcelsOnly), Span::days(30)),
        "of no parcel: from when it was taken"
    );
}

#[test]
fn a_hold_keeps_a_photo_until_its_day_and_not_longer() {
    for what in [Held::Photo(PHOTO), Held::Parcel(ParcelId(1))] {
        let mut w = with_photo(Country::De);
        w.delivered(&["101"]);
        let photo = StoredPhoto { parcels: vec![ParcelId(1)], ..stored(&w, InView::People) };
        let until = w.now + Span::days(90);
        w.ok(STAFF, Command::HoldEvidence { what, reason: HoldReason::Police, until });
        assert!(!w.site.is_over(&photo, until + Span(-1)), "{what:?}");
        w.wait(Span::days(90));
        assert!(!w.site.evidence.holds.contains_key(&what), "it ends by itself");
        assert!(w.log.contains(&Event::EvidenceReleased { what, by: Actor::Site }));
        assert!(w.site.is_over(&photo, w.now));
    }
}

#[test]
fn a_parcel_that_is_held_keeps_the_photos_its_visit_is_shown_by() {
    let mut w = with_photo(Country::De);
    w.delivered(&["101"]);
    let what = Held::Parcel(ParcelId(1));
    let of_the_visit = StoredPhoto { shown_with: vec![ParcelId(1)], ..stored(&w, InView::People) };
    let of_another = StoredPhoto { shown_with: vec![ParcelId(2)], ..of_the_visit.clone() };
    let until = w.now + Span::days(90);
    w.ok(STAFF, Command::HoldEvidence { what, reason: HoldReason::Claim, until });
    let late = w.now + Span::days(4);
    assert!(!w.site.is_over(&of_the_visit, late) && w.site.is_over(&of_another, late));
    w.ok(STAFF, Command::ReleaseEvidence { what });
    assert!(w.site.is_over(&of_the_visit, late));
    let parcels = StoredPhoto { in_view: InView::ParcelsOnly, ..of_the_visit };
    assert!(
        ends_after(&w, &parcels, Span::days(30)),
        "it does not wait for the end of what it shows the way of"
    );
}

#[test]
fn an_entry_that_is_held_keeps_its_photos_until_it_is_released() {
    let mut w = World::with_doors();
    let code = w.ups_for(&[ROOM]);
    let entry = w.scans_at(ROOM, &code).expect("let in");
    let what = Held::Entry(entry);
    let photo = StoredPhoto { entries: vec![entry], ..stored(&w, InView::People) };
    let of_another = StoredPhoto { entries: vec![EntryId(entry.0 + 1)], ..photo.clone() };
    let until = w.now + Span::days(90);
    let hold = |what| Command::HoldEvidence { what, reason: HoldReason::Police, until };
    assert_eq!(w.ask(STAFF, hold(Held::Entry(EntryId(entry.0 + 1)))), Err(Refusal::NotFound));
    assert_eq!(w.ask(STAFF, hold(Held::Entry(EntryId(0)))), Err(Refusal::NotFound));
    w.ok(STAFF, hold(what));
    let late = w.now + Span::days(31);
    assert!(!w.site.is_over(&photo, late) && w.site.is_over(&of_another, late));
    w.ok(STAFF, Command::ReleaseEvidence { what });
    assert_eq!(w.last, [Event::EvidenceReleased { what, by: STAFF }]);
    assert!(w.site.is_over(&photo, late));
}

#[test]
fn a_hold_is_set_again_and_ended_on_the_record() {
    let mut w = with_photo(Country::Us);
    let what = Held::Photo(PHOTO);
    let hold = |until| Command::HoldEvidence { what, reason: HoldReason::Claim, until };
    let (soon, late) = (w.now + Span::days(1), w.now + Span::days(800));
    w.refuses(vec![
        ("in the past", hold(w.now), "invalid"),
        ("for ever", hold(late), "invalid"),
        (
            "no such photo",
            Command::HoldEvidence { what: Held::Photo(PhotoId(2)), reason: HoldReason::Other, until: soon },
            "not-found",
        ),
        ("nothing is held", Command::ReleaseEvidence { what }, "not-found"),
    ]);
    w.ok(STAFF, hold(soon));
    w.ok(STAFF, hold(soon + Span::days(1)));
    assert_eq!(w.site.evidence.holds[&what].until, soon + Span::days(1));
    w.ok(STAFF, Command::ReleaseEvidence { what });
    assert_eq!(w.last, [Event::EvidenceReleased { what, by: STAFF }]);
    w.snapshot();
}

#[test]
fn what_is_erased_is_recorded_once_for_each_photo() {
    let mut w = with_photo(Country::Us);
    for photos in [vec![PHOTO, PhotoId(7)], vec![PHOTO]] {
        let is_first = photos.len() == 2;
        w.see(Observation::PhotosLost { photos });
        let erased = Event::PhotoErased { photo: PHOTO, why: PhotoGone::Lost };
        assert_eq!(
            w.last,
            if is_first { vec![erased] } else { vec![] },
            "of one that never was nothing is said"
        );
    }
}

#[test]
fn what_is_over_is_decided_with_the_holds_of_that_moment() {
    let mut w = with_photo(Country::De);
    let photo = stored(&w, InView::People);
    let see = |w: &mut World| w.see(Observation::PhotosStored { photos: vec![photo.clone()] });
    see(&mut w);
    assert_eq!(w.last, [], "its time is not over");
    assert!(w.site.photos_may_be_over_until(w.now) < photo.taken);
    w.wait(Span::hours(72));
    assert!(w.site.photos_may_be_over_until(w.now) >= photo.taken);
    let hold = Command::HoldEvidence {
        what: Held::Photo(PHOTO),
        reason: HoldReason::Police,
        until: w.now + Span::days(1),
    };
    w.ok(STAFF, hold.clone());
    see(&mut w);
    assert_eq!(w.last, [], "it was held after somebody looked for what is over");
    w.ok(STAFF, Command::ReleaseEvidence { what: Held::Photo(PHOTO) });
    see(&mut w);
    assert_eq!(w.last, [Event::PhotoErased { photo: PHOTO, why: PhotoGone::Over }]);
    assert_eq!(w.ask(STAFF, hold), Err(Refusal::NotFound), "what is erased cannot be held");
    w.snapshot();
}

#[test]
fn a_hold_ends_within_two_years_to_the_millisecond_and_names_what_there_is() {
    let mut w = with_photo(Country::Us);
    w.delivered(&["101"]);
    let hold = |what, until| Command::HoldEvidence { what, reason: HoldReason::Claim, until };
    let most = w.now + vestibule_core::evidence::HOLD_AT_MOST;
    for what in [Held::Photo(PHOTO), Held::Parcel(ParcelId(1))] {
        w.ok(STAFF, hold(what, most));
        assert!(matches!(w.ask(STAFF, hold(what, most + Span(1))), Err(Refusal::Invalid { .. })), "{what:?}");
        w.ok(STAFF, hold(what, w.now + Span(1)));
    }
    assert_eq!(w.ask(STAFF, hold(Held::Parcel(ParcelId(99)), most)), Err(Refusal::NotFound));
    assert_eq!(w.ask(STAFF, hold(Held::Photo(PhotoId(99)), most)), Err(Refusal::NotFound));
}

#[test]
fn a_changed_file_is_said_once() {
    let mut w = with_photo(Country::Us);
    for photo in [PHOTO, PHOTO, PhotoId(7)] {
        w.see(Observation::PhotoChanged { photo });
    }
    assert_eq!(w.log.iter().filter(|e| matches!(e, Event::PhotoChanged { .. })).count(), 1);
    w.snapshot();
    w.see(Observation::PhotosLost { photos: vec![PHOTO] });
    w.see(Observation::PhotoChanged { photo: PHOTO });
    assert_eq!(w.last, [], "what is not there is not changed");
}

#[test]
fn a_policy_says_how_long_within_reason() {
    let kept = |people| PhotosKept { people, ..PhotosKept::US };
    let policy = |people| Policy { photos: Some(kept(people)), ..Policy::default() };
    assert_eq!(policy(Span::hours(1)).is_sound(), Ok(()));
    assert!(policy(Span::minutes(59)).is_sound().unwrap_err().contains("photos.people"));
    assert!(policy(Span::days(366)).is_sound().unwrap_err().contains("photos.people"));
}
