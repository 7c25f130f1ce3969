//! Paper from the site's own printers: a slip that is nowhere else, what is said without paper, and labels.

use vestibule_e2e::{Browser, Product, Screen};

use crate::play::office::Office;

#[tokio::test]
async fn a_slip_comes_out_of_the_printer_and_without_paper_a_word_is_said() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::Desk).await;
    let office = Office::signed_in(&browser, &product).await;
    office.go("/staff/residents?q=Hughes").await;
    browser.press("Walter Hughes").await;
    browser.press("Replace the card").await;
    office.look("printers-1-card").await;
    browser.press("Issue a card and print it on Front desk printer").await;
    browser.see("Front desk printer has printed it.").await;
    office.look("printers-2-printed").await;

    office.go("/demo/printer").await;
    browser.see("Walter Hughes").await;
    office.look("printers-3-paper").await;
    let card = browser.read_qr(".slip svg").await;
    assert!(card.starts_with("VR"), "the card is on the paper");
    browser.press("Take the paper out of Label printer").await;
    browser.see("Put paper into Label printer").await;

    office.go("/staff/banks").await;
    browser.press_on("main a[href='/staff/banks/1/labels']").await;
    office.look("printers-4-labels").await;
    browser.press("Print on Label printer").await;
    browser.see("Label printer says: no paper.").await;
    office.look("printers-5-no-paper").await;
    office.go("/demo/printer").await;
    browser.press("Put paper into Label printer").await;
    browser.see("Take the paper out of Label printer").await;
    office.go("/staff/banks/1/labels").await;
    browser.press("Print on Label printer").await;
    browser.see("Label printer has printed it.").await;
    browser.resize(Screen::Phone).await;
    office.look("printers-6-phone").await;
    browser.finish().await;
    product.stop().await;
}
