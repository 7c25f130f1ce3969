//! Lines that stand together.

use super::word::{self, Marker};
use super::{House, Line, Place, field};

/// An address is at most so many lines.
const LINES: usize = 8;
/// An apartment and a town.
const LINES_UNDER_STREET: usize = 2;
/// Between two lines of a block, in heights of a line.
const GAP: f32 = 1.3;
/// Between a marker and the block under it.
const MARKER_GAP: f32 = 2.2;
/// Between a marker and a block to its right.
const MARKER_BESIDE: f32 = 6.0;
/// By how much lines of a block begin elsewhere, in heights.
const INDENT: f32 = 1.6;
/// A word farther away on the same row is another column's.
const WORD_GAP: f32 = 1.4;
/// Lines of one block differ no more in height; a town may be printed larger than a name.
const TALLER: f32 = 2.2;

/// Lines of one block from its top, without the marker.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    pub marker: Option<Marker>,
    pub lines: Vec<Line>,
}

impl Stack {
    /// Of a line, as most are.
    pub fn height(&self) -> f32 {
        let mut heights: Vec<f32> = self.lines.iter().map(|line| line.place.height()).collect();
        heights.sort_by(f32::total_cmp);
        heights.get(heights.len() / 2).copied().unwrap_or(0.0)
    }

    /// Around all of its lines.
    pub fn place(&self) -> Place {
        self.lines.iter().map(|line| line.place).reduce(|a, b| a.union(&b)).unwrap_or_default()
    }
}

/// The places of the block that begins under a marker, or to its right, from its top; as indices.
pub fn below(marker: &Place, others: &[Place]) -> Vec<usize> {
    let size = marker.height();
    let distance = |place: &Place| {
        let beside = place.left - marker.right;
        let is_beside = (place.middle() - marker.middle()).abs() < 0.8 * size.max(place.height())
            && beside > -0.5 * size
            && beside < MARKER_BESIDE * size;
        let under = place.top - marker.bottom;
        let taller = size.max(place.height());
        let is_under = place.middle() > marker.middle() + 0.5 * size
            && under < MARKER_GAP * taller
            && place.left > marker.left - INDENT * taller
            && place.left < marker.right + MARKER_BESIDE * size;
        // What stands beside it on its own row comes first.
        if is_beside {
            Some(beside.max(0.0) * 0.1 + (place.middle() - marker.middle()).abs())
        } else if is_under {
            Some(size + under.max(0.0) + 0.1 * (place.left - marker.left).abs())
        } else {
            None
        }
    };
    let first = (0..others.len())
        .filter_map(|at| distance(&others[at]).map(|far| (at, far)))
        .min_by(|(_, a), (_, b)| a.total_cmp(b));
    first.map_or_else(Vec::new, |(first, _)| downward(first, others))
}

/// Lines that stand under each other, from the top, before anything of them was read; as indices. Each line is in one of them.
pub fn blocks(places: &[Place]) -> Vec<Vec<usize>> {
    let mut left: Vec<usize> = (0..places.len()).collect();
    left.sort_by(|a, b| places[*a].top.total_cmp(&places[*b].top));
    let mut blocks = Vec::new();
    while let Some(first) = left.first().copied() {
        let free: Vec<Place> = left.iter().map(|at| places[*at]).collect();
        let block: Vec<usize> = downward(0, &free).into_iter().map(|at| left[at]).collect();
        left.retain(|at| *at != first && !block.contains(at));
        blocks.push(block);
    }
    blocks
}

/// From a first line on, line under line.
fn downward(first: usize, places: &[Place]) -> Vec<usize> {
    let mut stack = vec![first];
    while let Some(next) = next(&stack, places) {
        if stack.len() == LINES {
            break;
        }
        stack.push(next);
    }
    stack
}

fn next(stack: &[usize], places: &[Place]) -> Option<usize> {
    let (first, last) = (&places[*stack.first()?], &places[*stack.last()?]);
    let follows = |place: &Place| {
        let size = last.height().max(place.height());
        let smaller = last.height().min(place.height());
        let gap = place.top - last.bottom;
        let is_aligned = (place.left - first.left).abs() < INDENT * size.max(first.height())
            || (place.left - last.left).abs() < INDENT * size;
        place.middle() > last.middle() + 0.4 * smaller
            && gap < GAP * size.min(TALLER * smaller)
            && is_aligned
            && size < TALLER * smaller
    };
    let fits = (0..places.len()).filter(|at| !stack.contains(at) && follows(&places[*at]));
    fits.min_by(|a, b| places[*a].middle().total_cmp(&places[*b].middle()))
}

/// One stands over the other, as lines of one block do.
pub fn are_neighbours(one: &Place, other: &Place) -> bool {
    let (upper, lower) = if one.middle() < other.middle() { (one, other) } else { (other, one) };
    let (size, smaller) = (one.height().max(other.height()), one.height().min(other.height()));
    lower.middle() > upper.middle() + 0.4 * smaller
        && lower.top - upper.bottom < GAP * size
        && (one.left - other.left).abs() < INDENT * size
        && size < TALLER * smaller
}

/// Words of one row that the picture's reader took apart, put together again; markers stay alone.
pub fn joined(lines: &[Line]) -> Vec<Line> {
    let mut sorted: Vec<&Line> = lines.iter().filter(|line| !line.text.trim().is_empty()).collect();
    sorted.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
    let mut joined: Vec<Line> = Vec::new();
    for line in sorted {
        let is_alone = |text: &str| word::begins(text).is_some_and(|(_, rest)| rest.is_empty());
        let goes_on = |known: &Line| {
            let size = known.place.height().min(line.place.height());
            (known.place.middle() - line.place.middle()).abs() < 0.35 * size
                && line.place.left - known.place.right < WORD_GAP * size
                && line.place.left - known.place.right > -0.8 * size
                && known.place.height().max(line.place.height()) < 1.5 * size
                && !is_alone(&known.text)
        };
        match joined.iter_mut().find(|known| goes_on(known)) {
            Some(known) => {
                known.text = format!("{} {}", known.text.trim(), line.text.trim());
                known.confidence = known.confidence.min(line.confidence);
                known.place = known.place.union(&line.place);
            }
            None => joined.push(line.clone()),
        }
    }
    joined.sort_by(|a, b| a.place.top.total_cmp(&b.place.top));
    joined
}

