//! The page of a door's label on a phone: who reads the label asks and no more, and nobody else finds it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::door_pages::{AtDoor, goes_to};
use crate::live::{Call, Said};
use axum::http::StatusCode;
use std::collections::BTreeSet;
use tempfile::TempDir;
use vestibule_core::access::point::{PointKind, PointSpec};
use vestibule_core::access::policy::{DoorPolicy, NoCode};
use vestibule_core::evidence::{CameraPlace, InView};
use vestibule_core::vocabulary::command::Bell;
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::*;
use vestibule_simulators::cameras::Scene;
use vestibule_site::evidence::{PhotoFolder, photos};
use vestibule_site::web::WebSettings;
use vestibule_site::web::kiosk::door::ringing::address;

const DOOR: AccessPointId = AccessPointId(1);

/// A door with a label, where photos are kept and no camera looks.
struct Labelled {
    at: AtDoor,
    _home: TempDir,
}

impl Labelled {
    async fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let photos = Some(PhotoFolder::open(home.path(), None).unwrap());
        let public_url = Some("https://site.example.com/".to_owned());
        let at = AtDoor::with(WebSettings { photos, public_url, ..WebSettings::default() }).await;
        Self { at, _home: home }
    }

    async fn page_of(&self, point: AccessPointId) -> String {
        let keys = std::sync::Arc::clone(&self.at.site.app.keys);
        let own = self.at.site.handle.read(move |site, _| address::of_door(&keys, site, point)).await;
        format!("/at/{}", own.unwrap().expect("a door has an address"))
    }

    async fn looks(&self, path: &str) -> Said {
        Call::get(path).to(&self.at.site).await
    }

    /// Rings as a phone does, from one address.
    async fn rings(&self, page: &str, whom: &str, picture: Option<&[u8]>) -> Said {
        self.rings_from("10.1.1.1", page, (whom, picture)).await
    }

    async fn rings_from(&self, address: &str, page: &str, (whom, picture): (&str, Option<&[u8]>)) -> Said {
        let mut body = format!(
            "--part\r\ncontent-disposition: form-data; name=\"{}\"\r\n\r\n{whom}\r\n",
            if whom == "the desk" { "desk" } else { "whom" }
        )
        .into_bytes();
        if let Some(picture) = picture {
            let head = "--part\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"me.jpg\"\r\n\
                        content-type: image/jpeg\r\n\r\n";
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(picture);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--part--\r\n");
        let call = Call::new("POST", page).from(address).header("sec-fetch-site", "same-origin");
        call.bytes("multipart/form-data; boundary=part", &body).to(&self.at.site).await
    }

    async fn policy(&self, no_code: NoCode) {
        let policy = DoorPolicy { no_code, ..DoorPolicy::default() };
        self.at.site.ask(Command::SetDoorPolicy { policy }).await;
    }
}

fn face() -> Vec<u8> {
    Scene::grid("FACE", 2, 1).jpeg(0, 1280, 720)
}

#[tokio::test]
async fn who_reads_the_label_rings_with_a_picture_and_sees_the_answer() {
    let door = Labelled::new().await;
    let page = door.page_of(DOOR).await;
    let shown = door.looks(&page).await;
    assert!(shown.text.contains("Front door") && shown.text.contains("data-phone-picture"), "{}", shown.text);
    let rung = door.rings(&page, "3b", Some(&face())).await;
    let waits = goes_to(&rung);
    assert!(waits.starts_with(&format!("{page}/rings/1-")), "{waits}");
    assert!(door.looks(&waits).await.text.contains("They are asked"));
    let ring = door.at.site.handle.read(|site, _| site.access.rings[&RingId(1)].rung).await.unwrap();
    assert_eq!((ring.point, ring.bell), (DOOR, Bell::Phone));
    let kept = door.at.site.handle.query(|tables| photos::of_ring(tables, RingId(1))).await.unwrap();
    assert_eq!(kept.expect("the picture is kept").in_view, InView::People);
    let needs = door.at.staff("/staff").await;
    assert!(
        needs.text.contains("Look who it is") && !needs.text.contains("/staff/rings/1/let-in"),
        "{}",
        needs.text
    );
    let staff = door.at.staff("/staff/doors/1").await;
    assert!(staff.text.contains("they may be anywhere"), "staff hear that it was a phone: {}", staff.text);
    let _device = door.at.device();
    goes_to(&door.at.staff_posts("/staff/rings/1/let-in", "x=1").await);
    assert!(door.looks(&waits).await.text.contains("Front door is being opened"));
    door.at.releases(1, ReleaseOutcome::Taken).await;
    assert!(door.looks(&waits).await.text.contains("Front door is open now"));
}

