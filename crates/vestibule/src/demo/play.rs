//! Plays days: couriers come twice a day, residents collect in the evening, a few forget. Always the same days.

mod unscanned;

pub use unscanned::evening_before;

use super::keepsake::Keepsake;
use super::plan::Plan;
use super::stage::Stage;
use crate::failure::Failure;
use crate::progress;
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::credential::budget::Purpose;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::time::civil;
use vestibule_core::vocabulary::command::{CheckOut, ParcelWords, RecipientChoice};
use vestibule_core::vocabulary::observation::{NoticeTrouble, PulseOutcome, ReleaseOutcome};
use vestibule_core::{
    AccessPointId, Actor, Answer, Command, KioskId, NoticeId, Observation, PersonId, Span, Timestamp, UnitId,
    VisitId,
};
use vestibule_site::rows::Row;
use vestibule_site::writer::Incoming;

/// Who never collects: their parcels grow overdue.
const FORGETFUL: [u32; 2] = [6, 29];
/// The last courier comes so long before now, and its mails are really sent.
const LAST_VISIT: Span = Span::minutes(3);

/// What happens on a day.
#[derive(Clone, Copy)]
enum Act {
    Morning,
    Afternoon,
    Evening,
}

/// By the minute of the building's clock.
const DAY: [(i64, Act); 3] = [(10 * 60, Act::Morning), (15 * 60, Act::Afternoon), (18 * 60, Act::Evening)];
/// No act takes longer: everybody collects, one after the other.
const LONGEST: Span = Span::hours(2);

/// Plays so many days, or yesterday evening alone; the stage's clock ends a moment before now, whatever hour that is.
pub fn play(
    stage: &mut Stage,
    keepsake: &Keepsake,
    (days, now): (Option<u32>, Timestamp),
) -> Result<(), Failure> {
    let begun = stage.now();
    let evening = evening_before(now, &stage.site().policy.zone);
    let plan = keepsake.plan();
    let mut cast = Cast { stage, keepsake, plan, tokens: BTreeMap::new(), chance: Chance(0x5EED) };
    let Some(days) = days else {
        cast.wait_until(evening)?;
        cast.leaves_unscanned()?;
        return cast.wait_until(now + Span(-LAST_VISIT.0));
    };
    let bar = progress::bar(days.into(), "Playing days");
    let mut evening = Some(evening);
    loop {
        let (wait, act) = cast.next_act();
        if let Some(at) = evening.take_if(|at| *at <= cast.stage.now() + wait) {
            cast.wait_until(at)?;
            cast.leaves_unscanned()?;
            continue;
        }
        if cast.stage.now() + wait + LONGEST > now + Span(-LAST_VISIT.0) {
            break;
        }
        cast.stage.wait(wait)?;
        cast.play(act)?;
        bar.set_position(u64::try_from((cast.stage.now() - begun).0 / Span::days(1).0).unwrap_or(0));
    }
    bar.finish_and_clear();
    cast.tell()?;
    let left = now - cast.stage.now();
    cast.stage.wait(Span(left.0 - LAST_VISIT.0))?;
    cast.courier(0, 1, 3)?;
    cast.too_big_for_the_garden()
}

struct Cast<'a> {
    stage: &'a mut Stage,
    keepsake: &'a Keepsake,
    plan: Plan,
    /// The newest code of each person.
    tokens: BTreeMap<u32, String>,
    chance: Chance,
}

