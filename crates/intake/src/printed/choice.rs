//! Which of several blocks is the recipient's.
//!
//! Owns what size, place and the house's own knowledge weigh against each other. Where they contradict each other, or say
//! nothing, nobody is named.

use super::{Addressed, Place, Standing, Unaddressed};

/// A block that could be an address.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub place: Place,
    pub found: Addressed,
}

/// Print larger by this ratio says as much as a place farther down.
const LARGER: f32 = 1.25;
/// Size says no more than so much.
const SIZE_MOST: f32 = 2.0;
/// Farther in, in heights of a line.
const INDENTED: f32 = 1.0;
/// So much must speak for one block and against each other: two of its size, its place below and its indent.
const ENOUGH: f32 = 1.5;
/// A block that the house knows, against one it does not.
const KNOWN: f32 = 3.0;

/// All bear the recipient's marker. The same one twice is one label, printed twice; of different ones only the house can tell.
pub fn of_marked(candidates: Vec<Candidate>) -> Result<Addressed, Unaddressed> {
    let mut different = different(candidates);
    if different.len() > 1 && different.iter().any(|one| one.found.standing == Standing::Here) {
        different.retain(|one| one.found.standing != Standing::Elsewhere);
    }
    only(different)
}

/// None bears a marker.
pub fn of_unmarked(candidates: Vec<Candidate>) -> Result<Addressed, Unaddressed> {
    let different = different(candidates);
    let is_first = |at: usize| {
        let mut others = different.iter().enumerate().filter(|(other, _)| *other != at);
        others.all(|(_, other)| is_rather(&different[at], other))
    };
    match (0..different.len()).find(|at| is_first(*at)) {
        Some(at) => Ok(different[at].found.clone()),
        None => only(different),
    }
}

/// The first is meant, and not the second.
fn is_rather(one: &Candidate, other: &Candidate) -> bool {
    let looks = by_place(one, other);
    let known = standing(one) - standing(other);
    // Two for this house are two labels; one that looks like the sender's though the house knows it may be a return.
    let is_twice = one.found.standing == Standing::Here && other.found.standing == Standing::Here;
    let contradicts = known > 0.0 && looks <= -ENOUGH;
    !is_twice && !contradicts && looks + known >= ENOUGH
}

fn standing(candidate: &Candidate) -> f32 {
    match candidate.found.standing {
        Standing::Here => KNOWN,
        Standing::Untold => 0.0,
        Standing::Elsewhere => -KNOWN,
    }
}

/// The sender stands on top, at the left and in smaller print.
fn by_place(one: &Candidate, other: &Candidate) -> f32 {
    let (a, b) = (one.found.height.max(1.0), other.found.height.max(1.0));
    let size = ((a / b).ln() / LARGER.ln()).clamp(-SIZE_MOST, SIZE_MOST);
    let larger = a.max(b);
    let sign = |difference: f32| {
        if difference > INDENTED * larger {
            1.0
        } else if difference < -INDENTED * larger {
            -1.0
        } else {
            0.0
        }
    };
    size + sign(one.place.middle() - other.place.middle()) + sign(one.place.left - other.place.left)
}

fn only(mut candidates: Vec<Candidate>) -> Result<Addressed, Unaddressed> {
    match candidates.len() {
        0 => Err(Unaddressed::NoBlock),
        1 => candidates.pop().map(|one| one.found).ok_or(Unaddressed::NoBlock),
        _ => Err(Unaddressed::Several),
    }
}

/// Of those that name the same the surest.
fn different(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut different: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        match different.iter_mut().find(|known| is_one(&known.found, &candidate.found)) {
            Some(known) if known.found.confidence < candidate.found.confidence => *known = candidate,
            Some(_) => {}
            None => different.push(candidate),
        }
    }
    different
}

/// The same name twice is one label, printed twice.
fn is_one(a: &Addressed, b: &Addressed) -> bool {
    let plain = |text: &Option<String>| {
        text.as_deref().unwrap_or_default().chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    plain(&a.recipient.name).eq_ignore_ascii_case(&plain(&b.recipient.name))
}
