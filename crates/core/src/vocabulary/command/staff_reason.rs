//! Why staff do what they do.

use serde::{Deserialize, Serialize};

/// Why staff did something: a closed list in the ledger; the free words beside it live in the directory tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffReason {
    /// To see what is inside.
    Inspect,
    /// A resident cannot use the kiosk.
    HelpResident,
    /// A courier needs help.
    HelpCourier,
    /// Kept too long.
    Overdue,
    /// Somebody else's.
    WrongRecipient,
    /// Door, lock or sensor needs work.
    Maintenance,
    /// To see which door a lock opens, in a test of the bank's wiring.
    WiringTest,
    /// To compare what is inside with what is recorded, in an audit.
    Audit,
    /// Parcel damaged or spoiled.
    Damaged,
    /// Search given up.
    NotFound,
    /// Anything else: words required by the page.
    Other,
}
