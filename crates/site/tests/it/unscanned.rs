//! What carriers say they delivered: heard from webhooks, pasted by staff, asked by a resident; met, found, explained.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::live::{Call, LiveSite, Said};
use crate::place::MONDAY;
use axum::http::StatusCode;
use base64::Engine;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use vestibule_core::custody::delivered::Standing;
use vestibule_core::task::TaskKind;
use vestibule_core::*;
use vestibule_site::directory::settings::{BuildingAddress, set_addresses};
use vestibule_site::keys::{Keys, seal_with};
use vestibule_site::rows::Row;
use vestibule_site::web::WebSettings;
use vestibule_site::web::given::feeds::{Feed, Feeds, Provider};
use zeroize::Zeroizing;

const NUMBER: &str = "1Z999AA10123456784";
const SECRET: &str = "a-secret-of-the-feed";
const EASYPOST: &str = include_str!("../feeds/easypost.json");
const SHIPPO: &str = include_str!("../feeds/shippo.json");
const AFTERSHIP: &str = include_str!("../feeds/aftership.json");

fn hmac(parts: &[&str]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    parts.iter().for_each(|part| mac.update(part.as_bytes()));
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A body as its provider sends it, signed at a second.
fn sent(provider: &str, body: &str, at: i64) -> Call {
    let call = Call::new("POST", &format!("/api/v1/feeds/{provider}")).text("application/json", body);
    let time = at.to_string();
    match provider {
        "easypost" => call.header("x-hmac-signature", &format!("hmac-sha256-hex={}", hex(&hmac(&[body])))),
        "shippo" => {
            let signature = hex(&hmac(&[&time, ".", body]));
            call.header("shippo-auth-signature", &format!("t={time},v1={signature}"))
        }
        _ => {
            let signature = base64::engine::general_purpose::STANDARD.encode(hmac(&[body]));
            call.header("aftership-hmac-sha256", &signature)
        }
    }
}

async fn site_with_feeds() -> LiveSite {
    let feed = |provider| Feed { provider, secret: Zeroizing::new(SECRET.to_owned()) };
    let feeds = [Provider::EasyPost, Provider::Shippo, Provider::AfterShip].map(feed);
    let web = WebSettings { feeds: Feeds::of(feeds.into_iter().collect()), ..WebSettings::default() };
    let site = LiveSite::founded_with(web).await;
    let address = BuildingAddress {
        street: "14 Maple Street".into(),
        postal: "10013".into(),
        ..BuildingAddress::default()
    };
    site.handle.write(vec![set_addresses(&[address]).unwrap()]).await.unwrap();
    site
}

async fn claims(site: &LiveSite) -> Vec<(ClaimId, Standing)> {
    let look = |site: &Site, _| {
        site.claims.known.iter().map(|(id, claim)| (*id, claim.standing)).collect::<Vec<_>>()
    };
    site.handle.read(look).await.unwrap()
}

async fn is_asked(site: &LiveSite, claim: u64) -> bool {
    let task = TaskKind::Unscanned { claim: ClaimId(claim) };
    site.handle.read(move |site, _| site.tasks.find(&task).is_some()).await.unwrap()
}

/// A parcel with this number is taken in at the desk.
async fn taken_in(site: &LiveSite, owner: &str) -> u64 {
    let body = json!({ "unit": 1, "size": "m", "tracking": NUMBER, "carrier": 1 });
    let said = Call::new("POST", "/api/v1/parcels").bearer(owner).json(body).to(site).await;
    said.json()["parcel"].as_u64().unwrap_or_else(|| panic!("{}", said.text))
}

#[tokio::test]
async fn each_provider_is_heard_and_told_again_it_changes_nothing() {
    for (provider, body) in [("easypost", EASYPOST), ("shippo", SHIPPO), ("aftership", AFTERSHIP)] {
        let site = site_with_feeds().await;
        let said = sent(provider, body, MONDAY / 1_000).to(&site).await;
        assert_eq!((said.code, said.json()), (StatusCode::OK, json!({ "noted": true })), "{provider}");
        let before = site.handle.read(|site, _| site.clone()).await.unwrap();
        let known = before.claims.known.values().next().unwrap();
        assert_eq!(known.carrier, Some(CarrierId(1)), "{provider}: the site's own UPS");
        assert_eq!(known.at, Timestamp(MONDAY - 30 * 60_000), "{provider}: as the provider says");
        let again = sent(provider, body, MONDAY / 1_000).to(&site).await;
        assert_eq!(again.json(), json!({ "noted": true }), "{provider}");
        assert!(site.handle.read(|site, _| site.clone()).await.unwrap() == before, "{provider}: a replay");
        site.forward(Span::hours(2));
        site.door(1, false).await;
        assert!(is_asked(&site, 1).await, "{provider}");
    }
}

#[tokio::test]
async fn what_is_forged_late_or_another_buildings_is_not_noted() {
    let site = site_with_feeds().await;
    for (provider, body) in [("easypost", EASYPOST), ("shippo", SHIPPO), ("aftership", AFTERSHIP)] {
        let forged = body.replace(NUMBER, "1Z999AA10123456793");
        let said = sent(provider, body, MONDAY / 1_000).text("application/json", &forged).to(&site).await;
        assert_eq!(
            (said.code, &said.json()["code"]),
            (StatusCode::FORBIDDEN, &json!("bad-signature")),
            "{provider}"
        );
        let unsigned = Call::new("POST", &format!("/api/v1/feeds/{provider}")).text("application/json", body);
        assert_eq!(unsigned.to(&site).await.code, StatusCode::FORBIDDEN, "{provider}");
        let elsewhere = body.replace("10013", "94107");
        let said = sent(provider, &elsewhere, MONDAY / 1_000).to(&site).await;
        assert_eq!(said.json(), json!({ "noted": false, "why": "another-building" }), "{provider}");
        let moving = body
            .replace("\"delivered\"", "\"in_transit\"")
            .replace("DELIVERED", "TRANSIT")
            .replace("\"Delivered\"", "\"InTransit\"");
        let said = sent(provider, &moving, MONDAY / 1_000).to(&site).await;
        assert_eq!(said.json(), json!({ "noted": false, "why": "not-delivered" }), "{provider}");
        assert_eq!(sent(provider, "{", MONDAY / 1_000).to(&site).await.code, StatusCode::BAD_REQUEST);
    }
    assert!(claims(&site).await.is_empty());
    site.forward(Span::days(8));
    for (provider, body) in [("easypost", EASYPOST), ("shippo", SHIPPO), ("aftership", AFTERSHIP)] {
        let said = sent(provider, body, MONDAY / 1_000).to(&site).await;
        assert_eq!((said.code, &said.json()["code"]), (StatusCode::FORBIDDEN, &json!("stale-message")));
    }
    assert!(claims(&site).await.is_empty(), "what somebody recorded is not heard a week later");
    let none = LiveSite::founded().await;
    assert_eq!(sent("easypost", EASYPOST, MONDAY / 1_000).to(&none).await.code, StatusCode::NOT_FOUND);
    assert_eq!(sent("nobody", EASYPOST, MONDAY / 1_000).to(&site).await.code, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_feed_with_another_secret_is_a_task_until_it_is_signed_well() {
    let site = site_with_feeds().await;
    let task = TaskKind::FeedRefused { feed: vestibule_core::custody::delivered::ClaimSource::Shippo };
    let is_open = async || {
        let task = task.clone();
        site.handle.read(move |site, _| site.tasks.find(&task).is_some()).await.unwrap()
    };
    for n in 1..=6 {
        assert_eq!(is_open().await, n > 5, "after {} bad ones", n - 1);
        let forged = sent("shippo", SHIPPO, MONDAY / 1_000).text("application/json", "{}");
        assert_eq!(forged.to(&site).await.code, StatusCode::FORBIDDEN);
    }
    let (token, _) = site.staff("owner").await;
    let devices = Call::get("/staff/devices").header("cookie", &format!("session={token}"));
    let page = devices.to(&site).await.text;
    assert!(page.contains("Shippo") && page.contains("not signed with the secret"), "{page}");
    assert!(!page.contains(SECRET));
    sent("shippo", SHIPPO, MONDAY / 1_000).to(&site).await;
    assert!(!is_open().await);
}

#[tokio::test]
async fn a_claim_is_told_found_and_compared_over_the_api() {
    let site = LiveSite::founded().await;
    let (owner, _) = site.staff("owner").await;
    let post = |path: &str, body: Value| Call::new("POST", path).bearer(&owner).json(body);
    let get = |path: &str| Call::get(path).bearer(&owner);
    let body = json!({ "tracking": "1z 999 aa1 01 2345 6784", "unit": 1, "at": MONDAY - 10_800_000 });
    let first = post("/api/v1/claims", body.clone()).to(&site).await.json()["id"].clone();
    assert_eq!(first, json!(1));
    assert_eq!(post("/api/v1/claims", body).to(&site).await.json()["id"], first, "said again it is the same");
    let wrong = post("/api/v1/claims", json!({ "tracking": "hello" })).to(&site).await;
    assert_eq!(wrong.code, StatusCode::UNPROCESSABLE_ENTITY);
    let overdue = get("/api/v1/claims?show=overdue").to(&site).await.json();
    assert_eq!((&overdue[0]["tracking"], &overdue[0]["standing"]), (&json!(NUMBER), &json!("due")));
    let undated = json!({ "text": format!("UPS\nYour parcel {NUMBER} was delivered.") });
    let undated = post("/api/v1/claims/message", undated).to(&site).await;
    assert_eq!(undated.code, StatusCode::UNPROCESSABLE_ENTITY, "yesterday's mail is not now");
    let on_its_way = json!({ "text": format!("UPS\nYour parcel {NUMBER} is out for delivery.") });
    let on_its_way = post("/api/v1/claims/message", on_its_way).to(&site).await.json();
    assert_eq!(
        (&on_its_way[0]["claim"], &on_its_way[0]["refused"]),
        (&Value::Null, &json!("not-delivered")),
        "{on_its_way}"
    );
    let text = format!("UPS\nYour parcel {NUMBER} and 1Z999AA10123456793 were delivered. Call 800-742-5877.");
    let message =
        post("/api/v1/claims/message", json!({ "text": text, "at": MONDAY })).to(&site).await.json();
    assert_eq!((message[0]["claim"].clone(), message[1]["claim"].clone()), (json!(1), json!(2)), "{message}");
    let parcel = post("/api/v1/parcels", json!({ "size": "m" })).to(&site).await.json()["parcel"].clone();
    let here = json!({ "parcel": parcel, "unit": 1 });
    assert_eq!(post("/api/v1/claims/1/found", here.clone()).to(&site).await.code, StatusCode::OK);
    let again = post("/api/v1/claims/1/found", here).to(&site).await;
    assert_eq!((again.code, &again.json()["code"]), (StatusCode::CONFLICT, &json!("claim-over")));
    let story = get(&format!("/api/v1/parcels/{parcel}")).to(&site).await.json();
    assert_eq!((&story["parcel"]["tracking"], &story["parcel"]["unit"]), (&json!(NUMBER), &json!(1)));
    let asked = post("/api/v1/claims/2/ask-carrier", json!({})).to(&site).await;
    assert_eq!(asked.code, StatusCode::OK, "{}", asked.text);
    let explained = post("/api/v1/claims/2/explain", json!({ "why": "corrected" })).to(&site).await;
    assert_eq!(explained.code, StatusCode::OK);
    assert_eq!(get("/api/v1/claims?show=explained").to(&site).await.json()[0]["why"], "corrected");
    let scans = get("/api/v1/claims/carriers").to(&site).await.json();
    let ups = scans.as_array().unwrap().iter().find(|line| line["carrier"] == 1).unwrap();
    assert_eq!((&ups["claims"], &ups["unscanned"], &ups["deposits"]), (&json!(2), &json!(2), &json!(0)));
    assert_eq!(ups["without_scan"], json!(0), "what staff took in names no company");
}

struct Staff {
    site: LiveSite,
    cookie: String,
    csrf: String,
}

impl Staff {
    async fn of(site: LiveSite) -> Self {
        let (token, csrf) = site.staff("staff").await;
        Self { site, cookie: format!("session={token}"), csrf }
    }

    async fn see(&self, path: &str) -> Said {
        Call::get(path).header("cookie", &self.cookie).to(&self.site).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Said {
        let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let pairs = fields.iter().map(|(name, value)| format!("&{name}={}", escaped(value)));
        let form = format!("csrf={}{}", self.csrf, pairs.collect::<String>());
        Call::new("POST", path).form(&form).header("cookie", &self.cookie).to(&self.site).await
    }

    async fn message(&self, text: &str, file: &str) -> Said {
        let part = |name: &str, rest: &str, body: &str| {
            format!("--part\r\ncontent-disposition: form-data; name=\"{name}\"{rest}\r\n\r\n{body}\r\n")
        };
        let file = part("file", "; filename=\"mail.eml\"", file);
        let body = format!("{}{}{file}--part--\r\n", part("csrf", "", &self.csrf), part("text", "", text));
        Call::new("POST", "/staff/delivered/message")
            .text("multipart/form-data; boundary=part", &body)
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .to(&self.site)
            .await
    }
}

#[tokio::test]
async fn staff_paste_numbers_look_for_them_and_write_a_letter() {
    let staff = Staff::of(LiveSite::founded().await).await;
    let numbers = format!("{NUMBER}\nhello\n776632517510");
    let fields = [("numbers", numbers.as_str()), ("unit", "3B"), ("day", "2026-03-01"), ("hour", "14:00")];
    let said = staff.post("/staff/delivered", &fields).await;
    assert!(
        said.text.contains("2 numbers are noted") && said.text.contains(">hello</textarea>"),
        "{}",
        said.text
    );
    let list = staff.see("/staff/delivered").await;
    assert!(list.text.contains(NUMBER) && list.text.contains("Nobody scanned it"), "{}", list.text);
    assert!(staff.see("/staff").await.text.contains("/staff/delivered/1"), "it is a task");
    let one = staff.see("/staff/delivered/1").await;
    assert!(one.text.contains("apartment 3B") && one.text.contains("Letter to the carrier"), "{}", one.text);
    let asked = staff.post("/staff/delivered/1/letter", &[]).await;
    assert_eq!(asked.headers["location"], "/staff/delivered/1/letter");
    assert!(!is_asked(&staff.site, 1).await, "while the answer is waited for it is no task");
    let letter = staff.see("/staff/delivered/1/letter").await;
    assert!(letter.text.contains(NUMBER) && letter.text.contains("To: UPS"), "{}", letter.text);
    assert!(!letter.text.contains("Alvarez") && !letter.text.contains("apartment 3B"), "of no resident");
    let unexplained = staff.post("/staff/delivered/1/explain", &[("why", "other")]).await;
    assert_eq!(unexplained.code, StatusCode::UNPROCESSABLE_ENTITY, "another reason wants words");
    let words = [("why", "other"), ("words", "Found in the hedge")];
    assert_eq!(staff.post("/staff/delivered/1/explain", &words).await.code, StatusCode::SEE_OTHER);
    let explained = staff.see("/staff/delivered?show=explained").await;
    assert!(explained.text.contains("Another reason"), "{}", explained.text);
    let waits = [("brings", "3"), ("hands_on", "30"), ("answer", "5"), ("hand_on", "1")];
    assert_eq!(staff.post("/staff/delivered/waits", &waits).await.code, StatusCode::FORBIDDEN, "a manager's");
    let future = [("numbers", NUMBER), ("day", "2026-04-01"), ("hour", "")];
    assert!(staff.post("/staff/delivered", &future).await.text.contains("cannot lie in the future"));
    assert_eq!(staff.see("/staff/delivered/99").await.code, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_carriers_message_gives_its_numbers_and_the_text_is_not_kept() {
    let staff = Staff::of(LiveSite::founded().await).await;
    let nothing = staff.message("Hello, your parcel was delivered.", "").await;
    assert!(nothing.text.contains("No tracking number was found"), "{}", nothing.text);
    let on_its_way = staff.message(&format!("Out for delivery: UPS {NUMBER}"), "").await;
    assert!(on_its_way.text.contains("is on its way"), "{}", on_its_way.text);
    let undated = staff.message(&format!("Delivered: UPS {NUMBER}"), "").await;
    assert!(
        undated.text.contains("does not say when it was sent")
            && undated.text.contains(&format!(">{NUMBER}</textarea>")),
        "{}",
        undated.text
    );
    assert!(claims(&staff.site).await.is_empty());
    let folded = "Date: Sun, 1 Mar 2026 19:00:00 +0000\r\nSubject: Delivered\r\n\r\n<a href=3D\"https://ups.example/t?n=3D1Z999AA10123=\r\n456784\">x</a>";
    let said = staff.message("", folded).await;
    assert_eq!(said.code, StatusCode::SEE_OTHER, "{}", said.text);
    assert_eq!(claims(&staff.site).await.len(), 1);
    let at = staff.site.handle.read(|site, _| site.claims.known[&ClaimId(1)].at).await.unwrap();
    assert_eq!(at, Timestamp(1_772_391_600_000), "when the carrier sent it, not when staff pasted it");
    let waiting = staff.see("/staff/delivered?show=overdue").await;
    assert!(waiting.text.contains(NUMBER) && waiting.text.contains("Carrier’s message"), "{}", waiting.text);
}

#[tokio::test]
async fn what_is_taken_in_at_the_desk_under_its_number_came() {
    let site = LiveSite::founded().await;
    let (owner, _) = site.staff("owner").await;
    let body = json!({ "tracking": NUMBER, "at": MONDAY - 10_800_000 });
    Call::new("POST", "/api/v1/claims").bearer(&owner).json(body).to(&site).await;
    assert!(is_asked(&site, 1).await);
    let parcel = taken_in(&site, &owner).await;
    assert!(!is_asked(&site, 1).await);
    assert_eq!(claims(&site).await, [(ClaimId(1), Standing::Met { parcel: ParcelId(parcel) })]);
    let found = Call::get("/api/v1/claims?show=found").bearer(&owner).to(&site).await.json();
    assert_eq!((&found[0]["standing"], &found[0]["parcel"]), (&json!("met"), &json!(parcel)));
}

#[tokio::test]
async fn a_resident_asks_from_their_link_and_learns_nothing_of_others() {
    let site = LiveSite::founded().await;
    let token = "VLM7TESTTESTTESTTESTTESTTEST000";
    let row = Row::LinkPage {
        token: Sha256::digest(token.as_bytes()).into(),
        notice: 1,
        person: PersonId(1),
        credential: None,
        sealed: seal_with(&Keys::derive("link", token), br#"{"pin":"482913905","qr":"VPM7ABC"}"#),
        created_at: Timestamp(MONDAY),
        expires_at: Timestamp(MONDAY) + Span::days(7),
    };
    site.handle.write(vec![row]).await.unwrap();
    let page = Call::get(&format!("/l/{token}")).header("cookie", "language=en").to(&site).await;
    assert!(page.text.contains(&format!("action=\"/l/{token}/missing\"")), "{}", page.text);
    let ask = |number: &str| {
        let form = format!("csrf=&tracking={number}");
        Call::new("POST", &format!("/l/{token}/missing")).form(&form).header("cookie", "language=en")
    };
    let said = ask(NUMBER).to(&site).await;
    assert!(said.text.contains("We look for it"), "{}", said.text);
    let known = site.handle.read(|site, _| site.claims.known[&ClaimId(1)].clone()).await.unwrap();
    assert_eq!((known.unit, known.by), (Some(UnitId(1)), Actor::Person(PersonId(1))));
    let (owner, _) = site.staff("owner").await;
    taken_in(&site, &owner).await;
    let again = ask(NUMBER).to(&site).await;
    assert_eq!(again.text.matches("We look for it").count(), said.text.matches("We look for it").count());
    assert_eq!(ask("hello").to(&site).await.code, StatusCode::UNPROCESSABLE_ENTITY);
    let over = Call::new("POST", "/l/VLM7/missing").form("tracking=1Z999AA10123456784");
    assert_eq!(over.to(&site).await.code, StatusCode::GONE);
}
