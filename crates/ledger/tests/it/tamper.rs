//! Every way to falsify a ledger, and that it is found where it was done.

use proptest::prelude::*;
use vestibule_ledger::{Chain, EPOCH_RAISED, Flaw, Sealed, SiteKey, Verifier};

use crate::ledgers::{any_ledger, draft, site, verify};

const LEN: usize = 6;

fn ledger() -> Vec<Sealed> {
    let mut chain = Chain::new(site());
    (0..LEN).map(|at| chain.append(draft(100 + 10 * at as i64)).expect("the draft fits")).collect()
}

type Change = fn(&mut Sealed);

/// Every single-field change of an event, by the field's name.
fn changes() -> Vec<(&'static str, Change)> {
    vec![
        ("site", |event| event.envelope.site = SiteKey::new("maple-courts").expect("a valid key")),
        ("epoch up", |event| event.envelope.epoch += 1),
        ("epoch down", |event| event.envelope.epoch -= 1),
        ("seq up", |event| event.envelope.seq += 1),
        ("seq down", |event| event.envelope.seq -= 1),
        ("kind", |event| event.envelope.kind.push('x')),
        ("kind epoch-raised", |event| event.envelope.kind = EPOCH_RAISED.to_owned()),
        ("version", |event| event.envelope.version ^= 1),
        ("occurred_at", |event| event.envelope.occurred_at -= 1),
        ("recorded_at later", |event| event.envelope.recorded_at += 1),
        ("recorded_at earlier", |event| event.envelope.recorded_at -= 1),
        ("recorded_at before the last", |event| event.envelope.recorded_at -= 11),
        ("boot_id", |event| event.envelope.boot_id ^= 1),
        ("actor", |event| event.envelope.actor.clear()),
        ("cause", |event| event.envelope.cause.push('x')),
        ("prev_hash", |event| event.envelope.prev_hash.0[31] ^= 1),
        ("payload", |event| event.envelope.payload[0] ^= 1),
        ("payload longer", |event| event.envelope.payload.push(0)),
        ("stored hash", |event| event.hash.0[0] ^= 1),
    ]
}

fn flaw_at(ledger: &[Sealed], index: usize, what: &str) -> Flaw {
    let fault = verify(ledger).expect_err(what);
    assert_eq!(fault.index, index as u64, "{what}: found in the wrong place: {fault}");
    assert_eq!(fault.seq, ledger[index].envelope.seq, "{what}");
    fault.flaw
}

#[test]
fn a_changed_field_is_found_at_its_event() {
    for (what, change) in changes() {
        for at in 0..LEN {
            let mut forged = ledger();
            change(&mut forged[at]);
            flaw_at(&forged, at, what);
        }
    }
}

#[test]
fn a_changed_event_with_a_fitting_hash_is_found_at_the_next() {
    let changes = changes();
    let unseen =
        ["version", "payload", "actor", "cause", "occurred_at", "boot_id", "recorded_at later", "kind"];
    for (what, change) in changes.into_iter().filter(|(what, _)| unseen.contains(what)) {
        let mut forged = ledger();
        change(&mut forged[2]);
        forged[2].hash = forged[2].envelope.hash();
        assert!(matches!(flaw_at(&forged, 3, what), Flaw::WrongPrevHash { .. }), "{what}");
    }
}

#[test]
fn each_rule_is_named_by_its_own_flaw() {
    let broken = |change: Change| {
        let mut forged = ledger();
        change(&mut forged[3]);
        forged[3].hash = forged[3].envelope.hash();
        flaw_at(&forged, 3, "a broken rule")
    };
    let other = SiteKey::new("other").expect("a valid key");
    assert_eq!(
        broken(|event| event.envelope.site = SiteKey::new("other").expect("a valid key")),
        Flaw::WrongSite { found: other }
    );
    assert_eq!(broken(|event| event.envelope.seq = 6), Flaw::Gap { expected: 4 });
    assert_eq!(broken(|event| event.envelope.seq = 3), Flaw::Duplicate { expected: 4 });
    assert_eq!(broken(|event| event.envelope.epoch = 0), Flaw::EpochBackwards { last: 1, found: 0 });
    assert_eq!(broken(|event| event.envelope.epoch = 2), Flaw::EpochKind { last: 1, found: 2 });
    let raised_nothing = broken(|event| event.envelope.kind = EPOCH_RAISED.to_owned());
    assert_eq!(raised_nothing, Flaw::EpochKind { last: 1, found: 1 });
    let fell = broken(|event| event.envelope.recorded_at = 119);
    assert_eq!(fell, Flaw::RecordedBackwards { last: 120, found: 119 });
}

