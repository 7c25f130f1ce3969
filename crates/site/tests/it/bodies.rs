//! Bodies nobody should send: far too long, or with fields nobody knows. A clear word, whoever sends it, and nothing is done.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::live::{Call, LiveSite};
use crate::place::MONDAY;
use crate::routes::{address, call, list};
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;
use vestibule_site::web::security::{PHOTO_MEGABYTES, UPLOAD_MEGABYTES, body_megabytes};

const MEGABYTE: usize = 1 << 20;

async fn events(site: &LiveSite) -> u64 {
    let count =
        |tables: &rusqlite::Connection| tables.query_row("SELECT count(*) FROM event", [], |row| row.get(0));
    site.handle.query(count).await.unwrap()
}

#[tokio::test]
async fn ten_megabytes_are_refused_in_words_by_every_route_that_takes_no_list_and_no_photo() {
    let site = LiveSite::founded().await;
    let before = events(&site).await;
    let long = "x".repeat(10 * MEGABYTE);
    let mut refused = 0;
    for line in list().iter().filter(|line| line.method != "GET") {
        let most = body_megabytes(&line.path);
        let sent = if most < 10 { long.clone() } else { "x".repeat((most as usize + 1) * MEGABYTE) };
        let said = call(line).text("application/json", &sent).to(&site).await;
        let what = format!("{} {}", line.method, line.path);
        assert_eq!(said.code, StatusCode::PAYLOAD_TOO_LARGE, "{what}");
        if line.path.starts_with("/api/") {
            assert_eq!(said.json()["code"], "too-large", "{what}: {}", said.text);
        } else {
            assert!(
                said.text.contains(&format!("{most} MB")),
                "{what} says how much it takes: {}",
                said.text
            );
        }
        refused += 1;
    }
    assert!(refused > 100, "{refused} routes were tried");
    assert_eq!(events(&site).await, before, "nothing was done");
    assert!(
        body_megabytes("/staff/import") == UPLOAD_MEGABYTES
            && body_megabytes("/api/v1/import") == UPLOAD_MEGABYTES
    );
    assert!(body_megabytes("/staff/desk/photo") > PHOTO_MEGABYTES);
}

/// The same from somebody who does not say beforehand how long it will be.
#[tokio::test]
async fn a_body_without_an_end_is_cut_off() {
    let site = LiveSite::founded().await;
    let (session, _) = site.staff("owner").await;
    for (path, kind, name, value) in [
        ("/api/v1/parcels", "application/json", "authorization", format!("Bearer {session}")),
        ("/staff/carriers", "application/x-www-form-urlencoded", "cookie", format!("session={session}")),
    ] {
        let chunk = Bytes::from(vec![b'x'; MEGABYTE]);
        let chunks = (0..10).map(move |_| Ok::<_, std::io::Error>(chunk.clone()));
        let request = Request::post(path)
            .header("host", "localhost:8080")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", kind)
            .header(name, value)
            .body(Body::from_stream(futures_util::stream::iter(chunks)))
            .unwrap();
        let answer = site.router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
}

/// A courier's visit, and the token of its kiosk.
async fn visit(site: &LiveSite, owner: &str) -> (String, String) {
    let always = json!([{ "days": 127, "from": 0, "to": 1440 }]);
    let body = json!({ "carrier": 1, "windows": always, "expires": MONDAY + 86_400_000 });
    let code = Call::new("POST", "/api/v1/courier-codes").bearer(owner).json(body).to(site).await.json();
    let kiosk = site.kiosk().await;
    let call = Call::new("POST", "/api/v1/kiosk/log-in").bearer(&kiosk);
    let begun = call.json(json!({ "code": code["digits"] })).to(site).await.json();
    (begun["visit"].to_string(), kiosk)
}

#[tokio::test]
async fn a_field_nobody_knows_is_named_by_every_route_with_a_json_body_and_nothing_is_done() {
    let site = LiveSite::founded().await;
    let (owner, _) = site.staff("owner").await;
    let (visit, kiosk) = visit(&site, &owner).await;
    let before = events(&site).await;
    let document: Value = serde_json::from_str(include_str!("../../../../openapi/site.json")).unwrap();
    let lines = list();
    let mut asked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let takes_json = operation["requestBody"]["content"]["application/json"].is_object();
            // What companies send grows fields whenever they like: see the tests of their messages.
            if !takes_json || path.starts_with("/api/v1/feeds/") {
                continue;
            }
            let method = method.to_uppercase();
            let line = lines.iter().find(|line| line.method == method && line.path == *path);
            let line = line.unwrap_or_else(|| panic!("{method} {path} is in routes.txt"));
            let known = line.body.as_deref().unwrap_or("{}").trim_start_matches('{');
            let comma = if known == "}" { "" } else { "," };
            let (token, at) = match line.who.as_str() {
                "kiosk" => (&kiosk, address(path)),
                "visit" => (&kiosk, path.replace("{id}", &visit)),
                _ => (&owner, address(path)),
            };
            let body = format!("{{\"colour\":\"red\"{comma}{known}");
            let said = Call::new(&method, &at).bearer(token).text("application/json", &body).to(&site).await;
            assert_eq!(said.code, StatusCode::BAD_REQUEST, "{method} {path}: {}", said.text);
            let detail = said.json()["detail"].as_str().unwrap_or_default().to_owned();
            assert!(detail.contains("colour"), "{method} {path}: {detail}");
            asked += 1;
        }
    }
    assert!(asked > 45, "{asked} routes were asked");
    assert_eq!(events(&site).await, before, "nothing was done");
}
