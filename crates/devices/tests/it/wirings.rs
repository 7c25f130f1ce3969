//! Wirings: mistakes of an installer are refused in words.

use vestibule_devices::{BoardWiring, BusWiring, PointWiring};

use crate::world::{profiles, wiring};

fn error(wiring: &BusWiring) -> String {
    wiring.check(&profiles()).unwrap_err().to_string()
}

fn board(address: u8, points: &[(u32, u8)]) -> BoardWiring {
    let points = points.iter().map(|(point, lock)| PointWiring {
        point: *point,
        lock: *lock,
        contact: None,
        polarity: None,
    });
    BoardWiring { address, profile: "generic-lock8a-12".into(), points: points.collect() }
}

#[test]
fn a_right_wiring_is_accepted() {
    assert_eq!(
        wiring(&[(1, "generic-lock8a-12", 12), (2, "generic-lock8a-8", 8)]).check(&profiles()),
        Ok(())
    );
}

#[test]
fn each_mistake_is_named() {
    let of = |boards: &[BoardWiring]| error(&BusWiring { boards: boards.to_vec() });
    assert_eq!(of(&[]), "a bus needs at least one board");
    assert!(of(&[board(1, &[]), board(1, &[])]).starts_with("two boards have address 1"));
    assert_eq!(of(&[board(1, &[(7, 1)]), board(2, &[(7, 1)])]), "point 7 is wired twice");
    assert_eq!(of(&[board(1, &[(7, 1), (7, 2)])]), "point 7 is wired twice");
    assert_eq!(of(&[board(1, &[(7, 1), (8, 1)])]), "points 7 and 8 are both on lock 1 of board 1");
    assert_eq!(of(&[board(1, &[(7, 13)])]), "point 7 is on lock 13 of board 1, which has 12");
    assert_eq!(of(&[board(1, &[(7, 0)])]), "lock 0 does not exist: expected 1 to 50");
    assert_eq!(of(&[board(0, &[])]), "board 0 does not exist: expected 1 to 31");
    assert_eq!(of(&[board(32, &[])]), "board 32 does not exist: expected 1 to 31");
    let unknown = BoardWiring { profile: "acme".into(), ..board(1, &[]) };
    assert!(of(&[unknown]).contains("no profile named \"acme\"; known are bench-lock8a-24, generic"));
    let fast = BoardWiring { profile: "bench-lock8a-24".into(), ..board(2, &[]) };
    assert_eq!(of(&[board(1, &[]), fast]), "board 2 speaks at 115200 baud, the others of this line at 9600");
}

#[test]
fn each_family_has_its_own_numbers_and_a_line_of_its_own() {
    let of = |profile: &str, address: u8, lock: u8| {
        let board = BoardWiring { profile: profile.into(), ..board(address, &[(7, lock)]) };
        BusWiring { boards: vec![board] }.check(&profiles()).map_err(|error| error.to_string())
    };
    assert_eq!(of("kerong-kr-cu16", 0, 16), Ok(()));
    assert_eq!(of("kerong-kr-cu16", 15, 1).unwrap_err(), "board 15 does not exist: expected 0 to 14");
    assert_eq!(of("kerong-kr-cu12", 1, 13).unwrap_err(), "point 7 is on lock 13 of board 1, which has 12");
    assert_eq!(of("winnsen-16", 255, 1), Ok(()));
    assert_eq!(of("winnsen-16", 0, 1).unwrap_err(), "station 0 does not exist: expected 1 to 255");
    assert_eq!(of("generic-modbus-8", 248, 1).unwrap_err(), "unit 248 does not exist: expected 1 to 247");
    assert_eq!(of("generic-wkly-24", 32, 1).unwrap_err(), "board 32 does not exist: expected 0 to 31");
    let winnsen = BoardWiring { profile: "winnsen-16".into(), ..board(2, &[]) };
    let mixed = error(&BusWiring { boards: vec![board(1, &[]), winnsen] });
    assert_eq!(
        mixed,
        "board 2 speaks winnsen, the others of this line speak lock8a: give it a line of its own"
    );
}
