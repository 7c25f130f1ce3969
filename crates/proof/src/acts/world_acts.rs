//! What the world does to a site: doors, boards, mail, clocks, disks, hours.

use crate::disk::Fault;
use crate::line::BOARD;
use crate::process;
use crate::vfs;
use crate::world::{Death, Server, World};
use vestibule_core::*;

const CLOCK_JUMPS: [Span; 6] = [
    Span::hours(3),
    Span::hours(-3),
    Span::days(-20_000),
    Span::seconds(40),
    Span::seconds(-90),
    Span::hours(1),
];

impl World {
    /// A fault is armed for one of the next disk calls; now and then for the one after it too.
    pub fn arm(&mut self) {
        let most = if self.chance.once_in(4) { 160 } else { 32 };
        let within = 1 + self.chance.below(most);
        let fault = match self.chance.below(20) {
            0..=13 => Fault::PowerCut,
            14 => Fault::Kill,
            15 => Fault::WriteError,
            16 => Fault::ShortWrite,
            17 => Fault::SyncError,
            18 => Fault::SyncErrors,
            _ => Fault::ReadError,
        };
        self.trace(|| format!("  {fault:?} comes within {within} calls"));
        vfs::disk(|disk| disk.arm(within, fault));
    }

    pub(super) fn door_trouble(&mut self) {
        let lock = u8::try_from(self.chance.below(6)).expect("small") + 1;
        let door = self.line.door(lock);
        match self.chance.below(4) {
            0 if !self.line.is_ajar(door) => {
                self.trace(|| format!("  {door} is forced"));
                self.line.boards.pull_open(BOARD, lock, self.now_ms);
                self.mischief(door);
                self.run(2_600);
            }
            1 => {
                let faults = self.line.boards.door_faults(BOARD, lock);
                faults.jammed = !faults.jammed;
            }
            2 => {
                self.mischief(door);
                let faults = self.line.boards.door_faults(BOARD, lock);
                faults.stuck_sensor = if faults.stuck_sensor.is_some() { None } else { Some(true) };
                self.run(2_500);
            }
            _ => self.run(100),
        }
    }

    pub(super) fn line_trouble(&mut self) {
        let what = self.chance.below(6);
        let unplugged = self.line.boards.is_unplugged();
        let faults = self.line.boards.board_faults(BOARD);
        match what {
            0 => faults.silent = !faults.silent,
            1 => faults.garbled = !faults.garbled,
            2 => faults.garbage_prefix = !faults.garbage_prefix,
            3 => faults.slow_ms = if faults.slow_ms == 0 { 300 } else { 0 },
            4 => faults.unsolicited = !faults.unsolicited,
            _ => self.line.boards.set_unplugged(!unplugged),
        }
        self.trouble();
        self.run(1_500);
    }

    /// Everything of the line is well again.
    pub fn line_is_well(&mut self) {
        *self.line.boards.board_faults(BOARD) = Default::default();
        for lock in 1..=crate::world::DOORS {
            *self.line.boards.door_faults(BOARD, lock) = Default::default();
        }
        self.line.boards.set_unplugged(false);
    }

    pub(super) fn mail_trouble(&mut self) {
        self.letters.server =
            self.chance.pick(&[Server::Well, Server::Well, Server::Down, Server::Forgetful]).expect("some");
    }

    pub(super) fn clock_trouble(&mut self) {
        if self.chance.once_in(2) {
            self.start();
            let moment = self.moment();
            if let Some(process) = &mut self.process {
                process.writer.confirm_clock(moment);
            }
        } else {
            let jump = self.chance.pick(&CLOCK_JUMPS).expect("some");
            let off = Span(self.wall_off.0 + jump.0);
            self.wall_off = Span(off.0.clamp(-Span::days(20_400).0, Span::days(30).0));
        }
        self.run(500);
    }

    pub(super) fn disk_fills(&mut self) {
        let free = self.chance.pick(&[1 << 40, 1 << 40, 20 << 10, 0, 70 << 20]).expect("some");
        self.trace(|| format!("  {free} bytes are free"));
        vfs::disk(|disk| disk.leave_free(free));
        self.run(500);
    }

    pub(super) fn another_process_looks(&mut self) {
        let truncates = self.chance.once_in(2);
        self.start();
        if process::checkpoint(truncates).is_err() {
            self.dead_by_another();
        }
    }

    /// A call of another process failed: if the power went, the site is gone with it.
    pub fn dead_by_another(&mut self) {
        if vfs::disk(|disk| disk.is_off()) {
            let death = if vfs::disk(|disk| disk.is_cut()) { Death::Power } else { Death::Process };
            self.end(death);
        }
    }

    pub(super) fn dies(&mut self) {
        let death = if self.chance.once_in(3) { Death::Process } else { Death::Power };
        self.end(death);
        self.run(100);
    }

    pub(super) fn hours(&mut self) {
        let minutes = self.chance.pick(&[1, 2, 5, 11, 40, 200, 1_500]).expect("some");
        self.skip(Span::minutes(minutes));
    }
}
