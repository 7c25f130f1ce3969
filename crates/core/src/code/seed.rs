//! Randomness as an argument: a seed given by the shell for each input, expanded here.

use sha2::{Digest, Sha256};

/// 256 bits of fresh randomness, drawn by the shell from the operating system for one input.
#[derive(Clone, Copy)]
pub struct Seed(pub [u8; 32]);

/// A stream of draws from a seed: SHA-256 of seed and counter, block by block.
pub struct Draw {
    seed: Seed,
    counter: u64,
    block: [u8; 32],
    used: usize,
}

impl Draw {
    /// A fresh stream.
    pub fn new(seed: Seed) -> Self {
        Self { seed, counter: 0, block: [0; 32], used: 32 }
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        if self.used == self.block.len() {
            let mut hasher = Sha256::new();
            hasher.update(b"vestibule/draw/1");
            hasher.update(self.seed.0);
            hasher.update(self.counter.to_be_bytes());
            self.block = hasher.finalize().into();
            self.counter += 1;
            self.used = 0;
        }
        self.used += 1;
        self.block[self.used - 1]
    }

    /// `N` bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.byte())
    }

    /// One of `0..10`, each equally likely: bytes of 250 and more are drawn again.
    pub fn digit(&mut self) -> u8 {
        loop {
            let byte = self.byte();
            if byte < 250 {
                return byte % 10;
            }
        }
    }

    /// `count` decimal digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.digit())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_evenly_spread_and_repeatable() {
        let mut draw = Draw::new(Seed([7; 32]));
        let mut seen = [0u32; 10];
        for _ in 0..100_000 {
            seen[usize::from(draw.digit())] += 1;
        }
        for count in seen {
            assert!((9_600..10_400).contains(&count), "{seen:?}");
        }
        assert_eq!(Draw::new(Seed([1; 32])).digits(20), Draw::new(Seed([1; 32])).digits(20));
        assert_ne!(Draw::new(Seed([1; 32])).digits(20), Draw::new(Seed([2; 32])).digits(20));
    }
}
