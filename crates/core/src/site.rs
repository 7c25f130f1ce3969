//! The state of a site and the routing of words to the parts that know the rules. No rule is written here.

mod asking;
pub mod clock;
pub mod commission;
pub mod counters;
pub mod decider;
pub mod desk;
pub mod drawing;
pub mod getting_ready;
pub mod invariants;
pub mod key;
pub mod people;
pub mod reached;
pub mod rooms;
pub mod tokens;
pub mod wiring;

use crate::access::{self, Access};
use crate::code::token::SiteTag;
use crate::credential::Credentials;
use crate::custody::audit::{Audits, rules as audit};
use crate::custody::carried_out::CarriedOut;
use crate::custody::delivered::{Claims, adoption, again, rules as claims};
use crate::custody::{Custodian, Custody, class, missed};
use crate::directory::Directory;
use crate::evidence::{Evidence, photo, retention};
use crate::ids::*;
use crate::notice::{self, Notices};
use crate::opening::{Opening, OpeningPurpose, Openings, Progress};
use crate::place::Place;
use crate::place::compartment::Compartments;
use crate::place::key::KeyOpenings;
use crate::place::layout::Layout;
use crate::place::wiring::Wiring;
use crate::policy::Policy;
use crate::task::{TaskKind, Tasks};
use crate::time::Timestamp;
use crate::visit::quick_drop::{self, Drops};
use crate::visit::{Turn, Visits, admission, collection, deposit, doors, guest, lifecycle};
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::{Command, PutDown};
use crate::vocabulary::decision::{Context, Decision, Input};
use crate::vocabulary::effect::Effect;
use crate::vocabulary::event::Event;
use crate::vocabulary::observation::Observation;
use crate::vocabulary::refusal::Refusal;
use counters::Counters;
use decider::Decider;
use getting_ready::GettingReady;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Written into every snapshot; a snapshot of another version is not read, the ledger is replayed instead.
pub const STATE_VERSION: u32 = 14;

/// A compartment that was collected from lately: its person may open it once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grace {
    /// Who.
    pub person: PersonId,
    /// When they collected.
    pub at: Timestamp,
}

/// Everything about one site that is live.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Marks this site's tokens; None before it is founded.
    pub tag: Option<SiteTag>,
    /// The site's choices.
    pub policy: Policy,
    /// What is installed.
    pub layout: Layout,
    /// Which lock opens which compartment.
    pub wiring: Wiring,
    /// Units and people.
    pub directory: Directory,
    /// Compartments.
    pub compartments: Compartments,
    /// Doors opened with a mechanical key.
    pub key_openings: KeyOpenings,
    /// Parcels.
    pub custody: Custody,
    /// Codes, badges, cards, budgets.
    pub credentials: Credentials,
    /// Openings that are not over.
    pub openings: Openings,
    /// Visits that are not over.
    pub visits: Visits,
    /// Parcels put down without a scan and not sorted.
    pub drops: Drops,
    /// What carriers say they delivered.
    pub claims: Claims,
    /// Walks from place to place that are under way.
    pub audits: Audits,
    /// Notices due and on their way.
    pub notices: Notices,
    /// Doors one walks through, entries, rings.
    pub access: Access,
    /// Open tasks.
    pub tasks: Tasks,
    /// Cameras, and what is held of their photos.
    pub evidence: Evidence,
    /// What is recorded of getting ready for the first parcel.
    pub getting_ready: GettingReady,
    /// The last collection from each compartment that is still free; its grace is over when the policy's time has passed.
    pub graces: BTreeMap<CompartmentId, Grace>,
    /// What was carried out of rooms within the same time.
    pub carried_out: CarriedOut,
    /// The next number of each kind.
    pub counters: Counters,
    /// Space runs low: deposits are refused.
    pub disk_low: bool,
    /// Ledger epoch.
    pub epoch: u32,
}

impl Site {
    /// Decides one input and folds what it decided into this state.
    pub fn apply(&mut self, input: &Input, ctx: &Context<'_>) -> Decision {
        let mut d = Decider::new(self, ctx);
        let answer = match input {
            Input::Command { actor, command } => {
                asking::may_ask(*actor, command).and_then(|()| decide(&mut d, *actor, command))
            }
            Input::Observation(observation) => {
                interpret(&mut d, observation);
                Ok(Answer::Done)
            }
            Input::Tick => {
                clock::tick(&mut d);
                Ok(Answer::Done)
            }
        };
        d.finish(answer)
    }

