//! Site time: monotone, continued from the last recorded event, following the wall clock while it is believable.

use vestibule_core::{Span, Timestamp};

/// A wall clock further off than this is written down and not followed.
pub const DOUBT: Span = Span::minutes(5);

/// One reading of both clocks of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The wall clock.
    pub wall: Timestamp,
    /// Milliseconds since some start; never goes back.
    pub monotonic_ms: u64,
}

/// What to make of the clocks at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Site time.
    pub now: Timestamp,
    /// The wall clock, when it just began to be more than five minutes off.
    pub doubted: Option<Timestamp>,
}

/// Keeps site time.
#[derive(Debug, Clone)]
pub struct SiteClock {
    last: Timestamp,
    at_ms: u64,
    doubting: bool,
    /// How far site time is ahead of the wall clock it believes: that was set back.
    ahead: Span,
}

impl SiteClock {
    /// Continues from the last recorded event, or from the wall clock if that is later: a site that was off for a week
    /// goes on today; one whose battery died and woke in 1970 goes on where it stopped.
    pub fn resume(last_recorded: Option<Timestamp>, moment: Moment) -> Self {
        let last = last_recorded.map_or(moment.wall, |last| last.max(moment.wall));
        Self { last, at_ms: moment.monotonic_ms, doubting: false, ahead: Span(0) }
    }

    /// Site time at this moment. Where the wall clock was set back, site time goes on at half speed until that has caught
    /// up: it never stands still, since doors and visits wait for it.
    pub fn read(&mut self, moment: Moment) -> Reading {
        let elapsed = moment.monotonic_ms.saturating_sub(self.at_ms);
        let elapsed = i64::try_from(elapsed).unwrap_or(i64::MAX);
        let expected = self.last + Span(elapsed);
        let off = Span((moment.wall - expected).0.saturating_add(self.ahead.0).saturating_abs());
        let believable = off <= DOUBT;
        if vestibule_core::planted::is_planted("wall-clock-followed") {
            self.at_ms = moment.monotonic_ms;
            self.last = moment.wall;
            return Reading { now: moment.wall, doubted: None };
        }
        let slowly = self.last + Span(elapsed / 2);
        let now = if believable { moment.wall.max(slowly) } else { expected };
        let doubted = (!believable && !self.doubting).then_some(moment.wall);
        self.doubting = !believable;
        if believable {
            self.ahead = now - moment.wall;
        }
        self.last = now;
        self.at_ms = moment.monotonic_ms;
        if believable && now == slowly && elapsed % 2 == 1 {
            // Half a millisecond is not forgotten: who reads every millisecond would otherwise see time stand still.
            self.at_ms -= 1;
        }
        Reading { now, doubted }
    }

    /// Staff or the network's time service confirmed the wall clock: follow it forward; if it was set back, site time goes
    /// slowly until it has caught up.
    pub fn confirm(&mut self, moment: Moment) {
        self.last = self.last.max(moment.wall);
        self.ahead = self.last - moment.wall;
        self.at_ms = moment.monotonic_ms;
        self.doubting = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(wall: i64, monotonic_ms: u64) -> Moment {
        Moment { wall: Timestamp(wall), monotonic_ms }
    }

    #[test]
    fn follows_small_steps_and_never_goes_back() {
        let mut clock = SiteClock::resume(Some(Timestamp(1_000_000)), at(1_000_500, 0));
        assert_eq!(clock.read(at(1_001_000, 500)).now, Timestamp(1_001_000));
        assert_eq!(clock.read(at(999_000, 600)), Reading { now: Timestamp(1_001_050), doubted: None });
    }

    #[test]
    fn a_clock_set_back_and_confirmed_is_caught_up_with_slowly_and_not_doubted_again() {
        let hour = 3_600_000;
        let mut clock = SiteClock::resume(None, at(10 * hour, 0));
        assert!(clock.read(at(9 * hour + 1_000, 1_000)).doubted.is_some());
        clock.confirm(at(9 * hour + 2_000, 2_000));
        let mut last = Timestamp(10 * hour);
        for minute in 1..=180_i64 {
            let elapsed = minute * 60_000;
            let ms = 2_000 + u64::try_from(elapsed).unwrap();
            let reading = clock.read(at(9 * hour + 2_000 + elapsed, ms));
            assert_eq!(reading.doubted, None, "minute {minute}");
            assert!(reading.now > last, "minute {minute}");
            last = reading.now;
        }
        assert_eq!(last, Timestamp(12 * hour + 2_000), "after two hours the wall is followed again");
    }

    #[test]
    fn a_clock_that_catches_up_goes_on_however_often_it_is_read() {
        let mut clock = SiteClock::resume(None, at(1_000_000, 0));
        for elapsed in 1..=2_000_u32 {
            clock.read(at(900_000 + i64::from(elapsed), elapsed.into()));
        }
        let now = clock.read(at(902_000, 2_000)).now;
        assert!((1_000_990..=1_001_010).contains(&now.0), "{now:?}");
    }

    #[test]
    fn a_wall_clock_that_jumps_is_doubted_once_and_not_followed_until_confirmed() {
        let mut clock = SiteClock::resume(None, at(10_000_000, 0));
        let jump = clock.read(at(10_000_000 + DOUBT.0 + 2_000, 1_000));
        assert_eq!(jump, Reading { now: Timestamp(10_001_000), doubted: Some(Timestamp(10_302_000)) });
        assert_eq!(clock.read(at(10_303_000, 2_000)), Reading { now: Timestamp(10_002_000), doubted: None });
        clock.confirm(at(10_304_000, 3_000));
        assert_eq!(clock.read(at(10_305_000, 4_000)).now, Timestamp(10_305_000));
    }

    #[test]
    fn waking_in_1970_goes_on_where_it_stopped() {
        let mut clock = SiteClock::resume(Some(Timestamp(1_700_000_000_000)), at(5_000, 0));
        let reading = clock.read(at(6_000, 1_000));
        assert_eq!(reading, Reading { now: Timestamp(1_700_000_001_000), doubted: Some(Timestamp(6_000)) });
    }
}
