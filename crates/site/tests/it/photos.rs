//! Photos on a real disk beside a real ledger: a crash at every step of keeping one, and what a sweep puts right.

use crate::dying;
use crate::place::{MONDAY, Place, options};
use std::collections::BTreeSet;
use std::sync::Arc;
use vestibule_core::evidence::retention::StoredPhoto;
use vestibule_core::evidence::{
    CameraPlace, Held, HoldReason, InView, PhotoAsked, PhotoGone, PhotoHash, PhotoMedia, PhotoReason,
    PhotoSubject,
};
use vestibule_core::*;
use vestibule_site::evidence::{PhotoFolder, Swept, photos};
use vestibule_site::keys::Keys;
use vestibule_site::rows::Row;
use vestibule_site::writer::Incoming;

const PICTURE: &[u8] = b"\xFF\xD8 what a camera saw \xFF\xD9";

fn taken(hash: PhotoHash) -> Observation {
    let subject = PhotoSubject::default();
    let asked = Box::new(PhotoAsked { camera: CameraId(1), reason: PhotoReason::Denial, subject });
    Observation::PhotoTaken { asked, hash, media: PhotoMedia::Jpeg, taken_ms: None, clock_offset_ms: None }
}

fn salts(place: &Place) -> u32 {
    place.connection().query_row("SELECT count(*) FROM photo_salt", [], |row| row.get(0)).expect("counted")
}

/// The one photo, as the rules on its time want to know it.
fn stored(place: &Place) -> StoredPhoto {
    let ever = (PhotoId(0), Timestamp(i64::MAX));
    photos::stored(&place.connection(), ever, 10).expect("read").remove(0)
}

/// File, folder, salt, event: the way of one photo.
fn keep(place: &mut Place, folder: &PhotoFolder, before_the_event: impl FnOnce()) -> PhotoHash {
    let kept = folder.keep(PICTURE, PhotoMedia::Jpeg).expect("the disk works");
    place.step(Incoming::Write(vec![Row::PhotoSalt { hash: kept.hash, salt: kept.salt }]));
    folder.salted();
    before_the_event();
    place.observe(taken(kept.hash));
    kept.hash
}

const CHILD: &str = "photos::child_that_dies_keeping_a_photo";

/// Runs as a child process of the test below: keeps a photo and dies, for real, at the step it is told.
#[test]
fn child_that_dies_keeping_a_photo() {
    let Some((step, folder)) = dying::told() else { return };
    let keys = Arc::new(Keys::load_or_create(&folder.join("keys")).expect("keys"));
    let mut options = options(&folder);
    options.at_step = Some(dying::die_at);
    let mut place = Place::open(options, keys, MONDAY).expect("opens");
    if place.writer.site().tag.is_none() {
        place.found();
        place.ask(Command::InstallCamera { at: CameraPlace::Bank(BankId(1)), in_view: InView::People });
    }
    let photos = PhotoFolder::open(&place.options.folder, Some(dying::die_at)).expect("a folder");
    if step.starts_with('P') {
        dying::arm();
    }
    keep(&mut place, &photos, dying::arm);
}

/// At which steps the process keeping a photo dies.
pub const KEEPING: [&str; 8] = ["P1", "P2", "P3", "C1", "C2", "C3", "C4", "C5"];

