//! Everything one kiosk screen is drawn from, and which face it shows.
//!
//! Owns: the order of faces: what happens at a door comes before what was pressed, a resident before a courier.
//! Never: asks for anything; it is plain data.

use super::draft::{Draft, Mend, Recipient, Stage};
use super::facts::{CourierFacts, DoorStep, Facts, Item, ResidentFacts, Spot};
use super::names::{Names, UnitWords};
use crate::look::Post;
use crate::web::problem;
use crate::web::words::{self, Arg, Language};
use vestibule_core::UnitId;

/// One kiosk at one moment.
#[derive(Debug, Clone)]
pub struct KioskView {
    /// What is true.
    pub facts: Facts,
    /// What was said.
    pub draft: Draft,
    /// What things are called.
    pub names: Names,
    /// In which language.
    pub language: Language,
    /// The token of its forms.
    pub csrf: String,
    /// What the words of a refusal need.
    pub refusal: problem::Facts,
}

/// One face of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Nobody is there.
    Start,
    /// Who helps.
    Help,
    /// A resident gives a code.
    PickUp,
    /// A courier gives a code.
    Deliver,
    /// Its label came today: is it another one?
    Known,
    /// Whose is the next parcel?
    Address,
    /// By name.
    Letters,
    /// One of these?
    Choose,
    /// For whom its label says, and how big?
    Confirm,
    /// The label is for another house: does it stay?
    OtherHouse,
    /// What does the label say?
    NameOnLabel,
    /// How big?
    Size,
    /// How many without a scan?
    Drop,
    /// A door is unlocking.
    Opening,
    /// It does not spring.
    Jammed,
    /// A courier's door is open.
    Deposit,
    /// The parcel goes somewhere else than behind a door.
    Elsewhere,
    /// They came back: is the parcel where they were sent?
    Asked,
    /// Its door cannot open just now.
    Waiting,
    /// The site was restarted in the middle.
    Resting,
    /// This visit's parcels.
    List,
    /// What is wrong with one of them?
    FixWhat,
    /// The code again for it.
    FixCode,
    /// Giving the code again, for one more behind the same door.
    BesideCode,
    /// What was done.
    Summary,
    /// The courier has gone.
    Goodbye,
    /// A resident's door is open.
    Collect,
    /// What else there is for a resident, or that it is all.
    Rest,
}

impl Face {
    /// Its name in ids and classes.
    pub fn key(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Help => "help",
            Self::PickUp => "pick-up",
            Self::Deliver => "deliver",
            Self::Known => "known",
            Self::Address => "address",
            Self::Letters => "letters",
            Self::Choose => "choose",
            Self::Confirm => "confirm",
            Self::OtherHouse => "other-house",
            Self::NameOnLabel => "name-on-label",
            Self::Size => "size",
            Self::Drop => "drop",
            Self::Opening => "opening",
            Self::Jammed => "jammed",
            Self::Deposit => "deposit",
            Self::Elsewhere => "elsewhere",
            Self::Asked => "asked",
            Self::Waiting => "waiting",
            Self::Resting => "resting",
            Self::List => "list",
            Self::FixWhat => "fix-what",
            Self::FixCode => "fix-code",
            Self::BesideCode => "beside-code",
            Self::Summary => "summary",
            Self::Goodbye => "goodbye",
            Self::Collect => "collect",
            Self::Rest => "rest",
        }
    }
}

/// Which face a view shows.
pub fn face(facts: &Facts, draft: &Draft) -> Face {
    if let Some(resident) = &facts.resident {
        return resident_face(resident);
    }
    match (draft.stage, &facts.courier) {
        (Stage::PickUp, _) => Face::PickUp,
        (Stage::Help, _) => Face::Help,
        (_, Some(courier)) => courier_face(courier, draft),
        (Stage::Deliver, None) => Face::Deliver,
        (_, None) if draft.goodbye.is_some() => Face::Goodbye,
        (_, None) => Face::Start,
    }
}

fn resident_face(resident: &ResidentFacts) -> Face {
    match resident.door.as_ref().map(|door| door.step) {
        Some(DoorStep::Opening) => Face::Opening,
        Some(DoorStep::Jammed(_)) => Face::Jammed,
        Some(DoorStep::Open) => Face::Collect,
        None if resident.resting => Face::Resting,
        None => Face::Rest,
    }
}

fn courier_face(courier: &CourierFacts, draft: &Draft) -> Face {
    match courier.door.as_ref().map(|door| door.step) {
        Some(DoorStep::Opening) => return Face::Opening,
        Some(DoorStep::Jammed(_)) => return Face::Jammed,
        Some(DoorStep::Open) | None => {}
    }
    if courier.resting {
        return Face::Resting;
    }
    if courier.guest {
        return guest_face(courier);
    }
    match draft.stage {
        Stage::Known if draft.next.known.is_some() => return Face::Known,
        Stage::Address if !courier.hands_full() => return Face::Address,
        Stage::Letters => return Face::Letters,
        Stage::Drop if courier.in_hand.is_empty() => return Face::Drop,
        Stage::Choose => return Face::Choose,
        Stage::NameOnLabel => return Face::NameOnLabel,
        Stage::OtherHouse if draft.next.reading.asks_whether_here() => return Face::OtherHouse,
        Stage::Size if draft.next.is_suggested() => return Face::Confirm,
        Stage::Size if draft.next.recipient.is_some() => return Face::Size,
        Stage::BesideCode if draft.next.recipient.is_some() => return Face::BesideCode,
        Stage::List => return Face::List,
        Stage::FixWhat if draft.mend.is_some() => return Face::FixWhat,
        Stage::FixCode if draft.mend.is_some() => return Face::FixCode,
        Stage::Summary => return Face::Summary,
        Stage::Asked if draft.asked_about(courier).is_some() => return Face::Asked,
        Stage::Known | Stage::Address | Stage::OtherHouse | Stage::Size | Stage::BesideCode => {}
        Stage::Drop => {}
        Stage::FixWhat | Stage::FixCode => {}
        Stage::Start | Stage::PickUp | Stage::Deliver | Stage::Help | Stage::Asked => {}
    }
    let asked = !courier.asked.is_empty() && draft.stage != Stage::Address;
    place_face(courier).unwrap_or(if asked { Face::Asked } else { Face::Address })
}

