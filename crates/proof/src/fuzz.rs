//! Bytes from strangers into every parser: structured random input, bred from examples that are right. A panic is a
//! violation; a parser that hangs is one too, by the time its batch takes.

use crate::chance::Chance;
use crate::hunt::watched;
use std::path::Path;
use std::time::{Duration, Instant};
use vestibule_core::code::token::{self, SiteTag};
use vestibule_core::time::Zone;
use vestibule_core::{Command, Event, Timestamp};
use vestibule_devices::Profile;
use vestibule_notices::address::{MailAddress, PhoneNumber};
use vestibule_protocols::lock8a::{
    BoardAddress, LockNumber, Request, Session, SessionInput, Timing, decode_answer, find_answer,
    find_changes,
};
use vestibule_protocols::{Millis, kerong_cu, modbus, winnsen, wkly};
use vestibule_site::config::Config;
use vestibule_site::directory::fold;
use vestibule_site::directory::import::{Known, Options, plan};

const LONGEST: usize = 600;
const BATCH: u64 = 2_000;
/// A batch that takes longer hangs somewhere.
const BATCH_WITHIN: Duration = Duration::from_secs(20);

/// One parser with examples to breed from. The share says how cheap it is.
struct Target {
    name: &'static str,
    share: u32,
    parse: fn(&[u8]),
    examples: &'static [&'static [u8]],
}

