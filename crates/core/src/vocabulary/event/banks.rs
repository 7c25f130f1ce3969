//! What happens to banks: put up, wired, tested. Their part of [`super::Event`]'s list, handed on as [`super::doors`] does.

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
    } };
}

pub(super) use with_banks;
