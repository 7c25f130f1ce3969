//! People who try what is not theirs: foreign objects, other roles, stale and foreign forms, stolen and fixed sessions, guessed
//! passwords. Routes come from `routes.txt`, which is the router.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::live::{Call, LiveSite, Said};
use crate::place::MONDAY;
use crate::routes::{Line, address, call, has_headers, list};
use axum::http::StatusCode;
use serde_json::json;
use vestibule_core::{PersonId, Timestamp};
use vestibule_site::accounts::link::setup_link;

const PASSWORD: &str = "correct horse battery";

fn is_of_staff(line: &Line) -> bool {
    ["staff", "manager", "owner"].contains(&line.who.as_str())
}

fn what(line: &Line, said: &Said) -> String {
    format!(
        "{} {}: {} {}",
        line.method,
        line.path,
        said.code,
        said.text.chars().take(120).collect::<String>()
    )
}

/// A site whose owner is Dana, with her password.
async fn owned() -> LiveSite {
    let site = LiveSite::founded().await;
    site.account("dana@example.com", PASSWORD).await;
    site
}

fn sign_in(email: &str, password: &str) -> Call {
    Call::new("POST", "/api/v1/sessions").json(json!({ "email": email, "password": password }))
}

#[tokio::test]
async fn a_fresh_start_answers_set_up_alone() {
    let site = LiveSite::start();
    let open = ["/setup", "/look", "/healthz", "/readyz", "/static/{hash}/{*name}"];
    for line in list().iter().filter(|line| !open.contains(&line.path.as_str())) {
        for said in [call(line).to(&site).await, call(line).bearer("VK").to(&site).await] {
            let told = if line.path.starts_with("/api/") {
                StatusCode::UNAUTHORIZED
            } else {
                StatusCode::SERVICE_UNAVAILABLE
            };
            assert_eq!(said.code, told, "{}", what(line, &said));
            has_headers(&said, &line.path);
        }
    }
    let link = site.handle.query(|c| setup_link(c, Timestamp(MONDAY))).await.unwrap().expect("no owner yet");
    let guessed = Call::new("POST", "/setup").form(&format!(
        "token={}&email=eve%40example.com&name=Eve&password=correct+horse+battery",
        link.token
    ));
    assert_eq!(guessed.to(&site).await.code, StatusCode::GONE, "a link nobody was given sets nothing up");
}

/// What a route of the API needs to get as far as the object it names.
fn body_for(path: &str) -> serde_json::Value {
    let last = path.rsplit('/').next().unwrap_or_default();
    match last {
        "explain" if path.contains("/claims/") => json!({ "why": "other" }),
        "found" => json!({ "parcel": 1 }),
        _ if path.contains("/getting-ready/steps/") => json!({ "skip": true }),
        "correct" => json!({ "unit": 1 }),
        "hand-over" => json!({ "person": 1 }),
        "give-back" => json!({ "carrier": 1, "reason": "refused" }),
        "write-off" | "remove" | "open" | "key" => json!({ "reason": "damaged" }),
        "explain" => json!({ "holder": 1, "because": { "reason": "inspect" } }),
        "drawing" | "try" if path.contains("/rooms/") => json!({
            "was": 1,
            "plan": { "label": "Room", "door": null, "door_mm": 0, "width_mm": 4000, "depth_mm": 4000, "racks": [], "zones": [] },
            "shelves": [],
        }),
        "drawing" | "try" => json!({ "was": 1, "compartments": [] }),
        "service" => json!({ "in_service": true, "because": { "reason": "inspect" } }),
        "check" => json!({ "found": [] }),
        "hold" => json!({ "reason": "other", "words": "x", "until": 1 }),
        "designation" => json!({ "unit": 1 }),
        "limits" => json!({ "zone": "", "largest": "m" }),
        "let-in" => json!({ "reason": "inspect" }),
        "mode" => json!({ "mode": "locked" }),
        "night" => json!({ "night": null }),
        "answer" => json!({ "let_in": true }),
        "wiring" => json!({ "step": "begin" }),
        "doors" => json!({ "doors": [] }),
        _ if path.starts_with("/api/v1/doors/") => json!({ "label": "Front", "kind": "room_door" }),
        _ => json!({}),
    }
}

