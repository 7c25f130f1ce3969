//! Slips and labels on the site's own printers, and scans from its own machine: what the person who pressed is told.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::live::{Call, LiveSite, Said};
use crate::traces;
use axum::http::StatusCode;
use serde_json::json;
use std::io::Write;
use std::path::Path;
use std::time::Duration;
use vestibule_core::{CompartmentId, KioskId, Observation};
use vestibule_devices::printer::{Matter, TextSize};
use vestibule_devices::scanner::Framing;
use vestibule_simulators::printers::{PrinterSim, Sheet, Speech};
use vestibule_simulators::terminal::terminal;
use vestibule_site::config::{Config, PrinterUse};
use vestibule_site::rows::Row;
use vestibule_site::runners::printing::Printers;
use vestibule_site::runners::scanning::{self, ScanFrames};
use vestibule_site::web::WebSettings;
use vestibule_site::web::kiosk::scanned;

/// A site with a receipt printer, a label printer, and a parcel that waits for Rosa.
struct Printing {
    site: LiveSite,
    slips: PrinterSim,
    labels: PrinterSim,
    cookie: String,
    csrf: String,
}

impl Printing {
    async fn start() -> Self {
        let slips = PrinterSim::start(Speech::EscPos).await.unwrap();
        let labels = PrinterSim::start(Speech::Zpl).await.unwrap();
        let text = format!(
            "data = \"d\"\n[[printer]]\nname = \"Front\"\ntcp = {{ addr = \"{}\" }}\nlanguage = \"escpos\"\nwidth_mm = 80\n\
             cut = true\nuse = [\"slips\"]\n[[printer]]\nname = \"Stickers\"\ntcp = {{ addr = \"{}\" }}\nlanguage = \"zpl\"\n\
             width_mm = 62\nheight_mm = 100\nuse = [\"labels\"]\n",
            slips.address(),
            labels.address()
        );
        let config = Config::parse(&text, Path::new("/x/vestibule.toml")).unwrap();
        let printers = Printers::of(&config.printer);
        let frame = Framing { prefix: "~".into(), suffix: "#".into() };
        let scan_frames = ScanFrames::of(vec![("Lobby".to_owned(), frame)]);
        let web = WebSettings { printers, scan_frames, ..WebSettings::default() };
        let site = LiveSite::founded_with(web).await;
        let (token, csrf) = site.staff("owner").await;
        let cookie = format!("session={token}; language=en");
        let printing = Self { site, slips, labels, cookie, csrf };
        printing.a_parcel_waits().await;
        printing
    }

    async fn a_parcel_waits(&self) {
        let (owner, _) = self.site.staff("owner").await;
        let post = |path: &str, body| Call::new("POST", path).bearer(&owner).json(body);
        let body = json!({ "unit": 1, "size": "m", "tracking": "1Z999AA10123456784" });
        let parcel = post("/api/v1/parcels", body).to(&self.site).await.json()["parcel"].clone();
        post(&format!("/api/v1/parcels/{parcel}/place"), json!({ "banks": [1] })).to(&self.site).await;
        for open in [true, false] {
            let seen = Observation::DoorSeen { compartment: CompartmentId(1), open };
            self.site.handle.observe(vec![seen]).await.unwrap();
        }
    }

    async fn get(&self, path: &str) -> Said {
        Call::get(path).header("cookie", &self.cookie).to(&self.site).await
    }

    async fn post(&self, path: &str, fields: &str) -> Said {
        let body = format!("csrf={}&{fields}", self.csrf);
        let said = Call::new("POST", path).form(&body).header("cookie", &self.cookie).to(&self.site).await;
        assert_eq!(said.code, StatusCode::OK, "{path}: {}", said.text);
        said
    }
}

/// The token and the PIN on a slip.
fn code_on(sheet: &Sheet) -> (String, String) {
    let token = sheet.qrs()[0].to_owned();
    let text = sheet.text();
    let pin = text.lines().find(|line| line.len() == 11 && line.replace(' ', "").len() == 9);
    (token, pin.unwrap_or_else(|| panic!("a PIN in threes: {text}")).to_owned())
}

