use super::*;
use crate::web::words::Language;
use needs::{Needs, Today};
use say::Say;
use std::collections::BTreeMap;
use tasks::OpenTask;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::Bell;
use vestibule_core::*;

fn names() -> names::Names {
    names::Names::of_site(&Site::default(), Timestamp(10_000_000))
}

fn every_task() -> Vec<TaskKind> {
    let (person, parcel, compartment) = (PersonId(1), ParcelId(1), CompartmentId(1));
    let point = AccessPointId(1);
    vec![
        TaskKind::Tell { person },
        TaskKind::Assign { parcel },
        TaskKind::Accept { parcel },
        TaskKind::Check { compartment },
        TaskKind::Jammed { compartment },
        TaskKind::Forced { compartment },
        TaskKind::HeldOpen { compartment },
        TaskKind::Missing { parcel },
        TaskKind::NotTheirs { parcel, suspects: vec![ParcelId(2), ParcelId(3)] },
        TaskKind::Overdue { parcel },
        TaskKind::Late { parcel },
        TaskKind::Misplaced { parcel },
        TaskKind::Sort { drop: DropId(1) },
        TaskKind::SortLate { drop: DropId(1) },
        TaskKind::Unscanned { claim: ClaimId(1) },
        TaskKind::OneIsTheirs { drop: DropId(1), person },
        TaskKind::AuditLeft { audit: AuditId(1) },
        TaskKind::Guessing { kiosk: KioskId(1) },
        TaskKind::BadAddress { person },
        TaskKind::BoardSilent { bank: BankId(1) },
        TaskKind::LineSilent { banks: [BankId(1), BankId(2)].into() },
        TaskKind::CameraSilent { camera: CameraId(1) },
        TaskKind::Clock,
        TaskKind::Restored { epoch: 2 },
        TaskKind::DiskLow,
        TaskKind::CertificateEnds,
        TaskKind::FeedRefused { feed: vestibule_core::custody::delivered::ClaimSource::EasyPost },
        TaskKind::DoorForced { point },
        TaskKind::DoorHeldOpen { point },
        TaskKind::GuessingAtDoor { point },
        TaskKind::DoorSilent { point },
        TaskKind::DoorTampered { point },
        TaskKind::LookAtDoor { point },
        TaskKind::Ringing { ring: RingId(1), point, unit: Some(UnitId(1)), bell: Bell::AtDoor },
        TaskKind::Ringing { ring: RingId(2), point, unit: None, bell: Bell::Phone },
        TaskKind::NoDeposit { entry: EntryId(1), point },
        TaskKind::LookWhatWasLeft { entry: EntryId(4), point },
        TaskKind::StillInside { entry: EntryId(2), point },
        TaskKind::LateEntry { entry: EntryId(3), point },
        TaskKind::Followed { entry: EntryId(4), point },
        TaskKind::CodeMisused { credential: CredentialId(1) },
    ]
}

fn needs(tasks: Vec<TaskKind>) -> Needs {
    let open =
        |(at, what)| OpenTask { id: TaskId(at), what, raised: Timestamp(5_000_000), may_be_ended: true };
    let tasks = (1..).zip(tasks).map(open).collect();
    Needs {
        tasks,
        waiting: BTreeMap::from([(PersonId(1), 2)]),
        today: Today::default(),
        ready: None,
        names: names(),
    }
}

#[test]
fn every_task_has_words_weight_and_one_main_action() {
    for language in Language::ALL {
        let say = Say::new(language);
        let page = needs::content(&needs(every_task()), say, "token-of-forms").into_string();
        assert_eq!(page.matches("class=\"task ").count(), 41, "{page}");
        for what in every_task() {
            assert!(page.contains(&tasks::action_words(&what, say)), "{what:?}");
        }
    }
}

#[test]
fn a_code_that_may_have_been_passed_on_is_named_with_whose_it_is() {
    use names::codes::CodeHolder;
    let what = TaskKind::CodeMisused { credential: CredentialId(17) };
    let mut names = names();
    names.carriers.insert(CarrierId(1), "UPS".to_owned());
    let unit = names::UnitName { building: String::new(), label: "3B".to_owned(), keypad: "302".to_owned() };
    names.units.insert(UnitId(2), unit);
    let person = names::PersonName { name: "Marta Alvarez".to_owned(), unit: UnitId(2) };
    names.people.insert(PersonId(1), person);
    for (holder, kind, whose) in [
        (Some(CodeHolder::Courier(CarrierId(1))), "Code 17", "UPS"),
        (Some(CodeHolder::Pass(None)), "Pass 17", ""),
        (Some(CodeHolder::Pass(Some(UnitId(2)))), "Pass 17", "3B"),
        (Some(CodeHolder::Person(PersonId(1))), "Code 17", "3B"),
        (None, "Code 17", ""),
    ] {
        names.codes = holder.map(|holder| (CredentialId(17), holder)).into_iter().collect();
        let (title, _) = tasks::words(&what, &names, Say::new(Language::En));
        assert!(title.starts_with(kind) && title.contains(whose), "{holder:?}: {title}");
        let (title, _) = tasks::words(&what, &names, Say::new(Language::Es));
        assert!(title.contains("17") && title.contains(whose), "{holder:?}: {title}");
    }
}

#[test]
fn only_what_the_rules_let_end_by_hand_can_be_ticked() {
    let ticked = |what: TaskKind, may_be_ended: bool| {
        let mut view = needs(vec![what]);
        view.tasks[0].may_be_ended = may_be_ended;
        needs::content(&view, Say::new(Language::En), "t").into_string().contains("/staff/tasks/1/done")
    };
    let parcel = ParcelId(1);
    assert!(ticked(TaskKind::Overdue { parcel }, true) && !ticked(TaskKind::Overdue { parcel }, false));
    assert!(!ticked(TaskKind::Clock, true), "confirming the clock is what ends it");
}

#[test]
fn the_most_urgent_task_comes_first() {
    let say = Say::new(Language::En);
    let page = needs::content(&needs(every_task()), say, "t").into_string();
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
    assert!(at("nobody asked for it") < at("Somebody guesses"));
    assert!(at("Somebody guesses") < at("Nobody is sure"));
    assert!(at("Nobody is sure") < at("waits too long"));
}

#[test]
fn with_nothing_to_do_the_page_says_so() {
    let page = needs::content(&needs(Vec::new()), Say::new(Language::En), "t").into_string();
    assert!(page.contains("Nothing needs you") && !page.contains("class=\"task "), "{page}");
}

#[test]
fn a_query_value_is_encoded_whole() {
    assert_eq!(encoded("3B & co/ñ"), "3B%20%26%20co%2F%C3%B1");
}

/// Keys the sources name are said; a key is found by its quotes.
#[test]
fn every_sentence_the_pages_ask_for_exists() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(folder.join("locales/en")).unwrap();
    let said: String = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let known: std::collections::BTreeSet<&str> =
        said.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect();
    let mut sources = vec![folder.join("src/web/staff")];
    let mut asked = 0;
    while let Some(path) = sources.pop() {
        if path.is_dir() {
            sources.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for quoted in text.split('"').filter(|part| part.starts_with("staff-")) {
            let is_key = quoted.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
            if is_key && !quoted.ends_with('-') && quoted != "staff-place" {
                asked += 1;
                assert!(known.contains(quoted), "{quoted} in {}", path.display());
            }
        }
    }
    assert!(asked > 300, "{asked} keys were looked for");
}
