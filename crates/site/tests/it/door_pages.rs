//! Doors as people see them: the pages of staff, and the page at the door with its code, its ring and what becomes of it.

use crate::live::{Call, LiveSite, Said};
use axum::http::{StatusCode, header};
use base64::Engine;
use serde_json::json;
use std::collections::BTreeSet;
use tokio::sync::mpsc;
use vestibule_core::access::point::{PointKind, PointSpec};
use vestibule_core::access::policy::{DoorNight, DoorPolicy, LateNightRule, NoCode};
use vestibule_core::credential::courier::DoorGrant;
use vestibule_core::evidence::{CameraPlace, InView};
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::*;
use vestibule_simulators::cameras::Scene;
use vestibule_site::keys::Keys;
use vestibule_site::store::DurableRelease;
use vestibule_site::web::WebSettings;

/// A site with a front door at which a kiosk stands, seen by its owner.
pub struct AtDoor {
    pub site: LiveSite,
    pub kiosk: String,
    pub owner: String,
    csrf: String,
}

impl AtDoor {
    async fn new() -> Self {
        Self::with(WebSettings::default()).await
    }

    pub async fn with(web: WebSettings) -> Self {
        let site = LiveSite::founded_with(web).await;
        let (owner, csrf) = site.staff("owner").await;
        let kiosk = site.kiosk().await;
        let spec = PointSpec {
            label: "Front door".to_owned(),
            kind: PointKind::BuildingEntrance,
            contact: true,
            request_to_exit: false,
            reader: true,
            banks: BTreeSet::from([BankId(1)]),
            shelves: BTreeSet::new(),
            areas: BTreeSet::new(),
        };
        site.ask(Command::InstallAccessPoint { spec }).await;
        site.ask(Command::SetKioskDoors { kiosk: KioskId(1), doors: vec![AccessPointId(1)] }).await;
        Self { site, kiosk, owner, csrf }
    }

    pub async fn staff(&self, path: &str) -> Said {
        Call::get(path).header("cookie", &format!("session={}", self.owner)).to(&self.site).await
    }

    pub async fn staff_posts(&self, path: &str, fields: &str) -> Said {
        let call = Call::new("POST", path).header("cookie", &format!("session={}", self.owner));
        call.form(&format!("csrf={}&{fields}", self.csrf)).to(&self.site).await
    }

    pub async fn screen(&self, path: &str) -> Said {
        Call::get(path).bearer(&self.kiosk).to(&self.site).await
    }

    pub async fn presses(&self, path: &str, fields: &str) -> Said {
        self.press(path, fields).to(&self.site).await
    }

    fn press(&self, path: &str, fields: &str) -> Call {
        let csrf =
            base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Keys::derive("kiosk-csrf", &self.kiosk));
        Call::new("POST", path).bearer(&self.kiosk).form(&format!("csrf={csrf}&{fields}"))
    }

    /// The digits of a new courier code of UPS, good at any hour until tomorrow.
    pub async fn courier_digits(&self) -> String {
        let always = json!([{ "days": 127, "from": 0, "to": 1440 }]);
        let tomorrow = self.site.handle.now() + Span::days(1);
        let body = json!({ "carrier": 1, "windows": always, "expires": tomorrow.0 });
        let issued = Call::new("POST", "/api/v1/courier-codes").bearer(&self.owner).json(body);
        issued.to(&self.site).await.json()["digits"].as_str().expect("shown once").to_owned()
    }

    /// Who lives in 3B scans a code for what waits for them.
    pub async fn resident_shows_a_code(&self) {
        let reveal = Call::new("POST", "/api/v1/people/1/reveal").bearer(&self.owner);
        let revealed = reveal.to(&self.site).await.json();
        let token = revealed["token"].as_str().expect("something waits for them");
        self.presses("/kiosk/scan", &format!("scan={token}")).await;
    }

    /// A device that takes each release of the door and has not answered yet, as long as it is kept.
    pub fn device(&self) -> mpsc::Receiver<DurableRelease> {
        let (releases, device) = mpsc::channel(16);
        self.site.doors.register(AccessPointId(1), releases);
        device
    }

    /// What the device of the door answers to the release of an entry.
    pub async fn releases(&self, entry: u64, outcome: ReleaseOutcome) {
        let said = Observation::Release { entry: EntryId(entry), outcome };
        self.site.handle.observe(vec![said]).await.expect("the site runs");
    }

    async fn rings_for_3b(&self) -> String {
        goes_to(&self.presses("/door/1/whom", "whom=302").await)
    }
}

