//! The secure channel to one peripheral, from the first question to the session keys. Owns which frames belong to it; knows
//! nothing of time and lines.

use osdp::packet::{PacketBuilder, Scb, ScsType};
use osdp::reply::CCrypt;
use osdp::secure::{Challenged, Cryptogrammed, Direction, Disconnected, SCBK_D, Secure, Session, seal};
use osdp::{Address, ControlByte, Sqn};

use super::{CommandKind, Frame, Key};
use osdp::packet::CtrlFlags;

/// Which key a handshake is made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyKind {
    /// The public one every reader leaves the factory with.
    Default,
    /// The reader's own.
    Own,
}

impl KeyKind {
    /// How the security block names it.
    fn byte(self) -> u8 {
        match self {
            KeyKind::Default => 0,
            KeyKind::Own => 1,
        }
    }
}

/// How far the channel is.
pub(super) enum Channel {
    /// Nothing is agreed on.
    Closed,
    Challenged(Session<Challenged>, KeyKind),
    Cryptogrammed(Session<Cryptogrammed>, KeyKind),
    Secure(Box<Session<Secure>>, KeyKind),
}

impl std::fmt::Debug for Channel {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Channel::Closed => "Closed",
            Channel::Challenged(..) => "Challenged",
            Channel::Cryptogrammed(..) => "Cryptogrammed",
            Channel::Secure(..) => "Secure",
        })
    }
}

/// What a handshake ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrongKey;

/// A frame outside of any channel.
pub(super) fn plain((address, sequence): (u8, u8), command: CommandKind, data: &[u8]) -> Option<Vec<u8>> {
    let (address, control) = (Address::from_raw(address), control(sequence, CtrlFlags::USE_CRC)?);
    PacketBuilder::plain(address, control, command.code(), data.to_vec()).encode().ok()
}

fn control(sequence: u8, flags: CtrlFlags) -> Option<ControlByte> {
    Some(ControlByte::new(Sqn::new(sequence).ok()?, flags))
}

fn handshake(
    (address, sequence): (u8, u8),
    (ty, kind): (ScsType, KeyKind),
    command: CommandKind,
    data: &[u8],
) -> Option<Vec<u8>> {
    let packet = PacketBuilder {
        addr: Address::from_raw(address),
        ctrl: control(sequence, CtrlFlags::USE_CRC | CtrlFlags::HAS_SCB)?,
        scb: Some(Scb::new(ty, [kind.byte()])),
        code: command.code(),
        data: data.to_vec(),
    };
    packet.encode().ok()
}

impl Channel {
    /// Begins a handshake: the frame of `CHLNG`.
    pub(super) fn challenge(
        &mut self,
        (address, sequence): (u8, u8),
        (key, kind): (&Key, KeyKind),
        random: [u8; 8],
    ) -> Option<Vec<u8>> {
        let key = match kind {
            KeyKind::Own => key.0,
            KeyKind::Default => SCBK_D,
        };
        *self = Channel::Challenged(Session::<Disconnected>::new(key).challenge(random), kind);
        handshake((address, sequence), (ScsType::Scs11, kind), CommandKind::Chlng, &random)
    }

    /// Takes the answer to `CHLNG`.
    pub(super) fn on_ccrypt(&mut self, frame: &Frame<'_>) -> Result<(), WrongKey> {
        let Channel::Challenged(session, kind) = std::mem::replace(self, Channel::Closed) else {
            return Err(WrongKey);
        };
        let is_of_kind =
            frame.security.is_some_and(|block| block.kind == 0x12 && block.data == [kind.byte()]);
        let answer = CCrypt::decode(frame.data).ok().filter(|_| is_of_kind).ok_or(WrongKey)?;
        let session = session.receive_ccrypt(&answer).map_err(|_| WrongKey)?;
        *self = Channel::Cryptogrammed(session, kind);
        Ok(())
    }

    /// The frame of `SCRYPT`.
    pub(super) fn scrypt(&self, (address, sequence): (u8, u8)) -> Option<Vec<u8>> {
        let Channel::Cryptogrammed(session, kind) = self else { return None };
        let cryptogram = session.server_cryptogram();
        handshake((address, sequence), (ScsType::Scs13, *kind), CommandKind::Scrypt, &cryptogram)
    }

    /// Takes the answer to `SCRYPT`; from then on the channel is secure.
    pub(super) fn on_rmac(&mut self, frame: &Frame<'_>) -> Result<(), WrongKey> {
        let Channel::Cryptogrammed(session, kind) = std::mem::replace(self, Channel::Closed) else {
            return Err(WrongKey);
        };
        // The block says 1 where the reader took our cryptogram, whichever key it was made with.
        let is_of_kind = frame.security.is_some_and(|block| block.kind == 0x14 && block.data != [0xFF]);
        let mac: [u8; 16] = frame.data.try_into().ok().filter(|_| is_of_kind).ok_or(WrongKey)?;
        let session = session.confirm_rmac_i(&mac).map_err(|_| WrongKey)?;
        *self = Channel::Secure(Box::new(session), kind);
        Ok(())
    }

    /// A frame within the channel; encrypted as soon as there is something to hide.
    pub(super) fn seal(
        &mut self,
        (address, sequence): (u8, u8),
        command: CommandKind,
        data: &[u8],
    ) -> Option<Vec<u8>> {
        let Channel::Secure(session, _) = self else { return None };
        let (address, sequence) = (Address::from_raw(address), Sqn::new(sequence).ok()?);
        seal(session, address, sequence, Direction::AcuToPd, !data.is_empty(), command.code(), data).ok()
    }

    /// The data of a reply within the channel, if it is the reader's and the next one. `bytes` is the frame from its
    /// start byte on.
    pub(super) fn unseal(&mut self, frame: &Frame<'_>, bytes: &[u8]) -> Option<Vec<u8>> {
        let Channel::Secure(session, _) = self else { return None };
        let security = frame.security?;
        let mac = security.mac?;
        let check = match frame.check {
            super::Check::Crc => 2,
            super::Check::Sum => 1,
        };
        let authenticated = bytes.get(..bytes.len().checked_sub(check + mac.len())?)?;
        // The key stream hangs on the MAC before this one: read first, believed only once the MAC is right.
        let data = if security.is_encrypted() && !frame.data.is_empty() {
            session.open_data(frame.data)
        } else {
            Ok(frame.data.to_vec())
        };
        session.verify(authenticated, &mac).ok()?;
        data.ok()
    }

    /// Which key the secure channel was made with.
    pub(super) fn secure_with(&self) -> Option<KeyKind> {
        match self {
            Channel::Secure(_, kind) => Some(*kind),
            Channel::Closed | Channel::Challenged(..) | Channel::Cryptogrammed(..) => None,
        }
    }
}
