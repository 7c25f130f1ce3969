//! One RS-485 line with its boards: the synchronous half. Time is milliseconds given by the caller.
//! It reads no clock and moves no bytes itself; faults are public knobs, because a real board has them too.

use std::collections::VecDeque;

use super::door::{DoorFaults, DoorModel, Wiring};
use super::wire::{self, Order};

/// Bytes heard longer apart than this do not belong to one order.
const FORGET_MS: u64 = 50;
const GARBAGE: [u8; 4] = [0xFA, 0xFD, 0x99, 0x99];

/// Which status byte carries locks 1 to 8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusOrder {
    /// The last.
    #[default]
    LastIsLow,
    /// The first, as boards of 50 locks do.
    FirstIsLow,
}

/// What a board is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardOptions {
    /// As set on its DIP switches. Two boards may be given the same by mistake.
    pub address: u8,
    /// Locks, 1 to 50.
    pub channels: u8,
    /// Order of the status bytes.
    pub status_order: StatusOrder,
    /// Wiring of its locks.
    pub wiring: Wiring,
    /// How long a pulse energises the coil.
    pub pulse_ms: u64,
    /// From the pulse until the spring has pushed the door ajar.
    pub spring_ms: u64,
    /// From an order to its answer.
    pub answer_ms: u64,
}

impl BoardOptions {
    /// A board of `channels` locks that answers at once and whose doors spring at once.
    pub fn instant(address: u8, channels: u8) -> Self {
        let status_order = if channels > 24 { StatusOrder::FirstIsLow } else { StatusOrder::LastIsLow };
        let wiring = Wiring::default();
        Self { address, channels, status_order, wiring, pulse_ms: 0, spring_ms: 0, answer_ms: 0 }
    }

    /// A board of `channels` locks at the pace of real ones.
    pub fn lifelike(address: u8, channels: u8) -> Self {
        Self { pulse_ms: 300, spring_ms: 120, answer_ms: 15, ..Self::instant(address, channels) }
    }
}

/// What may be wrong with one board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BoardFaults {
    /// Without power, or its wire broken: hears nothing, does nothing.
    pub silent: bool,
    /// Answers later by this many milliseconds.
    pub slow_ms: u64,
    /// Does what it is told and answers with a wrong checksum.
    pub garbled: bool,
    /// Sends `FA FD 99 99` before each answer.
    pub garbage_prefix: bool,
    /// Firmware that tells of door changes unasked. No fault, but not to be relied on.
    pub unsolicited: bool,
}

/// One coil energised once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoilPulse {
    /// When, in the caller's milliseconds.
    pub at: u64,
    /// The board's address.
    pub board: u8,
    /// The lock, from 1.
    pub lock: u8,
    /// How long.
    pub pulse_ms: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Lock {
    door: DoorModel,
    faults: DoorFaults,
}

#[derive(Debug)]
struct Board {
    options: BoardOptions,
    faults: BoardFaults,
    locks: Vec<Lock>,
}

/// All boards of one line.
#[derive(Debug, Default)]
pub struct Lock8aBoards {
    boards: Vec<Board>,
    heard: Vec<u8>,
    heard_at: u64,
    /// What will be sent, by time.
    answers: VecDeque<(u64, Vec<u8>)>,
    pulses: Vec<CoilPulse>,
    unplugged: bool,
}

impl Lock8aBoards {
    /// A line without boards.
    pub fn new() -> Self {
        Self::default()
    }

    /// Wires a board to the line; all its doors are shut.
    pub fn add_board(&mut self, options: BoardOptions) {
        let locks = vec![Lock::default(); usize::from(options.channels)];
        self.boards.push(Board { options, faults: BoardFaults::default(), locks });
    }

    /// The fault knobs of a board (the first of this address). Panics if there is none.
    pub fn board_faults(&mut self, address: u8) -> &mut BoardFaults {
        let board = self.boards.iter_mut().find(|board| board.options.address == address);
        &mut board.expect("a board of this address is on the line").faults
    }

