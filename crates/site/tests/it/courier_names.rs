//! A courier code for a driver or a route, in several hours: as staff make it, print it, find it, and read of it later.

use crate::door_pages::AtDoor;
use crate::live::Call;
use axum::http::StatusCode;
use serde_json::json;
use vestibule_core::CredentialId;
use vestibule_core::time::WeekWindow;
use vestibule_site::web::WebSettings;

const MAKE: &str = "/staff/couriers";
const HOURS: &str = "day0=0&day0=4&from0=07:00&to0=11:00&day1=5&from1=00:00&to1=23:59&until=2030-01-01";

/// The digits on the page that made the code.
fn digits(page: &str) -> String {
    let shown = page.split("shown-digits").nth(1).expect("digits are shown");
    let digits = shown.split("visually-hidden\">").nth(1).expect("and read out");
    digits.split('<').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect()
}

#[tokio::test]
async fn a_code_with_several_hours_is_that_of_a_driver_wherever_staff_read_of_it() {
    let at = AtDoor::with(WebSettings::default()).await;
    let all_week = "day2=0&day2=1&day2=2&day2=3&day2=4&day2=5&day2=6&from2=00:00&to2=23:59";
    let made =
        at.staff_posts(MAKE, &format!("carrier=1&door=1&{HOURS}&{all_week}&name=Route+7%2C+%3CSam%3E")).await;
    assert_eq!(made.code, StatusCode::OK, "{}", made.text);
    assert!(made.text.contains("Route 7, &lt;Sam&gt;. Valid until"), "the badge names them: {}", made.text);
    let codes = at.site.handle.read(|site, _| site.credentials.courier.all.clone()).await.unwrap();
    let (credential, code) = codes.first_key_value().unwrap();
    let expected = [
        WeekWindow { days: 0b1_0001, from: 420, to: 660 },
        WeekWindow { days: 0b10_0000, from: 0, to: 1440 },
        WeekWindow::ALWAYS,
    ];
    assert_eq!(code.windows, expected);
    let list = at.staff(MAKE).await.text;
    assert!(list.contains("UPS (Route 7, &lt;Sam&gt;)"), "{list}");

    let digits = digits(&made.text);
    let shown = Call::new("POST", "/api/v1/kiosk/doors/1/admit").bearer(&at.kiosk);
    let came = shown.json(json!({ "code": digits })).to(&at.site).await;
    assert_eq!(came.code, StatusCode::OK, "{}", came.text);
    let log_in = Call::new("POST", "/api/v1/kiosk/log-in").bearer(&at.kiosk);
    assert_eq!(log_in.json(json!({ "code": digits })).to(&at.site).await.code, StatusCode::OK);
    let of_sam = "ourier of UPS (Route 7, &lt;Sam&gt;)";
    for page in ["/staff/entries", "/staff/entries/1"] {
        let text = at.staff(page).await.text;
        assert!(text.contains(of_sam), "{page}: {text}");
    }
    let visit: Option<i64> = at
        .site
        .handle
        .query(|tables| tables.query_row("SELECT code FROM visit", [], |row| row.get(0)))
        .await
        .unwrap();
    assert_eq!(visit, Some(credential.0.cast_signed()), "the visit is that of the code");

    let renamed = at.staff_posts(&format!("{MAKE}/{credential}/name"), "name=Ana").await;
    assert_eq!(renamed.code, StatusCode::SEE_OTHER, "{}", renamed.text);
    assert!(at.staff(MAKE).await.text.contains("UPS (Ana)"));
    let anew = at.staff_posts(&format!("{MAKE}/{credential}/rotate"), "x=1").await.text;
    assert!(anew.contains("Ana. Valid until"), "who has the new code is who had the old one: {anew}");
    at.staff_posts(&format!("{MAKE}/{credential}/name"), "name=").await;
    let entry = at.staff("/staff/entries/1").await;
    assert!(
        entry.text.contains("ourier of UPS") && !entry.words().contains("Ana"),
        "a name that is erased is gone: {}",
        entry.text
    );
}

#[tokio::test]
async fn a_name_that_is_too_long_and_hours_without_a_day_make_no_code() {
    let at = AtDoor::with(WebSettings::default()).await;
    let long = "x".repeat(41);
    for fields in [
        format!("carrier=1&{HOURS}&name={long}"),
        format!("carrier=1&{HOURS}&name=Sam%0ABo"),
        "carrier=1&from0=07:00&to0=11:00&until=2030-01-01".to_owned(),
        "carrier=1&day0=1&from0=noon&to0=11:00&until=2030-01-01".to_owned(),
    ] {
        let refused = at.staff_posts(MAKE, &fields).await;
        assert!(refused.code.is_client_error(), "{fields}: {} {}", refused.code, refused.text);
    }
    let none = at.site.handle.read(|site, _| site.credentials.courier.all.is_empty()).await.unwrap();
    assert!(none);
    let nobody = at.staff_posts(&format!("{MAKE}/{}/name", CredentialId(9)), "name=Sam").await;
    assert_eq!(nobody.code, StatusCode::NOT_FOUND);
    let forty = "x".repeat(40);
    let made = at.staff_posts(MAKE, &format!("carrier=1&{HOURS}&name={forty}")).await;
    assert_eq!(made.code, StatusCode::OK, "{}", made.text);
}
