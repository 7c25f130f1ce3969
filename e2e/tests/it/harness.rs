//! The harness sees what it claims to see: a planted mistake, the keys of a scanner, a console error.

use std::time::Duration;

use vestibule_e2e::{Browser, Key, Look, Screen, Sign, Theme};

/// A page without a server.
fn page(body: &str) -> String {
    let head = "<title>Harness</title><meta name=viewport content='width=device-width'>";
    let html =
        format!("<!doctype html><html lang=en><head>{head}</head><body><main>{body}</main></body></html>");
    html.bytes().fold("data:text/html;charset=utf-8,".to_owned(), |url, byte| url + &format!("%{byte:02X}"))
}

async fn rules(browser: &Browser) -> Vec<String> {
    browser.violations().await.into_iter().map(|violation| violation.rule).collect()
}

#[tokio::test]
async fn planted_barriers_are_found_and_a_good_page_is_clean() {
    let browser = Browser::open(Screen::Phone).await;
    browser.goto(&page("<h1>Parcels</h1><p>Two wait for you.</p><button>Open</button>")).await;
    browser.axe().await;

    browser.goto(&page("<h1>Parcels</h1><img src='data:,'>")).await;
    assert_eq!(rules(&browser).await, ["image-alt"]);
    browser.goto(&page("<h1>Parcels</h1><p style='color:#aaa;background:#fff'>Two wait for you.</p>")).await;
    assert_eq!(rules(&browser).await, ["color-contrast"]);
    browser.goto(&page("<h1>Parcels</h1><p style='color:#066;background:#066'>Two wait for you.</p>")).await;
    assert_eq!(rules(&browser).await, ["color-contrast"], "words that nobody can see");
    // New in 2.2: targets under 24 px that crowd each other.
    let small = "style='width:12px;height:12px;padding:0;border:0;font-size:8px'";
    browser
        .goto(&page(&format!("<h1>Parcels</h1><button {small}>A</button><button {small}>B</button>")))
        .await;
    assert_eq!(rules(&browser).await, ["target-size"]);
    browser.finish().await;
}

/// Keeps every key and when it came.
const KEY_RECORDER: &str = "<h1>Scan</h1><p id=done></p><script>
    window.seen = []; window.times = [];
    addEventListener('keydown', (event) => {
        seen.push(event.key); times.push(event.timeStamp);
        if (event.key === 'Enter') done.textContent = 'Received ' + (seen.length - 1);
    });
</script>";

/// Mean time between two keys so far, in milliseconds: the pages know a scanner by it.
async fn mean_gap(browser: &Browser) -> f64 {
    let gap = "return (times.at(-1) - times[0]) / (times.length - 1)";
    browser.script(gap, vec![]).await.as_f64().unwrap_or(f64::NAN)
}

#[tokio::test]
async fn a_scan_arrives_as_fast_keys_and_enter() {
    let browser = Browser::open(Screen::KioskPortrait).await;
    browser.goto(&page(KEY_RECORDER)).await;
    let code = "VP7K0123456789ABCDEFGHJKMNPQRS";
    browser.scan(code).await;
    browser.see(&format!("Received {}", code.len())).await;
    assert_eq!(browser.script("return seen.slice(0, -1).join('')", vec![]).await, code);
    let gap = mean_gap(&browser).await;
    assert!(gap < 35.0, "the keys came {gap} ms apart, slower than any scanner");
    browser.finish().await;
}

#[tokio::test]
async fn typing_is_slower_than_a_scan() {
    let browser = Browser::open(Screen::KioskPortrait).await;
    browser.goto(&page(KEY_RECORDER)).await;
    browser.type_keys("1202 4711").await;
    let gap = mean_gap(&browser).await;
    assert!(gap > 50.0, "the keys came {gap} ms apart, faster than anybody types");
    browser.key(Key::Enter).await;
    browser.see("Received 9").await;
    browser.finish().await;
}

#[tokio::test]
async fn what_appears_later_is_waited_for() {
    let browser = Browser::open(Screen::Desk).await;
    let later = "<h1>Bank</h1><button onclick=\"setTimeout(() => { door.hidden = false; wait.remove() }, 50)\">Open
        door</button><p id=wait>Please wait</p><p id=door hidden>Door 7 is open</p><label>Reason <input></label>";
    browser.goto(&page(later)).await;
    assert!(!browser.sees(Sign::Css("#door")).await, "a hidden element is not seen");
    browser.press("Open door").await;
    browser.see("Door 7 is open").await;
    browser.wait_gone(Sign::Css("#wait"), Duration::from_secs(5)).await;
    browser.fill("input", "Resident locked out").await;
    browser.key(Key::Backspace).await;
    assert_eq!(browser.find("input").await.prop("value").await.unwrap().unwrap(), "Resident locked ou");
    browser.finish().await;
}

#[tokio::test]
async fn screens_themes_and_languages_reach_the_page() {
    let look = Look::on(Screen::KioskLandscape).in_theme(Theme::Dark).in_language("es");
    let browser = Browser::open_with(look).await;
    let seen = "const set = (query) => matchMedia(query).matches;
        return [innerWidth, innerHeight, set('(prefers-color-scheme: dark)'), set('(prefers-contrast: more)'),
            set('(pointer: coarse)'), navigator.language]";
    browser.goto(&page("<h1>One</h1>")).await;
    let expected = serde_json::json!([1280, 800, true, false, true, "es"]);
    assert_eq!(browser.script(seen, vec![]).await, expected);
    browser.resize(Screen::Phone).await;
    browser.theme(Theme::HighContrast).await;
    browser.goto(&page("<h1>Two</h1>")).await;
    let expected = serde_json::json!([390, 844, false, true, true, "es"]);
    assert_eq!(browser.script(seen, vec![]).await, expected);
    let kiosk = "http://127.0.0.1:9/kiosk";
    browser.set_cookie(kiosk, "theme", "contrast").await;
    let kept = browser.protocol("Network.getCookies", serde_json::json!({ "urls": [kiosk] })).await;
    assert_eq!(kept["cookies"][0]["value"], "contrast");
    let picture = std::fs::read(browser.picture("harness-phone").await).unwrap();
    // Width and height in the header of a PNG; a phone has two pixels a point.
    assert_eq!(picture[16..24], [0, 0, 3, 12, 0, 0, 6, 152]);
    browser.finish().await;
}

#[tokio::test]
async fn console_errors_are_seen_once() {
    let browser = Browser::open(Screen::Desk).await;
    browser.goto(&page("<h1>Broken</h1><script>console.error('lost'); console.info('fine');</script>")).await;
    let errors = browser.console_errors().await;
    assert!(errors.len() == 1 && errors[0].contains("lost"), "{errors:?}");
    browser.goto(&page("<h1>Thrown</h1><script>throw new Error('broken promise')</script>")).await;
    assert_eq!(browser.console_errors().await.len(), 1);
    browser.finish().await;
}
