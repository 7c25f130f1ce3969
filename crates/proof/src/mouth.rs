//! What is said to the site, kept so that it can be said again after a death, and what the model makes of it.

use crate::model::Model;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::custody::Custodian;
use vestibule_core::directory::Leavers;
use vestibule_core::place::Place;
use vestibule_core::visit::Turn;
use vestibule_core::vocabulary::command::{DirectoryChange, HandOverTo, RecipientChoice};
use vestibule_core::*;
use vestibule_site::handle::Request;
use vestibule_site::rows::Row;
use vestibule_site::writer::Incoming;

/// One thing said to the site.
#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "one lives at a time, and commands are matched through it")]
pub enum Given {
    /// A command under a key, or without one.
    Ask(Actor, Command, Option<String>),
    /// A fact.
    Observe(Observation),
    /// Rows of the message runner.
    Write(Vec<Row>),
    /// Only the time.
    Nothing,
}

impl Given {
    /// As the writer takes it.
    pub fn incoming(&self) -> Vec<Incoming> {
        match self.clone() {
            Self::Ask(actor, command, key) => {
                vec![Incoming::Ask(Box::new(Request::new(actor, command).with_key(key)))]
            }
            Self::Observe(observation) => vec![Incoming::Observe(observation)],
            Self::Write(rows) => vec![Incoming::Write(rows)],
            Self::Nothing => Vec::new(),
        }
    }

    /// For a trace: what, never with which code.
    pub fn name(&self) -> String {
        match self {
            Self::Ask(actor, command, _) => {
                let words = format!("{command:?}");
                format!("{actor} asks {}", words.split(['{', '(']).next().unwrap_or_default().trim())
            }
            Self::Observe(observation) => format!("{observation:?}"),
            Self::Write(rows) => format!("writes {} rows", rows.len()),
            Self::Nothing => "time".to_owned(),
        }
    }
}

/// The model lives what was said, once it is durable, then hears what the site decided where that was a choice. In a test of the
/// wiring somebody stands before the bank.
pub fn tell(model: &mut Model, given: Option<&Given>, (events, is_tested): (&[Event], bool)) {
    match given {
        Some(Given::Ask(actor, command, _)) => commanded(model, (*actor, command), events),
        Some(Given::Observe(_) | Given::Write(_) | Given::Nothing) | None => {}
    }
    for event in events {
        match event {
            Event::CompartmentOpened { compartment, key, .. } => {
                model.opened(*compartment, key.is_some() || is_tested);
            }
            Event::CompartmentClosed { compartment } if model.is_open(*compartment) => {
                model.shut(*compartment)
            }
            Event::CodeMissed { purpose: Purpose::PickUp, .. } => model.missed(),
            _ => {}
        }
        model.hears(event);
    }
}

fn commanded(model: &mut Model, (actor, command): (Actor, &Command), events: &[Event]) {
    let staff = match actor {
        Actor::Staff(staff) => staff,
        _ => StaffId(1),
    };
    match command {
        Command::Deposit { visit, words } => {
            let registered = events.iter().find_map(|event| match event {
                Event::ParcelRegistered { parcel, .. } => Some(*parcel),
                _ => None,
            });
            if let Some(parcel) = registered {
                let said = (words.together.is_some(), words.label);
                model.registered(parcel, *visit, recipient(&words.recipient), said);
            }
        }
        Command::QuickDrop { visit, parcels } => dropped(model, *visit, *parcels, events),
        Command::Shelve { parcel, shelf } if moved(events, *parcel) => {
            model.moves(*parcel, Custodian::Shelf(*shelf));
        }
        Command::CorrectRecipient { parcel, recipient: choice } => {
            let corrected =
                |event: &Event| matches!(event, Event::RecipientCorrected { parcel: p, .. } if p == parcel);
            if events.iter().any(corrected) {
                adopted(model, *parcel, recipient(choice));
            }
        }
        Command::BiggerDoor { visit } => said(model, *visit, Turn::BiggerDoor, events),
        Command::NotLeftHere { visit } => said(model, *visit, Turn::NotLeftHere, events),
        Command::SomethingInside { visit } => said(model, *visit, Turn::SomethingInside, events),
        Command::LeaveInside { visit } => said(model, *visit, Turn::LeaveInside, events),
        Command::NotMine { visit } => said(model, *visit, Turn::NotMine, events),
        Command::WasEmpty { visit } => said(model, *visit, Turn::WasEmpty, events),
        Command::PutElsewhere { parcel, .. } if moved(events, *parcel) => match model.things[parcel].told {
            Some(Place::Shelf(shelf)) => model.put(*parcel, Custodian::Shelf(shelf)),
            Some(Place::TakeBack) => model.put(*parcel, Custodian::Carrier(Some(CarrierId(1)))),
            other => panic!("there is no desk and no drop place: {other:?}"),
        },
        Command::TakeFromShelf { visit, out } if moved(events, out.parcel) => {
            model.took_from_shelf(*visit, out.parcel);
        }
        Command::NotThere(looked) if moved(events, looked.parcel) => {
            model.moves(looked.parcel, Custodian::Missing { last_known: None });
        }
        Command::ResolveCheck { compartment, found } => {
            let checked = |event: &Event| matches!(event, Event::CompartmentChecked { .. });
            if events.iter().any(checked) {
                model.looked_into(*compartment, found);
            }
        }
        Command::AcceptAtDesk { parcel } if moved(events, *parcel) => {
            model.moves(*parcel, Custodian::Staff(staff));
        }
        Command::HandOver { parcels, to: HandOverTo::Person(person) } => {
            for parcel in parcels.iter().filter(|parcel| moved(events, **parcel)) {
                assert!(model.things[parcel].people.contains(person), "{parcel} was handed to a stranger");
                model.moves(*parcel, Custodian::Recipient(*person));
            }
        }
        // A refusal for a full disk records that the disk is full.
        Command::ChangeDirectory { changes } if !events.iter().all(is_about_the_disk) => {
            changes.iter().for_each(|change| directory(model, change, changes));
        }
        _ => {}
    }
}

