//! What looking at a device comes to: facts about its doors, and when it is looked at next. No line, no clock of its own.

use vestibule_protocols::Millis;

use crate::{DeviceError, DoorFact, DoorReport};

/// A contact that is about to change, or shows a door open, is looked at so often.
const QUICK_MS: u64 = 500;
/// A contact at rest.
const REST_MS: u64 = 2_000;
/// A device without contacts: only whether it is there.
const RARE_MS: u64 = 30_000;
/// How long after a release the door is about to move.
const MOVING_MS: u64 = 60_000;
/// So many looks in a row fail before the device is away.
const FAILURES: u32 = 3;
/// A device that does not answer is looked at again after this, then after twice as long and so on.
const AGAIN_MS: u64 = 1_000;
const AGAIN_MOST_MS: u64 = 30_000;
/// One that refuses us is left alone for longer: some shut themselves after a few wrong passwords.
const REFUSED_AGAIN_MS: u64 = 60_000;

/// One door as it was seen.
#[derive(Debug)]
struct Seen {
    number: u32,
    has_contact: bool,
    /// What was told of it last.
    told: Option<Contact>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Contact {
    Open,
    Closed,
    Unknown,
}

/// The doors of one device.
#[derive(Debug)]
pub(super) struct DoorsWatch {
    doors: Vec<Seen>,
    /// Whether it can be looked at; else only orders tell how it is.
    can_look: bool,
    told: Option<Result<(), DeviceError>>,
    failures: u32,
    look_at: Millis,
    moves_until: Millis,
}

impl DoorsWatch {
    /// Numbers of the doors, and which of them have a contact.
    pub(super) fn new(doors: impl IntoIterator<Item = (u32, bool)>, can_look: bool) -> Self {
        let seen = |(number, has_contact)| Seen { number, has_contact, told: None };
        Self {
            doors: doors.into_iter().map(seen).collect(),
            can_look,
            told: None,
            failures: 0,
            look_at: Millis(0),
            moves_until: Millis(0),
        }
    }

    /// When all doors are to be looked at next.
    pub(super) fn next_look(&self) -> Option<Millis> {
        self.can_look.then_some(self.look_at)
    }

    /// What looking at the doors showed, in their order and up to the first that could not be looked at.
    pub(super) fn looked(
        &mut self,
        results: &[Result<Option<bool>, DeviceError>],
        now: Millis,
    ) -> Vec<DoorReport> {
        let mut reports = Vec::new();
        for (index, result) in results.iter().enumerate() {
            match result {
                Ok(open) => {
                    self.is_well(&mut reports);
                    self.contact(index, *open, &mut reports);
                }
                // It answers, but not to this.
                Err(DeviceError::Unsupported | DeviceError::Vendor { .. }) => {
                    self.is_well(&mut reports);
                    self.contact(index, None, &mut reports);
                }
                Err(error) => self.failed(*error, &mut reports),
            }
        }
        self.look_at = now.plus(self.pause(now));
        reports
    }

    /// What became of an order. The door may move now.
    pub(super) fn ordered(&mut self, result: Result<(), DeviceError>, now: Millis) -> Vec<DoorReport> {
        let mut reports = Vec::new();
        self.moves_until = now.plus(MOVING_MS);
        match result {
            Ok(()) => self.is_well(&mut reports),
            // Says nothing of the device.
            Err(DeviceError::Unsupported | DeviceError::Expired | DeviceError::Vendor { .. }) => {}
            Err(_) if self.can_look => {}
            Err(error) => self.is_away(error, &mut reports),
        }
        if self.failures == 0 && self.has_contact() {
            self.look_at = self.look_at.min(now.plus(QUICK_MS));
        }
        reports
    }

    fn has_contact(&self) -> bool {
        self.doors.iter().any(|door| door.has_contact)
    }

    fn pause(&self, now: Millis) -> u64 {
        let stands_open = self.doors.iter().any(|door| door.told == Some(Contact::Open));
        match self.told {
            Some(Err(error)) if !error.is_transient() => REFUSED_AGAIN_MS,
            _ if self.failures > 0 => (AGAIN_MS << (self.failures - 1).min(6)).min(AGAIN_MOST_MS),
            _ if !self.has_contact() => RARE_MS,
            _ if stands_open || now < self.moves_until => QUICK_MS,
            _ => REST_MS,
        }
    }

    fn failed(&mut self, error: DeviceError, reports: &mut Vec<DoorReport>) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= FAILURES || !error.is_transient() {
            self.is_away(error, reports);
        }
    }

    fn is_well(&mut self, reports: &mut Vec<DoorReport>) {
        self.failures = 0;
        if self.told != Some(Ok(())) {
            self.told = Some(Ok(()));
            reports.extend(self.doors.iter().map(|door| report(door, DoorFact::Online)));
        }
    }

