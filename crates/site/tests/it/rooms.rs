//! A room drawn while the site runs: by its pages and by the API, and its labels.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::at_desk::AtDesk;
use crate::live::{Call, Said};
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use vestibule_core::*;

impl AtDesk {
    async fn shelves(&self) -> Vec<String> {
        let look = |site: &Site, _| site.layout.shelves.values().cloned().collect();
        self.site.handle.read(look).await.unwrap()
    }
}

/// One rack of two levels, and a spot on the floor.
const ROOM: &str = "was=0&label=Parcels&door=&door_mm=1500&width=3000&depth=3000&rack-label-0=Left&rack-left-0=0&rack-top-0=0&rack-width-0=1000&rack-depth-0=500&rack-front-0=down&rack-foot-0=200&height-0-0=500&shelves-0-0=R1%2C+R2&height-0-1=600&shelves-0-1=R3&spot-label-0=G1&spot-left-0=0&spot-top-0=1500&spot-width-0=900&spot-depth-0=900&spot-zone-0=";
const NEW: &str = "/staff/rooms/new";

/// The room as it was drawn first, to be drawn anew.
fn again(was: u32) -> String {
    ROOM.replace("was=0", &format!("was={was}"))
}

#[tokio::test]
async fn the_editor_draws_a_room_shows_what_would_change_and_saves_it() {
    let at = AtDesk::of("owner").await;
    let before = at.shelves().await;
    let page = at.sees(NEW).await;
    assert!(
        page.text.contains("name=\"shelves-0-3\""),
        "it begins with a rack of four levels: {}",
        page.text
    );
    let drawn = at.presses("/staff/rooms/new/drawing", &ROOM.replace("height-0-1=600", "height-0-1=")).await;
    assert!(drawn.text.contains("3000 mm high"), "{}", drawn.text);
    let drawn = at.presses("/staff/rooms/new/drawing", ROOM).await;
    assert!(drawn.text.contains("<svg class=\"bank\"") && drawn.text.contains(">R3<"), "{}", drawn.text);
    let more = at.presses(NEW, &format!("{ROOM}&do=spot")).await;
    assert!(more.text.contains("name=\"spot-label-1\""), "{}", more.text);
    let seen = at.presses(NEW, &format!("{ROOM}&do=see")).await;
    let shows = "Come: R1, R2, R3, G1";
    assert!(seen.text.contains(shows) && seen.text.contains("value=\"save\""), "{}", seen.text);
    assert_eq!(at.shelves().await, before, "nothing has changed");
    let saved = at.presses(NEW, &format!("{ROOM}&do=save")).await;
    assert_eq!(saved.code, StatusCode::SEE_OTHER, "{}", saved.text);
    assert_eq!(saved.headers[header::LOCATION], "/staff/rooms?said=room-drawn");
    assert_eq!(at.shelves().await.len(), before.len() + 4);
    let page = at.sees("/staff/rooms").await;
    assert!(page.text.contains(">R2<") && page.text.contains("href=\"/staff/shelves/"), "{}", page.text);
    let labels = at.sees("/staff/rooms/1/labels").await;
    assert!(labels.text.contains(">R1<") && labels.text.matches("class=\"slip\"").count() == 4);
    let seen = at.presses("/staff/rooms/1/edit", &format!("{}&do=see", again(1))).await;
    assert!(seen.text.contains("stands like this already") && !seen.text.contains("value=\"save\""));
}

