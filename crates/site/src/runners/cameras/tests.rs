use super::queue::DeviceNumber;
use super::*;
use vestibule_core::OpeningId;
use vestibule_core::evidence::{PhotoReason, PhotoSubject};
use vestibule_devices::{CameraAbilities, CameraKind};

const LOBBY: CameraId = CameraId(1);
/// The device of the first camera.
const FIRST: DeviceNumber = 1;

fn photo(opening: u64) -> PhotoAsked {
    let subject = PhotoSubject { opening: Some(OpeningId(opening)), ..PhotoSubject::default() };
    PhotoAsked { camera: LOBBY, reason: PhotoReason::Deposit, subject }
}

fn wish(opening: u64, moment: PhotoMoment) -> Effect {
    Effect::TakePhoto { asked: Box::new(photo(opening)), moment }
}

fn still(is_owed: bool) -> StillToTake {
    StillToTake { camera: LOBBY, back: Duration::ZERO, asked: Some(photo(1)), is_owed, device: FIRST }
}

fn unkept(kind: io::ErrorKind) -> Finished {
    let bytes = vec![0xFF, 0xD8];
    let picture = Still { bytes, media: MediaType::Jpeg, taken_ms: None, clock_offset_ms: None };
    Finished { answer: Ok(picture), kept: Some(Err(kind.into())) }
}

fn queue() -> CameraQueue {
    let abilities = CameraAbilities { look_back: None };
    let mut queue = CameraQueue::new([(LOBBY, CameraKind::Snapshot, abilities)], Millis(0));
    let (first, _) = queue.next(Millis(0));
    queue.answered(first.expect("each camera is looked at once"), Ok(None), Millis(0));
    queue
}

#[test]
fn a_photo_that_cannot_be_written_is_missing_and_says_why() {
    for (kind, trouble) in [
        (io::ErrorKind::StorageFull, PhotoTrouble::SpaceLow),
        (io::ErrorKind::QuotaExceeded, PhotoTrouble::SpaceLow),
        (io::ErrorKind::PermissionDenied, PhotoTrouble::NotKept),
    ] {
        let said = finished_with(&mut queue(), still(true), unkept(kind), Millis(10));
        assert_eq!(said, [missing(photo(1), trouble)], "{kind:?}");
        let said = finished_with(&mut queue(), still(false), unkept(kind), Millis(10));
        assert_eq!(said, [], "{kind:?}: a second look is owed to nobody");
    }
}

#[test]
fn a_wish_nobody_takes_is_missing_unless_nobody_owes_it() {
    let wishes = || vec![wish(1, PhotoMoment::Now), wish(2, PhotoMoment::DoorShut)];
    let route = PhotoRoute::default();
    assert_eq!(route.send(wishes()), [missing(photo(1), PhotoTrouble::NotConfigured)]);
    let (sender, mut received) = mpsc::channel(1);
    route.register(sender);
    assert_eq!(route.send(vec![wish(3, PhotoMoment::DoorOpened)]), []);
    assert_eq!(route.send(wishes()), [missing(photo(1), PhotoTrouble::Busy)], "it is full");
    assert_eq!(received.try_recv().ok(), Some((photo(3), PhotoMoment::DoorOpened)));
    drop(received);
    assert_eq!(route.send(wishes()), [missing(photo(1), PhotoTrouble::Busy)], "the runner has ended");
}

#[tokio::test]
async fn a_driver_that_panics_has_failed_at_what_it_was_asked() {
    let mut flying = Flying::default();
    flying.take(still(true), async { panic!("an index out of its bounds") });
    let (what_for, finished) = flying.landed().await;
    assert_eq!(what_for, still(true));
    let said = finished_with(&mut queue(), what_for, finished, Millis(10));
    assert_eq!(said, [missing(photo(1), PhotoTrouble::NoPicture)]);
    assert!(flying.what_for.is_empty());
}
