//! Devices that fall silent: a task each until they answer, and what their pages say of it.

use super::{House, LOBBY, ROOM, STREET, row};
use vestibule_core::task::TaskKind;

#[tokio::test]
async fn a_line_that_is_unplugged_is_one_task_and_goes_on_when_it_is_plugged_in() {
    let house = House::open().await;
    let silent = TaskKind::BoardSilent { bank: LOBBY };
    house.boards.pull_open(2, 5);
    house.until(|site| site.compartments.open.len() == 1).await;
    let page = house.page("/staff/devices/buses/1").await.text;
    assert!(page.contains("Door 4, lock 5: open"), "{page}");
    house.boards.push_shut(2, 5);
    house.until(|site| site.compartments.open.is_empty()).await;
    for _ in 0..2 {
        house.boards.with(|boards, _| boards.set_unplugged(true));
        house.until(|site| site.layout.silent.contains(&LOBBY)).await;
        assert_eq!(house.tasks(silent.clone()).await, 1, "two boards, one task");
        let away = |page: &str| page.matches(">does not answer<").count() == 2;
        let page = house.shows("/staff/devices/buses/1", away).await;
        assert!(page.contains("This line cannot be opened"), "{page}");
        house.boards.with(|boards, _| boards.set_unplugged(false));
        house.until(|site| !site.layout.silent.contains(&LOBBY)).await;
        assert_eq!(house.tasks(silent.clone()).await, 0, "it ends by itself");
        house.shows("/staff/devices/buses/1", |page| page.matches(">answers<").count() == 2).await;
    }
    house.boards.pull_open(1, 2);
    house.until(|site| site.compartments.open.len() == 1).await;
    house.site.stop().await;
}

#[tokio::test]
async fn one_silent_board_of_two_is_told_by_name() {
    let house = House::open().await;
    house.boards.with(|boards, _| boards.board_faults(2).silent = true);
    house.until(|site| site.layout.silent.contains(&LOBBY)).await;
    let list = house.page("/staff/devices").await.text;
    assert!(row(&list, "Lobby, board 2").contains(">does not answer<"), "{list}");
    assert!(row(&list, "Lobby, board 1").contains(">answers<"), "{list}");
    let page = house.page("/staff/devices/buses/1").await.text;
    assert!(page.contains("Check its power and its cable") && !page.contains("This line cannot"), "{page}");
    house.site.stop().await;
}

#[tokio::test]
async fn doors_that_fall_silent_are_one_task_each_until_they_answer() {
    let house = House::open().await;
    house.street.set_faults(|faults| faults.refuses_with = Some(403));
    house.room.with(0, |reader, _| reader.faults.silent = true);
    for (point, why) in [(STREET, "user, password and rights"), (ROOM, "Check its power and its cable")] {
        house.until(move |site| site.access.points[&point].silent).await;
        assert_eq!(house.tasks(TaskKind::DoorSilent { point }).await, 1);
        let page = house.page(&format!("/staff/devices/doors/{point}")).await.text;
        assert!(page.contains(">does not answer<") && page.contains(why), "{page}");
    }
    house.room.with(0, |reader, _| reader.faults.silent = false);
    house.until(|site| !site.access.points[&ROOM].silent).await;
    assert_eq!(house.tasks(TaskKind::DoorSilent { point: ROOM }).await, 0, "it ends by itself");
    house.shows("/staff/devices/doors/2", |page| page.contains(">answers<")).await;
    house.site.stop().await;
}
