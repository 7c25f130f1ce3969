//! A parcel is carried away from a shelf: by a scan of its label or a tap at the kiosk, with the screen's own picture where no camera
//! looks; in the parcel's history, and shown to its household.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::door_pages::{AtDoor, screen_picture};
use crate::live::Call;
use serde_json::json;
use std::time::Duration;
use tempfile::TempDir;
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::evidence::{CameraPlace, InView, PhotoReason};
use vestibule_core::*;
use vestibule_site::evidence::{PhotoFolder, photos};
use vestibule_site::handle::Request;
use vestibule_site::web::WebSettings;

const PATIENCE: Duration = Duration::from_secs(60);
const NUMBER: &str = "1Z999AA10123456784";
const ANOTHERS: &str = "9205590164917312345677";

/// A kiosk before shelves, with a parcel of 3B on one of them.
struct Room {
    at: AtDoor,
    parcel: u64,
    _home: TempDir,
}

impl Room {
    async fn new() -> Self {
        let room = Self::with_nobody_there().await;
        room.at.resident_shows_a_code().await;
        room
    }

    async fn with_nobody_there() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = PhotoFolder::open(home.path(), None).unwrap();
        let at = AtDoor::with(WebSettings { photos: Some(folder), ..WebSettings::default() }).await;
        at.site.ask(Command::InstallShelf { label: "A1".into() }).await;
        let body = json!({ "unit": 1, "size": "m", "tracking": NUMBER });
        let taken_in = Call::new("POST", "/api/v1/parcels").bearer(&at.owner).json(body);
        let parcel = taken_in.to(&at.site).await.json()["parcel"].as_u64().unwrap();
        let shelve = Command::Shelve { parcel: ParcelId(parcel), shelf: ShelfId(1) };
        let shelved = at.site.handle.ask(Request::new(Actor::Staff(StaffId(1)), shelve)).await.unwrap();
        assert!(shelved.answer.is_ok(), "{:?}", shelved.answer);
        Self { at, parcel, _home: home }
    }

    async fn courier_logs_in(&self) {
        let code = self.at.courier_digits().await;
        self.at.presses("/kiosk/log-in", &format!("code={code}")).await;
    }

    async fn screen(&self) -> String {
        self.at.screen("/kiosk").await.text
    }

    async fn custodian(&self) -> Custodian {
        let parcel = ParcelId(self.parcel);
        self.at.site.handle.read(move |site, _| site.custody.get(parcel).unwrap().custodian).await.unwrap()
    }

    async fn known_by(&self) -> Assurance {
        let sql = "SELECT json_extract(CAST(payload AS TEXT), '$.assurance') FROM event
            WHERE kind = 'custody-transferred' ORDER BY seq DESC LIMIT 1";
        let word = self.at.site.handle.query(move |c| c.query_row(sql, [], |row| row.get::<_, String>(0)));
        serde_json::from_value(json!(word.await.unwrap())).unwrap()
    }

    async fn photos(&self) -> Vec<photos::Photo> {
        let parcel = ParcelId(self.parcel);
        self.at.site.handle.query(move |tables| photos::of_parcel(tables, parcel, 20)).await.unwrap()
    }

    /// Photos kept and photos missing, once there is one of either.
    async fn came_of_the_picture(&self) -> (usize, u32) {
        let mut changes = self.at.site.handle.changes();
        let comes = async {
            loop {
                changes.borrow_and_update();
                let came = (self.photos().await.len(), self.missing().await);
                if came != (0, 0) {
                    return came;
                }
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(PATIENCE, comes).await.expect("neither is a photo there nor is it missing")
    }

    async fn missing(&self) -> u32 {
        let sql = "SELECT count(*) FROM event WHERE kind = 'photo-missing'";
        self.at.site.handle.query(move |c| c.query_row(sql, [], |row| row.get(0))).await.unwrap()
    }
}

fn picture() -> String {
    screen_picture("CARRIED")
}

#[tokio::test]
async fn a_scan_checks_out_and_the_screens_own_picture_is_kept_for_the_household() {
    let room = Room::new().await;
    let screen = room.screen().await;
    assert!(screen.contains("carried.js") && screen.contains("name=\"picture\""), "{screen}");
    assert!(screen.contains("Scan the label of each parcel you take"), "{screen}");
    room.at.presses("/kiosk/scan", &format!("scan={NUMBER}&picture={}", picture())).await;
    assert_eq!(room.custodian().await, Custodian::Recipient(PersonId(1)));
    assert_eq!(room.known_by().await, Assurance::RecipientScan);
    let kept = room.photos().await;
    let carried = kept.iter().find(|photo| photo.asked.reason == PhotoReason::CheckOut).unwrap();
    assert_eq!((carried.asked.camera, carried.in_view), (CameraId::OF_THE_SCREEN, InView::People));
    assert_eq!(carried.household, Some(TenancyId(1)), "it is theirs to look at");
    assert_eq!(room.missing().await, 0);
    let owner = format!("session={}; language=en", room.at.owner);
    let history = Call::get(&format!("/staff/parcels/{}", room.parcel)).header("cookie", &owner);
    let history = history.to(&room.at.site).await;
    assert!(history.text.contains("saw it carried away from its shelf"), "{}", history.text);
    assert!(history.text.contains("The recipient scanned its label."), "{}", history.text);
}

/// A screen that loses its line just then: the parcel is theirs, and its photo is there or said to be missing.
#[tokio::test]
async fn a_picture_is_not_lost_with_the_screen_that_sent_it() {
    let room = Room::new().await;
    let newest = "SELECT max(seq) FROM event";
    let known: u64 =
        room.at.site.handle.query(move |c| c.query_row(newest, [], |row| row.get(0))).await.unwrap();
    let mut changes = room.at.site.handle.changes();
    let fields = format!("scan={NUMBER}&picture={}", picture());
    tokio::select! {
        biased;
        committed = changes.wait_for(|newest| *newest > known) => drop(committed.unwrap()),
        answered = room.at.presses("/kiosk/scan", &fields) => drop(answered),
    }
    assert_eq!(room.custodian().await, Custodian::Recipient(PersonId(1)));
    assert_eq!(room.came_of_the_picture().await, (1, 0));
}

#[tokio::test]
async fn a_tap_is_their_word_and_without_a_picture_the_photo_is_missing() {
    let room = Room::new().await;
    let parcel = room.parcel;
    room.at.presses("/kiosk/have-it", &format!("parcel={parcel}&picture=not+base64!")).await;
    assert_eq!(room.custodian().await, Custodian::Recipient(PersonId(1)), "nothing waits for a photo");
    assert_eq!(room.known_by().await, Assurance::RecipientWord);
    assert_eq!((room.photos().await.len(), room.missing().await), (0, 1), "that it is missing is said");
}

#[tokio::test]
async fn what_is_not_on_its_shelf_is_looked_for_and_may_be_found_after_all() {
    let room = Room::new().await;
    let parcel = room.parcel;
    room.at.presses("/kiosk/not-there", &format!("parcel={parcel}")).await;
    assert_eq!(room.custodian().await, Custodian::Missing { last_known: None });
    let screen = room.screen().await;
    assert!(screen.contains("Staff will look for it") && screen.contains("I found it"), "{screen}");
    assert!(!screen.contains("That was everything") && !screen.contains("I have it"), "{screen}");
    room.at.presses("/kiosk/scan", &format!("scan={NUMBER}&picture={}", picture())).await;
    assert_eq!(room.custodian().await, Custodian::Recipient(PersonId(1)));
    assert_eq!(room.came_of_the_picture().await, (1, 0));
    let screen = room.screen().await;
    assert!(screen.contains("That was everything"), "{screen}");
}

#[tokio::test]
async fn staff_say_that_a_parcel_is_not_there() {
    let room = Room::with_nobody_there().await;
    let owner = format!("session={}; language=en", room.at.owner);
    let page = async || {
        let page = Call::get(&format!("/staff/parcels/{}", room.parcel)).header("cookie", &owner);
        page.to(&room.at.site).await.text
    };
    let before = page().await;
    assert!(before.contains(&format!("/staff/parcels/{}/not-there", room.parcel)), "{before}");
    let url = format!("/api/v1/parcels/{}/not-there", room.parcel);
    Call::new("POST", &url).bearer(&room.at.owner).to(&room.at.site).await;
    assert_eq!(room.custodian().await, Custodian::Missing { last_known: None });
    let after = page().await;
    assert!(after.contains("It turned up") && !after.contains("/not-there"), "{after}");
    assert!(!after.contains("these went in"), "its shelf is behind no door: {after}");
}

#[tokio::test]
async fn a_label_that_is_not_theirs_is_left_where_it_lies() {
    let room = Room::new().await;
    room.at.presses("/kiosk/scan", &format!("scan={ANOTHERS}")).await;
    let screen = room.screen().await;
    assert!(screen.contains("No parcel of yours with this label lies here."), "{screen}");
    assert_eq!(room.custodian().await, Custodian::Shelf(ShelfId(1)));
}

/// Whom a parcel is for is asked of the courier with a key for the camera, until a label was read.
#[tokio::test]
async fn a_label_that_a_resident_scans_is_not_the_next_parcel_of_the_courier_who_waits_behind_them() {
    let room = Room::with_nobody_there().await;
    let asks_the_courier = async || {
        room.at.presses("/kiosk/go", "to=address").await;
        room.screen().await
    };
    room.courier_logs_in().await;
    let before = asks_the_courier().await;
    assert!(before.contains("data-camera-key"), "{before}");
    room.at.resident_shows_a_code().await;
    for scan in [ANOTHERS, "302"] {
        room.at.presses("/kiosk/scan", &format!("scan={scan}")).await;
        let screen = room.screen().await;
        assert!(
            screen.contains("Scan the label of each parcel you take"),
            "the resident is in front: {screen}"
        );
        let said = screen.contains("No parcel of yours with this label lies here.");
        assert_eq!(said, scan == ANOTHERS, "{scan}: {screen}");
    }
    room.at.presses("/kiosk/finish", "x=1").await;
    let after = asks_the_courier().await;
    assert!(after.contains("data-camera-key") && !after.contains("Scan the label of each"), "{after}");
}

#[tokio::test]
async fn where_a_camera_looks_no_page_brings_another_picture() {
    let room = Room::new().await;
    let (at, in_view) = (CameraPlace::Kiosk(KioskId(1)), InView::People);
    room.at.site.ask(Command::InstallCamera { at, in_view }).await;
    let screen = room.screen().await;
    assert!(!screen.contains("carried.js") && !screen.contains("name=\"picture\""), "{screen}");
    room.at.presses("/kiosk/scan", &format!("scan={NUMBER}&picture={}", picture())).await;
    assert_eq!(room.custodian().await, Custodian::Recipient(PersonId(1)));
    assert!(room.photos().await.is_empty(), "the camera took none here, and the page's is not believed");
}
