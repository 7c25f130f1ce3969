//! A disk in memory, pessimistic on purpose: what was not synced may be kept, dropped, reordered or torn by a power cut, and
//! an unlink that was not synced may come back. Knows files by name; the VFS and the machine port stand on it.
//!
//! Owns: what is durable, what only the cache knows, and when a fault strikes. Never: what a fault means.

mod content;

use crate::chance::Chance;
use content::Content;
use std::collections::BTreeMap;

/// What a disk writes at once or not at all, in bytes.
pub const SECTOR: usize = 512;
/// Room for everything, unless a run fills it.
const CAPACITY: u64 = 1 << 40;
const GARBAGE: u8 = 0xA5;

/// What strikes at a disk call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The power goes in the middle of the call: nothing more works until it comes back.
    PowerCut,
    /// The process is killed at the call; the machine and its cache live on.
    Kill,
    /// A write, truncation or unlink fails once.
    WriteError,
    /// A write reaches the cache in part and fails.
    ShortWrite,
    /// A sync fails once; what it should have written is dropped, though the cache still shows it, as Linux does.
    SyncError,
    /// Syncs fail until the process is started anew.
    SyncErrors,
    /// A read fails once.
    ReadError,
}

/// What a call does to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// Bytes into a file.
    Write,
    /// A file is cut short.
    Truncate,
    /// What was written becomes durable.
    Sync,
    /// A file is removed.
    Delete,
    /// Bytes out of a file: never counted, can fail.
    Read,
}

/// Why a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No power, or an I/O error.
    Io,
    /// No space is left.
    Full,
    /// There is no such file.
    Missing,
}

/// What happened on a disk so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Writes, truncations, syncs and deletes.
    pub calls: u64,
    /// Power cuts.
    pub cuts: u64,
    /// Kills.
    pub kills: u64,
    /// Errors of all kinds.
    pub errors: u64,
    /// Sectors that a cut dropped.
    pub dropped: u64,
    /// Sectors that a cut tore.
    pub torn: u64,
    /// Unlinks that a cut undid.
    pub returned: u64,
}

#[derive(Clone, Debug)]
enum Pending {
    Write(usize, Vec<u8>),
    Truncate(usize),
}

#[derive(Clone, Debug, Default)]
struct File {
    durable: Content,
    /// The name is in the directory for good.
    entry_is_durable: bool,
    cache: Content,
    exists: bool,
    pending: Vec<Pending>,
    /// Taken without being written: a reserve.
    reserved: u64,
    /// How often it could not be written back.
    failed_syncs: u64,
}

/// The disk.
#[derive(Clone, Debug)]
pub struct Disk {
    files: BTreeMap<String, File>,
    chance: Chance,
    /// What is drawn for decisions of the site: beside the disk, because both survive a start.
    pub seeds: Chance,
    fault: Option<(u64, Fault)>,
    syncs_fail: bool,
    off: bool,
    cut: bool,
    eaten: u64,
    was_too_small: bool,
    /// What happened.
    pub tally: Tally,
}

