//! Modbus relay boards: published vectors, and what holds for all inputs.

use proptest::prelude::*;
use vestibule_protocols::modbus::{
    Channel, CoilOrder, Frame, FrameError, Message, PulseTime, Request, Table, Unit, crc, decode_for_people,
    decode_rtu, decode_tcp,
};

use crate::{bytes, hex_of, lock_states};

fn unit(number: u8) -> Unit {
    Unit::new(number).unwrap()
}

fn channel(number: u8) -> Channel {
    Channel::new(number).unwrap()
}

fn pulse(number: u8, tenths: u16) -> Request {
    Request::Pulse { unit: unit(1), channel: channel(number), time: PulseTime::new(tenths).unwrap() }
}

/// An RTU frame with its checksum.
fn sealed(body: &str) -> String {
    let mut frame = bytes(body);
    frame.extend(crc(&frame).to_le_bytes());
    hex_of(&frame)
}

const PUBLISHED: [(&str, &str, Option<u8>); 14] = [
    ("01 05 02 00 00 07 8D B0", "unlock_timed", Some(1)),
    ("01 05 02 01 00 08 9C 74", "unlock_timed", Some(2)),
    ("01 05 00 00 FF 00 8C 3A", "relay_on", Some(1)),
    ("01 05 00 00 00 00 CD CA", "relay_off", Some(1)),
    ("01 05 00 FF FF 00 BC 0A", "all_on", None),
    ("01 05 00 FF 00 00 FD FA", "all_off", None),
    ("01 05 00 00 55 00 F2 9A", "relay_toggle", Some(1)),
    ("01 0F 00 00 00 08 01 FF BE D5", "write_relays", None),
    ("01 03 10 00 00 08 40 CC", "read_modes", None),
    ("01 06 10 00 00 01 4C CA", "set_mode", Some(1)),
    ("01 01 00 00 00 08 3D CC", "read_relays", None),
    ("01 02 00 00 00 08 79 CC", "read_inputs", None),
    ("01 2B 0E 01 00 70 77", "read_identity", None),
    ("12 34 00 00 00 06 01 | 01 00 00 00 08", "read_relays", None),
];

#[test]
fn the_published_frames_are_named() {
    for (hex, kind, lock) in PUBLISHED {
        let decoded = decode_for_people(hex, None);
        assert_eq!(decoded.error, None, "{hex}");
        assert_eq!((decoded.kind, decoded.board, decoded.lock), (Some(kind), Some(1), lock), "{hex}");
    }
    let order = CoilOrder::Pulse(7);
    let frame = Frame { unit: 1, message: Message::Coil { address: 0x0200, order } };
    assert_eq!(decode_rtu(&bytes("01 05 02 00 00 07 8D B0")), Ok(frame));
    assert!(decode_for_people("01 05 02 00 00 07 8D B0", None).note.unwrap().contains("700 ms"));
}

#[test]
fn requests_are_the_published_bytes() {
    let (unit, eight) = (unit(1), channel(8));
    let table = [
        (pulse(1, 7), "01 05 02 00 00 07 8D B0"),
        (pulse(2, 8), "01 05 02 01 00 08 9C 74"),
        (Request::Release { unit, channel: channel(1) }, "01 05 00 00 00 00 CD CA"),
        (Request::ReadRelays { unit, last: eight }, "01 01 00 00 00 08 3D CC"),
        (Request::ReadInputs { unit, last: eight }, "01 02 00 00 00 08 79 CC"),
        (Request::ReadModes { unit, last: eight }, "01 03 10 00 00 08 40 CC"),
        (Request::Identify { unit }, "01 2B 0E 01 00 70 77"),
    ];
    for (request, hex) in table {
        assert_eq!(request.encode_rtu(), bytes(hex), "{request:?}");
    }
    let tcp = Request::ReadRelays { unit, last: eight }.encode_tcp(0x1234);
    assert_eq!(tcp, bytes("12 34 00 00 00 06 01 01 00 00 00 08"));
    assert_eq!(decode_tcp(&tcp).unwrap().transaction, 0x1234);
    let all_off = Request::ReleaseAll { unit, last: channel(12) }.encode_rtu();
    let message = Message::Coils { address: 0, count: 12, bits: vec![0, 0] };
    assert_eq!(decode_rtu(&all_off), Ok(Frame { unit: 1, message }));
}

#[test]
fn inputs_are_doors_and_relays_are_on_or_off() {
    let inputs = decode_for_people(&sealed("01 02 01 FE"), None);
    assert_eq!((inputs.kind, lock_states(&inputs, "open")), (Some("inputs"), vec![1]));
    assert_eq!(lock_states(&inputs, "closed"), [2, 3, 4, 5, 6, 7, 8]);
    let relays = decode_for_people("00 01 00 00 00 04 01 01 01 02", Some(4));
    assert_eq!((relays.kind, lock_states(&relays, "on")), (Some("relays"), vec![2]));
    assert_eq!(lock_states(&relays, "off"), [1, 3, 4]);
    let longest = decode_for_people(&sealed("01 02 03 00 01 80"), None);
    assert_eq!((longest.kind, lock_states(&longest, "closed")), (Some("inputs"), vec![9, 24]));
    let registers = decode_for_people(&sealed("01 03 04 00 00 00 01"), None);
    assert_eq!((registers.kind, registers.note.as_deref()), (Some("registers"), Some("0000 0001")));
    let written = decode_for_people(&sealed("01 0F 00 00 00 08"), None);
    assert_eq!((written.kind, written.channels), (Some("write_relays_answer"), None));
    let refusal = decode_for_people(&sealed("01 85 02"), None);
    assert_eq!(refusal.kind, Some("refusal"));
    assert!(refusal.note.unwrap().contains("no such address"));
    assert!(decode_for_people(&sealed("00 05 00 FF FF 00"), None).note.unwrap().contains("every unit"));
}

