//! The simulated disk itself: it must be as bad as it says.

use vestibule_proof::disk::{Disk, Failure, Fault};

fn read(disk: &mut Disk, name: &str) -> Vec<u8> {
    disk.contents(name)
}

#[test]
fn what_was_synced_survives_every_cut_and_what_was_not_may_not() {
    let mut lost = 0;
    for seed in 0..64 {
        let mut disk = Disk::new(seed);
        disk.write("a", 0, &[1; 1024]).expect("writes");
        disk.sync("a").expect("syncs");
        disk.write("a", 0, &[2; 1024]).expect("writes");
        disk.stop();
        disk.power_on();
        let now = read(&mut disk, "a");
        assert_eq!(now.len(), 1024);
        lost += usize::from(now != [2; 1024]);
        let sectors: Vec<_> = now.chunks(512).map(|sector| sector[0]).collect();
        assert!(sectors.iter().all(|byte| [1, 2, 0xA5].contains(byte)), "{sectors:?}");
    }
    assert!((20..64).contains(&lost), "{lost} of 64 lost something");
}

#[test]
fn an_unlink_that_was_not_synced_may_come_back() {
    let back = (0..64).filter(|seed| {
        let mut disk = Disk::new(*seed);
        disk.write("a", 0, &[1; 10]).expect("writes");
        disk.sync("a").expect("syncs");
        disk.delete("a", false).expect("deletes");
        assert!(!disk.exists("a"));
        disk.stop();
        disk.power_on();
        disk.exists("a")
    });
    assert!((10..54).contains(&back.count()));
}

#[test]
fn a_sync_that_failed_leaves_a_cache_that_lies_until_it_is_forgotten() {
    let mut disk = Disk::new(1);
    disk.write("a", 0, &[1; 600]).expect("writes");
    disk.arm(1, Fault::SyncError);
    assert_eq!(disk.sync("a"), Err(Failure::Io));
    assert_eq!(disk.sync("a"), Ok(()), "the next one says that all is well");
    assert_eq!(read(&mut disk, "a"), [1; 600]);
    disk.forget_cached("a").expect("forgets");
    assert_eq!(read(&mut disk, "a"), [0; 0]);
}

#[test]
fn no_space_is_said_and_space_can_be_taken_and_freed() {
    let mut disk = Disk::new(1);
    disk.reserve("reserve", 1 << 20).expect("there is room");
    disk.leave_free(100);
    assert_eq!(disk.write("a", 0, &[1; 101]), Err(Failure::Full));
    disk.write("a", 0, &[1; 100]).expect("just enough");
    disk.delete("reserve", false).expect("frees");
    disk.write("a", 100, &[1; 1000]).expect("room again");
}

#[test]
fn a_power_cut_on_a_full_disk_is_a_power_cut() {
    for seed in 0..32 {
        let mut disk = Disk::new(seed);
        disk.leave_free(0);
        disk.arm(1, Fault::PowerCut);
        assert_eq!(disk.write("a", 0, &[1; 100]), Err(Failure::Io));
        assert!(disk.is_off());
    }
}
