//! The building: its compartments, its households and its codes, and what people do there.

use super::super::kiosk::draft::Draft;
use super::super::kiosk::facts::Facts;
use super::Shown;
use std::collections::BTreeMap;
use vestibule_core::code::{CodeHash, CodeHasher, Seed, pin};
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::directory::{KeypadNumber, Leavers};
use vestibule_core::opening::Progress;
use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::policy::Policy;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{DirectoryChange, ParcelWords, Proof, RecipientChoice};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;

pub const KIOSK: KioskId = KioskId(1);
/// A Monday, 14:02 by the building's clock.
pub const NOON: Timestamp = Timestamp(1_795_438_800_000);

struct Pepper;

impl CodeHasher for Pepper {
    fn hash(&self, purpose: &str, text: &str) -> CodeHash {
        let mut bytes = [0u8; 32];
        for (at, byte) in purpose.bytes().chain([0]).chain(text.bytes()).enumerate() {
            bytes[at % 32] = bytes[at % 32].wrapping_mul(31).wrapping_add(byte);
        }
        CodeHash(bytes)
    }
}

/// The building and its codes.
pub struct Play {
    pub site: Site,
    pub now: Timestamp,
    step: u8,
    badge: String,
    /// Digits and tokens that exist.
    pub secrets: Vec<String>,
    tokens: BTreeMap<CredentialId, String>,
}

const COLUMNS: [&[(Size, u32)]; 4] = [
    &[(Size::L, 455), (Size::M, 225), (Size::M, 225), (Size::S, 110), (Size::S, 110), (Size::XL, 690)],
    &[(Size::M, 225), (Size::M, 225), (Size::S, 110), (Size::S, 110), (Size::L, 455), (Size::XL, 690)],
    &[(Size::M, 225), (Size::S, 110), (Size::S, 110), (Size::M, 225), (Size::L, 455), (Size::XL, 690)],
    &[(Size::L, 455), (Size::S, 110), (Size::S, 110), (Size::M, 225), (Size::M, 225), (Size::XL, 690)],
];

fn bank(columns: &[&[(Size, u32)]], from: u32) -> Vec<CompartmentSpec> {
    let mut number = from;
    let mut specs = Vec::new();
    for (column, doors) in columns.iter().enumerate() {
        let mut top = 90 + doors.iter().map(|(_, height)| height).sum::<u32>();
        for (size, height_mm) in *doors {
            top -= height_mm;
            specs.push(CompartmentSpec {
                label: number.to_string(),
                size: *size,
                column: column as u32,
                width_mm: 440,
                height_mm: *height_mm,
                bottom_mm: top,
                occupancy_sensor: false,
                inside_release: false,
            });
            number += 1;
        }
    }
    specs
}

impl Play {
    pub fn new() -> Self {
        let mut play = Self {
            site: Site::default(),
            now: NOON,
            step: 0,
            badge: String::new(),
            secrets: Vec::new(),
            tokens: BTreeMap::new(),
        };
        play.furnish();
        play
    }

    fn furnish(&mut self) {
        self.must(Command::Found { policy: Policy::default() });
        self.must(Command::InstallBank { compartments: bank(&COLUMNS, 1) });
        self.must(Command::InstallBank { compartments: bank(&[&[(Size::M, 225), (Size::L, 455)]], 31) });
        self.must(Command::InstallShelf { label: "B2".into() });
        self.must(Command::NameDropPlace { label: "Lobby table".into() });
        self.must(Command::NameCarrier { name: "UPS".into() });
        self.must(Command::PairKiosk { banks: vec![BankId(1)] });
        self.must(Command::PairKiosk { banks: vec![BankId(2)] });
        let mut changes = Vec::new();
        for (n, keypad) in [(1, "302"), (2, "1202"), (3, "9001")] {
            changes.push(DirectoryChange::AddUnit {
                unit: UnitId(n),
                keypad: KeypadNumber::new(keypad).expect("digits"),
            });
            changes.push(DirectoryChange::BeginTenancy {
                tenancy: TenancyId(n),
                unit: UnitId(n),
                leavers: Leavers::Keep,
            });
        }
        for (person, tenancy) in [(1, 1), (2, 1), (3, 2), (4, 3)] {
            changes.push(DirectoryChange::Join { person: PersonId(person), tenancy: TenancyId(tenancy) });
        }
        self.must(Command::ChangeDirectory { changes });
        for id in self.site.compartments.all.keys().copied().collect::<Vec<_>>() {
            self.see(Observation::DoorSeen { compartment: id, open: false });
        }
        let expires = self.now + Span::days(30);
        self.must(Command::IssueCourierCode {
            carrier: CarrierId(1),
            windows: vec![WeekWindow::ALWAYS],
            expires,
            doors: Vec::new(),
        });
        self.badge = self.secrets.last().cloned().expect("a badge was revealed");
    }

