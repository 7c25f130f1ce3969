//! A courier puts a parcel on a shelf: with the screen's own picture where no camera looks, shown to the resident it waits for; and a
//! courier who came back too late is asked whether it is there.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::door_pages::{AtDoor, screen_picture};
use crate::live::{Call, Said};
use axum::http::StatusCode;
use tempfile::TempDir;
use vestibule_core::custody::Custodian;
use vestibule_core::evidence::{CameraPlace, InView, PhotoReason};
use vestibule_core::task::TaskKind;
use vestibule_core::*;
use vestibule_site::evidence::{PhotoFolder, photos};
use vestibule_site::web::WebSettings;

const NUMBER: &str = "1Z999AA10123456784";
const PARCEL: ParcelId = ParcelId(1);

/// A kiosk before a shelf and no doors.
struct Room {
    at: AtDoor,
    home: TempDir,
}

impl Room {
    async fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = PhotoFolder::open(home.path(), None).unwrap();
        Self::with(home, WebSettings { photos: Some(folder), ..WebSettings::default() }).await
    }

    async fn with(home: TempDir, web: WebSettings) -> Self {
        let at = AtDoor::with(web).await;
        at.site.ask(Command::InstallShelf { label: "F1".into() }).await;
        at.site.ask(Command::SetKioskBanks { kiosk: KioskId(1), banks: Vec::new() }).await;
        Self { at, home }
    }

    async fn logs_in(&self, code: &str) {
        self.at.presses("/kiosk/log-in", &format!("code={code}")).await;
    }

    /// The parcel of 3B is on its way to F1.
    async fn is_sent(&self) -> String {
        self.at.presses("/kiosk/scan", &format!("scan={NUMBER}")).await;
        self.at.presses("/kiosk/apartment", "unit=3B").await;
        self.at.presses("/kiosk/choose", "recipient=u1").await;
        self.at.presses("/kiosk/size", "size=M").await;
        let screen = self.screen().await;
        assert!(screen.contains("Put it on shelf F1"), "{screen}");
        screen
    }

    async fn is_put_down(&self, picture: &str) {
        self.at.presses("/kiosk/placed", &format!("parcel={PARCEL}&picture={picture}")).await;
        assert_eq!(self.custodian().await, Custodian::Shelf(ShelfId(1)));
    }

    async fn screen(&self) -> String {
        self.at.screen("/kiosk").await.text
    }

    async fn get(&self, path: &str) -> Said {
        self.at.screen(path).await
    }

    async fn custodian(&self) -> Custodian {
        self.at.site.handle.read(|site, _| site.custody.get(PARCEL).unwrap().custodian).await.unwrap()
    }

    async fn is_asked_for(&self) -> bool {
        let accept = TaskKind::Accept { parcel: PARCEL };
        self.at.site.handle.read(move |site, _| site.tasks.find(&accept).is_some()).await.unwrap()
    }

    async fn photos(&self) -> Vec<photos::Photo> {
        self.at.site.handle.query(|tables| photos::of_parcel(tables, PARCEL, 20)).await.unwrap()
    }

    async fn events(&self, kind: &'static str) -> u32 {
        let sql = "SELECT count(*) FROM event WHERE kind = ?1";
        self.at.site.handle.query(move |c| c.query_row(sql, [kind], |row| row.get(0))).await.unwrap()
    }
}

fn picture() -> String {
    screen_picture("PUT DOWN")
}

#[tokio::test]
async fn the_press_carries_the_screens_own_picture_of_what_is_put_down() {
    let room = Room::new().await;
    room.logs_in(&room.at.courier_digits().await).await;
    let screen = room.is_sent().await;
    assert!(screen.contains("carried.js") && screen.contains("name=\"picture\""), "{screen}");
    assert!(screen.contains("This screen takes a photo of what you put down."), "{screen}");
    room.is_put_down(&picture()).await;
    let kept = room.photos().await;
    let [photo] = kept.as_slice() else { panic!("one: {kept:?}") };
    assert_eq!((photo.asked.reason, photo.asked.camera), (PhotoReason::Deposit, CameraId::OF_THE_SCREEN));
    assert_eq!(
        (photo.asked.subject.parcels.as_slice(), photo.in_view),
        ([PARCEL].as_slice(), InView::People)
    );
    assert_eq!(room.events("photo-missing").await, 0);
}

