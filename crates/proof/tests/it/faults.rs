//! Faults of the product that the simulator found, each on its own.

use vestibule_core::{Command, Span};
use vestibule_proof::acts::Act;
use vestibule_proof::disk::Fault;
use vestibule_proof::vfs;
use vestibule_proof::world::{Death, STAFF, World, founded};

fn named(world: &mut World, name: &str) -> bool {
    let outcome = world.ask(STAFF, Command::NameCarrier { name: name.to_owned() });
    outcome.is_some_and(|outcome| outcome.answer.is_ok())
}

/// Linux drops what a failed sync should have written and goes on showing it: a start must not believe the cache.
#[test]
fn a_commit_whose_sync_failed_is_not_built_upon() {
    let founded = founded();
    for seed in 0..20 {
        let mut world = World::new(seed, &founded);
        assert!(named(&mut world, "before"));
        vfs::disk(|disk| disk.arm(1, Fault::SyncError));
        named(&mut world, "while the sync fails");
        for name in ["after", "and after"] {
            while !named(&mut world, name) {}
        }
        world.end(Death::Power);
        world.start();
        world.ends();
        world.leaves_no_process();
    }
}

/// Even a start takes some space: the reserve is for that too.
#[test]
fn a_full_disk_does_not_keep_a_site_from_starting() {
    let founded = founded();
    let mut world = World::new(1, &founded);
    assert!(named(&mut world, "before"));
    world.end(Death::Process);
    vfs::disk(|disk| disk.leave_free(0));
    world.start();
    assert!(!vfs::disk(|disk| disk.exists("/site/reserve")), "the reserve was freed for the start");
    world.run(1_000);
    assert!(world.process.as_ref().is_some_and(|process| process.writer.site().disk_low));
    world.leaves_no_process();
}

/// What died with its step never was: the model's clock goes on from what was recorded, as the site's does.
#[test]
fn a_moment_that_died_is_not_lived_by_the_model() {
    let founded = founded();
    let mut world = World::new(3, &founded);
    // After a jump into the past site time stands still while the power is off.
    world.wall_off = Span::days(-20_000);
    assert!(named(&mut world, "before"));
    let before = world.model.now;
    world.now_ms += 900_000;
    vfs::disk(|disk| disk.arm(1, Fault::PowerCut));
    assert!(!named(&mut world, "while the power goes"));
    world.start();
    assert!(world.model.now - before < Span::minutes(5), "the model lives on in a time that never was");
    world.ends();
    world.leaves_no_process();
}

/// A start takes time, and the breaker counts by it: who looks at what a code opens looks after the start.
#[test]
fn a_code_is_looked_at_by_the_clock_of_the_site_it_is_tried_on() {
    let founded = founded();
    for seed in 0..8 {
        let mut world = World::new(seed, &founded);
        world.does(Act::DeliversWell);
        world.skip(Span::minutes(2));
        world.does(Act::Storms);
        world.run(20_000);
        world.end(Death::Power);
        world.does(Act::Probes);
        world.ends();
        world.leaves_no_process();
    }
}
