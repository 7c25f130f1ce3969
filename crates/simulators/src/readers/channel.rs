//! The reader's side of a secure channel (SIA OSDP 2.2, Annex D): session keys, cryptograms, MACs, encryption.

use aes::Aes128;
use aes::cipher::generic_array::GenericArray;
use aes::cipher::{BlockDecrypt, BlockEncrypt, KeyInit};

pub(super) type Block = [u8; 16];

/// The key every reader leaves the factory with.
pub(super) const FACTORY_KEY: Block = *b"0123456789:;<=>?";

fn encrypt(key: &Block, block: &Block) -> Block {
    let mut value = GenericArray::clone_from_slice(block);
    Aes128::new(&GenericArray::clone_from_slice(key)).encrypt_block(&mut value);
    value.into()
}

fn decrypt(key: &Block, block: &Block) -> Block {
    let mut value = GenericArray::clone_from_slice(block);
    Aes128::new(&GenericArray::clone_from_slice(key)).decrypt_block(&mut value);
    value.into()
}

fn mixed(one: &Block, other: &Block) -> Block {
    std::array::from_fn(|at| one[at] ^ other[at])
}

fn inverted(block: &Block) -> Block {
    block.map(|byte| !byte)
}

/// A handshake that has begun.
#[derive(Clone, Debug)]
pub(super) struct Handshake {
    encryption: Block,
    mac_1: Block,
    mac_2: Block,
    random_a: [u8; 8],
    random_b: [u8; 8],
}

/// A channel that stands.
#[derive(Clone, Debug)]
pub(super) struct Channel {
    encryption: Block,
    mac_1: Block,
    mac_2: Block,
    /// The MAC of the last command and of the last reply.
    command_mac: Block,
    reply_mac: Block,
}

impl Handshake {
    pub(super) fn begin(key: &Block, random_a: [u8; 8], random_b: [u8; 8]) -> Self {
        let derived = |kind: [u8; 2]| {
            let mut block = [0; 16];
            block[..2].copy_from_slice(&kind);
            block[2..8].copy_from_slice(&random_a[..6]);
            encrypt(key, &block)
        };
        Self {
            encryption: derived([0x01, 0x82]),
            mac_1: derived([0x01, 0x01]),
            mac_2: derived([0x01, 0x02]),
            random_a,
            random_b,
        }
    }

    fn cryptogram(&self, first: [u8; 8], second: [u8; 8]) -> Block {
        let mut block = [0; 16];
        block[..8].copy_from_slice(&first);
        block[8..].copy_from_slice(&second);
        encrypt(&self.encryption, &block)
    }

    /// What the reader proves itself by.
    pub(super) fn clients(&self) -> Block {
        self.cryptogram(self.random_a, self.random_b)
    }

    /// The channel and its first reply MAC, if the panel has proved itself by `cryptogram`.
    pub(super) fn finish(&self, cryptogram: &[u8]) -> Option<(Channel, Block)> {
        let servers = self.cryptogram(self.random_b, self.random_a);
        if servers != cryptogram {
            return None;
        }
        let first = encrypt(&self.mac_2, &encrypt(&self.mac_1, &servers));
        let Self { encryption, mac_1, mac_2, .. } = *self;
        Some((Channel { encryption, mac_1, mac_2, command_mac: [0; 16], reply_mac: first }, first))
    }
}

impl Channel {
    fn mac(&self, signed: &[u8], start: &Block) -> Block {
        let mut padded = signed.to_vec();
        if !padded.len().is_multiple_of(16) {
            padded.push(0x80);
            padded.resize(padded.len().next_multiple_of(16), 0);
        }
        let count = padded.len() / 16;
        let mut value = *start;
        for (at, chunk) in padded.chunks(16).enumerate() {
            let mut block = [0; 16];
            block.copy_from_slice(chunk);
            let key = if at + 1 == count { &self.mac_2 } else { &self.mac_1 };
            value = encrypt(key, &mixed(&value, &block));
        }
        value
    }

    /// Takes a command: its data, if its MAC is right and the next one.
    pub(super) fn open(&mut self, signed: &[u8], mac: [u8; 4], data: &[u8], hidden: bool) -> Option<Vec<u8>> {
        let expected = self.mac(signed, &self.reply_mac);
        if expected[..4] != mac {
            return None;
        }
        let open = if hidden { self.decrypted(data)? } else { data.to_vec() };
        self.command_mac = expected;
        Some(open)
    }

    fn decrypted(&self, data: &[u8]) -> Option<Vec<u8>> {
        let mut before = inverted(&self.reply_mac);
        let mut open = Vec::new();
        for chunk in data.chunks(16) {
            let block: Block = chunk.try_into().ok()?;
            open.extend(mixed(&decrypt(&self.encryption, &block), &before));
            before = block;
        }
        let end = open.iter().rposition(|byte| *byte != 0).filter(|at| open[*at] == 0x80)?;
        open.truncate(end);
        Some(open)
    }

    /// What stands in the frame for data.
    pub(super) fn hidden(&self, data: &[u8]) -> Vec<u8> {
        let mut padded = data.to_vec();
        padded.push(0x80);
        padded.resize(padded.len().next_multiple_of(16), 0);
        let mut before = inverted(&self.command_mac);
        let mut hidden = Vec::new();
        for chunk in padded.chunks(16) {
            let mut block = [0; 16];
            block.copy_from_slice(chunk);
            before = encrypt(&self.encryption, &mixed(&before, &block));
            hidden.extend(before);
        }
        hidden
    }

    /// The four bytes that prove a reply.
    pub(super) fn sign(&mut self, signed: &[u8]) -> [u8; 4] {
        self.reply_mac = self.mac(signed, &self.command_mac);
        let [a, b, c, d, ..] = self.reply_mac;
        [a, b, c, d]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal");
        (0..text.len()).step_by(2).map(byte).collect()
    }

    /// SIA's Annex E.
    #[test]
    fn keys_and_cryptograms_are_as_published() {
        let random = |from: u8| std::array::from_fn(|at| from + u8::try_from(at).expect("eight"));
        let shake = Handshake::begin(&FACTORY_KEY, random(0xB0), random(0xA0));
        assert_eq!(shake.mac_1.to_vec(), hex("5E86C676603BDEE2D8BEAFE178637332"));
        assert_eq!(shake.mac_2.to_vec(), hex("6FDA86E857777E81132035758239172E"));
        assert_eq!(shake.encryption.to_vec(), hex("BF8DC2A8329ACB8C67C6D0CD9A451682"));
        assert_eq!(shake.clients().to_vec(), hex("FDE5D2F428EC16312471EA3C02BD7796"));
        let servers = hex("26D3356E07762D262801FC8E6665A891");
        let (_, first) = shake.finish(&servers).expect("the panel proved itself");
        assert_eq!(first.to_vec(), hex("B2A30057EB98BA2229EC1F875662B524"));
        assert!(shake.finish(&[0; 16]).is_none());
    }
}
