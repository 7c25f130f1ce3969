//! The end of a run: all faults stop, and ten minutes later everything is as it must be (I14); the ledger replays to the
//! live state; no code was ever said (I15).

use super::taint::Taint;
use super::{STAFF, Server, World};
use crate::mouth::Given;
use crate::process::{FOLDER, reader, site_key};
use crate::vfs;
use vestibule_core::place::compartment::{Closure, Service};
use vestibule_core::task::TaskKind;
use vestibule_core::*;
use vestibule_site::store::DATABASE;
use vestibule_site::store::check::check;
use vestibule_site::store::load::{decode, for_each_event};

const TEN_MINUTES: Span = Span::minutes(10);

impl World {
    /// Faults stop; people shut the doors they see; ten minutes pass.
    pub fn calms_down(&mut self) {
        self.harried = false;
        vfs::disk(|disk| {
            disk.disarm();
            disk.leave_free(1 << 40);
        });
        self.letters.server = Server::Well;
        self.line_is_well();
        let off = self.wall_off;
        self.wall_off = Span(0).max(off);
        self.start();
        let moment = self.moment();
        if let Some(process) = &mut self.process {
            process.writer.confirm_clock(moment);
        }
        self.run(12_000);
        self.shuts_all(false);
        self.skip(TEN_MINUTES);
        // What the breaker had held back opened meanwhile.
        self.shuts_all(false);
        self.skip(TEN_MINUTES);
    }

    /// Somebody goes along the bank and shuts what stands open, until nothing does.
    pub fn shuts_all(&mut self, honest: bool) {
        for _ in 0..3 {
            for door in self.ajar() {
                self.shuts_this(door, honest);
            }
            self.run(3_000);
        }
    }

    /// Everything that must hold once it is calm.
    pub fn ends(&mut self) {
        self.calms_down();
        self.nothing_is_left_over();
        self.everything_is_collectable();
        self.nothing_was_lost();
        self.nothing_was_said();
    }

    /// I14: no opening without an end, no door believed open, no mail left.
    fn nothing_is_left_over(&mut self) {
        let process = self.process.as_ref().expect("it runs");
        let site = process.writer.site();
        for (id, opening) in &site.openings.live {
            let task = site.tasks.find(&TaskKind::Check { compartment: opening.compartment });
            assert!(opening.is_unknown() && task.is_some(), "I14: opening {id} is left over: {opening:?}");
        }
        let map = site.wiring.maps.get(&BankId(1));
        for (id, compartment) in &site.compartments.all {
            // A door that came with a new drawing has no contact before the next test of the wiring.
            let is_wired = map.is_none_or(|map| map.channels.contains_key(id));
            assert!(
                compartment.closure == Closure::Closed || !is_wired,
                "I11: door {id} is shut and the site thinks otherwise"
            );
            let task = site.tasks.find(&TaskKind::Check { compartment: *id });
            assert!(
                compartment.service != Service::Check || task.is_some(),
                "I14: {id} is in check and nobody was told"
            );
        }
        let left: u64 =
            process.reader().query_row("SELECT count(*) FROM outbox", [], |row| row.get(0)).expect("reads");
        assert_eq!(left, 0, "I14: messages are left in the outbox");
        self.ledger.weighed.is_over(site, process.writer.now());
    }

    /// The end of a calm day: nothing is left over, and everybody could collect.
    pub fn all_is_where_it_should_be(&mut self) {
        self.start();
        self.nothing_is_left_over();
        self.everything_is_collectable();
    }

    /// I14: who has something waiting holds a code that opens it.
    pub fn everything_is_collectable(&mut self) {
        let people: std::collections::BTreeSet<_> =
            self.model.households.values().flatten().copied().collect();
        for person in people {
            let waits = !self.model.opens_for(person).is_empty();
            if !waits {
                continue;
            }
            let held: Vec<_> =
                self.letters.held.iter().filter(|code| code.person == Some(person)).cloned().collect();
            let opens = held.iter().rev().any(|code| self.probe(person, code).is_some());
            assert!(opens, "I14: something waits for {person}, and no code of theirs is accepted");
        }
    }