#[tokio::test]
async fn what_does_not_exist_is_nowhere_to_be_found() {
    let site = LiveSite::founded().await;
    let (token, csrf) = site.staff("owner").await;
    let cookie = format!("session={token}");
    let (mut tried, mut wrong) = (0, Vec::new());
    for line in list().into_iter().filter(|line| is_of_staff(line) && line.path.contains('{')) {
        let path = address(&line.path).replace("/1", "/987654");
        let path = path.replace("/api/v987654", "/api/v1");
        let foreign =
            Call::new(&line.method, &path).header("cookie", &cookie).header("sec-fetch-site", "same-origin");
        let is_api = path.starts_with("/api/");
        let foreign = match line.method.as_str() {
            "GET" | "DELETE" => foreign,
            _ if is_api => foreign.json(body_for(&path)),
            _ => foreign.form(&format!("csrf={csrf}")),
        };
        let said = foreign.to(&site).await;
        has_headers(&said, &path);
        // For a person nobody knows nothing waits, as for one who has everything.
        let says_nothing = said.code == StatusCode::NOT_FOUND || said.text.contains("\"nothing-waits\"");
        // A page that looks for somebody, and a live one, may find nobody; whatever changes something must find it.
        let finds_nobody = line.method == "GET" && !is_api && !said.text.contains("Alvarez");
        if !(said.code.is_client_error() || finds_nobody) || (is_api && !says_nothing) {
            wrong.push(what(&line, &said));
        }
        tried += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(tried > 40, "{tried} routes name an object");
}

#[tokio::test]
async fn a_screen_is_not_staff_and_staff_are_not_a_screen() {
    let site = LiveSite::founded().await;
    let kiosk = site.kiosk().await;
    for line in list().iter().filter(|line| is_of_staff(line)) {
        let cookie = format!("kiosk={kiosk}; session={kiosk}");
        for said in [
            call(line).bearer(&kiosk).to(&site).await,
            call(line).header("cookie", &cookie).header("sec-fetch-site", "same-origin").to(&site).await,
        ] {
            let is_refused = said.code == StatusCode::UNAUTHORIZED
                || said.code == StatusCode::FORBIDDEN
                || said
                    .headers
                    .get("location")
                    .is_some_and(|to| to.to_str().unwrap().starts_with("/sign-in"));
            assert!(is_refused, "{}", what(line, &said));
        }
    }
}

#[tokio::test]
async fn a_visit_answers_at_its_own_kiosk_alone() {
    let site = LiveSite::founded().await;
    let (mine, other) = (site.kiosk().await, site.kiosk().await);
    let mut card = site.ask(vestibule_core::Command::IssueCard { person: PersonId(1) }).await;
    let card = card.revealed.remove(0).token.expose().to_owned();
    let (staff, _) = site.staff("staff").await;
    let parcel = json!({ "unit": 1, "size": "m" });
    let taken = Call::new("POST", "/api/v1/parcels").bearer(&staff).json(parcel).to(&site).await.json();
    let place = format!("/api/v1/parcels/{}/place", taken["parcel"]);
    Call::new("POST", &place).bearer(&staff).json(json!({})).to(&site).await;
    site.door(1, true).await;
    site.door(1, false).await;
    let begun = Call::new("POST", "/api/v1/kiosk/pick-up")
        .bearer(&mine)
        .json(json!({ "code": card }))
        .to(&site)
        .await;
    let visit = begun.json()["visit"].as_u64().unwrap_or_else(|| panic!("{}", begun.text));
    for line in list().iter().filter(|line| line.who == "visit") {
        let path = line.path.replace("{id}", &visit.to_string());
        for key in [None, Some("k1")] {
            let call = Call::new("POST", &path).bearer(&other).json(json!({}));
            let call = key.into_iter().fold(call, |call, key| call.header("idempotency-key", key));
            let said = call.to(&site).await;
            assert_eq!(
                (said.code, &said.json()["code"]),
                (StatusCode::FORBIDDEN, &json!("not-yours")),
                "{path}"
            );
        }
    }
    site.door(1, true).await;
    site.door(1, false).await;
    let finish = || {
        Call::new("POST", &format!("/api/v1/visits/{visit}/finish"))
            .bearer(&mine)
            .header("idempotency-key", "k2")
    };
    let first = finish().to(&site).await;
    assert_eq!((first.code, &first.json()["repeated"]), (StatusCode::OK, &json!(false)), "{}", first.text);
    let again = finish().to(&site).await;
    assert_eq!(
        (again.code, &again.json()["repeated"]),
        (StatusCode::OK, &json!(true)),
        "an answer that was lost"
    );
    let fresh = finish().header("idempotency-key", "k3").to(&site).await;
    assert_eq!(fresh.code, StatusCode::GONE, "the visit is over");
    for line in list().iter().filter(|line| line.who == "visit") {
        let path = line.path.replace("{id}", &visit.to_string());
        let said = Call::new("POST", &path)
            .bearer(&mine)
            .header("idempotency-key", "k4")
            .json(json!({}))
            .to(&site)
            .await;
        assert!(said.code.is_client_error(), "a visit that is over does nothing: {}", what(line, &said));
    }
}

#[tokio::test]
async fn a_form_without_its_own_token_changes_nothing() {
    let site = LiveSite::founded().await;
    let (token, _) = site.staff("owner").await;
    let (_, anothers) = site.staff("owner").await;
    let before =
        site.handle.query(|c| c.query_row("SELECT max(seq) FROM event", [], |row| row.get::<_, i64>(0)));
    let before = before.await.unwrap();
    let is_page =
        |line: &&Line| line.method == "POST" && !line.path.starts_with("/api/") && is_of_staff(line);
    for line in list().iter().filter(is_page) {
        for csrf in ["", "x", anothers.as_str()] {
            let body = line.body.as_deref().map(|body| format!("{body}&csrf={csrf}"));
            let line = Line { body: body.or_else(|| Some(format!("csrf={csrf}"))), ..line.clone() };
            let said = call(&line).header("cookie", &format!("session={token}")).to(&site).await;
            assert!(said.code.is_client_error(), "{}", what(&line, &said));
        }
    }
    let after =
        site.handle.query(|c| c.query_row("SELECT max(seq) FROM event", [], |row| row.get::<_, i64>(0)));
    assert_eq!(after.await.unwrap(), before, "nothing happened");
}

#[tokio::test]
async fn a_session_given_before_signing_in_is_never_the_one_after() {
    let site = owned().await;
    let planted = "attackers-choice-of-a-session-0000000000000";
    let form = "email=dana%40example.com&password=correct+horse+battery";
    let enter = |cookie: &str| Call::new("POST", "/sign-in").form(form).header("cookie", cookie);
    let said = enter(&format!("session={planted}")).to(&site).await;
    assert_eq!(said.code, StatusCode::SEE_OTHER, "{}", said.text);
    let mine = said.cookie();
    assert!(mine.starts_with("session=") && !mine.contains(planted), "{mine}");
    let set = said.headers["set-cookie"].to_str().unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite="), "{set}");
    let works = |cookie: String| Call::get("/api/v1/tasks").header("cookie", &cookie);
    assert_eq!(works(format!("session={planted}")).to(&site).await.code, StatusCode::UNAUTHORIZED);
    assert_eq!(works(mine.clone()).to(&site).await.code, StatusCode::OK);
    let second = enter(&mine).to(&site).await.cookie();
    assert_ne!(second, mine, "each signing in has a session of its own");
}

#[tokio::test]
async fn a_guesser_waits_and_the_neighbour_does_not() {
    let site = owned().await;
    site.account("noor@example.com", PASSWORD).await;
    let mut codes = Vec::new();
    for guess in 0..8 {
        codes.push(sign_in("dana@example.com", &format!("guess number {guess}")).to(&site).await.code);
    }
    assert_eq!(codes[..5], [StatusCode::UNAUTHORIZED; 5]);
    assert_eq!(codes[5..], [StatusCode::TOO_MANY_REQUESTS; 3], "the tries that wait are not looked at");
    let right = sign_in("dana@example.com", PASSWORD).to(&site).await;
    assert_eq!(right.code, StatusCode::TOO_MANY_REQUESTS, "nobody learns from the wait whether it was right");
    assert_eq!(sign_in("noor@example.com", PASSWORD).to(&site).await.code, StatusCode::OK);
    let nobody = sign_in("nobody@example.com", PASSWORD).to(&site).await;
    assert_eq!(nobody.code, StatusCode::UNAUTHORIZED, "an account that does not exist is told the same");
}