    /// What the world must be asked to do because of an event. Called once, after the event is durable; never on replay.
    pub fn effects(&self, event: &Event) -> Vec<Effect> {
        match event {
            Event::OpeningAuthorised { opening, compartment, not_after, wiring, .. } => {
                vec![Effect::Unlock {
                    opening: *opening,
                    attempt: 1,
                    compartment: *compartment,
                    not_after: *not_after,
                    wiring: *wiring,
                }]
            }
            Event::OpeningAttempted { opening, attempt, not_after } => self
                .openings
                .get(*opening)
                .map(|o| Effect::Unlock {
                    opening: *opening,
                    attempt: *attempt,
                    compartment: o.compartment,
                    not_after: *not_after,
                    wiring: self.compartments.get(o.compartment).and_then(|c| self.wiring.hash(c.bank)),
                })
                .into_iter()
                .collect(),
            Event::EntryBegan { entry, point, release: Some(release), .. } => vec![Effect::Release {
                entry: *entry,
                point: *point,
                hold: release.hold,
                not_after: release.not_after,
            }],
            Event::NoticeRequested { notice, .. } | Event::TestMailRequested { notice, .. } => {
                vec![Effect::Notify { notice: *notice }]
            }
            Event::PickupCodeEnded { credential } => vec![Effect::ForgetCode { credential: *credential }],
            _ => Vec::new(),
        }
    }

    /// Folds an event into the state. Has no rules and cannot fail.
    pub fn evolve(&mut self, event: &Event, now: Timestamp) {
        self.counters.evolve(event);
        self.before_custody_changes(event);
        self.before_wiring_changes(event);
        self.before_a_bank_is_redrawn(event);
        self.wiring.evolve(event, now, &self.compartments);
        self.layout.evolve(event);
        self.directory.evolve(event, now);
        self.compartments.evolve(event, now);
        self.key_openings.evolve(event, now);
        self.custody.evolve(event, now);
        self.carried_out.evolve(event, (self.policy.grace, now));
        self.credentials.evolve(event, now);
        self.openings.evolve(event, (now, self.policy.retry_after));
        self.visits.evolve(event, now);
        self.access.evolve(event, now);
        self.drops.evolve(event, now);
        self.claims.evolve(event, now);
        self.audits.evolve(event, now);
        self.notices.evolve(event);
        self.tasks.evolve(event, now);
        self.evidence.evolve(event, now);
        self.getting_ready.evolve(event, now);
        self.between_parts(event, now);
    }

    /// A contact that is taken for another door's from now on has not been read yet.
    fn before_wiring_changes(&mut self, event: &Event) {
        let Event::WiringSet { bank, channels, .. } = event else { return };
        let Some(before) = self.wiring.maps.get(bank) else { return };
        let now: BTreeMap<_, _> = channels.iter().copied().collect();
        for compartment in before.channels.keys().chain(now.keys()) {
            if before.channels.get(compartment) != now.get(compartment) {
                self.compartments.unread(*compartment);
            }
        }
    }

    /// A door that goes is remembered by its number.
    fn before_a_bank_is_redrawn(&mut self, event: &Event) {
        let Event::BankChanged { bank, compartments, .. } = event else { return };
        self.layout.remember((*bank, compartments), &self.compartments);
        for id in self.layout.gone.keys() {
            self.graces.remove(id);
            self.key_openings.forget(*id);
        }
    }

    /// Holds on compartments end when a parcel gets another place or leaves the courier.
    fn before_custody_changes(&mut self, event: &Event) {
        let (parcel, keeps) = match event {
            Event::PlacePlanned { parcel, place } => (*parcel, Some(*place)),
            Event::CustodyTransferred { parcel, to: Custodian::Compartment(c), .. } => {
                (*parcel, Some(Place::Compartment(*c)))
            }
            Event::CustodyTransferred { parcel, .. } => (*parcel, None),
            _ => return,
        };
        if let Some(held @ Place::Compartment(compartment)) = self.custody.get(parcel).and_then(|p| p.planned)
            && keeps != Some(held)
        {
            self.compartments.release_hold(compartment);
        }
    }