    /// The ledger replays to the live state, and the product's own check finds nothing.
    fn nothing_was_lost(&mut self) {
        self.give(Given::Nothing);
        let process = self.process.as_ref().expect("it runs");
        let mut replayed = Site::default();
        for_each_event(process.reader(), (&site_key(), 0), |sealed| {
            replayed.evolve(&decode(&sealed.envelope)?, Timestamp(sealed.envelope.recorded_at));
            Ok(())
        })
        .expect("every event decodes");
        assert!(replayed == *process.writer.site(), "the ledger replays to another state than is live");
        let reader = reader().expect("opens");
        let found = check(&reader, &site_key(), &mut |_| {}).expect("reads");
        assert!(found.is_well(), "the check finds {:?} {:?}", found.chain, found.problems);
        let whole: String = reader.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("reads");
        assert_eq!(whole, "ok", "the database");
    }

    /// I15: in no answer, no event and no byte on the disk is a code that was ever alive.
    fn nothing_was_said(&mut self) {
        let database = format!("{FOLDER}/{DATABASE}");
        let [kept, log] =
            [database.clone(), format!("{database}-wal")].map(|name| vfs::disk(|disk| disk.contents(&name)));
        let tainted = Taint::of(&self.letters.secrets);
        let texts = [("an answer", self.said.as_bytes()), ("an event", self.ledger.text.as_bytes())];
        for (what, text) in texts.into_iter().chain([("the disk", &*kept), ("the log", &*log)]) {
            assert!(!tainted.is_in(text), "I15: {what} holds a live code");
        }
    }

    /// The disk is as it was: the site must say so by a new epoch, and believe nothing.
    pub fn rolls_back(&mut self, old: crate::disk::Disk) {
        let known = self.process.as_ref().map_or(0, |process| process.writer.site().epoch).max(1);
        vfs::disk(|disk| disk.stop());
        self.process = None;
        vfs::forget_processes();
        vfs::disk(|disk| {
            disk.revive();
            disk.roll_back(&old, &format!("{FOLDER}/{DATABASE}"));
        });
        self.now_ms += 60_000;
        let moment = self.moment();
        let (process, first) =
            crate::process::Process::start(self.keys(), super::DOORS, moment).expect("it starts");
        assert!(first.intents.is_empty(), "I2: a start pulsed");
        let site = process.writer.site();
        assert_eq!(site.epoch, known + 1, "I12: the disk was rolled back and no epoch was raised");
        let checked = site.compartments.all.values().all(|c| c.service == Service::Check);
        assert!(checked, "after a roll-back every compartment is looked into");
        for code in self.letters.held.iter().filter(|code| !code.selector.is_empty()) {
            // Numbers that were lost are given again, so it is the token that counts.
            let token = vestibule_core::code::pin::token_hash(&**self.keys(), &code.token);
            let live = site.credentials.pickup.by_token.contains_key(&token);
            assert!(!live, "I5: a code from before the roll-back lives");
        }
        self.process = Some(process);
    }

    /// A day of staff who tidy up: for runs that go on.
    pub fn tidies(&mut self) {
        let in_check: Vec<_> = {
            self.start();
            let process = self.process.as_ref().expect("started");
            let all = &process.writer.site().compartments.all;
            all.iter().filter(|(_, c)| c.service == Service::Check).map(|(id, _)| *id).collect()
        };
        for compartment in in_check {
            let inside = self.model.things.iter();
            let found = inside.filter(|(_, t)| t.at == custody::Custodian::Compartment(compartment));
            let found = found.map(|(id, _)| *id).collect();
            self.answer(STAFF, Command::ResolveCheck { compartment, found });
        }
    }
}
