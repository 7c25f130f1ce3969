//! What a bus reports, in the site's words: the half that holds all meaning. A bank is silent while its line is away or
//! one of its boards does not answer; when the last of several falls silent, it is the line that does.

use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::{BankId, CompartmentId, Observation, OpeningId};
use vestibule_devices::{BusWiring, PulseResult, Report};

/// The banks of one bus.
pub struct BankWatch {
    bank_of_board: BTreeMap<u8, BankId>,
    board_of_point: BTreeMap<u32, u8>,
    sensors: BTreeSet<CompartmentId>,
    line_lost: bool,
    silent: BTreeSet<u8>,
    /// What the site was told last: silent or not. Nothing is told before anything is known.
    told: BTreeMap<BankId, bool>,
}

impl BankWatch {
    /// Nothing is known of its doors yet.
    pub fn new(wiring: &BusWiring, banks: &BTreeMap<u8, BankId>) -> Self {
        let points = wiring
            .boards
            .iter()
            .flat_map(|board| board.points.iter().map(|point| (point.point, board.address)));
        Self {
            bank_of_board: banks.clone(),
            board_of_point: points.collect(),
            sensors: BTreeSet::new(),
            line_lost: false,
            silent: BTreeSet::new(),
            told: BTreeMap::new(),
        }
    }

    /// The same, with the occupancy sensors that are fitted.
    #[must_use]
    pub fn with_sensors(self, sensors: BTreeSet<CompartmentId>) -> Self {
        Self { sensors, ..self }
    }

    /// What a report means to the site.
    pub fn interpret(&mut self, report: &Report) -> Vec<Observation> {
        match *report {
            Report::DoorSeen { point, open } => {
                let mut observations = self.heard_from(point);
                observations.push(Observation::DoorSeen { compartment: CompartmentId(point), open });
                observations
            }
            Report::OccupancySeen { point, occupied } => {
                let compartment = CompartmentId(point);
                let is_fitted = self.sensors.contains(&compartment);
                is_fitted
                    .then_some(Observation::OccupancySeen { compartment, occupied })
                    .into_iter()
                    .collect()
            }
            Report::PulseSent { .. } => Vec::new(),
            Report::PulseNotSent { opening, attempt, error } => {
                tracing::warn!(opening, attempt, %error, "a pulse was not sent");
                vec![outcome(opening, attempt, PulseOutcome::NotSent)]
            }
            Report::PulseOutcome { opening, attempt, outcome: seen } => {
                vec![outcome(opening, attempt, outcome_of(seen))]
            }
            Report::BoardSilent { board } => {
                tracing::warn!(board, "a lock board does not answer");
                self.silent.insert(board);
                self.tell()
            }
            Report::BoardBack { board } => {
                tracing::info!(board, "a lock board answers again");
                self.silent.remove(&board);
                self.heard_board(board)
            }
            Report::BusLost => {
                self.line_lost = true;
                self.tell()
            }
            // Its boards are back when they answer.
            Report::BusBack => {
                self.line_lost = false;
                Vec::new()
            }
        }
    }

    fn heard_from(&mut self, point: u32) -> Vec<Observation> {
        match self.board_of_point.get(&point).copied() {
            Some(board) => self.heard_board(board),
            None => Vec::new(),
        }
    }

    fn heard_board(&mut self, board: u8) -> Vec<Observation> {
        let Some(bank) = self.bank_of_board.get(&board).copied() else { return Vec::new() };
        if self.is_silent(bank) || self.told.insert(bank, false) == Some(false) {
            return Vec::new();
        }
        vec![Observation::BoardBack { bank }]
    }

    fn tell(&mut self) -> Vec<Observation> {
        let banks: BTreeSet<BankId> = self.bank_of_board.values().copied().collect();
        let silent = banks.iter().copied().filter(|bank| self.is_silent(*bank)).collect::<BTreeSet<_>>();
        let news: Vec<BankId> =
            silent.iter().copied().filter(|bank| self.told.insert(*bank, true) != Some(true)).collect();
        if !news.is_empty() && silent.len() > 1 && silent == banks {
            return vec![Observation::LineSilent { banks }];
        }
        news.into_iter().map(|bank| Observation::BoardSilent { bank }).collect()
    }

    fn is_silent(&self, bank: BankId) -> bool {
        self.line_lost
            || self.silent.iter().any(|board| self.bank_of_board.get(board).is_some_and(|of| *of == bank))
    }
}

fn outcome(opening: u64, attempt: u8, outcome: PulseOutcome) -> Observation {
    Observation::Pulse { opening: OpeningId(opening), attempt, outcome }
}

