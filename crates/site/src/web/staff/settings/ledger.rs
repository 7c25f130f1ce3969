//! The signature of the ledger: what people compare, and what programs that watch it need.
//!
//! Owns: that section of the settings. Never: signs anything.

use maud::{Markup, html};
use vestibule_core::Timestamp;
use vestibule_core::time::Zone;
use vestibule_ledger::{Checkpoint, PublicKey};

use super::super::say::Say;
use super::super::times;
use crate::store::ledger_checkpoints::StoredCheckpoint;

/// All the section shows.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The newest checkpoint.
    pub newest: Option<StoredCheckpoint>,
    /// The key of this site.
    pub public: PublicKey,
    /// The building's zone.
    pub zone: Zone,
    /// Site time.
    pub now: Timestamp,
}

/// The section.
pub fn content(signed: &Signed, say: Say) -> Markup {
    html! {
        p { (say.t("staff-settings-ledger-text")) }
        pre class="command" id="ledger-fingerprint" tabindex="0" { (signed.public.fingerprint()) }
        @if let Some(newest) = &signed.newest {
            p class="hint" { (say.with("staff-settings-ledger-newest", &[
                ("size", newest.size.to_string().into()),
                ("when", times::moment(say, newest.at, (&signed.zone, signed.now)).into()),
            ])) }
            @if let Some(key) = key(newest, signed.public) {
                p class="hint" { (say.t("staff-settings-ledger-key")) }
                pre class="command" tabindex="0" { (key) }
            }
        } @else {
            p class="hint" { (say.t("staff-settings-ledger-none")) }
        }
    }
}

/// The verifier key, if the newest checkpoint is of this key.
fn key(newest: &StoredCheckpoint, public: PublicKey) -> Option<String> {
    let checkpoint = Checkpoint::open(&newest.note, public).ok()?;
    Some(Checkpoint::key_of(&checkpoint.site, checkpoint.epoch, public).to_string())
}
