//! What the pages of devices show, and what is done there.

use super::{House, ROOM, row};
use crate::live::Call;
use axum::http::StatusCode;
use vestibule_simulators::readers::{OsdpReader, ReaderOptions};
use vestibule_site::config::PrinterUse;

#[tokio::test]
async fn every_device_is_in_one_list_and_has_a_page() {
    let house = House::open().await;
    let devices = ["Lobby, board 1", "Lobby, board 2", "Street door", "Package room", "Lobby camera"];
    let all_answer =
        |page: &str| !page.is_empty() && devices.iter().all(|name| row(page, name).contains(">answers<"));
    let list = house.shows("/staff/devices", all_answer).await;
    assert!(row(&list, "Front desk").contains("nothing heard yet"), "{list}");
    assert!(row(&list, "Street door").contains("0 of the last"), "{list}");
    for (path, shows) in [
        ("/staff/devices/buses/1", vec!["Lobby line", "generic-lock8a-8", "lock 5", "/staff/compartments/4"]),
        ("/staff/devices/doors/1", vec!["Intercom", " ms as a rule", "2.35.0.45.0"]),
        ("/staff/devices/doors/2", vec!["Reader", "173.222.173", "shut"]),
        ("/staff/devices/printers/1", vec!["Front desk", "ESC/POS", "slips, cards and badges", "never"]),
        ("/staff/cameras", vec!["Lobby camera", " ms the newest one", "2.35.0.45.0"]),
        ("/staff/doors/1", vec!["/staff/devices/doors/1"]),
    ] {
        house.shows(path, |page| shows.iter().all(|words| page.contains(words))).await;
    }
    let call = Call::get("/api/v1/devices").header("cookie", &format!("session={}", house.session));
    let told = call.at(&house.router).await.json();
    let told: Vec<_> =
        told.as_array().unwrap().iter().map(|one| (&one["kind"], &one["name"], &one["state"])).collect();
    let wanted = [
        ("board", "Lobby line", "answers"),
        ("board", "Lobby line", "answers"),
        ("door", "Intercom", "answers"),
        ("door", "Reader", "answers"),
        ("printer", "Front desk", "unasked"),
    ];
    assert!(
        told.iter()
            .zip(wanted)
            .all(|(told, wanted)| *told.0 == wanted.0 && *told.1 == wanted.1 && *told.2 == wanted.2),
        "{told:?}"
    );
    assert_eq!(told.len(), wanted.len());
    for nowhere in ["buses/0", "buses/2", "doors/9", "scanners/1", "printers/2", "cameras/9/exchanges"] {
        let path = format!("/staff/devices/{nowhere}");
        let call = Call::get(&path).header("cookie", &format!("session={}", house.session));
        assert_eq!(call.at(&house.router).await.code, StatusCode::NOT_FOUND, "{nowhere}");
    }
    house.site.stop().await;
}

#[tokio::test]
async fn a_printer_tells_its_newest_job() {
    use vestibule_devices::printer::{Matter, PrintError, TextSize};
    let house = House::open().await;
    let sheet = Matter::new().text(TextSize::Plain, "Apt 3B");
    house.printer.set(|knobs| knobs.paper_left = Some(0));
    let outcome = house.printers.print(PrinterUse::Slips, &[sheet]).await.unwrap();
    assert_eq!(outcome.end, Err(PrintError::NoPaper));
    let page = house.page("/staff/devices/printers/1").await.text;
    assert!(page.contains("says: no paper") && page.contains("1 of the last 1 (100 %)"), "{page}");
    house.printer.set(|knobs| knobs.paper_left = None);
    let sheet = Matter::new().text(TextSize::Plain, "Apt 3B");
    house.printers.print(PrinterUse::Slips, &[sheet]).await.unwrap().end.unwrap();
    let list = house.page("/staff/devices").await.text;
    assert!(row(&list, "Front desk").contains(">answers<"), "{list}");
    house.site.stop().await;
}

