//! Wirings: mistakes of an installer are refused in words.

use vestibule_devices::{BoardWiring, BusWiring, PointWiring};

use crate::world::{profiles, wiring};

fn error(wiring: &BusWiring) -> String {
    wiring.check(&profiles()).unwrap_err().to_string()
}

fn board(address: u8, points: &[(u32, u8)]) -> BoardWiring {
    let points =
        points.iter().map(|(point, lock)| PointWiring { point: *point, lock: *lock, polarity: None });
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
