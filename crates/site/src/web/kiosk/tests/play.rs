//! A small building played through, and every screen its kiosk comes to on the way: for looking at, and for the tests.
//!
//! Shared by the tests and the example `kiosk_gallery`; the includer names the kiosk module `kiosk`.

use super::kiosk::draft::{Candidate, Comfort, Draft, Known, Mend, Next, Recipient, Said, Stage, Trouble};
use super::kiosk::facts::{Facts, Spot, Tally};
use super::kiosk::names::{Help, Names, UnitWords};
use std::collections::BTreeMap;
use vestibule_core::code::{CodeHash, CodeHasher, Seed, pin};
use vestibule_core::custody::class::ParcelClass::{self, Medicine, Signature};
use vestibule_core::directory::{KeypadNumber, Leavers};
use vestibule_core::opening::Progress;
use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::policy::Policy;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{CheckOut, DirectoryChange, DrawnRoom, DrawnShelf};
use vestibule_core::vocabulary::command::{LookedFor, ParcelWords, Proof, RecipientChoice};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;
use vestibule_intake::evidence::Confirmed;

pub const KIOSK: KioskId = KioskId(1);
const AFAR: KioskId = KioskId(2);
/// A Monday, 14:02 by the building's clock.
const NOON: Timestamp = Timestamp(1_795_438_800_000);
/// Secrets and whole names that may never be on a screen.
pub const GIVEN_NAMES: [&str; 4] = ["Maria", "Joaquin", "Rosalind", "Greta"];

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

/// A screen to be.
pub struct Shown {
    pub name: String,
    pub facts: Facts,
    pub draft: Draft,
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

    fn see(&mut self, observation: Observation) {
        self.apply(&Input::Observation(observation)).expect("facts are never refused");
    }

    pub fn wait(&mut self, span: Span) {
        self.now = self.now + span;
        self.apply(&Input::Tick).expect("time goes on");
    }

