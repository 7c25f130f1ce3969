//! People at a kiosk, and kiosks, who want what is not theirs: each attack plays at the running site, between acts of
//! everybody else, and says what must not have happened. What opens is compared with what the model says was empty.

use crate::hunt::watched;
use crate::world::{Code, Founded, K1, K2, K3, STAFF, Server, World, typed};
use std::collections::BTreeSet;
use vestibule_core::code::token::{self, SiteTag, TokenKind, draw_token};
use vestibule_core::code::{Seed, damm, pin};
use vestibule_core::custody::Custodian;
use vestibule_core::place::compartment::Size;
use vestibule_core::vocabulary::command::{
    CheckOut, Fix, HandOverTo, LookedFor, ParcelWords, Proof, RecipientChoice, StaffReason,
};
use vestibule_core::*;

/// An attack: its name, and one round of it.
type Attack = (&'static str, fn(&mut World));

/// All of them.
pub const ATTACKS: [Attack; 7] = [
    ("a courier's code that leaked", leaked_courier_code),
    ("forged QR codes", forged_tokens),
    ("hostile scanner input", hostile_scans),
    ("a kiosk that lies", lying_kiosk),
    ("a kiosk that is not paired", unpaired_kiosk),
    ("the next person at a courier's visit", next_person),
    ("a vandal at the keypads", vandal),
];

/// Rounds of an attack at one site, and the most acts of others before each. A ledger stays short: with a disk that is full,
/// all of it is read at every step.
pub const ROUNDS: (u64, u64) = (4, 12);

/// The seed's attack, round after round, each after some acts of everybody else; what was said to the site meanwhile.
///
/// # Errors
/// What was violated, and how to repeat it.
pub fn attack(seed: u64, (rounds, acts): (u64, u64), founded: &Founded, traced: bool) -> Result<u64, String> {
    let kinds = ATTACKS.len() as u64;
    let (name, round) = ATTACKS[usize::try_from(seed % kinds).expect("few")];
    let mut world = World::new(seed, founded);
    world.traced = traced;
    let outcome = watched(|| {
        for _ in 0..rounds {
            for _ in 0..world.chance.below(acts + 1) {
                world.act();
            }
            world.line_is_well();
            world.run(1_000);
            round(&mut world);
        }
        world.ends();
    });
    world.leaves_no_process();
    let again = format!("cargo xtask sim --attack {seed} --trace");
    outcome.map(|()| world.counted.operations).map_err(|words| format!("{name}: {words}; {again}"))
}

/// What was opening before an attack, and who else was at work then: their next door opens by itself when one shuts.
struct Before {
    openings: BTreeSet<OpeningId>,
    others: BTreeSet<VisitId>,
}

impl World {
    fn live(&mut self) -> &Site {
        self.start();
        self.process.as_ref().expect("started").writer.site()
    }

    /// Before an attack at this visit, if it is one at a visit.
    fn before(&mut self, attacked: Option<VisitId>) -> Before {
        let site = self.live();
        let others = site.visits.live.keys().copied().filter(|visit| Some(*visit) != attacked).collect();
        Before { openings: site.openings.live.keys().copied().collect(), others }
    }

    /// What opens since, for nobody who was at work before.
    fn fresh(&mut self, before: &Before) -> Vec<(OpeningId, CompartmentId)> {
        let is_others = |opening: &opening::Opening| {
            opening.purpose.visit().is_some_and(|visit| before.others.contains(&visit))
        };
        let live = self.live().openings.live.iter();
        live.filter(|(id, opening)| !before.openings.contains(id) && !is_others(opening))
            .map(|(id, opening)| (*id, opening.compartment))
            .collect()
    }

    /// Whatever opened since holds nothing, or nothing but what this visit brought.
    fn only_empty_opened(&mut self, before: &Before, own: Option<VisitId>) {
        for (_, compartment) in self.fresh(before) {
            let inside =
                self.model.things.iter().filter(|(_, t)| t.at == Custodian::Compartment(compartment));
            for (parcel, thing) in inside {
                let is_own = own.is_some() && thing.visit == own;
                assert!(is_own, "wrong opening: {compartment} holds {parcel} and opened for a stranger");
            }
        }
    }

    fn nothing_opened(&mut self, before: &Before) {
        let fresh = self.fresh(before);
        assert!(fresh.is_empty(), "wrong opening: {fresh:?} began and nobody was entitled");
    }

    fn refused(&mut self, actor: Actor, command: Command, why: &str) {
        let words = format!("{command:?}");
        let answer = self.answer(actor, command);
        assert!(!matches!(answer, Some(Ok(_))), "I5: {why} was granted: {words} {answer:?}");
    }

    fn words_for(&mut self, together: Option<Proof>) -> ParcelWords {
        let unit = UnitId(u32::try_from(self.chance.below(4)).expect("small") + 1);
        let recipient = RecipientChoice::Household { unit, addressee: None };
        let size = self.chance.pick(&[Size::S, Size::M, Size::L]).expect("three");
        ParcelWords { recipient, size, heavy: false, reach: false, together, label: None, class: None }
    }

    /// A door that opened is shut, with nothing done.
    fn shut_all(&mut self) {
        for door in self.ajar() {
            self.shuts_this(door, false);
        }
        self.run(1_500);
    }

    fn somebodys_code(&mut self) -> Option<Code> {
        let held: Vec<_> = self.letters.held.iter().filter(|code| code.person.is_some()).cloned().collect();
        self.chance.pick(&held)
    }

    /// Everything a visit can say beside deposits, about any parcel and door of the house.
    fn visit_words(&mut self, visit: VisitId, proof: &Proof) -> Vec<Command> {
        let parcel = ParcelId(self.chance.below(self.model.things.len() as u64 + 3));
        let compartment = CompartmentId(u32::try_from(self.chance.below(6)).expect("small") + 1);
        let proof = proof.clone();
        vec![
            Command::NextDoor { visit },
            Command::Reopen { visit, compartment },
            Command::TakeFromShelf { visit, out: CheckOut::by_tap(parcel) },
            Command::NotThere(LookedFor { parcel, visit: Some(visit) }),
            Command::FixDeposit { visit, parcel, fix: Fix::Reopen, proof },
            Command::NotMine { visit },
            Command::WasEmpty { visit },
        ]
    }
}

/// Whoever has a courier's code opens what is empty, what this very visit filled, and nothing else.
fn leaked_courier_code(world: &mut World) {
    let courier = world.letters.couriers.last().cloned().expect("founded with");
    let proof = courier.scanned(world.keys());
    world.refused(Actor::Kiosk(K1), Command::PickUp { kiosk: K1, proof: proof.clone() }, "a collection");
    let digits = courier.typed_by_courier(world.keys());
    world.refused(Actor::Kiosk(K1), Command::PickUp { kiosk: K1, proof: digits }, "a collection");
    let come = world.answer(Actor::Kiosk(K1), Command::CourierLogIn { kiosk: K1, proof: proof.clone() });
    let Some(Ok(Answer::Visit { visit })) = come else { return };
    for _ in 0..4 {
        let before = world.before(Some(visit));
        let words = world.words_for(Some(proof.clone()));
        world.answer(Actor::Visit(visit), Command::Deposit { visit, words });
        world.only_empty_opened(&before, Some(visit));
        for command in world.visit_words(visit, &proof) {
            let before = world.before(Some(visit));
            world.answer(Actor::Visit(visit), command);
            world.only_empty_opened(&before, Some(visit));
        }
        world.run(900);
        world.only_empty_opened(&before, Some(visit));
        world.shut_all();
    }
    world.answer(Actor::Visit(visit), Command::Finish { visit });
}

/// Tokens of the right form: made up, of another building, or a living one with a character changed.
fn forged_tokens(world: &mut World) {
    let tag = world.live().tag.expect("founded");
    let other = SiteTag::try_from("ZZ".to_owned()).expect("a tag");
    let before = world.before(None);
    for _ in 0..60 {
        let mut draw = vestibule_core::code::Draw::new(Seed(world.chance.bytes()));
        let kind =
            world.chance.pick(&[TokenKind::Pickup, TokenKind::Courier, TokenKind::Card]).expect("three");
        let of = if world.chance.once_in(4) { other } else { tag };
        let mut text = draw_token(&mut draw, kind, of).expose().to_owned();
        if let Some(code) = world.somebodys_code().filter(|_| world.chance.once_in(2)) {
            text = changed(&code.token, world);
        }
        let read = token::read(&text, tag);
        assert!(of == tag || read.is_err() || !text.starts_with("ZZ"), "another building's token is read");
        let proof = Proof::Token(pin::token_hash(&**world.keys(), &text));
        for command in [
            Command::PickUp { kiosk: K1, proof: proof.clone() },
            Command::CourierLogIn { kiosk: K1, proof: proof.clone() },
        ] {
            let answer = world.say(Actor::Kiosk(K1), command);
            assert!(!matches!(answer, Some(Ok(_))), "I5: a forged token was accepted");
        }
        let parcels: Vec<_> = world.model.things.keys().copied().take(1).collect();
        let answer = world.say(STAFF, Command::HandOver { parcels, to: HandOverTo::Shown(proof) });
        assert!(!matches!(answer, Some(Ok(_))), "I5: a forged token was honoured at the desk");
    }
    world.nothing_opened(&before);
}

/// A token with one character changed, its check character made right again where that is the luck of the draw.
fn changed(token: &str, world: &mut World) -> String {
    let mut bytes = token.as_bytes().to_vec();
    let at = 4 + usize::try_from(world.chance.below(bytes.len() as u64 - 5)).expect("small");
    bytes[at] = if bytes[at] == b'7' { b'8' } else { b'7' };
    String::from_utf8(bytes).expect("ASCII")
}

/// Whatever a scanner types: what is no token of this house never becomes one, and nothing opens.
fn hostile_scans(world: &mut World) {
    let tag = world.live().tag.expect("founded");
    let before = world.before(None);
    let seq = world.live().counters.clone();
    for _ in 0..80 {
        let text = hostile(world);
        let Ok((_, text)) = token::read(&text, tag) else { continue };
        let proof = Proof::Token(pin::token_hash(&**world.keys(), &text));
        let answer = world.say(Actor::Kiosk(K1), Command::PickUp { kiosk: K1, proof });
        assert!(!matches!(answer, Some(Ok(_))), "I5: {text} was accepted");
    }
    // As digits, which a scanner can type as well.
    for digits in ["", "0", "00000000000", "'; --", "９９９９９９９９９", "-1", "1e9", "\u{0}\u{0}\u{0}"]
    {
        assert!(
            directory::KeypadNumber::new(digits).is_err() || digits.bytes().all(|b| b.is_ascii_digit()),
            "{digits:?} is a keypad number"
        );
    }
    assert!(world.live().counters == seq, "what is no token left a trace");
    world.nothing_opened(&before);
}

fn hostile(world: &mut World) -> String {
    const PIECES: [&str; 12] = [
        "VP",
        "VC",
        "VR",
        "VK",
        "'; DROP TABLE event; --",
        "\u{0}",
        "\r\n",
        "%00",
        "../../etc/passwd",
        "0OIl1Z",
        "\u{202E}",
        "<script>",
    ];
    let mut text = String::new();
    for _ in 0..=world.chance.below(6) {
        if world.chance.once_in(2) {
            text.push_str(world.chance.pick(&PIECES).expect("some"));
        } else {
            let letters = world.chance.bytes().map(|byte| char::from(b'0' + byte % 43));
            text.extend(letters.iter().take(usize::try_from(world.chance.below(32)).expect("small")));
        }
    }
    text
}

/// A kiosk has no authority: what it says without a proof is refused, whatever it says it saw.
fn lying_kiosk(world: &mut World) {
    let before = world.before(None);
    let courier = world.letters.couriers[0].scanned(world.keys());
    let kiosk = Actor::Kiosk(K1);
    let parcel = ParcelId(world.chance.below(12));
    let compartment = CompartmentId(u32::try_from(world.chance.below(6)).expect("small") + 1);
    let reason = StaffReason::HelpResident;
    let visit = VisitId(world.chance.below(30));
    let number = directory::KeypadNumber::new("301").expect("digits");
    let hash = code::CodeHash(world.chance.bytes());
    let lies = [
        Command::StaffOpen { compartment, reason },
        Command::StaffRemove { parcel, reason },
        Command::ResolveCheck { compartment, found: vec![] },
        Command::RevealCode { person: PersonId(1) },
        Command::IssueCard { person: PersonId(1) },
        Command::LiftPauses,
        Command::PairKiosk { banks: vec![BankId(1)] },
        Command::HandOver { parcels: vec![parcel], to: HandOverTo::Person(PersonId(1)) },
        Command::NextDoor { visit },
        Command::TakeFromShelf { visit, out: CheckOut::by_tap(parcel) },
        Command::NotThere(LookedFor { parcel, visit: Some(visit) }),
        Command::NotThere(LookedFor { parcel, visit: None }),
        Command::FixDeposit { visit, parcel, fix: Fix::Reopen, proof: courier.clone() },
        // In another kiosk's name.
        Command::CourierLogIn { kiosk: K2, proof: courier.clone() },
        // Says that the check digit was right.
        Command::PickUp { kiosk: K1, proof: Proof::Digits { selector: number, check_ok: true, hash } },
    ];
    for lie in lies {
        world.refused(kiosk, lie, "a kiosk's lie");
    }
    world.nothing_opened(&before);
    // It may show what somebody showed it; what it sees of banks is not its to say.
    let sightless = world.answer(STAFF, Command::SetKioskBanks { kiosk: K3, banks: vec![] });
    if matches!(sightless, Some(Ok(_))) {
        if let Some(code) = world.somebodys_code() {
            let proof = code.scanned(world.keys());
            world.answer(Actor::Kiosk(K3), Command::PickUp { kiosk: K3, proof });
            world.run(900);
            world.nothing_opened(&before);
        }
        world.answer(STAFF, Command::SetKioskBanks { kiosk: K3, banks: vec![BankId(1)] });
    }
    world.run(35_000);
}

/// A kiosk that was never paired, or no longer is, opens nothing with any code.
fn unpaired_kiosk(world: &mut World) {
    let paired = match world.answer(STAFF, Command::PairKiosk { banks: vec![BankId(1)] }) {
        Some(Ok(Answer::Kiosk(kiosk))) => kiosk,
        // The disk is full; another round finds room.
        Some(Err(Refusal::DiskLow)) => return,
        other => panic!("a kiosk is paired: {other:?}"),
    };
    let courier = world.letters.couriers.last().expect("founded with").scanned(world.keys());
    let login = Command::CourierLogIn { kiosk: paired, proof: courier.clone() };
    let come = world.answer(Actor::Kiosk(paired), login.clone());
    let begun = match come {
        Some(Ok(Answer::Visit { visit })) => Some(visit),
        _ => None,
    };
    world.answer(STAFF, Command::UnpairKiosk { kiosk: paired });
    let before = world.before(begun);
    for kiosk in [paired, KioskId(99)] {
        let proof = courier.clone();
        world.refused(Actor::Kiosk(kiosk), Command::CourierLogIn { kiosk, proof }, "a visit");
        if let Some(code) = world.somebodys_code() {
            let proof = code.scanned(world.keys());
            world.refused(Actor::Kiosk(kiosk), Command::PickUp { kiosk, proof }, "a collection");
            if !code.selector.is_empty() {
                let proof = code.typed(world.keys());
                world.refused(Actor::Kiosk(kiosk), Command::PickUp { kiosk, proof }, "a collection");
            }
        }
    }
    // What was begun there before goes no further.
    if let Some(visit) = begun {
        let words = world.words_for(None);
        world.answer(Actor::Visit(visit), Command::Deposit { visit, words });
        world.run(900);
    }
    world.nothing_opened(&before);
    world.run(35_000);
}

/// A courier walks off without a word; whoever comes next has no code and gets no door with anything in it.
fn next_person(world: &mut World) {
    let courier = world.letters.couriers.last().expect("founded with").scanned(world.keys());
    let come = world.answer(Actor::Kiosk(K1), Command::CourierLogIn { kiosk: K1, proof: courier });
    let Some(Ok(Answer::Visit { visit })) = come else { return };
    let words = world.words_for(None);
    world.answer(Actor::Visit(visit), Command::Deposit { visit, words });
    world.run(900);
    for door in world.ajar() {
        world.shuts_this(door, true);
    }
    world.run(2_500);
    let wrong = Proof::Token(code::CodeHash(world.chance.bytes()));
    for _ in 0..3 {
        for command in world.visit_words(visit, &wrong) {
            let before = world.before(Some(visit));
            world.answer(Actor::Visit(visit), command);
            world.only_empty_opened(&before, None);
        }
        let before = world.before(Some(visit));
        let beside = world.chance.once_in(2).then(|| wrong.clone());
        let words = world.words_for(beside);
        world.answer(Actor::Visit(visit), Command::Deposit { visit, words });
        world.run(900);
        world.only_empty_opened(&before, None);
        world.shut_all();
    }
    world.run(35_000);
}

/// Wrong digits for hours lock nobody out: codes live, QR, card, badge and desk work.
fn vandal(world: &mut World) {
    for n in 0..120 {
        let number = world.chance.pick(&["301", "302", "303", "304"]).expect("four");
        let mut digits: String =
            (0..8).map(|_| char::from(b'0' + u8::try_from(world.chance.below(10)).expect("one"))).collect();
        digits.extend(damm::check_digit(&digits));
        let hash = pin::pin_hash(&**world.keys(), number, &digits);
        let proof = typed(number, &digits, hash);
        let kiosk = if n % 2 == 0 { K1 } else { K2 };
        let command = if n % 3 == 0 {
            Command::CourierLogIn { kiosk, proof }
        } else {
            Command::PickUp { kiosk, proof }
        };
        world.say(Actor::Kiosk(kiosk), command);
        world.skip(Span::seconds(45));
    }
    // Notices that were due meanwhile arrive; who has something waiting opens it with the code they hold.
    world.letters.server = Server::Well;
    world.skip(Span::minutes(12));
    world.everything_is_collectable();
    let badge = world.letters.couriers.last().expect("founded with").scanned(world.keys());
    let come = world.answer(Actor::Kiosk(K1), Command::CourierLogIn { kiosk: K1, proof: badge });
    let kept_out = matches!(
        come,
        Some(Err(Refusal::SelectorPaused { .. }
            | Refusal::KioskPaused { .. }
            | Refusal::KeypadsOff
            | Refusal::WrongCode))
    );
    assert!(!kept_out, "a courier is locked out by a vandal: {come:?}");
    if let Some(Ok(Answer::Visit { visit })) = come {
        world.answer(Actor::Visit(visit), Command::Finish { visit });
    }
}
