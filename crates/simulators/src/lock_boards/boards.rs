//! One line with its boards: the synchronous half. Time is milliseconds given by the caller.
//! It reads no clock and moves no bytes itself; faults are public knobs, because a real board has them too.

use std::collections::VecDeque;

use super::door::{DoorFaults, DoorModel, Wiring};
use super::firmware::{Firmware, Heard, Order, Sight};

/// Bytes heard longer apart than this do not belong to one order.
const FORGET_MS: u64 = 50;
/// More than any order; older bytes are let go.
const HEARD_MAX: usize = 512;
const GARBAGE: [u8; 4] = [0xFA, 0xFD, 0x99, 0x99];
/// How long a board that lost its power by its own coil is away.
const REBOOT_MS: u64 = 600;

/// Which status byte carries locks 1 to 8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusOrder {
    /// The last.
    #[default]
    LastIsLow,
    /// The first, as boards of 50 locks do.
    FirstIsLow,
}

/// What a Modbus board does when it is asked who it is (function 2B, kind 0E).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Identity {
    /// It does not know the function and says so, as the standard has it.
    #[default]
    Refuses,
    /// It does not know the function and says nothing.
    Ignores,
    /// It says that this is its revision.
    Tells(&'static str),
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
    /// Who it says it is.
    pub identity: Identity,
}

impl BoardOptions {
    /// A board of `channels` locks that answers at once and whose doors spring at once.
    pub fn instant(address: u8, channels: u8) -> Self {
        let status_order = if channels > 24 { StatusOrder::FirstIsLow } else { StatusOrder::LastIsLow };
        let (wiring, identity) = (Wiring::default(), Identity::default());
        Self { address, channels, status_order, wiring, pulse_ms: 0, spring_ms: 0, answer_ms: 0, identity }
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
    /// Firmware that tells of door changes unasked, in families that can. No fault, but not to be relied on.
    pub unsolicited: bool,
    /// Answers as if it were this board.
    pub answers_as: Option<u8>,
    /// The coil draws more than the supply gives: the board starts anew in the middle of a pulse, and is away for a moment.
    pub reboots_at_pulse: bool,
}

/// What may be wrong with the line itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineFault {
    /// Nothing.
    #[default]
    None,
    /// A and B are swapped: every bit arrives reversed.
    SwappedWires,
    /// The same on a line with bias resistors: when the master falls silent it hears a break, which reads as a zero.
    SwappedBiasedWires,
    /// Boards and master speak at different speeds.
    WrongBaud,
    /// Something else on the line talks all the time, a byte each millisecond.
    Chatter,
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
    /// How long; `u64::MAX` if it was switched on for good.
    pub pulse_ms: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Lock {
    door: DoorModel,
    faults: DoorFaults,
    /// Something lies in the compartment.
    is_occupied: bool,
    /// Control mode of a Modbus channel.
    mode: u16,
}

/// Where the wires of one channel lead, by the doors' own numbers. As drawn, both lead to the door of the channel's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cable {
    /// The door its coil opens; `None`: not connected.
    pub coil: Option<u8>,
    /// The door its contact sits at; `None`: not connected, which reads as never short-circuited.
    pub contact: Option<u8>,
}

#[derive(Debug)]
struct Board {
    firmware: Firmware,
    options: BoardOptions,
    faults: BoardFaults,
    locks: Vec<Lock>,
    /// By channel.
    cables: Vec<Cable>,
    /// Starting anew until then.
    away_until: u64,
}

/// All boards of one line.
#[derive(Debug, Default)]
pub struct LockBoards {
    firmware: Firmware,
    boards: Vec<Board>,
    heard: Vec<u8>,
    heard_at: u64,
    /// What will be sent, by time.
    answers: VecDeque<(u64, Vec<u8>)>,
    pulses: Vec<CoilPulse>,
    unplugged: bool,
    line_fault: LineFault,
    /// When a line that chatters says its next byte.
    chatters_at: u64,
}