impl Cast<'_> {
    /// Lets time pass, unless it has.
    fn wait_until(&mut self, at: Timestamp) -> Result<(), Failure> {
        let left = at - self.stage.now();
        if left.0 > 0 { self.stage.wait(left) } else { Ok(()) }
    }

    /// What comes next, and how long until then.
    fn next_act(&self) -> (Span, Act) {
        let minute = i64::from(civil(self.stage.now(), &self.stage.site().policy.zone).minute);
        let whole_day = 24 * 60;
        let waits = DAY.map(|(at, act)| (Span::minutes((at - minute - 1).rem_euclid(whole_day) + 1), act));
        waits.into_iter().min_by_key(|(wait, _)| *wait).expect("a day has acts")
    }

    fn play(&mut self, act: Act) -> Result<(), Failure> {
        match act {
            Act::Morning => self.courier(0, 1, 5),
            Act::Afternoon => {
                self.courier(1, 1, 4)?;
                self.courier(1, 2, 2)?;
                self.tell()
            }
            Act::Evening => self.evening(),
        }
    }

    /// A courier at a kiosk, if there is such a one, with so many parcels, more or less. They come in by the door before it.
    fn courier(&mut self, carrier: usize, kiosk: u32, about: u32) -> Result<(), Failure> {
        if kiosk as usize > self.plan.screens().len() {
            return Ok(());
        }
        let badge = self.keepsake.couriers[carrier].badge.clone();
        let door = if kiosk == 1 { self.way_in() } else { None };
        if let Some(door) = door {
            self.walks_in(door, &badge)?;
        }
        self.delivers(carrier, kiosk, about)?;
        match door {
            Some(door) if Some(door) == self.room() => self.walks_out(door),
            _ => Ok(()),
        }
    }

    /// The door before the first kiosk: the street's, or the room's in which it stands.
    fn way_in(&self) -> Option<AccessPointId> {
        self.plan.passages().first().map(|_| AccessPointId(1))
    }

    /// The door of the room with the shelves.
    fn room(&self) -> Option<AccessPointId> {
        (1..).zip(self.plan.passages()).find(|(_, passage)| passage.shelves).map(|(id, _)| AccessPointId(id))
    }

    /// Somebody shows a code at a door and walks in. False: they may not.
    fn walks_in(&mut self, point: AccessPointId, token: &str) -> Result<bool, Failure> {
        let before = u32::try_from(self.plan.screens().len()).expect("few screens");
        let screen = KioskId(before + point.0);
        let command = Command::Admit { point, purpose: Purpose::Enter, proof: self.stage.scanned(token) };
        let Ok(Answer::Entry { entry, .. }) = self.stage.try_ask(Actor::Kiosk(screen), command)? else {
            return Ok(false);
        };
        self.stage.observe(vec![Observation::Release { entry, outcome: ReleaseOutcome::Taken }])?;
        self.opens_and_shuts(point)?;
        Ok(true)
    }

    fn walks_out(&mut self, point: AccessPointId) -> Result<(), Failure> {
        self.stage.observe(vec![Observation::ExitRequested { point }])?;
        self.opens_and_shuts(point)
    }

    fn opens_and_shuts(&mut self, point: AccessPointId) -> Result<(), Failure> {
        for open in [Some(true), Some(false)] {
            self.stage.wait(Span::seconds(1))?;
            self.stage.observe(vec![Observation::PassageSeen { point, open }])?;
        }
        Ok(())
    }

    fn delivers(&mut self, carrier: usize, kiosk: u32, about: u32) -> Result<(), Failure> {
        let Some(visit) = self.log_in(carrier, KioskId(kiosk))? else { return Ok(()) };
        for _ in 0..about.saturating_sub(2) + self.chance.below(4) {
            self.stage.wait(Span::seconds(5))?;
            self.deposit(carrier, visit)?;
        }
        self.stage.wait(Span::seconds(3))?;
        self.stage.try_ask(Actor::Visit(visit), Command::Finish { visit })?.ok();
        Ok(())
    }

    fn log_in(&mut self, carrier: usize, kiosk: KioskId) -> Result<Option<VisitId>, Failure> {
        let proof = self.stage.scanned(&self.keepsake.couriers[carrier].badge);
        let answer = self.stage.try_ask(Actor::Kiosk(kiosk), Command::CourierLogIn { kiosk, proof })?;
        Ok(match answer {
            Ok(Answer::Visit { visit }) => Some(visit),
            _ => None,
        })
    }

    /// What fits no compartment in sight goes onto a shelf.
    fn too_big_for_the_garden(&mut self) -> Result<(), Failure> {
        if self.plan.screens().len() < 2 {
            return Ok(());
        }
        if let Some(visit) = self.log_in(1, KioskId(2))? {
            for _ in 0..2 {
                self.deposit_of((1, visit), Size::XL)?;
            }
            self.stage.try_ask(Actor::Visit(visit), Command::Finish { visit })?.ok();
        }
        Ok(())
    }

    fn deposit(&mut self, carrier: usize, visit: VisitId) -> Result<(), Failure> {
        let size = [Size::S, Size::S, Size::S, Size::M, Size::M, Size::M, Size::L, Size::XL];
        let size = size[self.chance.below(8) as usize];
        self.deposit_of((carrier, visit), size)
    }

    fn deposit_of(&mut self, (carrier, visit): (usize, VisitId), size: Size) -> Result<(), Failure> {
        let unit = UnitId(1 + self.chance.below(40));
        let people = self.stage.site().directory.household(unit);
        let addressee = people.get(self.chance.below(2) as usize % people.len().max(1)).copied();
        let heavy = self.chance.below(12) == 0;
        let recipient = RecipientChoice::Household { unit, addressee };
        let words =
            ParcelWords { recipient, size, heavy, reach: false, together: None, label: None, class: None };
        let answer = self.stage.try_ask(Actor::Visit(visit), Command::Deposit { visit, words })?;
        let Ok(Answer::Parcel { parcel, place, .. }) = answer else { return Ok(()) };
        match place {
            Some(Place::Compartment(_)) => self.through_door(visit),
            Some(Place::Shelf(_)) if self.room() != self.way_in() => {
                let badge = self.keepsake.couriers[carrier].badge.clone();
                let room = self.room();
                let inside = match room {
                    Some(room) => self.walks_in(room, &badge)?,
                    None => false,
                };
                self.stage.try_ask(Actor::Visit(visit), Command::PutElsewhere { visit, parcel })?.ok();
                if let Some(room) = room.filter(|_| inside) { self.walks_out(room) } else { Ok(()) }
            }
            Some(Place::Shelf(_) | Place::Area(_) | Place::Desk | Place::TakeBack) => {
                self.stage.wait(Span::seconds(12))?;
                self.stage.try_ask(Actor::Visit(visit), Command::PutElsewhere { visit, parcel })?.ok();
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The door of a visit springs open, something goes in or out, and it is pushed shut.
    fn through_door(&mut self, visit: VisitId) -> Result<(), Failure> {
        let Some((opening, compartment, attempt)) =
            self.stage.site().openings.of_visit(visit).map(|(id, o)| (id, o.compartment, o.attempt))
        else {
            return Ok(());
        };
        let outcome = PulseOutcome::Opened;
        self.stage.observe(vec![
            Observation::DoorSeen { compartment, open: true },
            Observation::Pulse { opening, attempt, outcome },
        ])?;
        self.stage.wait(Span::seconds(4 + i64::from(self.chance.below(8))))?;
        self.stage.observe(vec![Observation::DoorSeen { compartment, open: false }])
    }

    /// Everybody who was told today collects, but for a few.
    fn evening(&mut self) -> Result<(), Failure> {
        let waiting: BTreeSet<PersonId> = self.stage.site().custody.waiting.keys().copied().collect();
        for person in waiting {
            let forgets = FORGETFUL.contains(&person.0) || self.chance.below(10) == 0;
            if !forgets {
                self.stage.wait(Span::minutes(2))?;
                self.collect(person)?;
            }
        }
        self.tell()
    }

    fn collect(&mut self, person: PersonId) -> Result<(), Failure> {
        let Some(token) = self.tokens.get(&person.0).or_else(|| self.card_of(person)).cloned() else {
            return Ok(());
        };
        let first = self.room().filter(|room| Some(*room) == self.way_in());
        if let Some(room) = first
            && !self.walks_in(room, &token)?
        {
            return Ok(());
        }
        for kiosk in (1..).map(KioskId).take(self.plan.screens().len()) {
            self.collects_at(kiosk, &token)?;
        }
        first.map_or(Ok(()), |room| self.walks_out(room))
    }

    /// What opens there, and then what lies on shelves: behind another door, if the kiosk does not stand in the room itself.
    fn collects_at(&mut self, kiosk: KioskId, token: &str) -> Result<(), Failure> {
        let proof = self.stage.scanned(token);
        let answer = self.stage.try_ask(Actor::Kiosk(kiosk), Command::PickUp { kiosk, proof })?;
        let Ok(Answer::PickUp { visit, places, here, .. }) = answer else { return Ok(()) };
        for _ in here {
            self.stage.wait(Span::seconds(2))?;
            self.through_door(visit)?;
        }
        let room = self.room().filter(|room| !places.is_empty() && Some(*room) != self.way_in());
        let inside = match room {
            Some(room) => self.walks_in(room, token)?,
            None => false,
        };
        for parcel in places {
            let out = CheckOut::by_tap(parcel);
            self.stage.try_ask(Actor::Visit(visit), Command::TakeFromShelf { visit, out })?.ok();
        }
        if let Some(room) = room.filter(|_| inside) {
            self.walks_out(room)?;
        }
        self.stage.try_ask(Actor::Visit(visit), Command::Finish { visit })?.ok();
        Ok(())
    }

    fn card_of(&self, person: PersonId) -> Option<&String> {
        let holder = self.stage.site().credentials.cards.values().any(|card| card.person == person);
        self.keepsake.cards.first().filter(|_| holder).map(|card| &card.token)
    }

    /// Hands over what waits in the outbox, as the mail server of those days did.
    fn tell(&mut self) -> Result<(), Failure> {
        let mut incoming = Vec::new();
        for waiting in self.stage.waiting_notices()? {
            if let Some(token) = waiting.token {
                self.tokens.insert(waiting.person, token);
            }
            let notice = NoticeId(waiting.notice);
            let trouble = NoticeTrouble::NoChannel;
            incoming.push(Incoming::Observe(if waiting.has_mail {
                Observation::NoticeHandedOver { notice }
            } else {
                Observation::NoticeTrouble { notice, trouble }
            }));
            incoming.push(Incoming::Write(vec![Row::OutboxDone { notice: waiting.notice }]));
        }
        self.stage.step(incoming)
    }
}

/// Numbers that look like chance and are always the same.
struct Chance(u64);

impl Chance {
    /// One of `0..most`.
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap_or(0) % most
    }
}
