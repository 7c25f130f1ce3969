//! The address on the label of a door, and the ticket of whoever rang by it.
//!
//! Owns: how both follow from the site's keys. An address is public to whoever stands at the door, cannot be guessed by whoever
//! never stood there, and ends when staff renew the label. Never: opens anything.

use crate::keys::Keys;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use vestibule_core::code::CodeHasher;
use vestibule_core::{AccessPointId, RingId, Site};

/// Bytes of a keyed hash that go into an address: 128 bits.
const BYTES: usize = 16;

fn text(keys: &Keys, purpose: &str, of: &str) -> String {
    URL_SAFE_NO_PAD.encode(&keys.hash(purpose, of).0[..BYTES])
}

/// What stands behind `/at/` on the label of a door. None: there is no such door.
pub fn of_door(keys: &Keys, site: &Site, point: AccessPointId) -> Option<String> {
    let renewed = site.access.points.get(&point)?.label_renewed;
    let tag = String::from(site.tag?);
    Some(text(keys, "door-label", &format!("{tag}/{point}/{renewed}")))
}

/// The door whose label has this address now.
pub fn door(keys: &Keys, site: &Site, token: &str) -> Option<AccessPointId> {
    let is_its = |point: &AccessPointId| of_door(keys, site, *point).is_some_and(|own| equal(&own, token));
    site.access.points.keys().copied().find(is_its)
}

/// By this whoever rang sees what becomes of it, and nobody else does.
pub fn ticket(keys: &Keys, point: AccessPointId, ring: RingId) -> String {
    format!("{ring}-{}", text(keys, "ring-ticket", &format!("{point}/{ring}")))
}

/// The ring of a ticket of this door.
pub fn ring(keys: &Keys, point: AccessPointId, given: &str) -> Option<RingId> {
    let ring: RingId = given.split_once('-')?.0.parse().ok()?;
    equal(&ticket(keys, point, ring), given).then_some(ring)
}

fn equal(known: &str, given: &str) -> bool {
    known.as_bytes().ct_eq(given.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_that_of_one_ring_at_one_door() {
        let (keys, door, ring_id) = (Keys::generate(), AccessPointId(1), RingId(7));
        let own = ticket(&keys, door, ring_id);
        assert_eq!(ring(&keys, door, &own), Some(ring_id));
        assert_eq!(ring(&keys, AccessPointId(2), &own), None);
        assert_eq!(ring(&Keys::generate(), door, &own), None);
        for other in ["", "7", "7-", "8-AAAAAAAAAAAAAAAAAAAAAA", &own.replacen('7', "8", 1)] {
            assert_eq!(ring(&keys, door, other), None, "{other}");
        }
    }
}
