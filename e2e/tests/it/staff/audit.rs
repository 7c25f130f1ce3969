//! Staff walk with a phone: over the shelves, where one parcel lies on the wrong one and one is gone, and door by door over a bank.

use serde_json::{Value, json};
use vestibule_e2e::{Browser, Product, Screen, Theme};

use crate::play::office::Office;
use crate::play::{hand, pack};

const NUMBER: &str = "1Z999AA10123456784";
/// Takes a parcel in and puts it onto the first shelf; its number.
const ONTO_A_SHELF: &str = "const [tracking] = arguments;
    const csrf = document.querySelector('[name=csrf]').value;
    const post = (url, type, body) => fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
    return post('/api/v1/parcels', 'application/json', JSON.stringify({ unit: 1, size: 's', tracking }))
      .then((answer) => answer.json())
      .then(({ parcel }) => post(`/staff/parcels/${parcel}/shelve`, 'application/x-www-form-urlencoded',
        new URLSearchParams({ csrf, shelf: 1 }).toString()).then(() => parcel));";
/// Says of every parcel that it is there, but of these.
const ANSWER: &str = "const gone = arguments[0];
    document.querySelectorAll('input[type=radio]').forEach((radio) => {
      const is_gone = gone.some((parcel) => radio.name === `p-${parcel}`);
      radio.checked = radio.value === (is_gone ? 'gone' : 'there');
    });";
const COMPARTMENT: &str = "return Number(document.querySelector('#place [name=compartment]').value)";
/// The next door is opened when the site has read this one shut.
const IS_READ_SHUT: &str = "const [compartment] = arguments;
    const look = async () => {
      const all = await (await fetch('/api/v1/compartments')).json();
      const door = all.find((one) => one.compartment === compartment);
      return door.closure === 'closed' ? true : look();
    };
    return look()";

async fn answer(browser: &Browser, gone: &[u64]) {
    browser.script(ANSWER, vec![json!(gone)]).await;
    browser.press("Done here").await;
}

async fn onto_a_shelf(browser: &Browser, tracking: Value) -> u64 {
    browser.script(ONTO_A_SHELF, vec![tracking]).await.as_u64().expect("a parcel")
}

/// Light, dark and in high contrast.
async fn look(office: &Office<'_>, name: &str) {
    office.look(name).await;
    for (theme, word) in [(Theme::Dark, "dark"), (Theme::HighContrast, "contrast")] {
        office.browser.theme(theme).await;
        office.look(&format!("{name}-{word}")).await;
    }
    office.browser.theme(Theme::Light).await;
}

#[tokio::test]
async fn shelves_are_walked_and_what_differs_gets_a_word() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::Phone).await;
    let office = Office::signed_in(&browser, &product).await;
    let (strayed, gone) =
        (onto_a_shelf(&browser, json!(NUMBER)).await, onto_a_shelf(&browser, json!(null)).await);
    office.go("/staff/audits").await;
    browser.see("No audit yet").await;
    look(&office, "audit-1-begin").await;
    browser.press_on("form:has(input[name=shelf][value='1']) button").await;
    browser.see("0 of 3 places").await;
    browser.find("#place svg.bank .door-halo").await;
    look(&office, "audit-2-shelf").await;
    answer(&browser, &[strayed, gone]).await;
    browser.see("1 of 3 places").await;
    browser.fill("[name=scan]", NUMBER).await;
    browser.press("Add").await;
    browser.see("Seen here, recorded elsewhere").await;
    look(&office, "audit-3-scanned").await;
    answer(&browser, &[]).await;
    browser.see("2 of 3 places").await;
    answer(&browser, &[]).await;

    browser.see("Say what becomes of each difference").await;
    look(&office, "audit-4-differences").await;
    browser.press("It stays where it was seen").await;
    browser.see("recorded where it was seen").await;
    browser.press("It is missing").await;
    browser.see("Each difference has a word").await;
    browser.press("End the audit").await;
    browser.see("Signature").await;
    look(&office, "audit-5-report").await;
    let events = pack::verified_far_away(&office, &product, "/staff/audits/1/report.zip").await;
    assert!(events >= 6, "the walk is in it: {events}");
    office.go("/staff/audits").await;
    browser.see("Walked today at").await;
    look(&office, "audit-8-again").await;
    office.go("/staff").await;
    browser.see("Parcel").await;
    browser.finish().await;
    product.stop().await;
}

#[tokio::test]
async fn a_bank_is_walked_door_by_door() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::Phone).await;
    let office = Office::signed_in(&browser, &product).await;
    office.go("/staff/audits").await;
    // The bank beside the garden entrance.
    browser.press_on("form:has(input[name=scope][value='2']) button").await;
    browser.see("0 of 6 places").await;
    look(&office, "audit-6-shut").await;
    for done in 1..=6 {
        let compartment = browser.script(COMPARTMENT, vec![]).await.as_u64().expect("a door to open");
        browser.press_on("#place form[action$='/open'] button").await;
        browser.see("The door is open").await;
        if done == 1 {
            look(&office, "audit-7-open").await;
        }
        answer(&browser, &[]).await;
        if done < 6 {
            browser.see(&format!("{done} of 6 places")).await;
        }
        hand::lay(&browser, u32::try_from(compartment).expect("few"), "push_shut").await;
        assert_eq!(browser.script(IS_READ_SHUT, vec![json!(compartment)]).await, json!(true));
    }
    browser.see("Nothing differs").await;
    browser.press("End the audit").await;
    browser.see("Signature").await;
    browser.finish().await;
    product.stop().await;
}

#[tokio::test]
async fn a_walk_is_paused_gone_on_with_and_given_up_in_spanish() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::Phone).await;
    let office = Office::signed_in(&browser, &product).await;
    let parcel = onto_a_shelf(&browser, json!(NUMBER)).await;
    office.go("/staff/audits").await;
    browser.press("Español").await;
    browser.see("Recuentos").await;
    browser.press_on("form:has(input[name=shelf][value='1']) button").await;
    browser.see("0 de 3 lugares").await;
    browser.press("Pausa").await;
    browser.see("En pausa").await;
    look(&office, "audit-9-waits").await;
    // Whoever comes back begins at the list.
    browser.press_on("main a[href='/staff/audits/1']").await;
    browser.see("Este recorrido está en pausa").await;
    look(&office, "audit-10-paused").await;
    browser.press("Continuar").await;
    browser.find("#place form").await;
    browser.script(ANSWER, vec![json!([parcel])]).await;
    browser.press("Listo aquí").await;
    browser.see("1 de 3 lugares").await;
    office.go("/staff/audits/1/end").await;
    look(&office, "audit-11-unfinished").await;
    browser.press_on("details.ask summary").await;
    browser.see("El informe conserva lo visto y no pasa nada más.").await;
    browser.press_on("form[action$='/abandon'] button").await;
    browser.see("Abandonado").await;
    browser.press_on("main a[href='/staff/audits/1/report']").await;
    browser.see("nadie miró").await;
    look(&office, "audit-12-given-up").await;
    browser.finish().await;
    product.stop().await;
}