#[tokio::test]
async fn without_a_picture_the_photo_is_missing_and_the_parcel_lies_there_all_the_same() {
    let room = Room::new().await;
    room.logs_in(&room.at.courier_digits().await).await;
    room.is_sent().await;
    room.is_put_down("not+base64!").await;
    assert_eq!((room.photos().await.len(), room.events("photo-missing").await), (0, 1));
    room.at.presses("/kiosk/finish", "x=1").await;
    room.at.resident_shows_a_code().await;
    let screen = room.screen().await;
    assert!(screen.contains("helf F1") && !screen.contains("/photos/"), "a plain picture: {screen}");
}

#[tokio::test]
async fn where_a_camera_looks_no_page_brings_another_picture() {
    let room = Room::new().await;
    let (at, in_view) = (CameraPlace::Kiosk(KioskId(1)), InView::People);
    room.at.site.ask(Command::InstallCamera { at, in_view }).await;
    room.logs_in(&room.at.courier_digits().await).await;
    let screen = room.is_sent().await;
    assert!(!screen.contains("carried.js") && !screen.contains("name=\"picture\""), "{screen}");
    assert!(!screen.contains("takes a photo"), "{screen}");
    room.is_put_down(&picture()).await;
    assert!(room.photos().await.is_empty(), "the camera took none here, and the page's is not believed");
}