const TARGETS: [Target; 8] = [
    Target {
        name: "frames of lock boards",
        share: 400,
        parse: frames,
        examples: &[
            b"\x8A\x01\x03\x11\x99",
            b"\x80\x01\x00\x00\x07\x33\xB5",
            b"\x81\x01\x02\x00\x82",
            b"\xFA\xFD\x99\x99\x80\x01\x02\x11\x92",
            b"\x02\x00\x30\x03\x35",
            b"\x90\x06\x05\x01\x03\x03",
            b"\x01\x05\x00\x02\xFF\x00\x2D\xFA",
            b"\x00\x07\x00\x00\x00\x06\x01\x05\x00\x02\xFF\x00",
            b"WKLY\x09\x00\x82\x01\x8C",
        ],
    },
    Target {
        name: "scans",
        share: 400,
        parse: scans,
        examples: &[b"VPAB0123456789ABCDEFGHJKMNPQRSX", b"VR7Z0000000000000000000000000A", b"https://x/VPAB"],
    },
    Target { name: "a session on the line", share: 40, parse: session, examples: &[b"\x80\x01\x00\x00\x07\x33\xB5"] },
    Target {
        name: "commands as JSON",
        share: 60,
        parse: commands,
        examples: &[
            br#"{"deposit":{"visit":1,"words":{"recipient":{"household":{"unit":1,"addressee":null}},"size":"s","heavy":false,"reach":false,"together":{"token":"00"}}}}"#,
            br#"{"finish":{"visit":9}}"#,
            br#"{"kind":"visit-ended","visit":3,"how":"idle"}"#,
        ],
    },
    Target {
        name: "lines of an export",
        share: 40,
        parse: lines,
        examples: &[br#"{"site":"proof","epoch":1,"seq":1,"kind":"site-started","version":1,"payload":"7b7d"}"#],
    },
    Target {
        name: "names and addresses",
        share: 40,
        parse: names,
        examples: &[b"Jos\xC3\xA9 \xC3\x81lvarez", b"12-B", b"ana@example.org", b"+1 (555) 010-2030"],
    },
    Target {
        name: "import files",
        share: 4,
        parse: imports,
        examples: &[
            b"Unit,First name,Last name,Email\n302,Ana,Alvarez,ana@example.org\n303,Cleo,Smith,\n",
            b"unit;name;phone\n1;\"A; B\";5550100\n",
            b"\xFF\xFEU\x00n\x00i\x00t\x00,\x00",
        ],
    },
    Target {
        name: "configuration and profiles",
        share: 4,
        parse: settings,
        examples: &[
            b"data = \"/var/lib/vestibule\"\nlisten = \"127.0.0.1:8080\"\n",
            b"vendor = \"a\"\nmodel = \"b\"\nfamily = \"lock8a\"\nbaud = 9600\nchannels = 24\n",
        ],
    },
];

/// What fuzzing came to.
#[derive(Clone, Debug, Default)]
pub struct Fuzzed {
    /// Inputs in all.
    pub inputs: u64,
    /// Panics and hangs, in words.
    pub violations: Vec<String>,
}

/// Feeds so many inputs, or as many as the time allows.
pub fn fuzz(inputs: u64, time: Duration, seed: u64) -> Fuzzed {
    let start = Instant::now();
    let mut chance = Chance::new(seed);
    let mut fuzzed = Fuzzed::default();
    let shares = TARGETS.each_ref().map(|target| target.share);
    while fuzzed.inputs < inputs && start.elapsed() < time && fuzzed.violations.is_empty() {
        let target = &TARGETS[chance.weighted(&shares)];
        let batch = Instant::now();
        let mut input = Vec::new();
        let outcome = watched(|| {
            for _ in 0..BATCH {
                breed(&mut input, target.examples, &mut chance);
                (target.parse)(&input);
            }
        });
        fuzzed.inputs += BATCH;
        if let Err(words) = outcome {
            fuzzed.violations.push(format!("{}: {words} with {input:02x?}", target.name));
        } else if batch.elapsed() > BATCH_WITHIN {
            fuzzed.violations.push(format!("{}: a batch took {:?}", target.name, batch.elapsed()));
        }
    }
    fuzzed
}

/// An example, changed here and there; sometimes nothing but noise.
fn breed(input: &mut Vec<u8>, examples: &[&[u8]], chance: &mut Chance) {
    input.clear();
    if !chance.once_in(16) {
        input.extend_from_slice(examples[index(chance, examples.len())]);
    }
    for _ in 0..chance.below(6) {
        let at = index(chance, input.len() + 1);
        match chance.below(6) {
            0 if at < input.len() => input[at] ^= 1 << chance.below(8),
            1 => input.insert(at, byte(chance)),
            2 if at < input.len() => drop(input.remove(at)),
            3 => input.truncate(at),
            4 => {
                let piece = input[at..].to_vec();
                input.extend_from_slice(&piece);
            }
            _ => input.extend_from_slice(examples[index(chance, examples.len())]),
        }
    }
    input.truncate(LONGEST);
}

fn index(chance: &mut Chance, length: usize) -> usize {
    usize::try_from(chance.below(length as u64)).expect("an index")
}

fn byte(chance: &mut Chance) -> u8 {
    const TELLING: [u8; 12] = *b"\x00\xFF\x7F\x80\n\r\",;{}\xC3";
    let any = chance.number().to_le_bytes()[0];
    if chance.once_in(2) { TELLING[usize::from(any) % TELLING.len()] } else { any }
}

fn frames(bytes: &[u8]) {
    let _ = decode_answer(bytes);
    let board = BoardAddress::new(1).expect("a board");
    let _ = find_answer(bytes, Request::ReadAll { board }, 3);
    let _ = find_changes(bytes).count();
    let _ = (kerong_cu::decode(bytes), wkly::decode(bytes), winnsen::decode(bytes));
    let _ = (modbus::decode_rtu(bytes), modbus::decode_tcp(bytes));
}

fn scans(bytes: &[u8]) {
    let tag = SiteTag::try_from("AB".to_owned()).expect("a tag");
    let _ = token::read(&String::from_utf8_lossy(bytes), tag);
}

fn session(bytes: &[u8]) {
    let mut session = Session::new(Timing::new(250, 5).expect("good timing"));
    session.handle(SessionInput::Opened, Millis(0));
    let board = BoardAddress::new(1).expect("a board");
    let lock = LockNumber::new(2).expect("a lock");
    let _ = session.begin(Request::UnlockOne { board, lock }, 3, Millis(10));
    for (at, piece) in bytes.chunks(7).enumerate() {
        session.handle(SessionInput::Received(piece), Millis(20 + at as u64));
    }
    session.handle(SessionInput::Deadline, Millis(2_000));
    while session.poll_event().is_some() {}
}

fn commands(bytes: &[u8]) {
    let _ = serde_json::from_slice::<Command>(bytes);
    let _ = Event::decode("visit-ended", 1, bytes);
}

fn lines(bytes: &[u8]) {
    let _ = vestibule_ledger::export::decode_line(&String::from_utf8_lossy(bytes));
}

fn names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = (fold::name(&text), fold::unit_label(&text), fold::shown_label(&text));
    let _ = text.parse::<MailAddress>();
    let _ = PhoneNumber::parse(&text, Some("1"));
}

fn imports(bytes: &[u8]) {
    let options = Options::new(Timestamp(1_772_442_000_000), Zone::utc());
    let _ = plan(bytes, &Known::default(), &options, &mut |_, _| {});
}

fn settings(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = Config::parse(&text, Path::new("site.toml"));
    let _ = Profile::parse("fuzzed", &text);
}
