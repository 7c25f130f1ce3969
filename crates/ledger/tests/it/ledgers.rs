//! Ledgers to test with.

use proptest::collection::vec;
use proptest::prelude::*;
use vestibule_ledger::{Chain, Draft, EPOCH_RAISED, Fault, Head, Sealed, SiteKey, Verifier};

pub fn site() -> SiteKey {
    SiteKey::new("maple-court").expect("a valid key")
}

pub fn draft(recorded_at: i64) -> Draft {
    Draft {
        kind: "compartment-opened".to_owned(),
        version: 1,
        occurred_at: recorded_at - 3,
        recorded_at,
        boot_id: 4,
        actor: "board:1".to_owned(),
        cause: "opening:9".to_owned(),
        payload: br#"{"compartment":7}"#.to_vec(),
    }
}

/// Any draft, with the step its `recorded_at` takes from the one before; now and then it raises the epoch.
fn any_draft() -> impl Strategy<Value = Draft> {
    let numbers = (any::<u16>(), any::<i64>(), 0_i64..1_000, any::<u32>());
    let kind = prop_oneof![4 => "[a-z-]{0,12}", 1 => Just(EPOCH_RAISED.to_owned())];
    (kind, numbers, ".{0,8}", ".{0,8}", vec(any::<u8>(), 0..24)).prop_map(
        |(kind, (version, occurred_at, recorded_at, boot_id), actor, cause, payload)| Draft {
            kind,
            version,
            occurred_at,
            recorded_at,
            boot_id,
            actor,
            cause,
            payload,
        },
    )
}

/// A whole good ledger of `len` events.
pub fn any_ledger(len: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Sealed>> {
    vec(any_draft(), len).prop_map(|drafts| {
        let mut chain = Chain::new(site());
        let mut now = -500;
        let mut seal = |mut draft: Draft| {
            now += draft.recorded_at;
            draft.recorded_at = now;
            if draft.kind == EPOCH_RAISED {
                let epoch = chain.head().epoch + 1 + u32::from(draft.version);
                return chain.raise_epoch(epoch, draft).expect("the draft fits");
            }
            chain.append(draft).expect("the draft fits")
        };
        drafts.into_iter().map(&mut seal).collect()
    })
}

/// The first fault of `ledger`, or the head it ends at.
pub fn verify(ledger: &[Sealed]) -> Result<Head, Fault> {
    let mut verifier = Verifier::new(site());
    for event in ledger {
        verifier.push(event.envelope.view(), &event.hash)?;
    }
    Ok(*verifier.head())
}
