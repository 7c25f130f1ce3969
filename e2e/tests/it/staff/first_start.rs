//! A site of one's own: before the first account exists the link on the console is the only way in.

use vestibule_e2e::{Browser, Screen, Served};

#[tokio::test]
async fn the_first_account_is_made_by_the_link_on_the_console_and_by_nothing_else() {
    let served = Served::start().await;
    let browser = Browser::open(Screen::Desk).await;
    for path in ["/api/v1/site", "/kiosk", "/sign-in", "/staff"] {
        browser.goto(&served.url(path)).await;
        let text = browser.text().await;
        assert!(!text.contains("Password"), "{path} answers before the site is set up: {text}");
    }
    browser.axe().await;
    browser.shot("first-start-1-closed").await;

    let link = served.setup_link();
    browser.goto(link).await;
    browser.find("[name=name]").await;
    browser.axe().await;
    browser.shot("first-start-2-form").await;
    browser.fill("[name=name]", "Ada Marsh").await;
    browser.fill("[name=email]", "ada@example.com").await;
    browser.fill("[name=password]", "short").await;
    browser.press_on("main button[type=submit]").await;
    browser.see("The password needs at least 12 characters.").await;
    browser.axe().await;
    browser.shot("first-start-3-too-short").await;
    browser.fill("[name=password]", "seven lime trees by the gate").await;
    browser.press_on("main button[type=submit]").await;
    browser.see("What needs me").await;
    browser.axe().await;
    browser.shot("first-start-4-needs-me").await;

    browser.press("Sign out").await;
    // The page of this press comes after the link's otherwise, and asks for a password.
    browser.see("Sign in").await;
    browser.goto(link).await;
    browser.wait_for(vestibule_e2e::Sign::Css("main, body"), vestibule_e2e::DEADLINE).await;
    assert!(!browser.sees(vestibule_e2e::Sign::Css("[name=password]")).await, "a link works once");
    browser.shot("first-start-5-over").await;
    browser.console_errors().await;
    browser.finish().await;
    served.stop().await;
}
