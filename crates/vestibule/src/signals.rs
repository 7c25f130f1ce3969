//! SIGTERM and SIGINT: whichever comes first asks the program to finish.

use tokio::signal::unix::{SignalKind, signal};

/// Resolves when the program is asked to end.
pub async fn asked_to_end() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