    /// What concerns two parts at once.
    fn between_parts(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::SiteFounded { tag } => self.tag = Some(*tag),
            Event::PolicySet { policy } => self.policy = (**policy).clone(),
            Event::DiskLow { low } => self.disk_low = *low,
            Event::EpochRaised { epoch } => self.epoch = *epoch,
            Event::OpeningAuthorised { opening, compartment, purpose, by, not_after, .. } => {
                self.authorised(*opening, *compartment, (purpose, *by, *not_after), now);
            }
            Event::NotOpened { opening } => self.opening_over(*opening),
            Event::OpeningUnknown { opening } => self.rearmed(*opening),
            Event::TaskRaised { what: TaskKind::Accept { parcel }, .. } => self.left_for_staff(*parcel),
            Event::CompartmentClosed { compartment } => self.closed(*compartment, now),
            Event::CompartmentChecked { compartment, .. } => self.forget_unknown_openings(*compartment),
            Event::CompartmentServiceSet { compartment, in_service: false, .. } => {
                self.taken_out(*compartment, now);
            }
            Event::CustodyTransferred { parcel, from, to, .. } => {
                self.transferred(*parcel, (*from, *to), now)
            }
            Event::RecipientCorrected { parcel, label, .. } => {
                self.readdressed(*parcel, now);
                if let (Some(label), Some(facts)) = (label, self.custody.get(*parcel)) {
                    self.claims.labelled(*parcel, *label, facts);
                }
            }
            Event::Turned { visit, turn: Turn::BiggerDoor, compartment } => {
                self.too_small(*visit, *compartment)
            }
            Event::PlacePlanned { parcel, place: Place::Compartment(c) } => {
                self.graces.remove(c);
                self.compartments.hold(*c, *parcel);
            }
            _ => {}
        }
    }

    fn authorised(
        &mut self,
        id: OpeningId,
        compartment: CompartmentId,
        (purpose, by, not_after): (&OpeningPurpose, Actor, Timestamp),
        now: Timestamp,
    ) {
        let Some((bank, earlier)) = self.compartments.get(compartment).map(|c| (c.bank, c.opening)) else {
            return;
        };
        if let Some(unknown) = earlier.filter(|earlier| *earlier != id) {
            self.openings.over(unknown);
        }
        let opening = Opening {
            compartment,
            purpose: purpose.clone(),
            by,
            authorised: now,
            attempt: 1,
            progress: Progress::Pulsed { not_after },
            opened: None,
            doubtful: false,
            committed: false,
            turn: None,
        };
        self.openings.authorised(id, opening, bank);
        self.compartments.opening_begun(compartment, id);
        if let Some(visit) = purpose.visit() {
            self.visits.with(visit, now, |v| {
                v.opened.insert(compartment);
                v.turns.remove(&compartment);
            });
        }
    }

    fn opening_over(&mut self, id: OpeningId) {
        if let Some(opening) = self.openings.over(id) {
            self.compartments.opening_over(opening.compartment);
        }
    }

    /// Nobody knows whether it opened: the same code may open the same compartment again.
    fn rearmed(&mut self, id: OpeningId) {
        let Some(opening) = self.openings.get(id) else { return };
        let visit = opening.purpose.visit().and_then(|visit| self.visits.live.get_mut(&visit));
        if let Some(visit) = visit {
            visit.opened.remove(&opening.compartment);
        }
    }

    /// A parcel that staff are asked for holds no compartment, unless its door may still be shut on it.
    fn left_for_staff(&mut self, parcel: ParcelId) {
        let Some(Place::Compartment(c)) = self.custody.get(parcel).and_then(|p| p.planned) else { return };
        let opening = self.compartments.get(c).and_then(|c| c.opening).and_then(|id| self.openings.get(id));
        if opening.and_then(|o| o.purpose.incoming()) != Some(parcel) {
            self.custody.unplan(parcel);
            self.compartments.release_hold(c);
        }
    }

    fn closed(&mut self, compartment: CompartmentId, now: Timestamp) {
        let Some(id) = self.compartments.get(compartment).and_then(|c| c.opening) else { return };
        let Some(opening) = self.openings.get(id) else { return };
        let Some(opened) = opening.opened else { return };
        // Held open or over a restart: who shut it may have used it after the look.
        let was_seen_empty = !opening.doubtful && self.audits.saw_empty((compartment, id), opened);
        self.audits.shut((compartment, id), now);
        self.opening_over(id);
        if was_seen_empty {
            self.compartments.was_seen_empty(compartment);
        } else {
            self.compartments.may_have_been_used(compartment, now);
        }
    }

    /// The contact of a compartment that is out of service is trusted no more: nobody waits for a door that staff opened there to
    /// be read shut.
    fn taken_out(&mut self, compartment: CompartmentId, now: Timestamp) {
        let stands_open = |opening: &Opening| {
            opening.progress == Progress::Open && matches!(opening.purpose, OpeningPurpose::StaffOpen { .. })
        };
        let Some(id) = self.compartments.get(compartment).and_then(|c| c.opening) else { return };
        if self.openings.get(id).is_some_and(stands_open) {
            self.audits.not_waited_for((compartment, id));
            self.opening_over(id);
            self.compartments.may_have_been_used(compartment, now);
        }
    }

    fn forget_unknown_openings(&mut self, compartment: CompartmentId) {
        let unknown = self.compartments.get(compartment).and_then(|c| c.opening);
        if let Some(id) =
            unknown.filter(|id| self.openings.get(*id).is_some_and(|o| o.progress == Progress::Unknown))
        {
            self.opening_over(id);
        }
    }

    fn transferred(&mut self, parcel: ParcelId, (from, to): (Custodian, Custodian), now: Timestamp) {
        if let Custodian::Compartment(compartment) = from {
            self.compartments.take(compartment, parcel, now);
            if let Custodian::Recipient(person) = to {
                self.graces.insert(compartment, Grace { person, at: now });
            }
        }
        if let Custodian::Compartment(compartment) = to {
            self.compartments.put(compartment, parcel);
            self.graces.remove(&compartment);
        }
        self.notices.remove_parcel(parcel);
        if let Some(facts) = self.custody.get(parcel) {
            let at = now + self.policy.notice_after;
            notice::note_arrival(&mut self.notices, parcel, (facts, to), (&self.directory, now, at));
        }
    }

    fn readdressed(&mut self, parcel: ParcelId, now: Timestamp) {
        self.notices.remove_parcel(parcel);
        if let Some(facts) = self.custody.get(parcel) {
            let at = now + self.policy.notice_after;
            let to = facts.custodian;
            notice::note_arrival(&mut self.notices, parcel, (facts, to), (&self.directory, now, at));
        }
    }

    fn too_small(&mut self, visit: VisitId, compartment: CompartmentId) {
        let size = self.compartments.get(compartment).map(|c| c.spec.size);
        let parcel = self.openings.of_visit(visit).and_then(|(_, o)| match &o.purpose {
            OpeningPurpose::Deposit { parcel, .. } | OpeningPurpose::FixDeposit { parcel, .. } => {
                Some(*parcel)
            }
            _ => None,
        });
        if let (Some(parcel), Some(size)) = (parcel, size) {
            self.custody.grew(parcel, size);
        }
    }
}