impl Disk {
    /// An empty disk.
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let seeds = chance.fork();
        Self {
            files: BTreeMap::new(),
            chance,
            seeds,
            fault: None,
            syncs_fail: false,
            off: false,
            cut: false,
            eaten: 0,
            was_too_small: false,
            tally: Tally::default(),
        }
    }

    /// The same content under another seed.
    pub fn reseeded(&self, seed: u64) -> Self {
        let fresh = Self::new(seed);
        Self { files: self.files.clone(), ..fresh }
    }

    /// The database and its log are as they were in another disk; every other file stays.
    pub fn roll_back(&mut self, old: &Self, database: &str) {
        self.files.retain(|name, _| !name.starts_with(database));
        let of_database = old.files.iter().filter(|(name, _)| name.starts_with(database));
        self.files.extend(of_database.map(|(name, file)| (name.clone(), file.clone())));
    }

    /// A fault strikes at the so-many-th call from now that it can strike at.
    pub fn arm(&mut self, calls: u64, fault: Fault) {
        self.fault = Some((self.tally.calls + calls, fault));
    }

    /// No fault is to come.
    pub fn disarm(&mut self) {
        self.fault = None;
    }

    /// Whether a fault is still to come.
    pub fn is_armed(&self) -> bool {
        self.fault.is_some()
    }

    /// Whether nothing works any more: the power is out or the process dead.
    pub fn is_off(&self) -> bool {
        self.off
    }

    /// Whether it is the power that is out.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// From now on nothing works, until [`Self::power_on`] or [`Self::revive`].
    pub fn stop(&mut self) {
        self.off = true;
    }

    /// Somebody else's files leave so much free.
    pub fn leave_free(&mut self, bytes: u64) {
        self.eaten = 0;
        self.eaten = self.free().saturating_sub(bytes);
    }

    /// Bytes that are free.
    pub fn free(&self) -> u64 {
        let used: u64 = self.files.values().map(|file| file.cache.length() as u64 + file.reserved).sum();
        CAPACITY.saturating_sub(used + self.eaten)
    }

    /// Whether something found no room since this was asked last.
    pub fn takes_too_small(&mut self) -> bool {
        std::mem::take(&mut self.was_too_small)
    }

    /// Whether a file of this name is there.
    pub fn exists(&self, name: &str) -> bool {
        self.files.get(name).is_some_and(|file| file.exists)
    }

    /// Makes a file unless it is there.
    ///
    /// # Errors
    /// No power.
    pub fn create(&mut self, name: &str) -> Result<(), Failure> {
        if self.off {
            return Err(Failure::Io);
        }
        let file = self.files.entry(name.to_owned()).or_default();
        if !file.exists {
            file.exists = true;
            if file.durable.length() > 0 {
                // The old file of this name is unlinked, which may not be durable.
                file.pending.push(Pending::Truncate(0));
            }
        }
        Ok(())
    }

    /// Everything a reader would find in a file.
    pub fn contents(&self, name: &str) -> Vec<u8> {
        self.files.get(name).map_or_else(Vec::new, |file| file.cache.bytes())
    }

    /// How long a file is.
    pub fn length(&self, name: &str) -> usize {
        self.files.get(name).map_or(0, |file| file.cache.length())
    }

    /// Fills `out` from `offset`; how much there was. The rest is zeros.
    ///
    /// # Errors
    /// No power, or the read fails.
    pub fn read(&mut self, name: &str, offset: usize, out: &mut [u8]) -> Result<usize, Failure> {
        self.strike(Call::Read).map_err(|_| Failure::Io)?;
        let have = self.files.get(name).map_or(0, |file| file.cache.read(offset, out));
        out[have..].fill(0);
        Ok(have)
    }

    /// Writes into the cache.
    ///
    /// # Errors
    /// No power, no space, or the write fails.
    pub fn write(&mut self, name: &str, offset: usize, bytes: &[u8]) -> Result<(), Failure> {
        let struck = self.strike(Call::Write);
        let most = match struck {
            Ok(()) => bytes.len(),
            // Some of it was on its way.
            Err(Some(Fault::PowerCut | Fault::Kill | Fault::ShortWrite)) => {
                usize::try_from(self.chance.below(bytes.len() as u64 + 1)).unwrap_or(0)
            }
            Err(_) => return Err(Failure::Io),
        };
        if (offset + most).saturating_sub(self.length(name)) as u64 > self.free() {
            self.tally.errors += 1;
            self.was_too_small = true;
            // Who has no power is not told that there is no room.
            return Err(if self.off { Failure::Io } else { Failure::Full });
        }
        let file = self.files.entry(name.to_owned()).or_default();
        file.exists = true;
        file.cache.put(offset, &bytes[..most]);
        file.pending.push(Pending::Write(offset, bytes[..most].to_vec()));
        struck.map_err(|_| Failure::Io)
    }

    /// Cuts a file short, or makes it longer with zeros.
    ///
    /// # Errors
    /// No power, or it fails.
    pub fn truncate(&mut self, name: &str, length: usize) -> Result<(), Failure> {
        self.strike(Call::Truncate).map_err(|_| Failure::Io)?;
        let file = self.files.entry(name.to_owned()).or_default();
        file.cache.resize(length);
        file.pending.push(Pending::Truncate(length));
        Ok(())
    }

    /// Makes a file and its name durable.
    ///
    /// # Errors
    /// No power, or the sync fails: then nothing of it is durable, and no later sync makes it so.
    pub fn sync(&mut self, name: &str) -> Result<(), Failure> {
        let struck = self.strike(Call::Sync);
        let power = !self.off;
        let Some(file) = self.files.get_mut(name) else { return struck.map_err(|_| Failure::Io) };
        if self.syncs_fail || struck.is_err() {
            if power {
                file.pending.clear();
                file.failed_syncs += 1;
            }
            return Err(Failure::Io);
        }
        for pending in std::mem::take(&mut file.pending) {
            match pending {
                Pending::Write(offset, bytes) => file.durable.put(offset, &bytes),
                Pending::Truncate(length) => file.durable.resize(length),
            }
        }
        file.entry_is_durable = true;
        Ok(())
    }

    /// How often a file could not be written back: whoever has it open is told at their next sync, as Linux does.
    pub fn failed_syncs(&self, name: &str) -> u64 {
        self.files.get(name).map_or(0, |file| file.failed_syncs)
    }

    /// Drops what the cache shows of a file beside what is still to be written.
    ///
    /// # Errors
    /// No power.
    pub fn forget_cached(&mut self, name: &str) -> Result<(), Failure> {
        if self.off {
            return Err(Failure::Io);
        }
        let Some(file) = self.files.get_mut(name).filter(|file| file.exists) else { return Ok(()) };
        let mut cache = file.durable.clone();
        for pending in &file.pending {
            match pending {
                Pending::Write(offset, bytes) => cache.put(*offset, bytes),
                Pending::Truncate(length) => cache.resize(*length),
            }
        }
        file.cache = cache;
        Ok(())
    }

    /// Removes a file. Unless `durably`, a power cut may bring it back.
    ///
    /// # Errors
    /// No power, no such file, or it fails.
    pub fn delete(&mut self, name: &str, durably: bool) -> Result<(), Failure> {
        self.strike(Call::Delete).map_err(|_| Failure::Io)?;
        if !self.exists(name) {
            return Err(Failure::Missing);
        }
        if durably {
            self.files.remove(name);
        } else if let Some(file) = self.files.get_mut(name) {
            file.exists = false;
            file.cache = Content::default();
            file.pending.clear();
            file.reserved = 0;
        }
        Ok(())
    }

    /// Takes space without writing it.
    ///
    /// # Errors
    /// No power, or no space.
    pub fn reserve(&mut self, name: &str, bytes: u64) -> Result<(), Failure> {
        self.strike(Call::Write).map_err(|_| Failure::Io)?;
        if bytes > self.free() {
            return Err(Failure::Full);
        }
        let file = self.files.entry(name.to_owned()).or_default();
        (file.exists, file.entry_is_durable, file.reserved) = (true, true, bytes);
        Ok(())
    }

    /// A dead process is gone; the machine has run on.
    pub fn revive(&mut self) {
        (self.off, self.cut, self.syncs_fail) = (false, false, false);
        self.fault = None;
    }

    /// The power comes back: what was not synced is kept, dropped or torn.
    pub fn power_on(&mut self) {
        self.tally.cuts += 1;
        let names: Vec<String> = self.files.keys().cloned().collect();
        for name in names {
            let mut file = self.files.remove(&name).expect("listed");
            self.settle(&mut file);
            if file.exists {
                self.files.insert(name, file);
            }
        }
        self.revive();
    }

    /// What a power cut leaves of one file.
    fn settle(&mut self, file: &mut File) {
        let mode = self.chance.below(3); // nothing unsynced survives, all of it does, or each sector draws
        for pending in std::mem::take(&mut file.pending) {
            match pending {
                Pending::Truncate(length) if mode == 1 || (mode == 2 && self.chance.once_in(2)) => {
                    file.durable.resize(length);
                }
                Pending::Truncate(_) => {}
                Pending::Write(offset, bytes) => self.draw_sectors(&mut file.durable, (offset, &bytes), mode),
            }
            // A new file whose name was not synced may be there or not.
            file.entry_is_durable |= mode != 0 && self.chance.once_in(2);
        }
        if !file.exists && file.entry_is_durable {
            let comes_back = self.chance.once_in(2);
            self.tally.returned += u64::from(comes_back);
            file.entry_is_durable = comes_back;
        }
        if !file.entry_is_durable {
            file.durable = Content::default();
        }
        file.cache = file.durable.clone();
        file.exists = file.entry_is_durable;
    }

    fn draw_sectors(&mut self, durable: &mut Content, (offset, bytes): (usize, &[u8]), mode: u64) {
        let mut from = 0;
        while from < bytes.len() {
            let to = (((offset + from) / SECTOR + 1) * SECTOR - offset).min(bytes.len());
            let is_kept = mode == 1 || (mode == 2 && self.chance.once_in(2));
            if !is_kept {
                self.tally.dropped += 1;
            } else if mode == 2 && self.chance.once_in(16) {
                self.tally.torn += 1;
                durable.put(offset + from, &[GARBAGE; SECTOR][..to - from]);
            } else {
                durable.put(offset + from, &bytes[from..to]);
            }
            from = to;
        }
    }

    /// Counts a call and lets a fault strike that is due. The error is what struck, or None where nothing works anyway.
    fn strike(&mut self, call: Call) -> Result<(), Option<Fault>> {
        if self.off {
            return Err(None);
        }
        self.tally.calls += u64::from(call != Call::Read);
        let calls = self.tally.calls;
        let Some((_, fault)) = self.fault.take_if(|(at, fault)| *at <= calls && fault.strikes(call)) else {
            return Ok(());
        };
        match fault {
            Fault::PowerCut => (self.off, self.cut) = (true, true),
            Fault::Kill => {
                self.off = true;
                self.tally.kills += 1;
            }
            Fault::SyncErrors => {
                self.syncs_fail = true;
                self.tally.errors += 1;
            }
            Fault::WriteError | Fault::ShortWrite | Fault::SyncError | Fault::ReadError => {
                self.tally.errors += 1
            }
        }
        Err(Some(fault))
    }
}

impl Fault {
    fn strikes(self, call: Call) -> bool {
        match self {
            Self::PowerCut | Self::Kill => call != Call::Read,
            Self::WriteError => matches!(call, Call::Write | Call::Truncate | Call::Delete),
            Self::ShortWrite => call == Call::Write,
            Self::SyncError | Self::SyncErrors => call == Call::Sync,
            Self::ReadError => call == Call::Read,
        }
    }
}
