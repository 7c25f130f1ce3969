//! SIGTERM and SIGINT: whichever comes first asks the program to finish.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Listens for both from the moment it exists. It must exist before the program says that it is ready: whoever asks it to end
/// then is heard, and the default of these signals, to end at once, no longer holds.
pub struct Asked {
    terminate: Signal,
    interrupt: Signal,
}

impl Asked {
    /// # Errors
    /// The system refuses to register them.
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Resolves when the program is asked to end, also if that was before.
    pub async fn end(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