/// Where the photo of the parcel is on the resident's screen.
fn shown_at(screen: &str) -> String {
    let src = screen.split("src=\"").find(|rest| rest.starts_with("/kiosk/visits/"));
    src.unwrap_or_else(|| panic!("no photo: {screen}")).split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_resident_sees_their_parcel_as_it_came_and_nobody_else_does() {
    let room = Room::new().await;
    room.logs_in(&room.at.courier_digits().await).await;
    room.is_sent().await;
    room.is_put_down(&picture()).await;
    room.at.presses("/kiosk/finish", "x=1").await;
    let photo = room.photos().await[0].photo;
    let nobody = room.get(&format!("/kiosk/visits/2/photos/{photo}")).await;
    assert_eq!(nobody.code, StatusCode::NOT_FOUND, "nobody stands here: {}", nobody.text);

    room.at.resident_shows_a_code().await;
    let screen = room.screen().await;
    assert!(screen.contains("Every look is recorded."), "{screen}");
    let address = shown_at(&screen);
    assert_eq!(room.events("photo-viewed").await, 0, "the page alone shows nothing");
    let stranger = Call::get(&address).to(&room.at.site).await;
    assert_eq!(stranger.code, StatusCode::UNAUTHORIZED, "{}", stranger.text);
    let seen = room.get(&address).await;
    assert_eq!((seen.code, &seen.headers["content-type"]), (StatusCode::OK, &"image/jpeg".parse().unwrap()));
    assert_eq!(seen.headers["cache-control"], "no-store");
    let by = "SELECT CAST(payload AS TEXT) FROM event WHERE kind = 'photo-viewed'";
    let by = room.at.site.handle.query(move |c| c.query_row(by, [], |row| row.get::<_, String>(0)));
    assert!(by.await.unwrap().contains("\"visit\":2"), "in whose visit");
    room.get(&address).await;
    assert_eq!(room.events("photo-viewed").await, 1, "a screen that is drawn again is no other look");
    let anothers = address.replace("/visits/2/", "/visits/1/");
    assert_eq!(room.get(&anothers).await.code, StatusCode::NOT_FOUND, "of another visit");

    room.at.presses("/kiosk/finish", "x=1").await;
    assert_eq!(room.get(&address).await.code, StatusCode::NOT_FOUND, "their visit is over");
    room.at.resident_shows_a_code().await;
    let again = shown_at(&room.screen().await);
    room.at.presses("/kiosk/have-it", &format!("parcel={PARCEL}")).await;
    assert_eq!(room.get(&again).await.code, StatusCode::NOT_FOUND, "it lies there no more");
    assert_eq!(room.events("photo-viewed").await, 1);
}

#[tokio::test]
async fn a_photo_of_anothers_parcel_is_not_shown() {
    let room = Room::new().await;
    room.logs_in(&room.at.courier_digits().await).await;
    room.is_sent().await;
    room.is_put_down(&picture()).await;
    // A pile that may be anybody's.
    room.at.presses("/kiosk/go", "to=drop").await;
    room.at.presses("/kiosk/drop", &format!("parcels=2&picture={}", picture())).await;
    room.at.presses("/kiosk/placed", "parcel=2").await;
    room.at.presses("/kiosk/finish", "x=1").await;
    room.at.resident_shows_a_code().await;
    let address = shown_at(&room.screen().await);
    let own = room.photos().await[0].photo;
    assert!(address.ends_with(&format!("/photos/{own}")), "{address}");
    let pile = room.at.site.handle.query(|tables| photos::of_parcel(tables, ParcelId(2), 20)).await.unwrap();
    let pile = pile.iter().find(|photo| photo.asked.reason == PhotoReason::QuickDrop).unwrap();
    assert_eq!(pile.asked.subject.parcels, [ParcelId(2), ParcelId(3)]);
    assert_eq!(pile.asked.camera, CameraId::OF_THE_SCREEN);
    let anothers = address.replace(&format!("/photos/{own}"), &format!("/photos/{}", pile.photo));
    assert_eq!(room.get(&anothers).await.code, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_pile_is_promised_the_photo_that_is_taken_of_it() {
    let asks = async |room: &Room| {
        room.logs_in(&room.at.courier_digits().await).await;
        room.at.presses("/kiosk/go", "to=drop").await;
        room.screen().await
    };
    let room = Room::new().await;
    let screen = asks(&room).await;
    assert!(screen.contains("This screen takes a photo of them."), "{screen}");
    assert!(screen.contains("name=\"picture\"") && screen.contains("carried.js"), "{screen}");
    assert!(
        screen.contains("data-no-camera=\"No camera looks here.\""),
        "for a screen without one: {screen}"
    );

    let Room { home, .. } = room;
    let blind = Room::with(home, WebSettings::default()).await;
    let screen = asks(&blind).await;
    assert!(screen.contains("No camera looks here.") && !screen.contains("takes a photo"), "{screen}");
    assert!(!screen.contains("name=\"picture\""), "{screen}");

    let seen = Room::new().await;
    let (at, in_view) = (CameraPlace::Kiosk(KioskId(1)), InView::People);
    seen.at.site.ask(Command::InstallCamera { at, in_view }).await;
    let screen = asks(&seen).await;
    assert!(screen.contains("A photo is taken.") && !screen.contains("name=\"picture\""), "{screen}");
    seen.at.presses("/kiosk/drop", &format!("parcels=1&picture={}", picture())).await;
    assert!(seen.photos().await.is_empty(), "the camera took none here, and the page's is not believed");
}

#[tokio::test]
async fn a_courier_who_comes_back_too_late_says_that_it_is_there() {
    let room = Room::new().await;
    let code = room.at.courier_digits().await;
    room.logs_in(&code).await;
    room.is_sent().await;
    // What the screen does by itself when nobody answers.
    room.at.presses("/kiosk/leave", "x=1").await;
    assert!(room.is_asked_for().await, "staff are asked for it");
    room.logs_in(&code).await;
    let screen = room.screen().await;
    assert!(screen.contains("Did you put it on shelf F1?"), "{screen}");
    room.is_put_down(&picture()).await;
    assert!(!room.is_asked_for().await);
    assert!(!room.screen().await.contains("Did you put it"));
    assert_eq!(room.photos().await.len(), 1);
}

#[tokio::test]
async fn a_label_that_is_scanned_again_leads_to_the_question() {
    let room = Room::new().await;
    let code = room.at.courier_digits().await;
    room.logs_in(&code).await;
    room.is_sent().await;
    room.at.presses("/kiosk/leave", "x=1").await;
    room.logs_in(&code).await;
    room.at.presses("/kiosk/go", "to=address").await;
    assert!(!room.screen().await.contains("Did you put it"), "the next parcel may come first");
    room.at.presses("/kiosk/scan", &format!("scan={NUMBER}")).await;
    let screen = room.screen().await;
    assert!(screen.contains("Did you put it on shelf F1?") && !screen.contains("already here"), "{screen}");
    room.at.presses("/kiosk/in-hand", &format!("parcel={PARCEL}")).await;
    let screen = room.screen().await;
    assert!(screen.contains("Put it on shelf F1"), "{screen}");
    assert!(!room.is_asked_for().await, "it is in their hands");
    room.is_put_down("").await;
}

#[tokio::test]
async fn another_courier_is_not_asked_and_is_not_told_that_it_lies_there() {
    let room = Room::new().await;
    room.logs_in(&room.at.courier_digits().await).await;
    room.is_sent().await;
    room.at.presses("/kiosk/leave", "x=1").await;
    room.logs_in(&room.at.courier_digits().await).await;
    assert!(!room.screen().await.contains("Did you put it"));
    room.at.presses("/kiosk/scan", &format!("scan={NUMBER}")).await;
    let screen = room.screen().await;
    assert!(screen.contains("This one came today already") && !screen.contains("shelf F1"), "{screen}");
    room.at.presses("/kiosk/placed", &format!("parcel={PARCEL}")).await;
    assert_eq!(room.custodian().await, Custodian::Courier(VisitId(1)));
}
