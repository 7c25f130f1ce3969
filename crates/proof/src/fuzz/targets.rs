//! Every parser that takes bytes of strangers, with examples that are right.

use super::told;
use std::path::Path;
use vestibule_core::code::token::{self, SiteTag};
use vestibule_core::time::Zone;
use vestibule_core::{Command, Event, Timestamp};
use vestibule_devices::Profile;
use vestibule_intake::{Directory, Resident, recognise, symbol};
use vestibule_ledger::export::decode_line;
use vestibule_notices::address::{MailAddress, PhoneNumber};
use vestibule_protocols::lock8a::{
    BoardAddress, LockNumber, Request, Session, SessionInput, Timing, decode_answer, find_answer,
    find_changes,
};
use vestibule_protocols::{Millis, kerong_cu, modbus, osdp, winnsen, wkly};
use vestibule_site::config::Config;
use vestibule_site::directory::fold;
use vestibule_site::directory::import::{Known, Options, plan};
use vestibule_site::keys::Keys;
use vestibule_site::web::api;
use vestibule_site::web::given::{Given, proof};
use vestibule_site::web::kiosk;

/// One parser with examples to breed from.
pub struct Target {
    /// Names it, in files too.
    pub name: &'static str,
    /// How cheap it is: its part of the inputs.
    pub share: u32,
    /// Takes the bytes and drops what comes out: nothing may panic, hang or fill the memory.
    pub parse: fn(&[u8]),
    /// Inputs that are right.
    pub examples: &'static [&'static [u8]],
}

