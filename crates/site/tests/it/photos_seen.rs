//! Who sees a photo over the pages and the API, and what stays of their having looked.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::live::{Call, LiveSite};
use crate::place::MONDAY;
use crate::routes::{address, list};
use axum::http::StatusCode;
use jpeg_encoder::{ColorType, Encoder};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use vestibule_core::custody::delivered::ClaimTimes;
use vestibule_core::evidence::retention::Country;
use vestibule_core::evidence::{
    CameraPlace, Held, InView, PhotoAsked, PhotoGone, PhotoMedia, PhotoReason, PhotoSubject,
};
use vestibule_core::policy::Policy;
use vestibule_core::*;
use vestibule_ledger::pack::verify;
use vestibule_site::evidence::pack::{Choice, Order, PAGE, archive, make};
use vestibule_site::evidence::{PHOTOS, PhotoFolder, photos, retention};
use vestibule_site::keys::{Keys, seal_with};
use vestibule_site::rows::Row;
use vestibule_site::web::WebSettings;
use vestibule_site::web::staff::{names::Names, say::Say};
use vestibule_site::web::words::Language;

const TOKEN: &str = "VLM7TESTTESTTESTTESTTESTTEST111";

/// A site with a parcel of unit 3B at the desk, a camera, and a folder of photos.
struct Seen {
    site: LiveSite,
    folder: PhotoFolder,
    home: tempfile::TempDir,
    parcel: u64,
    owner: String,
}

fn picture() -> Vec<u8> {
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 90).encode(&[120; 320 * 180 * 3], 320, 180, ColorType::Rgb).unwrap();
    bytes
}

impl Seen {
    async fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = PhotoFolder::open(home.path(), None).unwrap();
        let web = WebSettings { photos: Some(folder.clone()), ..WebSettings::default() };
        let site = LiveSite::founded_with(web).await;
        site.ask(Command::InstallCamera { at: CameraPlace::Bank(BankId(1)), in_view: InView::People }).await;
        site.handle
            .write(vec![Row::CameraName { camera: CameraId(1), name: "Lobby camera".into() }])
            .await
            .unwrap();
        let (owner, _) = site.staff("owner").await;
        let taken_in =
            Call::new("POST", "/api/v1/parcels").bearer(&owner).json(json!({ "unit": 1, "size": "m" }));
        let parcel = taken_in.to(&site).await.json()["parcel"].as_u64().unwrap();
        Self { site, folder, home, parcel, owner }
    }

    /// A photo of these parcels is taken and kept.
    async fn photo(&self, reason: PhotoReason, parcels: &[u64]) -> u64 {
        self.photo_of(1, reason, parcels).await
    }

    async fn photo_of(&self, camera: u32, reason: PhotoReason, parcels: &[u64]) -> u64 {
        let kept = self.folder.keep(&picture(), PhotoMedia::Jpeg).unwrap();
        let salt = Row::PhotoSalt { hash: kept.hash, salt: kept.salt };
        self.site.handle.write(vec![salt]).await.unwrap();
        let parcels = parcels.iter().copied().map(ParcelId).collect();
        let subject = PhotoSubject { parcels, ..PhotoSubject::default() };
        let asked = Box::new(PhotoAsked { camera: CameraId(camera), reason, subject });
        let (hash, media) = (kept.hash, PhotoMedia::Jpeg);
        let taken = Observation::PhotoTaken {
            asked,
            hash,
            media,
            taken_ms: Some(MONDAY),
            clock_offset_ms: Some(5_000),
        };
        self.site.handle.observe(vec![taken]).await.unwrap();
        self.site.handle.read(|site, _| site.counters.next_photo().0 - 1).await.unwrap()
    }

    async fn file_of(&self, photo: u64) -> (std::path::PathBuf, photos::Photo) {
        let known = self.site.handle.query(move |tables| photos::one(tables, PhotoId(photo))).await;
        let known = known.unwrap().unwrap();
        (self.home.path().join(PHOTOS).join(format!("{}.jpg", known.hash)), known)
    }

    async fn get(&self, path: &str, cookie: &str) -> crate::live::Said {
        Call::get(path).header("cookie", cookie).header("sec-fetch-site", "same-origin").to(&self.site).await
    }

    async fn events(&self, kind: &'static str) -> u32 {
        let sql = "SELECT count(*) FROM event WHERE kind = ?1";
        self.site.handle.query(move |c| c.query_row(sql, [kind], |row| row.get(0))).await.unwrap()
    }
}

