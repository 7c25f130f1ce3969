//! Every reason for no. Codes are stable: pages, the API and other programs know them.

use crate::access::removal::PointNeededFor;
use crate::ids::*;
use crate::site::drawing::StillNeededFor;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

macro_rules! refusals {
    ($($(#[$doc:meta])* $code:literal $name:ident $({ $($(#[$fdoc:meta])* $field:ident: $type:ty),* $(,)? })?),* $(,)?) => {
        /// Why a command was refused.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "code")]
        pub enum Refusal {
            $($(#[$doc])* #[serde(rename = $code)] $name $({ $($(#[$fdoc])* $field: $type),* })?),*
        }
        impl Refusal {
            /// Every code, for the tables that must know them all.
            pub const CODES: &'static [&'static str] = &[$($code),*];
            /// The stable code.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$name $({ $($field: _),* })? => $code),* }
            }
        }
    };
}

refusals! {
    /// The site was founded already.
    "already-founded" AlreadyFounded,
    /// No such thing: the number names nothing here.
    "not-found" NotFound,
    /// The words make no sense together.
    "invalid" Invalid {
        /// What is wrong and what would be right.
        why: String,
    },
    /// The code is not known, or not for this. Same words for unknown selector and wrong digits.
    "wrong-code" WrongCode,
    /// The check digit is wrong: a typo, which costs nothing.
    "mistyped" Mistyped,
    /// A code that was valid once: collected, replaced or revoked. Costs nothing.
    "code-dead" CodeDead,
    /// The code's time has passed or not come, or this is not one of its hours.
    "outside-hours" OutsideHours,
    /// Too many wrong codes at this apartment's number.
    "selector-paused" SelectorPaused {
        /// Until then; scanning still works.
        until: Timestamp,
    },
    /// Too many wrong codes at this kiosk.
    "kiosk-paused" KioskPaused {
        /// Until then; scanning still works.
        until: Timestamp,
    },
    /// Keypads of this site are off until staff lift it; scanning still works.
    "keypads-off" KeypadsOff,
    /// A courier's code given where a pickup is asked, or the other way round.
    "other-purpose" OtherPurpose,
    /// The kiosk is not paired.
    "kiosk-unknown" KioskUnknown,
    /// Somebody else's visit is going on at this kiosk.
    "kiosk-busy" KioskBusy,
    /// The visit is over.
    "visit-over" VisitOver,
    /// It belongs to another visit.
    "not-yours" NotYours,
    /// A door is open and must be shut first.
    "door-open" DoorOpen {
        /// Which.
        compartment: CompartmentId,
    },
    /// No door is open that this could be about.
    "no-door-open" NoDoorOpen,
    /// The door has been shut: use *Fix* and give the code again.
    "door-has-shut" DoorHasShut,
    /// One parcel already waits for its door.
    "queue-full" QueueFull,
    /// A parcel with this number came today. It is the same one, or another with the same number: that must be said.
    "already-here" AlreadyHere {
        /// Which.
        parcel: ParcelId,
    },
    /// Too many look-ups for the parcels delivered.
    "too-many-look-ups" TooManyLookUps,
    /// Too late to fix: collected, or more than half an hour ago.
    "too-late" TooLate,
    /// Nothing waits for this person.
    "nothing-waits" NothingWaits,
    /// What waits is in other banks; this kiosk shows the way.
    "elsewhere" Elsewhere {
        /// The banks.
        banks: Vec<BankId>,
    },
    /// No free compartment of the size.
    "no-room" NoRoom,
    /// Too many openings in a minute at this bank.
    "breaker" Breaker,
    /// An opening is already going on.
    "opening-in-progress" OpeningInProgress,
    /// Its lock board does not answer.
    "board-silent" BoardSilent,
    /// The compartment is out of service or to be checked.
    "not-in-service" NotInService,
    /// A parcel is inside; the list says which.
    "occupied" Occupied {
        /// Which.
        parcels: Vec<ParcelId>,
    },
    /// The parcel is in another custody than this needs.
    "wrong-custody" WrongCustody,
    /// Designated to another unit, or shared with somebody not entitled.
    "not-entitled" NotEntitled,
    /// A parcel of this class must not lie there.
    "not-for-this-class" NotForThisClass,
    /// It is handed over against a code, a card or a signature.
    "signature-needed" SignatureNeeded,
    /// The keypad number is taken or is not 1 to 8 digits.
    "keypad-number" KeypadNumberTaken,
    /// Space is low: no deposits now; collections go on.
    "disk-low" DiskLow,
    /// The code is good, but not for this door.
    "not-this-door" NotThisDoor,
    /// Too many wrong codes at this door.
    "door-paused" DoorPaused {
        /// Until then; scanning and ringing still work.
        until: Timestamp,
    },
    /// Staff have closed this door to couriers.
    "closed-to-couriers" ClosedToCouriers,
    /// The site lets no courier in at this hour.
    "late-night" LateNight,
    /// The pass is being used at another door.
    "pass-in-use" PassInUse,
    /// The controller of the door does not answer.
    "door-silent" DoorSilent,
    /// The door is locked at this hour: a code is needed.
    "code-needed" CodeNeeded,
    /// Nobody can be asked to let somebody in here.
    "no-ringing" NoRinging,
    /// Somebody was asked from here just now.
    "ringing" Ringing {
        /// Until then the answer is waited for.
        until: Timestamp,
    },
    /// They were asked too often within an hour.
    "rung-enough" RungEnough,
    /// Too many rang at this door within an hour, whomever for.
    "door-rung-enough" DoorRungEnough {
        /// From then on it rings again.
        until: Timestamp,
    },
    /// Nobody was let in without a code by a door that leads here, or they have left what they brought.
    "nobody-came-in" NobodyCameIn,
    /// The time for an answer has passed, or somebody answered before.
    "ring-over" RingOver,
    /// No wiring test of this bank is under way.
    "not-tested" NotTested,
    /// In a wiring test: this compartment's lock must be tried too, or its door would have none or another's.
    "try-too" TryToo {
        /// Whose.
        compartment: CompartmentId,
    },
    /// In a wiring test: no lock was tried yet.
    "nothing-tried" NothingTried,
    /// What was delivered there was delivered at another address.
    "another-building" AnotherBuilding,
    /// It is said to have been delivered so long ago that nothing can be found out by it.
    "claim-too-old" ClaimTooOld,
    /// This person asked after enough parcels for a day.
    "claims-enough" ClaimsEnough,
    /// What was said to be delivered came, was found or was explained before.
    "claim-over" ClaimOver,
    /// The parcel came under another number than the one that is looked for.
    "another-number" AnotherNumber,
    /// The bank was drawn anew meanwhile by somebody else.
    "drawn-meanwhile" DrawnMeanwhile {
        /// The drawing that holds.
        version: u32,
    },
    /// Compartments would lose their door or its number though something is in them, on its way or promised.
    "still-needed" StillNeeded {
        /// Each of them, and what for.
        compartments: Vec<(CompartmentId, StillNeededFor)>,
    },
    /// A number on two doors, or one that was another compartment's: notices and wiring know that one by it.
    "compartment-number" CompartmentNumber {
        /// The number.
        label: String,
    },
    /// Somebody has to make sure that these large and low compartments can be opened from inside.
    "inside-release" InsideRelease {
        /// The numbers on their doors.
        labels: Vec<String>,
    },
    /// A wiring test of this bank is under way.
    "being-tested" BeingTested,
    /// This audit is over, or there never was one of this number.
    "audit-over" AuditOver,
    /// This audit was stopped for a while.
    "audit-paused" AuditPaused,
    /// An audit goes over one of these places already.
    "audit-under-way" AuditUnderWay {
        /// Which.
        audit: AuditId,
    },
    /// Nobody said what becomes of some differences.
    "audit-unsettled" AuditUnsettled {
        /// Of these parcels.
        parcels: Vec<ParcelId>,
    },
    /// Nothing differs of this parcel, or not any more.
    "no-difference" NoDifference,
    /// Shelves would go though parcels are on them or on their way.
    "shelf-needed" ShelfNeeded {
        /// Each of them, and how many parcels.
        shelves: Vec<(ShelfId, usize)>,
    },
    /// The shelf is drawn in another room.
    "shelf-elsewhere" ShelfElsewhere {
        /// What is written on it.
        label: String,
    },
    /// No shelf of this site has this label.
    "no-such-shelf" NoSuchShelf,
    /// The shelf is in no drawing any more.
    "shelf-gone" ShelfGone {
        /// What is written on it.
        label: String,
    },
    /// The shelf stands in another room than the one the parcel goes to.
    "shelf-of-another-room" ShelfOfAnotherRoom {
        /// What is written on it.
        label: String,
        /// The room it stands in.
        stands: String,
        /// The room the parcel goes to.
        goes: String,
    },
    /// The shelf is behind a door that the courier's code does not open, or in another building.
    "shelf-behind-a-door" ShelfBehindDoor {
        /// What is written on it.
        label: String,
    },
    /// The shelf is full, or too small or out of reach for the parcel.
    "shelf-takes-no-more" ShelfTakesNoMore {
        /// What is written on it.
        label: String,
    },
    /// The parcel goes to no shelf.
    "not-to-a-shelf" NotToAShelf,
    /// The shelf is no place of this audit.
    "shelf-not-walked" ShelfNotWalked {
        /// What is written on it.
        label: String,
    },
    /// A door one walks through is still needed.
    "point-needed" PointNeeded {
        /// What for; at least one.
        needed_for: Vec<PointNeededFor>,
    },
    /// Nothing unexplained is known of this door.
    "not-forced" NotForced,
    /// The same key came with another request.
    "key-reused" KeyReused,
}
