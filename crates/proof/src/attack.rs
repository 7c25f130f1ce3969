//! People who want what is not theirs: guessing at a keypad for years, and showing again what was good once.

pub mod strangers;

use crate::chance::Chance;
use crate::hunt::watched;
use crate::points::brings;
use crate::world::{Death, Founded, K1, STAFF, World, typed};
use sha2::{Digest, Sha256};
use vestibule_core::code::{CodeHash, CodeHasher, Seed, damm, pin};
use vestibule_core::place::compartment::Size;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::Proof;
use vestibule_core::vocabulary::decision::Input;
use vestibule_core::*;

/// A hash that keeps so little of a PIN that guesses hit often enough to be counted: the space is scaled down, the rules
/// are those of the product.
struct Scaled {
    space: u64,
}

impl CodeHasher for Scaled {
    fn hash(&self, purpose: &str, text: &str) -> CodeHash {
        let whole: [u8; 32] = Sha256::digest(format!("{purpose}/{text}")).into();
        if purpose != "pin" {
            return CodeHash(whole);
        }
        let head = u64::from_be_bytes(whole[..8].try_into().expect("eight bytes"));
        CodeHash(Sha256::digest((head % self.space).to_be_bytes()).into())
    }
}

/// What guessing came to.
#[derive(Clone, Copy, Debug)]
pub struct Guessed {
    /// Guesses that were admitted.
    pub guesses: u64,
    /// Guesses that opened something.
    pub hits: u64,
    /// Hits the formula expects.
    pub expected: f64,
    /// The most guesses within a day.
    pub most_a_day: u64,
}

impl Guessed {
    /// How far off the formula, in standard deviations.
    pub fn sigmas(&self) -> f64 {
        (self.hits as f64 - self.expected).abs() / self.expected.sqrt().max(1.0)
    }
}

/// Guesses at one apartment's number for so many years, with a restart now and then. The rules let at most 20 guesses and
/// one more an hour pass in a day.
///
/// # Errors
/// What was violated.
pub fn guess_for_years(years: i64, seed: u64, founded: &Founded) -> Result<Guessed, String> {
    let mut world = World::new(seed, founded);
    let site = watched(|| {
        world.start();
        world.run(1_000);
        brings(&mut world, 1, Size::S);
        assert!(!world.model.opens_for(PersonId(1)).is_empty(), "something waits for them");
        world.process.as_ref().expect("it runs").writer.site().clone()
    })?;
    let now = world.model.now;
    world.leaves_no_process();
    let hasher = Scaled { space: 150 };
    watched(move || guess(site, (now, Span::days(365 * years)), &hasher, &mut Chance::new(seed)))
}

fn guess(mut site: Site, (begun, time): (Timestamp, Span), hasher: &Scaled, chance: &mut Chance) -> Guessed {
    let mut now = begun;
    let mut guessed = Guessed { guesses: 0, hits: 0, expected: 0.0, most_a_day: 0 };
    let mut today = std::collections::VecDeque::new();
    for person in [1, 1, 2, 2].map(PersonId) {
        let command = Command::NotifyAgain { person };
        let _ = apply(&mut site, (Actor::Staff(StaffId(1)), command), (now, hasher), chance);
    }
    let number = site.directory.keypad_of(PersonId(1)).expect("they live here").digits().to_owned();
    while now - begun < time {
        let mut digits: String = (0..8).map(|_| char::from(b'0' + small(chance.below(10)))).collect();
        digits.extend(damm::check_digit(&digits));
        let hash = pin::pin_hash(hasher, &number, &digits);
        let live = site.credentials.pickup.live.values().filter(|code| code.selector.digits() == number);
        let chance_of_one = live.map(|code| code.digits).collect::<std::collections::BTreeSet<_>>().len();
        let proof = typed(&number, &digits, hash);
        let mut tried = site.clone();
        let command = Command::PickUp { kiosk: K1, proof };
        let answer = apply(&mut tried, (Actor::Kiosk(K1), command), (now, hasher), chance);
        match answer {
            Err(Refusal::SelectorPaused { until } | Refusal::KioskPaused { until }) => {
                now = until;
                continue;
            }
            Ok(_) => guessed.hits += 1,
            Err(_) => site = tried,
        }
        guessed.guesses += 1;
        guessed.expected += chance_of_one as f64 / hasher.space as f64;
        today.push_back(now);
        while today.front().is_some_and(|at| now - *at >= Span::days(1)) {
            today.pop_front();
        }
        guessed.most_a_day = guessed.most_a_day.max(today.len() as u64);
        now = now + Span::seconds(2);
        if guessed.guesses.is_multiple_of(100) {
            let kept = serde_json::to_vec(&site).expect("plain data");
            site = serde_json::from_slice(&kept).expect("reads back");
            site.apply(&Input::Observation(Observation::Started { boot: 9 }), &context(now, hasher, chance));
        }
    }
    assert!(guessed.most_a_day <= 20 + 25, "I9: {} guesses within a day", guessed.most_a_day);
    guessed
}