#[tokio::test]
async fn staff_look_on_the_record_and_nobody_without_a_session_looks() {
    let seen = Seen::new().await;
    let photo = seen.photo(PhotoReason::Intake, &[seen.parcel]).await;
    let (token, _) = seen.site.staff("staff").await;
    let cookie = format!("session={token}");
    let page = seen.get(&format!("/staff/parcels/{}", seen.parcel), &cookie).await;
    assert!(page.text.contains(&format!("/staff/photos/{photo}/small")), "{}", page.text);
    assert!(page.text.contains("Lobby camera") && page.text.contains("5 s ahead"), "{}", page.text);
    let small = seen.get(&format!("/staff/photos/{photo}/small"), &cookie).await;
    assert_eq!(
        (small.code, &small.headers["content-type"]),
        (StatusCode::OK, &"image/jpeg".parse().unwrap())
    );
    assert_eq!(seen.events("photo-viewed").await, 0, "a list is no look at anybody");
    let whole = seen.get(&format!("/staff/photos/{photo}/picture"), &cookie).await;
    assert_eq!((whole.code, &whole.headers["cache-control"]), (StatusCode::OK, &"no-store".parse().unwrap()));
    assert_eq!(seen.events("photo-viewed").await, 1);
    let by_program =
        Call::get(&format!("/api/v1/photos/{photo}/picture")).bearer(&token).to(&seen.site).await;
    assert_eq!((by_program.code, seen.events("photo-viewed").await), (StatusCode::OK, 2));
    let page = seen.get(&format!("/staff/photos/{photo}"), &cookie).await;
    assert_eq!(page.text.matches("Somebody looked at photo").count(), 2, "{}", page.text);
    for path in ["picture", "small", ""] {
        let path = format!("/staff/photos/{photo}/{path}");
        let stranger = Call::get(path.trim_end_matches('/')).to(&seen.site).await;
        assert!(stranger.code.is_redirection() || stranger.code == StatusCode::UNAUTHORIZED, "{path}");
    }
    let foreign = Call::get(&format!("/api/v1/photos/{photo}/picture")).bearer("stolen").to(&seen.site).await;
    assert_eq!((foreign.code, seen.events("photo-viewed").await), (StatusCode::UNAUTHORIZED, 2));
}

/// A courier puts down two parcels without a scan; the first.
async fn dropped(seen: &Seen) -> u64 {
    let always = json!([{ "days": 127, "from": 0, "to": 1440 }]);
    let body = json!({ "carrier": 1, "windows": always, "expires": MONDAY + 86_400_000 });
    let code = Call::new("POST", "/api/v1/courier-codes").bearer(&seen.owner).json(body);
    let code = code.to(&seen.site).await.json()["digits"].clone();
    let kiosk = seen.site.kiosk().await;
    let at = |path: &str, body| Call::new("POST", &format!("/api/v1/{path}")).bearer(&kiosk).json(body);
    let visit = at("kiosk/log-in", json!({ "code": code })).to(&seen.site).await.json()["visit"].clone();
    let said = at(&format!("visits/{visit}/quick-drop"), json!({ "parcels": 2 })).to(&seen.site).await;
    said.json()["parcel"].as_u64().unwrap_or_else(|| panic!("{}", said.text))
}

