//! What the store asks of the machine besides SQLite: small files, free space, randomness. One port, so that the proof can
//! put a simulated disk under the store as it is shipped.
//!
//! Never decides what a failure means: errors are the file system's own.

use crate::keys::fresh_bytes;
use std::cell::RefCell;
use std::ffi::CStr;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use vestibule_core::code::Seed;

/// The machine under a store.
pub trait Machine: Send + Sync {
    /// The SQLite VFS the database is opened with; None is SQLite's own.
    fn vfs(&self) -> Option<&'static CStr>;
    /// Makes a folder and makes its entry durable.
    ///
    /// # Errors
    /// What the file system says.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;
    /// The magic number of the file system under a folder.
    ///
    /// # Errors
    /// What the file system says.
    fn file_system(&self, folder: &Path) -> io::Result<i64>;
    /// Free space for this account, in bytes.
    ///
    /// # Errors
    /// What the file system says.
    fn free_bytes(&self, folder: &Path) -> io::Result<u64>;
    /// Opens or makes a file that is rewritten in place.
    ///
    /// # Errors
    /// What the file system says.
    fn open_record(&self, path: &Path) -> io::Result<Box<dyn RecordFile>>;
    /// Drops what the cache shows of a file beside what is still to be written, so that it is read from the disk itself. A
    /// file that is not there is none of its business.
    ///
    /// # Errors
    /// What the file system says.
    fn forget_cached(&self, path: &Path) -> io::Result<()>;
    /// Whether a file is there.
    fn exists(&self, path: &Path) -> bool;
    /// Makes a file of so many bytes that are really taken, durable before it returns.
    ///
    /// # Errors
    /// What the file system says.
    fn reserve(&self, path: &Path, bytes: u64) -> io::Result<()>;
    /// Removes a file.
    ///
    /// # Errors
    /// What the file system says.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Randomness for one decision.
    fn seed(&self) -> Seed;
}

/// A small file that is rewritten in place.
pub trait RecordFile: Send {
    /// Fills `bytes` from the beginning of the file.
    ///
    /// # Errors
    /// What the file system says; also that the file is shorter.
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<()>;
    /// Writes `bytes` over the beginning of the file.
    ///
    /// # Errors
    /// What the file system says.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Makes what was written durable.
    ///
    /// # Errors
    /// What the file system says.
    fn sync(&mut self) -> io::Result<()>;
}

/// The machine this process runs on.
pub struct ThisMachine;

/// One call of the operating system for so many decisions.
const FETCHED_AT_ONCE: usize = 64;

thread_local! {
    /// Seeds that nobody has used; each is used once.
    static FETCHED: RefCell<Vec<Seed>> = const { RefCell::new(Vec::new()) };
}

impl Machine for ThisMachine {
    fn vfs(&self) -> Option<&'static CStr> {
        None
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        File::open(folder)?.sync_all()?;
        match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => File::open(parent)?.sync_all(),
            _ => Ok(()),
        }
    }

    fn file_system(&self, folder: &Path) -> io::Result<i64> {
        Ok(rustix::fs::statfs(folder)?.f_type as i64 & 0xFFFF_FFFF)
    }

    fn free_bytes(&self, folder: &Path) -> io::Result<u64> {
        let found = rustix::fs::statvfs(folder)?;
        Ok(found.f_bavail * found.f_frsize)
    }

    fn open_record(&self, path: &Path) -> io::Result<Box<dyn RecordFile>> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        Ok(Box::new(file))
    }

    fn forget_cached(&self, path: &Path) -> io::Result<()> {
        match File::open(path) {
            Ok(file) => Ok(rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn reserve(&self, path: &Path, bytes: u64) -> io::Result<()> {
        let file = File::create(path)?;
        rustix::fs::fallocate(&file, rustix::fs::FallocateFlags::empty(), 0, bytes)?;
        file.sync_all()
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn seed(&self) -> Seed {
        FETCHED.with_borrow_mut(|fetched| {
            if fetched.is_empty() {
                let fresh: [u8; 32 * FETCHED_AT_ONCE] = fresh_bytes();
                fetched.extend(fresh.as_chunks().0.iter().copied().map(Seed));
            }
            fetched.pop().expect("some were just fetched")
        })
    }
}

impl RecordFile for File {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        self.read_exact_at(bytes, 0)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all_at(bytes, 0)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}
