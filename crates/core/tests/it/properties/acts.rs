//! What happens on a random day, and how often.

use proptest::prelude::*;

/// One thing that happens; numbers choose among what there is.
#[derive(Debug, Clone)]
pub enum Act {
    CourierComes(u8),
    Brings(u8, u8, bool, bool),
    Springs(u8),
    Shuts(u8),
    Fails(u8, u8),
    Forces(u8),
    Says(u8, u8),
    Elsewhere(u8),
    Leaves(u8),
    Touches(u8),
    OpensAgain(u8),
    Fixes(u8),
    Scans(u8, u8),
    Types(u8),
    Next(u8),
    Reopens(u8, u8),
    TakesFromShelf(u8),
    Guesses(u8),
    StaffChecks(u8),
    StaffAccepts(u8),
    StaffPlaces(u8),
    StaffRemoves(u8),
    StaffHandsOver(u8),
    Card(u8),
    MovesOut(u8, bool),
    Waits(u8),
    Restarts,
    Probes(u8),
}

pub fn act() -> impl Strategy<Value = Act> {
    use Act::*;
    let n = any::<u8>;
    prop_oneof![
        12 => n().prop_map(CourierComes),
        30 => (n(), n(), any::<bool>(), any::<bool>()).prop_map(|(a, b, c, d)| Brings(a, b, c, d)),
        60 => n().prop_map(Springs),
        50 => n().prop_map(Shuts),
        6 => (n(), n()).prop_map(|(a, b)| Fails(a, b)),
        1 => n().prop_map(Forces),
        14 => (n(), n()).prop_map(|(a, b)| Says(a, b)),
        4 => n().prop_map(Elsewhere),
        10 => n().prop_map(Leaves),
        4 => n().prop_map(Touches),
        4 => n().prop_map(OpensAgain),
        8 => n().prop_map(Fixes),
        40 => (n(), n()).prop_map(|(a, b)| Scans(a, b)),
        4 => n().prop_map(Types),
        4 => n().prop_map(Next),
        8 => (n(), n()).prop_map(|(a, b)| Reopens(a, b)),
        3 => n().prop_map(TakesFromShelf),
        3 => n().prop_map(Guesses),
        4 => n().prop_map(StaffChecks),
        3 => n().prop_map(StaffAccepts),
        6 => n().prop_map(StaffPlaces),
        2 => n().prop_map(StaffRemoves),
        5 => n().prop_map(StaffHandsOver),
        1 => n().prop_map(Card),
        2 => (n(), any::<bool>()).prop_map(|(a, b)| MovesOut(a, b)),
        16 => n().prop_map(Waits),
        1 => Just(Restarts),
        4 => n().prop_map(Probes),
    ]
}
