//! A bank drawn anew while the site runs: by its pages, by the API, and over the real driver against simulated boards.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::at_desk::AtDesk;
use crate::live::Call;
use crate::wall::{BOARD, DOORS, STAFF, Wall, c, lock};
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use vestibule_core::place::compartment::Service;
use vestibule_core::place::wiring::{Channel, WhatOpened};
use vestibule_core::vocabulary::command::{DrawnCompartment, StaffReason, WiringStep};
use vestibule_core::*;

const BANK: BankId = BankId(1);

impl AtDesk {
    async fn drawing(&self) -> Value {
        let said = Call::get("/api/v1/banks/1/drawing").bearer(&self.session).to(&self.site).await;
        assert_eq!(said.code, StatusCode::OK, "{}", said.text);
        said.json()
    }

    async fn hung(&self) -> Vec<(u32, String)> {
        let look = |site: &Site, _| {
            let ids = site.layout.banks[&BANK].iter();
            ids.map(|id| (id.0, site.compartments.get(*id).unwrap().spec.label.clone())).collect()
        };
        self.site.handle.read(look).await.unwrap()
    }
}

const EDIT: &str = "/staff/banks/1/edit";
/// Door 1 above door 2, as they hang; the second 50 mm higher.
const BOTH: &str = "was=1&width-0=400&foot-0=300&id-0-0=2&label-0-0=2&size-0-0=M&height-0-0=350&id-0-1=1&label-0-1=1&size-0-1=M&height-0-1=300";
/// Only door 1.
const ONE: &str = "was=1&width-0=400&foot-0=300&id-0-0=1&label-0-0=1&size-0-0=M&height-0-0=300";

#[tokio::test]
async fn the_editor_draws_shows_what_would_change_and_saves_it() {
    let at = AtDesk::of("owner").await;
    let page = at.sees(EDIT).await;
    assert!(
        page.text.contains("name=\"label-0-1\"") && page.text.contains("was put up with 2 lockers"),
        "{}",
        page.text
    );
    let drawn = at.presses("/staff/banks/1/edit/drawing", &BOTH.replace("=350", "=0")).await;
    assert!(drawn.text.contains("no height between 1 and 3000"), "{}", drawn.text);
    let drawn = at.presses("/staff/banks/1/edit/drawing", BOTH).await;
    assert!(drawn.text.starts_with("<p") && drawn.text.contains("<svg class=\"bank\""), "{}", drawn.text);
    let more = at.presses(EDIT, &format!("{BOTH}&do=door-0")).await;
    assert!(more.text.contains("name=\"label-0-2\"") && more.text.contains("value=\"3\""), "{}", more.text);
    let seen = at.presses(EDIT, &format!("{BOTH}&do=see")).await;
    assert!(
        seen.text.contains("2: height 300 to 350 mm") && seen.text.contains("value=\"save\""),
        "{}",
        seen.text
    );
    assert_eq!(at.hung().await.len(), 2);
    let saved = at.presses(EDIT, &format!("{BOTH}&do=save")).await;
    assert_eq!(saved.code, StatusCode::SEE_OTHER, "{}", saved.text);
    assert_eq!(saved.headers[header::LOCATION], "/staff/banks?said=redrawn");
    let page = at.sees(EDIT).await;
    assert!(page.text.contains("value=\"350\"") && page.text.contains("drawing 2"), "{}", page.text);
    // Once more what it is already: nothing to save.
    let seen = at.presses(EDIT, &format!("{}&do=see", BOTH.replace("was=1", "was=2"))).await;
    assert!(seen.text.contains("hangs like this already") && !seen.text.contains("value=\"save\""));
}

#[tokio::test]
async fn whoever_is_late_keeps_what_they_drew_and_sees_what_it_would_undo() {
    let at = AtDesk::of("owner").await;
    let first = format!("{BOTH}&id-0-2=&label-0-2=3&size-0-2=S&height-0-2=100&do=save");
    assert_eq!(at.presses(EDIT, &first).await.code, StatusCode::SEE_OTHER);
    let late = at.presses(EDIT, &format!("{ONE}&do=save")).await;
    assert_eq!(late.code, StatusCode::CONFLICT);
    assert!(late.text.contains("Somebody else has drawn this anew"), "{}", late.text);
    assert!(
        late.text.contains("name=\"was\" value=\"2\"") && late.text.contains("Go: 2, 3."),
        "{}",
        late.text
    );
    assert_eq!(at.hung().await.len(), 3, "nothing was overwritten");
    // Looked at, and meant.
    let meant = at.presses(EDIT, &format!("{}&do=save", ONE.replace("was=1", "was=2"))).await;
    assert_eq!(meant.code, StatusCode::SEE_OTHER, "{}", meant.text);
    assert_eq!(at.hung().await, [(1, "1".to_owned())]);
    let story = at.sees(EDIT).await;
    assert!(story.text.contains("drawing 2") && story.text.contains("drawing 3"), "{}", story.text);
    // The old number is given to no other door.
    let again =
        format!("{}&id-0-1=&label-0-1=2&size-0-1=S&height-0-1=100&do=see", ONE.replace("was=1", "was=3"));
    let seen = at.presses(EDIT, &again).await;
    assert!(
        seen.text.contains("Choose another number") && !seen.text.contains("value=\"save\""),
        "{}",
        seen.text
    );
}

