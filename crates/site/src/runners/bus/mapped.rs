//! The wiring of a bus by the maps of its banks, and how it changes while the bus runs.
//!
//! Owns: that a pulse goes out by the map that was recorded with it, or not at all. Never: makes a map.

use crate::handle::SiteHandle;
use crate::store::DurableIntent;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio::sync::{mpsc, watch};
use vestibule_core::place::wiring::{Channel, WiringHash, WiringMap};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::{BankId, CompartmentId, Observation, OpeningId, Site};
use vestibule_devices::{BoardWiring, BusWiring, FeedbackPolarity, PointWiring, Profiles, PulseIntent};

/// The maps of some banks, where there are any.
pub(super) type Maps = BTreeMap<BankId, WiringMap>;

/// What the configuration says of each bank of a bus, for the rules. A contact that a board's profile calls closed while the
/// door is open is the other way round.
pub(super) fn declared(
    wiring: &BusWiring,
    banks: &BTreeMap<u8, BankId>,
    profiles: &Profiles,
) -> BTreeMap<BankId, Vec<(CompartmentId, Channel)>> {
    let mut declared: BTreeMap<BankId, Vec<_>> = BTreeMap::new();
    for board in &wiring.boards {
        let Some(bank) = banks.get(&board.address) else { continue };
        let usual = profiles.get(&board.profile).map(|profile| profile.feedback_polarity);
        for point in &board.points {
            let polarity = point.polarity.or(usual).unwrap_or(FeedbackPolarity::ShortWhenClosed);
            let channel = Channel {
                board: board.address,
                lock: point.lock,
                contact: point.contact.unwrap_or(point.lock),
                reversed: polarity == FeedbackPolarity::ShortWhenOpen,
            };
            declared.entry(*bank).or_default().push((CompartmentId(point.point), channel));
        }
    }
    declared
}

/// The same boards, each with the doors that the maps put on it. A bank without a map is as the configuration says.
pub(super) fn by_maps(configured: &BusWiring, banks: &BTreeMap<u8, BankId>, maps: &Maps) -> BusWiring {
    let board = |board: &BoardWiring| {
        let Some(map) = banks.get(&board.address).and_then(|bank| maps.get(bank)) else {
            return board.clone();
        };
        let points = map.channels.iter().filter(|(_, channel)| channel.board == board.address);
        let points = points.map(|(compartment, channel)| PointWiring {
            point: compartment.0,
            lock: channel.lock,
            contact: Some(channel.contact),
            polarity: Some(if channel.reversed {
                FeedbackPolarity::ShortWhenOpen
            } else {
                FeedbackPolarity::ShortWhenClosed
            }),
        });
        BoardWiring { address: board.address, profile: board.profile.clone(), points: points.collect() }
    };
    BusWiring { boards: configured.boards.iter().map(board).collect() }
}

/// The committed maps of these banks.
pub(super) fn maps_of(site: &Site, banks: &BTreeSet<BankId>) -> Maps {
    let known = banks.iter().filter_map(|bank| Some((*bank, site.wiring.maps.get(bank)?.clone())));
    known.collect()
}

/// Why a bus no longer runs by the maps it began with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Another map holds.
    Rewired,
    /// The site speaks to this line no more, or otherwise.
    Finished,
    /// The bus ends.
    Over,
}

/// Hands intents down to one bus for as long as its maps hold.
pub(super) struct Gate<'a> {
    pub site: &'a SiteHandle,
    pub banks: &'a BTreeSet<BankId>,
    /// The maps the bus runs by.
    pub maps: &'a Maps,
    pub intents: &'a mut mpsc::Receiver<DurableIntent>,
    /// One that came for another map and waits until the bus runs by it.
    pub waiting: &'a mut Option<DurableIntent>,
    pub pulse: mpsc::Sender<DurableIntent>,
    pub expect: mpsc::Sender<u32>,
    pub finish: watch::Receiver<bool>,
    pub shutdown: watch::Receiver<bool>,
}

