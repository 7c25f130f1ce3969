//! OSDP: the published vectors, frames captured on a line, and what holds for all inputs.

use proptest::prelude::*;
use vestibule_protocols::osdp::{Check, FrameError, checksum, crc, decode, decode_for_people};

use crate::{bytes, hex_of};

/// A whole session as captured: name, address, and whether the device says it.
const CAPTURED: [(&str, &str, bool); 16] = [
    ("53050900046100c125", "id", false),
    ("538514000445bebafe0101afbeaddeaddead01b9", "pdid", true),
    ("53050900056200a247", "cap", false),
    ("5385230005460101040201020401010501010601010801000901000a0001100200c446", "pdcap", true),
    ("530508000660deef", "poll", false),
    ("5385080006406ce9", "ack", true),
    ("53851000055000011a001234568054f8", "raw", true),
    ("53050c00066800053200d6ab", "out", false),
    ("530513000e0311017601020304050607087b85", "chlng", false),
    (
        "53852b000e03120176beba0100afbeadded764c8cce93255c4727a5e142222d09f4c37a12570a4e32c1fa0",
        "ccrypt",
        true,
    ),
    ("53051b000f03130177f73555295713471cb086cb41f8f9df32ca8f", "scrypt", false),
    ("53851b000f0314017895dcf1e6a2f06dc4157cfcb589c370870a1c", "rmac_i", true),
    ("53050e000d021560a743f5b2ca14", "poll", false),
    ("53850e000d0216406a57a43f1e33", "ack", true),
    ("53851e000e02185095b6b7c6e9916b243b71fb1beef6ea94d9c27375f9fb", "raw", true),
    ("53051e000d0217685d6afba26b2865fbbe90dc970ab06426365dae9c7603", "out", false),
];

#[test]
fn both_checks_are_those_of_the_published_vectors() {
    assert_eq!(crc(&bytes("53 7F 0D 00 04 6E 00 80 25 00 00")), 0x386E);
    assert_eq!(crc(&bytes("53 00 09 00 04 61 00")), 0x66C0);
    assert_eq!(checksum(&bytes("53 7F 0C 00 00 6E 00 80 25 00 00")), 0x0F);
    assert_eq!(checksum(&bytes("53 00 08 00 00 61 00")), 0x44);
    let by_sum = bytes("53 00 08 00 00 61 00 44");
    assert_eq!(decode(&by_sum).unwrap().check, Check::Sum);
    let marked = bytes("FF 53 65 08 00 04 60 60 90");
    assert_eq!(decode(&marked), decode(&marked[1..]));
    assert_eq!(decode_for_people("FF 53 65 09 00 04 61 00 D9 7A", None).kind, Some("id"));
}

#[test]
fn every_frame_of_a_captured_session_is_named() {
    for (hex, name, is_reply) in CAPTURED {
        let decoded = decode_for_people(hex, None);
        assert_eq!((decoded.kind, decoded.board), (Some(name), Some(5)), "{hex}: {:?}", decoded.error);
        assert_eq!(decode(&bytes(hex)).unwrap().kind.is_reply(), is_reply, "{hex}");
    }
    let poll = bytes(CAPTURED[12].0);
    let security = decode(&poll).unwrap().security.unwrap();
    assert_eq!((security.kind, security.mac), (0x15, Some([0xA7, 0x43, 0xF5, 0xB2])));
    assert!(!security.is_encrypted());
    let card = bytes(CAPTURED[14].0);
    assert!(decode(&card).unwrap().security.unwrap().is_encrypted());
}

#[test]
fn an_installer_reads_what_a_door_was_told_and_nobodys_card() {
    let note = |hex: &str| decode_for_people(hex, None).note.unwrap();
    assert!(note("53050c00066800053200d6ab").ends_with("output 0 on for 5.0 s"));
    let card = note("53851000055000011a001234568054f8");
    assert!(card.ends_with("a card of 26 bits at reader 0") && !card.contains("1234"), "{card}");
    assert!(note("538514000445bebafe0101afbeaddeaddead01b9").contains("vendor BEBAFE"));
}

#[test]
fn what_is_wrong_is_said() {
    let error = |hex: &str| decode(&bytes(hex)).unwrap_err();
    assert_eq!(error(""), FrameError::Empty);
    assert_eq!(error("54 05 08 00 04 60 00 00"), FrameError::Start(0x54));
    assert_eq!(error("53 05 08"), FrameError::Short(3));
    assert_eq!(error("53 05 09 00 06 60 DE EF"), FrameError::Length { said: 9, found: 8 });
    assert!(matches!(error("53 05 08 00 06 60 DE EE"), FrameError::Crc { .. }));
    assert!(matches!(error("53 00 08 00 00 61 00 45"), FrameError::Sum { found: 0x45, expected: 0x44 }));
    let with_crc = |head: &str| {
        let mut frame = bytes(head);
        let check = crc(&frame);
        frame.extend(check.to_le_bytes());
        frame
    };
    let unknown = with_crc("53 05 08 00 04 40");
    assert_eq!(decode(&unknown), Err(FrameError::Code { code: 0x40, is_reply: false }));
    let other_way = with_crc("53 85 0A 00 0C 02 15 40");
    assert_eq!(decode(&other_way), Err(FrameError::SecurityKind { kind: 0x15, is_reply: true }));
    let too_long = with_crc("53 05 0A 00 0C 09 15 60");
    assert_eq!(decode(&too_long), Err(FrameError::SecurityLength { length: 9 }));
}

proptest! {
    #[test]
    fn no_bytes_panic_and_a_frame_is_as_long_as_it_says(noise in prop::collection::vec(any::<u8>(), 0..80)) {
        if decode(&noise).is_ok() {
            prop_assert!(noise.len() >= 7);
        }
    }

    #[test]
    fn a_flipped_bit_a_cut_or_noise_before_it_makes_no_other_frame(
        which in 0..CAPTURED.len(), at in any::<prop::sample::Index>(), bit in 0..8u8, noise in 0..=0xFEu8,
    ) {
        let whole = bytes(CAPTURED[which].0);
        let at = at.index(whole.len());
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << bit;
        // A flip that turns the check off is met by the other check.
        prop_assert!(decode(&flipped).is_err(), "{}", hex_of(&flipped));
        prop_assert!(decode(&whole[..at]).is_err());
        let noisy: Vec<u8> = std::iter::once(noise).chain(whole).collect();
        prop_assert!(decode(&noisy).is_err());
    }
}