/// All of them.
pub static TARGETS: [Target; 14] = [
    Target {
        name: "frames",
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
            b"\x53\x00\x09\x00\x04\x61\x00\x7E\x6D",
        ],
    },
    Target {
        name: "scans",
        share: 400,
        parse: scans,
        examples: &[b"VPAB0123456789ABCDEFGHJKMNPQRSX", b"VR7Z0000000000000000000000000A", b"https://x/VPAB"],
    },
    Target {
        name: "codes",
        share: 40,
        parse: codes,
        examples: &[b"VPAB0123456789ABCDEFGHJKMNPQRSX", b"4829139057", b"482 913 905 7", b"1202\n482913905"],
    },
    Target {
        name: "labels",
        share: 100,
        parse: labels,
        examples: &[
            b"[)>\x1e01\x1d0210001\x1d840\x1d019\x1d1234567890120201\x1dFDE\x1d1\x1d326\x1d\x1d1/1\x1d5.00LB\x1dN\x1d12 Lake Street\x1dNEW YORK\x1dNY\x1dMARIA ALVAREZ\x1e06\x1d10ZGH006\x1d14ZAPT 3B\x1e\x04",
            b"[)>\x1e01\x1d96841706672\x1d840\x1d001\x1d1Z12345677\x1dUPSN\x1d12345E\x1d089\x1d\x1d1/1\x1d10\x1dN\x1d\x1dSALT LAKE CITY\x1dUT\x1e\x04",
            b"]C142043949\x1d9205590164917312345677",
            b"]C100006141411234567890",
            b"1Z999AA10123456784",
            b"TBA000000000000",
            b"RB123456785GB",
        ],
    },
    Target { name: "matching", share: 20, parse: matching, examples: &[b"MARIA ALVAREZ\tAPT 3B", b"Wm. O'Brien-Smith\t#12"] },
    Target { name: "session", share: 40, parse: session, examples: &[b"\x80\x01\x00\x00\x07\x33\xB5"] },
    Target {
        name: "commands",
        share: 60,
        parse: commands,
        examples: &[
            br#"{"deposit":{"visit":1,"words":{"recipient":{"household":{"unit":1,"addressee":null}},"size":"s","heavy":false,"reach":false,"together":{"token":"00"}}}}"#,
            br#"{"finish":{"visit":9}}"#,
            br#"{"kind":"visit-ended","visit":3,"how":"idle"}"#,
            br#"{"unit":1,"size":"m","together":{"code":"4829139057"},"tracking":"1Z","addressed_to":"Ana"}"#,
            br#"{"carrier":1,"windows":[{"days":127,"from":0,"to":1440}],"expires":1772442000000}"#,
            br#"{"also":[1],"shown":{"selector":"1202","digits":"482913905"}}"#,
            br#"{"reason":"other","words":"x"}"#,
        ],
    },
    Target {
        name: "export",
        share: 40,
        parse: lines,
        examples: &[br#"{"site":"proof","epoch":1,"seq":1,"kind":"site-started","version":1,"payload":"7b7d"}"#],
    },
    Target {
        name: "names",
        share: 40,
        parse: names,
        examples: &[b"Jos\xC3\xA9 \xC3\x81lvarez", b"12-B", b"ana@example.org", b"+1 (555) 010-2030"],
    },
    Target {
        name: "import",
        share: 4,
        parse: imports,
        examples: &[
            b"Unit,First name,Last name,Email\n302,Ana,Alvarez,ana@example.org\n303,Cleo,Smith,\n",
            b"unit;name;phone\n1;\"A; B\";5550100\n",
            b"\xFF\xFEU\x00n\x00i\x00t\x00,\x00",
        ],
    },
    Target {
        name: "settings",
        share: 4,
        parse: settings,
        examples: &[
            b"data = \"/var/lib/vestibule\"\nlisten = \"127.0.0.1:8080\"\n",
            b"vendor = \"a\"\nmodel = \"b\"\nfamily = \"lock8a\"\nbaud = 9600\nchannels = 24\n",
            b"[[doors]]\nname = \"Intercom\"\n[[doors.passage]]\nname = \"Street door\"\nkind = \"building_entrance\"\n[doors.device]\nkind = \"2n\"\nurl = \"https://192.168.1.60\"\n",
            b"[[doors]]\nname = \"Reader\"\n[[doors.passage]]\nname = \"Room\"\nkind = \"room_door\"\n[doors.device]\nkind = \"osdp\"\nserial = { path = \"/dev/ttyUSB1\", baud = 9600 }\n",
            b"[[camera]]\nname = \"Room\"\ndoor = \"Room\"\nparcels_only = true\n[camera.device]\nkind = \"onvif\"\nurl = \"http://192.168.1.70\"\n",
            b"[[feed]]\nprovider = \"easypost\"\nsecret_file = \"easypost.secret\"\n",
        ],
    },
    Target {
        name: "messages",
        share: 20,
        parse: told::messages,
        examples: &[
            b"Subject: Your parcel\r\n\r\nTracking number: 1Z 999 AA1 01 2345 6784 was delivered at the front door.\r\n",
            b"N\xC3\xBAmero de seguimiento: RB123456785ES=\r\n entregado",
            b"1Z999AA10123456784\nTBA000000000000, 9205590164917312345677; RB123456785GB",
        ],
    },
    Target {
        name: "feeds",
        share: 20,
        parse: told::feeds,
        examples: &[
            br#"0{"object":"Event","created_at":"2026-03-02T09:00:00Z","result":{"object":"Tracker","tracking_code":"1Z999AA10123456784","carrier":"UPS","status":"delivered","tracking_details":[{"status":"delivered","datetime":"2026-03-02T08:30:00Z","tracking_location":{"zip":"10013"}}]}}"#,
            br#"1{"event":"track_updated","test":false,"data":{"carrier":"ups","tracking_number":"1Z999AA10123456784","tracking_status":{"status":"DELIVERED","status_date":"2026-03-02T08:30:00Z","location":{"zip":"10013"}},"address_to":{"zip":"10013"}}}"#,
            br#"2{"ts":1772442000,"msg":{"slug":"ups","tracking_number":"1Z999AA10123456784","tag":"Delivered","checkpoints":[{"checkpoint_time":"2026-03-02T08:30:00","tag":"Delivered","zip":"10013"}],"shipment_delivery_date":"2026-03-02"}}"#,
            b"0hmac-sha256-hex=88a75e0774329fcb5a5b8080e0405f6d9c03861a89e22c87dc1837cc9eb839b0",
            b"1t=1772442000,v1=5cb6da8cdc2e757e05993b5a561b71bbd5390f50497cf2213f783f051182c6ce",
            b"2+op55WBmd4l/moLKJ3XyXwbbrZx2TrDN0am9MP3ihgg=",
        ],
    },
    Target {
        name: "panel",
        share: 20,
        parse: told::panel,
        examples: &[
            b"\x00\x45\x01\x02\x03\x04\x05\x06\x07\x08\x09\x01\x02\x03",
            b"\x01\x46\x01\x01\x04\x09\x01\x01",
            b"\x01\x40",
            b"\x02\x41\x06",
            b"\x01\x50\x00\x01\x1A\x00\x12\x34\x56\x78",
            b"\x0B\x03\x12\x01\x76\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F\x10",
        ],
    },
];

