//! What happens to banks: put up, drawn anew, wired, tested, opened with a key. Their part of [`super::Event`]'s list, handed on as [`super::doors`] does.

macro_rules! with_banks {
    ($($other:tt)*) => { super::event::classes::with_classes! {
        $($other)*

            /// A bank with its compartments.
            "bank-installed" BankInstalled {
                /// Which.
                bank: BankId,
                /// Its compartments with their numbers.
                compartments: Vec<(CompartmentId, CompartmentSpec)>,
            },
            /// A bank was drawn anew, as a whole: what is not in the drawing any more is gone.
            "bank-changed" BankChanged {
                /// Which.
                bank: BankId,
                /// Counts the drawings of the bank, from 1; the first was its installation.
                version: u32,
                /// Its compartments from now on, with their numbers.
                compartments: Vec<(CompartmentId, CompartmentSpec)>,
                /// By whom.
                by: Actor,
            },
            /// Which lock opens which compartment of a bank.
            "wiring-set" WiringSet {
                /// Of which bank.
                bank: BankId,
                /// Counts the maps of the bank, from 1.
                version: u32,
                /// Of all that the map says.
                hash: WiringHash,
                /// The lock and contact of each compartment that has one.
                channels: Vec<(CompartmentId, Channel)>,
                /// Those whose lock a test could not make sure of: pulsed by the next test alone.
                unproven: Vec<CompartmentId>,
                /// Locks of doors that are not in the drawing any more: pulsed by no opening, tried by the next test.
                #[serde(default, skip_serializing_if = "Vec::is_empty")]
                spare: Vec<Channel>,
                /// Of what the configuration file says.
                configured: WiringHash,
                /// By whom.
                by: Actor,
            },
            /// Somebody began to find out which lock opens which door, or went on with it.
            "wiring-test-began" WiringTestBegan {
                /// Of which bank.
                bank: BankId,
                /// What was found before is not used.
                anew: bool,
                /// Who.
                by: Actor,
            },
            /// What one pulse of the test came to.
            "wiring-tried" WiringTried {
                /// In which bank.
                bank: BankId,
                /// The compartment the pulsed lock was taken for.
                pulsed: CompartmentId,
                /// What a person saw.
                opened: WhatOpened,
                /// The contacts that moved, and whether each first showed its door opening.
                moved: Vec<(CompartmentId, bool)>,
                /// Who says so.
                by: Actor,
            },
            /// The test stopped and the map stays as it was; what was found waits for who goes on.
            "wiring-test-stopped" WiringTestStopped {
                /// Of which bank.
                bank: BankId,
                /// By whom; the site when nobody went on with it.
                by: Actor,
            },
            /// A room was drawn, as a whole: a shelf that was in it and is not in the drawing any more is gone.
            "room-drawn" RoomDrawn {
                /// Which.
                room: RoomId,
                /// Counts the drawings of the room, from 1.
                version: u32,
                /// The room with racks and zones.
                plan: Box<crate::place::room::RoomPlan>,
                /// Its shelves from now on, and where each is.
                shelves: Vec<(ShelfId, crate::place::room::ShelfPlace)>,
                /// By whom.
                by: Actor,
            },
            /// Somebody is about to open a compartment with the mechanical key.
            "key-announced" KeyAnnounced {
                /// Which.
                compartment: CompartmentId,
                /// Who.
                staff: StaffId,
                /// Why.
                reason: StaffReason,
                /// No opening from then on is theirs.
                until: Timestamp,
            },
            /// A door that counted as forced was opened with the mechanical key.
            "force-explained" ForceExplained {
                /// Which.
                compartment: CompartmentId,
                /// By whom it was opened.
                staff: StaffId,
                /// Why.
                reason: StaffReason,
                /// Who says so.
                by: Actor,
            },
    } };
}

pub(super) use with_banks;
