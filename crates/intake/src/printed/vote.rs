//! Several photos of one label: of what each of them says, what most of them say.

use super::Addressed;
use crate::symbol::Recipient;

/// One record of several of the same label. Each field is the value that differs least from all of them, each photo
/// weighing as much as it is sure of itself; a field that few photos have is missing. Defaults where there are none.
pub fn voted(frames: &[Addressed]) -> Addressed {
    let field = |get: fn(&Recipient) -> &Option<String>| {
        let weighed = |frame: &Addressed| frame.confidence.max(f32::MIN_POSITIVE);
        let values: Vec<(Option<&str>, f32)> =
            frames.iter().map(|frame| (get(&frame.recipient).as_deref(), weighed(frame))).collect();
        best(&values).map(str::to_owned)
    };
    let recipient = Recipient {
        name: field(|recipient| &recipient.name),
        company: field(|recipient| &recipient.company),
        phone: field(|recipient| &recipient.phone),
        street: field(|recipient| &recipient.street),
        second_line: field(|recipient| &recipient.second_line),
        city: field(|recipient| &recipient.city),
        region: field(|recipient| &recipient.region),
        postal: field(|recipient| &recipient.postal),
        country: field(|recipient| &recipient.country),
    };
    let confidence = frames.iter().map(|frame| frame.confidence).fold(0.0, f32::max);
    let is_marked = frames.iter().any(|frame| frame.is_marked);
    let is_likened = frames.iter().any(|frame| frame.is_likened);
    Addressed { recipient, confidence, is_marked, is_likened, ..Addressed::default() }
}

fn best<'a>(values: &[(Option<&'a str>, f32)]) -> Option<&'a str> {
    let cost = |value: Option<&str>| -> f32 {
        values.iter().map(|(other, weight)| weight * difference(value, *other)).sum()
    };
    let costs = values.iter().map(|(value, _)| (*value, cost(*value)));
    costs.min_by(|(_, a), (_, b)| a.total_cmp(b)).and_then(|(value, _)| value)
}

/// 0 for the same letters and digits, 1 for nothing in common or nothing at all.
fn difference(a: Option<&str>, b: Option<&str>) -> f32 {
    let (Some(a), Some(b)) = (a, b) else { return if a == b { 0.0 } else { 1.0 } };
    let plain = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
    };
    let (a, b) = (plain(a), plain(b));
    let longer = a.len().max(b.len()).max(1);
    edits(&a, &b) as f32 / longer as f32
}

/// Letters to be added, removed or replaced.
pub fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = corner + usize::from(from != to);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