    fn is_away(&mut self, error: DeviceError, reports: &mut Vec<DoorReport>) {
        if self.told == Some(Err(error)) {
            return;
        }
        self.told = Some(Err(error));
        for index in 0..self.doors.len() {
            reports.push(report(&self.doors[index], DoorFact::Offline(error)));
            self.contact(index, None, reports);
        }
    }

    fn contact(&mut self, index: usize, open: Option<bool>, reports: &mut Vec<DoorReport>) {
        let Some(door) = self.doors.get_mut(index).filter(|door| door.has_contact) else { return };
        let (now, fact) = match open {
            Some(true) => (Contact::Open, DoorFact::Opened),
            Some(false) => (Contact::Closed, DoorFact::Closed),
            None => (Contact::Unknown, DoorFact::ContactUnknown),
        };
        if door.told != Some(now) {
            door.told = Some(now);
            reports.push(report(door, fact));
        }
    }
}

fn report(door: &Seen, fact: DoorFact) -> DoorReport {
    DoorReport { door: door.number, fact }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(reports: Vec<DoorReport>) -> Vec<DoorFact> {
        reports.into_iter().map(|report| report.fact).collect()
    }

    fn with_contact() -> DoorsWatch {
        DoorsWatch::new([(7, true)], true)
    }

    #[test]
    fn a_state_is_told_once() {
        let mut watch = with_contact();
        assert_eq!(facts(watch.looked(&[Ok(Some(false))], Millis(0))), [DoorFact::Online, DoorFact::Closed]);
        assert_eq!(watch.next_look(), Some(Millis(REST_MS)));
        assert_eq!(facts(watch.looked(&[Ok(Some(false))], Millis(REST_MS))), []);
        assert_eq!(facts(watch.looked(&[Ok(Some(true))], Millis(4_000))), [DoorFact::Opened]);
        assert_eq!(watch.next_look(), Some(Millis(4_000 + QUICK_MS)), "an open door is watched");
    }

    #[test]
    fn a_released_door_is_watched() {
        let mut watch = with_contact();
        watch.looked(&[Ok(Some(false))], Millis(0));
        watch.ordered(Ok(()), Millis(100));
        assert_eq!(watch.next_look(), Some(Millis(100 + QUICK_MS)));
        watch.looked(&[Ok(Some(false))], Millis(100 + MOVING_MS));
        assert_eq!(watch.next_look(), Some(Millis(100 + MOVING_MS + REST_MS)));
    }

    #[test]
    fn a_device_is_away_after_the_third_silence_and_then_left_alone() {
        let mut watch = with_contact();
        watch.looked(&[Ok(Some(false))], Millis(0));
        let silent = [Err(DeviceError::Timeout)];
        assert_eq!(facts(watch.looked(&silent, Millis(0))), []);
        assert_eq!(facts(watch.looked(&silent, Millis(0))), []);
        assert_eq!(
            facts(watch.looked(&silent, Millis(0))),
            [DoorFact::Offline(DeviceError::Timeout), DoorFact::ContactUnknown]
        );
        for _ in 0..90 {
            assert_eq!(facts(watch.looked(&silent, Millis(0))), []);
        }
        assert_eq!(watch.next_look(), Some(Millis(AGAIN_MOST_MS)));
        assert_eq!(facts(watch.looked(&[Ok(Some(false))], Millis(0))), [DoorFact::Online, DoorFact::Closed]);
    }

    #[test]
    fn a_device_that_refuses_us_is_away_at_once() {
        let mut watch = with_contact();
        let refused = [Err(DeviceError::Untrusted)];
        let told = facts(watch.looked(&refused, Millis(0)));
        assert_eq!(told, [DoorFact::Offline(DeviceError::Untrusted), DoorFact::ContactUnknown]);
        assert_eq!(watch.next_look(), Some(Millis(REFUSED_AGAIN_MS)));
        watch.ordered(Err(DeviceError::Untrusted), Millis(5));
        assert_eq!(watch.next_look(), Some(Millis(REFUSED_AGAIN_MS)), "no order makes it ask again");
    }

    #[test]
    fn a_contact_that_is_not_there_is_no_outage() {
        let mut watch = with_contact();
        let told = facts(watch.looked(&[Err(DeviceError::Unsupported)], Millis(0)));
        assert_eq!(told, [DoorFact::Online, DoorFact::ContactUnknown]);
    }

    #[test]
    fn what_cannot_be_looked_at_is_known_by_its_orders() {
        let mut watch = DoorsWatch::new([(7, false)], false);
        assert_eq!(watch.next_look(), None);
        assert_eq!(facts(watch.ordered(Ok(()), Millis(0))), [DoorFact::Online]);
        let away = facts(watch.ordered(Err(DeviceError::Timeout), Millis(0)));
        assert_eq!(away, [DoorFact::Offline(DeviceError::Timeout)]);
        assert_eq!(facts(watch.ordered(Err(DeviceError::Vendor { code: 18 }), Millis(0))), []);
    }
}
