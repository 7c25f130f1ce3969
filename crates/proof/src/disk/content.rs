//! What is in a file, in pages that copies share: a disk is copied at every power cut and for every crash point, and hardly
//! any of it differs.

use std::sync::Arc;

const PAGE: usize = 4096;

/// Bytes of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    pages: Vec<Arc<[u8; PAGE]>>,
    length: usize,
}

impl Content {
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// Fills `out` from `offset` as far as there is something; how much.
    pub(super) fn read(&self, offset: usize, out: &mut [u8]) -> usize {
        let have = self.length.saturating_sub(offset).min(out.len());
        let mut done = 0;
        while done < have {
            let (page, within) = ((offset + done) / PAGE, (offset + done) % PAGE);
            let most = (PAGE - within).min(have - done);
            out[done..done + most].copy_from_slice(&self.pages[page][within..within + most]);
            done += most;
        }
        have
    }

    /// Puts bytes there; a gap before them is zeros.
    pub(super) fn put(&mut self, offset: usize, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        if self.length < offset + bytes.len() {
            self.resize(offset + bytes.len());
        }
        let mut done = 0;
        while done < bytes.len() {
            let (page, within) = ((offset + done) / PAGE, (offset + done) % PAGE);
            let most = (PAGE - within).min(bytes.len() - done);
            Arc::make_mut(&mut self.pages[page])[within..within + most]
                .copy_from_slice(&bytes[done..done + most]);
            done += most;
        }
    }

    /// Cuts it short, or makes it longer with zeros.
    pub(super) fn resize(&mut self, length: usize) {
        if length < self.length {
            self.pages.truncate(length.div_ceil(PAGE));
            // What grows back is zeros.
            if let Some(last) = self.pages.last_mut().filter(|_| !length.is_multiple_of(PAGE)) {
                Arc::make_mut(last)[length % PAGE..].fill(0);
            }
        } else if length.div_ceil(PAGE) > self.pages.len() {
            let zeros = Arc::new([0; PAGE]);
            self.pages.resize(length.div_ceil(PAGE), zeros);
        }
        self.length = length;
    }

    /// All of it.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0; self.length];
        self.read(0, &mut bytes);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_vector_of_bytes_whose_copies_stay_as_they_were() {
        let mut chance = crate::chance::Chance::new(7);
        let (mut content, mut bytes) = (Content::default(), Vec::<u8>::new());
        let mut copies = Vec::new();
        for n in 0..400_u64 {
            let offset = usize::try_from(chance.below(20_000)).expect("small");
            let length = usize::try_from(chance.below(9_000)).expect("small");
            if chance.once_in(4) {
                content.resize(offset);
                bytes.resize(offset, 0);
            } else {
                let piece = vec![n.to_le_bytes()[0]; length];
                content.put(offset, &piece);
                if bytes.len() < offset + length && length > 0 {
                    bytes.resize(offset + length, 0);
                }
                if length > 0 {
                    bytes[offset..offset + length].copy_from_slice(&piece);
                }
            }
            assert_eq!(content.bytes(), bytes);
            copies.push((content.clone(), bytes.clone()));
        }
        assert!(copies.iter().all(|(content, bytes)| content.bytes() == *bytes));
    }
}
