//! Samples of cameras and photos.

use super::*;

pub fn photos() -> Vec<Event> {
    let (camera, photo) = (CAMERA, PhotoId(21));
    let reasons = [
        PhotoReason::CourierLogIn,
        PhotoReason::Deposit,
        PhotoReason::Collection,
        PhotoReason::Denial,
        PhotoReason::Forced,
        PhotoReason::HeldOpen,
        PhotoReason::SomethingInside,
        PhotoReason::Doubted,
        PhotoReason::Intake,
        PhotoReason::HandOver,
    ];
    let troubles = [
        PhotoTrouble::NoAnswer,
        PhotoTrouble::NoPicture,
        PhotoTrouble::Refused,
        PhotoTrouble::Busy,
        PhotoTrouble::SpaceLow,
        PhotoTrouble::NotKept,
        PhotoTrouble::NotConfigured,
        PhotoTrouble::Stopped,
        PhotoTrouble::NoCamera,
    ];
    let subject = PhotoSubject {
        visit: Some(V),
        compartment: Some(C),
        opening: Some(O),
        parcels: vec![P, ParcelId(42)],
        entry: None,
        beside: Vec::new(),
        ring: None,
    };
    let asked = |reason| Box::new(PhotoAsked { camera, reason, subject: subject.clone() });
    let taken = |asked, in_view, media, (household, clock): (Option<u32>, Option<i64>)| Event::PhotoTaken {
        photo,
        asked,
        household: household.map(TenancyId),
        in_view,
        hash: PhotoHash([0x5A; 32]),
        media,
        taken_ms: clock.map(|_| AT.0),
        clock_offset_ms: clock,
    };
    let nothing = PhotoAsked { camera, reason: PhotoReason::Denial, subject: PhotoSubject::default() };
    let mut events = vec![
        Event::CameraInstalled { camera, at: CameraPlace::Bank(BankId(1)), in_view: InView::People },
        Event::CameraInstalled { camera, at: CameraPlace::Kiosk(K), in_view: InView::People },
        Event::CameraSet { camera, at: CameraPlace::Desk, in_view: InView::ParcelsOnly },
        Event::CameraRemoved { camera },
        Event::CameraSilent { camera },
        Event::CameraBack { camera },
    ];
    let jpeg = |reason| taken(asked(reason), InView::People, PhotoMedia::Jpeg, (Some(4), Some(-1_500)));
    events.extend(reasons.map(jpeg));
    events.push(jpeg(PhotoReason::QuickDrop));
    events.push(jpeg(PhotoReason::CheckOut));
    for reason in [PhotoReason::Entry, PhotoReason::Rang] {
        let subject = PhotoSubject { entry: Some(E), ..PhotoSubject::default() };
        let asked = Box::new(PhotoAsked { camera, reason, subject });
        events.push(taken(asked, InView::People, PhotoMedia::Jpeg, (None, None)));
    }
    events.push(Event::CameraSet { camera, at: CameraPlace::Door(D), in_view: InView::People });
    events.push(Event::CameraSet { camera, at: CameraPlace::Inside(D), in_view: InView::People });
    for (reason, others) in [
        (PhotoReason::Opened, vec![]),
        (PhotoReason::InRoom, vec![EntryId(E.0 + 1), EntryId(E.0 + 2)]),
        (PhotoReason::Followed, vec![EntryId(E.0 + 1)]),
    ] {
        let subject = PhotoSubject { entry: Some(E), beside: others, ..PhotoSubject::default() };
        let asked = Box::new(PhotoAsked { camera, reason, subject });
        events.push(taken(asked, InView::People, PhotoMedia::Jpeg, (None, None)));
    }
    events.push(taken(Box::new(nothing), InView::ParcelsOnly, PhotoMedia::H264KeyFrame, (None, None)));
    let missing = |visit| Event::PhotoMissing { visit, asked: None, trouble: None };
    events.extend([missing(Some(V)), missing(None)]);
    events.extend(troubles.map(|trouble| Event::PhotoMissing {
        visit: Some(V),
        asked: Some(asked(PhotoReason::Deposit)),
        trouble: Some(trouble),
    }));
    events.push(Event::PhotoViewed { photo, by: Actor::Staff(STAFF) });
    events.push(Event::PhotoChanged { photo });
    events.extend([PhotoGone::Over, PhotoGone::Lost].map(|why| Event::PhotoErased { photo, why }));
    let holds = [
        (Held::Photo(photo), HoldReason::Police),
        (Held::Parcel(P), HoldReason::Claim),
        (Held::Parcel(P), HoldReason::Dispute),
        (Held::Photo(photo), HoldReason::Other),
        (Held::Entry(E), HoldReason::Police),
    ];
    let by = Actor::Staff(STAFF);
    events.extend(holds.map(|(what, reason)| Event::EvidenceHeld { what, reason, until: AT, by }));
    events.extend([by, Actor::Site].map(|by| Event::EvidenceReleased { what: Held::Parcel(P), by }));
    events
}
