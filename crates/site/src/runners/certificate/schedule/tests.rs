use super::*;

/// 2026-11-29.
const NOW: Timestamp = Timestamp(1_795_910_400_000);

fn after(ms: i64) -> Timestamp {
    Timestamp(NOW.0 + ms)
}

/// Ninety days, of which so many are over.
fn held(days_over: i64) -> Validity {
    Validity { from: after(-days_over * DAY), until: after((90 - days_over) * DAY) }
}

fn fresh(held: Option<Validity>) -> Renewal {
    Renewal::new(held, Tries::default(), 7)
}

/// The next step beside the question when the authority wants a renewal, which is answered with nothing.
fn next(renewal: &mut Renewal, at: Timestamp) -> Next {
    let next = renewal.next(at, true);
    if next != Next::AskWhen {
        return next;
    }
    renewal.happened(at, Happened::Suggested(None, None));
    renewal.next(at, true)
}

fn failure(trouble: Trouble) -> Happened {
    Happened::Failed(Failure::new(trouble, "no"))
}

/// Fails at the first step as soon as it may, at this moment.
fn fail_at(renewal: &mut Renewal, at: Timestamp, trouble: Trouble) {
    assert_eq!(next(renewal, at), Next::SignIn);
    renewal.happened(at, failure(trouble));
}

#[test]
fn a_certificate_is_had_step_by_step() {
    let mut renewal = fresh(None);
    let mut now = NOW;
    let mut told = |renewal: &mut Renewal, expected: Next, happened: Happened| {
        assert_eq!(next(renewal, now), expected);
        now = Timestamp(now.0 + 10);
        renewal.happened(now, happened);
        now
    };
    told(&mut renewal, Next::SignIn, Happened::SignedIn);
    told(&mut renewal, Next::Order, Happened::Stands(Stands::Pending, None));
    let answered = told(&mut renewal, Next::Answer, Happened::Answered);
    let first = Timestamp(answered.0 + LOOK_FIRST);
    let at = told(&mut renewal, Next::Look(first), Happened::Stands(Stands::Pending, None));
    let second = Timestamp(at.0 + 2 * LOOK_FIRST);
    told(&mut renewal, Next::Look(second), Happened::Stands(Stands::Ready, None));
    let at = told(&mut renewal, Next::Finalize, Happened::Stands(Stands::Processing, Some(5_000)));
    told(&mut renewal, Next::Look(Timestamp(at.0 + 5_000)), Happened::Stands(Stands::Valid, None));
    let at = told(&mut renewal, Next::Download, Happened::Kept(held(0)));
    assert_eq!(renewal.held(), Some(held(0)));
    assert!(!renewal.is_trying() && !renewal.needs_staff(at));
    assert_eq!(next(&mut renewal, at), Next::Rest(Timestamp(at.0 + LOOKS_AGAIN)));
}

#[test]
fn an_authority_that_remembers_us_asks_for_no_proof() {
    let mut renewal = fresh(None);
    next(&mut renewal, NOW);
    renewal.happened(NOW, Happened::SignedIn);
    renewal.happened(NOW, Happened::Stands(Stands::Ready, None));
    assert_eq!(next(&mut renewal, NOW), Next::Finalize);
}

#[test]
fn a_third_of_its_life_before_its_end_a_certificate_is_renewed_and_not_before() {
    let mut early = fresh(Some(held(59)));
    assert!(matches!(next(&mut early, NOW), Next::Rest(_)));
    assert_eq!(early.due(NOW), after(DAY));
    assert_eq!(next(&mut fresh(Some(held(60))), NOW), Next::SignIn);
    // Six days, as some authorities give them.
    let short = Validity { from: after(-3 * DAY), until: after(3 * DAY) };
    assert_eq!(fresh(Some(short)).due(NOW), after(DAY));
    assert!(!fresh(Some(short)).needs_staff(NOW), "it is young");
    // Authorities give few of the same: a press brings none, then or later.
    early.wish();
    assert!(!early.is_wanted(NOW) && matches!(next(&mut early, NOW), Next::Rest(_)));
    fail_at(&mut early, after(DAY), Trouble::Refused);
    assert!(matches!(next(&mut early, after(DAY + MINUTE)), Next::Rest(_)), "that press is over");
    early.wish();
    assert_eq!(next(&mut early, after(DAY + MINUTE)), Next::SignIn, "this one ends the pause");
}

#[test]
fn a_certificate_that_is_old_when_it_comes_is_not_asked_for_over_and_over() {
    let mut renewal = fresh(None);
    next(&mut renewal, NOW);
    renewal.happened(NOW, Happened::Kept(held(80)));
    renewal.wish();
    assert!(matches!(next(&mut renewal, NOW), Next::Rest(_)) && renewal.is_wanted(NOW));
    assert_eq!(renewal.due(NOW), after(HAD_REST));
    let hours = Validity { from: after(-6 * HOUR), until: after(4 * HOUR) };
    renewal.happened(NOW, Happened::Kept(hours));
    assert_eq!(renewal.due(NOW), after(HOUR), "ten hours of life");
}

