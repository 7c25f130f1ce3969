//! A pseudo-terminal that passes bytes unchanged: a serial port or device file whose other side a simulator or a test has.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::PathBuf;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

/// Its path for the driver, the other side, and the driver's side held open: a terminal nobody has open reads as an error.
///
/// # Errors
/// What the operating system says.
pub fn terminal() -> io::Result<(PathBuf, OwnedFd, File)> {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&master)?;
    unlockpt(&master)?;
    let name = ptsname(&master, Vec::new())?;
    let path = PathBuf::from(name.into_string().map_err(io::Error::other)?);
    let port = File::options().read(true).write(true).open(&path)?;
    let mut settings = tcgetattr(&port)?;
    settings.make_raw();
    tcsetattr(&port, OptionalActions::Now, &settings)?;
    Ok((path, master, port))
}