#[test]
fn killed_at_every_step_of_a_photo_the_ledger_and_the_folder_agree() {
    for step in KEEPING {
        let folder = tempfile::tempdir().expect("a folder");
        dying::dies(CHILD, step, folder.path());
        let keys = Arc::new(Keys::load_or_create(&folder.path().join("keys")).expect("keys"));
        let mut place = Place::open(options(folder.path()), keys, MONDAY + 1_000).expect("opens");
        let photo_folder = PhotoFolder::open(&place.options.folder, None).expect("a folder");
        let recorded = photos::recorded(&place.connection()).expect("read");
        let is_recorded = matches!(step, "C3" | "C4" | "C5");
        assert_eq!(recorded.len(), usize::from(is_recorded), "{step}");
        let files: Vec<_> = recorded.iter().map(|(_, hash, media)| (*hash, *media)).collect();
        let swept = photo_folder.sweep(&files).expect("swept");
        let strays = usize::from(!is_recorded);
        assert_eq!(swept, Swept { strays, lost: BTreeSet::new() }, "{step}: no event without its file");
        place.step(Incoming::Write(vec![Row::ForgetStraySalts]));
        assert_eq!(salts(&place), u32::from(is_recorded), "{step}");
        for (_, hash, media) in recorded {
            let salt = photos::salt(&place.connection(), hash).expect("read").expect("its salt is there");
            assert_eq!(photo_folder.read(hash, media, &salt).expect("whole"), PICTURE, "{step}");
        }
        drop(place);
        dying::ends(CHILD, step, folder.path());
    }
}

const ERASING_CHILD: &str = "photos::child_that_dies_erasing_a_photo";

/// Runs as a child process of the test below: erases a photo whose time is over and dies, for real, at the step it is told.
#[test]
fn child_that_dies_erasing_a_photo() {
    let Some((_, folder)) = dying::told() else { return };
    let keys = Arc::new(Keys::load_or_create(&folder.join("keys")).expect("keys"));
    let mut options = options(&folder);
    options.at_step = Some(dying::die_at);
    let mut place = Place::open(options, keys, MONDAY).expect("opens");
    place.found();
    let photo_folder = PhotoFolder::open(&place.options.folder, Some(dying::die_at)).expect("a folder");
    let hash = keep(&mut place, &photo_folder, || {});
    let over = stored(&place);
    place.wait(Span::days(31));
    dying::arm();
    place.observe(Observation::PhotosStored { photos: vec![over] });
    photo_folder.erase(&[(hash, PhotoMedia::Jpeg)]).expect("erased");
}

/// At which steps the process erasing one dies; whether it is recorded as over then, and whether its file is still there.
pub const ERASING: [(&str, bool, bool); 4] =
    [("C2", false, true), ("C3", true, true), ("P4", true, true), ("P5", true, false)];

#[test]
fn killed_at_every_step_of_erasing_a_photo_it_is_over_and_never_lost() {
    for (step, is_recorded, is_on_disk) in ERASING {
        let folder = tempfile::tempdir().expect("a folder");
        dying::dies(ERASING_CHILD, step, folder.path());
        let keys = Arc::new(Keys::load_or_create(&folder.path().join("keys")).expect("keys"));
        let place = Place::open(options(folder.path()), keys, MONDAY + 1_000).expect("opens");
        let photo_folder = PhotoFolder::open(&place.options.folder, None).expect("a folder");
        let photo = photos::one(&place.connection(), PhotoId(1)).expect("read").expect("it was taken");
        assert_eq!(photo.gone, is_recorded.then_some(PhotoGone::Over), "{step}");
        assert_eq!(salts(&place), u32::from(!is_recorded), "{step}: the salt goes with the event");
        let recorded = photos::recorded(&place.connection()).expect("read");
        let files: Vec<_> = recorded.iter().map(|(_, hash, media)| (*hash, *media)).collect();
        let swept = photo_folder.sweep(&files).expect("swept");
        let strays = usize::from(is_recorded && is_on_disk);
        assert_eq!(swept, Swept { strays, lost: BTreeSet::new() }, "{step}: the file that is left goes");
        assert_eq!(photo_folder.bytes().expect("read") > 0, !is_recorded, "{step}");
    }
}