/// Where the parcel in hand goes.
fn place_face(courier: &CourierFacts) -> Option<Face> {
    if courier.door.is_some() {
        return Some(Face::Deposit);
    }
    match courier.in_hand.first().and_then(|item| item.spot.as_ref())? {
        Spot::Door(_) => Some(Face::Waiting),
        Spot::Shelf(_) | Spot::Desk | Spot::Area(_) | Spot::TakeBack => Some(Face::Elsewhere),
    }
}

/// Who has no code says how many parcels they brought, is shown where they go, and is done; or is asked for what they had on its way.
fn guest_face(courier: &CourierFacts) -> Face {
    let counted = match (courier.asked.is_empty(), courier.done.is_empty()) {
        (false, _) => Face::Asked,
        (true, true) => Face::Drop,
        (true, false) => Face::Summary,
    };
    place_face(courier).unwrap_or(counted)
}

impl KioskView {
    /// Which face it shows.
    pub fn face(&self) -> Face {
        face(&self.facts, &self.draft)
    }

    /// A text of the kiosk.
    pub fn say(&self, key: &str) -> String {
        self.t(key, &[])
    }

    /// A text of the kiosk with variables.
    pub fn t(&self, key: &str, args: &[(&'static str, Arg<'_>)]) -> String {
        words::t(self.language, &format!("kiosk-{key}"), args)
    }

    /// A text with one variable, `what`.
    pub fn of(&self, key: &str, what: &str) -> String {
        self.t(key, &[("what", Arg::Text(what))])
    }

    /// A post whose answer is the next screen.
    pub fn post<'a>(&'a self, url: &'a str) -> Post<'a> {
        Post::screen(url, &self.csrf)
    }

    /// An apartment: `3B`, or `3B, North` where there are several buildings.
    pub fn unit(&self, unit: UnitId) -> String {
        match self.names.units.get(&unit) {
            Some(UnitWords { building, label, .. }) if building.is_empty() => label.clone(),
            Some(UnitWords { building, label, .. }) => format!("{label}, {building}"),
            None => self.say("some-apartment"),
        }
    }

    /// For whom a chosen recipient is, on one line.
    pub fn recipient(&self, recipient: &Recipient) -> String {
        match recipient {
            Recipient::Unknown => self.say("staff-will-find-out"),
            Recipient::Household { unit, addressee, .. } => {
                let people = match addressee {
                    Some(person) => self.names.people.get(person).cloned().into_iter().collect(),
                    None => self.names.units.get(unit).map(|words| words.people.clone()).unwrap_or_default(),
                };
                self.unit_and(&self.unit(*unit), &people)
            }
        }
    }

    fn unit_and(&self, unit: &str, people: &[String]) -> String {
        let unit = self.of("apartment", unit);
        match people {
            [] => unit,
            [one] => format!("{unit} · {one}"),
            [one, two] => format!("{unit} · {one}, {two}"),
            [one, two, ..] => format!("{unit} · {one}, {two} …"),
        }
    }

    /// For whom a parcel of the visit is.
    pub fn item(&self, item: &Item) -> String {
        let Some(unit) = item.unit else { return self.say("staff-will-find-out") };
        let alone = item.alone.and_then(|person| self.names.people.get(&person).cloned());
        self.unit_and(&self.unit(unit), alone.as_slice())
    }

    /// A place in words: `door 14`, `shelf B2`, `the desk`.
    pub fn spot(&self, spot: &Spot) -> String {
        match spot {
            Spot::Door(label) => self.of("spot-door", label),
            Spot::Shelf(label) => self.of("spot-shelf", label),
            Spot::Desk => self.say("spot-desk"),
            Spot::Area(label) => label.clone(),
            Spot::TakeBack => self.say("spot-take-back"),
        }
    }

    /// The parcel that the screen asks about: the one they scanned again, or the first.
    pub fn asked(&self) -> Option<&Item> {
        let courier = self.facts.courier.as_ref()?;
        self.draft.asked_about(courier).or(courier.asked.first())
    }

    /// What an earlier parcel is to be put right about.
    pub fn mended(&self) -> Option<(&Item, &Mend)> {
        let (parcel, mend) = self.draft.mend.as_ref()?;
        let item = self.facts.courier.as_ref()?.done.iter().find(|item| item.parcel == *parcel)?;
        Some((item, mend))
    }

    /// The door of the visit in front.
    pub fn door(&self) -> Option<&super::facts::Door> {
        match &self.facts.resident {
            Some(resident) => resident.door.as_ref(),
            None => self.facts.courier.as_ref()?.door.as_ref(),
        }
    }
}
