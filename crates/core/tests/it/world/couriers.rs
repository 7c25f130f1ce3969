//! Couriers: how they come, what they bring and where they put it.

use super::{Code, K1, PEOPLE, STAFF, World, person, unit};
use vestibule_core::custody::Custodian;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::time::WeekWindow;
use vestibule_core::visit::Visitor;
use vestibule_core::visit::deposit::{self, Described};
use vestibule_core::vocabulary::command::{ParcelWords, Proof, RecipientChoice};
use vestibule_core::*;

impl World {
    pub fn issue_courier(&mut self, carrier: u32, windows: Vec<WeekWindow>, expires: Timestamp) -> Code {
        let carrier = CarrierId(carrier);
        self.ok(STAFF, Command::IssueCourierCode { carrier, windows, expires, doors: vec![] });
        let code = self.revealed.take().unwrap();
        self.couriers.push(code.clone());
        code
    }

    pub fn ups(&mut self) -> Code {
        self.issue_courier(1, vec![WeekWindow::ALWAYS], self.now + Span::days(365))
    }

    pub fn log_in(&mut self, kiosk: KioskId, code: &Code) -> Result<VisitId, Refusal> {
        match self.ask(Actor::Kiosk(kiosk), Command::CourierLogIn { kiosk, proof: code.scanned() })? {
            Answer::Visit { visit } => Ok(visit),
            other => panic!("{other:?}"),
        }
    }

    pub fn courier(&mut self) -> VisitId {
        let code = self.ups();
        self.log_in(K1, &code).unwrap()
    }

    pub fn words(number: &str, size: Size) -> ParcelWords {
        let recipient = if number == "?" {
            RecipientChoice::Unknown
        } else {
            RecipientChoice::Household { unit: unit(number), addressee: None }
        };
        ParcelWords { recipient, size, heavy: false, reach: false, together: None, label: None, class: None }
    }

    /// The code a courier came with, given again.
    pub fn code_of_visit(&self, visit: VisitId) -> Proof {
        let Visitor::Courier { credential, .. } = self.site.visits.live[&visit].visitor else {
            panic!("{visit} is no courier's")
        };
        self.couriers.iter().find(|code| code.credential == Some(credential)).unwrap().scanned()
    }

    /// Words for one person of a unit.
    pub fn words_for(name: &str) -> ParcelWords {
        let number = PEOPLE.iter().find(|p| p.1 == name).unwrap().0;
        let recipient = RecipientChoice::Household { unit: unit(number), addressee: Some(person(name)) };
        ParcelWords { recipient, ..Self::words(number, Size::S) }
    }

    pub fn try_parcel(&mut self, visit: VisitId, words: ParcelWords) -> Result<ParcelId, Refusal> {
        let foreseen = self.foreseen(visit, &words).filter(|_| words.together.is_none());
        match self.ask(Actor::Visit(visit), Command::Deposit { visit, words })? {
            Answer::Parcel { parcel, place, .. } => {
                let planned = self.site.custody.get(parcel).unwrap().planned;
                assert_eq!(place, planned, "the answer names the place the parcel goes to");
                let chosen = self.last.iter().find_map(|event| match event {
                    Event::PlacePlanned { parcel: of, place } if *of == parcel => Some(*place),
                    _ => None,
                });
                assert!(foreseen.is_none() || foreseen == chosen, "foreseen {foreseen:?}, chosen {chosen:?}");
                Ok(parcel)
            }
            other => panic!("{other:?}"),
        }
    }

    /// Where a page would say that it goes.
    pub fn foreseen(&self, visit: VisitId, words: &ParcelWords) -> Option<Place> {
        let unit = match words.recipient {
            RecipientChoice::Household { unit, .. } => Some(unit),
            RecipientChoice::Unknown => None,
        };
        let ParcelWords { size, heavy, reach, class, .. } = *words;
        let described = Described { unit, size, heavy, reach, class };
        deposit::foresee(&self.site, visit, &described, self.now).ok().map(|(place, _)| place)
    }

    pub fn parcel_with(&mut self, visit: VisitId, words: ParcelWords) -> ParcelId {
        self.try_parcel(visit, words).unwrap()
    }

    pub fn parcel(&mut self, visit: VisitId, number: &str, size: Size) -> ParcelId {
        self.parcel_with(visit, Self::words(number, size))
    }

    /// Registers a parcel, its door opens and shuts; which compartment it is in.
    pub fn put(&mut self, visit: VisitId, number: &str, size: Size) -> (ParcelId, CompartmentId) {
        self.put_with(visit, Self::words(number, size))
    }

    pub fn put_with(&mut self, visit: VisitId, words: ParcelWords) -> (ParcelId, CompartmentId) {
        let parcel = self.parcel_with(visit, words);
        let door = self.door_of(visit).expect("its door opens");
        self.opens(door);
        self.shuts(door);
        assert_eq!(self.custodian(parcel), Custodian::Compartment(door));
        (parcel, door)
    }

    pub fn finish(&mut self, visit: VisitId) {
        self.ok(Actor::Visit(visit), Command::Finish { visit });
    }

    /// A courier brings one small parcel for each unit named and leaves.
    pub fn delivered(&mut self, numbers: &[&str]) -> Vec<(ParcelId, CompartmentId)> {
        let visit = self.courier();
        let put = numbers.iter().map(|number| self.put(visit, number, Size::S)).collect();
        self.finish(visit);
        put
    }
}
