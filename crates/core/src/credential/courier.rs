//! Courier codes: deposit-only, per company and site, weekday windows, expiry, overlap on rotation.

use crate::code::CodeHash;
use crate::directory::KeypadNumber;
use crate::ids::*;
use crate::time::{Timestamp, WeekWindow, Zone, within};
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A door a courier code or pass opens, in its hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoorGrant {
    /// Which.
    pub point: AccessPointId,
}

/// One courier code and its badge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourierCode {
    /// Of which company.
    pub carrier: CarrierId,
    /// The first three digits.
    pub selector: KeypadNumber,
    /// Keyed hash of the digits.
    pub digits: CodeHash,
    /// Keyed hash of the badge's token.
    pub badge: CodeHash,
    /// When it holds.
    pub windows: Vec<WeekWindow>,
    /// When it ends.
    pub expires: Timestamp,
    /// When staff ended it.
    pub revoked: Option<Timestamp>,
    /// The doors it opens besides.
    pub doors: Vec<DoorGrant>,
    /// Whether it was issued for doors. It stays so when the last of them is taken down.
    pub is_for_doors: bool,
}

impl CourierCode {
    /// When it is over for good.
    pub fn ends(&self) -> Timestamp {
        self.revoked.map_or(self.expires, |at| at.min(self.expires))
    }
    /// Whether it is over for good.
    pub fn is_dead(&self, now: Timestamp) -> bool {
        now >= self.ends()
    }
    /// Whether this is one of its hours.
    pub fn holds_at(&self, now: Timestamp, zone: &Zone) -> bool {
        within(&self.windows, now, zone)
    }
}

/// All courier codes ever issued and not yet forgotten.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourierCodes {
    /// By number.
    pub all: BTreeMap<CredentialId, CourierCode>,
    /// By the keyed hash of the badge.
    pub by_badge: BTreeMap<CodeHash, CredentialId>,
    /// By selector: a selector belongs to one code at a time.
    pub by_selector: BTreeMap<KeypadNumber, CredentialId>,
}

impl CourierCodes {
    pub(crate) fn evolve(&mut self, event: &Event) {
        match event {
            Event::CourierCodeIssued {
                credential,
                carrier,
                selector,
                digits,
                badge,
                windows,
                expires,
                doors,
            } => {
                self.by_badge.insert(*badge, *credential);
                self.by_selector.insert(selector.clone(), *credential);
                let code = CourierCode {
                    carrier: *carrier,
                    selector: selector.clone(),
                    digits: *digits,
                    badge: *badge,
                    windows: windows.clone(),
                    expires: *expires,
                    revoked: None,
                    doors: doors.clone(),
                    is_for_doors: !doors.is_empty(),
                };
                self.all.insert(*credential, code);
            }
            Event::AccessPointRemoved { point, .. } => {
                self.all.values_mut().for_each(|code| code.doors.retain(|door| door.point != *point));
            }
            Event::CourierCodeRevoked { credential, at } => {
                if let Some(code) = self.all.get_mut(credential) {
                    code.revoked = Some(*at);
                }
            }
            _ => {}
        }
    }
}
