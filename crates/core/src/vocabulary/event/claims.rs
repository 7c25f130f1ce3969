//! What is said of deliveries nobody scanned: their part of [`super::Event`]'s list, handed on as [`super::doors`] does.

macro_rules! with_claims {
    ($($other:tt)*) => { super::event::ready::with_ready! {
        $($other)*

            /// Somebody says that a carrier delivered a parcel.
            "delivery-claimed" DeliveryClaimed {
                /// Which claim.
                claim: ClaimId,
                /// The mark of its number.
                label: LabelMark,
                /// The company, if it is one of the site's.
                carrier: Option<CarrierId>,
                /// When it was delivered, as it is said.
                at: Timestamp,
                /// By what way it became known.
                source: crate::custody::delivered::ClaimSource,
                /// The unit named, if one was.
                unit: Option<UnitId>,
                /// It may still come until then.
                until: Timestamp,
                /// Who says so.
                by: Actor,
            },
            /// A parcel came that bears the number.
            "claim-met" ClaimMet {
                /// Which claim.
                claim: ClaimId,
                /// Which parcel.
                parcel: ParcelId,
            },
            /// A parcel that bears the number is not the one, or not any more.
            "claim-unmet" ClaimUnmet {
                /// Which claim.
                claim: ClaimId,
                /// Which parcel.
                parcel: ParcelId,
                /// Why it is not the one.
                why: crate::custody::delivered::Unmet,
            },
            /// Another asks after what is looked for already, or says for which unit it is.
            "claim-joined" ClaimJoined {
                /// Which claim.
                claim: ClaimId,
                /// The unit it is asked for.
                unit: UnitId,
                /// By whom.
                by: Actor,
            },
            /// Nobody scanned it in time, or the carrier did not answer in time.
            "claim-due" ClaimDue {
                /// Which.
                claim: ClaimId,
            },
            /// The carrier was written to.
            "carrier-asked" CarrierAsked {
                /// Of which claim.
                claim: ClaimId,
                /// An answer is waited for until then.
                until: Timestamp,
                /// By whom.
                by: Actor,
            },
            /// Somebody says that one of the parcels put down without a scan is theirs.
            "drop-asked-for" DropAskedFor {
                /// Of which drop.
                drop: DropId,
                /// Who.
                person: PersonId,
            },
            /// Staff know where it is, or why it is not here.
            "claim-ended" ClaimEnded {
                /// Which.
                claim: ClaimId,
                /// The mark of its number: the parcel that was found bears it.
                label: LabelMark,
                /// How it ended.
                how: crate::custody::delivered::ClaimEnd,
                /// By whom.
                by: Actor,
            },
    } };
}

pub(super) use with_claims;
