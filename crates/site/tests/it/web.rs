//! The pages and the API over the whole site: set-up, signing in, a parcel's way, the link page, what goes wrong.

use crate::live::{Call, LiveSite};
use axum::http::StatusCode;
use serde_json::json;
use sha2::{Digest, Sha256};
use vestibule_core::{CredentialId, PersonId, Span, Timestamp};
use vestibule_site::accounts::link::setup_link;
use vestibule_site::keys::{Keys, seal_with};
use vestibule_site::rows::Row;

use crate::place::MONDAY;

#[tokio::test]
async fn before_an_owner_exists_only_set_up_is_reachable_and_then_it_is_over() {
    let site = LiveSite::start();
    assert_eq!(Call::get("/sign-in").to(&site).await.code, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(Call::get("/api/v1/parcels").to(&site).await.code, StatusCode::UNAUTHORIZED);
    assert_eq!(Call::get("/healthz").to(&site).await.code, StatusCode::OK);
    assert_eq!(Call::get("/setup?token=guess").to(&site).await.code, StatusCode::GONE);
    let link = site.handle.query(|c| setup_link(c, Timestamp(MONDAY))).await.unwrap().expect("no owner yet");
    site.handle.write(vec![link.row]).await.unwrap();
    let address = format!("/setup?token={}", link.token);
    let page = Call::get(&address).header("accept-language", "es").to(&site).await;
    assert_eq!(page.code, StatusCode::OK);
    assert!(page.text.contains("Crear mi cuenta") && page.headers["referrer-policy"] == "no-referrer");
    let form = |password: &str| {
        let token = &link.token;
        Call::new("POST", "/setup")
            .form(&format!("token={token}&email=dana%40example.com&name=Dana&password={password}"))
    };
    let short = form("short").to(&site).await;
    assert_eq!(short.code, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        short.text.contains("at least 12 characters") && short.text.contains("dana@example.com"),
        "{}",
        short.text
    );
    let made = form("correct+horse+battery").to(&site).await;
    assert_eq!((made.code, &made.headers["location"]), (StatusCode::SEE_OTHER, &"/staff".parse().unwrap()));
    let signed_in = Call::get("/api/v1/tasks").header("cookie", &made.cookie()).to(&site).await;
    assert_eq!(signed_in.code, StatusCode::OK);
    assert_eq!(form("correct+horse+battery").to(&site).await.code, StatusCode::GONE);
    let wrong = Call::new("POST", "/sign-in").form("email=dana%40example.com&password=wrong").to(&site).await;
    assert_eq!(wrong.code, StatusCode::UNAUTHORIZED);
    assert!(!wrong.text.contains("value=\"wrong\""), "a password is never written back");
    let credentials = json!({ "email": "dana@example.com", "password": "correct horse battery" });
    let session = Call::new("POST", "/api/v1/sessions").json(credentials).to(&site).await.json();
    let token = session["token"].as_str().unwrap();
    assert_eq!(Call::get("/api/v1/tasks").bearer(token).to(&site).await.code, StatusCode::OK);
    assert_eq!(Call::new("DELETE", "/api/v1/sessions").bearer(token).to(&site).await.code, StatusCode::OK);
    assert_eq!(Call::get("/api/v1/tasks").bearer(token).to(&site).await.code, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_parcel_goes_in_and_out_over_the_api() {
    let site = LiveSite::founded().await;
    let (owner, _) = site.staff("owner").await;
    let always = json!([{ "days": 127, "from": 0, "to": 1440 }]);
    let body = json!({ "carrier": 1, "windows": always, "expires": MONDAY + 86_400_000 });
    let post = |path: &str, body| Call::new("POST", path).bearer(&owner).json(body);
    let code = post("/api/v1/courier-codes", body).to(&site).await.json();
    let kiosk = site.kiosk().await;
    let at_kiosk = |path: &str, body| Call::new("POST", &format!("/api/v1/{path}")).bearer(&kiosk).json(body);
    let visit =
        at_kiosk("kiosk/log-in", json!({ "code": code["digits"] })).to(&site).await.json()["visit"].clone();
    let deposit = json!({ "unit": 1, "size": "m", "tracking": "1Z999AA10123456784" });
    let key = |call: Call| call.header("idempotency-key", "k1");
    let path = format!("visits/{visit}/deposit");
    let first = key(at_kiosk(&path, deposit.clone())).to(&site).await.json();
    let again = key(at_kiosk(&path, deposit)).to(&site).await.json();
    assert_eq!((&again["parcel"], &again["repeated"]), (&first["parcel"], &json!(true)));
    let door = first["place"]["compartment"].as_u64().expect("it goes into a compartment");
    let door = u32::try_from(door).unwrap();
    site.door(door, true).await;
    site.door(door, false).await;
    assert_eq!(at_kiosk(&format!("visits/{visit}/finish"), json!({})).to(&site).await.code, StatusCode::OK);
    let found = Call::get("/api/v1/parcels?q=1z999&here=true").bearer(&owner).to(&site).await.json();
    assert_eq!(found["parcels"][0]["unit_label"], "3B");
    let story =
        Call::get(&format!("/api/v1/parcels/{}", first["parcel"])).bearer(&owner).to(&site).await.json();
    let kinds: Vec<_> = story["timeline"].as_array().unwrap().iter().map(|m| m["kind"].clone()).collect();
    assert!(kinds.contains(&json!("custody-transferred")), "{kinds:?}");
    let reveal =
        || Call::new("POST", "/api/v1/people/1/reveal").bearer(&owner).header("idempotency-key", "r1");
    let pin = reveal().to(&site).await.json();
    assert!(pin["digits"].is_string() && pin["already_revealed"] == false, "{pin}");
    let repeated = reveal().to(&site).await;
    assert!(
        repeated.json()["already_revealed"] == true && !repeated.text.contains("token"),
        "{}",
        repeated.text
    );
    let given = json!({ "selector": "302", "digits": pin["digits"] });
    let pick_up = at_kiosk("kiosk/pick-up", given).to(&site).await.json();
    assert_eq!(pick_up["here"], json!([door]));
    site.door(door, true).await;
    site.door(door, false).await;
    let story =
        Call::get(&format!("/api/v1/parcels/{}", first["parcel"])).bearer(&owner).to(&site).await.json();
    assert_eq!(story["parcel"]["custodian"], "recipient");
}

#[tokio::test]
async fn a_visit_belongs_to_its_kiosk() {
    let site = LiveSite::founded().await;
    let (mine, other) = (site.kiosk().await, site.kiosk().await);
    let mut pin = site.ask(vestibule_core::Command::IssueCard { person: PersonId(1) }).await;
    let card = pin.revealed.remove(0).token.expose().to_owned();
    let said = Call::new("POST", "/api/v1/kiosk/pick-up")
        .bearer(&mine)
        .json(json!({ "code": card }))
        .to(&site)
        .await;
    assert_eq!(said.json()["code"], "nothing-waits");
    let state = Call::get("/api/v1/kiosk/state").bearer(&other).to(&site).await.json();
    assert_eq!((&state["kiosk"], &state["banks"]), (&json!(2), &json!([1])));
    let strange = Call::new("POST", "/api/v1/visits/77/finish").bearer(&other).to(&site).await;
    assert_eq!((strange.code, &strange.json()["code"]), (StatusCode::GONE, &json!("visit-over")));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_in_words() {
    let site = LiveSite::founded().await;
    let (owner, _) = site.staff("owner").await;
    let post = |body| Call::new("POST", "/api/v1/parcels").bearer(&owner).json(body);
    let unknown = post(json!({ "unit": 1, "size": "m", "colour": "red" })).to(&site).await;
    assert_eq!(unknown.headers["content-type"], "application/problem+json");
    assert_eq!(
        Call::get("/nowhere").header("accept-language", "es").to(&site).await.code,
        StatusCode::NOT_FOUND
    );
    let parcel = Call::get("/api/v1/parcels/x").bearer(&owner).to(&site).await;
    assert_eq!(parcel.json()["code"], "no-page");
    let refused = post(json!({ "unit": 99, "size": "m" })).header("accept-language", "es").to(&site).await;
    assert!(refused.code.is_client_error(), "{}", refused.text);
    let fragment = Call::get("/nowhere").header("hx-request", "true").to(&site).await;
    assert!(fragment.text.starts_with("<div class=\"state"), "{}", fragment.text);
}

#[tokio::test]
async fn readiness_says_what_is_not_well() {
    let site = LiveSite::founded().await;
    let ready = Call::get("/readyz").to(&site).await;
    assert_eq!(ready.code, StatusCode::OK, "{}", ready.text);
    let silent = vestibule_core::Observation::BoardSilent { bank: vestibule_core::BankId(1) };
    site.handle.observe(vec![silent]).await.unwrap();
    let unready = Call::get("/readyz").to(&site).await;
    assert_eq!(unready.code, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!((&unready.json()["bus"], &unready.json()["database"]), (&json!(false), &json!(true)));
}

#[tokio::test]
async fn a_link_reveals_on_a_press_alone_and_says_kindly_when_it_is_over() {
    let site = LiveSite::founded().await;
    let (old, token) = ("VLM7TESTTESTTESTTESTTESTTEST000", "VLM7TESTTESTTESTTESTTESTTEST111");
    let row = |token: &str, credential: u64| Row::LinkPage {
        token: Sha256::digest(token.as_bytes()).into(),
        notice: 1,
        person: PersonId(1),
        credential: Some(CredentialId(credential)),
        sealed: seal_with(&Keys::derive("link", token), br#"{"pin":"482913905","qr":"VPM7ABC"}"#),
        created_at: Timestamp(MONDAY),
        expires_at: Timestamp(MONDAY) + Span::days(7),
    };
    let path = format!("/l/{old}");
    assert_eq!(Call::get(&path).to(&site).await.code, StatusCode::GONE);
    site.handle.write(vec![row(old, 99)]).await.unwrap();
    let nothing = Call::get(&path).to(&site).await;
    assert!(nothing.text.contains("Ya no espera nada"), "the person's language: {}", nothing.text);
    // A parcel of staff is put into a compartment: it waits, and a code is revealed for it.
    let (owner, _) = site.staff("owner").await;
    let post = |path: &str, body| Call::new("POST", path).bearer(&owner).json(body);
    let parcel =
        post("/api/v1/parcels", json!({ "unit": 1, "size": "m" })).to(&site).await.json()["parcel"].clone();
    let placed =
        post(&format!("/api/v1/parcels/{parcel}/place"), json!({ "banks": [1] })).to(&site).await.json();
    let door = u32::try_from(placed["compartment"].as_u64().expect("a door opens")).unwrap();
    site.door(door, true).await;
    site.door(door, false).await;
    let replaced = Call::get(&path).header("cookie", "language=en").to(&site).await;
    assert!(replaced.text.contains("There is a newer code"), "{}", replaced.text);
    let live = Call::new("POST", "/api/v1/people/1/reveal").bearer(&owner).to(&site).await.json()["id"]
        .as_u64()
        .unwrap();
    site.handle.write(vec![row(token, live)]).await.unwrap();
    let path = format!("/l/{token}");
    let look = Call::get(&path).to(&site).await;
    assert!(
        look.text.contains("Mostrar mi código") && look.text.contains("<svg") && !look.text.contains(">482<"),
        "{}",
        look.text
    );
    assert_eq!(
        (&look.headers["referrer-policy"], &look.headers["cache-control"]),
        (&"no-referrer".parse().unwrap(), &"no-store".parse().unwrap())
    );
    let press = Call::new("POST", &path).form("csrf=").header("origin", "null").to(&site).await;
    assert!(press.text.contains(">482<") && press.text.contains("3 0 2"), "{}", press.text);
    assert!(!press.text.contains("VPM7ABC"));
}

#[tokio::test]
async fn an_import_is_shown_before_it_is_done() {
    let site = LiveSite::founded().await;
    let (owner, _) = site.staff("manager").await;
    let csv = "apartment,first name,last name,email\n3B,Rosa,Alvarez,rosa@example.com\n4C,Ben,Ode,ben@example.com\n";
    let send = |query: &str| {
        Call::new("POST", &format!("/api/v1/import{query}")).bearer(&owner).text("text/csv", csv)
    };
    let dry = send("").to(&site).await.json();
    assert_eq!(
        (&dry["applied"], &dry["plan"]["new_people"][0]["name"]),
        (&json!(false), &json!("Ben Ode")),
        "{dry}"
    );
    let people = || Call::get("/api/v1/residents?q=ode").bearer(&owner);
    assert_eq!(people().to(&site).await.json(), json!([]));
    let done = send("?apply=true").to(&site).await.json();
    assert_eq!(done["applied"], true, "{done}");
    assert_eq!(people().to(&site).await.json()[0]["email"], "ben@example.com");
    let punctuation = Call::get("/api/v1/residents?q=*").bearer(&owner).to(&site).await.json();
    assert_eq!(punctuation, json!([]), "punctuation finds nobody");
    assert_eq!(send("?apply=maybe").to(&site).await.code, StatusCode::BAD_REQUEST);
}