    fn apply(&mut self, input: &Input) -> Result<Answer, Refusal> {
        self.step = self.step.wrapping_add(1);
        self.now = self.now + Span(100);
        let ctx = Context { now: self.now, seed: Seed([self.step; 32]), hasher: &Pepper };
        let decision = self.site.apply(input, &ctx);
        for issued in decision.secrets {
            self.secrets.extend(issued.digits.as_ref().map(|digits| digits.expose().to_owned()));
            self.secrets.push(issued.token.expose().to_owned());
            if let Some(credential) = issued.credential {
                self.tokens.insert(credential, issued.token.expose().to_owned());
            }
        }
        decision.answer
    }

    pub fn ask(&mut self, command: Command) -> Result<Answer, Refusal> {
        self.apply(&Input::Command { actor: Actor::Console, command })
    }

    pub fn must(&mut self, command: Command) -> Answer {
        self.ask(command).unwrap_or_else(|refusal| panic!("{refusal:?}"))
    }

    pub fn see(&mut self, observation: Observation) {
        self.apply(&Input::Observation(observation)).expect("facts are never refused");
    }

    pub fn wait(&mut self, span: Span) {
        self.now = self.now + span;
        self.apply(&Input::Tick).expect("time goes on");
    }

    pub fn log_in(&mut self) -> VisitId {
        self.log_in_at(KIOSK)
    }

    pub fn log_in_at(&mut self, kiosk: KioskId) -> VisitId {
        let proof = Proof::Token(pin::token_hash(&Pepper, &self.badge));
        match self.must(Command::CourierLogIn { kiosk, proof }) {
            Answer::Visit { visit } => visit,
            other => panic!("{other:?}"),
        }
    }

    pub fn deposit(&mut self, visit: VisitId, unit: Option<u32>, size: Size) -> ParcelId {
        self.deposit_of(visit, (unit, None), size)
    }

    pub fn deposit_of(
        &mut self,
        visit: VisitId,
        (unit, class): (Option<u32>, Option<ParcelClass>),
        size: Size,
    ) -> ParcelId {
        let recipient = match unit {
            Some(unit) => RecipientChoice::Household { unit: UnitId(unit), addressee: None },
            None => RecipientChoice::Unknown,
        };
        let words =
            ParcelWords { recipient, size, heavy: false, reach: false, together: None, label: None, class };
        match self.must(Command::Deposit { visit, words }) {
            Answer::Parcel { parcel, .. } => parcel,
            other => panic!("{other:?}"),
        }
    }

    /// The pulse on its way comes to this.
    pub fn pulse(&mut self, outcome: PulseOutcome) {
        let waits = |o: &&opening::Opening| matches!(o.progress, Progress::Pulsed { .. });
        let found = self.site.openings.live.iter().find(|(_, o)| waits(o));
        let (opening, attempt) = found.map(|(id, o)| (*id, o.attempt)).expect("a pulse is on its way");
        self.see(Observation::Pulse { opening, attempt, outcome });
    }

    pub fn opens(&mut self) {
        self.pulse(PulseOutcome::Opened);
    }

    pub fn shut(&mut self) {
        let compartment = *self.site.compartments.open.iter().next().expect("a door is open");
        self.see(Observation::DoorSeen { compartment, open: false });
    }

    pub fn pick_up(&mut self, person: u32) -> VisitId {
        let live = self.site.credentials.pickup.of_person(PersonId(person)).last().copied();
        let token = self.tokens[&live.expect("they were told")].clone();
        let proof = Proof::Token(pin::token_hash(&Pepper, &token));
        match self.must(Command::PickUp { kiosk: KIOSK, proof }) {
            Answer::PickUp { visit, .. } => visit,
            other => panic!("{other:?}"),
        }
    }

    pub fn show(&self, name: &str, draft: Draft) -> Shown {
        let facts = Facts::of(&self.site, self.now, (KIOSK, &draft.next)).expect("the kiosk is paired");
        let visit = facts.courier.as_ref().map(|courier| courier.visit);
        Shown { name: name.to_owned(), facts, draft: Draft { visit, ..draft } }
    }

    /// Every compartment here is taken out of service.
    pub fn fill(&mut self) {
        for compartment in self.site.layout.banks[&BankId(1)].clone() {
            let reason = vocabulary::command::StaffReason::Maintenance;
            let command = Command::SetService { compartment, in_service: false, reason };
            // Those with a parcel inside stay in service; they are full anyway.
            let _ = self.apply(&Input::Command { actor: Actor::Staff(StaffId(1)), command });
        }
    }
}