#[test]
fn a_machine_without_its_clock_asks_nobody_and_does_not_spin() {
    let lost = Timestamp(5_000);
    let mut renewal = fresh(Some(held(80)));
    assert_eq!(next(&mut renewal, lost), Next::Rest(Timestamp(5_000 + LOOKS_AGAIN)));
    assert!(!renewal.needs_staff(lost));
    assert_eq!(renewal.next(NOW, false), Next::Rest(after(LOOKS_AGAIN)), "a doubted clock");
    renewal.wish();
    assert!(matches!(next(&mut renewal, lost), Next::Rest(_)), "a wish waits for the clock too");
    assert_eq!(next(&mut renewal, NOW), Next::SignIn);
}

#[test]
fn a_clock_that_went_back_ends_a_try_and_holds_no_pause_for_ever() {
    let mut renewal = fresh(None);
    fail_at(&mut renewal, after(900 * DAY), Trouble::Refused);
    assert_eq!(next(&mut renewal, NOW), Next::SignIn, "the pause was put up by a clock two years ahead");
    let mut under_way = fresh(None);
    next(&mut under_way, NOW);
    assert!(matches!(next(&mut under_way, after(-HOUR)), Next::Rest(_)));
    assert!(!under_way.is_trying());
}

#[test]
fn failures_at_the_authority_are_further_and_further_apart() {
    let mut renewal = fresh(None);
    let (mut at, mut pauses) = (NOW, Vec::new());
    for _ in 0..10 {
        fail_at(&mut renewal, at, Trouble::NotReached);
        let due = renewal.due(at);
        pauses.push(due.0 - at.0);
        let early = Timestamp(due.0 - 1);
        assert!(matches!(next(&mut renewal, early), Next::Rest(_)), "not before its moment");
        at = due;
    }
    assert!(pauses[0] >= 15 * MINUTE && pauses[1] >= 30 * MINUTE, "{pauses:?}");
    assert!(pauses.iter().all(|pause| *pause <= DAY + DAY / 8), "{pauses:?}");
    assert!(pauses[9] >= DAY, "{pauses:?}");
}

#[test]
fn a_line_that_is_down_is_tried_every_hour_and_costs_nothing() {
    let mut renewal = fresh(None);
    let mut at = NOW;
    for _ in 0..40 {
        fail_at(&mut renewal, at, Trouble::Unreachable);
        let due = renewal.due(at);
        assert!((MINUTE..=HOUR + HOUR / 8).contains(&(due.0 - at.0)), "{}", due.0 - at.0);
        at = due;
    }
    assert!(renewal.tries().seen_failing.is_empty());
}

#[test]
fn an_authority_that_was_asked_too_often_is_left_alone_even_if_staff_press() {
    let mut renewal = fresh(None);
    assert_eq!(next(&mut renewal, NOW), Next::SignIn);
    let again_ms = Some(3 * HOUR);
    renewal.happened(NOW, Happened::Failed(Failure { again_ms, ..Failure::new(Trouble::RateLimited, "") }));
    renewal.wish();
    assert!(renewal.due(NOW) >= after(3 * HOUR));
    let greedy = Failure { again_ms: Some(i64::MAX), ..Failure::new(Trouble::RateLimited, "") };
    assert!(pause(&greedy, 1, 7) <= PAUSE_MOST + PAUSE_MOST / 8, "nobody is told to wait for years");
}

#[test]
fn staff_press_as_often_as_they_like_and_the_authority_sees_three_failures_an_hour() {
    let mut renewal = fresh(None);
    let mut seen = 0;
    for minute in 0..59 {
        let at = after(minute * MINUTE);
        renewal.wish();
        if next(&mut renewal, at) == Next::SignIn {
            seen += 1;
            renewal.happened(at, failure(Trouble::SomebodyElse));
        }
    }
    assert_eq!(seen, FAILURES_AN_HOUR);
    renewal.wish();
    assert_eq!(next(&mut renewal, after(HOUR)), Next::SignIn, "an hour after the first");
}

#[test]
fn pauses_outlive_a_restart() {
    let mut renewal = fresh(None);
    fail_at(&mut renewal, NOW, Trouble::Refused);
    let kept = serde_json::to_string(renewal.tries()).unwrap();
    let mut again = Renewal::new(None, serde_json::from_str(&kept).unwrap(), 8);
    assert!(matches!(next(&mut again, after(MINUTE)), Next::Rest(_)));
    assert_eq!(again.due(after(MINUTE)), renewal.due(after(MINUTE)));
}

#[test]
fn a_try_that_never_ends_has_failed() {
    let mut renewal = fresh(None);
    next(&mut renewal, NOW);
    renewal.happened(NOW, Happened::SignedIn);
    renewal.happened(NOW, Happened::Stands(Stands::Pending, None));
    renewal.happened(NOW, Happened::Answered);
    let mut at = NOW;
    let mut looks = 0;
    while let Next::Look(from) = next(&mut renewal, at) {
        at = from;
        looks += 1;
        renewal.happened(at, Happened::Stands(Stands::Pending, None));
    }
    assert!((10..80).contains(&looks), "{looks}");
    let last = renewal.tries().last.as_ref().and_then(|last| last.failure.as_ref());
    assert_eq!(last.map(|failure| failure.trouble), Some(Trouble::Slow));
}