/// Routes a command.
fn decide(d: &mut Decider<'_>, actor: Actor, command: &Command) -> Result<Answer, Refusal> {
    match command {
        Command::CourierLogIn { kiosk, proof } => admission::courier(d, *kiosk, proof),
        Command::LookUp { visit } => deposit::look_up(d, *visit),
        Command::Deposit { visit, words } => deposit::deposit(d, *visit, words),
        Command::ComeToDrop(kiosk) => guest::come(d, *kiosk),
        Command::QuickDrop { visit, parcels } => quick_drop::quick_drop(d, *visit, *parcels),
        Command::BiggerDoor { visit } => deposit::turn(d, *visit, Turn::BiggerDoor),
        Command::NotLeftHere { visit } => deposit::turn(d, *visit, Turn::NotLeftHere),
        Command::SomethingInside { visit } => deposit::something_inside(d, *visit),
        Command::OpenAgain { visit } => deposit::open_again(d, *visit),
        Command::FixDeposit { visit, parcel, fix, proof } => deposit::fix(d, *visit, *parcel, (fix, proof)),
        Command::PutElsewhere { visit, parcel } => deposit::put_down(d, &PutDown::there(*visit, *parcel)),
        Command::PutDown(put) => deposit::put_down(d, put),
        Command::Finish { visit } => lifecycle::finish(d, *visit),
        Command::Continue { visit } => lifecycle::go_on(d, *visit),
        Command::PickUp { kiosk, proof } => {
            let answer = admission::resident(d, *kiosk, proof);
            if let Ok(Answer::PickUp { visit, .. }) = answer {
                doors::settle(d, visit);
            }
            answer
        }
        Command::LeaveInside { visit } => collection::leave_inside(d, *visit),
        Command::NotMine { visit } => collection::not_mine(d, *visit),
        Command::WasEmpty { visit } => collection::was_empty(d, *visit),
        Command::NextDoor { visit } => collection::next_door(d, *visit),
        Command::Reopen { visit, compartment } => collection::reopen(d, *visit, *compartment),
        Command::TakeFromShelf { visit, out } => collection::take_from_shelf(d, *visit, *out),
        Command::NotThere(looked_for) => missed::not_there(d, actor, *looked_for),
        Command::ChangeDirectory { changes } => people::change(d, changes),
        Command::IssueCourierCode { carrier, windows, expires, doors } => {
            tokens::courier_code(d, *carrier, (windows, *expires, doors))
        }
        Command::IssuePass { kind, unit, windows, expires, doors } => {
            tokens::pass(d, (*kind, *unit), (windows, *expires, doors))
        }
        Command::RevokePass { credential } => tokens::revoke_pass(d, *credential),
        Command::RevokeCourierCode { credential, at } => tokens::revoke_courier_code(d, *credential, *at),
        Command::IssueCard { person } => tokens::card(d, *person),
        Command::RevokeCard { credential } => tokens::revoke_card(d, *credential),
        Command::RevealCode { person } => tokens::reveal(d, *person),
        Command::LiftPauses => tokens::lift_pauses(d, actor),
        Command::PairKiosk { banks } => tokens::pair_kiosk(d, banks),
        _ => decide_for_staff(d, actor, command),
    }
}

