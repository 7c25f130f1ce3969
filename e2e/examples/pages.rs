//! What each screen of a kiosk weighs and how soon it is painted: the release build over loopback, in a real browser.
//!
//! `cargo xtask bench pages [--json FILE]`. Each screen is come to as a courier comes to it and then loaded anew, with an empty
//! cache and nobody else's hand at the page. Paint is the browser's own word for the first thing it shows, counted from the
//! moment the page is asked for; the middle one of all loads is told.

use std::process::ExitCode;

use serde_json::{Value, json};
use vestibule_e2e::{Browser, Product, Screen};

/// Loads of each screen.
const LOADS: usize = 9;
const KILOBYTES_MOST: f64 = 100.0;
const PAINT_MS_MOST: f64 = 100.0;

/// Bytes over the wire, fonts and the endless stream apart; ms from asking to the end of the answer; requests of the page.
const WEIGHT: &str = r"
    const [page] = performance.getEntriesByType('navigation');
    const parts = performance.getEntriesByType('resource').filter((part) => !/\/live/.test(part.name));
    const bytes = [page, ...parts].filter((part) => !/\.woff2/.test(part.name)).reduce((sum, part) => sum + part.transferSize, 0);
    return [bytes, page.responseEnd - page.requestStart, parts.length + 1];
";

/// Told to the last argument as soon as the browser has painted something.
const PAINTED: &str = r"
    const done = arguments[arguments.length - 1];
    new PerformanceObserver((list, observer) => {
        const [first] = list.getEntriesByName('first-paint');
        if (!first) return;
        observer.disconnect();
        done(first.startTime);
    }).observe({ type: 'paint', buffered: true });
";

/// One screen, as it was measured.
struct Measured {
    name: &'static str,
    kilobytes: f64,
    requests: f64,
    answer_ms: f64,
    paint_ms: f64,
}

impl Measured {
    fn is_within(&self) -> bool {
        self.kilobytes <= KILOBYTES_MOST && self.paint_ms <= PAINT_MS_MOST
    }

    fn told(&self) -> Value {
        json!({
            "screen": self.name, "kilobytes": self.kilobytes, "requests": self.requests, "answer_ms": self.answer_ms,
            "first_paint_ms": self.paint_ms, "met": self.is_within(),
        })
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let file = match arguments.as_slice() {
        [] => None,
        [option, file] if option == "--json" => Some(file.clone()),
        _ => {
            eprintln!("usage: cargo xtask bench pages [--json FILE]");
            return ExitCode::from(2);
        }
    };
    let measured = screens().await;
    println!(
        "{:<16} {:>8} {:>9} {:>10} {:>12}   goal: <= {KILOBYTES_MOST:.0} kB without fonts, <= {PAINT_MS_MOST:.0} ms",
        "screen", "kB", "requests", "answer ms", "first paint"
    );
    for one in &measured {
        println!(
            "{:<16} {:>8.1} {:>9.0} {:>10.1} {:>9.1} ms   {}",
            one.name,
            one.kilobytes,
            one.requests,
            one.answer_ms,
            one.paint_ms,
            if one.is_within() { "ok" } else { "MISSED" }
        );
    }
    println!("  load average {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
    let told = Value::from(measured.iter().map(Measured::told).collect::<Vec<_>>());
    match file.map(|file| std::fs::write(&file, format!("{told}\n")).map_err(|error| (file, error))) {
        Some(Err((file, error))) => {
            eprintln!("{file}: {error}");
            ExitCode::FAILURE
        }
        Some(Ok(())) | None => ExitCode::SUCCESS,
    }
}

/// A courier's way through the screens, each looked at where it stands.
async fn screens() -> Vec<Measured> {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    browser.protocol("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
    let kiosk = product.ready()["kiosks"][0].as_str().expect("the ready line names the kiosks").to_owned();
    browser.goto(&kiosk).await;
    let mut measured = vec![measure(&browser, "start").await];
    browser.press("Pick up").await;
    measured.push(measure(&browser, "pick-up").await);
    browser.press("Back").await;
    browser.press("Deliver").await;
    measured.push(measure(&browser, "deliver").await);
    let badge =
        product.ready()["courier_codes"][0]["badge"].as_str().expect("a carrier has a badge").to_owned();
    browser.scan(&badge).await;
    measured.push(measure(&browser, "address").await);
    browser.scan("1Z999AA10123456784").await;
    browser.see("Now the apartment").await;
    browser.scan("APT 12B").await;
    measured.push(measure(&browser, "size").await);
    browser.press_on("button[name=size][value=M]").await;
    measured.push(measure(&browser, "deposit").await);
    browser.finish().await;
    product.stop().await;
    measured
}

/// Loads the screen that is shown again and again.
async fn measure(browser: &Browser, face: &'static str) -> Measured {
    let shown = format!("#screen > .face-{face}");
    browser.find(&shown).await;
    let (mut paints, mut answers, mut weight) = (Vec::new(), Vec::new(), (0.0, 0.0));
    for _ in 0..LOADS {
        browser.reload().await;
        browser.find(&shown).await;
        let paint = browser.asynchronously(PAINTED, vec![]).await;
        paints.push(paint.as_f64().expect("a moment"));
        let told = browser.script(WEIGHT, vec![]).await;
        let number = |at: usize| told[at].as_f64().expect("a number");
        answers.push(number(1));
        weight = (number(0) / 1000.0, number(2));
    }
    let (kilobytes, requests) = weight;
    Measured { name: face, kilobytes, requests, answer_ms: middle(answers), paint_ms: middle(paints) }
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
