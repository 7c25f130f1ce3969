//! Names people are called by: pairs of a public collection, looked up both ways.

use std::collections::BTreeMap;
use std::sync::OnceLock;

const PAIRS: &str = include_str!("../../data/nicknames.txt");

type Known = BTreeMap<&'static [u8], Vec<&'static [u8]>>;

/// The other names of somebody called so.
pub fn of(word: &[u8]) -> &'static [&'static [u8]] {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(read).get(word).map_or(&[], Vec::as_slice)
}

fn read() -> Known {
    let mut known = Known::new();
    let lines = PAIRS.lines().filter(|line| !line.starts_with('#'));
    for (name, others) in lines.filter_map(|line| line.split_once(':')) {
        for other in others.split(' ') {
            known.entry(name.as_bytes()).or_default().push(other.as_bytes());
            known.entry(other.as_bytes()).or_default().push(name.as_bytes());
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn pairs_hold_both_ways() {
        assert!(of(b"william").contains(&b"bill".as_slice()));
        assert!(of(b"bill").contains(&b"william".as_slice()));
        assert!(of(b"nobodyiscalledthis").is_empty());
    }
}
