use super::*;

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const DAY: u64 = 24 * 60 * MINUTE;
const MAIL: ServerId = ServerId(0);

fn row(id: u64, queued_ms: u64) -> Input {
    Input::Row(Row { id: RowId(id), server: MAIL, queued_ms, overdue_reported: false })
}

fn tried(id: u64, result: TryResult) -> Input {
    Input::Tried { id: RowId(id), result }
}

fn outputs(delivery: &mut Delivery) -> Vec<Output> {
    std::iter::from_fn(|| delivery.poll_output()).collect()
}

/// Moves the clock from deadline to deadline and lets `server` answer each try on the spot.
struct World<F> {
    delivery: Delivery,
    now_ms: u64,
    server: F,
    tries: Vec<(u64, u64)>,
    reports: Vec<(u64, u64, Outcome)>,
    changes: Vec<(u64, bool)>,
    removals: Vec<(u64, u64)>,
    /// Until then nothing can be removed.
    is_full_until: u64,
}

impl<F: FnMut(u64, u64) -> TryResult> World<F> {
    fn new(server: F) -> Self {
        let delivery = Delivery::new(7, 4);
        let (tries, reports, changes, removals) = (vec![], vec![], vec![], vec![]);
        Self { delivery, now_ms: 0, server, tries, reports, changes, removals, is_full_until: 0 }
    }

    fn handle(&mut self, input: Input) {
        self.delivery.handle(input, self.now_ms);
        while let Some(output) = self.delivery.poll_output() {
            match output {
                Output::Try(RowId(id)) => {
                    self.tries.push((self.now_ms, id));
                    let result = (self.server)(id, self.now_ms);
                    self.delivery.handle(tried(id, result), self.now_ms);
                }
                Output::Report(RowId(id), outcome) => self.reports.push((self.now_ms, id, outcome)),
                Output::Remove(row) => {
                    self.removals.push((self.now_ms, row.0));
                    let is_durable = self.now_ms >= self.is_full_until;
                    self.delivery.handle(Input::Removed { id: row, is_durable }, self.now_ms);
                }
                Output::ServerChanged(MAIL, is_up) => self.changes.push((self.now_ms, is_up)),
                Output::ServerChanged(other, _) => panic!("unknown server {other:?}"),
            }
        }
    }

    fn run_until(&mut self, end_ms: u64) {
        while let Some(at) = self.delivery.next_deadline().filter(|at| *at <= end_ms) {
            self.now_ms = self.now_ms.max(at);
            self.handle(Input::Wake);
        }
        self.now_ms = end_ms;
    }

    fn tries_of(&self, id: u64) -> Vec<u64> {
        self.tries.iter().filter(|(_, row)| *row == id).map(|(at, _)| *at).collect()
    }
}

#[test]
fn a_row_is_tried_at_once_and_reported_delivered() {
    let mut delivery = Delivery::new(1, 4);
    delivery.handle(row(1, 0), 50);
    assert_eq!(outputs(&mut delivery), [Output::Try(RowId(1))]);
    assert_eq!(delivery.next_deadline(), Some(OVERDUE_AFTER_MS));
    delivery.handle(tried(1, TryResult::Accepted), 90);
    let told = [Output::Report(RowId(1), Outcome::Delivered), Output::Remove(RowId(1))];
    assert_eq!(outputs(&mut delivery), told);
    assert_eq!((delivery.next_deadline(), delivery.waiting()), (None, 0));
    delivery.handle(tried(1, TryResult::Accepted), 95);
    assert_eq!(outputs(&mut delivery), [], "an answer nobody waits for changes nothing");
}

#[test]
fn a_server_down_for_a_day_ends_in_delivery_of_everything() {
    let mut world = World::new(|_, now| if now < DAY { TryResult::ServerDown } else { TryResult::Accepted });
    for id in 0..200 {
        world.run_until(id * MINUTE);
        world.handle(row(id, id * MINUTE));
    }
    world.run_until(DAY + 10 * MINUTE);
    assert_eq!(world.delivery.waiting(), 0, "everything is handed over ten minutes after the fault");
    for id in 0..200 {
        let told: Vec<(u64, Outcome)> =
            world.reports.iter().filter(|(_, row, _)| *row == id).map(|(at, _, what)| (*at, *what)).collect();
        assert_eq!(told[0], ((id + 15) * MINUTE, Outcome::Overdue), "{id}");
        assert_eq!((told[1].1, told.len()), (Outcome::Delivered, 2), "{id}");
    }
    let probes = world.tries.iter().filter(|(at, _)| *at < DAY).count();
    assert!(probes < 24 * 60 * 2, "the server is spared while it is down: {probes} tries");
    assert_eq!(world.changes.len(), 2, "down once, up once");
    let outage = world.tries.windows(2).filter(|pair| pair[0].0 < DAY);
    let pauses = outage.map(|pair| pair[1].0 - pair[0].0);
    assert!(pauses.max().unwrap() <= MINUTE, "the server is asked at least every minute");
}

