//! The tokio half of a bus: moves bytes, intents, reports and time. It knows nothing of what they mean.

use std::collections::VecDeque;

use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

use crate::transport::link::{Link, LinkEvent};
use crate::{Bus, Clock, Input, Output, PulseIntent, Report, TransportConfig};

/// What ties a bus to its site.
#[derive(Debug)]
pub struct BusLinks<I> {
    /// The clock in which intents say their last moment.
    pub clock: Clock,
    /// Coils to pulse.
    pub pulses: mpsc::Receiver<I>,
    /// Points expected to move.
    pub expects: mpsc::Receiver<u32>,
    /// What the bus saw. A slow receiver delays reports, never the line.
    pub reports: mpsc::Sender<Report>,
    /// True: nothing is pulsed any more, and the task ends once every pulse that was sent has its outcome.
    pub finish: watch::Receiver<bool>,
    /// True ends the task at once.
    pub shutdown: watch::Receiver<bool>,
}

/// Runs one bus until it is told to stop or nobody takes its reports.
pub async fn run_bus<I: PulseIntent>(transport: TransportConfig, bus: Bus<I>, links: BusLinks<I>) {
    let link = Link::new(transport);
    let mut shell = Shell { link, bus, links, unsent: VecDeque::new(), is_finishing: false };
    while shell.turn().await.is_some() {}
}

struct Shell<I> {
    link: Link,
    bus: Bus<I>,
    links: BusLinks<I>,
    unsent: VecDeque<Report>,
    is_finishing: bool,
}

/// What woke the shell.
enum Wake<I> {
    Line(LinkEvent),
    Pulse(I),
    Expect(u32),
    Reported,
    Deadline,
    Finish,
    Stop,
}

impl<I: PulseIntent> Shell<I> {
    /// Waits for one thing and passes it on. `None` ends the task.
    async fn turn(&mut self) -> Option<()> {
        let mut buffer = [0u8; 256];
        match self.wake(&mut buffer).await {
            Wake::Line(LinkEvent::Opened) => self.pass(Input::TransportOpened).await,
            Wake::Line(LinkEvent::Received(count)) => self.pass(Input::Received(&buffer[..count])).await,
            Wake::Line(LinkEvent::Lost) => self.pass(Input::TransportLost).await,
            Wake::Pulse(intent) => self.pass(Input::Pulse(intent)).await,
            Wake::Expect(point) => self.pass(Input::Expect { point }).await,
            Wake::Deadline => self.pass(Input::Deadline).await,
            Wake::Reported => {}
            Wake::Finish => self.finish().await,
            Wake::Stop => return None,
        }
        (!self.is_finished()).then_some(())
    }

    async fn finish(&mut self) {
        self.is_finishing = true;
        self.pass(Input::Finish).await;
        // What was handed over and not taken yet is told, too: it was not sent.
        self.links.pulses.close();
        while let Ok(intent) = self.links.pulses.try_recv() {
            self.pass(Input::Pulse(intent)).await;
        }
    }

    fn is_finished(&self) -> bool {
        self.is_finishing && self.unsent.is_empty() && self.bus.is_finished()
    }

    async fn wake(&mut self, buffer: &mut [u8]) -> Wake<I> {
        let deadline = self.bus.next_deadline().map(|at| self.links.clock.instant(at));
        let (link, unsent, is_finishing) = (&mut self.link, &mut self.unsent, self.is_finishing);
        let BusLinks { pulses, expects, reports, finish, shutdown, .. } = &mut self.links;
        tokio::select! {
            biased;
            stopped = shutdown.wait_for(|stop| *stop) => { drop(stopped); Wake::Stop }
            () = is_raised(finish), if !is_finishing => Wake::Finish,
            Some(intent) = pulses.recv() => Wake::Pulse(intent),
            happened = link.next(buffer) => Wake::Line(happened),
            Some(point) = expects.recv() => Wake::Expect(point),
            () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => Wake::Deadline,
            permit = reports.reserve(), if !unsent.is_empty() => match (permit, unsent.pop_front()) {
                (Ok(permit), Some(report)) => { permit.send(report); Wake::Reported }
                (Ok(_), None) => Wake::Reported,
                (Err(_), _) => Wake::Stop,
            },
        }
    }

    async fn pass(&mut self, input: Input<'_, I>) {
        self.bus.handle(input, self.links.clock.now());
        while let Some(output) = self.bus.poll_output() {
            match output {
                Output::Transmit(bytes) => {
                    if !self.link.send(&bytes).await {
                        self.bus.handle(Input::TransportLost, self.links.clock.now());
                    }
                }
                Output::Reopen => self.link.reopen(),
                Output::Report(report) => self.unsent.push_back(report),
            }
        }
        while !self.unsent.is_empty()
            && let Ok(permit) = self.links.reports.try_reserve()
        {
            if let Some(report) = self.unsent.pop_front() {
                permit.send(report);
            }
        }
    }
}

/// Waits for a flag. Where nobody is left to raise it, for ever.
async fn is_raised(flag: &mut watch::Receiver<bool>) {
    if flag.wait_for(|raised| *raised).await.is_err() {
        std::future::pending().await
    }
}
