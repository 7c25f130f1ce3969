//! The line as a serial port: a pseudo-terminal whose other side any serial driver can open by path.

use std::io;
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::unix::AsyncFd;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::task::JoinHandle;

use super::line::{Line, serve_stream};
use crate::terminal::terminal;

/// Opens a pseudo-terminal and talks on it until the task is ended. Returns the path for the driver.
pub fn serve_pty(line: Line) -> io::Result<(PathBuf, JoinHandle<io::Result<()>>)> {
    let (path, stream) = open_pty()?;
    Ok((path, tokio::spawn(serve_stream(line, stream))))
}

/// A pseudo-terminal: the path for the driver, and the other side.
pub(crate) fn open_pty() -> io::Result<(PathBuf, impl AsyncRead + AsyncWrite + Send + Unpin + 'static)> {
    let (path, master, port) = terminal()?;
    rustix::io::ioctl_fionbio(&master, true)?;
    #[expect(
        deprecated,
        reason = "sound here: the descriptor is owned and never replaced; the successor is unsafe to call"
    )]
    let fd = AsyncFd::new(master)?;
    Ok((path, Master { fd, _port: port }))
}

/// The board's side. Holds the driver's side open too: a terminal nobody has open reads as an error.
struct Master {
    fd: AsyncFd<OwnedFd>,
    _port: std::fs::File,
}

impl AsyncRead for Master {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            let mut ready = ready!(self.fd.poll_read_ready(context))?;
            let result = ready.try_io(|fd| Ok(rustix::io::read(fd.get_ref(), buffer.initialize_unfilled())?));
            if let Ok(count) = result {
                buffer.advance(count?);
                return Poll::Ready(Ok(()));
            }
        }
    }
}

impl AsyncWrite for Master {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        loop {
            let mut ready = ready!(self.fd.poll_write_ready(context))?;
            if let Ok(result) = ready.try_io(|fd| Ok(rustix::io::write(fd.get_ref(), bytes)?)) {
                return Poll::Ready(result);
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