impl LockBoards {
    /// A line without boards, for boards of the `lock8a` family.
    pub fn new() -> Self {
        Self::default()
    }

    /// A line without boards, for boards that speak this.
    pub fn speaking(firmware: Firmware) -> Self {
        Self { firmware, ..Self::default() }
    }

    /// Wires a board to the line; all its doors are shut.
    pub fn add_board(&mut self, options: BoardOptions) {
        let locks = vec![Lock::default(); usize::from(options.channels)];
        let cables = (1..=options.channels).map(|n| Cable { coil: Some(n), contact: Some(n) }).collect();
        let (firmware, faults) = (self.firmware, BoardFaults::default());
        self.boards.push(Board { firmware, options, faults, locks, cables, away_until: 0 });
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

    /// The wires of a channel, to be led elsewhere as a hasty installer does. Panics if there is no such board or channel.
    pub fn cable(&mut self, address: u8, lock: u8) -> &mut Cable {
        let board = self.boards.iter_mut().find(|board| board.options.address == address);
        let cables = &mut board.expect("a board of this address is on the line").cables;
        cables.get_mut(usize::from(lock).wrapping_sub(1)).expect("a lock of this number is on the line")
    }

    /// Swaps the cables of two channels, each with its coil and contact. Panics if there is no such board or channel.
    pub fn swap_cables(&mut self, address: u8, one: u8, other: u8) {
        let (first, second) = (*self.cable(address, one), *self.cable(address, other));
        *self.cable(address, one) = second;
        *self.cable(address, other) = first;
    }

    /// Puts something into a compartment, or takes it out; boards with occupancy sensors see it. Panics if there is no such
    /// board or lock.
    pub fn set_occupied(&mut self, address: u8, lock: u8, is_occupied: bool) {
        self.lock_mut(address, lock).expect("a lock of this number is on the line").is_occupied = is_occupied;
    }

    /// Sets the control mode of a Modbus channel, as somebody's tool may have. Panics if there is no such board or lock.
    pub fn set_mode(&mut self, address: u8, lock: u8, mode: u16) {
        self.lock_mut(address, lock).expect("a lock of this number is on the line").mode = mode;
    }

    /// The control mode of a Modbus channel.
    pub fn mode(&self, address: u8, lock: u8) -> Option<u16> {
        Some(self.lock_of(address, lock)?.mode)
    }

    /// Does something wrong to the line, or puts it right.
    pub fn set_line_fault(&mut self, fault: LineFault) {
        self.line_fault = fault;
    }

    /// What is wrong with the line.
    pub fn line_fault(&self) -> LineFault {
        self.line_fault
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
        if self.line_fault == LineFault::SwappedBiasedWires {
            self.say(now, Some(vec![0x00]));
        }
        self.heard.extend(bytes.iter().map(|byte| self.line_fault.arrives(*byte)));
        while let Some(heard) = self.firmware.next_order(&mut self.heard) {
            self.obey(&heard, now);
        }
        let excess = self.heard.len().saturating_sub(HEARD_MAX);
        self.heard.drain(..excess);
    }

    /// The next bytes for the master that are due by now.
    pub fn next_output(&mut self, now: u64) -> Option<Vec<u8>> {
        self.settle(now);
        if self.line_fault == LineFault::Chatter && self.chatters_at <= now {
            self.chatters_at = now + 1;
            return Some(vec![0x55]);
        }
        let is_due = self.answers.front().is_some_and(|(at, _)| *at <= now);
        is_due.then(|| self.answers.pop_front()).flatten().map(|(_, bytes)| bytes)
    }

    /// When something happens by itself next.
    pub fn next_deadline(&self) -> Option<u64> {
        let springs =
            self.boards.iter().flat_map(|board| &board.locks).filter_map(|lock| lock.door.springs_at);
        let chatter = (self.line_fault == LineFault::Chatter).then_some(self.chatters_at);
        springs.chain(self.answers.front().map(|(at, _)| *at)).chain(chatter).min()
    }

    /// A hand pushes a door shut. False if the coil still holds its latch back, or there is no such door.
    pub fn push_shut(&mut self, address: u8, lock: u8, now: u64) -> bool {
        self.settle(now);
        self.move_by_hand(address, lock, now, |door| door.push_shut(now))
    }

    /// A hand pulls a door open. True if that took force.
    pub fn pull_open(&mut self, address: u8, lock: u8, now: u64) -> bool {
        self.settle(now);
        self.move_by_hand(address, lock, now, |door| door.pull_open(now))
    }

    /// A door as it stood when time was last told.
    pub fn door(&self, address: u8, lock: u8) -> Option<DoorModel> {
        Some(self.lock_of(address, lock)?.door)
    }

    /// Every coil that was ever energised, in order.
    pub fn coil_pulses(&self) -> &[CoilPulse] {
        &self.pulses
    }

    fn lock_of(&self, address: u8, lock: u8) -> Option<&Lock> {
        let board = self.boards.iter().find(|board| board.options.address == address)?;
        board.locks.get(usize::from(lock).checked_sub(1)?)
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
            let telling = board.and_then(|board| board.change_frame(lock, now));
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
                    telling.extend(board.change_frame(number, at).map(|frame| (at, frame)));
                }
            }
        }
        for (at, frame) in telling {
            self.say(at, Some(frame));
        }
    }

    fn obey(&mut self, heard: &Heard, now: u64) {
        let mut answers: Vec<(u64, Vec<u8>)> = Vec::new();
        let mut pulses = Vec::new();
        for board in &mut self.boards {
            let hears = !board.faults.silent && board.away_until <= now;
            if hears && heard.is_for(self.firmware, board.options.address) {
                answers.extend(board.obey(heard, now, &mut pulses));
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
    fn obey(&mut self, heard: &Heard, now: u64, pulses: &mut Vec<CoilPulse>) -> Option<(u64, Vec<u8>)> {
        let before = pulses.len();
        let mut at = now + self.options.answer_ms + self.faults.slow_ms + self.act(heard.order, now, pulses);
        if self.firmware.answers_after_pulse() {
            at += pulses[before..].iter().map(|pulse| pulse.pulse_ms).sum::<u64>();
        }
        if self.faults.reboots_at_pulse && pulses.len() > before {
            return self.reboot(now);
        }
        if heard.is_for_all(self.firmware) {
            return None;
        }
        let sight = self.sight(now);
        let exists = match heard.order {
            Order::Unlock { lock, .. } | Order::ReadOne { lock } => self.index(lock).is_some(),
            _ => true,
        };
        let tells_of_locks_it_has_not = self.firmware != Firmware::Lock8a;
        let frame = self.firmware.answer(heard, &sight).filter(|_| exists || tells_of_locks_it_has_not)?;
        Some((at, self.through_faults(frame)))
    }

    /// Does what is ordered; how much later that makes the answer.
    fn act(&mut self, order: Order, now: u64, pulses: &mut Vec<CoilPulse>) -> u64 {
        match order {
            Order::Unlock { lock, for_ms } => pulses.extend(self.pulse(lock, now, for_ms)),
            Order::UnlockAll => {
                for (lock, turn) in (1..=self.options.channels).zip(0..) {
                    pulses.extend(self.pulse(lock, now + turn * self.options.pulse_ms, None));
                }
                return u64::from(self.options.channels) * self.options.pulse_ms;
            }
            Order::Switch { first, count, on, .. } => {
                for index in 0..count.min(self.options.channels) {
                    let lock = first.saturating_add(index).saturating_add(1);
                    if on >> index & 1 == 1 {
                        pulses.extend(self.pulse(lock, now, Some(u64::MAX)));
                    } else if let Some(door) = self.coil_of(lock) {
                        self.locks[door].door.release(now);
                    }
                }
            }
            Order::SetMode { lock, mode } => {
                if let Some(index) = self.index(lock) {
                    self.locks[index].mode = mode;
                }
            }
            Order::ReadOne { .. }
            | Order::ReadAll { .. }
            | Order::ReadRelays { .. }
            | Order::ReadInputs { .. }
            | Order::ReadModes { .. }
            | Order::Identify { .. }
            | Order::Refuse { .. } => {}
        }
        0
    }

    fn index(&self, lock: u8) -> Option<usize> {
        usize::from(lock).checked_sub(1).filter(|index| *index < self.locks.len())
    }

    /// Every coil is off, and nobody answers for a while.
    fn reboot(&mut self, now: u64) -> Option<(u64, Vec<u8>)> {
        self.away_until = now + REBOOT_MS;
        self.locks.iter_mut().for_each(|lock| lock.door.release(now));
        None
    }

    /// The door a coil opens, as an index.
    fn coil_of(&self, lock: u8) -> Option<usize> {
        self.index(self.cables.get(self.index(lock)?)?.coil?)
    }

    fn pulse(&mut self, lock: u8, at: u64, for_ms: Option<u64>) -> Option<CoilPulse> {
        let BoardOptions { spring_ms, address, .. } = self.options;
        let pulse_ms = for_ms.unwrap_or(self.options.pulse_ms);
        self.index(lock)?;
        if let Some(door) = self.coil_of(lock) {
            let found = &mut self.locks[door];
            found.door.pulse(at, pulse_ms, spring_ms, found.faults);
        }
        Some(CoilPulse { at, board: address, lock, pulse_ms })
    }

    /// What the board sees at `now`.
    fn sight(&self, now: u64) -> Sight {
        let contact = |lock: &Lock| {
            let mut door = lock.door;
            door.settle(now);
            door.contact(self.options.wiring, lock.faults, now)
        };
        let is_on = |lock: &Lock| now < lock.door.coil_until;
        let at_door = |door: Option<u8>| door.and_then(|door| self.locks.get(self.index(door)?));
        Sight {
            address: self.faults.answers_as.unwrap_or(self.options.address),
            shorted: self.cables.iter().map(|cable| at_door(cable.contact).is_some_and(contact)).collect(),
            occupied: self.locks.iter().map(|lock| lock.is_occupied).collect(),
            energised: self.cables.iter().map(|cable| at_door(cable.coil).is_some_and(is_on)).collect(),
            modes: self.locks.iter().map(|lock| lock.mode).collect(),
            first_is_low: self.options.status_order == StatusOrder::FirstIsLow,
            identity: self.options.identity,
        }
    }

    /// What it tells unasked of a door that moved: by the channel its contact is on.
    fn change_frame(&self, door: u8, now: u64) -> Option<Vec<u8>> {
        if self.faults.silent || !self.faults.unsolicited {
            return None;
        }
        let found = self.locks.get(self.index(door)?)?;
        let (_, channel) = self.cables.iter().zip(1..).find(|(cable, _)| cable.contact == Some(door))?;
        let shorted = found.door.contact(self.options.wiring, found.faults, now);
        self.firmware.change(self.options.address, channel, shorted)
    }

    fn through_faults(&self, mut frame: Vec<u8>) -> Vec<u8> {
        if self.faults.garbled {
            self.firmware.garble(&mut frame);
        }
        if self.faults.garbage_prefix { [&GARBAGE[..], &frame].concat() } else { frame }
    }
}

impl LineFault {
    /// What a byte is at the other end.
    fn arrives(self, byte: u8) -> u8 {
        match self {
            LineFault::None | LineFault::Chatter => byte,
            LineFault::SwappedWires | LineFault::SwappedBiasedWires => !byte,
            LineFault::WrongBaud => byte << 1 & byte >> 1 | 0x80,
        }
    }
}

/// Two boards talk at once: what arrives is neither.
fn collide(one: &[u8], other: &[u8]) -> Vec<u8> {
    one.iter().zip(other).flat_map(|(one, other)| [*one, *other]).collect()
}

#[cfg(test)]
mod tests;