fn decide_for_staff(d: &mut Decider<'_>, actor: Actor, command: &Command) -> Result<Answer, Refusal> {
    match command {
        Command::StaffOpen { compartment, reason } => desk::open(d, actor, *compartment, *reason),
        Command::StaffRemove { parcel, reason } => desk::remove(d, actor, *parcel, *reason),
        Command::AnnounceKey { compartment, reason } => key::announce(d, actor, *compartment, *reason),
        Command::ExplainForced { compartment, holder, reason } => {
            key::explain(d, actor, *compartment, (*holder, *reason))
        }
        Command::SetService { compartment, in_service, reason } => {
            desk::set_service(d, actor, *compartment, (*in_service, *reason))
        }
        Command::ResolveCheck { compartment, found } => desk::resolve_check(d, actor, *compartment, found),
        Command::DeskIntake { carrier, words } => desk::intake(d, actor, *carrier, words),
        Command::AcceptAtDesk { parcel } => desk::accept(d, actor, *parcel),
        Command::CorrectRecipient { parcel, recipient } => {
            desk::correct_recipient(d, *parcel, recipient, actor)
        }
        Command::PlaceFromDesk { parcel, banks, reach } => desk::place(d, actor, *parcel, (banks, *reach)),
        Command::Shelve { parcel, shelf } => desk::shelve(d, actor, *parcel, *shelf),
        Command::Classify { parcel, class } => class::classify(d, actor, *parcel, *class),
        Command::KeepPlaceFor { place, class } => class::keep_place(d, *place, *class),
        Command::HandOver { parcels, to } => desk::hand_over(d, actor, parcels, to),
        Command::GiveBack { parcel, carrier, .. } => desk::give_back(d, actor, *parcel, *carrier),
        Command::WriteOff { parcel, .. } => desk::write_off(d, actor, *parcel),
        Command::ClaimDelivery { words } => claims::claim(d, actor, words),
        Command::SettleClaim { claim, step } => claims::settle(d, actor, *claim, step),
        Command::AskForDrop { drop, same_building } => adoption::ask(d, actor, *drop, *same_building),
        Command::Adopt(words) => adoption::adopt(d, actor, words),
        Command::Audit(step) => audit::decide(d, actor, step),
        Command::TurnedUp { parcel } => desk::turned_up(d, actor, *parcel),
        Command::CompleteTask { task } => desk::complete_task(d, actor, *task),
        Command::RaiseTask(kind) => Ok(Answer::Task(d.raise_now(kind.clone()))),
        Command::NotifyAgain { person } => desk::notify_again(d, *person),
        Command::SkipStep { step, skip } => getting_ready::skip(d, actor, *step, *skip),
        Command::HideGettingReady { hide } => getting_ready::hide(d, actor, *hide),
        Command::SendTestMail => getting_ready::send_test_mail(d, actor),
        Command::Wiring { bank, step } => wiring::decide(d, actor, *bank, step),
        Command::ChangeBank { bank, was, compartments } => {
            drawing::change(d, actor, *bank, (*was, compartments))
        }
        Command::DrawRoom(drawn) => rooms::change(d, actor, drawn),
        Command::InstallCamera { at, in_view } => photo::install(d, *at, *in_view),
        Command::SetCamera { camera, at, in_view } => photo::set(d, *camera, (*at, *in_view)),
        Command::RemoveCamera { camera } => photo::remove(d, actor, *camera),
        Command::ViewPhoto { photo } => photo::view(d, actor, *photo),
        Command::HoldEvidence { what, reason, until } => retention::hold(d, actor, *what, (*reason, *until)),
        Command::ReleaseEvidence { what } => retention::release(d, actor, *what),
        _ => match access::setup::decide(d, actor, command) {
            Some(answer) => answer,
            None => commission::decide(d, actor, command),
        },
    }
}