#[test]
fn an_erased_photo_leaves_its_event_and_a_chain_that_verifies() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    place.ask(Command::InstallCamera { at: CameraPlace::Bank(BankId(1)), in_view: InView::People });
    let photo_folder = PhotoFolder::open(&place.options.folder, None).expect("a folder");
    let hash = keep(&mut place, &photo_folder, || {});
    let stored = stored(&place);
    let too_new = (PhotoId(0), stored.taken + Span(-1));
    assert!(photos::stored(&place.connection(), too_new, 10).expect("read").is_empty());
    place.wait(Span(Span::days(30).0 - 1_000));
    assert!(!place.writer.site().is_over(&stored, place.writer.time_at(place.moment)));
    place.wait(Span(2_000));
    assert!(place.writer.site().is_over(&stored, place.writer.time_at(place.moment)));
    place.observe(Observation::PhotosStored { photos: vec![stored.clone()] });
    photo_folder.erase(&[(hash, PhotoMedia::Jpeg)]).expect("erased");
    assert_eq!(salts(&place), 0, "without its salt the hash says nothing of the picture");
    let left = photos::stored(&place.connection(), (PhotoId(0), Timestamp(i64::MAX)), 10);
    assert!(left.expect("read").is_empty());
    let known = photos::one(&place.connection(), stored.photo).expect("read").expect("it is still known");
    assert_eq!(known.gone, Some(PhotoGone::Over));
    let site = place.options.site.clone();
    let found = vestibule_site::store::check::check(&place.connection(), &site, &mut |_| {}).expect("read");
    assert!(found.is_well(), "{:?} {:?}", found.chain, found.problems);
}

/// Whoever brought it stands on the page of the parcel, and so does what it was found by: a hold on the parcel keeps both.
#[test]
fn what_the_page_of_a_parcel_shows_is_what_its_hold_keeps() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    let (visit, parcel) = place.deposited();
    let subject = PhotoSubject { visit: Some(visit), ..PhotoSubject::default() };
    let reason = PhotoReason::CourierLogIn;
    let asked = Box::new(PhotoAsked { camera: CameraId(1), reason, subject });
    let (hash, media) = (PhotoHash([3; 32]), PhotoMedia::Jpeg);
    place.observe(Observation::PhotoTaken { asked, hash, media, taken_ms: None, clock_offset_ms: None });
    let shown = photos::of_parcel(&place.connection(), parcel, 9).expect("read");
    assert_eq!(shown.len(), 1, "its page shows who brought it");
    assert!(stored(&place).held_by().any(|what| what == Held::Parcel(parcel)));
    let until = place.writer.now() + Span::days(90);
    place.ask(Command::HoldEvidence { what: Held::Parcel(parcel), reason: HoldReason::Claim, until });
    place.wait(Span::days(31));
    let is_kept = |place: &mut Place| {
        let seen = stored(place);
        place.observe(Observation::PhotosStored { photos: vec![seen] });
        photos::one(&place.connection(), PhotoId(1)).expect("read").expect("known").gone.is_none()
    };
    assert!(is_kept(&mut place), "its usual time is over, and it is held");
    place.ask(Command::ReleaseEvidence { what: Held::Parcel(parcel) });
    assert!(!is_kept(&mut place), "nothing holds it any more");
}

#[test]
fn the_name_of_a_photo_holds_no_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    place.ask(Command::InstallCamera { at: CameraPlace::Bank(BankId(1)), in_view: InView::People });
    let photo_folder = PhotoFolder::open(&place.options.folder, None).expect("a folder");
    let code = place.courier_code();
    let visit = place.log_in(&code);
    let (_, intent) = place.deposit(visit);
    place.opens(&intent);
    keep(&mut place, &photo_folder, || {});
    place.shuts(vestibule_devices::PulseIntent::point(&intent));
    let (_, finished) =
        place.request(vestibule_site::handle::Request::new(Actor::Visit(visit), Command::Finish { visit }));
    assert!(finished.is_empty());
    let (pin, qr) = place.mailed_codes();
    let entries =
        std::fs::read_dir(place.options.folder.join(vestibule_site::evidence::PHOTOS)).expect("read");
    let names: Vec<String> =
        entries.map(|entry| entry.expect("read").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(names.len(), 1);
    for secret in [code.digits, pin, qr] {
        assert!(!names[0].to_uppercase().contains(&secret.to_uppercase()), "{}", names[0]);
    }
    assert!(names[0].strip_suffix(".jpg").is_some_and(|hash| hash.parse::<PhotoHash>().is_ok()));
}
