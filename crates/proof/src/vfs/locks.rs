//! Locks and shared memory of databases, as a kernel keeps them between processes: gone with the last of them.

use std::collections::BTreeMap;
use std::ops::Range;

const SLOTS: usize = 8;

/// How much of a database file somebody has locked, in SQLite's order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    #[default]
    None,
    Shared,
    Reserved,
    Pending,
    Exclusive,
}

impl Level {
    pub(super) fn of(number: i32) -> Self {
        match number {
            1 => Self::Shared,
            2 => Self::Reserved,
            3 => Self::Pending,
            4 => Self::Exclusive,
            _ => Self::None,
        }
    }
}

/// What one open file holds.
#[derive(Debug, Default)]
pub(super) struct Held {
    id: u64,
    shared: [bool; SLOTS],
    exclusive: [bool; SLOTS],
    is_mapped: bool,
}

#[derive(Default)]
struct OfDatabase {
    levels: BTreeMap<u64, Level>,
    shared: [u32; SLOTS],
    exclusive: [bool; SLOTS],
    mapped: u32,
    regions: Vec<Region>,
}

/// A piece of shared memory: from a leaked box, so that it stays where it is while SQLite writes through its own pointers.
struct Region {
    start: *mut u64,
    words: usize,
}

impl Region {
    fn new(bytes: usize) -> Self {
        let words = bytes.div_ceil(size_of::<u64>());
        let start = Box::leak(vec![0u64; words].into_boxed_slice()).as_mut_ptr();
        Self { start, words }
    }
}

impl Drop for Region {
    fn drop(&mut self) {
        let slice = std::ptr::slice_from_raw_parts_mut(self.start, self.words);
        // SAFETY: made by `Region::new` from a box of so many words, and freed once; connections are gone by then.
        drop(unsafe { Box::from_raw(slice) });
    }
}

/// All of this thread.
#[derive(Default)]
pub(super) struct Locks {
    databases: BTreeMap<String, OfDatabase>,
    opened: u64,
}

impl Locks {
    pub(super) fn temporary_name(&mut self) -> String {
        self.opened += 1;
        format!("temporary-{}", self.opened)
    }

    pub(super) fn opened(&mut self) -> Held {
        self.opened += 1;
        Held { id: self.opened, ..Held::default() }
    }

    fn of(&mut self, name: &str) -> &mut OfDatabase {
        if !self.databases.contains_key(name) {
            self.databases.insert(name.to_owned(), OfDatabase::default());
        }
        self.databases.get_mut(name).expect("just looked")
    }

    pub(super) fn closed(&mut self, name: &str, held: &Held) {
        self.of(name).levels.remove(&held.id);
    }

    pub(super) fn lock(&mut self, name: &str, held: &Held, wanted: Level) -> bool {
        let levels = &mut self.of(name).levels;
        let own = levels.get(&held.id).copied().unwrap_or_default();
        if own >= wanted {
            return true;
        }
        let highest = levels.iter().filter(|(id, _)| **id != held.id).map(|(_, level)| *level).max();
        let others = highest.unwrap_or_default();
        let (granted, got) = match wanted {
            Level::None => (true, own),
            Level::Shared => (others < Level::Pending, Level::Shared),
            Level::Reserved | Level::Pending => (others < Level::Reserved, wanted),
            Level::Exclusive if others == Level::None => (true, Level::Exclusive),
            // Who waits for the last reader lets no new one in.
            Level::Exclusive if others == Level::Shared => (false, Level::Pending),
            Level::Exclusive => (false, own),
        };
        if granted || got > own && wanted == Level::Exclusive {
            levels.insert(held.id, got);
        }
        granted
    }

    pub(super) fn unlock(&mut self, name: &str, held: &Held, to: Level) {
        let levels = &mut self.of(name).levels;
        if to == Level::None {
            levels.remove(&held.id);
        } else if let Some(own) = levels.get_mut(&held.id) {
            *own = to.min(*own);
        }
    }

    pub(super) fn is_reserved(&mut self, name: &str) -> bool {
        self.of(name).levels.values().any(|level| *level >= Level::Reserved)
    }

    pub(super) fn memory(
        &mut self,
        name: &str,
        held: &mut Held,
        ((region, bytes), extends): ((usize, usize), bool),
    ) -> *mut u64 {
        let of = self.of(name);
        if !std::mem::replace(&mut held.is_mapped, true) {
            of.mapped += 1;
        }
        while extends && of.regions.len() <= region {
            of.regions.push(Region::new(bytes));
        }
        of.regions.get(region).map_or(std::ptr::null_mut(), |region| region.start)
    }

    pub(super) fn shm_lock(
        &mut self,
        name: &str,
        held: &mut Held,
        (slots, is_shared): (Range<usize>, bool),
    ) -> bool {
        let of = self.of(name);
        let is_free = slots.clone().all(|slot| {
            let others_share = of.shared[slot] > u32::from(held.shared[slot]);
            let other_has = of.exclusive[slot] && !held.exclusive[slot];
            !other_has && (is_shared || !others_share)
        });
        for slot in slots.filter(|_| is_free) {
            if is_shared && !held.shared[slot] {
                held.shared[slot] = true;
                of.shared[slot] += 1;
            } else if !is_shared {
                (held.exclusive[slot], of.exclusive[slot]) = (true, true);
            }
        }
        is_free
    }

    pub(super) fn shm_unlock(&mut self, name: &str, held: &mut Held, slots: Range<usize>) {
        let of = self.of(name);
        for slot in slots {
            if std::mem::take(&mut held.shared[slot]) {
                of.shared[slot] -= 1;
            }
            if std::mem::take(&mut held.exclusive[slot]) {
                of.exclusive[slot] = false;
            }
        }
    }

    pub(super) fn unmap(&mut self, name: &str, held: &mut Held, deletes: bool) {
        self.shm_unlock(name, held, 0..SLOTS);
        let of = self.of(name);
        if std::mem::take(&mut held.is_mapped) {
            of.mapped -= 1;
        }
        if deletes && of.mapped == 0 {
            of.regions.clear();
        }
    }
}