impl Gate<'_> {
    /// Passes intents until another map holds or the bus ends. Their doors are about to move: they are looked at often even after
    /// the window in which a door springs open, because a person may push a stuck one in.
    pub async fn pass(mut self) -> Turn {
        let mut wirings = self.site.wirings();
        let mut is_fed = true;
        loop {
            if let Some(intent) = self.waiting.take() {
                match self.hand_on(intent).await {
                    Ok(()) => continue,
                    Err(turn) => return turn,
                }
            }
            let hold = Arc::clone(&wirings.borrow_and_update());
            if self.banks.iter().any(|bank| hold.get(bank).copied() != self.hash(*bank)) {
                return Turn::Rewired;
            }
            tokio::select! {
                biased;
                _ = self.shutdown.wait_for(|stop| *stop) => return Turn::Over,
                Ok(_) = self.finish.wait_for(|finish| *finish) => return Turn::Finished,
                () = self.pulse.closed() => return Turn::Over,
                intent = self.intents.recv(), if is_fed => match intent {
                    Some(intent) => *self.waiting = Some(intent),
                    // Without a writer nothing more is pulsed; the line is watched until the bus ends.
                    None => is_fed = false,
                },
                changed = wirings.changed(), if is_fed => if changed.is_err() { is_fed = false },
            }
        }
    }

    fn hash(&self, bank: BankId) -> Option<WiringHash> {
        self.maps.get(&bank).map(|map| map.hash)
    }

    async fn hand_on(&mut self, intent: DurableIntent) -> Result<(), Turn> {
        let bank = intent.bank();
        if intent.wiring() == self.hash(bank) {
            let point = intent.point();
            self.pulse.send(intent).await.map_err(|_| Turn::Over)?;
            // Only a hint: a full queue means the bus looks often anyway.
            let _ = self.expect.try_send(point);
            return Ok(());
        }
        let hash = self.site.read(move |site, _| site.wiring.hash(bank)).await.map_err(|_| Turn::Over)?;
        if hash != self.hash(bank) && hash == intent.wiring() {
            *self.waiting = Some(intent);
            return Err(Turn::Rewired);
        }
        // Recorded by a map that holds no longer: by the one of today its number may be another door.
        self.site.observe(vec![unsent(&intent)]).await.map_err(|_| Turn::Over)
    }
}

/// What became of an intent that no line was told of.
fn unsent(intent: &DurableIntent) -> Observation {
    let (opening, attempt) = (OpeningId(intent.opening()), intent.attempt());
    Observation::Pulse { opening, attempt, outcome: PulseOutcome::NotSent }
}

/// The bus is finished: nothing more comes in, and what waits at its door was not sent.
pub(super) async fn shut_out(
    site: &SiteHandle,
    waiting: Option<DurableIntent>,
    mut intents: mpsc::Receiver<DurableIntent>,
) {
    intents.close();
    let left = waiting.into_iter().chain(std::iter::from_fn(|| intents.try_recv().ok()));
    let left: Vec<Observation> = left.map(|intent| unsent(&intent)).collect();
    if !left.is_empty() {
        // Without a writer there is nobody to tell: the next start calls them unknown.
        let _ = site.observe(left).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_core::place::wiring::hash_of;

    const LOBBY: BankId = BankId(1);

    fn configured() -> (BusWiring, BTreeMap<u8, BankId>) {
        let point = |point, polarity| PointWiring { point, lock: 1, contact: None, polarity };
        let board = |address: u8, points| BoardWiring { address, profile: "generic-lock8a-8".into(), points };
        let boards = vec![
            board(1, vec![point(11, None)]),
            board(2, vec![point(21, Some(FeedbackPolarity::ShortWhenOpen))]),
            board(3, vec![point(31, None)]),
        ];
        (BusWiring { boards }, BTreeMap::from([(1, LOBBY), (2, LOBBY), (3, BankId(2))]))
    }

    fn map(channels: BTreeMap<CompartmentId, Channel>) -> WiringMap {
        let none = BTreeSet::new();
        let hash = hash_of(LOBBY, &channels, &none);
        let (unproven, changed) = (none.clone(), none);
        let spare = Vec::new();
        WiringMap { version: 1, hash, channels, unproven, spare, configured: hash, changed, tested: false }
    }

    #[test]
    fn what_is_declared_comes_back_as_the_same_wiring() {
        let (wiring, banks) = configured();
        let profiles = Profiles::built_in().unwrap();
        let declared = declared(&wiring, &banks, &profiles);
        let channels: BTreeMap<_, _> = declared[&LOBBY].iter().copied().collect();
        assert!(channels[&CompartmentId(21)].reversed && !channels[&CompartmentId(11)].reversed);
        let map = map(channels);
        let mapped = by_maps(&wiring, &banks, &BTreeMap::from([(LOBBY, map)]));
        let profiles = Profiles::built_in().unwrap();
        assert_eq!(mapped.check(&profiles), Ok(()));
        assert_eq!(super::declared(&mapped, &banks, &profiles), declared);
        assert_eq!(mapped.boards[2], wiring.boards[2], "a bank without a map is as configured");
    }

    #[test]
    fn a_map_moves_doors_between_boards_and_contacts_between_inputs() {
        let (wiring, banks) = configured();
        let channel = Channel { board: 2, lock: 5, contact: 6, reversed: true };
        let channels = BTreeMap::from([(CompartmentId(11), channel)]);
        let map = map(channels);
        let mapped = by_maps(&wiring, &banks, &BTreeMap::from([(LOBBY, map)]));
        assert_eq!(mapped.boards[0].points, []);
        let polarity = Some(FeedbackPolarity::ShortWhenOpen);
        assert_eq!(mapped.boards[1].points, [PointWiring { point: 11, lock: 5, contact: Some(6), polarity }]);
    }
}