#[test]
fn events_taken_out_of_the_middle_are_found_behind_the_hole() {
    for from in 0..LEN - 1 {
        for to in from + 1..LEN {
            let mut forged = ledger();
            forged.drain(from..to);
            let expected = from as u64 + 1;
            assert_eq!(flaw_at(&forged, from, "a hole"), Flaw::Gap { expected });
        }
    }
}

#[test]
fn a_repeated_event_and_a_second_one_under_its_seq_are_found() {
    for at in 0..LEN {
        let mut forged = ledger();
        forged.insert(at + 1, forged[at].clone());
        let expected = at as u64 + 2;
        assert_eq!(flaw_at(&forged, at + 1, "a repetition"), Flaw::Duplicate { expected });
        forged[at + 1].envelope.payload.push(1);
        forged[at + 1].hash = forged[at + 1].envelope.hash();
        assert_eq!(flaw_at(&forged, at + 1, "a fork"), Flaw::Duplicate { expected });
    }
}

#[test]
fn swapped_events_are_found_at_the_first_of_them() {
    for first in 0..LEN {
        for second in first + 1..LEN {
            let mut forged = ledger();
            forged.swap(first, second);
            assert!(matches!(flaw_at(&forged, first, "a swap"), Flaw::Gap { .. }));
        }
    }
}

#[test]
fn a_cut_end_and_a_ledger_written_anew_are_found_by_a_known_head() {
    let whole = ledger();
    let known = whole.last().expect("events").head();
    let mut anew = ledger();
    let mut chain = Chain::resume(site(), whole[3].head(), whole[3].envelope.recorded_at);
    anew.truncate(4);
    anew.push(chain.append(draft(141)).expect("the draft fits"));
    anew.push(chain.append(draft(150)).expect("the draft fits"));
    for forged in [&whole[..LEN - 1], &whole[..0], &anew] {
        verify(forged).expect("by itself the chain is whole");
        let mut verifier = Verifier::new(site());
        forged
            .iter()
            .for_each(|event| verifier.push(event.envelope.view(), &event.hash).expect("good so far"));
        let fault = verifier.finish(&known).expect_err("it does not end at the known head");
        assert_eq!(fault.index, forged.len() as u64);
        assert_eq!(fault.flaw, Flaw::EndsElsewhere { expected: known });
    }
}

#[test]
fn after_a_fault_nothing_is_good_any_more() {
    let whole = ledger();
    let mut verifier = Verifier::new(site());
    verifier.push(whole[0].envelope.view(), &whole[0].hash).expect("good");
    let fault = verifier.push(whole[2].envelope.view(), &whole[2].hash).expect_err("a hole");
    assert_eq!(verifier.push(whole[1].envelope.view(), &whole[1].hash), Err(fault.clone()));
    assert_eq!(*verifier.head(), whole[0].head());
    assert_eq!(verifier.finish(&whole[0].head()), Err(fault));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_flipped_bit_is_found_at_its_event(ledger in any_ledger(1..8), at: usize, field in 0_usize..11, bit: u32) {
        let mut forged = ledger;
        let at = at % forged.len();
        flip(&mut forged[at], field, bit);
        let fault = verify(&forged).expect_err("a flipped bit");
        prop_assert_eq!(fault.index, at as u64);
    }
}

fn flip(event: &mut Sealed, field: usize, bit: u32) {
    let envelope = &mut event.envelope;
    let byte = 1_u8 << (bit % 8);
    match field {
        0 => envelope.epoch ^= 1 << (bit % 32),
        1 => envelope.seq ^= 1 << (bit % 64),
        2 => envelope.version ^= 1 << (bit % 16),
        3 => envelope.occurred_at ^= 1 << (bit % 64),
        4 => envelope.recorded_at ^= 1 << (bit % 64),
        5 => envelope.boot_id ^= 1 << (bit % 32),
        6 => envelope.prev_hash.0[bit as usize % 32] ^= byte,
        7 => event.hash.0[bit as usize % 32] ^= byte,
        8 => envelope.actor.insert(0, char::from(b'a' + byte.trailing_zeros() as u8)),
        9 => envelope.cause.push(char::from(b'a' + byte.trailing_zeros() as u8)),
        _ => match envelope.payload.len() {
            0 => envelope.payload.push(byte),
            len => envelope.payload[bit as usize % len] ^= byte,
        },
    }
}
