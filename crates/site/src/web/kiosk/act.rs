//! Carries out what was asked at a kiosk: commands to the site, the rest into the kiosk's draft.
//!
//! Owns: which command an action is, for which visit of this very kiosk. Never: a rule; the site decides.

use super::KioskScreens;
use super::action::{Action, Pressed};
use super::draft::{Candidate, Draft, Known, Mend, Next, Recipient, Said, Stage, Trouble};
use super::facts::{Facts, Spot, Tally, whereabouts};
use super::intake::{self, Label, Scan, TokenText};
use super::proof;
use super::search;
use crate::directory::intake::record::{self, Intake};
use crate::handle::Request;
use crate::keys::Keys;
use crate::web::App;
use crate::web::given::symbols::{claim, posted};
use crate::web::problem::Fault;
use vestibule_core::code::token::TokenKind;
use vestibule_core::custody::Custodian;
use vestibule_core::place::compartment::Size;
use vestibule_core::visit::Visitor;
use vestibule_core::vocabulary::command::{
    CheckOut, Fix, LookedFor, ParcelWords, Proof, PutTo, RecipientChoice,
};
use vestibule_core::{Actor, Answer, Command, KioskId, ParcelId, Refusal, Site, VisitId};
use vestibule_intake::Carrier;
use vestibule_intake::evidence::Confirmed;
use vestibule_intake::gathered::Symbol;
use vestibule_intake::symbol::printable;

/// Somebody at a kiosk, asking.
pub struct Hand<'a> {
    pub(super) app: &'a App,
    pub(super) screens: &'a KioskScreens,
    pub(super) kiosk: KioskId,
    pub(super) facts: Facts,
    /// What the page told of it: presses and keys since the last time.
    pub(super) touches: u32,
    /// The picture that its screen took with the press; empty: none.
    pub picture: String,
}

/// Which door a parcel is put behind.
enum Behind {
    /// A free one of this size.
    Free(Size),
    /// The one that shut on the parcel before; with the courier's code, given again.
    Shut(Proof),
}

/// What an action comes to; what was refused is said on the next screen.
pub(super) type Done = Result<(), Fault>;

impl<'a> Hand<'a> {
    /// Of whom this kiosk is.
    ///
    /// # Errors
    /// The kiosk is not known, or the site is going down.
    pub async fn at(
        app: &'a App,
        screens: &'a KioskScreens,
        (kiosk, touches): (KioskId, u32),
    ) -> Result<Self, Fault> {
        // Where the next parcel would go is for the eye alone.
        let look = move |site: &Site, now| Facts::of(site, now, (kiosk, &Next::default()));
        let facts = app.site.read(look).await?.ok_or(Refusal::KioskUnknown)?;
        let visit = facts.courier.as_ref().map(|courier| courier.visit);
        screens.change(kiosk, |draft| draft.follow(visit));
        Ok(Self { app, screens, kiosk, facts, touches, picture: String::new() })
    }