/// As many as the courier said are known and in their hands, and are one pile.
fn dropped(model: &mut Model, visit: VisitId, asked: u16, events: &[Event]) {
    let piles = events.iter().find_map(|event| match event {
        Event::ParcelsDropped { parcels, .. } => Some(parcels),
        _ => None,
    });
    let Some(pile) = piles else { return };
    let known = events.iter().filter_map(|event| match event {
        Event::ParcelRegistered { parcel, .. } => Some(*parcel),
        _ => None,
    });
    let known: Vec<_> = known.collect();
    assert_eq!(known.len(), usize::from(asked), "I3: {asked} were put down and {known:?} are known");
    assert_eq!(known, *pile, "a pile of {asked}");
    for parcel in known {
        model.registered(parcel, visit, (UnitId(0), None), (false, None));
    }
}

/// Staff know for whom it is: a household, or one of it alone who wants it so.
fn adopted(model: &mut Model, parcel: ParcelId, (unit, addressee): (UnitId, Option<PersonId>)) {
    let household = model.households.get(&unit).cloned().unwrap_or_default();
    let alone = addressee.filter(|person| model.private.contains(person) && household.contains(person));
    let thing = model.things.get_mut(&parcel).expect("a known parcel");
    thing.people = alone.map_or(household, |person| [person].into());
}

fn is_about_the_disk(event: &Event) -> bool {
    use vestibule_core::task::TaskKind::DiskLow;
    matches!(event, Event::DiskLow { .. } | Event::TaskRaised { what: DiskLow, .. })
}

fn moved(events: &[Event], parcel: ParcelId) -> bool {
    let of = |event: &Event| matches!(event, Event::CustodyTransferred { parcel: p, .. } if *p == parcel);
    events.iter().any(of)
}

fn said(model: &mut Model, visit: VisitId, turn: Turn, events: &[Event]) {
    if events.iter().any(|event| matches!(event, Event::Turned { .. })) {
        model.said(visit, turn);
    }
}

fn recipient(choice: &RecipientChoice) -> (UnitId, Option<PersonId>) {
    match choice {
        RecipientChoice::Household { unit, addressee } => (*unit, *addressee),
        RecipientChoice::Unknown => (UnitId(0), None),
    }
}

fn directory(model: &mut Model, change: &DirectoryChange, all: &[DirectoryChange]) {
    match change {
        DirectoryChange::BeginTenancy { unit, leavers, .. } => {
            let gone = model.households.insert(*unit, Default::default()).unwrap_or_default();
            if *leavers == Leavers::Lose {
                model.lost.extend(gone);
            }
        }
        DirectoryChange::Join { person, tenancy } => {
            let begins = all.iter().find_map(|change| match change {
                DirectoryChange::BeginTenancy { tenancy: t, unit, .. } if t == tenancy => Some(*unit),
                _ => None,
            });
            let unit = begins.expect("people join the tenancy that begins with them");
            model.households.entry(unit).or_default().insert(*person);
        }
        DirectoryChange::Share { person, sharing } => {
            if *sharing == Some(vestibule_core::directory::Sharing::Private) {
                model.private.insert(*person);
            }
        }
        DirectoryChange::AddUnit { .. } | DirectoryChange::Leave { .. } => {}
    }
}