const TELL: &str = "/staff/tell/person/1";

#[tokio::test]
async fn a_slip_goes_to_its_printer_and_the_code_nowhere_else() {
    traces::keep();
    let printing = Printing::start().await;
    let asked = printing.get(TELL).await;
    assert!(
        asked.text.contains("print it on Front") && asked.text.contains("show it here"),
        "{}",
        asked.text
    );
    let said = printing.post(TELL, "print=yes").await;
    assert!(said.text.contains("Front has printed it"), "{}", said.text);
    let sheets = printing.slips.sheets();
    let [sheet] = &sheets[..] else { panic!("one slip, not {sheets:?}") };
    let (token, pin) = code_on(sheet);
    assert!(token.starts_with("VP") && sheet.text().contains("Rosa Alvarez, 3B") && sheet.cut, "{sheet:?}");
    assert!(sheet.text().contains("302"), "the keypad number: {}", sheet.text());
    let digits = pin.replace(' ', "");
    for secret in [&token, &pin, &digits] {
        assert!(!said.text.contains(secret.as_str()), "what is on paper is not on the page");
        assert!(!traces::lines().contains(secret.as_str()), "nor in a trace");
    }
    assert!(traces::lines().contains("asked a printer to print"), "printing itself is traced");
    assert!(printing.labels.sheets().is_empty());
}

#[tokio::test]
async fn without_paper_the_person_is_told_and_the_slip_is_shown() {
    let printing = Printing::start().await;
    for (turn, words) in [(0usize, "no paper"), (1, "not ready"), (2, "cover is open")] {
        printing.slips.set(|knobs| {
            knobs.paper_left = (turn == 0).then_some(0);
            (knobs.offline, knobs.cover_open) = (turn == 1, turn == 2);
        });
        let said = printing.post(TELL, "print=yes").await;
        assert!(said.text.contains(words) && said.text.contains("role=\"alert\""), "{words}: {}", said.text);
        assert!(said.text.contains("code-group"), "the code is made and shown once, not lost: {words}");
    }
    assert!(printing.slips.sheets().is_empty(), "nothing comes out later");
}

#[tokio::test]
async fn a_printer_that_says_nothing_is_not_believed() {
    let printing = Printing::start().await;
    printing.slips.set(|knobs| knobs.mute = true);
    let said = printing.post(TELL, "print=yes").await;
    assert!(said.text.contains("does not say whether it printed") && said.text.contains("code-group"));
    assert_eq!(printing.slips.sheets_when(1).await.len(), 1);
}

/// A receipt printer alone, called "Front".
async fn front() -> (PrinterSim, Printers) {
    let slips = PrinterSim::start(Speech::EscPos).await.unwrap();
    let text = format!(
        "data = \"d\"\n[[printer]]\nname = \"Front\"\ntcp = {{ addr = \"{}\" }}\nlanguage = \"escpos\"\nwidth_mm = 80\n\
         cut = true\nuse = [\"slips\"]\n",
        slips.address()
    );
    let config = Config::parse(&text, Path::new("/x/vestibule.toml")).unwrap();
    (slips, Printers::of(&config.printer))
}

fn slip(word: &str) -> [Matter; 1] {
    [Matter::new().text(TextSize::Plain, word).qr(format!("VP7K{word}"))]
}

#[tokio::test]
async fn two_slips_at_once_are_two_whole_sheets() {
    let (slips, printers) = front().await;
    slips.set(|knobs| knobs.delay_ms = Some(2));
    let (one, two) = (slip("ONE"), slip("TWO"));
    let ends =
        tokio::join!(printers.print(PrinterUse::Slips, &one), printers.print(PrinterUse::Slips, &two),);
    assert!(ends.0.unwrap().is_certain() && ends.1.unwrap().is_certain());
    let sheets = slips.sheets();
    let seen: Vec<_> = sheets.iter().map(|sheet| (sheet.text(), sheet.qrs(), sheet.cut)).collect();
    assert_eq!(
        seen,
        [("ONE".to_owned(), vec!["VP7KONE"], true), ("TWO".to_owned(), vec!["VP7KTWO"], true)],
        "{sheets:?}"
    );
}