    /// Carries it out.
    ///
    /// # Errors
    /// The site is going down or cannot read its tables; a refusal is no error but words on the next screen.
    pub async fn carry_out(self, action: Action) -> Done {
        if !matches!(action, Action::Continue) {
            self.change(|draft| draft.said = None);
        }
        if self.is_courier_in_front() && action.is_about_the_next_parcel() {
            self.change(|draft| draft.next.reading.touched(self.touches, self.facts.now));
        }
        match action {
            Action::Go(stage) => self.go(stage),
            Action::Scan(scan) => return self.scan(&scan).await,
            Action::Symbols(lines) => return self.symbols(&lines).await,
            Action::Another => return self.another().await,
            Action::LogIn(typed) => return self.log_in(proof::courier(self.keys(), &typed)).await,
            Action::Collect { selector, pin } => {
                let length = usize::from(self.facts.pin_digits);
                return self.collect(proof::resident(self.keys(), (&selector, &pin), length)).await;
            }
            Action::Apartment(text) => return self.apartment(&text, Confirmed::Typed).await,
            Action::Name(text) => return self.name(&text).await,
            Action::Choose(pressed) => return self.choose(pressed).await,
            Action::DeliverAnyway => return self.deliver_anyway().await,
            Action::TakeBack => self.take_back(),
            Action::Named(text) => self.named(&text),
            Action::Size(size) => return self.deposit(Behind::Free(size)).await,
            Action::Drop(parcels) => return self.quick_drop(parcels).await,
            Action::ComeToDrop => return self.come_to_drop().await,
            Action::Beside => self.change(|draft| draft.stage = Stage::BesideCode),
            Action::BesideCode(typed) => return self.beside(proof::courier(self.keys(), &typed)).await,
            Action::Heavy => self.change(|draft| draft.next.heavy = !draft.next.heavy),
            Action::Class(class) => self.change(|draft| {
                draft.next.class = Some(class).filter(|class| draft.next.class != Some(*class));
            }),
            Action::SameAgain => self.same_again(),
            Action::Fix(parcel) => self.change(|draft| {
                draft.mend = Some((parcel, Mend::Open));
                draft.stage = Stage::FixWhat;
            }),
            Action::FixWhat { reopen } => self.fix_what(reopen),
            Action::FixCode(typed) => return self.fix(proof::courier(self.keys(), &typed)).await,
            Action::Placed(parcel) => return self.placed(parcel, PutTo::There).await,
            Action::InHand(parcel) => return self.placed(parcel, PutTo::InHand).await,
            Action::HaveIt(parcel) => return self.check_out(CheckOut::by_tap(parcel)).await,
            Action::Finish => return self.finish().await,
            Action::Leave => return self.leave().await,
            Action::Continue => return self.go_on().await,
            at_a_door => return self.at_a_door(at_a_door).await,
        }
        Ok(())
    }

