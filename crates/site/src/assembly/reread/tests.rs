use super::super::SitePlace;
use super::*;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::timeout;
use vestibule_core::place::compartment::Closure;
use vestibule_core::{BankId, Site};
use vestibule_simulators::lock_boards::{BoardOptions, Line, LockBoards, serve_tcp};

/// What is not so within this time never is.
const PATIENCE: Duration = Duration::from_secs(60);
const REAR: BankId = BankId(1);

/// A line of two boards, and where it is.
async fn line() -> (Line, String) {
    let mut boards = LockBoards::new();
    boards.add_board(BoardOptions::instant(1, 8));
    boards.add_board(BoardOptions::instant(2, 8));
    let boards = Line::new(boards);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("it is bound").to_string();
    tokio::spawn(serve_tcp(boards.clone(), listener));
    (boards, address)
}

fn bank(name: &str, label: u8) -> String {
    format!(
        "[[bank]]\nname = \"{name}\"\n[[bank.column]]\nwidth_mm = 400\n\
         doors = [{{ label = \"{label}\", size = \"S\", height_mm = 200 }}]\n"
    )
}

fn bus(name: &str, address: &str) -> String {
    format!("[[bus]]\nname = \"{name}\"\ntcp = {{ addr = \"{address}\" }}\n")
}

fn board(address: u8, bank: &str, label: u8) -> String {
    format!(
        "[[bus.board]]\naddress = {address}\nprofile = \"generic-lock8a-8\"\nbank = \"{bank}\"\n\
         compartments = {{ {label} = 1 }}\n"
    )
}

fn door(name: &str) -> String {
    format!(
        "[[doors]]\nname = \"{name}\"\n[[doors.passage]]\nname = \"{name} door\"\nkind = \"building_entrance\"\n\
         [doors.device]\nkind = \"2n\"\nurl = \"http://127.0.0.1:9\"\n[[doors.device.door]]\n\
         name = \"{name} door\"\nrelay = \"1\"\ncontact = \"input1\"\n"
    )
}

/// Waits until the site knows it.
async fn until(assembled: &Assembled, is_so: impl Fn(&Site) -> bool + Copy + Send + 'static) {
    let mut changes = assembled.handle.changes();
    let comes = async {
        loop {
            changes.borrow_and_update();
            if assembled.handle.read(move |site, _| is_so(site)).await.expect("the site runs") {
                return;
            }
            changes.changed().await.expect("the site runs");
        }
    };
    timeout(PATIENCE, comes).await.expect("it never came to that");
}

#[tokio::test]
async fn what_cannot_be_started_keeps_nothing_else_from_starting() {
    let folder = tempfile::tempdir().expect("a folder");
    let parsed = |text: &str| {
        let text = format!("data = \"site\"\n{text}");
        Config::parse(&text, &folder.path().join("vestibule.toml")).expect("it is sound")
    };
    let ((_rear, rear), (_side, side)) = (line().await, line().await);
    let banks = [bank("Rear", 1), bank("Side", 2)].concat();
    let config = parsed(&[banks.clone(), bus("A line", &rear), board(1, "Rear", 1)].concat());
    let mut site = Assembled::open(&SitePlace::of(&config)).expect("it opens");
    site.install(None, &config.bank).await.expect("its banks are put up");
    site.drive(&config.bus, &[]).await.expect("its line is driven");
    until(&site, |site| {
        site.compartments.all.values().any(|one| one.bank == REAR && one.closure == Closure::Closed)
    })
    .await;
    // On the line of the rear bank hangs one that is drawn and, by the time the line starts, not put up.
    let (with_front, on_a) = (bank("Front", 3), [board(1, "Rear", 1), board(2, "Front", 3)].concat());
    let on_b = board(1, "Side", 2);
    let lines = [bus("A line", &rear), on_a, bus("B line", &side), on_b].concat();
    let config = parsed(&[banks, with_front, lines, door("Street")].concat());
    let buses = site.checked_buses((&config.bus, &config.bank), &[]).await.expect("they are sound");
    let doors = site.new_doors(&mut Ground::of(&site.handle), &config.doors).await.expect("they are sound");
    let not_started = site.change_lines(&config, buses, doors).await.expect("the writer runs");
    assert!(matches!(&not_started[..], [why] if why.contains("A line")), "{not_started:?}");
    assert_eq!(site.buses.keys().collect::<Vec<_>>(), ["B line"]);
    assert_eq!(site.door_sets.keys().collect::<Vec<_>>(), ["Street"]);
    let silent = site.handle.read(|site, _| site.layout.silent.contains(&REAR)).await;
    assert!(silent.expect("the writer runs"), "nobody sees its doors");
    site.stop().await;
}