fn context<'a>(now: Timestamp, hasher: &'a Scaled, chance: &mut Chance) -> Context<'a> {
    Context { now, seed: Seed(chance.bytes()), hasher }
}

fn apply(
    site: &mut Site,
    (actor, command): (Actor, Command),
    (now, hasher): (Timestamp, &Scaled),
    chance: &mut Chance,
) -> Result<Answer, Refusal> {
    site.apply(&Input::Command { actor, command }, &context(now, hasher, chance)).answer
}

fn small(number: u64) -> u8 {
    u8::try_from(number).expect("below ten")
}

/// Shows what was accepted once so many times, over deaths and clock changes; what was asked. Each kind there is: pickup
/// codes as QR and digits, a card, a courier's badge and digits.
///
/// # Errors
/// What was violated.
pub fn replay_spent_codes(times: u64, seed: u64, founded: &Founded) -> Result<u64, String> {
    let mut world = World::new(seed, founded);
    let outcome = watched(|| {
        world.start();
        let spent = spend(&mut world);
        for n in 0..times {
            let proof = &spent[usize::try_from(n).unwrap_or(0) % spent.len()];
            let command = if world.chance.once_in(2) {
                Command::PickUp { kiosk: K1, proof: proof.clone() }
            } else {
                Command::CourierLogIn { kiosk: K1, proof: proof.clone() }
            };
            let asked = world.say(Actor::Kiosk(K1), command);
            assert!(!matches!(asked, Some(Ok(_))), "I5: a spent code was accepted at try {n}");
            if n % 5_000 == 4_999 {
                world.end(if n % 2 == 0 { Death::Power } else { Death::Process });
                world.wall_off = Span(if n % 4 == 1 { 3_600_000 } else { 0 });
            }
            world.now_ms += 50;
        }
        times
    });
    world.leaves_no_process();
    outcome
}

/// One of each kind of credential is accepted, then is over. How they are shown again.
fn spend(world: &mut World) -> Vec<Proof> {
    let keys = world.keys().clone();
    for _ in 0..3 {
        world.does(crate::acts::Act::DeliversWell);
        world.skip(Span::minutes(2));
        world.does(crate::acts::Act::CollectsWell);
    }
    world.skip(Span::minutes(15));
    let card = world.insist(STAFF, Command::IssueCard { person: PersonId(3) });
    let now = world.model.now;
    let (windows, expires) = (vec![WeekWindow::ALWAYS], now + Span::days(9));
    let code = Command::IssueCourierCode { carrier: CarrierId(1), windows, expires, doors: vec![] };
    let code = world.insist(STAFF, code);
    let (Ok(Answer::Credential { credential: card }), Ok(Answer::Credential { credential: code })) =
        (card, code)
    else {
        panic!("both are issued")
    };
    let badge = world.letters.couriers.iter().find(|c| c.credential == Some(code)).cloned().expect("shown");
    let shown = world.letters.held.iter().find(|c| c.credential == Some(card)).cloned().expect("shown");
    let login = Command::CourierLogIn { kiosk: K1, proof: badge.typed_by_courier(&keys) };
    let accepted = world.insist(Actor::Kiosk(K1), login);
    let Ok(Answer::Visit { visit }) = accepted else { panic!("a courier comes: {accepted:?}") };
    let _ = world.insist(Actor::Visit(visit), Command::Finish { visit });
    let _ = world.insist(STAFF, Command::RevokeCard { credential: card });
    let _ = world.insist(STAFF, Command::RevokeCourierCode { credential: code, at: now });
    let site = world.process.as_ref().expect("it runs").writer.site();
    let is_spent =
        |id: Option<CredentialId>| id.is_some_and(|id| !site.credentials.pickup.live.contains_key(&id));
    let collected: Vec<_> = world.letters.held.iter().filter(|c| is_spent(c.credential)).collect();
    assert!(collected.iter().any(|code| !code.digits.is_empty()), "somebody collected something");
    let mut spent: Vec<_> = collected.iter().map(|code| code.scanned(&keys)).collect();
    let with_digits = collected.iter().filter(|code| !code.digits.is_empty() && !code.selector.is_empty());
    spent.extend(with_digits.map(|code| code.typed(&keys)));
    spent.extend([shown.scanned(&keys), badge.scanned(&keys), badge.typed_by_courier(&keys)]);
    spent
}