/// A picture that a screen took itself, as a field of the form it sends.
pub fn screen_picture(says: &str) -> String {
    let jpeg = Scene::grid(says, 2, 1).jpeg(0, 640, 360);
    let text = base64::engine::general_purpose::STANDARD.encode(jpeg);
    text.replace('+', "%2B").replace('=', "%3D")
}

pub fn goes_to(said: &Said) -> String {
    assert_eq!(said.code, StatusCode::SEE_OTHER, "{}", said.text);
    said.headers[header::LOCATION].to_str().expect("an address").to_owned()
}

#[tokio::test]
async fn a_door_has_a_night_of_its_own_and_gives_it_back() {
    let at = AtDoor::new().await;
    let night = async || {
        let look = at.site.handle.read(|site, _| site.access.points[&AccessPointId(1)].night.clone());
        look.await.expect("the site runs")
    };
    assert!(at.staff("/staff/doors/1").await.text.contains("as at all doors"));
    let own = "late=refuse&day0=0&day0=1&from0=21:00&to0=06:00&day1=6&from1=20:00&to1=23:59";
    goes_to(&at.staff_posts("/staff/doors/1/night", own).await);
    let hours = vec![
        WeekWindow { days: 0b11, from: 1260, to: 360 },
        WeekWindow { days: 0b100_0000, from: 1200, to: 1440 },
    ];
    assert_eq!(night().await, Some(DoorNight { hours, rule: LateNightRule::Refuse }));
    let page = at.staff("/staff/doors/1").await.text;
    assert!(page.contains("are not let in; they may ring: ") && page.contains("21:00-06:00"), "{page}");
    for wrong in ["late=perhaps", "late=tell&day0=1&from0=noon&to0=06:00"] {
        let refused = at.staff_posts("/staff/doors/1/night", wrong).await;
        assert_eq!(refused.code, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}: {}", refused.text);
    }
    goes_to(&at.staff_posts("/staff/doors/1/night", "late=tell").await);
    assert!(at.staff("/staff/doors/1").await.text.contains("no rule at this door"));
    let api = |body| Call::new("PUT", "/api/v1/doors/1/night").bearer(&at.owner).json(body).to(&at.site);
    let told =
        api(json!({ "night": { "hours": [{ "days": 1, "from": 0, "to": 60 }], "rule": "tell_staff" } }));
    assert_eq!(told.await.code, StatusCode::OK);
    assert_eq!(night().await.map(|night| night.rule), Some(LateNightRule::TellStaff));
    let broken = api(json!({ "night": { "hours": [{ "days": 0, "from": 0, "to": 60 }], "rule": "refuse" } }));
    assert_eq!(broken.await.code, StatusCode::UNPROCESSABLE_ENTITY, "a night without a day");
    assert_eq!(api(json!({ "night": null })).await.code, StatusCode::OK);
    assert_eq!(night().await, None);
}

