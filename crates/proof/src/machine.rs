//! The store's port to its machine, on the simulated disk of this thread.

use crate::disk::Failure;
use crate::vfs;
use std::ffi::CStr;
use std::io;
use std::path::Path;
use vestibule_core::code::Seed;
use vestibule_site::store::machine::{Machine, RecordFile};

/// A machine whose disk and chance are simulated.
pub struct SimulatedMachine;

impl Machine for SimulatedMachine {
    fn vfs(&self) -> Option<&'static CStr> {
        Some(vfs::NAME)
    }

    fn make_folder(&self, _: &Path) -> io::Result<()> {
        if vfs::disk(|disk| disk.is_off()) { Err(error(Failure::Io)) } else { Ok(()) }
    }

    fn file_system(&self, _: &Path) -> io::Result<i64> {
        Ok(0xEF53)
    }

    fn free_bytes(&self, _: &Path) -> io::Result<u64> {
        Ok(vfs::disk(|disk| disk.free()))
    }

    fn open_record(&self, path: &Path) -> io::Result<Box<dyn RecordFile>> {
        let name = path.to_string_lossy().into_owned();
        vfs::disk(|disk| disk.create(&name)).map_err(error)?;
        Ok(Box::new(Record(name)))
    }

    fn forget_cached(&self, path: &Path) -> io::Result<()> {
        vfs::disk(|disk| disk.forget_cached(&path.to_string_lossy())).map_err(error)
    }

    fn exists(&self, path: &Path) -> bool {
        vfs::disk(|disk| disk.exists(&path.to_string_lossy()))
    }

    fn reserve(&self, path: &Path, bytes: u64) -> io::Result<()> {
        vfs::disk(|disk| disk.reserve(&path.to_string_lossy(), bytes)).map_err(error)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        vfs::disk(|disk| disk.delete(&path.to_string_lossy(), false)).map_err(error)
    }

    fn seed(&self) -> Seed {
        Seed(vfs::disk(|disk| disk.seeds.bytes()))
    }
}

struct Record(String);

impl RecordFile for Record {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        let have = vfs::disk(|disk| disk.read(&self.0, 0, bytes)).map_err(error)?;
        if have < bytes.len() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        vfs::disk(|disk| disk.write(&self.0, 0, bytes)).map_err(error)
    }

    fn sync(&mut self) -> io::Result<()> {
        vfs::disk(|disk| disk.sync(&self.0)).map_err(error)
    }
}

fn error(failure: Failure) -> io::Error {
    match failure {
        Failure::Io => io::Error::other("the simulated disk failed"),
        Failure::Full => io::ErrorKind::StorageFull.into(),
        Failure::Missing => io::ErrorKind::NotFound.into(),
    }
}
