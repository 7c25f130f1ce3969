//! The vectors of docs/ledger.md, read from the page itself, and an independent preimage.

use proptest::prelude::*;
use sha2::{Digest, Sha256};
use vestibule_ledger::{Envelope, Hash, Sealed, SiteKey, decode_line, encode_line};

use crate::ledgers::{any_ledger, site, verify};

pub const PAGE: &str = include_str!("../../../../docs/ledger.md");

/// The contents of every fence of `language`, in the order of the page.
pub fn fences(language: &str) -> Vec<&'static str> {
    let open = format!("```{language}\n");
    let bodies = PAGE.split(open.as_str()).skip(1);
    bodies.map(|rest| rest.split("\n```").next().expect("split gives at least one part")).collect()
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().collect();
    let pairs = digits.chunks(2).map(String::from_iter);
    pairs.map(|pair| u8::from_str_radix(&pair, 16).expect("the page has hex here")).collect()
}

fn vectors() -> Vec<(Envelope, Hash)> {
    let read = |body: &&str| {
        let vector: serde_json::Value = serde_json::from_str(body).expect("a vector is JSON");
        assert_eq!(vector.as_object().expect("a vector is an object").len(), 13);
        let text = |name: &str| vector[name].as_str().expect("a text").to_owned();
        let unsigned = |name: &str| vector[name].as_u64().expect("an unsigned number");
        let signed = |name: &str| vector[name].as_i64().expect("a number");
        let event = Envelope {
            site: text("site").parse().expect("a site key"),
            epoch: unsigned("epoch").try_into().expect("32 bits"),
            seq: unsigned("seq"),
            kind: text("kind"),
            version: unsigned("version").try_into().expect("16 bits"),
            occurred_at: signed("occurred_at"),
            recorded_at: signed("recorded_at"),
            boot_id: unsigned("boot_id").try_into().expect("32 bits"),
            actor: text("actor"),
            cause: text("cause"),
            prev_hash: text("prev_hash").parse().expect("a hash"),
            payload: unhex(&text("payload")),
        };
        (event, text("hash").parse().expect("a hash"))
    };
    fences("json").iter().map(read).collect()
}

/// The layout once more, written apart from the product's code and in another way.
fn preimage(event: &Envelope) -> Vec<u8> {
    let fields: [Vec<u8>; 13] = [
        b"vestibule/event/1".to_vec(),
        event.site.to_string().into_bytes(),
        unhex(&format!("{:08x}", event.epoch)),
        unhex(&format!("{:016x}", event.seq)),
        event.kind.clone().into_bytes(),
        unhex(&format!("{:04x}", event.version)),
        unhex(&format!("{:016x}", event.occurred_at)),
        unhex(&format!("{:016x}", event.recorded_at)),
        unhex(&format!("{:08x}", event.boot_id)),
        event.actor.clone().into_bytes(),
        event.cause.clone().into_bytes(),
        event.prev_hash.0.to_vec(),
        event.payload.clone(),
    ];
    fields
        .iter()
        .flat_map(|field| [unhex(&format!("{:016x}", field.len())), field.clone()].concat())
        .collect()
}

#[test]
fn every_published_vector_hashes_as_published() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 4);
    for (event, published) in vectors {
        assert_eq!(event.hash(), published, "seq {} of {}", event.seq, event.site);
    }
}

#[test]
fn the_published_preimage_is_that_of_the_first_vector() {
    let published: String = fences("preimage").concat().split_whitespace().collect();
    assert_eq!(hex(&preimage(&vectors()[0].0)), published);
}

#[test]
fn the_published_genesis_is_that_of_the_first_vector() {
    let genesis = Hash::genesis(&site());
    assert_eq!(vectors()[0].0.prev_hash, genesis);
    assert!(PAGE.contains(&format!("For `maple-court` the genesis is `{genesis}`.")));
    assert_ne!(genesis, Hash::genesis(&SiteKey::new("maple-cour").expect("a valid key")));
}

#[test]
fn the_published_export_is_the_first_three_vectors_and_holds() {
    let export = fences("jsonl").concat();
    let lines: Vec<&str> = export.lines().collect();
    assert_eq!(lines.len(), 3);
    let mut ledger = Vec::new();
    for (line, (event, hash)) in lines.iter().zip(vectors()) {
        assert_eq!(decode_line(line).expect("an exported event"), (event.clone(), hash));
        assert_eq!(encode_line(&event, &hash), *line);
        ledger.push(Sealed { envelope: event, hash });
    }
    let head = verify(&ledger).expect("the published ledger holds");
    assert!(PAGE.contains(&format!("`chain holds; it ends at {head}`")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_hash_is_sha256_over_the_documented_preimage(ledger in any_ledger(1..3)) {
        for event in ledger {
            let expected = Hash(Sha256::digest(preimage(&event.envelope)).into());
            prop_assert_eq!(event.envelope.hash(), expected);
        }
    }

    #[test]
    fn bytes_cannot_move_between_neighbouring_fields(words in "[a-z]{2,12}", at in 0_usize..12, to in 0_usize..12) {
        let split = |at: usize| {
            let (actor, cause) = words.split_at(at % (words.len() + 1));
            let mut event = vectors().remove(0).0;
            (event.actor, event.cause) = (actor.to_owned(), cause.to_owned());
            event
        };
        let (one, other) = (split(at), split(to));
        prop_assert_eq!(one == other, one.hash() == other.hash());
    }
}
