//! One line with its boards: the half that holds all meaning.
//!
//! Owns what is said on the line and when. It reads no clock and moves no bytes: drive it with [`Bus::handle`], take
//! what it wants from [`Bus::poll_output`], and call again at [`Bus::next_deadline`]. All boards of a line are of one
//! family; which one is known here alone, what follows is the same for all.

mod board;
mod driver;
pub(crate) mod intent;
mod watch;

use vestibule_protocols::Millis;

use crate::families::{KerongCu, Lock8a, Modbus, Winnsen, Wkly};
use crate::{
    BusHealth, BusWiring, Family, Framing, Profiles, PulseIntent, Report, TransportConfig, WiringError,
};
use driver::Driver;

/// What happens to a bus.
#[derive(Debug)]
pub enum Input<'a, I> {
    /// Bytes came from the line.
    Received(&'a [u8]),
    /// The site wants a coil pulsed.
    Pulse(I),
    /// The line was opened.
    TransportOpened,
    /// The line broke off or cannot be opened.
    TransportLost,
    /// A door is expected to move: look often.
    Expect {
        /// As named in the wiring.
        point: u32,
    },
    /// Time passed.
    Deadline,
    /// It is to end: nothing is pulsed any more, and what was pulsed is watched to its outcome.
    Finish,
}

/// What a bus wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Hand these bytes to the line now.
    Transmit(Vec<u8>),
    /// Drop what came, close and open the line, then say [`Input::TransportOpened`].
    Reopen,
    /// Tell the site.
    Report(Report),
}

/// What a driver of any family does.
trait Machine<I>: Send + std::fmt::Debug {
    fn handle(&mut self, input: Input<'_, I>, now: Millis);
    fn poll_output(&mut self) -> Option<Output>;
    fn next_deadline(&self) -> Option<Millis>;
    fn is_finished(&self) -> bool;
    fn count_in(&mut self, health: &BusHealth);
}

/// A line, its boards and their doors.
#[derive(Debug)]
pub struct Bus<I> {
    machine: Box<dyn Machine<I>>,
    baud: u32,
    framing: Framing,
}

impl<I: PulseIntent> Bus<I> {
    /// A bus whose line is not open yet, or what is wrong with the wiring.
    pub fn new(wiring: &BusWiring, profiles: &Profiles) -> Result<Self, WiringError> {
        let boards = wiring.resolve(profiles)?;
        let first = boards.first().expect("a checked wiring has a board");
        let (family, baud, framing) = (first.profile.family, first.profile.baud, first.profile.framing);
        let machine: Box<dyn Machine<I>> = match family {
            Family::Lock8a => Box::new(Driver::<Lock8a, I>::new(boards)),
            Family::KerongCu => Box::new(Driver::<KerongCu, I>::new(boards)),
            Family::Wkly => Box::new(Driver::<Wkly, I>::new(boards)),
            Family::Winnsen => Box::new(Driver::<Winnsen, I>::new(boards)),
            Family::Modbus => Box::new(Driver::<Modbus, I>::new(boards)),
        };
        Ok(Self { machine, baud, framing })
    }

    /// Boards of a family that no profile names.
    #[cfg(test)]
    pub(crate) fn of_family<F: crate::families::Family>(boards: Vec<crate::wiring::CheckedBoard>) -> Self {
        let first = boards.first().expect("a line has a board");
        let (baud, framing) = (first.profile.baud, first.profile.framing);
        Self { machine: Box::new(Driver::<F, I>::new(boards)), baud, framing }
    }

    /// The same, which counts in these from now on how line and boards answer.
    #[must_use]
    pub fn counting_in(mut self, health: &BusHealth) -> Self {
        self.machine.count_in(health);
        self
    }

    /// The speed of the line.
    #[must_use]
    pub fn baud(&self) -> u32 {
        self.baud
    }

    /// Whether its boards can be spoken to over this line.
    ///
    /// # Errors
    /// Frames of Modbus TCP on a serial line.
    pub fn check_transport(&self, transport: &TransportConfig) -> Result<(), WiringError> {
        match transport {
            TransportConfig::Serial { .. } if self.framing == Framing::Tcp => {
                Err(WiringError::TcpFramesOnSerial)
            }
            TransportConfig::Serial { .. } | TransportConfig::Tcp { .. } | TransportConfig::InMemory(_) => {
                Ok(())
            }
        }
    }

    /// Takes one input. `now` may stand still but not go back.
    pub fn handle(&mut self, input: Input<'_, I>, now: Millis) {
        self.machine.handle(input, now);
    }

    /// The next thing it wants, in order.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.machine.poll_output()
    }

    /// When [`Input::Deadline`] is wanted at the latest.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Millis> {
        self.machine.next_deadline()
    }

    /// After [`Input::Finish`]: every pulse has its outcome and no coil is on, so that another may take over its line.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.machine.is_finished()
    }
}