    /// The fault knobs of a lock. Panics if there is no such board or lock.
    pub fn door_faults(&mut self, address: u8, lock: u8) -> &mut DoorFaults {
        &mut self.lock_mut(address, lock).expect("a lock of this number is on the line").faults
    }

    /// Pulls the plug of the line, or puts it back.
    pub fn set_unplugged(&mut self, unplugged: bool) {
        self.unplugged = unplugged;
        self.heard.clear();
        self.answers.clear();
    }

    /// Whether the plug is pulled: a shell drops its connection then.
    pub fn is_unplugged(&self) -> bool {
        self.unplugged
    }

    /// Bytes from the master.
    pub fn receive(&mut self, bytes: &[u8], now: u64) {
        self.settle(now);
        if self.unplugged {
            return;
        }
        if now.saturating_sub(self.heard_at) > FORGET_MS {
            self.heard.clear();
        }
        self.heard_at = now;
        self.heard.extend_from_slice(bytes);
        while let Some(order) = wire::next_order(&mut self.heard) {
            self.obey(order, now);
        }
    }

    /// The next bytes for the master that are due by now.
    pub fn next_output(&mut self, now: u64) -> Option<Vec<u8>> {
        self.settle(now);
        let is_due = self.answers.front().is_some_and(|(at, _)| *at <= now);
        is_due.then(|| self.answers.pop_front()).flatten().map(|(_, bytes)| bytes)
    }

    /// When something happens by itself next.
    pub fn next_deadline(&self) -> Option<u64> {
        let springs =
            self.boards.iter().flat_map(|board| &board.locks).filter_map(|lock| lock.door.springs_at);
        springs.chain(self.answers.front().map(|(at, _)| *at)).min()
    }

    /// A hand pushes a door shut. False if the coil still holds its latch back, or there is no such door.
    pub fn push_shut(&mut self, address: u8, lock: u8, now: u64) -> bool {
        self.settle(now);
        self.move_by_hand(address, lock, now, |door| door.push_shut(now))
    }

    /// A hand pulls a door open. True if that took force.
    pub fn pull_open(&mut self, address: u8, lock: u8, now: u64) -> bool {
        self.settle(now);
        self.move_by_hand(address, lock, now, DoorModel::pull_open)
    }

    /// A door as it stood when time was last told.
    pub fn door(&self, address: u8, lock: u8) -> Option<DoorModel> {
        let board = self.boards.iter().find(|board| board.options.address == address)?;
        Some(board.locks.get(usize::from(lock).checked_sub(1)?)?.door)
    }

    /// Every coil that was ever energised, in order.
    pub fn coil_pulses(&self) -> &[CoilPulse] {
        &self.pulses
    }

    fn lock_mut(&mut self, address: u8, lock: u8) -> Option<&mut Lock> {
        let board = self.boards.iter_mut().find(|board| board.options.address == address)?;
        board.locks.get_mut(usize::from(lock).checked_sub(1)?)
    }

    fn move_by_hand(
        &mut self,
        address: u8,
        lock: u8,
        now: u64,
        act: impl FnOnce(&mut DoorModel) -> bool,
    ) -> bool {
        let Some(found) = self.lock_mut(address, lock) else { return false };
        let before = found.door.ajar;
        let result = act(&mut found.door);
        if found.door.ajar != before {
            let board = self.boards.iter().find(|board| board.options.address == address);
            let telling = board.and_then(|board| board.change_frame(lock));
            self.say(now, telling);
        }
        result
    }

    /// Doors spring open when their time has come.
    fn settle(&mut self, now: u64) {
        let mut telling = Vec::new();
        for board in &mut self.boards {
            for number in 1..=board.options.channels {
                let door = &mut board.locks[usize::from(number) - 1].door;
                let at = door.springs_at.unwrap_or(now);
                if door.settle(now) {
                    telling.extend(board.change_frame(number).map(|frame| (at, frame)));
                }
            }
        }
        for (at, frame) in telling {
            self.say(at, Some(frame));
        }
    }