    pub fn log_in(&mut self) -> VisitId {
        let proof = Proof::Token(pin::token_hash(&Pepper, &self.badge));
        match self.must(Command::CourierLogIn { kiosk: KIOSK, proof }) {
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

/// What the building calls things.
pub fn names() -> Names {
    let unit = |label: &str, building: &str, people: &[&str]| UnitWords {
        building: building.into(),
        label: label.into(),
        people: people.iter().map(|name| (*name).to_owned()).collect(),
    };
    Names {
        site: "Maple Court".into(),
        units: BTreeMap::from([
            (UnitId(1), unit("3B", "North", &["M. Alvarez", "J. Alvarez"])),
            (UnitId(2), unit("12B", "South", &["R. Okonkwo"])),
            (UnitId(3), unit("PH-1", "South", &[])),
        ]),
        people: BTreeMap::from([
            (PersonId(1), "M. Alvarez".into()),
            (PersonId(2), "J. Alvarez".into()),
            (PersonId(3), "R. Okonkwo".into()),
        ]),
        banks: BTreeMap::from([
            (BankId(1), ("Lobby lockers".into(), "North".into())),
            (BankId(2), ("Mail room".into(), "South".into())),
        ]),
        help: Help { phone: Some("(555) 010-0142".into()), who: "front desk, until 20:00".into() },
        px_per_mm: 4,
        camera: false,
        languages: vestibule_notices::Language::ALL.to_vec(),
    }
}

fn household(unit: u32) -> Recipient {
    Recipient::Household { unit: UnitId(unit), addressee: None, reach: false }
}

fn at(stage: Stage) -> Draft {
    Draft { stage, ..Draft::default() }
}

fn said(stage: Stage, said: Said) -> Draft {
    Draft { stage, said: Some(said), ..Draft::default() }
}

fn known(door: Option<&str>) -> Option<Known> {
    Some(Known { spot: door.map(|door| Spot::Door(door.to_owned())) })
}

fn scanned() -> Next {
    Next { tracking: Some("1Z999AA10123456784".into()), carrier: Some("UPS"), ..Next::default() }
}

/// A label that was looked up, with what must be seen.
fn flagged(flags: &str) -> super::kiosk::draft::Reading {
    let guess = format!(r#"{{"guess":{{"decision":"ask","offered":[],"flags":{flags}}}}}"#);
    serde_json::from_str(&guess).expect("a reading")
}

/// A label whose recipient was filled in.
fn suggested(unit: u32, candidates: Vec<Candidate>, flags: &str) -> Next {
    let addressee = (unit == 1).then_some(PersonId(1));
    Next {
        recipient: Some(Recipient::Household { unit: UnitId(unit), addressee, reach: false }),
        addressed_to: Some("ALVAREZ M".into()),
        candidates,
        reading: flagged(flags),
        way: Some(Confirmed::Suggested),
        ..scanned()
    }
}

/// A label for the house next door.
fn of_another_house() -> Next {
    let elsewhere = r#"{"elsewhere":{"said":"10001 Main St 12","here":"5 Lake Street"}}"#;
    Next { reading: serde_json::from_str(elsewhere).expect("a reading"), ..scanned() }
}

/// Every screen.
pub fn shown() -> Vec<Shown> {
    let mut all = entrance();
    all.extend(describing());
    all.extend(doors());
    all.extend(elsewhere());
    all.extend(mending());
    all.extend(collecting());
    all
}

fn entrance() -> Vec<Shown> {
    let mut play = Play::new();
    let mut all = vec![
        play.show("start", at(Stage::Start)),
        play.show(
            "start-ease",
            Draft { comfort: Comfort { ease: true, ..Comfort::default() }, ..at(Stage::Start) },
        ),
        play.show("start-scan", said(Stage::Start, Said::Trouble(Trouble::OtherBuilding))),
        play.show("help", at(Stage::Help)),
        play.show("pick-up", at(Stage::PickUp)),
        play.show("pick-up-typo", said(Stage::PickUp, Said::Refused(Refusal::Mistyped))),
        play.show("pick-up-nothing", said(Stage::PickUp, Said::Refused(Refusal::NothingWaits))),
        play.show("deliver", at(Stage::Deliver)),
        play.show(
            "deliver-paused",
            said(Stage::Deliver, Said::Refused(Refusal::KioskPaused { until: NOON + Span::minutes(4) })),
        ),
    ];
    let visit = play.log_in();
    play.deposit(visit, Some(1), Size::M);
    play.opens();
    play.wait(Span::seconds(70));
    play.wait(Span::minutes(59));
    all.push(play.show("start-left-open", at(Stage::Start)));
    all
}

fn describing() -> Vec<Shown> {
    let mut play = Play::new();
    let visit = play.log_in();
    let mut all = vec![play.show("address", at(Stage::Start))];
    play.deposit(visit, Some(1), Size::M);
    play.opens();
    let last = Some((household(1), Size::M));
    let with_door = |stage, next| Draft { stage, next, last: last.clone(), ..Draft::default() };
    all.push(play.show("address-ahead", with_door(Stage::Address, scanned())));
    all.push(
        play.show("size-ahead", with_door(Stage::Size, Next { recipient: Some(household(2)), ..scanned() })),
    );
    play.shut();
    let found = vec![
        Candidate { unit: UnitId(1), person: Some(PersonId(1)), reach: false },
        Candidate { unit: UnitId(1), person: Some(PersonId(2)), reach: false },
    ];
    let twins = vec![
        Candidate { unit: UnitId(1), person: None, reach: false },
        Candidate { unit: UnitId(2), person: None, reach: false },
    ];
    all.extend([
        play.show("address-after", with_door(Stage::Start, Next::default())),
        play.show("address-scanned", with_door(Stage::Address, scanned())),
        play.show(
            "address-unknown",
            Draft {
                said: Some(Said::Trouble(Trouble::NoSuchApartment)),
                ..with_door(Stage::Address, scanned())
            },
        ),
        play.show("known", with_door(Stage::Known, Next { known: known(Some("12")), ..scanned() })),
        play.show("known-gone", with_door(Stage::Known, Next { known: known(None), ..scanned() })),
        play.show("letters", with_door(Stage::Letters, scanned())),
        play.show("choose", with_door(Stage::Choose, Next { candidates: found, ..scanned() })),
        play.show(
            "choose-building",
            with_door(Stage::Choose, Next { candidates: twins, more: true, ..scanned() }),
        ),
        play.show("confirm", with_door(Stage::Size, suggested(1, Vec::new(), "[]"))),
        play.show(
            "confirm-others",
            with_door(
                Stage::Size,
                suggested(
                    2,
                    vec![
                        Candidate { unit: UnitId(1), person: Some(PersonId(2)), reach: false },
                        Candidate { unit: UnitId(3), person: None, reach: false },
                    ],
                    r#"[{"looks_like":["12"]}]"#,
                ),
            ),
        ),
        play.show("other-house", with_door(Stage::OtherHouse, of_another_house())),
        play.show(
            "address-moved-out",
            with_door(Stage::Address, Next { reading: flagged(r#"["moved_out"]"#), ..scanned() }),
        ),
        play.show("name-on-label", with_door(Stage::NameOnLabel, scanned())),
        play.show(
            "size",
            with_door(Stage::Size, Next { recipient: Some(household(1)), heavy: true, ..scanned() }),
        ),
        play.show("drop", Draft { stage: Stage::Drop, ..Draft::default() }),
        play.show(
            "size-class",
            with_door(
                Stage::Size,
                Next { recipient: Some(household(1)), class: Some(Signature), ..scanned() },
            ),
        ),
        play.show(
            "beside-code",
            with_door(Stage::BesideCode, Next { recipient: Some(household(1)), ..scanned() }),
        ),
    ]);
    play.fill();
    all.push(
        play.show("size-full", with_door(Stage::Size, Next { recipient: Some(household(2)), ..scanned() })),
    );
    all
}

fn doors() -> Vec<Shown> {
    let mut play = Play::new();
    let visit = play.log_in();
    play.deposit(visit, Some(1), Size::S);
    let mut all = vec![play.show("opening", at(Stage::Start))];
    play.pulse(PulseOutcome::StillClosed);
    all.push(play.show("jammed", at(Stage::Start)));
    play.wait(Span::seconds(2));
    play.opens();
    all.push(play.show("deposit", at(Stage::Start)));
    play.must(Command::BiggerDoor { visit });
    all.push(play.show("deposit-bigger", at(Stage::Start)));
    play.shut();
    play.opens();
    play.deposit(visit, Some(2), Size::M);
    all.push(play.show("deposit-queued", at(Stage::Start)));
    play.must(Command::SomethingInside { visit });
    all.push(play.show("deposit-inside", at(Stage::Start)));
    play.wait(Span::seconds(25));
    play.must(Command::Continue { visit });
    play.wait(Span::seconds(25));
    play.must(Command::Continue { visit });
    play.wait(Span::seconds(12));
    all.push(play.show("deposit-held", at(Stage::Start)));
    let mut restarted = Play::new();
    let visit = restarted.log_in();
    restarted.deposit(visit, Some(1), Size::S);
    restarted.see(Observation::Started { boot: 2 });
    all.push(restarted.show("resting", at(Stage::Start)));
    all
}

fn elsewhere() -> Vec<Shown> {
    let mut play = Play::new();
    play.fill();
    let visit = play.log_in();
    let parcel = play.deposit(visit, Some(1), Size::M);
    let mut all = vec![play.show("elsewhere-shelf", at(Stage::Start))];
    play.must(Command::PutElsewhere { visit, parcel });
    for (name, place) in [
        ("elsewhere-desk", place::Place::Desk),
        ("elsewhere-area", place::Place::Area(AreaId(1))),
        ("elsewhere-take-back", place::Place::TakeBack),
        ("waiting", place::Place::Compartment(CompartmentId(3))),
    ] {
        let mut there = Play::new();
        there.fill();
        let visit = there.log_in();
        let parcel = there.deposit(visit, Some(1), Size::M);
        there.site.evolve(&Event::PlacePlanned { parcel, place }, there.now);
        all.push(there.show(name, at(Stage::Start)));
    }
    for (name, class, hours) in
        [("elsewhere-sign", Signature, vec![WeekWindow::ALWAYS]), ("elsewhere-keep", Medicine, Vec::new())]
    {
        let mut there = Play::new();
        there.fill();
        there.must(Command::SetDeskHours { hours });
        let visit = there.log_in();
        there.deposit_of(visit, (Some(1), Some(class)), Size::M);
        all.push(there.show(name, at(Stage::Start)));
    }
    all
}

/// A parcel whose size is asked where neither a door nor a shelf is in sight.
pub fn without_doors() -> Shown {
    let mut play = Play::new();
    play.must(Command::SetKioskBanks { kiosk: KIOSK, banks: Vec::new() });
    play.site.layout.shelves.clear();
    play.log_in();
    let next = Next { recipient: Some(household(1)), ..Next::default() };
    play.show("size-without-doors", Draft { next, ..at(Stage::Size) })
}

/// A room whose lower and upper apartments have a spot each.
fn zoned_room() -> DrawnRoom {
    use vestibule_core::place::room::{RoomPlan, RoomZone, ShelfPlace, Spot as Stands, ZoneFor};
    let zone = |label: &str, from, to| RoomZone { label: label.into(), suits: ZoneFor::Keypads { from, to } };
    let shelf = |label: &str, left_mm, zone| {
        let spot = Stands::Floor { left_mm, top_mm: 0, width_mm: 500, depth_mm: 500 };
        DrawnShelf { label: label.into(), place: ShelfPlace { spot, zone: Some(zone) } }
    };
    let plan = RoomPlan {
        label: "Package room".into(),
        door: None,
        door_mm: 1_000,
        width_mm: 3_000,
        depth_mm: 2_000,
        racks: Vec::new(),
        zones: vec![zone("Lower", 1, 999), zone("Upper", 1_000, 8_999)],
    };
    DrawnRoom { room: None, was: 0, plan, shelves: vec![shelf("Z1", 0, 0), shelf("Z2", 1_000, 1)] }
}

/// Where all doors are taken and each apartment has its zone, the sizes of a parcel for 1202; and the shelf it is sent to then.
pub fn in_zones() -> (Shown, String) {
    let mut play = Play::new();
    play.fill();
    play.must(Command::DrawRoom(zoned_room()));
    let visit = play.log_in();
    let next = Next { recipient: Some(household(2)), ..Next::default() };
    let shown = play.show("size-zones", Draft { next, ..at(Stage::Size) });
    let parcel = play.deposit(visit, Some(2), Size::M);
    let Some(place::Place::Shelf(shelf)) = play.site.custody.get(parcel).and_then(|known| known.planned)
    else {
        panic!("a shelf")
    };
    (shown, play.site.layout.shelves[&shelf].clone())
}

fn mending() -> Vec<Shown> {
    let mut play = Play::new();
    let visit = play.log_in();
    let mut parcels = Vec::new();
    for (unit, size) in
        [(Some(1), Size::S), (Some(2), Size::M), (None, Size::M), (Some(3), Size::L), (Some(1), Size::M)]
    {
        parcels.push(play.deposit(visit, unit, size));
        play.opens();
        play.shut();
    }
    play.fill();
    let shelved = play.deposit(visit, Some(2), Size::XL);
    play.must(Command::PutElsewhere { visit, parcel: shelved });
    let mend = |stage, mend| Draft { mend: Some((parcels[1], mend)), ..at(stage) };
    let done = play.show("summary", at(Stage::Summary));
    let tally = Tally::of(&done.facts.courier.as_ref().expect("a courier").done);
    let mut all = vec![
        play.show("list", at(Stage::List)),
        play.show("fix-what", mend(Stage::FixWhat, Mend::Open)),
        play.show("fix-address", mend(Stage::Address, Mend::Readdress(None))),
        play.show("fix-code", mend(Stage::FixCode, Mend::Readdress(Some(household(3))))),
        done,
    ];
    play.must(Command::Finish { visit });
    all.push(play.show("goodbye", Draft { goodbye: Some(tally), ..at(Stage::Start) }));
    all
}

fn collecting() -> Vec<Shown> {
    let mut play = Play::new();
    let visit = play.log_in();
    for (unit, size) in [(1, Size::S), (1, Size::L), (2, Size::M)] {
        play.deposit(visit, Some(unit), size);
        play.opens();
        play.shut();
    }
    play.fill();
    let shelved = play.deposit(visit, Some(1), Size::M);
    play.must(Command::PutElsewhere { visit, parcel: shelved });
    play.must(Command::Finish { visit });
    let resident = play.pick_up(1);
    let mut all = vec![play.show("collect-opening", at(Stage::Start))];
    play.opens();
    all.push(play.show("collect", at(Stage::Start)));
    play.must(Command::NotMine { visit: resident });
    all.push(play.show("collect-not-mine", at(Stage::Start)));
    play.shut();
    play.opens();
    all.push(play.show("collect-last", at(Stage::Start)));
    play.shut();
    all.push(play.show("rest-shelf", at(Stage::Start)));
    play.must(Command::NotThere(LookedFor { parcel: shelved, visit: Some(resident) }));
    all.push(play.show("rest-missed", at(Stage::Start)));
    play.must(Command::TakeFromShelf { visit: resident, out: CheckOut::by_tap(shelved) });
    all.push(play.show("rest-done", at(Stage::Start)));
    let compartment = *play.site.graces.keys().next().expect("a grace");
    play.must(Command::Reopen { visit: resident, compartment });
    play.opens();
    all.push(play.show("collect-again", at(Stage::Start)));
    play.shut();
    play.must(Command::Finish { visit: resident });
    play.pick_up(3);
    for _ in 0..3 {
        play.pulse(PulseOutcome::StillClosed);
        play.wait(Span::seconds(2));
    }
    all.push(play.show("rest-stuck", at(Stage::Start)));
    all.push(far_away());
    all
}

/// One parcel behind a door of the other bank.
fn far_away() -> Shown {
    let mut play = Play::new();
    let proof = Proof::Token(pin::token_hash(&Pepper, &play.badge));
    let Answer::Visit { visit } = play.must(Command::CourierLogIn { kiosk: AFAR, proof }) else {
        panic!("a visit")
    };
    play.deposit(visit, Some(1), Size::M);
    play.opens();
    play.shut();
    play.must(Command::Finish { visit });
    play.pick_up(1);
    play.show("rest-elsewhere", at(Stage::Start))
}
