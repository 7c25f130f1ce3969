//! A cart of parcels at the desk: scanned one after the other, put right where they ask, taken in at once; and how that went.

use vestibule_e2e::{Browser, Product, Screen, Theme};

use crate::play::label::{HERE, fedex};
use crate::play::office::Office;

#[tokio::test]
async fn many_are_scanned_put_right_and_taken_in_at_once() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::Desk).await;
    let office = Office::signed_in(&browser, &product).await;
    office.go("/staff/intake").await;
    browser.see("Nothing to count yet").await;
    office.look("board-1-empty").await;
    office.go("/staff/desk").await;
    browser.press("Scan many").await;
    browser.see("Nothing scanned yet").await;
    office.look("batch-1-empty").await;

    scanned(&office).await;
    put_right(&office).await;
    browser.press("Take all 3 in").await;
    browser.see("All taken in. They are at the desk now.").await;
    browser.see("3 parcels are at the desk.").await;

    one_by_itself(&office).await;
    counted(&office).await;
    shelved(&office).await;
    erased_after(&office).await;
    browser.finish().await;
    product.stop().await;
}

/// One names its recipient, one nobody, one another house; and a reload changes nothing.
async fn scanned(office: &Office<'_>) {
    let browser = office.browser;
    let (postal, street) = HERE;
    browser.scan(&fedex("123456789012", "MARTA ALVAREZ", (postal, street, "APT 12B"))).await;
    browser.see("Marta Álvarez").await;
    browser.see("filled in").await;
    browser.scan(&fedex("111111111114", "NOBODY KNOWN", (postal, street, "."))).await;
    browser.see("the label says NOBODY KNOWN").await;
    browser.scan(&fedex("222222222228", "DANIEL OKORO", ("10001", "12 MAIN ST", "APT 12B"))).await;
    browser.see("This label says 10001 12 MAIN ST").await;
    browser.see("2 still ask").await;
    browser.reload().await;
    browser.see("3 scanned. Nothing is taken in yet.").await;
    office.look("batch-2-asking").await;
    browser.resize(Screen::Phone).await;
    office.look("batch-2-asking-phone").await;
    browser.theme(Theme::Dark).await;
    office.look("batch-2-asking-dark").await;
    browser.theme(Theme::HighContrast).await;
    office.look("batch-2-asking-contrast").await;
    browser.theme(Theme::Light).await;
    browser.resize(Screen::Desk).await;
}

/// Two of them are put onto shelves, one after the other.
async fn shelved(office: &Office<'_>) {
    let browser = office.browser;
    let (postal, street) = HERE;
    office.go("/staff/desk").await;
    browser.press("Put on shelves").await;
    browser.see("Scan its label, or type its number").await;
    let cart =
        [("123456789012", "MARTA ALVAREZ", "APT 12B", "A1"), ("111111111114", "NOBODY KNOWN", ".", "A2")];
    for (number, name, unit, shelf) in cart {
        browser.scan(&fedex(number, name, (postal, street, unit))).await;
        browser.see("Fits on shelf").await;
        office.look(&format!("shelving-1-{shelf}")).await;
        browser.resize(Screen::Phone).await;
        office.look(&format!("shelving-1-{shelf}-phone")).await;
        browser.resize(Screen::Desk).await;
        browser.fill("#f-scan", shelf).await;
        browser.press("Next").await;
        browser.see(&format!("is on shelf {shelf}. Scan the next parcel")).await;
    }
    office.look("shelving-2-put").await;
}

async fn put_right(office: &Office<'_>) {
    let browser = office.browser;
    browser.fill(".batch-asks .batch-fix [name=unit]", "10A").await;
    browser.press_on(".batch-asks .batch-fix button").await;
    browser.see("you said so").await;
    browser.press("Take it in anyway").await;
    browser.see("Daniel Okoro").await;
    office.look("batch-3-ready").await;
}

/// The single way: what is filled in is asked, and one press that says how big accepts it.
async fn one_by_itself(office: &Office<'_>) {
    let browser = office.browser;
    let (postal, street) = HERE;
    office.go("/staff/desk").await;
    browser.scan(&fedex("333333333331", "DANIEL OKORO", (postal, street, "APT 12B"))).await;
    browser.press("Next").await;
    browser.see("Daniel Okoro, apartment 12B").await;
    browser.see("correct?").await;
    office.look("desk-filled-in").await;
    browser.press_on("button[name=size][value=S]").await;
    browser.see("Accepted. It is at the desk now.").await;
    browser.see("What its label said").await;
    browser.see("as it was filled in").await;
    office.look("parcel-evidence").await;
    browser.resize(Screen::Phone).await;
    office.look("parcel-evidence-phone").await;
    browser.resize(Screen::Desk).await;
}

/// Staff give it to somebody else: the wrong recipient is counted.
async fn counted(office: &Office<'_>) {
    let browser = office.browser;
    browser.press("Correct the household").await;
    browser.fill("[name=unit]", "10B").await;
    browser.press("Save").await;
    browser.see("Corrected.").await;
    office.go("/staff/intake").await;
    browser.see("25.0 %").await;
    browser.see("By carrier").await;
    office.look("board-2").await;
    browser.theme(Theme::Dark).await;
    office.look("board-2-dark").await;
    browser.theme(Theme::HighContrast).await;
    browser.resize(Screen::Phone).await;
    office.look("board-2-phone-contrast").await;
    browser.theme(Theme::Light).await;
    browser.resize(Screen::Desk).await;
    let table = "return fetch('/staff/intake/table.csv').then((answer) => answer.text())";
    let text = browser.script(table, vec![]).await;
    let text = text.as_str().expect("a table");
    assert!(text.starts_with("week,carrier,parcels") && text.contains(",4,4,1,"), "{text}");
}

/// Where the houses stand and how long evidence is kept are the site's own choices.
async fn erased_after(office: &Office<'_>) {
    let browser = office.browser;
    office.go("/staff/settings").await;
    browser.see("Where the buildings stand").await;
    office.look("settings-houses").await;
    browser.fill("[name=evidence_days]", "14").await;
    browser.press_on("form[action='/staff/settings/evidence'] button").await;
    browser.see("Saved.").await;
    browser.fill("[name='street-0']", "18 Maple Street").await;
    browser.press_on("form[action='/staff/settings/addresses'] button").await;
    browser.see("Saved.").await;
}
