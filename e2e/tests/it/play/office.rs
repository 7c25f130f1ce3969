//! A member of staff at their desk: signed in, going from page to page, judging each.

use serde_json::json;
use vestibule_e2e::{Browser, Product};

/// No staff page is wider than the screen it is made for.
pub const WIDTH: &str = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
/// What reaches beyond the screen, the innermost first.
const TOO_WIDE: &str = "const edge = document.documentElement.clientWidth;
    return [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > edge + 1)
      .reverse().slice(0, 4).map((e) => e.outerHTML.slice(0, 160));";

/// Staff with a screen of their own.
pub struct Office<'a> {
    pub browser: &'a Browser,
    base: String,
}

impl<'a> Office<'a> {
    /// Signed in by mail address and password, as everybody is.
    pub async fn signed_in(browser: &'a Browser, product: &Product) -> Self {
        let base = product.url("start").trim_end_matches('/').to_owned();
        let office = Self { browser, base };
        browser.goto(&product.url("sign_in")).await;
        let account = &product.ready()["staff_account"];
        let [email, password] = ["email", "password"].map(|key| account[key].as_str().expect("an account"));
        browser.fill("[name=email]", email).await;
        browser.fill("[name=password]", password).await;
        browser.press("Sign in").await;
        browser.see("What needs me").await;
        office
    }

    /// To a page.
    pub async fn go(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.base)).await;
        self.browser.find("main").await;
    }

    /// Keep a picture of this page and judge it.
    pub async fn look(&self, name: &str) {
        self.browser.axe().await;
        let over = self.browser.script(WIDTH, vec![]).await;
        if over != json!(0) {
            let what = self.browser.script(TOO_WIDE, vec![]).await;
            panic!("{name} is {over} px wider than its screen: {what}");
        }
        self.browser.shot(name).await;
    }
}
