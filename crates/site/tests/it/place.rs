//! A site in a temporary folder, with the writer driven by hand: no tasks, no sockets, a clock that is moved.

use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use vestibule_core::code::{damm, pin, token};
use vestibule_core::directory::{KeypadNumber, Leavers};
use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::policy::Policy;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{DirectoryChange, ParcelWords, Proof, RecipientChoice};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;
use vestibule_devices::PulseIntent;
use vestibule_ledger::SiteKey;
use vestibule_site::clock::Moment;
use vestibule_site::handle::{Outcome, Request};
use vestibule_site::keys::Keys;
use vestibule_site::store::{DATABASE, StoreError, StoreOptions};
use vestibule_site::writer::{Incoming, Stepped, Writer};

/// Monday 2026-03-02 09:00 UTC.
pub const MONDAY: i64 = 1_772_442_000_000;

/// A site under test.
pub struct Place {
    pub writer: Writer,
    pub keys: Arc<Keys>,
    pub options: StoreOptions,
    pub moment: Moment,
}

/// What a courier types and scans.
pub struct CourierCode {
    pub digits: String,
}

pub fn options(folder: &Path) -> StoreOptions {
    StoreOptions::in_folder(&folder.join("site"), SiteKey::new("maple-court").expect("a good key"))
}

impl Place {
    /// Opens the site in a folder, new or as it was left.
    pub fn open(options: StoreOptions, keys: Arc<Keys>, at: i64) -> Result<Self, StoreError> {
        let moment = Moment { wall: Timestamp(at), monotonic_ms: 1_000 };
        let (writer, _) = Writer::open(options.clone(), Arc::clone(&keys), moment)?;
        Ok(Self { writer, keys, options, moment })
    }

    /// A new site with one bank of four, a kiosk, a unit with one person, a carrier.
    pub fn founded(folder: &Path) -> Self {
        let keys = Arc::new(Keys::generate());
        let mut place = Self::open(options(folder), keys, MONDAY).expect("a new site opens");
        place.found();
        place
    }

    pub fn found(&mut self) {
        self.ask(Command::Found { policy: Policy::default() });
        let spec = |n: u32, size| CompartmentSpec {
            label: n.to_string(),
            size,
            column: 0,
            width_mm: 400,
            height_mm: 300,
            bottom_mm: 300 * n,
            occupancy_sensor: false,
            inside_release: false,
        };
        let compartments = vec![spec(1, Size::S), spec(2, Size::M), spec(3, Size::L), spec(4, Size::S)];
        self.ask(Command::InstallBank { compartments });
        self.ask(Command::PairKiosk { banks: vec![BankId(1)] });
        self.ask(Command::NameCarrier { name: "UPS".into() });
        let keypad = KeypadNumber::new("302").expect("digits");
        self.ask(Command::ChangeDirectory {
            changes: vec![
                DirectoryChange::AddUnit { unit: UnitId(1), keypad },
                DirectoryChange::BeginTenancy {
                    tenancy: TenancyId(1),
                    unit: UnitId(1),
                    leavers: Leavers::Keep,
                },
                DirectoryChange::Join { person: PersonId(1), tenancy: TenancyId(1) },
            ],
        });
        for n in 1..=4 {
            self.observe(Observation::DoorSeen { compartment: CompartmentId(n), open: false });
        }
    }

    pub fn wait(&mut self, span: Span) {
        self.moment.wall = self.moment.wall + span;
        self.moment.monotonic_ms += u64::try_from(span.0).expect("time goes on");
    }

    pub fn try_step(&mut self, input: Incoming) -> Result<Stepped, StoreError> {
        self.wait(Span(10));
        self.writer.step(vec![input], self.moment)
    }

    pub fn step(&mut self, input: Incoming) -> Stepped {
        self.try_step(input).expect("the disk works")
    }

    pub fn request(&mut self, request: Request) -> (Outcome, Vec<vestibule_site::store::DurableIntent>) {
        let mut stepped = self.step(Incoming::Ask(Box::new(request)));
        (stepped.outcomes.remove(0), stepped.intents)
    }

    /// A command of the console that is granted.
    pub fn ask(&mut self, command: Command) -> Outcome {
        let (outcome, _) = self.request(Request::new(Actor::Console, command));
        assert!(outcome.answer.is_ok(), "{:?}", outcome.answer);
        outcome
    }

