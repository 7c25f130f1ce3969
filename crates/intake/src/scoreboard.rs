//! How well intake goes, from what happened: the share that went to the wrong person, the share found by itself, seconds and
//! touches a parcel.
//!
//! Owns the arithmetic: what counts, and what is said where there is nothing to count. A parcel whose recipient nobody knew
//! cannot have gone to the wrong one; it counts as a parcel and not as found.

use crate::evidence::Confirmed;
use crate::matching::Decision;

/// One parcel taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// What the label alone came to.
    pub decision: Decision,
    /// How it was confirmed.
    pub confirmed: Confirmed,
    /// From the scan until its door opened, or until it was said whose it is; ms.
    pub took_ms: Option<i64>,
    /// Presses and keys on the page, and scans.
    pub touches: Option<u32>,
    /// It was for somebody else: a resident or staff said so.
    pub wrong: bool,
}

/// What a number of parcels come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// Parcels.
    pub parcels: u32,
    /// Of those, with a recipient.
    pub named: u32,
    /// Of the named, for somebody else.
    pub wrong: u32,
    /// Filled in by itself and confirmed as it was.
    pub by_itself: u32,
    times_ms: Vec<i64>,
    touches: Vec<i64>,
}

impl Score {
    /// Counts one more.
    pub fn add(&mut self, taken: &Taken) {
        self.parcels += 1;
        if taken.confirmed != Confirmed::Unknown {
            self.named += 1;
            self.wrong += u32::from(taken.wrong);
        }
        let by_itself = taken.decision == Decision::Auto && taken.confirmed == Confirmed::Suggested;
        self.by_itself += u32::from(by_itself);
        self.times_ms.extend(taken.took_ms.filter(|ms| *ms >= 0));
        self.touches.extend(taken.touches.map(i64::from));
    }

    /// Of a thousand parcels with a recipient, how many were for somebody else. None: there is no parcel.
    pub fn wrong_per_mille(&self) -> Option<u32> {
        per_mille(self.wrong, self.named)
    }

    /// Of a thousand parcels, how many were filled in by themselves and confirmed so.
    pub fn by_itself_per_mille(&self) -> Option<u32> {
        per_mille(self.by_itself, self.parcels)
    }

    /// The time that half of the parcels stay below, ms.
    pub fn median_ms(&self) -> Option<i64> {
        quantile(&self.times_ms, 50)
    }

    /// The time that nine of ten stay below, ms.
    pub fn ninth_tenth_ms(&self) -> Option<i64> {
        quantile(&self.times_ms, 90)
    }

    /// The touches that half of the parcels stay below.
    pub fn median_touches(&self) -> Option<i64> {
        quantile(&self.touches, 50)
    }
}

/// Rounded to the nearest.
fn per_mille(part: u32, whole: u32) -> Option<u32> {
    (whole > 0).then(|| {
        let thousandths = (u64::from(part) * 1000 + u64::from(whole) / 2) / u64::from(whole);
        u32::try_from(thousandths).unwrap_or(u32::MAX)
    })
}

/// The smallest value that so many of a hundred do not exceed.
fn quantile(values: &[i64], percent: usize) -> Option<i64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(decision: Decision, confirmed: Confirmed) -> Taken {
        Taken { decision, confirmed, took_ms: None, touches: None, wrong: false }
    }

    fn score(all: impl IntoIterator<Item = Taken>) -> Score {
        let mut score = Score::default();
        all.into_iter().for_each(|taken| score.add(&taken));
        score
    }

    #[test]
    fn nothing_counted_is_nothing_said() {
        let none = Score::default();
        assert_eq!((none.wrong_per_mille(), none.by_itself_per_mille()), (None, None));
        assert_eq!((none.median_ms(), none.ninth_tenth_ms(), none.median_touches()), (None, None, None));
    }

    #[test]
    fn what_was_filled_in_counts_only_as_it_was_confirmed() {
        let score = score([
            taken(Decision::Auto, Confirmed::Suggested),
            taken(Decision::Auto, Confirmed::Alternate),
            taken(Decision::Ask, Confirmed::Suggested),
            taken(Decision::None, Confirmed::Typed),
        ]);
        assert_eq!((score.by_itself, score.by_itself_per_mille()), (1, Some(250)));
    }

    #[test]
    fn a_parcel_for_nobody_known_is_not_wrong() {
        let unknown = Taken { wrong: true, ..taken(Decision::None, Confirmed::Unknown) };
        let wrong = Taken { wrong: true, ..taken(Decision::Ask, Confirmed::Typed) };
        let right = taken(Decision::Ask, Confirmed::Typed);
        let score = score([unknown, wrong, right, right]);
        assert_eq!((score.parcels, score.named, score.wrong), (4, 3, 1));
        assert_eq!(score.wrong_per_mille(), Some(333));
    }

    #[test]
    fn half_and_nine_tenths_are_values_that_were_measured() {
        let timed = |ms| Taken {
            took_ms: Some(ms),
            touches: u32::try_from(ms / 1000).ok(),
            ..taken(Decision::Auto, Confirmed::Suggested)
        };
        let ten = score((1..=10).map(|n| timed(n * 1000)));
        assert_eq!((ten.median_ms(), ten.ninth_tenth_ms()), (Some(5000), Some(9000)));
        assert_eq!(ten.median_touches(), Some(5));
        let one = score([timed(7000), taken(Decision::None, Confirmed::Typed), timed(-5)]);
        assert_eq!((one.median_ms(), one.parcels), (Some(7000), 3), "a clock that went back is not a time");
    }
}