    fn obey(&mut self, order: Order, now: u64) {
        let mut answers: Vec<(u64, Vec<u8>)> = Vec::new();
        let mut pulses = Vec::new();
        for board in &mut self.boards {
            if board.options.address == order.address() && !board.faults.silent {
                answers.extend(board.obey(order, now, &mut pulses));
            }
        }
        self.pulses.append(&mut pulses);
        self.settle(now);
        match answers.len() {
            0 => {}
            1 => answers.into_iter().for_each(|(at, answer)| self.say(at, Some(answer))),
            _ => self.say(answers[0].0, Some(collide(&answers[0].1, &answers[1].1))),
        }
    }

    fn say(&mut self, at: u64, bytes: Option<Vec<u8>>) {
        let Some(bytes) = bytes else { return };
        if !self.unplugged {
            let place = self.answers.partition_point(|(other, _)| *other <= at);
            self.answers.insert(place, (at, bytes));
        }
    }
}

impl Board {
    fn obey(&mut self, order: Order, now: u64, pulses: &mut Vec<CoilPulse>) -> Option<(u64, Vec<u8>)> {
        let address = self.options.address;
        let mut at = now + self.options.answer_ms + self.faults.slow_ms;
        let frame = match order {
            Order::Unlock { lock, .. } => {
                pulses.push(self.pulse(lock, now)?);
                wire::one_lock(0x8A, address, lock, self.contact(lock, now)?)
            }
            Order::UnlockAll { .. } => {
                for (lock, turn) in (1..=self.options.channels).zip(0..) {
                    pulses.extend(self.pulse(lock, now + turn * self.options.pulse_ms));
                }
                at += u64::from(self.options.channels) * self.options.pulse_ms;
                wire::all_unlocked(address)
            }
            Order::ReadOne { lock, .. } => wire::one_lock(0x80, address, lock, self.contact(lock, now)?),
            Order::ReadAll { .. } => wire::all_locks(address, &self.status()),
        };
        Some((at, self.through_faults(frame)))
    }

    fn pulse(&mut self, lock: u8, at: u64) -> Option<CoilPulse> {
        let BoardOptions { pulse_ms, spring_ms, address, .. } = self.options;
        let found = self.locks.get_mut(usize::from(lock).checked_sub(1)?)?;
        found.door.pulse(at, pulse_ms, spring_ms, found.faults);
        Some(CoilPulse { at, board: address, lock, pulse_ms })
    }

    /// The contact of a lock as the board would read it at `now`.
    fn contact(&self, lock: u8, now: u64) -> Option<bool> {
        let found = self.locks.get(usize::from(lock).checked_sub(1)?)?;
        let mut door = found.door;
        door.settle(now);
        Some(door.contact(self.options.wiring, found.faults))
    }

    /// 3 bytes up to 24 locks (also with 8: measured on a real one), 7 above.
    fn status(&self) -> Vec<u8> {
        let mut status = vec![0u8; if self.options.channels > 24 { 7 } else { 3 }];
        for (index, lock) in self.locks.iter().enumerate() {
            if lock.door.contact(self.options.wiring, lock.faults) {
                status[index / 8] |= 1 << (index % 8);
            }
        }
        match self.options.status_order {
            StatusOrder::FirstIsLow => {}
            StatusOrder::LastIsLow => status.reverse(),
        }
        status
    }

    fn change_frame(&self, lock: u8) -> Option<Vec<u8>> {
        if self.faults.silent || !self.faults.unsolicited {
            return None;
        }
        let found = self.locks.get(usize::from(lock).checked_sub(1)?)?;
        let shorted = found.door.contact(self.options.wiring, found.faults);
        Some(wire::one_lock(0x81, self.options.address, lock, shorted))
    }

    fn through_faults(&self, mut frame: Vec<u8>) -> Vec<u8> {
        if self.faults.garbled
            && let Some(sum) = frame.last_mut()
        {
            *sum ^= 0x5A;
        }
        if self.faults.garbage_prefix { [&GARBAGE[..], &frame].concat() } else { frame }
    }
}

/// Two boards talk at once: what arrives is neither.
fn collide(one: &[u8], other: &[u8]) -> Vec<u8> {
    one.iter().zip(other).flat_map(|(one, other)| [*one, *other]).collect()
}

#[cfg(test)]
mod tests;
