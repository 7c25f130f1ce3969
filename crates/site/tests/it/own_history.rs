//! The page behind a person's link once their code has ended: what happened to their parcels, and nothing that opens anything.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::live::{Call, LiveSite, Said};
use axum::http::StatusCode;
use jpeg_encoder::{ColorType, Encoder};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use vestibule_core::directory::{KeypadNumber, Leavers};
use vestibule_core::evidence::{CameraPlace, InView, PhotoAsked, PhotoMedia, PhotoReason, PhotoSubject};
use vestibule_core::vocabulary::command::{DirectoryChange, StaffReason};
use vestibule_core::*;
use vestibule_site::evidence::{PhotoFolder, retention};
use vestibule_site::handle::Request;
use vestibule_site::keys::{Keys, seal_with};
use vestibule_site::rows::{PersonRow, Row};
use vestibule_site::web::WebSettings;

const ROSA: &str = "VLM7TESTTESTTESTTESTTESTTEST111";
const BEN: &str = "VLM7TESTTESTTESTTESTTESTTEST222";
const PAUL: &str = "VLM7TESTTESTTESTTESTTESTTEST333";

/// A lobby: Rosa and Paul in 3B, Ben in 4C, a courier at the kiosk.
struct Lobby {
    site: LiveSite,
    owner: String,
    kiosk: String,
}

impl Lobby {
    async fn new() -> Self {
        Self::with(WebSettings::default()).await
    }

    async fn with(web: WebSettings) -> Self {
        let site = LiveSite::founded_with(web).await;
        let (owner, _) = site.staff("owner").await;
        let keypad = KeypadNumber::new("403").unwrap();
        let (unit, tenancy) = (UnitId(2), TenancyId(2));
        let changes = vec![
            DirectoryChange::AddUnit { unit, keypad },
            DirectoryChange::BeginTenancy { tenancy, unit, leavers: Leavers::Keep },
            DirectoryChange::Join { person: PersonId(2), tenancy },
            DirectoryChange::Join { person: PersonId(3), tenancy: TenancyId(1) },
        ];
        site.ask(Command::ChangeDirectory { changes }).await;
        let (building, label, folded) = (String::new(), "4C".to_owned(), "4c".to_owned());
        let person = |person, unit, first: &str, last: &str| {
            Row::Person(Box::new(PersonRow {
                person: PersonId(person),
                tenancy: TenancyId(unit),
                unit: UnitId(unit),
                first_name: first.into(),
                last_name: last.into(),
                folded: first.to_lowercase(),
                email: None,
                phone: None,
                language: "en".into(),
                external_id: None,
                reach: false,
                hidden: false,
            }))
        };
        let home = Row::Unit { unit, building, label, folded, keypad: "403".into() };
        let rows = vec![home, person(2, 2, "Ben", "Ode"), person(3, 1, "Paul", "Alvarez")];
        site.handle.write(rows).await.unwrap();
        let kiosk = site.kiosk().await;
        site.handle
            .write(vec![Row::KioskName { kiosk: KioskId(1), name: "Lobby screen".into(), px_per_mm: 3 }])
            .await
            .unwrap();
        Self { site, owner, kiosk }
    }

    async fn at_kiosk(&self, path: &str, body: Value) -> Value {
        let said = Call::new("POST", &format!("/api/v1/{path}")).bearer(&self.kiosk).json(body);
        let said = said.to(&self.site).await;
        assert!(said.code.is_success(), "{path}: {}", said.text);
        said.json()
    }

    /// UPS puts a parcel for this unit behind a door; which.
    async fn brings(&self, unit: u32) -> (u64, u32) {
        let always = json!([{ "days": 127, "from": 0, "to": 1440 }]);
        let expires = self.site.handle.now().0 + 86_400_000;
        let code = Call::new("POST", "/api/v1/courier-codes")
            .bearer(&self.owner)
            .json(json!({ "carrier": 1, "windows": always, "expires": expires }));
        let code = code.to(&self.site).await.json()["digits"].clone();
        let visit = self.at_kiosk("kiosk/log-in", json!({ "code": code })).await["visit"].clone();
        let put =
            self.at_kiosk(&format!("visits/{visit}/deposit"), json!({ "unit": unit, "size": "m" })).await;
        let door =
            u32::try_from(put["place"]["compartment"].as_u64().unwrap_or_else(|| panic!("{put}"))).unwrap();
        self.moves(door).await;
        self.at_kiosk(&format!("visits/{visit}/finish"), json!({})).await;
        (put["parcel"].as_u64().unwrap(), door)
    }

