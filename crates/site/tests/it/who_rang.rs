//! Who rings and is not known: the screen's own camera where no other sees the door, and the mail that shows them to who is asked.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::door_pages::{AtDoor, goes_to};
use crate::live::Call;
use axum::http::StatusCode;
use base64::Engine;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::watch;
use vestibule_core::evidence::{CameraPlace, InView};
use vestibule_core::*;
use vestibule_notices::smtp::{SmtpConfig, SmtpSecurity, SmtpSender};
use vestibule_simulators::cameras::Scene;
use vestibule_simulators::mail_sink::{MailSink, MailSinkOptions, ReceivedMail};
use vestibule_site::evidence::{PhotoFolder, photos};
use vestibule_site::runners::messages::{MessageStart, start};
use vestibule_site::web::WebSettings;

const DEADLINE: Duration = Duration::from_secs(30);

/// A door with a screen, photos that are kept, and the production message runner with a mail server.
struct Rung {
    at: AtDoor,
    sink: MailSink,
    _stop: watch::Sender<bool>,
    _home: TempDir,
}

impl Rung {
    async fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let photos = PhotoFolder::open(home.path(), None).unwrap();
        let at = AtDoor::with(WebSettings { photos: Some(photos.clone()), ..WebSettings::default() }).await;
        let sink = MailSink::start(MailSinkOptions::default()).await.unwrap();
        let (stop, shutdown) = watch::channel(false);
        let smtp = SmtpSender::new(SmtpConfig {
            host: sink.address().ip().to_string(),
            port: Some(sink.address().port()),
            security: SmtpSecurity::Plain,
            allow_plain: false,
            username: None,
            password_file: None,
            from: "parcels@site.example.com".into(),
            ca_file: None,
            hello_name: Some("localhost".into()),
        });
        start(MessageStart {
            site: at.site.handle.clone(),
            keys: Arc::clone(&at.site.app.keys),
            smtp: Some(smtp.unwrap()),
            public_url: Some("https://site.example.com".into()),
            texts: None,
            photos: Some(photos),
            shutdown,
        });
        Self { at, sink, _stop: stop, _home: home }
    }

    /// Somebody rings with what the page posts as a picture; the mail that asks.
    async fn rings(&self, picture: &str) -> (RingId, Arc<ReceivedMail>) {
        let mut arrivals = self.sink.subscribe();
        let picture = picture.replace('+', "%2B").replace('=', "%3D");
        let rung = self.at.presses("/door/1/whom", &format!("whom=3b&picture={picture}")).await;
        let ring = goes_to(&rung).rsplit('/').next().unwrap().parse().unwrap();
        let mail = tokio::time::timeout(DEADLINE, arrivals.recv()).await.expect("a mail goes out").unwrap();
        (ring, mail)
    }
}

fn face() -> Vec<u8> {
    Scene::grid("FACE", 2, 1).jpeg(0, 1280, 720)
}

fn posted(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[tokio::test]
async fn the_screen_looks_itself_and_the_mail_shows_who_rang() {
    let rung = Rung::new().await;
    let screen = rung.at.screen("/door/1/whom").await;
    assert!(screen.text.contains("data-caller") && screen.text.contains("caller.js"), "{}", screen.text);
    let (ring, mail) = rung.rings(&posted(&face())).await;
    let [picture] = &mail.mail.images[..] else { panic!("one picture: {:?}", mail.mail.images) };
    assert_eq!((picture.content_type.as_str(), picture.cid.as_str()), ("image/jpeg", "who-rang"));
    let small = vestibule_site::evidence::thumbnail::small(&picture.bytes).expect("it can be looked at");
    assert!(!small.is_empty() && picture.bytes.len() < 200_000, "{} bytes", picture.bytes.len());
    assert!(mail.mail.html.as_ref().unwrap().contains("cid:who-rang"));
    let text = mail.mail.text.clone().unwrap();
    assert!(text.contains("En este correo hay una foto"), "{text}");

    let link = text.split_whitespace().find(|word| word.contains("/d/VL")).expect("a link that answers");
    let path = link.trim_start_matches("https://site.example.com");
    let page = Call::get(path).to(&rung.at.site).await;
    assert!(page.text.contains(&format!("{path}/photo")), "{}", page.text);
    assert_eq!(page.headers["referrer-policy"], "no-referrer", "its address is a secret");
    let photo = Call::get(&format!("{path}/photo")).to(&rung.at.site).await;
    assert_eq!((photo.code, photo.headers["content-type"].to_str().unwrap()), (StatusCode::OK, "image/jpeg"));
    let viewed = "SELECT CAST(payload AS TEXT) FROM event WHERE kind = 'photo-viewed'";
    let viewed = rung.at.site.handle.query(move |c| c.query_row(viewed, [], |row| row.get::<_, String>(0)));
    assert!(viewed.await.unwrap().contains(r#""by":{"person":"#), "who looked at them is on the record");
    let kept = rung.at.site.handle.query(move |tables| photos::of_ring(tables, ring)).await.unwrap().unwrap();
    assert_eq!((kept.asked.camera, kept.in_view), (CameraId::OF_THE_SCREEN, InView::People));
    let staff = Call::get("/staff/doors/1").header("cookie", &format!("session={}", rung.at.owner));
    let staff = staff.to(&rung.at.site).await;
    assert!(staff.text.contains("camera of the screen"), "staff see who rings too: {}", staff.text);
}

#[tokio::test]
async fn without_a_picture_or_with_something_else_the_ring_goes_on_and_the_mail_says_so() {
    let rung = Rung::new().await;
    for nothing in [String::new(), posted(b"GIF89a"), "not base64!".to_owned()] {
        let (ring, mail) = rung.rings(&nothing).await;
        assert_eq!(mail.mail.images.len(), 0, "{nothing}");
        let text = mail.mail.text.clone().unwrap();
        assert!(text.contains("No hay foto de quien llamó.") && text.contains("/d/VL"), "{text}");
        let kept = rung.at.site.handle.query(move |tables| photos::of_ring(tables, ring)).await.unwrap();
        assert_eq!(kept, None, "{nothing}");
        rung.at.site.forward(Span::minutes(2));
        rung.at.site.handle.write(Vec::new()).await.unwrap();
    }
}

#[tokio::test]
async fn where_a_camera_sees_the_door_no_page_may_bring_another_picture() {
    let rung = Rung::new().await;
    let (at, in_view) = (CameraPlace::Door(AccessPointId(1)), InView::People);
    rung.at.site.ask(Command::InstallCamera { at, in_view }).await;
    let screen = rung.at.screen("/door/1/whom").await;
    assert!(!screen.text.contains("data-caller"), "{}", screen.text);
    let (ring, mail) = rung.rings(&posted(&face())).await;
    assert_eq!(mail.mail.images.len(), 0, "the camera took none, and the page's is not believed");
    let kept = rung.at.site.handle.query(move |tables| photos::of_ring(tables, ring)).await.unwrap();
    assert_eq!(kept, None);
}