#[tokio::test]
async fn the_last_exchanges_of_lines_doors_and_cameras_are_on_pages_of_their_own() {
    let house = House::open().await;
    let line = house.page("/staff/devices/buses/1/exchanges").await.text;
    assert!(line.contains("board 2, reading its doors") && line.contains("answered"), "{line}");
    let none = house.page("/staff/devices/buses/1/exchanges?errors=1").await.text;
    assert!(none.contains("None of the last exchanges went wrong"), "{none}");
    house.boards.with(|boards, _| boards.board_faults(2).silent = true);
    let wrong = house
        .shows("/staff/devices/buses/1/exchanges?errors=1", |page| page.contains("It does not answer"))
        .await;
    assert!(!wrong.contains(">answered<"), "errors only: {wrong}");
    let door = house.page("/staff/devices/doors/1/exchanges").await.text;
    assert!(door.contains("GET /api/") && door.contains("200") && !door.contains("switch="), "{door}");
    let reader = house.page("/staff/devices/doors/2/exchanges").await.text;
    assert!(reader.contains("reader 0") && reader.contains(">poll<") && reader.contains(">ack<"), "{reader}");
    assert!(!reader.contains("17171717"), "no page shows a key: {reader}");
    let camera = house
        .shows("/staff/devices/cameras/1/exchanges", |page| page.contains("GET /api/camera/snapshot"))
        .await;
    assert!(
        camera.contains("200, ") && camera.contains(" bytes") && !camera.contains("snapshot?"),
        "{camera}"
    );
    let cameras = house.page("/staff/cameras").await.text;
    assert!(cameras.contains("/staff/devices/cameras/1/exchanges"), "{cameras}");
    house.site.stop().await;
}

#[tokio::test]
async fn a_reader_from_the_factory_is_let_in_from_the_page_and_given_its_own_key() {
    let house = House::open().await;
    let page = house.page("/staff/doors/2/reader").await.text;
    assert!(page.contains("Let the new reader in") && page.contains(">answers<"), "{page}");
    assert!(house.page("/staff/doors/1/reader").await.text.contains("No reader with a key of its own"));
    // The old one is taken off the wall; the new one knows the public key alone.
    let new = OsdpReader::new(ReaderOptions { key: None, ..ReaderOptions::default() });
    house.room.with(0, |reader, _| *reader = new);
    house.until(|site| site.access.points[&ROOM].silent).await;
    assert_eq!(house.site.handle.read(|site, _| site.access.points[&ROOM].new_reader).await.unwrap(), None);
    let press = |path: &str| {
        let call = Call::new("POST", path).header("cookie", &format!("session={}", house.session));
        call.form(&format!("csrf={}", house.csrf))
    };
    let said = press("/staff/doors/1/reader").at(&house.router).await;
    assert_eq!(said.code, StatusCode::UNPROCESSABLE_ENTITY, "{}", said.text);
    let said = press("/staff/doors/2/reader").at(&house.router).await;
    assert_eq!(said.code, StatusCode::SEE_OTHER, "{}", said.text);
    house
        .until(|site| {
            let point = &site.access.points[&ROOM];
            point.new_reader.is_some_and(|new| new.key_set.is_some()) && !point.silent
        })
        .await;
    let page = house.shows("/staff/doors/2/reader", |page| page.contains("and answers with it")).await;
    assert!(!page.contains("17171717"), "no page shows a key");
    house.site.stop().await;
}

#[tokio::test]
async fn no_site_but_a_demonstration_has_knobs_for_faults() {
    let house = House::open().await;
    for (method, path) in [("GET", "/demo/faults"), ("POST", "/demo/faults"), ("POST", "/demo/faults/0")] {
        let call = Call::new(method, path).header("cookie", &format!("session={}", house.session));
        let said = call.form("knob=silent&on=true").at(&house.router).await;
        assert_eq!(said.code, StatusCode::NOT_FOUND, "{method} {path}");
    }
    house.site.stop().await;
}
