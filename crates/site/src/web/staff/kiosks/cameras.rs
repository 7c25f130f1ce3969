//! Cameras: what each looks at, whether it answers, how well, and how many photos are kept.
//!
//! Owns: `/staff/cameras`. Never: a picture; those are behind their own record.

use maud::{Markup, html};
use vestibule_core::evidence::retention::PhotosKept;
use vestibule_core::evidence::{CameraPlace, InView};
use vestibule_core::{CameraId, PhotoId, Span, Timestamp};

use super::super::desk_page::{Desk, Section};
use super::super::names::{Names, Wanted};
use super::super::parcels::photos::clock_note;
use super::super::say::Say;
use super::super::times;
use crate::evidence::photos;
use crate::look::listing::{self, Tone};
use crate::look::message;
use crate::look::{Press, button_secondary};
use crate::runners::cameras::queue::CameraHealth;
use crate::web::photos::cameras::{self, KnownCamera};
use crate::web::problem::Fault;
use vestibule_devices::CameraFault;

/// One camera.
#[derive(Debug, Clone)]
pub struct CameraLine {
    /// What is known of it.
    pub known: KnownCamera,
    /// When it answered last, in site time.
    pub answered: Option<Timestamp>,
    /// Its last photo that was recorded.
    pub last: Option<(PhotoId, Timestamp)>,
}

/// All the page shows.
#[derive(Debug, Clone)]
pub struct Cameras {
    /// The cameras.
    pub cameras: Vec<CameraLine>,
    /// Photos that are kept.
    pub kept: u32,
    /// How much space they take, in bytes; None: their folder cannot be read.
    pub bytes: Option<u64>,
    /// For how long.
    pub policy: PhotosKept,
    /// Whether the last exchanges may be seen.
    pub may_install: bool,
    /// Names.
    pub names: Names,
}

/// A time in hours up to three days, else in days.
pub fn kept_words(span: Span, say: Say) -> String {
    let hours = span.0 / Span::hours(1).0;
    if hours <= 72 {
        say.with("staff-hours-n", &[("n", hours.into())])
    } else {
        say.with("staff-days-n", &[("n", (hours / 24).into())])
    }
}

/// The page.
pub fn content(view: &Cameras, say: Say) -> Markup {
    let (people, parcels) = (kept_words(view.policy.people, say), kept_words(view.policy.parcels, say));
    let kept = say.with("staff-cameras-kept", &[("n", view.kept.into())]);
    let size = view.bytes.map_or_else(
        || say.t("staff-cameras-size-unknown"),
        |bytes| say.with("staff-cameras-size", &[("mb", format!("{:.1}", bytes as f64 / 1e6).into())]),
    );
    html! {
        (listing::page_title(&say.t("staff-cameras-title"), Some(&say.t("staff-cameras-lead")), html! {}))
        @if view.cameras.is_empty() { (message::empty(&say.t("staff-cameras-empty-title"), &say.t("staff-cameras-empty"), None)) }
        p { (kept) ": " (size) ". " (say.with("staff-cameras-for", &[("people", people.into()), ("parcels", parcels.into())])) }
        @for camera in &view.cameras { (one(camera, view.may_install, &view.names, say)) }
    }
}