#[tokio::test]
async fn an_address_is_that_of_one_door_until_it_is_renewed() {
    let door = Labelled::new().await;
    let spec = PointSpec {
        label: "Garage".to_owned(),
        kind: PointKind::BuildingEntrance,
        contact: false,
        request_to_exit: false,
        reader: false,
        banks: BTreeSet::new(),
        shelves: BTreeSet::new(),
        areas: BTreeSet::new(),
    };
    door.at.site.ask(Command::InstallAccessPoint { spec }).await;
    let (front, garage) = (door.page_of(DOOR).await, door.page_of(AccessPointId(2)).await);
    assert_ne!(front, garage);
    let shown = door.looks(&garage).await;
    assert!(shown.text.contains("Garage") && !shown.text.contains("Front door"), "{}", shown.text);
    let waits = goes_to(&door.rings(&garage, "3b", Some(&face())).await);
    let at = door.at.site.handle.read(|site, _| site.access.rings[&RingId(1)].rung.point).await.unwrap();
    assert_eq!(at, AccessPointId(2), "that door and no other");
    let ticket = waits.rsplit('/').next().unwrap();
    for path in ["/at/1".to_owned(), "/at/".to_owned() + &"A".repeat(22), format!("{front}x")] {
        assert_eq!(door.looks(&path).await.code, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(door.rings(&path, "3b", Some(&face())).await.code, StatusCode::NOT_FOUND, "{path}");
    }
    for path in
        [format!("{front}/rings/{ticket}"), format!("{garage}/rings/1"), format!("{garage}/rings/1-x")]
    {
        assert_eq!(door.looks(&path).await.code, StatusCode::NOT_FOUND, "whose ring it is: {path}");
        assert_eq!(door.looks(&format!("{path}/live")).await.code, StatusCode::NOT_FOUND, "{path}");
    }
    let label = door.at.staff("/staff/doors/2/label").await;
    assert!(label.text.contains("<svg") && label.text.contains("Garage"), "{}", label.text);
    let renewed = goes_to(&door.at.staff_posts("/staff/doors/2/label/renew", "x=1").await);
    assert!(renewed.starts_with("/staff/doors/2/label"), "{renewed}");
    assert_eq!(door.looks(&garage).await.code, StatusCode::NOT_FOUND, "the copied label rings no more");
    assert_eq!(door.looks(&waits).await.code, StatusCode::NOT_FOUND);
    assert_eq!(door.looks(&door.page_of(AccessPointId(2)).await).await.code, StatusCode::OK);
    assert_eq!(door.looks(&front).await.code, StatusCode::OK, "the other door keeps its own");
}

#[tokio::test]
async fn a_phone_asks_and_is_let_in_by_no_policy() {
    let door = Labelled::new().await;
    let page = door.page_of(DOOR).await;
    door.policy(NoCode::OneParcel { an_hour: 60 }).await;
    assert!(goes_to(&door.rings(&page, "3b", Some(&face())).await).contains("/rings/"));
    let entries = door.at.site.handle.read(|site, _| site.access.entries.len()).await.unwrap();
    assert_eq!(entries, 0, "no door was released");
    door.policy(NoCode::Off).await;
    let off = door.looks(&page).await;
    assert!(off.text.contains("call the help line") && !off.text.contains("name=\"whom\""), "{}", off.text);
    let refused = door.rings(&page, "3b", Some(&face())).await;
    assert!(
        refused.code == StatusCode::CONFLICT && refused.text.contains("Nobody can be rung"),
        "{}",
        refused.text
    );
}

#[tokio::test]
async fn nothing_of_a_household_is_said_and_guesses_are_few() {
    let door = Labelled::new().await;
    let page = door.page_of(DOOR).await;
    let words = "Check the apartment or the name.";
    for nobody in ["999", "'", "", "Al", "Alvare", "Nobody"] {
        let said = door.rings(&page, nobody, Some(&face())).await;
        assert!(said.text.contains(words) && !said.words().contains("3B"), "{nobody}: {}", said.text);
        assert!(!said.text.contains("Alvarez"), "{nobody}: {}", said.text);
    }
    for _ in 0..4 {
        door.rings(&page, "Nobody", Some(&face())).await;
    }
    let enough = door.rings(&page, "3b", Some(&face())).await;
    assert_eq!(enough.code, StatusCode::TOO_MANY_REQUESTS, "ten an hour from one address");
    assert!(enough.text.contains("This was tried very often"), "{}", enough.text);
    let other = door.rings_from("10.1.1.2", &page, ("3b", Some(&face()))).await;
    assert!(goes_to(&other).contains("/rings/"), "others ring on");
    assert!(
        goes_to(&door.at.presses("/door/1/whom", "whom=302").await).contains("/ring/"),
        "so does the screen"
    );
}

#[tokio::test]
async fn a_picture_is_needed_where_no_camera_looks_and_not_believed_where_one_does() {
    let door = Labelled::new().await;
    let page = door.page_of(DOOR).await;
    for nothing in [None, Some(&b"GIF89a"[..]), Some(&b""[..])] {
        let said = door.rings(&page, "3b", nothing).await;
        assert_eq!(said.code, StatusCode::UNPROCESSABLE_ENTITY, "{}", said.text);
        assert!(
            said.text.contains("A picture is needed") && said.text.contains("value=\"3b\""),
            "{}",
            said.text
        );
    }
    let large = door.rings(&page, "3b", Some(&vec![0; 13 << 20])).await;
    assert_eq!(large.code, StatusCode::PAYLOAD_TOO_LARGE);
    let (at, in_view) = (CameraPlace::Door(DOOR), InView::People);
    door.at.site.ask(Command::InstallCamera { at, in_view }).await;
    assert!(!door.looks(&page).await.text.contains("data-phone-picture"));
    goes_to(&door.rings(&page, "3b", Some(&face())).await);
    let kept = door.at.site.handle.query(|tables| photos::of_ring(tables, RingId(1))).await.unwrap();
    assert_eq!(kept, None, "the camera's picture counts, and it took none here");
}

#[tokio::test]
async fn the_desk_is_rung_from_a_phone_too() {
    let door = Labelled::new().await;
    let page = door.page_of(DOOR).await;
    goes_to(&door.rings(&page, "the desk", Some(&face())).await);
    let unit = door.at.site.handle.read(|site, _| site.access.rings[&RingId(1)].rung.unit).await.unwrap();
    assert_eq!(unit, None);
}

#[tokio::test]
async fn a_label_needs_an_address_that_phones_reach() {
    let at = AtDoor::with(WebSettings::default()).await;
    let label = at.staff("/staff/doors/1/label").await;
    assert!(
        label.text.contains("Phones need an address") && !label.text.contains("class=\"qr\""),
        "{}",
        label.text
    );
}

#[tokio::test]
async fn a_form_of_another_site_rings_nobody() {
    let door = Labelled::new().await;
    let page = door.page_of(DOOR).await;
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("origin", "null")]
    {
        let call = Call::new("POST", &page).header(name, value);
        let said = call.bytes("multipart/form-data; boundary=part", b"--part--\r\n").to(&door.at.site).await;
        assert_eq!(said.code, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    let rings = door.at.site.handle.read(|site, _| site.access.rings.len()).await.unwrap();
    assert_eq!(rings, 0);
}

#[tokio::test]
async fn whoever_was_let_in_without_a_code_leaves_what_they_brought_at_the_kiosk() {
    let at = AtDoor::with(WebSettings::default()).await;
    let deliver = async || {
        at.presses("/kiosk/go", "to=deliver").await;
        at.screen("/kiosk").await.text
    };
    let offer = "I was let in without a code";
    assert!(!deliver().await.contains(offer), "nobody was let in");
    at.presses("/kiosk/come-to-drop", "x=1").await;
    assert!(at.screen("/kiosk").await.text.contains("Only who was let in without a code"));
    let _device = at.device();
    goes_to(&at.staff_posts("/staff/doors/1/let-in", "reason=help_courier&words=").await);
    at.releases(1, ReleaseOutcome::Taken).await;
    for open in [true, false] {
        let seen = Observation::PassageSeen { point: DOOR, open: Some(open) };
        at.site.handle.observe(vec![seen]).await.unwrap();
    }
    assert!(deliver().await.contains(offer));
    at.presses("/kiosk/come-to-drop", "x=1").await;
    let asks = at.screen("/kiosk").await.text;
    assert!(asks.contains("/kiosk/drop") && asks.contains("/kiosk/finish"), "{asks}");
    assert!(!asks.contains("name=\"unit\""), "they address nothing: {asks}");
    at.presses("/kiosk/drop", "parcels=1").await;
    let door = at.site.handle.read(|site, _| site.openings.live.values().next().map(|o| o.compartment)).await;
    let door = door.unwrap().expect("a door opens");
    at.site.door(door.0, true).await;
    let open = at.screen("/kiosk").await.text;
    assert!(open.contains("/kiosk/not-left") && !open.contains("Scan the next"), "{open}");
    at.site.door(door.0, false).await;
    let left =
        at.site.handle.read(|site, _| site.custody.parcels.values().map(|p| p.custodian).collect::<Vec<_>>());
    assert_eq!(left.await.unwrap(), [vestibule_core::custody::Custodian::Compartment(door)]);
    let done = at.screen("/kiosk").await.text;
    assert!(
        done.contains("/kiosk/finish") && !done.contains("value=\"list\""),
        "nothing else is offered: {done}"
    );
    at.presses("/kiosk/finish", "x=1").await;
    assert!(!deliver().await.contains(offer), "they left what they brought");
    let entry = at.staff("/staff/entries/1").await.text;
    assert!(entry.contains("/staff/parcels/1"), "it is known what they left: {entry}");
}