#[tokio::test]
async fn staff_set_a_door_up_and_see_who_came_in() {
    let at = AtDoor::new().await;
    let made = at.staff_posts("/staff/doors", "label=Package+room&kind=room&contact=yes&bank=1").await;
    assert!(goes_to(&made).starts_with("/staff/doors?said=saved"));
    let mode = "mode=scheduled&day0=0&day0=4&from0=08:00&to0=12:30&day1=6&from1=20:00&to1=23:59";
    goes_to(&at.staff_posts("/staff/doors/2/mode", mode).await);
    let refused = at.staff_posts("/staff/doors/2/mode", "mode=scheduled").await;
    assert_eq!(refused.code, StatusCode::UNPROCESSABLE_ENTITY, "no hours: {}", refused.text);
    let rules = "no_code=parcel&an_hour=2&late=refuse&day0=6&from0=22:00&to0=06:00&hold=4&held=90&inside=20&long=25&still=30";
    goes_to(&at.staff_posts("/staff/doors/rules", rules).await);
    goes_to(&at.staff_posts("/staff/doors/holidays", "days=2026-12-25%0A2026-12-26").await);
    let policy =
        at.site.handle.read(|site, _| (site.access.policy.clone(), site.access.holidays.len())).await;
    let (policy, holidays) = policy.unwrap();
    assert_eq!((policy.no_code, policy.late_hours.len(), holidays), (NoCode::OneParcel { an_hour: 2 }, 1, 2));
    let unexplained = at.staff_posts("/staff/doors/1/let-in", "reason=other&words=").await;
    assert_eq!(unexplained.code, StatusCode::UNPROCESSABLE_ENTITY, "{}", unexplained.text);
    goes_to(&at.staff_posts("/staff/doors/1/let-in", "reason=help_courier&words=").await);
    for (path, shows) in [
        ("/staff/doors", vec!["Front door", "Package room", "08:00-12:30", "/staff/entries/1"]),
        ("/staff/doors/1", vec!["/staff/doors/1/let-in", "/staff/entries/1"]),
        ("/staff/doors/rules", vec!["2026-12-26"]),
        ("/staff/entries", vec!["Front door", "/staff/entries/1", "nobody went in"]),
        ("/staff/entries/1", vec!["Front door", "may come in|let somebody in", "not seen"]),
    ] {
        let page = at.staff(path).await;
        assert_eq!(page.code, StatusCode::OK, "{path}: {}", page.text);
        for words in shows {
            assert!(
                words.split('|').any(|word| page.text.contains(word)),
                "{words} on {path}: {}",
                page.text
            );
        }
    }
    assert!(at.staff("/staff/entries?day=2020-01-01").await.text.contains("Nobody came in"));
}

