//! What happens to parcels that are not like the usual ones: the part of [`super::Event`]'s list that is about classes, the places
//! kept for them, and parcels nobody scanned.
//!
//! The list of an enum cannot be put together from two files; this one hands on what it is given with its own behind it.

macro_rules! with_classes {
    ($($other:tt)*) => { super::event::doors::with_doors! {
        $($other)*

            /// A parcel is of a class, or of none.
            "parcel-classified" ParcelClassified {
                /// Which.
                parcel: ParcelId,
                /// What it is; None: a usual one.
                class: Option<crate::custody::class::ParcelClass>,
                /// Who said so.
                by: Actor,
            },
            /// The people of a parcel were reminded before its class's time is over.
            "parcel-reminded" ParcelReminded {
                /// Which.
                parcel: ParcelId,
            },
            /// A parcel waits longer than its class may.
            "parcel-late" ParcelLate {
                /// Which.
                parcel: ParcelId,
            },
            /// A compartment or shelf is kept for a class, or free for the usual ones.
            "place-kept-for" PlaceKeptFor {
                /// Which: a compartment or a shelf.
                place: Place,
                /// The class; None: free.
                class: Option<crate::custody::class::ParcelClass>,
            },
            /// Somebody put down parcels without scanning them.
            "parcels-dropped" ParcelsDropped {
                /// Which drop.
                drop: DropId,
                /// Its parcels; the first leads.
                parcels: Vec<ParcelId>,
            },
            /// A drop has waited too long to be sorted.
            "drop-late" DropLate {
                /// Which.
                drop: DropId,
            },
    } };
}

pub(super) use with_classes;
