//! What was walked today, and where the label of a shelf leads in a walk.

use super::{begin, look, shelf};
use crate::world::*;
use vestibule_core::custody::audit::walked::{Look, Looks, Walked, walked};
use vestibule_core::custody::audit::{AuditPlace, AuditScope};
use vestibule_core::vocabulary::command::AuditStep;
use vestibule_core::*;

/// As they are recorded, with the moments at which they were.
#[derive(Default)]
struct Told(Vec<(Event, Timestamp)>);

impl Told {
    fn note(&mut self, w: &World) -> Look {
        self.0.extend(w.last.iter().map(|event| (event.clone(), w.now)));
        (w.now, STAFF)
    }

    fn looks(&self) -> Looks {
        let mut looks = Looks::default();
        // In any order.
        self.0.iter().rev().for_each(|(event, at)| looks.note(event, *at));
        looks
    }
}

#[test]
fn a_choice_says_what_was_walked_today_and_what_is_being_walked() {
    let mut w = World::new();
    let (one, other) = (shelf(&mut w, "A"), shelf(&mut w, "B"));
    let (both, alone) = (AuditScope::Shelves(vec![one, other]), AuditScope::Shelves(vec![one]));
    let mut told = Told::default();
    assert_eq!(walked(&w.site, &both, &told.looks(), w.now), Walked::No);
    let audit = begin(&mut w, both.clone());
    let how = |w: &World, scope: &AuditScope, told: &Told| walked(&w.site, scope, &told.looks(), w.now);
    assert_eq!(how(&w, &both, &told), Walked::UnderWay { audit, through: None });
    look(&mut w, audit, AuditPlace::Shelf(one), &[], &[]);
    let first = told.note(&w);
    assert_eq!(how(&w, &both, &told), Walked::UnderWay { audit, through: None }, "one waits");
    assert_eq!(how(&w, &alone, &told), Walked::UnderWay { audit, through: Some(first) });
    let everything = AuditScope::Everything;
    assert_eq!(how(&w, &everything, &told), Walked::UnderWay { audit, through: None });
    assert_eq!(how(&w, &AuditScope::Bank(BankId(1)), &told), Walked::No);
    w.ok(STAFF, Command::Audit(AuditStep::Abandon { audit }));
    assert_eq!(how(&w, &both, &told), Walked::Today { looked: 1, all: 2, last: first });
    let audit = begin(&mut w, both.clone());
    let [_, last] = [one, other].map(|place| {
        w.seconds(60);
        look(&mut w, audit, AuditPlace::Shelf(place), &[], &[]);
        told.note(&w)
    });
    w.ok(STAFF, Command::Audit(AuditStep::End { audit }));
    assert_eq!(how(&w, &both, &told), Walked::Today { looked: 2, all: 2, last });
    assert_eq!(how(&w, &AuditScope::Desk, &told), Walked::No);
    assert_eq!(how(&w, &AuditScope::Bank(BankId(9)), &told), Walked::No, "there is no such bank");
    w.wait(Span::days(1));
    assert_eq!(how(&w, &both, &told), Walked::No, "that was yesterday");
}

#[test]
fn the_label_of_a_shelf_leads_to_its_place_in_the_walk() {
    let mut w = World::new();
    let (one, other) = (shelf(&mut w, "A"), shelf(&mut w, "B"));
    let audit = begin(&mut w, AuditScope::Shelves(vec![one]));
    let walk = w.site.audits.get(audit).unwrap();
    assert_eq!(walk.at_shelf(&w.site, one), Ok(AuditPlace::Shelf(one)));
    assert_eq!(walk.at_shelf(&w.site, other), Err(Refusal::ShelfNotWalked { label: "B".to_owned() }));
    assert_eq!(walk.at_shelf(&w.site, ShelfId(9)), Err(Refusal::NoSuchShelf));
}