/// Their drawing still has a door that somebody took out: that is what they are told, and what to do, not a bare no to its number.
#[tokio::test]
async fn whoever_drew_with_a_door_that_is_gone_is_told_which_and_what_to_do() {
    let at = AtDesk::of("owner").await;
    assert_eq!(at.presses(EDIT, &format!("{ONE}&do=save")).await.code, StatusCode::SEE_OTHER);
    for press in ["see", "save"] {
        let late = at.presses(EDIT, &format!("{BOTH}&do={press}")).await;
        let told = "They took door 2 out of the bank";
        assert!(late.text.contains("Somebody else has drawn this anew"), "{press}: {}", late.text);
        assert!(late.text.contains(told) && late.text.contains("another number"), "{press}: {}", late.text);
        assert!(!late.text.contains("value=\"save\""), "{press}: it cannot be saved so");
        assert!(late.text.contains("name=\"label-0-0\" value=\"2\""), "{press}: nothing of theirs is lost");
    }
    assert_eq!(at.hung().await, [(1, "1".to_owned())], "nothing was overwritten");
    // With another number it hangs again.
    let another = BOTH.replace("was=1", "was=2").replace("id-0-0=2&label-0-0=2", "id-0-0=&label-0-0=30");
    let another = another.replace("height-0-0=350", "height-0-0=100");
    let saved = at.presses(EDIT, &format!("{another}&do=save")).await;
    assert_eq!(saved.code, StatusCode::SEE_OTHER, "{}", saved.text);
    assert_eq!(at.hung().await.len(), 2);
}

#[tokio::test]
async fn what_is_needed_is_named_with_what_to_do_and_stays() {
    let at = AtDesk::of("owner").await;
    at.site.door(2, true).await;
    at.site.door(2, false).await;
    let seen = at.presses(EDIT, &format!("{ONE}&do=see")).await;
    let shows = "2: nobody is sure what is inside. Look into it first.";
    assert!(seen.text.contains(shows) && !seen.text.contains("value=\"save\""), "{}", seen.text);
    let refused = at.presses(EDIT, &format!("{ONE}&do=save")).await;
    assert!(refused.code == StatusCode::CONFLICT && refused.text.contains(shows), "{}", refused.text);
    let mut drawing = at.drawing().await;
    drawing["compartments"].as_array_mut().unwrap().remove(1);
    let body = json!({ "was": drawing["version"], "compartments": drawing["compartments"] });
    let tried = at.asks("POST", "/api/v1/banks/1/drawing/try", body.clone()).await.json();
    assert_eq!(tried["still_needed"], json!([{ "compartment": 2, "needed_for": "check" }]));
    let refused = at.asks("PUT", "/api/v1/banks/1/drawing", body).await;
    assert_eq!((refused.code, refused.json()["code"].as_str()), (StatusCode::CONFLICT, Some("still-needed")));
    assert!(refused.json()["detail"].as_str().unwrap().contains(shows), "{}", refused.text);
    assert_eq!(at.hung().await.len(), 2);
}

#[tokio::test]
async fn a_large_low_door_is_asked_about_and_the_api_draws_too() {
    let at = AtDesk::of("owner").await;
    let large = format!("{BOTH}&width-1=400&foot-1=100&id-1-0=&label-1-0=9&size-1-0=XL&height-1-0=800");
    let seen = at.presses(EDIT, &format!("{large}&do=see")).await;
    assert!(
        seen.text.contains("name=\"released\"") && seen.text.contains("A child can climb into 9"),
        "{}",
        seen.text
    );
    let refused = at.presses(EDIT, &format!("{large}&do=save")).await;
    assert!(
        refused.code == StatusCode::CONFLICT && refused.text.contains("name=\"released\""),
        "{}",
        refused.text
    );
    let saved = at.presses(EDIT, &format!("{large}&released=yes&do=save")).await;
    assert_eq!(saved.code, StatusCode::SEE_OTHER, "{}", saved.text);
    let mut drawing = at.drawing().await;
    assert_eq!(drawing["version"], 2);
    let came = &mut drawing["compartments"][2];
    assert_eq!(
        (came["compartment"].as_u64(), came["spec"]["inside_release"].as_bool()),
        (Some(3), Some(true))
    );
    came["spec"]["label"] = json!("9a");
    let body = json!({ "was": 2, "compartments": drawing["compartments"] });
    let tried = at.asks("POST", "/api/v1/banks/1/drawing/try", body.clone()).await.json();
    assert_eq!(
        (tried["version"].as_u64(), tried["changed"][0]["before"]["label"].as_str()),
        (Some(3), Some("9"))
    );
    assert_eq!(at.hung().await[2].1, "9", "tried, and nothing was changed");
    let drawn = at.asks("PUT", "/api/v1/banks/1/drawing", body.clone()).await;
    assert_eq!((drawn.code, drawn.json()["id"].as_u64()), (StatusCode::OK, Some(1)), "{}", drawn.text);
    assert_eq!(at.hung().await[2].1, "9a");
    let late = at.asks("PUT", "/api/v1/banks/1/drawing", body).await;
    assert_eq!((late.code, late.json()["code"].as_str()), (StatusCode::CONFLICT, Some("drawn-meanwhile")));
    let unknown = Call::get("/api/v1/banks/7/drawing").bearer(&at.session).to(&at.site).await;
    assert_eq!(unknown.code, StatusCode::NOT_FOUND);
}