/// The example of the Modbus application protocol 1.1b3, 6.21, on a line.
const IDENTITY: &str = "01 2B 0E 01 01 00 00 03 00 16 43 6F 6D 70 61 6E 79 20 69 64 65 6E 74 69 66 69 63 61 74 69 6F 6E \
                        01 0F 50 72 6F 64 75 63 74 20 63 6F 64 65 20 58 58 02 05 56 32 2E 31 31 FC 21";

#[test]
fn who_a_board_is_is_read_word_by_word() {
    let frame = decode_rtu(&bytes(IDENTITY)).unwrap();
    let words = [(0, "Company identification"), (1, "Product code XX"), (2, "V2.11")];
    let words = words.map(|(number, word)| (number, word.as_bytes().to_vec())).to_vec();
    assert_eq!(frame, Frame { unit: 1, message: Message::Identity { code: 1, next: None, words } });
    assert!(frame.answers(Request::Identify { unit: unit(1) }));
    assert!(!frame.answers(Request::Identify { unit: unit(2) }) && !frame.answers(pulse(1, 7)));
    let refusal = decode_rtu(&bytes("01 AB 01 9E F0")).unwrap();
    assert!(refusal.answers(Request::Identify { unit: unit(1) }) && !refusal.answers(pulse(1, 7)));
    let decoded = decode_for_people(IDENTITY, None);
    assert_eq!((decoded.kind, decoded.board), (Some("identity"), Some(1)));
    let note = decoded.note.unwrap();
    for words in ["maker: Company identification", "product: Product code XX", "revision: V2.11"] {
        assert!(note.contains(words), "{note}");
    }
    let more = decode_for_people(&sealed("01 2B 0E 01 01 FF 02 01 00 02 41 07"), None).note.unwrap();
    assert!(more.contains("maker: 41 07") && more.contains("more follows from word 02 on"), "{more}");
    assert_eq!(decode_for_people("01 AB 01 9E F0", None).kind, Some("refusal"));
    for wrong in [
        "01 2B 0E 01 01 00 00 02 00 01 41",
        "01 2B 0E 01 01 00 00 01 00 05 41",
        "01 2B 0D 00",
        "01 2B 0E 01 01 00 00 00 41",
    ] {
        assert!(matches!(decode_rtu(&bytes(&sealed(wrong))), Err(FrameError::Length { .. })), "{wrong}");
    }
}

#[test]
fn an_answer_to_another_question_is_none_to_this() {
    let answer = |body: &str| decode_rtu(&bytes(&sealed(body))).unwrap();
    let inputs = Request::ReadInputs { unit: unit(1), last: channel(8) };
    let relays = Request::ReadRelays { unit: unit(1), last: channel(8) };
    assert!(answer("01 02 01 FE").answers(inputs));
    for other in ["01 01 01 FE", "02 02 01 FE", "01 02 02 FE 00", "01 81 02", "01 02 00 00 00 08"] {
        assert!(!answer(other).answers(inputs), "{other}");
    }
    assert!(answer("01 01 01 FE").answers(relays) && answer("01 81 02").answers(relays));
    for echo in ["01 05 02 00 00 07", "01 05 02 00 FF 00", "01 85 04"] {
        assert!(answer(echo).answers(pulse(1, 7)), "{echo}");
        assert_eq!(answer(echo).answers(pulse(2, 7)), echo == "01 85 04", "{echo}");
    }
    let modes = Request::ReadModes { unit: unit(1), last: channel(2) };
    assert!(answer("01 03 04 00 00 00 01").answers(modes) && !answer("01 03 02 00 00").answers(modes));
    let normal = Request::SetNormalMode { unit: unit(1), channel: channel(1) };
    assert!(answer("01 06 10 00 00 00").answers(normal) && !answer("01 06 10 01 00 00").answers(normal));
    let off = Request::ReleaseAll { unit: unit(1), last: channel(8) };
    assert!(answer("01 0F 00 00 00 08").answers(off) && !answer("01 0F 00 00 00 07").answers(off));
}