fn one(line: &CameraLine, may_install: bool, names: &Names, say: Say) -> Markup {
    let KnownCamera { id, camera, health, device, .. } = &line.known;
    let firmware = device.as_ref().and_then(|device| device.look().firmware);
    let firmware = firmware.map_or_else(|| say.t("device-firmware-unknown"), |firmware| firmware.to_string());
    let to_exchanges = device.as_ref().filter(|_| may_install);
    let to_exchanges = to_exchanges.map(|_| format!("/staff/devices/cameras/{id}/exchanges"));
    let (tone, key) = match (health, camera.silent) {
        (None, _) => (Tone::Warning, "staff-camera-not-here"),
        (Some(_), true) => (Tone::Danger, "staff-camera-silent"),
        (Some(_), false) => (Tone::Good, "staff-camera-answers"),
    };
    let sees = match camera.at {
        CameraPlace::Bank(bank) => {
            say.with("staff-camera-sees-bank", &[("bank", names.bank(say, bank).into())])
        }
        CameraPlace::Kiosk(kiosk) => {
            say.with("staff-camera-sees-kiosk", &[("kiosk", names.kiosk(say, kiosk).into())])
        }
        CameraPlace::Desk => say.t("staff-camera-sees-desk"),
        CameraPlace::Door(point) => {
            say.with("staff-camera-sees-door", &[("door", names.passage(say, point).into())])
        }
        CameraPlace::Inside(point) => {
            say.with("staff-camera-sees-inside", &[("door", names.passage(say, point).into())])
        }
    };
    let in_view = say.t(match camera.in_view {
        InView::People => "staff-camera-view-people",
        InView::ParcelsOnly => "staff-camera-view-parcels",
    });
    let when = |at| times::moment(say, at, (&names.zone, names.now));
    let never = || say.t("staff-never");
    let clock = health.as_ref().and_then(|health| health.clock_offset_ms);
    let clock = clock_note(clock, say)
        .unwrap_or_else(|| say.t(clock.map_or("staff-camera-clock-none", |_| "staff-camera-clock-right")));
    let took = health.as_ref().and_then(|health| health.took_ms);
    let took = took.map_or_else(
        || say.t("device-took-unknown"),
        |ms| say.with("device-took-newest", &[("ms", ms.to_string().into())]),
    );
    let (failed, asked) = health.as_ref().map_or((0, 0), CameraHealth::failures);
    let percent = (failed * 100).checked_div(asked).unwrap_or(0);
    let rate = [("failed", failed.into()), ("percent", percent.into())];
    html! {
        section class="section" id={ "camera-" (id) } {
            h2 { (names.camera(say, *id)) }
            (listing::card(html! {
                p { (listing::tag(tone, &say.t(key))) }
                @if let Some(fault) = health.as_ref().and_then(|health| health.fault) { p { (fault_words(fault, say)) } }
                (listing::facts(&[
                    (&say.t("staff-camera-sees"), html! { (sees) }),
                    (&say.t("staff-camera-view"), html! { (in_view) }),
                    (&say.t("staff-camera-answered"), html! { (line.answered.map_or_else(never, when)) }),
                    (&say.t("staff-camera-still"), html! { @match line.last {
                        Some((photo, at)) => a href={ "/staff/photos/" (photo) } { (when(at)) },
                        None => (never()),
                    } }),
                    (&say.with("staff-camera-errors", &[("n", asked.into())]), html! { (say.with("staff-camera-error-rate", &rate)) }),
                    (&say.t("device-took"), html! { (took) }),
                    (&say.t("staff-camera-clock"), html! { (clock) }),
                    (&say.t("device-firmware"), html! { (firmware) }),
                ]))
                @if let Some(to_exchanges) = &to_exchanges {
                    (button_secondary(&say.t("device-exchanges"), Press::Follow(to_exchanges)))
                }
            }))
        }
    }
}

/// Why a camera gives no photos, and what to do.
fn fault_words(fault: CameraFault, say: Say) -> String {
    let key = format!("staff-camera-fault-{}", fault.name().replace('_', "-"));
    match fault {
        CameraFault::Vendor(code) => say.with(&key, &[("code", code.to_string().into())]),
        _ => say.t(&key),
    }
}

/// `GET /staff/cameras`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let (known, now) = cameras::known(&desk.app).await?;
    let policy = desk.read(|site, _| site.policy.photos_kept()).await?;
    let looked: Vec<CameraId> = known.iter().map(|known| known.id).collect();
    let (last, kept) = desk
        .query(move |tables| {
            let last: rusqlite::Result<Vec<_>> =
                looked.iter().map(|camera| photos::last_of_camera(tables, *camera)).collect();
            Ok((last?, photos::count(tables)?))
        })
        .await?;
    let bytes = match desk.app.web.photos.clone() {
        Some(folder) => tokio::task::spawn_blocking(move || folder.bytes()).await.ok().and_then(Result::ok),
        None => Some(0),
    };
    let line = |(known, last): (KnownCamera, _)| {
        let answered = known.answered_ago_ms.map(|ago| Timestamp(now.0.saturating_sub_unsigned(ago)));
        CameraLine { known, answered, last }
    };
    let cameras = known.into_iter().zip(last).map(line).collect();
    let names = desk.names(Wanted::default()).await?;
    let may_install = desk.may_install().is_ok();
    let view = Cameras { cameras, kept, bytes, policy, may_install, names };
    let title = desk.say.t("staff-cameras-title");
    Ok(desk.page(Section::Cameras, &title, content(&view, desk.say)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;
    use vestibule_devices::{CameraKind, DeviceError};

    #[test]
    fn each_fault_has_its_words_in_every_language() {
        let mut faults = vec![CameraFault::Vendor(77)];
        for (kind, code) in [
            (CameraKind::DoorBird, 204),
            (CameraKind::DoorBird, 423),
            (CameraKind::DoorBird, 509),
            (CameraKind::TwoN, 15),
            (CameraKind::Snapshot, 45),
            (CameraKind::Snapshot, 46),
            (CameraKind::Snapshot, 302),
            (CameraKind::Snapshot, 401),
            (CameraKind::Snapshot, 404),
        ] {
            faults.push(CameraFault::of(kind, DeviceError::Vendor { code }));
        }
        for error in [DeviceError::Timeout, DeviceError::Garbled, DeviceError::Unsupported] {
            faults.push(CameraFault::of(CameraKind::Onvif, error));
        }
        let names: std::collections::BTreeSet<_> = faults.iter().map(|fault| fault.name()).collect();
        assert_eq!(names.len(), faults.len(), "all thirteen");
        for language in Language::ALL {
            for fault in &faults {
                let words = fault_words(*fault, Say { language });
                assert!(words.len() > 20 && !words.contains("staff-camera"), "{fault:?}: {words}");
            }
        }
    }
}