    async fn moves(&self, door: u32) {
        self.site.door(door, true).await;
        self.site.door(door, false).await;
    }

    /// A code of this person, and the page that reveals it.
    async fn link(&self, person: u32, token: &str) -> Value {
        let (owner, _) = self.site.staff("owner").await;
        let reveal = Call::new("POST", &format!("/api/v1/people/{person}/reveal")).bearer(&owner);
        let code = reveal.to(&self.site).await.json();
        let row = Row::LinkPage {
            token: Sha256::digest(token.as_bytes()).into(),
            notice: u64::from(person),
            person: PersonId(person),
            credential: Some(CredentialId(code["id"].as_u64().unwrap_or_else(|| panic!("{code}")))),
            sealed: seal_with(&Keys::derive("link", token), br#"{"pin":"482913905","qr":"VPM7ABC"}"#),
            created_at: self.site.handle.now(),
            expires_at: self.site.handle.now() + Span::days(7),
        };
        self.site.handle.write(vec![row]).await.unwrap();
        code["token"].clone()
    }

    /// Somebody takes out what waits for them.
    async fn collects(&self, token: &Value, door: u32) {
        let visit = self.at_kiosk("kiosk/pick-up", json!({ "code": token })).await["visit"].clone();
        self.moves(door).await;
        self.at_kiosk(&format!("visits/{visit}/finish"), json!({})).await;
    }

    /// Time passes, and the clock is looked at: the first look may join a round that looked before, the second cannot.
    async fn waits(&self, span: Span) {
        self.site.forward(span);
        for _ in 0..2 {
            self.site.door(1, false).await;
            self.site.handle.read(|_, _| ()).await.unwrap();
        }
    }

    /// Staff take a parcel in for this unit.
    async fn staff_take_in(&self, unit: u32) {
        let body = json!({ "unit": unit, "size": "m" });
        let said = Call::new("POST", "/api/v1/parcels").bearer(&self.owner).json(body).to(&self.site).await;
        assert!(said.code.is_success(), "{}", said.text);
    }

    async fn look(&self, token: &str) -> Said {
        Call::get(&format!("/l/{token}")).header("cookie", "language=en").to(&self.site).await
    }

    async fn press(&self, token: &str) -> String {
        let call = Call::new("POST", &format!("/l/{token}")).form("").header("cookie", "language=en");
        call.to(&self.site).await.text
    }

    async fn sealed(&self) -> u32 {
        let sql = "SELECT count(*) FROM link_page WHERE sealed IS NOT NULL";
        self.site.handle.query(move |c| c.query_row(sql, [], |row| row.get(0))).await.unwrap()
    }
}

#[tokio::test]
async fn a_link_outlives_its_code_and_tells_what_happened() {
    let lobby = Lobby::new().await;
    let (_, door) = lobby.brings(1).await;
    let token = lobby.link(1, ROSA).await;
    lobby.waits(Span::minutes(5)).await;
    let reason = StaffReason::Inspect;
    let open = Command::StaffOpen { compartment: CompartmentId(door), reason };
    let opened = lobby.site.handle.ask(Request::new(Actor::Staff(StaffId(1)), open)).await.unwrap();
    assert!(opened.answer.is_ok(), "{:?}", opened.answer);
    lobby.moves(door).await;
    lobby.collects(&token, door).await;
    assert_eq!(lobby.sealed().await, 1, "for a second look at the kiosk");
    lobby.waits(Span::minutes(11)).await;
    assert_eq!(lobby.sealed().await, 0, "nothing is revealed any more");

    let look = lobby.look(ROSA).await;
    assert_eq!(look.code, StatusCode::OK);
    for wanted in ["Nothing waits any more", "Show what happened", &format!("/l/{ROSA}/missing")] {
        assert!(look.text.contains(wanted), "{wanted}: {}", look.text);
    }
    assert!(!look.text.contains("was opened"), "a preview tells nothing: {}", look.text);
    let told = lobby.press(ROSA).await;
    for wanted in [
        "Parcel from UPS",
        &format!("Put into locker {door}"),
        "By the courier.",
        &format!("Locker {door} was opened by staff"),
        "To see what is inside",
        &format!("Locker {door} was opened with your code"),
        "At Lobby screen.",
        "You took it",
        "Known by the door closing.",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    assert!(!told.contains("VPM7ABC") && !told.contains(">482<"), "{told}");
    let missing = Call::new("POST", &format!("/l/{ROSA}/missing")).form("tracking=1Z999AA10123456784");
    assert!(missing.header("cookie", "language=en").to(&lobby.site).await.text.contains("We look for it"));

    lobby.waits(Span::days(29)).await;
    assert!(lobby.press(ROSA).await.contains("You took it"));
    lobby.waits(Span::days(1)).await;
    assert_eq!(lobby.look(ROSA).await.code, StatusCode::GONE, "a month later it is over");
}

#[tokio::test]
async fn somebody_who_used_anothers_code_is_seen_and_another_household_sees_nothing() {
    let lobby = Lobby::new().await;
    let (_, door) = lobby.brings(1).await;
    let paul = lobby.link(3, PAUL).await;
    lobby.link(1, ROSA).await;
    lobby.staff_take_in(2).await;
    lobby.link(2, BEN).await;
    lobby.collects(&paul, door).await;
    lobby.waits(Span::minutes(11)).await;
    let rosa = lobby.press(ROSA).await;
    assert!(
        rosa.contains(&format!("Locker {door} was opened by Paul")) && rosa.contains("Paul took it"),
        "{rosa}"
    );
    assert!(!rosa.contains("Alvarez") && !rosa.contains("Taken in by staff"), "{rosa}");
    let ben = lobby.press(BEN).await;
    assert!(ben.contains("Taken in by staff"), "{ben}");
    for other in ["Paul", "Rosa", "took it", &format!("Put into locker {door}")] {
        assert!(!ben.contains(other), "{other}: {ben}");
    }
}

/// Whoever has an old link, by mail that went astray, learns nothing of what comes later.
#[tokio::test]
async fn a_link_whose_code_has_ended_tells_nothing_of_what_came_later() {
    let lobby = Lobby::new().await;
    let (_, door) = lobby.brings(1).await;
    let paul = lobby.link(3, PAUL).await;
    lobby.collects(&paul, door).await;
    lobby.waits(Span::minutes(11)).await;
    lobby.waits(Span::minutes(11)).await;
    lobby.staff_take_in(1).await;
    let told = lobby.press(PAUL).await;
    assert!(told.contains("You took it") && !told.contains("Taken in by staff"), "{told}");
}

/// An address that somebody gave up may be read by another one day.
#[tokio::test]
async fn a_link_sent_to_an_address_that_is_no_more_theirs_ends_with_its_code() {
    for moves_first in [true, false] {
        let lobby = Lobby::new().await;
        let (_, door) = lobby.brings(1).await;
        let paul = lobby.link(3, PAUL).await;
        let new_address = || async {
            let (first_name, last_name) = ("Paul".to_owned(), "Alvarez".to_owned());
            let row = PersonRow {
                person: PersonId(3),
                tenancy: TenancyId(1),
                unit: UnitId(1),
                first_name,
                last_name,
                folded: "paul".into(),
                email: Some("paul@new.example".into()),
                phone: None,
                language: "en".into(),
                external_id: None,
                reach: false,
                hidden: false,
            };
            lobby.site.handle.write(vec![Row::Person(Box::new(row))]).await.unwrap();
        };
        if moves_first {
            new_address().await;
            assert_eq!(lobby.look(PAUL).await.code, StatusCode::OK, "their code is out, and opens");
        }
        lobby.collects(&paul, door).await;
        lobby.waits(Span::minutes(11)).await;
        if !moves_first {
            assert!(lobby.press(PAUL).await.contains("You took it"));
            new_address().await;
        }
        assert_eq!(lobby.look(PAUL).await.code, StatusCode::GONE, "moved first: {moves_first}");
    }
}

#[tokio::test]
async fn who_left_sees_what_was_before_and_nothing_after() {
    let lobby = Lobby::new().await;
    let (_, door) = lobby.brings(1).await;
    lobby.link(1, ROSA).await;
    lobby.waits(Span::hours(1)).await;
    let leave = DirectoryChange::Leave { person: PersonId(1), leavers: Leavers::Lose };
    lobby.site.ask(Command::ChangeDirectory { changes: vec![leave] }).await;
    lobby.waits(Span::hours(1)).await;
    let paul = lobby.link(3, PAUL).await;
    lobby.collects(&paul, door).await;
    let rosa = lobby.press(ROSA).await;
    assert!(rosa.contains(&format!("Put into locker {door}")), "{rosa}");
    assert!(!rosa.contains("Paul") && !rosa.contains("was opened"), "{rosa}");
    assert!(lobby.press(PAUL).await.contains("You took it"));
    lobby
        .site
        .handle
        .write(vec![Row::PersonLeft { person: PersonId(1), at: lobby.site.handle.now() }])
        .await
        .unwrap();
    lobby.site.handle.write(vec![Row::ErasePerson { person: PersonId(1) }]).await.unwrap();
    assert_eq!(lobby.look(ROSA).await.code, StatusCode::GONE, "erased with the person");
}

#[tokio::test]
async fn a_photo_of_theirs_is_seen_until_it_is_erased_and_then_said_to_be() {
    let home = tempfile::tempdir().unwrap();
    let folder = PhotoFolder::open(home.path(), None).unwrap();
    let lobby = Lobby::with(WebSettings { photos: Some(folder.clone()), ..WebSettings::default() }).await;
    lobby.site.ask(Command::InstallCamera { at: CameraPlace::Desk, in_view: InView::People }).await;
    let (parcel, door) = lobby.brings(1).await;
    let mut picture = Vec::new();
    Encoder::new(&mut picture, 90).encode(&[120; 32 * 18 * 3], 32, 18, ColorType::Rgb).unwrap();
    let kept = folder.keep(&picture, PhotoMedia::Jpeg).unwrap();
    lobby.site.handle.write(vec![Row::PhotoSalt { hash: kept.hash, salt: kept.salt }]).await.unwrap();
    let subject = PhotoSubject { parcels: vec![ParcelId(parcel)], ..PhotoSubject::default() };
    let asked = Box::new(PhotoAsked { camera: CameraId(1), reason: PhotoReason::Deposit, subject });
    let (hash, media) = (kept.hash, PhotoMedia::Jpeg);
    let taken = Observation::PhotoTaken { asked, hash, media, taken_ms: None, clock_offset_ms: None };
    lobby.site.handle.observe(vec![taken]).await.unwrap();
    lobby.staff_take_in(2).await;
    let (rosa, _) = (lobby.link(1, ROSA).await, lobby.link(2, BEN).await);
    lobby.collects(&rosa, door).await;
    lobby.waits(Span::days(2)).await;
    let picture = async |token: &str| {
        let call = Call::get(&format!("/l/{token}/photos/1"));
        call.to(&lobby.site).await.code
    };
    let views = async || {
        let sql = "SELECT count(*) FROM event WHERE kind = 'photo-viewed'";
        lobby.site.handle.query(move |c| c.query_row(sql, [], |row| row.get::<_, u32>(0))).await.unwrap()
    };
    assert!(lobby.press(ROSA).await.contains(&format!("/l/{ROSA}/photos/1\"")), "two days after its end");
    assert_eq!((picture(BEN).await, views().await), (StatusCode::NOT_FOUND, 0));
    assert_eq!((picture(ROSA).await, views().await), (StatusCode::OK, 1), "each look is on the record");
    lobby.waits(Span::days(26)).await;
    assert!(!lobby.press(ROSA).await.contains("were erased"));
    lobby.waits(Span::days(2)).await;
    let erased = retention::erase_over(&lobby.site.handle, &folder, &mut Vec::new()).await;
    erased.unwrap();
    lobby.site.handle.read(|_, _| ()).await.unwrap();
    let told = lobby.press(ROSA).await;
    assert!(told.contains("Photos of it were erased") && !told.contains("/photos/1"), "{told}");
    assert_eq!(picture(ROSA).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_card_is_told_from_a_code() {
    let lobby = Lobby::new().await;
    let (_, door) = lobby.brings(1).await;
    let mut card = lobby.site.ask(Command::IssueCard { person: PersonId(1) }).await;
    let card = json!(card.revealed.remove(0).token.expose());
    lobby.link(1, ROSA).await;
    lobby.collects(&card, door).await;
    lobby.waits(Span::minutes(11)).await;
    let told = lobby.press(ROSA).await;
    assert!(told.contains(&format!("Locker {door} was opened with your card")), "{told}");
    let revoke = |credential| Request::new(Actor::Staff(StaffId(1)), Command::RevokeCard { credential });
    let cards = lobby.site.handle.read(|site, _| site.credentials.cards.keys().copied().collect::<Vec<_>>());
    lobby.site.handle.ask(revoke(cards.await.unwrap()[0])).await.unwrap().answer.unwrap();
    let told = lobby.press(ROSA).await;
    assert!(told.contains("was opened with your code or card"), "it is not known any more: {told}");
}
