//! What is there whether or not the site runs: folder, keys, line, mail server, and clocks moved by hand.

use super::{BOARD, DOORS, MONDAY};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use vestibule_core::{Span, Timestamp};
use vestibule_devices::{
    BoardWiring, BusWiring, Clock, Connect, Connection, FeedbackPolarity, PointWiring, Profile, Profiles,
    TransportConfig,
};
use vestibule_ledger::SiteKey;
use vestibule_notices::smtp::{SmtpConfig, SmtpSecurity, SmtpSender};
use vestibule_simulators::lock_boards::{BoardOptions, Line, LockBoards, serve_stream};
use vestibule_simulators::mail_sink::{MailSink, MailSinkOptions};
use vestibule_site::assembly::KEYS;
use vestibule_site::clock::Moment;
use vestibule_site::keys::Keys;
use vestibule_site::store::StoreOptions;

/// The site's two clocks, moved by hand; the buses' own clock goes on under them.
#[derive(Clone)]
pub struct HandClock {
    hands: Arc<Mutex<(i64, i64)>>,
    pub bus: Clock,
}

impl HandClock {
    pub(super) fn new() -> Self {
        Self { hands: Arc::default(), bus: Clock::start() }
    }

    /// Time passes.
    pub fn forward(&self, span: Span) {
        self.hands.lock().expect("held briefly").0 += span.0;
    }

    /// Only the wall clock is set.
    pub fn set_wall(&self, span: Span) {
        self.hands.lock().expect("held briefly").1 += span.0;
    }

    /// Both, as the site reads them.
    pub fn read(&self) -> Moment {
        let (passed, off) = *self.hands.lock().expect("held briefly");
        let real = self.bus.now().0;
        Moment {
            wall: Timestamp(MONDAY + i64::try_from(real).expect("short") + passed + off),
            monotonic_ms: real + u64::try_from(passed).expect("time goes on"),
        }
    }
}

/// A code as its owner holds it.
#[derive(Clone)]
pub struct Code {
    pub selector: String,
    pub digits: String,
    pub token: String,
}

/// What is there whether or not the site runs.
pub struct Ground {
    pub folder: TempDir,
    pub keys: Arc<Keys>,
    pub line: Line,
    pub mail: MailSink,
    pub clock: HandClock,
    pub polarity: BTreeMap<u8, FeedbackPolarity>,
    pub courier: Option<Code>,
    /// Every code that was ever seen alive.
    pub(super) live: Mutex<Vec<String>>,
    /// Every answer and refusal given.
    pub(super) said: Mutex<Vec<String>>,
}

impl Ground {
    pub(super) async fn new() -> Self {
        let mut boards = LockBoards::new();
        boards.add_board(BoardOptions { spring_ms: 60, ..BoardOptions::instant(BOARD, 24) });
        let line = Line::new(boards);
        line.with(|boards, _| boards.board_faults(BOARD).unsolicited = true);
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("site")).expect("a folder");
        let keys = Keys::load_or_create(&folder.path().join("site").join(KEYS)).expect("new keys");
        Self {
            folder,
            keys: Arc::new(keys),
            line,
            mail: MailSink::start(MailSinkOptions::default()).await.expect("a free port"),
            clock: HandClock::new(),
            polarity: BTreeMap::new(),
            courier: None,
            live: Mutex::default(),
            said: Mutex::default(),
        }
    }

    pub fn options(&self) -> StoreOptions {
        StoreOptions::in_folder(&self.folder.path().join("site"), SiteKey::new("maple").expect("a good key"))
    }

    pub(super) fn connect(&self) -> TransportConfig {
        let line = self.line.clone();
        let connect: Connect = Arc::new(move || {
            if line.with(|boards, _| boards.is_unplugged()) {
                return Err(io::ErrorKind::NotFound.into());
            }
            let (near, far) = tokio::io::duplex(256);
            tokio::spawn(serve_stream(line.clone(), far));
            Ok(Box::new(near) as Box<dyn Connection>)
        });
        TransportConfig::InMemory(connect)
    }

    pub(super) fn wiring(&self) -> BusWiring {
        let point = |lock: u8| PointWiring {
            point: u32::from(lock),
            lock,
            contact: None,
            polarity: self.polarity.get(&lock).copied(),
        };
        let locks = u8::try_from(DOORS.len()).expect("few");
        BusWiring {
            boards: vec![BoardWiring {
                address: BOARD,
                profile: "wall".to_owned(),
                points: (1..=locks).map(point).collect(),
            }],
        }
    }

    pub(super) fn sender(&self) -> SmtpSender {
        let config = SmtpConfig {
            host: "127.0.0.1".to_owned(),
            port: Some(self.mail.address().port()),
            security: SmtpSecurity::Plain,
            allow_plain: false,
            username: None,
            password_file: None,
            from: "parcels@maple.example".to_owned(),
            ca_file: None,
            hello_name: Some("maple.example".to_owned()),
        };
        SmtpSender::new(config).expect("a good configuration")
    }

    pub fn remember(&self, code: &Code) {
        let mut live = self.live.lock().expect("held briefly");
        live.extend([code.digits.clone(), code.token.clone()].into_iter().filter(|code| !code.is_empty()));
    }
}

/// The site's own board profile: a real one's shape at the pace of a simulated one.
pub(super) fn profiles() -> Profiles {
    const WALL: &str = "vendor = \"simulated\"\nmodel = \"wall\"\nfamily = \"lock8a\"\nbaud = 115200\ndata_format = \"8N1\"\nchannels = 24\n\
        pulse_ms = 0\nresponse_timeout_ms = 60\nquiet_gap_ms = 0\npoll_moving_ms = 15\npoll_idle_ms = 300\nopen_window_ms = 150\n\
        has_door_contact = true\nsimulated_only = true\n";
    let mut profiles = Profiles::built_in().expect("built in");
    profiles.add("wall", Profile::parse("wall", WALL).expect("a good profile")).expect("a new name");
    profiles
}
