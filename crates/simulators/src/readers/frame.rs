//! Frames of OSDP: `53 ADDR LENLO LENHI CTRL [SCB..] CODE DATA.. [MAC] CRCLO CRCHI`.

/// A command as it came. The check is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) address: u8,
    pub(super) sequence: u8,
    /// Type and data of the security block.
    pub(super) security: Option<(u8, Vec<u8>)>,
    /// Code and data, still encrypted where the block says so, without the MAC.
    pub(super) code: u8,
    pub(super) data: Vec<u8>,
    pub(super) mac: Option<[u8; 4]>,
    /// Everything the MAC is over.
    pub(super) signed: Vec<u8>,
    /// The whole frame, to know it again.
    pub(super) bytes: Vec<u8>,
}

const START: u8 = 0x53;

/// CRC-16 with 1021 from 1D0F on.
pub(super) fn crc(bytes: &[u8]) -> u16 {
    let mut value: u16 = 0x1D0F;
    for byte in bytes {
        value ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            let carry = value & 0x8000 != 0;
            value <<= 1;
            if carry {
                value ^= 0x1021;
            }
        }
    }
    value
}

/// Takes the next whole command off what came; what is none before it is lost.
pub(super) fn take(received: &mut Vec<u8>) -> Option<Command> {
    loop {
        let start = received.iter().position(|byte| *byte == START)?;
        received.drain(..start);
        let length = usize::from(u16::from_le_bytes([*received.get(2)?, *received.get(3)?]));
        if !(8..=1_440).contains(&length) {
            received.drain(..1);
            continue;
        }
        if received.len() < length {
            return None;
        }
        match parse(&received[..length]) {
            Some(command) => {
                received.drain(..length);
                return Some(command);
            }
            None => drop(received.drain(..1)),
        }
    }
}

fn parse(bytes: &[u8]) -> Option<Command> {
    let (body, check) = bytes.split_at(bytes.len() - 2);
    let is_command = body[1] & 0x80 == 0 && body[4] & 0x04 != 0;
    if !is_command || crc(body).to_le_bytes() != check {
        return None;
    }
    let mut at = 5;
    let mut security = None;
    if body[4] & 0x08 != 0 {
        let length = usize::from(*body.get(at)?);
        security = Some((*body.get(at + 1)?, body.get(at + 2..at + length)?.to_vec()));
        at += length;
    }
    let has_mac = security.as_ref().is_some_and(|(kind, _)| *kind >= 0x15);
    let end = body.len().checked_sub(if has_mac { 4 } else { 0 })?;
    let mac = if has_mac { Some(body[end..].try_into().ok()?) } else { None };
    Some(Command {
        address: body[1],
        sequence: body[4] & 0x03,
        security,
        code: *body.get(at).filter(|_| at < end)?,
        data: body.get(at + 1..end)?.to_vec(),
        mac,
        signed: body[..end].to_vec(),
        bytes: bytes.to_vec(),
    })
}

/// The head of a reply, up to its code: `tail` bytes follow the code before the check.
pub(super) fn head(address: u8, sequence: u8, security: Option<&[u8]>, tail: usize) -> Vec<u8> {
    let block = security.map_or(0, |block| block.len() + 1);
    let length = u16::try_from(5 + block + 1 + tail + 2).unwrap_or(u16::MAX).to_le_bytes();
    let control = sequence | 0x04 | if security.is_some() { 0x08 } else { 0 };
    let mut bytes = vec![START, address | 0x80, length[0], length[1], control];
    if let Some(content) = security {
        bytes.push(u8::try_from(content.len() + 1).unwrap_or(u8::MAX));
        bytes.extend_from_slice(content);
    }
    bytes
}

/// A reply outside of a channel, or of a handshake.
pub(super) fn reply(address: u8, sequence: u8, security: Option<&[u8]>, code: u8, data: &[u8]) -> Vec<u8> {
    let mut bytes = head(address, sequence, security, data.len());
    bytes.push(code);
    bytes.extend_from_slice(data);
    checked(bytes)
}

/// With its check.
pub(super) fn checked(mut bytes: Vec<u8>) -> Vec<u8> {
    let check = crc(&bytes).to_le_bytes();
    bytes.extend_from_slice(&check);
    bytes
}
