//! Board addresses and lock numbers, checked. Never holds a number that a board reads as "everybody" or "all locks".

use crate::number::checked_number;

checked_number! {
    /// The bus address of a board, as set on its five DIP switches. (Some texts say 32; no switch can be set so.)
    BoardAddress(u8), "board", 1 to 31
}

checked_number! {
    /// A lock of one board, as printed beside its connector. Zero would mean "all locks" on the bus.
    LockNumber(u8), "lock", 1 to 50
}
