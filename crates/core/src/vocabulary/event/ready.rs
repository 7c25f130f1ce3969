//! What happens while a site gets ready for its first parcel. Their part of [`super::Event`]'s list, handed on as [`super::doors`] does.

macro_rules! with_ready {
    ($($other:tt)*) => { super::event::banks::with_banks! {
        $($other)*

            /// A step of getting ready was passed over, or taken up again.
            "step-skipped" StepSkipped {
                /// Which.
                step: crate::site::getting_ready::ReadyStep,
                /// Passed over; else taken up again.
                skipped: bool,
                /// By whom.
                by: Actor,
            },
            /// Staff are not reminded of what is left to be done any more, or are again.
            "getting-ready-hidden" GettingReadyHidden {
                /// Not reminded; else again.
                hidden: bool,
                /// By whom.
                by: Actor,
            },
            /// A member of staff wants to see that mail leaves the site.
            "test-mail-requested" TestMailRequested {
                /// Its number among the notices.
                notice: NoticeId,
                /// Who gets it.
                staff: StaffId,
            },
    } };
}

pub(super) use with_ready;
