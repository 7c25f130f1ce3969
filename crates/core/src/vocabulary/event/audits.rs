//! What happens in an audit. Their part of [`super::Event`]'s list, handed on as [`super::doors`] does.

macro_rules! with_audits {
    ($($other:tt)*) => { super::event::claims::with_claims! {
        $($other)*

            /// Staff began to walk from place to place.
            "audit-began" AuditBegan {
                /// Which walk.
                audit: AuditId,
                /// What it goes over.
                scope: crate::custody::audit::AuditScope,
                /// Its places in the order of the walk.
                places: Vec<crate::custody::audit::AuditPlace>,
                /// Who.
                by: Actor,
            },
            /// An opening is one of a walk.
            "audit-door-opens" AuditDoorOpens {
                /// Which walk.
                audit: AuditId,
                /// Of which compartment.
                compartment: CompartmentId,
                /// Which opening.
                opening: OpeningId,
                /// Who.
                by: Actor,
            },
            /// Somebody looked at a place; what they said is compared with custody at this moment.
            "audit-looked" AuditLooked {
                /// In which walk.
                audit: AuditId,
                /// Where.
                place: crate::custody::audit::AuditPlace,
                /// Seen, and recorded here or on their way here.
                here: Vec<ParcelId>,
                /// Recorded here, and not seen.
                absent: Vec<ParcelId>,
                /// Seen, and recorded elsewhere.
                astray: Vec<ParcelId>,
                /// So many things nobody knows.
                unknown: u16,
                /// Who.
                by: Actor,
            },
            /// A place was passed over.
            "audit-skipped" AuditSkipped {
                /// In which walk.
                audit: AuditId,
                /// Which place.
                place: crate::custody::audit::AuditPlace,
                /// Why.
                why: crate::custody::audit::SkipReason,
                /// By whom; the device whose door did not open.
                by: Actor,
            },
            /// A walk stopped for a while, or goes on.
            "audit-paused" AuditPaused {
                /// Which.
                audit: AuditId,
                /// Stopped; else goes on.
                paused: bool,
                /// By whom.
                by: Actor,
            },
            /// Somebody said what becomes of a difference.
            "audit-settled" AuditSettled {
                /// Of which walk.
                audit: AuditId,
                /// Of which parcel.
                parcel: ParcelId,
                /// Where it was missed or seen.
                place: crate::custody::audit::AuditPlace,
                /// What becomes of it.
                how: crate::custody::audit::Settlement,
                /// Who says so.
                by: Actor,
            },
            /// A walk ended.
            "audit-ended" AuditEnded {
                /// Which.
                audit: AuditId,
                /// How.
                how: crate::custody::audit::AuditEnd,
                /// By whom; the site when nobody went on with it.
                by: Actor,
            },
    } };
}

pub(super) use with_audits;
