//! A printer as a device file, such as `/dev/usb/lp0`. Never blocks: what the device does not take waits for its turn.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use rustix::fs::OFlags;
use tokio::io::unix::AsyncFd;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

pub(super) struct DeviceFile {
    file: AsyncFd<File>,
    /// Many devices only take; reading them is an error that says nothing of the paper.
    answers: bool,
}

impl DeviceFile {
    /// Opens it for both ways, else for writing alone.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).map_err(io::Error::other)?;
        let open = |reads| OpenOptions::new().read(reads).write(true).custom_flags(flags).open(path);
        let (file, answers) = match open(true) {
            Ok(file) => (file, true),
            Err(_) => (open(false)?, false),
        };
        #[expect(
            deprecated,
            reason = "sound here: the descriptor is owned and never replaced; the successor is unsafe to call"
        )]
        let file = AsyncFd::new(file)?;
        Ok(Self { file, answers })
    }
}

impl AsyncRead for DeviceFile {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        while self.answers {
            let mut ready = ready!(self.file.poll_read_ready(context))?;
            match ready.try_io(|file| file.get_ref().read(buffer.initialize_unfilled())) {
                Ok(Ok(count)) if count > 0 => {
                    buffer.advance(count);
                    return Poll::Ready(Ok(()));
                }
                Ok(_) => self.answers = false,
                Err(_) => {}
            }
        }
        Poll::Pending
    }
}

impl AsyncWrite for DeviceFile {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        loop {
            let mut ready = ready!(self.file.poll_write_ready(context))?;
            if let Ok(result) = ready.try_io(|file| file.get_ref().write(bytes)) {
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
