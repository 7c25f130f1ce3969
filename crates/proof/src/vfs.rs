//! A SQLite VFS on the simulated disk of this thread: files with every fault, locks and shared memory as between processes.
//!
//! The only place of the workspace with unsafe code: SQLite's interface is pointers. Each block says why it holds. What a
//! disk does is [`crate::disk`]; what a lock means is [`locks`].
#![allow(unsafe_code)]

mod file;
mod locks;

use crate::disk::{Disk, Failure};
use file::{METHODS, SimFile};
use locks::Locks;
use rusqlite::ffi;
use std::cell::RefCell;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::Once;

/// The name SQLite knows it by.
pub const NAME: &CStr = c"vestibule-proof";
const LONGEST_PATH: c_int = 512;

thread_local! {
    static DISK: RefCell<Disk> = RefCell::new(Disk::new(0));
    static LOCKS: RefCell<Locks> = RefCell::new(Locks::default());
}

/// Does something with the disk of this thread.
pub fn disk<T>(act: impl FnOnce(&mut Disk) -> T) -> T {
    DISK.with_borrow_mut(act)
}

/// Puts another disk under this thread. No connection may be open.
pub fn insert(disk: Disk) -> Disk {
    forget_processes();
    DISK.with_borrow_mut(|own| std::mem::replace(own, disk))
}

/// All processes are gone: their locks and shared memory with them. No connection may be open.
pub fn forget_processes() {
    LOCKS.with_borrow_mut(|locks| *locks = Locks::default());
}

fn locks<T>(act: impl FnOnce(&mut Locks) -> T) -> T {
    LOCKS.with_borrow_mut(act)
}

/// Makes it known to SQLite, once a process.
pub fn register() {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        let vfs = ffi::sqlite3_vfs {
            iVersion: 1,
            szOsFile: c_int::try_from(size_of::<SimFile>()).expect("a small struct"),
            mxPathname: LONGEST_PATH,
            pNext: std::ptr::null_mut(),
            zName: NAME.as_ptr(),
            pAppData: std::ptr::null_mut(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            xFullPathname: Some(full_path_name),
            xDlOpen: None,
            xDlError: None,
            xDlSym: None,
            xDlClose: None,
            xRandomness: Some(randomness),
            xSleep: Some(sleep),
            xCurrentTime: Some(current_time),
            xGetLastError: None,
            xCurrentTimeInt64: None,
            xSetSystemCall: None,
            xGetSystemCall: None,
            xNextSystemCall: None,
        };
        let vfs = Box::leak(Box::new(vfs));
        // SAFETY: the struct lives for ever, as SQLite asks, and its functions follow the interface of version 1.
        let code = unsafe { ffi::sqlite3_vfs_register(vfs, 0) };
        assert_eq!(code, ffi::SQLITE_OK, "SQLite takes the VFS");
    });
}

/// The text behind a pointer SQLite gave as a path.
///
/// # Safety
/// `path` is null or points at a string that ends with a zero.
unsafe fn text(path: *const c_char) -> Option<String> {
    if path.is_null() {
        return None;
    }
    // SAFETY: not null, and a C string by the contract of this function.
    Some(unsafe { CStr::from_ptr(path) }.to_string_lossy().into_owned())
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    path: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    flags_out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives null or a C string as a path.
    let name = unsafe { text(path) };
    let is_temporary = name.is_none();
    let name = name.unwrap_or_else(|| locks(Locks::temporary_name));
    let may_create = flags & ffi::SQLITE_OPEN_CREATE != 0 || is_temporary;
    let opened =
        disk(
            |disk| if may_create || disk.exists(&name) { disk.create(&name) } else { Err(Failure::Missing) },
        );
    let file = file.cast::<SimFile>();
    let deletes = is_temporary || flags & ffi::SQLITE_OPEN_DELETEONCLOSE != 0;
    // SAFETY: SQLite gives room for szOsFile bytes, aligned for a struct of pointers; a null method table says that the
    // file is not open, so that nothing reads the other fields then.
    unsafe {
        match opened {
            Ok(()) => file.write(SimFile::new(&METHODS, name, deletes)),
            Err(_) => (&raw mut (*file).base.pMethods).write(std::ptr::null()),
        }
        if !flags_out.is_null() {
            *flags_out = flags;
        }
    }
    if opened.is_ok() { ffi::SQLITE_OK } else { ffi::SQLITE_CANTOPEN }
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, path: *const c_char, durably: c_int) -> c_int {
    // SAFETY: SQLite gives a C string as a path.
    let name = unsafe { text(path) }.unwrap_or_default();
    match disk(|disk| disk.delete(&name, durably != 0)) {
        Ok(()) => ffi::SQLITE_OK,
        Err(Failure::Missing) => ffi::SQLITE_IOERR_DELETE_NOENT,
        Err(Failure::Io | Failure::Full) => ffi::SQLITE_IOERR_DELETE,
    }
}

unsafe extern "C" fn access(
    _: *mut ffi::sqlite3_vfs,
    path: *const c_char,
    _: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives a C string as a path and a place for the answer.
    unsafe {
        let name = text(path).unwrap_or_default();
        *out = c_int::from(disk(|disk| disk.exists(&name)));
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn full_path_name(
    _: *mut ffi::sqlite3_vfs,
    path: *const c_char,
    room: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: SQLite gives a C string and `room` bytes for the answer, which do not overlap.
    unsafe {
        let bytes = CStr::from_ptr(path).to_bytes_with_nul();
        if bytes.len() > usize::try_from(room).unwrap_or(0) {
            return ffi::SQLITE_CANTOPEN;
        }
        std::ptr::copy_nonoverlapping(bytes.as_ptr().cast::<c_char>(), out, bytes.len());
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn randomness(_: *mut ffi::sqlite3_vfs, count: c_int, out: *mut c_char) -> c_int {
    // SAFETY: SQLite gives `count` bytes of room.
    let out =
        unsafe { std::slice::from_raw_parts_mut(out.cast::<u8>(), usize::try_from(count).unwrap_or(0)) };
    disk(|disk| out.fill_with(|| disk.seeds.number().to_le_bytes()[0]));
    count
}

/// Nobody else can come forward while a single thread waits.
unsafe extern "C" fn sleep(_: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    microseconds
}

unsafe extern "C" fn current_time(_: *mut ffi::sqlite3_vfs, out: *mut f64) -> c_int {
    // SAFETY: SQLite gives a place for the answer. The store takes no time from SQLite, so any moment will do.
    unsafe { *out = 2_460_000.5 };
    ffi::SQLITE_OK
}

/// The bytes behind a pointer and a length SQLite gave.
///
/// # Safety
/// `data` points at `length` bytes that nobody else writes meanwhile.
unsafe fn bytes<'a>(data: *const c_void, length: c_int) -> &'a [u8] {
    // SAFETY: by the contract of this function.
    unsafe { std::slice::from_raw_parts(data.cast::<u8>(), usize::try_from(length).unwrap_or(0)) }
}