fn declared() -> Command {
    let channel = |n: usize| {
        let door = c(u32::try_from(n).unwrap());
        (door, Channel { board: BOARD, lock: lock(door), contact: lock(door), reversed: false })
    };
    let channels = (1..=DOORS.len()).map(channel).collect();
    Command::Wiring { bank: BANK, step: WiringStep::Declare { channels } }
}

fn drawing(site: &Site) -> Vec<DrawnCompartment> {
    let ids = site.layout.banks[&BANK].iter();
    ids.map(|id| DrawnCompartment {
        compartment: Some(*id),
        spec: site.compartments.get(*id).unwrap().spec.clone(),
    })
    .collect()
}

async fn opens_its_own(wall: &Wall, door: CompartmentId) {
    wall.ok(STAFF, Command::StaffOpen { compartment: door, reason: StaffReason::Inspect }).await;
    wall.open(door).await;
    wall.shut(door).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_door_that_goes_is_not_heard_any_more_and_one_that_comes_gets_its_lock_by_a_test() {
    let wall = Wall::with_wiring(|_| {}).await;
    wall.ok(Actor::Console, declared()).await;
    let mut drawn = wall.read(drawing).await;
    let gone = drawn.remove(1);
    let mut spec = gone.spec.clone();
    spec.label = "2b".to_owned();
    drawn.push(DrawnCompartment { compartment: None, spec });
    let first = wall.read(|site| site.wiring.maps[&BANK].clone()).await;
    wall.ok(STAFF, Command::ChangeBank { bank: BANK, was: 1, compartments: drawn }).await;
    let map = wall.read(|site| site.wiring.maps[&BANK].clone()).await;
    assert!(map.version == first.version + 1 && map.hash != first.hash);
    let came = wall.read(|site| *site.layout.banks[&BANK].last().unwrap()).await;
    wall.refused(
        STAFF,
        Command::StaffOpen { compartment: came, reason: StaffReason::Inspect },
        "out of service",
    )
    .await;
    // The others go on by the new map, and so they do after a start with the file as it was.
    opens_its_own(&wall, c(1)).await;
    let wall = wall.restart(|_| {}).await;
    wall.ok(Actor::Console, declared()).await;
    assert_eq!(wall.read(|site| site.wiring.hash(BANK)).await, Some(map.hash));
    opens_its_own(&wall, c(3)).await;
    // The test lends the lock that was left behind to the door that waits, and finds that it is the one.
    wall.ok(STAFF, Command::Wiring { bank: BANK, step: WiringStep::Begin { told: false, anew: false } })
        .await;
    wall.until("the contact of the new door is read", move |site, _| {
        let closure = site.compartments.get(came)?.closure;
        (closure == vestibule_core::place::compartment::Closure::Closed).then_some(())
    })
    .await;
    wall.ok(STAFF, Command::Wiring { bank: BANK, step: WiringStep::Try { compartment: came, told: false } })
        .await;
    wall.until("its contact moved", move |site, _| {
        (!site.wiring.tests[&BANK].moved.is_empty() && !site.pulse_is_out(BANK)).then_some(())
    })
    .await;
    let opened = WhatOpened::Door(came);
    wall.ok(STAFF, Command::Wiring { bank: BANK, step: WiringStep::Say { opened } }).await;
    assert!(wall.ground.line.push_shut(BOARD, 2), "the lock of the old door 2 opened it");
    wall.closed(came).await;
    wall.ok(STAFF, Command::Wiring { bank: BANK, step: WiringStep::Keep }).await;
    let (may, service) = wall
        .read(move |site| {
            let map = &site.wiring.maps[&BANK];
            (map.may_pulse(came, false), site.compartments.get(came).unwrap().service)
        })
        .await;
    assert!(may && service == Service::In);
    wall.end().await;
}