fn outcome_of(seen: PulseResult) -> PulseOutcome {
    match seen {
        PulseResult::Opened => PulseOutcome::Opened,
        PulseResult::StillClosed => PulseOutcome::StillClosed,
        PulseResult::Unknown => PulseOutcome::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_devices::{BoardWiring, DeviceError, PointWiring};

    const LOBBY: BankId = BankId(1);
    const REAR: BankId = BankId(2);

    /// Boards 1 and 2 are the lobby's, board 3 is the rear's; point = 10 x board + lock.
    fn watch() -> BankWatch {
        let board = |address: u8| BoardWiring {
            address,
            profile: "generic-lock8a-8".into(),
            points: vec![PointWiring {
                point: u32::from(address) * 10 + 1,
                lock: 1,
                contact: None,
                polarity: None,
            }],
        };
        let wiring = BusWiring { boards: vec![board(1), board(2), board(3)] };
        BankWatch::new(&wiring, &BTreeMap::from([(1, LOBBY), (2, LOBBY), (3, REAR)]))
    }

    #[test]
    fn the_first_door_seen_after_a_start_says_its_bank_is_back_once() {
        let mut watch = watch();
        let seen = |open| Observation::DoorSeen { compartment: CompartmentId(11), open };
        let first = watch.interpret(&Report::DoorSeen { point: 11, open: false });
        assert_eq!(first, [Observation::BoardBack { bank: LOBBY }, seen(false)]);
        assert_eq!(watch.interpret(&Report::DoorSeen { point: 11, open: true }), [seen(true)]);
    }

    #[test]
    fn a_bank_is_silent_while_one_of_its_boards_is() {
        let mut watch = watch();
        let silent = [Observation::BoardSilent { bank: LOBBY }];
        assert_eq!(watch.interpret(&Report::BoardSilent { board: 1 }), silent);
        assert_eq!(watch.interpret(&Report::BoardSilent { board: 2 }), []);
        assert_eq!(watch.interpret(&Report::BoardBack { board: 1 }), []);
        assert_eq!(
            watch.interpret(&Report::BoardBack { board: 2 }),
            [Observation::BoardBack { bank: LOBBY }]
        );
    }

    #[test]
    fn a_lost_line_silences_all_its_banks_until_they_answer() {
        let mut watch = watch();
        let all = [Observation::LineSilent { banks: [LOBBY, REAR].into() }];
        assert_eq!(watch.interpret(&Report::BusLost), all);
        assert_eq!(watch.interpret(&Report::BusLost), []);
        assert_eq!(watch.interpret(&Report::BusBack), [], "an open line is no answer yet");
        let door = watch.interpret(&Report::DoorSeen { point: 31, open: false });
        assert_eq!(door[0], Observation::BoardBack { bank: REAR });
    }

    #[test]
    fn a_line_whose_banks_fall_silent_one_by_one_is_silent_with_the_last() {
        let mut watch = watch();
        let rear = [Observation::BoardSilent { bank: REAR }];
        assert_eq!(watch.interpret(&Report::BoardSilent { board: 3 }), rear);
        let all = [Observation::LineSilent { banks: [LOBBY, REAR].into() }];
        assert_eq!(watch.interpret(&Report::BoardSilent { board: 1 }), all);
        assert_eq!(watch.interpret(&Report::BoardSilent { board: 2 }), []);
        assert_eq!(watch.interpret(&Report::BusLost), []);
    }

    #[test]
    fn a_line_of_one_bank_is_that_bank() {
        let wiring = BusWiring { boards: Vec::new() };
        let mut watch = BankWatch::new(&wiring, &BTreeMap::from([(1, LOBBY)]));
        assert_eq!(watch.interpret(&Report::BusLost), [Observation::BoardSilent { bank: LOBBY }]);
    }

    #[test]
    fn an_occupancy_sensor_is_heard_where_one_is_fitted() {
        let fitted = CompartmentId(12);
        let mut watch = watch().with_sensors(BTreeSet::from([fitted]));
        let report = |point| Report::OccupancySeen { point, occupied: true };
        let seen = Observation::OccupancySeen { compartment: fitted, occupied: true };
        assert_eq!(watch.interpret(&report(12)), [seen]);
        assert_eq!(watch.interpret(&report(11)), []);
    }

    #[test]
    fn pulses_are_told_by_what_the_door_showed() {
        let mut watch = watch();
        let sent = Report::PulseSent { opening: 7, attempt: 1 };
        assert_eq!(watch.interpret(&sent), [], "that it was sent proves nothing");
        let late = Report::PulseNotSent { opening: 7, attempt: 1, error: DeviceError::Expired };
        assert_eq!(watch.interpret(&late), [outcome(7, 1, PulseOutcome::NotSent)]);
        let shut = Report::PulseOutcome { opening: 7, attempt: 2, outcome: PulseResult::StillClosed };
        assert_eq!(watch.interpret(&shut), [outcome(7, 2, PulseOutcome::StillClosed)]);
    }
}
