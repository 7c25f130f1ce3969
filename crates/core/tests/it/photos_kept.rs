//! For how long photos are kept: by whether people are in view, by the parcel's end, by a hold.

use crate::world::*;
use vestibule_core::evidence::retention::{PhotosKept, StoredPhoto};
use vestibule_core::evidence::{
    Held, HoldReason, InView, PhotoAsked, PhotoGone, PhotoHash, PhotoMedia, PhotoReason, PhotoSubject,
};
use vestibule_core::policy::Policy;
use vestibule_core::*;

const PHOTO: PhotoId = PhotoId(1);

fn with_photo(kept: PhotosKept) -> World {
    let mut w = World::with_policy(Policy { photos: kept, ..Policy::default() });
    let subject = PhotoSubject::default();
    let asked = Box::new(PhotoAsked { camera: CameraId(1), reason: PhotoReason::Denial, subject });
    let (hash, media) = (PhotoHash([1; 32]), PhotoMedia::Jpeg);
    w.see(Observation::PhotoTaken { asked, hash, media, taken_ms: None, clock_offset_ms: None });
    w
}

fn stored(w: &World, in_view: InView) -> StoredPhoto {
    StoredPhoto { photo: PHOTO, in_view, taken: w.now, parcels: Vec::new(), ended: None }
}

/// Whether it is kept at the last moment, and over at the next.
fn ends_after(w: &World, photo: &StoredPhoto, kept: Span) -> bool {
    let end = photo.taken + kept;
    !w.site.is_over(photo, end + Span(-1)) && w.site.is_over(photo, end)
}

#[test]
fn people_are_kept_as_long_as_the_policy_says() {
    for (kept, span) in
        [(PhotosKept::US, Span::days(30)), (PhotosKept::EU, Span::days(8)), (PhotosKept::DE, Span::hours(72))]
    {
        let w = with_photo(kept);
        assert!(ends_after(&w, &stored(&w, InView::People), span), "{kept:?}");
    }
}

#[test]
fn a_parcel_alone_is_kept_until_a_month_after_its_end() {
    let w = with_photo(PhotosKept::DE);
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
        let mut w = with_photo(PhotosKept::DE);
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
fn a_hold_is_set_again_and_ended_on_the_record() {
    let mut w = with_photo(PhotosKept::US);
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
    let mut w = with_photo(PhotosKept::US);
    let why = PhotoGone::Over;
    w.see(Observation::PhotosGone { photos: vec![PHOTO, PhotoId(7)], why });
    assert_eq!(
        w.last,
        [Event::PhotoErased { photo: PHOTO, why }],
        "of a photo that never was nothing is said"
    );
}

#[test]
fn a_policy_says_how_long_within_reason() {
    let policy = |people| Policy { photos: PhotosKept { people, ..PhotosKept::US }, ..Policy::default() };
    assert_eq!(policy(Span::hours(1)).is_sound(), Ok(()));
    assert!(policy(Span::minutes(59)).is_sound().unwrap_err().contains("photos.people"));
    assert!(policy(Span::days(366)).is_sound().unwrap_err().contains("photos.people"));
}
