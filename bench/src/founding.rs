//! Makes the measured site: banks, kiosks, households, couriers; and a past, played through the real writer.
//!
//! Owns: a writer driven by hand with a clock of its own. The site that is then measured opens the same folder.

use crate::wire::LOCKS;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::sync::Arc;
use vestibule_core::code::token::SiteTag;
use vestibule_core::directory::{KeypadNumber, Leavers};
use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::policy::Policy;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::DirectoryChange;
use vestibule_core::{
    Actor, Answer, BankId, CarrierId, Command, CompartmentId, KioskId, Observation, PersonId, Span, StaffId,
    TenancyId, Timestamp, UnitId,
};
use vestibule_ledger::SiteKey;
use vestibule_site::clock::Moment;
use vestibule_site::handle::{Outcome, Request, Revealed};
use vestibule_site::keys::Keys;
use vestibule_site::rows::Row;
use vestibule_site::store::{DurableIntent, StoreOptions};
use vestibule_site::writer::{Incoming, Stepped, Writer};

/// Deposits of one courier visit, each for another household.
pub const DEPOSITS_A_VISIT: usize = 10;
/// So many openings a minute and bank that the breaker never trips: said in the output.
pub const BREAKER_RAISED_TO: u32 = 1_000_000;

/// One kiosk with its bank, its households and its courier.
#[derive(Clone)]
pub struct Station {
    pub kiosk: KioskId,
    pub bank: BankId,
    pub first_compartment: CompartmentId,
    /// The kiosk's pairing token.
    pub token: String,
    /// The courier's badge.
    pub badge: String,
    pub households: Vec<Household>,
}

/// One unit with one person.
#[derive(Clone)]
pub struct Household {
    pub unit: UnitId,
    pub person: PersonId,
    pub keypad: String,
}

/// A site in a folder that nobody else has open.
pub struct Founding {
    pub writer: Writer,
    pub keys: Arc<Keys>,
    pub options: StoreOptions,
    pub stations: Vec<Station>,
    pub tag: SiteTag,
    pub moment: Moment,
}

/// Where a site is stored.
pub fn options(folder: &Path) -> StoreOptions {
    StoreOptions::in_folder(folder, SiteKey::new("bench").expect("a short word is a key"))
}

impl Founding {
    /// A new site of so many kiosks, each with a bank of its own.
    pub fn new(folder: &Path, kiosks: u32, at: Timestamp) -> Result<Self> {
        let (keys, options) = (Arc::new(Keys::generate()), options(folder));
        let moment = Moment { wall: at, monotonic_ms: 1_000 };
        let (writer, _) = Writer::open(options.clone(), Arc::clone(&keys), moment)?;
        let tag = SiteTag::try_from("00".to_owned()).map_err(anyhow::Error::msg)?;
        let mut site = Self { writer, keys, options, stations: Vec::new(), tag, moment };
        let policy = Policy { breaker_per_minute: BREAKER_RAISED_TO, ..Policy::default() };
        site.ask(Command::Found { policy })?;
        site.tag = site.writer.site().tag.context("a founded site has a tag")?;
        site.own()?;
        site.ask(Command::NameCarrier { name: "Bench Express".to_owned() })?;
        for number in 0..kiosks {
            let station = site.station(number)?;
            site.stations.push(station);
        }
        Ok(site)
    }

    /// An owner, so that the pages are open.
    fn own(&mut self) -> Result<()> {
        let staff = StaffId(1);
        let row = |(email, name): (&str, &str)| Row::Staff {
            staff,
            email: email.to_owned(),
            name: name.to_owned(),
            role: "owner".to_owned(),
        };
        let rows = vec![
            row(("owner@bench.example", "Owner")),
            Row::StaffPassword { staff, password: "!".to_owned() },
        ];
        self.step(vec![Incoming::Write(rows)]).map(drop)
    }

    fn station(&mut self, number: u32) -> Result<Station> {
        let compartments = (0..u32::from(LOCKS)).map(|lock| compartment(number, lock)).collect();
        let bank = match self.ask(Command::InstallBank { compartments })?.answer {
            Ok(Answer::Bank(bank)) => bank,
            other => bail!("a bank was expected: {other:?}"),
        };
        let first_compartment = self.writer.site().layout.banks[&bank][0];
        let paired = self.ask(Command::PairKiosk { banks: vec![bank] })?;
        let kiosk = match paired.answer {
            Ok(Answer::Kiosk(kiosk)) => kiosk,
            other => bail!("a kiosk was expected: {other:?}"),
        };
        let issued = self.ask(Command::IssueCourierCode {
            carrier: CarrierId(1),
            windows: vec![WeekWindow::ALWAYS],
            expires: self.moment.wall + Span::days(3_650),
            doors: Vec::new(),
        })?;
        let token = |revealed: Vec<Revealed>| -> Result<String> {
            Ok(revealed.first().context("a token is shown once")?.token.expose().to_owned())
        };
        let households = self.households(number)?;
        self.shut_doors(first_compartment)?;
        let (token, badge) = (token(paired.revealed)?, token(issued.revealed)?);
        Ok(Station { kiosk, bank, first_compartment, token, badge, households })
    }