/// Routes an observation.
fn interpret(d: &mut Decider<'_>, observation: &Observation) {
    match observation {
        Observation::DoorSeen { compartment, open } => doors::seen(d, *compartment, *open),
        Observation::Pulse { opening, attempt, outcome } => doors::pulse(d, *opening, *attempt, *outcome),
        Observation::OccupancySeen { compartment, occupied } => clock::occupancy(d, *compartment, *occupied),
        Observation::BoardSilent { bank } => clock::board(d, *bank, true),
        Observation::LineSilent { banks } => clock::line_silent(d, banks),
        Observation::BoardBack { bank } => clock::board(d, *bank, false),
        Observation::NoticeHandedOver { notice } => d.push(Event::NoticeHandedOver { notice: *notice }),
        Observation::NoticeTrouble { notice, trouble } => notice::trouble(d, *notice, *trouble),
        Observation::Started { boot } => clock::started(d, *boot),
        Observation::ClockDoubted { wall } => clock::doubted(d, *wall),
        Observation::EpochRaised { epoch } => clock::epoch_raised(d, *epoch),
        Observation::DiskLow { low } => clock::disk_low(d, *low),
        Observation::CertificateEnds { soon } => clock::certificate_ends(d, *soon),
        Observation::FeedRefused { feed, refused } => again::feed_refused(d, *feed, *refused),
        Observation::PhotoTaken { asked, hash, media, taken_ms, clock_offset_ms } => {
            let (hash, media) = (*hash, *media);
            let (taken_ms, clock_offset_ms) = (*taken_ms, *clock_offset_ms);
            photo::taken(d, asked, photo::Taken { hash, media, taken_ms, clock_offset_ms });
        }
        Observation::PhotoMissing { asked, trouble } => photo::missing(d, (**asked).clone(), *trouble),
        Observation::CameraSilent { camera } => photo::silence(d, *camera, true),
        Observation::CameraBack { camera } => photo::silence(d, *camera, false),
        Observation::PhotosStored { photos } => retention::erase_over(d, photos),
        Observation::PhotosLost { photos } => retention::lost(d, photos),
        Observation::PhotoChanged { photo } => photo::changed(d, *photo),
        Observation::PassageSeen { .. }
        | Observation::ExitRequested { .. }
        | Observation::Release { .. }
        | Observation::DoorAnswers { .. }
        | Observation::ReaderKeySet { .. }
        | Observation::DoorTampered { .. } => access::setup::interpret(d, observation),
    }
}
