//! A code that is over is told so, for a while; its digits are not drawn again meanwhile; a code that never was is wrong.

use crate::world::*;
use vestibule_core::code::{CodeHash, CodeHasher, Seed};
use vestibule_core::place::compartment::Size;
use vestibule_core::*;

/// A pepper so weak that only the first digit of a PIN counts.
struct FirstDigit;

impl CodeHasher for FirstDigit {
    fn hash(&self, purpose: &str, text: &str) -> CodeHash {
        match text.split_once('/') {
            Some((_, pin)) if purpose == "pin" => CodeHash([pin.as_bytes()[0]; 32]),
            _ => Pepper.hash(purpose, text),
        }
    }
}

fn reveal(w: &mut World, name: &str) -> Code {
    w.ok(STAFF, Command::RevealCode { person: person(name) });
    w.revealed.take().unwrap()
}

#[test]
fn the_last_sixty_four_of_an_apartment_are_known_and_the_older_ones_are_wrong() {
    let mut w = World::new();
    w.delivered(&["102"]);
    let codes: Vec<_> = (0..70).map(|_| reveal(&mut w, "cleo")).collect();
    // The newest lives, and the one of the notice; sixty-four before it are remembered.
    for old in &codes[..5] {
        assert_eq!(w.pick_up(K1, old.scanned()), Err(Refusal::WrongCode));
    }
    for known in [&codes[5], &codes[68]] {
        assert_eq!(w.pick_up(K1, known.scanned()), Err(Refusal::CodeDead));
        assert_eq!(w.pick_up(K1, known.typed()), Err(Refusal::CodeDead));
    }
    assert_eq!(w.misses(), 0);
    w.pick_up(K1, codes[69].typed()).unwrap();
}

#[test]
fn after_ninety_days_it_is_a_wrong_code_like_any_other() {
    let mut w = World::new();
    w.delivered(&["102"]);
    let old = w.code_of("cleo");
    let visit = w.scans(K1, "cleo").unwrap();
    w.takes_all(visit);
    w.minutes(10);
    w.wait(Span::days(89));
    assert_eq!(w.pick_up(K1, old.typed()), Err(Refusal::CodeDead));
    w.wait(Span::days(1));
    assert_eq!(w.pick_up(K1, old.typed()), Err(Refusal::WrongCode));
    assert_eq!(w.pick_up(K1, old.scanned()), Err(Refusal::WrongCode));
    assert_eq!(w.misses(), 1, "digits cost, a scan does not");
}

#[test]
fn digits_that_live_or_lived_are_not_drawn_again() {
    let mut w = World::new();
    let visit = w.courier();
    w.put(visit, "102", Size::S);
    let mut site = w.site.clone();
    let mut drawn: Vec<_> = (0u8..10)
        .map(|n| {
            let command = Command::RevealCode { person: person("cleo") };
            let ctx = Context { now: w.now, seed: Seed([n; 32]), hasher: &FirstDigit };
            let decision = site.apply(&Input::Command { actor: STAFF, command }, &ctx);
            decision.secrets[0].digits.as_ref().unwrap().expose()[..1].to_owned()
        })
        .collect();
    drawn.sort_unstable();
    assert_eq!(drawn.concat(), "0123456789", "ten codes, each with digits of its own");
}

#[test]
fn a_token_nobody_was_given_is_wrong_and_costs_nothing() {
    let mut w = World::new();
    w.delivered(&["102"]);
    let mut forged = w.code_of("cleo");
    forged.token.replace_range(10..11, if &forged.token[10..11] == "0" { "1" } else { "0" });
    for _ in 0..30 {
        assert_eq!(w.pick_up(K1, forged.scanned()), Err(Refusal::WrongCode));
        assert_eq!(w.log_in(K1, &forged), Err(Refusal::WrongCode));
    }
    assert_eq!(w.misses(), 0);
    w.scans(K1, "cleo").unwrap();
}
