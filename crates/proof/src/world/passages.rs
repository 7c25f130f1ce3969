//! The door one walks through, as the ledger tells of it: who may come in is weighed here again, from what was issued alone;
//! a release leaves once an entry, and only after its record; a pass lets in once at each of its doors.

use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::access::entry::Entrant;
use vestibule_core::access::passage::OpenedBy;
use vestibule_core::credential::pass::OTHER_DOORS_WITHIN;
use vestibule_core::time::{WeekWindow, Zone, civil};
use vestibule_core::{AccessPointId, Actor, CredentialId, EntryId, Event, Timestamp};
use vestibule_devices::ReleaseIntent;
use vestibule_site::store::DurableRelease;

/// A pass as it was issued.
#[derive(Clone, Debug)]
struct Pass {
    windows: Vec<WeekWindow>,
    expires: Timestamp,
    doors: Vec<AccessPointId>,
    /// The doors it opened.
    spent: BTreeSet<AccessPointId>,
    over: bool,
}

/// What was read of doors so far.
#[derive(Clone, Debug, Default)]
pub struct Passages {
    passes: BTreeMap<CredentialId, Pass>,
    /// The pass an entry came in by.
    by_pass: BTreeMap<EntryId, CredentialId>,
    /// Each release the ledger allows, and whether it left.
    releases: BTreeMap<EntryId, (AccessPointId, bool)>,
    entries: BTreeSet<EntryId>,
    /// Passes that let somebody in at a door and are to be spent there.
    due: BTreeSet<(CredentialId, AccessPointId)>,
}

/// Whether a window holds; one whose end is not after its beginning goes on past midnight.
fn holds(window: &WeekWindow, at: Timestamp) -> bool {
    let now = civil(at, &Zone::utc());
    let on = |day: u8| window.days & (1 << day) != 0;
    let (today, yesterday) = (on(now.weekday), on((now.weekday + 6) % 7));
    if window.from < window.to {
        today && (window.from..window.to).contains(&now.minute)
    } else {
        (today && now.minute >= window.from) || (yesterday && now.minute < window.to)
    }
}

impl Passages {
    /// One event of the ledger.
    pub fn hears(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::PassIssued { credential, windows, expires, doors, .. } => {
                let spent = BTreeSet::new();
                let doors = doors.iter().map(|door| door.point).collect();
                let pass = Pass { windows: windows.clone(), expires: *expires, doors, spent, over: false };
                self.passes.insert(*credential, pass);
            }
            Event::PassSpent { credential, point, until, .. } => {
                let pass = self.passes.get_mut(credential).expect("issued before");
                assert!(pass.spent.insert(*point), "I5: pass {credential} opened door {point} twice");
                assert!(*until <= at + OTHER_DOORS_WITHIN, "I5: pass {credential} opens on and on");
                pass.expires = pass.expires.min(*until);
                self.due.remove(&(*credential, *point));
            }
            Event::PassEnded { credential, .. } => {
                self.passes.get_mut(credential).expect("issued before").over = true;
                self.due.retain(|(due, _)| due != credential);
            }
            Event::EntryBegan { entry, point, entrant, by, release } => {
                assert!(self.entries.insert(*entry), "I1: entry {entry} began twice");
                self.may_come_in((*entry, *point), entrant, (*by, at));
                if release.is_some() {
                    self.releases.insert(*entry, (*point, false));
                } else {
                    self.due.extend(self.by_pass.get(entry).map(|pass| (*pass, *point)));
                }
            }
            Event::PassageOpened { point, why: OpenedBy::Entries { entries }, .. } => {
                let came = entries.iter().filter_map(|entry| self.by_pass.get(entry));
                let opens = |pass: &Pass| !pass.over && !pass.spent.contains(point);
                let came: Vec<_> = came.copied().filter(|pass| opens(&self.passes[pass])).collect();
                self.due.extend(came.into_iter().map(|pass| (pass, *point)));
            }
            _ => {}
        }
    }

    fn may_come_in(
        &mut self,
        (entry, point): (EntryId, AccessPointId),
        entrant: &Entrant,
        (by, at): (Actor, Timestamp),
    ) {
        match entrant {
            Entrant::Pass { credential, .. } => {
                let pass = &self.passes[credential];
                let again = pass.spent.contains(&point);
                assert!(!again, "I5: pass {credential} opened door {point} before");
                assert!(!pass.over, "I5: pass {credential} is over and let somebody in");
                assert!(at < pass.expires, "I5: pass {credential} had ended");
                assert!(pass.doors.contains(&point), "I5: pass {credential} is for other doors");
                let in_time = pass.windows.iter().any(|window| holds(window, at));
                assert!(in_time, "I5: pass {credential} opened outside its windows");
                self.by_pass.insert(entry, *credential);
            }
            Entrant::LetInByStaff { staff, .. } => {
                assert_eq!(by, Actor::Staff(*staff), "staff let in, and somebody else caused it");
            }
            other => panic!("nobody in this property comes in as {other:?}"),
        }
    }

    /// A release leaves the writer.
    pub fn may_leave(&mut self, release: &DurableRelease) {
        let entry = EntryId(release.entry());
        let known = self.releases.get_mut(&entry);
        let (point, left) =
            known.unwrap_or_else(|| panic!("I1: the release of entry {entry} is in no ledger"));
        assert_eq!(point.0, release.door(), "I1: another door than the ledger says");
        assert!(!std::mem::replace(left, true), "I2: the release of entry {entry} left twice");
    }

    /// After a step: who was let in by a pass has spent it.
    pub fn is_settled(&self) {
        let due: BTreeSet<_> = self.due.iter().map(|(pass, _)| pass).collect();
        assert!(due.is_empty(), "I5: these passes let somebody in and live: {due:?}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MONDAY;

    #[test]
    fn windows_are_weighed_past_midnight_too() {
        let at = |hours: i64| Timestamp(MONDAY + hours * 3_600_000);
        let by_day = WeekWindow { days: 1, from: 8 * 60, to: 17 * 60 };
        assert!(holds(&by_day, at(0)) && !holds(&by_day, at(8)) && !holds(&by_day, at(24)));
        let by_night = WeekWindow { days: 1, from: 22 * 60, to: 6 * 60 };
        assert!(holds(&by_night, at(13)) && holds(&by_night, at(20)) && !holds(&by_night, at(21)));
        assert!(!holds(&by_night, at(0)) && !holds(&by_night, at(37)), "Tuesday's night is not Monday's");
    }
}