/// The address of a page that reveals a living code of person 1.
async fn revealing_link(seen: &Seen) -> String {
    let reveal = Call::new("POST", "/api/v1/people/1/reveal").bearer(&seen.owner).to(&seen.site).await;
    let credential = reveal.json()["id"].as_u64().unwrap();
    let row = Row::LinkPage {
        token: Sha256::digest(TOKEN.as_bytes()).into(),
        notice: 1,
        person: PersonId(1),
        credential: Some(CredentialId(credential)),
        sealed: seal_with(&Keys::derive("link", TOKEN), br#"{"pin":"482913905","qr":"VPM7ABC"}"#),
        created_at: Timestamp(MONDAY),
        expires_at: Timestamp(MONDAY) + Span::days(7),
    };
    seen.site.handle.write(vec![row]).await.unwrap();
    format!("/l/{TOKEN}")
}

#[tokio::test]
async fn a_link_shows_parcels_without_a_scan_where_the_site_says_so_and_a_press_is_a_task() {
    let seen = Seen::new().await;
    seen.site.ask(Command::InstallCamera { at: CameraPlace::Desk, in_view: InView::ParcelsOnly }).await;
    let first = dropped(&seen).await;
    let people = seen.photo_of(1, PhotoReason::QuickDrop, &[first, first + 1]).await;
    let alone = seen.photo_of(2, PhotoReason::QuickDrop, &[first, first + 1]).await;
    let link = revealing_link(&seen).await;
    let press = || Call::new("POST", &link).form("").header("cookie", "language=en");
    let mine = || Call::new("POST", &format!("{link}/drops/1")).form("").header("cookie", "language=en");
    let picture = |photo: u64| format!("{link}/drops/1/{photo}");
    let off = press().to(&seen.site).await;
    assert!(!off.text.contains("Is one of these yours?"), "off unless the site says so: {}", off.text);
    assert_eq!(Call::get(&picture(alone)).to(&seen.site).await.code, StatusCode::NOT_FOUND);
    assert_eq!(mine().to(&seen.site).await.code, StatusCode::NOT_FOUND);

    let claims = ClaimTimes { drops_shown: Span::days(2), ..ClaimTimes::default() };
    let policy = Policy { claims, ..Policy::default() };
    seen.site.ask(Command::SetPolicy { policy }).await;
    let page = press().to(&seen.site).await;
    assert!(page.text.contains(&picture(alone)) && !page.text.contains(&picture(people)), "{}", page.text);
    assert_eq!(Call::get(&picture(alone)).to(&seen.site).await.code, StatusCode::OK);
    assert_eq!(
        Call::get(&picture(people)).to(&seen.site).await.code,
        StatusCode::NOT_FOUND,
        "people in view"
    );
    assert!(mine().to(&seen.site).await.text.contains("Staff look at it"));
    let tasks = Call::get("/api/v1/tasks").bearer(&seen.owner).to(&seen.site).await;
    assert!(tasks.text.contains("one_is_theirs"), "{}", tasks.text);
    let (token, _) = seen.site.staff("staff").await;
    let drop = seen.get("/staff/drops/1", &format!("session={token}; language=en")).await;
    assert!(
        drop.text.contains("Rosa Alvarez, apartment 3B, says that one of these is theirs"),
        "{}",
        drop.text
    );

    let rename =
        |building: &str| Row::BankName { bank: BankId(1), name: "Lobby".into(), building: building.into() };
    let (label, folded) = ("3B".to_owned(), "3b".to_owned());
    let home = Row::Unit { unit: UnitId(1), building: "South".into(), label, folded, keypad: "302".into() };
    seen.site.handle.write(vec![rename("North"), home]).await.unwrap();
    assert!(!press().to(&seen.site).await.text.contains(&picture(alone)), "another building");
    seen.site.handle.write(vec![rename("South")]).await.unwrap();
    assert!(press().to(&seen.site).await.text.contains(&picture(alone)));
    seen.site.forward(Span::days(2));
    assert!(!press().to(&seen.site).await.text.contains(&picture(alone)), "too long ago");
}

/// A package room and no lockers: the kiosk stands in sight of no bank, which is how buildings are told apart.
#[tokio::test]
async fn a_link_shows_what_was_put_down_in_a_house_with_a_room_alone() {
    let seen = Seen::new().await;
    seen.site.ask(Command::InstallCamera { at: CameraPlace::Desk, in_view: InView::ParcelsOnly }).await;
    let claims = ClaimTimes { drops_shown: Span::days(2), ..ClaimTimes::default() };
    seen.site.ask(Command::SetPolicy { policy: Policy { claims, ..Policy::default() } }).await;
    let first = dropped(&seen).await;
    seen.photo_of(2, PhotoReason::QuickDrop, &[first, first + 1]).await;
    let link = revealing_link(&seen).await;
    let kiosks =
        seen.site.handle.read(|site, _| site.layout.kiosks.keys().copied().collect::<Vec<_>>()).await;
    for kiosk in kiosks.unwrap() {
        seen.site.ask(Command::SetKioskBanks { kiosk, banks: Vec::new() }).await;
    }
    let home = |unit: u32, building: &str, label: &str| Row::Unit {
        unit: UnitId(unit),
        building: building.into(),
        label: label.into(),
        folded: label.to_lowercase(),
        keypad: format!("30{}", unit + 1),
    };
    let press =
        async || Call::new("POST", &link).form("").header("cookie", "language=en").to(&seen.site).await.text;
    for row in [home(1, "", "3B"), home(1, "South", "3B")] {
        seen.site.handle.write(vec![row]).await.unwrap();
        let page = press().await;
        assert!(page.contains("Is one of these yours?"), "{page}");
    }
    let mine = Call::new("POST", &format!("{link}/drops/1")).form("").header("cookie", "language=en");
    assert!(mine.to(&seen.site).await.text.contains("Staff look at it"));
    // Of two buildings nobody knows in which the room is.
    seen.site.handle.write(vec![home(2, "North", "4A")]).await.unwrap();
    let page = press().await;
    assert!(!page.contains("Is one of these yours?"), "{page}");
}

#[tokio::test]
async fn a_link_shows_the_photos_of_their_own_parcels_after_the_press_and_no_other() {
    let seen = Seen::new().await;
    let own = seen.photo(PhotoReason::Intake, &[seen.parcel]).await;
    let forced = seen.photo(PhotoReason::Forced, &[seen.parcel]).await;
    let other = Call::new("POST", "/api/v1/parcels").bearer(&seen.owner).json(json!({ "size": "m" }));
    let other = other.to(&seen.site).await.json()["parcel"].as_u64().unwrap();
    let foreign = seen.photo(PhotoReason::Intake, &[other]).await;
    let log_in = seen.photo(PhotoReason::CourierLogIn, &[]).await;
    let path = revealing_link(&seen).await;
    let look = Call::get(&path).to(&seen.site).await;
    assert!(!look.text.contains("/photos/"), "a preview shows nobody: {}", look.text);
    let press = Call::new("POST", &path).form("csrf=").header("origin", "null").to(&seen.site).await;
    let listed = |photo: u64| press.text.contains(&format!("{path}/photos/{photo}\""));
    assert_eq!([own, forced, foreign, log_in].map(listed), [true, false, false, false], "{}", press.text);
    let fetch = |photo: u64| Call::get(&format!("{path}/photos/{photo}")).to(&seen.site);
    let theirs = fetch(own).await;
    assert_eq!(
        (theirs.code, &theirs.headers["cache-control"]),
        (StatusCode::OK, &"no-store".parse().unwrap())
    );
    for photo in [forced, foreign, log_in, 987] {
        assert_eq!(fetch(photo).await.code, StatusCode::NOT_FOUND, "photo {photo}");
    }
    let guessed = Call::get(&format!("/l/VLM7GUESSED/photos/{own}")).to(&seen.site).await;
    assert_eq!(guessed.code, StatusCode::GONE);
}

/// Every route that gives a whole photo out, told from what it answers and not from its name.
#[tokio::test]
async fn every_route_that_gives_a_whole_photo_out_says_who_looked() {
    let seen = Seen::new().await;
    seen.site.ask(Command::InstallCamera { at: CameraPlace::Desk, in_view: InView::ParcelsOnly }).await;
    let own = seen.photo(PhotoReason::Intake, &[seen.parcel]).await;
    assert_eq!(own, 1, "routes are asked with 1 for what they name");
    let first = dropped(&seen).await;
    let of_drop = seen.photo_of(2, PhotoReason::QuickDrop, &[first, first + 1]).await;
    let claims = ClaimTimes { drops_shown: Span::days(2), ..ClaimTimes::default() };
    seen.site.ask(Command::SetPolicy { policy: Policy { claims, ..Policy::default() } }).await;
    revealing_link(&seen).await;
    let gets: Vec<_> = list().into_iter().filter(|line| line.method == "GET").collect();
    let mut gives = BTreeSet::new();
    for line in &gets {
        let photo = if line.path.contains("{drop}") { of_drop } else { own };
        let path = line.path.replace("{token}", TOKEN).replace("{photo}", &photo.to_string());
        let before = seen.events("photo-viewed").await;
        let cookie = format!("session={}", seen.owner);
        let call = Call::get(&address(&path)).header("cookie", &cookie).bearer(&seen.owner);
        let said = call.header("sec-fetch-site", "same-origin").to(&seen.site).await;
        if said.bytes != picture() {
            continue;
        }
        assert_eq!(seen.events("photo-viewed").await, before + 1, "{}", line.path);
        let sql =
            "SELECT CAST(payload AS TEXT) FROM event WHERE kind = 'photo-viewed' ORDER BY seq DESC LIMIT 1";
        let last = seen.site.handle.query(move |c| c.query_row(sql, [], |row| row.get::<_, String>(0)));
        let (last, who) = (last.await.unwrap(), if line.who == "link" { "person" } else { "staff" });
        assert!(last.contains(&format!("\"by\":{{\"{who}\"")), "{}: {last}", line.path);
        gives.insert(line.path.as_str());
    }
    let whole = [
        "/api/v1/photos/{id}/picture",
        "/l/{token}/drops/{drop}/{photo}",
        "/l/{token}/photos/{photo}",
        "/staff/photos/{id}/picture",
    ];
    assert_eq!(gives, BTreeSet::from(whole));
    // Lists, pictures too small to know a face, and the picture of who rings, which a test of its own looks at.
    let others = [
        "/api/v1/parcels/{id}/photos",
        "/d/{token}/photo",
        "/kiosk/visits/{visit}/photos/{photo}",
        "/staff/photos/{id}",
        "/staff/photos/{id}/small",
    ];
    let named = gets.iter().map(|line| line.path.as_str());
    let unknown: Vec<_> = named
        .filter(|path| path.contains("photo") || path.contains("picture"))
        .filter(|path| !whole.contains(path) && !others.contains(path))
        .collect();
    assert!(unknown.is_empty(), "say here whether these give a whole photo out: {unknown:?}");
}

#[tokio::test]
async fn a_pack_of_evidence_holds_the_photos_of_its_parcel_and_each_view_is_on_the_record() {
    let seen = Seen::new().await;
    let kept = seen.photo(PhotoReason::Intake, &[seen.parcel]).await;
    let lost = seen.photo(PhotoReason::HandOver, &[seen.parcel]).await;
    seen.photo(PhotoReason::Denial, &[]).await;
    let (file, photo) = seen.file_of(kept).await;
    std::fs::remove_file(seen.file_of(lost).await.0).unwrap();
    let (token, _) = seen.site.staff("staff").await;
    let path = format!("/staff/parcels/{}/evidence.zip", seen.parcel);
    let said = seen.get(&path, &format!("session={token}")).await;
    assert_eq!((said.code, seen.events("photo-viewed").await), (StatusCode::OK, 1));
    let files = archive::read(&said.bytes).unwrap();
    let verified = verify(&files, Some(&seen.site.app.keys.note_signer().public().fingerprint()));
    assert!(verified.faults.is_empty() && verified.photos == 1, "{:?}", verified.faults);
    let name = format!("photos/{}.jpg", photo.hash);
    assert_eq!(files[&name], std::fs::read(file).unwrap());
    assert_eq!(files.keys().filter(|file| file.starts_with("photos/")).count(), 1);
    let page = String::from_utf8(files[PAGE].clone()).unwrap();
    let figure = page.split("<figure>").nth(1).unwrap();
    for words in [name.as_str(), "Lobby camera", "2 Mar 2026 09:00", "taken in at the desk"] {
        assert!(figure.contains(words), "{words} in {figure}");
    }
    assert!(figure.contains("One photo of these records is not in this file."), "{figure}");

    // Whoever may record nothing gets none of them, and is told so.
    let (now, signer) = (Timestamp(MONDAY), seen.site.app.keys.note_signer());
    let names = seen.site.handle.read(move |site, _| Names::of_site(site, now)).await.unwrap();
    let choice = Choice::parcel(ParcelId(seen.parcel));
    let (say, by, photos) = (Say::new(Language::En), "Console".to_owned(), Vec::new());
    let order = Order { choice, names, say, by, signer, photos };
    let made = seen.site.handle.query(move |tables| Ok(make(tables, &order))).await.unwrap().unwrap();
    assert_eq!((made.photos, made.left_out), (0, 2));
    assert_eq!(seen.events("photo-viewed").await, 1);
}

#[tokio::test]
async fn a_manager_holds_a_photo_and_staff_do_not() {
    let seen = Seen::new().await;
    let photo = seen.photo(PhotoReason::Intake, &[seen.parcel]).await;
    let (manager, csrf) = seen.site.staff("manager").await;
    let hold = |words: &str, until: &str| {
        let body = format!("csrf={csrf}&reason=police&words={words}&until={until}&what={}", seen.parcel);
        Call::new("POST", &format!("/staff/photos/{photo}/hold"))
            .header("cookie", &format!("session={manager}"))
            .form(&body)
    };
    for (words, until) in [("", "2026-12-31"), ("case+7", "soon"), ("case+7", "2020-01-01")] {
        assert_eq!(hold(words, until).to(&seen.site).await.code, StatusCode::UNPROCESSABLE_ENTITY, "{until}");
    }
    assert_eq!(hold("case+7", "2026-12-31").to(&seen.site).await.code, StatusCode::SEE_OTHER);
    let held = seen.site.handle.read(|site, _| site.evidence.holds.clone()).await.unwrap();
    assert!(held.contains_key(&Held::Parcel(ParcelId(seen.parcel))), "{held:?}");
    let (staff, _) = seen.site.staff("staff").await;
    let body = json!({ "reason": "police", "words": "x", "until": MONDAY + 1_000_000 });
    let path = format!("/api/v1/photos/{photo}/hold");
    let refused = Call::new("POST", &path).bearer(&staff).json(body).to(&seen.site).await;
    assert_eq!(refused.code, StatusCode::FORBIDDEN);
    let release = Call::new("POST", &format!("/staff/photos/{photo}/release"))
        .header("cookie", &format!("session={manager}"))
        .form(&format!("csrf={csrf}&what={}", seen.parcel));
    assert_eq!(release.to(&seen.site).await.code, StatusCode::SEE_OTHER);
    assert_eq!(seen.events("evidence-released").await, 1);
}

#[tokio::test]
async fn what_is_over_is_erased_from_disk_and_what_is_lost_is_said() {
    let seen = Seen::new().await;
    let (kept, lost) =
        (seen.photo(PhotoReason::Intake, &[seen.parcel]).await, seen.photo(PhotoReason::Denial, &[]).await);
    let files =
        || std::fs::read_dir(seen.home.path().join(PHOTOS)).unwrap().map(|entry| entry.unwrap().path());
    retention::erase_over(&seen.site.handle, &seen.folder, &mut Vec::new()).await.unwrap();
    assert_eq!(files().count(), 2, "their time is not over");
    let stray = seen.folder.keep(&picture(), PhotoMedia::Jpeg).unwrap();
    seen.site.handle.write(vec![Row::PhotoSalt { hash: stray.hash, salt: stray.salt }]).await.unwrap();
    std::fs::remove_file(seen.file_of(lost).await.0).unwrap();
    retention::sweep(&seen.site.handle, &seen.folder).await.unwrap();
    // A look waits until what was said before it is durable.
    seen.site.handle.read(|_, _| ()).await.unwrap();
    assert_eq!(files().count(), 1, "the stray is gone");
    let gone = |photo: u64| seen.site.handle.query(move |c| photos::one(c, PhotoId(photo)));
    assert_eq!(gone(lost).await.unwrap().unwrap().gone, Some(PhotoGone::Lost));
    assert_eq!(gone(kept).await.unwrap().unwrap().gone, None);
    let (owner, path) = (&seen.owner, format!("/api/v1/photos/{lost}/picture"));
    assert_eq!(Call::get(&path).bearer(owner).to(&seen.site).await.code, StatusCode::NOT_FOUND);
    assert_eq!(seen.events("photo-viewed").await, 0, "what is not shown was not looked at");
    seen.site.forward(Span::days(30));
    retention::erase_over(&seen.site.handle, &seen.folder, &mut Vec::new()).await.unwrap();
    seen.site.handle.read(|_, _| ()).await.unwrap();
    assert_eq!((files().count(), gone(kept).await.unwrap().unwrap().gone), (0, Some(PhotoGone::Over)));
    assert_eq!(seen.events("photo-erased").await, 2);
    let salts = "SELECT count(*) FROM photo_salt";
    let left: u32 = seen.site.handle.query(move |c| c.query_row(salts, [], |row| row.get(0))).await.unwrap();
    assert_eq!(left, 0, "without its salt the hash says nothing of the picture");
}

#[tokio::test]
async fn a_file_that_was_changed_is_shown_to_nobody() {
    let seen = Seen::new().await;
    let photo = seen.photo(PhotoReason::Intake, &[seen.parcel]).await;
    let file = std::fs::read_dir(seen.home.path().join(PHOTOS)).unwrap().next().unwrap().unwrap().path();
    std::fs::write(file, picture().iter().rev().copied().collect::<Vec<_>>()).unwrap();
    let path = format!("/api/v1/photos/{photo}/picture");
    let said = Call::get(&path).bearer(&seen.owner).to(&seen.site).await;
    assert_eq!(
        (said.code, seen.events("photo-viewed").await),
        (StatusCode::INTERNAL_SERVER_ERROR, 0),
        "{}",
        said.text
    );
    assert_eq!(said.json()["code"], "photo-changed");
    assert_eq!(Call::get(&path).bearer(&seen.owner).to(&seen.site).await.code, said.code);
    seen.site.handle.read(|_, _| ()).await.unwrap();
    assert_eq!(seen.events("photo-changed").await, 1, "it is in its history, once");
    let (staff, _) = seen.site.staff("staff").await;
    let page = seen.get(&format!("/staff/photos/{photo}"), &format!("session={staff}")).await;
    assert!(page.text.contains("is not the one that was recorded"), "{}", page.text);
    assert!(!page.text.contains(&format!("/staff/photos/{photo}/picture")), "{}", page.text);
}

#[tokio::test]
async fn a_photo_the_disk_does_not_give_back_has_its_own_words() {
    let seen = Seen::new().await;
    let photo = seen.photo(PhotoReason::Intake, &[seen.parcel]).await;
    let file = std::fs::read_dir(seen.home.path().join(PHOTOS)).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let said = Call::get(&format!("/api/v1/photos/{photo}/picture")).bearer(&seen.owner).to(&seen.site).await;
    assert_eq!(
        (said.code, &said.json()["code"]),
        (StatusCode::INTERNAL_SERVER_ERROR, &json!("photo-unreadable"))
    );
    assert_eq!(seen.events("photo-changed").await, 0, "nobody changed it");
}

#[tokio::test]
async fn the_parcel_that_is_held_is_the_one_that_was_named() {
    let seen = Seen::new().await;
    let other = Call::new("POST", "/api/v1/parcels").bearer(&seen.owner).json(json!({ "size": "m" }));
    let other = other.to(&seen.site).await.json()["parcel"].as_u64().unwrap();
    let stranger = Call::new("POST", "/api/v1/parcels").bearer(&seen.owner).json(json!({ "size": "m" }));
    let stranger = stranger.to(&seen.site).await.json()["parcel"].as_u64().unwrap();
    let photo = seen.photo(PhotoReason::Collection, &[seen.parcel, other]).await;
    let (manager, csrf) = seen.site.staff("manager").await;
    let cookie = format!("session={manager}");
    let page = seen.get(&format!("/staff/photos/{photo}"), &cookie).await;
    for parcel in [seen.parcel, other] {
        assert!(page.text.contains(&format!("All photos of parcel {parcel}<")), "{}", page.text);
    }
    let post = |to: &str, what: String| {
        let body = format!("csrf={csrf}&reason=police&words=case+7&until=2026-12-31&what={what}");
        Call::new("POST", &format!("/staff/photos/{photo}/{to}")).header("cookie", &cookie).form(&body)
    };
    let held = || async {
        let holds = seen.site.handle.read(|site, _| site.evidence.holds.clone()).await.unwrap();
        holds.into_keys().collect::<Vec<_>>()
    };
    let refused = post("hold", stranger.to_string()).to(&seen.site).await;
    assert_eq!((refused.code, held().await), (StatusCode::NOT_FOUND, vec![]), "the photo is not of that one");
    assert_eq!(post("hold", "all".into()).to(&seen.site).await.code, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(post("hold", other.to_string()).to(&seen.site).await.code, StatusCode::SEE_OTHER);
    assert_eq!(held().await, [Held::Parcel(ParcelId(other))]);
    assert_eq!(post("hold", "photo".into()).to(&seen.site).await.code, StatusCode::SEE_OTHER);
    assert_eq!(post("release", seen.parcel.to_string()).to(&seen.site).await.code, StatusCode::NOT_FOUND);
    assert_eq!(post("release", other.to_string()).to(&seen.site).await.code, StatusCode::SEE_OTHER);
    assert_eq!(held().await, [Held::Photo(PhotoId(photo))]);
}

#[tokio::test]
async fn what_is_erased_cannot_be_held_by_page_or_program() {
    let seen = Seen::new().await;
    let photo = seen.photo(PhotoReason::Denial, &[]).await;
    seen.site.forward(Span::days(31));
    retention::erase_over(&seen.site.handle, &seen.folder, &mut Vec::new()).await.unwrap();
    // Longer ago than the rules themselves remember.
    seen.site.forward(Span::days(1));
    let (owner, csrf) = seen.site.staff("owner").await;
    let until = seen.site.handle.read(|_, now| now.0 + 86_400_000).await.unwrap();
    let body = json!({ "reason": "police", "words": "case 7", "until": until });
    let by_program = Call::new("POST", &format!("/api/v1/photos/{photo}/hold")).bearer(&owner).json(body);
    assert_eq!(by_program.to(&seen.site).await.code, StatusCode::NOT_FOUND);
    let by_page = Call::new("POST", &format!("/staff/photos/{photo}/hold"))
        .header("cookie", &format!("session={owner}"))
        .form(&format!("csrf={csrf}&reason=police&words=case+7&until=2027-12-31&what=photo"));
    assert_eq!(by_page.to(&seen.site).await.code, StatusCode::NOT_FOUND);
    assert_eq!(seen.events("evidence-held").await, 0);
}

#[tokio::test]
async fn cameras_and_the_time_of_photos_are_told_and_set() {
    let seen = Seen::new().await;
    seen.photo(PhotoReason::Denial, &[]).await;
    let cameras = Call::get("/api/v1/cameras").bearer(&seen.owner).to(&seen.site).await.json();
    assert_eq!((&cameras[0]["name"], &cameras[0]["configured"]), (&json!("Lobby camera"), &json!(false)));
    let (owner, csrf) = seen.site.staff("owner").await;
    let page = seen.get("/staff/cameras", &format!("session={owner}")).await;
    assert!(page.text.contains("Lobby camera") && page.text.contains("One photo is kept"), "{}", page.text);
    let form = format!("csrf={csrf}&zone=UTC&hold=7&pin=8&sharing=shared&guesses=standard&country=de");
    let save =
        Call::new("POST", "/staff/settings/policy").header("cookie", &format!("session={owner}")).form(&form);
    assert_eq!(save.to(&seen.site).await.code, StatusCode::SEE_OTHER);
    let (country, kept) =
        seen.site.handle.read(|site, _| (site.policy.country, site.policy.photos_kept())).await.unwrap();
    assert_eq!((country, kept.people, kept.parcels), (Country::De, Span::hours(72), Span::days(30)));
    let told = Call::get("/api/v1/policy").bearer(&seen.owner).to(&seen.site).await;
    assert_eq!(told.json()["country"], "de", "{}", told.text);
}
