//! The tokio half of a bus: moves bytes, intents, reports and time. It knows nothing of what they mean.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until, timeout};

use crate::transport::Opening;
use crate::{Bus, Clock, Connection, Input, Output, PulseIntent, Report, TransportConfig};

const BACKOFF_FIRST: Duration = Duration::from_millis(50);
const BACKOFF_MAX: Duration = Duration::from_secs(2);
/// A line that does not take five bytes in this time is gone.
const WRITE_TIMEOUT: Duration = Duration::from_millis(500);

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
    /// True ends the task.
    pub shutdown: watch::Receiver<bool>,
}

/// Runs one bus until it is told to stop or nobody takes its reports.
pub async fn run_bus<I: PulseIntent>(mut transport: TransportConfig, bus: Bus<I>, links: BusLinks<I>) {
    let mut shell = Shell {
        opening: Some(transport.open(Duration::ZERO)),
        transport,
        bus,
        links,
        connection: None,
        backoff: BACKOFF_FIRST,
        unsent: VecDeque::new(),
    };
    while shell.turn().await.is_some() {}
}

struct Shell<I> {
    transport: TransportConfig,
    bus: Bus<I>,
    links: BusLinks<I>,
    connection: Option<Box<dyn Connection>>,
    /// The line being opened; waited for across wakes, so that nothing keeps it from coming about.
    opening: Option<Opening>,
    backoff: Duration,
    unsent: VecDeque<Report>,
}

/// What woke the shell.
enum Wake<I> {
    Opened(io::Result<Box<dyn Connection>>),
    Read(io::Result<usize>),
    Pulse(I),
    Expect(u32),
    Reported,
    Deadline,
    Stop,
}

impl<I: PulseIntent> Shell<I> {
    /// Waits for one thing and passes it on. `None` ends the task.
    async fn turn(&mut self) -> Option<()> {
        let mut buffer = [0u8; 256];
        match self.wake(&mut buffer).await {
            Wake::Opened(Ok(connection)) => {
                self.connection = Some(connection);
                self.opening = None;
                self.pass(Input::TransportOpened).await;
            }
            Wake::Opened(Err(error)) => self.lose(&error).await,
            Wake::Read(Ok(0)) => self.lose(&io::ErrorKind::UnexpectedEof.into()).await,
            Wake::Read(Ok(count)) => {
                self.backoff = BACKOFF_FIRST;
                self.pass(Input::Received(&buffer[..count])).await;
            }
            Wake::Read(Err(error)) => self.lose(&error).await,
            Wake::Pulse(intent) => self.pass(Input::Pulse(intent)).await,
            Wake::Expect(point) => self.pass(Input::Expect { point }).await,
            Wake::Deadline => self.pass(Input::Deadline).await,
            Wake::Reported => {}
            Wake::Stop => return None,
        }
        Some(())
    }

    async fn wake(&mut self, buffer: &mut [u8]) -> Wake<I> {
        let deadline = self.bus.next_deadline().map(|at| self.links.clock.instant(at));
        let (connection, opening, unsent) = (&mut self.connection, &mut self.opening, &mut self.unsent);
        let BusLinks { pulses, expects, reports, shutdown, .. } = &mut self.links;
        tokio::select! {
            biased;
            stopped = shutdown.wait_for(|stop| *stop) => { drop(stopped); Wake::Stop }
            Some(intent) = pulses.recv() => Wake::Pulse(intent),
            read = read(connection.as_mut(), buffer) => Wake::Read(read),
            Some(point) = expects.recv() => Wake::Expect(point),
            () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => Wake::Deadline,
            opened = open(opening.as_mut()) => Wake::Opened(opened),
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
                Output::Transmit(bytes) => self.transmit(&bytes).await,
                Output::Reopen => {
                    self.connection = None;
                    self.opening = Some(self.transport.open(Duration::ZERO));
                }
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

    async fn transmit(&mut self, bytes: &[u8]) {
        let Some(connection) = self.connection.as_mut() else { return };
        let sending = async {
            connection.write_all(bytes).await?;
            connection.flush().await
        };
        let sent = timeout(WRITE_TIMEOUT, sending).await.unwrap_or_else(|late| Err(late.into()));
        if let Err(error) = sent {
            self.drop_line(&error);
            self.bus.handle(Input::TransportLost, self.links.clock.now());
        }
    }

    async fn lose(&mut self, error: &io::Error) {
        self.drop_line(error);
        self.pass(Input::TransportLost).await;
    }

    fn drop_line(&mut self, error: &io::Error) {
        tracing::info!(transport = ?self.transport, %error, "the line of a bus is away");
        self.connection = None;
        self.opening = Some(self.transport.open(self.backoff));
        self.backoff = (self.backoff * 2).min(BACKOFF_MAX);
    }
}

async fn read(connection: Option<&mut Box<dyn Connection>>, buffer: &mut [u8]) -> io::Result<usize> {
    match connection {
        Some(connection) => connection.read(buffer).await,
        None => std::future::pending().await,
    }
}

async fn open(opening: Option<&mut Opening>) -> io::Result<Box<dyn Connection>> {
    match opening {
        Some(opening) => opening.await,
        None => std::future::pending().await,
    }
}