#[tokio::test]
async fn a_slip_whose_page_was_closed_comes_out_whole_and_so_does_the_next() {
    let (slips, printers) = front().await;
    let (one, two) = (slip("ONE"), slip("TWO"));
    let mut closed = Box::pin(printers.print(PrinterUse::Slips, &one));
    tokio::select! {
        biased;
        end = &mut closed => panic!("it cannot be there yet: {end:?}"),
        () = std::future::ready(()) => {}
    }
    drop(closed);
    let next = tokio::time::timeout(Duration::from_secs(20), async {
        slips.sheets_when(1).await;
        printers.print(PrinterUse::Slips, &two).await
    });
    assert!(next.await.expect("the first comes out").unwrap().is_certain());
    let texts: Vec<String> = slips.sheets().iter().map(Sheet::text).collect();
    assert_eq!(texts, ["ONE", "TWO"]);
}

#[tokio::test]
async fn cards_and_badges_come_from_the_slip_printer() {
    let printing = Printing::start().await;
    assert!(printing.get("/staff/people/1").await.text.contains("print it on Front"));
    let card = printing.post("/staff/people/1/card", "print=yes").await;
    assert!(card.text.contains("Front has printed it") && !card.text.contains("<svg xmlns"), "{}", card.text);
    assert!(printing.get("/staff/couriers").await.text.contains("badge printed on Front"));
    let fields = "carrier=1&day0=0&from0=07%3A00&to0=21%3A00&until=2030-01-01&print=yes";
    let badge = printing.post("/staff/couriers", fields).await;
    assert!(badge.text.contains("Front has printed it") && badge.text.contains("shown-digits"));
    let sheets = printing.slips.sheets();
    let kinds: Vec<&str> = sheets.iter().map(|sheet| &sheet.qrs()[0][..2]).collect();
    assert_eq!(kinds, ["VR", "VC"]);
    assert!(sheets[0].text().contains("Rosa Alvarez") && sheets[1].text().contains("UPS"), "{sheets:?}");
}

#[tokio::test]
async fn labels_are_those_of_the_drawing_and_of_the_parcel() {
    let printing = Printing::start().await;
    printing.site.ask(vestibule_core::Command::InstallShelf { label: "B4".into() }).await;
    let pages = ["/staff/banks/1/labels", "/staff/shelves/labels", "/staff/parcels/1/label"];
    for path in pages {
        let page = printing.get(path).await;
        assert!(page.text.contains("Print on Stickers") && page.text.contains("data-print"), "{path}");
        let said = printing.post(path, "print=yes").await;
        assert!(said.text.contains("Stickers has printed it"), "{path}: {}", said.text);
    }
    let sheets = printing.labels.sheets();
    let texts: Vec<String> = sheets.iter().map(Sheet::text).collect();
    assert_eq!(texts[..2], ["Lobby\n1", "Lobby\n2"]);
    assert!(texts[2].ends_with("\nB4"), "{texts:?}");
    assert!(texts[3].contains("3B") && texts[3].contains("1Z999AA10123456784"), "{texts:?}");
    assert!(sheets[2].qrs()[0].starts_with("VS"), "a scan of it says which shelf: {:?}", sheets[2].qrs());
    assert_eq!(sheets[3].qrs(), ["1Z999AA10123456784"]);
    assert!(printing.get("/staff/banks").await.text.contains("/staff/banks/1/labels"));
    assert_eq!(
        Call::get("/staff/banks/9/labels").header("cookie", &printing.cookie).to(&printing.site).await.code,
        404
    );
}

#[tokio::test]
async fn without_a_printer_the_browser_prints() {
    let site = LiveSite::founded().await;
    let (token, csrf) = site.staff("staff").await;
    let cookie = format!("session={token}; language=en");
    let page = Call::get("/staff/banks/1/labels").header("cookie", &cookie).to(&site).await;
    assert!(page.text.contains("data-print") && !page.text.contains("Print on"), "{}", page.text);
    let asked = Call::new("POST", "/staff/banks/1/labels").form(&format!("csrf={csrf}&print=yes"));
    let said = asked.header("cookie", &cookie).to(&site).await;
    assert!(said.code == StatusCode::OK && !said.text.contains("notice-danger"), "{}", said.text);
}

