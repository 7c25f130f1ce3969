//! Labels at the desk and the kiosk: read by the page or by the site, one record each, one parcel each.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::live::{Call, LiveSite, Said};
use serde_json::json;
use vestibule_core::{CarrierId, Command, ParcelId};
use vestibule_intake::{Carrier, Problem, Recipient};
use vestibule_site::web::WebSettings;
use vestibule_site::web::given::pictures::{NoPicture, PhotoRecord, PictureReader};

const NUMBER: &str = "1Z999AA10123456784";

struct Desk {
    site: LiveSite,
    cookie: String,
    csrf: String,
}

impl Desk {
    async fn of(site: LiveSite) -> Self {
        let (token, csrf) = site.staff("staff").await;
        Self { site, cookie: format!("session={token}"), csrf }
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Said {
        let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let pairs = fields.iter().map(|(name, value)| format!("&{name}={}", escaped(value)));
        let form = format!("csrf={}{}", self.csrf, pairs.collect::<String>());
        self.send(Call::new("POST", path).form(&form)).await
    }

    async fn send(&self, call: Call) -> Said {
        call.header("cookie", &self.cookie).header("sec-fetch-site", "same-origin").to(&self.site).await
    }

    async fn photo(&self, bytes: &str) -> Said {
        let part = |name: &str, rest: &str, body: &str| {
            format!("--part\r\ncontent-disposition: form-data; name=\"{name}\"{rest}\r\n\r\n{body}\r\n")
        };
        let file = part("photo", "; filename=\"label.jpg\"", bytes);
        let text = format!("{}{file}--part--\r\n", part("csrf", "", &self.csrf));
        self.send(Call::new("POST", "/staff/desk/photo").text("multipart/form-data; boundary=part", &text))
            .await
    }

    async fn parcels(&self) -> usize {
        self.site.handle.read(|site, _| site.custody.parcels.len()).await.unwrap()
    }
}

fn symbols(all: &[(&str, &str, &str)]) -> String {
    let line = |(format, identifier, text): &(&str, &str, &str)| {
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        format!("{format} {identifier} {hex}")
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn fedex(second_line: &str) -> String {
    format!(
        "[)>\u{1e}01\u{1d}0210001\u{1d}840\u{1d}019\u{1d}1234567890120201\u{1d}FDE\u{1d}1\u{1d}326\u{1d}\u{1d}1/1\u{1d}5.00LB\u{1d}N\u{1d}\
         12 Lake Street\u{1d}NEW YORK\u{1d}NY\u{1d}ROSA ALVAREZ\u{1e}06\u{1d}14Z{second_line}\u{1e}\u{4}"
    )
}

#[tokio::test]
async fn a_camera_fills_the_form_and_goes_on_where_the_apartment_is_known() {
    let desk = Desk::of(LiveSite::founded().await).await;
    let seen = symbols(&[("Code128", "]C0", "123456789012"), ("PDF417", "]L2", &fedex("APT 3B"))]);
    let said = desk.post("/staff/desk/read", &[("symbols", &seen)]).await;
    assert!(
        said.text.contains("Rosa Alvarez, apartment 3B – correct?") && said.text.contains("123456789012"),
        "{}",
        said.text
    );
    assert!(said.text.contains("ROSA ALVAREZ"), "{}", said.text);

    let said = desk.post("/staff/desk/read", &[("symbols", &symbols(&[("Code128", "]C0", NUMBER)]))]).await;
    assert!(said.text.contains("Now the apartment") && said.text.contains(&format!("value=\"{NUMBER}\"")));
    assert!(said.text.contains("<option value=\"1\" selected>UPS"), "its company is chosen: {}", said.text);
    assert_eq!(desk.parcels().await, 0, "nothing is taken in by itself");
}

#[tokio::test]
async fn what_is_no_label_is_said_and_hostile_lines_are_refused() {
    let desk = Desk::of(LiveSite::founded().await).await;
    for (seen, words) in [
        (symbols(&[("QRCode", "]Q1", "https://example.com/app")]), "web address"),
        (symbols(&[("PDF417", "]L2", &fedex("APT 3B")[..60])]), "damaged or cut off"),
        (symbols(&[("Code128", "]C0", NUMBER), ("Code128", "]C0", "TBA000000000042")]), "several labels"),
        (symbols(&[("Code128", "]C0", "<script>alert(1)</script>")]), "not those of a parcel"),
        (String::new(), "No barcode could be read"),
    ] {
        let said = desk.post("/staff/desk/read", &[("symbols", &seen)]).await;
        assert!(said.code.is_success() && said.text.contains(words), "{words}: {}", said.text);
    }
    let said = desk.post("/staff/desk/read", &[("symbols", "x\ny\nz")]).await;
    assert_eq!(said.code, axum::http::StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_a_scanner_types_that_is_no_number_is_said_before_anything_is_taken_in() {
    let desk = Desk::of(LiveSite::founded().await).await;
    for (typed, words) in [
        ("https://example.com/app", "web address"),
        ("[)>01 0210001 840 01 7766325175", "damaged or cut off"),
        ("1Y999AA10123456784", "types for another keyboard"),
        ("&W(R_ç\"çà\"(è(-è&éè", "types for another keyboard"),
    ] {
        let said = desk.post("/staff/desk/recipient", &[("tracking", typed)]).await;
        assert!(said.code.is_success() && said.text.contains(words), "{typed}: {}", said.text);
        desk.post("/staff/desk/batch/scan", &[("scan", typed)]).await;
        let batch = desk.send(Call::get("/staff/desk/batch")).await;
        assert!(batch.text.contains(words), "{typed}: {}", batch.text);
    }
    let by_hand = desk.post("/staff/desk/recipient", &[("tracking", "from the florist")]).await;
    assert!(!by_hand.text.contains("no number"), "{}", by_hand.text);
    assert_eq!(desk.parcels().await, 0, "nothing is taken in by itself");
}

#[tokio::test]
async fn a_photo_is_read_by_whoever_the_program_brought() {
    let reader = PictureReader::new(|photo, house| match photo {
        b"a label" => Ok(PhotoRecord {
            tracking: Some(NUMBER.to_owned()),
            carrier: Some(Carrier::Ups),
            recipient: Recipient { second_line: Some("APT 3B".to_owned()), ..Recipient::default() },
            ..PhotoRecord::default()
        }),
        b"two recipients" => Ok(PhotoRecord {
            tracking: Some(NUMBER.to_owned()),
            several_recipients: true,
            ..PhotoRecord::default()
        }),
        b"who lives here?" => Ok(PhotoRecord {
            recipient: Recipient {
                name: house.directory.as_ref().and_then(|known| {
                    known
                        .find("Rosa Alvarez", Some("3B"))
                        .ranked
                        .first()
                        .map(|best| best.resident.last.clone())
                }),
                ..Recipient::default()
            },
            problem: Some(Problem::NoSymbol),
            ..PhotoRecord::default()
        }),
        b"worn print" => Ok(PhotoRecord {
            tracking: Some(NUMBER.to_owned()),
            recipient: Recipient {
                name: Some("ROSA ALVAREZ".to_owned()),
                second_line: Some("APT 3B".to_owned()),
                ..Recipient::default()
            },
            is_likened: true,
            ..PhotoRecord::default()
        }),
        b"two labels" => Ok(PhotoRecord { problem: Some(Problem::SeveralLabels), ..PhotoRecord::default() }),
        b"print alone" => Ok(PhotoRecord {
            recipient: Recipient { name: Some("ROSA ALVAREZ".to_owned()), ..Recipient::default() },
            problem: Some(Problem::NoSymbol),
            ..PhotoRecord::default()
        }),
        b"a bomb" => Err(NoPicture::TooLarge),
        _ => panic!("a picture made to break its reader"),
    });
    let web = WebSettings { pictures: Some(reader), ..WebSettings::default() };
    let desk = Desk::of(LiveSite::founded_with(web).await).await;
    let said = desk.photo("a label").await;
    assert!(said.text.contains("Apartment 3B – correct?") && said.text.contains(NUMBER), "{}", said.text);
    let worn = desk.photo("worn print").await;
    assert!(!worn.text.contains("correct?"), "who was not read is asked about: {}", worn.text);
    assert!(worn.text.contains("Rosa Alvarez"), "{}", worn.text);
    let print = desk.photo("print alone").await;
    assert!(
        print.text.contains("No barcode") && print.text.contains("value=\"ROSA ALVAREZ\""),
        "{}",
        print.text
    );
    for (photo, words) in [
        ("two labels", "several labels"),
        ("two recipients", "Two recipients are printed"),
        ("who lives here?", "value=\"Alvarez\""),
        ("a bomb", "too large"),
        ("hostile", "damaged"),
        ("", "No photo was chosen"),
    ] {
        let said = desk.photo(photo).await;
        assert!(said.code.is_success() && said.text.contains(words), "{photo}: {}", said.text);
    }
    assert!(desk.photo("a label").await.text.contains(NUMBER), "and it reads on");
}

#[tokio::test]
async fn without_a_reader_a_posted_photo_is_answered_in_words() {
    let desk = Desk::of(LiveSite::founded().await).await;
    let said = desk.photo("a label").await;
    assert!(said.text.contains("built without reading photos"), "{}", said.text);
    assert!(said.text.contains("data-camera-photo=\"here\""), "the page reads them itself");
}

#[tokio::test]
async fn the_same_label_is_asked_about_once_and_taken_in_twice_only_if_somebody_says_so() {
    let desk = Desk::of(LiveSite::founded().await).await;
    let first = [("tracking", NUMBER), ("unit", "1"), ("size", "S"), ("carrier", "1")];
    assert!(desk.post("/staff/desk/accept", &first).await.code.is_redirection());
    let asked =
        desk.post("/staff/desk/recipient", &[("tracking", "1z 999 aa1 01 2345 6784"), ("unit", "3B")]).await;
    assert!(
        asked.text.contains("came today already") && asked.text.contains("/staff/parcels/1"),
        "{}",
        asked.text
    );
    let refused = desk.post("/staff/desk/accept", &first).await;
    assert_eq!(refused.code, axum::http::StatusCode::CONFLICT, "{}", refused.text);
    assert_eq!(desk.parcels().await, 1, "a repeated scan is never a second parcel");
    let another = [first.as_slice(), &[("another", "yes")]].concat();
    assert!(desk.post("/staff/desk/accept", &another).await.code.is_redirection());
    let known =
        desk.site.handle.read(|site, _| site.custody.get(ParcelId(2)).and_then(|parcel| parcel.label));
    assert!(known.await.unwrap().is_some());
}

#[tokio::test]
async fn several_companies_with_numbers_like_it_are_asked_about_once() {
    let desk = Desk::of(LiveSite::founded().await).await;
    for name in ["FedEx", "Purolator"] {
        desk.site.ask(Command::NameCarrier { name: name.into() }).await;
    }
    // A number of the public set that FedEx and Purolator both number like.
    let number = include_str!("../../../intake/tests/fixtures/tracking-numbers.tsv")
        .lines()
        .flat_map(|line| line.split('\t'))
        .find(|number| {
            let read = vestibule_intake::recognise(number);
            let supported = read.candidates.iter().filter(|c| c.check != vestibule_intake::Check::Bad);
            let carriers: std::collections::BTreeSet<_> = supported.map(|c| c.carrier).collect();
            read.ambiguous() && carriers.contains(&Carrier::FedEx) && carriers.contains(&Carrier::Purolator)
        })
        .expect("the set has one");
    let asked = desk.post("/staff/desk/recipient", &[("tracking", number), ("unit", "3B")]).await;
    assert!(asked.text.contains("Several companies have numbers like this"), "{}", asked.text);
    for choice in ["FedEx", "Purolator", "another company"] {
        assert!(asked.text.contains(choice), "{choice}: {}", asked.text);
    }
    let chosen =
        desk.post("/staff/desk/recipient", &[("tracking", number), ("unit", "3B"), ("carrier", "2")]).await;
    assert!(!chosen.text.contains("Several companies"), "who has said it is not asked again");
    let accepted = [("tracking", number), ("unit", "1"), ("size", "S"), ("carrier", "2")];
    assert!(desk.post("/staff/desk/accept", &accepted).await.code.is_redirection());
    let carrier =
        desk.site.handle.read(|site, _| site.custody.get(ParcelId(1)).and_then(|parcel| parcel.carrier));
    assert_eq!(carrier.await.unwrap(), Some(CarrierId(2)));
}

#[tokio::test]
async fn what_comes_by_the_api_is_counted_as_what_a_page_takes_in() {
    let desk = Desk::of(LiveSite::founded().await).await;
    let (token, _) = desk.site.staff("staff").await;
    let post = async |parcel: serde_json::Value| {
        Call::new("POST", "/api/v1/parcels").bearer(&token).json(parcel).to(&desk.site).await
    };
    let measured =
        json!({ "began_ms_ago": 9_000, "touches": 2, "decision": "auto", "confirmed": "suggested" });
    let first = post(json!({ "unit": 1, "size": "m", "tracking": NUMBER, "measured": measured })).await;
    assert!(first.code.is_success(), "{}", first.text);
    let table = async || desk.send(Call::get("/staff/intake/table.csv")).await.text;
    let line = table().await.lines().nth(1).unwrap().to_owned();
    assert!(line.ends_with(",1,1,0,1,0,1000,9.0,2"), "{line}");
    assert!(post(json!({ "unit": 1, "size": "m" })).await.code.is_success());
    let line = table().await.lines().nth(1).unwrap().to_owned();
    assert!(line.ends_with(",2,2,0,1,0,500,9.0,2"), "without a measure it is counted as typed: {line}");
    let unknown = post(json!({ "unit": 1, "size": "m", "measured": { "confirmed": "guessed" } })).await;
    assert_eq!(unknown.code, axum::http::StatusCode::UNPROCESSABLE_ENTITY, "{}", unknown.text);
    assert_eq!(desk.parcels().await, 2);
}

#[tokio::test]
async fn what_staff_put_right_is_learned_and_known_the_next_time() {
    let desk = Desk::of(LiveSite::founded().await).await;
    let taken = [("tracking", NUMBER), ("unit", "1"), ("size", "S"), ("addressed_to", "SUNNY BAKERY")];
    assert!(desk.post("/staff/desk/accept", &taken).await.code.is_redirection());
    let put_right = desk.post("/staff/parcels/1/correct", &[("unit", "3B")]).await;
    assert!(put_right.code.is_redirection(), "{}", put_right.text);
    let aliases = desk.site.handle.look_up(|tables| {
        let mut query = tables.prepare("SELECT folded, times FROM alias")?;
        let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?)))?;
        rows.collect::<Result<Vec<_>, _>>()
    });
    assert_eq!(aliases.unwrap(), [("sunny bakery".to_owned(), 1)]);
}