fn every_request(unit: Unit) -> impl Iterator<Item = Request> {
    let channels = (0..=u8::MAX).filter_map(|number| Channel::new(number).ok());
    channels.flat_map(move |channel| {
        let times = (0..=u16::MAX).filter_map(|tenths| PulseTime::new(tenths).ok());
        times.map(move |time| Request::Pulse { unit, channel, time }).chain([
            Request::Release { unit, channel },
            Request::ReleaseAll { unit, last: channel },
            Request::ReadRelays { unit, last: channel },
            Request::ReadInputs { unit, last: channel },
            Request::ReadModes { unit, last: channel },
            Request::SetNormalMode { unit, channel },
            Request::Identify { unit },
        ])
    })
}

/// Whether this asks, switches off, or pulses one relay of one unit for ten seconds at most.
fn is_harmless(frame: &Frame) -> bool {
    let is_harmless = match &frame.message {
        Message::Read { .. } | Message::Identify { code: 1, first: 0 } => true,
        Message::Coil { address, order: CoilOrder::Pulse(tenths) } => {
            (0x0200..0x0240).contains(address) && *tenths <= 100
        }
        Message::Coil { address, order: CoilOrder::Off } => *address < 0x40,
        Message::Coils { bits, .. } => bits.iter().all(|byte| *byte == 0),
        Message::Register { address, value } => (0x1000..0x1040).contains(address) && *value == 0,
        Message::Coil { .. }
        | Message::Bits { .. }
        | Message::Registers { .. }
        | Message::CoilsAnswer { .. }
        | Message::Identify { .. }
        | Message::Identity { .. }
        | Message::Refusal { .. } => false,
    };
    is_harmless && frame.unit != 0
}

#[test]
fn no_request_holds_a_relay_or_speaks_to_all_relays_or_all_units() {
    let units: Vec<Unit> = (0..=u8::MAX).filter_map(|number| Unit::new(number).ok()).collect();
    assert_eq!((units.len(), units[0].get()), (247, 1));
    let mut count = 0;
    for request in every_request(units[0]) {
        let rtu = decode_rtu(&request.encode_rtu()).unwrap();
        assert!(is_harmless(&rtu), "{request:?}");
        assert_eq!(decode_tcp(&request.encode_tcp(count)).unwrap().frame, rtu, "{request:?}");
        count += 1;
    }
    assert_eq!(count, 64 * (100 + 7));
    for unit in units {
        let request = Request::Pulse { unit, channel: channel(64), time: PulseTime::new(1).unwrap() };
        let frame = decode_rtu(&request.encode_rtu()).unwrap();
        assert!(is_harmless(&frame) && frame.unit == unit.get());
    }
}

#[test]
fn a_bad_frame_says_what_is_wrong_and_what_was_expected() {
    let table = [
        (String::new(), "no bytes"),
        ("01 05 02".to_owned(), "the shortest frame has 5"),
        ("01 05 02 00 00 07 8D B1".to_owned(), "checksum is 8D B1, expected 8D B0"),
        ("12 34 00 00 00 07 01 01 00 00 00 08".to_owned(), "as TCP: length says that 7 bytes follow; 6 do"),
        (sealed("01 04 00 00 00 01"), "function is 04: expected 01"),
        (sealed("01 05 00 00 12 34"), "value is 1234: expected FF00"),
        (sealed("01 05 02 00 00 00"), "pulse time is 0000: expected 0001 to 7FFF"),
        (sealed("01 02 00 00 00 00"), "count is 0, expected 1 to 2000"),
        (sealed("01 02 02 FF"), "function 02 with 2 data bytes"),
        (sealed("01 0F 00 00 00 08 02 FF FF"), "function 0F with 7 data bytes"),
        (sealed("01 85 00"), "refusal with code 00"),
    ];
    for (hex, expected) in table {
        let decoded = decode_for_people(&hex, None);
        let error = decoded.error.unwrap_or_default();
        assert!(!decoded.valid && error.contains(expected), "{hex}: {error:?}");
    }
    assert_eq!(decode_tcp(&bytes("12 34 00 01 00 02 01 01")), Err(FrameError::Protocol(1)));
    let read = Message::Read { table: Table::Inputs, address: 0, count: 8 };
    assert_eq!(decode_rtu(&bytes("01 02 00 00 00 08 79 CC")), Ok(Frame { unit: 1, message: read }));
}

#[test]
fn every_flipped_bit_of_a_published_serial_frame_is_found() {
    let serial = PUBLISHED.iter().filter(|(hex, ..)| !hex.contains('|'));
    for (hex, ..) in serial {
        let frame = bytes(hex);
        for bit in 0..frame.len() * 8 {
            let mut damaged = frame.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(!decode_for_people(&hex_of(&damaged), None).valid, "{hex} bit {bit}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn garbage_is_never_a_panic(noise in prop::collection::vec(prop_oneof![any::<u8>(), 0u8..=15], 0..24), channels: Option<u8>) {
        let serial = sealed(&hex_of(&noise));
        let length = u16::try_from(noise.len()).unwrap().to_be_bytes();
        let tcp = [vec![0, 1, 0, 0], length.to_vec(), noise.clone()].concat();
        for hex in [hex_of(&noise), serial, hex_of(&tcp)] {
            let decoded = decode_for_people(&hex, channels);
            prop_assert_eq!(decoded.valid, decoded.error.is_none());
            prop_assert_eq!(decoded.valid, decoded.kind.is_some());
        }
    }
}
