//! Which profiles fit what answered. Never decides: several boards answer alike, and the installer chooses.

use crate::{Family, Framing, Profile, Profiles};

/// A profile for a network waits at least so long for the end of a frame.
const NETWORK_GAP_MS: u64 = 10;

/// Names of the profiles of this language that a board telling of `channels` locks may have, the best guess first: made for
/// such a line, then with the most of these locks.
pub(super) fn fitting(
    profiles: &Profiles,
    (family, framing): (Family, Framing),
    channels: u8,
    is_network: bool,
) -> Vec<String> {
    let speaks = |profile: &Profile| (profile.family, profile.framing) == (family, framing);
    let fits = |profile: &Profile| !profile.simulated_only && speaks(profile) && profile.channels <= channels;
    let mut found: Vec<(&str, &Profile)> = profiles
        .names()
        .filter_map(|name| Some((name, profiles.get(name)?)))
        .filter(|(_, profile)| fits(profile))
        .collect();
    found.sort_by_key(|(name, profile)| {
        let is_other_line = (profile.quiet_gap_ms >= NETWORK_GAP_MS) != is_network;
        (is_other_line, std::cmp::Reverse(profile.channels), *name)
    });
    found.into_iter().map(|(name, _)| name.to_owned()).collect()
}