#[test]
fn staff_are_told_a_week_before_the_end_and_no_longer_once_there_is_a_new_one() {
    let mut renewal = fresh(Some(held(82)));
    assert!(!renewal.needs_staff(NOW), "eight days");
    assert!(renewal.needs_staff(after(DAY)) && renewal.needs_staff(after(30 * DAY)), "seven days, and over");
    renewal.happened(after(DAY), Happened::Kept(held(0)));
    assert!(!renewal.needs_staff(after(DAY)));
}

#[test]
fn without_any_certificate_staff_are_told_of_a_refusal_at_once_and_of_a_dead_line_after_a_day() {
    let mut refused = fresh(None);
    assert!(!refused.needs_staff(NOW), "nothing was tried");
    fail_at(&mut refused, NOW, Trouble::NoAddress);
    assert!(refused.needs_staff(NOW));
    let mut offline = fresh(None);
    fail_at(&mut offline, NOW, Trouble::Unreachable);
    assert!(!offline.needs_staff(after(DAY - 1)));
    assert!(offline.needs_staff(after(DAY)));
}

#[test]
fn a_failed_renewal_leaves_the_certificate_that_is_held() {
    let mut renewal = fresh(Some(held(61)));
    fail_at(&mut renewal, NOW, Trouble::Refused);
    assert_eq!(renewal.held(), Some(held(61)));
    assert!(!renewal.needs_staff(NOW), "there are weeks left");
    assert_eq!(renewal.tries().failed, 1);
}

/// The authority is asked, and suggests to renew between these moments from now.
fn suggest(renewal: &mut Renewal, at: Timestamp, (from, until): (i64, i64)) {
    assert_eq!(renewal.next(at, true), Next::AskWhen);
    let window = Window::new(after(from), after(until), None);
    renewal.happened(at, Happened::Suggested(window, Some(6 * HOUR)));
}

#[test]
fn a_certificate_is_renewed_when_the_authority_suggests_it() {
    let mut renewal = fresh(Some(held(10)));
    suggest(&mut renewal, NOW, (2 * DAY, 4 * DAY));
    let due = renewal.due(NOW);
    assert!((after(2 * DAY)..after(4 * DAY)).contains(&due), "{due:?}");
    assert!(!renewal.is_wanted(NOW) && !renewal.is_trying(), "a question is no try");
    assert_eq!(renewal.next(NOW, true), Next::Rest(after(LOOKS_AGAIN)));
    assert_eq!(renewal.next(after(6 * HOUR - 1), true), Next::Rest(after(6 * HOUR)), "asked again then");
    let kept = serde_json::to_string(renewal.tries()).unwrap();
    let again = Renewal::new(Some(held(10)), serde_json::from_str(&kept).unwrap(), 8);
    assert_eq!(again.due(NOW), due, "a start chooses no other moment");

    // It takes certificates back: at once then, and the new one is asked about anew.
    suggest(&mut renewal, after(6 * HOUR), (-2 * DAY, -DAY));
    assert_eq!(renewal.next(after(6 * HOUR), true), Next::SignIn);
    renewal.happened(after(6 * HOUR), Happened::Kept(held(0)));
    assert_eq!(renewal.tries().suggestion, Suggestion::default());
    assert_eq!(renewal.next(after(6 * HOUR), true), Next::AskWhen);
}

#[test]
fn a_suggestion_ends_no_pause() {
    let mut renewal = fresh(Some(held(10)));
    suggest(&mut renewal, NOW, (-2 * DAY, -DAY));
    assert_eq!(renewal.next(NOW, true), Next::SignIn);
    renewal.happened(NOW, failure(Trouble::RateLimited));
    renewal.wish();
    assert!(renewal.due(NOW) >= after(HOUR));
}

#[test]
fn without_a_suggestion_the_schedule_is_its_own() {
    let mut renewal = fresh(Some(held(59)));
    assert_eq!(renewal.next(NOW, true), Next::AskWhen);
    renewal.happened(NOW, Happened::NotSuggested(Failure::new(Trouble::Unreachable, "")));
    assert_eq!(renewal.due(NOW), after(DAY));
    assert_eq!(renewal.tries().failed, 0, "a question that failed is no try that failed");
    assert!(!renewal.needs_staff(NOW));
    let old: Tries = serde_json::from_str(
        r#"{"failed":0,"last":null,"not_before":0,"seen_failing":[],"failing_since":null}"#,
    )
    .unwrap();
    assert_eq!(old, Tries::default(), "what an earlier program remembered");
}

#[test]
fn nobody_is_asked_about_a_certificate_that_is_not_there_or_over_nor_by_a_doubted_clock() {
    assert_eq!(fresh(None).next(NOW, true), Next::SignIn);
    assert_eq!(fresh(Some(held(91))).next(NOW, true), Next::SignIn, "it ended yesterday");
    assert!(matches!(fresh(Some(held(10))).next(NOW, false), Next::Rest(_)));
}
