//! What the configuration changed when it was read while the site ran, or why it changed nothing.

use maud::{Markup, html};

use super::Seen;
use crate::look::message::{NoticeKind, notice_banner};
use crate::runners::devices::{Change, DeviceChange, DeviceKind, ReadAnew};
use crate::web::staff::say::Say;

/// One banner; nothing where it was not read since the start.
pub fn banner(seen: &Seen, say: Say) -> Markup {
    match &seen.known.read_anew {
        None => html! {},
        Some(read) => {
            let (kind, words) = words(read, &seen.when(Some(read.at), say), say);
            notice_banner(kind, &words)
        }
    }
}

fn words(read: &ReadAnew, when: &str, say: Say) -> (NoticeKind, String) {
    match &read.end {
        Err(why) => (
            NoticeKind::Danger,
            say.with("device-read-refused", &[("when", when.into()), ("why", why.as_str().into())]),
        ),
        Ok(taken) if !taken.not_started.is_empty() => {
            let facts = [("when", when.into()), ("why", taken.not_started.join("; ").into())];
            (NoticeKind::Danger, say.with("device-read-not-started", &facts))
        }
        Ok(taken) if taken.changed.is_empty() => {
            (NoticeKind::Info, say.with("device-read-nothing", &[("when", when.into())]))
        }
        Ok(taken) => {
            let changed: Vec<String> = taken.changed.iter().map(|change| one(change, say)).collect();
            let facts = [("when", when.into()), ("changed", changed.join("; ").into())];
            (NoticeKind::Info, say.with("device-read", &facts))
        }
    }
}

fn one(change: &DeviceChange, say: Say) -> String {
    let kind = say.t(match change.kind {
        DeviceKind::Bus => "device-kind-bus",
        DeviceKind::Doors => "device-kind-doors",
        DeviceKind::Camera => "device-kind-camera",
        DeviceKind::Scanner => "device-kind-scanner",
        DeviceKind::Printer => "device-kind-printer",
    });
    let key = match change.how {
        Change::New => "device-change-new",
        Change::Changed => "device-change-changed",
        Change::Gone => "device-change-gone",
    };
    say.with(key, &[("kind", kind.into()), ("name", change.name.as_str().into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runners::devices::Taken;
    use crate::web::words::Language;
    use vestibule_devices::Millis;

    #[test]
    fn what_changed_is_said_by_name_in_every_language() {
        let kinds = [
            DeviceKind::Bus,
            DeviceKind::Doors,
            DeviceKind::Camera,
            DeviceKind::Scanner,
            DeviceKind::Printer,
        ];
        for language in Language::ALL {
            let say = Say::new(language);
            for how in [Change::New, Change::Changed, Change::Gone] {
                let changed = kinds.map(|kind| DeviceChange { kind, name: "Rear 2".to_owned(), how });
                let taken = Taken { changed: changed.to_vec(), not_started: Vec::new() };
                let read = ReadAnew { at: Millis(0), end: Ok(taken) };
                let (_, said) = words(&read, "09:12", say);
                assert_eq!(said.matches("Rear 2").count(), kinds.len(), "{said}");
                assert!(said.contains("09:12") && !said.contains("device-"), "{said}");
            }
        }
    }

    #[test]
    fn what_could_not_be_started_is_said_with_what_to_do() {
        let taken = Taken { changed: Vec::new(), not_started: vec!["bus \"Rear\": no such port".to_owned()] };
        let read = ReadAnew { at: Millis(0), end: Ok(taken) };
        for language in Language::ALL {
            let (kind, said) = words(&read, "09:12", Say::new(language));
            assert!(matches!(kind, NoticeKind::Danger), "{said}");
            assert!(said.contains("bus \"Rear\": no such port") && said.contains("SIGHUP"), "{said}");
        }
    }

    #[test]
    fn a_file_that_was_refused_says_why() {
        let read = ReadAnew { at: Millis(0), end: Err("two buses are called \"A\" (lines 3, 9)".to_owned()) };
        let (kind, said) = words(&read, "09:12", Say::new(Language::ALL[0]));
        assert!(matches!(kind, NoticeKind::Danger) && said.contains("(lines 3, 9)"), "{said}");
    }
}