#[tokio::test]
async fn the_editor_asks_what_a_level_takes_and_says_what_its_measures_let_in() {
    let at = AtDesk::of("owner").await;
    let limits = async || {
        let look = |site: &Site, _| {
            let limits = site.layout.shelves.iter().filter_map(|(id, label)| {
                let limits = site.layout.shelf_limits.get(id)?;
                Some(format!("{label} {:?} {:?}", limits.largest, limits.holds))
            });
            limits.collect::<Vec<_>>()
        };
        at.site.handle.read(look).await.unwrap()
    };
    let said = format!("{ROOM}&largest-0-0=measured&holds-0-0=4&largest-0-1=S&holds-0-1=");
    assert_eq!(at.presses(NEW, &format!("{said}&do=save")).await.code, StatusCode::SEE_OTHER);
    assert_eq!(limits().await, ["R1 L Some(4)", "R2 L Some(4)", "R3 S None", "G1 XL None"]);
    let page = at.page("/staff/rooms/1/edit").await;
    assert!(page.contains("what fits by its measures: L") && page.contains("value=\"4\""), "{page}");
    let drawn =
        at.presses("/staff/rooms/1/edit/drawing", &said.replace("height-0-0=500", "height-0-0=300")).await;
    assert!(drawn.text.contains(">M, 4<"), "the picture says it: {}", drawn.text);
    let other = said.replace("was=0", "was=1").replace("holds-0-0=4", "holds-0-0=6");
    let seen = at.presses("/staff/rooms/1/edit", &format!("{other}&do=see")).await;
    let shows = "Takes other parcels, or another number of them: R1, R2";
    assert!(seen.text.contains(shows) && seen.text.contains("value=\"save\""), "{}", seen.text);
    let none = other.replace("holds-0-0=6", "holds-0-0=none");
    let seen = at.presses("/staff/rooms/1/edit", &format!("{none}&do=see")).await;
    assert!(seen.text.contains("at least one parcel"), "{}", seen.text);
    assert_eq!(
        at.presses("/staff/rooms/1/edit", &format!("{other}&do=save")).await.code,
        StatusCode::SEE_OTHER
    );
    assert_eq!(limits().await[..2], ["R1 L Some(6)", "R2 L Some(6)"]);
}

#[tokio::test]
async fn a_new_room_begins_with_a_name_that_is_free() {
    let at = AtDesk::of("owner").await;
    let begins_with = |page: &Said, name: &str| {
        page.text.contains(&format!("name=\"label\" type=\"text\" value=\"{name}\""))
    };
    let page = at.sees(NEW).await;
    assert!(begins_with(&page, "Package room"), "{}", page.text);
    let named = ROOM.replace("label=Parcels", "label=package+room");
    assert_eq!(at.presses(NEW, &format!("{named}&do=save")).await.code, StatusCode::SEE_OTHER);
    let page = at.sees(NEW).await;
    assert!(begins_with(&page, "Package room 2") && !page.text.contains("is taken"), "{}", page.text);
}

#[tokio::test]
async fn whoever_is_late_keeps_what_they_drew() {
    let at = AtDesk::of("owner").await;
    assert_eq!(at.presses(NEW, &format!("{ROOM}&do=save")).await.code, StatusCode::SEE_OTHER);
    let edit = "/staff/rooms/1/edit";
    let wider = again(1).replace("width=3000", "width=3500");
    assert_eq!(at.presses(edit, &format!("{wider}&do=save")).await.code, StatusCode::SEE_OTHER);
    let late = again(1).replace("R1%2C+R2", "R1");
    let late = at.presses(edit, &format!("{late}&do=save")).await;
    assert_eq!(late.code, StatusCode::CONFLICT);
    assert!(late.text.contains("Somebody else has drawn this anew"), "{}", late.text);
    assert!(
        late.text.contains("name=\"was\" value=\"2\"") && late.text.contains("Goes: R2."),
        "{}",
        late.text
    );
}

#[tokio::test]
async fn a_program_hands_the_whole_drawing_in() {
    let at = AtDesk::of("owner").await;
    assert_eq!(at.presses(NEW, &format!("{ROOM}&do=save")).await.code, StatusCode::SEE_OTHER);
    let rooms = at.site_rooms().await;
    let mut body = json!({ "was": rooms[0]["version"], "plan": rooms[0]["plan"], "shelves": [] });
    let shelves: Vec<Value> = rooms[0]["shelves"].as_array().unwrap()[1..]
        .iter()
        .map(|one| json!({ "label": one["label"], "place": one["place"] }))
        .collect();
    body["shelves"] = json!(shelves);
    let tried = at.asks("POST", "/api/v1/rooms/1/drawing/try", body.clone()).await.json();
    assert_eq!(tried["removed"].as_array().unwrap().len(), 1, "{tried}");
    let put = at.asks("PUT", "/api/v1/rooms/1/drawing", body.clone()).await;
    assert_eq!(put.code, StatusCode::OK, "{}", put.text);
    let stale = at.asks("PUT", "/api/v1/rooms/1/drawing", body).await;
    assert_eq!((stale.code, stale.json()["code"].clone()), (StatusCode::CONFLICT, json!("drawn-meanwhile")));
}

impl AtDesk {
    async fn site_rooms(&self) -> Value {
        Call::get("/api/v1/rooms").bearer(&self.session).to(&self.site).await.json()
    }
}
