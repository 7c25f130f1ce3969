//! The public test numbers: each valid one fits its own definition, and no invalid one does.

use vestibule_intake::{Check, recognise};

const SET: &str = include_str!("../fixtures/tracking-numbers.tsv");

#[test]
fn every_public_number_is_judged_as_its_carrier_says() {
    let (mut valid, mut wrong) = (0, Vec::new());
    let lines = SET.lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let [carrier, definition, verdict, number] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let read = recognise(number);
        let own = read.candidates.iter().find(|candidate| {
            candidate.definition == definition
                && candidate.carrier.code() == carrier.replace("canada_post", "canadapost")
        });
        let fits = own.is_some_and(|candidate| candidate.check != Check::Bad);
        valid += usize::from(verdict == "valid");
        if fits != (verdict == "valid") || (fits && !read.valid()) {
            wrong.push(format!("{line}: {read:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(valid > 80, "the fixture is whole: {valid}");
}
