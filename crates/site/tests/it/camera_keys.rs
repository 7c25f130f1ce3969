//! Which pages may look through a camera: those with a key for it, whichever they are, and at the desk no other.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::door_pages::{AtDoor, goes_to};
use crate::live::Said;
use crate::routes::{address, list};
use axum::http::StatusCode;
use std::collections::BTreeSet;
use vestibule_core::Command;
use vestibule_site::web::WebSettings;

fn may_look(said: &Said) -> bool {
    let header = |name: &str| said.headers[name].to_str().unwrap();
    let worker_may_run = header("content-security-policy").contains("worker-src 'self'");
    let may = header("permissions-policy").contains("camera=(self)");
    assert_eq!(may, worker_may_run, "who looks through a camera reads what it sees");
    may
}

#[tokio::test]
async fn whichever_page_has_a_key_for_the_camera_may_look_through_one() {
    let at = AtDoor::with(WebSettings::default()).await;
    at.site.ask(Command::InstallShelf { label: "A1".into() }).await;
    let walk = goes_to(&at.staff_posts("/staff/audits", "scope=shelves&shelf=1").await);
    assert_eq!(walk, "/staff/audits/1");
    at.presses("/kiosk/go", "to=pick-up").await;
    let mut with_a_key = BTreeSet::new();
    for line in list().iter().filter(|line| line.method == "GET") {
        let path = address(&line.path);
        let said = match line.who.as_str() {
            "staff" | "manager" | "owner" => at.staff(&path).await,
            "kiosk" => at.screen(&path).await,
            _ => continue,
        };
        let has_key = said.text.contains("data-camera-key");
        if has_key {
            assert_eq!(said.code, StatusCode::OK, "{path}");
            assert!(may_look(&said), "{path} has a key for the camera and may not use one");
            with_a_key.insert(line.path.clone());
        } else if line.who != "kiosk" {
            assert!(!may_look(&said), "{path} has no key for the camera and may use one");
        }
    }
    for path in ["/staff/desk", "/staff/desk/find", "/staff/audits/{id}", "/kiosk", "/door/{id}"] {
        assert!(with_a_key.contains(path), "{path} is one of them: {with_a_key:?}");
    }
}

#[tokio::test]
async fn the_desk_that_answers_a_scan_may_scan_again() {
    let at = AtDoor::with(WebSettings::default()).await;
    let said = at.staff_posts("/staff/desk/read", "symbols=").await;
    assert_eq!(said.code, StatusCode::OK, "{}", said.text);
    assert!(said.text.contains("data-camera-key") && may_look(&said), "{}", said.text);
    let said = at.staff_posts("/staff/desk/read", "symbols=x").await;
    assert!(said.code.is_client_error() && !may_look(&said), "no look of a camera: {}", said.text);
}