#[test]
fn one_message_that_is_put_off_is_tried_at_most_five_minutes_apart_for_ever() {
    let mut world = World::new(|id, _| if id == 1 { TryResult::Later } else { TryResult::Accepted });
    world.handle(row(1, 0));
    world.run_until(DAY);
    let tries = world.tries_of(1);
    let pauses: Vec<u64> = tries.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(pauses.iter().all(|pause| (3 * SECOND..=LONGEST_PAUSE_MS).contains(pause)), "{pauses:?}");
    assert!(pauses[0] <= 4 * SECOND && *pauses.last().unwrap() > 3 * MINUTE);
    assert!(tries.len() > 24 * 12);
    assert!(world.changes.is_empty(), "the server is well");
    world.handle(row(2, DAY));
    assert_eq!(world.reports.last(), Some(&(DAY, 2, Outcome::Delivered)), "others do not wait for it");
    assert_eq!(world.reports.iter().filter(|(_, _, what)| *what == Outcome::Overdue).count(), 1);
}

#[test]
fn a_refused_address_is_reported_and_not_tried_again() {
    let mut world = World::new(|_, _| TryResult::AddressRefused);
    world.handle(row(1, 0));
    world.run_until(DAY);
    assert_eq!(world.reports, [(0, 1, Outcome::AddressRefused)]);
    assert_eq!(world.tries.len(), 1);
}

#[test]
fn only_so_many_tries_run_at_once() {
    let mut delivery = Delivery::new(1, 3);
    for id in 0..10 {
        delivery.handle(row(id, 0), 0);
    }
    assert_eq!(outputs(&mut delivery).len(), 3);
    delivery.handle(tried(0, TryResult::Accepted), 5);
    let ended = [Output::Report(RowId(0), Outcome::Delivered), Output::Remove(RowId(0))];
    assert_eq!(outputs(&mut delivery), [&ended[..], &[Output::Try(RowId(3))]].concat());
}

#[test]
fn while_a_server_is_down_one_message_probes_and_the_others_wait() {
    let mut delivery = Delivery::new(1, 4);
    for id in 0..6 {
        delivery.handle(row(id, 0), 0);
    }
    outputs(&mut delivery);
    for id in 0..4 {
        delivery.handle(tried(id, TryResult::ServerDown), 10);
    }
    assert_eq!(outputs(&mut delivery), [Output::ServerChanged(MAIL, false)]);
    let probe_at = delivery.next_deadline().unwrap();
    assert!((3 * SECOND..=5 * SECOND).contains(&probe_at), "{probe_at}");
    delivery.handle(Input::Wake, probe_at);
    assert_eq!(outputs(&mut delivery), [Output::Try(RowId(4))], "a row that has not failed yet goes first");
    delivery.handle(Input::Wake, probe_at + MINUTE);
    assert_eq!(outputs(&mut delivery), [], "one probe at a time");
    delivery.handle(tried(4, TryResult::Accepted), probe_at + MINUTE);
    let after = outputs(&mut delivery);
    assert_eq!(after[0], Output::ServerChanged(MAIL, true));
    assert_eq!(after.iter().filter(|output| matches!(output, Output::Try(_))).count(), 4);
}

#[test]
fn a_message_that_kills_its_connection_does_not_hold_up_the_others() {
    let mut world = World::new(|id, _| if id == 1 { TryResult::ServerDown } else { TryResult::Accepted });
    for id in 0..50 {
        world.handle(row(id, 0));
    }
    world.run_until(5 * MINUTE);
    let delivered = world.reports.iter().filter(|(_, _, what)| *what == Outcome::Delivered).count();
    assert_eq!(delivered, 49);
    assert_eq!(world.delivery.waiting(), 1);
}

#[test]
fn a_refusing_server_is_asked_rarely_and_at_once_when_settings_change() {
    let mut world =
        World::new(
            |_, now| {
                if now < 2 * 60 * MINUTE { TryResult::ServerRefuses } else { TryResult::Accepted }
            },
        );
    for id in 0..3 {
        world.handle(row(id, 0));
    }
    world.run_until(2 * 60 * MINUTE);
    let late = world.tries.iter().filter(|(at, _)| *at > 60 * MINUTE).count();
    assert!((12..=17).contains(&late), "{late} logins in an hour");
    world.tries.clear();
    world.handle(Input::ServerUp(MAIL));
    assert_eq!(world.tries.len(), 3);
    assert_eq!(world.delivery.waiting(), 0);
}