    pub fn observe(&mut self, observation: Observation) -> Stepped {
        self.step(Incoming::Observe(observation))
    }

    pub fn courier_code(&mut self) -> CourierCode {
        let expires = self.moment.wall + Span::days(30);
        let windows = vec![WeekWindow::ALWAYS];
        let mut outcome =
            self.ask(Command::IssueCourierCode { carrier: CarrierId(1), windows, expires, doors: vec![] });
        let code = outcome.revealed.remove(0);
        CourierCode { digits: code.digits.expect("a courier code has digits").expose().to_owned() }
    }

    pub fn courier_proof(&self, code: &CourierCode) -> Proof {
        let selector = KeypadNumber::new(&code.digits[..3]).expect("digits");
        Proof::Digits {
            selector,
            check_ok: damm::is_valid(&code.digits),
            hash: pin::courier_hash(&*self.keys, &code.digits),
        }
    }

    pub fn token_proof(&self, scan: &str) -> Proof {
        let tag = self.writer.site().tag.expect("founded");
        let (_, token) = token::read(scan, tag).expect("a token of this site");
        Proof::Token(pin::token_hash(&*self.keys, &token))
    }

    /// Logs the courier in; the visit.
    pub fn log_in(&mut self, code: &CourierCode) -> VisitId {
        let proof = self.courier_proof(code);
        let command = Command::CourierLogIn { kiosk: KioskId(1), proof };
        match self.request(Request::new(Actor::Kiosk(KioskId(1)), command)).0.answer {
            Ok(Answer::Visit { visit }) => visit,
            other => panic!("{other:?}"),
        }
    }

    /// Asks for a door for a small parcel of unit 1; the pulse that may go out.
    pub fn deposit(&mut self, visit: VisitId) -> (ParcelId, vestibule_site::store::DurableIntent) {
        let recipient = RecipientChoice::Household { unit: UnitId(1), addressee: None };
        let words = ParcelWords {
            recipient,
            size: Size::S,
            heavy: false,
            reach: false,
            together: None,
            label: None,
            class: None,
        };
        let (outcome, mut intents) =
            self.request(Request::new(Actor::Visit(visit), Command::Deposit { visit, words }));
        match outcome.answer {
            Ok(Answer::Parcel { parcel, .. }) => (parcel, intents.remove(0)),
            other => panic!("{other:?}"),
        }
    }

    /// The door of an intent springs open.
    pub fn opens(&mut self, intent: &impl PulseIntent) {
        let opening = OpeningId(intent.opening());
        self.observe(Observation::DoorSeen { compartment: CompartmentId(intent.point()), open: true });
        self.observe(Observation::Pulse {
            opening,
            attempt: intent.attempt(),
            outcome: PulseOutcome::Opened,
        });
    }

    pub fn shuts(&mut self, compartment: u32) -> Stepped {
        self.observe(Observation::DoorSeen { compartment: CompartmentId(compartment), open: false })
    }

    /// A courier comes and leaves a small parcel of unit 1 behind a door: their visit goes on.
    pub fn deposited(&mut self) -> (VisitId, ParcelId) {
        let code = self.courier_code();
        let visit = self.log_in(&code);
        let (parcel, intent) = self.deposit(visit);
        self.opens(&intent);
        self.shuts(intent.point());
        (visit, parcel)
    }

    /// A connection of its own to the site's database.
    pub fn connection(&self) -> Connection {
        Connection::open(self.options.folder.join(DATABASE)).expect("the database opens")
    }

    pub fn custodian(&self, parcel: ParcelId) -> vestibule_core::custody::Custodian {
        self.writer.site().custody.get(parcel).expect("live").custodian
    }

    /// The codes sealed for the newest notice, as its mail would show them: keypad digits and token.
    pub fn mailed_codes(&self) -> (String, String) {
        let sealed: Vec<u8> = self
            .connection()
            .query_row(
                "SELECT sealed FROM outbox WHERE sealed IS NOT NULL ORDER BY notice DESC LIMIT 1",
                [],
                |row| row.get(0),
            )
            .expect("a notice waits");
        let text = self.keys.unseal(&sealed).expect("sealed by these keys");
        let codes: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        (codes["pin"].as_str().expect("pin").to_owned(), codes["qr"].as_str().expect("qr").to_owned())
    }
}