    /// What is asked of the visit in front, about its door or its parcels.
    async fn at_a_door(&self, action: Action) -> Done {
        let Some(visit) = self.facts.visit() else { return self.refused(Refusal::VisitOver) };
        let command = match action {
            Action::Bigger => Command::BiggerDoor { visit },
            Action::OpenAgain => Command::OpenAgain { visit },
            Action::NotLeft => Command::NotLeftHere { visit },
            Action::Inside => Command::SomethingInside { visit },
            Action::LeftInside => Command::LeaveInside { visit },
            Action::NotMine => Command::NotMine { visit },
            Action::WasEmpty => Command::WasEmpty { visit },
            Action::NextDoor => Command::NextDoor { visit },
            Action::NotThere(parcel) => Command::NotThere(LookedFor { parcel, visit: Some(visit) }),
            Action::Reopen(compartment) => Command::Reopen { visit, compartment },
            _ => return Ok(()),
        };
        self.ask(Actor::Visit(visit), command).await?;
        Ok(())
    }

    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Draft) -> T) -> T {
        self.screens.change(self.kiosk, change)
    }

    pub(super) fn trouble(&self, trouble: Trouble) -> Done {
        self.change(|draft| draft.said = Some(Said::Trouble(trouble)));
        Ok(())
    }

    pub(super) fn refused(&self, refusal: Refusal) -> Done {
        self.change(|draft| draft.said = Some(Said::Refused(refusal)));
        Ok(())
    }

    fn keys(&self) -> &Keys {
        &self.app.keys
    }

    /// Asks the site. None: refused, and said so.
    pub(super) async fn ask(&self, actor: Actor, command: Command) -> Result<Option<Answer>, Fault> {
        self.request(Request::new(actor, command)).await
    }

    async fn request(&self, request: Request) -> Result<Option<Answer>, Fault> {
        match self.app.site.ask(request).await?.answer {
            Ok(answer) => Ok(Some(answer)),
            Err(refusal) => {
                self.refused(refusal)?;
                Ok(None)
            }
        }
    }

    pub(super) fn courier(&self) -> Option<VisitId> {
        self.facts.courier.as_ref().map(|courier| courier.visit)
    }

    /// A resident who cut in is in front of them.
    fn is_courier_in_front(&self) -> bool {
        self.facts.courier.is_some() && self.facts.resident.is_none()
    }

    fn go(&self, stage: Stage) {
        self.change(|draft| {
            draft.goodbye = None;
            if matches!(stage, Stage::Start | Stage::List) {
                draft.mend = None;
            }
            if stage == Stage::Start {
                draft.next = Next::default();
            }
            if stage == Stage::Address {
                (draft.next.recipient, draft.next.way) = (None, None);
            }
            draft.stage = stage;
        });
    }

    async fn scan(&self, scan: &str) -> Done {
        self.read(intake::read(scan, self.facts.tag), (scan, scan)).await
    }

    /// What a camera saw at one look.
    async fn symbols(&self, lines: &str) -> Done {
        let Some(seen) = posted(lines) else { return self.trouble(Trouble::Unreadable) };
        let alone = <[_; 1]>::try_from(seen.symbols.clone()).map_or(String::new(), |[one]| one.text());
        let whole: Vec<String> = seen.symbols.iter().map(Symbol::scan).collect();
        self.read(intake::look(&seen, self.facts.tag), (&alone, &whole.join("\n"))).await
    }

    /// Goes on with what was read; `scan` is its text, if it was one symbol, and `whole` all there was.
    async fn read(&self, read: Scan, (scan, whole): (&str, &str)) -> Done {
        match read {
            Scan::Token(kind, text) => self.token(kind, &text).await,
            Scan::Label(label) => self.label(*label, whole).await,
            Scan::Shelf(shelf) => self.shelf(shelf).await,
            Scan::OtherBuilding => self.trouble(Trouble::OtherBuilding),
            Scan::Damaged => self.trouble(Trouble::Damaged),
            Scan::Several => self.trouble(Trouble::Several),
            // The apartment itself may be a barcode: on a courier's list, beside a letter-box.
            Scan::Unreadable if self.is_courier_in_front() && search::may_name_an_apartment(scan) => {
                self.apartment(scan, Confirmed::Scanned).await
            }
            Scan::Unreadable | Scan::TooLong => self.trouble(Trouble::Unreadable),
        }
    }

    async fn token(&self, kind: TokenKind, text: &TokenText) -> Done {
        let proof = proof::token(self.keys(), text);
        let stage = self.change(|draft| draft.stage);
        match kind {
            TokenKind::Courier if stage == Stage::FixCode => self.fix(Some(proof)).await,
            TokenKind::Courier if stage == Stage::BesideCode => self.beside(Some(proof)).await,
            TokenKind::Courier => self.log_in(Some(proof)).await,
            TokenKind::Pickup | TokenKind::Card => self.collect(Some(proof)).await,
            TokenKind::Link => self.trouble(Trouble::ForPhone),
            TokenKind::Kiosk => self.trouble(Trouble::ForPairing),
            TokenKind::Pass => self.trouble(Trouble::ForDoor),
        }
    }

    async fn label(&self, label: Label, scan: &str) -> Done {
        if let Some(out) = self.on_their_shelf(&label.tracking).await? {
            return self.check_out(out).await;
        }
        let courier = match (&self.facts.resident, &self.facts.courier) {
            // A courier may wait behind them: what they deliver is not described by who is in front.
            (Some(_), _) => return self.trouble(Trouble::NotOnTheirShelf),
            (None, None) => return self.trouble(Trouble::LabelWithoutCourier),
            (None, Some(courier)) => courier,
        };
        if courier.hands_full() {
            return self.refused(Refusal::QueueFull);
        }
        let same = |draft: &Draft| draft.next.tracking.as_deref() == Some(label.tracking.as_str());
        let sized_next = self.change(|draft| draft.next.recipient.is_some());
        if sized_next {
            let known = self.change(|draft| same(draft) || draft.next.tracking.is_none());
            if !known {
                return self.trouble(Trouble::SizeFirst);
            }
            self.change(|draft| read_label(&mut draft.next, (scan, &label)));
            return Ok(());
        }
        let known = self.came_today(&label.tracking).await?;
        if known.as_ref().is_some_and(|(parcel, _)| self.asks_about(*parcel)) {
            return Ok(());
        }
        let goes_on = self.change(|draft| {
            // Another symbol of the same label adds to it.
            if !same(draft) {
                draft.next = Next::default();
                draft.next.reading.touched(self.touches, self.facts.now);
            }
            read_label(&mut draft.next, (scan, &label));
            draft.mend = None;
            draft.stage = if known.is_some() { Stage::Known } else { Stage::Address };
            draft.next.known = known.map(|(_, spot)| Known { spot });
            draft.next.known.is_none()
        });
        if goes_on { self.whom_the_label_means().await } else { Ok(()) }
    }

    /// The parcel with this number that came today, and where it is; in another's hands it is nowhere yet. The rule is the site's;
    /// this only looks.
    async fn came_today(&self, tracking: &str) -> Result<Option<(ParcelId, Option<Spot>)>, Fault> {
        let (claim, visit) = (claim(self.keys(), tracking, false), self.courier());
        let look = move |site: &Site, now| {
            let mark = claim?.mark;
            let visitor = site.visits.get(visit?).ok()?.visitor;
            let Visitor::Courier { carrier, .. } = visitor else { return None };
            let known = site.custody.came_today(mark, Some(carrier), (now, &site.policy.zone))?;
            let at = site.custody.get(known).map(|parcel| parcel.custodian);
            let is_anothers = matches!(at, Some(Custodian::Courier(other)) if Some(other) != visit);
            Some((known, whereabouts(site, known).filter(|_| !is_anothers)))
        };
        Ok(self.app.site.read(look).await?)
    }

    /// It is another parcel with the number of one that came today.
    async fn another(&self) -> Done {
        let asks_whose = self.change(|draft| {
            if draft.next.known.take().is_none() {
                return false;
            }
            draft.next.another = true;
            draft.stage = if draft.next.recipient.is_some() { Stage::Size } else { Stage::Address };
            draft.stage == Stage::Address
        });
        if asks_whose { self.whom_the_label_means().await } else { Ok(()) }
    }

    /// They have no code, and were let in: their visit knows a drop alone.
    async fn come_to_drop(&self) -> Done {
        let asked = self.ask(Actor::Kiosk(self.kiosk), Command::ComeToDrop(self.kiosk)).await?;
        if let Some(Answer::Visit { visit }) = asked {
            self.change(|draft| {
                draft.follow(Some(visit));
                draft.stage = Stage::Start;
            });
        }
        Ok(())
    }

    async fn log_in(&self, proof: Option<Proof>) -> Done {
        let Some(proof) = proof else { return self.refused(Refusal::Mistyped) };
        let command = Command::CourierLogIn { kiosk: self.kiosk, proof };
        if let Some(Answer::Visit { visit }) = self.ask(Actor::Kiosk(self.kiosk), command).await? {
            self.change(|draft| {
                draft.follow(Some(visit));
                draft.stage = Stage::Start;
            });
        } else if self.facts.visit().is_none() {
            self.change(|draft| draft.stage = Stage::Deliver);
        }
        Ok(())
    }

    async fn collect(&self, proof: Option<Proof>) -> Done {
        let Some(proof) = proof else { return self.refused(Refusal::Mistyped) };
        let command = Command::PickUp { kiosk: self.kiosk, proof };
        let granted = self.ask(Actor::Kiosk(self.kiosk), command).await?.is_some();
        let nobody = self.facts.visit().is_none();
        self.change(|draft| match (granted, nobody) {
            (true, _) => (draft.stage, draft.goodbye) = (Stage::Start, None),
            (false, true) => draft.stage = Stage::PickUp,
            (false, false) => {}
        });
        Ok(())
    }

    async fn choose(&self, pressed: Pressed) -> Done {
        let candidates = self.change(|draft| draft.next.candidates.clone());
        let known = |unit| candidates.iter().any(|candidate| candidate.unit == unit);
        // One of those beside the one that was filled in.
        let way = self.change(|draft| {
            if draft.next.is_suggested() {
                draft.next.way = Some(Confirmed::Alternate);
            }
            draft.next.way
        });
        match pressed {
            Pressed::Unknown => self.change(|draft| {
                if matches!(draft.mend, Some((_, Mend::Readdress(_)))) {
                    chosen(draft, Recipient::Unknown, None);
                } else {
                    draft.stage = Stage::NameOnLabel;
                }
            }),
            Pressed::Person(person, unit) => {
                let candidate = candidates.iter().find(|c| c.person == Some(person) && c.unit == unit);
                if let Some(Candidate { reach, .. }) = candidate.cloned() {
                    let recipient = Recipient::Household { unit, addressee: Some(person), reach };
                    self.change(|draft| chosen(draft, recipient, way));
                }
            }
            // *Somebody else* in the only apartment found, or one of several apartments of the same number.
            Pressed::Unit(unit) if candidates.iter().any(|c| c.unit == unit && c.person.is_some()) => {
                let reach = search::reach(self.app, unit).await?;
                let recipient = Recipient::Household { unit, addressee: None, reach };
                self.change(|draft| chosen(draft, recipient, way));
            }
            Pressed::Unit(unit) if known(unit) => {
                return self.household(unit, way.unwrap_or(Confirmed::Typed)).await;
            }
            Pressed::Unit(_) => {}
        }
        Ok(())
    }

    fn named(&self, text: &str) {
        self.change(|draft| {
            draft.next.addressed_to = printable(text).or(draft.next.addressed_to.take());
            chosen(draft, Recipient::Unknown, Some(Confirmed::Unknown));
        });
    }

    fn same_again(&self) {
        self.change(|draft| {
            if let Some((recipient, _)) = draft.last.clone() {
                chosen(draft, recipient, Some(Confirmed::SameAgain));
            }
        });
    }

    async fn beside(&self, proof: Option<Proof>) -> Done {
        let Some(proof) = proof else { return self.refused(Refusal::Mistyped) };
        self.deposit(Behind::Shut(proof)).await
    }

    /// The parcel is taken out of the draft before the site is asked: a second touch finds nothing to deposit.
    async fn deposit(&self, behind: Behind) -> Done {
        let Some(visit) = self.courier() else { return self.refused(Refusal::VisitOver) };
        let taken = self.change(|draft| {
            let recipient = draft.next.recipient.clone()?;
            let stage = std::mem::replace(&mut draft.stage, Stage::Start);
            let last = draft.last.as_ref().map_or(Size::S, |(_, size)| *size);
            Some((std::mem::take(&mut draft.next), recipient, (stage, last)))
        });
        let Some((next, recipient, (stage, last))) = taken else { return Ok(()) };
        let (size, together) = match behind {
            Behind::Free(size) => (size, None),
            Behind::Shut(proof) => (last, Some(proof)),
        };
        let words = ParcelWords {
            recipient: recipient_choice(&recipient),
            size,
            heavy: next.heavy,
            reach: matches!(recipient, Recipient::Household { reach: true, .. }),
            together,
            label: next.tracking.as_deref().and_then(|number| claim(self.keys(), number, next.another)),
            class: next.class,
        };
        let intake = match self.taken_in(&next, &recipient).await {
            Ok(intake) => intake,
            Err(fault) => {
                self.change(|draft| (draft.next, draft.stage) = (next, stage));
                return Err(fault);
            }
        };
        let request = Request::new(Actor::Visit(visit), Command::Deposit { visit, words })
            .with_rows(move |answer| intake.rows(answer));
        let refusal = match self.app.site.ask(request).await?.answer {
            Ok(_) => {
                self.change(|draft| draft.last = Some((recipient, size)));
                return Ok(());
            }
            Err(refusal) => refusal,
        };
        self.change(|draft| (draft.next, draft.stage) = (next, stage));
        let Refusal::AlreadyHere { parcel } = refusal else { return self.refused(refusal) };
        if self.asks_about(parcel) {
            return Ok(());
        }
        let spot = self.app.site.read(move |site, _| whereabouts(site, parcel)).await?;
        self.change(|draft| {
            draft.next.known = Some(Known { spot });
            draft.stage = Stage::Known;
        });
        Ok(())
    }

    /// What is kept beside the parcel: how its recipient was found, and what that teaches.
    async fn taken_in(&self, next: &Next, recipient: &Recipient) -> Result<Intake, Fault> {
        let (unit, person, confirmed) = match recipient {
            Recipient::Household { unit, addressee, .. } => {
                (Some(*unit), *addressee, next.way.unwrap_or(Confirmed::Typed))
            }
            Recipient::Unknown => (None, None, Confirmed::Unknown),
        };
        let mut reading = next.reading.clone();
        reading.tracking = next.tracking.clone().unwrap_or_default();
        reading.name.clone_from(&next.addressed_to);
        let name = reading.name.clone();
        let learned = self
            .app
            .site
            .query(move |conn| record::learned(conn, name.as_deref(), (unit, person), confirmed));
        let (learned, at) = (learned.await?, self.facts.now);
        Ok(Intake { reading, unit, person, confirmed, learned, at, desk: false })
    }

    fn fix_what(&self, reopen: bool) {
        self.change(|draft| {
            let Some((_, mend)) = &mut draft.mend else { return };
            (*mend, draft.stage) =
                if reopen { (Mend::Reopen, Stage::FixCode) } else { (Mend::Readdress(None), Stage::Address) };
            draft.next = Next::default();
        });
    }

    async fn fix(&self, proof: Option<Proof>) -> Done {
        let Some(proof) = proof else { return self.refused(Refusal::Mistyped) };
        let Some(visit) = self.courier() else { return self.refused(Refusal::VisitOver) };
        let fix = self.change(|draft| match &draft.mend {
            Some((parcel, Mend::Reopen)) => Some((*parcel, Fix::Reopen)),
            Some((parcel, Mend::Readdress(Some(recipient)))) => {
                Some((*parcel, Fix::Readdress(recipient_choice(recipient))))
            }
            Some((_, Mend::Open | Mend::Readdress(None))) | None => None,
        });
        let Some((parcel, fix)) = fix else { return Ok(()) };
        let command = Command::FixDeposit { visit, parcel, fix, proof };
        if self.ask(Actor::Visit(visit), command).await?.is_some() {
            self.change(|draft| (draft.mend, draft.stage) = (None, Stage::Start));
        }
        Ok(())
    }

    async fn finish(&self) -> Done {
        let Some(visit) = self.facts.visit() else { return Ok(()) };
        let tally = match (&self.facts.resident, &self.facts.courier) {
            (None, Some(courier)) => Some(Tally::of(&courier.done)),
            _ => None,
        };
        if self.ask(Actor::Visit(visit), Command::Finish { visit }).await?.is_some() {
            self.gone(tally);
        }
        Ok(())
    }

    /// The person in front has gone; who comes next begins as if nobody had been there.
    fn gone(&self, goodbye: Option<Tally>) {
        let courier_stays = self.facts.resident.is_some() && self.facts.courier.is_some();
        self.change(|draft| {
            draft.stage = Stage::Start;
            if !courier_stays {
                let comfort = draft.comfort;
                draft.forget();
                if goodbye.is_some() {
                    (draft.goodbye, draft.comfort) = (goodbye, comfort);
                }
            }
        });
    }

    async fn leave(&self) -> Done {
        let only_looking = self.facts.resident.is_none()
            && self.change(|draft| matches!(draft.stage, Stage::PickUp | Stage::Help | Stage::Deliver));
        match self.facts.visit() {
            Some(_) if only_looking && self.courier().is_some() => {
                self.change(|draft| draft.stage = Stage::Start)
            }
            Some(visit) => {
                if self.ask(Actor::Visit(visit), Command::Finish { visit }).await?.is_some() {
                    self.gone(None);
                }
            }
            None => self.change(Draft::forget),
        }
        Ok(())
    }

    async fn go_on(&self) -> Done {
        for visit in self.facts.visits() {
            let request = Request::new(Actor::Visit(visit), Command::Continue { visit });
            // A visit that has just ended needs no words: the next screen shows it.
            let _ = self.app.site.ask(request).await?;
        }
        Ok(())
    }
}

/// Somebody was chosen: for the next parcel, or for one that is put right.
pub(super) fn chosen(draft: &mut Draft, recipient: Recipient, way: Option<Confirmed>) {
    if let Some((_, mend @ Mend::Readdress(_))) = &mut draft.mend {
        *mend = Mend::Readdress(Some(recipient));
        draft.stage = Stage::FixCode;
    } else {
        (draft.next.recipient, draft.next.way) = (Some(recipient), way);
        draft.stage = Stage::Size;
    }
    (draft.next.candidates, draft.next.more) = (Vec::new(), false);
}

fn read_label(next: &mut Next, (scan, label): (&str, &Label)) {
    next.reading.read(scan, label);
    next.tracking = Some(label.tracking.clone());
    next.carrier = label.carrier.and_then(Carrier::name);
    next.addressed_to = label.recipient.addressed_to().map(str::to_owned).or(next.addressed_to.take());
}

fn recipient_choice(recipient: &Recipient) -> RecipientChoice {
    match recipient {
        Recipient::Household { unit, addressee, .. } => {
            RecipientChoice::Household { unit: *unit, addressee: *addressee }
        }
        Recipient::Unknown => RecipientChoice::Unknown,
    }
}