    fn households(&mut self, number: u32) -> Result<Vec<Household>> {
        let first = number * DEPOSITS_A_VISIT as u32 + 1;
        let households: Vec<_> = (first..first + DEPOSITS_A_VISIT as u32)
            .map(|n| Household { unit: UnitId(n), person: PersonId(n), keypad: (1_000 + n).to_string() })
            .collect();
        let changes = households.iter().flat_map(|household| {
            let (unit, tenancy) = (household.unit, TenancyId(household.unit.0));
            let keypad = KeypadNumber::new(&household.keypad).expect("four digits");
            [
                DirectoryChange::AddUnit { unit, keypad },
                DirectoryChange::BeginTenancy { tenancy, unit, leavers: Leavers::Keep },
                DirectoryChange::Join { person: household.person, tenancy },
            ]
        });
        self.ask(Command::ChangeDirectory { changes: changes.collect() })?;
        let rows = households.iter().flat_map(directory_rows).collect();
        self.step(vec![Incoming::Write(rows)])?;
        Ok(households)
    }

    fn shut_doors(&mut self, first: CompartmentId) -> Result<()> {
        let shut =
            |n| Incoming::Observe(Observation::DoorSeen { compartment: CompartmentId(n), open: false });
        self.step((first.0..first.0 + u32::from(LOCKS)).map(shut).collect()).map(drop)
    }

    /// Time goes on.
    pub fn wait(&mut self, span: Span) {
        self.moment.wall = self.moment.wall + span;
        self.moment.monotonic_ms += u64::try_from(span.0).unwrap_or(0);
    }

    /// One transaction, a hundredth of a second later.
    pub fn step(&mut self, inputs: Vec<Incoming>) -> Result<Stepped> {
        self.wait(Span(10));
        Ok(self.writer.step(inputs, self.moment)?)
    }

    fn ask(&mut self, command: Command) -> Result<Outcome> {
        let mut stepped = self.step(vec![Incoming::Ask(Box::new(Request::new(Actor::Console, command)))])?;
        let outcome = stepped.outcomes.remove(0);
        match outcome.answer {
            Err(refusal) => bail!("the bench's site was refused: {refusal:?}"),
            Ok(_) => Ok(outcome),
        }
    }

    /// Every request granted, in one transaction; the answers, and the pulses they authorise.
    pub fn ask_all(&mut self, requests: Vec<Request>) -> Result<(Vec<Answer>, Vec<DurableIntent>)> {
        let stepped =
            self.step(requests.into_iter().map(|request| Incoming::Ask(Box::new(request))).collect())?;
        let answers = stepped.outcomes.into_iter().map(|outcome| outcome.answer);
        let answers =
            answers.collect::<Result<Vec<_>, _>>().map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
        Ok((answers, stepped.intents))
    }
}

fn compartment(bank: u32, lock: u32) -> CompartmentSpec {
    CompartmentSpec {
        label: format!("{}-{}", bank + 1, lock + 1),
        size: if lock % 4 == 3 { Size::M } else { Size::S },
        column: lock / 8,
        width_mm: 400,
        height_mm: 220,
        bottom_mm: 100 + 220 * (lock % 8),
        occupancy_sensor: false,
        inside_release: false,
    }
}

fn directory_rows(household: &Household) -> [Row; 2] {
    let (unit, number) = (household.unit, household.unit.0);
    let person = vestibule_site::rows::PersonRow {
        person: household.person,
        tenancy: TenancyId(number),
        unit,
        first_name: "Ada".to_owned(),
        last_name: format!("Bench{number}"),
        folded: format!("ada bench{number}"),
        email: Some(format!("resident{number}@bench.example")),
        phone: None,
        language: "en".to_owned(),
        external_id: None,
        reach: false,
        hidden: false,
    };
    let label = format!("{number}");
    let unit = Row::Unit {
        unit,
        building: "A".to_owned(),
        folded: label.clone(),
        label,
        keypad: household.keypad.clone(),
    };
    [unit, Row::Person(Box::new(person))]
}