#[test]
fn a_row_that_cannot_be_removed_is_removed_later_and_not_sent_again() {
    let mut world = World::new(|_, _| TryResult::Accepted);
    world.is_full_until = 10 * MINUTE;
    world.handle(row(1, 0));
    assert_eq!(world.delivery.waiting(), 0, "it is handed over");
    world.handle(row(1, 0));
    world.run_until(DAY);
    assert_eq!(world.tries, [(0, 1)]);
    assert_eq!(world.reports, [(0, 1, Outcome::Delivered)]);
    let removals: Vec<_> = (0..=10).map(|minute| (minute * REMOVE_AGAIN_MS, 1)).collect();
    assert_eq!(world.removals, removals);
    assert_eq!(world.delivery.next_deadline(), None);
}

#[test]
fn a_row_that_vanished_before_it_could_be_removed_is_forgotten() {
    let mut delivery = Delivery::new(1, 1);
    delivery.handle(row(1, 0), 0);
    delivery.handle(tried(1, TryResult::Accepted), 0);
    delivery.handle(Input::Removed { id: RowId(1), is_durable: false }, 0);
    delivery.handle(Input::Withdrawn(RowId(1)), 1);
    outputs(&mut delivery);
    assert_eq!(delivery.next_deadline(), None);
}

#[test]
fn servers_do_not_wait_for_each_other() {
    let mut delivery = Delivery::new(1, 1);
    delivery.handle(row(1, 0), 0);
    delivery.handle(tried(1, TryResult::ServerDown), 0);
    outputs(&mut delivery);
    let texts = Row { id: RowId(2), server: ServerId(1), queued_ms: 0, overdue_reported: false };
    delivery.handle(Input::Row(texts), 1);
    assert_eq!(outputs(&mut delivery), [Output::Try(RowId(2))]);
}

#[test]
fn a_withdrawn_row_is_neither_tried_nor_reported() {
    let mut delivery = Delivery::new(1, 1);
    delivery.handle(row(1, 0), 0);
    delivery.handle(row(2, 0), 0);
    outputs(&mut delivery);
    delivery.handle(Input::Withdrawn(RowId(1)), 1);
    delivery.handle(Input::Withdrawn(RowId(2)), 1);
    delivery.handle(tried(1, TryResult::ServerDown), 2);
    delivery.handle(Input::Wake, DAY);
    assert_eq!(outputs(&mut delivery), [Output::ServerChanged(MAIL, false)]);
    assert_eq!((delivery.next_deadline(), delivery.waiting()), (None, 0));
}

#[test]
fn a_row_told_overdue_before_a_restart_is_not_told_again() {
    let mut delivery = Delivery::new(1, 1);
    delivery
        .handle(Input::Row(Row { id: RowId(1), server: MAIL, queued_ms: 0, overdue_reported: true }), DAY);
    delivery.handle(row(2, 0), DAY);
    assert_eq!(outputs(&mut delivery), [Output::Try(RowId(1)), Output::Report(RowId(2), Outcome::Overdue)]);
}

#[test]
fn jitter_comes_from_the_seed_alone() {
    let pauses =
        |seed: u64| (1..9).map(|n| pause_ms(seed, n, FIRST_PAUSE_MS, LONGEST_PAUSE_MS)).collect::<Vec<_>>();
    assert_eq!(pauses(1), pauses(1));
    assert_ne!(pauses(1), pauses(2));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_happens_all_is_told_once_and_nothing_is_stuck(
        answers in proptest::collection::vec(0_u8..5, 1..120), rows in 1_u64..30,
    ) {
        let mut answers = answers.into_iter();
        let mut world = World::new(move |_, _| match answers.next() {
            Some(0) => TryResult::Later,
            Some(1) => TryResult::ServerDown,
            Some(2) => TryResult::ServerRefuses,
            Some(3) => TryResult::AddressRefused,
            Some(_) | None => TryResult::Accepted,
        });
        for id in 0..rows {
            world.handle(row(id, 0));
        }
        world.run_until(DAY);
        proptest::prop_assert_eq!(world.delivery.waiting(), 0);
        for id in 0..rows {
            let ended = world.reports.iter().filter(|(_, row, what)| *row == id && *what != Outcome::Overdue);
            proptest::prop_assert_eq!(ended.count(), 1);
        }
    }
}
