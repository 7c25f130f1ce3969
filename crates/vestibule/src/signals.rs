//! SIGTERM and SIGINT: whichever comes first asks the program to finish. SIGHUP asks it to read its configuration anew.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// What the program is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To finish.
    End,
    /// To read its configuration anew.
    Reread,
}

/// Listens for them from the moment it exists. It must exist before the program says that it is ready: whoever asks it to end
/// then is heard, and the default of these signals, to end at once, no longer holds.
pub struct Asked {
    terminate: Signal,
    interrupt: Signal,
    /// Where there is a configuration to read; else this signal ends the program, as it does by default.
    hang_up: Option<Signal>,
}

impl Asked {
    /// # Errors
    /// The system refuses to register them.
    pub fn listen() -> std::io::Result<Self> {
        let (terminate, interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        Ok(Self { terminate, interrupt, hang_up: None })
    }

    /// The same, for a program with a configuration that can be read anew.
    ///
    /// # Errors
    /// The system refuses to register them.
    pub fn listen_for_more() -> std::io::Result<Self> {
        Ok(Self { hang_up: Some(signal(SignalKind::hangup())?), ..Self::listen()? })
    }

    /// Resolves when the program is asked for something, also if that was before.
    pub async fn next(&mut self) -> Wish {
        let Self { terminate, interrupt, hang_up } = self;
        let hung_up = async {
            match hang_up {
                Some(signal) => signal.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = terminate.recv() => Wish::End,
            _ = interrupt.recv() => Wish::End,
            _ = hung_up => Wish::Reread,
        }
    }
}