/// Every block: those with a marker, then the lines over each town that no marker claimed.
pub fn stacks(lines: &[Line], house: &House) -> Vec<Stack> {
    let mut stacks: Vec<Stack> = Vec::new();
    let markers: Vec<Option<(Marker, String)>> = lines.iter().map(|line| word::begins(&line.text)).collect();
    let free: Vec<usize> = (0..lines.len()).filter(|at| markers[*at].is_none()).collect();
    let mut claimed = vec![false; lines.len()];
    for (at, found) in markers.iter().enumerate() {
        let Some((marker, rest)) = found else { continue };
        let places: Vec<Place> = free.iter().map(|at| lines[*at].place).collect();
        let mut block: Vec<usize> =
            if rest.is_empty() { below(&lines[at].place, &places) } else { under(&lines[at].place, &places) }
                .into_iter()
                .map(|index| free[index])
                .collect();
        block = until_town(block, lines);
        block.iter().for_each(|line| claimed[*line] = true);
        let own = (!rest.is_empty()).then(|| Line { text: rest.clone(), ..lines[at].clone() });
        let others = block.iter().map(|line| lines[*line].clone());
        stacks.push(Stack { marker: Some(*marker), lines: own.into_iter().chain(others).collect() });
    }
    // Towns that are sure take their lines first; an apartment's line may look like one of which a digit was lost.
    let likely = |at: &usize| {
        let text = lines[*at].text.as_str();
        let ranks = [
            field::town(text).is_some(),
            house.code_at_the_end(text).is_some(),
            field::looks_like_town(text) && field::five_digits_at_the_end(text).is_some(),
            field::looks_like_town(text),
        ];
        ranks.iter().position(|is_so| *is_so)
    };
    let mut towns: Vec<usize> = free.iter().copied().filter(|at| likely(at).is_some()).collect();
    towns.sort_by_key(likely);
    for at in towns {
        if !claimed[at] {
            let up = upward(at, lines, &markers, &claimed);
            up.iter().for_each(|line| claimed[*line] = true);
            let block = up.iter().map(|line| lines[*line].clone()).collect();
            stacks.push(Stack { marker: None, lines: block });
        }
    }
    // Where the town could not be read, the house's own street tells its block.
    for at in free {
        if !claimed[at] && house.is_own_street(&lines[at].text) {
            let block = around(at, lines, &markers, &claimed);
            if block.last().is_some_and(|last| house.is_of_other_code(&lines[*last].text)) {
                continue;
            }
            block.iter().for_each(|line| claimed[*line] = true);
            let block = block.iter().map(|line| lines[*line].clone()).collect();
            stacks.push(Stack { marker: None, lines: block });
        }
    }
    stacks
}

/// The lines over a street, and the two under it.
fn around(
    street: usize,
    lines: &[Line],
    markers: &[Option<(Marker, String)>],
    claimed: &[bool],
) -> Vec<usize> {
    let mut block = upward(street, lines, markers, claimed);
    let places: Vec<Place> = lines.iter().map(|line| line.place).collect();
    for _ in 0..LINES_UNDER_STREET {
        match next(&block, &places).filter(|at| !claimed[*at] && markers[*at].is_none()) {
            Some(at) => block.push(at),
            None => break,
        }
    }
    block
}

/// Behind a name on the marker's own line the rest begins under either.
fn under(first: &Place, places: &[Place]) -> Vec<usize> {
    let size = first.height();
    let follows = |place: &Place| {
        place.middle() > first.middle() + 0.4 * size
            && place.top - first.bottom < GAP * size
            && place.left > first.left - INDENT * size
            && place.left < first.right
            && place.height() < TALLER * size
    };
    let fits = (0..places.len()).filter(|at| follows(&places[*at]));
    let next = fits.min_by(|a, b| places[*a].middle().total_cmp(&places[*b].middle()));
    next.map_or_else(Vec::new, |next| downward(next, places))
}

fn until_town(block: Vec<usize>, lines: &[Line]) -> Vec<usize> {
    let town = block.iter().position(|at| field::town(&lines[*at].text).is_some());
    let most = town.map_or(LINES, |town| town + 1);
    block.into_iter().take(most).collect()
}

fn upward(town: usize, lines: &[Line], markers: &[Option<(Marker, String)>], claimed: &[bool]) -> Vec<usize> {
    let mut stack = vec![town];
    while stack.len() < LINES {
        let top = &lines[stack[0]].place;
        let precedes = |at: &usize| {
            let place = &lines[*at].place;
            let (size, smaller) = (top.height().max(place.height()), top.height().min(place.height()));
            markers[*at].is_none()
                && !claimed[*at]
                && !stack.contains(at)
                && place.middle() < top.middle() - 0.4 * smaller
                && top.top - place.bottom < 0.9 * smaller
                && (place.left - top.left).abs() < INDENT * size
                && size < 1.7 * smaller
                && field::town(&lines[*at].text).is_none()
        };
        let fits = (0..lines.len()).filter(precedes);
        match fits.max_by(|a, b| lines[*a].place.middle().total_cmp(&lines[*b].place.middle())) {
            Some(next) => stack.insert(0, next),
            None => break,
        }
    }
    stack
}