fn frames(bytes: &[u8]) {
    let _ = decode_answer(bytes);
    let board = BoardAddress::new(1).expect("a board");
    let _ = find_answer(bytes, Request::ReadAll { board }, 3);
    let _ = find_changes(bytes).count();
    let _ = (kerong_cu::decode(bytes), wkly::decode(bytes), winnsen::decode(bytes));
    let _ = (modbus::decode_rtu(bytes), modbus::decode_tcp(bytes), osdp::decode(bytes));
}

fn tag() -> SiteTag {
    SiteTag::try_from("AB".to_owned()).expect("a tag")
}

fn scans(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = token::read(&text, tag());
    let _ = kiosk::intake::read(&text, tag());
}

fn codes(bytes: &[u8]) {
    static KEYS: std::sync::LazyLock<Keys> =
        std::sync::LazyLock::new(|| Keys::from_bytes(&[7; 64]).expect("keys"));
    let text = String::from_utf8_lossy(bytes);
    let (selector, digits) = text.split_once('\n').unwrap_or((&text, &text));
    let _ = proof(&Given::Code(&text), &*KEYS, tag());
    let _ = proof(&Given::Digits { selector, digits }, &*KEYS, tag());
    let _ = kiosk::proof::courier(&*KEYS, &text);
    let _ = kiosk::proof::resident(&*KEYS, (selector, digits), 9);
}

fn labels(bytes: &[u8]) {
    let text = symbol::text_of(bytes);
    let _ = symbol::read(&text).map(|label| label.recipient.address_lines().count());
    let seen = recognise(&text);
    let _ = (seen.valid(), seen.carrier(), seen.ambiguous());
}

fn matching(bytes: &[u8]) {
    static DIRECTORY: std::sync::LazyLock<Directory> = std::sync::LazyLock::new(directory);
    let text = String::from_utf8_lossy(bytes);
    let (name, unit) = text.split_once('\t').map_or((&*text, None), |(name, unit)| (name, Some(unit)));
    let _ = DIRECTORY.find(name, unit);
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
    let _ = api::readable(bytes);
}

fn lines(bytes: &[u8]) {
    let _ = decode_line(&String::from_utf8_lossy(bytes));
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

/// Two people whose names are alike, one with an alias, one who moved out.
fn directory() -> Directory {
    const PEOPLE: [(&str, &str, &str); 4] = [
        ("Maria", "Alvarez", "3B"),
        ("Mario", "Álvarez", "3-D"),
        ("William", "O'Brien", "12"),
        ("Wei", "Xu", "1202"),
    ];
    let resident = |(first, last, unit): (&str, &str, &str)| Resident {
        first: first.to_owned(),
        last: last.to_owned(),
        unit: unit.to_owned(),
        ..Resident::default()
    };
    Directory::new(PEOPLE.map(resident).to_vec())
}