#[tokio::test]
async fn a_door_put_up_by_mistake_is_removed_and_what_keeps_one_is_said() {
    let at = AtDoor::new().await;
    goes_to(&at.staff_posts("/staff/doors", "label=Cellar&kind=room&contact=yes").await);
    let page = at.staff("/staff/doors/2").await.text;
    assert!(
        page.contains("/staff/doors/2/remove") && page.contains("No code opens it from now on"),
        "{page}"
    );
    let looks = CameraPlace::Door(AccessPointId(2));
    at.site.ask(Command::InstallCamera { at: looks, in_view: InView::People }).await;
    let kept = at.staff_posts("/staff/doors/2/remove", "x=1").await;
    assert_eq!(kept.code, StatusCode::CONFLICT, "{}", kept.text);
    assert!(kept.text.contains("A camera looks at it"), "{}", kept.text);
    at.site.ask(Command::RemoveCamera { camera: CameraId(1) }).await;
    let removed = at.staff_posts("/staff/doors/2/remove", "x=1").await;
    assert!(goes_to(&removed).starts_with("/staff/doors?said=door-removed"));
    assert!(!at.staff("/staff/doors").await.text.contains("Cellar"));
    assert_eq!(at.staff("/staff/doors/2").await.code, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_pass_is_shown_once_lets_in_once_and_is_in_no_list() {
    let at = AtDoor::new().await;
    let form =
        "kind=visitor&unit=3B&door=1&day0=0&day0=1&day0=2&day0=3&day0=4&day0=5&day0=6&from0=00:00&to0=23:59";
    let nowhere = at.staff_posts("/staff/passes", &form.replace("door=1&", "")).await;
    assert_eq!(nowhere.code, StatusCode::UNPROCESSABLE_ENTITY, "a pass without a door: {}", nowhere.text);
    let until = at.site.handle.now() + Span::days(1);
    let day =
        Call::get("/staff/passes").header("cookie", &format!("session={}", at.owner)).to(&at.site).await;
    let day = day.text.split("type=\"date\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let day = day.unwrap_or_else(|| panic!("a day is proposed, near {until:?}")).to_owned();
    let issued = at.staff_posts("/staff/passes", &format!("{form}&until={day}")).await;
    assert_eq!(issued.code, StatusCode::OK, "{}", issued.text);
    let digits: String =
        issued.text.split("shown-digits").nth(1).unwrap().split("</p>").next().unwrap().into();
    let digits: String =
        digits.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    let digits: String = digits.chars().filter(char::is_ascii_digit).take(12).collect();
    assert_eq!(digits.len(), 12, "{}", issued.text);
    let list = at.staff("/staff/passes").await;
    assert!(list.text.contains("Front door") && !list.text.contains(&digits), "{}", list.text);
    let open = Observation::PassageSeen { point: AccessPointId(1), open: Some(true) };
    at.site.handle.observe(vec![open]).await.unwrap();
    assert_eq!(goes_to(&at.presses("/door/1/code", &format!("code={digits}")).await), "/door/1/in/1");
    assert!(at.screen("/door/1/in/1").await.text.contains("Front door is open now"), "it stands open");
    let again = at.presses("/door/1/code", &format!("code={digits}")).await;
    assert!(again.code == StatusCode::OK && again.text.contains("Not this time"), "spent: {}", again.text);
}

#[tokio::test]
async fn who_has_no_code_rings_and_sees_the_answer() {
    let at = AtDoor::new().await;
    assert_eq!(goes_to(&at.screen("/door").await), "/door/1", "one door needs no choice");
    let first = at.screen("/door/1").await;
    assert!(first.text.contains("/door/1/whom") && first.text.contains("data-after"), "{}", first.text);
    assert!(at.screen("/door/1/whom").await.text.contains(r#"data-key="B""#), "3B can be typed on the glass");
    for nobody in ["whom=999", "whom=%27", "whom=", "whom=Al", "whom=Alvare", "whom=Nobody"] {
        let said = at.presses("/door/1/whom", nobody).await;
        assert!(said.text.contains("We could not ring") && !said.words().contains("3B"), "{}", said.text);
    }
    let ring = at.rings_for_3b().await;
    assert!(ring.starts_with("/door/1/ring/"), "{ring}");
    assert!(at.screen(&ring).await.text.contains("They are asked"));
    let waits = at.staff("/staff/doors/1").await;
    let number = ring.rsplit('/').next().unwrap();
    assert!(waits.text.contains(&format!("/staff/rings/{number}/refuse")), "{}", waits.text);
    goes_to(&at.staff_posts(&format!("/staff/rings/{number}/refuse"), "x=1").await);
    assert!(at.screen(&ring).await.text.contains("You were not let in"));
    let ring = at.rings_for_3b().await;
    let number = ring.rsplit('/').next().unwrap().to_owned();
    let _device = at.device();
    goes_to(&at.staff_posts(&format!("/staff/rings/{number}/let-in"), "x=1").await);
    assert!(at.screen(&ring).await.text.contains("Front door is being opened"), "nobody knows yet");
    at.releases(1, ReleaseOutcome::Taken).await;
    assert!(at.screen(&ring).await.text.contains("Front door is open now"));
    goes_to(&at.staff_posts("/staff/delivered", "numbers=776632517510%0A1Z999AA10123456784").await);
    for claim in [1, 2] {
        let page = at.staff(&format!("/staff/delivered/{claim}")).await.text;
        assert!(page.contains(r#"href="/staff/entries/1""#), "who rang may be the courier of any: {page}");
    }
    let ring = at.rings_for_3b().await;
    at.site.forward(Span::minutes(2));
    assert!(at.screen(&ring).await.text.contains("Nobody answered"));
    let enough = at.presses("/door/1/whom", "whom=302").await;
    assert!(enough.text.contains("often enough"), "three an hour: {}", enough.text);
    assert_eq!(at.screen("/door/1/ring/99").await.code, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_door_that_does_not_answer_is_not_said_to_be_open() {
    let at = AtDoor::new().await;
    let device = at.device();
    for (entry, outcome) in [(1, ReleaseOutcome::NotTaken), (2, ReleaseOutcome::Unknown)] {
        goes_to(&at.staff_posts("/staff/doors/1/let-in", "reason=help_courier&words=").await);
        let page = format!("/door/1/in/{entry}");
        assert!(at.screen(&page).await.text.contains("Front door is being opened"), "{outcome:?}");
        at.releases(entry, outcome).await;
        let said = at.screen(&page).await;
        assert!(said.text.contains("Front door did not answer"), "{outcome:?}: {}", said.text);
        assert!(!said.text.contains("is open now") && said.text.contains("/door/1\""), "{}", said.text);
    }
    assert_eq!(at.screen("/door/1/in/99").await.code, StatusCode::NOT_FOUND);
    drop(device);
    goes_to(&at.staff_posts("/staff/doors/1/let-in", "reason=help_courier&words=").await);
    let without = at.screen("/door/1/in/3").await;
    assert!(without.text.contains("Front door did not answer"), "no device at all: {}", without.text);
}

#[tokio::test]
async fn what_is_no_household_s_rings_the_desk() {
    let at = AtDoor::new().await;
    assert!(at.screen("/door/1/whom").await.text.contains(r#"name="desk""#));
    let ring = goes_to(&at.presses("/door/1/whom", "whom=&desk=yes").await);
    assert!(at.screen(&ring).await.text.contains("They are asked"));
    let needs = at.staff("/staff").await;
    assert!(needs.text.contains("Somebody at Front door asks to be let in to the desk"), "{}", needs.text);
    let number = ring.rsplit('/').next().unwrap();
    goes_to(&at.staff_posts(&format!("/staff/rings/{number}/let-in"), "x=1").await);
    assert!(at.staff("/staff/entries/1").await.text.contains("omebody who rang, to the desk"));
}

#[tokio::test]
async fn a_scan_or_a_look_at_a_code_opens_and_a_label_costs_nothing() {
    let at = AtDoor::new().await;
    let _device = at.device();
    let (windows, expires) = (vec![WeekWindow::ALWAYS], Timestamp(crate::place::MONDAY) + Span::days(1));
    let doors = vec![DoorGrant { point: AccessPointId(1) }];
    let issue = Command::IssueCourierCode { carrier: CarrierId(1), windows, expires, doors };
    let badge = at.site.ask(issue).await.revealed.remove(0).token.expose().to_owned();
    let seen: String = badge.bytes().map(|byte| format!("{byte:02x}")).collect();
    let looks = [
        (format!("scan={badge}"), true),
        (format!("symbols=Code128+%5DC1+34%0AQRCode+-+{seen}"), true),
        ("scan=1Z999AA10123456784".to_owned(), false),
        ("scan=420100139205590164917312340001".to_owned(), false),
        ("symbols=Code128+%5DC1+343230".to_owned(), false),
        ("symbols=nonsense".to_owned(), false),
    ];
    for (fields, opens) in looks {
        let said = at.presses("/door/1/code", &fields).await;
        if opens {
            assert_eq!(goes_to(&said), "/door/1/in/1", "{fields}");
        } else {
            assert!(said.text.contains("no code for a door"), "{fields}: {}", said.text);
        }
    }
    let denied = "SELECT count(*) FROM event WHERE kind IN ('entry-denied', 'door-code-missed')";
    let denied = at.site.handle.query(move |c| c.query_row(denied, [], |row| row.get::<_, u32>(0))).await;
    assert_eq!(denied.unwrap(), 0, "a parcel's label is no guess");
    let damaged = format!("{}{}", &badge[..30], if badge.ends_with('A') { "B" } else { "A" });
    let said = at.presses("/door/1/code", &format!("scan={damaged}")).await;
    assert!(said.text.contains("Not this time") && said.text.contains("/door/1/whom"), "{}", said.text);
}

#[tokio::test]
async fn a_resident_types_number_and_pin_on_the_glass() {
    let at = AtDoor::new().await;
    let screen = at.screen("/door/1/collect").await;
    assert!(
        screen.text.contains(r#"name="selector""#) && screen.text.contains("data-keypad"),
        "{}",
        screen.text
    );
    let wrong = at.presses("/door/1/code", "selector=302&code=123").await;
    assert!(wrong.code == StatusCode::OK && wrong.text.contains("Not this time"), "{}", wrong.text);
}

#[tokio::test]
async fn who_goes_leaves_the_screen_in_the_language_of_the_house() {
    let at = AtDoor::new().await;
    let left = at.press("/door/1", "x=1").header("cookie", "language=es").to(&at.site).await;
    assert_eq!(goes_to(&left), "/door/1");
    assert!(left.cookie().starts_with("language="), "{:?}", left.headers);
}

#[tokio::test]
async fn the_rule_for_people_without_a_code_holds_at_the_page() {
    let at = AtDoor::new().await;
    let policy = |no_code| Command::SetDoorPolicy { policy: DoorPolicy { no_code, ..DoorPolicy::default() } };
    at.site.ask(policy(NoCode::OneParcel { an_hour: 1 })).await;
    assert_eq!(at.rings_for_3b().await, "/door/1/in/1", "one parcel an hour");
    assert!(at.rings_for_3b().await.starts_with("/door/1/ring/"), "then somebody must say yes");
    at.site.ask(policy(NoCode::Off)).await;
    assert!(!at.screen("/door/1").await.text.contains("/door/1/whom"));
    let refused = at.presses("/door/1/whom", "whom=302").await;
    assert!(refused.text.contains("Nobody can be rung"), "{}", refused.text);
}

#[tokio::test]
async fn a_screen_that_does_not_stand_at_a_door_shows_nothing_of_it() {
    let at = AtDoor::new().await;
    at.site.ask(Command::SetKioskDoors { kiosk: KioskId(1), doors: Vec::new() }).await;
    for path in ["/door", "/door/1", "/door/1/whom"] {
        let said = at.screen(path).await;
        assert!(
            said.code == StatusCode::NOT_FOUND && !said.text.contains("Front door"),
            "{path}: {}",
            said.text
        );
    }
    let body = json!({ "unit": 1 });
    let ring =
        Call::new("POST", "/api/v1/kiosk/doors/1/ring").bearer(&at.kiosk).json(body).to(&at.site).await;
    assert_ne!(ring.code, StatusCode::OK, "{}", ring.text);
}

/// Two codes of one company look alike but for their numbers: sentences, pages and the task name them, and nothing names a digit.
#[tokio::test]
async fn two_codes_of_one_company_are_told_apart_by_their_numbers() {
    let at = AtDoor::new().await;
    let expires = Timestamp(crate::place::MONDAY) + Span::days(1);
    let sunday = WeekWindow { days: 0x40, from: 0, to: 1_440 };
    let mut codes = Vec::new();
    for windows in [vec![WeekWindow::ALWAYS], vec![sunday]] {
        let (carrier, doors) = (CarrierId(1), vec![DoorGrant { point: AccessPointId(1) }]);
        let made = at.site.ask(Command::IssueCourierCode { carrier, windows, expires, doors }).await;
        let Ok(Answer::Credential { credential }) = made.answer else { panic!("{:?}", made.answer) };
        codes.push((credential, made.revealed.into_iter().next().expect("shown once")));
    }
    let (misused, on_sundays) = codes.pop().expect("the second");
    let (good, always) = codes.pop().expect("the first");
    let scan = |token: &str| format!("scan={token}");
    assert_eq!(goes_to(&at.presses("/door/1/code", &scan(always.token.expose())).await), "/door/1/in/1");
    for _ in 0..3 {
        let said = at.presses("/door/1/code", &scan(on_sundays.token.expose())).await;
        assert_eq!(said.code, StatusCode::OK, "it says why not: {}", said.text);
        // A reader that repeats is one denial.
        at.site.forward(Span::seconds(6));
    }
    let couriers = at.staff("/staff/couriers").await.text;
    for code in [good, misused] {
        assert!(couriers.contains(&format!("Code {code}<")), "{couriers}");
    }
    let entry = at.staff("/staff/entries/1").await.text;
    assert!(entry.contains(&format!("may come in at Front door, with code {good}")), "{entry}");
    assert!(entry.contains(&format!("/staff/incident?code={good}")), "{entry}");
    let needs = at.staff("/staff").await.text;
    assert!(needs.contains(&format!("Code {misused} of UPS may have been passed on")), "{needs}");
    let way = format!("/staff/incident?code={misused}");
    assert!(needs.contains(&way), "{needs}");
    let incident = at.staff(&way).await.text;
    assert!(incident.matches(&format!("at Front door with code {misused}")).count() >= 3, "{incident}");
    assert!(!incident.contains(&format!("with code {good}")), "of that code alone: {incident}");
    assert!(incident.contains(&format!("/staff/couriers#code-{misused}")), "{incident}");
    let digits = on_sundays.digits.expect("typed at a screen");
    for page in [&entry, &needs, &incident] {
        assert!(!page.contains(digits.expose()), "{page}");
    }
    let of_the_good = at.staff(&format!("/staff/incident?code={good}")).await.text;
    assert!(of_the_good.contains(&format!("with code {good}")), "{of_the_good}");
}