/// A kiosk called "Lobby", and a code that opens something there.
async fn at_the_kiosk(printing: &Printing) -> (String, String) {
    let kiosk = printing.site.kiosk().await;
    let named = Row::KioskName { kiosk: KioskId(1), name: "Lobby".into(), px_per_mm: 4 };
    printing.site.handle.write(vec![named]).await.unwrap();
    printing.post(TELL, "print=yes").await;
    let (token, _) = code_on(&printing.slips.sheets()[0]);
    (format!("kiosk={kiosk}; language=en"), token)
}

async fn is_somebody_there(site: &LiveSite) -> bool {
    site.handle.read(|site, _| site.visits.resident_at(KioskId(1)).is_some()).await.unwrap()
}

#[tokio::test]
async fn a_scan_of_the_sites_own_scanner_is_the_kiosks() {
    let printing = Printing::start().await;
    let site = &printing.site;
    let (cookie, token) = at_the_kiosk(&printing).await;
    let screen = || async { Call::get("/kiosk").header("cookie", &cookie).to(site).await.text };
    assert!(!scanned(&site.app, "Yard", token.clone()).await.unwrap(), "no such kiosk");
    let before = screen().await;
    assert!(scanned(&site.app, "Lobby", "]C1nonsense\u{fffd}".to_owned()).await.unwrap());
    assert_ne!(before, screen().await, "a word is said");
    assert!(!is_somebody_there(site).await);
    // The driver takes a serial scanner's frame off: what another scanner types around a scan here is part of this one.
    assert!(scanned(&site.app, "Lobby", format!("~]Q1{token}#")).await.unwrap());
    assert!(!is_somebody_there(site).await, "it is not taken off twice");
    assert!(scanned(&site.app, "Lobby", format!("]Q1{token}")).await.unwrap());
    assert!(is_somebody_there(site).await, "the code of the slip begins a visit at that kiosk");
}

#[tokio::test]
async fn what_a_scanner_types_around_a_scan_is_taken_off() {
    let printing = Printing::start().await;
    let site = &printing.site;
    let (cookie, token) = at_the_kiosk(&printing).await;
    let page = Call::get("/kiosk").header("cookie", &cookie).to(site).await.text;
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let scan = format!("csrf={csrf}&scan=~%5DQ1{token}%23");
    Call::new("POST", "/kiosk/scan").form(&scan).header("cookie", &cookie).to(site).await;
    assert!(is_somebody_there(site).await, "the code between prefix and suffix is read");
}

#[tokio::test]
async fn a_slip_under_a_scanner_of_this_machine_begins_a_visit_at_the_kiosk_beside_it() {
    let printing = Printing::start().await;
    let site = &printing.site;
    let (_, token) = at_the_kiosk(&printing).await;
    let (path, scanner, _port) = terminal().unwrap();
    let mut scanner = std::fs::File::from(scanner);
    let text = format!(
        "data = \"d\"\n[[scanner]]\nserial = {{ path = \"{}\", baud = 9600 }}\nkiosk = \"Lobby\"\nprefix = \"~\"\n",
        path.display()
    );
    let config = Config::parse(&text, Path::new("/x/vestibule.toml")).unwrap();
    let (stop, stopping) = tokio::sync::watch::channel(false);
    let running =
        scanning::start(&config.scanner[0], site.app.clone(), stopping).expect("it is this machine's");
    let mut changes = site.handle.changes();
    let scans = async {
        while !is_somebody_there(site).await {
            // What is scanned before the port is open is lost: whoever holds the slip scans again.
            scanner.write_all(format!("~{token}\r\n").as_bytes()).unwrap();
            let _ = tokio::time::timeout(Duration::from_millis(500), changes.changed()).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), scans).await.expect("the visit begins");
    stop.send(true).unwrap();
    running.await.unwrap();
}
