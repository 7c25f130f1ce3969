//! The methods of one open file.

use super::locks::{Held, Level};
use super::{bytes, disk, locks};
use crate::disk::{Failure, SECTOR};
use rusqlite::ffi;
use std::ffi::{c_int, c_void};

/// An open file as SQLite holds it: its own head first, then what is ours.
#[repr(C)]
pub(super) struct SimFile {
    pub(super) base: ffi::sqlite3_file,
    own: *mut Own,
}

struct Own {
    name: String,
    deletes: bool,
    held: Held,
    /// Failed syncs of this file, its own or another's, that its holder knows of.
    failed_syncs: u64,
}

pub(super) static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

impl SimFile {
    pub(super) fn new(methods: &'static ffi::sqlite3_io_methods, name: String, deletes: bool) -> Self {
        let held = locks(super::Locks::opened);
        let failed_syncs = disk(|disk| disk.failed_syncs(&name));
        let own = Box::into_raw(Box::new(Own { name, deletes, held, failed_syncs }));
        Self { base: ffi::sqlite3_file { pMethods: methods }, own }
    }
}

/// What is ours of a file SQLite gave.
///
/// # Safety
/// `file` was opened by [`super::open`] and not closed; no other borrow of it lives.
unsafe fn own<'a>(file: *mut ffi::sqlite3_file) -> &'a mut Own {
    // SAFETY: the struct was written by `open`, its pointer comes from a box that only `close` frees, and SQLite calls the
    // methods of one file one at a time.
    unsafe { &mut *(*file.cast::<SimFile>()).own }
}

fn at(offset: ffi::sqlite3_int64) -> usize {
    usize::try_from(offset).expect("SQLite's offsets are positive")
}

fn code(done: Result<(), Failure>, io: c_int) -> c_int {
    match done {
        Ok(()) => ffi::SQLITE_OK,
        Err(Failure::Full) => ffi::SQLITE_FULL,
        Err(Failure::Io | Failure::Missing) => io,
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file once; the box was leaked by `SimFile::new`.
    let own = unsafe { Box::from_raw((*file.cast::<SimFile>()).own) };
    locks(|locks| locks.closed(&own.name, &own.held));
    if own.deletes {
        // Of a dead process there is nothing to tidy up.
        let _ = disk(|disk| disk.delete(&own.name, true));
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    out: *mut c_void,
    length: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: an open file, and room for `length` bytes that only this call uses.
    let (own, out) = unsafe {
        let room = usize::try_from(length).unwrap_or(0);
        (own(file), std::slice::from_raw_parts_mut(out.cast::<u8>(), room))
    };
    match disk(|disk| disk.read(&own.name, at(offset), out)) {
        Ok(have) if have == out.len() => ffi::SQLITE_OK,
        Ok(_) => ffi::SQLITE_IOERR_SHORT_READ,
        Err(_) => ffi::SQLITE_IOERR_READ,
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    data: *const c_void,
    length: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: an open file, and `length` bytes to be written.
    let (own, data) = unsafe { (own(file), bytes(data, length)) };
    code(disk(|disk| disk.write(&own.name, at(offset), data)), ffi::SQLITE_IOERR_WRITE)
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: ffi::sqlite3_int64) -> c_int {
    // SAFETY: an open file.
    let own = unsafe { own(file) };
    code(disk(|disk| disk.truncate(&own.name, at(length))), ffi::SQLITE_IOERR_TRUNCATE)
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // SAFETY: an open file.
    let own = unsafe { own(file) };
    let done = disk(|disk| {
        let done = disk.sync(&own.name);
        let failed = disk.failed_syncs(&own.name);
        let known = std::mem::replace(&mut own.failed_syncs, failed);
        if known < failed { Err(Failure::Io) } else { done }
    });
    code(done, ffi::SQLITE_IOERR_FSYNC)
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, out: *mut ffi::sqlite3_int64) -> c_int {
    // SAFETY: an open file and a place for the answer.
    unsafe {
        let length = disk(|disk| disk.length(&own(file).name));
        *out = ffi::sqlite3_int64::try_from(length).expect("a file in memory");
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: an open file.
    let own = unsafe { own(file) };
    let done = locks(|locks| locks.lock(&own.name, &own.held, Level::of(level)));
    if done { ffi::SQLITE_OK } else { ffi::SQLITE_BUSY }
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: an open file.
    let own = unsafe { own(file) };
    locks(|locks| locks.unlock(&own.name, &own.held, Level::of(level)));
    ffi::SQLITE_OK
}

unsafe extern "C" fn check_reserved_lock(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: an open file and a place for the answer.
    unsafe {
        let own = own(file);
        *out = c_int::from(locks(|locks| locks.is_reserved(&own.name)));
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn file_control(_: *mut ffi::sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    ffi::SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_: *mut ffi::sqlite3_file) -> c_int {
    c_int::try_from(SECTOR).expect("512")
}

/// As the shipped file system layer on Linux: bytes beside those being written are safe, and nothing else is promised, no atomic
/// write and no order. Without that promise SQLite writes on behind the record of a commit, and a disk that is full there makes
/// durable what was refused.
unsafe extern "C" fn device_characteristics(_: *mut ffi::sqlite3_file) -> c_int {
    ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    region: c_int,
    size: c_int,
    extends: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: an open file.
    let own = unsafe { own(file) };
    if disk(|disk| disk.is_off()) {
        return ffi::SQLITE_IOERR_SHMMAP;
    }
    let piece = (at(region.into()), at(size.into()));
    let memory = locks(|locks| locks.memory(&own.name, &mut own.held, (piece, extends != 0)));
    // SAFETY: a place for the answer. The memory stays where it is until every connection is gone.
    unsafe { *out = memory.cast() };
    ffi::SQLITE_OK
}

unsafe extern "C" fn shm_lock(
    file: *mut ffi::sqlite3_file,
    first: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    // SAFETY: an open file.
    let own = unsafe { own(file) };
    let slots = at(first.into())..at((first + count).into());
    let is_shared = flags & ffi::SQLITE_SHM_SHARED != 0;
    if flags & ffi::SQLITE_SHM_UNLOCK != 0 {
        locks(|locks| locks.shm_unlock(&own.name, &mut own.held, slots));
        return ffi::SQLITE_OK;
    }
    let done = locks(|locks| locks.shm_lock(&own.name, &mut own.held, (slots, is_shared)));
    if done { ffi::SQLITE_OK } else { ffi::SQLITE_BUSY }
}

unsafe extern "C" fn shm_barrier(_: *mut ffi::sqlite3_file) {
    std::sync::atomic::fence(std::sync::atomic::Ordering::SeqCst);
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, deletes: c_int) -> c_int {
    // SAFETY: an open file.
    let own = unsafe { own(file) };
    locks(|locks| locks.unmap(&own.name, &mut own.held, deletes != 0));
    ffi::SQLITE_OK
}
