//! Somebody at the screen of a door one walks through, a hand at the door itself, and time that is let pass.

use serde_json::json;
use vestibule_e2e::{Browser, Product, Sign, Theme};

/// A kiosk's keys are 20 mm wide and high, at 4 px a millimetre.
const SMALL_KEYS: &str = "return [...document.querySelectorAll('[data-keypad] .key')].filter((key) => key.checkVisibility())
    .map((key) => [key.innerText || key.dataset.key, key.getBoundingClientRect()])
    .filter(([, box]) => box.width < 79.5 || box.height < 79.5).map(([name, box]) => `${name}: ${box.width} x ${box.height}`)";
/// A screen at a wall has nothing below its edge.
const HIDDEN: &str = "const screen = document.querySelector('#screen');
    return [screen.scrollHeight - screen.clientHeight, screen.scrollWidth - screen.clientWidth].map((more) => Math.max(more, 0))";
const POST: &str = "const [url, fields] = arguments;
    return fetch(url, { method: 'POST', body: new URLSearchParams(fields) }).then((answer) => answer.ok)";
/// Again and again until the door stands so: a locked one does not open, and a reader tells of a door in its own time.
const HAND: &str = "const [passage, act, stands] = arguments;
    const lay = async () => {
        const body = new URLSearchParams({ act });
        const answer = await fetch(`/demo/passages/${passage}`, { method: 'POST', body });
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        return page.querySelector(`[data-passage='${passage}']`).dataset.stands === stands ? true : lay();
    };
    return lay()";

/// A screen at a door, with somebody in front of it.
pub struct DoorScreen<'a> {
    pub browser: &'a Browser,
    number: usize,
}

impl<'a> DoorScreen<'a> {
    /// In front of the screen at the door of this name.
    pub async fn at(browser: &'a Browser, product: &Product, name: &str) -> Self {
        let doors = product.ready()["doors"].as_array().expect("the ready line names the doors").clone();
        let number = doors.iter().position(|door| door["name"] == name);
        let number = number.unwrap_or_else(|| panic!("no door is called {name}: {doors:?}"));
        browser.goto(doors[number]["url"].as_str().expect("each door has a screen")).await;
        browser.see(name).await;
        Self { browser, number }
    }

    /// Touch keys on the glass.
    pub async fn tap(&self, keys: &str) {
        for key in keys.chars() {
            self.browser.press_on(&format!("[data-keypad] [data-key='{key}']")).await;
        }
    }

    /// Touch keys, then OK.
    pub async fn enter(&self, keys: &str) {
        self.tap(keys).await;
        self.browser.press_on("[data-keypad] .key-enter").await;
    }

    /// Keep a picture of this screen in a theme and judge it: barriers, sizes of keys, nothing out of sight.
    pub async fn look(&self, name: &str) {
        self.browser.axe().await;
        self.browser.shot(name).await;
        assert_eq!(self.browser.script(SMALL_KEYS, vec![]).await, json!([]), "{name}: keys are 20 mm");
        assert_eq!(self.browser.script(HIDDEN, vec![]).await, json!([0, 0]), "{name}: all is in sight");
    }

    /// The same in each theme.
    pub async fn look_in_each_theme(&self, name: &str) {
        for (theme, word) in
            [(Theme::Dark, "dark"), (Theme::HighContrast, "contrast"), (Theme::Light, "light")]
        {
            self.browser.theme(theme).await;
            self.look(&format!("{name}-{word}")).await;
        }
    }

    /// From now on nobody walks through by themselves: this hand does everything.
    pub async fn by_hand(&self) {
        self.post("/demo/passages/by-hand", &[("by_hand", "true")]).await;
    }

    /// Pull the door open as soon as its lock lets it, and push it shut.
    pub async fn walk_through(&self) {
        self.lay("pull_open", "passages-open").await;
        self.lay("push_shut", "passages-locked").await;
    }

    /// Turn the handle inside, and push it shut from outside.
    pub async fn walk_out(&self) {
        self.lay("go_out", "passages-open").await;
        self.lay("push_shut", "passages-locked").await;
    }

    async fn lay(&self, act: &str, stands: &str) {
        let done = self.browser.script(HAND, vec![json!(self.number), json!(act), json!(stands)]).await;
        assert_eq!(done, json!(true), "no hand could be laid on door {}", self.number);
    }

    async fn post(&self, url: &str, fields: &[(&str, &str)]) {
        post(self.browser, url, fields).await;
    }
}

async fn post(browser: &Browser, url: &str, fields: &[(&str, &str)]) {
    let fields: serde_json::Map<_, _> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    assert_eq!(browser.script(POST, vec![json!(url), json!(fields)]).await, json!(true), "{url} was refused");
}

/// So many minutes pass at the property.
pub async fn minutes_pass(browser: &Browser, minutes: u32) {
    post(browser, "/demo/clock", &[("minutes", &minutes.to_string())]).await;
}

/// Time passes until the property's clock shows this hour.
pub async fn until(browser: &Browser, hour: u32) {
    post(browser, "/demo/clock", &[("until", &(hour * 60).to_string())]).await;
}

/// A picture on a page, once it has been loaded whole: its width and height in pixels.
pub async fn picture_size(browser: &Browser, css: &str) -> (u64, u64) {
    browser.wait_for(Sign::Css(css), vestibule_e2e::DEADLINE).await;
    let whole = "const [css, done] = arguments; const image = document.querySelector(css);
        image.decode().then(() => done([image.naturalWidth, image.naturalHeight]), () => done([0, 0]))";
    let size = browser.asynchronously(whole, vec![json!(css)]).await;
    (size[0].as_u64().unwrap_or(0), size[1].as_u64().unwrap_or(0))
}
